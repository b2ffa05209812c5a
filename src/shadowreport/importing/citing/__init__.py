"""Citations that a citation manager keeps in fields become citations of the report, with their sources."""
