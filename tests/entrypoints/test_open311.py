"""Open311 GeoReport v2, as its clients see it: shapes, refusals in its own dialect, what stays hidden."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from chalicelib.application.people.clients import digest_of_key
from chalicelib.application.ports.clients import ClientKey
from chalicelib.application.reading.projection import projection_of
from tests.builders import CITY, COORDINATOR, ENGINEER, HEAD, LURAH, MONAS, POTHOLE, STREET_SWEEPERS
from tests.channels.city_with_channels import MemoryOriginals
from tests.city_in_memory import CityInMemory

BASE = "/open311/v2"
KEY = "kunci-mitra-uji"
FORM = "application/x-www-form-urlencoded; charset=utf-8"
ASKING = {"service_code": "JLN", "lat": MONAS[0], "long": MONAS[1], "description": "Jalan rusak di depan pasar"}


@pytest.fixture
def city(city: CityInMemory) -> CityInMemory:
    city.client_keys.put(ClientKey("mitra", digest_of_key(KEY), 60, city.now()))
    city.client_keys.put(ClientKey("lain", digest_of_key("kunci-lain"), 60, city.now()))
    return city


@pytest.fixture
def post(http, city):
    def send(path: str, fields: Any = ASKING, key: str | None = KEY, kind: str = FORM, **headers: str):
        named = {**fields, **({"api_key": key} if key is not None else {})} if isinstance(fields, dict) else fields
        body = named if isinstance(named, bytes) else urlencode(named, doseq=True).encode()
        return http.post(f"{BASE}/{path}", body, Content_Type=kind, **headers)

    return send


@pytest.fixture
def get(http, city):
    return lambda path, **query: http.get(f"{BASE}/{path}" + (f"?{urlencode(query, doseq=True)}" if query else ""))


@pytest.fixture
def lodged(post):
    """Sends a request, and answers its number."""
    return lambda **more: post("requests.json", {**ASKING, **more}).json_body[0]["service_request_id"]


def project(city: CityInMemory) -> None:
    """What the events' subscriber would have done by now."""
    for number in city.complaints.rows:
        case = city.complaints.case_file(number)
        city.lists.keep(projection_of(case, CITY.categories[case.complaint.category]))


def refusals(answer: Any, status: int) -> list[str]:
    assert answer.status_code == status, answer.body
    assert {error["code"] for error in answer.json_body} == {status}
    return [error["description"] for error in answer.json_body]


def tree(answer: Any) -> ElementTree.Element:
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.body.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return ElementTree.fromstring(answer.body)


# services


def test_both_formats_list_the_same_services(get) -> None:
    listed, element = get("services.json").json_body, tree(get("services.xml"))

    assert [one["service_code"] for one in listed] == [one.findtext("service_code") for one in element]
    assert {one.tag for one in element} == {"service"}
    assert [one["metadata"] for one in listed] == [one.findtext("metadata") == "true" for one in element]
    assert all(one["type"] == "realtime" and one["keywords"] and one["group"] for one in listed)


def test_a_question_of_a_category_is_an_attribute(get) -> None:
    definition = get(f"services/{POTHOLE}.json").json_body
    element = tree(get(f"services/{POTHOLE}.xml"))

    first = definition["attributes"][0]
    assert (definition["service_code"], first["code"], first["required"]) == (POTHOLE, "BLOCKS_ROAD", True)
    assert [attribute["order"] for attribute in definition["attributes"]] == [1, 2]
    assert first["values"][0] == {"key": "no", "name": "Tidak"}
    assert element.findtext("attributes/attribute/values/value/key") == "no"


def test_a_service_without_questions_has_an_empty_definition(get) -> None:
    assert get("services/JLN.json").json_body == {"service_code": "JLN", "attributes": []}


def test_discovery_names_endpoints_and_formats(get) -> None:
    found, element = get("discovery.json").json_body, tree(get("discovery.xml"))

    assert {one["type"] for one in found["endpoints"]} == {"production", "test"}
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert [one.text for one in element.findall("endpoints/endpoint[1]/formats/format")] == [
        "text/xml",
        "application/json",
    ]


