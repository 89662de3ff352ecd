"""The one row that holds a reporter's contact, sealed. Written with the complaint, read by who may open it."""

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases.translation import contact_of
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.rows import ContactRow
from chalicelib.application.ports.cases import SealedContact


def sealed_contact(number: str) -> SealedContact | None:
    """Consistent read; None when there was none, or it was erased. Raises UnavailableError."""
    with store_answers():
        try:
            row = ContactRow.get(keys.case(number), keys.CONTACT, consistent_read=True)
        except DoesNotExist:
            return None
    return contact_of(row)
