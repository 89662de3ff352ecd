"""Which ES module imports which: at once (`import … from`) or later (`import(…)`)."""

import re
from functools import cached_property
from pathlib import Path

IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}/[^"']+\.js)\2""")
STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+\.js)["']""")


class Graph:
    """The modules below `folder`, by their names there: `form/form.js`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        paths = sorted(folder.rglob("*.js"))
        self.texts = {path.relative_to(folder).as_posix(): path.read_text() for path in paths}

    @cached_property
    def static(self) -> dict[str, list[str]]:
        return {name: [resolve(name, found) for found in STATIC.findall(text)] for name, text in self.texts.items()}

    @cached_property
    def all(self) -> dict[str, list[str]]:
        """Static imports and later ones."""
        return {name: [resolve(name, found[2]) for found in IMPORT.findall(text)] for name, text in self.texts.items()}

    def loaded_with(self, module: str) -> list[str]:
        """The module and what it imports statically, at any depth."""
        return _reach(self.static, [module])

    def wanted_by(self, modules: list[str]) -> list[str]:
        """The modules and everything that they import, at once or later."""
        return _reach(self.all, modules)

    def imported_later(self, modules: list[str]) -> set[str]:
        reached = self.wanted_by(modules)
        return {found for name in reached for found in self.all[name] if found not in self.static[name]}

    def fetches_later(self, module: str) -> bool:
        """Whether the module, or what is loaded with it, imports anything later."""
        return any(set(self.all[name]) != set(self.static[name]) for name in self.loaded_with(module))

    def in_order(self) -> list[str]:
        """All modules, the imported before the importing. A circle of imports is refused."""
        waiting, ordered = dict(self.all), list[str]()
        while waiting:
            ready = [name for name, found in waiting.items() if not waiting.keys() & set(found)]
            ready.sort(key=lambda name: name != "shared.js")
            if not ready:
                raise SystemExit(f"These modules import each other in a circle: {', '.join(waiting)}")
            for name in ready:
                del waiting[name]
            ordered += ready
        return ordered


def _reach(imports: dict[str, list[str]], start: list[str]) -> list[str]:
    seen = list(start)
    for name in seen:
        seen += [found for found in dict.fromkeys(imports[name]) if found not in seen]
    return seen


def resolve(name: str, relative: str) -> str:
    """`form/place.js` and `../map.js` give `map.js`."""
    parts: list[str] = name.split("/")[:-1]
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
