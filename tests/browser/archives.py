"""Tiny map archives (PMTiles version 3) that tests make themselves: one tile, which stands for every place and zoom."""

import struct
from pathlib import Path

MVT, PNG = 1, 2  # kinds of tiles
PLAIN = 1  # no compression
EVERYWHERE = 2**31  # tiles that the only entry stands for
DEGREES = 10_000_000


def write(path: Path, tile: bytes, kind: int, *, zooms: tuple[int, int] = (0, 15)) -> Path:
    """Header, root directory, empty metadata, the tile."""
    directory = b"".join(map(_varint, (1, 0, EVERYWHERE, len(tile), 1)))  # entries, id, run, length, offset + 1
    metadata = b"{}"
    root, told, data = 127, 127 + len(directory), 127 + len(directory) + len(metadata)
    places = struct.pack("<11Q", root, len(directory), told, len(metadata), data, 0, data, len(tile), 1, 1, 1)
    box = [round(edge * DEGREES) for edge in (106.0, -7.0, 107.5, -5.0)]
    kinds = bytes([1, PLAIN, PLAIN, kind, *zooms])
    middle = struct.pack("<4iB2i", *box, 11, round(106.83 * DEGREES), round(-6.2 * DEGREES))
    path.write_bytes(b"PMTiles\x03" + places + kinds + middle + directory + metadata + tile)
    return path


def a_land_with_a_road() -> bytes:
    """A vector tile of the layers that the Protomaps schema calls `earth` and `roads`."""
    square = [9, 0, 0, 26, 8192, 0, 0, 8192, 8191, 0, 15]  # move, three lines, close; in zigzag steps of 1/4096
    across = [9, 0, 4096, 10, 8192, 0]
    return _layer("earth", 3, square, {"kind": "earth"}) + _layer("roads", 2, across, {"kind": "highway"})


def _layer(name: str, shape: int, geometry: list[int], tags: dict[str, str]) -> bytes:
    pairs = b"".join(_varint(i) for i in range(len(tags)) for _ in (0, 1))
    feature = _field(2, pairs) + _varint(3 << 3) + _varint(shape) + _field(4, b"".join(map(_varint, geometry)))
    keys = b"".join(_field(3, key.encode()) for key in tags)
    values = b"".join(_field(4, _field(1, value.encode())) for value in tags.values())
    extent = _varint(5 << 3) + _varint(4096)
    version = _varint(15 << 3) + _varint(2)
    return _field(3, _field(1, name.encode()) + _field(2, feature) + keys + values + extent + version)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
