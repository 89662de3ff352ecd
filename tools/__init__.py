"""Generators and operator commands: `python -m tools <command>`. Never shipped."""
