"""Editions: what is confidential is cut before anything is computed, whatever way it was marked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import Tiny
from docx import Document
from pypdf import PdfReader
from small_report import commit_all, run_git

from shadowreport.core.register import Person, Register
from shadowreport.formatting import format_report
from shadowreport.pipeline import build, examine
from shadowreport.redline.revisions import redline
from shadowreport.render import FORMATS
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send
from shadowreport.source.rewrite import rewrite

SECRET = "Zarina saw it"
ABOVE = "Courts rarely award damages."
BELOW = "Nothing is published."


def fenced(opening: str, closing: str = ":::") -> str:
    """A passage between two lines, with blank lines around it."""
    return f"{ABOVE}\n\n{opening}\n{SECRET}.\n{closing}\n\n{BELOW}\n"


# ways in which people, editors and Word write what was meant to be confidential
SLIPS = {
    "misspelt": fenced("::: confidental"),
    "misspelt twice": fenced("::: confidentail"),
    "a letter too many": fenced("::: confidentiall"),
    "capital": fenced("::: Confidential"),
    "capitals": fenced("::: CONFIDENTIAL"),
    "Cyrillic letters": fenced("::: соnfidеntiаl"),
    "all that look alike": fenced("::: сонfіdепtіаl"),
    "accented": fenced("::: confidéntial"),
    "fullwidth": fenced("::: ｃｏｎｆｉｄｅｎｔｉａｌ"),
    "two colons": fenced(":: confidential", "::"),
    "one colon": fenced(": confidential", ":"),
    "fullwidth colons": fenced("：：： confidential", "：：："),
    "ratio signs": fenced("∶∶∶ confidential", "∶∶∶"),
    "semicolons": fenced(";;; confidential", ";;;"),
    "dashes": fenced("--- confidential", "---"),
    "an ellipsis": fenced("… confidential", "…"),
    "escaped": fenced("\\::: confidential", "\\:::"),
    "no-break space": fenced(":::\xa0confidential"),
    "zero-width space": fenced("::: confi\u200bdential"),
    "soft hyphen": fenced("::: confi\xaddential"),
    "straight quotes": fenced('::: "confidential"'),
    "curly quotes": fenced("::: “confidential”"),
    "guillemets": fenced("::: «confidential»"),
    "backticks": fenced("`::: confidential`", "`:::`"),
    "code fence": fenced("``` confidential", "```"),
    "braces without a dot": fenced("::: {confidential}"),
    "braces with curly quotes": fenced("::: {.“confidential”}"),
    "braces never closed": fenced("::: {.confidential"),
    "braces with an id": fenced("::: {.confidential #par-x}"),
    "braces with a value": fenced("::: {.confidential until=2030}"),
    "two classes": fenced("::: {.note .confidential}"),
    "key and value": fenced('::: {edition="confidential"}'),
    "German": fenced("::: vertraulich"),
    "Russian": fenced("::: конфиденциально"),
    "French": fenced("::: confidentiel"),
    "another word": fenced("::: secret"),
    "with a word behind it": fenced("::: confidential source"),
    "with text behind it": f"{ABOVE}\n\n::: confidential {SECRET}. :::\n\n{BELOW}\n",
    "on one line": f"{ABOVE}\n\n::: confidential ::: {SECRET} :::\n\n{BELOW}\n",
    "behind text": f"{ABOVE} ::: confidential\n{SECRET}.\n:::\n\n{BELOW}\n",
    "never closed": f"{ABOVE}\n\n::: confidential\n{SECRET}.\n\n{BELOW}\n",
    "closed with two colons": fenced("::: confidential", "::"),
    "closed with a word": fenced("::: confidential", "::: end"),
    "closed with its name": fenced("::: confidential", "::: /confidential"),
    "closed before": f"{ABOVE}\n\n::: confidential\n:::\n\n{SECRET}.\n\n{BELOW}\n",
    "closed too early": f"{ABOVE}\n\n::: confidential\nA.\n:::\n\n{SECRET}.\n:::\n\n{BELOW}\n",
    "closed inside a list": f"{ABOVE}\n\n::: confidential\n- {SECRET}.\n  :::\n\n{BELOW}\n",
    "glued above": f"{ABOVE}\n::: confidential\n{SECRET}.\n:::\n\n{BELOW}\n",
    "glued below": f"{ABOVE}\n\n::: confidential\n{SECRET}.\n:::\n{BELOW}\n",
    "indented by four": f"{ABOVE}\n\n    ::: confidential\n    {SECRET}.\n    :::\n\n{BELOW}\n",
    "indented by a tab": f"{ABOVE}\n\n\t::: confidential\n\t{SECRET}.\n\t:::\n\n{BELOW}\n",
    "indented by two": f"{ABOVE}\n\n  ::: confidential\n  {SECRET}.\n  :::\n\n{BELOW}\n",
    "in a list": f"{ABOVE}\n\n- one\n\n  ::: confidential\n  {SECRET}.\n  :::\n\n{BELOW}\n",
    "in a quotation": f"{ABOVE}\n\n> ::: confidential\n> {SECRET}.\n> :::\n\n{BELOW}\n",
    "in a footnote": f"{ABOVE}[^a]\n\n[^a]: Seen.\n\n    ::: confidential\n    {SECRET}.\n    :::\n",
    "in a cell": f"{ABOVE}\n\n| A | B |\n|---|---|\n| ::: confidential | {SECRET} ::: |\n\n{BELOW}\n",
    "in a heading": f"{ABOVE}\n\n## ::: confidential\n\n{SECRET}.\n\n## :::\n\n{BELOW}\n",
    "as a heading": f"{ABOVE}\n\n## Confidential\n\n{SECRET}.\n\n{BELOW}\n",
    "in another one": fenced("::: confidential\nA.\n\n::: confidential", ":::\n:::"),
    "class on text": f"{ABOVE}\n\n[{SECRET}]{{.confidential}} {BELOW}\n",
    "class on text, spaced": f"{ABOVE}\n\n[{SECRET}] {{.confidential}} {BELOW}\n",
    "class on text, quoted": f"{ABOVE}\n\n[{SECRET}]{{.“confidential”}} {BELOW}\n",
    "class on text, open": f"{ABOVE}\n\n[{SECRET}]{{.confidential {BELOW}\n",
    "class on a paragraph": f"{ABOVE}\n\n{{.confidential}}\n{SECRET}.\n\n{BELOW}\n",
    "class behind a paragraph": f"{ABOVE}\n\n{SECRET}. {{.confidential}}\n\n{BELOW}\n",
    "class beside an id": f"{ABOVE}\n\n{{#seen .confidential}}\n{SECRET}.\n\n{BELOW}\n",
    "HTML": f"{ABOVE}\n\n<div class=confidential>\n{SECRET}.\n</div>\n\n{BELOW}\n",
    "HTML, quoted": f'{ABOVE}\n\n<div class="confidential">\n\n{SECRET}.\n\n</div>\n\n{BELOW}\n',
    "HTML, curly": f"{ABOVE}\n\n<div class=“confidential”>\n{SECRET}.\n</div>\n\n{BELOW}\n",
    "HTML element": f"{ABOVE}\n\n<confidential>{SECRET}.</confidential>\n\n{BELOW}\n",
    "remark": f"{ABOVE}\n\n<!-- confidential -->\n{SECRET}.\n<!-- /confidential -->\n\n{BELOW}\n",
    "remark in a line": f"{ABOVE} <!-- confidential --> {SECRET}. <!-- /confidential --> {BELOW}\n",
    "remark with a colon": f"{ABOVE}\n\n<!-- confidential: --> {SECRET}.\n\n{BELOW}\n",
    "label": f"{ABOVE}\n\nConfidential: {SECRET}.\n\n{BELOW}\n",
    "bold label": f"{ABOVE}\n\n- **Confidential:** {SECRET}.\n\n{BELOW}\n",
    "lock": f"{ABOVE}\n\n🔒 {SECRET}.\n\n{BELOW}\n",
    "locks": f"{ABOVE} 🔐 {SECRET} 🔐.\n\n{BELOW}\n",
    "seal": f"{ABOVE}\n\n㊙ {SECRET}.\n\n{BELOW}\n",
    "key before the text": f"{ABOVE}\n\nedition: confidential {SECRET}.\n\n{BELOW}\n",
    "brackets": fenced("[confidential]", "[/confidential]"),
    "alone": fenced("CONFIDENTIAL", "END"),
    "bold": fenced("**Confidential**", "**End**"),
    "key in the text": f"edition: confidential\n\n{SECRET}.\n\n{BELOW}\n",
    "Asciidoc": fenced("[.confidential]\n--", "--"),
    "TeX": fenced("\\begin{confidential}", "\\end{confidential}"),
    "colons of a Russian keyboard": fenced("ЖЖЖ confidential", "ЖЖЖ"),
    "all of a Russian keyboard": fenced("ЖЖЖ сщташвутешфд", "ЖЖЖ"),
    "the word of a Russian keyboard": fenced("::: сщташвутешфд"),
    "callout": f"{ABOVE}\n\n> [!CONFIDENTIAL]\n> {SECRET}.\n\n{BELOW}\n",
    "callout on one line": f"{ABOVE}\n\n> [!confidential] {SECRET}.\n\n{BELOW}\n",
    "label of a footnote": f"{ABOVE}[^confidential]\n\n[^confidential]: {SECRET}.\n",
    "label of a numbered footnote": f"{ABOVE}[^confidential-1]\n\n[^confidential-1]: {SECRET}.\n",
    "label in brackets": f"{ABOVE} [Confidential: {SECRET}.] {BELOW}\n",
    "dash in brackets": f"{ABOVE} [confidential — {SECRET}.] {BELOW}\n",
    "begin and end": fenced("BEGIN CONFIDENTIAL", "END CONFIDENTIAL"),
    "begin in brackets": fenced("[Begin confidential]", "[End confidential]"),
    "strictly": fenced("**Strictly confidential**", "***"),
    "Russian label": f"{ABOVE}\n\n**Строго конфиденциально:** {SECRET}.\n\n{BELOW}\n",
    "Russian brackets": f"{ABOVE} [Не для печати: {SECRET}.] {BELOW}\n",
    "Russian footnote": f"{ABOVE}[^секретно-1]\n\n[^секретно-1]: {SECRET}.\n",
    "Russian remark": f"{ABOVE}\n\n<!-- конфиденциально -->\n{SECRET}.\n<!-- конец -->\n\n{BELOW}\n",
    "Russian remark beside a passage": f"::: confidential\nMore.\n:::\n\n{ABOVE}\n\n<!-- конфиденциально -->\n\n{SECRET}.\n\n{BELOW}\n",
    "Kazakh, alone": fenced("**Құпия**", "***"),
    "Kazakh in a first cell": f"{ABOVE}\n\n| A | B |\n|---|---|\n| Құпия | {SECRET} |\n\n{BELOW}\n",
    "Spanish brackets": fenced("[Reservado]", "[/Reservado]"),
    "Arabic label": f"{ABOVE}\n\nسري: {SECRET}.\n\n{BELOW}\n",
    "Chinese label": f"{ABOVE}\n\n机密：{SECRET}.\n\n{BELOW}\n",
    "off the record": f"{ABOVE}\n\nOff the record: {SECRET}.\n\n{BELOW}\n",
    "element of entities": f"{ABOVE}\n\n&lt;confidential&gt;{SECRET}.&lt;/confidential&gt;\n",
    "tildes": fenced("~~~ confidential", "~~~"),
    "exclamation marks": fenced("!!! confidential"),
    "percent signs": fenced("%% confidential", "%%"),
    "template tag": fenced("{% confidential %}", "{% endconfidential %}"),
    "template condition": fenced("{% if confidential %}", "{% endif %}"),
    "double braces": fenced("{{#confidential}}", "{{/confidential}}"),
    "heading of one sign": fenced("# confidential"),
    "word before the colons": fenced("confidential :::"),
    "class as a value": fenced('::: {class="confidential"}'),
    "edition as a value": fenced("::: {edition=confidential}"),
    "hyphenated": fenced("::: con-fidential"),
    "over two lines": fenced("::: confi-\ndential"),
    "plural": fenced("::: confidentials"),
    "adverb": fenced("::: confidentially"),
    "cut short": fenced("::: conf"),
    "Kazakh": fenced("::: құпия"),
    "Spanish": fenced("::: confidencial"),
    "Arabic": fenced("::: سري"),
    "Chinese": fenced("::: 机密"),
    "middle dot": fenced("·:: confidential"),
    "mark of direction": fenced("\u200f::: confidential"),
    "bold with colons": fenced("**::: confidential**", "**:::**"),
    "as items": fenced("- ::: confidential", "- :::"),
    "as numbered items": fenced("1. ::: confidential", "2. :::"),
    "closing glued to the text": f"{ABOVE}\n\n::: confidential\n{SECRET}.:::\n\n{BELOW}\n",
    "text glued to the word": f"{ABOVE}\n\n::: confidential{SECRET}.\n:::\n\n{BELOW}\n",
    "inside of a note": f"{ABOVE}\n\n::: note\n::: confidential\n{SECRET}.\n:::\n:::\n\n{BELOW}\n",
    "a remark around the end": (
        f"{ABOVE}\n\n::: confidential\nA.\n<!--\n:::\n-->\n{SECRET}.\n:::\n\n{BELOW}\n"
    ),
    "a remark around the beginning": (
        f"{ABOVE}\n\n<!--\n::: confidential\n-->\n{SECRET}.\n:::\n\n{BELOW}\n"
    ),
    "code around an end": (
        f"{ABOVE}\n\n::: confidential\n```\n:::\n```\n{SECRET}.\n:::\n\n{BELOW}\n"
    ),
    "in a caption": f"{ABOVE}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n: ::: confidential {SECRET}\n",
    "class on a caption": (
        f"{ABOVE}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n: {SECRET} {{.confidential}}\n"
    ),
    "as a definition": f"{ABOVE}\n\nconfidential\n:   {SECRET}.\n\n{BELOW}\n",
    "vertical tab": fenced("::: confidential\x0b"),
    "line separator": f"{ABOVE}\n\n::: confidential\u2028{SECRET}.\u2028:::\n\n{BELOW}\n",
    "entities for colons": fenced("&#58;&#58;&#58; confidential"),
    "letters of mathematics": fenced("::: 𝐜𝐨𝐧𝐟𝐢𝐝𝐞𝐧𝐭𝐢𝐚𝐥"),
    "letters in circles": fenced("::: ⓒⓞⓝⓕⓘⓓⓔⓝⓣⓘⓐⓛ"),
    "footnote text inside, mark outside": (
        f"{ABOVE}[^a]\n\n::: confidential\nA.\n\n[^a]: {SECRET}.\n:::\n\n{BELOW}\n"
    ),
}
FRONT = {
    "behind a sign": "# edition: confidential",
    "glued behind it": "#edition:confidential",
    "misspelt": "edition: confidental",
    "capital": "edition: Confidential",
    "another word": "edition: secret",
    "list": "edition: [confidential]",
    "true": "confidential: true",
    "misspelt key": "editon: confidential",
    "capital key": "Edition: confidential",
    "plural key": "editions: confidential",
    "no space": "edition:confidential",
    "another key": "class: confidential",
    "look-alike": "edition: соnfidential",
}
SOURCE = {
    "behind a sign": "# edition: confidential",
    "misspelt": "edition: confidental",
    "capital": "edition: CONFIDENTIAL",
    "key": "confidential: true",
    "misspelt key": "editon: confidential",
    "note": "note: confidential",
    "keyword": "keyword: Confidential",
    "nested": "custom: {edition: confidential}",
    "look-alike": "edition: соnfidentiаl",
}


OTHER_WORDS = (
    *(
        "secret",
        "Secret",
        "private",
        "withheld",
        "restricted",
        "internal",
        "not public",
        "public",
        "confidentielle",
    ),
    *(
        "committee only",
        "для Комитета",
        "не для публикации",
        "sous embargo",
        "no",
        '""',
        "secret 2",
        "保密",
    ),
)


def printed(tiny: Tiny) -> str:
    """What the public edition prints, or nothing where the build was refused."""
    result = build(tiny.project, ("json", "md"))
    if not result.succeeded:
        errors = [item for item in result.diagnostics if item.severity == "error"]
        assert all(item.place.line > 1 for item in errors), errors
        return ""
    return (tiny.read("json") + tiny.read("md")).decode()


@pytest.mark.parametrize("body", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_the_markup_never_prints_the_passage(tiny: Tiny, body: str) -> None:
    tiny.section("100-general", f"An opening.\n\n{body}")
    assert SECRET not in printed(tiny)


@pytest.mark.parametrize("line", FRONT.values(), ids=FRONT)
def test_a_slip_in_the_front_matter_never_prints_the_section(tiny: Tiny, line: str) -> None:
    tiny.section("100-general", "An opening.\n")
    tiny.section("200-seen", f"{SECRET}.\n", f"title: Seen\n{line}")
    assert SECRET not in printed(tiny)


@pytest.mark.parametrize("line", SOURCE.values(), ids=SOURCE)
def test_a_slip_on_a_source_never_prints_the_source(tiny: Tiny, line: str) -> None:
    tiny.section("100-general", "An opening [@seen].\n")
    source = f"references:\n- id: seen\n  type: interview\n  title: {SECRET}\n  {line}\n"
    tiny.write("references/sources.yaml", source)
    assert SECRET not in printed(tiny)


def test_only_the_editions_that_there_are_may_be_named(tiny: Tiny) -> None:
    sources = "".join(
        f"- id: s{nth}\n  type: interview\n  title: Seen\n  edition: {word}\n"
        for nth, word in enumerate(OTHER_WORDS)
    )
    tiny.write("references/sources.yaml", f"references:\n{sources}")
    tiny.section("100-general", "{#a}\nAn opening.\n")
    found = examine(tiny.project)[1]
    lines = [item.place.line for item in found if item.severity == "error"]
    assert lines == [5 + 4 * nth for nth in range(len(OTHER_WORDS))]
    tiny.write("references/sources.yaml", "references: []\n")
    for word in OTHER_WORDS:
        for front in (f"edition: {word}", f"paragraphs:\n  a: {{rank: 1, edition: {word}}}"):
            if word != "public" or "rank" not in front:
                tiny.section("100-general", "{#a}\nAn opening.\n", f"title: Seen\n{front}")
                assert any(item.severity == "error" for item in examine(tiny.project)[1]), front


@pytest.mark.parametrize("edition", ["2", "2nd rev. ed.", "Rev. ed. 2", "第2版", "3-е изд."])
def test_the_edition_of_a_book_is_still_printed(tiny: Tiny, edition: str) -> None:
    tiny.section("100-general", "An opening [@law].\n")
    source = f"references:\n- {{id: law, type: book, title: Law, edition: {edition}}}\n"
    tiny.write("references/sources.yaml", source)
    assert edition in printed(tiny)


@pytest.mark.parametrize("stop", [".", "。", "؟"])
def test_the_mark_of_a_withheld_source_stands_where_others_do(tiny: Tiny, stop: str) -> None:
    tiny.section("100-general", f"It is said [@law, art. 1]{stop} It is told [@seen]{stop} More.\n")
    source = "references:\n- {id: law, type: legislation, title: Law}\n- {id: seen, type: interview, title: Seen, edition: confidential}\n"
    tiny.write("references/sources.yaml", source)
    assert f"said{stop}[^1] It is told{stop}[^2] More" in printed(tiny)


# --- what the editions hold -----------------------------------------------------------------------

REPORT = """\
name: tiny
title: A report
state: {name: Utopia, code: UTO}
committee: CERD
language: en
cycles: [cerd-2014]
organisations: [{id: first, name: First Organization}]
annexes: [recommendations, sources, abbreviations, matrix]
abbreviations: {ABC: Alphabet, XYZ: Zarinas Association}
"""
PUBLIC_PART = """\
{#law}
Parliament adopted no law, see ABC [@law, art. 1].

"""
PASSAGE = """\
::: confidential
{#seen}
Zarina of XYZ saw it [@law, art. 2; @zarina].[^told]

- Zarina was there

{#tbl-zarina}

| Year | Zarinas |
|------|---------|
| 2020 | five    |

: Zarina in figures

## Zarina's heading

{#heard}
Zarina heard it.

[^told]: Zarina told us.
:::

"""
REST = """\
{#after}
Courts follow paragraph @par-seen, table @tbl-zarina and @tbl-cases, as said before [see @zarina, p. 3].
"Quoted", as @zarina told, [@zarina; @law] and in a note.[^both]

::: confidential
- Zarina adds this
:::

- this is public

{#tbl-cases}

| Year | Cases |
|------|-------|
| 2019 | seven |

: Cases

::: recommendations
{#rec-law}
Parliament should adopt a law.

::: confidential
{#rec-zarina}
Parliament should protect Zarina.
:::

{#rec-data}
The Government should publish data, see recommendation @rec-zarina and paragraphs @sec-zarina.
:::

[^both]: See @zarina and [@law].
"""
TIES = """\
title: General
level: 1
paragraphs:
  law: {answers: [cerd-2014/6], finding: not-implemented}
  seen: {answers: [cerd-2014/9.1], finding: regression}
  heard: {answers: [cerd-2014/9.2], finding: regression, edition: public}
"""
SOURCES = """\
references:
- {id: law, type: legislation, title: Labour Code, issued: 2015-11-23}
- {id: zarina, type: interview, title: Interview with Zarina, edition: confidential}
"""


@pytest.fixture
def two(tiny: Tiny) -> Tiny:
    """A report with confidential text of every kind."""
    tiny.write("sections/report.yaml", REPORT)
    tiny.write("references/sources.yaml", SOURCES)
    tiny.section("100-general", PUBLIC_PART + PASSAGE + REST, TIES)
    front = (
        "title: Zarina\nedition: confidential\nauthors: [first]\nrecommendations: [[cerd-2014/6]]"
    )
    tiny.section("200-zarina", "Zarina speaks.\n\nAgain.\n", front)
    tiny.section("210-below", "Zarina's family speaks.\n", "title: Family of Zarina\nlevel: 3")
    tiny.section("300-end", "The end.\n", "title: The end\nlevel: 1")
    return tiny


def data(tiny: Tiny, name: str = "tiny") -> dict[str, Any]:
    """What was built as JSON."""
    return json.loads((tiny.project / "build" / f"{name}.json").read_bytes())


def texts(found: dict[str, Any]) -> dict[str, str]:
    """Every paragraph and recommendation of a report by its number."""
    items = [item for section in found["sections"] for item in section["items"]]
    own = [item for item in items if item["type"] == "paragraph"]
    own += [one for item in items if item["type"] == "box" for one in item["recommendations"]]
    return {item["label"]: item["text"] for item in own}


def test_both_editions_are_built_and_the_public_one_holds_nothing(two: Tiny) -> None:
    result = build(two.project)
    assert result.succeeded, result.diagnostics
    names = {path.name for path in result.files}
    assert names == {f"tiny{e}.{kind}" for e in ("", "-confidential") for kind in FORMATS}
    for path in result.files:
        found = "zarina" in everything(path).lower()
        assert found == ("confidential" in path.name), path.name


def everything(path: Path) -> str:
    """All that can be read in a file: for a DOCX its parts, for a PDF its objects and text."""
    if path.suffix == ".docx":
        with ZipFile(path) as archive:
            return " ".join(archive.read(name).decode("latin-1") for name in archive.namelist())
    if path.suffix == ".pdf":
        with pikepdf.open(path) as document:
            objects = " ".join(repr(item) for item in document.objects)
        return objects + " ".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_text("utf-8")


def test_numbers_are_the_same_in_both_editions(two: Tiny) -> None:
    assert build(two.project, ("json",)).succeeded
    public, whole = data(two), data(two, "tiny-confidential")
    held = "[withheld to protect the source]"
    said = texts(whole)
    assert list(texts(public)) == list(said)
    assert {number for number, text in texts(public).items() if text == held} == {
        *("2", "3", "5", "6", "7", "4.2")
    }
    assert "Courts follow paragraph\xa02, table 1 and\xa02, as" in texts(public)["4"]
    assert texts(public)["4"].count(held) == 2  # a list, and a source that the text names
    assert texts(public)["4.3"] == said["4.3"].replace("Zarina", "")
    assert [section["title"] for section in public["sections"]] == [
        *("General", held, held, "The end")
    ]


def test_annexes_have_the_same_numbers_in_both_editions(tiny: Tiny) -> None:
    """Also where confidential text alone uses an abbreviation, so that one of them is in one edition alone."""
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    settings += "annexes: [abbreviations, recommendations]\nabbreviations: {XYZ: Something}\n"
    tiny.write("sections/report.yaml", settings)
    box = "::: recommendations\n{#act}\nParliament should adopt a law.\n:::\n"
    tiny.section("100-a", f"A law.\n\n::: confidential\nXYZ was there.\n:::\n\n{box}")
    assert tiny.build("md").succeeded
    titles = [
        re.findall(r"# (Annex.*)", (tiny.project / f"build/tiny{name}.md").read_text("utf-8"))
        for name in ("", "-confidential")
    ]
    assert len(titles[0]) == 1 and len(titles[1]) == 2
    assert titles[0][0] == titles[1][1] and "Annex II." in titles[0][0]


def test_the_public_edition_tells_no_ties_but_those_it_may(two: Tiny) -> None:
    assert build(two.project, ("json",)).succeeded
    items = [item for item in data(two)["sections"][0]["items"] if item["type"] == "paragraph"]
    ties = {item["label"]: (item["answers"], item["finding"]) for item in items}
    assert ties == {
        "1": (["cerd-2014/6"], "not-implemented"),
        "2": ([], ""),
        "3": (["cerd-2014/9.2"], ""),
        "4": ([], ""),
    }
    held = data(two)["sections"][1]
    assert (held["file"], held["authors"], held["recommendations"]) == ("", [], [])


def test_an_edition_is_built_alone(two: Tiny) -> None:
    assert [path.name for path in build(two.project, ("md",), name="public").files] == ["tiny.md"]
    made = build(two.project, ("md",), name="confidential").files
    assert [path.name for path in made] == ["tiny-confidential.md"]


def test_a_report_without_confidential_text_has_one_edition(tiny: Tiny) -> None:
    tiny.section("100-general", "A text.\n")
    result = build(tiny.project, ("json",))
    assert [path.name for path in result.files] == ["tiny.json"]
    assert "edition" not in data(tiny)
    (problem,) = build(tiny.project, ("json",), name="confidential").diagnostics
    assert "no confidential edition" in problem.message


def test_every_page_of_the_confidential_edition_says_what_it_is(two: Tiny) -> None:
    settings = two.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text() + "editions: {confidential: {name: For members}}\n")
    assert build(two.project, ("pdf", "docx", "html", "md")).succeeded
    folder = two.project / "build"
    pages = [page.extract_text() for page in PdfReader(folder / "tiny-confidential.pdf").pages]
    assert all("For members" in page for page in pages)
    with ZipFile(folder / "tiny-confidential.docx") as archive:
        heads = [name for name in archive.namelist() if name.startswith("word/header")]
        assert heads and all(b"For members" in archive.read(name) for name in heads)
    for kind in ("html", "md"):
        assert "For members" in (folder / f"tiny-confidential.{kind}").read_text("utf-8")
    for kind in ("docx", "pdf", "html", "md"):
        assert "For members" not in everything(folder / f"tiny.{kind}")


def test_a_section_alone_in_both_editions(two: Tiny) -> None:
    made = build(two.project, ("md",), ("general",)).files
    assert {path.name for path in made} == {"tiny-general.md", "tiny-confidential-general.md"}
    made = build(two.project, ("md",), ("zarina",)).files
    assert [path.name for path in made] == ["tiny-confidential-zarina.md"]


def test_what_is_told_of_the_public_edition_quotes_nothing(two: Tiny) -> None:
    path = two.project / "sections" / "100-general.md"
    text = path.read_text().replace(
        "Zarina heard it.", "Zarina heard it TODO [zarina](ftp://zarina)."
    )
    path.write_text(text)
    assert "zarina" in " ".join(map(str, build(two.project, ("json",)).diagnostics))
    (problem,) = build(two.project, ("json",), name="public").diagnostics
    assert problem.code == "bad-link" and "zarina" not in str(problem).lower()


def test_no_passage_is_quoted_whatever_stands_above_it(tiny: Tiny) -> None:
    """The words of the second passage were looked at where the first one had been cut out."""
    passage = "::: confidential\nZarina saw XQQB, TODO, with \u041f\u0435\u0442\u0440ova.\n:::\n\n"
    tiny.section("100-one", f"{ABOVE}\n\n{passage}{BELOW}\n\n{passage * 2}{BELOW}\n")
    said = " ".join(map(str, examine(tiny.project, "public")[1]))
    assert "XQQB" in " ".join(map(str, examine(tiny.project)[1]))
    assert not [word for word in ("XQQB", "TODO", "ova", "Zarina") if word in said]


def test_a_task_that_makes_one_file_asks_which_edition(two: Tiny) -> None:
    result = send(two.project)
    assert not result.succeeded and "which edition" in result.diagnostics[0].message
    (path,) = send(two.project, name="public").files
    assert "zarina" not in everything(path).lower()
    (path,) = send(two.project, name="confidential").files
    assert path.name.startswith("tiny-confidential-") and "zarina" in everything(path).lower()


@pytest.mark.parametrize("name", ["public", "confidential"])
def test_a_merge_keeps_what_is_confidential(two: Tiny, name: str) -> None:
    (path,) = send(two.project, name=name).files
    before = (two.project / "sections" / "100-general.md").read_text()
    edit = Document(str(path))
    for paragraph in edit.paragraphs:
        for run in paragraph.runs:
            if "adopted no law" in run.text:
                run.text = run.text.replace("adopted no law", "passed no law")
    edit.save(str(path))
    result = merge(two.project, path)
    # the public file has no mark of the footnote of a source that the text names and it withholds
    assert {item.code for item in result.diagnostics} <= {"not-brought-back"}, result.diagnostics
    after = (two.project / "sections" / "100-general.md").read_text()
    assert after == before.replace("adopted no law", "passed no law")
    assert (two.project / "sections" / "200-zarina.md").read_text().count("Zarina") == 2


def test_a_formatted_report_withholds_the_same(two: Tiny) -> None:
    assert build(two.project, ("json", "md"), name="public").succeeded
    before = printed(two)
    path = two.project / "sections" / "100-general.md"
    path.write_text(path.read_text().replace("Zarina heard it.", "Zarina heard it. She was told."))
    found = format_report(two.project)
    assert found.changes and not found.left
    rewrite(two.project, {change.file: change.after for change in found.changes})
    assert printed(two) == before


def once_public(two: Tiny) -> None:
    """A state in git in which everything was public, in other words here and there; the present one on top."""
    now = {path: path.read_text("utf-8") for path in two.project.rglob("*.*") if path.is_file()}
    for path, text in now.items():
        then = text.replace("::: confidential\n", "").replace("\n:::\n\n- this", "\n\n- this")
        then = then.replace("\n:::\n\n{#after", "\n\n{#after").replace(
            "Zarina.\n:::\n\n{#rec-data", "Zarina.\n\n{#rec-data"
        )
        then = then.replace("edition: confidential\n", "").replace(", edition: confidential", "")
        path.write_text(
            then.replace("was there", "stood near").replace("heard it", "had heard of it"), "utf-8"
        )
    run_git(two.project, "init", "--quiet")
    run_git(two.project, "config", "user.name", "Editor")
    run_git(two.project, "config", "user.email", "editor@example.org")
    commit_all(two.project, "All was public")
    for path, text in now.items():
        path.write_text(text, "utf-8")


def test_a_public_redline_does_not_tell_what_has_become_confidential(two: Tiny) -> None:
    once_public(two)
    two.section("300-end", "The end, in other words.\n", "title: The end\nlevel: 1")
    shown = redline(two.project, "HEAD", name="public")
    assert shown.succeeded, shown.diagnostics
    for path in shown.files:
        assert "zarina" not in everything(path).lower(), path
    assert "in other words" in everything(shown.files[0])
    whole = redline(two.project, "HEAD", name="confidential")
    assert whole.succeeded and "zarina" in everything(whole.files[0]).lower()


def test_a_public_redline_is_refused_where_it_would_tell_all_the_same(two: Tiny) -> None:
    text = "The teacher of the village school spoke to us in March about the raid."
    two.section("300-end", f"{{#open}}\n{text}\n", "title: The end\nlevel: 1")
    once_public(two)
    two.section(
        "300-end",
        f"The end.\n\n::: confidential\n{{#moved}}\n{text}\n:::\n",
        "title: The end\nlevel: 1",
    )
    refused = redline(two.project, "HEAD", name="public")
    assert not refused.files and {item.code for item in refused.diagnostics} == {"withheld-found"}
    assert all("sections/300-end.md" in item.message for item in refused.diagnostics)
    assert not list((two.project / "build").glob("redline*"))


@pytest.mark.parametrize("broken", ["[@nobody, p. 1]", "[@law]{.odd}"])
def test_what_a_build_refuses_is_not_sent(two: Tiny, broken: str) -> None:
    two.section("300-end", f"The end {broken}.\n", "title: The end\nlevel: 1")
    refused = send(two.project, (), "", "public")
    assert not refused.files and refused.diagnostics[-1].place.file == "sections/300-end.md"
    two.section(
        "300-end", "The end.\n", "title: The end\nlevel: 1\nrecommendations: [[cerd-2014/77]]"
    )
    refused = send(two.project, (), "", "public")
    assert not refused.files and refused.diagnostics[-1].code == "unknown-recommendation"


@pytest.mark.parametrize("key", ["confidential", "Confidential", "confidental"])
def test_a_key_that_means_an_edition_is_told_how_to_write_it(tiny: Tiny, key: str) -> None:
    tiny.section("200-zarina", "Zarina speaks.\n", f"title: Zarina\n{key}: true")
    (found,) = [item for item in build(tiny.project).diagnostics if item.code == "unknown-key"]
    assert (found.place.line, found.hint) == (3, "write 'edition: confidential'")


def test_nothing_goes_out_in_which_a_person_is_named(tiny: Tiny) -> None:
    register = Register({"teacher": Person("teacher", {"en": "Zarina Vydumkina"})})
    tiny.section("300-end", "The end.\n", "title: The end\nlevel: 1")
    run_git(tiny.project, "init", "--quiet")
    run_git(tiny.project, "config", "user.name", "Editor")
    run_git(tiny.project, "config", "user.email", "editor@example.org")
    commit_all(tiny.project, "Nobody is named")
    tiny.section("300-end", "Zarina Vydumkina told us.\n", "title: The end\nlevel: 1")
    for made in (
        send(tiny.project, persons=register),
        redline(tiny.project, "HEAD", persons=register),
    ):
        assert not made.files and "withheld-found" in {item.code for item in made.diagnostics}
        assert "Vydumkina" not in str(made.diagnostics)
    assert send(tiny.project).files and redline(tiny.project, "HEAD").files


@pytest.mark.parametrize(
    "text",
    [
        "We keep [confidential sources] apart.",
        "Решение строго\nсекретно.",
        "Дела рассматриваются (секретно) и без защиты.",
        "Совершенно секретно были осуждены двое: суд закрыли.",
        "| Год | Гриф |\n|---|---|\n| 2019 | секретно |",
    ],
)
def test_words_of_secrecy_in_a_sentence_are_no_mark(tiny: Tiny, text: str) -> None:
    tiny.section("100-general", f"An opening.\n\n{text}\n")
    _, found = examine(tiny.project)
    assert "bad-confidential" not in {item.code for item in found}


def test_a_public_log_does_not_tell_where_words_are_withheld(tiny: Tiny) -> None:
    words = "three men in masks came to the mill behind the old dam and took him"
    tiny.write(
        "references/sources.yaml", f"references:\n- {{id: a, type: report, title: {words}}}\n"
    )
    tiny.section("100-general", "We read [@a].\n", "title: General\nlevel: 1")
    front = "title: The mill\nlevel: 1\nedition: confidential"
    tiny.section("200-the-mill", f"They told us that {words}.\n", front)
    for name, told in (("", "sections/200-the-mill.md:7 (passage)"), ("public", "a confidential")):
        result = build(tiny.project, ("md",), name=name)
        (item,) = [item for item in result.diagnostics if item.code == "withheld-found"]
        assert told in item.message and item.place.file == "build/tiny.md" and not result.files
        assert name == "" or "mill" not in str(item)
