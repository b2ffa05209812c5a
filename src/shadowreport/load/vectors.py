"""Takes in drawings made of lines (SVG): refuses what acts or fetches, and makes dots of the rest.

Dots, since a drawing can hold words that nobody sees (titles, layers that are off, what a program notes
of its user): no file that is built or published has more of it than what can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shadowreport.machine.cache import remembered
from shadowreport.machine.drawing import UnshownError, dots
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.typst import font_files, fonts
from shadowreport.word.names import etree

_MAX = 2_000_000  # bytes of a drawing
_SVG = "{http://www.w3.org/2000/svg}svg"
# elements of SVG 1.1 and 2 that run, move, or bring in something else; in small letters
_ACTIVE = frozenset(
    [
        "script",
        "handler",
        "listener",
        "foreignobject",
        "iframe",
        "embed",
        "object",
        "audio",
        "video",
        "canvas",
        "image",
        "feimage",
        "set",
        "animate",
        "animatecolor",
        "animatemotion",
        "animatetransform",
        "discard",
    ]
)
_FETCHES = re.compile(r"url\(\s*['\"]?\s*[^#'\"\s]|@import", re.IGNORECASE)
_LINE = "draw it with lines and words alone, or save it as PNG"


def is_drawing(data: bytes) -> bool:
    """Whether a file begins as an SVG does: with a tag."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def drawn(data: bytes, project: Path) -> bytes:
    """What a drawing shows, as PNG, in the fonts of a project and the toolkit's. Raises UnshownError."""
    if len(data) > _MAX:
        raise UnshownError(f"has more than {_MAX:,} bytes", "save it as PNG")
    bad = next(_refused(_root(data)), None)
    if bad:
        raise UnshownError(f"holds {bad}", _LINE)
    folders = fonts(project)
    try:
        return remembered("drawing", (data, *font_files(folders)), lambda: dots(data, folders))
    except ProgramError:
        raise UnshownError("is an SVG that cannot be drawn", "save it as PNG") from None


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.tag != _SVG:
        raise UnshownError("is no SVG that can be read", "save it again as SVG, or as PNG")
    kinds = root.getroottree().docinfo.internalDTD
    if kinds is not None and kinds.entities():
        raise UnshownError("declares entities", "save it again as plain SVG, or as PNG")
    return root


def _refused(root: Any) -> Iterator[str]:
    """What is in a drawing and not taken."""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name.lower() in _ACTIVE:
            yield f"<{name[:40]}>"
        if name.lower() == "style" and _FETCHES.search("".join(map(str, element.itertext()))):
            yield "a style that fetches something"
        for key, value in element.items():
            called = etree.QName(key).localname
            if called == "href" and name != "a" and not str(value).strip().startswith("#"):
                yield "a reference to another file"
            elif _FETCHES.search(str(value)):
                yield "a style that fetches something"
