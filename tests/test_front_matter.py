"""Front matter is edited, and section files are written, without a change of any other line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from difflib import unified_diff
from typing import Any

import pytest
from conftest import Tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowreport.core.problems import Failure
from shadowreport.load import load
from shadowreport.overview.sign_off import sign, write_signed
from shadowreport.source.front_matter import with_data
from shadowreport.source.rewrite import as_found, rewrite
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited, scalar

DAY = date(2022, 2, 3)
FRONT = """\
title:   "A section"   # a title
authors:
- first   # by nobody else
recommendations:
  - [ cerd-2014/6,
      cerd-2014/9.1 ]
paragraphs:
  # the law
  law: {answers: [cerd-2014/6],  finding: not-implemented}

  # the courses
  courses:
    answers:
    - cerd-2014/9.1
# who has read it
reviewed:
  law:
    - {as: first, aspect: law, on: 2021-01-01, content: "0123456789abcdef"}   # in Geneva
# read on the train
  courses:
    - {as: first, aspect: facts, on: 2021-01-01, content: "0123456789abcdef"}
    # the last one

# behind it all
status: draft
"""
BODY = "\n{#law}\nThere is no law.\n\n{#courses}\nThere are courses.\n"
SECTION = f"---\n{FRONT}---\n{BODY}"


def _differs(old: str, new: str) -> list[str]:
    rows = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [row for row in rows if not row.startswith(("---", "+++", "@@"))]


def _edit(change: Callable[[Any], Any]) -> list[str]:
    data = read_yaml(FRONT, "f").data
    change(data)
    new = edited(FRONT, data, "f")
    assert read_yaml(new, "f").data == data
    return _differs(FRONT, new)


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        (lambda data: data.update(), []),
        (lambda data: data.update(level=1), ["+level: 1"]),
        (
            lambda data: data.update(title="Other"),
            ['-title:   "A section"   # a title', "+title: Other"],
        ),
        (
            lambda data: data["paragraphs"].pop("law"),
            ["-  law: {answers: [cerd-2014/6],  finding: not-implemented}"],
        ),
        (
            lambda data: data["paragraphs"]["courses"]["answers"].append("cerd-2014/6"),
            ["+    - cerd-2014/6"],
        ),
        (lambda data: data["recommendations"].append("x"), ["+  - x"]),
        (lambda data: data["reviewed"]["law"].insert(0, "2022-02-03"), ["+    - 2022-02-03"]),
        (
            lambda data: data.update(reviewed={"first": ["x"], **data["reviewed"]}),
            ["+  first:", "+    - x"],
        ),
    ],
)
def test_only_the_lines_of_what_changes_differ(
    change: Callable[[Any], Any], rows: list[str]
) -> None:
    assert _edit(change) == rows


def test_what_stands_between_braces_is_set_anew_and_keeps_its_comments() -> None:
    text = "# why\n{title: A,\n authors: [a],\n level: 2}\n"
    new = edited(text, {"title": "A", "authors": ["a"], "level": 3}, "f")
    assert read_yaml(new, "f").data == {"title": "A", "authors": ["a"], "level": 3}
    assert "# why" in new


_WORDS = st.sampled_from(["a", "b", "law", "14", "true", "2022-02-03", "a: b", "- x", "#", "'", ""])
_DATA = st.recursive(
    _WORDS | st.integers(0, 9) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)
_MAPS = st.dictionaries(_WORDS, _DATA, max_size=4)


@settings(deadline=None)
@given(_MAPS, _MAPS, st.data())
def test_a_text_reads_as_wanted_and_keeps_the_comments_between_its_entries(
    old: dict[str, Any], wanted: dict[str, Any], data: st.DataObject
) -> None:
    text = edited("", old, "f")
    lines = text.splitlines()
    at = data.draw(st.integers(0, len(lines)))
    commented = "".join(f"{line}\n" for line in [*lines[:at], "# a comment", *lines[at:]])
    if old and read_yaml(commented, "f").data != old:
        return
    shared = {
        key: data.draw(st.sampled_from([value, old.get(key, value)]))
        for key, value in wanted.items()
    }
    new = edited(commented, shared, "f")
    assert read_yaml(new, "f").data == shared
    assert edited(new, shared, "f") == new
    if shared == old:
        assert new == commented
    if not shared:
        return
    if at == len(lines) or not lines[at].startswith((" ", "-")):  # between two keys of the top
        assert "# a comment" in new


@settings(deadline=None)
@given(st.text("ab12:#'\"-[]{}&*!|>%@` ,?\\", max_size=8).map(str.strip))
def test_a_title_reads_as_it_was_meant(words: str) -> None:
    for quoted in (False, True):
        text = f"title: {scalar(words, quoted=quoted)}\n"
        assert read_yaml(text, "f").data == {"title": words}


# --- line ends ----------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["\n", "\r\n", "\r"]))),
    st.booleans(),
    st.integers(0, 9),
)
def test_lines_keep_their_ends_and_a_file_its_mark(
    lines: list[tuple[str, str]], mark: bool, at: int
) -> None:
    found = ("\ufeff" if mark else "") + "".join(map("".join, lines))
    text = "".join(f"{line}\n" for line, _ in lines)
    assert as_found(found.encode(), text) == found.encode()
    place = min(at, len(lines))
    rows = [f"{line}\n" for line, _ in lines]
    new = as_found(found.encode(), "".join([*rows[:place], "new\n", *rows[place:]])).decode()
    kinds = [end for _, end in lines]
    assert [new.count(end) for end in ("\r\n",)] <= [kinds.count("\r\n") + 1]
    assert new.replace("\r\n", "\n").replace("\r", "\n").count("\n") == len(lines) + 1
    if len(set(kinds)) == 1:
        end = kinds[0]
        assert new == ("\ufeff" if mark else "") + "".join(
            [row.rstrip("\n") + end for row in [*rows[:place], "new\n", *rows[place:]]]
        )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_sign_offs_leave_the_front_matter_and_no_other_line_changes(
    tiny: Tiny, end: str, mark: bytes
) -> None:
    before = mark + SECTION.replace("\n", end).encode()
    path = tiny.project / "sections" / "100-case.md"
    path.write_bytes(before)
    report, _ = load(tiny.project)
    assert report
    write_signed(tiny.project, sign(report, tiny.project, "case", "first", ["law"], DAY))
    old, new = before.split(end.encode()), path.read_bytes().split(end.encode())
    gone, added = [row for row in old if row not in new], [row for row in new if row not in old]
    assert not added and gone[0] == b"reviewed:" and not any(b"reviewed" in row for row in new)
    again, found = load(tiny.project)
    assert again and not found
    signed = {(item.paragraph.id, item.aspect) for item in again.sections[0].sign_offs}
    assert signed == {("law", "law"), ("courses", "law"), ("courses", "facts")}


def test_what_is_no_section_is_not_written(tiny: Tiny) -> None:
    tiny.write("sections/100-case.md", SECTION)
    with pytest.raises(Failure):
        rewrite(tiny.project, {"sections/100-case.md": SECTION.replace("title:", "[title:")})
    assert (tiny.project / "sections" / "100-case.md").read_text("utf-8") == SECTION


def test_the_body_of_a_section_stays_as_it_is() -> None:
    new = with_data(SECTION, "f", {"title": "Other"})
    assert new.endswith(f"---\n{BODY}") and new.startswith("---\ntitle: Other\n")
