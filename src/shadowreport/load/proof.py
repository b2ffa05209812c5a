"""The proof of reading: what pandoc read is what was typed.

The typed body (source/typed) and pandoc's tree are both taken to the same form, pieces of text in
order, each with what it stands in: a list, a quotation, a cell. They were made by two readers that
share nothing; where they differ, one of them has misread, and the author is told where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import unquote

from shadowreport.core.report import Block
from shadowreport.core.rows import HELD, is_held
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.source.typed import Typed, typed
from shadowreport.source.typed.cursor import Printed
from shadowreport.source.typed.inlines import printed
from shadowreport.source.typed.lines import BOXES, MAX_PROBLEMS, Leaf, Problem, Remark
from shadowreport.source.typed.printed import CLOSE, NOTE, OPEN, PICTURE, alike, target


class Piece(NamedTuple):
    """A piece of text: what it stands in, and what it prints."""

    path: tuple[str, ...]
    text: str


class Verdict(NamedTuple):
    """What is wrong with a body: with what was typed, and with how pandoc read it; its remarks."""

    slips: list[Problem]
    misread: Problem | None
    remarks: list[Remark]


def prove(body: str, blocks: list[Block]) -> Verdict:
    """Compares a body with pandoc's reading of it. Known bodies are not looked at again."""

    def compare() -> bytes:
        found = typed(body)
        shown = signs(found)
        refused = {item.at for item in found.problems}  # once is enough
        more = [item for item in shown.problems if item.at not in refused]
        slips = sorted({*found.problems, *more})[:MAX_PROBLEMS]
        return pack([slips, differences(shown.pieces, blocks), found.remarks])

    slips, misread, remarks = unpack(remembered("proof", (body,), compare))
    return Verdict(
        [Problem(*slip) for slip in slips],
        Problem(*misread) if misread else None,
        [Remark(*remark) for remark in remarks],
    )


class Signs(NamedTuple):
    """What the signs of a body print, piece by piece, and what is wrong with them."""

    pieces: list[tuple[Leaf, Piece]]
    problems: list[Problem]


def signs(typed: Typed) -> Signs:
    """What a typed body prints."""
    pieces: list[tuple[Leaf, Piece]] = []
    problems: list[Problem] = []
    texts = {
        label: [(leaf, printed(leaf, typed)) for leaf in leaves]
        for label, leaves in typed.notes.items()
    }
    body = [(leaf, printed(leaf, typed)) for leaf in typed.leaves]
    for leaf, found in [*body, *(pair for pairs in texts.values() for pair in pairs)]:
        problems += [Problem(leaf.at(at), *rest) for at, *rest in found.problems]
    for leaf, found in body:
        pieces.append((leaf, Piece(leaf.path, alike(found.text))))
        pieces += _notes(leaf, found, texts)
    return Signs(pieces, problems)


Texts = dict[str, list[tuple[Leaf, Printed]]]


def _notes(leaf: Leaf, found: Printed, texts: Texts) -> Iterator[tuple[Leaf, Piece]]:
    """The footnotes that a piece calls, each where it is called."""
    for note in found.notes:
        if isinstance(note, Printed):
            yield leaf, Piece(("note", "text"), alike(note.text))
        else:
            for inner, text in texts.get(note, []):
                yield inner, Piece(inner.path, alike(text.text))


def differences(pieces: list[tuple[Leaf, Piece]], blocks: list[Block]) -> Problem | None:
    """The first place where pandoc read something else than was typed."""
    read = list(_pieces(blocks, ()))
    last: Leaf | None = None
    for wanted, found in zip_longest(pieces, read):
        if wanted is None:
            message = f"'{_short(found.text)}' is read here, and was not typed so"
            return Problem(last.at(0) if last else 0, "misread", message, _HINT)
        leaf, piece = last, _ = wanted
        if found is None or piece != found:
            return Problem(leaf.at(0), "misread", _message(piece, found), _HINT)
    return None


_HINT = "leave a blank line above and below it, close what is opened, and put a backslash before signs that are to be printed"


def _message(wanted: Piece, found: Piece | None) -> str:
    if found is None:
        return f"'{_short(wanted.text)}' would not be printed"
    if wanted.text == found.text:
        return f"'{_short(wanted.text)}' would be read as {_kind(found)}, not as {_kind(wanted)}"
    pairs = enumerate(zip(wanted.text, found.text, strict=False))
    at = next((i for i, (one, two) in pairs if one != two), min(len(wanted.text), len(found.text)))
    start = max(0, at - 15)
    return f"'{_short(wanted.text[start:])}' would be printed as '{_short(found.text[start:])}'"


_NAMES = {
    "text": "text",
    "caption": "a caption",
    "cell": "a cell",
    "quote": "a quotation",
    "note": "a footnote",
    "box": "a box",
    "confidential": "confidential text",
    "item": "a list",
    "heading": "a heading",
}


def _kind(piece: Piece) -> str:
    outer = ("text", *(part for part in piece.path if part != "text"))[-1]
    return _NAMES[outer.split()[0]]


def _short(text: str) -> str:
    shown = "".join(sign for sign in text if sign.isprintable())
    return shown if len(shown) <= 50 else shown[:47] + "..."


# --- pandoc's tree ------------------------------------------------------------------------------

Path = tuple[str, ...]


def _pieces(blocks: list[Block], path: Path) -> Iterator[Piece]:
    for block in blocks:
        reader = _BLOCKS.get(block["t"])
        if reader:
            yield from reader(block["c"], path)


