"""Photos: of what they are proof, where they lie, when they are given up."""

from datetime import timedelta

import pytest

from chalicelib.domain.case import evidence
from tests.builders import NOW, NUMBER, a_photo


@pytest.mark.parametrize(
    ("side", "settled", "kind"),
    [
        pytest.param("staff", False, "after", id="an officer's, while the case is open"),
        pytest.param("staff", True, "after", id="an officer's, after a decision"),
        pytest.param("reporter", False, "before", id="the reporter's, before any decision"),
        pytest.param("reporter", True, "objection", id="the reporter's, after a decision"),
    ],
)
def test_what_a_photo_is_proof_of(side, settled, kind):
    assert evidence.kind_of(side, settled=settled) == kind


def test_a_photo_that_has_not_come_an_hour_after_its_form_expired_is_given_up():
    assert a_photo().expires_at == NOW + timedelta(hours=1, minutes=5)


def test_the_place_of_an_original_names_case_and_photo():
    assert evidence.split_incoming(evidence.incoming_key(NUMBER, "FOTO1")) == (NUMBER, "FOTO1")


def test_another_picture_never_takes_the_place_of_one_that_is_shown():
    keys = {evidence.variant_key(NUMBER, "FOTO1", sha256, name) for sha256 in ("ab" * 32, "cd" * 32) for name in "ls"}

    assert len(keys) == 4
    assert all(key.startswith(f"photos/{NUMBER}/FOTO1/") for key in keys)


def test_every_reason_for_refusing_a_photo_is_told_in_both_languages():
    assert all(words.id and words.en for words in evidence.REASONS.values())
