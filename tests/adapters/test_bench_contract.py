"""One contract of what the sweeper writes down of the judges, in memory and in DynamoDB, here and on the city. The API
reads it."""

from typing import Any


def test_the_loads_are_read_as_they_were_put_last(empty_rows: Any) -> None:
    assert empty_rows.bench_loads.read() == {}

    empty_rows.bench_loads.put({"maya": 3, "rudi": 1})
    empty_rows.bench_loads.put({"maya": 2})

    assert empty_rows.bench_loads.read() == {"maya": 2}


def test_the_sweeper_writes_what_the_api_reads(rows: Any) -> None:
    rows.bench_loads.put({"maya": 4})

    assert rows.bench_loads.read() == {"maya": 4}
