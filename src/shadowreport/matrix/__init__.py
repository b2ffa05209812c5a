"""The matrix: what became of every earlier recommendation, as data, page, workbook and CSV."""

from __future__ import annotations

from shadowreport.matrix.annex import annex
from shadowreport.matrix.data import Matrix, matrix
from shadowreport.matrix.page import render_html
from shadowreport.matrix.table import render_csv, render_xlsx

__all__ = ["Matrix", "annex", "matrix", "render_csv", "render_html", "render_xlsx"]
