"""What AWS bills nobody for, month by month and without an end, and what that makes of a year.

It counts per account, or once for all of an organization; one that holds a single stage is assumed. AWS may change it:
`aws freetier get-free-tier-usage` says what an account has ("Always Free"), and what it used of it."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

# A month's quantity by unit of `costs.PRICE`, as commonly listed in 2026: AWS's page of free tiers ("Always free") and
# the command above are what counts. Left out: what ends after a year (SES, API Gateway, S3's requests), and DynamoDB's
# 25 GB, since the price here is that of storage and its backup together.
QUANTITY = {
    "CloudFront request": 10e6, "edge GB out": 1_000, "S3 GB out": 100, "Lambda call": 1e6, "Lambda GB-s": 400e3,
    "topic publish": 1e6, "topic e-mail": 1_000, "queue call": 1e6, "transition": 4_000, "KMS call": 20e3,
    "trace": 100e3, "alarm": 10, "log GB": 5,
}  # fmt: skip


class Priced(Protocol):
    """A line of the table of costs."""

    @property
    def unit(self) -> str: ...

    @property
    def quantity(self) -> float: ...

    @property
    def dollars(self) -> float: ...


def of_a_year(idle: Iterable[Priced], life: Iterable[Priced], complaints: int) -> float:
    """USD that are not billed of a year with so many complaints, all months alike."""
    used: Counter[str] = Counter()
    price: dict[str, float] = {}
    for lines, times in ((idle, 1.0), (life, complaints / 12)):
        for line in lines:
            used[line.unit] += line.quantity * times
            price[line.unit] = line.dollars / line.quantity
    return 12 * sum(min(used[unit], free) * price[unit] for unit, free in QUANTITY.items() if unit in price)
