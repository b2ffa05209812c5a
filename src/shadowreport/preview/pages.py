"""Draws the pages of the PDF as pictures, with a typst that stays and remembers what it laid out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from shadowreport.programs import Conversation, ProgramError
from shadowreport.render.pdf import stage

_AT_MOST = 200  # drawings by one child, which never forgets what it has laid out


class Pages:
    """Pictures of pages, by names that change with what they show."""

    def __init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="shadowreport-")
        self._folder = Path(self._scratch.name)
        self._typst: Conversation | None = None
        self._drawings = 0
        for name in ("source", "pages"):
            (self._folder / name).mkdir()

    def draw(
        self, files: Mapping[str, bytes], fonts: Sequence[Path], most: int
    ) -> tuple[list[str], str]:
        """The names of the pages, or none and why. Raises ProgramError where typst itself fails."""
        stage(files, self._folder / "source")
        if self._typst is None or self._drawings >= _AT_MOST:
            self._restart()
        self._drawings += 1
        question = {
            "root": str(self._folder / "source"),
            "pages": str(self._folder / "pages"),
            "fonts": [str(path) for path in fonts],
            "most": most,
        }
        assert self._typst
        try:
            answer = self._typst.ask(question)
        except ProgramError:
            self._typst = None
            raise
        return answer["names"], answer["problem"]

    def picture(self, name: str) -> bytes:
        """A page by its name, as SVG; empty where it is gone."""
        try:
            return (self._folder / "pages" / name).read_bytes()
        except OSError:
            return b""

    def close(self) -> None:
        """Ends typst and removes the pictures."""
        if self._typst:
            self._typst.close()
        self._scratch.cleanup()

    def _restart(self) -> None:
        if self._typst:
            self._typst.close()
        self._typst = Conversation("typst", "shadowreport.preview._pages_child")
        self._drawings = 0
