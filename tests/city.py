"""A real local city for tests: its process, and a client that knows the HTTP contract and nothing else."""

import contextlib
import fcntl
import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import boto3
import requests
from PIL import Image

from local import operator_key

ROOT = Path(__file__).resolve().parent.parent
HANGS = 300.0  # seconds: longer than any machine needs. Every wait ends early, when its state is there
GAMBIR = {"lat": -6.1754, "lon": 106.8272}  # Monas, well inside kelurahan Gambir
LURAH, SUPERVISOR, OFFICER = "lurah-gambir", "kadis-binamarga", "petugas-binamarga"
VALIDATORS = ("validator-1", "validator-2")
COORDINATOR, DESK = "koordinator", "meja-aduan"
JSON = {"Accept": "application/json"}
CHOSEN = {"RATE_LIMIT": "0", "DEMO": "0", "WATCH": "0"}
Value = TypeVar("Value")
Document = dict[str, Any]


def eventually(read: Callable[[], Value], wanted: Callable[[Value], object] = bool, *, what: str = "") -> Value:
    """The first value that is wanted; an AssertionError with the last one when it hangs."""
    end = time.monotonic() + HANGS
    while not wanted(value := read()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {HANGS:g} s: {what or 'the awaited state'}; last seen {str(value)[:500]}")
        time.sleep(0.1)
    return value


def a_picture(width: int = 640, height: int = 480, form: str = "JPEG") -> bytes:
    """A picture that no other call makes."""
    small = Image.frombytes("RGB", (16, 12), random.randbytes(16 * 12 * 3))
    out = io.BytesIO()
    small.resize((width, height)).save(out, form)
    return out.getvalue()


class Process:
    """`python -m local` on a port and in a folder of its own."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.port = _free_port()
        self._environment = {**_plain_environment(), **CHOSEN, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def log(self) -> Path:
        return self.home / "city.log"

    def start(self) -> None:
        """Returns when the city answers; one that does not is ended."""
        self.home.mkdir(parents=True, exist_ok=True)
        environment = {**self._environment, "PORT": str(self.port), "STATE_DIR": str(self.home)}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "local"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            eventually(self._answers, what=f"the city ({self.log})")
        except BaseException:
            self.kill()
            raise

    def release(self) -> None:
        """From now on somebody else ends it, by its pid. It is buried here: to others a dead child seems to live until
        its parent has waited for it."""
        assert self._process
        self._process.returncode = 0  # else Python warns of a child that nobody waits for
        threading.Thread(target=os.waitpid, args=(self.pid, 0), daemon=True).start()

    def stop(self) -> int:
        """Asks it to end; answers its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would. Its functions, orphaned, end when their pipes do."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(number)
        try:
            return self._process.wait(HANGS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(HANGS)
            raise AssertionError(f"the city did not end within {HANGS:g} s") from None
        finally:
            self._process = None

    def _answers(self) -> bool:
        assert self._process
        if self._process.poll() is not None:
            raise AssertionError(f"the city ended by itself:\n{self.log.read_text()[-4000:]}")
        with contextlib.suppress(requests.ConnectionError, requests.Timeout):
            return requests.get(f"{self.origin}/_local", headers=JSON, timeout=HANGS).status_code == 200
        return False


def _plain_environment() -> dict[str, str]:
    dropped = ("AREAS_FILE", "REFERENCE_OVERLAY", "API_WORKERS", "PORT", "STATE_DIR")
    return {name: value for name, value in os.environ.items() if name not in dropped}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The origin of one city for all test processes that name this folder: the first starts it, the last ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder) as users:
        if not users:
            process = Process(folder / "city")
            process.start()
            users = {"pid": process.pid, "origin": process.origin, "count": 0}
            process.release()
        _write(folder, {**users, "count": users["count"] + 1})
    try:
        yield users["origin"]
    finally:
        with _locked(folder) as users:
            _write(folder, {**users, "count": users["count"] - 1})
            if users["count"] == 1:
                _end_by_pid(users["pid"])
                _write(folder, {})


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[Document]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = folder / "users.json"
        yield json.loads(known.read_text()) if known.exists() else {}


def _write(folder: Path, users: Document) -> None:
    (folder / "users.json").write_text(json.dumps(users))


def _end_by_pid(pid: int) -> None:
    """It may be another test process's child."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    eventually(lambda: not _runs(pid), what="the city's end")


def _runs(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


class From(requests.adapters.HTTPAdapter):
    """Connections that come from an address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__(pool_maxsize=32)

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, **named, source_address=(self._address, 0))


