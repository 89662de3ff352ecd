"""Rows of followers, in a partition beside their case's; whoever is new is counted in the same transaction."""

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.once import written_with
from chalicelib.adapters.dynamodb.rows import FollowerRow, FollowingKeyRow, Row, UploadsRow
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.application.ports.cases import SealedContact
from chalicelib.application.ports.followers import MOST_TOLD, Follower, KeyReusedError


class DynamoFollowers:
    """Implements Followers."""

    def add(self, follower: Follower) -> bool:
        row = _row(follower)

        def count(transaction: TransactWrite) -> None:
            if follower.key:
                transaction.save(_key(follower), Row.pk.does_not_exist())
            counters = UploadsRow(keys.case(follower.number), keys.UPLOADS)
            if follower.contact is None:
                transaction.update(counters, [UploadsRow.followers.add(1)])
                return
            room = UploadsRow.told.does_not_exist() | (UploadsRow.told < MOST_TOLD)
            transaction.update(counters, [UploadsRow.followers.add(1), UploadsRow.told.add(1)], condition=room)

        return written_with(row, Row.pk.does_not_exist(), count) or _was_asked(follower) or _stands(row)

    def told(self, number: str) -> list[Follower]:
        with store_answers():
            found = FollowerRow.query(
                keys.followers(number), FollowerRow.sk.startswith(keys.TOLD), consistent_read=True
            )
            return [_follower(row, number) for row in found]


def _row(follower: Follower) -> FollowerRow:
    contact = follower.contact
    return FollowerRow(
        keys.followers(follower.number),
        keys.follower(follower.follower_id, told=contact is not None),
        since=follower.since,
        sealed=contact.sealed if contact else None,
        data_key=contact.data_key if contact else None,
    )


def _follower(row: FollowerRow, number: str) -> Follower:
    contact = SealedContact({}, row.sealed, row.data_key)
    return Follower(number, row.sk.removeprefix(keys.TOLD), int(row.since), contact)


def _key(follower: Follower) -> FollowingKeyRow:
    pk, sk = keys.followers(follower.number), keys.ASKED + follower.key
    return FollowingKeyRow(pk, sk, body_hash=follower.body_hash)


def _was_asked(follower: Follower) -> bool:
    """Whether this very request was granted before; one without a key never was. Raises KeyReusedError."""
    if not follower.key:
        return False
    asked = _key(follower)
    with store_answers():
        try:
            found = FollowingKeyRow.get(asked.pk, asked.sk, consistent_read=True)
        except DoesNotExist:
            return False
    if found.body_hash != follower.body_hash:
        raise KeyReusedError
    return True


def _stands(row: FollowerRow) -> bool:
    with store_answers():
        try:
            FollowerRow.get(row.pk, row.sk, consistent_read=True)
        except DoesNotExist:
            return False
    return True
