"""What the numbers of glyphs in a PDF say, by the tables of its fonts, wherever they stand: pages, the looks of
annotations, earlier revisions, forms that nothing shows. A reader of pages leaves out what it would not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pikepdf

_FONTS = re.compile(rb"/Font\s*<<([^<>]*)>>")
_APART = re.compile(rb"/Font\s+(\d+) \d+ R")
_NEEDED = re.compile(rb"/Resources\s+(\d+) \d+ R")
_CONTENTS = re.compile(rb"/Contents\s*(\d+ \d+ R|\[[^\]]*\])")
_REFERENCE = re.compile(rb"(\d+) \d+ R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+) \d+ R")
_TABLE = re.compile(rb"/ToUnicode\s+(\d+) \d+ R")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = rb"<([0-9A-Fa-f\s]*)>"
_ONE = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[([^\]]*)\])")
_SHOWN = re.compile(
    rb"/(?P<font>[^\s/<>\[\]()]+)\s+[-+.\d]+\s+Tf|(?P<digits><[0-9A-Fa-f\s]*>)"
    rb"|(?P<letters>\((?:\\.|[^\\()])*\))|(?P<end>\b(?:T[dDm*]|ET)\b)",
    re.DOTALL,
)
_MOST = 0x10000  # codes of a font


def raw(token: bytes) -> bytes:
    """The bytes of a string of a PDF, in brackets or in digits; of a broken one what stands between its ends."""
    try:
        return bytes(pikepdf.Object.parse(token))
    except (pikepdf.PdfError, TypeError):
        return token[1:-1]


@dataclass(frozen=True, slots=True)
class _Table:
    """The letters of a font's codes, each of which is one byte, or two."""

    letters: Mapping[bytes, str]
    wide: bool

    def read(self, codes: bytes) -> str:
        """What some codes say."""
        if self.wide:
            parts = (codes[start : start + 2] for start in range(0, len(codes), 2))
        else:
            parts = map(_byte, codes)
        return "".join(self.letters.get(part, "") for part in parts)


_Fonts = Mapping[bytes, _Table]  # by the names that a page calls them


class Glyphs:
    """The fonts of a PDF, by the pages and forms that name them."""

    def __init__(self, objects: Mapping[bytes, bytes]) -> None:
        """From the objects of an unpacked PDF by their numbers."""
        self._objects = objects
        self._made: dict[bytes, _Table | None] = {}
        self._known: list[_Fonts] = []  # all of the file, each once
        self._of: dict[bytes, list[_Fonts]] = {}  # of the streams that pages are made of
        for body in objects.values():
            fonts = self._fonts(body)
            for contents in _CONTENTS.findall(body) if fonts else ():
                for number in _REFERENCE.findall(contents):
                    self._of.setdefault(number, []).append(fonts)

    def said(self, number: bytes, head: bytes, stream: bytes) -> Iterator[str]:
        """What a stream that shows text says; in all fonts that are called so where nothing tells its own."""
        own = self._of.get(number) or [fonts for fonts in [self._fonts(head)] if fonts]
        for fonts in own or self._known:
            yield "".join(_letters(stream, fonts))

    def _fonts(self, body: bytes) -> _Fonts:
        """The fonts that an object names, itself or by the list of what it needs."""
        found: dict[bytes, _Table] = {}
        bodies = [body, *(self._objects.get(n, b"") for n in _NEEDED.findall(body))]
        lists = [fonts for one in bodies for fonts in _FONTS.findall(one)]
        lists += [self._objects.get(n, b"") for one in bodies for n in _APART.findall(one)]
        for name, font in (pair for fonts in lists for pair in _NAMED.findall(fonts)):
            table = self._table(font)
            if table:
                found[name] = table
        if found and found not in self._known:
            self._known.append(found)
        return found

    def _table(self, font: bytes) -> _Table | None:
        if font not in self._made:
            number = _TABLE.search(self._objects.get(font, b""))
            letters = dict(_codes(self._objects.get(number[1], b""))) if number else {}
            wide = all(len(code) > 1 for code in letters)
            self._made[font] = _Table(letters, wide) if letters else None
        return self._made[font]


def _letters(stream: bytes, fonts: _Fonts) -> Iterator[str]:
    table: _Table | None = None
    for match in _SHOWN.finditer(stream):
        if match["font"]:
            table = fonts.get(match["font"])
        elif match["end"]:
            yield "\n"
        else:
            codes = raw(match["digits"] or match["letters"])
            yield table.read(codes) if table else codes.decode("cp1252", "replace")


def _byte(code: int) -> bytes:
    return bytes((code,))


def _codes(table: bytes) -> Iterator[tuple[bytes, str]]:
    """The codes of a table with their letters."""
    for kind, body in _SECTION.findall(table):
        if kind == b"bfchar":
            for code, letters in _ONE.findall(body):
                yield raw(b"<%s>" % code), _text(letters)
            continue
        for first, last, letters, several in _RANGE.findall(body):
            start, end = raw(b"<%s>" % first), raw(b"<%s>" % last)
            low, high = int.from_bytes(start, "big"), int.from_bytes(end, "big")
            given = [_text(item) for item in re.findall(_HEX, several)]
            for nth in range(min(high - low + 1, _MOST)):
                said = given[nth] if nth < len(given) else _later(_text(letters), nth)
                yield (low + nth).to_bytes(len(start), "big"), said


def _text(digits: bytes) -> str:
    return raw(b"<%s>" % digits).decode("utf-16-be", "replace")


def _later(letters: str, nth: int) -> str:
    """The letters of a range's later code: of the last of them a later one."""
    with suppress(ValueError, OverflowError):
        return letters[:-1] + chr(ord(letters[-1]) + nth) if letters else ""
    return ""
