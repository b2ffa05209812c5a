"""Shorter documents: within the limit, by the authors' ranks, with the numbers of the full report."""

from __future__ import annotations

import re
from dataclasses import replace

import pikepdf
import pytest
from conftest import ROOT, Tiny
from docx import Document

from shadowreport.core.ast import walk
from shadowreport.core.editions import edition
from shadowreport.core.numbering import anchor, boxes_by_paragraph, number
from shadowreport.core.problems import Failure
from shadowreport.core.report import Profile, Report
from shadowreport.core.wordcount import report_words
from shadowreport.load import load
from shadowreport.pipeline import build
from shadowreport.resolve import resolve
from shadowreport.resolve.derived import derive
from shadowreport.resolve.flat import flat

BODIES = ("cat", "ccpr", "ced", "cedaw", "cerd", "cescr", "cmw", "crc", "crpd", "upr")


@pytest.fixture(scope="module")
def sample() -> Report:
    """The sample with a profile for each body, of 4,000 words where the body sets no limit."""
    report, _ = load(ROOT)
    assert report
    known = {code.lower(): body for code, body in report.speech.lexicon.committees.items()}
    limited = {
        name: Profile(
            body=body,
            words=0 if any(rule.kind in ("words", "pages") for rule in body.rules) else 4000,
        )
        for name, body in known.items()
    }
    return replace(report, profiles=limited)


@pytest.mark.parametrize("body", BODIES)
def test_the_sample_fits_each_body(sample: Report, body: str) -> None:
    made = derive(sample, body)
    assert report_words(made.report) == made.words <= made.limit
    assert made.words > made.limit * 0.85  # no more is left out than has to be
    labels = number(sample)
    for section in made.report.sections:
        carried = [box for _, boxes in boxes_by_paragraph(section) for box in boxes]
        assert carried == list(section.boxes())
    kept = {item.id for section in made.report.sections for item in section.paragraphs()}
    assert kept.isdisjoint({name for name in labels if labels[name].text in made.left_out})
    assert len(made.left_out) > 50


def test_ranges_in_the_contents_are_those_of_the_shorter_document(sample: Report) -> None:
    made = derive(sample, "upr").report
    whole = number(sample)
    said = {section.name: section.paragraphs for section in resolve(made, ROOT).sections}
    for section in made.sections:
        kept = [whole[anchor("par", item.id)].text for item in section.counted()]
        below = made.sections[made.sections.index(section) + 1 :]
        if kept and (not below or below[0].level <= section.level):
            wanted = kept[0] if len(kept) == 1 else f"{kept[0]}–{kept[-1]}"
            assert said[section.name] == wanted
    assert number(made) == whole  # a reference to a section means the full report's


@pytest.mark.parametrize("body", ["cerd", "ccpr", "cedaw", "cescr", "crpd", "upr"])  # a limit each
def test_no_reference_dangles_and_numbers_are_those_of_the_full_report(
    sample: Report, body: str
) -> None:
    made = derive(sample, body).report
    resolved = flat(resolve(made, ROOT))
    for section in resolved.sections:
        for element in walk(section.blocks):
            assert element["t"] != "Link" or not element["c"][2][0].startswith("#")
            if element["t"] == "Div" and element["c"][0][1] == ["paragraph"]:
                name, _, pairs = element["c"][0]
                first = element["c"][1][0]["c"][0]["c"][0]["c"] if number(sample)[name].text else ""
                assert first in ("", f"{number(sample)[name].text}.") and pairs == []


SETTINGS = """\
profiles:
  brief: {words: 30, title: A brief}
  none: {words: 5}
  theme: {sections: [second]}
  follow-up: {follow_up: true}
"""


def _report(tiny: Tiny, profiles: str = SETTINGS, paragraphs: str = "") -> Report:
    settings = tiny.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8") + profiles, "utf-8")
    tiny.write(
        "sections/100-case.md",
        "---\ntitle: First\nlevel: 1\nparagraphs:\n"
        "  one: {rank: 2}\n  two: {rank: 3, short: 'Two in short.'}\n  three: {core: true}\n"
        f"{paragraphs}---\n\n"
        "{#one}\nOne has five words here, as paragraph @par-four and @tbl-t say.\n\n"
        "{#two}\nTwo is long, and it goes on for a good many words so that nobody reads it.\n\n"
        "{#three}\nThree is kept.\n\n::: recommendations\n{#rec-act}\nThe Government should act.\n:::\n",
    )
    tiny.write(
        "sections/200-second.md",
        "---\ntitle: Second\n---\n\n## A heading\n\n{#four}\nFour is of the least importance of all.\n\n"
        "{#tbl-t}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n: Numbers\n",
    )
    report, found = load(tiny.project)
    assert report, found
    return report


def _ids(report: Report) -> list[str]:
    return [item.id for section in report.sections for item in section.paragraphs()]


