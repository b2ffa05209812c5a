"""Which paragraph is which, and which of its words changed; merge and redline both ask it."""
