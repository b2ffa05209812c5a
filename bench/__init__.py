"""Measures the toolkit on generated reports of the model document's size and its multiples."""
