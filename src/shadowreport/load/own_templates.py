"""What a project has put in the place of the toolkit's templates: whether it is what it should be.

Only what can be seen without a report is looked at; the Typst template is tried by a build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from shadowreport.core.layout import STYLE
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Mention, Place
from shadowreport.load.images import cleaned
from shadowreport.load.style import load_style
from shadowreport.machine.toolkit import template, templates

REFERENCE = "reference.docx"
_CSL = "{http://purl.org/net/xbiblio/csl}"
_FETCHED = re.compile(
    r"""@import[^;]*|(?:url|src)\(\s*["']?(?!["']?data:|["']?#)[^)]*\)"""
    r"""|(?:image-set|image|cross-fade)\([^;}]*["'](?!data:)[^;}]*""",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\\([0-9A-Fa-f]{1,6})[ \t\n]?|\\([^\n0-9A-Fa-f])")  # url may be typed \75rl
_MARKUP = re.compile(r"</|<!--")  # ends the element in which a page has its style


def broken_templates(project: Path) -> Iterator[Diagnostic]:
    """What is wrong with the project's own templates."""
    folder = project / "templates"
    if not folder.is_dir() or folder.resolve() == templates().resolve():
        return
    if (folder / REFERENCE).is_file() and not (folder / REFERENCE).is_symlink():
        try:
            yield from word_template(project)[1]
        except Failure as failure:
            yield from failure.diagnostics
    for path in sorted(folder.iterdir()):
        kind = next((kind for kind in _KINDS if path.name.endswith(kind)), "")
        # a link is refused where templates are read
        if kind and path.is_file() and not path.is_symlink():
            yield from _KINDS[kind](path.read_bytes(), Place(f"templates/{path.name}"))


def word_template(project: Path) -> tuple[bytes, list[Diagnostic]]:
    """The Word file that a report is written in, and what had to be done to the project's own to make
    it one. Raises Failure where it is none."""
    from shadowreport.word.write.reference import mended
    from shadowreport.word.write.zip import MissingPart

    toolkit, path = (templates() / REFERENCE).read_bytes(), template(project, REFERENCE)
    place = Place(f"templates/{REFERENCE}")
    if path.read_bytes() == toolkit:
        return toolkit, []
    try:
        data, told = mended(path.read_bytes(), toolkit, place.file, _picture)
    except MissingPart as error:
        raise bad_reference(str(error)) from None
    except Failure as failure:
        raise Failure(replace(item, code="bad-template") for item in failure.diagnostics) from None
    told += _other_page(project, data)
    return data, [Diagnostic("mended-template", place, *item) for item in told]


def _other_page(project: Path, data: bytes) -> Iterator[tuple[str, str]]:
    """The paper of templates/style.yaml wins; where the Word file has another, that is said."""
    from shadowreport.word.write.reference import paper

    size, style = paper(data), load_style(project)[0]
    if (
        (project / STYLE).exists()
        and size
        and any(abs(have - want) > 1 for have, want in zip(size, style.size, strict=True))
    ):
        message = f"its page has {size[0]:.0f} x {size[1]:.0f} mm, but reports have {style.paper}"
        yield message, "set paper: in templates/style.yaml, or the page's size in Word"


def bad_reference(message: str) -> Failure:
    """What is said of a Word file that no report can be written in."""
    hint = "compare it with the toolkit's templates/reference.docx, or remove it to use that one"
    return Failure([Diagnostic("bad-template", Place(f"templates/{REFERENCE}"), message, hint)])


def _picture(data: bytes) -> tuple[str, bytes] | None:
    """A picture of a header, without what a camera noted; None for one that cannot be shown."""
    try:
        found = cleaned(data, Mention(REFERENCE, Place(f"templates/{REFERENCE}")))
    except Failure:
        return None
    return found.name, found.data


def _citation_style(data: bytes, place: Place) -> Iterator[Diagnostic]:
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    hint = "take a note style (CSL 1.0, class 'note'), or remove the file to use the toolkit's"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        place = replace(place, line=error.lineno or 1)
        yield Diagnostic("bad-template", place, f"is no XML: {error.msg}", hint)
        return
    if root.tag != f"{_CSL}style":
        message = "is no style of the Citation Style Language"
        yield Diagnostic("bad-template", place, message, hint)
    elif root.get("class") != "note":
        message = "is no note style: it does not make footnotes"
        yield Diagnostic("bad-template", place, message, hint)
    elif root.find(f"{_CSL}citation") is None:
        parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
        other = f": it is that of {parent.get('href')}" if parent is not None else ""
        message = f"says nothing of how sources are cited{other}"
        yield Diagnostic("bad-template", place, message, "take the file of that style instead")


def _jinja(data: bytes, place: Place) -> Iterator[Diagnostic]:
    from jinja2 import Environment, TemplateSyntaxError

    try:
        Environment().parse(data.decode("utf-8", "replace"))
    except TemplateSyntaxError as error:
        hint = "docs/templates.md lists what each template is given"
        place = replace(place, line=error.lineno)
        yield Diagnostic("bad-template", place, str(error.message), hint)


def _page_style(data: bytes, place: Place) -> Iterator[Diagnostic]:
    """A page loads nothing, so what its style would fetch is not seen."""
    typed = data.decode("utf-8", "replace")
    text = _LETTER.sub(_typed_letter, typed)
    for found in _FETCHED.finditer(text):
        at = replace(place, line=text.count("\n", 0, found.start()) + 1)
        message = f"asks for {found[0][:60]}, which no page loads: pages stand alone"
        hint = "name pictures in style.yaml or cover.html.j2; letters are those of the reader's machine"
        yield Diagnostic("bad-template", at, message, hint)
    for found in _MARKUP.finditer(typed):
        at = replace(place, line=typed.count("\n", 0, found.start()) + 1)
        message = (
            f"'{found[0]}' would end the style in the middle of the page: it is markup of HTML"
        )
        yield Diagnostic(
            "bad-template", at, message, "take it out: a style sheet holds rules alone"
        )


def _typed_letter(match: re.Match[str]) -> str:
    """The letter of an escape of CSS; a line end stays one, so that lines are counted."""
    code = int(match[1], 16) if match[1] else 0
    return match[2] or (chr(code) if 32 <= code < 0x110000 else "")


_KINDS: dict[str, Callable[[bytes, Place], Iterator[Diagnostic]]] = {
    ".csl": _citation_style,
    ".j2": _jinja,
    ".css": _page_style,
}
