"""Building all public rows anew from the history, beside those that are served: nobody sees a half-built list, and
events that are told meanwhile are written to both sets."""

from collections.abc import Callable

from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.public import Generations


def rebuild(*, complaints: Complaints, generations: Generations, project: Callable[[str, int], bool]) -> int:
    """Projects every case once and serves the new set; how many cases. A rebuild that was broken off is harmless:
    the next one begins with an empty set again. One case after the other, each as it is when its turn comes; an event
    after that is told by the queue. The caller discards the other sets, when nobody reads them any more."""
    generation = generations.begin()
    cases = 0
    for event in complaints.all_events():
        if event.sequence == 1:
            project(event.number, event.sequence)
            cases += 1
    generations.serve(generation)
    return cases
