"""What survives the process: the emulator's stores, the unread end of the streams, the mailbox, the city's time.

A snapshot is written by a forked child: the city stands still for the fork only (some milliseconds), and what the child
sees is one moment, taken between two requests on the event loop. The child shares the parent's memory until one of them
writes to it: it copies nothing, collects no garbage, and writes piece by piece. Each snapshot is a folder of its own;
the file `current` names the newest whole one, so that a kill at any time leaves a whole one behind."""

import contextlib
import copy
import gc
import json
import os
import pickle
import shutil
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from local.emulator import histories, rows
from local.function_code import BLOBS, FunctionCode
from local.snapshot_files import SnapshotFiles, mark

NOT_KEPT = {"cloudwatch_logs", "cloudwatch", "cloudtrail"}  # only history; the largest part by far
LONGEST_SECONDS = 60
PICKLED = 5  # the protocol: nobody reads it again


class State:
    """The folder of snapshots below `home`."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "state"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._pointer = self._folder / "current"
        self.current = self._newest()
        self._drop_others()

    @property
    def exists(self) -> bool:
        return (self.current / "city.json").exists()

    def own(self) -> dict[str, Any]:
        """What the launcher itself put into the newest snapshot."""
        return json.loads((self.current / "city.json").read_text()) if self.exists else {}

    def _newest(self) -> Path:
        name = self._pointer.read_text().strip() if self._pointer.exists() else "none"
        return self._folder / name

    def _drop_others(self) -> None:
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder != self.current:
                shutil.rmtree(folder, ignore_errors=True)

    def save(self, own: Callable[[], dict[str, Any]], code: FunctionCode) -> Path:
        """Writes everything into a new folder and points to it; in the child, or at stop, when nothing else runs."""
        folder = self._folder / f"{time.time_ns()}"
        folder.mkdir()
        kept = {**own(), "streams": unread_streams()}  # before the stores: their preparation forgets who has read what
        files = SnapshotFiles(folder, self.current)
        _write_stores(files, code.kept_in(folder, self.current))
        files.close()
        _write(folder / "city.json", kept)
        following = self._pointer.with_suffix(f".{os.getpid()}")
        following.write_text(folder.name)
        following.replace(self._pointer)
        return folder

    def reload(self) -> None:
        """After a child has written."""
        self.current = self._newest()
        self._drop_others()


class Snapshots:
    """Takes one when something changed, and never spends more than a twentieth of a core on it."""

    def __init__(self, state: State, own: Callable[[], dict[str, Any]], changes: Callable[[], int]) -> None:
        self._state = state
        self._own = own
        self._changes = changes
        self._code = FunctionCode()
        self._child = 0
        self._ended = 0.0
        self._saved = -1
        self.took = 0.0  # seconds of a processor, of the last child

    def tick(self) -> None:
        """Call it on the event loop, every second or so."""
        if self._child:
            self._collect()
        elif self._changes() != self._saved and time.monotonic() - self._ended > max(2, 20 * self.took):
            self._begin()

    def _begin(self) -> None:
        self._saved = self._changes()
        self._code.look()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads' locks: the child takes none of them
            self._child = os.fork()
        if not self._child:
            _in_child(lambda: self._state.save(self._own, self._code))

    def _collect(self) -> None:
        pid, status, used = os.wait4(self._child, os.WNOHANG)
        if not pid:
            return
        self._child, self._ended = 0, time.monotonic()
        self.took = used.ru_utime + used.ru_stime
        if status:
            self._saved = -1
        else:
            self._state.reload()

    def close(self) -> None:
        """The last one, in this process, when nothing runs any more."""
        if self._child:
            with contextlib.suppress(ChildProcessError):
                os.kill(self._child, signal.SIGKILL)
                os.waitpid(self._child, 0)
        self._state.save(self._own, self._code)
        self._state.reload()


def _in_child(write: Callable[[], Any]) -> None:
    """Never returns, and never runs what the parent meant to run at its end."""
    code = 1
    gc.disable()  # it would mark every object, and so copy every page
    copy.deepcopy = lambda value, _=None: value  # the child is a copy already
    try:
        os.closerange(3, 4096)  # the port and the workers' pipes are the parent's
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.alarm(LONGEST_SECONDS)
        os.nice(5)
        write()
        code = 0
    finally:
        os._exit(code)


def _write_stores(files: SnapshotFiles, keep_code: Callable[[bytes], str]) -> None:
    from ministack import app
    from ministack.core import persistence
    from ministack.services import lambda_svc

    stores = {k: read for k, read in app._build_persistence_save_dict().items() if k not in NOT_KEPT}
    stores["dynamodb"] = rows.state
    before = persistence.STATE_DIR, lambda_svc.CODE_BLOB_DIR, lambda_svc._write_code_blob
    persistence.STATE_DIR, lambda_svc.CODE_BLOB_DIR = str(files.folder), str(files.folder / BLOBS)
    lambda_svc._write_code_blob = keep_code
    try:
        for name, read in stores.items():
            _save(files, name, _prepared(name, read()))
    finally:
        persistence.STATE_DIR, lambda_svc.CODE_BLOB_DIR, lambda_svc._write_code_blob = before
    rows.save(files)


def _save(files: SnapshotFiles, name: str, state: Any) -> None:
    """As the emulator itself would, but that it would go on without a store that cannot be written. It is pickled to
    see whether it has changed: a fifth of the work."""
    from ministack.core import persistence

    if state is None:
        return
    version = persistence._state_format_version(name)
    document = {"__ministack_format__": version, "payload": state}
    of = mark(str(version).encode(), pickle.dumps(state, PICKLED))
    files.put(f"{name}.json", of, lambda: [json.dumps(document, default=_encode)])


def _write(file: Path, document: dict[str, Any]) -> None:
    """As JSON. Of a long list one entry after the other, never all as one text."""
    with file.open("w") as out:
        for name, value in document.items():
            out.write(f"{', ' if out.tell() else '{'}{json.dumps(name)}: ")
            if isinstance(value, list):
                out.write("[")
                for place, one in enumerate(value):
                    out.write(f"{', ' if place else ''}{json.dumps(one, default=_encode)}")
                out.write("]")
            else:
                out.write(json.dumps(value, default=_encode))
        out.write("}")


def _prepared(name: str, state: Any) -> Any:
    """Stream positions count from the start of a stream that a restart empties: kept, they would silence it for ever.
    A message in work goes back to its queue at once: its worker ends with us."""
    if name == "lambda" and state:
        state["dynamodb_stream_positions"]._data.clear()
    if name == "sqs" and state:
        for queue in state["queues"]._data.values():
            for message in queue.get("messages", []):
                message["visible_at"] = min(message["visible_at"], message["sent_at"] + _delay(queue))
    return state


def _delay(queue: dict[str, Any]) -> int:
    return int(queue.get("attributes", {}).get("DelaySeconds") or 0)


def unread_streams() -> list[list[Any]]:
    """[account, region, table, records] per stream with records that no consumer has finished with."""
    from ministack.services import dynamodb

    unread = ([*place, histories.unread(place)] for place, _ in dynamodb._stream_records.all_items())
    return [entry for entry in unread if entry[-1]]


def restore_streams(unread: list[list[Any]]) -> int:
    """Puts the unread end of the streams back; their consumers begin at its start. Answers the number of records."""
    from ministack.services import dynamodb

    for account, region, table, records in unread:
        kept = dynamodb._stream_records._data.setdefault((account, region, table), [])
        kept[:0] = [_decode(record) for record in records]
    return sum(len(records) for *_, records in unread)


def _encode(value: Any) -> Any:
    from ministack.core.persistence import _json_default

    return _json_default(value)


def _decode(value: Any) -> Any:
    from ministack.core.persistence import _json_object_hook

    return json.loads(json.dumps(value), object_hook=_json_object_hook)
