"""What Word files get that pandoc does not write."""
