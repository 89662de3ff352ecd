"""What each grant of the lifecycle table is, and which roles can ever hold it. `rights.py` decides who holds it on a
case."""

GRANT_ROLES: dict[str, tuple[str, ...]] = {
    "everybody": (  # without credentials too; of no shielded case
        *("public", "reporter", "kelurahan_officer", "opd_officer", "opd_supervisor", "desk", "validator"),
        *("coordinator", "inspectorate", "channel", "system"),
    ),
    "anyone": ("reporter", "kelurahan_officer", "desk", "coordinator", "channel"),
    "reporter": ("reporter",),
    "respondent": ("reporter",),  # by the one-use link of a question
    "agency": ("agency",),  # outside the city, by the link of the referral that stands
    "holder": ("kelurahan_officer", "opd_officer", "opd_supervisor", "inspectorate"),
    "closer": ("kelurahan_officer", "opd_officer", "opd_supervisor", "inspectorate"),  # holder with closing right
    "kelurahan": ("kelurahan_officer",),  # the kelurahan that holds it
    "desk": ("desk",),
    "coordinator": ("coordinator",),
    "judge": ("validator", "inspectorate"),  # never of its own upload; the inspectorate for cases about officers
    "looker": ("validator",),  # of a rejection that is looked at a second time
    "objector": ("coordinator", "inspectorate"),
    "superior": ("opd_supervisor",),
    "approver": ("opd_supervisor", "coordinator", "inspectorate"),  # never the proposer; the inspectorate for its own
    "part": ("kelurahan_officer", "opd_officer", "opd_supervisor"),  # officer of a unit that was given a part
    "open_part": ("kelurahan_officer", "opd_officer", "opd_supervisor"),  # the same, while it is open
    "hider": ("inspectorate", "coordinator"),
    "viewer": (
        "reporter",
        "kelurahan_officer",
        "opd_officer",
        "opd_supervisor",
        "desk",
        "validator",
        "coordinator",
        "inspectorate",
        "channel",
    ),
    "system": ("system",),
}
OFFICERS = GRANT_ROLES["holder"]  # the roles that work cases: they have every unit's queue and every assignment

# A grant that holds in these statuses only. A desk sorts before anybody else has acted; it may locate what it typed
# only as long as it may sort it. Where an action leads back, the status that it leads to counts.
GRANT_STATUSES: dict[str, tuple[str, ...]] = {
    "desk": ("waiting",),
    "objector": ("resolved", "rejected"),
    "agency": ("referred",),
}
