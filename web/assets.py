"""Assets with the hash of their content in their name, so that they may be cached for ever. Sources name each other
plainly: modules by relative imports, everything else as `/assets/<name>`; both are rewritten here."""

import hashlib
import re
from pathlib import Path

IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}/[^"']+\.js)\2""")
STATIC_IMPORT = re.compile(r"""(?:\bfrom|^import)\s*["'](\.{1,2}/[^"']+\.js)["']""", re.MULTILINE)
ASSET = re.compile(r"/assets/([\w./-]+\.\w+)")
COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)


class Assets:
    """Writes assets under `target` and answers their public addresses by their plain names."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.addresses: dict[str, str] = {}
        self._static_imports: dict[str, list[str]] = {}

    def add(self, name: str, content: bytes) -> str:
        """Its address, with the first ten hex digits of its SHA-256."""
        stem, dot, ending = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()[:10]
        address = f"/assets/{stem}.{digest}{dot}{ending}"
        path = self.target / address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.addresses[name] = address
        return address

    def add_text(self, name: str, text: str) -> str:
        return self.add(name, self.point(text).encode())

    def point(self, text: str) -> str:
        """The text with `/assets/<name>` replaced by real addresses. An unknown name is an error of the build; a real
        address stays."""
        real = set(self.addresses.values())
        return ASSET.sub(lambda found: found[0] if found[0] in real else self.addresses[found[1]], text)

    def add_modules(self, folder: Path) -> None:
        """Every module below `folder`, the imported before the importing. A circle of imports is refused."""
        sources = {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.js"))}
        waiting = dict(sources)
        while waiting:
            ready = [name for name, text in waiting.items() if not imports(name, text) & waiting.keys()]
            if not ready:
                raise SystemExit(f"These modules import each other in a circle: {', '.join(waiting)}")
            for name in ready:
                self._add_module(name, waiting.pop(name))

    def _add_module(self, name: str, text: str) -> None:
        self._static_imports[name] = [resolve(name, found) for found in STATIC_IMPORT.findall(text)]

        def rewrite(found: re.Match[str]) -> str:
            return f"{found[1]}{found[2]}{self.addresses[resolve(name, found[3])]}{found[2]}"

        self.add_text(name, IMPORT.sub(rewrite, COMMENT.sub("", text)))

    def needed_by(self, module: str) -> list[str]:
        """Addresses of the modules that `module` imports statically, at any depth: what a page may preload."""
        return [self.addresses[name] for name in self._reach(module, [])]

    def _reach(self, module: str, seen: list[str]) -> list[str]:
        for name in self._static_imports.get(module, []):
            if name not in seen:
                seen.append(name)
                self._reach(name, seen)
        return seen


def imports(name: str, text: str) -> set[str]:
    """Names of the modules that a module imports, statically or when it needs them."""
    return {resolve(name, found[2]) for found in IMPORT.findall(text)}


def resolve(name: str, relative: str) -> str:
    """`form/place.js` and `../map.js` give `map.js`."""
    parts: list[str] = name.split("/")[:-1]
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
