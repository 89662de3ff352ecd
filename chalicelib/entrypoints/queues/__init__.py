"""What the functions behind queues have in common."""