def test_a_document_that_lost_all_recommendations_says_so(tiny: Tiny) -> None:
    report = _report(tiny)
    tiny_one = replace(report, profiles={"few": Profile(words=16)})
    section = replace(report.sections[0], ties=())
    told = derive(replace(tiny_one, sections=(section, *report.sections[1:])), "few")
    assert any(line.startswith("None of the recommendations") for line in told.remarks())


def test_what_matters_least_goes_first(tiny: Tiny) -> None:
    report = _report(tiny)
    made = derive(report, "brief")
    assert _ids(made.report) == ["one", "two", "three"] and made.words <= 30
    assert (made.shortened, made.left_out) == (("2",), ("4",))
    assert [section.name for section in made.report.sections] == ["case"]
    assert number(made.report)[anchor("rec", "act")].text == "3"
    assert _ids(derive(report, "theme").report) == ["four"]


def test_a_core_that_is_too_long_is_refused(tiny: Tiny) -> None:
    report = _report(tiny)
    with pytest.raises(Failure, match=r"its core has .* words, the limit is 5"):
        derive(report, "none")
    with pytest.raises(Failure, match=re.escape("did you mean 'brief'?")):
        derive(report, "breif")
    with pytest.raises(Failure, match="holds nothing"):
        derive(report, "follow-up")


ASKED = """\
  '7': {text: Train the police., follow_up: true}
  '8': {text: Open a school., follow_up: true}
"""


def test_a_follow_up_prints_what_was_asked_for_and_says_what_is_not_answered(tiny: Tiny) -> None:
    for stem, demand in (("cerd-2014", "6"), ("cerd-2010", "9")):
        tiny.write(
            f"references/{stem}.yaml",
            f"committee: CERD\nsymbol: CERD/C/KAZ/CO/{stem[-2:]}\ncycle: '{stem[-4:]}'\nheading: In {stem[-4:]}\n"
            f"recommendations:\n  '{demand}': {{text: 'Make a law, says {stem}.', follow_up: {str(stem == 'cerd-2014').lower()}}}\n"
            + (ASKED if demand == "6" else ""),
        )
    settings = tiny.project / "sections" / "report.yaml"
    text = settings.read_text("utf-8").replace("[cerd-2014]", "[cerd-2010, cerd-2014]")
    text += "session: The 100th session\n" + SETTINGS
    settings.write_text(text, "utf-8")
    tiny.write(
        "sections/200-second.md",
        "---\ntitle: Second\nlevel: 1\nrecommendations:\n- [cerd-2010/9, cerd-2014/6]\nparagraphs:\n"
        "  four: {answers: [cerd-2014/6, cerd-2014/8], finding: implemented}\n"
        "  five: {answers: [cerd-2010/9], finding: implemented}\n---\n\n"
        "{#four}\nFour answers.\n\n{#five}\nFive is of another cycle.\n",
    )
    result = build(tiny.project, ("md", "docx"), profile="follow-up")
    assert result.succeeded, result.diagnostics
    text = (tiny.project / "build" / "tiny-follow-up.md").read_text("utf-8")
    # one stands in a row of the table, one has a paragraph alone: each has one row
    assert [text.count(said) for said in ("Make a law, says cerd-2014.", "Open a school.")] == [
        1,
        1,
    ]
    assert "In 2014" in text
    assert "says cerd-2010" not in text and "In 2010" not in text and "Five" not in text
    assert "100th" not in text
    none = "None of the recommendations is in it: rank: the paragraphs above their boxes."
    assert none not in result.remarks  # there are none
    assert "Asked for, and not answered: cerd-2014/7" in result.remarks


def test_the_pages_of_the_file_are_counted_and_the_rules_are_those_of_its_body(tiny: Tiny) -> None:
    profiles = "profile: cedaw\nprofiles:\n  one-page: {pages: 1}\n  upr: {body: upr}\n"
    _report(tiny, profiles)
    settings = tiny.project / "sections" / "report.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("committee: CERD", "committee: CEDAW"), "utf-8")
    result = build(tiny.project, ("md",), profile="one-page")
    (told,) = [item for item in result.diagnostics if item.code == "too-long-core"]
    assert "its core has 3 pages" in told.message and "the limit is 1" in told.message
    result = build(tiny.project, ("pdf",))
    of_cedaw = [item for item in result.diagnostics if "CEDAW" in item.message + item.hint]
    assert of_cedaw and result.succeeded
    result = build(tiny.project, ("pdf",), profile="upr")
    told_upr = [item for item in result.diagnostics if "CEDAW" in item.message + item.hint]
    assert result.succeeded and told_upr == []


