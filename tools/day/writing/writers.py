"""People who write to the city: what they write becomes a case, or a person at the desk sees to it. Nothing of it may
be lost, and answers go back where it was written."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from tools.day.cases import Case, Stopwatch
from tools.day.citizens import becomes
from tools.day.client import City
from tools.day.people import DESK, INSPECTORS
from tools.day.plans import Plan
from tools.day.writing.matters import ANSWER, ANSWERED, SIGNED, Matter

LOOK = 1.0  # seconds between two reads of the inbox and the mailbox
FIRST = "waiting"  # the message that says a case is there
INBOX = "inbox"
View = dict[str, Any]


class Writers:
    """`stopwatch` is told how long it took until the number was known; `receive` takes letters as SES does, by their
    ids; `missed` are faults."""

    def __init__(self, city: City, stopwatch: Stopwatch, receive: Callable[[str, bytes], object]) -> None:
        self._city = city
        self._receive = receive
        self._stopwatch = stopwatch
        self._waiting: dict[str, Matter] = {}
        self._begun: dict[str, tuple[datetime, float]] = {}
        self._read: set[str] = set()
        self._ended: list[Matter] = []
        self.missed: list[str] = []

    def write(self, matter: Matter) -> None:
        """Hands it over as its provider does."""
        self._waiting[matter.mark] = matter
        self._begun[matter.mark] = datetime.now(UTC), time.perf_counter()
        raw = matter.raw
        if matter.is_received_by_ses:
            self._receive(matter.message_id, raw)
            return
        secret = self._city.channels[matter.channel.lower()]["secret"]
        self._city.send(f"/api/channels/{matter.channel.lower()}", raw, SIGNED[matter.channel](raw, secret))

    def cases(self, progress: Callable[[int], object], quiet: float) -> list[Case]:
        """The cases of all that was written and is a report; the desk ends the rest. After so many seconds in which
        nothing more came of anything, what is left is `missed`."""
        found: list[Case] = []
        heard = time.monotonic()
        while self._waiting:
            before = len(self._waiting)
            now = [*self._told(), *self._desk()]
            found += now
            progress(len(now))
            if len(self._waiting) < before:
                heard = time.monotonic()
            elif time.monotonic() > heard + quiet:
                break
            time.sleep(LOOK if self._waiting else 0)
        self.missed = [f"nothing came of what was written on {m.channel}: {m.mark}" for m in self._waiting.values()]
        return found

    def answer_faults(self, mailbox: Sequence[View]) -> list[str]:
        """What is wrong with the answers to what the desk ended. Each question is answered once, below the very post,
        and nothing else is."""
        faults = []
        for matter in self._ended:
            told = [m["text"] for m in mailbox if m["to"] == matter.message_id and m["event"] == "reply"]
            due = [ANSWER] if matter.ends == ANSWERED else []
            if told != due:
                faults.append(f"on {matter.channel} {matter.mark} was answered {told}, due was {due}")
        return faults

    def _told(self) -> list[Case]:
        """Who wrote in private reads the number in the first message that comes back."""
        private = [(m, m.plan) for m in self._waiting.values() if m.plan and not m.in_public]
        first = [(m, plan, next(self._first_told(m), None)) for m, plan in private]
        return [self._case(matter, plan, told["number"]) for matter, plan, told in first if told]

    def _first_told(self, matter: Matter) -> Iterator[View]:
        return (m for m in self._city.mailbox(to=matter.person) if m["event"] == FIRST)

    def _desk(self) -> list[Case]:
        """What the people at the desk make of the messages in their inbox."""
        if not any(matter.in_public for matter in self._waiting.values()):
            return []
        rows = [row for row in self._city.queue(DESK, INBOX) if row["task_id"] not in self._read]
        return [case for row in rows if (case := self._seen_to(row["task_id"]))]

    def _seen_to(self, task_id: str) -> Case | None:
        self._read.add(task_id)
        seen = self._city.get(f"/staff/messages/{task_id}", user=DESK)
        matter = next((m for m in self._waiting.values() if m.mark in (seen["said"] or "")), None)
        if matter is None:  # somebody else's
            return None
        if matter.plan:
            made = self._ends(seen, "case", matter.plan.draft)
            return self._case(matter, matter.plan, made["number"])
        body = {"text": ANSWER} if matter.ends == ANSWERED else {"reason_code": "spam"}
        self._ends(seen, "reply" if matter.ends == ANSWERED else "close", body)
        self._ended.append(self._waiting.pop(matter.mark))
        return None

    def _ends(self, seen: View, step: str, body: View) -> View:
        with self._stopwatch.timing("message seen to"):
            return self._city.post(
                f"/staff/messages/{seen['task_id']}/{step}", {"version": seen["version"], **body}, user=DESK
            )

    def _case(self, matter: Matter, planned: Plan, number: str) -> Case:
        """As the city took the words: a person may have to say what they are."""
        at, begun = self._begun[matter.mark]
        self._stopwatch.add("written → its number known", time.perf_counter() - begun)
        seen = self._city.get(f"/staff/complaints/{number}", user=INSPECTORS[0])
        plan = planned.taken_as(seen["category"]["code"])
        unit = seen["timeline"][0]["unit"]["code"]
        case = Case(plan, number, None, unit, at, plan.steps, unit, plan.placed)
        case.photos = {p["photo_id"]: becomes(data) for p, data in zip(seen["photos"], plan.photos, strict=False)}
        case.troubles += self._troubles(matter, seen)
        del self._waiting[matter.mark]
        return case

    def _troubles(self, matter: Matter, seen: View) -> list[str]:
        """What was lost on the way in, and what everybody reads before a person has looked at it."""
        photos, public = matter.plan.photos if matter.plan else (), self._city.get(f"/complaints/{seen['number']}")
        said = public["description"] and not matter.in_public
        return [
            *([] if matter.mark in (seen["description"] or "") else ["its words are not in the case"]),
            *([] if len(seen["photos"]) == len(photos) else [f"it has {len(seen['photos'])} of {len(photos)} photos"]),
            *([] if seen["channel"] == matter.channel else [f"it came by {seen['channel']}"]),
            *(["everybody reads what nobody has sorted"] if said else []),
        ]
