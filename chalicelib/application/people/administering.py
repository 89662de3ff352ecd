"""What an administrator may do to people and to the units' subscribers. `administer` carries it out, and checks who
asks by itself: the API that hands an order on is not relied on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.application.people.accounts import People, temporary_password
from chalicelib.application.people.identity import Identity
from chalicelib.application.people.rules import person_faults
from chalicelib.application.people.subscribers import Subscribers
from chalicelib.application.ports.people import StaffMember, Subscriber
from chalicelib.application.reading.view_parts import View
from chalicelib.domain import rights
from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError, UnreadableError
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

ADMINISTRATOR = rights.CASELESS
Values = Mapping[str, Any]


def check_administers(role: str) -> None:
    """Raises NotAllowedError for everybody else."""
    if role != ADMINISTRATOR:
        raise NotAllowedError("Only administrators look after people and units")


@dataclass(frozen=True, slots=True)
class Administer:
    """Carries out one order of somebody who proves who they are by their access token."""

    identity: Identity
    people: People
    subscribers: Subscribers
    reference: Reference

    def __call__(self, token: str, order: str, values: Values) -> View:
        """Raises UnauthenticatedError, NotAllowedError, then what the order itself refuses."""
        asking = self.identity.member(token)
        check_administers(asking.role)
        orders: dict[str, Callable[[StaffMember, Values], View]] = {
            "put_person": self._put_person,
            "subscribers": self._subscribers,
            "replace_subscribers": self._replace_subscribers,
        }
        if order not in orders:
            raise UnreadableError("There is no such order")
        return orders[order](asking, values)

    def _put_person(self, asking: StaffMember, values: Values) -> View:
        """{person, made, temporary_password}. What is left out stays as it is."""
        username = str(values.get("user", ""))
        standing = self.people.staff.member(username)
        member = _changed(standing or StaffMember(username, "", "", ""), values)
        faults = [*person_faults(member, self.reference), *_own_faults(asking, member)]
        if faults:
            raise InvalidError(faults)
        given = None if member.disabled else self._enabled(member, renewed=bool(values.get("new_password")))
        if member.disabled:
            self._disabled(member, known=standing is not None)
        return {
            "person": person_view(member, self.reference),
            "made": standing is None,
            "temporary_password": given,
        }

    def _enabled(self, member: StaffMember, *, renewed: bool) -> str | None:
        password = temporary_password() if renewed else None
        made = self.people.put(member, password)
        return password.text if password else made

    def _disabled(self, member: StaffMember, *, known: bool) -> None:
        if not known:
            raise InvalidError([FieldError("user", "value", "there is no such person")])
        self.people.staff.put(member)
        self.people.disable(member.username)

    def _subscribers(self, _asking: StaffMember, values: Values) -> View:
        return _listed(self.subscribers.of(str(values.get("unit"))))

    def _replace_subscribers(self, _asking: StaffMember, values: Values) -> View:
        return _listed(self.subscribers.replace(str(values.get("unit")), values.get("addresses", ())))


def _changed(member: StaffMember, values: Values) -> StaffMember:
    named = {name: values[name] for name in ("name", "role", "unit", "disabled", "on_duty") if name in values}
    changed = replace(member, **named)
    channels = tuple(values["channels"]) if "channels" in values else changed.channels
    return replace(changed, channels=channels if changed.role == "desk" or "channels" in values else ())


def _own_faults(asking: StaffMember, member: StaffMember) -> list[FieldError]:
    """Nobody locks themselves out by mistake, and a city always has one administrator left."""
    own = asking.username == member.username
    faults = (
        [FieldError("role", "value", "You cannot take your own role away")]
        if own and member.role != asking.role
        else []
    )
    return faults + (
        [FieldError("disabled", "value", "You cannot disable yourself")] if own and member.disabled else []
    )


def person_view(member: StaffMember, reference: Reference) -> View:
    unit = reference.units.get(member.unit)
    return {
        "user": member.username,
        "name": member.name,
        "role": member.role,
        "unit": {"code": member.unit, "name": unit.name if unit else member.unit},
        "channels": list(member.channels),
        "disabled": member.disabled,
        "on_duty": member.on_duty,
    }


def _listed(found: list[Subscriber]) -> View:
    rows = [{"address": s.address, "protocol": s.protocol, "confirmed": s.confirmed} for s in found]
    return {"items": rows}
