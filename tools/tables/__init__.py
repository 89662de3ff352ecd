"""What the city brings or says: areas, words, ranges, reference data; checked, and made into tables."""
