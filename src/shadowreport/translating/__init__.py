"""A report on its way to translators, and back: files that their tools read, made of what is missing or stale."""
