"""Reason codes that an action may be given, and the outcomes that a holder may propose. Codes are stable: clients and
channels use them."""

_OTHER = ("other",)
REASONS: dict[str, tuple[str, ...]] = {
    "reject": (
        "not_a_complaint",
        "outside_authority",
        "outside_jakarta",
        "not_enough_facts",
        "spam",
        "abusive",
        "private_dispute",
        "in_court",
        "emergency",
        *_OTHER,
    ),
    "transfer": ("not_ours", "wrong_category", "wrong_area", "other_unit_first", "belongs_to_other", *_OTHER),
    "refuse": (
        "not_solved",
        "wrong_place",
        "unclear_photo",
        "reused_photo",
        "suspected_generated",
        "wrong_time",
        "incomplete",
        *_OTHER,
    ),
    "overturn": _OTHER,
    "propose_done": ("no_authority", "no_budget", "private_land", "in_court", *_OTHER),  # with outcome `cannot`
}
LEGAL_GROUNDS = ("personal_data", "court_order", "minor", "security", *_OTHER)  # on which a case may be hidden
OUTCOMES = ("solved", "planned", "cannot", "not_found")
