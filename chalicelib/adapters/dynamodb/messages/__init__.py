"""Messages in the table: what came and is no case yet, what is said, what went out and what did not."""
