"""The processes that run functions here are forks of one that has imported the code."""

import io
import os
import signal
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local.emulator.function_processes import ForkServers
from local.emulator.function_workers import FunctionWorker
from tests.city import HANGS, eventually

REPORT = """
import os, signal, sys
seen = []
print("imported")

def answer(event, context):
    return event

def print_it(event, context):
    print(event, file=sys.stderr if event.startswith("error") else sys.stdout)

def remember(event, context):
    seen.append(event)
    return seen

def environment(event, context):
    return os.environ.get(event)

def fail(event, context):
    raise ValueError(event)

def leave(event, context):
    os._exit(3)

def sleep(event, context):
    signal.pause()

def number(event, context):
    return os.getpid()

def where(event, context):
    return [__file__, os.getcwd()]

def told(event, context):
    return [context.function_name, context.aws_request_id, context.invoked_function_arn,
            context.memory_limit_in_mb, context.get_remaining_time_in_millis()]

def unwritable(event, context):
    return object()

def a_program(event, context):
    import subprocess
    return subprocess.run(["true"]).returncode
"""
ARN = "arn:aws:lambda:ap-southeast-3:000000000000:function:tanggap-local-one"


def code(text: str = REPORT) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.py", text)
    return packed.getvalue()


@pytest.fixture
def servers() -> Iterator[ForkServers]:
    made = ForkServers()
    yield made
    made.close()


@pytest.fixture
def worker(servers: ForkServers) -> Iterator[Callable[..., FunctionWorker]]:
    made: list[FunctionWorker] = []

    def make(handler: str, *, text: str = REPORT, seconds: float = HANGS, **variables: str) -> FunctionWorker:
        config = {"Handler": f"report.{handler}", "Timeout": seconds, "FunctionArn": ARN, "MemorySize": 512}
        config["Environment"] = {"Variables": variables}
        made.append(FunctionWorker(servers, "tanggap-local-one", config, code(text)))
        return made[-1]

    yield make
    for one in made:
        end(one)


def end(worker: FunctionWorker) -> None:
    """As the emulator does."""
    from ministack.core.lambda_runtime import kill_workers

    kill_workers([worker])


def call(worker: FunctionWorker, event: Any = None) -> dict[str, Any]:
    return worker.invoke(event, "request-1")


@pytest.mark.parametrize("event", [None, 3, "a\nb", ["é", {"a": None}], {"body": "x" * 3_000_000}])
def test_a_function_is_called_with_every_kind_of_event(worker: Any, event: Any) -> None:
    assert call(worker("answer"), event) == {"status": "ok", "result": event, "log": ""}


def test_what_a_call_prints_comes_with_its_own_answer_and_no_other(worker: Any) -> None:
    one = worker("print_it")

    printed = [call(one, text)["log"] for text in ("first", "error: second", "third " * 20_000)]

    assert [text.strip() for text in printed] == ["first", "error: second", ("third " * 20_000).strip()]


def test_processes_of_one_code_share_nothing_that_a_call_changes(worker: Any) -> None:
    first, second = worker("remember"), worker("remember")

    assert [call(one, n)["result"] for n, one in enumerate([first, first, second])] == [[0], [0, 1], [2]]


def test_a_process_has_its_own_functions_variables_only(worker: Any) -> None:
    first, second = worker("environment", OWN="1"), worker("environment")

    assert [call(one, "OWN")["result"] for one in (first, second)] == ["1", None]


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_ACCESS_KEY_ID", "LAMBDA_TASK_ROOT", "AWS_LAMBDA_FUNCTION_NAME"])
def test_what_lambda_reserves_is_not_the_functions_to_set(worker: Any, name: str) -> None:
    assert call(worker("environment", **{name: "mine"}), name)["result"] not in (None, "mine")


def test_the_code_is_what_was_deployed_and_its_folder_is_where_it_runs(worker: Any) -> None:
    one = worker("where")

    file, folder = call(one)["result"]

    assert os.path.dirname(file) == folder
    assert not folder.startswith(os.getcwd())


def test_a_handler_is_told_of_its_call(worker: Any) -> None:
    *told, remaining = call(worker("told"))["result"]

    assert told == ["tanggap-local-one", "request-1", ARN, 512]
    assert 0 < remaining <= HANGS * 1000


@pytest.mark.parametrize(
    ("handler", "error"),
    [
        ("fail", "no such street"),
        ("unwritable", "Object of type object is not JSON serializable"),
        ("leave", "Worker process died"),
    ],
)
def test_a_call_that_fails_says_why_and_the_next_has_a_process_of_its_own(
    worker: Any, handler: str, error: str
) -> None:
    one = worker(handler)

    first, second = call(one, "no such street"), call(one, "no such street")

    assert (first["status"], first["error"]) == (second["status"], second["error"]) == ("error", error)


def test_a_failing_calls_trace_names_its_line(worker: Any) -> None:
    assert "in fail" in call(worker("fail"), "x")["trace"]


def test_a_call_that_takes_too_long_is_ended(worker: Any) -> None:
    one = worker("sleep", seconds=1)

    assert call(one)["error"] == "Task timed out after 1.00 seconds"


@pytest.mark.parametrize(
    ("text", "says"),
    [("import nowhere", "nowhere"), ("def answer(:", "invalid syntax"), ("other = 1", "answer")],
)
def test_code_that_cannot_be_imported_says_so_at_its_call(worker: Any, text: str, says: str) -> None:
    with pytest.raises(RuntimeError, match=f"Worker init failed: .*{says}"):
        call(worker("answer", text=text))


def test_a_process_that_was_killed_is_followed_by_another(worker: Any) -> None:
    one = worker("number")
    killed = call(one)["result"]

    os.kill(killed, signal.SIGKILL)
    eventually(lambda: not is_running(killed), what="the end of the process")

    assert call(one)["result"] != killed


def test_a_worker_that_is_ended_leaves_no_process(worker: Any) -> None:
    one = worker("number")
    number = call(one)["result"]

    end(one)

    eventually(lambda: not is_running(number), what="the end of the process")


def test_a_fork_server_that_was_killed_is_followed_by_another(worker: Any, servers: ForkServers) -> None:
    call(worker("answer"))
    server = servers.of(code())

    os.kill(server.pid, signal.SIGKILL)
    eventually(lambda: not server.lives, what="the end of the fork server")

    assert call(worker("answer"), 1)["result"] == 1


def test_processes_go_when_nobody_can_call_them_any_more(worker: Any, servers: ForkServers) -> None:
    one = worker("number")
    number = call(one)["result"]

    one._proc.close()
    one._begun.clear()

    eventually(lambda: not is_running(number), what="the end of the process")


def test_functions_of_the_code_before_are_still_called_in_the_middle_of_an_update(worker: Any) -> None:
    texts = [REPORT.replace("return event", f"return {n}") for n in range(4)]
    workers = [worker("answer", text=text) for text in texts]

    assert [call(one)["result"] for one in workers] == [0, 1, 2, 3]
    assert [call(one)["result"] for one in workers] == [0, 1, 2, 3]


def test_a_function_may_run_a_program(worker: Any) -> None:
    assert call(worker("a_program"))["result"] == 0


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
