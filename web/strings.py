"""Every word on the pages, by language: `web/i18n/<language>/*.json`, flat, keyed `<scope>.<name>`. The words of
statuses, actions and refused photos come from the lifecycle table by way of `web/generated/lifecycle.json`."""

import json
from pathlib import Path
from typing import Any

WEB = Path(__file__).parent
LANGUAGES = ("id", "en")
LIFECYCLE = WEB / "generated" / "lifecycle.json"
LETTERS = WEB.parent / "chalicelib" / "data" / "messages"


def load(language: str) -> dict[str, str]:
    """All strings of a language, the table's own included."""
    return own(language) | lifecycle_strings(lifecycle(), language) | letter_strings(language)


def own(language: str) -> dict[str, str]:
    """What is written by hand. A key in two files is an error of the build."""
    words: dict[str, str] = {}
    for path in sorted((WEB / "i18n" / language).glob("*.json")):
        found = json.loads(path.read_text())
        if twice := words.keys() & found.keys():
            raise SystemExit(f"{path}: also in another file: {', '.join(sorted(twice))}")
        words |= found
    return words


def lifecycle() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(LIFECYCLE.read_text())
    return table


def lifecycle_strings(table: dict[str, Any], language: str) -> dict[str, str]:
    """`status.<code>` is the word of a status: the official one, which is Indonesian, or its meaning in English;
    `public.<code>` the plain one; `icon.<code>` names its symbol in `icons.svg`. `action.<code>_in_<status>`: an
    action's words where the status has others."""
    statuses, actions = table["statuses"], table["actions"]
    return (
        {f"status.{code}": _word(row, language) for code, row in statuses.items()}
        | {f"public.{code}": row["public"][language] for code, row in statuses.items()}
        | {f"icon.{code}": row["icon"] for code, row in statuses.items()}
        | {f"photo.reason_{code}": words[language] for code, words in table["photo_reasons"].items()}
        | {f"action.{code}": row["label"][language] for code, row in actions.items()}
        | {
            f"action.{code}_in_{status}": words[language]
            for status, changed in table["actions_in"].items()
            for code, words in changed.items()
        }
        | {f"reason.{code}": words[language] for code, words in table["reasons"].items()}
        | {f"case.clock_{kind}": words[language] for kind, words in table["clocks"].items()}
    )


def _word(status: dict[str, Any], language: str) -> str:
    return str(status["label"] if language == "id" else status["public"][language])


def letter_strings(language: str) -> dict[str, str]:
    """`told.<status>`, `told.outcome_<code>`, `told.reply`, and `told.by_<action>` where an action says more than its
    status: the sentences of the citizen's letters, for the officer who is about to cause one. They name who acts (`by`)
    and who holds the case then (`unit`)."""
    words = json.loads((LETTERS / f"{language}.json").read_text())
    parts = {"": words["said"], "by_": words["said_by_action"], "outcome_": words["outcomes"]}
    return {f"told.{kind}{name}": said["sentence"] for kind, part in parts.items() for name, said in part.items()}


def subset(strings: dict[str, str], scopes: tuple[str, ...]) -> dict[str, str]:
    """The strings of some scopes: what one page's script needs."""
    return {key: text for key, text in strings.items() if key.partition(".")[0] in scopes}
