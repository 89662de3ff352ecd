"""What in free words names a person or leads away from the city: the parts behind `chalicelib.domain.text.privacy`."""
