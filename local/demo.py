"""A few complaints in several states, made through the public API as people would: `python -m local.demo ORIGIN`."""

import io
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import requests

PHOTO_SECONDS = 20.0  # what a picture may take before the story goes on without it
GAMBIR, CIDENG = (-6.1754, 106.8272), (-6.1719, 106.8113)
LURAH, ROADS_HEAD, ROADS, WATER_HEAD, WATER = (
    "lurah-gambir",
    "kadis-binamarga",
    "petugas-binamarga",
    "kadis-sda",
    "petugas-sda",
)
SAYS = {"contact": {"name": "Warga Contoh", "email": "warga@example.com", "language": "id"}}
Document = dict[str, Any]


class Api:
    """Signs in whoever acts; a refusal ends the story."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._http = requests.Session()
        self._http.trust_env = False
        self._tokens: dict[str, str] = {}

    def call(
        self, method: str, path: str, body: Document | None = None, *, user: str = "", secret: str = ""
    ) -> Document:
        headers = {"X-Complaint-Secret": secret} if secret else {}
        if user:
            headers["Authorization"] = f"Bearer {self._token(user)}"
        answer = self._http.request(method, f"{self._origin}/api{path}", json=body, headers=headers, timeout=30)
        answer.raise_for_status()
        document: Document = answer.json()
        return document

    def upload(self, ticket: Document, picture: bytes) -> None:
        file = {"file": ("foto.jpg", picture, "image/jpeg")}
        self._http.post(ticket["url"], data=ticket["fields"], files=file, timeout=30).raise_for_status()

    def _token(self, user: str) -> str:
        if user not in self._tokens:
            answer = self._http.post(f"{self._origin}/_local/token", json={"user": user}, timeout=30)
            answer.raise_for_status()
            self._tokens[user] = answer.json()["token"]
        return self._tokens[user]


@dataclass
class Case:
    api: Api
    number: str
    secret: str

    def act(self, action: str, user: str = "", **needs: Any) -> None:
        """The reporter acts where no user is named."""
        who = {"user": user} if user else {"secret": self.secret}
        path = f"/complaints/{self.number}"
        version = self.api.call("GET", path, **who)["version"]
        self.api.call("POST", f"{path}/actions/{action}", {"version": version, **needs}, **who)

    def proof(self, user: str) -> str:
        """An after-photo, once it is ready."""
        picture, path = _picture(), f"/complaints/{self.number}"
        ticket = self.api.call("POST", f"{path}/photos", _announced(picture), user=user)
        self.api.upload(ticket, picture)
        end = time.monotonic() + PHOTO_SECONDS
        while time.monotonic() < end:
            photos = self.api.call("GET", path, user=user)["photos"]
            if any(p["photo_id"] == ticket["photo_id"] and p["state"] == "ready" for p in photos):
                break
            time.sleep(0.2)
        return str(ticket["photo_id"])

    def validate(self) -> None:
        """By the one whom the system chose."""
        for user in ("validator-1", "validator-2"):
            if "validate" in self.api.call("GET", f"/complaints/{self.number}", user=user)["allowed_actions"]:
                self.act("validate", user)
                return


def lodge_all(api: Api) -> int:
    """Answers how many."""
    for story in STORIES:
        story(api)
    return len(STORIES)


def _lodge(api: Api, category: str, text: str, place: tuple[float, float] = GAMBIR, *, photo: bool = False) -> Case:
    lat, lon = (round(value + random.uniform(-0.0008, 0.0008), 6) for value in place)
    draft = {"category": category, "description": text, "location": {"lat": lat, "lon": lon}, **SAYS}
    picture = _picture() if photo else b""
    if photo:
        draft["photos"] = [_announced(picture)]
    lodged = api.call("POST", "/complaints", draft)
    for ticket in lodged["uploads"]:
        api.upload(ticket, picture)
    return Case(api, lodged["number"], lodged["secret"])


def _announced(picture: bytes) -> Document:
    return {"content_type": "image/jpeg", "size": len(picture)}


def _waiting(category: str, text: str, place: tuple[float, float], api: Api) -> None:
    _lodge(api, category, text, place, photo=True)


def _with_water(api: Api) -> None:
    case = _lodge(api, "SALURAN", "Saluran di depan sekolah tersumbat, air meluap setiap hujan.")
    case.act("coordinate", LURAH, unit="DSDA", text="Kewenangan Dinas Sumber Daya Air.")
    case.act("assign", WATER_HEAD, officer=WATER)


def _on_the_road(text: str, upto: str, api: Api) -> Case:
    """A road case along the straight path."""
    case = _lodge(api, "JLN", text, photo=upto == "proof")
    steps: list[tuple[str, Callable[[], None]]] = [
        ("coordinate", lambda: case.act("coordinate", LURAH, unit="DBM", text="Kewenangan Dinas Bina Marga.")),
        ("assign", lambda: case.act("assign", ROADS_HEAD, officer=ROADS)),
        ("start", lambda: case.act("start", ROADS)),
        ("proof", lambda: case.act("propose_done", ROADS, photos=[case.proof(ROADS)], text="Lubang sudah ditambal.")),
        ("validate", case.validate),
        ("confirm", lambda: case.act("confirm", rating=5, text="Terima kasih, sudah rapi.")),
    ]
    for name, step in steps:
        step()
        if name == upto:
            break
    return case


def _objected(api: Api) -> None:
    case = _on_the_road("Jalan amblas di tikungan, membahayakan sepeda motor.", "validate", api)
    case.act("object", text="Masih amblas setelah hujan semalam.")


def _rejected(api: Api) -> None:
    case = _lodge(api, "JLN", "Jalan rusak.")
    case.act("reject", LURAH, reason_code="not_enough_facts", text="Mohon sebutkan letaknya dan sertakan foto.")


def _unlocated(api: Api) -> None:
    draft = {"category": "JLN", "channel": "EMAIL", "description": "Jalan di dekat pasar berlubang, mohon ditambal."}
    api.call("POST", "/staff/complaints", draft, user="meja-aduan")


STORIES: tuple[Callable[[Api], object], ...] = (
    partial(_waiting, "JLN_LUBANG", "Lubang besar di lajur kiri, dua motor sudah jatuh.", GAMBIR),
    partial(_waiting, "POHON_PANG", "Dahan pohon menutupi lampu lalu lintas.", CIDENG),
    partial(_on_the_road, "Aspal mengelupas di depan halte.", "coordinate"),
    _with_water,
    partial(_on_the_road, "Jalan bergelombang sepanjang dua puluh meter.", "start"),
    partial(_on_the_road, "Lubang di penyeberangan, berbahaya malam hari.", "proof"),
    partial(_on_the_road, "Jalan berlubang di depan pasar.", "confirm"),
    _objected,
    _rejected,
    _unlocated,
)


def _picture() -> bytes:
    """Soft colours, no two alike: enough to see that a photo is there."""
    from PIL import Image

    out = io.BytesIO()
    small = Image.frombytes("RGB", (4, 3), bytes(random.randrange(60, 220) for _ in range(36)))
    small.resize((1200, 900), Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.write(f"{lodge_all(Api(sys.argv[1]))} demo complaints are in the queues.\n")
