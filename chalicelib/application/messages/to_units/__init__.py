"""What units and the regional secretary hear."""
