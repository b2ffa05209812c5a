"""Ids in every script: readable, free, short, and the same for the same text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_report import make_report
from word_files import WordFile
from wordedit import WordEdit

from shadowreport.core.ids import MAX_ID, bad_id
from shadowreport.importing import import_report
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send
from shadowreport.source.ids import Ids, Names

SCRIPTS = {
    "ka": ("საქართველოს კანონი განათლების შესახებ ძალაშია.", "sakartvelos-kanoni"),
    "ar": ("التمييز العنصري ضد النساء مستمر.", "ltmyyz-lnsry"),
    "hi": ("मानव अधिकार आयोग ने कहा।", "manv-adhikar-ayog"),
    "zh": ("中国人权委员会表示关注。", "zhongguo-renquan"),
    "ru": ("Суды не ведут учёта жалоб.", "sudy-ne-vedut-ucheta"),
    "kk": ("Әйелдердің құқықтары бұзылды.", "ayelderding-quqyqtary"),
    "hy": ("Հայաստանի օրենքը լռում է։", "hayastani-orenky"),
    "fr": ("L’œuvre de l’avocat reste négligée.", "oeuvre-avocat-reste-negligee"),
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_report(tmp_path_factory.mktemp("origin"))
    assert send(project, (), "").succeeded
    return project


def imported_ids(folder: Path) -> list[str]:
    rows = (folder / "import-map.csv").read_text("utf-8").splitlines()[1:]
    return [row.split(",")[1] for row in rows]


def test_import_and_merge_give_the_same_readable_ids(origin: Path, tmp_path: Path) -> None:
    word = WordFile()
    word.heading("General")
    for number, (text, _) in enumerate(SCRIPTS.values(), 1):
        word.text(f"{number}. {text}")
    import_report(word.save(tmp_path / "report.docx"), tmp_path / "imported")
    project = Path(shutil.copytree(origin, tmp_path / "project"))
    sent = next((project / "build" / "sent").glob("*.docx"))
    changed = WordEdit(sent)
    for text, _ in reversed(SCRIPTS.values()):
        changed.new_paragraph(changed.marked("par_purpose"), text)
    result = merge(project, changed.save(tmp_path / "back" / sent.name))
    ids = imported_ids(tmp_path / "imported")
    assert result.new_ids == ids
    for identifier, (_, beginning) in zip(ids, SCRIPTS.values(), strict=True):
        assert identifier.startswith(beginning)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_ids_are_ids_unique_and_made_again(texts: list[str]) -> None:
    ids = Ids(["taken", "par-law", "rec-duty"])
    given = [ids.new(text, kind) for text in texts for kind in ("paragraph", "recommendation")]
    assert [bad_id(identifier) for identifier in given if bad_id(identifier)] == []
    assert given == [ids.new(t, kind) for t in texts for kind in ("paragraph", "recommendation")]
    names = Names(("the", "a"))
    made = [names.make(text, "paragraph") for text in texts * 3]
    assert len(set(made)) == len(made) and max(map(len, made), default=0) <= MAX_ID


def test_what_is_taken_is_not_given_again() -> None:
    ids = Ids(["state", "par-law", "rec-duty-stands"], ("the", "a"))
    assert ids.new("The State", "paragraph") == "state-2"
    assert ids.new("A law", "other") == "law-2"
    assert ids.new("Duty stands", "recommendation") == "rec-duty-stands-2"
    long = [ids.new(f"{'Incomprehensibilities ' * 5} {at}", "paragraph") for at in range(20)]
    assert len(set(long)) == 20
    assert all(re.fullmatch(r"incomprehensibilities(-\d+)?", name) for name in long)
