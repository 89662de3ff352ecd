"""Why a message did not arrive or is not sent, in codes that people read as words. What providers call it, and what
older rows say, is translated here."""

from collections.abc import Mapping

# window_over: the provider waits until the person writes again. no_mailbox: the letter came back for good. returned: it
# came back, and a later one may arrive. unwanted: somebody called it spam. opted_out: the number takes no messages of
# ours. no_such_number: no subscriber has the number. unopened: the contact can never be deciphered. not_connected: the
# partner's address was never set up. not_taken: the provider refused it and gave no reason.
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