# posting


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_a_posted_request_has_its_number_and_no_token(kind: str, post, city) -> None:
    answer = post(f"requests.{kind}")

    shown = answer.json_body[0] if kind == "json" else {one.tag: one.text for one in tree(answer)[0]}
    assert answer.status_code == 200
    assert set(shown) == {"service_request_id", "service_notice"}
    assert city.complaints.load(shown["service_request_id"]).channel == "OPEN311"


@pytest.mark.parametrize("key", [None, "", "wrong", "x" * 5_000])
def test_a_wrong_key_learns_nothing_else(key: str | None, post) -> None:
    assert refusals(post("requests.json", {"service_code": "NO_SUCH"}, key), 403) == ["api_key is missing or not valid"]


@pytest.mark.parametrize("damaged", ["description", "api_key", "lat", "nothing of ours"])
def test_who_has_no_key_is_not_told_of_damaged_words(damaged: str, post) -> None:
    assert post("requests.json", {damaged: "a\x00b"}, "wrong").status_code == 403


def test_damaged_words_are_told_among_the_other_faults(post) -> None:
    told = refusals(post("requests.json", {"description": "caf\ufffd", "lat": "x"}), 400)

    assert [name for name in ("description", "lat") if not any(name in one for one in told)] == []


def test_words_that_nobody_sees_are_no_argument(lodged, city) -> None:
    number = lodged(description="\u200b", email="\u2060")

    assert city.complaints.load(number).reachable is False


def test_a_key_that_was_revoked_opens_nothing(post, city) -> None:
    city.client_keys.put(ClientKey("mitra", digest_of_key(KEY), 60, city.now(), city.now()))

    assert post("requests.json").status_code == 403


def test_a_client_sends_as_many_as_its_key_allows(post, city) -> None:
    city.client_keys.put(ClientKey("mitra", digest_of_key(KEY), 2, city.now()))
    answers = [post("requests.json") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert post("requests.json", key="kunci-lain").status_code == 200


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no service": ({"service_code": ""}, "service_code: This is required"),
    "no place": ({"lat": "", "long": ""}, "lat, long: A location is required"),
    "no longitude": ({"long": ""}, "long: A location is required"),
    "no number": ({"lat": "NaN"}, "lat: A decimal"),
    "an exponent": ({"lat": "1e3"}, "lat: A decimal"),
    "beyond the pole": ({"lat": "-91"}, "lat: A decimal"),
    "no place on earth": ({"lat": "0", "long": "0.0"}, "lat: 0,0 is no place"),
    "outside the city": ({"lat": "-6.5950", "long": "106.8166"}, "lat: This place is outside Jakarta"),
    "a script as link": ({"media_url": "javascript:alert(1)"}, "media_url: An http or https"),
    "a file as link": ({"media_url": "file:///etc/passwd"}, "media_url: An http or https"),
    "a long description": ({"description": "x" * 4_001}, "description: At most 4000"),
    "a required attribute": ({"service_code": POTHOLE}, "attribute[BLOCKS_ROAD]: This is required"),
    "an unknown choice": (
        {"service_code": POTHOLE, "attribute[BLOCKS_ROAD]": "maybe"},
        "attribute[BLOCKS_ROAD]: One of: no, lane, all",
    ),
    "two choices of one": (
        {"service_code": POTHOLE, "attribute[BLOCKS_ROAD]": ["no", "all"]},
        "attribute[BLOCKS_ROAD]: One value",
    ),
    "an unknown choice of several": (
        {"service_code": "POHON_TUMB", "attribute[FELL_ON][]": ["road", "sky"]},
        "attribute[FELL_ON]: Some of",
    ),
    "a telephone that is none": ({"phone": "12"}, "phone: "),
    "an address that is none": ({"email": "nobody"}, "email: "),
    "two services": ({"service_code": ["JLN", "PJU"]}, "service_code: Give it once"),
    "NUL": ({"description": "a\x00b"}, "description: Contains NUL"),
    "an unknown kelurahan": ({"lat": "", "long": "", "address_id": "99"}, "address_id: "),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_is_told_by_the_name_of_its_argument(case: str, post, city) -> None:
    fields, told = WRONG[case]

    assert [text for text in refusals(post("requests.json", {**ASKING, **fields}), 400) if text.startswith(told)]
    assert not city.complaints.rows


def test_all_faults_are_told_together(post) -> None:
    fields = {**ASKING, "lat": "north", "media_url": "x", "phone": "12", "description": "x" * 5_000}

    assert len(refusals(post("requests.json", fields), 400)) == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"description": ""},
        {"lat": "", "long": "", "address_string": "Jl. Merdeka 1"},
        {"lat": ""} | {"address_id": "31.71.01.1001"},
    ],
    ids=["no words", "an address in words", "a kelurahan"],
)
def test_a_request_needs_no_more_than_the_standard_says(fields: dict[str, str], post) -> None:
    assert post("requests.json", {**ASKING, **fields}).status_code == 200


