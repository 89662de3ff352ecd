"""A stage is brought to an account by one command, and again without harm. The account is the local cloud, which knows
no distribution and no web ACL: so without the edge, and without the layers, which the interpreter here has."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import OwnCity

STAGE = "coba"
SETTINGS = 'mail_sender = "tanggap@example.go.id"\nsite_url = "https://a.example"\nedge = false\n'
# The command, with the settings of stages in a folder of the test's own.
PROGRAM = """
import pathlib, sys
from tools import deploy, stage_settings
stage_settings.FOLDER = pathlib.Path(sys.argv[1])
sys.exit(deploy.main([sys.argv[2], "--no-layers"]))
"""


def test_a_stage_is_deployed_twice_and_answers(own_city: OwnCity, tmp_path: Path) -> None:
    _, city = own_city()
    (tmp_path / f"{STAGE}.toml").write_text(SETTINGS)
    account = {**city.operator(), "AWS_ENDPOINT_URL": city.origin, "AWS_DEFAULT_REGION": "ap-southeast-3"}
    environment = {**os.environ, **account}

    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path), STAGE],
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
