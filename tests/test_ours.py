"""The names in our own Word files: renamed in one place, they are still written and known again."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from shadowreport.core.numbering import KINDS, anchor
from shadowreport.word import ours

RENAMED = {
    '"Numbered Paragraph"': '"Counted Text"',
    '"Continued Paragraph"': '"Further Text"',
    '"Box ': '"Frame ',
    '"Table Text"': '"Cell Text"',
    '"Table Heading"': '"Cell Heading"',
    '"TOC Column"': '"Contents Column"',
    '"Source"': '"Origin"',
    '"Cover "': '"Front "',
    'rf"({': 'rf"sr({',  # bookmarks begin with sr
    'return anchor.replace("-", "_")': 'return "sr" + anchor.replace("-", "_")',
}
OLD = r"Numbered ?Paragraph|Continued ?Paragraph|Box ?[A-Z]|Cover ?[A-Z]|Table ?(Text|Heading)|\"(par|sec|rec|tbl)_"
# A report goes out and comes back edited, and its file is imported.
JOURNEY = """
import sys
from pathlib import Path
from small_report import make_report
from wordedit import WordEdit
from shadowreport.importing import import_report
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send
from shadowreport.word import ours

project, imported = make_report(Path(sys.argv[1]) / "report"), Path(sys.argv[1]) / "imported"
assert send(project, (), "").succeeded
sent = next((project / "build" / "sent").glob("*.docx"))
import_report(sent, imported)
edit = WordEdit(sent)
edit.replace(edit.marked(ours.bookmark_of("par-no-law")), "defines direct", "describes direct")
edit.new_paragraph(edit.marked(ours.bookmark_of("rec-special-law")), "Courts should publish figures.")
edit.new_paragraph(edit.marked(ours.bookmark_of("par-statistics")), "Nobody counts them.")
edit.delete_paragraph(edit.marked(ours.bookmark_of("par-method")))
print(*merge(project, edit.save(project / "back" / sent.name)).diagnostics, sep="\\n")
"""


def _journey(package: Path, folder: Path) -> tuple[str, dict[str, str], bytes]:
    """What merge says, the sections of the merged report and of the import, and the file sent."""
    folder.mkdir()
    path = os.pathsep.join([str(package), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", JOURNEY, str(folder)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    texts = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.glob("*/sections/*.md"))
    }
    return done.stdout, texts, next(folder.glob("report/build/sent/*.docx")).read_bytes()


def test_a_name_is_changed_in_one_place(tmp_path: Path) -> None:
    for name in ("src", "templates", "tools", "docs/schemas"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=ignore)
    names = tmp_path / "copy" / "src" / "shadowreport" / "word" / "ours.py"
    text = names.read_text("utf-8")
    for old, new in RENAMED.items():
        assert old in text
        text = text.replace(old, new)
    names.write_text(text, "utf-8")
    tool = tmp_path / "copy" / "tools" / "make_reference_docx.py"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "copy" / "src")}
    subprocess.run([sys.executable, str(tool)], env=environment, check=True)
    renamed = _journey(tmp_path / "copy" / "src", tmp_path / "renamed")
    usual = _journey(ROOT / "src", tmp_path / "usual")
    assert renamed[:2] == usual[:2]
    assert "describes direct" in usual[1]["report/sections/200-legislation.md"]
    assert "{#rec-courts-" in usual[1]["report/sections/200-legislation.md"]
    with zipfile.ZipFile(io.BytesIO(renamed[2])) as archive:
        for part in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            assert re.search(OLD, archive.read(part).decode()) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_bookmark_leads_back_to_its_anchor(kind: str) -> None:
    name = ours.bookmark_of(anchor(kind, "no-special-law-2"))
    assert re.fullmatch(r"\w{1,40}", name)
    assert ours.anchor_of(name) == f"{kind}-no-special-law-2"
    assert ours.id_of(name, kind) == "no-special-law-2"
    assert ours.referred(f"REF {name} \\r \\h") == f"{kind}-no-special-law-2"


@pytest.mark.parametrize("name", ["_Toc123", "par", "par_", "party_law", "GoBack", ""])
def test_bookmarks_of_others_are_not_ours(name: str) -> None:
    assert (ours.anchor_of(name), ours.id_of(name, "par"), ours.referred(name)) == ("", "", "")