def test_answers_and_what_was_not_asked_are_kept_for_the_staff(post, city) -> None:
    sent = {
        "service_code": "pohon_tumb",
        "attribute[FELL_ON][]": ["road", "cable"],
        "attribute[COLOUR]": "green",
        "media_url": "https://example.org/a.jpg",
        "device_id": "d-1",
        "first_name": "Siti",
        "email": "siti@example.com",
    }
    number = post("requests.json", {**ASKING, **sent}).json_body[0]["service_request_id"]

    words = city.complaints.events(number)[0].words
    assert words["answers"] == {"FELL_ON": ["road", "cable"]}
    assert words["open311"] == {
        "attributes": {"COLOUR": ["green"]},
        "device_id": "d-1",
        "media_url": "https://example.org/a.jpg",
    }


def test_a_request_sent_again_with_its_id_is_the_same_request(post, city) -> None:
    fields = {**ASKING, "client_request_id": "a-1"}
    first, again = post("requests.json", fields), post("requests.json", fields)

    assert first.json_body == again.json_body
    assert len(city.complaints.rows) == 1
    assert refusals(post("requests.json", {**fields, "description": "other"}), 400)
    assert post("requests.json", fields, "kunci-lain").json_body != first.json_body  # another client's own


def multipart(name: str, value: str, filename: str = "") -> tuple[str, bytes]:
    fields = {**{key: str(value) for key, value in ASKING.items()}, "api_key": KEY, name: value}
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{key}"'
        + (f'; filename="{filename}"' if filename and key == name else "")
        + f"\r\n\r\n{text}\r\n"
        for key, text in fields.items()
    ]
    return "multipart/form-data; boundary=b", ("".join(parts) + "--b--\r\n").encode()


def test_a_form_in_parts_is_read_too(post) -> None:
    kind, body = multipart("description", "Lubang besar")
    assert post("requests.json", body, kind=kind).status_code == 200


EVERY_BYTE = bytes(range(256)) * 8 + b"\r\n\r\r\n\n--\r\n-"


def with_photos(*photos: tuple[str, str, bytes], **fields: str) -> tuple[str, bytes]:
    """A form with files: (argument, type, bytes) each."""
    texts = {**{name: str(value) for name, value in ASKING.items()}, "api_key": KEY, **fields}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in texts.items()]
    for name, kind, data in photos:
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="a.jpg"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return "multipart/form-data; boundary=b", b"".join(parts) + b"--b--\r\n"


@pytest.fixture
def originals(city) -> MemoryOriginals:
    city.originals = MemoryOriginals()
    return city.originals


@pytest.mark.parametrize("name", ["media", "media[]"])
def test_files_of_a_form_become_photos_of_the_report_byte_by_byte(post, city, originals, name: str) -> None:
    kind, body = with_photos((name, "image/jpeg", EVERY_BYTE), (name, "image/png", b"png"))

    answer = post("requests.json", body, kind=kind)

    number = answer.json_body[0]["service_request_id"]
    uploads = city.complaints.load(number).uploads
    assert [(upload.content_type, upload.size) for upload in uploads] == [
        ("image/jpeg", len(EVERY_BYTE)),
        ("image/png", 3),
    ]
    assert [stored[2:] for stored in originals.stored] == [("image/jpeg", EVERY_BYTE), ("image/png", b"png")]
    assert [stored[:2] for stored in originals.stored] == [(number, upload.photo_id) for upload in uploads]


def test_a_form_whose_file_nobody_chose_is_a_report_without_photos(post, originals) -> None:
    kind, body = with_photos(("media", "application/octet-stream", b""))

    assert post("requests.json", body, kind=kind).status_code == 200
    assert originals.stored == []


