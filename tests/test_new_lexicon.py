"""A made-up language and a made-up committee, one file each: what builds, checks and imports by them.

The files lie in a project's templates/ or in the toolkit's; nothing else is touched.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT, Tiny
from docx import Document
from ruamel.yaml import YAML
from word_files import WordFile

from shadowreport.core.problems import Diagnostic
from shadowreport.importing import import_report
from shadowreport.load import load
from shadowreport.pipeline import examine

COMMITTEE = """\
code: CXX
names: {en: Committee on Utopia, uto: Komitu pri Utopu}
treaty: {short: ICXX, names: {en: International Convention on Utopia}}
symbol: CXX/C
named: CXX, ICXX, pri utopu
rules:
- {rule: words, value: 5, source: A made-up handbook, checked: 2022-01-01, verified: true}
- {rule: contains, value: [summary], source: A made-up handbook, checked: 2022-01-01, verified: true}
"""
LISTS = {
    "writing": {"small": "ku, na, li, pe, so"},
    "references": {
        "paragraph": "para[s]gru",
        "joined_by": "ku",
        "see": "vidu",
        "before": "supru",
        "after": "malsupru",
        "own": "pe (tiu|niu) raportu",
        "places": "artikulu",
        "places_behind": "paragru",
    },
    "checks": {
        "addressees": "Regu*",
        "duties": "devu",
        "totals": "sumu",
        "summary": "resumu*",
        "articles": "artikulu",
        "common_abbreviations": "UTP",
    },
    "import": {
        "box": "rekomendu",
        "boxes": "rekomendus",
        "before_boxes": "niu",
        "demands": "rekomend*",
        "contents": "enhavu",
        "table": "tabulu",
        "preliminary": "Antau",
        "style_heading": "titulu",
    },
}
REPORT = """\
name: tiny
title: Raportu pri Utopu
state: {name: Utopu, code: UTO}
committee: CXX
profile: cxx
date: 2022-03-01
language: uto
cycles: []
organisations: [{id: first, name: Unu}]
"""
BODY = """\
{#first}
La lawu manku, vidu paragru 7. UTP ku ABK, laŭ CXX/C/UTO/CO/1.

{#tbl-sums}
: Sumus

| Lando | Nombro |
|-------|--------|
| A     | 2      |
| B     | 2      |
| sumu  | 5      |

::: recommendations
{#rec-law}
Regu devu faru lawu.

{#rec-both}
Devu faru ku devu paru.
:::
"""


def language() -> str:
    """English, with the words turned into others and lists of its own."""
    yaml = YAML()
    data = yaml.load((ROOT / "templates/languages/en.yaml").read_text(encoding="utf-8"))
    data["name"] = "Utopian"
    data["quotes"] = ["‹", "›", "‘", "’"]
    for group in ("words", "notes"):
        for key, text in data[group].items():
            data[group][key] = (
                [f"U-{one}" for one in text] if isinstance(text, list) else f"U-{text}"
            )
    for group in ("writing", "references", "checks", "import", "observations"):
        for key in data[group]:
            data[group][key] = LISTS.get(group, {}).get(key, "")
    data["writing"]["script"] = "latin"
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


@pytest.fixture
def utopian(tiny: Tiny) -> Tiny:
    """A report in the language, to the committee."""
    tiny.write("templates/languages/uto.yaml", language())
    tiny.write("templates/committees/cxx.yaml", COMMITTEE)
    return _report(tiny)


def _report(tiny: Tiny) -> Tiny:
    (tiny.project / "references" / "cerd-2014.yaml").unlink()
    tiny.write("sections/report.yaml", REPORT)
    tiny.section("100-one", BODY)
    return tiny


EXPECTED = {
    ("typed-number", "'vidu paragru 7' is a typed number"),
    ("unexplained-abbreviation", "'ABK' is never explained"),
    ("unknown-symbol", "the symbol CXX/C/UTO/CO/1 is in no file of references/"),
    ("wrong-total", "column 2 adds up to 4, the total says 5"),
    ("several-actions", "recommendation 'both' asks for several actions"),
    ("no-addressee", "recommendation 'both' names nobody who should act"),
    ("missing-part", "a summary is missing, which CXX asks for"),
}


def _said(problems: list[Diagnostic]) -> set[tuple[str, str]]:
    return {(item.code, item.message) for item in problems if item.code != "over-limit"}


def test_the_checks_look_for_its_words(utopian: Tiny) -> None:
    found = examine(utopian.project)[1]
    assert _said(found) == EXPECTED
    assert [item.message for item in found if item.code == "over-limit"]


def test_all_formats_speak_it(utopian: Tiny) -> None:
    result = utopian.build()
    assert result.succeeded, result.diagnostics
    page = utopian.read("html").decode()
    assert "U-Submitted to the Komitu pri Utopu" in page
    assert '<html lang="uto"' in page
    document = Document(str(utopian.project / "build" / "tiny.docx"))
    assert any("U-RECOMMENDATIONS" in item.text for item in document.paragraphs)
    assert utopian.read("pdf").startswith(b"%PDF")


def test_a_place_in_a_source_is_known_by_its_words(utopian: Tiny) -> None:
    utopian.write(
        "references/sources.yaml",
        "references:\n- {id: law, type: legislation, title: Lawu}\n",
    )
    utopian.section("200-two", "Lawu @law, artikulu 5, manku; @law, 5-paragru, manku.\n")
    assert utopian.build().succeeded
    page = re.sub(r"<[^>]+>", "", utopian.read("html").decode())
    assert re.search(r"Lawu, artikulu 5,\d manku; Lawu, 5-paragru,\d manku", page), page[-2000:]


def test_a_citation_in_brackets_is_told_with_its_words(utopian: Tiny) -> None:
    utopian.write(
        "references/sources.yaml",
        "references:\n- {id: law, type: legislation, title: Lawu}\n",
    )
    utopian.section("200-two", "Lawu manku (vidu [@law]).\n\nLawu manku [@law] (artikulu 5).\n")
    found = {(item.code, item.place.line) for item in examine(utopian.project)[1]}
    assert {("slip", 6), ("stray-sign", 8)} <= found


def _word_file(folder: Path) -> Path:
    word = WordFile()
    word.text("Raportu pri Utopu ku homu", style="Title")
    word.heading("Lawu ku homu", 1).style.element.name_val = "Titulu 1"
    table = word.document.add_table(rows=2, cols=1)
    table.rows[0].cells[0].text = "Rekomendus pe CXX, 2014"
    table.rows[1].cells[0].text = "Faru lawu na homu (paragru 9 ku 10)"
    word.text("1. La lawu manku na homu ku li pe so en CXX/C/UTO/CO/1.")
    word.text("2. Vidu paragru 1 supru, ku artikulu 5.")
    word.text("3. Tiu estu so ku na li.")
    word.text("Niu rekomendus:", bold=True)
    word.text("- Regu faru lawu.")
    word.text("- Regu faru paru.")
    return word.save(folder / "report.docx")


def test_a_word_file_in_it_comes_in(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name, text in (("languages/uto", language()), ("committees/cxx", COMMITTEE)):
        path = project / "templates" / f"{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    import_report(_word_file(tmp_path), project)
    report, problems = load(project)
    assert report is not None, problems
    assert problems == []
    assert (report.language, report.committee, report.state_code) == ("uto", "CXX", "UTO")
    assert report.treaty_short == "ICXX"
    assert [section.title for section in report.sections] == ["Lawu ku homu"]
    assert [item.id for item in report.cycles[0].recommendations] == ["cxx-2014/9"]
    assert [len(box.recommendations) for box in report.sections[0].boxes()] == [2]
    assert "@par-lawu-manku" in report.sections[0].source
    assert "lawu-manku-homu" in next(item.id for item in report.sections[0].paragraphs())


def _built_with(files: Mapping[str, str], project: Path, folder: Path) -> set[tuple[str, ...]]:
    """What a copy of the toolkit with such templates says of a report: codes and messages."""
    copy = folder / "toolkit"
    for name in ("src", "templates", "docs/schemas"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in files.items():
        (copy / "templates" / name).write_text(text, encoding="utf-8")
    program = (
        "from pathlib import Path; from shadowreport.pipeline import build;"
        f"r = build(Path({str(project)!r}), ('html',));"
        "[print(d.code, d.message, sep='\\t') for d in r.diagnostics]"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    return {tuple(line.split("\t")) for line in done.stdout.splitlines()}


def test_one_file_each_in_a_copy_of_the_toolkit_is_enough(tiny: Tiny, tmp_path: Path) -> None:
    files = {"languages/uto.yaml": language(), "committees/cxx.yaml": COMMITTEE}
    said = _built_with(files, _report(tiny).project, tmp_path)
    assert {item for item in said if item[0] != "over-limit"} == EXPECTED
    assert "Komitu pri Utopu" in tiny.read("html").decode()


@pytest.mark.parametrize(
    ("name", "text", "code", "message"),
    [
        (
            "languages/uto.yaml",
            "name: Utopian\nlocale: eo\nwords: {contents: Kontenu}\n",
            "incomplete-language",
            "English is printed for what this language lacks: quotes, recommendation, ",
        ),
        (
            "languages/uto.yaml",
            "name: Utopian\nlocale: xx_QQ\nwords: {contents: Kontenu}\n",
            "bad-value",
            "there is no locale 'xx_QQ'",
        ),
        ("committees/cxx.yaml", f"{COMMITTEE}colour: red\n", "unknown-key", "the key 'colour'"),
        ("committees/cyy.yaml", COMMITTEE, "bad-value", "this file of the committee CXX"),
    ],
)
def test_what_is_wrong_with_a_file_in_the_toolkit_is_told_and_no_fault(
    tiny: Tiny, tmp_path: Path, name: str, text: str, code: str, message: str
) -> None:
    _report(tiny)
    usual = {"languages/uto.yaml": language(), "committees/cxx.yaml": COMMITTEE}
    said = _built_with({**usual, name: text}, tiny.project, tmp_path)
    told = [item[1] for item in said if item[0] == code]
    assert [one for one in told if one.startswith(message)], said
    assert code == "incomplete-language" or not (tiny.project / "build/tiny.html").exists()


def test_a_report_about_another_state_knows_nothing_of_the_first(tiny: Tiny) -> None:
    text = (
        "{#first}\nThe ЗРК and the ZRK.\n\n::: recommendations\n{#rec-a}\nThe Mazhilis act.\n:::\n"
    )
    tiny.section("100-one", text)

    def codes(state: str) -> set[str]:
        settings = (tiny.project / "sections/report.yaml").read_text(encoding="utf-8")
        tiny.write("sections/report.yaml", re.sub(r"state: .*", f"state: {state}", settings))
        return {item.code for item in examine(tiny.project)[1]}

    here = codes("{name: Kazakhstan, code: KAZ}")
    elsewhere = codes("{name: Utopia, code: UTO}")
    # the document of the cycle is on the first State still
    assert elsewhere - here == {"unexplained-abbreviation", "no-addressee", "settings-differ"}
