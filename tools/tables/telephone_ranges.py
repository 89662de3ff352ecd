"""The ranges of Indonesian telephone numbers for the pages, from the data of phonenumberslite."""

from collections.abc import Mapping
from typing import Any

REGION = "ID"
# The pages' name → the library's, in the order in which it asks (phonenumbers/phonenumberutil.py, number_type).
NAMES: Mapping[str, str] = {
    "general": "general_desc",
    "premium": "premium_rate",
    "free": "toll_free",
    "shared": "shared_cost",
    "voip": "voip",
    "personal": "personal_number",
    "pager": "pager",
    "company": "uan",
    "voicemail": "voicemail",
    "fixed": "fixed_line",
    "mobile": "mobile",
}
HEAD = """// Generated from phonenumberslite by `python -m tools generate`; do not edit.
// [kind, digits after +62, how many there may be]; the first holds every number.

"""


def module() -> str:
    """The text of web/static/js/telephone_ranges.js."""
    from phonenumbers import PhoneMetadata

    known: Any = PhoneMetadata.metadata_for_region(REGION)
    found = {name: getattr(known, source) for name, source in NAMES.items()}
    rows = (
        f'  ["{name}", /^(?:{range_.national_number_pattern})$/, {list(range_.possible_length)}],\n'
        for name, range_ in found.items()
        if range_ is not None
    )
    return f"{HEAD}export const RANGES = [\n{''.join(rows)}];\n"
