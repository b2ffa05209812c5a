"""Builds a report in Word files of other makers and tells what came out wrong: `python tools/try_templates.py FILE…`.
Without files, those that python-docx and pandoc bring and the toolkit's own, spoiled in many ways."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import docx
from conftest import Tiny
from own_word_files import NUMBERS, spoiled, wrong_with
from test_validators import validate

from shadowreport.machine.programs import pandoc


def main() -> None:
    """Prints a line for each Word file, and the figures."""
    given = {Path(name).name: Path(name).read_bytes() for name in sys.argv[1:]}
    templates = given or {**_brought(), **spoiled()}
    refused = wrong = 0
    for name, template in templates.items():
        with tempfile.TemporaryDirectory() as folder:
            tiny = Tiny(Path(folder))
            why, found = wrong_with(tiny, template)
            found += [] if why else _seen_by_others(tiny)
        refused, wrong = refused + bool(why), wrong + bool(found)
        print(f"{name}: {'; '.join((why and ['refused', *why]) or found) or 'right'}", flush=True)
    print(f"{len(templates)} Word files: {refused} refused, {wrong} wrong")


def _brought() -> dict[str, bytes]:
    plain = io.BytesIO()
    docx.Document().save(plain)
    return {
        "python-docx": plain.getvalue(),
        "pandoc": pandoc(["--print-default-data-file", "reference.docx"], b""),
    }


def _seen_by_others(tiny: Tiny) -> list[str]:
    """What the Open XML SDK finds in the report, and which numbers LibreOffice does not print."""
    report = tiny.project / "build" / "tiny.docx"
    told = [f"not valid: {error['description']}" for error in validate(report)]
    if not shutil.which("soffice"):
        return told
    profile = f"-env:UserInstallation=file://{tempfile.gettempdir()}/try-templates"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tiny.project),
        str(report),
    ]
    subprocess.run(command, check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tiny.project / "tiny.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    printed = {" ".join(line.split()) for line in text.splitlines()}
    wanted = [f"{number} {words}" for words, number in NUMBERS.items()]
    return told + [
        f"LibreOffice prints no '{line}'"
        for line in wanted
        if not any(line in found for found in printed)
    ]


if __name__ == "__main__":
    main()
