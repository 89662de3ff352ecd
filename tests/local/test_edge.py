"""The rate rule, as WAF keeps it in the cloud."""

from local.front.edge import RateLimit


class Time:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def a_limit_reached(time: Time, limit: int = 300) -> RateLimit:
    rule = RateLimit(limit, time)
    assert [rule.wait("127.0.0.1") for _ in range(limit)] == [0] * limit
    return rule


def test_the_three_hundredth_report_of_a_minute_is_taken_and_the_next_is_not() -> None:
    rule = a_limit_reached(Time())

    assert rule.wait("127.0.0.1") == 60


def test_the_window_slides_so_no_sixty_seconds_hold_more_than_the_limit() -> None:
    time = Time()
    rule = RateLimit(300, time)
    for second in range(300):
        time.seconds = 1000 + second / 10
        assert rule.wait("127.0.0.1") == 0

    time.seconds = 1059.9
    assert rule.wait("127.0.0.1") == 1

    time.seconds = 1060.0
    assert [rule.wait("127.0.0.1"), rule.wait("127.0.0.1")] == [0, 1]


def test_a_refused_report_does_not_prolong_the_wait() -> None:
    time = Time()
    rule = a_limit_reached(time)
    time.seconds += 30
    rule.wait("127.0.0.1")

    time.seconds += 30

    assert rule.wait("127.0.0.1") == 0


def test_each_address_has_a_limit_of_its_own() -> None:
    rule = a_limit_reached(Time())

    assert rule.wait("127.0.0.2") == 0


def test_zero_lifts_the_limit() -> None:
    rule = RateLimit(0, Time())

    assert {rule.wait("127.0.0.1") for _ in range(1000)} == {0}
