"""Edits a Word file at random, in every way in which authors edit: tools/hunt_merges.py uses it.

Each way is a method of `Monkey` whose name begins with `do_`. What a way needs and does not find
(a list, another box) is left undone, and says so.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from wordedit import W, WordEdit, run_text, text_of

NUMBERED, ITEM, QUOTED, CONTINUED = (
    "NumberedParagraph",
    "Compact",
    "BlockText",
    "ContinuedParagraph",
)
RECOMMENDED = ("BoxRecommendation", "BoxSingle")
TEXTS = (NUMBERED, ITEM, QUOTED, CONTINUED, *RECOMMENDED)
PEOPLE = ("Aliya", "Bolat")
WORDS = ["court", "the “law”", "in 2014", "5%", "* star", "[draft]", "a@b.c", "_x_", "don’t", "№ 7"]
_DATE = "2022-02-01T10:00:00Z"


class NothingToDoError(Exception):
    """This file has nothing that could be edited in this way."""


def style(paragraph: Any) -> str:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(W + "val")


def sentences(paragraph: Any) -> list[list[Any]]:
    """The inlines of a paragraph by sentences: a blank alone in its run parts two, outside fields."""
    rows: list[list[Any]] = [[]]
    depth = 0
    for item in paragraph:
        if item.tag == W + "pPr" or item.tag.startswith(W + "bookmark"):
            continue
        for mark in item.iter(W + "fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType"), 0)
        ended = bool(rows[-1]) and _ends(rows[-1])
        if item.tag == W + "r" and run_text(item) == " " and not depth and ended:
            rows.append([])
        else:
            rows[-1].append(item)
    return [row for row in rows if row]


def _ends(row: list[Any]) -> bool:
    told = [item for item in row if item.find(W + "footnoteReference") is None]
    return bool(told) and run_text(told[-1]).rstrip()[-1:] in (".", ";", "?", "!")


class Monkey:
    """Someone with a Word file and a mind of their own."""

    def __init__(self, file: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.file = WordEdit(file)
        self.done: list[str] = []
        self.people: set[str] = set()  # who tracked a change
        self.untracked = False

    def edit(self, kind: str) -> bool:
        """Edits the file in a way; whether it could."""
        before = set(self.people), self.untracked
        try:
            getattr(self, f"do_{kind}")()
        except NothingToDoError:
            self.people, self.untracked = before
            return False
        self._own_notes()
        self.done.append(kind)
        return True

    def _own_notes(self) -> None:
        """Each mark gets a footnote of its own, and footnotes are numbered in the order of their marks:
        so programs save them, and LibreOffice 7.4 finds them by nothing else."""
        notes = self.file.footnotes
        assert notes is not None
        known = {item.get(W + "id"): item for item in notes}
        marks = list(self.file.body.iter(W + "footnoteReference"))
        own = [copy.deepcopy(known[mark.get(W + "id")]) for mark in marks]
        for mark in marks:
            gone = known.pop(mark.get(W + "id"), None)
            if gone is not None:
                notes.remove(gone)
        first = max(map(int, known)) + 1
        for number, (mark, note) in enumerate(zip(marks, own, strict=True), first):
            mark.set(W + "id", str(number))
            note.set(W + "id", str(number))
            notes.append(note)

    # --- choosing ---------------------------------------------------------------------------------

    def rows(self, *styles: str) -> list[Any]:
        """The paragraphs of some styles that still hold a text; the contents are none."""
        found = [item for item in self.file.paragraphs() if style(item) in (styles or TEXTS)]
        return [item for item in found if len(text_of(item)) > 20]

    def one(self, rows: list[Any], *, other_than: Any = None) -> Any:
        """One of some paragraphs."""
        rows = [item for item in rows if item is not other_than]
        if not rows:
            raise NothingToDoError
        return self.random.choice(rows)

    def words(self) -> str:
        """Something to type."""
        return " ".join(self.random.sample(WORDS, self.random.randint(1, 3)))

    def person(self, tracked: bool) -> str:
        """Who does it, if that is tracked."""
        if not tracked:
            self.untracked = True
            return ""
        name = self.random.choice(PEOPLE)
        self.people.add(name)
        return name

    def piece(self, paragraph: Any, least: int = 3) -> str:
        """Some words of one run, which the paragraph holds once."""
        found = [run_text(item) for item in paragraph.findall(W + "r")]
        whole = text_of(paragraph)
        found = [text for text in found if len(text) > 8 and whole.count(text) == 1]
        if not found:
            raise NothingToDoError
        text = self.random.choice(found)
        start = self.random.randrange(len(text) - least)
        end = self.random.randint(start + least, min(len(text), start + 30))
        if whole.count(text[start:end]) != 1:
            raise NothingToDoError
        return text[start:end]

    # --- words ------------------------------------------------------------------------------------

    def _insert(self, tracked: bool) -> None:
        paragraph = self.one(self.rows())
        after = self.piece(paragraph)
        self.file.insert(paragraph, after, f" {self.words()} ", self.person(tracked))

    def _replace(self, tracked: bool, new: str | None = None) -> None:
        paragraph = self.one(self.rows())
        piece = self.piece(paragraph)
        new = self.words() if new is None else new
        self.file.replace(paragraph, piece, new, self.person(tracked))

    def do_insert_words(self) -> None:
        self._insert(False)

    def do_insert_words_tracked(self) -> None:
        self._insert(True)

    def do_replace_words(self) -> None:
        self._replace(False)

    def do_replace_words_tracked(self) -> None:
        self._replace(True)

    def do_delete_words(self) -> None:
        self._replace(False, "")

    def do_delete_words_tracked(self) -> None:
        self._replace(True, "")

    def do_edge_of_markup(self) -> None:
        """The last or first word of an emphasis or a link goes, and its blank stays; or a blank more."""
        rows = [
            (paragraph, run_text(run))
            for paragraph in self.rows()
            for run in paragraph.iter(W + "r")
            if run.find(f"{W}rPr/{W}i") is not None or run.getparent().tag == W + "hyperlink"
        ]
        paragraph, text = self.one([row for row in rows if text_of(row[0]).count(row[1]) == 1])
        first, *rest = text.split(" ")
        new = self.random.choice(
            [f"{text} {self.words()} ", f" {text}", f"{first} ", " ".join(["", *rest])]
        )
        self.file.replace(paragraph, text, new if new.strip() else f"{text} ", self.person(False))

    def do_two_authors_in_one_paragraph(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        self.file.insert(paragraph, self.piece(paragraph), " by Aliya ", "Aliya")
        self.file.insert(paragraph, self.piece(paragraph), " by Bolat ", "Bolat")
        self.people |= {"Aliya", "Bolat"}

    def do_heading_words(self) -> None:
        rows = [item for item in self.file.paragraphs() if style(item).startswith("Heading")]
        paragraph = self.one(rows)
        self.file.insert(paragraph, text_of(paragraph), " and more", self.person(True))

    def do_cell_words(self) -> None:
        cells = [item for item in self.file.paragraphs() if text_of(item) in ("seven", "five")]
        paragraph = self.one(cells)
        self.file.insert(paragraph, text_of(paragraph), " or so", self.person(False))

    def do_other_quotation_marks(self) -> None:
        for run in self.file.body.iter(W + "t"):
            run.text = (run.text or "").replace("“", "«").replace("”", "»").replace("–", "-")
        self.untracked = True

    def do_line_break(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        run = self.file.split_run(paragraph, self.piece(paragraph))[-1]
        run.addnext(run_of("br"))
        self.untracked = True

    # --- looks ------------------------------------------------------------------------------------

    def _look(self, name: str, author: str) -> None:
        paragraph = self.one(self.rows())
        piece = self.piece(paragraph).strip()
        if len(piece) < 3:
            raise NothingToDoError
        self.file.look(paragraph, piece, name)
        if author:
            for run in self.file.split_run(paragraph, piece):
                change = etree.SubElement(run.find(W + "rPr"), W + "rPrChange")
                change.attrib.update({W + "id": "1", W + "author": author, W + "date": _DATE})
                etree.SubElement(change, W + "rPr")

    def do_bold(self) -> None:
        self._look("b", self.person(False))

    def do_italic_tracked(self) -> None:
        self._look("i", self.person(True))

    def do_centred_paragraph(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        etree.SubElement(paragraph.find(W + "pPr"), W + "jc").set(W + "val", "center")
        self.untracked = True

    def do_paragraph_of_another_style(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        new = self.random.choice([QUOTED, CONTINUED])
        paragraph.find(f"{W}pPr/{W}pStyle").set(W + "val", new)
        self.untracked = True

    def do_heading_of_another_level(self) -> None:
        paragraph = self.one([p for p in self.file.paragraphs() if style(p) == "Heading3"])
        paragraph.find(f"{W}pPr/{W}pStyle").set(W + "val", "Heading4")
        self.untracked = True

    def do_link_with_parentheses(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        run = self.file.split_run(paragraph, self.piece(paragraph))[-1]
        field = etree.Element(W + "fldSimple")
        field.set(W + "instr", ' HYPERLINK "https://example.org/a?b=c&d=(e)" ')
        field.append(self.file.run(" a page"))
        run.addnext(field)
        self.untracked = True

    # --- paragraphs -------------------------------------------------------------------------------

    def _split(self, tracked: bool) -> None:
        paragraph = self.one(self.rows())
        piece = self.piece(paragraph)
        if text_of(paragraph).startswith(piece):
            raise NothingToDoError
        author = self.person(tracked)
        self.file.split(paragraph, piece)
        if author:
            self.file._mark_end(paragraph, "ins", author)

    def do_split(self) -> None:
        self._split(False)

    def do_split_tracked(self) -> None:
        self._split(True)

    def _neighbours(self) -> tuple[Any, Any]:
        rows = [p for p in self.rows() if p.getnext() is not None]
        paragraph = self.one([p for p in rows if style(p.getnext()) == style(p)])
        if len(text_of(paragraph.getnext())) < 20:
            raise NothingToDoError
        return paragraph, paragraph.getnext()

    def do_join(self) -> None:
        self.file.join(*self._neighbours())
        self.untracked = True

    def do_join_tracked(self) -> None:
        first, _ = self._neighbours()
        first.append(self.file.run(" "))
        self.file._mark_end(first, "del", self.person(True))

    def _over_the_end(self, author: str) -> None:
        first, second = self._neighbours()
        gone = [*sentences(first)[-1], *sentences(second)[0]]
        if len(sentences(first)) < 2 or len(sentences(second)) < 2:
            raise NothingToDoError
        if author:
            self.file._mark_end(first, "del", author)
            self._tracked(gone, "del", author)
            return
        for item in gone:
            item.getparent().remove(item)
        self.file.join(first, second)

    def do_delete_over_a_paragraphs_end(self) -> None:
        self._over_the_end(self.person(False))

    def do_delete_over_a_paragraphs_end_tracked(self) -> None:
        self._over_the_end(self.person(True))

    def _new(self, tracked: bool, *styles: str) -> Any:
        after = self.one(self.rows(*styles))
        text = f"A wholly new text about {self.words()}, of {self.random.randrange(1000)} letters."
        return self.file.new_paragraph(after, text, self.person(tracked))

    def do_new_paragraph(self) -> None:
        self._new(False)

    def do_new_paragraph_tracked(self) -> None:
        self._new(True)

    def do_new_recommendation(self) -> None:
        self._new(True, *RECOMMENDED)

    def do_new_heading(self) -> None:
        paragraph = self._new(False, NUMBERED)
        paragraph.find(f"{W}pPr/{W}pStyle").set(W + "val", "Heading3")

    def do_new_item_of_level_two(self) -> None:
        paragraph = self._new(False, ITEM)
        paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl").set(W + "val", "1")

    def do_item_to_another_level(self) -> None:
        paragraph = self.one(self.rows(ITEM))
        level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        level.set(W + "val", "1" if level.get(W + "val") == "0" else "0")
        self.untracked = True

    def do_delete_paragraph(self) -> None:
        self.file.delete_paragraph(self.one(self.rows()), self.person(False))

    def do_delete_paragraph_tracked(self) -> None:
        paragraph = self.one(self.rows())
        author = self.person(True)
        self.file._mark_end(paragraph, "del", author)
        self._tracked([item for item in paragraph if item.tag != W + "pPr"], "del", author)

    def do_picture(self) -> None:
        paragraph = self._new(False, NUMBERED)
        for run in paragraph.findall(W + "r"):
            paragraph.remove(run)
        paragraph.append(run_of("drawing"))

    def do_new_row(self) -> None:
        cell = self.one([p for p in self.file.paragraphs() if text_of(p) == "five"])
        row = next(item for item in cell.iterancestors(W + "tr"))
        other = copy.deepcopy(row)
        row.addnext(other)
        for number, text in enumerate(other.iter(W + "t")):
            text.text = f"new {number}"
        self.untracked = True

    # --- moving and copying -----------------------------------------------------------------------

    def _move(self, styles: tuple[str, ...], after: Callable[[Any], Any]) -> None:
        paragraph = self.one(self.rows(*styles))
        target = after(paragraph)
        target.addnext(paragraph)
        self.untracked = True

    def do_move_paragraph(self) -> None:
        self._move((NUMBERED,), lambda p: self.one(self.rows(NUMBERED), other_than=p))

    def do_move_paragraph_without_its_bookmark(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        for item in [
            *paragraph.findall(W + "bookmarkStart"),
            *paragraph.findall(W + "bookmarkEnd"),
        ]:
            paragraph.remove(item)
        self.one(self.rows(NUMBERED), other_than=paragraph).addnext(paragraph)
        self.untracked = True

    def do_move_item(self) -> None:
        self._move((ITEM,), lambda p: self.one(self.rows(ITEM), other_than=p))

    def do_move_item_to_the_top(self) -> None:
        rows = self.rows(ITEM)
        paragraph = self.one(rows[1:])
        rows[0].addprevious(paragraph)
        self.untracked = True

    def do_move_recommendation(self) -> None:
        self._move(RECOMMENDED, lambda p: self.one(self.rows(*RECOMMENDED), other_than=p))

    def do_move_into_a_list(self) -> None:
        self._move((NUMBERED,), lambda p: self.one(self.rows(ITEM), other_than=p))

    def do_count_references_anew(self) -> None:
        """All fields are updated after a paragraph went: each number that a reference shows is one less."""
        depth = 0
        for run in self.file.body.iter(W + "r"):
            for mark in run.iter(W + "fldChar"):
                kind = mark.get(W + "fldCharType")
                depth = {"begin": 1, "separate": 2, "end": 0}[kind] if kind else depth
            text = run.find(W + "t")
            if depth == 2 and text is not None and (text.text or "").isdigit():
                text.text = str(int(text.text) - 1)
        self.untracked = True

    def _moved_tracked(self, gone: str, new: str) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        target = self.one(self.rows(NUMBERED), other_than=paragraph)
        author = self.person(True)
        other = copy.deepcopy(paragraph)
        for item in [*other.findall(W + "bookmarkStart"), *other.findall(W + "bookmarkEnd")]:
            other.remove(item)
        self.file._mark_end(paragraph, gone, author)
        self._tracked([item for item in paragraph if item.tag != W + "pPr"], gone, author)
        self.file._mark_end(other, new, author)
        self._tracked([item for item in other if item.tag != W + "pPr"], new, author)
        target.addnext(other)

    def do_move_paragraph_tracked(self) -> None:
        self._moved_tracked("moveFrom", "moveTo")

    def do_cut_and_paste_paragraph_tracked(self) -> None:
        self._moved_tracked("del", "ins")

    def do_copy_paragraph_with_its_bookmark(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        self.one(self.rows(NUMBERED)).addnext(copy.deepcopy(paragraph))
        self.untracked = True

    def do_copy_and_edit_paragraph(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        piece = self.piece(paragraph)
        other = copy.deepcopy(paragraph)
        paragraph.addprevious(other)
        self.file.replace(other, piece, "something else", self.person(False))

    def _sentence(self, author: str, *, stays: bool) -> None:
        rows = [p for p in self.rows(NUMBERED) if len(sentences(p)) > 1]
        paragraph = self.one(rows)
        target = self.one(self.rows(NUMBERED, CONTINUED), other_than=paragraph)
        row = self.random.choice(sentences(paragraph))
        new = [copy.deepcopy(item) for item in row]
        if author:
            if not stays:
                self._tracked(row, "del", author)
        elif not stays:
            for item in row:
                item.getparent().remove(item)
        blank = self.file.run(" ")
        for item in [blank, *new]:
            target.append(item)
        if author:
            self._tracked([blank, *new], "ins", author)

    def do_move_sentence(self) -> None:
        self._sentence(self.person(False), stays=False)

    def do_move_sentence_tracked(self) -> None:
        self._sentence(self.person(True), stays=False)

    def do_copy_sentence(self) -> None:
        self._sentence(self.person(False), stays=True)

    def do_copy_sentence_tracked(self) -> None:
        self._sentence(self.person(True), stays=True)

    def do_move_sentence_to_the_front(self) -> None:
        paragraph = self.one([p for p in self.rows(NUMBERED) if len(sentences(p)) > 1])
        row = sentences(paragraph)[-1]
        at = list(paragraph).index(sentences(paragraph)[0][0])
        for number, item in enumerate([*row, self.file.run(" ")]):
            paragraph.insert(at + number, item)
        self.untracked = True

    def do_move_section(self) -> None:
        heads = [p for p in self.file.body if style(p) == "Heading2"]
        head = self.one(heads)
        block = [head]
        while block[-1].getnext() is not None and block[-1].getnext() not in heads:
            following = block[-1].getnext()
            if following.tag == W + "sectPr" or style(following) == "Heading1":
                break
            block.append(following)
        target = self.one([other for other in heads if other is not head])
        for item in block:
            target.addprevious(item)
        self.untracked = True

    def do_drop_all_bookmarks(self) -> None:
        self.file.drop_bookmarks()
        self.untracked = True

    # --- notes and comments -----------------------------------------------------------------------

    def do_new_footnote(self) -> None:
        paragraph = self.one(self.rows())
        self.file.footnote(paragraph, self.piece(paragraph), f"A note on {self.words()}.")
        self.untracked = True

    def do_footnote_words(self) -> None:
        assert self.file.footnotes is not None
        rows = [p for p in self.file.footnotes.iter(W + "p") if len(text_of(p)) > 20]
        paragraph = self.one(rows)
        self.file.insert(paragraph, self.piece(paragraph), " (amended)", self.person(True))

    def do_delete_footnote(self) -> None:
        mark = self.one(list(self.file.body.iter(W + "footnoteReference")))
        run = mark.getparent()
        if run.getparent().tag != W + "p":
            raise NothingToDoError
        run.getparent().remove(run)
        self.untracked = True

    def do_comment(self) -> None:
        paragraph = self.one(self.rows())
        self.file.comment(paragraph, self.piece(paragraph), f"Why {self.words()}?", "Dana")

    def do_comment_on_footnote(self) -> None:
        assert self.file.footnotes is not None
        rows = [p for p in self.file.footnotes.iter(W + "p") if len(text_of(p)) > 20]
        paragraph = self.one(rows)
        self.file.comment(paragraph, self.piece(paragraph), f"Really {self.words()}?", "Dana")

    def do_text_box(self) -> None:
        paragraph = self.one(self.rows(NUMBERED))
        paragraph.append(box_of(f"A box about {self.words()}, typed into the margin of the text."))
        self.untracked = True

    # --- tracking ---------------------------------------------------------------------------------

    def _tracked(self, items: list[Any], kind: str, author: str) -> None:
        inside = (run for item in items if item.tag == W + "hyperlink" for run in item)
        for item in [*items, *inside]:
            if item.tag != W + "r":
                continue
            mark = self.file.mark(kind, author)
            item.addprevious(mark)
            mark.append(item)
            if kind == "del":
                for text in item.findall(W + "t"):
                    text.tag = W + "delText"
                for text in item.findall(W + "instrText"):
                    text.tag = W + "delInstrText"


def run_of(name: str) -> Any:
    """A run that holds one thing."""
    run = etree.Element(W + "r")
    etree.SubElement(run, W + name)
    return run


def box_of(text: str) -> Any:
    """A run with a text box."""
    run = etree.Element(W + "r")
    shape = "{urn:schemas-microsoft-com:vml}"
    pict = etree.SubElement(run, W + "pict")
    box = etree.SubElement(etree.SubElement(pict, shape + "shape"), shape + "textbox")
    inner = etree.SubElement(etree.SubElement(box, W + "txbxContent"), W + "p")
    etree.SubElement(etree.SubElement(inner, W + "r"), W + "t").text = text
    return run


KINDS = tuple(name.removeprefix("do_") for name in dir(Monkey) if name.startswith("do_"))