def test_the_same_form_again_is_the_same_report_and_the_same_photos(post, city, originals) -> None:
    kind, body = with_photos(("media", "image/jpeg", b"jpeg"), client_request_id="kunci-klien-000001")

    first, again = (post("requests.json", body, kind=kind).json_body for _ in range(2))

    assert first == again
    assert len(city.complaints.rows) == len(set(originals.stored)) == 1


WRONG_FILES = {
    "another argument": ([("photo", "image/jpeg", b"x")], "photo: Photos are taken as media"),
    "another type": ([("media", "image/gif", b"x")], "media: One of: image/jpeg, image/png, image/webp, image/heic"),
    "a page": ([("media", "text/html", b"<p>")], "media: One of: image/jpeg, image/png, image/webp, image/heic"),
    "too many": ([("media", "image/jpeg", b"x")] * 4, "media: At most 3 photos"),
}


@pytest.mark.parametrize(("files", "told"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_file_that_is_no_photo_of_the_report_is_refused(post, city, originals, files, told: str) -> None:
    kind, body = with_photos(*files)

    assert refusals(post("requests.json", body, kind=kind), 400) == [told]
    assert not city.complaints.rows
    assert originals.stored == []


def test_an_update_takes_a_link_and_no_file(post, originals) -> None:
    kind, body = with_photos(("media", "image/jpeg", b"x"), update_id="1", service_request_id="JKT-0000-0000-0")

    told = refusals(post("servicerequestupdates.json", body, kind=kind), 400)

    assert "media: Files are not taken with an update: send media_url" in told


def test_a_form_with_more_than_a_function_is_handed_is_refused(post, city, originals) -> None:
    kind, body = with_photos(("media", "image/jpeg", b"x" * 4_300_000))

    assert post("requests.json", body, kind=kind).status_code == 400
    assert not city.complaints.rows


HOSTILE: dict[str, tuple[str, bytes]] = {
    "an external entity": ("text/xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "a billion laughs": (
        "application/xml",
        b"<!DOCTYPE l [<!ENTITY a 'ha'>" + b"<!ENTITY b '&a;&a;'>" * 99 + b"]><l/>",
    ),
    "json": ("application/json", b'{"api_key": "x"}'),
    "no body": (FORM, b""),
    "no type": ("", b"api_key=x"),
    "a strange type": ("\u00e9/\u00e9", b"api_key=x"),
    "Latin-1": (FORM, b"api_key=%e9"),
    "raw bytes": (FORM, b"\xff\xfe=1"),
    "a surrogate": (FORM, b"api_key=%ed%a0%80"),
    "very many fields": (FORM, b"&".join(b"a%d=1" % index for index in range(5_000))),
    "very many of one": (FORM, b"a=1&" * 100_000),
    "very much": (FORM, b"a=" + b"1" * 300_000),
    "only signs": (FORM, b"&&==&=&;;"),
    "parts without a boundary": ("multipart/form-data", b"--b\r\n\r\nx\r\n--b--"),
    "parts without names": ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n--b--"),
    "an odd boundary": ('multipart/form-data; boundary="', b"--b\r\n\r\nx"),
    "an encoded head": (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name*=utf-8''%ff; name*0*=x\r\n\r\nx\r\n--b--",
    ),
    "parts in parts": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Type: multipart/mixed; boundary=c\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
        b"--c--\r\n--b--",
    ),
    "a transfer encoding": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff=\r\n--b--',
    ),
}


@pytest.mark.parametrize("path", ["requests.json", "servicerequestupdates.json"])
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_body_is_refused_in_the_dialect(case: str, path: str, post, city) -> None:
    kind, body = HOSTILE[case]

    answer = post(path, body, kind=kind)

    assert answer.status_code in (400, 403)
    assert answer.json_body[0]["description"]
    assert not city.complaints.rows


# reading


