"""The site, built once into a folder of its own."""

from datetime import date
from pathlib import Path

import pytest

from web.build import BuildSettings, build

SETTINGS = BuildSettings("https://tanggap.example", date(2026, 11, 26))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "site"
    build(folder, SETTINGS)
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, str]:
    """HTML by file name: `lapor.html`, `en/lapor.html`."""
    return {str(path.relative_to(site)): path.read_text() for path in sorted(site.rglob("*.html"))}
