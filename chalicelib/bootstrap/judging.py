"""Who judges a proof, wired: drawn when it is proposed, and again when they go off duty."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.adapters import Adapters
from chalicelib.bootstrap.chance import salt

if TYPE_CHECKING:
    from chalicelib.application.handling.reappointing import Reappoint
    from chalicelib.application.people.benches import Benches
    from chalicelib.application.ports.people import BenchLoads


class Judging(Adapters):
    """Asked by the API when a proof is proposed, and by the sweeper."""

    @cached_property
    def bench_loads(self) -> "BenchLoads":
        from chalicelib.adapters.dynamodb.people.bench import DynamoBenchLoads

        self._bind()
        return DynamoBenchLoads()

    @cached_property
    def benches(self) -> "Benches":
        from chalicelib.application.people.benches import Benches

        return Benches(self.staff, self.bench_loads, lot=salt)

    @cached_property
    def reappoint(self) -> "Reappoint":
        from chalicelib.application.handling.reappointing import Reappoint

        return Reappoint(
            complaints=self.complaints,
            queues=self.queues,
            benches=self.benches,
            loads=self.bench_loads,
            reference=self.reference,
            now=self.now,
            machine_now=self.machine_now,
            salt=salt,
        )
