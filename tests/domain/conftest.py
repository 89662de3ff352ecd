"""Generated examples are the same at every run, and a slow machine fails nothing."""

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")
