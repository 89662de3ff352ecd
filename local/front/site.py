"""The built site, with the headers that CloudFront gives it, compressed as CloudFront does."""

import email.utils
import hashlib
import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from local.front import ranges
from local.front.encoding import VARY, chosen
from local.settings import ROOT

Response = tuple[int, list[tuple[str, str]], bytes]
FOR_EVER = "public, max-age=31536000, immutable"  # assets carry their hash in their name
HEADERS_FILE = ROOT / "infra" / "site_headers.json"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}
TEXTUAL = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
ENDINGS = {"br": ".br", "gzip": ".gz"}  # of the compressed copies that web/build.py writes beside a file


class Known(NamedTuple):
    """A file as it was last read; `changed` in seconds since 1970."""

    changed: float
    tag: str
    content: bytes


class Site:
    def __init__(
        self,
        folder: Path,
        more_sources: Mapping[str, list[str]] | None = None,
        headers_file: Path = HEADERS_FILE,
        framers: str = "",
    ) -> None:
        """`more_sources`: what this city's pages may ask beyond the shared policy, by directive. `framers`: the origins
        that may show the form in a frame, separated by blanks."""
        self._folder = folder
        self._more_sources = more_sources or {}
        self._headers_file = headers_file
        self._framers = framers.split()
        self._known: dict[Path, Known] = {}
        self.config: dict[str, Any] = {}  # /config.json: what the pages must know of this stage

    def find(self, path: str) -> Path | None:
        """Clean addresses: /lapor is lapor.html, a folder its index.html. A copy has no address of its own."""
        plain = path.strip("/")
        if ".." in plain.split("/") or "\0" in plain or plain.endswith(tuple(ENDINGS.values())):
            return None
        names = [plain, f"{plain}.html", f"{plain}/index.html"] if plain else ["index.html"]
        return next((f for f in (self._folder / n for n in names) if f.is_file()), None)

    def answer(self, file: Path, seen_tag: str = "", status: int = 200, accepted: str = "", part: str = "") -> Response:
        """`seen_tag`, `accepted` and `part` are the request's If-None-Match, Accept-Encoding and Range. A part is of
        the file itself, never of its compressed form."""
        copies = [name for name, ending in ENDINGS.items() if _beside(file, ending).is_file()]
        encoding = "" if part else chosen(accepted, copies)
        known = self._read(_beside(file, ENDINGS[encoding]) if encoding else file)
        headers = [*self._security(file), ("etag", known.tag), ("cache-control", self._kept(file))]
        headers.append(("last-modified", email.utils.formatdate(known.changed, usegmt=True)))
        headers += [VARY] if copies else []
        if known.tag in _tags(seen_tag):
            return 304, headers, b""
        headers += [("content-encoding", encoding)] if encoding else []
        headers += [("content-type", _type(file)), ("accept-ranges", "bytes")]
        if not part or status != 200:
            return status, headers, known.content
        status, told, content = ranges.cut(known.content, part)
        return status, headers + told, content

    def _kept(self, file: Path) -> str:
        named = any(file.is_relative_to(self._folder / folder) for folder in ("assets", "tiles"))
        return FOR_EVER if named else "no-cache"

    def answer_config(self) -> Response:
        headers = [*self._security(), ("cache-control", "no-cache"), ("content-type", "application/json")]
        return 200, headers, json.dumps(self.config).encode()

    def missing(self, accepted: str = "") -> Response:
        page = self._folder / "404.html"
        if page.is_file():
            return self.answer(page, status=404, accepted=accepted)
        return (
            404,
            [*self._security(), ("content-type", "text/plain; charset=utf-8")],
            b"Halaman tidak ditemukan.\n",
        )

    def _read(self, file: Path) -> Known:
        changed = file.stat().st_mtime
        known = self._known.get(file)
        if not known or known.changed != changed:
            content = file.read_bytes()
            known = self._known[file] = Known(changed, f'"{hashlib.sha256(content).hexdigest()[:20]}"', content)
        return known

    def _security(self, file: Path | None = None) -> list[tuple[str, str]]:
        """As they stand in the file: here the bucket and the sign-in are of the page's own origin."""
        shared = json.loads(self._headers_file.read_text())
        directives, headers = dict(shared["content_security_policy"]), dict(shared["headers"])
        if file and f"/{file.relative_to(self._folder).with_suffix('')}" in shared.get("framed", ()):
            directives["frame-ancestors"] = self._framers or ["'none'"]
            del headers["X-Frame-Options"]
        listed = {name: [*sources, *self._more_sources.get(name, ())] for name, sources in directives.items()}
        policy = "; ".join(" ".join([name, *sources]) for name, sources in listed.items())
        return [("content-security-policy", policy), *((n.lower(), v) for n, v in headers.items())]


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _tags(seen: str) -> list[str]:
    """The tags of an If-None-Match: one or several, weak or strong."""
    return [tag.strip().removeprefix("W/") for tag in seen.split(",")]


def _type(file: Path) -> str:
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(TEXTUAL) else kind
