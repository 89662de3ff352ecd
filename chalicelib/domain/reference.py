"""What the city brings: units, categories, channels, areas. Facts only; `chalicelib.data` loads them once."""

from collections.abc import Mapping
from dataclasses import field

from chalicelib.domain.values import dataclass

EXTERNAL = "eksternal"


@dataclass(frozen=True, slots=True)
class Unit:
    """An OPD, suku dinas, kecamatan, kelurahan or kota. `area` is the Kemendagri code of what it governs."""

    code: str
    name: str
    kind: str  # pimpinan, biro, dinas, suku_dinas, badan, bumd, eksternal, kota, kecamatan, kelurahan, …
    parent: str | None = None  # the dinas of a suku dinas, the kecamatan of a kelurahan, the kota of a kecamatan
    area: str | None = None
    flood: bool = False  # its queue is spread over 8 shards

    @property
    def external(self) -> bool:
        return self.kind == EXTERNAL


@dataclass(frozen=True, slots=True)
class Question:
    """One extra question of a category, as Open311 describes attributes. Never required to accept a report."""

    code: str
    text_id: str
    text_en: str
    datatype: str  # string, number, datetime, text, singlevaluelist, multivaluelist
    required: bool
    values: tuple[tuple[str, str, str], ...] = ()  # key, Indonesian, English


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of problem. Limits are seconds; `lead` and `co_owners` are unit codes or KEL, KEC, KOTA."""

    code: str
    name_id: str
    name_en: str
    group_id: str
    group_en: str
    lead: str
    co_owners: tuple[str, ...]
    first_receiver: str  # KEL or LEAD
    resolution_limit: int
    coordination_limit: int
    rework_limit: int
    about_officer: bool
    sensitive: bool
    nearby_radius: int  # metres
    proof: str  # photo or text
    calendar: str = "calendar"  # which time counts for the limits: see calendar.py
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A kelurahan, with its parents and its centroid (WGS84 degrees). `islands` are those of its islands that lie too
    far from it to be found by it, as points (lat, lon)."""

    code: str
    name: str
    kecamatan: str
    kecamatan_code: str
    kota: str
    kota_code: str
    lat: float
    lon: float
    islands: tuple[tuple[float, float], ...] = ()

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Where it is, as far as points can say."""
        return ((self.lat, self.lon), *self.islands)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in. `desk`: typed by an officer; `ours`: not on the city's list of sixteen."""

    code: str
    name_id: str
    name_en: str
    kind: str
    desk: bool
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A city or regency beside Jakarta, as one point (WGS84 degrees): enough to name it when we refuse a place."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Reference:
    """All of it, by code. `holidays` are names by date (ISO, WIB), `office_hours` by weekday (0 is Monday) the minutes
    after midnight, for categories that do not count every hour."""

    units: Mapping[str, Unit]
    categories: Mapping[str, Category]
    areas: Mapping[str, Area]
    channels: Mapping[str, Channel]
    neighbours: tuple[Neighbour, ...] = ()
    holidays: Mapping[str, str] = field(default_factory=dict)
    office_hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)
