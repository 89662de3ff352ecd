"""Messages that are no case yet and that nobody has read in time. The bureau, whose desks read them, is told once an
hour: how many passed their limit in that hour, by channel. The alert has no words of theirs, and nobody's name."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from chalicelib.application.messages.delivery import Delivery, is_to_ask_for
from chalicelib.application.messages.to_units.alerts import subject_line
from chalicelib.application.ports.messages import HandBack, Notice, Notices, UnitAlerts
from chalicelib.application.ports.queues import Queues, looked_through
from chalicelib.application.wording import Phrases, moment
from chalicelib.domain import routing
from chalicelib.domain.case.inboxes import READ_BY
from chalicelib.domain.case.queues import inbox_of
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS

LEDGER = "inbox"  # what the ledger has in place of a number, and the message as its event
HOUR = timedelta(hours=1)
LOOKED_BACK = timedelta(hours=24)  # an hour that was told nothing of for so long is told no more
PAGE, MOST_PAGES = 100, 10


def key_of(hour: datetime) -> str:
    """The key of an hour, in UTC."""
    return f"{LEDGER}-{hour.astimezone(UTC):%Y-%m-%dT%H}"


@dataclass(frozen=True, slots=True)
class RemindLateMessages:
    """For the sweeper, which may not publish: asks for the alert of each hour until it is settled. `now` is the
    domain's time."""

    queues: Queues
    ledger: Notices
    hand_back: HandBack
    now: Callable[[], datetime]

    def __call__(self) -> int:
        """The number of hours that the alert was asked for. Raises UnavailableError."""
        now, late = self.now(), self._late()
        untold = {hour: late[hour] for hour in late if is_to_ask_for(self.ledger.find(LEDGER, key_of(hour)), now)}
        for hour, waiting in untold.items():
            self.hand_back.put_late_messages(hour, waiting)
        return len(untold)

    def _late(self) -> dict[datetime, Counter[str]]:
        """Messages that wait, by channel and by the whole hour in which their limit passed; this hour goes on."""
        end = whole_hour(self.now())
        due = {"from_due": int((end - LOOKED_BACK).timestamp()), "before_due": int(end.timestamp())}
        found: dict[datetime, Counter[str]] = {}
        inboxes = [inbox_of(channel) for channel in READ_BY]
        for entry in looked_through(self.queues, inboxes, page=PAGE, pages=MOST_PAGES, **due):
            hour = whole_hour(datetime.fromtimestamp(entry.due, UTC))
            found.setdefault(hour, Counter())[entry.channel] += 1
        return found


@dataclass(frozen=True, slots=True)
class TellLateMessages:
    """May be called for any hour, any number of times: what was told is in the ledger."""

    delivery: Delivery
    topics: UnitAlerts
    words: Callable[[str], Phrases]
    site_url: str
    reference: Reference

    def __call__(self, hour: datetime, waiting: Mapping[str, int]) -> str:
        """The state that the alert of this hour is left in. Raises UnavailableError."""

        def send(notice: Notice) -> None:
            subject, text = self._written(hour, waiting)
            about = {"event": LEDGER, "number": "", "message_id": notice.message_id}
            self.topics.publish(routing.GOVERNMENT_BUREAU, subject, text, **about)

        return self.delivery.deliver(LEDGER, key_of(hour), event=LEDGER, way=WAYS["alert"], send=send)

    def _written(self, hour: datetime, waiting: Mapping[str, int]) -> tuple[str, str]:
        words = self.words("unit")
        said, count = words["inbox"], sum(waiting.values())
        until = moment(hour + HOUR, self.words("id"))
        by_channel = sorted(waiting.items(), key=lambda each: (-each[1], each[0]))
        lines = [said["head"].format(count=count, until=until), ""]
        lines += [said["channel"].format(channel=self._name(code), count=each) for code, each in by_channel]
        lines += ["", words["link"].format(link=f"{self.site_url}{words['path']}#inbox"), "", words["footer"]]
        return subject_line(said["subject"].format(count=count)), "\n".join(lines)

    def _name(self, code: str) -> str:
        known = self.reference.channels.get(code)
        return known.name_id if known else code


def whole_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
