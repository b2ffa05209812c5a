"""A Word file whose text boxes stand as paragraphs behind the one that they hang on.

pandoc's reader gives a box in the place of the whole paragraph that holds its anchor, or loses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.word.names import Element, name, short

_BOX = name("w:txbxContent")


def without_boxes(root: Element) -> int:
    """How many boxes came out of a part. One paragraph after another: a box may hold another one."""
    count, last = 0, dict[Element, Element]()
    for fallback in list(root.iter(name("mc:Fallback"))):
        fallback.getparent().remove(fallback)
    while (first := next(root.iter(_BOX), None)) is not None:
        drawing, host = _holders(first)
        boxes = [box for box in drawing.iter(_BOX) if _BOX not in _above(box, drawing)]
        count += len(boxes)
        for block in [block for box in boxes for block in box]:
            last.get(host, host).addnext(block)
            last[host] = block
        drawing.getparent().remove(drawing)
    return count


def _holders(box: Element) -> tuple[Element, Element]:
    """What a run holds for a box, and the paragraph of the run."""
    drawing = box
    while short(drawing.getparent()) not in ("w:r", "w:p"):
        drawing = drawing.getparent()
    return drawing, next(drawing.iterancestors(name("w:p")))


def _above(box: Element, top: Element) -> Iterator[str]:
    for item in box.iterancestors():
        if item is top:
            return
        yield str(item.tag)
