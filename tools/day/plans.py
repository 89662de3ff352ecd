"""One report to come: what is sent, and what will become of it."""

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from tools.day.channels import PARTNERS, TYPED, WRITTEN
from tools.day.stories import BY_THE_WAY, DECISIVE, STORIES


@dataclass(frozen=True, slots=True)
class Plan:
    """One report to come, from this kelurahan; `placed`: whether the report says so. `photos`: what is sent, None for
    one announced and never sent. `contact`: email, sms, a messenger's way or None, as the reporter will be told;
    `opens`: when they open the link of their first message. `sorted_as`: what it will be called instead, `is_missorted`
    whether the city took its words for something else; `survivor`: the report of the same matter into which it will be
    merged. `in_public`: it is written where everybody reads it, so that a person makes the case."""

    draft: dict[str, Any]
    category: str
    area: str
    placed: bool
    contact: str | None
    photos: tuple[bytes | None, ...]
    story: str
    channel: str
    opens: str = "never"
    sorted_as: str = ""
    survivor: "Plan | None" = None
    is_missorted: bool = False
    in_public: bool = False

    @property
    def by_desk(self) -> bool:
        return self.channel in TYPED

    @property
    def by_partner(self) -> bool:
        return self.channel in PARTNERS

    @property
    def is_written(self) -> bool:
        """In the sender's own words, which its provider hands on as it came."""
        return self.channel in WRITTEN

    @property
    def is_proven(self) -> bool:
        """Whether the city knows without a link whose the address is."""
        return self.by_desk or (self.is_written and self.contact not in (None, "email"))

    @property
    def steps(self) -> list[str]:
        """What will be done about it, in order: a place is found first, then what it is. Whoever reported by a partner
        or in public and gave no address has no link, so nothing of theirs."""
        steps = list(STORIES[self.story][0])
        if (self.by_partner or self.is_written) and self.contact is None:
            steps = list(
                takewhile(lambda step: step not in DECISIVE, (step for step in steps if step not in BY_THE_WAY))
            )
        resorted = self.is_missorted and "recategorise" not in steps
        first = [*([] if self.placed else ["locate"]), *(["recategorise"] if resorted else [])]
        return [*first, *steps] if steps else []

    def taken_as(self, category: str) -> "Plan":
        """Once the city has chosen a category by the words: what it chose is the first one."""
        if category == self.category:
            return self
        return replace(self, category=category, sorted_as=self.category, is_missorted=True)
