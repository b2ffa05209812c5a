"""What other programs take out of a PDF whose lines run to the left: text that is copied, found and read aloud.

A page holds letters at places, in the order in which they are seen. Programs put each line back into the
order of reading, by rules of their own: Poppler draws brackets, stops and spaces beside a number to the number;
pdfium (Chrome) puts a number behind the stop beside it, and turns a bracket round. Both leave each in its
place where marks of direction stand around it. Nobody sees them: they are in the text that a piece of a
line tells of itself (ActualText; PDF 1.7, clause 14.9.4), and such a text never says another thing than
what is printed. Letters of Arabic get none: programs do not agree on the order in which it would be given.

Who reads aloud follows the order of the tags (clause 14.8.2.3): in it stand the words of a line as they are
read, not as typst puts them down, from the left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from unicodedata import bidirectional

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

from shadowreport.core.direction import MARKS

_LEFT, _RIGHT = "\u200e", "\u200f"  # left-to-right mark, right-to-left mark
_UNSEEN = re.compile(f"[{MARKS}]")
_CODE = re.compile(r"^<([0-9A-F]+)> <([0-9A-F]+)>$", re.MULTILINE)
_SIGN = 7  # points, less than lines stand apart
_SPACED = re.compile(r"(?<=\d) (?=\d)")

Instruction = Any  # an operator with its operands, as pikepdf reads it
Codes = Mapping[int, str]  # the text of each glyph of a font
_BEGIN, _END, _MARKED = ("BDC", "BMC"), "EMC", Operator("BDC")


def read_rightly(document: pikepdf.Pdf) -> None:
    """Lets other programs take the text of such a document out of it in the order of reading."""
    fonts = {font.objgen: _codes(font, document) for font in _fonts(document)}
    places: dict[Any, dict[int, _Place]] = {}
    for page in document.pages:
        named: Any = page.resources.get("/Font", {})
        known = {str(name): fonts.get(font.objgen) for name, font in named.items()}
        writer = _Page(known)
        for instruction in pikepdf.parse_content_stream(page):
            writer.take(instruction)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(writer.written))
        places[page.obj.objgen] = writer.places
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and isinstance(item.get("/K"), pikepdf.Array):
            _order(item, places)


def _fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    """The fonts whose glyphs have codes of two bytes: all but those of pictures."""
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == Name.Type0:
            yield item


def _codes(font: Any, document: pikepdf.Pdf) -> Codes:
    """The texts of a font's glyphs, which lose the isolates that typst gave to their neighbours."""
    found: dict[int, str] = {}

    def shown(match: re.Match[str]) -> str:
        text = bytes.fromhex(match[2]).decode("utf-16-be")
        found[int(match[1], 16)] = text = _UNSEEN.sub("", text) or text
        return f"<{match[1]}> <{text.encode('utf-16-be').hex().upper()}>"

    table = font.ToUnicode.read_bytes().decode("latin-1")
    font.ToUnicode = document.make_stream(_CODE.sub(shown, table).encode("latin-1"))
    return found


# --- the text of a piece of a line ----------------------------------------------------------------


def _runs(text: str) -> str:
    """Where a text runs to: R, L (numbers, too), or nowhere of its own."""
    classes = {bidirectional(letter) for letter in text}
    return "R" if classes & {"R", "AL"} else "L" if classes & {"L", "EN", "AN"} else ""


def _marked(text: str) -> str:
    """A text with the marks that keep it in its place; nothing where it needs none."""
    if not text.strip() or _runs(text) == "R":
        return ""
    # a space that a line may break at would divide the figures of a number
    return f"{_RIGHT}{_LEFT}{_SPACED.sub(chr(0xA0), text)}{_LEFT}"


def _told(text: str, drawn: Iterable[Instruction]) -> list[Instruction]:
    """What is drawn, as a piece that tells its text."""
    return [
        _opening(text),
        *drawn,
        ContentStreamInstruction([], Operator(_END)),
    ]


def _opening(text: str) -> Instruction:
    told = pikepdf.Dictionary(ActualText=pikepdf.String(text))
    return ContentStreamInstruction([Name.Span, told], _MARKED)


@dataclass(slots=True)
class _Place:
    """Where a tagged piece of a page begins, and whether it runs to the right."""

    x: float
    y: float
    rightward: bool = False

    def goes_on(self, after: _Place) -> bool:
        """Whether the next piece stands in the same line, to the right; a vowel's sign is a piece above it."""
        return self.x <= after.x and abs(self.y - after.y) < _SIGN


@dataclass(slots=True)
class _Told:
    """A text that runs to the right, where it begins, and where it stands among what is written."""

    text: str
    at: tuple[float, float]
    index: int


