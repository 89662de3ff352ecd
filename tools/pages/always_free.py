"""What AWS bills nobody for, month by month and without an end, and what that makes of a year.

It counts per account, or once for all of an organization; one that holds a single stage is assumed. AWS may change
it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Allowance:
    """A month's `quantity` by `unit` of `costs.PRICE`, and the page of AWS that says so."""

    unit: str
    quantity: float
    page: str
    as_of: str
    cited: bool = False  # by others; AWS's own page was not to be read on that day


WHITEPAPER = "docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works"
# Left out: what ends after a year (SES, API Gateway, S3's requests).
ALLOWANCES = (
    Allowance("CloudFront request", 10e6, "aws.amazon.com/cloudfront/pricing", "2026-11-27"),
    Allowance("edge GB out", 1_000, "aws.amazon.com/cloudfront/pricing", "2026-11-27"),
    Allowance("edge function call", 2e6, "aws.amazon.com/cloudfront/pricing", "2026-11-27"),
    Allowance("S3 GB out", 100, "aws.amazon.com/s3/pricing", "2026-11-27", cited=True),
    Allowance("Lambda call", 1e6, f"{WHITEPAPER}/lambda.html", "2026-11-27"),
    Allowance("Lambda GB-s", 400e3, f"{WHITEPAPER}/lambda.html", "2026-11-27"),
    Allowance("table GB-month", 25, "aws.amazon.com/dynamodb/pricing", "2026-11-27"),
    Allowance("topic publish", 1e6, "aws.amazon.com/sns/pricing", "2026-11-27", cited=True),
    Allowance("topic e-mail", 1_000, "aws.amazon.com/sns/pricing", "2026-11-27", cited=True),
    Allowance("queue call", 1e6, "aws.amazon.com/sqs/pricing", "2026-11-27", cited=True),
    Allowance("transition", 4_000, "aws.amazon.com/step-functions/pricing", "2026-11-27"),
    Allowance("KMS call", 20e3, "aws.amazon.com/kms/pricing", "2026-11-27"),
    Allowance("trace", 100e3, "aws.amazon.com/xray/pricing", "2026-11-27"),
    Allowance("alarm", 10, "aws.amazon.com/cloudwatch/pricing", "2026-11-27"),
    Allowance("log GB", 5, "aws.amazon.com/cloudwatch/pricing", "2026-11-27"),
)


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
    return 12 * sum(min(used[one.unit], one.quantity) * price[one.unit] for one in ALLOWANCES if one.unit in price)


def table() -> str:
    """In Markdown, each line with its source and date."""
    head = ["**Never billed, per month and account**\n", "| quantity of | a month | source | as of |"]
    asked = "`aws freetier get-free-tier-usage --region us-east-1` says what an account has, and what it used of it.\n"
    return "\n".join([*head, "|---|---:|---|---|", *map(_row, ALLOWANCES), "", asked])


def _row(one: Allowance) -> str:
    source = f"<https://{one.page}>{', as others cite it' if one.cited else ''}"
    return f"| {one.unit} | {one.quantity:,.10g} | {source} | {one.as_of} |"
