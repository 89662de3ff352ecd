"""Links in the words of people, as machines make them clickable and as people spell them: `evil.example`, `wa.me/…`,
`evil titik com`, `hxxp`, an IP address. Rather one too many: what holds none may leave in a message of the city."""

from chalicelib.domain.text.personal_data.addresses import dot_before
from chalicelib.domain.text.personal_data.message_words import ABBREVIATIONS, LINK_ENDINGS, LINK_WORDS, SCHEMES
from chalicelib.domain.text.personal_data.skeleton import TextToken, joins
from chalicelib.domain.text.personal_data.vocabulary import ENDINGS, LOOSE_ENDINGS

KNOWN = ENDINGS | LINK_ENDINGS
COLONS = 3  # in a row of groups: an address of IPv6; a time has two
OCTETS = 4
SPELLED = 6  # tokens of one letter that may spell www or https


def has_link(tokens: list[TextToken]) -> bool:
    """Whether a link, or something that a reader would make one of, stands among the tokens."""
    return any(_is_link(tokens, place) for place in range(len(tokens)))


def _is_link(tokens: list[TextToken], place: int) -> bool:
    return (
        _begins_address(tokens, place)
        or _is_domain(tokens, place)
        or _is_ip_address(tokens, place)
        or _is_punycode(tokens, place)
    )


def _begins_address(tokens: list[TextToken], place: int) -> bool:
    """www, https, an at, two slashes, or a scheme before its colon."""
    token, later = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    if "@" in token.before or "//" in token.before.replace(" ", "") or "\\\\" in token.before:
        return True
    if _spelled(tokens, place, LINK_WORDS) in LINK_WORDS:
        return True
    return token.word in SCHEMES and later is not None and later.before[:1] == ":" and " " not in later.before


def _spelled(tokens: list[TextToken], place: int, known: frozenset[str]) -> str:
    """The word at this place, or the first known one that letters spell here one by one."""
    letters = ""
    for token in tokens[place : place + SPELLED]:
        if len(token.text) != 1 or not joins(token.before):
            break
        letters += token.word
        if letters in known:
            return letters
    return tokens[place].word


def _is_domain(tokens: list[TextToken], place: int) -> bool:
    """A dot before this token, however written, and an ending behind it."""
    if not place:
        return _is_behind_picture(tokens[0])
    dot, at = dot_before(tokens, place)
    ending = _spelled(tokens, at, KNOWN) if dot else ""
    if dot == "tight":
        return len(ending) >= 2 and (ending in KNOWN or tokens[place - 1].word not in ABBREVIATIONS)
    if dot == "sentence":
        return ending in LOOSE_ENDINGS
    return ending in KNOWN if dot else _is_behind_picture(tokens[place])


def _is_behind_picture(token: TextToken) -> bool:
    """💩.la"""
    return token.before.endswith("*.") and token.word in KNOWN


def _is_ip_address(tokens: list[TextToken], place: int) -> bool:
    if "::" in tokens[place].before:
        return True
    groups = tokens[place : place + OCTETS]
    if sum(group.before == ":" for group in groups) >= COLONS:
        return True
    tight = all(group.before == "." for group in groups[1:])
    return len(groups) == OCTETS and tight and all(_is_octet(group) for group in groups)


def _is_octet(group: TextToken) -> bool:
    return group.is_number and len(group.text) <= 3 and int(group.text) <= 255


def _is_punycode(tokens: list[TextToken], place: int) -> bool:
    return tokens[place].word == "xn" and place + 1 < len(tokens) and tokens[place + 1].before == "--"
