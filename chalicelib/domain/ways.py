"""The ways by which a message reaches somebody, as a table: what each needs of a contact, and whether a message whose
fate nobody knows may be sent again. Two e-mails or alerts do no harm; a second SMS costs money and looks like spam."""

from collections.abc import Mapping

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """`address` is the field of a contact that it uses; None: not a way to a person (a unit's topic)."""

    name: str
    address: str | None
    repeatable: bool


WAYS: dict[str, Way] = {
    way.name: way
    for way in (
        Way("email", "email", repeatable=True),
        Way("sms", "mobile", repeatable=False),
        Way("alert", None, True),
    )
}


def line_of(number: str) -> str:
    """Of an Indonesian telephone number (E.164): `mobile`, which an SMS reaches, or `fixed`, which must be called."""
    return "mobile" if number.startswith("+628") else "fixed"


def way_to(addresses: Mapping[str, str | None], by: str | None = None) -> Way | None:
    """How a person with these addresses is told: by the way that they chose, else by the first of the table that has an
    address; None by none."""
    open_to = {way.name: way for way in WAYS.values() if way.address and addresses.get(way.address)}
    return open_to.get(by or "") or next(iter(open_to.values()), None)
