"""`python -m tools <command> …`: finds the command and hands it the rest of the line."""

import sys
from importlib import import_module

# name → module:function; the function takes the arguments and answers the exit status (None is success)
COMMANDS = {
    "audit": "tools.audit:main",  # audit
    "areas": "tools.tables.areas:main",  # areas import FILE
    "calls": "tools.infra.calls:main",  # calls FILE [--accept]
    "channels": "tools.accounts.channels:main",  # channels list|rotate|set|end … --stack S
    "clients": "tools.accounts.clients:main",  # clients issue|rotate|revoke|list … --stack S
    "costs": "tools.pages.costs:main",  # costs [--write]
    "day": "tools.day.command:main",  # day [-n 508]
    "deploy": "tools.deployment.deploy:main",  # deploy STAGE
    "erasures": "tools.recovery.erasures:main",  # erasures --stack S
    "generate": "tools.generate:main",  # generate [--check]
    "layers": "tools.deployment.layers:main",  # layers
    "lost-stack": "tools.recovery.lost_stack:main",  # lost-stack STAGE
    "lost-table": "tools.recovery.lost_table:main",  # lost-table --stack S [--people] [--backup ARN]
    "matrix": "tools.pages.matrix:main",  # matrix [--check]
    "package": "tools.deployment.package:main",  # package
    "policies": "tools.infra.policies:main",  # policies
    "photos": "tools.recovery.photos:main",  # photos restore --stack S --before TIME
    "quotas": "tools.deployment.account_quotas:main",  # quotas
    "rebuild": "tools.recovery.rebuild:main",  # rebuild --stack S
    "redrive": "tools.recovery.redrive:main",  # redrive [QUEUE…] --stack S
    "reference": "tools.tables.reference:main",  # reference --check
    "restore": "tools.recovery.restore:main",  # restore --stack S --table RESTORED [--number N [--overwrite]]
    "rollback": "tools.deployment.rollback:main",  # rollback STAGE
    "secrets": "tools.accounts.rotation:main",  # secrets rotate edge|intake --stack S
    "scan": "tools.infra.scan:main",  # scan
    "screenshots": "tools.pages.screenshots:main",  # screenshots [ORIGIN]
    "replay": "tools.recovery.replay:main",  # replay --stack S --since TIME [--until TIME] [--number N]
    "staff": "tools.accounts.staff:main",  # staff add|import|disable|list … --stack S
    "teardown": "tools.deployment.teardown:main",  # teardown STAGE
    "unknown": "tools.tables.unknown_words:main",  # unknown FILE|-
    "unseen": "tools.infra.unseen:main",  # unseen
    "units": "tools.accounts.units:main",  # units provision|subscribe|confirm|check|unsubscribe|list … --stack S
    "upgrades": "tools.infra.upgrades:main",  # upgrades [--accept]
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
