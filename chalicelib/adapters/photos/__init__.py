"""Pictures: their bucket, and what is made from a file that a stranger sent."""
