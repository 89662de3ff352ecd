"""Keys of the programs that send us reports, in the table that only operators write; and how much each has sent in the
running minute, beside the cases."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.people.people_rows import ClientKeyRow
from chalicelib.adapters.dynamodb.rows import RateRow, Row
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.application.ports.clients import ClientKey

MINUTE = 60  # seconds
TRIES = 24  # of a row that others of the same client write at the same time


class DynamoClientKeys:
    """Implements ClientKeys."""

    def find(self, digest: str) -> ClientKey | None:
        with store_answers():
            try:
                return _key_of(ClientKeyRow.get(keys.client_key(digest), keys.CLIENT_KEY, consistent_read=True))
            except DoesNotExist:
                return None

    def of(self, client: str | None = None) -> Sequence[ClientKey]:
        of_one = ClientKeyRow.sk.startswith(keys.listed_key(client, "")) if client else None
        with store_answers():
            found = [_key_of(row) for row in ClientKeyRow.query(keys.CLIENTS, of_one, consistent_read=True)]
        return sorted(found, key=lambda key: (key.client, key.issued_at))

    def put(self, key: ClientKey) -> None:
        places = (
            (keys.client_key(key.digest), keys.CLIENT_KEY),
            (keys.CLIENTS, keys.listed_key(key.client, key.digest)),
        )
        with store_answers(), TransactWrite(connection=raw.connection()) as transaction:
            for pk, sk in places:
                transaction.save(_row(key, pk, sk))


class DynamoRates:
    """Implements Rates: one row per name, which forgets the minute before."""

    def take(self, name: str, limit: int, now: datetime) -> int:
        minute, second = divmod(int(now.timestamp()), MINUTE)
        for _ in range(TRIES):
            row = _rate_of(name)
            taken = int(row.taken) if row and row.minute == minute else 0
            if taken >= limit:
                return MINUTE - second
            if _counted(row, RateRow(keys.rate(name), keys.RATE, minute=minute, taken=taken + 1)):
                return 0
        return 1  # very many at once: come again in a second


def _rate_of(name: str) -> RateRow | None:
    with store_answers():
        try:
            return RateRow.get(keys.rate(name), keys.RATE, consistent_read=True)
        except DoesNotExist:
            return None


def _counted(before: RateRow | None, after: RateRow) -> bool:
    if before is None:
        return written(after, Row.pk.does_not_exist())
    return written(after, (RateRow.minute == before.minute) & (RateRow.taken == before.taken))


def _row(key: ClientKey, pk: str, sk: str) -> ClientKeyRow:
    ends = millis(key.ends_at) if key.ends_at else None
    return ClientKeyRow(
        pk,
        sk,
        client=key.client,
        digest=key.digest,
        per_minute=key.per_minute,
        issued=millis(key.issued_at),
        ends=ends,
    )


def _key_of(row: ClientKeyRow) -> ClientKey:
    ends = instant(row.ends) if row.ends else None
    return ClientKey(row.client, row.digest, int(row.per_minute), instant(row.issued), ends)
