"""What an operator chooses for a stage: stages/<stage>.toml. What is left out there stays as it is in the account."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from web import map_tiles
from web.map_tiles import MapTiles, MapTilesError

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "stages"
EXAMPLE, PRODUCTION = "example", "production"
STAGE = re.compile(r"[a-z][a-z0-9-]{0,20}")  # as the template wants it
UNKNOWN_SITE = "https://site.invalid"  # until the first deployment has told the distribution's name
HOST = r"https://[A-Za-z0-9.*:-]+"
Text = Annotated[str, Field(strict=True)]
PerDay = Annotated[int, Field(strict=True, ge=1, le=10_000_000)]


class SettingsError(Exception):
    """What is wrong with the file, one line for each fault."""


class StageSettings(BaseModel):
    """The words of the file. None: left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mail_sender: Annotated[Text, Field(pattern=r"^[^@ <>]+@[^@ <>]+$")] | None = None
    operator_email: Annotated[Text, Field(pattern=r"^([^@ <>]+@[^@ <>]+)?$")] | None = None
    site_url: Annotated[Text, Field(pattern=r"^(https://[^/]+)?$")] | None = None
    certificate: Annotated[Text, Field(pattern=r"^(arn:aws:acm:us-east-1:\d{12}:certificate/.+)?$")] | None = None
    mfa: Literal["OPTIONAL", "ON"] | None = None
    edge: Annotated[bool, Field(strict=True)] | None = None
    map_tiles: Text | None = None
    map_attribution: Text | None = None
    embed_hosts: Annotated[Text, Field(pattern=rf"^({HOST}( {HOST})*)?$")] | None = None
    mail_per_day: PerDay | None = None
    sms_per_day: PerDay | None = None
    chats_per_day: PerDay | None = None
    mail_replies_to: Annotated[Text, Field(pattern=r"^([^@ <>+]+@[^@ <>]+)?$")] | None = None
    sms_sender_id: Annotated[Text, Field(pattern=r"^([A-Za-z0-9_-]{1,11})?$")] | None = None
    sms_usd_per_month: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] | None = None
    usd_per_month: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] | None = None
    api_at_once: Annotated[int, Field(strict=True, ge=0, le=10_000)] | None = None
    snap_start: Annotated[bool, Field(strict=True)] | None = None
    trace_all: Annotated[bool, Field(strict=True)] | None = None

    def parameters(self, before: Mapping[str, str], domain: str | None) -> dict[str, str]:
        """The template's parameters that change or are new. `before`: those that the stack was last given, none for a
        new one; `domain`: the distribution's own name. Raises SettingsError for what cannot stand together."""
        given = {
            "MailSender": self.mail_sender,
            "OperatorEmail": self.operator_email,
            "CertificateArn": self.certificate,
            "StaffMfa": self.mfa,
            "EmbedHosts": self.embed_hosts,
            "Edge": None if self.edge is None else str(self.edge).lower(),
            "MailPerDay": None if self.mail_per_day is None else str(self.mail_per_day),
            "SmsPerDay": None if self.sms_per_day is None else str(self.sms_per_day),
            "ChatsPerDay": None if self.chats_per_day is None else str(self.chats_per_day),
            "MailRepliesTo": self.mail_replies_to,
            "SmsSenderId": self.sms_sender_id,
            "SmsUsdPerMonth": None if self.sms_usd_per_month is None else str(self.sms_usd_per_month),
            "ApiAtOnce": None if self.api_at_once is None else str(self.api_at_once),
            "SnapStart": None if self.snap_start is None else str(self.snap_start).lower(),
            "TraceAll": None if self.trace_all is None else str(self.trace_all).lower(),
            "SiteUrl": self._site_url(before, domain),
            "MapTiles": self.map_tiles,
            "MapAttribution": self.map_attribution,
        }
        parameters = {name: value for name, value in given.items() if value is not None}
        if parameters.keys() & {"MapTiles", "MapAttribution"}:
            parameters |= tiles_of({**before, **parameters}).parameters
        if wrong := _wrong({**before, **parameters}):
            raise SettingsError("\n".join(wrong))
        return parameters

    @property
    def abroad(self) -> dict[str, str]:
        """The parameters of the stack in us-east-1 that are said here."""
        return {} if self.usd_per_month is None else {"UsdPerMonth": str(self.usd_per_month)}

    def _site_url(self, before: Mapping[str, str], domain: str | None) -> str | None:
        if self.site_url:
            return self.site_url
        if self.site_url is None and before.get("SiteUrl", UNKNOWN_SITE) != UNKNOWN_SITE:
            return None  # as it was
        return f"https://{domain}" if domain else UNKNOWN_SITE


def refuse_without_second_factor(stage: str, effective: Mapping[str, str]) -> None:
    """Every officer of `production` signs in with a second factor; the template demands that too. Raises
    SettingsError."""
    if stage == PRODUCTION and effective.get("StaffMfa", "OPTIONAL") != "ON":
        raise SettingsError('mfa = "ON" is missing: officers of production sign in with a second factor')


def tiles_of(effective: Mapping[str, str]) -> MapTiles:
    """The map's pictures by the stack's parameters. Raises SettingsError."""
    try:
        return map_tiles.read(effective.get("MapTiles", ""), effective.get("MapAttribution", ""))
    except MapTilesError as error:
        words = str(error).replace("MAP_TILES", "map_tiles").replace("MAP_ATTRIBUTION", "map_attribution")
        raise SettingsError(words) from error


def _wrong(effective: Mapping[str, str]) -> list[str]:
    """What the stage would lack, or what would not fit together."""
    wrong = []
    edge, url = effective.get("Edge", "true") == "true", effective["SiteUrl"]
    own = url != UNKNOWN_SITE and not url.endswith(".cloudfront.net")
    if not effective.get("MailSender"):
        wrong.append("mail_sender is missing: the stage is new, and citizens get mail from it")
    if edge and own and not effective.get("CertificateArn"):
        wrong.append(f"certificate is missing: the distribution answers for {url} only with its certificate")
    if edge and not own and effective.get("CertificateArn"):
        wrong.append('a certificate is for a site_url: name it, or write certificate = ""')
    if not edge and url == UNKNOWN_SITE:
        wrong.append("site_url is missing: without the edge nothing tells where the site is")
    return wrong


def read(stage: str, folder: Path | None = None) -> StageSettings:
    """The settings of a stage. Raises SettingsError."""
    file = (folder or FOLDER) / f"{stage}.toml"
    if not STAGE.fullmatch(stage) or stage == EXAMPLE:
        raise SettingsError(f"{stage} is no name for a stage: small letters, digits and hyphens, at most 21")
    if not file.is_file():
        raise SettingsError(
            f"There is no stages/{stage}.toml: copy stages/{EXAMPLE}.toml, and write your settings there"
        )
    try:
        return StageSettings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"stages/{stage}.toml is no TOML: {error}") from error
    except ValidationError as error:
        raise SettingsError("\n".join(_faults(stage, error))) from error


def _faults(stage: str, error: ValidationError) -> list[str]:
    known = ", ".join(StageSettings.model_fields)
    faults = []
    for fault in error.errors():
        name = ".".join(str(part) for part in fault["loc"])
        said = f"is no setting; there are {known}" if fault["type"] == "extra_forbidden" else fault["msg"]
        faults.append(f"stages/{stage}.toml: {name} {said}")
    return faults
