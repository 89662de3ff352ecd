"""Numbers of ours among the tokens of a text. They name a report and no person, whatever their signs look like."""

from chalicelib.domain.case import numbers
from chalicelib.domain.errors import Refusal
from chalicelib.domain.text.personal_data.signs import ANY_LETTER
from chalicelib.domain.text.personal_data.skeleton import TextToken, joins

SIGNS = 9  # of a number after JKT


def without_report_numbers(tokens: list[TextToken]) -> list[TextToken]:
    """One word stands for each JKT-XXXX-XXXX-C with the right check character."""
    kept: list[TextToken] = []
    place = 0
    while place < len(tokens):
        end = _report_number_end(tokens, place + 1) if tokens[place].word == "jkt" else None
        kept.append(tokens[place]._replace(text=ANY_LETTER) if end else tokens[place])
        place = end or place + 1
    return kept


def _report_number_end(tokens: list[TextToken], begin: int) -> int | None:
    """Behind which token nine signs are complete that are a number of ours."""
    written = ""
    for place in range(begin, min(begin + SIGNS, len(tokens))):
        if not joins(tokens[place].before, 2):
            return None
        written += tokens[place].raw
        if len(written) >= SIGNS:
            return place + 1 if _is_ours(written) else None
    return None


def _is_ours(written: str) -> bool:
    try:
        numbers.read(f"JKT{written}")
    except Refusal:
        return False
    return len(written) == SIGNS
