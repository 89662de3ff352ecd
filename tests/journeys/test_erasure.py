"""A reporter has their data erased: nothing of it remains in any row, object, list or message that waits."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.channels.payloads import CHANNELS
from tests.city import HANGS, LURAH, OFFICER, Case, City, a_picture, an_email, done, eventually
from tests.journeys.test_ways_back import Writer

pytestmark = pytest.mark.city
NAME, LANDMARK, COMMENT = "Sitirahayu Tersembunyi", "seberang warung Zubaidah", "Rumah saya bercat ungu nomor 777"
DESCRIPTION = "Lubang dalam di muka rumah keluarga Tjokrosudarmo"


def rows(city: City) -> list[dict[str, Any]]:
    """Every row of the table of cases."""
    pages = city.aws("dynamodb").get_paginator("scan").paginate(TableName=city.environment("erase")["TABLE_NAME"])
    return [item for page in pages for item in page["Items"]]


def objects(city: City, bucket: str) -> Iterator[str]:
    s3 = city.aws("s3")
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=city.environment("erase")[bucket]):
        yield from (found["Key"] for found in page.get("Contents", []))


def a_rich_case(city: City) -> tuple[Case, str]:
    """With a contact, a landmark, a photo, a comment, a follower, an officer's words and proof; and the follower's
    address."""
    mail, follower, picture = an_email(), an_email(), a_picture()
    case = city.lodge(
        contact={"name": NAME, "email": mail},
        description=DESCRIPTION,
        landmark=LANDMARK,
        photos=[{"content_type": "image/jpeg", "size": len(picture)}],
    )
    city.send(case.lodged["uploads"][0], picture)
    case.settled(case.view()["photos"][0]["photo_id"])
    case.say("comment", text=COMMENT)
    done(city.post(f"/complaints/{case.number}/actions/follow", {"contact": {"email": follower}}))
    case.drive("in_progress")
    case.proof()
    return case, mail


def test_nothing_of_a_reporters_data_remains_after_an_erasure(city: City) -> None:
    case, mail = a_rich_case(city)
    key = case.number.removeprefix("JKT-").replace("-", "")
    pictures = [photo["urls"]["large"] for photo in case.view()["photos"] if photo["kind"] == "before"]
    place = case.view()["location"]

    shown = case.say("erase")

    assert (shown["description"], shown["landmark"], shown["location"], shown["place"]) == (None, None, None, None)
    assert (shown["contact"], shown["status"], shown["allowed_actions"].count("erase")) == (None, "in_progress", 1)

    def of_the_case() -> list[dict[str, Any]]:
        return [row for row in rows(city) if key in json.dumps(row, default=str)]

    def is_bare() -> bool:
        kinds = {row["sk"]["S"].partition("#")[0] for row in of_the_case() if row["pk"]["S"] == f"C#{key}"}
        followers = [row for row in of_the_case() if row["pk"]["S"] == f"F#{key}"]
        return "CONTACT" not in kinds and not followers and not words(of_the_case())

    def words(found: list[dict[str, Any]]) -> set[str]:
        text = json.dumps(found, default=str, ensure_ascii=False)
        secrets = (NAME, LANDMARK, COMMENT, DESCRIPTION, mail, str(place["lat"]), str(place["lon"]))
        return {secret for secret in secrets if secret in text}

    eventually(is_bare, what="an erased case")
    (proof,) = case.staff(OFFICER)["photos"]
    assert {key.split("/")[2] for key in objects(city, "PHOTO_BUCKET") if case.number in key} == {proof["photo_id"]}
    assert {requests.get(url, timeout=HANGS).status_code for url in pictures} == {404}
    assert f"erasures/{case.number}.json" in list(objects(city, "ERASURE_BUCKET"))


def test_what_was_said_by_sms_is_forgotten_with_the_case(city: City) -> None:
    (sms,) = [channel for channel in CHANNELS if channel.code == "SMS"]
    writer = Writer(city, sms)
    said = ("Lampu jalan mati, di muka rumah kami", "bukan di sana", "rumah keluarga Tjokrosudarmo")
    writer.says(said[0])
    receipt = writer.told("waiting")
    for words in said[1:]:
        writer.says(words)
        eventually(lambda words=words: words in str(rows(city)), what=words)
    eventually(lambda: [row for row in rows(city) if row["pk"]["S"].startswith("M#") and said[2] in str(row)])
    number, secret = re.findall(r"#(JKT-[0-9A-Z-]{11})~([\w-]+)", receipt["text"])[0]
    key = number.removeprefix("JKT-").replace("-", "")

    version = done(city.get(f"/complaints/{number}", secret=secret))["version"]
    done(city.post(f"/complaints/{number}/actions/erase", {"version": version}, secret=secret))

    def left() -> list[str]:
        found = [json.dumps(row, default=str) for row in rows(city)]
        elsewhere = [text for text in found if re.search(r'"(T|M|P)#', text) and (number in text or key in text)]
        return [text for text in found if any(word in text for word in said)] + elsewhere + raw_with(city, writer.name)

    eventually(lambda: not left(), what="a forgotten conversation")


def raw_with(city: City, word: str) -> list[str]:
    """Keys of the kept messages in which it stands."""
    s3, bucket = city.aws("s3"), city.environment("erase")["RAW_BUCKET"]
    bodies = {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in objects(city, "RAW_BUCKET")}
    return [key for key, body in bodies.items() if word.encode() in body]


def test_the_work_goes_on_after_an_erasure_and_the_history_stands(city: City) -> None:
    case = city.lodge(contact={"email": an_email()}).drive("assigned")
    case.say("erase")

    case.act("start", OFFICER)

    assert [line["action"] for line in case.public()["timeline"]] == ["lodge", "coordinate", "assign", "erase", "start"]
    assert case.public()["erased_at"]


def test_officers_read_that_it_was_erased_and_may_not_erase(city: City) -> None:
    case = city.lodge()
    assert case.attempt("erase", user=LURAH).status_code == 403

    case.say("erase")

    seen = case.staff(LURAH)
    assert (seen["description"], seen["erased_at"] is not None, seen["place"]) == (None, True, None)
