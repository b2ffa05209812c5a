"""What is measured: the toolkit's tasks, the bare programs below them, and what people use instead."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measure import Job
from bench.report import edited, generate
from shadowreport.machine.cache import folder_of
from shadowreport.machine.programs import pandoc_path

ALL = "docx,pdf,html,json"
LARGE = 10  # times the model; of larger reports only the whole build is measured
BARE = "bare pandoc + typst: DOCX, PDF"
COLD = "all: DOCX, PDF, HTML, JSON, matrix"
THREE = "DOCX, PDF, HTML"
WARM = f"{THREE} after an edit"
PREVIEW = "page in the preview after a save"
CHECK = "check, nothing changed"
DOCX = "DOCX alone"
REDLINE = "redline of two commits"
_CHECKOUT = Path(__file__).resolve().parents[1]
_INVOKE = [sys.executable, "-m", "invoke"]
_TYPST = "import typst; typst.compile('bare.typ', output='bare.pdf', ignore_system_fonts=True)"


class Bench:
    """A generated report in a folder, with its text as one Markdown file for other programs."""

    def __init__(self, folder: Path, times: int) -> None:
        self.times = times
        self.project = folder / f"{times}x"
        self.others = folder / f"{times}x-others"
        self.environment = {"PYTHONPATH": str(_CHECKOUT / "src")}
        shutil.rmtree(self.project, ignore_errors=True)
        self.others.mkdir(parents=True, exist_ok=True)
        generate(self.project, times)
        self._git("init", "-q")
        line = "from shadowreport.tasks import namespace\n\n__all__ = ['namespace']\n"
        (self.project / "tasks.py").write_text(line, encoding="utf-8")
        formats = "docx,html,md"
        self._prepare([*_INVOKE, "build", "--formats", formats], self.project)
        for kind in formats.split(","):
            built = self.project / "build" / f"bench-{times}x.{kind}"
            shutil.copy(built, self.others / f"bare.{kind}")

    def ours(self) -> Iterator[Job]:
        """The toolkit's tasks; of a very large report only the whole build."""
        yield self._task(COLD, "build", "--formats", ALL, "matrix", before=self.forget)
        if self.times > LARGE:
            return
        for kind in ALL.split(",") if self.times == 1 else []:
            yield self._task(
                f"{kind.upper()} alone", "build", "--formats", kind, before=self.forget
            )
        three = ("build", "--formats", "docx,pdf,html")
        yield self._task(THREE, *three, before=self.forget)
        yield self._task(WARM, *three, before=self._edited)
        yield self._task(
            "DOCX, HTML after an edit", "build", "--formats", "docx,html", before=self._edited
        )
        yield self._task("all, nothing changed", "build", "--formats", ALL, before=self._built)
        yield self._preview()
        yield self._task("check, cold", "check", before=self.forget)
        yield self._task("check after an edit", "check", before=self._edited)
        yield self._task(CHECK, "check")
        yield self._task("matrix, cold", "matrix", before=self.forget)
        yield self._task(REDLINE, "redline", "HEAD~1..HEAD", before=self._committed)
        yield self._import()

    def _preview(self) -> Job:
        command = [sys.executable, "-m", "bench.preview", str(self.project)]
        path = os.pathsep.join([str(_CHECKOUT), str(_CHECKOUT / "src")])
        environment = {"PYTHONPATH": path}
        return Job(PREVIEW, [command], _CHECKOUT, self._built, environment, own_clock=True)

    def _import(self) -> Job:
        command = [*_INVOKE, "import-report", str(self.others / "bare.docx"), "--into", "imported"]

        def forget() -> None:
            shutil.rmtree(self.project / "imported", ignore_errors=True)

        return Job("import of the DOCX", [command], self.project, forget, self.environment)

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
        self._prepare([pandoc_path(), "bare.md", "-s", "-o", "bare.adoc"], self.others)
        for name, program, output, commands in _PEERS:
            if shutil.which(program):
                yield Job(name, commands, self.others, makes=self.others / output, ours=False)

    def forget(self) -> None:
        """Makes the next build a cold one."""
        shutil.rmtree(self.project / "build", ignore_errors=True)
        shutil.rmtree(folder_of(self.project), ignore_errors=True)

    def _built(self) -> None:
        self._prepare([*_INVOKE, "build", "--formats", ALL], self.project)

    def _edited(self) -> None:
        """An edit of a report that was built before it."""
        if not (folder_of(self.project) / "pdf").exists():
            self._built()
        edited(self.project)

    def _task(self, label: str, *arguments: str, before: Callable[[], None] = lambda: None) -> Job:
        return Job(label, [[*_INVOKE, *arguments]], self.project, before, self.environment)

    def _committed(self) -> None:
        """Two commits, one edit apart, and nothing remembered."""
        for message in ("before", "after"):
            edited(self.project)
            self._git("add", "sections", "references")
            self._git("commit", "-q", "-m", message)
        self.forget()

    def _git(self, *arguments: str) -> None:
        person = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
        self._prepare(["git", *person, *arguments], self.project)

    def _prepare(self, command: list[str], folder: Path) -> None:
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
        )


_OFFICE = Path(tempfile.gettempdir(), "bench-office").as_uri()
_PEERS = (  # what it is, its program, what it makes, and how
    (
        "LibreOffice: PDF from our DOCX",
        "soffice",
        "bare.pdf",
        [["soffice", f"-env:UserInstallation={_OFFICE}", "--convert-to", "pdf", "bare.docx"]],
    ),
    (
        "WeasyPrint: PDF from our HTML",
        "weasyprint",
        "weasy.pdf",
        [["weasyprint", "bare.html", "weasy.pdf"]],
    ),
    (
        "asciidoctor-pdf: PDF",
        "asciidoctor-pdf",
        "adoc.pdf",
        [["asciidoctor-pdf", "bare.adoc", "-o", "adoc.pdf"]],
    ),
    (
        "pandoc + XeLaTeX: PDF",
        "xelatex",
        "latex.pdf",
        [[pandoc_path(), "bare.md", "-o", "latex.pdf", "--pdf-engine=xelatex"]],
    ),
    (
        "Quarto: DOCX, PDF by typst",
        "quarto",
        "bare.docx",
        [["quarto", "render", "bare.md", "--to", form] for form in ("typst", "docx")],
    ),
    (
        "MyST: DOCX",
        "myst",
        "_build/exports/bare.docx",
        [["myst", "build", "bare.md", "--docx", "--force"]],
    ),
)
OTHERS = {BARE, *(name for name, *_ in _PEERS)}
