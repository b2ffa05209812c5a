"""Sign-offs: written into the front matter, and stale when what was signed has changed."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Tiny

from shadowreport.checks import check
from shadowreport.core.problems import Failure
from shadowreport.core.report import Report
from shadowreport.load import load
from shadowreport.overview.sign_off import sign
from shadowreport.resolve import resolve
from shadowreport.roundtrip.send import send

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


def _signed(tiny: Tiny, where: str = "case#law", aspects: tuple[str, ...] = ("facts",)) -> str:
    files = sign(_load(tiny), tiny.project, where, "first", aspects, DAY)
    for name, text in files.items():
        tiny.write(name, text)
    return files["sections/100-case.md"]


def _stale(tiny: Tiny) -> list[str]:
    return [item.message for item in check(_load(tiny)) if item.code == "stale-sign-off"]


@pytest.fixture
def case(tiny: Tiny) -> Tiny:
    """A report with one section."""
    tiny.write("sections/100-case.md", SECTION)
    return tiny


def test_a_sign_off_adds_its_lines_and_changes_no_other(case: Tiny) -> None:
    text = _signed(case)
    added = [line for line in text.split("\n") if line not in SECTION.split("\n")]
    assert [line for line in text.split("\n") if line not in added] == SECTION.split("\n")
    assert added[:2] == ["reviewed:", "  law:"]
    assert "as: first, aspect: facts, on: 2022-02-03" in added[2] and "cerd-2014/6:" in added[2]
    assert _stale(case) == []


def test_signing_again_renews_and_keeps_what_others_signed(case: Tiny) -> None:
    _signed(case, "case", ("facts", "law"))
    text = _signed(case, "100-case#courses", ("law",))
    assert text.count("aspect: law") == 2 and text.count("aspect: facts") == 2
    assert _signed(case, "case#courses", ("law",)) == text


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
    text = _signed(case)
    assert old in text
    case.write("sections/100-case.md", text.replace(old, new))
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
    text = _signed(case)
    assert old in text
    case.write("sections/100-case.md", text.replace(old, new))
    (message,) = _stale(case)
    assert why in message and "first signed off the facts" in message


def test_a_change_of_the_recommendation_makes_its_answer_stale(case: Tiny) -> None:
    _signed(case)
    cycle = (case.project / "references" / "cerd-2014.yaml").read_text("utf-8")
    case.write("references/cerd-2014.yaml", cycle.replace("Adopt a law.", "Adopt two laws."))
    assert "the recommendation cerd-2014/6 has changed" in _stale(case)[0]


@pytest.mark.parametrize("word", ["case", "100", "100-case", "100-case.md", "sections/100-case.md"])
def test_a_section_is_meant_by_its_name_its_number_or_its_file(case: Tiny, word: str) -> None:
    assert "as: first, aspect: law" in _signed(case, word, ("law",))
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
