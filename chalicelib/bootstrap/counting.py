"""What reads the city's figures, wired."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.adapters import Adapters

if TYPE_CHECKING:
    from chalicelib.adapters.dynamodb.public.figures import DynamoFigures
    from chalicelib.application.reading.lists.cursors import Cursors
    from chalicelib.application.reading.lists.desk_day import DeskDay
    from chalicelib.application.reading.lists.export import Export
    from chalicelib.application.reading.statistics import Statistics


class Counting(Adapters):
    """The counted cases, and who looks at them."""

    if TYPE_CHECKING:  # of the other parts of the root

        @cached_property
        def cursors(self) -> Cursors: ...

    @cached_property
    def figures(self) -> "DynamoFigures":
        from chalicelib.adapters.dynamodb.public.figures import DynamoFigures

        self._bind()
        return DynamoFigures()

    @cached_property
    def statistics(self) -> "Statistics":
        from chalicelib.application.reading.statistics import Statistics

        return Statistics(figures=self.figures, reference=self.reference, now=self.now)

    @cached_property
    def export(self) -> "Export":
        from chalicelib.application.reading.lists.export import Export

        return Export(figures=self.figures, cursors=self.cursors, reference=self.reference, now=self.now)

    @cached_property
    def desk_day(self) -> "DeskDay":
        from chalicelib.application.reading.lists.desk_day import DeskDay

        return DeskDay(figures=self.figures, reference=self.reference, now=self.now)
