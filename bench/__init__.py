"""What the system costs, counted and timed: `python -m bench`. Never shipped."""
