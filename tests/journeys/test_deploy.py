"""A stage is brought to an account by one command, and again without harm. The account is the local cloud, which knows
no distribution and no web ACL: so without the edge, and without the layers, which the interpreter here has."""

import os
import subprocess
import sys
from collections.abc import Callable

from tests.city import City, Process

STAGE = "coba"
ARGUMENTS = (
    STAGE,
    "--mail-sender",
    "tanggap@example.go.id",
    "--no-edge",
    "--no-layers",
    "--site-url",
    "https://a.example",
)


def test_a_stage_is_deployed_twice_and_answers(own_city: Callable[..., tuple[Process, City]]) -> None:
    _, city = own_city()
    account = {**city.operator(), "AWS_ENDPOINT_URL": city.origin, "AWS_DEFAULT_REGION": "ap-southeast-3"}
    environment = {**os.environ, **account}

    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "tools", "deploy", *ARGUMENTS],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert f"tanggap-{STAGE} stands" in done.stdout

    api = city.aws("lambda").get_function(FunctionName=f"tanggap-{STAGE}-api")["Configuration"]
    assert api["Environment"]["Variables"]["STAGE"] == STAGE
    assert "CLOCK_OFFSET_SECONDS" not in api["Environment"]["Variables"]
