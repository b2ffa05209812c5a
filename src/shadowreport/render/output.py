"""What a renderer gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.problems import Diagnostic
from shadowreport.resolve.resolved import Resolved


@dataclass(frozen=True, slots=True)
class Output:
    """A rendered report: its bytes, what is wrong with it, and its pages where it has pages."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int = 0


Renderer = Callable[[Resolved, Path], Output]
