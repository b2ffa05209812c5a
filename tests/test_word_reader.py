"""Word's own behaviour: numbers, fields, tracked changes, comments, bookmarks, tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from word_files import WordFile, piece

from shadowreport.word.content import (
    BookmarkEnd,
    BookmarkStart,
    CommentEnd,
    CommentStart,
    Document,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Table,
    TextBox,
    paragraphs_of,
)
from shadowreport.word.read.numbering import written
from shadowreport.word.read.reader import read_word
from shadowreport.word.read.settle import tracked
from shadowreport.word.read.story import Field


def read(word: WordFile, tmp_path: Path, changes: str = "keep") -> Document:
    """The document of a file in the making."""
    file = word.save(tmp_path / "file.docx")
    return read_word(file, changes)[0]  # pyright: ignore[reportArgumentType]


def texts(document: Document) -> list[str]:
    """The texts of all paragraphs."""
    return [paragraph.text for paragraph in paragraphs_of(document.blocks)]


def labels(document: Document) -> list[str]:
    """The automatic numbers of all paragraphs; a dash for none."""
    return [
        paragraph.number.label if paragraph.number else "-"
        for paragraph in paragraphs_of(document.blocks)
    ]


# --- automatic numbers ----------------------------------------------------------------------------


def test_levels_count_on_and_start_again_below_a_higher_one(tmp_path: Path) -> None:
    word = WordFile()
    number = word.numbering(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%1.%3"))
    for level in (0, 1, 1, 0, 1, 2, 2, 1, 0):
        word.numbered("x", number, level)
    assert labels(read(word, tmp_path)) == [
        *("1.", "(a)", "(b)", "2.", "(a)", "2.i", "2.ii", "(b)", "3."),
    ]


def test_lists_of_one_definition_count_together_unless_one_starts_anew(tmp_path: Path) -> None:
    word = WordFile()
    first = word.numbering(("decimal", "%1."))
    second = word.another_list(word.abstract)
    third = word.another_list(word.abstract, start=1)
    for number in (first, first, second, third, third, first):
        word.numbered("x", number)
    assert labels(read(word, tmp_path)) == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_a_style_numbers_and_a_paragraph_takes_the_number_away(tmp_path: Path) -> None:
    word = WordFile()
    number = word.numbering(("decimal", "§ %1"))
    word.number_style(word.document.styles["List Number"], number)
    word.text("x", style="List Number")
    word.number(word.text("x", style="List Number"), 0)
    word.text("x", style="List Number")
    assert labels(read(word, tmp_path)) == ["§ 1", "-", "§ 2"]


def test_a_style_that_a_list_names_is_numbered_on_its_level(tmp_path: Path) -> None:
    word = WordFile()
    number = word.numbering(("decimal", "%1."), ("lowerLetter", "(%2)"))
    second = word.document.part.numbering_part.element.xpath("//w:lvl[w:lvlText/@w:val='(%2)']")[-1]
    style = word.document.styles["List Number 2"]
    second.insert(2, piece(f"<w:pStyle w:val='{style.style_id}'/>"))
    word.number_style(word.document.styles["List Number"], number)
    word.number_style(style, number)
    for name in ("List Number", "List Number 2", "List Number 2", "List Number"):
        word.text("x", style=name)
    assert labels(read(word, tmp_path)) == ["1.", "(a)", "(b)", "2."]


@pytest.mark.parametrize(
    ("count", "style", "expected"),
    [
        (4, "lowerLetter", "d"),
        (27, "upperLetter", "AA"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "decimalZero", "09"),
        (3, "russianLower", "в"),
        (5, "ordinal", "5"),
        (0, "lowerRoman", "0"),
    ],
)
def test_ways_of_counting(count: int, style: str, expected: str) -> None:
    assert written(count, style) == expected


# --- tracked changes ------------------------------------------------------------------------------


def changed_file() -> WordFile:
    """A file with a tracked change of every usual kind."""
    word = WordFile()
    paragraph = word.text("One ")
    word.inserted(paragraph, "new ", "Ann")
    word.deleted(paragraph, "old ", "Bob")
    paragraph.add_run("end.")
    gone = word.text("Joined ")
    word.mark(gone, "del", "Bob")
    word.text("with this.")
    split = word.text("Split ")
    word.mark(split, "ins", "Ann")
    word.text("here.")
    moved = word.text("")
    who = "w:id='1' w:author='Ann' w:date='2022-03-01T10:00:00Z'"
    word.into(moved, f"<w:moveFrom {who}><w:r><w:delText>Moved.</w:delText></w:r></w:moveFrom>")
    target = word.text("")
    word.into(target, f"<w:moveTo {who}><w:r><w:t>Moved.</w:t></w:r></w:moveTo>")
    table = word.table(["kept"], ["row in"], ["row out"])
    table.rows[1]._tr.get_or_add_trPr().append(piece(f"<w:ins {who}/>"))
    table.rows[2]._tr.get_or_add_trPr().append(piece(f"<w:del {who}/>"))
    bold = word.text("Formatted.", bold=True)
    bold.runs[0]._r.rPr.append(piece(f"<w:rPrChange {who}><w:rPr><w:i/></w:rPr></w:rPrChange>"))
    return word


def test_accepting_gives_the_new_text(tmp_path: Path) -> None:
    document = read(changed_file(), tmp_path, "accept")
    assert [text for text in texts(document) if text] == [
        *("One new end.", "Joined with this.", "Split ", "here.", "Moved."),
        *("kept", "row in", "Formatted."),
    ]
    assert tracked(document) == []
    last = next(p for p in paragraphs_of(document.blocks) if p.text == "Formatted.")
    assert next(last.runs()).look.bold


def test_rejecting_gives_the_old_text(tmp_path: Path) -> None:
    document = read(changed_file(), tmp_path, "reject")
    assert [text for text in texts(document) if text] == [
        *("One old end.", "Joined ", "with this.", "Split here.", "Moved."),
        *("kept", "row out", "Formatted."),
    ]
    assert tracked(document) == []
    last = next(p for p in paragraphs_of(document.blocks) if p.text == "Formatted.")
    look = next(last.runs()).look
    assert (look.bold, look.italic) == (False, True)


def test_keeping_shows_who_changed_what(tmp_path: Path) -> None:
    document = read(changed_file(), tmp_path)
    found = [(item.kind, item.author, item.text) for item in tracked(document)]
    assert ("inserted", "Ann", "new ") in found
    assert ("deleted", "Bob", "old ") in found
    assert ("deleted", "Bob", "¶") in found
    assert ("moved-here", "Ann", "Moved.") in found
    assert ("inserted", "Ann", "a table row: row in") in found
    first = next(paragraphs_of(document.blocks))
    assert first.text == "One new old end."


def test_pieces_of_one_change_are_told_as_one(tmp_path: Path) -> None:
    word = WordFile()
    paragraph = word.text("")
    for text, author in (("one ", "Ann"), ("two ", "Bob"), ("three ", "Bob"), ("four", "Ann")):
        word.inserted(paragraph, text, author)
    word.deleted(paragraph, "five", "Ann")
    paragraph._p[-3][0].insert(0, piece("<w:rPr><w:b/></w:rPr>"))  # "three" is of another look
    found = [(item.kind, item.author, item.text) for item in tracked(read(word, tmp_path))]
    assert found == [
        ("inserted", "Ann", "one "),
        ("inserted", "Bob", "two three "),
        ("inserted", "Ann", "four"),
        ("deleted", "Ann", "five"),
    ]


# --- what stands in a paragraph -------------------------------------------------------------------


def test_bookmarks_and_comments_keep_their_ranges(tmp_path: Path) -> None:
    word = WordFile()
    paragraph = word.text("Before ")
    word.into(paragraph, "<w:bookmarkStart w:id='5' w:name='par_no_special_law'/>")
    run = paragraph.add_run("inside")
    word.into(paragraph, "<w:bookmarkEnd w:id='5'/>")
    word.document.add_comment(run, "Why?", author="Ann", initials="A")
    (found,) = (p for p in read(word, tmp_path).blocks if isinstance(p, Paragraph))
    kinds = [type(item) for item in found.inlines if not isinstance(item, Run)]
    assert kinds == [BookmarkStart, CommentStart, CommentEnd, BookmarkEnd]
    assert found.bookmarks() == ["par_no_special_law"]
    document = read(word, tmp_path)
    (comment,) = document.comments.values()
    assert (comment.author, comment.text) == ("Ann", "Why?")


def test_fields_show_their_results_and_hide_their_code(tmp_path: Path) -> None:
    word = WordFile()
    paragraph = word.text("See ")
    word.field(paragraph, "REF par_labour_code \\r \\h", "12")
    word.into(paragraph, "<w:fldSimple w:instr=' PAGE '><w:r><w:t>3</w:t></w:r></w:fldSimple>")
    document = read(word, tmp_path)
    (found,) = (p for p in document.blocks if isinstance(p, Paragraph))
    assert found.text == "See 123"
    assert [run.fields for run in found.runs()] == [(), ("REF par_labour_code \\r \\h",), ("PAGE",)]


@pytest.mark.parametrize(
    ("instruction", "address", "bookmark"),
    [
        ('HYPERLINK "https://example.org/a"', "https://example.org/a", ""),
        ("hyperlink https://example.org/a", "https://example.org/a", ""),
        ('HYPERLINK "https://example.org/a" \\l "part"', "https://example.org/a", "part"),
        ('HYPERLINK \\l "part" \\o "what the mouse shows"', "", "part"),
        ('HYPERLINK \\o "shown" "https://example.org/a" \\t "_blank"', "https://example.org/a", ""),
        ('HYPERLINK "https://example.org/a" \\n \\l', "https://example.org/a", ""),
        ("REF part \\h", "", ""),
    ],
)
def test_a_field_links_to_its_address_and_its_bookmark(
    instruction: str, address: str, bookmark: str
) -> None:
    assert Field(instruction).link() == (address, bookmark)


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("", "https://example.org/a"),
        ("w:anchor='part'", "https://example.org/a#part"),
        ("w:docLocation='place'", "https://example.org/a#place"),
        ("w:anchor='part' w:docLocation='place'", "https://example.org/a#part"),
    ],
)
def test_a_link_to_a_place_on_a_page_keeps_the_place(tmp_path: Path, place: str, link: str) -> None:
    word = WordFile()
    paragraph = word.text("")
    word.link(paragraph, "https://example.org/a", "there")
    for name, value in re.findall(r"w:(\w+)='(\w+)'", place):
        paragraph._p[-1].set(qn(f"w:{name}"), value)
    (found,) = paragraphs_of(read(word, tmp_path).blocks)
    assert [(run.link, run.anchor) for run in found.runs() if run.text] == [(link, "")]


def test_an_embedded_object_comes_in_as_its_picture_and_is_told(tmp_path: Path) -> None:
    word = WordFile()
    pictured = word.picture("The costs")
    wrapped = piece("<w:object/>")
    (drawing,) = pictured._p.iter(qn("w:drawing"))
    drawing.getparent().replace(drawing, wrapped)
    wrapped.append(drawing)
    word.into(pictured, "<w:r><w:object><o:OLEObject xmlns:o='urn:o'/></w:object></w:r>")
    document, diagnostics = read_word(word.save(tmp_path / "file.docx"))  # pyright: ignore[reportArgumentType]
    (found,) = paragraphs_of(document.blocks)
    (picture,) = (item for item in found.inlines if isinstance(item, Picture))
    assert picture.description == "The costs"
    assert sorted((item.code, item.message) for item in diagnostics) == [
        ("word-changed", "an embedded object came in as a picture"),
        ("word-dropped", "an embedded object (no description)"),
    ]


def test_every_word_of_wrappers_is_kept(tmp_path: Path) -> None:
    word = WordFile()
    paragraph = word.text("a ")
    for code in (
        "<w:smartTag><w:r><w:t>b </w:t></w:r></w:smartTag>",
        "<w:sdt><w:sdtContent><w:r><w:t>c </w:t></w:r></w:sdtContent></w:sdt>",
        "<w:ins w:id='1' w:author='x'><w:hyperlink w:anchor='m'><w:r><w:t>d </w:t></w:r></w:hyperlink></w:ins>",
        "<w:bdo w:val='ltr'><w:r><w:t>e </w:t></w:r></w:bdo>",
        "<w:r><w:t>f</w:t><w:noBreakHyphen/><w:t>g</w:t><w:tab/><w:t>h</w:t><w:br/><w:t>i</w:t></w:r>",
        "<w:ruby><w:rubyBase><w:r><w:t>j</w:t></w:r></w:rubyBase></w:ruby>",
    ):
        word.into(paragraph, code)
    word.text_box(paragraph, "in the box")
    (found,) = (p for p in read(word, tmp_path).blocks if isinstance(p, Paragraph))
    assert found.text == "a b c d e f\u2011g\th\nij"
    boxes = [item for item in found.inlines if isinstance(item, TextBox)]
    assert [[p.text for p in paragraphs_of(box.blocks)] for box in boxes] == [["in the box"]]


def test_notes_are_read_without_their_separators(tmp_path: Path) -> None:
    word = WordFile()
    word.note(word.text("x"), "footnote", "The note.")
    document = read(word, tmp_path)
    (mark,) = (
        item for item in next(paragraphs_of(document.blocks)).inlines if isinstance(item, NoteMark)
    )
    note = document.note(mark)
    assert note and [p.text.strip() for p in paragraphs_of(note.blocks)] == ["The note."]


def test_tables_keep_spans_and_merged_cells(tmp_path: Path) -> None:
    word = WordFile()
    table = word.table(["a", "b", "c"], ["d", "e", "f"])
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    (found,) = (block for block in read(word, tmp_path).blocks if isinstance(block, Table))
    first, second = found.rows
    assert [(cell.column, cell.span) for cell in first.cells] == [(0, 2), (2, 1)]
    assert [cell.continues for cell in second.cells] == [False, False, True]
    assert found.columns == 3


def test_a_box_in_a_frame_of_one_cell_is_read_as_framed_paragraphs(tmp_path: Path) -> None:
    word = WordFile()
    word.text("Before.")
    table = word.table(["Recommendations\nDo it."])
    heading = word.document.styles.add_style("Box Heading", 1)
    table.cell(0, 0).paragraphs[0].style = heading
    word.text("After.")
    found = [item for item in read(word, tmp_path).blocks if isinstance(item, Paragraph)]
    assert [(item.text, item.frame.bordered) for item in found] == [
        ("Before.", False),
        ("Recommendations", True),
        ("Do it.", True),
        ("After.", False),
    ]
