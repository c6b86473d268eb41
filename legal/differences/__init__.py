"""What differs between two texts of an act."""
