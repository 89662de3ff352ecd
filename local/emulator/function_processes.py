"""The processes that run functions, in place of the emulator's own.

The emulator unpacks the code anew for each process, which then compiles and imports all of it, and waits up to 50 ms
for what a call may still print. Here the code is unpacked and imported once (fork_server.py), a process is a fork of
that, and what a call printed is whole when its answer comes."""

import contextlib
import hashlib
import io
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

FORK_SERVER = Path(__file__).with_name("fork_server.py")
KEPT_CODES = 2  # in the middle of an update some functions still have the code from before
Document = dict[str, Any]


class ForkServers:
    """One for each code, by its bytes; the newest stay."""

    def __init__(self) -> None:
        self._servers: OrderedDict[str, ForkServer] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, code: bytes) -> "ForkServer":
        digest = hashlib.sha256(code).hexdigest()
        with self._lock:
            if digest in self._servers and not self._servers[digest].lives:
                self._servers.pop(digest).close()
            if digest not in self._servers:
                self._servers[digest] = ForkServer(code)
            self._servers.move_to_end(digest)
            while len(self._servers) > KEPT_CODES:
                self._servers.popitem(last=False)[1].close()
            return self._servers[digest]

    def close(self) -> None:
        with self._lock:
            while self._servers:
                self._servers.popitem()[1].close()


class ForkServer:
    """A process that has imported the code, and the folder with it."""

    def __init__(self, code: bytes) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="code-", ignore_cleanup_errors=True)
        with zipfile.ZipFile(io.BytesIO(code)) as archive:
            archive.extractall(self._folder.name)
        self._lock = threading.Lock()
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(FORK_SERVER), str(theirs.fileno())],
                cwd=self._folder.name,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    @property
    def folder(self) -> str:
        return self._folder.name

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def fork(self, order: Document) -> "FunctionProcess":
        """Raises RuntimeError when the server has ended."""
        ours, theirs = socket.socketpair()
        log = tempfile.NamedTemporaryFile(prefix=f"{order['function']['name']}-")  # noqa: SIM115 - goes with the process
        process = FunctionProcess(ours, log)
        with theirs:
            process.pid = self._pid_of(order, theirs.fileno(), process.log)
        if not process.pid:
            process.close()
            message = "the fork server has ended"
            raise RuntimeError(message)
        return process

    def _pid_of(self, order: Document, *handed: int) -> int:
        """The pid of the new process, which inherits the descriptors; 0 if there is none."""
        with self._lock, contextlib.suppress(ConnectionError):
            socket.send_fds(self._orders, [json.dumps(order).encode()], handed)
            return int(self._orders.recv(32) or 0)
        return 0

    def close(self) -> None:
        """Its forks go on until nobody holds the other end of theirs."""
        self._orders.close()
        self._process.wait()
        self._folder.cleanup()


class FunctionProcess:
    """One process, as far as the emulator knows those of the standard library."""

    pid = 0

    def __init__(self, calls: socket.socket, log: Any) -> None:
        self._calls = calls
        self._log = log

    @property
    def log(self) -> int:
        """The descriptor of the file that it prints into."""
        return int(self._log.fileno())

    def ask(self, document: Document, seconds: float) -> Document:
        """Raises TimeoutError; EOFError or ConnectionError when the process ends without an answer."""
        self._calls.settimeout(seconds)
        self._calls.sendall(f"{json.dumps(document)}\n".encode())
        return self.answer(seconds)

    def answer(self, seconds: float) -> Document:
        """The next one. Raises as `ask`."""
        end, parts = time.monotonic() + seconds, [b""]
        while not parts[-1].endswith(b"\n"):
            self._calls.settimeout(max(0.001, end - time.monotonic()))
            parts.append(self._calls.recv(1 << 18))
            if not parts[-1]:
                raise EOFError
        found: Document = json.loads(b"".join(parts))
        return found

    def printed(self) -> str:
        """What it has printed since the last look."""
        text = os.pread(self.log, os.fstat(self.log).st_size, 0)
        if text:
            os.ftruncate(self.log, 0)
            os.lseek(self.log, 0, os.SEEK_SET)  # the process writes by the same description of the file
        return text.decode("utf-8", "replace").rstrip("\n")

    def poll(self) -> int | None:
        """0 once it has ended, None before."""
        if self._calls.fileno() < 0:
            return 0
        if not select.select([self._calls], [], [], 0)[0]:
            return None
        with contextlib.suppress(ConnectionError):
            return None if self._calls.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) else 0
        return 0

    def wait(self, timeout: float) -> None:
        """Until it has ended; what it may still answer is lost. Raises TimeoutError."""
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                self.answer(timeout)

    def terminate(self) -> None:
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def close(self) -> None:
        self._calls.close()
        self._log.close()

    def _signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)
