"""Tables whose rows all fill the same columns, as pandoc needs them: it drops cells of uneven ones."""

from __future__ import annotations

from shadowreport.word.names import Element, child, etree, name, number, value


def even_rows(root: Element) -> None:
    """Puts empty cells where rows of a part's tables begin later or end sooner than others."""
    for table in root.iter(name("w:tbl")):
        rows = list(table.iterchildren(name("w:tr")))
        widths = [_before(row) + sum(map(_span, _cells(row))) for row in rows]
        columns = max(widths, default=0)
        for row, width in zip(rows, widths, strict=True):
            _fill(row, _before(row), columns - width)
        grid = child(table, "w:tblGrid")
        for _ in range(columns - len(grid) if grid is not None else 0):
            etree.SubElement(grid, name("w:gridCol"))


def _fill(row: Element, before: int, after: int) -> None:
    cells = _cells(row)
    if before and cells:
        cells[0].addprevious(_empty(before))
        row.find(name("w:trPr")).remove(child(row, "w:trPr", "w:gridBefore"))
    if after and cells:
        cells[-1].addnext(_empty(after))


def _cells(row: Element) -> list[Element]:
    """The cells of a row, or the controls around them."""
    return [item for item in row if item.tag in (name("w:tc"), name("w:sdt"))]


def _before(row: Element) -> int:
    return max(0, number(value(child(row, "w:trPr", "w:gridBefore"))))


def _span(cell: Element) -> int:
    inner = cell if cell.tag == name("w:tc") else next(cell.iter(name("w:tc")), None)
    return max(1, number(value(child(inner, "w:tcPr", "w:gridSpan")), 1))


def _empty(span: int) -> Element:
    cell = etree.Element(name("w:tc"))
    width = etree.SubElement(etree.SubElement(cell, name("w:tcPr")), name("w:gridSpan"))
    width.set(name("w:val"), str(span))
    etree.SubElement(cell, name("w:p"))
    return cell
