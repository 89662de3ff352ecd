"""Who listens to the alerts of a unit. The operators' commands and the function `administer` use this alike."""

from collections.abc import Iterable, Iterator

from chalicelib.application.ports.people import Subscriber, UnitTopics
from chalicelib.domain.errors import FieldError, InvalidError, NotFoundError
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

LONGEST = 320  # characters of an address
MOST = 50  # addresses of a unit


def protocol(address: str) -> str | None:
    """How SNS reaches an address; None where it cannot."""
    if any(sign.isspace() for sign in address) or len(address) > LONGEST:
        return None
    if address.startswith("arn:") and ":sqs:" in address:
        return "sqs"
    if address.startswith("https://"):
        return "https"
    if address.startswith("+") and address[1:].isdigit():
        return "sms"
    return "email" if "@" in address.strip("@") else None


@dataclass(frozen=True, slots=True)
class Subscribers:
    """Every method raises NotFoundError for what is no unit that can hold a case, and for one without a topic."""

    topics: UnitTopics
    reference: Reference

    def of(self, unit: str) -> list[Subscriber]:
        return sorted(self.topics.subscribers(self._known(unit)), key=lambda found: found.address)

    def add(self, unit: str, address: str) -> str:
        """The protocol that reaches the address. Raises InvalidError."""
        found = protocol(address)
        if found is None:
            raise InvalidError([_unreachable("address")])
        self.topics.subscribe(self._known(unit), found, address)
        return found

    def remove(self, unit: str, address: str) -> bool:
        """Whether anybody listened there. One that was never confirmed ends by itself after three days."""
        known = self._known(unit)
        confirmed = [s for s in self.topics.subscribers(known) if s.address == address and s.confirmed]
        for subscriber in confirmed:
            self.topics.unsubscribe(subscriber)
        return bool(confirmed)

    def replace(self, unit: str, addresses: Iterable[str]) -> list[Subscriber]:
        """From now on these listen, and nobody else. Raises InvalidError with every fault; then nothing was done."""
        wanted = list(dict.fromkeys(addresses))
        if faults := list(_faults(wanted)):
            raise InvalidError(faults)
        known = {subscriber.address for subscriber in self.of(unit)}
        for address in wanted:
            if address not in known:
                self.add(unit, address)
        for address in known - set(wanted):
            self.remove(unit, address)
        return self.of(unit)

    def unheard(self) -> list[str]:
        """Codes of the units that can hold a case and whose alerts nobody hears: no address is confirmed, or there is
        no topic yet."""
        holding = (unit.code for unit in self.reference.units.values() if not unit.external)
        return [unit for unit in holding if not self._is_heard(unit)]

    def _is_heard(self, unit: str) -> bool:
        try:
            return any(subscriber.confirmed for subscriber in self.topics.subscribers(unit))
        except NotFoundError:
            return False

    def _known(self, unit: str) -> str:
        found = self.reference.units.get(unit)
        if found is None or found.external:
            raise NotFoundError(f"{unit} is no unit that can hold a case")
        return unit


def _faults(addresses: list[str]) -> Iterator[FieldError]:
    if len(addresses) > MOST:
        yield FieldError("addresses", "too_long", f"At most {MOST} addresses")
    for index, address in enumerate(addresses):
        if protocol(address) is None:
            yield _unreachable(f"addresses.{index}")


def _unreachable(field: str) -> FieldError:
    return FieldError(field, "value", "An e-mail address, +62…, an https address or the ARN of a queue")
