"""Run by a process of its own, from a function's unpacked code: imports the code once and forks a process for each that
is asked for. A fork has everything imported, as a Lambda function that wakes from a snapshot (decision 0088).

Standard library only, and nothing of this checkout: what it imports besides is the code that was deployed."""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile
import time
import traceback
from typing import Any

BEFORE_FORKING = "chalicelib.bootstrap.preloading", "preload"  # the function that Lambda calls before a snapshot
LARGEST = 1_000_000  # bytes of an order


def main() -> None:
    """Until the other end of the socket, whose descriptor is the first argument, is closed."""
    sys.path.insert(0, os.getcwd())  # the code's folder; this file's is not there, by -P
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the launcher: calls in work may end
    _preload()
    gc.freeze()  # no fork copies a page only to look for garbage
    signal.signal(signal.SIGCHLD, _bury)
    orders = socket.socket(fileno=int(sys.argv[1]))
    while True:
        text, handed, _, _ = socket.recv_fds(orders, LARGEST, 2)
        if not text:
            return
        order = json.loads(text)
        _load(order["module"])
        pid = os.fork()
        if not pid:
            orders.close()
            _begin(order, *handed)
        for descriptor in handed:
            os.close(descriptor)
        orders.sendall(f"{pid}\n".encode())


def _preload() -> None:
    module, name = BEFORE_FORKING
    with contextlib.suppress(Exception):  # a function that cannot be imported says so when it is called
        getattr(importlib.import_module(module), name)()


def _load(module: str) -> None:
    with contextlib.suppress(Exception):
        importlib.import_module(module)


def _bury(*_: Any) -> None:
    """Takes leave of every process that has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _begin(order: dict[str, Any], calls: int, log: int) -> None:
    """In the fork, which never returns from here. What it prints goes to `log`."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for stream in (1, 2):
            os.dup2(log, stream)
        os.close(log)
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        os.environ.clear()
        os.environ.update(order["environment"])
        tempfile.tempdir = None
        _serve(socket.socket(fileno=calls), order)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _serve(calls: socket.socket, order: dict[str, Any]) -> None:
    """Answers one call after the other until nobody can call any more."""
    try:
        handler = getattr(importlib.import_module(order["module"]), order["handler"])
    except Exception as fault:
        _say(calls, _failed(fault))
        return
    _say(calls, json.dumps({"status": "ready"}))
    with calls.makefile("rb") as lines:
        for line in lines:
            _say(calls, _answer(handler, json.loads(line), order))


def _answer(handler: Any, call: dict[str, Any], order: dict[str, Any]) -> str:
    try:
        result = handler(call["event"], Context(order["function"], call, time.time()))
        return json.dumps({"status": "ok", "result": result})
    except Exception as fault:
        return _failed(fault)


def _failed(fault: Exception) -> str:
    trace = "".join(traceback.format_exception(fault))
    return json.dumps({"status": "error", "error": str(fault), "trace": trace})


def _say(calls: socket.socket, text: str) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    calls.sendall(f"{text}\n".encode())


class Context:
    """What Lambda tells a handler about its call."""

    identity = None
    client_context = None

    def __init__(self, function: dict[str, Any], call: dict[str, Any], now: float) -> None:
        self.function_name = function["name"]
        self.function_version = function["version"]
        self.memory_limit_in_mb = function["memory"]
        self.invoked_function_arn = call["arn"]
        self.aws_request_id = call["request_id"]
        self.log_group_name = f"/aws/lambda/{self.function_name}"
        self.log_stream_name = function["log_stream"]
        self._end = now + call["seconds"]

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._end - time.time()) * 1000))


if __name__ == "__main__":
    main()