def test_an_item_has_every_key_of_the_standard(get, lodged, city) -> None:
    number = lodged()
    item = get(f"requests/{number}.json").json_body[0]

    assert (item["status"], item["status_notes"], item["service_code"]) == ("open", "Menunggu", "JLN")
    assert item["description"] == ASKING["description"]
    assert (item["lat"], item["long"]) == MONAS
    assert item["address_id"] == "31.71.01.1001"
    assert item["address"] == "Kelurahan Gambir, Kecamatan Gambir, Kota Administrasi Jakarta Pusat"
    assert item["requested_datetime"] == "2026-11-23T08:00:00+07:00"
    assert item["expected_datetime"]
    assert [item[name] for name in ("zipcode", "service_notice", "media_url")] == [None] * 3
    assert set(item) == {one.tag for one in tree(get(f"requests/{number}.xml"))[0]}


def test_a_number_is_read_as_people_type_it(get, lodged) -> None:
    number = lodged()
    assert get(f"requests/{number.lower().replace('-', '')}.json").json_body[0]["service_request_id"] == number


def test_one_case_and_the_list_say_the_same(get, lodged, city) -> None:
    number = lodged()
    project(city)

    assert get("requests.json").json_body == get(f"requests/{number}.json").json_body
    assert get("requests.json", service_request_id=f"{number},JKT-0000-0000-0,nonsense").json_body == (
        get(f"requests/{number}.json").json_body
    )


def ended(city: CityInMemory, number: str) -> None:
    city.does(number, LURAH, "reject", reason_code="not_a_complaint", text="Tidak ditemukan di lokasi")


def test_the_status_is_open_or_closed_and_filters(get, lodged, city) -> None:
    first = lodged()
    city.pass_time(timedelta(hours=1))
    second = lodged(service_code="PJU")
    ended(city, first)
    project(city)

    def numbers(**query: Any) -> list[str]:
        return [item["service_request_id"] for item in get("requests.json", **query).json_body]

    assert numbers() == [second, first]
    assert numbers(status="closed") == [first]
    assert numbers(status="open") == [second]
    assert numbers(status="open,closed") == numbers(status=["open", "closed"]) == [second, first]
    assert numbers(service_code="JLN,PJU") == [second, first]
    assert numbers(service_code="pju") == [second]
    assert numbers(page_size=1) == [second]
    assert numbers(page_size=1, page=2) == [first]
    assert numbers(page=3) == []
    assert numbers(start_date="2026-11-23T08:30:00+07:00") == [second]
    assert numbers(end_date="2026-11-23T08:30:00+07:00") == [first]
    assert numbers(start_date="2026-11-23", end_date="2026-11-23") == [second, first]
    assert numbers(updated_before="2026-11-23T08:59:59+07:00") == []
    assert numbers(bbox="106.8,-6.2,106.9,-6.1") == [second, first]
    assert numbers(bbox="106.9,-6.2,107,-6.1") == []
    closed = get("requests.json", status="closed").json_body[0]
    assert closed["status_notes"] == "Ditolak"
    assert closed["updated_datetime"] == "2026-11-23T09:00:00+07:00"


@pytest.mark.parametrize(
    "query",
    [
        {"status": "Menunggu"},
        {"start_date": "yesterday"},
        {"start_date": "0001-01-01T00:00:00Z"},
        {"start_date": "9999-12-31T23:59:59Z"},
        {"start_date": "2026-01-01", "end_date": "2026-11-01"},
        {"start_date": "2026-11-02", "end_date": "2026-11-01"},
        {"service_code": "NO_SUCH"},
        {"page_size": "1001"},
        {"page_size": "-1"},
        {"page": "0"},
        {"page": "9" * 400},
        {"page_size": "51", "extensions": "true"},
        {"bbox": "1,2,3"},
        {"bbox": "nan,nan,nan,nan"},
        {"service_request_id": ",".join(f"JKT0000{index:04d}" for index in range(1000))[:400] + "\x00"},
    ],
    ids=lambda query: ",".join(query),
)
def test_a_question_that_cannot_be_answered_is_refused_by_name(query: dict[str, str], get) -> None:
    assert all(text.split(":")[0] in query or "date" in text for text in refusals(get("requests.json", **query), 400))


def test_an_empty_or_unknown_argument_is_as_none(get, lodged, city) -> None:
    number = lodged()
    project(city)

    answer = get("requests.json", service_code="", status="", page="", extensions="", _="17", jurisdiction_id="")

    assert [item["service_request_id"] for item in answer.json_body] == [number]


