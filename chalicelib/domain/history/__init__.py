"""What the lines of a case's history say, read without what wrote them."""
