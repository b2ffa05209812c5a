"""Which letters belong to a script, by its code in ISO 15924: fonts by script are chosen by it in every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_Ranges = tuple[tuple[int, int], ...]
# the letters that mark the items of a list, in their order: in Cyrillic some are left out, in Arabic the order is the old one
ALPHABETS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz",
    "Cyrl": "абвгдежзиклмнопрстуфхцчшщэюя",
    "Arab": "أبجدهوزحطيكلمنسع",
}
# these share letters, so a report names a font for one of them
HAN = ("Hans", "Hant", "Jpan", "Kore")


@dataclass(frozen=True, slots=True)
class Script:
    """The blocks of Unicode with a script's letters, and under which name Word keeps its font (17.3.2.26):
    `cs` for complex ones, `eastAsia`, or `hAnsi` for all that go with the Latin letters."""

    ranges: _Ranges
    slot: str

    @property
    def pattern(self) -> str:
        """Its letters as a class of a regular expression, as Python has them."""
        return f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in self.ranges)}]"

    @property
    def typst(self) -> str:
        """The same as typst has them."""
        ranges = (rf"\u{{{first:x}}}-\u{{{last:x}}}" for first, last in self.ranges)
        return f"[{''.join(ranges)}]"

    @property
    def css(self) -> str:
        """The same for `unicode-range`."""
        return ", ".join(f"U+{first:X}-{last:X}" for first, last in self.ranges)


def _script(slot: str, *ranges: tuple[int, int]) -> Script:
    return Script(ranges, slot)


_HAN = _script(
    *("eastAsia", (0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
    *((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF)),
)
SCRIPTS: Mapping[str, Script] = {
    "Latn": _script(
        *("hAnsi", (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6)),
        *((0xD8, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1EFF)),
    ),
    "Grek": _script("hAnsi", (0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "Cyrl": _script("hAnsi", (0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
    "Armn": _script("hAnsi", (0x530, 0x58F), (0xFB13, 0xFB17)),
    "Hebr": _script("cs", (0x590, 0x5FF), (0xFB1D, 0xFB4F)),
    "Arab": _script(
        *("cs", (0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
    ),
    "Deva": _script("cs", (0x900, 0x97F), (0xA8E0, 0xA8FF)),
    "Beng": _script("cs", (0x980, 0x9FF)),
    "Guru": _script("cs", (0xA00, 0xA7F)),
    "Gujr": _script("cs", (0xA80, 0xAFF)),
    "Taml": _script("cs", (0xB80, 0xBFF)),
    "Telu": _script("cs", (0xC00, 0xC7F)),
    "Knda": _script("cs", (0xC80, 0xCFF)),
    "Mlym": _script("cs", (0xD00, 0xD7F)),
    "Sinh": _script("cs", (0xD80, 0xDFF)),
    "Thai": _script("cs", (0xE00, 0xE7F)),
    "Laoo": _script("cs", (0xE80, 0xEFF)),
    "Tibt": _script("cs", (0xF00, 0xFFF)),
    "Mymr": _script("cs", (0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)),
    "Geor": _script("hAnsi", (0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)),
    "Ethi": _script("hAnsi", (0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)),
    "Khmr": _script("cs", (0x1780, 0x17FF), (0x19E0, 0x19FF)),
    **dict.fromkeys(HAN, _HAN),
}
