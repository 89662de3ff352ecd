"""How many proofs each judge has open: one row, written by the sweeper."""

from collections.abc import Mapping

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.rows import BenchRow


class DynamoBenchLoads:
    """Implements BenchLoads."""

    def read(self) -> Mapping[str, int]:
        with store_answers():
            try:
                found = BenchRow.get(keys.BENCH, keys.LOADS, consistent_read=True)
            except DoesNotExist:
                return {}
        return {who: int(count) for who, count in found.open.items()}

    def put(self, loads: Mapping[str, int]) -> None:
        with store_answers():
            BenchRow(keys.BENCH, keys.LOADS, open=dict(loads)).save()
