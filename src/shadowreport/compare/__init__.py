"""Which paragraph is which, and which of its words changed. Merge and redline both ask it."""
