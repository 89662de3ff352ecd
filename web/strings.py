"""Every word on the pages, by language: `web/i18n/<language>.json`, flat, keyed `<scope>.<name>`. The words of
statuses, actions and reasons come from the lifecycle table by way of `web/generated/lifecycle.json`."""

import json
from pathlib import Path
from typing import Any

WEB = Path(__file__).parent
LANGUAGES = ("id", "en")
LIFECYCLE = WEB / "generated" / "lifecycle.json"


def load(language: str) -> dict[str, str]:
    """All strings of a language, the table's own included."""
    own: dict[str, str] = json.loads((WEB / "i18n" / f"{language}.json").read_text())
    return own | lifecycle_strings(lifecycle(), language)


def lifecycle() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(LIFECYCLE.read_text())
    return table


def lifecycle_strings(table: dict[str, Any], language: str) -> dict[str, str]:
    """`status.<code>` is the official word in both languages, `public.<code>` the plain one."""
    statuses, actions = table["statuses"], table["actions"]
    return (
        {f"status.{code}": row["label"] for code, row in statuses.items()}
        | {f"public.{code}": row["public"][language] for code, row in statuses.items()}
        | {f"action.{code}": row["label"][language] for code, row in actions.items()}
    )


def subset(strings: dict[str, str], scopes: tuple[str, ...]) -> dict[str, str]:
    """The strings of some scopes: what one page's script needs."""
    return {key: text for key, text in strings.items() if key.partition(".")[0] in scopes}
