"""What a person may choose when starting the city, read once from the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from web import map_tiles
from web.map_tiles import MapTiles

ROOT = Path(__file__).resolve().parent.parent
REGION = "ap-southeast-3"
ACCOUNT = "000000000000"
STAGE = "local"
STACK = f"tanggap-{STAGE}"
MAIL_SENDER = "tanggap@example.go.id"
MAIL_REPLIES_TO = "dki@example.go.id"
SMS_SENDER_ID = "TANGGAP"


@dataclass(frozen=True)
class Settings:
    """`home` holds everything the city keeps; removing it starts afresh."""

    port: int
    home: Path
    rate_limit: int  # POST /complaints per minute and address; 0: no limit, of guesses neither
    api_workers: int
    watch: bool
    demo: bool
    web: bool  # build the site
    areas_file: Path | None
    reference_overlay: Path | None
    embed_hosts: str = ""  # origins that may show the form in a frame, separated by blanks
    map_tiles: MapTiles = field(default_factory=MapTiles)
    record_calls: Path | None = None  # a file: who called what, by which statement of a policy

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def site(self) -> Path:
        """Built for this city alone, so that two may start at once."""
        return self.home / "site"

    @property
    def package(self) -> Path:
        return self.home / "package"


def from_environment(environ: dict[str, str] | None = None) -> Settings:
    env = dict(os.environ) if environ is None else environ
    return Settings(
        port=int(env.get("PORT") or 8080),
        home=Path(env.get("STATE_DIR") or ROOT / ".local").resolve(),
        rate_limit=int(env.get("RATE_LIMIT") or 300) if env.get("RATE_LIMIT") != "0" else 0,
        api_workers=int(env.get("API_WORKERS") or 3),
        watch=env.get("WATCH") != "0",
        demo=env.get("DEMO") != "0",
        web=env.get("WEB") != "0",
        areas_file=_path(env.get("AREAS_FILE")),
        reference_overlay=_path(env.get("REFERENCE_OVERLAY")),
        embed_hosts=env.get("EMBED_HOSTS", ""),
        map_tiles=map_tiles.from_environment(env),
        record_calls=_path(env.get("RECORD_CALLS")),
    )


def _path(text: str | None) -> Path | None:
    return Path(text).resolve() if text else None
