"""Draws the pages of the PDF as pictures, with a typst that stays and remembers what it laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from shadowreport.machine.programs import ProgramError
from shadowreport.machine.typst import Typesetter

_AT_MOST = 200  # drawings by one typst, which never forgets what it has laid out


class Pages:
    """Pictures of pages, by names that change with what they show."""

    def __init__(self) -> None:
        self._typesetter: Typesetter | None = None
        self._fonts: list[Path] = []
        self._drawings = 0

    def draw(
        self, files: Mapping[str, bytes], fonts: Sequence[Path], most: int
    ) -> tuple[list[str], str]:
        """The names of the pages, or none and why. Raises ProgramError where typst itself fails."""
        if self._drawings >= _AT_MOST or self._fonts != list(fonts):
            self.close()
        if self._typesetter is None:
            self._typesetter = Typesetter(fonts)
            self._fonts, self._drawings = list(fonts), 0
        self._drawings += 1
        try:
            return self._typesetter.pages(files, most)
        except ProgramError:
            self.close()
            raise

    def picture(self, name: str) -> bytes:
        """A page by its name, as SVG; empty where it is gone."""
        try:
            return (self._typesetter.pictures / name).read_bytes() if self._typesetter else b""
        except OSError:
            return b""

    def close(self) -> None:
        """Ends typst and removes the pictures."""
        if self._typesetter:
            self._typesetter.close()
        self._typesetter = None
