"""Texts that people write: how they spell, what they mean, whom they name."""