def test_a_limit_of_pages_is_kept_whichever_format_is_asked_for(tiny: Tiny) -> None:
    report = _report(tiny, "profiles:\n  seven: {pages: 7}\n")
    text = "".join(f"{{#p{nth}}}\n" + "Some words are here. " * 90 + "\n\n" for nth in range(12))
    tiny.section("300-more", text)
    assert report_words(report) < 7 * 480
    remarks = {build(tiny.project, (kind,), profile="seven").remarks for kind in ("pdf", "md")}
    (said,) = remarks
    assert "7 pages of 7 at most" in said[0] or "6 pages of 7 at most" in said[0]
    with pikepdf.open(tiny.project / "build" / "tiny-seven.pdf") as document:
        assert 6 <= len(document.pages) <= 7
    assert any(line.startswith("Left out by rank") for line in said)


def test_words_that_take_more_room_than_most_are_left_out_until_the_pages_are_kept(
    tiny: Tiny,
) -> None:
    report = _report(tiny, "profiles:\n  seven: {pages: 7}\n")
    listed = "- word\n" * 30
    tiny.section("300-more", "\n".join(f"{{#p{nth}}}\nWords:\n\n{listed}" for nth in range(20)))
    assert report_words(report) + 600 < 7 * 300
    result = build(tiny.project, ("md",), profile="seven")
    assert result.succeeded, result.diagnostics
    assert re.search(r"\b[67] pages of 7 at most", " ".join(result.remarks))


def test_a_short_document_is_built_with_typed_numbers(tiny: Tiny) -> None:
    _report(tiny)
    result = build(tiny.project, ("md", "docx", "json"), profile="brief")
    assert result.succeeded, result.diagnostics
    text = (tiny.project / "build" / "tiny-brief.md").read_text("utf-8")
    assert "**2.** Two in short." in text and "paragraph 4 and 1" in text.replace("\xa0", " ")
    assert "A brief" in text and "Four is" not in text
    assert re.search(r"^> The Government should act\.", text, re.M), "numbers as in the full report"
    assert "Left out by rank: 4" in result.remarks


def test_a_short_text_does_not_tell_what_is_confidential(tiny: Tiny) -> None:
    report = _report(tiny)
    path = tiny.project / "sections" / "100-case.md"
    text = path.read_text("utf-8").replace(
        "{#three}", "::: confidential\n{.continued}\nA secret goes on.\n:::\n\n{#three}"
    )
    path.write_text(text, "utf-8")
    report, found = load(tiny.project)
    assert report, found
    public = derive(edition(report, "public"), "brief").report
    ties = [tie for section in edition(report, "public").sections for tie in section.ties]
    assert [tie.short for tie in ties] == ["", "", ""]
    assert "secret" not in str([section.items for section in public.sections])


def test_what_is_left_out_as_confidential_is_told_by_number(tiny: Tiny) -> None:
    _report(tiny)
    path = tiny.project / "sections" / "100-case.md"
    text = path.read_text("utf-8")
    hidden = "::: confidential\n{#hidden}\nA secret stands here.\n:::\n\n{#three}"
    path.write_text(text.replace("{#three}", hidden), "utf-8")
    report, found = load(tiny.project)
    assert report, found
    told = "Left out, as they are confidential: 3"
    remarks = derive(edition(report, "public"), "brief").remarks()
    assert told in remarks and remarks[0].startswith("public edition: ")
    assert told not in derive(edition(report, "public"), "theme").remarks()  # another section's
    assert told not in derive(report, "brief").remarks()


def test_a_document_for_another_body_is_addressed_to_it(tiny: Tiny) -> None:
    _report(
        tiny,
        "session: 106th session\ndeadline: 2022-03-01\nprofiles:\n"
        "  theirs: {body: cedaw, words: 200, title: To another body, session: 90th session}\n"
        "  silent: {body: upr, words: 200}\n"
        "  own: {body: cerd, words: 200}\n",
    )
    for name, committee, session in (
        ("theirs", "Committee on the Elimination of Discrimination against Women", "90th session"),
        ("silent", "Universal Periodic Review", ""),
        ("own", "Committee on the Elimination of Racial Discrimination", "106th session"),
    ):
        assert build(tiny.project, ("md", "docx", "html"), profile=name).succeeded
        file = tiny.project / "build" / f"tiny-{name}.docx"
        cover = " ".join(item.text for item in Document(str(file)).paragraphs[:12])
        head = " ".join(
            item.text
            for section in Document(str(file)).sections
            for item in section.header.paragraphs
        )
        page = file.with_suffix(".html").read_text("utf-8")
        assert committee in cover and committee in page
        assert [word in cover + head for word in ("106th", "90th")] == [
            word in session for word in ("106th", "90th")
        ]
        assert [word in page for word in ("106th", "90th")] == [
            word in session for word in ("106th", "90th")
        ]
        assert ("To another body" in head) == (name == "theirs")
    report, _ = load(tiny.project)
    assert report and derive(report, "silent").report.deadline == ""
