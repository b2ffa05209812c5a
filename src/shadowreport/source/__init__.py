"""A section file as text: how it is read, where its words stand, how it is edited."""
