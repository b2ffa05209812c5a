"""shadowreport: draft, check and build a coalition's report to a UN treaty body.

Languages, committees, States and looks are data, not code: files of templates/, with schemas in docs/schemas/.
"""

__version__ = "0.1.0"
