"""What the use cases need from outside, as Protocols with the records that they pass, one module per area. Each has a
memory fake (tests/fakes.py) and a real adapter, and one contract that both must pass."""
