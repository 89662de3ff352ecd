"""`python -m tools <command> …`: finds the command and hands it the rest of the line."""

import sys
from importlib import import_module

# name → module:function; the function takes the arguments and answers the exit status (None is success)
COMMANDS = {
    "audit": "tools.audit:main",  # audit
    "areas": "tools.areas:main",  # areas import FILE
    "calls": "tools.calls:main",  # calls FILE [--accept]
    "channels": "tools.channels:main",  # channels list|rotate|set|end … --stack S
    "clients": "tools.clients:main",  # clients issue|rotate|revoke|list … --stack S
    "costs": "tools.costs:main",  # costs [--write]
    "day": "tools.day.command:main",  # day [-n 508]
    "deploy": "tools.deploy:main",  # deploy STAGE
    "erasures": "tools.erasures:main",  # erasures --stack S
    "generate": "tools.generate:main",  # generate [--check]
    "layers": "tools.layers:main",  # layers
    "lost-stack": "tools.lost_stack:main",  # lost-stack STAGE
    "lost-table": "tools.lost_table:main",  # lost-table --stack S [--people] [--backup ARN]
    "matrix": "tools.matrix:main",  # matrix [--check]
    "package": "tools.package:main",  # package
    "policies": "tools.policies:main",  # policies
    "photos": "tools.photos:main",  # photos restore --stack S --before TIME
    "quotas": "tools.account_quotas:main",  # quotas
    "rebuild": "tools.rebuild:main",  # rebuild --stack S
    "redrive": "tools.redrive:main",  # redrive [QUEUE…] --stack S
    "reference": "tools.reference:main",  # reference --check
    "restore": "tools.restore:main",  # restore --stack S --table RESTORED [--number N [--overwrite]]
    "rollback": "tools.rollback:main",  # rollback STAGE
    "secrets": "tools.rotation:main",  # secrets rotate edge|intake --stack S
    "scan": "tools.scan:main",  # scan
    "screenshots": "tools.screenshots:main",  # screenshots [ORIGIN]
    "replay": "tools.replay:main",  # replay --stack S --since TIME [--until TIME] [--number N]
    "staff": "tools.staff:main",  # staff add|import|disable|list … --stack S
    "teardown": "tools.teardown:main",  # teardown STAGE
    "unknown": "tools.unknown_words:main",  # unknown FILE|-
    "units": "tools.units:main",  # units provision|subscribe|confirm|check|unsubscribe|list … --stack S
    "upgrades": "tools.upgrades:main",  # upgrades [--accept]
}


def main(line: list[str]) -> int:
    """Runs one command; only its module is imported."""
    name, *arguments = line or [""]
    if name not in COMMANDS:
        sys.stderr.write("usage: python -m tools <command>\ncommands: " + ", ".join(sorted(COMMANDS)) + "\n")
        return 2
    module, function = COMMANDS[name].split(":")
    return int(getattr(import_module(module), function)(arguments) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
