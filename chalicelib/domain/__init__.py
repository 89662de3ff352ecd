"""The rules of the city, in pure Python: no clock, no I/O, no randomness inside; those are parameters."""
