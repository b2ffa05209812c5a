"""Which paragraph is which, and which of its words changed. A tool of merge and redline, not what a person starts (redline/)."""