def _text(inlines: Any, path: Path) -> Iterator[Piece]:
    notes: list[Any] = []
    text = alike(_inlines(inlines, notes))
    yield Piece(path, text)
    for note in notes:
        yield from _pieces(note, ("note",))


def _paragraph(inlines: Any, path: Path) -> Iterator[Piece]:
    end = next((i for i, item in enumerate(inlines) if item["t"] == "SoftBreak"), len(inlines))
    head = _inlines(inlines[:end], [])
    if (
        head.startswith("{")
        and head.endswith("}")
        and set(path) <= set(BOXES)
        and "{" not in head[1:]
    ):
        inlines = inlines[end + 1 :]  # the line with an id
    if inlines:
        yield from _text(inlines, (*path, "text"))


def _list(content: Any, path: Path) -> Iterator[Piece]:
    for item in content:
        yield from _pieces(item, (*path, "item -"))


def _numbered(content: Any, path: Path) -> Iterator[Piece]:
    (start, style, delimiter), items = content
    kind = {"Period": ".", "OneParen": ")", "TwoParens": "()"}.get(delimiter["t"], ".")
    name = "number" if style["t"] in ("Decimal", "DefaultStyle") else "letter"
    for index, item in enumerate(items):
        yield from _pieces(item, (*path, f"item {kind} {start + index} {name}"))


def _heading(content: Any, path: Path) -> Iterator[Piece]:
    level, _, inlines = content
    yield from _text(inlines, (*path, f"heading {level}"))


def _division(content: Any, path: Path) -> Iterator[Piece]:
    (_, classes, _), blocks = content
    if "note" not in classes:
        kind = "confidential" if "confidential" in classes else "box"
        yield from _pieces(blocks, (*path, kind))


def _table(content: Any, path: Path) -> Iterator[Piece]:
    _, (_, caption), _, (_, head), bodies, (_, foot) = content
    for block in caption:
        yield from _text(block["c"], (*path, "caption"))
    for row in [*head, *(row for body in bodies for row in (*body[2], *body[3])), *foot]:
        within = (*path, f"{HELD} row") if is_held(row) else path
        for cell in row[1]:
            yield from _pieces(cell[4], (*within, "cell"))


def _figure(content: Any, path: Path) -> Iterator[Piece]:
    """A picture alone: what it is called stands in the caption, and its description may be another."""
    _, (_, caption), (picture, *_) = content
    (image,) = picture["c"]
    attributes, _, address = image["c"]
    shown = [inline for block in caption for inline in block["c"]]
    yield from _pieces(
        [{**picture, "c": [{"t": "Image", "c": [attributes, shown, address]}]}], path
    )


_BLOCKS: dict[str, Callable[[Any, Path], Iterator[Piece]]] = {
    "Para": _paragraph,
    "Plain": _paragraph,
    "Header": _heading,
    "BulletList": _list,
    "OrderedList": _numbered,
    "BlockQuote": lambda blocks, path: _pieces(blocks, (*path, "quote")),
    "Div": _division,
    "Figure": _figure,
    "Table": _table,
}


def _inlines(inlines: Any, notes: list[Any]) -> str:
    return "".join(_inline(item, notes) for item in inlines)


def _inline(item: Any, notes: list[Any]) -> str:
    name, content = item["t"], item.get("c")
    if name == "Str":
        return content
    if name in _STYLES:
        style = _STYLES[name]
        return f"{OPEN}{style}{_inlines(content, notes)}{CLOSE}{style}"
    reader = _INLINES.get(name)
    return reader(content, notes) if reader else " "


def _link(content: Any, notes: list[Any]) -> str:
    (_, classes, _), inlines, (address, _) = content
    words = _inlines(inlines, notes)
    bare = classes in (["uri"], ["email"]) and unquote(address.removeprefix("mailto:")) == unquote(
        words
    )
    return words if bare else words + target(address)


def _image(content: Any, notes: list[Any]) -> str:
    _, inlines, (address, _) = content
    return PICTURE + _inlines(inlines, notes) + target(address)


def _note(content: Any, notes: list[Any]) -> str:
    notes.append(content)
    return NOTE


def _cite(content: Any, notes: list[Any]) -> str:
    citations, _ = content
    parts = [_part(item, notes) for item in citations]
    if citations[0]["citationMode"]["t"] != "AuthorInText":
        return f"[{'; '.join(parts)}]"
    key, _, suffix = parts[0].partition("\x00")
    inside = [*([suffix.strip()] if suffix.strip() else []), *parts[1:]]
    return f"{key} [{'; '.join(inside)}]" if inside else key


def _part(item: Any, notes: list[Any]) -> str:
    before = _inlines(item["citationPrefix"], notes)
    after = _inlines(item["citationSuffix"], notes)
    mode = item["citationMode"]["t"]
    key = f"{'-' if mode == 'SuppressAuthor' else ''}@{item['citationId']}"
    if mode == "AuthorInText":
        return f"{key}\x00{after}"
    return f"{before.strip()} {key}{after.rstrip()}".strip()


_STYLES = {"Emph": "e", "Strong": "s", "Strikeout": "d", "Superscript": "^", "Subscript": "~"}
_INLINES: dict[str, Callable[[Any, list[Any]], str]] = {
    "Quoted": lambda content, notes: (
        ('"%s"' if content[0]["t"] == "DoubleQuote" else "'%s'") % _inlines(content[1], notes)
    ),
    "Span": lambda content, notes: _inlines(content[1], notes),
    "SmallCaps": _inlines,
    "Underline": _inlines,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "Cite": _cite,
    "Code": lambda content, _: content[1],
}
