"""A Word file as what it holds."""
