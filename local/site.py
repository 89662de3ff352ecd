"""The built site, with the headers that CloudFront gives it."""

import email.utils
import hashlib
import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local import ranges
from local.settings import ROOT

Response = tuple[int, list[tuple[str, str]], bytes]
FOR_EVER = "public, max-age=31536000, immutable"  # assets carry their hash in their name
HEADERS_FILE = ROOT / "infra" / "site_headers.json"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".webmanifest": "application/manifest+json"}
TEXTUAL = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class Site:
    def __init__(
        self, folder: Path, more_sources: Mapping[str, list[str]] | None = None, headers_file: Path = HEADERS_FILE
    ) -> None:
        """`more_sources`: what this city's pages may ask beyond the shared policy, by directive."""
        self._folder = folder
        self._more_sources = more_sources or {}
        self._headers_file = headers_file
        self._known: dict[Path, tuple[float, str, bytes]] = {}
        self.config: dict[str, Any] = {}  # /config.json: what the pages must know of this stage

    def find(self, path: str) -> Path | None:
        """Clean addresses: /lapor is lapor.html, a folder its index.html."""
        plain = path.strip("/")
        if ".." in plain.split("/") or "\0" in plain:
            return None
        names = [plain, f"{plain}.html", f"{plain}/index.html"] if plain else ["index.html"]
        return next((f for f in (self._folder / n for n in names) if f.is_file()), None)

    def answer(self, file: Path, seen_tag: str = "", status: int = 200, part: str = "") -> Response:
        """`part`: the Range header. Archives are read part by part."""
        changed, tag, content = self._read(file)
        headers = [*self._security(), ("etag", tag), ("cache-control", self._kept(file))]
        headers.append(("last-modified", email.utils.formatdate(changed, usegmt=True)))
        if tag == seen_tag:
            return 304, headers, b""
        headers += [("content-type", _type(file)), ("accept-ranges", "bytes")]
        if part and status == 200:
            status, range_headers, content = ranges.cut(content, part)
            headers += range_headers
        return status, headers, content

    def _kept(self, file: Path) -> str:
        named = any(file.is_relative_to(self._folder / folder) for folder in ("assets", "tiles"))
        return FOR_EVER if named else "no-cache"

    def answer_config(self) -> Response:
        headers = [*self._security(), ("cache-control", "no-cache"), ("content-type", "application/json")]
        return 200, headers, json.dumps(self.config).encode()

    def missing(self) -> Response:
        page = self._folder / "404.html"
        if page.is_file():
            return self.answer(page, status=404)
        return (
            404,
            [*self._security(), ("content-type", "text/plain; charset=utf-8")],
            b"Halaman tidak ditemukan.\n",
        )

    def _read(self, file: Path) -> tuple[float, str, bytes]:
        changed = file.stat().st_mtime
        known = self._known.get(file)
        if not known or known[0] != changed:
            content = file.read_bytes()
            known = self._known[file] = (changed, f'"{hashlib.sha256(content).hexdigest()[:20]}"', content)
        return known

    def _security(self) -> list[tuple[str, str]]:
        """As they stand in the file: here the bucket and the sign-in are of the page's own origin."""
        shared = json.loads(self._headers_file.read_text())
        directives = shared["content_security_policy"].items()
        policy = "; ".join(" ".join([name, *listed, *self._more_sources.get(name, ())]) for name, listed in directives)
        return [("content-security-policy", policy), *((n.lower(), v) for n, v in shared["headers"].items())]


def _type(file: Path) -> str:
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(TEXTUAL) else kind
