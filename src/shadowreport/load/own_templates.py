"""What a project has put in the place of the toolkit's templates: whether it is what it should be.

Only what can be seen without a report is looked at; the Typst template is tried by a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.toolkit import templates

_STYLE = "{http://purl.org/net/xbiblio/csl}style"


def broken_templates(project: Path) -> Iterator[Diagnostic]:
    """What is wrong with the project's own templates."""
    folder = project / "templates"
    if not folder.is_dir() or folder.resolve() == templates().resolve():
        return
    for path in sorted(folder.iterdir()):
        kind = next((kind for kind in _KINDS if path.name.endswith(kind)), "")
        # a link is refused where templates are read
        if kind and path.is_file() and not path.is_symlink():
            yield from _KINDS[kind](path.read_bytes(), Place(f"templates/{path.name}"))


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
    if root.tag != _STYLE:
        message = "is no style of the Citation Style Language"
        yield Diagnostic("bad-template", place, message, hint)
    elif root.get("class") != "note":
        message = "is no note style: it does not make footnotes"
        yield Diagnostic("bad-template", place, message, hint)


def _word_file(data: bytes, place: Place) -> Iterator[Diagnostic]:
    from shadowreport.word.read.package import read_package

    try:
        read_package(data, place.file)
    except Failure as failure:
        for item in failure.diagnostics:
            yield replace(item, code="bad-template")


def _jinja(data: bytes, place: Place) -> Iterator[Diagnostic]:
    from jinja2 import Environment, TemplateSyntaxError

    try:
        Environment().parse(data.decode("utf-8", "replace"))
    except TemplateSyntaxError as error:
        hint = "docs/templates.md lists what each template is given"
        place = replace(place, line=error.lineno)
        yield Diagnostic("bad-template", place, str(error.message), hint)


_KINDS: dict[str, Callable[[bytes, Place], Iterator[Diagnostic]]] = {
    ".csl": _citation_style,
    ".docx": _word_file,
    ".j2": _jinja,
}
