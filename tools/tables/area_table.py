"""How people write the kelurahan, as `chalicelib/data/area_names.json` for Python and pages alike. `python -m tools
generate` writes it from the CSV files beside it."""

from collections import defaultdict
from typing import Any

from chalicelib.data import reference, tables
from chalicelib.domain.text.language import Language, words_of
from tools.tables.words import MARK, language, phrases

NUMBERS = {"2": "dua", "3": "tiga", "5": "lima"}  # Pegangsaan 2, Duren 3, Jembatan 5


def area_table() -> dict[str, Any]:
    """Short forms, aliases and the ways to write a kota; names come from the reference data."""
    rules = language()
    return {
        "generated": MARK,
        "address": " ".join(sorted(rules.address)),
        "counted": " ".join(sorted(rules.counted)),
        "forms": NUMBERS | _forms(),
        "kota": {written: row["kota_code"] for row in tables.rows("kota_short_forms.csv") for written in _each(row)},
        "aliases": _aliases(),
        "no_problems": ";".join(_no_problems(rules)),
    }


def _forms() -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in tables.rows("area_short_forms.csv"):
        for written in row["written"].split():
            found[written].append(row["meant"])
    return {written: ";".join(meant) for written, meant in found.items()}


def _each(row: tables.Row) -> list[str]:
    return row["written"].split(";")


def _aliases() -> dict[str, str]:
    """Alias → codes. The names in the file are unique; `python -m tools reference --check` says so."""
    codes = {area.name: area.code for area in reference().areas.values()}
    return {
        row["alias"].lower(): " ".join(codes[name] for name in row["areas"].split(";"))
        for row in tables.rows("area_aliases.csv")
    }


def _no_problems(rules: Language) -> list[str]:
    """Names of places that would be taken for problems: `pasar minggu`, `kali deres`."""
    said = {line for lines in phrases(rules).values() for line in lines}
    known = {word for line in said for word in line.split()}
    areas = reference().areas.values()
    listed = [*(area.name for area in areas), *(area.kecamatan for area in areas)]
    listed += [row["alias"] for row in tables.rows("area_aliases.csv")]
    found = {" ".join(words_of(name)) for name in listed}
    return sorted(name for name in found if " " in name and _misleads(rules, name, known, said))


def _misleads(rules: Language, name: str, known: set[str], said: set[str]) -> bool:
    folds = [rules.fold(word) for word in name.split()]
    return not known.isdisjoint(folds) and " ".join(folds) not in said
