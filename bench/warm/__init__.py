"""What a warm function needs of a processor."""
