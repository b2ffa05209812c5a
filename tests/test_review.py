"""Sign-offs: a file for each organisation, and stale when what was signed has changed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from conftest import REPORT, Tiny
from small_report import commit_all, run_git

from shadowreport.checks import check
from shadowreport.core.problems import Failure
from shadowreport.core.report import Report
from shadowreport.load import load
from shadowreport.new.tooling import tooling
from shadowreport.overview.sign_off import moved, sign
from shadowreport.resolve import resolve
from shadowreport.roundtrip.send import send

FILE = "sections/reviews/first.yaml"
DAY = date(2022, 2, 3)
SECTION = """\
---
title: A section   # a comment that stays
level: 1
recommendations:
  - [cerd-2014/6]
paragraphs:
  law: {answers: [cerd-2014/6], finding: not-implemented}
---

{#law}
There is no law that defines discrimination,[^a]
and none is planned.

{#courses}
There are courses.

[^a]: See [the site](https://example.org/a).
"""


def _load(tiny: Tiny) -> Report:
    report, found = load(tiny.project)
    assert report, found
    return report


def _signed(
    tiny: Tiny, where: str = "case#law", aspects: tuple[str, ...] = ("facts",), day: date = DAY
) -> str:
    files = sign(_load(tiny), tiny.project, where, "first", aspects, day)
    for name, text in files.items():
        tiny.write(name, text)
    return (tiny.project / FILE).read_text("utf-8")


def _stale(tiny: Tiny) -> list[str]:
    return [item.message for item in check(_load(tiny)) if item.code == "stale-sign-off"]


@pytest.fixture
def case(tiny: Tiny) -> Tiny:
    """A report with one section."""
    tiny.write("sections/100-case.md", SECTION)
    return tiny


def test_a_sign_off_is_a_line_of_the_organisations_file(case: Tiny) -> None:
    text = _signed(case)
    (line,) = [line for line in text.split("\n") if line.startswith("- ")]
    assert line.startswith('- {paragraph: law, aspect: facts, on: 2022-02-03, content: "')
    assert 'answers: {cerd-2014/6: "' in line and _stale(case) == []
    assert (case.project / "sections/100-case.md").read_text("utf-8") == SECTION


def test_signing_again_renews_and_keeps_what_others_signed(case: Tiny) -> None:
    _signed(case, "case", ("facts", "law"))
    text = _signed(case, "100-case#courses", ("law",))
    assert text.count("aspect: law") == 2 and text.count("aspect: facts") == 2
    assert _signed(case, "case#courses", ("law",)) == text
    lines = text.split("\n")[2:-1]
    assert lines == sorted(lines, key=lambda line: (line.split(",")[0], ": law" in line))


def test_signs_of_two_branches_merge_and_the_younger_counts(case: Tiny) -> None:
    attributes = tooling()[".gitattributes"].decode()
    case.write(".gitattributes", attributes)
    case.write("sections/report.yaml", REPORT.replace("}]", "}, {id: second, name: Second}]"))
    run_git(case.project, "init", "-q", "-b", "main")
    _signed(case, "case#law")
    commit_all(case.project, "First")
    run_git(case.project, "checkout", "-q", "-b", "other")
    case.write("sections/100-case.md", SECTION.replace("none is", "none was"))
    _signed(case, "case#law", day=date(2022, 3, 1))
    _signed(case, "case#courses", ("language",))
    commit_all(case.project, "Other")
    run_git(case.project, "checkout", "-q", "main")
    _signed(case, "case#courses", ("law",))
    _signed(case, "case#law", ("law",))
    commit_all(case.project, "Main")
    run_git(case.project, "merge", "-q", "other")
    signed = [(one.paragraph.id, one.aspect) for one in _load(case).sections[0].sign_offs]
    everything = [("courses", "language"), ("courses", "law"), ("law", "facts"), ("law", "law")]
    assert sorted(signed) == everything
    assert (
        len(_stale(case)) == 1
    )  # of the law, signed before the text was changed on the other branch
    text = _signed(case, "case#law", ("law",))
    assert text.count("- {") == 4 and _stale(case) == []


def test_old_sign_offs_are_read_and_moved_once(case: Tiny) -> None:
    _signed(case, "case", ("facts",))
    new = (case.project / FILE).read_text("utf-8")
    lines = re.findall(r"paragraph: (\w+), (.*)}", new)
    old = "reviewed:\n" + "".join(f"  {name}:\n  - {{as: first, {rest}}}\n" for name, rest in lines)
    case.write("sections/100-case.md", SECTION.replace("---\n\n{#law}", f"{old}---\n\n{{#law}}"))
    (case.project / FILE).unlink()
    assert len(_load(case).sections[0].sign_offs) == 2 and _stale(case) == []
    files = moved(_load(case), case.project)
    assert files == {"sections/100-case.md": SECTION, FILE: new}
    for name, text in files.items():
        case.write(name, text)
    assert moved(_load(case), case.project) == {} and _stale(case) == []


def test_a_sign_off_of_a_deleted_paragraph_stops_nobody_and_is_dropped(case: Tiny) -> None:
    _signed(case, "case")
    case.write("sections/100-case.md", SECTION.replace("{#courses}\nThere are courses.\n\n", ""))
    (problem,) = [item for item in load(case.project)[1] if item.code == "stale-sign-off"]
    assert problem.place.file == FILE and problem.place.line == 3
    assert problem.severity == "warning" and "'courses', which is not there" in problem.message
    assert "courses" not in _signed(case, "case#law")


def test_a_changed_number_of_a_chart_makes_its_sign_off_stale(case: Tiny) -> None:
    case.write("sections/a.csv", "Year,Cases\n2019,12\n2020,15\n")
    case.write("sections/100-case.md", SECTION.replace("courses.\n", "courses.\n\n![C](a.csv)\n"))
    _signed(case, "case")
    assert _stale(case) == []
    case.write("sections/a.csv", "Year,Cases\n2019,12\n2020,16\n")
    (message,) = _stale(case)
    assert "paragraph 'courses'" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("discrimination,[^a]\nand none", "discrimination,[^a] and\nnone"),
        ("There is no law that", "There is\nno law that"),
        ("title: A section", "title: Another title"),
        ("{#courses}\nThere are courses.", "{#courses}\nThere are fewer courses."),
        ("---\n\n{#law}", "---\n\n{#first}\nA new paragraph above it.\n\n{#law}"),
        ("[^a]", "[^b]"),
    ],
)
def test_what_no_reader_of_the_paragraph_sees_changes_nothing(
    case: Tiny, old: str, new: str
) -> None:
    _signed(case)
    assert old in SECTION
    case.write("sections/100-case.md", SECTION.replace(old, new))
    assert _stale(case) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("none is planned", "none was planned", "the paragraph has changed"),
        ("example.org/a", "example.org/b", "the paragraph has changed"),
        ("[the site]", "[their site]", "the paragraph has changed"),
        ("finding: not-implemented", "finding: implemented", "the paragraph has changed"),
        ("answers: [cerd-2014/6]", "answers: [cerd-2014/9.1]", "what it answers has changed"),
    ],
)
def test_a_change_of_the_paragraph_makes_it_stale(case: Tiny, old: str, new: str, why: str) -> None:
    _signed(case)
    assert old in SECTION
    case.write("sections/100-case.md", SECTION.replace(old, new))
    (message,) = _stale(case)
    assert why in message and "first signed off the facts" in message


def test_what_was_read_together_is_told_once_when_it_changes(case: Tiny) -> None:
    _signed(case, "case", ("facts", "law", "language"))
    case.write("sections/100-case.md", SECTION.replace("There is", "There was"))
    (message,) = _stale(case)
    assert "first signed off the facts, language and law of paragraph" in message


def test_a_change_of_the_recommendation_makes_its_answer_stale(case: Tiny) -> None:
    _signed(case)
    cycle = (case.project / "references" / "cerd-2014.yaml").read_text("utf-8")
    case.write("references/cerd-2014.yaml", cycle.replace("Adopt a law.", "Adopt two laws."))
    assert "the recommendation cerd-2014/6 has changed" in _stale(case)[0]


@pytest.mark.parametrize(
    "word", ["case", "100", "100-case", "100-case.md", "sections/100-case.md", "“a” SECTION"]
)
def test_a_section_is_meant_by_its_name_its_number_its_file_or_its_title(
    case: Tiny, word: str
) -> None:
    assert "aspect: law" in _signed(case, word, ("law",))
    resolved = resolve(_load(case), case.project, (word,))
    assert [section.name for section in resolved.sections] == ["case"]
    assert send(case.project, (word,)).sections == ("case",)


def test_a_misspelt_section_is_told_with_what_was_meant(case: Tiny) -> None:
    for ask in (
        lambda: sign(_load(case), case.project, "cases", "first", ("law",), DAY),
        lambda: resolve(_load(case), case.project, ("cases",)),
    ):
        with pytest.raises(Failure, match=r"there is no section 'cases'.*'case'"):
            ask()
    assert "there is no section 'cases'" in str(send(case.project, ("cases",)).diagnostics[0])


@pytest.mark.parametrize(
    ("where", "organisation", "aspect"),
    [
        ("cas", "first", "facts"),
        ("case#lw", "first", "facts"),
        ("case", "second", "facts"),
        ("case", "first", "style"),
    ],
)
def test_a_wrong_name_is_said(case: Tiny, where: str, organisation: str, aspect: str) -> None:
    with pytest.raises(Failure):
        sign(_load(case), case.project, where, organisation, (aspect,), DAY)
