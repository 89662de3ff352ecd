"""The site, built for this city, and the areas that it and the functions share. A failure is told and stops nothing."""

from collections.abc import Callable

from local import private
from local.emulator.deploy import fingerprint
from local.programs import Programs
from local.settings import ROOT, Settings

AREAS = ROOT / "chalicelib" / "data" / "areas.json"


class Web:
    def __init__(self, settings: Settings, programs: Programs, tell: Callable[[str], None]) -> None:
        self._settings = settings
        self._run = programs.run
        self._tell = tell
        self._mark = settings.home / "site.mark"

    def build(self) -> None:
        """Skipped when nothing that the pages are made of has changed."""
        source = fingerprint(ROOT / "web", AREAS, ROOT / "package-lock.json", ROOT / "chalicelib" / "data")
        source += self._settings.origin + repr(self._settings.map_tiles)  # pages name their own address
        if self._settings.site.exists() and self._mark.exists() and self._mark.read_text() == source:
            return
        fault = self._run("-m", "web.build", "--out", str(self._settings.site), "--site-url", self._settings.origin)
        if fault:
            self._tell(f"THE SITE COULD NOT BE BUILT; the rest of the city works.\n{fault}")
        else:
            private.close(self._settings.site)
            self._mark.write_text(source)

    def import_areas(self) -> None:
        """The boundary file that the city brings; without it, the nearest centroid decides."""
        file = self._settings.areas_file
        if file is None:
            AREAS.unlink(missing_ok=True)
            return
        mark, source = self._settings.home / "areas.mark", fingerprint(file)
        if AREAS.exists() and mark.exists() and mark.read_text() == source + fingerprint(AREAS):
            return
        if fault := self._run("-m", "tools", "areas", "import", str(file)):
            self._tell(f"AREAS_FILE WAS NOT TAKEN; the nearest centroid decides.\n{fault}")
            AREAS.unlink(missing_ok=True)
        else:
            mark.write_text(source + fingerprint(AREAS))
