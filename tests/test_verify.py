"""Quotations looked up in copies of their sources: wrong ones are found, right ones raise no alarm.

The copies are made by other ways than the quotations: pages of a PDF with running heads and footnotes, a Word
file, a page of HTML, a text.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typst
from conftest import ROOT, Tiny

from shadowreport.core.problems import has_errors
from shadowreport.load import load
from shadowreport.overview.quotations import quotations
from shadowreport.overview.verify import Verified, verify

sys.path.insert(0, str(ROOT))
from bench.text import sentences

COUNT = int(os.environ.get("SHADOWREPORT_QUOTATIONS", "40"))  # of each kind


def _drop(words: list[str], chance: random.Random) -> None:
    del words[chance.randrange(1, len(words) - 1)]


def _double(words: list[str], chance: random.Random) -> None:
    words.insert(chance.randrange(1, len(words)), "never")


def _change(words: list[str], chance: random.Random) -> None:
    words[chance.randrange(len(words))] = chance.choice(["refused", "nobody", "seven", "always"])


def _swap(words: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    if words[at] == words[at + 1]:
        words[at] = "other"


def _ending(words: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(words))
    words[at] = words[at][:-1] if len(words[at]) > 3 else words[at] + "s"


def _number(words: list[str], chance: random.Random) -> None:
    words.insert(chance.randrange(1, len(words)), "1937")


SLIPS: tuple[Callable[[list[str], random.Random], None], ...] = (
    *(_drop, _double, _change, _swap, _ending, _number),
)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, bytes]]:
    """The paragraphs of a source, and it as PDF, Word file and page, with a footnote in each fifth."""
    source = Tiny(tmp_path_factory.mktemp("source"))
    chance = random.Random(14)
    paragraphs = [" ".join(sentences(chance, chance.randint(60, 140))) for _ in range(60)]
    noted = [
        text.replace(". ", f".[^{nth}] ", 1) if nth % 5 == 0 else text
        for nth, text in enumerate(paragraphs)
    ]
    notes = [f"[^{nth}]: {next(sentences(chance, 12))}" for nth in range(0, 60, 5)]
    source.section("100-source", "\n\n".join((*noted, *notes)) + "\n")
    assert source.build("pdf", "docx", "html").succeeded
    return paragraphs, {kind: source.read(kind) for kind in ("pdf", "docx", "html")}


def _drawn(paragraphs: list[str], chance: random.Random) -> Iterator[list[str]]:
    """Runs of words of a paragraph, of 5 to 40."""
    while True:
        words = chance.choice(paragraphs).split()
        length = chance.randint(5, min(40, len(words)))
        start = chance.randrange(len(words) - length + 1)
        yield words[start : start + length]


def _quoting(tiny: Tiny, quoted: list[str], chance: random.Random) -> None:
    """A report that quotes in the ways of people."""
    ways = (
        'The Court said: "{}" [@source, p. 3].\n',
        "As “{}” was said, nothing changed.[^{n}]\n\n[^{n}]: See [@source, p. 4].\n",
        "It said this:\n\n> {} [@source, para. 5].\n",
        'In @source, p. 5, and elsewhere: "{}" [@source, art. 2; @other, p. 1].\n',
    )
    body = [chance.choice(ways).format(text, n=f"n{nth}") for nth, text in enumerate(quoted)]
    body = [text.replace("{n}", f"n{nth}") for nth, text in enumerate(body)]
    tiny.write(
        "references/sources.yaml",
        "references:\n- {id: source, type: book, title: A}\n- {id: other, type: book, title: B}\n",
    )
    tiny.section("100-general", "\n".join(body))


def _verified(tiny: Tiny) -> Verified:
    report, found = load(tiny.project)
    assert report and not has_errors(found), found[:3]
    return verify(report, tiny.project)


def _kept(tiny: Tiny, kind: str, data: bytes) -> Path:
    path = tiny.project / "archive" / f"source.{kind}"
    path.parent.mkdir(exist_ok=True)
    for other in path.parent.iterdir():
        other.unlink()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_right_quotations_raise_no_alarm_and_wrong_ones_do(
    kind: str, tiny: Tiny, copies: tuple[list[str], dict[str, bytes]]
) -> None:
    paragraphs, made = copies
    chance = random.Random(kind)
    _kept(tiny, kind, made[kind])
    right = [words for words, _ in zip(_drawn(paragraphs, chance), range(COUNT), strict=False)]
    _quoting(tiny, [" ".join(words) for words in right], chance)
    result = _verified(tiny)
    alarms = [item for item in result.diagnostics if item.code == "quotation-not-found"]
    assert len(alarms) <= COUNT * 0.02, [(item.message, item.hint) for item in alarms[:5]]
    assert result.found + len(alarms) == COUNT

    wrong: list[str] = []
    for nth, words in zip(range(COUNT), _drawn(paragraphs, chance), strict=False):
        SLIPS[nth % len(SLIPS)](words, chance)
        wrong.append(" ".join(words))
    _quoting(tiny, wrong, chance)
    alarms = [item for item in _verified(tiny).diagnostics if item.code == "quotation-not-found"]
    assert len(alarms) >= COUNT * 0.95


def test_what_an_author_leaves_out_or_puts_in_is_no_alarm(tiny: Tiny) -> None:
    text = "The law of 2015 forbids it in offices, in schools and in all other places. No court has applied it."
    path = _kept(tiny, "txt", text.replace("schools", "scho-\nols").encode())
    quoted = {
        "forbids it in offices … and in all other places": True,
        "forbids it [the authors mean discrimination] in offices, in schools": True,
        "[t]he law of 2015 forbids it": True,
        "forbids it in “offices”, in schools": True,
        "FORBIDS IT – in offices - in schools": True,
        "forbids it in schools … and in offices, all other places": False,
        "The law of 2016 forbids it in offices": False,
        "No court has ever applied it": False,
    }
    _quoting(tiny, list(quoted), random.Random(1))
    body = "\n\n".join(f"It says «{words}» [@source, p. 3]." for words in quoted)
    tiny.section(
        "100-general",
        body + "\n\nIt says “no law” [@source, p. 3] and “this is not cited at all”.\n",
    )
    result = _verified(tiny)
    found = [item.message for item in result.diagnostics if item.code == "quotation-not-found"]
    for words, right in quoted.items():
        assert any(words[:40] in text for text in found) is not right, words
    (hint,) = [item.hint for item in result.diagnostics if "ever applied" in item.message]
    assert "court has applied it" in hint
    tiny.section("100-general", "It says “the law of 2015 forbids it” [@source, p. 3].\n")
    sums = (hashlib.sha256(path.read_bytes()).hexdigest(), "0" * 64)
    for wanted, codes in zip(sums, ([], ["copy-changed"]), strict=True):
        source = (
            f"references:\n- {{id: source, type: book, title: A, custom: {{sha256: '{wanted}'}}}}\n"
        )
        tiny.write("references/sources.yaml", source)
        assert [item.code for item in _verified(tiny).diagnostics] == codes
    path.unlink()
    result = _verified(tiny)
    assert (result.found, result.unseen) == (0, 1)
    assert [item.code for item in result.diagnostics] == ["copy-missing"]


def test_a_quotation_that_goes_on_over_feet_of_two_lines_is_found(tiny: Tiny) -> None:
    words = " ".join(sentences(random.Random(3), 400)).split()
    foot = "[UTO/2021/1 \\ #context counter(page).display()]"
    page = f"#set page(width: 8cm, height: 5cm, margin: 1.5cm, footer: {foot})\n"
    _kept(tiny, "pdf", typst.compile(f"{page}{' '.join(words)}".encode()))
    _quoting(tiny, [" ".join(words[at : at + 12]) for at in range(0, 380, 8)], random.Random(1))
    assert _verified(tiny).found == 48


def test_a_quotation_is_tied_to_the_source_behind_it(tiny: Tiny) -> None:
    _quoting(tiny, ["one two three four", "five six seven eight"], random.Random(3))
    report, _ = load(tiny.project)
    assert report
    found = list(quotations(report))
    assert [item.words for item in found] == ["one two three four", "five six seven eight"]
    lines = (tiny.project / "sections" / "100-general.md").read_text().split("\n")
    for item in found:
        assert re.search(item.words[:7], lines[item.place.line - 1])
        assert "source" in item.keys
