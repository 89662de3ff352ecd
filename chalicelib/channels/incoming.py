"""What a channel's payload says, in our words: the same for every channel."""

from dataclasses import field
from typing import Literal

from chalicelib.application.intake.drafting import ContactInput, ReportInput
from chalicelib.application.ports.channels import Picture
from chalicelib.application.ports.messages import Fate
from chalicelib.domain.place.spots import Location
from chalicelib.domain.values import dataclass

# report: fields that its sender filled in. direct: words that somebody sent to us. mention: words that we were named
# in. handed: a report that another system hands over with its number; its category may not be ours. update: what
# another system says of a report that it handed over. fate: what a provider says later of a message of ours.
# unreadable: nothing that we understand.
Kind = Literal["report", "direct", "mention", "handed", "update", "fate", "unreadable"]

NOBODY = ContactInput()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message. `message_id` is the provider's: the same message has it again. `report` stands for the kinds report
    and handed. `location` is one that the sender shared. `confirmed`: the provider has proved that the sender owns the
    address. `address` is where an answer on the same channel goes (ports/replies.py), empty where that is not known.
    `public`: it was said in public, and its `address` is the post or comment itself. `about`: the tag of a case that
    stood in the address (domain/case/links.py). `unread`: it brought something besides its words that only a person can
    look at. `remote`: pictures that are still with the provider, by what names them there. `part`: which part of a long
    message it is, of how many."""

    kind: Kind
    message_id: str
    text: str = ""
    report: ReportInput | None = None
    sender: ContactInput = NOBODY
    location: Location | None = None
    confirmed: bool = False
    address: str = ""
    public: bool = False
    about: str = ""
    unread: bool = False
    part: tuple[int, int] = (1, 1)
    attachments: tuple[Picture, ...] = field(default=())
    remote: tuple[str, ...] = ()
    topic: str = ""  # another system's name of the category
    number: str = ""  # of an update: our number, and theirs
    tracking_id: str = ""
    fate: Fate | None = None  # of the kind fate
    reason: str = ""  # why it is unreadable: a code
