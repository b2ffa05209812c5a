"""The live preview: the report in the browser, built again whenever a file is saved."""

from __future__ import annotations

from shadowreport.preview.serve import Preview, preview

__all__ = ["Preview", "preview"]
