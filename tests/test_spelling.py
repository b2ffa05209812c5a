"""Spelling with a dictionary of our own, in the format of Hunspell."""

from __future__ import annotations

import pytest
from conftest import Tiny

from shadowreport.checks import check
from shadowreport.checks.spelling import _speller
from shadowreport.load import load

pytest.importorskip("hunspell", reason="the extra 'spelling' is not installed")

WORDS = [
    "the",
    "law",
    "protect",
    "person",
    "in",
    "his",
    "her",
    "home",
    "and",
    "a",
    "report",
    "write",
    "by",
]
TEXT = """\
The law protects the persn in Almaty and his home.
A persn and a qandas: the law's report by Uyghurs [@x, recieved]{lang="ru"} and TODO.
"""


@pytest.fixture
def dictionary(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A report that names a dictionary of thirteen words."""
    folder = tiny.project / "dictionaries"
    tiny.write("dictionaries/xx_XX.aff", "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n")
    tiny.write(
        "dictionaries/xx_XX.dic", f"{len(WORDS)}\n" + "".join(f"{word}/S\n" for word in WORDS)
    )
    monkeypatch.setenv("DICPATH", str(folder))
    _speller.cache_clear()
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", f"{settings}spelling: xx_XX\n")
    tiny.write("references/terms.yaml", "terms: []\nwords: [qandas]\n")
    return tiny


def test_a_word_that_the_dictionary_lacks_is_told_once(dictionary: Tiny) -> None:
    dictionary.section("100-case", TEXT)
    report, found = load(dictionary.project)
    assert report, found
    told = [item for item in check(report) if item.code == "spelling"]
    assert [(item.place.line, item.message) for item in told] == [
        (6, "'persn' is not in the dictionary")
    ]
    assert "person" in told[0].hint
