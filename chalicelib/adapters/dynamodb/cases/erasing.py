"""Takes what a reporter gave out of the rows beside their case's own. Deletes and single updates: each may come
twice, and none waits for another."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.cases.translation import photo_of
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.messages import talks
from chalicelib.adapters.dynamodb.messages.incoming import task_rows
from chalicelib.adapters.dynamodb.people.contacts import sealed_contact
from chalicelib.adapters.dynamodb.people.reporters import DynamoOwnCases
from chalicelib.adapters.dynamodb.people.standings import DynamoStandings
from chalicelib.adapters.dynamodb.rows import PhotoRow
from chalicelib.domain.budgets import without
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.errors import UnavailableError

AT_ONCE = 25  # requests of one BatchWriteItem
NO_WORDS = "REMOVE words, salt"
TRIES = 10  # of a change while the address is written to
NO_SUMMARY = "REMOVE #text, landmark, photo"  # `text` is a reserved word


class DynamoPersonalRows:
    """Implements PersonalRows."""

    def raw_keys(self, number: str) -> list[str]:
        return sorted({row["key"] for row in _sources(number)})

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
        of_address = _forgotten_by(contact.pseudonym, number) if contact and contact.pseudonym else []
        _delete([*of_address, *((case, keys.photo(photo_id)) for photo_id in photo_ids)])
        while found := _sources(number):  # a task before the row that names it
            _delete([*task_rows(found), *((case, row["sk"]) for row in found)])
        followers = keys.followers(number)
        while following := _sort_keys(followers):
            _delete((followers, sort_key) for sort_key in following)
        _delete([(case, keys.CONTACT)])  # last: it names the address's row


def _forgotten_by(pseudonym: str, number: str) -> list[tuple[str, str]]:
    """Keys of rows of the address that go with the case. What else is known of the address loses the case's number
    here: how much it was sent still counts."""
    standings = DynamoStandings()
    for _ in range(TRIES):
        standing = standings.find(pseudonym)
        left = without(number, standing.sends)
        if left == standing.sends or standings.note(standing, left):
            here = [keys.held(number), keys.own(number)]
            rows = [(keys.standing(pseudonym), key) for key in here]
            return [*rows, *talks.forget(pseudonym, number), *_of_person(pseudonym, number)]
    raise UnavailableError("dynamodb")


def _of_person(pseudonym: str, number: str) -> list[tuple[str, str]]:
    """With the last case of an address goes what says whose else it is, from both sides, and that its reports were
    asked for."""
    own = DynamoOwnCases()
    if any(other != number for _, other in own.of(pseudonym)):
        return []
    both = [pair for other in own.joined(pseudonym) for pair in ((pseudonym, other), (other, pseudonym))]
    joined = [(keys.standing(name), keys.joined(other)) for name, other in both]
    return [(keys.standing(pseudonym), keys.ASK), *joined]


def _sources(number: str) -> list[dict[str, Any]]:
    return raw.page(keys.case(number), prefix=keys.RAW_PREFIX, consistent=True)


def _change(pk: str, sk: str, change: str, names: dict[str, str] | None = None) -> None:
    """Changes a row that stands. A row that is gone is not made anew."""
    raw.update(pk, sk, change, {}, condition="attribute_exists(pk)", names=names)


def _sort_keys(partition: str, prefix: str | None = None) -> list[str]:
    """The sort keys of one page of a partition, at most 1 MB."""
    return [row["sk"] for row in raw.page(partition, prefix=prefix, consistent=True, only="sk")]


def _delete(rows: Iterable[tuple[str, str]]) -> None:
    requests = [{"DeleteRequest": {"Key": raw.typed({"pk": pk, "sk": sk})}} for pk, sk in rows]
    for start in range(0, len(requests), AT_ONCE):
        raw.batch_write(requests[start : start + AT_ONCE])
