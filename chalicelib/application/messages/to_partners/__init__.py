"""What the systems of partners hear."""
