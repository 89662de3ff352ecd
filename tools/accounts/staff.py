"""`python -m tools staff …`: the people who work here, each a user of the pool and a row that decides what they may do.

    staff add USERNAME --stack S --name NAME --role ROLE --unit UNIT [--channels X,FB] [--password | --temporary]
    staff import FILE.csv --stack S [--password | --temporary]    columns: username,name,role,unit,channels
    staff disable USERNAME --stack S       from their next request on
    staff list [--unit UNIT] --stack S
    staff export FILE.csv --stack S        who may act, as `import` reads it: also into a new pool of users
    staff relist --stack S                 puts everybody into the lists anew, after a restore or an older release

Repeating `add` brings name, role, unit and channels up to date and enables the user again. Who gets no password keeps
the one that they have; a new user then gets a temporary one, which is printed, once. A password is asked for at the
terminal, or read from standard input: a command line can be read by everybody on the machine, and is kept."""

import argparse
import csv
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib import data
from chalicelib.adapters.cognito_accounts import CognitoAccounts
from chalicelib.application.people.accounts import Password, People
from chalicelib.application.ports.people import StaffMember
from chalicelib.domain.errors import Refusal, UnavailableError
from tools.accounts.people import PeopleError, faults, password_faults
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

if TYPE_CHECKING:
    from chalicelib.application.ports.people import Staff

AT_ONCE = 8
COLUMNS = {"username", "name", "role", "unit"}


def main(arguments: list[str]) -> int:
    """Exit status 1 when something is wrong with what was asked; then nothing was written."""
    options = _options(arguments)
    try:
        options.run(Stage(options.stack), options)
    except (PeopleError, StackError, OSError, Refusal, UnavailableError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    made = parser("staff", __doc__)
    commands = made.add_subparsers(required=True)
    add = named(commands.add_parser("add"))
    add.add_argument("username", type=str.lower)
    for name in ("--name", "--role", "--unit"):
        add.add_argument(name, required=True)
    add.add_argument("--channels", default="")
    add.set_defaults(run=_add)
    bulk = named(commands.add_parser("import"))
    bulk.add_argument("file", type=Path)
    bulk.set_defaults(run=_import)
    for command in (add, bulk):
        _passwords(command)
    disable = named(commands.add_parser("disable"))
    disable.add_argument("username", type=str.lower)
    disable.set_defaults(run=_disable)
    export = named(commands.add_parser("export"))
    export.add_argument("file", type=Path)
    export.set_defaults(run=_export)
    listing = named(commands.add_parser("list"))
    listing.add_argument("--unit")
    listing.set_defaults(run=_list)
    named(commands.add_parser("relist")).set_defaults(run=_relist)
    return made.parse_args(arguments)


def _passwords(command: argparse.ArgumentParser) -> None:
    either = command.add_mutually_exclusive_group()
    either.add_argument(
        "--password", dest="permanent", action="store_const", const=True, help="read one, which they keep"
    )
    either.add_argument(
        "--temporary", dest="permanent", action="store_const", const=False, help="read one, which they change"
    )


def _read_password(permanent: bool | None) -> Password | None:
    """None when none was asked for. Raises PeopleError for two that differ."""
    if permanent is None:
        return None
    if not sys.stdin.isatty():
        return Password(sys.stdin.readline().rstrip("\r\n"), permanent)
    given = getpass("Password: ")
    if getpass("Once more: ") != given:
        raise PeopleError("The two passwords differ")
    return Password(given, permanent)


def _add(stage: Stage, options: argparse.Namespace) -> None:
    row = {name: getattr(options, name) for name in (*COLUMNS, "channels")}
    _put(stage, [member_of(row)], _read_password(options.permanent))


def _import(stage: Stage, options: argparse.Namespace) -> None:
    with options.file.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := COLUMNS - set(reader.fieldnames or ()):
            raise PeopleError(f"{options.file}: no column {', '.join(sorted(missing))}")
        members = [member_of(row) for row in reader]
    _put(stage, members, _read_password(options.permanent))


def member_of(row: Mapping[str, str | None]) -> StaffMember:
    """A person as the command line or a row of a CSV file names them; channels stand between commas or semicolons."""
    username, name, role, unit, channels = (
        (row.get(column) or "").strip() for column in ("username", "name", "role", "unit", "channels")
    )
    named = tuple(part.strip() for part in channels.replace(";", ",").split(",") if part.strip())
    return StaffMember(username.lower(), name, role, unit, named)


def _put(stage: Stage, members: list[StaffMember], password: Password | None) -> None:
    wrong = [fault for member in members for fault in faults(member, data.reference())]
    wrong += password_faults(password.text, members) if password else []
    if wrong:
        raise PeopleError("\n".join(wrong))
    people = _people(stage)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = list(pool.map(lambda member: people.put(member, password), members))
    for member, temporary in zip(members, given, strict=True):
        if temporary:
            print(f"{member.username}\t{temporary}")
    print(f"{len(members)} people stand in the pool and in the table")


def _disable(stage: Stage, options: argparse.Namespace) -> None:
    _people(stage).disable(options.username)
    print(f"{options.username} may do nothing any more")


def _list(stage: Stage, options: argparse.Namespace) -> None:
    units = [options.unit] if options.unit else list(data.reference().units)
    for m in _staff(stage).members(units):
        state = "disabled" if m.disabled else ""
        print("\t".join((m.username, m.name, m.role, m.unit, ",".join(m.channels), state)).rstrip())


def _export(stage: Stage, options: argparse.Namespace) -> None:
    members = [member for member in _staff(stage).members(data.reference().units) if not member.disabled]
    with options.file.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("username", "name", "role", "unit", "channels"))
        writer.writerows((m.username, m.name, m.role, m.unit, ";".join(m.channels)) for m in members)
    print(f"{len(members)} people stand in {options.file}; it holds names and no password")


def _relist(stage: Stage, _options: argparse.Namespace) -> None:
    staff = _staff(stage)
    members = staff.members(data.reference().units)
    for member in members:
        staff.put(member)
    print(f"{len(members)} people stand in the lists")


def _people(stage: Stage) -> People:
    accounts = CognitoAccounts(pool_id=stage.outputs["UserPoolId"], client=stage.client("cognito-idp"))
    return People(accounts, _staff(stage))


def _staff(stage: Stage) -> "Staff":
    from chalicelib.adapters.dynamodb.people.staff import DynamoStaff

    stage.bind_table()
    return DynamoStaff()
