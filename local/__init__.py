"""The local city: the whole stack in one process, for developing and for tests. Never shipped."""
