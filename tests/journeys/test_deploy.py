"""A stage is brought to an account by one command, and again without harm. The account is the local cloud, which knows
no distribution and no web ACL: so without the edge, and without the layers, which the interpreter here has."""

import os
import subprocess
import sys
from collections.abc import Callable

import boto3

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
    process, _ = own_city()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL": process.origin}
    environment = {**os.environ, **keys, "AWS_DEFAULT_REGION": "ap-southeast-3"}

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

    account = {"region_name": "ap-southeast-3", "endpoint_url": process.origin}
    client = boto3.client("lambda", **account, aws_access_key_id="test", aws_secret_access_key="test")
    api = client.get_function(FunctionName=f"tanggap-{STAGE}-api")["Configuration"]
    assert api["Environment"]["Variables"]["STAGE"] == STAGE
    assert "CLOCK_OFFSET_SECONDS" not in api["Environment"]["Variables"]
