"""Rows about people: staff, reporters, followers, programs of others, the standing of addresses."""
