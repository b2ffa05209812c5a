"""shadowreport: draft, check and build a coalition's report to a UN treaty body."""

__version__ = "0.1.0"