@pytest.mark.parametrize("path", ["services", "services/JLN", "requests", "tokens/x", "servicerequestupdates"])
def test_another_jurisdiction_is_not_here(path: str, get) -> None:
    assert refusals(get(f"{path}.json", jurisdiction_id="bandung.go.id"), 404)


@pytest.mark.parametrize(
    "path", ["services/NO_SUCH", "requests/JKT-7K3M-9QXR-B", "requests/JKT-0000-0000-1", "requests/x", "tokens/x"]
)
@pytest.mark.parametrize("kind", ["json", "xml"])
def test_what_is_not_there_is_told_in_the_format_asked_for(path: str, kind: str, get) -> None:
    answer = get(f"{path}.{kind}")

    assert answer.status_code == 404
    code = answer.json_body[0]["code"] if kind == "json" else int(tree(answer).findtext("error/code"))
    assert code == 404


@pytest.mark.parametrize(
    "path", ["services", "services.html", "requests", "requests/x", "x", "services/JLN", "tokens/x"]
)
def test_an_address_without_a_format_is_refused_in_xml(path: str, get) -> None:
    assert get(path).status_code == 404
    assert tree(get(path)).findtext("error/description")


def hidden(city: CityInMemory) -> dict[str, str]:
    private = city.lodge(draft={"visibility": "private"})["number"]
    return {"private": private, "about an officer": city.lodge(draft={"category": STREET_SWEEPERS})["number"]}


@pytest.mark.parametrize("which", ["private", "about an officer"])
def test_a_shielded_case_is_nowhere(which: str, get, city) -> None:
    number = hidden(city)[which]
    project(city)

    assert refusals(get(f"requests/{number}.json"), 404)
    assert get("requests.json").json_body == get("requests.json", service_request_id=number).json_body == []
    assert get("servicerequestupdates.json").json_body == []
    assert number not in get("requests.csv").body.decode()


def test_a_case_that_was_hidden_since_is_left_out_before_its_row_is_gone(get, lodged, city) -> None:
    number = lodged()
    project(city)
    city.does(number, COORDINATOR, "hide", legal_ground="personal_data", text="Nama warga")

    assert get("requests.json").json_body == []


def test_words_that_name_somebody_are_not_shown(get, lodged, city) -> None:
    number = lodged(description="Hubungi Pak Budi di 0812-3456-7890", email="budi@example.com", first_name="Budi")
    project(city)

    for path in (f"requests/{number}.json", f"requests/{number}.xml", "requests.json", "requests.csv"):
        shown = get(path, **({} if path.endswith("csv") else {"extensions": "true"})).body.decode()
        assert "7890" not in shown
        assert "Budi" not in shown
        assert "budi@" not in shown


def test_markup_and_odd_signs_leave_the_document_whole(get, lodged) -> None:
    number = lodged(description='<b>Lubang</b> & "air" ]]> \x01\x0b\ufffe 🚧\nbaris dua')

    assert tree(get(f"requests/{number}.xml")).findtext("request/description") == (
        '<b>Lubang</b> & "air" ]]> ??? 🚧\nbaris dua'
    )


# extensions


def test_the_extensions_come_when_they_are_asked_for(get, lodged, city) -> None:
    number = lodged()
    city.does(number, LURAH, "coordinate", unit="DBM", text="Kewenangan Dinas Bina Marga")
    project(city)

    plain = get(f"requests/{number}.json").json_body[0]
    full = get(f"requests/{number}.json", extensions="true").json_body[0]
    listed = get("requests.json", extensions="true").json_body[0]
    assert full == listed
    assert set(full) - set(plain) == {"attributes", "extended_attributes", "notes"}
    assert full["extended_attributes"]["status_label"] == "Koordinasi"
    assert [note["type"] for note in full["notes"]] == ["lodge", "coordinate"]
    assert full["notes"][1]["description"] == "Koordinasikan ke OPD: Kewenangan Dinas Bina Marga"
    assert tree(get(f"requests/{number}.xml", extensions="true")).findtext("request/notes/note/type") == "lodge"


