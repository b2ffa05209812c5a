"""A report to another committee on another State: no word of the bodies and States that it is not about."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import pdf_text

RUN = "from shadowreport.tasks.command import main; main()"
TASKS = ("build", "matrix", "status", "session", "package --anyway")
SYMBOLS = {"CRPD": "CRPD/C/NOR/CO/1", "UPR": "A/HRC/41/7"}
STATES = r"cerd|kazakh|\bkaz\b|racial|racis"
# a review of the Human Rights Council has no committee, no treaty and no State party, but for keys of files
REVIEW = r"(?:committee|(?<!type: )treaty)(?!\"?:)|convention|state part|alternative report"
OTHERS = {"CRPD": STATES, "UPR": f"{STATES}|{REVIEW}"}


def _run(folder: Path, *words: str) -> str:
    """What a task says."""
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def _texts(name: str, data: bytes, file: Path) -> Iterator[tuple[str, str]]:
    """All that a file says, its properties too, part by part."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield (
                    f"{name}!{part}",
                    re.sub(
                        r"<(?!.*docProps)[^>]+>", " ", archive.read(part).decode("utf-8", "replace")
                    ),
                )
    elif data.startswith(b"%PDF"):
        info = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True)
        yield name, pdf_text(file) + info.stdout
    elif not data.startswith(b"\x89PNG"):
        yield name, data.decode("utf-8")


@pytest.fixture(scope="module", params=sorted(SYMBOLS))
def said(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[tuple[str, str]]]:
    """A body, and what each file and each task of a new report to it says."""
    folder = tmp_path_factory.mktemp("others")
    body: str = request.param
    cycle = f"2019={SYMBOLS[body]}"
    names = ("--state", "Nordania", "--organisation", "Northern Voices", "--cycle", cycle)
    texts = [("new", _run(folder, "new", "r", "--committee", body, *names))]
    for section in (folder / "r" / "sections").glob("*.md"):
        # what nobody has written yet is in no brief
        section.write_text(
            re.sub(r"^TODO: s", "S", section.read_text("utf-8"), flags=re.M), "utf-8"
        )
    texts += [(task, _run(folder / "r", *task.split())) for task in TASKS]
    for path in sorted((folder / "r").rglob("*")):
        inside = path.relative_to(folder / "r").as_posix()
        if path.is_file() and not inside.startswith("."):
            texts += _texts(inside, path.read_bytes(), path)
    return body, texts


def test_no_word_is_of_another_body_or_state(said: tuple[str, list[tuple[str, str]]]) -> None:
    body, texts = said
    found = [
        f"{name}: {text[max(0, match.start() - 40) : match.end() + 40]}"
        for name, text in texts
        for match in re.finditer(OTHERS[body], text, re.IGNORECASE)
    ]
    assert not found, "\n".join(found)


def test_all_of_it_was_read(said: tuple[str, list[tuple[str, str]]]) -> None:
    body, texts = said
    names = " ".join(name for name, text in texts if "Nordania" in text)
    for part in (
        "report.yaml",
        ".docx!word/document.xml",
        ".docx!docProps/core.xml",
        ".pdf",
        ".html",
        ".xlsx!",
        "-brief.pdf",
        "letter",
    ):
        assert part in names, part
    assert any(SYMBOLS[body] in text for name, text in texts if "-questions.docx!" in name)
