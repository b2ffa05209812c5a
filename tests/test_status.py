"""The state of a report: words, limit, sign-offs, notes, what is unanswered, days."""

from __future__ import annotations

import html
import io
import json
import re
from datetime import date

import pytest
from conftest import ROOT, Tiny
from rich.console import Console

from shadowreport.load import load
from shadowreport.load.lexicon import load_lexicon
from shadowreport.overview.sign_off import sign, write_signed
from shadowreport.overview.status import Status, status
from shadowreport.overview.status_views import (
    remaining,
    render_html,
    render_json,
    render_table,
    summary,
)

DAY = date(2022, 3, 1)
SECTION = """\
---
title: Three words here
level: 1
authors: [first]
status: review
budget: 20
recommendations:
  - [cerd-2014/6, cerd-2014/9.1]
paragraphs:
  law: {answers: [cerd-2014/6], finding: implemented}
---

{#law}
Four words in all.[^a]

::: {.note author=first date=2022-01-02}
Is this <true>?
:::

::: recommendations
{#rec-law}
Parliament should act.
:::

[^a]: A footnote of five words.
"""


def _status(tiny: Tiny, more: str = "", today: date = DAY) -> Status:
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", f"{settings}{more}")
    tiny.write("sections/100-case.md", SECTION)
    report, found = load(tiny.project)
    assert report, found
    return status(report, today)


def test_words_are_those_that_a_reader_sees(tiny: Tiny) -> None:
    assert _status(tiny).words == 3 + 4 + 5 + 3


def test_each_chinese_character_is_a_word(tiny: Tiny) -> None:
    before = _status(tiny).words
    text = SECTION.replace("Four words in all.", "政府应当通过法律，CERD/C/CHN 第5条。")
    tiny.write("sections/100-case.md", text)
    report, found = load(tiny.project)
    assert report, found
    typed = len("政府应当通过法律") + 1 + len("第5条")
    assert status(report, DAY).words == before - 4 + typed


def test_a_section_tells_its_notes_and_what_it_does_not_answer(tiny: Tiny) -> None:
    (section,) = _status(tiny).sections
    assert section.unanswered == ("cerd-2014/9.1",)
    assert [(note.author, note.date, note.text) for note in section.notes] == [
        ("first", "2022-01-02", "Is this <true>?")
    ]
    assert (section.status, section.share) == ("review", 0.75)


def test_the_limit_of_the_profile_gives_the_share(tiny: Tiny) -> None:
    state = _status(tiny, "profile: ccpr\n")
    assert (state.limit, state.share) == (10000, 15 / 10000)
    assert state.limit_rule and state.limit_rule.verified


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2022, 3, 1), "days left: 9"),
        (date(2022, 3, 10), "today"),
        (date(2022, 3, 12), "days over: 2"),
    ],
)
def test_days_to_the_deadline(tiny: Tiny, today: date, said: str) -> None:
    state = _status(tiny, "deadline: 2022-03-10\n", today)
    assert remaining(state, load_lexicon(tiny.project)[0].languages["en"]) == said


def test_sign_offs_count_for_section_and_organization(tiny: Tiny) -> None:
    _status(tiny)
    report, _ = load(tiny.project)
    assert report
    write_signed(tiny.project, sign(report, tiny.project, "case", "first", ("facts", "law"), DAY))
    report, _ = load(tiny.project)
    assert report
    state = status(report, DAY)
    assert (state.fresh, state.stale, state.organisations[0].fresh) == (2, 0, 2)
    text = (tiny.project / "sections/100-case.md").read_text("utf-8")
    tiny.write("sections/100-case.md", text.replace("Four words", "Five words"))
    report, _ = load(tiny.project)
    assert report
    assert (status(report, DAY).fresh, status(report, DAY).stale) == (0, 2)


def test_it_comes_as_json_page_and_table(tiny: Tiny) -> None:
    state = _status(tiny, "profile: cescr\ndeadline: 2022-03-10\n")
    words = load_lexicon(tiny.project)[0].languages["en"]
    assert json.loads(render_json(state, words))["sections"][0]["words"] == 15
    page = render_html(state, words, tiny.project)
    assert "Is this &lt;true&gt;?" in page and "unverified" in page
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(render_table(state, words))
    lines = console.export_text().splitlines()
    (at,) = (nth for nth, line in enumerate(lines) if "Three words here" in line)
    assert lines[at - 1].strip(), "no blank line stands between sections"


