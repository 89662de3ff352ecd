"""A case in the table: its row, its history, its photos, its place in the queues."""
