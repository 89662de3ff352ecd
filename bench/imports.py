"""What a cold start of each function loads. That is the module that Lambda imports for it (for the API, with the routes
up to the requested one), and all that its use case imports when it first runs, with its first clients. Modules of
dependencies are counted. Those of the standard library differ with each Python, and a test limits the number of the
city's own. Instructions are counted if valgrind is installed. Time is taken with bytecode."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.emulated import PLAIN

ROOT = Path(__file__).resolve().parent.parent
FORMS, ROWS = "import chalicelib.entrypoints.forms", "from chalicelib.adapters.dynamodb.raw import connection"
STORE = f"{ROWS}; connection().client"  # the client of the rows, once a use case has bound their table
READ = "from chalicelib.entrypoints.forms import DraftForm; DraftForm.model_validate({'description': 'x'})"
CIPHER = "import cryptography.hazmat.primitives.ciphers.aead"
SEALS = f"city.clients.make('secretsmanager', 3); city.clients.make('kms', 3); {CIPHER}"
PHOTO = "city.uploads.form('JKT-0000-0001-2', 'A', 'image/jpeg', 1)"
# What each function asks of the composition root, the API by request.
ASKED = {
    "api, import": "",
    "api, look at a case": f"city.tracking; {STORE}",
    "api, look at pictures": f"city.tracking; {STORE}; city.uploads.link('photos/a')",
    "api, report": f"city.forms; city.intake; {FORMS}; {STORE}; {READ}",
    "api, report with contact and photo": f"city.forms; city.intake; {FORMS}; {STORE}; {READ}; {SEALS}; {PHOTO}",
    "api, action": f"city.identity; city.act; {FORMS}; {STORE}",
    "api, queue": f"city.identity; city.worklists; {STORE}",
    "relay": "city.relay; city.clients.make('sns', 1)",
    "notify_citizen": f"city.notify_citizen; {STORE}; city.clients.make('sesv2', 1); city.clients.make('kms', 1)",
    "notify_citizen opens a contact": f"city.notify_citizen; {STORE}; city.clients.make('kms', 1); {CIPHER}",
    "alert_unit": f"city.alert_unit; city.tell_secretary; {STORE}; city.clients.make('sns', 1)",
    "call_back": f"city.call_back; {STORE}; city.clients.make('secretsmanager', 1)",
    "arm": f"city.arm; {STORE}; city.clients.make('stepfunctions', 1)",
    "project": f"city.project; {STORE}",
    "process_photo": f"city.photo_processing; {STORE}; city.clients.make('s3', 1); import PIL.Image, pillow_heif",
    "ring": f"city.wake; {STORE}; city.clients.make('stepfunctions', 1)",
    "sweep": f"city.sweep; city.remind_digest; city.join_floods; {STORE}",
}
# The module of a function's handler, as the template names it.
HANDLERS = {
    "relay": "stream",
    "notify_citizen": "subscribers",
    "notify_citizen opens a contact": "subscribers",
    "alert_unit": "subscribers",
    "call_back": "subscribers",
    "arm": "subscribers",
    "project": "subscribers",
    "process_photo": "photos",
    "ring": "timers",
    "sweep": "schedules",
}
PATHS = {
    "api, look at a case": "/complaints/{number}",
    "api, look at pictures": "/complaints/{number}",
    "api, report": "/complaints",
    "api, report with contact and photo": "/complaints",
    "api, action": "/complaints/{number}/actions/{action}",
    "api, queue": "/staff/queue",
}
PROGRAM = """
import sys, time
began = time.process_time()
{begun}
from chalicelib.bootstrap import bootstrap
city = bootstrap() if {asked!r} else None
{asked}
took = time.process_time() - began
foreign = [n for n in list(sys.modules) if n.partition(".")[0] not in {{*sys.stdlib_module_names, *{ours}}}]
import json
own = [n for n in sys.modules if n.partition(".")[0] in {ours}]
print(json.dumps([len(sys.modules), sorted(foreign), len(own) - 1, round(took * 1000)]))
"""
OURS = ("app", "chalicelib", "__main__", "__mp_main__")
HEAVY = ("PIL", "pillow_heif", "aws_xray_sdk", "pydantic", "cryptography", "jwt", "botocore", "pynamodb")
ROUNDS = 3
NAMES = ("INTAKE_SECRET_ID", "CONTACT_KEY_ID", "EVENTS_TOPIC_ARN", "STATE_MACHINE_ARN", "RELAY_RETRY_URL")
EVERYTHING = (
    PLAIN
    | {"PYDANTIC_DISABLE_PLUGINS": "1"}
    | dict.fromkeys(
        (*NAMES, "NOTIFY_QUEUE_URL", "ALERT_QUEUE_URL", "CALL_BACK_QUEUE_URL", "CHANNEL_SECRETS_ID"), "bench"
    )
)


def modules() -> dict[str, float]:
    """Modules of our dependencies that a cold start loads."""
    return {f"cold start: {name}: modules of dependencies": len(loaded(name)[1]) for name in ASKED}


def show() -> None:
    """Per function: modules in all, the least CPU time of some rounds, instructions, and what is heavy among them."""
    sys.stdout.write(f"\n{'cold start':20}{'modules':>9}{'of ours':>9}{'CPU ms':>8}{'M instructions':>16}  of which\n")
    for name in ASKED:
        rounds = [loaded(name) for _ in range(ROUNDS)]
        heavy = sorted({module.partition(".")[0] for module in rounds[0][1]} & set(HEAVY))
        counted = _instructions(name)
        shown = f"{counted / 1e6:,.0f}" if counted else "–"
        least = min(took for *_, took in rounds)
        sys.stdout.write(f"{name:20}{rounds[0][0]:>9}{rounds[0][2]:>9}{least:>8}{shown:>16}  {' '.join(heavy)}\n")
        sys.stdout.flush()


def loaded(name: str) -> tuple[int, list[str], int, int]:
    """In a fresh process: all modules, those of dependencies, how many of ours, CPU milliseconds."""
    count, foreign, own, took = json.loads(run([sys.executable, "-c", code_of(name)]))
    return count, foreign, own, took


def code_of(name: str) -> str:
    """A program that does what this cold start does, and tells what it loaded."""
    begun = f"import chalicelib.entrypoints.{HANDLERS[name]}" if name in HANDLERS else "import app"
    if name in PATHS:
        begun = f"{begun}; app.app.register_until({PATHS[name]!r})"
    return PROGRAM.format(begun=begun, asked=ASKED[name], ours=OURS)


def _instructions(name: str) -> int | None:
    """The same number whatever else the machine does. None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        out = [f"--cachegrind-out-file={folder}/out", f"--log-file={folder}/log"]
        program = [sys.executable, "-c", code_of(name)]
        run(["valgrind", "--tool=cachegrind", "--cache-sim=no", *out, *program])
        lines = Path(folder, "out").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("summary:")).split()[1])


def run(command: list[str]) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | EVERYTHING | {"PYTHONHASHSEED": "0"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
