"""Tanggap: a city's complaints, from the citizen's phone to a repair that was checked."""
