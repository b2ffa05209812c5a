"""What is measured: the toolkit's tasks, the bare programs below them, and what people use instead."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measure import Job
from bench.report import generate
from shadowreport.programs import pandoc_path

ALL = "docx,pdf,html,json"
BARE = "bare pandoc + typst: DOCX, PDF"
COLD = "all: DOCX, PDF, HTML, JSON"
WARM = "DOCX, PDF, HTML after an edit"
CHECK = "check, nothing changed"
_CHECKOUT = Path(__file__).resolve().parents[1]
_INVOKE = [sys.executable, "-m", "invoke"]
_TYPST = "import typst; typst.compile('bare.typ', output='bare.pdf', ignore_system_fonts=True)"
_counter = itertools.count(1)


class Bench:
    """A generated report in a folder, with its text as one Markdown file for other programs."""

    def __init__(self, folder: Path, times: int) -> None:
        self.project = folder / f"{times}x"
        self.others = folder / f"{times}x-others"
        self.environment = {"PYTHONPATH": str(_CHECKOUT / "src")}
        shutil.rmtree(self.project, ignore_errors=True)
        self.others.mkdir(parents=True, exist_ok=True)
        generate(self.project, times)
        line = "from shadowreport.tasks import namespace\n\n__all__ = ['namespace']\n"
        (self.project / "tasks.py").write_text(line, encoding="utf-8")
        formats = "docx,html,md"
        self._prepare([*_INVOKE, "build", "--formats", formats], self.project)
        for kind in formats.split(","):
            built = self.project / "build" / f"bench-{times}x.{kind}"
            shutil.copy(built, self.others / f"bare.{kind}")

    def ours(self, *, each: bool = True) -> Iterator[Job]:
        """The toolkit's tasks; `each`: also every format alone."""
        yield self._task(COLD, "build", "--formats", ALL, before=self.forget)
        for kind in ALL.split(",") if each else []:
            yield self._task(
                f"{kind.upper()} alone", "build", "--formats", kind, before=self.forget
            )
        yield self._task(WARM, "build", "--formats", "docx,pdf,html", before=self._edited)
        yield self._task(
            "DOCX, HTML after an edit", "build", "--formats", "docx,html", before=self._edited
        )
        yield self._task("all, nothing changed", "build", "--formats", ALL, before=self._built)
        yield self._task("check, cold", "check", before=self.forget)
        yield self._task("check after an edit", "check", before=self._edited)
        yield self._task(CHECK, "check")
        if self._knows("matrix"):
            yield self._task("matrix", "matrix")

    def bare(self) -> Job:
        """The same work by pandoc and typst themselves, one run after another."""
        pandoc = pandoc_path()
        commands = (
            (pandoc, "bare.md", "-o", "bare-pandoc.docx"),
            (pandoc, "bare.md", "-t", "typst", "-s", "-o", "bare.typ"),
            (sys.executable, "-c", _TYPST),
        )
        return Job(BARE, commands, self.others)

    def peers(self) -> Iterator[Job]:
        """What people use instead, of what is installed."""
        for name, program, commands in _PEERS:
            if shutil.which(program):
                if "bare.adoc" in itertools.chain(*commands):
                    self._prepare([pandoc_path(), "bare.md", "-s", "-o", "bare.adoc"], self.others)
                yield Job(name, commands, self.others)

    def forget(self) -> None:
        """Makes the next build a cold one."""
        shutil.rmtree(self.project / "build", ignore_errors=True)

    def _built(self) -> None:
        self._prepare([*_INVOKE, "build", "--formats", ALL], self.project)

    def _edited(self) -> None:
        """An edit of a report that was built before it."""
        if not (self.project / "build" / ".cache" / "pdf").exists():
            self._built()
        edited(self.project)

    def _task(self, label: str, *arguments: str, before: Callable[[], None] = lambda: None) -> Job:
        return Job(label, [[*_INVOKE, *arguments]], self.project, before, self.environment)

    def _knows(self, task: str) -> bool:
        done = subprocess.run(
            [*_INVOKE, "--list"],
            cwd=self.project,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return re.search(rf"^\s+{task}\b", done.stdout, re.MULTILINE) is not None

    def _prepare(self, command: list[str], folder: Path) -> None:
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
        )


def edited(project: Path) -> None:
    """Changes a sentence of a paragraph in the middle of a generated report."""
    files = sorted((project / "sections").glob("*-theme-*.md"))
    file = files[len(files) // 2]
    text = file.read_text(encoding="utf-8")
    start = text.index("\n", text.index("\n{#p-") + 1) + 1
    rest = re.sub(r"^Draft \d+\. ", "", text[start:])
    file.write_text(f"{text[:start]}Draft {next(_counter)}. {rest}", encoding="utf-8")


_PEERS = (
    (
        "LibreOffice: PDF from our DOCX",
        "soffice",
        [
            [
                "soffice",
                f"-env:UserInstallation={Path(tempfile.gettempdir(), 'bench-office').as_uri()}",
                "--convert-to",
                "pdf",
                "bare.docx",
            ]
        ],
    ),
    ("WeasyPrint: PDF from our HTML", "weasyprint", [["weasyprint", "bare.html", "weasy.pdf"]]),
    ("asciidoctor-pdf", "asciidoctor-pdf", [["asciidoctor-pdf", "bare.adoc", "-o", "adoc.pdf"]]),
    (
        "Quarto: DOCX, PDF by typst",
        "quarto",
        [
            ["quarto", "render", "bare.md", "--to", "docx"],
            ["quarto", "render", "bare.md", "--to", "typst"],
        ],
    ),
    ("MyST: DOCX", "myst", [["myst", "build", "bare.md", "--docx", "--force"]]),
)
