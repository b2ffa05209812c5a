"""typst in a child process of ours: bounded in time and memory, in a folder that holds its sources.

The child stays between questions, because typst remembers what it has laid out: the same report with
one paragraph changed takes it a quarter of the time.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shadowreport.machine.programs import WRITE_SECONDS, Conversation, ProgramError, in_scratch
from shadowreport.machine.scratch import Scratch
from shadowreport.machine.toolkit import templates

MAIN = "main.typ"

# What typst may use. A report takes 700 bytes for each of its text; twice that leaves room for what
# it remembers of an earlier state. A small text that asks for much is stopped early.
_BYTES = 2 << 30
_BYTES_PER_BYTE = 1500


_MEASURED = """#set text(font: {font}, size: 100pt)
#context [#metadata({letters}.clusters().map(letter => measure(letter).width / 100pt)) <widths>]
"""


@dataclass(frozen=True, slots=True)
class TypstProblem:
    """What typst says of a document: a message and typst's own drawing of the place."""

    message: str
    detail: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class TypstResult:
    """A PDF (empty where there is none), what typst said, and where the elements asked for stand."""

    pdf: bytes
    problems: tuple[TypstProblem, ...]
    places: list[Any]


def fonts(project: Path, *, system: bool = False) -> list[Path]:
    """The folders of a project's own fonts and the toolkit's; of the system's too where asked for,
    since large fonts do not come along."""
    own = [folder / "fonts" for folder in (project / "templates", templates())]
    folders = dict.fromkeys([*own, *(_system_fonts() if system else ())])
    return [path for path in folders if path.is_dir()]


def font_files(folders: Sequence[Path]) -> list[bytes]:
    """What the fonts in the first of some folders hold, a project's own: others come with the toolkit."""
    found = (path for folder in folders[:1] for path in sorted(folder.rglob("*")))
    return [path.read_bytes() for path in found if path.is_file()]


def _system_fonts() -> list[Path]:
    home = Path.home()
    windows, local = os.environ.get("WINDIR"), os.environ.get("LOCALAPPDATA")
    return [
        *(Path("/usr/share/fonts"), Path("/usr/local/share/fonts")),
        *(home / ".fonts", home / ".local/share/fonts"),
        *(Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"),
        *([Path(windows, "Fonts")] if windows else []),
        *([Path(local, "Microsoft/Windows/Fonts")] if local else []),
    ]


def families(folders: Sequence[Path] = ()) -> list[str]:
    """The names of the fonts that there are: typst's own, and those in some folders."""
    import typst

    found = typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in folders])
    return list(found.families())


def script_fonts(project: Path, wanted: Mapping[str, Any]) -> tuple[list[Path], str]:
    """The folders with fonts for a language, and the first font with the letters of its script, where
    those of the toolkit lack them (`fonts:` of the language's file says so). Without it the system's other
    fonts stay away: they would show the shapes of another language, and nobody would be told."""
    if "install" not in wanted:
        return fonts(project), ""
    folders = fonts(project, system=True)
    known = families(folders)
    found = next((name for name in wanted["pdf"] if name in known), "")
    return (folders if found else fonts(project)), found


class Typesetter:
    """Lays out sources, which are files by name, of which `MAIN` is where typst begins.

    To be closed, or used in a with block. All methods raise ProgramError where typst itself fails or
    runs out of its bounds, and where the folder for its files cannot be used.
    """

    def __init__(self, fonts: Sequence[Path] = ()) -> None:
        """`fonts` are folders of fonts besides typst's own."""
        if importlib.util.find_spec("typst") is None:
            raise ProgramError("typst is missing; install the package typst")
        self._fonts = [str(path) for path in fonts]
        with in_scratch():
            self._scratch = Scratch()
            self._folder = Path(self._scratch.name)
            self._sources = self._folder / "sources"
            self._packages = self._folder / "packages"  # there are none
            self.pictures = self._folder / "pages"
            for folder in (self._sources / "images", self._packages, self.pictures):
                folder.mkdir(parents=True)
        self._child = Conversation("typst", "shadowreport.machine.typst_child")

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def pdf(
        self, files: Mapping[str, bytes], timestamp: int, names: Sequence[str] = ()
    ) -> TypstResult:
        """The sources as a tagged PDF (PDF/UA-1 and PDF/A-2a), and where the elements with some
        labels stand in it."""
        output = self._folder / "out.pdf"
        found = self._ask("pdf", files, output=str(output), timestamp=timestamp, names=names)
        problems = tuple(TypstProblem(**item) for item in found["problems"])
        failed = any(problem.fatal for problem in problems)
        with in_scratch():
            return TypstResult(b"" if failed else output.read_bytes(), problems, found["places"])

    def widths(self, font: str, letters: str) -> dict[str, float]:
        """How wide some letters are in a font, in ems. Raises ProgramError where typst cannot say it."""
        source = _MEASURED.format(font=json.dumps(font), letters=json.dumps(letters))
        answer = self._ask("widths", {MAIN: source.encode()})
        if answer["problem"]:
            raise ProgramError(f"typst: {answer['problem']}")
        return dict(zip(letters, answer["widths"], strict=True))

    def pages(self, files: Mapping[str, bytes], most: int) -> tuple[list[str], str]:
        """Draws each page as SVG into the folder `pictures`. The names of the files, which change
        with what they show, or none and why there are none: an error, or more pages than `most`."""
        answer = self._ask("pages", files, pictures=str(self.pictures), most=most)
        return answer["names"], answer["problem"]

    def png(self, files: Mapping[str, bytes]) -> bytes:
        """The first page as a picture, two dots a point. Raises ProgramError where typst refuses it."""
        output = self._folder / "out.png"
        problem = self._ask("png", files, output=str(output))["problem"]
        if problem:
            raise ProgramError(f"typst: {problem}")
        with in_scratch():
            return output.read_bytes()

    def close(self) -> None:
        """Ends typst and removes all files."""
        self._child.close()
        self._scratch.cleanup()

    def _ask(self, task: str, files: Mapping[str, bytes], **more: Any) -> Any:
        with in_scratch():
            for name, data in files.items():
                (self._sources / name).write_bytes(data)
        text = sum(len(data) for name, data in files.items() if name.endswith(".typ"))
        question = {
            "task": task,
            "root": str(self._sources),
            "main": str(self._sources / MAIN),
            "packages": str(self._packages),
            "fonts": self._fonts,
            "bytes": _BYTES + _BYTES_PER_BYTE * text,
            **more,
        }
        return self._child.ask(question, WRITE_SECONDS)
