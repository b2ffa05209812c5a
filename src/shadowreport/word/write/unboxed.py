"""A Word file whose text boxes stand as paragraphs behind the one that they hang on.

pandoc's reader gives a box in the place of the whole paragraph that holds its anchor, or loses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.word.names import STRICT, Element, name, short
from shadowreport.word.write.zip import Parts

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_BOX = name("w:txbxContent")
_GONE = ("w:del", "w:moveFrom")


def unboxed(data: bytes) -> tuple[bytes, int]:
    """The file, and how many boxes came out; a box that was deleted with tracking goes."""
    parts = Parts(data)
    count = 0
    for part in _PARTS:
        if part in parts and b"txbxContent" in parts[part]:
            for strict, usual in STRICT.items():
                parts[part] = parts[part].replace(strict, usual)
            count += _without_boxes(parts.tree(part))
    return (parts.packed() if count else data), count


def _without_boxes(root: Element) -> int:
    """Takes them out one paragraph after another: a box may hold another one."""
    count, last = 0, dict[Element, Element]()
    for fallback in list(root.iter(name("mc:Fallback"))):
        fallback.getparent().remove(fallback)
    while (first := next(root.iter(_BOX), None)) is not None:
        drawing, host = _holders(first)
        boxes = [box for box in drawing.iter(_BOX) if _BOX not in _above(box, drawing)]
        count += len(boxes)
        gone = any(short(item) in _GONE for item in drawing.iterancestors())
        for block in [] if gone else [block for box in boxes for block in box]:
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
