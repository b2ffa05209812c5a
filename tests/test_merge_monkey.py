"""Edits of every kind come back whole, or are reported: judged by a reader that shares no code.

`python tools/hunt_merges.py` tries many more; what it found stands here with its kind and seed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from merge_judge import origin, tried
from word_files import changed


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a bit of everything, sent out whole."""
    return origin(tmp_path_factory.mktemp("monkey") / "report")


@pytest.mark.parametrize(
    ("kinds", "seed"),
    [
        ("italic_tracked", 1),  # emphasis from within a word
        ("move_section", 1),  # tore both files apart
        ("move_item_to_the_top", 7),  # became program code
        ("join_tracked", 1),  # forgot who did it
        ("other_quotation_marks+insert_words", 1),  # a hyphen between two references
        ("copy_paragraph_with_its_bookmark", 1),  # the copy took the id; the second merge moved it
        ("copy_sentence_tracked", 1),  # a section became two paragraphs
        ("move_sentence", 2),  # a citation became a footnote
        ("delete_paragraph_tracked", 1),  # forgot who did it
        ("link_with_parentheses", 2040),  # words before a reference
        ("split_tracked", 2080),  # two words became a new paragraph
        (  # the second merge added the copy again: its hyphen was taken for a difference
            "other_quotation_marks+copy_and_edit_paragraph+move_paragraph_without_its_bookmark",
            2147,
        ),
        ("delete_words_tracked", 2265),  # " on" gone before " several": nobody had done it
        ("two_authors_in_one_paragraph", 2281),  # in one word: only the first was named
        (
            "move_paragraph+comment_on_footnote",
            2312,
        ),  # the comment stayed behind, and glued two blocks
        ("split_tracked", 3004),  # within the second word: two short pieces, by nobody
        ("bold", 3741),  # from a comma behind a word into the next one
        ("copy_paragraph_with_its_bookmark+other_quotation_marks", 6047),  # a hyphen again
        ("two_authors_in_one_paragraph+italic_tracked", 3401),  # "in" became "i": by nobody
        # a footnote directly before that of a citation became the citation's second mark
        ("new_footnote+join+replace_words_tracked", 6850),
        ("new_heading+heading_of_another_level+split_tracked", 6777),  # skipped a level: refused
        ("bold+heading_words+delete_footnote", 7063),  # to the middle of a word in italics: refused
        # a sentence was copied with a text box: two new paragraphs had one id
        ("text_box+copy_sentence_tracked+heading_words", 34132),
        # the next paragraph joined one that had moved there: the second merge saw a conflict
        ("join_tracked+move_recommendation+delete_words", 46136),
        # the copy of a citation's footnote was changed, and lost its tie to the source
        ("copy_and_edit_paragraph+move_paragraph_tracked+footnote_words", 46057),
        # numbers counted anew: "4-5" after "5-6" made two references to one paragraph
        ("count_references_anew+delete_paragraph", 1),
        # so much was written into a paragraph that nobody had deleted the old one
        ("delete_paragraph_tracked+copy_sentence_tracked", 46563),
        # a footnote was changed, and with it that of a copy of its paragraph
        ("copy_and_edit_paragraph+footnote_words+delete_words_tracked", 100093),
        # a paragraph that was cut kept the ones around it from being joined: by nobody
        ("join_tracked+cut_and_paste_paragraph_tracked", 34644),
        ("join_tracked+cut_and_paste_paragraph_tracked", 306),  # nobody had moved a heading
        ("cut_and_paste_paragraph_tracked+join_tracked", 316),  # a blank too much: by nobody
        # an end that was inserted and deleted again kept two paragraphs apart
        ("cut_and_paste_paragraph_tracked+join_tracked", 17),
        # three words of four were deleted: another paragraph, by nobody, and a conflict the second time
        ("delete_words_tracked", 75104),
        # with the text of a footnote a blank line stayed at the end, which went the second time
        ("heading_words+delete_paragraph_tracked", 75247),
        ("item_to_another_level", 1),
        ("paragraph_of_another_style", 1),
    ],
)
def test_what_was_lost_in_silence_comes_back_or_is_reported(
    source: Path, kinds: str, seed: int
) -> None:
    found = tried(source, seed, kinds.split("+"))
    assert found.done == kinds.split("+")
    assert not found.faults, "\n".join((*found.faults, found.patch))


def test_a_copys_bookmark_that_libreoffice_renamed_is_still_that_of_a_copy(source: Path) -> None:
    found = tried(source, 8009, ["copy_paragraph_with_its_bookmark"], _as_libreoffice_names_copies)
    assert found.done and not found.faults, "\n".join((*found.faults, found.patch))


def _as_libreoffice_names_copies(file: Path) -> Path:
    def rename(parts: dict[str, bytes]) -> None:
        first, name, *rest = re.split(rb'("par_classes")', parts["word/document.xml"])
        assert len(rest) == 3
        rest[1] = b'"par_classes_Copy_1"'
        parts["word/document.xml"] = b"".join([first, name, *rest])

    return changed(file, file, rename)
