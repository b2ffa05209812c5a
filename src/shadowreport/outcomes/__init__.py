"""What became of earlier recommendations, as data."""
