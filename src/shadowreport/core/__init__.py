"""What a report, a problem and a number are. Pure: no file, no program, no clock."""
