"""What a short message asks for, whatever its case and spelling: STATUS, BERHENTI, BANTUAN and their like. Anything
longer than a command is somebody's report."""

import re
from collections.abc import Mapping

from chalicelib.domain.text.language import slips, words_of
from chalicelib.domain.values import dataclass

LONGEST_WORDS = 3  # of a command besides a number
MISSPELT = 5  # letters from which on a slip is forgiven
MOST_SLIPS = 2  # in halves (domain/text/language.py)

COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("status", "cek", "lacak", "check", "track"), "status"),
    **dict.fromkeys(("berhenti", "stop", "unsubscribe", "unreg"), "stop"),
    **dict.fromkeys(("mulai", "start", "lanjut"), "start"),
    **dict.fromkeys(("bantuan", "tolong", "help", "info", "menu", "cara"), "help"),
    **dict.fromkeys(("baru", "new"), "new"),
}
_BESIDE = "laporan aduan nomor nomer no saya pak bu min admin kak mohon minta dong ya pesan sms wa semua lapor report"
_GREETING = (
    "halo hallo hello hai hi hei hey p ping test tes assalamualaikum assalamu alaikum salam selamat pagi siang sore"
    " malam permisi bapak ibu mas mbak ok oke terima kasih makasih terimakasih thanks"
)
FILLERS = frozenset(_BESIDE.split())  # words beside a command that change nothing
GREETINGS = FILLERS | frozenset(_GREETING.split())
_NUMBER = re.compile(r"(?i)\bJKT[\W_]*[0-9A-Z]{4}[\W_]*[0-9A-Z]{4}[\W_]*[0-9A-Z]\b")


@dataclass(frozen=True, slots=True)
class Meant:
    """`kind`: status, stop, start, help, new, greeting, or "" for words of their own. `number`: as it was written."""

    kind: str
    number: str = ""


def understand(text: str) -> Meant:
    """What the text asks for."""
    found = _NUMBER.search(text)
    rest = text[: found.start()] + " " + text[found.end() :] if found else text
    words = words_of(rest)
    number = found[0].strip() if found else ""
    kinds = [kind for kind in map(_command, words) if kind]
    if len(words) <= LONGEST_WORDS and kinds and all(_command(word) or word in FILLERS for word in words):
        return Meant(kinds[0], number)
    if found and all(word in FILLERS for word in words):
        return Meant("status", number)
    if not found and len(words) == 2 and kinds[:1] == ["status"]:  # a number without its letters in front
        return Meant("status", words[1])
    return Meant("greeting" if not found and all(word in GREETINGS for word in words) else "")


def _command(word: str) -> str:
    """The command that a word means, or that it is a slip of."""
    if word in COMMANDS:
        return COMMANDS[word]
    if len(word) < MISSPELT:
        return ""
    near = (known for known in COMMANDS if len(known) >= MISSPELT and slips(word, known, MOST_SLIPS) <= MOST_SLIPS)
    return COMMANDS.get(next(near, ""), "")
