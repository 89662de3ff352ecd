"""Places: the city's areas and boundaries, distances, the grid, the names that people give to areas."""
