"""What an author did not touch keeps its own spelling in the source, and what is new gets the plainest one."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from lxml import etree
from small_report import commit_all, make_report
from wordedit import W, WordEdit

from shadowreport.roundtrip.merge import Merged, merge
from shadowreport.roundtrip.send import send

NAME = "sections/300-spelling.md"
FRONT = "---\ntitle: Spelling\nauthors: [voices]\n---\n\n"


class Case(NamedTuple):
    """A piece of a section, what an author does to it, and what the piece is then."""

    source: str
    edit: Callable[[WordEdit], None]
    after: str


def replaced(old: str, new: str, **look: bool) -> Callable[[WordEdit], None]:
    return lambda file: file.replace(file.holding(old), old, new, **look)


def inserted(after: str, new: str, **look: bool) -> Callable[[WordEdit], None]:
    return lambda file: file.insert(file.holding(after), after, new, **look)


def linked(after: str, address: str, shown: str) -> Callable[[WordEdit], None]:
    def edit(file: WordEdit) -> None:
        run = file.split_run(file.holding(after), after)[-1]
        field = etree.Element(W + "fldSimple")
        field.set(W + "instr", f' HYPERLINK "{address}" ')
        field.append(file.run(shown))
        run.addnext(field)

    return edit


def copied(file: WordEdit) -> None:
    old = file.holding("As the first ones say")
    new = deepcopy(old)
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(new.iter(W + name)):
            mark.getparent().remove(mark)
    old.addnext(new)
    file.replace(new, "As the first ones say", "What the others say")


def plain_below(words: str, text: str) -> Callable[[WordEdit], None]:
    """A paragraph of the text below an item of a list."""

    def edit(file: WordEdit) -> None:
        new = file.new_paragraph(file.holding("No law of Kazakhstan"), text)
        file.holding(words).addnext(new)

    return edit


def deeper(words: str, text: str) -> Callable[[WordEdit], None]:
    """A new item one level below another one."""

    def edit(file: WordEdit) -> None:
        new = file.new_paragraph(file.holding(words), text)
        level: Any = next(new.iter(W + "ilvl"))
        level.set(W + "val", "1")

    return edit


_ONE = "::: recommendations\n{#rec-one}\nParliament should mend roads."
_TWO = """{#between}
So it should.

::: recommendations
{#rec-two}
Parliament should mend bridges.
:::

{#last}
So it might."""
CASES = {
    "a word of an emphasised phrase": Case(
        "{#emphasised}\nWe read _every single file_ of them.",
        replaced("every single", "nearly every"),
        "{#emphasised}\nWe read _nearly every file_ of them.",
    ),
    "plain words behind an emphasised one": Case(
        "{#behind}\nThe Act on *Citizenship* is older.",
        inserted("Citizenship", ", as amended,", i=False),
        "{#behind}\nThe Act on *Citizenship*, as amended, is older.",
    ),
    "words over the end of an emphasis that holds a citation and a footnote": Case(
        "{#noted}\nThe *Supreme Court [@labour-code, art. 6] and appeal^[Judgment of 3 May 2021.] has* said so.",
        replaced("has said", "never said", i=False),
        "{#noted}\nThe *Supreme Court* [@labour-code, art. 6] *and appeal*^[Judgment of 3 May 2021.] never said so.",
    ),
    "a second sentence in a heading": Case(
        "## Mills of the north",
        inserted("Mills of the north", ". Their owners", b=True),
        "## Mills of the north. Their owners",
    ),
    "an address that is its own text": Case(
        "{#address}\nHerders keep a list.",
        linked("a list", "https://example.org/a", "https://example.org/a"),
        "{#address}\nHerders keep a list<https://example.org/a>.",
    ),
    "an address below words": Case(
        "{#words}\nFishers keep a diary",
        linked("a diary", "https://example.org/b", "Read it"),
        "{#words}\nFishers keep a diary[Read it](https://example.org/b)",
    ),
    "a copy with a range of numbers": Case(
        "{#range}\nAs the first ones say (paragraphs @sec-legislation), so it is.",
        copied,
        "{#range}\nAs the first ones say (paragraphs @sec-legislation), so it is.\n\n"
        "{#others-say}\nWhat the others say (paragraphs @sec-legislation), so it is.",
    ),
    "a paragraph below an item": Case(
        "{#items}\nThere are items.\n\n- wheat\n- barley\n- rye",
        plain_below("wheat", "Wheat is dear."),
        "{#items}\nThere are items.\n\n- wheat\n\n{#wheat-dear}\nWheat is dear.\n\n- barley\n- rye",
    ),
    "an item one level deeper": Case(
        "{#levels}\nThere are levels.\n\n- horses\n- camels",
        deeper("horses", "white ones"),
        "{#levels}\nThere are levels.\n\n- horses\n    - white ones\n- camels",
    ),
    "a paragraph below the first of two boxes": Case(
        f"{_ONE}\n:::\n\n{_TWO}",
        plain_below("Parliament should mend roads", "Roads are old."),
        f"{_ONE}\n:::\n\n{{#roads-old}}\nRoads are old.\n\n{_TWO}",
    ),
}


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> tuple[Merged, str]:
    """One file with all edits, and the section after its merge."""
    project = make_report(tmp_path_factory.mktemp("spelling") / "report")
    pieces = "\n\n".join(case.source for case in CASES.values())
    (project / NAME).write_text(f"{FRONT}{pieces}\n\nThe end.\n", "utf-8")
    commit_all(project, "Add a section")
    assert send(project).succeeded
    [sent] = (project / "build" / "sent").glob("*.docx")
    file = WordEdit(sent)
    for case in CASES.values():
        case.edit(file)
    result = merge(project, file.save(project / "returned" / sent.name))
    return result, (project / NAME).read_text("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_what_nobody_touched_keeps_its_spelling(name: str, back: tuple[Merged, str]) -> None:
    result, text = back
    assert result.succeeded and f"\n{CASES[name].after}\n\n" in text, (result.diagnostics, text)
