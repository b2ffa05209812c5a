"""What Word files get that pandoc does not write. prepared.py, unboxed.py and even_rows.py make a stranger's file ready
to be read, by writing it anew."""
