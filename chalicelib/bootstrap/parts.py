"""The parts of the composition root. A part is imported when one of its names is first used. So a function that only
shows a case wires no message and no figure, and its cold start reads none of their modules (decision 0094)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from chalicelib.bootstrap.adapters import Adapters

# Module and class of a part, and the names that it declares; a test compares them with the class.
PARTS = {
    "addresses.Addresses": (
        "standings day_counts own_cases channel_secrets pseudonym_of allowance ceilings city_day share_of_day "
        "confirming chats chat_keys replies talks"
    ),
    "administering.Administering": (
        "identity colleagues cursors directory orders accounts unit_topics subscribers administer"
    ),
    "alerting.Alerting": (
        "digests remind_digest tell_secretary remind_late_messages tell_late_messages unit_alerts alert_unit"
    ),
    "calling_back.CallingBack": "delivery to_partners call_back_addresses partners stuck_call_backs call_back",
    "conversing.Conversing": (
        "remark long_messages long_message_parts sorting talking letter_answers add_pictures _attaching "
        "_whereabouts _tell_status _answering"
    ),
    "counting.Counting": "figures statistics export desk_day",
    "floods.FloodParts": "floods flood_rules flood_mode join_floods",
    "judging.Judging": "bench_loads benches reappoint",
    "naming.Naming": "named_things agency_links _site_url",
    "open311.Open311Parts": "dated client_keys rates clients_of_open311 open311_posting",
    "reporters.Reporters": "asks passes bearers names_of_pass ask_for_reports _both_secrets reports send_link",
    "routing.Routing": "rule_store route rule_changes rehearsal",
    "telling.Telling": (
        "relay beat relay_retry dead_letters followers notify_citizen tell_people note_fate windows tell_listeners"
    ),
    "ways_in.WaysIn": (
        "forms drafting intake receiving reading _illustrating fetching take_update inbox answer_message "
        "note_answer_fate channel_secret raw_messages kept_pictures chat_pictures originals message_tasks "
        "message_sources"
    ),
}
_PART_OF = {name: part for part, names in PARTS.items() for name in names.split()}

if TYPE_CHECKING:  # what a type checker sees: one class that has them all
    from chalicelib.bootstrap.administering import Administering
    from chalicelib.bootstrap.counting import Counting
    from chalicelib.bootstrap.floods import FloodParts
    from chalicelib.bootstrap.naming import Naming
    from chalicelib.bootstrap.open311 import Open311Parts
    from chalicelib.bootstrap.reporters import Reporters
    from chalicelib.bootstrap.telling import Telling

    class Parts(Administering, Counting, Telling, Open311Parts, FloodParts, Naming, Reporters):
        """Every name of every part."""

else:

    class Parts(Adapters):
        """Every name of every part."""

        def __getattr__(self, name: str) -> Any:
            """What the part that declares the name makes of it; a cached property keeps it in the instance, as its own.
            Only called where nothing else has the name."""
            if name not in _PART_OF:
                raise AttributeError(f"the composition root has no {name!r}")
            module, _, part = _PART_OF[name].partition(".")
            declared = vars(getattr(import_module(f"chalicelib.bootstrap.{module}"), part))[name]
            return declared.__get__(self, type(self))
