"""Generated pieces of the report: Jinja templates that write HTML, which pandoc reads into its AST.

HTML is what people know how to change, and Jinja escapes data for it. All pieces of a report go
through pandoc in one run. A template leaves a slot, `<div class="slot" id="rec-...">`, where text
of the report belongs that is not a plain string.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shadowreport.core.ast import blocks_of, join_words, plain, transform, walk
from shadowreport.core.layout import SETTINGS, TEMPLATES
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Block, Place
from shadowreport.load.allowed import bad_url
from shadowreport.machine.cache import pack, remembered, unpack
from shadowreport.machine.programs import ProgramError, pandoc
from shadowreport.machine.toolkit import templates

# what the expressions of a template may raise, from {{ 1 / 0 }} to one that calls itself
_RAISED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

_SHOWN = 60  # letters of an address


class Templates:
    """The Jinja templates of a project: its own, else the toolkit's, by name."""

    def __init__(self, project: Path) -> None:
        _refuse_links_outside(project / "templates")
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([project / "templates", templates()]),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **data: Any) -> str:
        """The text of a template. Raises Failure with the template's file and line."""
        try:
            return self._environment.get_template(name).render(**data)
        except TemplateSyntaxError as error:
            raise _bad(error.name or name, error.lineno, str(error.message)) from None
        except TemplateError as error:
            raise _bad(name, _line(error, name), str(error)) from None
        except _RAISED as error:
            raise _bad(name, _line(error, name), str(error)) from None


def read_fragments(
    fragments: Mapping[str, str], images: Collection[str], project: Path
) -> dict[str, list[Block]]:
    """The AST of pieces of HTML, by name; `images` are the keys of those that may stand in them. Raises
    Failure for a picture that is none of them, and for an address that no output may link to: those of
    report.yaml come to the cover in this way."""
    page = "\n".join(
        f'<div id="fragment-{index}">{html}</div>' for index, html in enumerate(fragments.values())
    )
    arguments = ("-f", "html-auto_identifiers", "-t", "json")

    def read() -> bytes:
        return pack(join_words(blocks_of(pandoc(arguments, page.encode()))))

    blocks: list[Block] = unpack(remembered("fragments", (*arguments, page), read))
    for element in walk(blocks):
        if element["t"] == "Link":
            _check_address(element["c"][2][0])
        elif element["t"] == "Image":
            _, said, target = element["c"]
            target[0] = _picture(target[0], images, project, described=bool(plain(said)))
    found = {block["c"][0][0]: block["c"][1] for block in blocks if block["t"] == "Div"}
    return {name: found.get(f"fragment-{index}", []) for index, name in enumerate(fragments)}


def read_fragment(html: str, images: Collection[str], project: Path) -> list[Block]:
    """The AST of one piece of HTML. Raises Failure as above, and where pandoc fails."""
    try:
        return read_fragments({"": html}, images, project)[""]
    except ProgramError as error:
        raise Failure([Diagnostic("program-failed", Place(TEMPLATES), str(error))]) from None


def fill(blocks: list[Block], slots: Mapping[str, list[Block]]) -> list[Block]:
    """Blocks in which each slot whose name is known has been replaced."""

    def slot(content: Any) -> Any:
        (identifier, classes, _), _ = content
        return slots.get(identifier, []) if classes == ["slot"] else None

    return transform(blocks, {"Div": slot})


def _check_address(url: str) -> None:
    reason = "" if url.startswith("#") else bad_url(url)
    if reason:
        message = f"the address '{url[:80]}' of an organization or a contact cannot be a link"
        raise Failure([Diagnostic("bad-link", Place(SETTINGS), message, reason)])


def _picture(address: str, images: Collection[str], project: Path, *, described: bool) -> str:
    """The key of a picture that a template names as `images/NAME`, or whole. Raises Failure."""
    if not described:
        message = f"a template shows the picture '{address[:_SHOWN]}' and does not say what it is"
        hint = 'say so for those who do not see it: alt="..."'
        raise Failure([Diagnostic("bad-image", _place(address, project), message, hint)])
    for key in (address, f"{TEMPLATES}{address}"):
        if key in images:
            return key
    shown = address.partition(",")[0][:_SHOWN]  # a whole picture may be written behind the comma
    known = [key.removeprefix(TEMPLATES) for key in images if key.startswith(TEMPLATES)]
    hint = did_you_mean(shown, known)
    hint = hint or "put a PNG, JPEG or SVG into templates/images/, and name it as images/NAME"
    message = f"a template shows the picture '{shown}', which is not in templates/"
    raise Failure([Diagnostic("missing-image", _place(address, project), message, hint)])


def _place(words: str, project: Path) -> Place:
    """Where words stand in the project's own templates; the folder, where they were put together."""
    for path in sorted((project / TEMPLATES).glob("*.j2")):
        before, found, _ = path.read_text("utf-8", "replace").partition(words)
        if found:
            return Place(f"{TEMPLATES}{path.name}", before.count("\n") + 1)
    return Place(TEMPLATES)


def _refuse_links_outside(folder: Path) -> None:
    """A symbolic link among the templates could print any file of the editor's machine."""
    home = folder.resolve()
    for path in folder.rglob("*"):
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            place = Place(f"templates/{path.relative_to(folder)}")
            message = "cannot be read: it is a symbolic link to a file outside templates/"
            hint = "put the file itself there"
            raise Failure([Diagnostic("unreadable-file", place, message, hint)])


def _line(error: BaseException, name: str) -> int:
    line = 1
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _bad(name: str, line: int, message: str) -> Failure:
    hint = "docs/templates.md lists what each template is given"
    return Failure([Diagnostic("bad-template", Place(f"templates/{name}", line), message, hint)])
