"""Compressed answers, as the edge gives them: chosen by what the client accepts, one address for all of them."""

import gzip
from pathlib import Path

import pytest

from local.front.encoding import SMALLEST, chosen, of_api
from local.front.site import Site

BOTH = ["br", "gzip"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A page with both compressed copies, whose contents say which is which, and one without any."""
    (tmp_path / "assets").mkdir()
    for name, content in (("lapor.html", b"plain"), ("lapor.html.br", b"brotli"), ("lapor.html.gz", b"gzip")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "small.html").write_bytes(b"small")
    return Site(tmp_path)


def asked(site: Site, path: str, accepted: str, seen: str = "") -> tuple[int, dict[str, str], bytes]:
    file = site.find(path)
    assert file
    status, headers, body = site.answer(file, seen, accepted=accepted)
    return status, dict(headers), body


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=1.0", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("br;q=often, gzip", "gzip"),
    ],
)
def test_the_best_encoding_that_is_accepted_is_chosen(accepted: str, best: str) -> None:
    assert chosen(accepted, BOTH) == best


def test_what_is_not_there_is_not_chosen() -> None:
    assert chosen("br, gzip", ["gzip"]) == "gzip"
    assert chosen("br", ["gzip"]) == ""


@pytest.mark.parametrize(
    ("accepted", "body", "encoding"), [("br, gzip", b"brotli", "br"), ("gzip", b"gzip", "gzip"), ("", b"plain", None)]
)
def test_a_page_comes_as_its_reader_accepts_it(site: Site, accepted: str, body: bytes, encoding: str | None) -> None:
    status, headers, content = asked(site, "/lapor", accepted)

    assert (status, content, headers.get("content-encoding")) == (200, body, encoding)
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["vary"] == "accept-encoding"


def test_each_encoding_has_a_tag_of_its_own_and_keeps_it(site: Site) -> None:
    tags = {accepted: asked(site, "/lapor", accepted)[1]["etag"] for accepted in ("br", "gzip", "")}

    assert len(set(tags.values())) == 3
    for accepted, tag in tags.items():
        assert asked(site, "/lapor", accepted, tag)[0] == 304
    assert asked(site, "/lapor", "br", tags["gzip"])[0] == 200


@pytest.mark.parametrize("form", ["W/{}", '"other", {}'])
def test_a_tag_is_known_again_as_caches_send_it(site: Site, form: str) -> None:
    tag = asked(site, "/lapor", "br")[1]["etag"]

    status, headers, content = asked(site, "/lapor", "br", form.format(tag))

    assert (status, content, headers["vary"]) == (304, b"", "accept-encoding")


def test_what_has_no_copy_varies_with_nothing(site: Site) -> None:
    _, headers, content = asked(site, "/small", "br, gzip")

    assert (content, "vary" in headers, "content-encoding" in headers) == (b"small", False, False)


@pytest.mark.parametrize("path", ["/lapor.html.br", "/lapor.html.gz"])
def test_a_copy_has_no_address(site: Site, path: str) -> None:
    assert site.find(path) is None


def test_a_long_answer_of_the_api_is_compressed_and_a_short_one_is_not() -> None:
    long, short = b"x" * SMALLEST, b"x" * (SMALLEST - 1)

    status, headers, body = of_api((200, [], long), "gzip, br")

    assert (status, gzip.decompress(body)) == (200, long)
    assert dict(headers) == {"content-encoding": "gzip", "vary": "accept-encoding"}
    assert of_api((200, [], short), "gzip") == (200, [], short)
    assert of_api((200, [], long), "identity") == (200, [], long)
