"""Rows of a table that are confidential: cut in every public file, kept in numbers, refused where they are mistyped."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from conftest import Tiny
from small_report import commit_all, everybody, run_git
from test_editions import everything
from test_publishing import files
from wordedit import WordEdit

from shadowreport.core.translations import differences
from shadowreport.formatting import format_report
from shadowreport.load import load
from shadowreport.pipeline import build, examine
from shadowreport.publishing import publish_copy
from shadowreport.redline.revisions import redline
from shadowreport.render import FORMATS
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

SECRET = "Zarina"
HELD = "[withheld to protect the source]"
MARK = "::: confidential"


def wide(text: str) -> int:
    """How many columns a text takes where lines are drawn."""
    return sum(1 + (unicodedata.east_asian_width(sign) == "W") for sign in text)


def filled(text: str, columns: int) -> str:
    """A text with blanks behind it."""
    return text + " " * (columns - wide(text))


def drawn(rows: list[tuple[str, str]]) -> str:
    """A table that is drawn with lines; a cell may hold several lines."""
    table = [("Year", "Seen by"), *rows]
    left, right = (max(wide(x) for row in table for x in row[i].split("\n")) for i in (0, 1))
    border = f"+{'-' * (left + 2)}+{'-' * (right + 2)}+"
    lines = [border]
    for row in table:
        count = max(text.count("\n") for text in row) + 1
        one, two = ([*text.split("\n"), *[""] * count] for text in row)
        lines += [f"| {filled(one[i], left)} | {filled(two[i], right)} |" for i in range(count)]
        lines.append(border.replace("-", "=") if row == table[0] else border)
    return "\n".join(lines)


def listed(rows: list[tuple[str, str]]) -> str:
    """A table of lines with bars."""
    return "\n".join(f"| {a} | {b} |" for a, b in [("Year", "Seen by"), ("---", "---"), *rows])


def body(names: tuple[str, str, str]) -> str:
    """Tables of both kinds with withheld rows at their head, in their middle and at their end."""
    one, two, three = names
    first = [(f"{MARK} 2019", f"{one}[^{one[0].lower()}]"), (MARK, two), ("2020", "a judge")]
    second = [("2018", "- a clerk\n- a guard"), (f"{MARK} {three}\n2019", f"- {one}\n- {two}")]
    second += [(f"{MARK}\n**{one}**", "x"), ("2020", "a judge"), (f"{MARK} **2021**", three)]
    return (
        f"{{#law}}\nNo law, as tables @tbl-one and @tbl-two show.\n\n{{#one}}\n\n{listed(first)}\n\n: Who saw it\n\n"
        f"{{#after}}\nMore.\n\n{{#two}}\n\n{drawn(second)}\n\n: Who saw more\n\n"
        f"::: recommendations\n{{#act}}\nAct.\n\n{listed([(f'{MARK} 1', one), ('2', 'b')])}\n:::\n\n"
        f"The end.\n\n[^{one[0].lower()}]: {one} told us.\n"
    )


FIRST = (SECRET, "Zarina Bekova of Taraz", "Bekova")
SECOND = (
    "Қанатқызы Айгерім, учительница",
    "王小明",
    "Ñ and a very long name, longer than any line of the table",
)


@pytest.fixture
def rows(tiny: Tiny) -> Tiny:
    """A report with withheld rows, in a folder of its own."""
    inner = Tiny(tiny.project / "report")
    inner.section("100-general", body(FIRST))
    return inner


def public(tiny: Tiny, formats: tuple[str, ...]) -> dict[str, bytes]:
    """The files of the public edition."""
    result = build(tiny.project, formats, name="public")
    assert result.succeeded, result.diagnostics
    return {path.name: path.read_bytes() for path in result.files}


def test_no_public_file_holds_a_withheld_row_and_all_are_the_same_whatever_it_says(
    rows: Tiny,
) -> None:
    first = public(rows, tuple(FORMATS))
    for path in (rows.project / "build").iterdir():
        text = everything(path)
        assert "zarina" not in text.lower() and "Bekova" not in text, path
    assert first["tiny.md"].decode().replace("\\", "").count(HELD) == 4
    rows.section("100-general", body(SECOND))
    assert public(rows, tuple(FORMATS)) == first


def test_the_confidential_edition_prints_the_rows_without_their_marks(rows: Tiny) -> None:
    result = build(rows.project, name="confidential")
    assert result.succeeded, result.diagnostics
    for path in result.files:
        text = everything(path)
        assert ":::" not in text, path
        assert SECRET in text or path.suffix == ".json", path
    told = re.sub(r"[\s|>]+", " ", (rows.project / "build" / "tiny-confidential.md").read_text())
    assert told.count("Bekova") == 4 and told.count("**2021**") == 1 and HELD not in told


def test_numbers_and_ids_are_the_same_in_both_editions(rows: Tiny) -> None:
    assert build(rows.project, ("json",)).succeeded
    one, two = (_labels(rows, name) for name in ("tiny", "tiny-confidential"))
    assert one == two and len(one) == 4
    assert '"edition": "confidential"' not in (rows.project / "build" / "tiny.json").read_text()


def _labels(tiny: Tiny, name: str) -> list[Any]:
    found = json.loads((tiny.project / "build" / f"{name}.json").read_bytes())
    items = [item for section in found["sections"] for item in section["items"]]
    own = [one for item in items for one in item.get("recommendations", [item])]
    return [(one["id"], one["label"], one["tables"]) for one in own]


GRID = """\
+------------------+--------+
| Year             | By     |
+==================+========+
| 2019             | x      |
+------------------+--------+
| LEFT             | RIGHT  |
+------------------+--------+
"""
# a row that was meant to be confidential, as people and editors type it
SLIPS = {
    "label": f"| Confidential: {SECRET} | a |",
    "label in another cell": f"| 2020 | confidential: {SECRET} |",
    "key": f"| edition: confidential {SECRET} | a |",
    "remark before the text": f"| <!-- confidential --> {SECRET} | a |",
    "misspelt": f"| ::: confidental {SECRET} | a |",
    "a word that begins no sentence": f"| Confidential {SECRET} | a |",
    "a small word before a small one": f"| confidential teacher {SECRET} | a |",
    "capital": f"| ::: Confidential {SECRET} | a |",
    "capitals": f"| ::: CONFIDENTIAL {SECRET} | a |",
    "no space": f"| :::confidential {SECRET} | a |",
    "glued to the text": f"| ::: confidential{SECRET} | a |",
    "glued with a colon": f"| ::: confidential: {SECRET} | a |",
    "closed": f"| ::: confidential ::: {SECRET} | a |",
    "two colons": f"| :: confidential {SECRET} | a |",
    "one colon": f"| : confidential {SECRET} | a |",
    "four colons": f"| :::: confidential {SECRET} | a |",
    "no colons": f"| confidential | {SECRET} |",
    "wide colons": f"| ：：： confidential {SECRET} | a |",
    "ratio signs": f"| ∶∶∶ confidential {SECRET} | a |",
    "Cyrillic letters": f"| ::: соnfidеntiаl {SECRET} | a |",
    "no-break space": f"| :::\xa0confidential {SECRET} | a |",
    "no-break space behind": f"| ::: confidential\xa0{SECRET} | a |",
    "soft hyphen": f"| ::: confi\xaddential {SECRET} | a |",
    "quotes": f"| “::: confidential” {SECRET} | a |",
    "bold": f"| **::: confidential** {SECRET} | a |",
    "bold word": f"| ::: **confidential** {SECRET} | a |",
    "backticks": f"| `::: confidential` {SECRET} | a |",
    "escaped": f"| \\::: confidential {SECRET} | a |",
    "escaped as it is read": f"| \\:::confidential {SECRET} | a |",
    "braces": f"| {{.confidential}} {SECRET} | a |",
    "braces behind": f"| {SECRET} | a {{.confidential}} |",
    "span": f"| [{SECRET}]{{.confidential}} | a |",
    "in the second cell": f"| {SECRET} | ::: confidential a |",
    "behind the text": f"| {SECRET} ::: confidential | a |",
    "behind the row": f"| {SECRET} | a | ::: confidential",
    "above the row": f"| ::: confidential | |\n| {SECRET} | a |\n| ::: | |",
    "a fence in the table": f"::: confidential\n| {SECRET} | a |\n:::",
    "no first bar": f"::: confidential {SECRET} | a |",
    "two bars": f"|| ::: confidential {SECRET} | a |",
    "a cell too many": f"| ::: confidential | {SECRET} | a |",
    "a cell too few": f"| ::: confidential {SECRET} |",
    "HTML": f"| <tr class=confidential>{SECRET} | a |",
    "remark": f"| <!-- ::: confidential --> {SECRET} | a |",
    "Russian": f"| ::: конфиденциально {SECRET} | a |",
    "twice": f"| ::: confidential ::: confidential {SECRET} | a |",
}
WHOLE = {
    "in the head": f"| ::: confidential {SECRET} | By |\n|---|---|\n| a | b |",
    "as a line of text": f"| ::: confidential {SECRET}\n| told us",
    "without a head": f"| ::: confidential {SECRET} | a |\n| 2020 | b |",
    "in a quotation": f"> | Year | By |\n> |---|---|\n> | ::: confidential {SECRET} | a |",
    "in a footnote": f"See.[^t]\n\n[^t]: Who:\n\n    | Year | By |\n    |---|---|\n    | ::: confidential {SECRET} | a |",
    "in a drawn head": GRID.replace("| Year             | By ", "| ::: confidential | Zar"),
    "on the second line of a drawn row": GRID.replace(
        "| LEFT             | RIGHT  |",
        "| 2020             | Zarina |\n| ::: confidential | x      |",
    ),
    "in the second drawn cell": "+--------+------------------+\n| Zarina | ::: confidential |\n+--------+------------------+",
    "a division in a drawn cell": GRID.replace(
        "| LEFT             | RIGHT  |",
        "| ::: confidential | x      |\n| Zarina           | x      |\n| :::              |        |",
    ),
    "drawn, misspelt": GRID.replace("LEFT            ", "::: confidental ").replace(
        "RIGHT", "Zarin"
    ),
    "drawn, without a space": GRID.replace("LEFT           ", ":::confidential").replace(
        "RIGHT ", SECRET
    ),
    "drawn, bars out of line": GRID.replace(
        "LEFT             | RIGHT  ", f"::: confidential | {SECRET} "
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        *(f"| Year | By |\n|---|---|\n| 2019 | x |\n{row}" for row in SLIPS.values()),
        *WHOLE.values(),
    ],
    ids=[*SLIPS, *WHOLE],
)
def test_a_slip_in_the_mark_of_a_row_never_prints_it(tiny: Tiny, text: str) -> None:
    tiny.section("100-general", f"An opening.\n\n{text}\n\nMore.\n")
    result = build(tiny.project, ("json", "md", "html"), name="public")
    errors = [item for item in result.diagnostics if item.severity == "error"]
    assert bool(errors) != result.succeeded
    told = [item for item in examine(tiny.project)[1] if item.severity == "error"]
    assert {item.code for item in errors} == {item.code for item in told}
    assert all(item.place.line > 1 for item in told), told  # others are told no lines
    for path in result.files:
        assert "Zarin" not in path.read_text(), path


def test_a_copy_of_the_sources_tells_nothing_of_the_rows(rows: Tiny, tmp_path: Path) -> None:
    found = []
    for names in (FIRST, SECOND):
        rows.section("100-general", body(names))
        into = tmp_path / f"copy{len(found)}"
        publish_copy(rows.project, into, everybody(rows.project))
        found.append(files(into))
    assert found[0] == found[1]
    assert found[0]["sections/100-general.md"].decode().count(MARK) == 4


@pytest.mark.parametrize("edition", ["public", "confidential"])
def test_a_table_comes_back_from_word_with_its_withheld_rows(rows: Tiny, edition: str) -> None:
    committed(rows)
    (file,) = send(rows.project, (), "", edition).files
    word = WordEdit(file)
    assert (SECRET in everything(file)) == (edition == "confidential")
    word.replace(word.holding("a judge"), "a judge", "a judge of Taraz")
    word.replace(word.holding("The end."), "The end.", "The very end.")
    returned = word.save(rows.project / "back.docx")
    result = merge(rows.project, returned)
    assert not [item for item in result.diagnostics if item.severity == "error"], result
    text = (rows.project / "sections/100-general.md").read_text()
    assert "a judge of Taraz" in text and "The very end." in text
    assert text.count(MARK) == body(FIRST).count(MARK)
    assert HELD not in text and text.count(SECRET) == body(FIRST).count(SECRET)
    public(rows, ("json",))


def test_an_author_marks_a_row_in_word(rows: Tiny) -> None:
    rows.section("100-general", f"Seen.\n\n{listed([('2019', 'a judge'), ('2020', 'a clerk')])}\n")
    committed(rows)
    (file,) = send(rows.project).files
    word = WordEdit(file)
    word.replace(word.holding("2019"), "2019", f"{MARK} 2019")
    merge(rows.project, word.save(rows.project / "back.docx"))
    assert f"| {MARK} 2019 | a judge |" in (rows.project / "sections/100-general.md").read_text()
    assert b"a judge" not in public(rows, ("md",))["tiny.md"]


def committed(tiny: Tiny) -> None:
    """Everything is committed."""
    run_git(tiny.project, "init", "--quiet")
    run_git(tiny.project, "config", "user.name", "Editor")
    run_git(tiny.project, "config", "user.email", "editor@example.org")
    commit_all(tiny.project, "A report")


def test_a_redline_does_not_tell_a_row_that_is_confidential_now(rows: Tiny) -> None:
    once = body(FIRST).replace(f"| {MARK} 2019 |", "| 2019 |").replace(f"| {MARK} 1 |", "| 1 |")
    once = once.replace(f"| {MARK} |", "| 2019 |").replace(MARK, "- x".ljust(len(MARK)))
    rows.section("100-general", once)
    committed(rows)
    rows.section("100-general", body(FIRST).replace("The end", "The very end"))
    shown = redline(rows.project, "HEAD", name="public")
    assert shown.succeeded, shown.diagnostics
    for path in shown.files:
        text = everything(path)
        assert "zarina" not in text.lower(), path
        assert ("a judge" in text) == (path.suffix == ".docx")


def test_a_translation_withholds_the_same_rows(rows: Tiny) -> None:
    report, _ = load(rows.project)
    assert report
    (mine,) = report.sections
    assert not list(differences(mine, mine))
    rows.section("100-general", body(FIRST).replace(f"{MARK} 2019", "2019"))
    other, _ = load(rows.project)
    assert other and [item.code for item in differences(mine, other.sections[0])] == [
        "translation-differs"
    ]


def test_to_format_a_section_leaves_the_marks_of_rows(rows: Tiny) -> None:
    before = public(rows, ("json",))
    format_report(rows.project)
    assert public(rows, ("json",)) == before
    assert (rows.project / "sections/100-general.md").read_text().count(MARK) == body(FIRST).count(
        MARK
    )


def test_a_short_text_of_a_paragraph_with_a_withheld_row_is_not_told(rows: Tiny) -> None:
    front = "title: General\nlevel: 1\nparagraphs:\n  law: {answers: [cerd-2014/6], short: Zarina saw it.}"
    rows.section("100-general", body(FIRST), front)
    report, _ = examine(rows.project)
    assert report and b"Zarina" not in public(rows, ("json",))["tiny.json"]
