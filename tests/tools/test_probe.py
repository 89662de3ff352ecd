"""What looks at a stage from outside fails when an answer is not as a citizen needs it, says which, and writes
nothing."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tests.outside import the_probe
from tools.infra import abroad, cfn_yaml

Answers = dict[str, tuple[int, str]]
WELL: Answers = {
    "/": (200, "<!doctype html><html lang=id>"),
    "/api/health": (200, '{"version":"v1","stage":"trial"}'),
    "/api/complaints/JKT-0000-0000-0": (404, '{"code":"not_found"}'),
    "/api/complaints": (422, '{"code":"invalid"}'),
}


@pytest.fixture
def answers() -> Answers:
    return dict(WELL)


@pytest.fixture
def asked(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A stage that gives these answers; what it was asked."""
    heard: list[str] = []

    class Stage(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.append(f"{self.command} {self.path}")
            status, body = answers[self.path]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = _answer  # noqa: N815  # as http.server calls them

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Stage)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SITE_URL", f"http://127.0.0.1:{server.server_port}")
    yield heard
    server.shutdown()
    server.server_close()


def test_a_stage_that_answers_as_it_must_is_left_alone(asked: list[str]) -> None:
    the_probe().handler({}, None)

    assert [line.split()[1] for line in asked] == list(WELL)
    assert [line for line in asked if not line.startswith("GET")] == ["POST /api/complaints"]


@pytest.mark.parametrize(
    ("path", "answer", "told"),
    [
        ("/", (403, "<Error>"), "GET /: 403 instead of 200"),
        ("/", (200, "AccessDenied"), 'GET /: 200 without "<html"'),
        ("/api/health", (503, '{"stage":"trial"}'), "GET /api/health: 503 instead of 200"),
        ("/api/complaints/JKT-0000-0000-0", (403, ""), "GET /api/complaints/JKT-0000-0000-0: 403 instead of 404"),
        ("/api/complaints", (201, '{"number":"JKT-"}'), "POST /api/complaints: 201 instead of 422"),
    ],
)
def test_an_answer_that_is_wrong_is_named(
    path: str, answer: tuple[int, str], told: str, answers: Answers, asked: list[str]
) -> None:
    answers[path] = answer
    probe = the_probe()

    with pytest.raises(probe.WrongError) as wrong:
        probe.handler({}, None)

    assert str(wrong.value) == told
    assert len(asked) == len(WELL)  # one wrong answer hides no other


def test_a_stage_that_nobody_reaches_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:1")
    probe = the_probe()

    with pytest.raises(probe.WrongError, match="GET /: URLError"):
        probe.handler({}, None)


def test_its_code_fits_into_a_template() -> None:
    assert len((abroad.INFRA / "probe.py").read_text()) <= abroad.MOST
    assert len(abroad.text()) <= 51_200  # bytes of a template that is sent with the call


def test_it_looks_only_where_a_site_stands_and_may_write_its_log_alone() -> None:
    resources = cfn_yaml.read(abroad.FILE)["Resources"]
    parts = {name: part for name, part in resources.items() if name.startswith("Probe")}

    assert {part["Condition"] for part in parts.values()} == {"HasSite"}
    (policy,) = parts["ProbeRole"]["Properties"]["Policies"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert parts["ProbeLogs"]["Properties"]["RetentionInDays"] <= 30
