"""Assets with the hash of their content in their name, so that they may be cached for ever. Sources name each other
plainly: modules by relative imports, everything else as `/assets/<name>`; both are rewritten here."""

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from web.modules import IMPORT, Graph, resolve

ASSET = re.compile(r"/assets/([\w./-]+\.\w+)")


class Assets:
    """Writes assets under `target` and answers their public addresses by their plain names."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.addresses: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> str:
        """Its address, with the first ten hex digits of its SHA-256."""
        address = self._named(name, content)
        self._write(address, content)
        return address

    def _named(self, name: str, content: bytes) -> str:
        stem, dot, ending = name.rpartition(".")
        self.addresses[name] = f"/assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{ending}"
        return self.addresses[name]

    def _write(self, address: str, content: bytes) -> None:
        path = self.target / address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def add_text(self, name: str, text: str) -> str:
        return self.add(name, self.point(text).encode())

    def point(self, text: str) -> str:
        """The text with `/assets/<name>` replaced by real addresses. An unknown name is an error of the build; a real
        address stays."""
        real = set(self.addresses.values())
        return ASSET.sub(lambda found: found[0] if found[0] in real else self.addresses[found[1]], text)

    def add_modules(self, graph: Graph) -> None:
        """Every module, with the addresses of those that it imports. Modules that import each other in a circle are
        named after what they hold together."""
        for group in graph.in_order():
            together = "".join(self.point(self._pointed(name, graph.texts[name], group)) for name in group)
            for name in group:
                self._named(name, together.encode())
            for name in group:
                self._write(self.addresses[name], self.point(self._pointed(name, graph.texts[name])).encode())

    def _pointed(self, name: str, text: str, unnamed: Collection[str] = ()) -> str:
        def rewrite(found: re.Match[str]) -> str:
            imported = resolve(name, found[3])
            return found[0] if imported in unnamed else f"{found[1]}{found[2]}{self.addresses[imported]}{found[2]}"

        return IMPORT.sub(rewrite, text)
