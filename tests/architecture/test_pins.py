"""What is installed is what was looked at: every pin has its files' hashes, and every installation asks for them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pillow_heif
import pytest

from tools import environment
from tools.deployment import layers
from tools.deployment.package import ROOT

FILES = sorted(ROOT.glob("requirements*.txt"))
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


def pins(file: Path) -> list[str]:
    """Every pin with its hashes, as one line."""
    text = re.sub(r"(?m)^\s*#.*\n", "", file.read_text()).replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.strip()]


def named(text: str) -> set[str]:
    return {name.lower().replace("_", "-") for name in NAME.findall(text)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_pin_is_exact_and_has_its_hashes(file: Path) -> None:
    assert pins(file)
    for pin in pins(file):
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", pin), pin


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_of_pins_holds_what_is_asked_for(file: Path) -> None:
    asked = file.with_suffix(".in").read_text()

    assert named(asked) <= named("\n".join(pins(file)))


def test_everything_that_is_asked_for_has_its_pins() -> None:
    assert [file.stem for file in sorted(ROOT.glob("requirements*.in"))] == [file.stem for file in FILES]


def test_the_pins_of_what_ships_are_those_that_the_tests_run_with() -> None:
    shipped, all_of_it = pins(ROOT / "requirements.txt"), pins(ROOT / "requirements-dev.txt")

    assert {pin.split(" ")[0] for pin in shipped} <= {pin.split(" ")[0] for pin in all_of_it}


def test_no_package_index_is_named() -> None:
    for file in FILES:
        assert "://" not in file.read_text(), file.name


def test_every_installation_asks_for_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text()
    installs = re.findall(r".*pip install.*", makefile + (ROOT / "infra/targets.mk").read_text())

    assert installs
    assert all("$(HASHED)" in line for line in installs)
    assert "--require-hashes --only-binary :all:" in makefile
    assert "pip install" not in (ROOT / ".ci/run").read_text()


class Installed:
    """Plays the programs that install: `failing` are those that end badly. Keeps what was called, and with what."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *failing: str, settings: str = "") -> None:
        self.calls: list[list[str]] = []
        self.environments: list[dict[str, str]] = []
        self._failing, self._settings = failing, settings
        monkeypatch.setattr(subprocess, "run", self._run)

    def _run(self, words: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        if words[-2:] == ["config", "list"]:
            return subprocess.CompletedProcess(words, 0, stdout=self._settings)
        self.calls.append(words)
        self.environments.append(how.get("env") or {})
        program = "uv" if words[0].endswith("uv") else "pip"
        return subprocess.CompletedProcess(words, int(f"{program} {Path(words[-1]).name}" in self._failing))

    @property
    def programs(self) -> list[tuple[str, str]]:
        return [("uv" if words[0].endswith("uv") else "pip", Path(words[-1]).name) for words in self.calls]


UV, PINS = ("pip", "requirements-lock.txt"), "requirements-dev.txt"
WAYS = {
    "uv installs, and comes by its own pin": ((), [UV, ("uv", PINS)], 0),
    "without a wheel of uv pip installs": (("pip requirements-lock.txt",), [UV, ("pip", PINS)], 0),
    "where uv reaches nothing pip installs": ((f"uv {PINS}",), [UV, ("uv", PINS), ("pip", PINS)], 0),
    "where neither installs it fails": ((f"uv {PINS}", f"pip {PINS}"), [UV, ("uv", PINS), ("pip", PINS)], 1),
}


@pytest.mark.parametrize(("failing", "programs", "status"), WAYS.values(), ids=WAYS)
def test_an_environment_is_installed_by_hashes_from_wheels(
    failing: tuple[str, ...], programs: list[tuple[str, str]], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Installed(monkeypatch, *failing)

    assert environment.main([PINS]) == status

    assert played.programs == programs
    assert all({"--require-hashes", "--only-binary", ":all:", "--no-deps"} <= set(words) for words in played.calls)


OURS = "global.index-url='https://mirror.example/simple'\n"
TOLD = {
    "nothing": ("global.cert='/etc/ca.pem'\n", {}, None),
    "an index": (OURS, {}, "https://mirror.example/simple"),
    "an index beside others": (f"global.extra-index-url='file:///x'\n{OURS}", {}, "https://mirror.example/simple"),
    "the environment's index": (f"{OURS}:env:.index-url='https://b/simple'\n", {}, "https://b/simple"),
    "uv's own": (OURS, {"UV_DEFAULT_INDEX": "https://c/simple"}, "https://c/simple"),
}


@pytest.mark.parametrize(("settings", "variables", "index"), TOLD.values(), ids=TOLD)
def test_uv_looks_where_pip_is_told_to_look(
    settings: str, variables: dict[str, str], index: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    played = Installed(monkeypatch, settings=settings)

    environment.main([PINS])

    assert played.environments[1].get("UV_DEFAULT_INDEX") == index


def test_a_layer_is_installed_by_hashes_from_wheels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[tuple[list[str], str]] = []

    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        calls.append((words, Path(words[words.index("-r") + 1]).read_text()))
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", run)
    photo = layers.split(layers.pins_of(ROOT / "requirements.txt"))["photo"]

    layers._install(photo, tmp_path / "photo" / "python")

    ((words, listed),) = calls
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(words)
    assert [line.split("==")[0] for line in listed.splitlines()] == list(photo)
    assert all("--hash=sha256:" in line for line in listed.splitlines())
    assert list((tmp_path / "photo").iterdir()) == [tmp_path / "photo" / "python"]


def test_a_pin_without_a_hash_goes_into_no_layer(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("pillow==13.0.0\n")

    with pytest.raises(layers.LayerError, match=r"pillow==13\.0\.0 has no hash"):
        layers.pins_of(file)


@pytest.mark.parametrize(
    ("marker", "counts"),
    [
        ("sys_platform == 'win32'", False),
        ("sys_platform == 'linux'", True),
        ("platform_python_implementation != 'PyPy'", True),
        ("python_full_version < '3.12'", False),
        ("python_full_version >= '3.12'", True),
        ("platform_machine == 'x86_64'", False),
    ],
)
def test_a_pin_counts_where_the_functions_run_and_not_where_the_layer_is_built(
    marker: str, counts: bool, tmp_path: Path
) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(f"pillow==13.0.0 ; {marker} \\\n    --hash=sha256:{'0' * 64}\n")

    assert bool(layers.pins_of(file)) is counts


@pytest.mark.parametrize(
    ("library", "mended"), [("libheif", (1, 23, 4)), ("libde265", (1, 1, 3))], ids=["libheif", "libde265"]
)
def test_the_decoders_of_strangers_pictures_are_not_those_with_known_holes(
    library: str, mended: tuple[int, ...]
) -> None:
    """They come inside a wheel, where no scanner of packages sees them."""
    told = str(pillow_heif.libheif_info())
    (version,) = re.findall(rf"'{library}': '(?:[^']*version )?([0-9.]+)'", told)

    assert tuple(map(int, version.split("."))) >= mended
