"""Takes what a reporter gave out of the rows beside their case's own. Deletes and single updates: each may come
twice, and none waits for another."""

from collections.abc import Iterable, Sequence

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.contacts import sealed_contact
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.rows import PhotoRow
from chalicelib.adapters.dynamodb.translation import photo_of
from chalicelib.domain.case.evidence import Photo

AT_ONCE = 25  # requests of one BatchWriteItem
NO_WORDS = "REMOVE words, salt"
NO_SUMMARY = "REMOVE #text, landmark, photo"  # `text` is a reserved word


class DynamoPersonalRows:
    """Implements PersonalRows."""

    def raw_keys(self, number: str) -> list[str]:
        found = raw.page(keys.case(number), prefix=keys.RAW_PREFIX, consistent=True)
        return [row["key"] for row in found]

    def photos(self, number: str) -> list[Photo]:
        with store_answers():
            photos = PhotoRow.sk.startswith(keys.PHOTO_PREFIX)
            return [photo_of(row) for row in PhotoRow.query(keys.case(number), photos, consistent_read=True)]

    def strip(self, number: str, sequences: Sequence[int]) -> None:
        for sequence in sequences:
            _change(keys.case(number), keys.event(sequence), NO_WORDS)
        for task in _sort_keys(keys.case(number), keys.TASK_PREFIX):
            _change(keys.case(number), task, NO_SUMMARY, {"#text": "text"})

    def remove(self, number: str, photo_ids: Sequence[str]) -> None:
        case, contact = keys.case(number), sealed_contact(number)
        held = [(keys.standing(contact.pseudonym), keys.held(number))] if contact and contact.pseudonym else []
        _delete([*held, *((case, keys.photo(photo_id)) for photo_id in photo_ids)])
        for partition, prefix in ((case, keys.RAW_PREFIX), (keys.followers(number), "")):
            while found := _sort_keys(partition, prefix):
                _delete((partition, sort_key) for sort_key in found)
        _delete([(case, keys.CONTACT)])  # last: it names the address's row


def _change(pk: str, sk: str, change: str, names: dict[str, str] | None = None) -> None:
    """Of a row that stands: one that is gone is not made anew."""
    raw.update(pk, sk, change, {}, condition="attribute_exists(pk)", names=names)


def _sort_keys(partition: str, prefix: str) -> list[str]:
    """Of one page of a partition, at most 1 MB."""
    return [row["sk"] for row in raw.page(partition, prefix=prefix or None, consistent=True, only="sk")]


def _delete(rows: Iterable[tuple[str, str]]) -> None:
    requests = [{"DeleteRequest": {"Key": raw.typed({"pk": pk, "sk": sk})}} for pk, sk in rows]
    for start in range(0, len(requests), AT_ONCE):
        raw.batch_write(requests[start : start + AT_ONCE])
