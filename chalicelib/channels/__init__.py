"""Ways in: each makes the same Intake command of its own raw payload."""
