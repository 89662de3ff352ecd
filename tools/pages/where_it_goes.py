"""Where the time and the money of a complaint go: the picture and the tables of docs/where-time-and-money-go.md, from
the counted figures of the bench and from the table of costs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bench import ledger
from tools.pages import costs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "where-time-and-money-go.md"
LIFE = "life with a contact"
# what the bench calls a path: who that is
WHO = {
    "request": "API (people wait)",
    "photo": "process_photo",
    "relay": "relay",
    "notify": "notify_citizen",
    "alert": "alert_unit",
    "project": "project",
    "arm": "arm",
    "ring": "ring",
}
KINDS = ("reads of rows", "writes of rows", "other services")
READS = ("GetItem", "BatchGetItem", "Query")
# group: lines of the table of costs that belong to it, by the beginning of their names
GROUPS = {
    "letters to the reporter": ("e-mail to the citizen",),
    "clocks": ("clocks",),
    "visitors who report nothing": ("visitors",),
    "photos": ("photos", "originals", "variants"),
    "API, functions, edge and its walls": ("API", "edge", "functions", "walls", "pages"),
    "alerts, events, queues": ("alerts", "events", "queues"),
    "rows written: the case": ("writes of the case",),
    "rows written: messages": ("writes of notices",),
    "rows written: lists and figures": ("writes of lists",),
    "rows read and kept": ("reads", "rows kept"),
    "keys, logs, traces": ("contact", "logs", "traces"),
}


@dataclass(frozen=True)
class Bar:
    """`parts` stand in the order of their panel's kinds."""

    name: str
    parts: tuple[float, ...]

    @property
    def whole(self) -> float:
        return sum(self.parts)


def calls(figures: Mapping[str, float]) -> list[Bar]:
    """AWS calls of a whole life by function and kind."""
    return [Bar(who, _by_kind(_of(path, figures))) for path, who in WHO.items()]


def _of(path: str, figures: Mapping[str, float]) -> dict[str, float]:
    begins = f"{LIFE}, all of {path}: "
    return {name.removeprefix(begins): value for name, value in figures.items() if name.startswith(begins)}


def _by_kind(counted: Mapping[str, float]) -> tuple[float, ...]:
    sums = dict.fromkeys(KINDS, 0.0)
    for name, number in counted.items():
        service, _, operation = name.partition(".")
        if operation:
            sums[_kind(service, operation)] += number
    return tuple(sums.values())


def _kind(service: str, operation: str) -> str:
    if service != "dynamodb":
        return KINDS[2]
    return KINDS[0] if operation in READS else KINDS[1]


def units(figures: Mapping[str, float]) -> list[Bar]:
    """Write units of a whole life by function."""
    return [Bar(who, (_of(path, figures).get("write units", 0),)) for path, who in WHO.items()]


def money(lines: Iterable[costs.Line] = costs.LIFE) -> list[Bar]:
    """USD per 1,000 complaints, the dearest group first. Raises ValueError for a line that belongs to no group."""
    sums = dict.fromkeys(GROUPS, 0.0)
    for line in lines:
        sums[_group(line.what)] += line.dollars * 1_000
    return sorted((Bar(name, (dollars,)) for name, dollars in sums.items()), key=lambda bar: -bar.whole)


def _group(what: str) -> str:
    for group, beginnings in GROUPS.items():
        if what.startswith(beginnings):
            return group
    raise ValueError(f"{what}: in no group of tools/pages/where_it_goes.py")


# ------------------------------------------------------------------------------------------------ the page's tables
def page(text: str, figures: Mapping[str, float]) -> str:
    """The page with fresh tables between its marks."""
    return _filled(_filled(text, "calls", _calls_table(figures)), "money", _money_table())


def _filled(text: str, mark: str, table: str) -> str:
    pattern = rf"(<!-- {mark} -->).*(<!-- /{mark} -->)"
    return re.sub(pattern, lambda found: f"{found[1]}\n{table}\n{found[2]}", text, flags=re.DOTALL)


