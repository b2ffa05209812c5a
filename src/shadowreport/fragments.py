"""Generated pieces of the report: Jinja templates that write HTML, which pandoc reads into its AST.

HTML is what people know how to change, and Jinja escapes data for it. All pieces of a report go
through pandoc in one run. A template leaves a slot, `<div class="slot" id="rec-...">`, where text
of the report belongs that is not a plain string.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shadowreport.diagnostics import Diagnostic, Failure
from shadowreport.model import Block, Place
from shadowreport.pandoc_ast import blocks_of, transform
from shadowreport.programs import pandoc
from shadowreport.resources import templates


class Templates:
    """The Jinja templates of a project: its own, else the toolkit's, by name."""

    def __init__(self, project: Path) -> None:
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
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            raise _bad(name, _line(error, name), str(error)) from None


def read_fragments(fragments: Mapping[str, str]) -> dict[str, list[Block]]:
    """The AST of pieces of HTML, by name."""
    page = "\n".join(
        f'<div id="fragment-{index}">{html}</div>' for index, html in enumerate(fragments.values())
    )
    blocks = blocks_of(pandoc(["-f", "html-auto_identifiers", "-t", "json"], page.encode()))
    found = {block["c"][0][0]: block["c"][1] for block in blocks if block["t"] == "Div"}
    return {name: found.get(f"fragment-{index}", []) for index, name in enumerate(fragments)}


def fill(blocks: list[Block], slots: Mapping[str, list[Block]]) -> list[Block]:
    """Blocks in which each slot whose name is known has been replaced."""

    def slot(content: Any) -> Any:
        (identifier, classes, _), _ = content
        return slots.get(identifier, []) if classes == ["slot"] else None

    return transform(blocks, {"Div": slot})


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
