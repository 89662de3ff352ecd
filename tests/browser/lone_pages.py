"""The built pages on a loopback port, with an API of canned answers: where a test is about what a page draws, a whole
city would only be slow. The files and headers are those of the local city's own `Site`."""

import json
import threading
from collections.abc import Callable, Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chalicelib.application.reading.catalogue import catalogue
from chalicelib.data import reference
from local.front.site import Site
from web.build import BuildSettings, build
from web.map_tiles import NO_TILES, MapTiles

Query = dict[str, str]
Answer = Callable[[Query], Any]
Response = tuple[int, list[tuple[str, str]], bytes]
Respond = Callable[[str, Mapping[str, str]], Response]


class Loopback:
    """A server on a loopback port of its own, which answers as `answer` says."""

    answer: Respond

    def serve(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.answer))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class LonePages(Loopback):
    """`api`: what `/api/<path>` answers, by path; a path that is not there is 404. `asked`: every path, in order."""

    def __init__(self, folder: Path, *, tiles: MapTiles = NO_TILES, outlines: Any = None) -> None:
        build(folder, BuildSettings("https://aduan.example.go.id", date(2026, 1, 1), tiles=tiles))
        (folder / "areas.json").write_text(json.dumps(outlines))
        self.site = Site(folder, tiles.policy)
        self.asked: list[str] = []
        self.api: dict[str, Answer] = {
            "reference": lambda _: catalogue(reference()),
            "map": lambda _: {"items": []},
            "complaints/nearby": lambda _: {"items": []},
        }
        self.serve()

    def answer(self, path: str, headers: Mapping[str, str]) -> Response:
        parts = urlsplit(path)
        self.asked.append(parts.path)
        if parts.path.startswith("/api/"):
            return self._of_api(parts.path.removeprefix("/api/"), parts.query)
        file = self.site.find(parts.path)
        accepted, part = headers.get("accept-encoding", ""), headers.get("range", "")
        return self.site.answer(file, accepted=accepted, part=part) if file else self.site.missing()

    def _of_api(self, path: str, query: str) -> Response:
        known = self.api.get(path)
        body = known({name: values[0] for name, values in parse_qs(query).items()}) if known else {"status": 404}
        return (200 if known else 404), [("content-type", "application/json")], json.dumps(body).encode()


class Tiles(Loopback):
    """A tile server of another host's kind: every tile is the same picture."""

    def __init__(self, picture: bytes, kind: str = "image/png") -> None:
        self.asked: list[str] = []
        self._picture, self._kind = picture, kind
        self.serve()

    def answer(self, path: str, headers: Mapping[str, str]) -> Response:
        self.asked.append(path)
        return 200, [("content-type", self._kind)], self._picture


def _handler(answer: Respond) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            self.send_response(status)
            for name, value in [*headers, ("content-length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    return Handler