class City:
    """A client. Calls answer `requests` responses; the verbs below them expect success and answer documents."""

    def __init__(self, origin: str, address: str = "127.0.0.1") -> None:
        """Called from `address`, one of this machine's own (127.0.0.0/8)."""
        self.origin = origin
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.mount("http://", From(address))
        self._tokens: dict[str, str] = {}

    def close(self) -> None:
        self._http.close()

    def at(self, address: str) -> "contextlib.closing[City]":
        """Somebody else at another address, with nothing of ours."""
        return contextlib.closing(City(self.origin, address))

    # calls

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> requests.Response:
        return self.call("POST", path, json=body, **more)

    def call(
        self, method: str, path: str, *, user: str = "", secret: str = "", headers: Document | None = None, **more: Any
    ) -> requests.Response:
        """`path` is below /api, or begins with /_local or another of the front door's own."""
        sent = dict(headers or {})
        if user:
            sent["Authorization"] = f"Bearer {self.token(user)}"
        if secret:
            sent["X-Complaint-Secret"] = secret
        more.setdefault("timeout", HANGS)
        return self._http.request(method, self._address(path), headers=sent, allow_redirects=False, **more)

    def _address(self, path: str) -> str:
        return f"{self.origin}{path}" if path.startswith(("/_", "/api")) else f"{self.origin}/api{path}"

    # the launcher's own routes

    def local(self) -> Document:
        return done(self.get("/_local", headers=JSON))

    def token(self, user: str) -> str:
        if user not in self._tokens:
            self._tokens[user] = done(self.post("/_local/token", {"user": user}))["token"]
        return self._tokens[user]

    def mailbox(self, **filters: str) -> list[Document]:
        """Messages, oldest first."""
        found: list[Document] = done(self.get("/_local/mailbox", params=filters, headers=JSON))["items"]
        return found

    def advance(self, duration: str) -> str:
        """The city's time afterwards; what became due is done by then."""
        return str(done(self.post("/_local/clock", {"advance": duration}))["now"])

    def fault(self, service: str, probability: float = 1, **more: str) -> None:
        done(self.post("/_local/faults", {"service": service, "probability": probability, **more}))

    def reset(self) -> None:
        done(self.post("/_local/reset", {}))

    def operator(self) -> dict[str, str]:
        """The operator's credentials, as the AWS CLI reads them. Whoever runs the city can read them, nobody else."""
        return operator_key.read(Path(self.local()["operator_key"])).environment()

    def aws(self, service: str) -> Any:
        """The operator's own client of an AWS service."""
        keys = {name.lower(): value for name, value in self.operator().items()}
        return boto3.client(service, region_name="ap-southeast-3", endpoint_url=self.origin, **keys)

    def environment(self, function: str) -> dict[str, str]:
        """What a process of this function finds, its role's credentials included."""
        found: dict[str, str] = done(self.post("/_local/role", {"function": function}))["environment"]
        return found

    # citizens and officers

    def lodge(self, *, key: str = "", **over: Any) -> "Case":
        draft = {**a_draft(), **over}
        draft = {name: value for name, value in draft.items() if value is not None}
        answer = self.post("/complaints", draft, headers={"Idempotency-Key": key or str(uuid.uuid4())})
        return Case(self, done(answer), draft)

    def upload(self, number: str, picture: bytes, *, content_type: str = "image/jpeg", **who: str) -> str:
        """Asks for a form and sends the picture by it; answers the photo's id."""
        ticket = done(
            self.post(f"/complaints/{number}/photos", {"content_type": content_type, "size": len(picture)}, **who)
        )
        self.send(ticket, picture, content_type)
        return str(ticket["photo_id"])

    def send(self, ticket: Document, picture: bytes, content_type: str = "image/jpeg") -> None:
        """By the presigned form, as a browser does."""
        file = {"file": ("foto", picture, content_type)}
        answer = self._http.post(ticket["url"], data=ticket["fields"], files=file, timeout=HANGS)
        assert answer.status_code in (200, 201, 204), told(answer)

    def queue(self, user: str, **filters: Any) -> list[Document]:
        page = done(self.get("/staff/queue", user=user, params=filters))
        rows: list[Document] = page["items"]
        return rows


