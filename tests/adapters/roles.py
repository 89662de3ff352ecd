"""Adapters on a local city, each call with the credentials of the function that makes it in production."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.adapters.dynamodb import keys, raw, rows
from chalicelib.adapters.dynamodb.people import people_rows
from chalicelib.application.ports.cases import Contact, SealedContact
from chalicelib.bootstrap import Bootstrap
from tests.builders import a_life, as_decision
from tests.city import City

OPERATOR = "operator"  # not a function: the account's own credentials
ON_THE_CITY = pytest.param("city", marks=pytest.mark.city)  # one more kind that a contract runs against
Become = Callable[[str], Bootstrap]


class Roles:
    """The adapters of a function by its name, made once. All functions of this process share the rows' one client:
    from the call on it is that function's."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._made: dict[str, Bootstrap] = {}

    def __call__(self, function: str) -> Bootstrap:
        if function not in self._made:
            self._made[function] = Bootstrap(settings.read(self._environment(function)))
        _bind(self._made[function])
        return self._made[function]

    def _environment(self, function: str) -> dict[str, str]:
        if function != OPERATOR:
            return self._city.environment(function)
        return {**self._city.environment("api"), **self._city.operator(), "AWS_SESSION_TOKEN": ""}


def _bind(functions: Bootstrap) -> None:
    rows.bind(table_name=functions.settings.table_name, client=lambda: functions.clients.dynamodb)
    people_rows.bind_people(table_name=functions.settings.people_table_name)


class By:
    """An adapter by its name in the composition root; `others` names the methods that another than `function` calls."""

    def __init__(self, become: Become, adapter: str, function: str, **others: str) -> None:
        self._become = become
        self._adapter = adapter
        self._function = function
        self._others = others

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            function = self._become(self._others.get(method, self._function))
            return getattr(getattr(function, self._adapter), method)(*given, **named)

        return call


class CityRows:
    """The same parts as those of `MemoryCity`."""

    def __init__(self, become: Become) -> None:
        self.complaints = By(become, "complaints", "api", all_events=OPERATOR, event_file="alert_unit")
        self.photos = By(become, "photos", "api", settle="process_photo")
        self.notices = By(become, "notices_ledger", "notify_citizen")
        self.queues = By(become, "queues", "api", alarms="sweep")
        spoken_for = {"confirm": "api", "suppress": "api", "held": "sweep", "put_off": "sweep"}
        spoken_for |= {"prove": "read_message", "resume": "read_message"}
        self.standings = By(become, "standings", "notify_citizen", **spoken_for)
        self.day_counts = By(become, "day_counts", "notify_citizen", counted="sweep")
        self.talks = By(become, "talks", "read_message")
        self.own_cases = By(become, "own_cases", "notify_citizen", join="api")
        self.asks = By(become, "asks", "notify_citizen", ask="api")
        self.passes = By(become, "passes", "notify_citizen", find="api")
        self.followers = By(become, "followers", "api", told="notify_citizen")
        self.digests = By(become, "digests", "alert_unit", find="sweep")
        self.bench_loads = By(become, "bench_loads", "sweep", read="api")
        self.floods = By(become, "floods", "api", incidents="sweep", open_incident="sweep", count="sweep")


class CityVault:
    """Sealed by the API and kept with a case, opened by who tells citizens, erased by the operator."""

    def __init__(self, become: Become, now: datetime) -> None:
        self._become = become
        self._now = now
        self.open = By(become, "vault", "notify_citizen").open

    def seal(self, number: str, contact: Contact) -> SealedContact:
        api, life = self._become("api"), a_life(number=number, now=self._now)
        sealed = api.vault.seal(number, contact)
        api.complaints.lodge(as_decision(None, life.complaint, life.events[0]), sealed)
        return sealed

    def erase(self, number: str) -> None:
        self._become(OPERATOR).complaints.load(number)
        raw.call("DeleteItem", {"Key": raw.typed({"pk": keys.case(number), "sk": keys.CONTACT})})


class CityPictures:
    """Variants are stored by who processes photos; an original comes by its sender's form."""

    def __init__(self, become: Become) -> None:
        self._become = become
        self.original = By(become, "pictures", "process_photo").original

    def store(self, key: str, data: bytes) -> None:
        self._become(OPERATOR if key.startswith("incoming/") else "process_photo").pictures.store(key, data)
