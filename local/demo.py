"""A few complaints in several states, made through the public API as people would."""


def lodge_all(origin: str) -> int:
    return 0
