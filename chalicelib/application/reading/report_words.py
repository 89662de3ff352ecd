"""What the report of a case says, for every view of it: words, place and links."""

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.reading.view_parts import View
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.text.privacy import shown_within


def words_of_report(case: CaseFile) -> View:
    """The words of the report, as everybody may see them."""
    return dict(shown_within(case.first.words))


def links_of(words: View) -> View:
    """Addresses that came with the report, where any did: nobody has looked at what stands there."""
    link = words.get("open311", {}).get("media_url")
    return {"links": [link]} if link else {}


def last_location(case: CaseFile) -> View | None:
    """Where it is exactly: as reported, or as it was set later."""
    known = (*reversed(case.events), case.first)
    located = (event.words["location"] for event in known if event.words.get("location"))
    return next(located, None)


def place_of(complaint: Complaint) -> View | None:
    return {"lat": complaint.place[0], "lon": complaint.place[1]} if complaint.place else None


def harmless_description(case: CaseFile) -> str | None:
    """The description, if nothing that names somebody was found in it when it was written."""
    return None if case.first.facts.get("withheld") else words_of_report(case).get("description")
