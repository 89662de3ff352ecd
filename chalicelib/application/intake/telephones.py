"""Telephone numbers as people type, paste and dictate them → E.164, and whether an SMS reaches it. The ranges are those
of phonenumberslite (docs/decisions/0034-telephone-numbers.md); it is imported when a request has a number.
`web/static/js/telephone.js` reads the same way."""

import re
from typing import Literal

from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.domain.text.spelling import bare, plain, unescaped
from chalicelib.domain.values import dataclass

COUNTRY = "62"
Kind = Literal["mobile", "fixed"]
_LINK = re.compile(
    r"(?:wa\.me/|whatsapp\.com/send/?\?phone=|whatsapp://send/?\?phone=|^(?:tel|sms|smsto|callto):)([^;?&#]+)"
)
_WORD = r"(?:no|nomor|nomer|nr|hp|handphone|ponsel|mobile|tel|telp|tlp|telepon|telephone|phone|wa|whatsapp|sms)"
_BEFORE = re.compile(rf"^(?:[^a-z0-9+]*{_WORD}(?![a-z]))+")
_AFTER = re.compile(rf"(?:[^a-z0-9]+{_WORD})+[^a-z0-9]*$")
_LIKE_DIGITS = str.maketrans("oil", "011")
_FEWEST_BESIDE_LETTERS = 7  # digits: below it the letters are words
# Short numbers, satellites (868), and call centres that the library takes for lines: 021-14xxx, 021-1500xxx.
_SERVICE = re.compile(r"1|868|(?:2[124]|[36]1)[01]|21500[0-9]{3}$")
_MOBILE_LENGTHS, _FIXED_LENGTHS = range(9, 13), range(7, 12)  # digits after the country's code


@dataclass(frozen=True, slots=True)
class Telephone:
    """`number` as E.164 (+62…). An SMS reaches a `mobile` one; a `fixed` line must be called."""

    number: str
    kind: Kind


def read_telephone(text: str) -> Telephone:
    """Raises ContactFaultError with what is wrong."""
    national = _national(_digits(plain(text).lower()))
    return Telephone(f"+{COUNTRY}{national}", _kind(national))


def _digits(text: str) -> str:
    """With `+` in front where it was typed; letters that look like digits are digits among digits."""
    link = _LINK.search(unescaped(text).strip())
    named = _AFTER.sub("", _BEFORE.sub("", link[1] if link else text))
    signs = bare(named)
    read = signs.translate(_LIKE_DIGITS) if sum(map(str.isdecimal, signs)) >= _FEWEST_BESIDE_LETTERS else signs
    if not read:
        raise ContactFaultError("phone_none")
    if not read.isdecimal():
        raise ContactFaultError("phone_letters")
    return f"+{read}" if re.match(r"[^0-9a-z]*\+", named) else read


def _national(digits: str) -> str:
    """What follows the country's code, without the 0 that is kept behind it: `+62 (0)812`."""
    for code in (f"+{COUNTRY}", f"00{COUNTRY}", COUNTRY):
        if digits.startswith(code):
            return digits.removeprefix(code).removeprefix("0")
    if digits.startswith("00") or re.match(r"\+[1-9]", digits):
        raise ContactFaultError("phone_abroad")
    if not digits.startswith("0"):
        raise ContactFaultError("phone_service" if _is_dialled_so(digits) else "phone_prefix")
    return digits.removeprefix("0")


def _is_dialled_so(digits: str) -> bool:
    """112, 14045, 1500123: services have no area."""
    return digits.startswith("1") and len(digits) < len("12345678")


def _kind(national: str) -> Kind:
    if _SERVICE.match(national):
        raise ContactFaultError("phone_service")
    lengths = _MOBILE_LENGTHS if national.startswith("8") else _FIXED_LENGTHS
    if len(national) > lengths[-1]:
        raise ContactFaultError("phone_long")
    found = _range_of(national)
    if found is None:
        raise ContactFaultError("phone_short" if len(national) < lengths[0] else "phone_unknown")
    return found


def _range_of(national: str) -> Kind | None:
    """None when the library knows no such number. Raises ContactFaultError for what is no person's."""
    from phonenumbers import PhoneNumber, PhoneNumberType, number_type

    if not national or national.startswith("0"):
        return None
    found = number_type(PhoneNumber(country_code=int(COUNTRY), national_number=int(national)))
    if found == PhoneNumberType.MOBILE:
        return "mobile"
    if found == PhoneNumberType.FIXED_LINE:
        return "fixed"
    if found == PhoneNumberType.UNKNOWN:
        return None
    raise ContactFaultError("phone_service")
