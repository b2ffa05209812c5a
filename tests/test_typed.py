"""The proof of reading: what was typed is what pandoc reads, or the hunt names the place."""

from __future__ import annotations

import runpy

import pytest
from conftest import ROOT

HUNT = runpy.run_path(str(ROOT / "tools" / "prove_reading.py"))


def test_the_sample_is_read_as_it_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert HUNT["main"](ROOT) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "body",
    [
        "Words and *emphasis* and **more** and m^2^.\n",
        "2024. That was the year.\n",
        'He said "it is so" and left [@key, para. 9].\n',
        "Words before a list:\n\n- one\n- two\n",
        "Words.[^a]\n\n[^a]: A note with *words*.\n",
        "| a | b |\n|---|---|\n| one | two |\n",
        "##Courts\n\nWords, under a heading that lacks its blank.\n",
        "See <https://x.example/~anna/x~y?f=*g*> and go.\n",
    ],
)
def test_what_is_typed_well_is_proved(body: str) -> None:
    assert HUNT["problems"](body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Before.\n<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> branch\n",
        "First line<br>second line.\n",
        "Words with **strong that never ends.\n",
        "| a | b |\n|---|---|\n| one | two | three |\n",
        "12. One.\n\n13. Two.\n\n14. Three.\n",
        "Words with [^nothing] to call.\n",
    ],
)
def test_what_cannot_be_meant_is_named(body: str) -> None:
    assert HUNT["problems"](body) != []


AT_THE_EDGE = [
    "Words:\n\n    - four blanks before a mark are code\n",
    "Words.\n\n   Three blanks before words are words.\n",
    "- one\n    - two\n        - three\n\nWords.\n",
    "1. one\n\n   more\n\n2. two\n",
    "1. one\n   - a\n   - b\n2. two\n",
    "(a) one\n(b) two\n",
    "(i) one\n(ii) two\n\nWords.\n",
    "| a | b |\n|---|---|\n| one \\| two | three |\n",
    "a | b\n---|---\none | two\n",
    "| a | b |\n|---|---|\n| one | |\n",
    "| a | b |\n|---|---|\n| | two |\n",
    "| a | b\n|---|---\n| one | two\n",
    "|a|b|\n|:-:|--:|\n|1|2|\n\n: A caption {#tbl-x}\n",
    "Rock 'n' roll, 'tis the '90s, the States' duties.\n",
    "\"Outer 'inner' outer,\" he said.\n",
    "See @key [p. 3].\n",
    "See @key\n[p. 3] and @other [para. 4].\n",
    "See @key [^n].\n\n[^n]: A note.\n",
    "Words [@key; @other, p. 4].\n",
    "> Quoted words.\n>\n> More of them.\n",
    "> - one\n> - two\n>\n>   more\n",
    "- one\n\n  > quoted\n\n- two\n",
    "- one\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n",
    "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n",
    "+---+---+\n| a | b |\n|   | e |\n+===+===+\n| c | d |\n+---+---+\n| x | f |\n+---+---+\n",
    "Words\\\nbroken here.\n",
    "Words with a  \nhard end.\n",
    "A line — and 5–7 and 3-4 and a--b and c---d.\n",
    "Cost $5 and $7, and 5*3=15, a_b_c.\n",
    "H~2~O and m^2^ and ^a^.\n",
    "![A picture](images/x.png)\n",
    "[a link](https://x.example/a_b(c)) and <mailto:a@b.example>.\n",
    "[Слово]{lang=ru} and [mot]{lang=fr}.\n",
    "::: recommendations\nOne should act.\n\nTwo should act.\n:::\n",
    "::: recommendations\n{#rec-a}\nOne should act.\n\n- a\n- b\n:::\n",
    "::: confidential\nSecret.\n:::\n\nOpen.\n",
    "::: note\nA remark.\n:::\n\nWords.\n",
    "{#p-a}\nWords with an id.\n\n{#p-b}\nMore.\n",
    "Words.[^a][^b]\n\n[^a]: One.\n\n[^b]: Two.\n\n    More of two.\n",
    "Words.[^a]\n\n[^a]:\n    Below its label.\n",
    "Words^[a note inside] and on.\n",
    "A. The beginning of a sentence.\n",
    "I. Introduction\n",
    "1) one\n2) two\n",
    "#. one\n#. two\n",
    "* one\n+ two\n",
    "\\- no list, and \\* no star, and \\# no head.\n",
    'Mr. X said: \\"Yes\\".\n',
    "第@par-x段 and см.@par-x.\n",
    "Words &amp; more &lt;.\n",
    "a < b and c > d.\n",
    "x@y.example and @key and a @key.\n",
    "Email me at a.b@c.example [@key].\n",
    "***both*** and **_mixed_**.\n",
    "*a* *b* **c** **d**\n",
    "*emphasis with \\* star*\n",
    "Line one\n\n\n\nLine two\n",
    "Words  with   blanks.\n",
    "-\tone\n-\ttwo\n",
    "- one\n- two\n\n    more, four blanks in\n",
    "- one\n\n  - two\n\n    more of two\n\n    - three\n",
    "| a | b |\n|---|---|\n| 'n' | \"q\" |\n",
    "| one \\| a | b |\n|---|---|\n| \\| x | y \\||\n",
    "1. one\n\n    four blanks in\n\n2. two\n",
    "See @key, art. 4 (a), and go.\n",
    "- one\ngoes on lazily\n",
    "Words.[^a]\n\n[^a]: One\ngoes on.\n\nOn.\n",
]


def test_marks_that_are_almost_others_are_proved() -> None:
    found = {body: HUNT["problems"](body) for body in AT_THE_EDGE}
    assert {body: problems for body, problems in found.items() if problems} == {}


# a little further, and they are read otherwise: where, and what is said
OVER_THE_EDGE = {
    "- one\n\n  more of one\n\n- two\n\n      - six blanks in\n": (
        37,
        "'six blanks in' would not be printed",
    ),
    "| a | b |\n|---|---|\n| one \\\\| two |\n": (22, "'one' would be printed as 'one \\'"),
    "Term\n\n:   Said of it.\n": (
        6,
        "a line that begins with a colon is the caption of a table, and none is here",
    ),
    "`code *with* stars` and words.\n": (
        0,
        "'`code *with* stars` and words.' would be printed as 'code *with* stars and words.'",
    ),
    "## A heading\n\nWords.\n\n### Another {#sec-x}\n\nWords.\n": (
        34,
        "an id behind a text is printed as it is",
    ),
    "Words\n- no list here\n": (6, "does a list begin here?"),
    "- [ ] a box\n- [x] ticked\n": (2, "an empty pair of brackets stands here"),
    "\tTab first\n": (1, "'Tab first' would not be printed"),
}


@pytest.mark.parametrize("body", OVER_THE_EDGE)
def test_marks_that_are_others_are_named_at_their_place(body: str) -> None:
    first = HUNT["problems"](body)[0]
    assert (first.at, first.message) == OVER_THE_EDGE[body]
