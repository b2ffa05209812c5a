"""Languages with a script of their own: lines that run to the left, texts without spaces."""

from __future__ import annotations

import pytest

from shadowreport.core.ast import plain, text
from shadowreport.core.direction import END, START, isolate, isolated, loose_mark
from shadowreport.core.wide import close_up


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("في الوثيقة CERD/C/KAZ/CO/8-10 بسن", ["CERD/C/KAZ/CO/8-10"]),
        ("القانون 414-V، 23 نوفمبر 2015", ["414-V"]),
        ("السكان 18 632 169 نسمة", ["18 632 169"]),
        ("رسالة 2016-08-09 إلى", ["2016-08-09"]),
        ("انظر https://example.org/a-b?c=1 و", ["https://example.org/a-b?c=1"]),
        ("الفقرات 33–56 من Human Rights Watch", []),  # right as they are
    ],
)
def test_what_would_be_reversed_is_isolated(typed: str, kept: list[str]) -> None:
    inlines = text(typed)
    isolate(inlines)
    for result in (isolated(typed), plain(inlines)):
        assert result.replace(START, "").replace(END, "") == typed
        assert [part.partition(END)[0] for part in result.split(START)[1:]] == kept


def test_what_an_author_isolated_is_left() -> None:
    typed = f"القانون {START}414-V{END} و 18 632 169"
    inlines = text(typed)
    isolate(inlines)
    assert plain(inlines) == isolated(typed) == typed


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("القانون \u2066414-V\u2069 و", -1),
        ("القانون 414-V\u200e و", -1),
        ("القانون \u2067414-V", 8),
        ("القانون 414-V\u2069", 13),
        ("Pay \u2067all\u2069 of it", 4),  # no letter there runs to the left
    ],
)
def test_marks_of_direction_stand_in_pairs_beside_letters_that_need_them(
    line: str, place: int
) -> None:
    assert loose_mark(line) == place


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("第一句。 第二句。", "第一句。第二句。"),
        ("第一 句", "第一句"),
        ("他说： “是”。 然后", "他说：“是”。然后"),
        ("人口为 18 632 169 人", "人口为 18 632 169 人"),
        ("Two words", "Two words"),
    ],
)
def test_no_space_stands_between_wide_signs(typed: str, printed: str) -> None:
    inlines = text(typed)
    close_up(inlines)
    assert plain(inlines) == printed