@dataclass(slots=True)
class _Page:
    """Writes the instructions of a page anew."""

    fonts: Mapping[str, Codes | None]
    written: list[Instruction] = field(default_factory=list)
    places: dict[int, _Place] = field(default_factory=dict)
    _text: list[Instruction] = field(default_factory=list)  # from BT to ET
    _tags: list[int | None] = field(default_factory=list)
    _at: tuple[float, float] = (0, 0)
    _before: _Told | None = None  # the piece right before, if it runs to the right

    def take(self, instruction: Instruction) -> None:
        operator = str(instruction.operator)
        if self._text or operator == "BT":
            self._text.append(instruction)
            if operator == "ET":
                self._piece()
                self._text = []
            return
        if operator in _BEGIN:
            self._tags.append(_tag(instruction))
        elif operator == _END:
            self._tags.pop()
        elif operator == "cm":
            self._at = (float(instruction.operands[4]), float(instruction.operands[5]))
        self.written.append(instruction)

    def _piece(self) -> None:
        """A piece of a line: one of letters and numbers that run to the right, or what stands in Arabic."""
        piece = _Piece(self.fonts, self._text)
        tag = next((tag for tag in reversed(self._tags) if tag is not None), None)
        rightward = not piece.turned and _runs(piece.text) == "L"
        if tag is not None:
            self.places.setdefault(tag, _Place(*self._at)).rightward |= rightward
        before, self._before = self._before, None
        if not piece.known:
            self.written += self._text
        elif not rightward:
            self.written += piece.divided
        else:
            first, *middle, last = piece.bare
            self._before = self._joined(before, _marked(piece.text))
            self.written += [first, *_told(self._before.text, middle), last]

    def _joined(self, before: _Told | None, text: str) -> _Told:
        """The text of a piece; what goes on in letters of another script has its marks around both."""
        if before and before.at[1] == self._at[1] and before.at[0] < self._at[0]:
            text = text.removeprefix(_RIGHT + _LEFT)
            self.written[before.index] = _opening(before.text.removesuffix(_LEFT))
        return _Told(text, self._at, len(self.written) + 1)


class _Piece:
    """What is drawn from BT to ET: `text` as it is read, `bare` without the texts it tells now, `divided`
    with each sign that could be moved as a piece of its own."""

    def __init__(self, fonts: Mapping[str, Codes | None], instructions: list[Instruction]) -> None:
        self.turned, self.known = False, True
        self.bare: list[Instruction] = []
        self.divided: list[Instruction] = []
        self.text = ""
        self._open: list[str | None] = []  # the texts that enclosing pieces tell
        self._glyphs: Codes | None = None
        for instruction in instructions:
            self._take(fonts, instruction, str(instruction.operator))

    def _take(
        self, fonts: Mapping[str, Codes | None], instruction: Instruction, operator: str
    ) -> None:
        if operator in _BEGIN:
            self._open.append(_actual(instruction))
            self.turned |= str(instruction.operands[0]) == "/ReversedChars"
            kept = self._open[-1] is None
        elif operator == _END:
            kept = self._open.pop() is None
        elif operator in ("Tj", "TJ"):
            self.bare.append(instruction)
            self._show(instruction)
            return
        else:
            kept = True
            if operator == "Tf":
                self._glyphs = fonts.get(str(instruction.operands[0]))
        if kept:
            self.bare.append(instruction)
            self.divided.append(instruction)

    def _show(self, instruction: Instruction) -> None:
        if self._glyphs is None:
            self.known = False
            return
        shown = list(_shown(instruction, self._glyphs))
        drawn = "".join(text for _, text in shown)
        told = next((text for text in self._open if text is not None), None)
        if told is not None:
            self.text += told
            marked = _marked(told) or told * (told != drawn)
            self.divided += _told(marked, [instruction]) if marked else [instruction]
            return
        self.text += drawn
        for string, text in shown:
            one = ContentStreamInstruction([pikepdf.Array([string])], Operator("TJ"))
            marked = _marked(text)
            self.divided += _told(marked, [one]) if marked else [one]


def _shown(instruction: Instruction, glyphs: Codes) -> Iterator[tuple[Any, str]]:
    """The glyphs of an instruction, and the distances between them, each with its text."""
    operand = instruction.operands[0]
    for item in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if not isinstance(item, pikepdf.String):
            yield item, ""
            continue
        data = bytes(item)
        for code in (data[at : at + 2] for at in range(0, len(data), 2)):
            yield pikepdf.String(code), glyphs.get(int.from_bytes(code), "")


def _properties(instruction: Instruction) -> Any:
    operands = instruction.operands
    return operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}


def _actual(instruction: Instruction) -> str | None:
    """The text that a piece tells, without marks; None if it tells none."""
    found = _properties(instruction).get("/ActualText")
    return None if found is None else _UNSEEN.sub("", str(found))


def _tag(instruction: Instruction) -> int | None:
    found = _properties(instruction).get("/MCID")
    return None if found is None else int(found)


# --- the order of the tags ------------------------------------------------------------------------


def _order(element: Any, places: Mapping[Any, Mapping[int, _Place]]) -> None:
    """Turns the words of each line round that stand in a tag from the left."""
    page = element.get("/Pg")
    ordered: list[Any] = []
    line: list[tuple[Any, _Place]] = []
    for kid in [*element.K, None]:
        place = _place(kid, page, places)
        goes_on = place and line and line[-1][1].goes_on(place)
        if line and not goes_on:
            ordered += [tag for tag, _ in reversed(line)]
            line = []
        if place and not place.rightward:
            line.append((kid, place))
        elif kid is not None:
            ordered.append(kid)
    if ordered != list(element.K):
        element.K = pikepdf.Array(ordered)


def _place(kid: Any, page: Any, places: Mapping[Any, Mapping[int, _Place]]) -> _Place | None:
    """Where a piece that a tag holds stands on its page; None of what is no such piece."""
    if isinstance(kid, int) and page is not None:
        return places.get(page.objgen, {}).get(kid)
    if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
        own: Any = kid.get("/Pg", page)
        return places.get(own.objgen, {}).get(int(kid.MCID))
    return None
