"""Whether what somebody gave as their name may stand in a letter of the city.

A letter goes to an address that nobody may have confirmed, under the city's own signature. So a name is greeted only
when it is one by a written grammar; else the letter greets nobody by name. A report is never refused for its name.

The grammar allows letters and marks of any script, blanks, full stops, commas, apostrophes, hyphens and &. A full stop
between letters is allowed only in listed titles and between initials. A name has at most 60 signs, and six words beside
titles. It spells no link, telephone number or the like, and has none of the words that ask for something."""

import re
import unicodedata

from chalicelib.domain.text.personal_data import skeleton
from chalicelib.domain.text.personal_data.message_words import REQUESTS, TITLES
from chalicelib.domain.text.privacy import words_may_be_sent

LONGEST = 60  # signs
MOST_WORDS = 6  # beside titles and initials
MOST_MARKS = 3  # on one letter
SIGNS = frozenset(" .,'’-&")
# Letters by their category that readers take for punctuation.
NO_LETTERS = frozenset("ǀǁǂǃːˑꓸꓹꓺꓻꓼꓽ")


def greeting_name(name: str | None) -> str | None:
    """The name as a letter may greet it, or None."""
    composed = unicodedata.normalize("NFC", (name or "")[: 4 * LONGEST])
    blanks = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in composed)
    tidy = re.sub(" +", " ", blanks).strip(" ")
    return tidy if _is_name(tidy) else None


def _is_name(name: str) -> bool:
    if not 0 < len(name) <= LONGEST or not all(map(_belongs_to_name, name)) or _is_overloaded(name):
        return False
    words = [word for word in re.split("[ ,]+", name) if word]
    return any(map(str.isalpha, name)) and all(map(_is_word, words)) and _asks_nothing(words)


def _belongs_to_name(sign: str) -> bool:
    """A letter that looks like one, a mark, or one of the few other signs."""
    if unicodedata.category(sign)[0] == "M":
        return True
    letter = sign.isalpha() and sign not in NO_LETTERS and skeleton.fold(sign).isalnum()
    return letter or sign in SIGNS


def _is_overloaded(name: str) -> bool:
    """More marks on one letter than any script has."""
    marks = "".join("m" if unicodedata.category(sign)[0] == "M" else " " for sign in name)
    return "m" * (MOST_MARKS + 1) in marks


def _is_word(word: str) -> bool:
    """Letters, at most with a full stop behind them; a title; initials; or & alone."""
    if "&" in word or not any(map(str.isalpha, word)):
        return word == "&"
    return "." not in word.rstrip(".") or _is_title(word) or _is_initials(word)


def _is_title(word: str) -> bool:
    """S.Ag., or Sp.PD-KGEH."""
    title, _, branch = word.rstrip(".").lower().partition("-")
    return title in TITLES and "." not in branch


def _is_initials(word: str) -> bool:
    return all(len(part) <= 1 for part in word.split("."))


def _asks_nothing(words: list[str]) -> bool:
    """What is left without titles is short, spells no link, and asks for nothing."""
    left = " ".join(word for word in words if not _is_title(word))
    plain = [token.word for token in skeleton.read(left) if len(token.word) > 1]
    return len(plain) <= MOST_WORDS and REQUESTS.isdisjoint(plain) and words_may_be_sent(left)
