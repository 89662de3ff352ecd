"""What the actions of the lifecycle table need and do (`verbs.py` has them all), and what a history says of them
(`rungs.py`, `proofs.py`), which is read without the verbs."""
