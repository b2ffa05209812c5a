"""Changes are put into a section file: those that want the same words are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowreport.roundtrip.target import OverlapError, Target
from shadowreport.source.leaf import Outline

SOURCE = "abcdefghij"
Change = tuple[int, int, str]


def empty() -> Target:
    outline = Outline("sections/100-x.md", "x", SOURCE, 0)
    return Target(outline, outline, {})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(2, 4, "CD"), (4, 6, "EF")], "abCDEFghij"),  # side by side
        ([(4, 4, "1"), (4, 4, "2"), (4, 6, "EF")], "abcd12EFghij"),  # in the order of putting
        ([(4, 6, "EF"), (4, 4, "1")], "abcd1EFghij"),  # before what changes, whichever came first
        ([(4, 6, "EF"), (6, 6, "!")], "abcdEF!ghij"),
        ([(2, 6, ""), (4, 8, "")], "abij"),  # what goes may go twice
        ([(2, 6, ""), (4, 4, "new")], "abnewghij"),  # and what is put there stands there
    ],
)
def test_changes_that_do_not_meet(changes: list[Change], expected: str) -> None:
    for order in (changes, changes[::-1]):
        target = empty()
        for change in order:
            target.put(*change)
        assert target.text() == expected or len({c[:2] for c in changes}) < len(changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((2, 6, "X"), (4, 8, "Y")),
        ((2, 6, "X"), (2, 6, "Y")),
        ((2, 8, "X"), (4, 6, "")),
        ((2, 6, ""), (4, 8, "Y")),
        ((2, 6, "X"), (4, 4, "Y")),
    ],
)
def test_changes_that_meet_are_refused_whole(one: Change, other: Change) -> None:
    for first, second in ((one, other), (other, one)):
        target = empty()
        target.put(*first)
        before = target.text()
        with pytest.raises(OverlapError):
            target.put(*second)
        assert target.text() == before


@given(
    st.lists(
        st.tuples(st.integers(0, 10), st.integers(0, 10), st.sampled_from(["", "X", "YZ"])),
        max_size=8,
    )
)
def test_what_was_put_stands_there_and_the_rest_stays(row: list[Change]) -> None:
    target = empty()
    put: list[Change] = []
    for start, end, text in row:
        if start <= end:
            try:
                target.put(start, end, text)
            except OverlapError:
                continue
            put.append((start, end, text))
    gone = {at for start, end, _ in put for at in range(start, end)}
    kept = [letter for at, letter in enumerate(SOURCE) if at not in gone]
    text = target.text()
    assert [letter for letter in text if letter.islower()] == kept
    assert sorted(letter for letter in text if letter.isupper()) == sorted(
        letter for _, _, new in put for letter in new
    )
