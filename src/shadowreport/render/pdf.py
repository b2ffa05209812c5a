"""PDF: pandoc writes Typst, templates/report.typ says how it looks, typst makes a tagged PDF.

Every element of ours becomes a call of a function of that template, so the look can be changed
without touching this module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shadowreport.core.ast import node, plain, raw_block, raw_inline, transform
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block, Inline, Picture, Place, Report
from shadowreport.machine.cache import remembered
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.toolkit import template
from shadowreport.machine.typst import MAIN, Typesetter, TypstProblem, fonts
from shadowreport.render.finish_pdf import finish
from shadowreport.render.output import Output
from shadowreport.render.pieces import write_pieces
from shadowreport.resolve import cover_data
from shadowreport.resolve.resolved import Resolved

TEMPLATE = "report.typ"
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_LINE = re.compile(rf"{re.escape(TEMPLATE)}:(\d+):(\d+)")
_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed")


def render(resolved: Resolved, project: Path) -> Output:
    """The report as PDF/UA-1 and PDF/A-2a. Raises Failure where typst refuses it."""
    files = sources(resolved, project)
    folders = fonts(project)
    timestamp = _timestamp(resolved.report)

    def make() -> bytes:
        data, pages = _compile(resolved.report, files, timestamp, folders)
        return pages.to_bytes(4) + data

    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    inputs = (part for pair in files.items() for part in pair)
    parts = (str(timestamp), *inputs, *(path.read_bytes() for path in found))
    done = remembered("pdf", parts, make)
    return Output(done[4:], pages=int.from_bytes(done[:4]))


def sources(resolved: Resolved, project: Path) -> dict[str, bytes]:
    """All that typst may see, by the names of files."""
    handlers = _handlers(resolved.report.images)
    pieces = [transform(section.whole(), handlers) for section in resolved.sections]
    body = write_pieces(pieces, ["-t", "typst", "--wrap=preserve"], ("typst", "// {}"))
    main = '#import "report.typ": *\n#show: report.with(json("report.json"))\n#include "body.typ"\n'
    pictures = resolved.report.images.values()
    return {
        MAIN: main.encode(),
        "body.typ": "\n\n".join(['#import "report.typ": *', *body, ""]).encode(),
        "report.json": json.dumps(_data(resolved)).encode(),
        TEMPLATE: template(project, TEMPLATE).read_bytes(),
        **{f"images/{picture.name}": picture.data for picture in pictures},
    }


def _compile(
    report: Report, files: Mapping[str, bytes], timestamp: int, folders: list[Path]
) -> tuple[bytes, int]:
    """The PDF and its number of pages. Raises Failure where typst refuses the document."""
    try:
        with Typesetter(folders) as typesetter:
            result = typesetter.pdf(files, timestamp)
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place("sections"), str(error))]) from None
    fatal = [problem for problem in result.problems if problem.fatal]
    if fatal or not result.pdf:
        raise Failure(list(_explain(fatal, report)))
    return finish(result.pdf, result.places)


def _data(resolved: Resolved) -> dict[str, Any]:
    words = resolved.words
    return {
        **cover_data(resolved.report, words),
        "language": words.code,
        "partial": resolved.partial,
        "first_note": resolved.first_note,
        "paragraphs": {section.anchor: section.paragraphs for section in resolved.sections},
        "words": dict(words.data["words"]),
    }


def _timestamp(report: Report) -> int:
    try:
        return int(datetime.fromisoformat(report.date).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0


# --- our elements as calls of the template's functions --------------------------------------------


def _handlers(images: Any) -> dict[str, Callable[[Any], Any]]:
    return {
        "Div": _division,
        "Table": _table,
        "Image": lambda content: _image(content, images),
        "Figure": _figure,
        "Link": _link,
        "Note": _note,
        "Str": _words,
    }


# what begins a heading, a list or a term where it stands at the head of a line; pandoc 3.9 escapes it
# at the head of a paragraph, but not at that of a footnote, a list item, a cell or a link
_LINE_MARK = re.compile(r"(=+|[-+/]|\d+\.)(?=\s|$)")


def _words(content: str) -> list[Any] | None:
    match = _LINE_MARK.match(content)
    if not match:
        return None
    mark = match[0]
    escaped = f"{mark[:-1]}\\." if mark.endswith(".") else f"\\{mark}"
    return [raw_inline("typst", escaped), {"t": "Str", "c": content[match.end() :]}]


def _raw(code: str) -> Block:
    return raw_block("typst", code)


def _link(content: Any) -> Any:
    """A reference such as 33–56 stays on one line."""
    (_, classes, _), inlines, (url, _) = content
    if classes != ["ref"]:
        return None
    return raw_inline("typst", f"#link(<{url[1:]}>, box[{plain(inlines)}])")


def _note(blocks: list[Block]) -> Inline:
    first, *rest = blocks
    if first["t"] in ("Para", "Plain"):
        first = {"t": first["t"], "c": [raw_inline("typst", "#footnote-gap;"), *first["c"]]}
    return node("Note", [first, *rest])


def _division(content: Any) -> Any:
    (identifier, classes, pairs), blocks = content
    number = dict(pairs).get("number", "")
    kind = classes[0] if classes else ""
    if kind in ("paragraph", "recommendation"):
        if number and blocks and blocks[0]["t"] in ("Para", "Plain"):
            mark = raw_inline("typst", f"#{kind}-number[{number}]")
            blocks = [{"t": "Para", "c": [mark, *blocks[0]["c"]]}, *blocks[1:]]
        numbered = "true" if number else "false"
        return [
            _raw(f'#{kind}(numbered: {numbered}, name: "{identifier}")['),
            *blocks,
            _raw(f"] <{identifier}>"),
        ]
    function = _FUNCTIONS.get(kind)
    return [_raw(f"#{function}["), *blocks, _raw("]")] if function else blocks


_FUNCTIONS = {"box": "recommendation-box", "box-heading": "box-heading", "source": "source"}


def _table(content: Any) -> list[Block]:
    (identifier, _, _pairs), caption, specs, head, bodies, _foot = content
    kind = "numbered" if identifier else "plain"
    columns = ", ".join(_width(width) for _, width in specs)
    aligns = ", ".join(_ALIGNMENTS[align["t"]] for align, _ in specs)
    result = [
        _raw(
            f'#report-table(kind: "{kind}", columns: ({columns},), aligns: ({aligns},),\ncaption: ['
        )
    ]
    result += caption[1]
    result += [_raw("],\nheader: ("), *_rows(head[1], len(specs)), _raw("),\nbody: (")]
    for _, row_heads, inner_heads, rows in bodies:
        result += [*_rows(inner_heads, len(specs)), *_rows(rows, row_heads)]
    return [*result, _raw(f")) <{identifier}>" if identifier else "))")]


_ALIGNMENTS = {
    "AlignLeft": "left",
    "AlignRight": "right",
    "AlignCenter": "center",
    "AlignDefault": "left",
}


_LONG = 1500  # characters of a cell: about half a page in a column of a recommendation table


def _width(width: dict[str, Any]) -> str:
    return f"{width['c'] * 100:.2f}%" if width["t"] == "ColWidth" else "auto"


def _rows(rows: Any, row_heads: int) -> Iterator[Block]:
    for _, cells in rows:
        if len(cells) == 1 and row_heads:
            # a heading inside the table: as a header of a lower level it never ends a page
            yield from (
                _raw(
                    "table.header(level: 2, repeat: false, report-cell(header: true, colspan: "
                    + f"{cells[0][3]})["
                ),
                *cells[0][4],
                _raw("]),"),
            )
            continue
        long = (
            "true" if max((len(plain(cell[4])) for cell in cells), default=0) > _LONG else "false"
        )
        for index, (_, _, row_span, column_span, blocks) in enumerate(cells):
            header = "true" if index < row_heads else "false"
            yield _raw(
                f"report-cell(header: {header}, rowspan: {row_span}, colspan: {column_span}, long: {long})["
            )
            yield from blocks
            yield _raw("],")


def _image(content: Any, images: dict[str, Picture]) -> Any:
    (_, _, pairs), alternative, (url, _) = content
    sizes = "".join(f", {key}: {value}" for key, value in pairs)
    path = json.dumps(f"images/{images[url].name}")
    return raw_inline("typst", f"#box(image({path}, alt: {_string(plain(alternative))}{sizes}))")


def _figure(content: Any) -> list[Block]:
    _, caption, blocks = content
    return [_raw("#report-figure(caption: ["), *caption[1], _raw("])["), *blocks, _raw("]")]


def _string(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


# --- what typst refuses ---------------------------------------------------------------------------


def _explain(problems: list[TypstProblem], report: Report) -> Iterator[Diagnostic]:
    detail = "\n".join(problem.detail for problem in problems)
    missing = "".join(dict.fromkeys("".join(map(_character, _MISSING.findall(detail)))))
    for character in missing:
        hint = "write it in another way, or put a font that has it into templates/fonts/"
        message = f"the PDF's fonts have no sign for '{character}' (U+{ord(character):04X})"
        yield Diagnostic("missing-glyph", _find(character, report), message, hint)
    if not missing:
        message = problems[0].message if problems else "typst gave no PDF"
        hint = "see templates/report.typ, or report this with the section that causes it"
        line = _LINE.search(detail)
        place = Place(f"templates/{TEMPLATE}", *(map(int, line.groups()) if line else ()))
        yield Diagnostic("program-failed", place, f"typst: {message}", hint)


def _character(text: str) -> str:
    """What typst names: it writes private characters as \\u{f0b7}."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _find(character: str, report: Report) -> Place:
    for section in report.sections:
        before, found, _ = section.source.partition(character)
        if found:
            line = section.source_line + before.count("\n")
            return Place(section.file, line, len(before) - before.rfind("\n"))
        if character in section.title:
            return section.place
    for item in report.earlier().values():
        if any(character in text for text in item.text.values()):
            return item.place
    return report.place
