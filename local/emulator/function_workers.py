"""What the emulator asks of a worker, done by a process of ours (function_processes.py)."""

import os
import threading
import time
from typing import Any

from local.emulator.function_processes import ForkServers, FunctionProcess

LONGEST_START = 120.0  # seconds until the first process of a code is there; no machine needs them


class FunctionWorker:
    """One process of a function, and the next one when that ended. The attributes without underscore, `_proc` and
    `_discard_tmpdir` are read and set by the emulator's pool."""

    def __init__(self, servers: ForkServers, function: str, config: dict[str, Any], code: bytes) -> None:
        self.func_name = function
        self.config = config
        self.in_use = False
        self.last_used = time.time()
        self._servers = servers
        self._code = code
        self._proc: FunctionProcess | None = None
        self._begun: list[FunctionProcess] = []  # not closed yet
        self._lock = threading.Lock()

    def invoke(self, event: Any, request_id: str, *, invoked_function_arn: str | None = None, **_: Any) -> dict:
        """The emulator's own form of a result. Raises RuntimeError when no process begins."""
        with self._lock:
            process = self._proc if self._proc and self._proc.poll() is None else self._begin()
            seconds = float(self.config.get("Timeout", 30))
            call = {"event": event, "request_id": request_id, "seconds": seconds}
            result = self._asked(process, {**call, "arn": invoked_function_arn or self.config.get("FunctionArn", "")})
            result["log"] = process.printed()
            if result["status"] == "error":
                process.kill()
                self._drop(process)
            return result

    def _asked(self, process: FunctionProcess, call: dict[str, Any]) -> dict[str, Any]:
        try:
            return process.ask(call, call["seconds"])
        except TimeoutError:
            said = f"Task timed out after {int(call['seconds'])}.00 seconds"
        except (EOFError, ConnectionError):
            said = "Worker process died"
        return {"status": "error", "error": said}

    def _begin(self) -> FunctionProcess:
        server = self._servers.of(self._code)
        process = self._proc = server.fork(self._order(server.folder))
        self._begun.append(process)
        try:
            ready = process.answer(LONGEST_START)
        except (EOFError, TimeoutError, ConnectionError):
            ready = {"status": "error", "error": "Worker process died"}
        if ready["status"] != "ready":
            message = f"Worker init failed: {ready['error']}\n{ready.get('trace', process.printed())}"
            process.kill()
            self._drop(process)
            raise RuntimeError(message)
        return process

    def _drop(self, process: FunctionProcess) -> None:
        process.close()
        self._begun.remove(process)
        self._proc = None

    def _order(self, folder: str) -> dict[str, Any]:
        from ministack.core.responses import new_uuid

        module, _, handler = self.config["Handler"].rpartition(".")
        function = {
            "name": self.func_name,
            "version": self.config.get("Version", "$LATEST"),
            "memory": self.config.get("MemorySize", 128),
            "log_stream": new_uuid(),
        }
        environment = self._environment(folder, function)
        return {"module": module, "handler": handler, "function": function, "environment": environment}

    def _environment(self, folder: str, function: dict[str, Any]) -> dict[str, str]:
        """As Lambda gives it; the function's own variables cannot replace what is reserved."""
        from ministack.core import lambda_runtime

        own = self.config.get("Environment", {}).get("Variables", {})
        reserved = lambda_runtime._RESERVED_RUNTIME_ENV_VARS
        _, region = lambda_runtime._account_region_from_function_config(self.config)
        return {
            "LAMBDA_TASK_ROOT": folder,
            "AWS_LAMBDA_FUNCTION_NAME": function["name"],
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function["memory"]),
            "AWS_LAMBDA_FUNCTION_VERSION": function["version"],
            "AWS_LAMBDA_LOG_STREAM_NAME": function["log_stream"],
            **os.environ,
            **{name: value for name, value in own.items() if name not in reserved},
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            **lambda_runtime.execution_credentials(self.config),
        }

    def _discard_tmpdir(self) -> None:
        """When its process was told to end, and waited for."""
        with self._lock:
            for process in self._begun:
                process.close()
            self._begun.clear()
