"""What a renderer gives back."""

from __future__ import annotations

from dataclasses import dataclass

from shadowreport.core.problems import Diagnostic


@dataclass(frozen=True, slots=True)
class Output:
    """A rendered report: its bytes, what is wrong with it, and its pages where it has pages."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int = 0