@pytest.mark.parametrize(
    ("language", "said", "thousands"),
    [
        ("en", "Words: 15", "12,345"),
        ("ru", "Слова: 15", "12\u00a0345"),
        ("es", "Palabras: 15", "12.345"),
    ],
)
def test_figures_have_no_word_that_would_want_another_number(
    tiny: Tiny, language: str, said: str, thousands: str
) -> None:
    words = load_lexicon(tiny.project)[0].languages[language]
    line = summary(_status(tiny, "profile: cescr\ndeadline: 2022-03-10\n"), words)
    assert line.startswith(said) and f"{words['status_review']}: 1" in line
    assert words.count(12345) == thousands


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru"])
def test_the_page_speaks_the_languages_of_the_toolkit(tiny: Tiny, language: str) -> None:
    state = _status(tiny, "profile: upr\ndeadline: 2022-03-10\n")
    words = load_lexicon(tiny.project)[0].languages[language]
    assert words["status_title"] in render_html(state, words, tiny.project)


@pytest.mark.parametrize("profile", ["cerd", "crpd"])
def test_the_page_names_the_parts_that_a_rule_asks_for_in_the_language(
    tiny: Tiny, profile: str
) -> None:
    state = _status(tiny, f"profile: {profile}\n")
    asked = {name for rule in state.rules if rule.kind == "contains" for name in rule.value}
    assert "title-page" in asked
    for language in ("ar", "en", "es", "fr", "kk", "pt", "ru", "zh"):
        words = load_lexicon(tiny.project)[0].languages[language]
        page = render_html(state, words, tiny.project)
        assert "title-page" not in page
        for name in asked:
            assert html.escape(words[f"part_{name.replace('-', '_')}"]) in page, (language, name)


@pytest.mark.parametrize("language", ["ar", "es", "fr", "kk", "pt", "ru", "zh"])
def test_what_bodies_say_of_their_rules_is_told_in_the_language(tiny: Tiny, language: str) -> None:
    lexicon = load_lexicon(tiny.project)[0]
    rules = [rule for body in lexicon.committees.values() for rule in body.rules]
    noted = [rule for rule in rules if rule.note]
    assert len(noted) > 20
    for rule in noted:
        text, other = rule.said("note", language)
        assert other == "" and text != rule.note, rule.note


def test_a_source_that_has_an_english_title_is_marked_as_english(tiny: Tiny) -> None:
    state = _status(tiny, "profile: cerd\n")
    languages = load_lexicon(tiny.project)[0].languages
    page = render_html(state, languages["kk"], tiny.project)
    assert '<bdi lang="en">ICERD &amp; CERD: A Guide' in page and "Мәліметтер шарттың" in page
    said = json.loads(render_json(state, languages["kk"]))["rules"]
    assert {rule["note"] for rule in said} & {"Мәліметтер шарттың баптарына сілтеме жасауы тиіс."}
    english = render_html(state, languages["en"], tiny.project)
    assert "<bdi" not in english and "Information should refer" in english


def test_notes_are_in_no_output(tiny: Tiny) -> None:
    _status(tiny)
    assert tiny.build("html", "json", "md").succeeded
    for kind in ("html", "md"):
        assert b"Is this" not in tiny.read(kind)


def test_the_sample_has_a_limit_deadline_and_all_its_sections() -> None:
    report, _ = load(ROOT)
    assert report
    state = status(report, DAY)
    assert len(state.sections) == len(report.sections)
    assert state.words > 15_000 and state.days is not None


@pytest.mark.parametrize(
    ("language", "signs"),
    [
        ("en", r"\S: \d+%"),
        ("fr", "[\u00a0\u202f]: \\d+[\u00a0\u202f]%"),
        ("es", "\\S: \\d+\u00a0%"),
    ],
)
def test_the_limit_has_the_blanks_of_its_language(tiny: Tiny, language: str, signs: str) -> None:
    words = load_lexicon(tiny.project)[0].languages[language]
    limit = summary(_status(tiny, "profile: cescr\n"), words).split(";")[1].strip()
    assert re.search(f"{signs}$", limit), limit


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        ("level: anonymous, date: 2020-01-02", "анонимно"),
        ("level: named, until: 2021-12-31", "с именем, истекло: 31 декабря 2021"),
        ("level: confidential, withdrawn: 2022-02-01", "конфиденциально, отозвано: 1 февраля 2022"),
        ("level: none, purposes: [CRC]", "нет, дано только для CRC"),
    ],
)
def test_how_far_consent_goes_is_said_in_the_language_of_the_report(
    tiny: Tiny, consent: str, said: str
) -> None:
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings.replace("language: en", "language: ru"))
    kept = f"{{on_file: first, what: Беседа, consent: {{{consent}}}}}"
    ties = f"paragraphs:\n  one: {{evidence: [{kept}]}}"
    tiny.section("100-x", "{#one}\nОдин абзац.\n", f"title: Раздел\nlevel: 1\n{ties}")
    report, found = load(tiny.project)
    assert report, found
    page = render_html(status(report, DAY), report.speech.language, tiny.project)
    assert said in page.replace("\u00a0", " ")
