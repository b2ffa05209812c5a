"""What is wrong with a PDF, told by the place in a person's files that it comes from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shadowreport.core.numbering import anchor
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Box, Paragraph, Place, Report
from shadowreport.machine.typst import TypstProblem, families
from shadowreport.resolve.resolved import Resolved

TEMPLATE = "report.typ"
_LINE = re.compile(rf"{re.escape(TEMPLATE)}:(\d+):(\d+)")
WRITTEN = ("sec-", "par-", "rec-")  # anchors of what has a place in a file
_SHOWN = 20  # letters without a font, each with its place
_SCRATCH = re.compile(
    r"\S*[/\\]shadowreport-[^/\\]+[/\\]sources[/\\]"
)  # the folder that typst sees
_FAMILY = re.compile(r"unknown font family: (.+)")
_ALWAYS = "noto naskh arabic"  # the toolkit's template names it, and not every machine has it


def told(facts: Mapping[str, Any], resolved: Resolved, folders: list[Path]) -> Iterator[Diagnostic]:
    """What is said of a PDF, by the facts that were kept beside it."""
    report = resolved.report
    yield from without_font(facts["missing"], resolved, folders)
    for family, line, column in facts["fonts"]:
        if family not in (_ALWAYS, *map(str.lower, resolved.words.fonts.get("pdf", ()))):
            hint = f"put its files into templates/fonts/; there are: {', '.join(families(folders))}"
            place = Place(f"templates/{TEMPLATE}", line, column)
            yield Diagnostic("unknown-font", place, f"there is no font '{family}'", hint)
    places = _places(report)
    for name, said in facts["strayed"]:
        hint = "shorten it, break it in two, or give a picture or a table less height or width"
        yield Diagnostic("off-page", places.get(name, report.place), said, hint)


def unknown_fonts(problems: Sequence[TypstProblem]) -> list[tuple[str, int, int]]:
    """The families that a template names and nobody has, with the line and the column."""
    found: dict[str, tuple[str, int, int]] = {}
    for problem in problems:
        family, at = _FAMILY.search(problem.message), _LINE.search(problem.detail)
        if family:
            line, column = map(int, at.groups()) if at else (1, 1)
            found.setdefault(family[1], (family[1], line, column))
    return list(found.values())


def _places(report: Report) -> dict[str, Place]:
    """Where sections, paragraphs and recommendations were written, by their anchors."""
    found: dict[str, Place] = {}
    for section in report.sections:
        found[anchor("sec", section.name)] = section.place
        for item in section.items:
            if isinstance(item, Paragraph):
                found[anchor("par", item.id)] = item.place
            elif isinstance(item, Box):
                found |= {anchor("rec", one.id): one.place for one in item.recommendations}
    return found


def without_font(letters: str, resolved: Resolved, folders: list[Path]) -> Iterator[Diagnostic]:
    """Letters that no font has, each with its place; of a whole script one line."""
    report, wanted = resolved.report, resolved.words.fonts
    if "install" in wanted and letters and not {*wanted["pdf"]} & {*families(folders)}:
        yield _without_script(letters, resolved)
        return
    hint = "write it in another way, or put a font that has it into templates/fonts/"
    for letter in letters[:_SHOWN]:
        code = f"U+{ord(letter):04X}"
        message = f"the PDF's fonts have no sign for '{letter}': [{code}] stands for it"
        yield Diagnostic("missing-glyph", _find(letter, report), message, hint)
    if more := letters[_SHOWN:]:
        message = f"nor for {len(more)} others: {more[:60]}"
        yield Diagnostic("missing-glyph", _find(more[0], report), message, hint)


def _without_script(letters: str, resolved: Resolved) -> Diagnostic:
    """One line instead of one for each letter of a language."""
    words, code = resolved.words, f"[U+{ord(letters[0]):04X}]"
    message = (
        f"no font for the letters of this language ({words.data['name']}) was found: in the PDF "
        f"codes such as {code} stand for {len(letters)} of them"
    )
    names = ", ".join(words.fonts["pdf"][:3])
    hint = f"{words.fonts['install']}; or put one ({names}) into templates/fonts/"
    return Diagnostic("missing-glyph", resolved.report.place, message, hint)


def _stands(character: str, source: str) -> int:
    """Where a character stands in a section, or the entity (`&#3334;`) that it was typed as; -1."""
    at = source.find(character)
    entities = re.finditer(r"&#?\w{1,31};", source)
    typed = (match.start() for match in entities if character in html.unescape(match[0]))
    return at if at >= 0 else next(typed, -1)


def refused(problems: Sequence[TypstProblem]) -> Diagnostic:
    """That typst made no PDF of a document, and why."""
    message = _SCRATCH.sub("templates/", problems[0].message if problems else "typst gave no PDF")
    line = _LINE.search("\n".join(problem.detail for problem in problems))
    place = Place(f"templates/{TEMPLATE}", *(map(int, line.groups()) if line else ()))
    hint = "see templates/report.typ, or report this with the section that causes it"
    return Diagnostic("program-failed", place, f"typst: {message}", hint)


def _find(character: str, report: Report) -> Place:
    for section in report.sections:
        at = _stands(character, section.source)
        if at >= 0:
            before = section.source[:at]
            line = section.source_line + before.count("\n")
            return Place(section.file, line, at - before.rfind("\n"))
        if character in section.title:
            return section.place
    for item in report.earlier().values():
        if any(character in text for text in item.text.values()):
            return item.place
    return report.place
