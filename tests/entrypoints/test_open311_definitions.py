"""What clients may keep of our services moves its time when it changes; our words for the world's are whole."""

from datetime import UTC, datetime

import pytest
from jsonschema import Draft4Validator

from chalicelib.application.reading.catalogue import catalogue
from chalicelib.channels.open311 import definitions, vocabulary
from chalicelib.domain.case.complaint import STATUSES
from tests.builders import CITY

TEXT, MAYBE, FLAG = {"type": "string"}, {"type": ["string", "null"]}, {"type": "boolean"}
SERVICE = {
    "required": ["service_code", "service_name", "metadata", "type"],
    "properties": {
        **dict.fromkeys(("service_code", "service_name"), TEXT),
        **dict.fromkeys(("description", "keywords", "group"), MAYBE),
        "metadata": FLAG,
        "type": {"enum": ["realtime", "batch", "blackbox"]},
    },
}
DATATYPES = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
ATTRIBUTE = {
    "required": ["variable", "code", "datatype", "required"],
    "properties": {
        "variable": FLAG,
        "code": TEXT,
        "datatype": {"enum": DATATYPES},
        "required": FLAG,
        "datatype_description": MAYBE,
        "order": {"type": ["integer", "null"]},
        "description": MAYBE,
        "values": {"type": "array", "items": {"required": ["key", "name"], "properties": {"key": TEXT, "name": TEXT}}},
    },
}


def test_the_time_of_the_services_moves_when_they_change() -> None:
    """When this fails, set CHANGED_AT in definitions.py to now, and CHANGED_TO to the digest that stands here."""
    assert definitions.fingerprint(CITY) == definitions.CHANGED_TO


def test_the_time_of_the_services_is_one_with_a_zone() -> None:
    assert datetime.fromisoformat(definitions.CHANGED_AT).astimezone(UTC).year >= 2026


def test_services_and_definitions_are_what_draft_4_schemas_ask_for() -> None:
    for service in definitions.services(CITY):
        Draft4Validator(SERVICE).validate(service)
        for attribute in definitions.definition(service["service_code"], CITY)["attributes"]:
            Draft4Validator(ATTRIBUTE).validate(attribute)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_word_of_the_exchange(status: str) -> None:
    assert vocabulary.update_word(status, None) in vocabulary.UPDATE_WORDS


def test_what_ended_without_a_solution_is_not_called_fixed() -> None:
    assert vocabulary.update_word("resolved", "solved") == "FIXED"
    assert vocabulary.update_word("resolved", "cannot") == "NO_FURTHER_ACTION"


def test_the_channel_is_ours() -> None:
    named = {channel["code"]: channel for channel in catalogue(CITY)["channels"]}
    assert named[vocabulary.CHANNEL]["ours"]
    assert not named[vocabulary.CHANNEL]["desk"]
