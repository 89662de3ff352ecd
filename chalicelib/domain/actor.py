"""Who acts. Authentication makes an Actor at the door; every right is decided from it and the table."""

from chalicelib.domain.values import dataclass

ROLES = (
    "reporter",
    "kelurahan_officer",
    "opd_officer",
    "opd_supervisor",
    "desk",
    "validator",
    "coordinator",
    "inspectorate",
    "administrator",
    "channel",
    "agency",
    "system",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is the staff username, or the role's own name for reporter, public and system. `only`: the grants of a link
    that opens no more than them; empty: whatever the rights say."""

    role: str
    id: str
    unit: str | None = None
    channels: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


SPEAK_FOR_REPORTER = ("reporter", "channel")  # the roles that speak for the person who reported
WRITE_FROM_OUTSIDE = (*SPEAK_FOR_REPORTER, "agency")  # the roles whose words are no officer's

NO_OFFICERS = ("public", *WRITE_FROM_OUTSIDE, "system")  # the roles of nobody who works for the city

PUBLIC = Actor("public", "public")
REPORTER = Actor("reporter", "reporter")
RESPONDENT = Actor("reporter", "reporter", only=("respondent",))  # the reporter, by the one-use link of a question
SYSTEM = Actor("system", "system")


def agency(referral: int) -> Actor:
    """The agency outside the city, by the link of one referral: the sequence of its event. So each referral has a pace,
    and photos, of its own. No username has a colon."""
    return Actor("agency", f"agency:{referral}", only=("agency",))
