"""A file is merged a second time, or its author sends a newer one: what an editor decided stays decided."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from small_report import run_git
from wordedit import WordEdit

from shadowreport.roundtrip.merge import Merged, merge

_NOTE = re.compile(r"\n\n::: \{\.note[\s\S]*?\n:::(?=\n)")
_TEXT = "sections/200-legislation.md"


def edited(project: Path) -> WordEdit:
    """What an author sent back: words changed, a comment, a new paragraph, one moved."""
    [sent] = (project / "build/sent").glob("*.docx")
    file = WordEdit(sent)
    file.replace(file.marked("par_no_law"), "defines direct", "describes direct", "Aliya")
    file.comment(file.marked("par_remedies"), "5 cases", "Which ones?", "Aliya")
    new = "Courts keep no records of such cases at all."
    file.new_paragraph(file.marked("par_statistics"), new, "Aliya")
    return file


def saved(project: Path, file: WordEdit, name: str = "returned.docx") -> Path:
    return file.save(project / name)


def text(project: Path) -> str:
    return (project / _TEXT).read_text("utf-8")


def change(project: Path, old: str, new: str) -> None:
    """The editor writes."""
    assert old in text(project)
    (project / _TEXT).write_text(text(project).replace(old, new), "utf-8")


def without_notes(project: Path) -> str:
    """The editor deletes all notes."""
    (project / _TEXT).write_text(_NOTE.sub("", text(project)), "utf-8")
    return text(project)


def told(result: Merged) -> list[tuple[str, str]]:
    return [(item.code, item.message) for item in result.diagnostics]


@pytest.mark.parametrize("commit", [False, True])
def test_notes_that_were_deleted_and_words_put_back_stay_so_and_are_told(
    project: Path, commit: bool
) -> None:
    file = saved(project, edited(project))
    assert told(merge(project, file, commit=commit)) == []
    change(project, "describes direct", "defines direct")
    now = without_notes(project)
    if commit:
        run_git(project, "commit", "-qam", "Settle what came")
    again = merge(project, file, commit=commit)
    assert (text(project), again.changes, again.commits) == (now, [], [])
    assert told(again) == [
        (
            "merged-before",
            "what an earlier merge of returned.docx brought here was changed, settled or deleted since,"
            " and stays as it is now: 'No law of Kazakhstan describes direct and indirect discrimination [@la…';"
            " 'On \"5 cases\": Which ones?'",
        )
    ]
    assert "--again" in again.diagnostics[0].hint
    assert told(merge(project, file, again=True)) == []
    assert "describes direct" in text(project) and "Which ones?" in text(project)


def test_what_stands_as_it_came_is_not_told(project: Path) -> None:
    file = saved(project, edited(project))
    merge(project, file)
    now = text(project)
    assert (told(merge(project, file)), text(project)) == ([], now)


def test_a_new_paragraph_that_was_deleted_and_a_move_that_was_undone_stay_so(project: Path) -> None:
    file = edited(project)
    file.marked("par_remedies").addprevious(file.marked("par_statistics"))
    path = saved(project, file)
    before = text(project)
    assert told(merge(project, path)) == []
    assert text(project) != before
    run_git(project, "checkout", "-q", "--", "sections")
    assert {code for code, _ in told(merge(project, path))} == {"merged-before"}
    assert text(project) == before


def test_a_settled_conflict_does_not_come_back(project: Path) -> None:
    file = saved(project, edited(project))
    change(project, "defines direct", "names direct")
    assert [code for code, _ in told(merge(project, file))] == ["conflict"]
    now = without_notes(project)
    again = merge(project, file)
    assert {code for code, _ in told(again)} == {"merged-before"} and again.conflicts == []
    assert text(project) == now


def test_of_a_newer_file_only_what_is_new_comes(project: Path) -> None:
    file = edited(project)
    merge(project, saved(project, file))
    change(project, "describes direct", "sets out direct")
    now = without_notes(project)
    file.replace(file.marked("par_no_law"), "the site", "the new site", "Aliya")
    file.comment(file.marked("par_no_law"), "The same gap", "Is it?", "Aliya")
    result = merge(project, saved(project, file, "newer.docx"))
    assert {code for code, _ in told(result)} == {"merged-before"}
    assert "sets out direct" in text(project) and "the new site" in text(project)
    assert text(project).count("Is it?") == 1 and "Which ones?" not in text(project)
    assert result.conflicts == [] and "Which ones?" not in now


def test_a_new_paragraph_that_its_author_changed_again_is_not_doubled(project: Path) -> None:
    file = edited(project)
    merge(project, saved(project, file))
    file.replace(file.holding("Courts keep no records"), "at all", "in any district", "Aliya")
    result = merge(project, saved(project, file, "newer.docx"))
    assert [code for code, _ in told(result)] == ["conflict"]
    assert text(project).count("{#courts-keep") == 1
    assert "The text of Aliya is:\n\nCourts keep no records of such cases in any district." in text(
        project
    )


def test_a_remark_of_a_reader_that_was_deleted_stays_so(project: Path) -> None:
    file = project / "remarks.json"
    remark = {
        "section": "legislation",
        "paragraph": "par-statistics",
        "text": "The Government publishes no statistics on complaints.",
        "words": "no statistics",
        "remark": ["None at all?"],
        "day": "2022-03-01",
    }
    data = {
        "version": 1,
        "report": "small",
        "revision": "",
        "sent_to": "",
        "edition": "",
        "reviewer": "Dana",
        "remarks": [remark],
    }
    file.write_text(json.dumps(data), "utf-8")
    assert told(merge(project, file)) == [] and "None at all?" in text(project)
    now = without_notes(project)
    assert [code for code, _ in told(merge(project, file))] == ["merged-before"]
    assert text(project) == now
    assert told(merge(project, file, again=True)) == [] and "None at all?" in text(project)
