"""What becomes of a report (assumed): its steps, and how many of a hundred go that way. `later` is after the breach of
the first clock. What has no more steps is left alone, so that its clocks ring."""

_DONE = ("sort", "assign", "start", "propose", "validate")
_AGAIN = ("start", "propose", "validate", "confirm")
STORIES: dict[str, tuple[tuple[str, ...], int]] = {
    "confirmed": ((*_DONE, "confirm"), 14),
    "handed back": (("sort", "return", "place", *_DONE[1:], "confirm"), 3),
    "taken over": (("hand_on", "later", "take_over", *_DONE, "confirm"), 2),
    "recategorised": (("recategorise", *_DONE, "confirm"), 4),
    "merged": (("merge",), 3),
    "followed": (("sort", "follow", *_DONE[1:], "confirm"), 3),
    "hidden for a time": (("sort", "hide", "restore", *_DONE[1:], "confirm"), 1),
    "erased": (("sort", "assign", "erase", *_DONE[2:]), 1),
    "asked about": (("sort", "assign", "start", "ask", "answer", *_DONE[3:], "confirm"), 4),
    "more time": (("sort", "assign", "start", "extend", "approve", *_DONE[3:], "confirm"), 3),
    "in parts": (("sort", "assign", "start", "invite", "finish_part", *_DONE[3:], "confirm"), 2),
    "referred": (("sort", "assign", "refer", "recall", *_DONE[1:], "confirm"), 2),
    "talked about": (("ask_aloud", "sort", "reply", "assign", "start", "propose", "validate", "confirm"), 5),
    "lapsing": (_DONE, 9),
    "proof refused": (("sort", "assign", "start", "propose", "refuse", "propose", "validate", "confirm"), 5),
    "objected to": ((*_DONE, "object", *_AGAIN), 5),
    "rejected": (("reject",), 5),
    "rejected, objected to": (("reject", "object"), 1),
    "withdrawn": (("withdraw",), 3),
    "withdrawn later": (("sort", "assign", "withdraw"), 2),
    "left waiting": ((), 7),
    "left with its owner": (("sort",), 5),
    "left at work": (("sort", "assign", "start"), 3),
    "not judged": (_DONE[:-1], 4),
    "late": (("later", *_DONE, "confirm"), 4),
}
SURVIVING = (
    "confirmed",
    "lapsing",
    "left with its owner",
    "left at work",
    "not judged",
)  # others are merged into these
DECISIVE = ("confirm", "object", "withdraw")  # of the reporter: without them nothing behind them comes
BY_THE_WAY = ("ask_aloud", "erase")  # of the reporter: the work goes on without them