class Case:
    """One complaint as its reporter holds it."""

    def __init__(self, city: City, lodged: Document, draft: Document) -> None:
        self.city = city
        self.lodged = lodged
        self.draft = draft
        self.number: str = lodged["number"]
        self.secret: str = lodged["secret"]

    def view(self) -> Document:
        return done(self.city.get(f"/complaints/{self.number}", secret=self.secret))

    def public(self) -> Document:
        return done(self.city.get(f"/complaints/{self.number}"))

    def staff(self, user: str) -> Document:
        return done(self.city.get(f"/staff/complaints/{self.number}", user=user))

    def attempt(self, action: str, *, user: str = "", secret: str = "", **needs: Any) -> requests.Response:
        """With the version that stands now."""
        body = {"version": self.view()["version"], **needs}
        return self.city.post(f"/complaints/{self.number}/actions/{action}", body, user=user, secret=secret)

    def act(self, action: str, user: str, **needs: Any) -> Document:
        return done(self.attempt(action, user=user, **needs))

    def say(self, action: str, **needs: Any) -> Document:
        """The reporter acts."""
        return done(self.attempt(action, secret=self.secret, **needs))

    def photo(self, photo_id: str, user: str = "") -> Document | None:
        seen = self.staff(user) if user else self.view()
        return next((photo for photo in seen["photos"] if photo["photo_id"] == photo_id), None)

    def settled(self, photo_id: str, user: str = "") -> Document:
        """The photo once it is ready or refused."""
        found = eventually(
            lambda: self.photo(photo_id, user), lambda p: p and p["state"] != "pending", what=f"photo {photo_id}"
        )
        assert found
        return found

    def proof(self, user: str = OFFICER) -> str:
        """An after-photo that is ready."""
        photo_id = self.city.upload(self.number, a_picture(), user=user)
        assert self.settled(photo_id, user)["state"] == "ready"
        return photo_id

    def validator(self) -> str:
        """The one whom the system chose."""
        seen = {user: self.city.get(f"/staff/complaints/{self.number}", user=user) for user in VALIDATORS}
        return next(u for u, a in seen.items() if a.ok and "validate" in a.json()["allowed_actions"])

    def drive(self, status: str) -> "Case":
        """Along the straight path up to a status, by the officers of Gambir and Bina Marga."""
        steps: dict[str, Callable[[], Document]] = {
            "coordinated": lambda: self.act("coordinate", LURAH, unit="DBM"),
            "assigned": lambda: self.act("assign", SUPERVISOR, officer=OFFICER),
            "in_progress": lambda: self.act("start", OFFICER),
            "awaiting_validation": lambda: self.act(
                "propose_done", OFFICER, photos=[self.proof()], text="Lubang sudah ditambal."
            ),
            "resolved": lambda: self.act("validate", self.validator()),
            "closed": lambda: self.say("confirm"),
        }
        for reached, step in steps.items():
            assert step()["status"] == reached
            if reached == status:
                return self
        raise AssertionError(f"{status} is not on the straight path")

    def messages(self, kind: str = "") -> list[Document]:
        return [m for m in self.city.mailbox(number=self.number) if not kind or m["kind"] == kind]

    def rungs(self, clock: str = "coordination") -> list[str]:
        """What the coordinator sees of a clock's rings, in order."""
        lines = self.staff(COORDINATOR)["timeline"]
        return [line["rung"] for line in lines if line["action"] == "ring" and line["clock"] == clock]


def is_ahead(city: City, by: timedelta) -> bool:
    """Whether the city's time is the machine's moved by so much: it was asked between two looks at the machine's."""
    before = datetime.now(UTC)
    now = datetime.fromisoformat(city.local()["now"])
    return before + by <= now <= datetime.now(UTC) + by


def a_draft() -> Document:
    """A hole in a road near Monas, with words of its own."""
    lat, lon = (round(value + random.uniform(-0.001, 0.001), 6) for value in GAMBIR.values())
    text = f"Jalan berlubang di dekat pos {random.randrange(10**6):06d}, mohon diperbaiki."
    return {"category": "JLN", "description": text, "location": {"lat": lat, "lon": lon}}


def an_email() -> str:
    return f"warga.{uuid.uuid4().hex[:12]}@example.com"


def a_phone() -> str:
    return f"+62812{random.randrange(10**8):08d}"


def told(answer: requests.Response) -> str:
    """A call and its answer in one line."""
    return f"{answer.request.method} {answer.request.path_url} → {answer.status_code} {answer.text[:400]}"


def done(answer: requests.Response) -> Document:
    assert answer.status_code in (200, 201), told(answer)
    document: Document = answer.json()
    return document


@contextlib.contextmanager
def standing(home: Path, **environment: str) -> Iterator[tuple[Process, City]]:
    """A city of its own for as long as it is needed; keywords are environment variables."""
    process = Process(home, **environment)
    with contextlib.closing(City(process.origin)) as city:
        try:
            process.start()
            yield process, city
        finally:
            process.stop()
