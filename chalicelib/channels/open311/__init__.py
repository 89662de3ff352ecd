"""Open311 GeoReport v2: its words, translated at the border. Nothing here reads HTTP or writes XML."""
