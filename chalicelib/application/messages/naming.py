"""What a message may call a case and those who work on it, in the reader's language. Of a delicate case it names
neither category nor place, and no unit: that would name both."""

import re
from collections.abc import Iterator

from chalicelib.application.wording import Phrases
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

LINKING = frozenset(
    ["dan", "atau", "di", "ke", "yang", "and", "or", "in", "on", "of", "the", "a", "no"]
)  # no name ends with one
BREAKS = re.compile(r"\s*[/,(;]")  # what follows only adds to a category's name


@dataclass(frozen=True, slots=True)
class Names:
    """`area`: the kelurahan's name; None where nobody knows it yet."""

    complaint: Complaint
    words: Phrases
    reference: Reference

    @property
    def are_kept_back(self) -> bool:
        return is_delicate(self.reference.categories[self.complaint.category])

    @property
    def category(self) -> str:
        return str(getattr(self.reference.categories[self.complaint.category], self.words["category_name"]))

    @property
    def area(self) -> str | None:
        return self.reference.areas[self.complaint.area].name if self.complaint.area else None

    def unit(self, code: str) -> str:
        return str(self.words["unit_unnamed"]) if self.are_kept_back else self.reference.units[code].name

    def about(self) -> str:
        """The report, its category and its kelurahan in one sentence."""
        form = "about_unnamed" if self.are_kept_back else "about" if self.area else "about_unplaced"
        return str(self.words[form].format(number=self.complaint.number, category=self.category, area=self.area))

    def matter(self) -> str | None:
        """Category and kelurahan, as a subject has them; None where they are not named."""
        return None if self.are_kept_back else next(self.matters())

    def matters(self) -> Iterator[str]:
        """The same, ever shorter: as far as an SMS has room."""
        if self.are_kept_back:
            return
        short = BREAKS.split(self.category)[0]
        if self.area:
            yield from (self.words["matter"].format(category=name, area=self.area) for name in (self.category, short))
        yield from (self.category, short, *_first_words(short))


def _first_words(name: str) -> Iterator[str]:
    words = name.split()
    ends = (end for end in range(len(words) - 1, 0, -1) if words[end - 1].lower() not in LINKING)
    yield from (" ".join(words[:end]) for end in ends)
