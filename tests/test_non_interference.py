"""The public edition does not change when confidential text does: the same bytes, whatever is withheld.

Reports made at random, each built twice; in between every confidential string is replaced by one of other
length and script. 20 in the usual run; `SHADOWREPORT_EVERY_FORMAT=1` builds 50, all of them in every format.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from conftest import CYCLE, Tiny

from shadowreport.pipeline import build
from shadowreport.render import FORMATS

THOROUGH = "SHADOWREPORT_EVERY_FORMAT" in os.environ
REPORTS = 50 if THOROUGH else 20
EVERY = REPORTS if THOROUGH else 4  # of which so many are built in every format
QUICK = ("json", "md", "html")
SETTINGS = """\
name: tiny
title: A report
state: {name: Utopia, code: UTO}
committee: CERD
language: en
cycles: [cerd-2014]
organisations: [{id: first, name: First Organization}]
annexes: [recommendations, sources, abbreviations, matrix]
abbreviations: {ABC: Alphabet, SIGMA: A thing}
"""
# ID, KEY and NAME stand for what is confidential; each is another one every time
PUBLIC = (
    "Courts follow paragraph @par-ID and ABC, as in table @tbl-ID.\n",
    "As was said before [see @KEY, p. 3; @law, art. 2], nothing changed.\n",
    "The law, as @KEY told, is not applied.[^n]\n\n[^n]: See @KEY and [@law].\n",
    "A list stands here:\n\n- one\n- two\n\n::: confidential\n- NAME\n- NAME\n:::\n\n- three\n",
    "Paragraphs @sec-ID say more [@law].\n",
    "::: recommendations\nParliament should act.\n\n::: confidential\nNAME should be freed.\n:::\n:::\n",
    "We spoke with @person-teacher [@law].\n",
    "They saw it:\n\n| Year | By |\n|---|---|\n| 2019 | x |\n| ::: confidential NAME | NAME[^n] |\n"
    "| ::: confidential | NAME |\n\n[^n]: NAME told us [@KEY].\n",
    "## A heading\n\nText below it [@law, art. 9].\n",
)
PASSAGES = (
    "NAME saw it.[^x]\n\n[^x]: NAME told us [@KEY].\n",
    "NAME was there [@KEY, p. 2; @law].\n\n- NAME\n- NAME and SIGMA\n",
    "## NAME\n\nNAME heard it.\n\n> NAME said so.\n",
    "NAME counted.\n\n{#tbl-OTHER}\n\n| NAME | Year |\n|------|------|\n| NAME | 2020 |\n\n: NAME\n",
    "@person-KEY:start saw it, and @person-KEY told NAME, as @person-teacher did.\n",
    "*NAME* and **NAME** wrote to [NAME](https://KEY.example.org/KEY).\n",
)
PERSONS = """\
persons:
  teacher: {public: {en: a teacher}, consent: {level: anonymous, date: 2026-03-01, by: first}}
  KEY: {public: {en: "NAME"}, consent: {level: confidential, date: 2026-03-01, by: first}}
"""
FIRST = (["seen", "witness", "w"], ["Zarina", "Zarina Bekova of Taraz"])
SECOND = (
    ["a-much-longer-name-of-it", "k", "another-word"],
    ["Қанатқызы Айгерім, учительница из села на самом юге", "王小明", "Ñ"],
)


def written(tiny: Tiny, seed: int, confidential: tuple[list[str], list[str]]) -> None:
    """A report of a seed, with these ids and names where something is confidential."""
    chance = random.Random(seed)
    ids, names = confidential

    def said(text: str) -> str:
        found = iter(range(10_000))
        while "NAME" in text:
            text = text.replace("NAME", names[next(found) % len(names)], 1)
        return text.replace("KEY", ids[1]).replace("ID", ids[0]).replace("OTHER", f"{ids[2]}-t")

    def passage(text: str, mark: str = "") -> str:
        return f"::: confidential\n{mark}{text}:::\n"

    first = "{#ID}\nNAME saw it.\n\n{#tbl-ID}\n\n| NAME |\n|------|\n| NAME |\n\n: NAME\n"
    blocks = [passage(first)]
    for nth, text in enumerate(chance.sample(PUBLIC, chance.randint(2, len(PUBLIC)))):
        blocks.append(text.replace("[^n]", f"[^n{nth}]"))
    for nth, text in enumerate(chance.sample(PASSAGES, chance.randint(1, len(PASSAGES)))):
        place = chance.randint(1, len(blocks))
        blocks.insert(place, passage(text.replace("[^x]", f"[^x{nth}]")))
    head = (
        "title: General\nlevel: 1\nparagraphs:\n"
        "  ID: {answers: [cerd-2014/6], finding: regression%s}\n  law: {answers: [cerd-2014/9.1]}"
    )
    shown = ", edition: public" if chance.random() < 0.5 else ""
    body = "{#law}\nNo law was adopted.\n\n" + "\n".join(blocks)
    for path in tiny.project.glob("sections/2*.md"):
        path.unlink()
    tiny.section("100-general", said(body), said(head % shown))
    front = (
        "title: NAME\nedition: confidential\nauthors: [first]\nrecommendations: [[cerd-2014/9.2]]"
    )
    tiny.section(f"200-{ids[0]}", said("NAME speaks [@KEY].\n\nNAME again.\n"), said(front))
    tiny.section("300-end", "The end.\n", "title: The end\nlevel: 1")
    tiny.write("sections/report.yaml", SETTINGS)
    tiny.write("references/cerd-2014.yaml", CYCLE)
    sources = (
        "references:\n- {id: law, type: legislation, title: Labour Code, issued: 2015-11-23}\n"
        '- {id: KEY, type: interview, title: "NAME", edition: confidential}\n'
    )
    tiny.write("references/sources.yaml", said(sources))
    tiny.write("references/persons.yaml", said(PERSONS))


def built(tiny: Tiny, formats: tuple[str, ...]) -> tuple[dict[str, bytes], str]:
    """What a build of the public edition made, and all that it said."""
    result = build(tiny.project, formats, name="public")
    assert result.succeeded, result.diagnostics
    files = {path.name: path.read_bytes() for path in folder(tiny)}
    return files, "\n".join(map(str, result.diagnostics))


def folder(tiny: Tiny) -> list[Path]:
    """Every file under build/."""
    return [path for path in (tiny.project / "build").rglob("*") if path.is_file()]


@pytest.mark.parametrize("seed", range(REPORTS))
def test_the_public_edition_is_the_same_whatever_is_withheld(tiny: Tiny, seed: int) -> None:
    every = seed % (REPORTS // EVERY) == 0
    formats = tuple(FORMATS) if every else QUICK
    written(tiny, seed, FIRST)
    files, told = built(tiny, formats)
    assert set(files) == {f"tiny.{kind}" for kind in formats}
    written(tiny, seed, SECOND)
    again, _ = built(tiny, formats)
    assert [name for name in files if files[name] != again[name]] == []
    secret = [name.encode() for name in FIRST[1]]
    assert not any(word in data for word in secret for data in files.values())
    assert "Zarina" not in told
