"""What must have happened, from the histories alone, against what the city shows and sent."""
