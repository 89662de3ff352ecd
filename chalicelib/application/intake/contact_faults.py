"""What can be wrong with a telephone number or an address that somebody typed: one code for each sentence."""

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "phone_none": "No digits: an Indonesian number is 08…, 021…, 62… or +62…",
    "phone_letters": "Letters in it: give the digits of one number",
    "phone_abroad": "A number abroad: only Indonesian ones (+62) are taken",
    "phone_prefix": "Begin with 0 and the area or operator (08…, 021…), or with +62",
    "phone_short": "Too few digits for an Indonesian number",
    "phone_long": "Too many digits for one Indonesian number",
    "phone_service": "A service, premium or satellite number: give a mobile number or a fixed line",
    "phone_unknown": "No Indonesian operator or area has numbers like this",
    "email_at": "An address has one @, with a name before it and a domain after it",
    "email_blank": "An address has no blanks",
    "email_foreign": "An address has the letters a to z only",
    "email_dots": "Before the @ a full stop stands neither first, last nor twice in a row",
    "email_signs": "Before the @ stands a sign that no address has",
    "email_domain": "After the @ stands no domain that mail can be sent to",
    "email_long": "Too long: 64 characters before the @, 254 in all",
}


class ContactFaultError(ValueError):
    """A telephone number or address that nobody can be reached by. `code` is one of MESSAGES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = MESSAGES[code]
