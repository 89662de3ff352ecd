"""One case: what is known of it, its history, its photos, where it waits, who may see it, what is counted of it."""
