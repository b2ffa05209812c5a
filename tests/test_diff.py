"""`invoke diff` names exactly what changed between two states of a report, once each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image
from small_report import commit_all, make_report

from shadowreport.core.problems import Failure
from shadowreport.load import load
from shadowreport.load.lexicon import load_lexicon
from shadowreport.overview.sign_off import sign, write_signed
from shadowreport.redline.diff import diff
from shadowreport.redline.difference import What, words
from shadowreport.redline.revisions import redline
from shadowreport.redline.told import KINDS, head

GENERAL, LAW = "sections/100-general.md", "sections/200-legislation.md"


@dataclass(frozen=True)
class Edit:
    """Replacements in a file, and the changes that they are: what, kind, name, before, after."""

    name: str
    file: str
    pairs: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...] = ()


SCOPE = """\
{#scope}
We describe "general" questions here and the law in paragraphs @sec-legislation.
Persons are not named, as the **protection** of sources requires.[^names]

> A quotation of one sentence stands here.

{.continued}
This paragraph goes on after the quotation.

"""
PURPOSE = """\
{#purpose}
This report was prepared by two organizations.
It covers the years from 2014 to 2022 and follows the order of the *Convention*.

"""
REMEDIES = "{#rec-burden}\nParliament should shift the burden of proof to the respondent.\n"
EDITS = [
    Edit(
        "words",
        LAW,
        (("publishes no statistics", "publishes few statistics"), ("how often", "how rarely")),
        ("changed paragraph par-statistics 6 6",),
    ),
    Edit(
        "added",
        GENERAL,
        (("{#scope}", "{#new}\nSomething that nobody has written so far.\n\n{#scope}"),),
        ("added paragraph par-new  3",),
        (("3–6", "4–7"), ("5.1", "6.1"), ("5.2", "6.2")),
    ),
    Edit(
        "removed",
        GENERAL,
        ((PURPOSE, ""),),
        ("removed paragraph par-purpose 1 ",),
        (("2–6", "1–5"), ("5.1", "4.1"), ("5.2", "4.2")),
    ),
    Edit(
        "moved",
        GENERAL,
        ((PURPOSE, ""), (SCOPE, SCOPE + PURPOSE)),
        ("moved paragraph par-purpose 1 3",),
        (("1", "3"), ("2–3", "1–2")),
    ),
    Edit(
        "recommendation",
        LAW,
        (("a special law that prohibits", "a law that prohibits"), (REMEDIES, "")),
        ("changed recommendation rec-special-law", "removed recommendation rec-burden"),
        (("5.1", "5"),),
    ),
    Edit(
        "finding",
        LAW,
        (("not-implemented", "partially-implemented"),),
        ("changed finding par-no-law 4 4",),
    ),
    Edit(
        "note, link and citation",
        LAW,
        (
            ("article 72", "article 73"),
            ("example.org/committee", "example.org/body"),
            ("art. 6]", "art. 7]"),
        ),
        ("changed paragraph par-no-law 4 4", "changed paragraph par-remedies 5 5"),
    ),
    Edit(
        "section and heading",
        LAW,
        (
            ("title: Anti-discrimination legislation", "title: Laws against discrimination"),
            ("authors: [voices]", "authors: [voices, law-centre]"),
            ("## Remedies", "## Remedies in court"),
        ),
        (
            "changed authors of the section legislation",
            "changed heading ",
            "changed section legislation",
        ),
    ),
    Edit(
        "source",
        "references/sources.yaml",
        (("title: Labour Code", "title: The Labour Code"),),
        ("changed source labour-code",),
    ),
    Edit(
        "demand and setting",
        "references/cerd-2014.yaml",
        (("Adopt a special law", "Adopt a law"),),
        ("changed earlier recommendation cerd-2014/6",),
    ),
    Edit(
        "table",
        LAW,
        (("| 2020 | five  |", "| 2020 | six   |"),),
        ("changed paragraph par-remedies 5 5",),
    ),
    Edit(
        "ids",
        LAW,
        (
            ("{#statistics}", "{#figures}"),
            ("{#rec-burden}", "{#rec-proof}"),
            ("tbl-cases", "tbl-all"),
        ),
        (
            "changed id par-figures 6 6",
            "changed id rec-proof 5.2 5.2",
            "changed paragraph par-remedies 5 5",
        ),
    ),
    Edit(
        "kinds of lists, of headings and of sections",
        GENERAL,
        (
            ("- complaints of", "1. complaints of"),
            ("- court files", "2. court files"),
            ("- official stat", "3. official stat"),
            ("> A quotation of one", "{.continued}\nA quotation of one"),
            ("level: 1\n", "level: 1\nnumbered: false\n"),
        ),
        (
            "changed numbers of the section general",
            "changed paragraph par-method 2 ",
            "changed paragraph par-scope 3 ",
        ),
        (("1", ""), ("2", ""), ("3", ""), ("4–6", "1–3"), ("5.1", "2.1"), ("5.2", "2.2")),
    ),
    Edit(
        "what is known of a demand and its document",
        "references/cerd-2014.yaml",
        (
            ("Recommendations of 2014", "Demands of 2014"),
            ("theme: legislation}", "theme: legislation, articles: [2], follow_up: true}"),
        ),
        ("changed document cerd-2014", "changed earlier recommendation cerd-2014/6"),
    ),
    Edit(
        "settings that print something",
        "sections/report.yaml",
        (
            (
                "annexes: []",
                "annexes: [sources]\nlists: [tables]\ncontents_depth: 3\ncontacts: [{name: Office, email: o@example.org}]",
            ),
            ("language: en", "language: en-GB"),
        ),
        (
            "added setting annexes",
            "added setting contacts",
            "added setting lists",
            "changed setting contents_depth",
            "changed setting language",
        ),
    ),
    Edit(
        "how lines break",
        GENERAL,
        (("two organizations.\nIt covers", "two organizations. It\ncovers"),),
        (),
    ),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_what_changed_is_named_and_nothing_else(edit: Edit, tmp_path: Path) -> None:
    project = make_report(tmp_path)
    source = (project / edit.file).read_text("utf-8")
    for old, new in edit.pairs:
        assert old in source
        source = source.replace(old, new)
    (project / edit.file).write_text(source, "utf-8")
    found = json.loads(diff(project, "HEAD", "", "json"))
    lines = sorted(
        " ".join(item[key] for key in ("what", "kind", "id", "before", "after"))
        for item in found["changes"]
    )
    assert len(lines) == len(edit.changes), lines
    assert all(line.startswith(start) for line, start in zip(lines, edit.changes, strict=True)), (
        lines
    )
    assert [(item["before"], item["after"]) for item in found["numbers"]] == list(edit.numbers)


def test_a_text_that_went_to_another_section_pushes_nothing_out_of_its_place(
    tmp_path: Path,
) -> None:
    project = make_report(tmp_path)
    law = (project / LAW).read_text("utf-8")
    begins, ends = law.index("{#remedies}"), law.index("{#statistics}")
    note = "[^burden]: Code of Civil Procedure, article 72.\n"
    (project / LAW).write_text(law[:begins] + law[ends:].replace(note, ""), "utf-8")
    new = f"---\ntitle: Remedies\n---\n\n{law[begins:ends]}{note}"
    (project / "sections/210-remedies.md").write_text(new, "utf-8")
    found = json.loads(diff(project, "HEAD", "", "json"))
    assert sorted(f"{item['what']} {item['kind']} {item['id']}" for item in found["changes"]) == [
        "added section remedies",
        "moved paragraph par-remedies",
        "moved recommendation rec-burden",
        "moved recommendation rec-special-law",
    ]
    assert "      Courts rarely award damages; in 2020 they did so in 5 cases …" in diff(
        project, "HEAD", "", "text"
    )


def test_templates_and_translations_that_changed_are_named(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    settings = project / "sections/report.yaml"
    settings.write_text(
        settings.read_text("utf-8")
        + "translations: {ru: {title: Отчёт, state: {name: Казахстан}}}\n",
        "utf-8",
    )
    commit_all(project, "Translate")
    (project / "templates").mkdir()
    (project / "templates/style.yaml").write_text("paper: letter\n", "utf-8")
    russian = (project / GENERAL).read_text("utf-8").replace("General questions", "Общие вопросы")
    (project / "sections/100-general.ru.md").write_text(russian, "utf-8")
    found = json.loads(diff(project, "HEAD", "", "json"))
    assert [f"{item['what']} {item['kind']} {item['id']}" for item in found["changes"]] == [
        "added template templates/style.yaml",
        "added translation sections/100-general.ru.md",
    ]


MANY = {
    GENERAL: (
        ("- court files and administrative files;\n", ""),
        ("**protection**", "*protection*"),
    ),
    LAW: (
        ("authors: [voices]", "authors: [voices]\nstatus: final"),
        ("recommendations:\n  - [cerd-2014/6]\n", ""),
        (
            "paragraphs:\n  no-law: {answers: [cerd-2014/6], finding: not-implemented}\n",
            "",
        ),
        ("complaints.\nWithout", "complaints.[^new]\n\n{#applied}\nWithout"),
        ("[^burden]:", "[^new]: As of 2021.\n\n[^burden]:"),
        (": Cases in which damages", ": Cases where damages"),
        ("{#rec-burden}", "{#rec-data}\nParliament should ask for statistics.\n\n{#rec-burden}"),
    ),
    "sections/report.yaml": (
        ("annexes: []", "annexes: []\nabbreviations: {CERD: Committee on Discrimination}"),
        ("Minority Voices", "Voices of Minorities"),
    ),
    "references/sources.yaml": (
        (
            "  issued: 2015-11-23\n",
            "  issued: 2015-11-23\n- {id: code, type: legislation, title: C}\n",
        ),
    ),
    "references/cerd-2014.yaml": (
        ("theme: legislation}", 'theme: legislation}\n  "7": {text: Publish data., theme: data}'),
    ),
}


def test_changes_of_many_kinds_are_each_named_once(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    for file, pairs in MANY.items():
        source = (project / file).read_text("utf-8")
        for old, new in pairs:
            assert old in source
            source = source.replace(old, new)
        (project / file).write_text(source, "utf-8")
    new = "---\ntitle: New\nlevel: 1\n---\n\n{#brand-new}\nA new one.\n"
    (project / "sections" / "300-new.md").write_text(new, "utf-8")
    found = json.loads(diff(project, "HEAD", "", "json"))
    assert sorted(f"{item['what']} {item['kind']} {item['id']}" for item in found["changes"]) == [
        "added abbreviation CERD",
        "added earlier recommendation cerd-2014/7",
        "added paragraph par-brand-new",
        "added recommendation rec-data",
        "added section new",
        "added source code",
        "changed answers par-no-law",
        "changed finding par-no-law",
        "changed organisation voices",
        "changed paragraph par-method",
        "changed paragraph par-remedies",
        "changed paragraph par-scope",
        "changed paragraph par-statistics",
        "changed status of the section legislation",
        "removed table of the section legislation",
        "split off paragraph par-applied",
    ]
    assert [(item["before"], item["after"]) for item in found["numbers"]] == [("5.2", "5.3")]


def test_a_paragraph_that_went_to_another_section_is_moved(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    source = (project / LAW).read_text("utf-8")
    start = source.index("{#statistics}")
    end = source.index("[^burden]:")
    (project / LAW).write_text(source[:start] + source[end:], "utf-8")
    general = (project / GENERAL).read_text("utf-8")
    (project / GENERAL).write_text(
        general.replace("{#scope}", source[start:end] + "{#scope}"), "utf-8"
    )
    found = json.loads(diff(project, "HEAD", "", "json"))
    (moved,) = found["changes"]
    assert (moved["what"], moved["id"], moved["before"], moved["after"]) == (
        "moved",
        "par-statistics",
        "6",
        "3",
    )
    numbers = {(item["before"], item["after"]) for item in found["numbers"]}
    assert numbers == {("3–5", "4–6"), ("6", "3"), ("5.1", "6.1"), ("5.2", "6.2")}


def test_each_form_shows_the_words_that_changed(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    path = project / LAW
    path.write_text(path.read_text("utf-8").replace("publishes no", "publishes <b>few</b>"))
    path.write_text(path.read_text("utf-8").replace("<b>few</b>", "few & bad"))
    first = commit_all(project, "More")
    assert "Government publishes [-no-]{+few & bad+} statistics" in diff(
        project, "HEAD~1", first, "text"
    )
    assert "publishes ~~no~~**few & bad** statistics" in diff(project, "HEAD~1", first, "md")
    page = diff(project, "HEAD~1", first, "html")
    assert "<del>no</del><ins>few &amp; bad</ins>" in page
    assert "Nothing differs" in diff(project, first, "", "text")


def _sign(project: Path) -> None:
    report, _ = load(project)
    assert report
    place = ("legislation#statistics", "law-centre", ("facts",))
    write_signed(project, sign(report, project, *place, date(2024, 5, 6)))


def test_a_sign_off_that_fell_is_told(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    _sign(project)
    commit_all(project, "Sign")
    path = project / LAW
    path.write_text(path.read_text("utf-8").replace("no statistics", "few statistics"))
    said = diff(project, "HEAD", "", "text")
    assert "changed sign-off (par-statistics law-centre facts)" in said
    assert "no longer holds: the paragraph has changed" in said


@pytest.mark.parametrize("form", ["text", "html", "md", "json"])
def test_what_became_confidential_is_not_told_as_removed(form: str, tmp_path: Path) -> None:
    project = make_report(tmp_path)
    path = project / LAW
    secret = "{#statistics}\nThe Government publishes no statistics on complaints.\nWithout them nobody can say how often the law is applied.\n"
    source = path.read_text("utf-8")
    assert secret in source
    path.write_text(source.replace(secret, f"::: confidential\n{secret}:::\n"))
    with pytest.raises(Failure) as refused:
        diff(project, "HEAD", "", form)
    assert "confidential" in refused.value.diagnostics[0].message
    assert "statistics on complaints" not in diff(project, "HEAD", "", form, "public")


def test_words_between_two_changes_are_kept_apart() -> None:
    assert words("one two three", "one 2 three") == (
        ("kept", "one "),
        ("removed", "two"),
        ("added", "2"),
        ("kept", " three"),
    )


def test_a_state_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    path = project / LAW
    source = path.read_text("utf-8")
    path.write_text(source.replace("title:", "titel:"), "utf-8")
    broken = commit_all(project, "Break")
    path.write_text(source, "utf-8")
    with pytest.raises(Failure) as refused:
        diff(project, broken, "", "text")
    assert all(f"(in {broken})" in item.message for item in refused.value.diagnostics)


def test_names_dates_and_pictures_are_told_as_a_person_would(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    sources = project / "references/sources.yaml"
    authors = "  author: [{literal: Sylvanie}, {given: Ana, family: Reyes}]\n"
    dates = "  accessed: {date-parts: [[2024, 5, 3]]}\n"
    sources.write_text(sources.read_text("utf-8") + authors + dates, "utf-8")
    (project / "sections/images").mkdir()
    Image.new("RGB", (30, 20)).save(project / "sections/images/map.png")
    text = (project / GENERAL).read_text("utf-8")
    shown = "![A map of the country](images/map.png)\n\n{#scope}"
    (project / GENERAL).write_text(text.replace("{#scope}", shown), "utf-8")
    for form in ("text", "html"):
        told = diff(project, "HEAD", "", form)
        assert "author: Sylvanie, Ana Reyes; accessed: 2024-05-03" in told
        assert "30 × 20 px, SHA-256 " in told
        assert "{'" not in told and "&#39;" not in told


def test_pages_of_changes_are_in_the_language_of_the_report(tmp_path: Path) -> None:
    project = make_report(tmp_path)
    for path in (project / "sections/report.yaml", *(project / "references").glob("cerd-*.yaml")):
        text = path.read_text("utf-8").replace("language: en", "language: ru")
        path.write_text(text.replace("{en:", "{ru:"), "utf-8")
    commit_all(project, "Russian")
    law, general = project / LAW, project / GENERAL
    law.write_text(law.read_text("utf-8").replace("no statistics", "few statistics"), "utf-8")
    general.write_text(general.read_text("utf-8").replace("{#scope}", "{#new}\nNew.\n\n{#scope}"))
    page = diff(project, "HEAD", "", "html")
    assert '<html lang="ru">' in page and "Изменения: HEAD – сейчас" in page
    assert "изменено: пункт × 1" in page and "добавлено: пункт × 1" in page
    for english in ("changed", "added", "number", "Skip", "Changes", "now<"):
        assert english not in page.split("</style>")[1].replace("few statistics", "")
    assert "| Прежний номер | Новый номер |" in diff(project, "HEAD", "", "md")
    made = redline(project, "HEAD")
    assert made.succeeded, made.diagnostics
    markdown, summary = (path.read_text("utf-8") for path in made.files[1:])
    assert "| Что | № | Кто | Текст |" in markdown and "| добавлено: пункт |" in markdown
    assert '<html lang="ru" dir="ltr">' in summary and "<td>изменено: пункт<td>" in summary


@pytest.mark.parametrize("form", ["html", "md"])
def test_states_grades_and_sign_offs_are_told_in_the_language_of_the_report(
    form: str, tmp_path: Path
) -> None:
    project = make_report(tmp_path)
    settings, law = project / "sections/report.yaml", project / LAW
    settings.write_text(settings.read_text("utf-8").replace("language: en", "language: ru"))
    for path in (project / "references").glob("cerd-*.yaml"):
        path.write_text(path.read_text("utf-8").replace("{en:", "{ru:"), "utf-8")
    _sign(project)
    commit_all(project, "Sign")
    text = law.read_text("utf-8").replace("not-implemented", "partially-implemented")
    text = text.replace("authors: [voices]\n", "authors: [voices]\nstatus: final\n")
    law.write_text(text.replace("no statistics", "few statistics"))
    told = re.sub(r"<[^>]+>|[*~]", " ", diff(project, "HEAD", "", form)).split()
    for said in ("Не выполнена Выполнена частично", "черновик готово"):
        assert said in " ".join(told)
    assert "больше не действует" in " ".join(told)
    english = ("implemented", "draft", "final", "holds", "numbered")
    assert not [word for word in english if any(word in one.lower() for one in told)]


def test_every_kind_of_change_has_its_words_in_each_language() -> None:
    languages = [item for item in load_lexicon()[0].languages.values() if "words" in item.data]
    assert len(languages) > 7
    for language in languages:
        heads = {head(language, what, kind) for what in get_args(What) for kind in KINDS}
        assert len(heads) == len(get_args(What)) * len(KINDS), language.code
