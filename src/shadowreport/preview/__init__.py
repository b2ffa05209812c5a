"""The report in the browser, built again whenever a file is saved."""

from __future__ import annotations

from shadowreport.preview.serve import PortError, Preview, preview

__all__ = ["PortError", "Preview", "preview"]
