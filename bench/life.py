"""One complaint's whole straight life, step by step, with every AWS call counted: what people wait for (request and
photo path) apart from what follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import boto3

from bench.emulated import BUCKET, MORNING, REGION, TABLE, Clock, city
from bench.people import HEAD, LURAH, OFFICER, SUB_AGENCY, VALIDATOR, Api, hire
from bench.photo import sample
from bench.recorder import Recorder
from bench.sizes import Item
from bench.timers import Executions
from chalicelib.domain.lifecycle import ROWS

WAITED_FOR = ("request", "photo")  # paths that the limits of the design speak of
DRAFT: dict[str, Any] = {
    "category": "JLN",
    "description": "Jalan berlubang di depan pasar, dalam dan sering tergenang. Sudah dua pekan belum ditambal.",
    "location": {"lat": -6.1754, "lon": 106.8272, "accuracy_m": 12},
    "landmark": "Depan pasar, dekat halte",
}
CONTACT = {"name": "Warga Jakarta", "email": "warga@example.com", "phone": "081234567890", "language": "id"}
Story = list[tuple[int, str, Callable[[], object]]]  # hours after the report, step, what is done
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Lived:
    """What was called, what stands in the table at the end, and the states that its timers went through."""

    recorder: Recorder
    items: list[Item]
    entered: list[str]
    messages: dict[str, int]


class Life:
    """Played step by step, each at its hour: time passes when somebody sleeps, which is the timer."""

    def __init__(self, boot: Any, api: Api, clock: Clock, recorder: Recorder) -> None:
        self._boot = boot
        self._api = api
        self._clock = clock
        self._recorder = recorder
        self._told = 0  # the last event that was relayed
        self._photo = sample()
        self._proof = ""
        self._timers = boot.timers = Executions(boot.timers, self._ring)
        self.number = ""
        self._secret = ""

    def begin(self, contact: dict[str, str] | None) -> None:
        """Reported, with a photo. The routing rules are read per container and 20 seconds, not per report."""
        with self._recorder.step("rules", "container"):
            self._boot.route.rules()
        self._step("create", lambda: self._create(contact))

    def straight(self) -> Story:
        """Coordinated, assigned, started, proved with a photo, validated, confirmed: within three days."""
        return [
            (1, "coordinate", lambda: self._act("coordinate", LURAH, unit="DBM", text="Kewenangan Bina Marga")),
            (5, "assign", lambda: self._act("assign", HEAD, unit=SUB_AGENCY, officer=OFFICER)),
            (24, "start", lambda: self._act("start", OFFICER, text="Petugas berangkat")),
            (30, "announce photo", self._announce),
            (31, "propose_done", self._propose),
            (48, "validate", lambda: self._act("validate", VALIDATOR, text="Sesuai")),
            (72, "confirm", lambda: self._act("confirm", None, rating=5, text="Terima kasih")),
        ]

    def crooked(self) -> Story:
        """Asked and answered, given more time at the second try, and handed on, within a day."""
        later = (MORNING + timedelta(days=60)).isoformat()
        more = {"until": later, "text": "Alat berat baru tersedia bulan depan"}
        return [
            *self.straight()[:3],
            (25, "ask", lambda: self._act("ask", OFFICER, text="Di depan nomor berapa?")),
            (26, "answer", lambda: self._act("answer", None, text="Di depan nomor 12")),
            (27, "extend", lambda: self._act("extend", OFFICER, **more)),
            (28, "refuse_extension", lambda: self._act("refuse_extension", HEAD, text="Coba dahulu")),
            (29, "extend again", lambda: self._act("extend", OFFICER, **more)),
            (30, "approve_extension", lambda: self._act("approve_extension", HEAD, text="Disetujui")),
            (31, "transfer", lambda: self._act("transfer", OFFICER, unit="DSDA", reason_code="not_ours", text="SDA")),
        ]

    def run(self, story: Story) -> list[str]:
        """Until no timer is left; the states that their executions entered."""
        for hour, name, do in story:
            self._pass_time(MORNING + hour * HOUR)
            self._step(name, do)
        self._pass_time(None)
        return self._timers.entered

    def _pass_time(self, until: datetime | None) -> None:
        """Timers wake in their order; None: until the last one has."""
        while (at := self._timers.wakes_at) and (until is None or at < until):
            self._clock.sleep(at)
            self._timers.wake()
        if until:
            self._clock.sleep(until)

    def _step(self, name: str, do: Callable[[], object]) -> None:
        with self._recorder.step(name, "request"):
            do()
        self._follow()

    def _create(self, contact: dict[str, str] | None) -> None:
        photos = {"photos": [{"content_type": "image/jpeg", "size": len(self._photo)}]}
        receipt = self._api.post("/complaints", DRAFT | photos | ({"contact": contact} if contact else {}))
        self.number, self._secret = receipt["number"], receipt["secret"]
        with self._recorder.step("", ""):
            self._upload(receipt["uploads"][0]["photo_id"])
        self._before = receipt["uploads"][0]["photo_id"]

    def _act(self, action: str, user: str | None, **needs: Any) -> None:
        """The version is what the person's page showed, in whatever way they got it."""
        who = {"user": user} if user else {"secret": self._secret}
        with self._recorder.step("", ""):
            complaint = self._boot.complaints.load(self.number)
        body = {"version": complaint.version, **needs}
        self._api.post(f"/complaints/{self.number}/actions/{action}", body, **who)

    def _announce(self) -> None:
        ticket = {"content_type": "image/jpeg", "size": len(self._photo)}
        self._proof = self._api.post(f"/complaints/{self.number}/photos", ticket, user=OFFICER)["photo_id"]
        with self._recorder.step("", ""):
            self._upload(self._proof)
        self._process("proof photo", self._proof)

    def _propose(self) -> None:
        self._act("propose_done", OFFICER, photos=[self._proof], text="Sudah ditambal, lihat foto.")

    def _upload(self, photo_id: str) -> None:
        key = f"incoming/{self.number}/{photo_id}"
        boto3.client("s3", region_name=REGION).put_object(Bucket=BUCKET, Key=key, Body=self._photo)

    def _process(self, step: str, photo_id: str) -> None:
        from chalicelib.application.photos.arrivals import ObjectCreated

        key = f"incoming/{self.number}/{photo_id}"
        with self._recorder.step("", ""):
            stored = boto3.client("s3", region_name=REGION).head_object(Bucket=BUCKET, Key=key)
        with self._recorder.step(step, "photo"):
            outcome = self._boot.photo_processing.process(
                ObjectCreated(key, stored["ETag"].strip('"'), stored["ContentLength"])
            )
        if outcome != "ready":
            raise RuntimeError(f"the photo is {outcome}")

    def _follow(self) -> None:
        """What the stream and the queues would do with the new events."""
        for event in self._boot.complaints.events(self.number)[self._told :]:
            self._told = event.sequence
            with self._recorder.step(event.action, "relay"):
                self._boot.topic.publish([event])
            with self._recorder.step(event.action, "notify"):
                self._boot.tell_people(self.number)
            with self._recorder.step(event.action, "alert"):
                self._boot.alert_unit(self.number, event.sequence)
            with self._recorder.step(event.action, "project"):
                self._boot.project(self.number, event.sequence)
            if ROWS[event.action].arms:
                with self._recorder.step(event.action, "arm"):
                    self._boot.arm(self.number, event.sequence)
            if event.action == "lodge":
                self._process("photo with the report", self._before)

    def _ring(self, given: dict[str, Any]) -> dict[str, Any]:
        with self._recorder.step("ring", "ring"):
            self._boot.wake(self.number, given["arming"], given["sleep"])
        return given


def untouched(_life: Life) -> Story:
    """Nobody ever acts on the report."""
    return []


def lived(contact: dict[str, str] | None, story: Callable[[Life], Story] = Life.straight) -> Lived:
    """A life in a city of its own, as the story tells it."""
    clock, recorder = Clock(), Recorder()
    with city(clock) as boot, Api() as api, recorder.watching():
        hire(boot)
        life = Life(boot, api, clock, recorder)
        life.begin(contact)
        entered = life.run(story(life))
        return Lived(recorder, _items(), entered, _messages(recorder))


def _items() -> list[Item]:
    answer = boto3.client("dynamodb", region_name=REGION).scan(TableName=TABLE)
    return [item for item in answer["Items"] if item["pk"]["S"].startswith("C#")]


def _messages(recorder: Recorder) -> dict[str, int]:
    """What people are sent, by what carries it."""
    sent = {"e-mail": ("notify", "SendEmail"), "SMS": ("notify", "SendTextMessage"), "alert": ("alert", "Publish")}
    calls = recorder.calls
    return {name: sum((c.path, c.operation) == which for c in calls) for name, which in sent.items()}
