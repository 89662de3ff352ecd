"""`python -m tools costs [--write]`: what a stage costs idle and per 1,000 complaints, as the tables in
docs/operations.md. Every line is quantity x list price, so that who knows better numbers changes one of them."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import ledger
from tools.command_line import flag
from tools.infra import quotas
from tools.pages import always_free, like_for_like

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "operations.md"
AS_OF = "2026-11-24"
# USD, us-east-1 (no list of Jakarta was found: expect 1.0 to 1.25 times these). Per million of the unit; what is billed
# per month or per GB stands as its price times a million.
PRICE = {
    "REST call": 3.50, "CloudFront request": 1.10, "Lambda call": 0.20, "Lambda GB-s": 13.3334,
    "write unit": 0.625, "read unit": 0.125, "transition": 25.0, "topic publish": 0.50, "topic e-mail": 20.0,
    "queue call": 0.40, "SES e-mail": 100.0, "S3 put": 5.0, "S3 get": 0.40, "KMS call": 3.0, "trace": 5.0,
    "table GB-month": 0.25e6, "table backup GB-month": 0.20e6, "S3 GB-month": 0.023e6, "log GB": 0.50e6,
    "WAF request": 0.60, "secret call": 5.0, "edge function call": 0.10, "S3 GB out": 0.09e6, "edge GB out": 0.12e6,
    "snapshot GB-s": 1.5046, "snapshot GB": 139.7998,  # kept, and woken from
    "alarm": 0.10e6, "web ACL": 5.0e6, "WAF rule": 1.0e6, "key": 1.0e6, "secret": 0.40e6,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """`quantity` of what `unit` prices, and why so much."""

    what: str
    unit: str
    quantity: float
    why: str

    @property
    def dollars(self) -> float:
        return self.quantity * PRICE[self.unit] / 1e6


ALARMS, QUEUES, RULES = 47, 9, 5  # metrics of alarms; a test counts all three in the template
LOOKS = 6 * 24 * 30
POLLS = QUEUES * 5 * 3 * 60 * 24 * 30  # five pollers each, one 20 s call after the other
IDLE = (
    Line("web ACLs", "web ACL", 2, "distribution and API"),
    Line("WAF rules", "WAF rule", RULES, "spellings, sizes and two rates of an address; header of the distribution"),
    Line("alarms", "alarm", ALARMS, "the first 10 of an account are free"),
    Line(
        "empty queue polls", "queue call", POLLS, f"{QUEUES} queues x 5 pollers x 3 a minute; the first million is free"
    ),
    Line("contact key", "key", 1, "each of its first two yearly turns adds as much"),
    Line("secrets", "secret", 4, "intake, channels, chats and edge"),
    Line("secrets, looks", "secret call", 5 * 288 * 30, "five warm containers, each every five minutes (assumed)"),
    Line("sweeper, calls", "Lambda call", 8_640, "every 5 minutes"),
    Line("sweeper, time", "Lambda GB-s", 8_640 * 0.5 * 0.1, "512 MB x 0.1 s"),
    Line("heartbeats", "write unit", 8_640, "a row at each sweep, and relay is called for it"),
    Line("relay, calls for heartbeats", "Lambda call", 8_640, "30 ms of 512 MB each: below a cent"),
    Line("probe, edge", "CloudFront request", 4 * LOOKS, "four answers every ten minutes"),
    Line("probe, walls", "WAF request", 7 * LOOKS, "the distribution's sees four, the API's three"),
    Line("probe, API", "REST call", 3 * LOOKS, "health, a case that nobody has, a report that is none"),
    Line("probe, calls", "Lambda call", 4 * LOOKS, "its own, and the API's three"),
    Line("probe, time", "Lambda GB-s", LOOKS * (0.125 * 2 + 3 * 0.03), "128 MB x 2 s (assumed); the API's"),
    Line("sweeper, reads", "read unit", 8_640 * 11.5, "alarm index, 8 shards; 9 inboxes; flood mode; digest; rules"),
)
# One straight life: lodged with a photo and an e-mail, seven changes, an after-photo, confirmed. What the bench counts
# of it is not repeated here.
FIGURES = ledger.current(ledger.read())


def counted(name: str) -> float:
    """A figure of the life of a report with a contact."""
    return FIGURES[f"life with a contact{name}"]


def _units(kind: str, *paths: str) -> float:
    return sum(counted(f", all of {path}: {kind} units") for path in paths)


CALLS = 1 + 4 + 6 + 4 + 6  # lodge, looks of the citizen, queue pages, case pages, actions
EVENTS = 7
KEPT = 15e-6 * 12  # GB-months of one case
READING = ("request", "photo", "notify", "alert", "arm", "project", "ring")
LIFE = (
    Line("API", "REST call", CALLS, "1 report, 4 looks, 6 queue pages, 4 case pages, 6 actions"),
    Line("edge", "CloudFront request", CALLS + 10, "the same, and 10 files of the site"),
    Line(
        "functions, calls", "Lambda call", CALLS + 4 * EVENTS + 6, "API; relay, notify, alert, project per event; rest"
    ),
    Line(
        "functions, time",
        "Lambda GB-s",
        CALLS * 0.03 + 34 * 0.015 + 0.87 + 0.36,
        "1 GB x 30 ms; 0.5 GB x 30 ms; the proof as taken 0.5 s, the page's photo 0.2 s of 1.7 GB",
    ),
    Line(
        "functions, cold starts",
        "Lambda GB-s",
        55 * 0.01 * 0.7 * 0.6,
        "one call in 100 waits 0.7 s for 0.6 GB (assumed)",
    ),
    Line("walls", "WAF request", 2 * CALLS + 10, "the distribution's sees all, the API's what reaches it"),
    Line("visitors who report nothing, edge", "CloudFront request", 100, "20 visits of 5 requests (assumed)"),
    Line("visitors who report nothing, walls", "WAF request", 100, "the same; the API's wall sees none of them"),
    Line(
        "visitors who report nothing, calls",
        "Lambda call",
        20,
        "one in five is a shared answer that the edge has not kept (assumed); by the function's own URL, which is free",
    ),
    Line("visitors who report nothing, time", "Lambda GB-s", 20 * 0.03, "1 GB x 30 ms"),
    Line("visitors who report nothing, reads", "read unit", 20 * 2, "two each, as the read of a case (assumed)"),
    Line("edge, folders", "edge function call", 90, "each request for a page or file, visitors' too"),
    Line("pages and answers, out", "edge GB out", 0.4e-3, "10 files of 40 KB at most together, and answers; visitors"),
    Line("photos, out", "S3 GB out", 20 * 85e-6, "20 views of 85 KB, straight from the bucket"),
    Line("writes of the case", "write unit", _units("write", "request", "photo", "ring"), "counted, with a contact"),
    Line("writes of notices", "write unit", _units("write", "notify", "alert"), "counted: claim, record, budgets"),
    Line("writes of lists", "write unit", _units("write", "project"), "counted: rows, counters, markers"),
    Line("reads", "read unit", 10 * 2 + 6 * 2 + _units("read", *READING), "looks and lists; the rest is counted"),
    Line("rows kept 12 months", "table GB-month", KEPT, "15 KB with history"),
    Line("rows kept, their backup", "table backup GB-month", KEPT, "point-in-time recovery"),
    Line("clocks", "transition", counted(": state transitions"), "counted"),
    Line("events and alerts", "topic publish", EVENTS + counted(": messages: alert"), "counted"),
    Line("alerts by e-mail", "topic e-mail", counted(": messages: alert"), "counted; one address per unit (assumed)"),
    Line("queues", "queue call", (3 * EVENTS + 3 + 2) * 2, "receive and delete, unbatched"),
    Line("e-mail to the citizen", "SES e-mail", counted(": messages: e-mail"), "counted: one per status"),
    Line("photos, put", "S3 put", 2 * 3, "original and two sizes"),
    Line("photos, get", "S3 get", 2 + 20, "processing and views"),
    Line(
        "originals for 7 days",
        "S3 GB-month",
        (2.8e-3 + 0.35e-3) * 7 / 30,
        "the proof as taken 2.8 MB, the reporter's as the page made it smaller 0.35 MB",
    ),
    Line("variants for 12 months", "S3 GB-month", 2 * 85e-6 * 12, "85 KB each"),
    Line("contact", "KMS call", 1 + counted(", all of notify: kms.Decrypt"), "sealed once, opened per message"),
    Line(
        "logs",
        "log GB",
        60 * 0.4e-6 + CALLS * 0.3e-6,
        "60 lines of 400 bytes; 300 for each call of API Gateway",
    ),
    Line("logs of the edge", "log GB", (CALLS + 10 + 100) * 0.25e-6, "a line of 250 bytes for each request"),
    Line("traces", "trace", 0.05 * CALLS, "one call of API Gateway in 20"),
)
# Where a stage has `snap_start`: one version of the API's 1 GB, and who wakes from it, one call in 100 (assumed).
SNAPSHOT = Line("snapshot", "snapshot GB-s", 30 * 24 * 3600, "")
WOKEN = Line("woken", "snapshot GB", (CALLS + 20) / 100, "")
WALLS = ("web ACL", "WAF rule")
SMS = (0.02, 0.35)  # USD each: a local gateway's price, and what large providers list; none of AWS was found


def tables() -> str:
    """All tables in Markdown."""
    resting = _table("Idle, per month", IDLE, 1)
    life = _table("Per 1,000 complaints", LIFE, 1000)
    low, high = (EVENTS * 1000 * price for price in SMS)
    sms = f"An SMS at every status instead of the e-mail: {low:,.0f} to {high:,.0f} USD per 1,000 more."
    mute = sum(line.dollars for line in LIFE if line.unit != "SES e-mail") * 1000
    beside = f"Without e-mail {mute:.2f}. {sms}"
    compared = like_for_like.table({line.what: line.dollars * 1000 for line in LIFE})
    return f"\n{resting}\n{_beside_idle()}\n\n{life}\n{beside}\n\n{compared}\n{_yearly()}\n{always_free.table()}"


def idle(*, walls: bool) -> float:
    """USD a month."""
    return sum(line.dollars for line in IDLE if walls or line.unit not in WALLS)


def _beside_idle() -> str:
    woken = f"{SNAPSHOT.dollars:.2f} USD a month for each version of the API, and {WOKEN.dollars * 1000:.2f} per 1,000"
    return f"Without the walls {idle(walls=False):.2f}. `snap_start` adds {woken} complaints."


YEARS = (200_000, 10_000_000)  # complaints a year: about what the city has now, and one of each person (assumed)
LEVERS = 3


def _yearly() -> str:
    """What a year costs, and which lines cost most at that number."""
    head = [
        "**Per year**, with e-mail (USD)\n",
        "| complaints | at list prices | x 1.25 for Jakarta | of it never billed | the three largest lines |",
    ]
    return "\n".join([*head, "|---:|---:|---:|---:|---|", *map(_year, YEARS), "", _billed(YEARS[0])])


def _year(complaints: int) -> str:
    costs = sorted(_of_a_year(complaints), reverse=True)
    total = sum(dollars for dollars, _ in costs)
    largest = "; ".join(f"{what} {dollars:,.0f}" for dollars, what in costs[:LEVERS])
    free = always_free.of_a_year(IDLE, LIFE, complaints)
    return f"| {complaints:,} | {total:,.0f} | {total * 1.25:,.0f} | {free:,.0f} | {largest} |"


def _billed(complaints: int) -> str:
    """What 1,000 complaints add to the bill of a city of this size: it has a part of what is free without any."""
    each = (bill(complaints) - bill(0)) * 1000 / complaints
    letters = sum(line.dollars for line in LIFE if line.unit == "SES e-mail") * 1000
    return (
        f"With what AWS never bills, 1,000 complaints of a city of {complaints:,} a year add {each:.2f} USD to its "
        f"bill, {each - letters:.2f} without e-mail.\n"
    )


def bill(complaints: int) -> float:
    """USD of a year with e-mail, less what is never billed."""
    return sum(dollars for dollars, _ in _of_a_year(complaints)) - always_free.of_a_year(IDLE, LIFE, complaints)


def _of_a_year(complaints: int) -> Iterator[tuple[float, str]]:
    """Dollars and what for."""
    yield from ((line.dollars * 12, f"{line.what} (idle)") for line in IDLE)
    yield from ((line.dollars * complaints, line.what) for line in LIFE)


def _table(title: str, lines: tuple[Line, ...], times: int) -> str:
    rows = [
        f"| {line.what} | {line.quantity * times:,.10g} x {line.unit} | {line.dollars * times:.4f} | {line.why} |"
        for line in lines
    ]
    total = sum(line.dollars for line in lines) * times
    head = [f"**{title}** (USD, list prices as known on {AS_OF})\n", "| what | quantity x price of | USD | why |"]
    return "\n".join([*head, "|---|---|---:|---|", *rows, f"| **together** | | **{total:.2f}** | |", ""])


def page(text: str) -> str:
    """The page with fresh tables between its marks."""
    return re.sub(
        r"(<!-- costs -->).*(<!-- /costs -->)", lambda m: m[1] + "\n" + tables() + m[2], text, flags=re.DOTALL
    )


def main(arguments: list[str]) -> int:
    """Prints the tables, or writes them into the page."""
    if flag("costs", __doc__, "--write", arguments):
        PAGE.write_text(quotas.page(page(PAGE.read_text())))
    else:
        sys.stdout.write(tables())
    return 0
