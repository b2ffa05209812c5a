"""What a person does in Word arrives at its place, or is told by name and place (tests/word_habits.py)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from difflib import ndiff
from pathlib import Path
from typing import NamedTuple

import pytest
import word_habits as habit
from merge_judge import origin
from small_report import commit_all, make_report
from wordedit import WordEdit

from shadowreport.pipeline import examine
from shadowreport.roundtrip.merge import Merged, merge
from shadowreport.roundtrip.send import send

_OLD = "The Government publishes no statistics on complaints."


class Case(NamedTuple):
    """An edit, the lines that come into the files and those that go, and what is told (parts of it)."""

    edit: Callable[[WordEdit], None]
    into: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def instead(new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One line in the place of the old one."""
    return (new,), (_OLD,)


def said(what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The old line with something else for 'publishes no statistics on complaints'."""
    return instead(f"The Government {what}.")


_BEHIND = "publishes no statistics on complaints"
CASES = [
    Case(
        habit.replace_all,
        (
            "title: Anti-unequal treatment legislation",
            "No law of Kazakhstan defines direct and indirect unequal treatment [@labour-code, art. 6].",
            "Parliament should adopt a special law that prohibits unequal treatment on every ground.",
        ),
        (
            "title: Anti-discrimination legislation",
            "No law of Kazakhstan defines direct and indirect discrimination [@labour-code, art. 6].",
            "Parliament should adopt a special law that prohibits discrimination on every ground.",
        ),
        ("'Adopt a special law against discrimination. (Para. 6)' became",),
    ),
    Case(
        habit.paste_from_a_page,
        (
            "{#web-linked-page-https}",
            "From the web:\u00a0[a linked page](https://example.org/p?a=1&b=%282%29) says so.",
        ),
        told=("an invisible character (U+200E) was left out",),
    ),
    Case(habit.change_case, *said("PUBLISHES NO statistics on complaints")),
    Case(
        habit.capitals_by_look, told=("par-statistics: 'publishes no' was highlighted or set in",)
    ),
    Case(habit.highlight, told=("par-statistics: 'publishes no' was highlighted or set in",)),
    Case(habit.strike, *said("~~publishes no~~ statistics on complaints")),
    Case(habit.strike_twice, *said("~~publishes no~~ statistics on complaints")),
    Case(habit.language),
    Case(habit.hide, *said("statistics on complaints"), ("hidden text: 'publishes no'",)),
    Case(habit.hidden_words, told=("hidden text: 'by Anna Secret'",)),
    Case(habit.symbol, *said(f"{_BEHIND}→"), ("a symbol of the font Wingdings became '→'",)),
    Case(habit.formula, *said(f"{_BEHIND}a/b"), ("a formula came in as plain text ('a/b')",)),
    Case(
        habit.autocorrect,
        (
            f"The Government {_BEHIND} ... ½ 1st © → ☺.",
            "We describe 'general' questions here and the law in paragraphs @sec-legislation.",
        ),
        (_OLD, 'We describe "general" questions here and the law in paragraphs @sec-legislation.'),
    ),
    Case(
        habit.hyphens,
        *said(f"{_BEHIND} well‑known complaints"),
        ("an optional hyphen was left out",),
    ),
    Case(habit.optional_hyphen_as_a_letter, told=("an optional hyphen was left out",)),
    Case(habit.tabs_and_blanks, *said(f"{_BEHIND} of three kinds")),
    Case(habit.date_field, *said(f"{_BEHIND} as of 5 May 2022")),
    Case(habit.entry_of_an_index),
    Case(habit.readings, *said(f"{_BEHIND}down(up)"), ("text above other text",)),
    Case(
        habit.embedded_object,
        told=(
            "a picture that lies outside the file",
            "an embedded object came in as a picture",
            "par-statistics: a picture was inserted",
        ),
    ),
    Case(habit.cross_reference_by_the_dialogue, *said(f"{_BEHIND} (see paragraph @par-scope)")),
    Case(
        habit.cross_reference_to_a_new_paragraph,
        (
            "{#brand-new-cited}",
            "A brand new paragraph that is cited.",
            f"The Government {_BEHIND} (see paragraph 4).",
        ),
        (_OLD,),
        ("the number '4' refers to a text by a mark of Word's",),
    ),
    Case(habit.footnotes_to_endnotes),
    Case(
        habit.footnotes_in_heading_and_cell,
        (
            "## Remedies[^note-heading]",
            "| 2019 | seven[^note-cell] |",
            "[^note-heading]: A note on the heading.",
            "[^note-cell]: A note in a cell.",
        ),
        ("## Remedies", "| 2019 | seven |"),
    ),
    Case(habit.bookmark_deleted, *said("publishes few figures on complaints")),
    Case(
        habit.link_removed,
        ("See also the site of the Committee.",),
        ("See also [the site of the Committee](https://example.org/committee).",),
    ),
    Case(
        habit.sort_items,
        ("- official statistics, as far as they were published.",),
        ("- official statistics, as far as they were published.",),
    ),
    Case(habit.drop_cap),
    Case(
        habit.typed_bullets,
        (
            *("{#letter-typed}", r"a\) letter typed;", "{#first-typed-hyphen}"),
            *(r"\- first typed hyphen;", "{#second-typed-bullet}", r"\• second typed bullet;"),
        ),
    ),
    Case(habit.empty_paragraphs),
    Case(habit.title_style, told=("was made a title; change it in the file",)),
    Case(habit.content_control, *said("publishes few statistics on complaints")),
    Case(
        habit.accept_some_and_reject_others,
        ("Without them no one can say how often the law is applied here.",),
        ("Without them nobody can say how often the law is applied.",),
    ),
    Case(
        habit.moved_with_tracking,
        ("{#statistics}", _OLD, "Without them nobody can say how often the law is applied."),
        ("{#statistics}", _OLD, "Without them nobody can say how often the law is applied."),
    ),
    Case(
        habit.text_box_on_an_end_that_goes,
        (
            "See also [the site of the Committee](https://example.org/committee).Remedies",
            "{#sticky-note}",
            "A sticky note.",
        ),
        ("See also [the site of the Committee](https://example.org/committee).", "## Remedies"),
        ("par-no-law: 'No law of Kazakhstan defines direct and indirect discrimi...' was made a",),
    ),
    Case(
        habit.drag_a_row,
        told=(
            *("'2020' is a new cell, or one that moved", "'five' is a new cell, or one that moved"),
            *("the table cell '2020' was deleted", "the table cell 'five' was deleted"),
        ),
    ),
    Case(habit.merge_cells, told=("the cells '2020' and 'five' were merged",)),
    Case(
        habit.text_to_table,
        told=(
            f"'{_OLD}' is a new cell, or one that moved",
            "'Without them nobody can say how often the law is applied.' is a new cell",
            "par-statistics: became part of a table; it stays as it was",
        ),
    ),
    Case(
        habit.table_to_text,
        (*("{#year-cases}", "Year Cases", "{#seven}", "2019 seven", "{#five}", "2020 five"),),
        told=(
            *(
                f"the table cell '{name}' was deleted"
                for name in ("Year", "Cases", "2019", "seven")
            ),
            *(f"the table cell '{name}' was deleted" for name in ("2020", "five")),
            "paragraph numbers were typed",
        ),
    ),
    Case(
        habit.new_table,
        told=tuple(
            f"'{name}' is a new cell" for name in ("Region", "Complaints", "North", "12 made")
        ),
    ),
    Case(habit.new_column, told=tuple(f"'more {number}' is a new cell" for number in range(3))),
    Case(
        habit.caption_by_the_dialogue,
        ("{#table-2-complaints-region}", "Table 2.", "Complaints by region"),
    ),
    Case(habit.cover_page, told=("'My Cover of 2022' stands before the first section",)),
    Case(habit.contents),
    Case(
        habit.typed_into_the_footer,
        told=("footer: 'Draft of Aliya, do not cite' was typed into the footer",),
    ),
    Case(habit.landscape),
    Case(habit.two_columns),
    Case(habit.page_break),
    Case(
        habit.picture_pasted,
        told=("a picture that lies outside the file", "par-statistics: a picture was inserted"),
    ),
    Case(
        habit.thread_that_is_resolved,
        told=(
            "a comment by Aliya that is settled: Which?",
            "a comment by Bolat that is settled: Those of the Ministry.",
        ),
    ),
    Case(
        habit.comment_over_paragraphs,
        ('::: {.note author="Dana" date="2022-02-03"}', "All of this is old.", ":::"),
    ),
    Case(
        habit.comment_without_a_range,
        ('::: {.note author="Dana" date="2022-02-03"}', "A comment on a point.", ":::"),
    ),
    Case(
        habit.comments_on_title_heading_cell_and_caption,
        tuple(
            line
            for words in (
                'On "Anti": On the title?',
                'On "Remedies": On the heading?',
                'On "damages": On the caption?',
                'On "seven": On the cell?',
            )
            for line in ('::: {.note author="Dana" date="2022-02-03"}', words, ":::")
        ),
    ),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a bit of everything, sent out whole."""
    return origin(tmp_path_factory.mktemp("habits") / "report")


@pytest.fixture
def project(source: Path, tmp_path: Path) -> Path:
    """The report for one test."""
    return Path(shutil.copytree(source, tmp_path / "project"))


def merged(project: Path, edit: Callable[[WordEdit], None]) -> Merged:
    """The merge of the file that was sent, after an edit."""
    [sent] = (project / "build/sent").glob("*.docx")
    file = WordEdit(sent)
    edit(file)
    return merge(project, file.save(project / "returned" / sent.name))


def lines(project: Path) -> list[str]:
    paths = sorted((project / "sections").glob("*.md"))
    return [line for path in paths for line in path.read_text("utf-8").split("\n")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.edit.__name__)
def test_what_a_person_does_arrives_or_is_told(project: Path, case: Case) -> None:
    before = lines(project)
    known = {(item.code, item.message) for item in examine(project)[1]}
    result = merged(project, case.edit)
    told = [item.message for item in result.diagnostics]
    changed = [row for row in ndiff(before, lines(project)) if row[0] in "+-" and row[2:].strip()]
    assert sorted(row[2:] for row in changed if row[0] == "+") == sorted(case.into)
    assert sorted(row[2:] for row in changed if row[0] == "-") == sorted(case.gone)
    assert len(told) == len(case.told), told
    assert all(any(part in text for text in told) for part in case.told), told
    found = {(item.code, item.message) for item in examine(project)[1] if item.severity == "error"}
    assert found <= known | {(item.code, item.message) for item in result.diagnostics}


def test_optional_hyphens_of_a_file_stay_where_they_stand(tmp_path: Path) -> None:
    """Nobody sees them: not in the Word file either, nor are they told."""
    project = make_report(tmp_path / "report")
    path = project / "sections" / "100-general.md"
    text = path.read_text("utf-8").replace("court files", "court fi\u00adles")
    path.write_text(text.replace("covers the years", "co\u00advers the years"), "utf-8")
    commit_all(project, "Part words")
    assert send(project).succeeded
    before = lines(project)
    result = merged(project, lambda _: None)
    assert (result.diagnostics, lines(project)) == ([], before)

    def edit(file: WordEdit) -> None:
        file.replace(file.holding("administrative files"), "administrative files", "archives")
        file.replace(file.marked("par_purpose"), "two organizations", "three organizations")

    assert merged(project, edit).diagnostics == []
    text = path.read_text("utf-8")
    assert "- court fi\u00adles and archives;" in text
    assert "three organizations.\nIt co\u00advers the years" in text
