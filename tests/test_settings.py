"""The environment, read in one place: what is missing is said at once, and all of it."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from chalicelib.settings import MissingSettingsError, read
from tools.infra import cfn_yaml

FUNCTIONS = Path(__file__).parent.parent / "infra" / "functions.yaml"
BY_LAMBDA = {"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
READ_BY_NOBODY = {"RELEASE"}
READ_BY_A_LIBRARY = {"PYDANTIC_DISABLE_PLUGINS"}
OF_ITS_QUEUE = {"DEAD_LETTERS_URL"}  # written with the queue
LOCAL_ONLY = {"CLOCK_OFFSET_SECONDS", "REFERENCE_OVERLAY", "AWS_ENDPOINT_URL"}


def test_names_are_those_of_the_environment() -> None:
    read_back = read({"TABLE_NAME": "tanggap-test-complaints", "NOTIFY_QUEUE_URL": "https://queue", "OTHER": "x"})

    assert (read_back.table_name, read_back.notify_queue_url) == ("tanggap-test-complaints", "https://queue")


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(MissingSettingsError, match="SITE_URL, ALERT_QUEUE_URL"):
        read({"TABLE_NAME": "t"}).require("table_name", "site_url", "alert_queue_url")


def test_what_nobody_requires_may_be_missing() -> None:
    assert read({}).mail_sender == ""
    read({"TABLE_NAME": "t"}).require("table_name")


def test_without_a_word_the_clock_is_the_machines_and_the_region_jakarta() -> None:
    given = read({})

    assert (given.clock_offset_seconds, given.aws_region, given.aws_endpoint_url) == ("0", "ap-southeast-3", "")


def test_settings_never_change_under_a_request() -> None:
    with pytest.raises(FrozenInstanceError):
        read({}).stage = "other"  # type: ignore[misc]


def test_every_variable_of_the_template_has_its_setting_and_the_other_way_round() -> None:
    variables = set(cfn_yaml.read(FUNCTIONS)["variables"])
    settings = {name.upper() for name in read({}).__slots__}

    assert variables - settings == READ_BY_NOBODY | READ_BY_A_LIBRARY
    assert settings - variables == LOCAL_ONLY | BY_LAMBDA | OF_ITS_QUEUE
