"""Runs renderers: those of the wanted formats, a few at once."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.programs import ProgramError
from shadowreport.render import FORMATS
from shadowreport.render.output import Output
from shadowreport.resolve.resolved import Resolved

_AT_ONCE = 2  # the PDF takes as long as the others one after another


def render(
    resolved: Resolved, project: Path, formats: Collection[str]
) -> tuple[dict[str, Output], list[Diagnostic]]:
    """The outputs by format, and what is wrong with them. A format that fails is left out."""
    wanted = [name for name in FORMATS if name in formats]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pending = {name: pool.submit(_render, name, resolved, project) for name in wanted}
        done = {name: future.result() for name, future in pending.items()}
    outputs = {name: output for name, (output, _) in done.items() if output}
    return outputs, [diagnostic for _, found in done.values() for diagnostic in found]


def _render(
    name: str, resolved: Resolved, project: Path
) -> tuple[Output | None, tuple[Diagnostic, ...]]:
    try:
        output: Output = import_module(FORMATS[name].module).render(resolved, project)
        return output, output.diagnostics
    except Failure as failure:
        return None, failure.diagnostics
    except ProgramError as error:
        return None, (Diagnostic("program-failed", Place("sections"), f"{name}: {error}"),)
