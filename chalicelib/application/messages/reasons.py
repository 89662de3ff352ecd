"""Why a message did not arrive or is not sent, in codes that people read as words. What providers call it, and what
older rows say, is translated here."""

from collections.abc import Mapping

# window_over: the provider waits until the person writes again. no_mailbox, returned: the letter came back, for good or
# for now. unwanted: somebody called it spam. opted_out: the number takes no messages of ours. no_such_number: the
# number is nobody's. unopened: the contact can never be deciphered. not_connected: nobody has set up the partner's
# address. not_taken: refused, and no more is known.
REASONS = (
    *("window_over", "no_mailbox", "returned", "unwanted", "no_such_person", "no_such_number", "not_reachable"),
    *("opted_out", "unopened", "not_connected", "not_taken"),
)
UNKNOWN = "not_taken"
_AS_OURS: Mapping[str, str] = {
    "OptedOut": "opted_out",  # of rows from before AWS End User Messaging, as the next
    "EndpointDisabled": "not_reachable",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": "opted_out",
    "the contact can never be opened": "unopened",
}


def why(reason: str) -> str:
    """One of REASONS for what the ledger says; "" for nothing."""
    if reason in REASONS or not reason:
        return reason
    return _AS_OURS.get(reason, UNKNOWN)
