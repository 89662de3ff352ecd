"""Somebody in every role, with names that nobody bears for real. The same password for all, printed at the start."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local.emulator.cloud import Cloud
from local.emulator.deploy import Deployment
from local.settings import STACK

if TYPE_CHECKING:
    from chalicelib.adapters.dynamodb.people.staff import DynamoStaff

LISTS = 2  # a change of it lists everybody anew
PASSWORD = "tanggap-jakarta"  # of the local city's demo users only


@dataclass(frozen=True)
class Person:
    user: str
    name: str
    role: str
    unit: str

    def public(self) -> dict[str, str]:
        return {"user": self.user, "name": self.name, "role": self.role, "unit": self.unit}


PEOPLE = (
    Person("lurah-gambir", "Ratna Wijaya", "kelurahan_officer", "KEL_31.71.01.1001"),
    Person("lurah-cideng", "Bambang Sutrisno", "kelurahan_officer", "KEL_31.71.01.1002"),
    Person("kadis-binamarga", "Hendra Gunawan", "opd_supervisor", "DBM"),
    Person("petugas-binamarga", "Dewi Lestari", "opd_officer", "DBM.31.71"),
    Person("kadis-sda", "Sri Wahyuni", "opd_supervisor", "DSDA"),
    Person("petugas-sda", "Agus Prasetyo", "opd_officer", "DSDA.31.71"),
    Person("validator-1", "Maya Kartika", "validator", "BIRO_PEM"),
    Person("validator-2", "Rudi Hartono", "validator", "BIRO_PEM"),
    Person("meja-aduan", "Indah Permata", "desk", "BIRO_PEM"),
    Person("petugas-biropem", "Yusuf Maulana", "opd_officer", "BIRO_PEM"),
    Person("petugas-kecamatan-gambir", "Lina Marlina", "opd_officer", "KEC_31.71.01"),
    Person("koordinator", "Teguh Santoso", "coordinator", "BIRO_PEM"),
    Person("inspektur-1", "Nurul Hidayah", "inspectorate", "INSPEKTORAT"),
    Person("inspektur-2", "Fajar Nugroho", "inspectorate", "INSPEKTORAT"),
    Person("admin", "Putri Anggraini", "administrator", "DISKOMINFOTIK"),
)


def ensure(cloud: Cloud, deployment: Deployment) -> None:
    """Users and rows, once per city; safe to repeat."""
    stand_in = deployment.outputs["PeopleTableName"]
    mark = hashlib.sha256(repr((PEOPLE, stand_in, LISTS)).encode()).hexdigest()
    if deployment.standing.get("people") == mark:
        return
    from chalicelib.application.ports.people import StaffMember

    rows = _rows(cloud)
    for person in PEOPLE:
        _user(cloud.client("cognito-idp"), deployment.outputs["UserPoolId"], person)
        rows.put(StaffMember(person.user, person.name, person.role, person.unit, channels_of(person)))
    deployment.standing["people"] = mark


def channels_of(person: Person) -> tuple[str, ...]:
    """The desk types for every channel that has one."""
    from chalicelib import data

    return tuple(c.code for c in data.reference().channels.values() if c.desk) if person.role == "desk" else ()


def _rows(cloud: Cloud) -> "DynamoStaff":
    """The application's own adapter, signed by the operator."""
    from chalicelib.adapters.dynamodb.people.staff import DynamoStaff

    bind_rows(cloud)
    return DynamoStaff()


def bind_rows(cloud: Cloud) -> None:
    """Names the stack's tables for the application's adapters here, which the operator calls."""
    from chalicelib.adapters.dynamodb.store import STORE
    from tools.stack.stage import Stage

    Stage(STACK).bind_table()
    STORE.provide = lambda: cloud.client("dynamodb")


def _user(cognito: Any, pool: str, person: Person) -> None:
    try:
        cognito.admin_create_user(UserPoolId=pool, Username=person.user, MessageAction="SUPPRESS")
    except cognito.exceptions.UsernameExistsException:
        return
    cognito.admin_set_user_password(UserPoolId=pool, Username=person.user, Password=PASSWORD, Permanent=True)


class Tokens:
    """Access tokens as the sign-in gives them. A user made since by an operator gets the demo password on the way."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def issue(self, pool: str, client_id: str, user: str) -> dict[str, Any] | None:
        """`AccessToken`, `ExpiresIn` …; None for an unknown or disabled user."""
        cognito = self._cloud.client("cognito-idp")
        try:
            return self._sign_in(cognito, client_id, user)
        except cognito.exceptions.NotAuthorizedException:
            pass
        except cognito.exceptions.ClientError:
            return None
        try:
            cognito.admin_set_user_password(UserPoolId=pool, Username=user, Password=PASSWORD, Permanent=True)
            return self._sign_in(cognito, client_id, user)
        except cognito.exceptions.ClientError:
            return None

    @staticmethod
    def _sign_in(cognito: Any, client_id: str, user: str) -> dict[str, Any]:
        answer = cognito.initiate_auth(
            ClientId=client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user, "PASSWORD": PASSWORD},
        )
        result: dict[str, Any] = answer["AuthenticationResult"]
        return result
