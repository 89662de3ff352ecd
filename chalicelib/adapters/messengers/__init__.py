"""Messengers: what goes to their providers, what is fetched from them, what is kept of what came."""
