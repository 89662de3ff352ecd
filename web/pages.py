"""The pages that there are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is the address without its slash, `script` the module that the page runs, and `scopes` the strings that
    the module uses. A `public` page is for search engines and stands in the site's map. `first` says what may make the
    page show another step than the first: an address ("hash") or a session. `later` are the scopes of strings that the
    script fetches when it needs them (texts.js, `learn`)."""

    name: str
    path: str
    script: str | None = None
    scopes: tuple[str, ...] = ("common",)
    style: str = "citizen.css"
    public: bool = True
    first: str = ""
    later: tuple[str, ...] = ()


CASE = ("common", "status", "public", "icon", "action", "reason", "case", "personal", "photo")
ROOMS = (*CASE, "act", "atlas", "console", "contact", "desk", "place", "problem", "rules", "told")
FORM = ("common", "atlas", "contact", "form", "personal", "photo", "place", "problem", "status", "icon")
FRAMED = "embed"  # the page that other sites show in a frame
PAGES = (
    Page("home", "index", "home.js", ("common", "track")),
    Page("form", "lapor", "form/form.js", FORM, first="hash"),
    Page(FRAMED, "sisip", "form/form.js", FORM, public=False, first="hash"),
    Page("track", "lacak", "track.js", (*CASE, "atlas", "reporter", "track"), first="hash"),
    Page("map", "peta", "public_map.js", ("common", "atlas", "map", "place", "status", "icon")),
    Page("statistics", "statistik", "statistics.js", ("common", "statistics")),
    Page(
        "console",
        "konsol",
        "console/console.js",
        ("common", "door", "problem"),
        "console.css",
        public=False,
        first="session",
        later=ROOMS,
    ),
    Page("about", "tentang"),
    Page("privacy", "privasi"),
    Page("help", "bantuan"),
    Page("access", "aksesibilitas"),
    Page(
        "answer",
        "jawab",
        "answer.js",
        ("common", "answer", "photo", "personal", "reporter"),
        public=False,
        first="hash",
    ),
    Page(
        "agency",
        "instansi",
        "agency.js",
        ("common", "agency", "answer", "case", "status", "action", "reason", "photo", "personal", "reporter"),
        public=False,
        first="hash",
    ),
    Page(
        "own",
        "laporan-saya",
        "own_reports.js",
        ("common", "contact", "icon", "own", "status"),
        public=False,
        first="hash",
    ),
    Page("notme", "bukan-saya", "not_me.js", ("common", "notme"), public=False),
    Page("offline", "tanpa-sambungan", "offline.js", ("common", "offline", "track"), public=False),
    Page("missing", "404", public=False),
)
OFFLINE = ("form", "track", "offline")  # names of the pages that are kept for when there is no network


def address(page: Page, language: str) -> str:
    """Where people find the page."""
    path = "" if page.path == "index" else page.path
    return f"/{path}" if language == "id" else f"/en/{path}".rstrip("/")
