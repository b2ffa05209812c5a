"""Marks row headers in a PDF's tag tree, which typst 0.15 cannot do itself.

Every table of ours has its row headers in the first column, so the first cell of each body row
becomes a header cell with the scope Row (PDF 1.7, clause 14.8.5.7; PDF/UA-1, clause 7.5).
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf


def mark_row_headers(pdf: bytes) -> tuple[bytes, int]:
    """The PDF with its row headers marked, and its number of pages."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for table in _tables(document):
            _mark(document, table)
        output = io.BytesIO()
        document.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return output.getvalue(), len(document.pages)


def _tables(document: pikepdf.Pdf) -> list[Any]:
    return [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary)
        and item.get("/S") == pikepdf.Name.Table
        and "/K" in item
    ]


def _mark(document: pikepdf.Pdf, table: Any) -> None:
    for row in _rows(table):
        cells = _children(row)
        if len(cells) > 1 and cells[0].get("/S") == pikepdf.Name.TD:
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            old = cells[0].get("/A")
            cells[0].S = pikepdf.Name.TH
            cells[0].A = (
                scope
                if old is None
                else pikepdf.Array([*(old if isinstance(old, pikepdf.Array) else [old]), scope])
            )


def _rows(element: Any) -> list[Any]:
    found: list[Any] = []
    for child in _children(element):
        kind = child.get("/S")
        if kind == pikepdf.Name.TR:
            found.append(child)
        elif kind == pikepdf.Name.TBody:
            found.extend(_rows(child))
    return found


def _children(element: Any) -> list[Any]:
    kids = element.get("/K")
    items = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in items if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
