"""Rights of the functions against the calls that a local city recorded and we approved (tests/approved/calls.txt), both
ways."""

from collections.abc import Iterator
from typing import Any

from tools.infra.calls import BY_LAMBDA, Call, approved, granted

Json = dict[str, Any]
# Rights that AWS asks for and the emulator does not, or whose case no test makes: statement, action, and why.
MISSING = "S3 answers 404 instead of 403 for an object that is gone only to whoever may list; it is no call of its own."
HEADERS = "Whether SES judges a letter with headers of its own as a raw one could not be tried without an account."
CONFIGURED = "SES judges by the configuration set too, the emulator by the sender alone."
SENDERS = "A trial sends from a number of the account, not by a name; the city here has a name."
REPORTED = "AWS may judge by the configuration set that an SMS names too; the city here judges by the sender alone."
AGAIN = "Somebody who has an account already: played in memory (tests/entrypoints/test_administration.py)."
FETCHED = "A picture that a messenger's provider has: played in memory (tests/channels/test_pictures.py)."
CHANNEL = "The erasure of a case that came by a channel: played in memory (tests/application/test_erasing.py)."
WITHOUT_A_CALL: dict[Call, str] = {
    **{
        (function, "MissingIsToldAsMissing", "s3:ListBucket"): MISSING
        for function in ("api_handler", "notify_citizen", "process_photo", "read_message")
    },
    **{("notify_citizen", name, "ses:SendRawEmail"): HEADERS for name in ("Mail", "MailConfiguration")},
    ("notify_citizen", "MailConfiguration", "ses:SendEmail"): CONFIGURED,
    **{(function, "Sms[1]", "sms-voice:SendTextMessage"): SENDERS for function in ("notify_citizen", "read_message")},
    ("notify_citizen", "Sms[2]", "sms-voice:SendTextMessage"): REPORTED,
    ("administer", "Accounts", "cognito-idp:AdminEnableUser"): AGAIN,
    ("administer", "Accounts", "cognito-idp:AdminSetUserPassword"): AGAIN,
    ("erase", "MessengersPictures", "s3:DeleteObject"): CHANNEL,
    ("api_handler", "MessengersPictures", "s3:GetObject"): FETCHED,
}


def by_lambda(documents: Json) -> set[Call]:
    """What Lambda does with a function's role."""
    return {
        call
        for call in granted(documents)
        for name, actions in BY_LAMBDA.items()
        if call[1] == name and call[2] in actions
    }


def unused(documents: Json) -> set[Call]:
    """Rights that nothing needs."""
    return granted(documents) - approved() - by_lambda(documents) - WITHOUT_A_CALL.keys()


def missing(documents: Json) -> set[Call]:
    """Recorded calls that no policy allows."""
    return approved() - granted(documents)


def faults(documents: Json) -> Iterator[str]:
    """One line for each call without its right and each right without a call."""
    for function, place, action in sorted(missing(documents)):
        yield f"{function}: its policy lacks {action} ({place}), which it calls"
    for function, place, action in sorted(unused(documents)):
        yield f"{function}: nothing needs {action} ({place})"
