"""Two states of a report compared: a Word file with tracked changes, or a list of what changed."""
