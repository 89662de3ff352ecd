"""The systems of partners: addresses that others name, checked before a call-back goes there."""