def _calls_table(figures: Mapping[str, float]) -> str:
    head = f"| function | {' | '.join(KINDS)} | calls | write units |\n|---|{'---:|' * (len(KINDS) + 2)}"
    bars = [*zip(calls(figures), units(figures), strict=True)]
    rows = [_row(called.name, (*called.parts, called.whole, written.whole)) for called, written in bars]
    sums = [sum(column) for column in zip(*((*c.parts, c.whole, w.whole) for c, w in bars), strict=True)]
    return "\n".join([head, *rows, _row("**together**", sums)])


def _row(name: str, numbers: Sequence[float]) -> str:
    return f"| {name} | " + " | ".join(f"{round(number, 1):g}" for number in numbers) + " |"


def _money_table() -> str:
    bars = money()
    rows = [f"| {bar.name} | {bar.whole:.3f} |" for bar in bars]
    whole = sum(bar.whole for bar in bars)
    return "\n".join(["| what | USD |", "|---|---:|", *rows, f"| **together** | **{whole:.2f}** |"])


# ------------------------------------------------------------------------------------------------ the picture
WIDTH, LEFT, ROW, GAP = 760, 250, 22, 58
ROOM = WIDTH - LEFT - 70  # for the longest bar, with its number behind it
COLOURS = ("#1f6f8b", "#d97706", "#6b7280")


def picture(figures: Mapping[str, float]) -> str:
    """An SVG of three panels, one under the other."""
    panels = (
        ("Calls of AWS in one complaint's life, by who makes them", calls(figures), KINDS, ".3g"),
        ("Write units of the same life", units(figures), (), ".3g"),
        ("US dollars per 1,000 complaints", money(), (), ".2f"),
    )
    drawn, top = [], 0
    for title, bars, kinds, form in panels:
        drawn.append(_panel(title, bars, kinds, form, top))
        top += GAP + ROW * len(bars) + 14
    title = "Where the calls, the write units and the money of one complaint go"
    style = "text{font:13px sans-serif;fill:#1f2937}.h{font-weight:bold;font-size:15px}.n{fill:#4b5563}"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" aria-label="{title}">',
        "<!-- Generated by `python -m tools generate`; do not edit. -->",
        f"<title>{title}</title><style>{style}</style>",
        f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>',
        *drawn,
        "</svg>\n",
    ])  # fmt: skip


def _panel(title: str, bars: Sequence[Bar], kinds: Sequence[str], form: str, top: int) -> str:
    scale = ROOM / max(bar.whole for bar in bars)
    lines = [f'<text class="h" x="10" y="{top + 24}">{escape(title)}</text>', *_legend(kinds, top + 43)]
    for index, bar in enumerate(bars):
        lines += _drawn(bar, scale, form, top + GAP + index * ROW)
    return "\n".join(lines)


def _legend(kinds: Sequence[str], y: int) -> Iterable[str]:
    for index, (kind, colour) in enumerate(zip(kinds, COLOURS, strict=False)):
        x = LEFT + index * 145
        yield f'<rect x="{x}" y="{y - 10}" width="11" height="11" fill="{colour}"/>'
        yield f'<text class="n" x="{x + 17}" y="{y}">{kind}</text>'


def _drawn(bar: Bar, scale: float, form: str, y: int) -> Iterable[str]:
    yield f'<text x="{LEFT - 10}" y="{y + 12}" text-anchor="end">{escape(bar.name)}</text>'
    x = float(LEFT)
    for part, colour in zip(bar.parts, COLOURS, strict=False):
        yield f'<rect x="{x:.1f}" y="{y}" width="{part * scale:.1f}" height="15" fill="{colour}"/>'
        x += part * scale
    yield f'<text class="n" x="{x + 6:.1f}" y="{y + 12}">{bar.whole:{form}}</text>'


def current() -> dict[str, float]:
    """The committed figures."""
    return ledger.current(ledger.read())
