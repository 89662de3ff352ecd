"""Which ES module imports which: at once (`import … from`) or later (`import(…)`)."""

import re
from functools import cached_property
from pathlib import Path

# By a relative name, or as the asset that it is to be: /assets/shared.js.
IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])((?:\.{1,2}|/assets)/[^"']+\.js)\2""")
STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["']((?:\.{1,2}|/assets)/[^"']+\.js)["']""")


class Graph:
    """The modules below `folder`, by their names there: `form/form.js`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        paths = sorted(folder.rglob("*.js"))
        self.texts = {path.relative_to(folder).as_posix(): path.read_text() for path in paths}

    @cached_property
    def static(self) -> dict[str, list[str]]:
        return {name: self._there(name, STATIC.findall(text)) for name, text in self.texts.items()}

    @cached_property
    def all(self) -> dict[str, list[str]]:
        """Static imports and later ones."""
        return {name: self._there(name, [f[2] for f in IMPORT.findall(text)]) for name, text in self.texts.items()}

    def _there(self, name: str, imported: list[str]) -> list[str]:
        """Their names. An asset that is none of these modules (Leaflet) is left out; anything else must be there."""
        found = [(text, resolve(name, text)) for text in imported]
        return [module for text, module in found if module in self.texts or not text.startswith("/assets/")]

    def loaded_with(self, module: str) -> list[str]:
        """The module and what it imports statically, at any depth."""
        return _reach(self.static, [module])

    def wanted_by(self, modules: list[str], *, without: str = "") -> list[str]:
        """The modules and everything that they import, at once or later; `without` one and what only it imports."""
        kept = {name: [found for found in imported if found != without] for name, imported in self.all.items()}
        return _reach(kept, modules)

    def imported_later(self, modules: list[str]) -> set[str]:
        reached = self.wanted_by(modules)
        return {found for name in reached for found in self.all[name] if found not in self.static[name]}

    def in_order(self) -> list[list[str]]:
        """All modules in groups, what a group imports before it. A group of several imports itself in a circle, which
        only a later import may close: a circle of static ones is refused."""
        self._refuse_circles()
        waiting, ordered = dict(self.all), list[list[str]]()
        while waiting:
            reached = {name: _reach(waiting, [name]) for name in waiting}
            least = min(reached, key=lambda name: (len(reached[name]), name))
            group = sorted(reached[least])  # nobody reaches less: so each of them reaches all of them
            waiting = {
                name: [f for f in found if f not in group] for name, found in waiting.items() if name not in group
            }
            ordered.append(group)
        return ordered

    def _refuse_circles(self) -> None:
        for name, found in self.static.items():
            if name in _reach(self.static, found):
                raise SystemExit(f"{name} imports itself in a circle: {', '.join(sorted(_reach(self.static, [name])))}")


def _reach(imports: dict[str, list[str]], start: list[str]) -> list[str]:
    seen = list(start)
    for name in seen:
        seen += [found for found in dict.fromkeys(imports[name]) if found not in seen]
    return seen


def resolve(name: str, relative: str) -> str:
    """`form/place.js` and `../map.js` give `map.js`, and so does `/assets/map.js` anywhere."""
    if relative.startswith("/assets/"):
        return relative.removeprefix("/assets/")
    parts: list[str] = name.split("/")[:-1]
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
