"""A conversation by SMS or on a messenger. The first words are a case at once; what follows completes it, and we ask
for what is missing, one thing at a time. Of one person one message is looked at at a time, under a lease; what comes
twice, late or in another order changes nothing twice. Whom we do not understand twice, a person reads."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.intake.derivation import contact_token
from chalicelib.application.intake.sorting import UNSORTED, Sorting
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.channels import MessageSources
from chalicelib.application.ports.standings import Standings
from chalicelib.application.ports.talks import Talk, Talks
from chalicelib.application.talks.answering import Answering
from chalicelib.application.talks.attaching import Attaching
from chalicelib.application.talks.letter_answers import WITHOUT_WORDS
from chalicelib.application.talks.telling_status import TellStatus
from chalicelib.application.talks.turns import HANDED, Heard, Leave, Lodge, Turn, TurnResult, remembered, told_of
from chalicelib.application.talks.understanding import Meant, understand
from chalicelib.application.talks.whereabouts import Found, Whereabouts
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.place.spots import Location
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.values import dataclass

LEASE = timedelta(seconds=20)  # machine time: longer than one message takes
GLANCE, GLANCES = 0.25, 8  # seconds between two reads of a talk that somebody has, and how many
TALK_LIFE = timedelta(hours=24)  # after that, words begin a new report
REMEMBERED = 30  # messages
PATIENCE = 2  # misunderstandings in a row, then a person reads
MOST_PICTURES = 10  # that wait for words


@dataclass(frozen=True, slots=True)
class Talking:
    """`secret` answers the server's; `now` is the domain's time, `machine_now` the machine's."""

    talks: Talks
    standings: Standings
    complaints: Complaints
    sorting: Sorting
    find: Whereabouts
    attach: Attaching
    tell_status: TellStatus
    answer: Answering
    sources: MessageSources
    secret: Callable[[], bytes]
    now: Callable[[], datetime]
    machine_now: Callable[[], datetime]
    pause: Callable[[float], None]

    def __call__(self, said: Heard, lodge: Lodge, leave: Leave) -> TurnResult:
        """Raises UnavailableError: the same message again does no harm."""
        token = contact_token(self.secret(), said.contact)
        if not token:  # nobody can be answered there
            return told_of(lodge(said))
        talk, mark = self._taken(pseudonym(token)), said.mark
        if mark in talk.seen:
            self.talks.save(talk)
            return remembered(talk.seen[mark])
        try:
            self.standings.prove(talk.pseudonym, self.now())
            turn = self._turn(talk, said, lodge, leave)
            after = self._kept(self._remembering(turn, mark), said, turn)
        except Exception:
            self.talks.save(talk)  # for whoever tries again
            raise
        self.talks.save(after)
        self._reply(said, talk, turn)
        return TurnResult(turn.outcome, turn.number)

    def _taken(self, name: str) -> Talk:
        for _ in range(GLANCES):
            talk, now = replace(self.talks.find(name), wrote_at=self.now()), self.machine_now()
            if self.talks.take(talk, now, now + LEASE):
                return talk
            self.pause(GLANCE)
        raise UnavailableError("talk")

    def _remembering(self, turn: Turn, mark: str) -> Talk:
        """With the message, and our answer counted."""
        seen = dict([*turn.talk.seen.items(), (mark, turn.became)][-REMEMBERED:])
        return self.answer.counted(replace(turn.talk, seen=seen, heard_at=self.now()), is_answered=bool(turn.answer))

    def _kept(self, talk: Talk, said: Heard, turn: Turn) -> Talk:
        """A kept message goes with the case that the person speaks of; before there is one, the talk remembers it.
        Whoever read the message notes by themselves where its words stand now."""
        task_id = said.task_id if turn.outcome == HANDED else ""
        own = [(key, "") for key in said.kept[1:]] if not turn.number else []
        own += [(said.kept[0], task_id)] if said.kept and (task_id or not turn.number) else []
        if not talk.number:
            return replace(talk, kept=(*talk.kept, *own)[-REMEMBERED:])
        for raw_key, task in (*talk.kept, *own):
            self.sources.note(talk.number, raw_key, task)
        return replace(talk, kept=())

    def _reply(self, said: Heard, before: Talk, turn: Turn) -> None:
        """An answer that surely did not leave makes the message come again; of one that nobody knows, nothing does."""
        if not turn.answer:
            return
        values = {"number": turn.talk.number, **(turn.values or {})}
        try:
            self.answer(said.contact, turn.answer, values, talk=before, key=said.mark)
        except UnavailableError:
            self.talks.save(replace(before, heard_at=self.now(), version=before.version + 1))
            raise

    def _turn(self, talk: Talk, said: Heard, lodge: Lodge, leave: Leave) -> Turn:
        meant = Meant("") if said.is_part else understand(said.text)
        commands: Mapping[str, Callable[[Talk, Meant], Turn]] = {
            "status": self._status,
            "stop": self._stop,
            "start": self._start,
            "help": lambda talk, _: Turn(talk, "help", "help"),
            "new": lambda talk, _: Turn(
                replace(talk, number="", asks=("matter",), place="", pictures=()), "new", "matter"
            ),
        }
        if meant.kind in commands and not said.pictured:
            return commands[meant.kind](talk, meant)
        case = self._case_of(talk)
        if case and not self._begins_anew(talk, case, said):
            return self._go_on(talk, case, said, leave)
        if not said.text.strip() or meant.kind == "greeting":
            return self._without_words(talk, said, leave)
        return self._begin(talk, said, lodge)

    def _status(self, talk: Talk, meant: Meant) -> Turn:
        """Also of the case that they speak of, when they name none."""
        asked = meant.number or talk.number
        text = self.tell_status(asked, talk.pseudonym) if asked else ""
        return Turn(talk, "status", "as_told", {"text": text}) if text else Turn(talk, "status", "no_number")

    def _stop(self, talk: Talk, _meant: Meant) -> Turn:
        self.standings.suppress(talk.pseudonym)
        return Turn(replace(talk, asks=()), "stop", "stopped")

    def _start(self, talk: Talk, _meant: Meant) -> Turn:
        self.standings.resume(talk.pseudonym)
        return Turn(talk, "start", "started")

    def _case_of(self, talk: Talk) -> Complaint | None:
        """The case that they speak of, while it is fresh in mind and goes on."""
        if not talk.number or talk.heard_at is None or self.now() - talk.heard_at > TALK_LIFE:
            return None
        case = self.complaints.load(talk.number)
        return case if case and case.is_open else None

    def _begins_anew(self, talk: Talk, case: Complaint, said: Heard) -> bool:
        """Words that surely speak of another problem, when nothing was asked."""
        found = self.sorting(said.text)
        return (
            not said.is_part
            and not talk.asks
            and bool(found.reasons)
            and found.category not in (case.category, UNSORTED)
        )

    def _begin(self, talk: Talk, said: Heard, lodge: Lodge) -> Turn:
        """The case first; a place that came before its words goes with it. Its receipt is a message of the case."""
        begun = replace(talk, place="", pictures=(), misunderstood=0)
        number = lodge(replace(said, location=said.location or _place_of(talk), before=talk.pictures))
        if number == HANDED:
            return Turn(begun, number, "handed")
        case = self.complaints.load(number)
        asks = self._missing(case, said.text) if case else ()
        answer = _question(asks) if said.is_last else ""
        return Turn(replace(begun, number=number, asks=asks), number, answer, number=number)

    def _missing(self, case: Complaint, text: str) -> tuple[str, ...]:
        """What neither the case says nor its words."""
        missing = {
            "place": not case.located and not self.find(text, None).is_inside,
            "category": case.category == UNSORTED and not self.sorting(text).suggested,
        }
        return tuple(name for name, is_missing in missing.items() if is_missing)

    def _go_on(self, talk: Talk, case: Complaint, said: Heard, leave: Leave) -> Turn:
        """Their words go into the case, whatever we understand of them."""
        found = self.find(said.text, said.location)
        words = "\n\n".join(filter(None, [said.text.strip() or WITHOUT_WORDS * said.pictured, found.sentence]))
        if words and not self.attach(case.number, words, key=f"talk {said.mark}"):
            leave("not_attached")
            return Turn(talk, HANDED, "handed")
        return replace(self._understood(talk, case, said, found, leave), number=case.number)

    def _understood(self, talk: Talk, case: Complaint, said: Heard, found: Found, leave: Leave) -> Turn:
        """What their words, which stand in the case, answer; pictures and parts answer nothing."""
        if said.is_part:  # after the last one we ask what we wanted to
            return Turn(talk, case.number, _question(talk.asks) if said.is_last else "")
        if said.pictured and not said.text.strip():
            return Turn(talk, case.number)
        if not self._answers(talk, said.text, is_place=found.is_inside):
            return self._misunderstood(talk, leave, "place_outside" if found.is_outside else f"{talk.asks[0]}_again")
        after = replace(talk, misunderstood=0, asks=talk.asks[1:])
        return Turn(after, case.number, _question(after.asks) or "added")

    def _answers(self, talk: Talk, text: str, *, is_place: bool) -> bool:
        """Whether it is an answer to what was asked; what was not asked needs none."""
        checks: Mapping[str, Callable[[], bool]] = {
            "place": lambda: is_place,
            "category": lambda: bool(self.sorting(text).suggested),
        }
        return not talk.asks or checks.get(talk.asks[0], lambda: True)()

    def _without_words(self, talk: Talk, said: Heard, leave: Leave) -> Turn:
        """A greeting, or a place or a picture before anything was said of it. A person sees the picture, until its
        words come."""
        if said.pictured:
            pictures = (*talk.pictures, leave("no_words"))[-MOST_PICTURES:]
            return Turn(replace(talk, pictures=pictures, number="", asks=("matter",)), HANDED, "matter")
        if said.location is None:
            return self._misunderstood(replace(talk, asks=("matter",)), leave, "matter")
        place = f"{said.location.lat},{said.location.lon}"
        return Turn(replace(talk, place=place, number="", asks=("matter",)), "place", "matter")

    def _misunderstood(self, talk: Talk, leave: Leave, again: str) -> Turn:
        count = talk.misunderstood + 1
        if count >= PATIENCE:
            leave("not_understood")
            return Turn(replace(talk, misunderstood=0, asks=()), HANDED, "handed")
        return Turn(replace(talk, misunderstood=count), "asked_again", again)


def _question(asks: tuple[str, ...]) -> str:
    """The name of the answer that asks for the first of them."""
    return f"{asks[0]}_asked" if asks else ""


def _place_of(talk: Talk) -> Location | None:
    if not talk.place:
        return None
    lat, lon = map(float, talk.place.split(","))
    return Location(lat=lat, lon=lon)
