"""Quotation marks and apostrophes: set once, and read alike in Word, PDF and HTML."""

from __future__ import annotations

import re

import pytest
from conftest import REPORT, Tiny
from test_same_characters import read

# typed; what an English and what a French reader sees
CASES = (
    ("the 1990's and article 5's", "the 1990’s and article 5’s", "the 1990’s and article 5’s"),
    ("CERD/C/UZB/CO/10-12's end", "CERD/C/UZB/CO/10-12’s end", "CERD/C/UZB/CO/10-12’s end"),
    ("in '95 and the '90s", "in ’95 and the ’90s", "in ’95 and the ’90s"),
    ("rock 'n' roll", "rock ’n’ roll", "rock ’n’ roll"),
    ("the 'ulama' met", "the ‘ulama’ met", "the “ulama” met"),
    ("the State['s] duty", "the State[’s] duty", "the State[’s] duty"),
    ("['s] and the States' duty", "[’s] and the States’ duty", "[’s] and the States’ duty"),
    ("*Convention*'s and **it**'s", "Convention’s and it’s", "Convention’s and it’s"),
    ('"the term "aliens" without"', "“the term ‘aliens’ without”", "«the term “aliens” without»"),
    ('"a "b", c."', "“a ‘b’, c.”", "«a “b”, c.»"),
    ("\"he said 'no' twice\"", "“he said ‘no’ twice”", "«he said “no” twice»"),
    (
        "\"'a' begins\" and \"ends 'b'\"",
        "“‘a’ begins” and “ends ‘b’”",
        "«“a” begins» and «ends “b”»",
    ),
    ('*"a"* and "*b*"', "“a” and “b”", "«a» and «b»"),
    ('"one *that" crosses*', "“one that” crosses", "“one that” crosses"),
    ('("a")—"b"-["c"]', "(“a”)—“b”-[“c”]", "(«a»)—«b»-[«c»]"),
    ("“typed” and ‘so’, it’s", "“typed” and ‘so’, it’s", "“typed” and ‘so’, it’s"),
    ("„low“ and «angled»", "„low“ and «angled»", "„low“ and «angled»"),
    (r"5\" and \'so\' and 6' 2", "5\" and 'so' and 6’ 2", "5\" and 'so' and 6’ 2"),
    ('a board of 6" and more', 'a board of 6" and more', 'a board of 6" and more'),
    ('"a quotation that goes on', "“a quotation that goes on", "“a quotation that goes on"),
    ('[a "b"](https://example.org/it\'s "t")', "a “b”", "a «b»"),
    ("don't and l'homme d'État", "don’t and l’homme d’État", "don’t and l’homme d’État"),
)


# the lines on which a mark is told: one without a partner, and in French two beyond emphasis
TOLD = {"en": [44], "fr": [32, 32, 44]}


@pytest.mark.parametrize(("language", "column"), [("en", 1), ("fr", 2)])
def test_each_mark_is_set_as_the_language_has_it(tiny: Tiny, language: str, column: int) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    tiny.section("100-a", "\n\n".join(f"{case[0]} END{nth}." for nth, case in enumerate(CASES)))
    title = 'title: The "term "aliens"" of \'95\nlevel: 1'
    tiny.section("200-b", "Words.\n", title)
    result = tiny.build("pdf", "docx", "html")
    assert result.succeeded
    told = [
        item.place.line for item in result.diagnostics if item.code == "unpaired-quotation-mark"
    ]
    assert told == TOLD[language]
    expected = [_bare(f"{case[column]} END{nth}.") for nth, case in enumerate(CASES)]
    expected.append(_bare(("The “term ‘aliens’” of ’95", "The «term “aliens”» of ’95")[column - 1]))
    for kind in ("pdf", "docx", "html"):
        text = _bare(read(kind, tiny.project / "build" / f"tiny.{kind}"))
        assert [wanted for wanted in expected if wanted not in text] == [], kind


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
