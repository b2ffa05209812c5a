"""Renderers: each turns a resolved report into the bytes of one format.

To add an output, write a module with a function `render(resolved, project) -> Output` and put it
into the table below; docs/extending.md walks through it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.programs import ProgramError
from shadowreport.render.output import Output
from shadowreport.resolve.resolved import Resolved

# format: module with a function render; the slowest first, since they are begun in this order
RENDERERS = {
    "pdf": "shadowreport.render.pdf",
    "docx": "shadowreport.render.docx",
    "html": "shadowreport.render.html",
    "md": "shadowreport.render.markdown",
    "json": "shadowreport.render.json",
}
_AT_ONCE = 2  # the PDF takes as long as the others one after another


def render(
    resolved: Resolved, project: Path, formats: tuple[str, ...]
) -> tuple[dict[str, Output], list[Diagnostic]]:
    """The outputs by format, and what is wrong with them. A format that fails is left out."""
    wanted = [name for name in RENDERERS if name in formats]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pending = {name: pool.submit(_render, name, resolved, project) for name in wanted}
        done = {name: future.result() for name, future in pending.items()}
    outputs = {name: output for name, (output, _) in done.items() if output}
    return outputs, [diagnostic for _, found in done.values() for diagnostic in found]


def _render(
    name: str, resolved: Resolved, project: Path
) -> tuple[Output | None, tuple[Diagnostic, ...]]:
    try:
        output: Output = import_module(RENDERERS[name]).render(resolved, project)
        return output, output.diagnostics
    except Failure as failure:
        return None, failure.diagnostics
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        # a template may leave out what a renderer needs; nobody should see a traceback for that
        message = f"{name} cannot be made: {type(error).__name__}: {error}"
        hint = "compare the project's templates/ with the toolkit's; if it has none, report this"
        return None, (Diagnostic("bad-template", Place("templates"), message, hint),)
    except ProgramError as error:
        return None, (Diagnostic("program-failed", Place("sections"), f"{name}: {error}"),)