def test_news_of_cases_are_updates_in_the_words_of_the_exchange(get, lodged, city) -> None:
    number = lodged()
    city.pass_time(timedelta(minutes=5))
    city.does(number, LURAH, "coordinate", unit="DBM", text="Kewenangan Dinas Bina Marga")
    city.does(number, HEAD, "comment", text="Tim berangkat besok")
    city.does(number, HEAD, "comment", text="Rahasia", internal=True)
    city.does(number, HEAD, "assign", 2, officer=ENGINEER.id)
    project(city)

    found = get("servicerequestupdates.json").json_body
    assert [(one["status"], one["external_status_code"]) for one in found] == [
        ("INVESTIGATING", "coordinated"),
        ("INVESTIGATING", "coordinated"),
        ("ACTION_SCHEDULED", "assigned"),
    ]
    assert found[1]["description"] == "Tambah keterangan: Tim berangkat besok"
    assert {one["service_request_id"] for one in found} == {number}
    assert len({one["update_id"] for one in found}) == 3
    assert tree(get("servicerequestupdates.xml")).findtext("request_update/service_request_id") == number
    assert get("servicerequestupdates.json", start_date="2026-11-20", end_date="2026-11-21").json_body == []


def an_update(number: str, **more: str) -> dict[str, str]:
    known = {"service_request_id": number, "update_id": "u1", "updated_datetime": "2026-11-23T09:00:00+07:00"}
    return {**known, "status": "OPEN", "description": "Masih ada airnya", **more}


def test_a_clients_update_is_one_comment_however_often_it_comes(post, lodged, city) -> None:
    number = lodged()
    answers = [
        post("servicerequestupdates.json", an_update(number)),
        post("servicerequestupdates.xml", an_update(number, updated_datetime="2026-11-23T10:00:00Z")),
    ]

    assert answers[0].json_body == [{"update_id": "u1"}]
    assert tree(answers[1]).findtext("request_update/update_id") == "u1"
    texts = [event.words["text"] for event in city.complaints.events(number) if event.action == "comment"]
    assert texts == ["Masih ada airnya\n[Status pada pengirim: OPEN]"]


def test_a_client_writes_to_its_own_requests_only(post, lodged, city) -> None:
    others = (lodged(), city.lodge()["number"])
    for number in others:
        assert refusals(post("servicerequestupdates.json", an_update(number), "kunci-lain"), 404)


@pytest.mark.parametrize(
    "missing", ["service_request_id", "update_id", "updated_datetime", "status", "description", "api_key"]
)
def test_an_update_without_an_argument_is_refused_by_its_name(missing: str, post, lodged) -> None:
    fields = {name: value for name, value in an_update(lodged()).items() if name != missing}

    answer = post("servicerequestupdates.json", fields, None if missing == "api_key" else KEY)

    assert [text for text in refusals(answer, 400) if text.startswith(missing)]


FORMULAS = ("=1+1", "+62", "-1+1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", " =1+1", "＝1+1")


def test_no_cell_of_the_export_is_a_formula(get, lodged, city) -> None:
    for text in FORMULAS:
        city.lodge(draft={"words": {"description": text}})
    project(city)

    answer = get("requests.csv")

    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert {row["description"][0] for row in rows if row["description"]} == {"'"}
    assert {float(row["lat"]) for row in rows} == {MONAS[0]}


def test_the_export_quotes_as_tables_do(get, lodged, city) -> None:
    lodged(description='Lubang, "dalam"\nsekali')
    project(city)

    text = get("requests.csv").body.decode()

    assert '"Lubang, ""dalam""\nsekali"' in text
    assert text.split("\r\n")[0].startswith("service_request_id,requested")


def test_pages_of_other_sites_may_read(get) -> None:
    assert all(
        get(path).headers["Access-Control-Allow-Origin"] == "*" for path in ("services.json", "requests.xml", "x.json")
    )


def test_no_answer_is_larger_than_what_is_passed_on(get, city) -> None:
    for _ in range(300):
        city.lodge(draft={"words": {"description": "😀" * 4_000}})
    project(city)

    answer = get("requests.json")

    assert answer.status_code == 200
    assert 200 < len(answer.json_body) < 300
    assert len(get("requests.xml").body) < 6_000_000
    assert refusals(get("requests.json", page_size=300), 400)[0].startswith("page_size: ")
