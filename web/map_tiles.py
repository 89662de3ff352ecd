"""The map pictures that a city brings: `MAP_TILES` and `MAP_ATTRIBUTION`, read once when the pages are built.

`MAP_TILES` is `none`; a raster address such as `https://tiles.example.go.id/{z}/{x}/{y}.png`; or one PMTiles archive:
a file on this machine, which then comes with the site, or an address that answers HTTP Range requests. An address
without a host is the site's own. `MAP_ATTRIBUTION` names the source, as every licence of map data asks;
`[words](https://…)` is a link."""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from markupsafe import Markup, escape

Kind = Literal["none", "raster", "archive"]
HOST = re.compile(r"(https?)://([A-Za-z0-9.-]+(?::\d{1,5})?)/[^\s\"'<>\\]*")
PATH = re.compile(r"/[^/\s\"'<>\\][^\s\"'<>\\]*")
PLACES = {"{z}", "{x}", "{y}"}
PLACE = re.compile(r"\{[^}]*\}")
LOOPBACK = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+)(?::\d+)?")
LINK = re.compile(r"\[([^\]]+)\]\((https://[^\s()\"'<>]+)\)")
MAGIC = b"PMTiles\x03"
PARAMETERS = {"MapImages": "raster", "MapArchive": "archive"}
DIRECTIVES = {"none": None, "raster": "img-src", "archive": "connect-src"}


class MapTilesError(ValueError):
    """The setting cannot be used; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class MapTiles:
    """`address` is what the pages ask; of a file on this machine it is known only once the site has it."""

    kind: Kind = "none"
    address: str = ""
    file: Path | None = None
    attribution: str = ""

    @property
    def origin(self) -> str:
        """Scheme and host where the tiles come from; empty for the site itself."""
        found = HOST.fullmatch(self.address)
        return f"{found[1]}://{found[2]}" if found else ""

    @property
    def policy(self) -> dict[str, list[str]]:
        """What the Content-Security-Policy allows beyond its own: this host, for this purpose alone."""
        directive = DIRECTIVES[self.kind]
        return {directive: [self.origin]} if directive and self.origin else {}

    @property
    def parameters(self) -> dict[str, str]:
        """The same for the stack: its parameters of these names stand in the policy of the edge."""
        return {name: self.origin if self.kind == kind else "" for name, kind in PARAMETERS.items()}

    @property
    def credit(self) -> str:
        """The attribution as HTML, everything but its links escaped."""
        parts = LINK.split(self.attribution)
        words = [escape(text) for text in parts[::3]]
        links = [Markup('<a href="{}">{}</a>').format(*pair) for pair in zip(parts[2::3], parts[1::3], strict=True)]
        return str(Markup("").join(part for pair in zip(words, [*links, ""], strict=True) for part in pair))


NO_TILES = MapTiles()


def from_environment(environ: Mapping[str, str] | None = None) -> MapTiles:
    """Raises MapTilesError."""
    env = os.environ if environ is None else environ
    return read(env.get("MAP_TILES", ""), env.get("MAP_ATTRIBUTION", ""))


def read(tiles: str, attribution: str) -> MapTiles:
    """Raises MapTilesError for what no page could use, and for tiles without a source named."""
    tiles, attribution = tiles.strip(), attribution.strip()
    if tiles in ("", "none"):
        return NO_TILES
    if not attribution:
        raise MapTilesError("MAP_ATTRIBUTION must name the source of MAP_TILES")
    if "{" in tiles:
        return MapTiles("raster", _address(_template(tiles)), None, attribution)
    if not tiles.split("?")[0].endswith(".pmtiles"):
        raise MapTilesError("MAP_TILES is none, an address with {z}, {x} and {y}, or one .pmtiles archive")
    if (file := Path(tiles)).is_file():
        return MapTiles("archive", "", _archive(file), attribution)
    return MapTiles("archive", _address(tiles), None, attribution)


def _template(tiles: str) -> str:
    places = PLACE.findall(tiles)
    if not set(places) >= PLACES or set(places) - PLACES - {"{r}"}:
        raise MapTilesError("MAP_TILES needs {z}, {x} and {y}; {r} may follow, nothing else in braces")
    return tiles


def _address(tiles: str) -> str:
    host = HOST.fullmatch(tiles)
    if host and (host[1] == "https" or LOOPBACK.fullmatch(host[2])):
        return tiles
    if PATH.fullmatch(tiles):
        return tiles
    raise MapTilesError(f"MAP_TILES names no https address, no path of the site and no file: {tiles}")


def _archive(file: Path) -> Path:
    with file.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise MapTilesError(f"{file} is no PMTiles archive of version 3")
    return file.resolve()


def ship(file: Path, site: Path) -> str:
    """Puts an archive into the site, without a second copy where the disk allows it; its address, named after its
    content. A former one goes when the site is brought up to date."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()[:10]
    address = f"/tiles/{file.stem}.{digest}.pmtiles"
    target = site / address.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, target)
    except OSError:  # another disk
        shutil.copyfile(file, target)
    return address
