"""Two versions, edited at random over many commits: what is told to be stale is what somebody changed.

The oracle knows of each piece what it said when its translation was last accepted; it reads no file.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from conftest import Tiny
from small_report import commit_all, run_git

from shadowreport.core.report import Report
from shadowreport.last_check import problems
from shadowreport.load import load
from shadowreport.machine.cache import open_cache, using
from shadowreport.overview.translated import accept, behind
from shadowreport.translating.changed import changed
from shadowreport.translating.files import make

RU = """
translations:
  ru: {title: Доклад, state: {name: Казахстан}, organisations: {first: {name: Центр}}}
"""
SOURCES = "references:\n- {id: law, type: legislation, title: A law}\n- {id: act, type: legislation, title: An act}\n"
FORMER = "200-law"


@dataclass(frozen=True)
class Piece:
    """A title, heading, paragraph, recommendation: what it says, and what makes no difference."""

    kind: str
    words: str
    id: str = ""
    note: str = ""
    locator: str = ""
    link: str = ""
    key: str = "law"
    bold: bool = False
    lines: bool = False

    def sense(self) -> tuple[str, ...]:
        """What it says."""
        return self.words, self.note, self.locator, self.link


@dataclass
class Kept:
    """A piece in both versions; `seen`: what it said when its translation was accepted."""

    piece: Piece
    seen: tuple[str, ...] | None = None
    seen_as: str = ""  # its id then

    @property
    def stale(self) -> bool:
        """Whether the translation is of something else."""
        return self.seen != self.piece.sense()


class Pair:
    """Two versions of a section, and what may happen to them."""

    def __init__(self, tiny: Tiny, seed: int) -> None:
        self.tiny = tiny
        self.chance = random.Random(seed)
        self.count = 0
        self.pieces = [Kept(Piece("title", "Title"))]
        self.pieces += [Kept(self.new()) for _ in range(6)]
        self.rec = Kept(Piece("rec", self.word(), "rec-publish"))
        self.crlf = False

    def word(self) -> str:
        self.count += 1
        return f"Word{self.count}"

    def new(self) -> Piece:
        if self.chance.random() < 0.2:
            return Piece("heading", self.word())
        words = " ".join(self.word() for _ in range(4))
        given = self.word().lower() if self.chance.random() < 0.6 else ""
        note = self.word() if self.chance.random() < 0.4 else ""
        return Piece("par", words, given, note, locator=f"art. {self.chance.randint(1, 99)}")

    # --- edits ------------------------------------------------------------------------------------

    def all(self) -> list[Kept]:
        return [*self.pieces, self.rec]

    def pick(self, *kinds: str) -> Kept:
        return self.chance.choice([item for item in self.all() if item.piece.kind in kinds])

    def change(self, kept: Kept, **what: str | bool) -> None:
        kept.piece = replace(kept.piece, **what)  # type: ignore[arg-type]

    def words(self) -> None:
        kept = self.pick("title", "heading", "par", "rec")
        first, *rest = kept.piece.words.split()
        self.change(kept, words=" ".join([self.word(), *rest] if rest else [first, self.word()]))

    def note(self) -> None:
        kept = self.pick("par")
        self.change(kept, note="" if kept.piece.note and self.count % 2 else self.word())

    def locator(self) -> None:
        self.change(self.pick("par"), locator=f"art. {self.chance.randint(100, 999)}")

    def address(self) -> None:
        self.change(self.pick("par"), link=f"https://example.org/{self.word()}")

    def key(self) -> None:
        self.change(self.pick("par"), key=self.chance.choice(["law", "act"]))

    def id(self) -> None:
        kept = self.pick("par")
        self.change(kept, id="" if kept.piece.id and self.count % 2 else self.word().lower())

    def markup(self) -> None:
        kept = self.pick("par")
        self.change(kept, bold=not kept.piece.bold)

    def lines(self) -> None:
        kept = self.pick("par")
        self.change(kept, lines=not kept.piece.lines)

    def ends(self) -> None:
        self.crlf = not self.crlf

    def move(self) -> None:
        kept = self.pieces.pop(self.chance.randrange(1, len(self.pieces)))
        self.pieces.insert(self.chance.randrange(1, len(self.pieces) + 1), kept)

    def swap_words(self) -> None:
        one, other = self.pick("heading", "par"), self.pick("heading", "par")
        if one.piece.id and other.piece.id:  # a piece without an id is known by what it says
            words = one.piece.words
            self.change(one, words=other.piece.words)
            self.change(other, words=words)

    def split(self) -> None:
        kept = self.pick("par")
        words = kept.piece.words.split()
        if len(words) > 1:
            self.change(kept, words=" ".join(words[:2]))
            new = Piece("par", " ".join([*words[2:], self.word()]), locator="art. 1")
            self.pieces.insert(self.pieces.index(kept) + 1, Kept(new))

    def add(self) -> None:
        self.pieces.insert(self.chance.randrange(1, len(self.pieces) + 1), Kept(self.new()))

    def remove(self) -> None:
        if sum(item.piece.kind == "par" for item in self.pieces) > 3:
            self.pieces.remove(self.pick("par"))

    def accept(self) -> None:
        """One that is stale, by the name that the check tells; or all."""
        stale = self.told()
        report, _ = load(self.tiny.project)
        assert report
        name, kept = self.chance.choice(stale) if stale else ("", None)
        one = name if self.chance.random() < 0.6 else ""
        for file, text in accept(report, self.tiny.project, "ru", one).items():
            (self.tiny.project / file).write_text(text, "utf-8", newline="")
        for item in [kept] if kept and one else self.all():
            item.seen, item.seen_as = item.piece.sense(), item.piece.id
        self.write()

    # --- the files --------------------------------------------------------------------------------

    def write(self) -> None:
        made = ""
        path = self.tiny.project / f"sections/{FORMER}.ru.md"
        if path.exists():
            text = path.read_text("utf-8")
            made = "".join(re.findall(r"^made_from:\n(?:  .*\n)+", text, re.MULTILINE))
        self.put(f"{FORMER}.md", self.text(str, ""))
        self.put(f"{FORMER}.ru.md", self.text(lambda word: f"Ru{word}", made))

    def put(self, name: str, text: str) -> None:
        path = self.tiny.project / "sections" / name
        path.write_text(text, "utf-8", newline="\r\n" if self.crlf else "\n")

    def text(self, said: Callable[[str], str], made: str) -> str:
        lines = ["---", f"title: {said(self.pieces[0].piece.words)}", "level: 1"]
        lines += [*made.splitlines(), "---", ""]
        self.at: dict[int, Kept] = {1: self.pieces[0]}
        for kept in self.pieces[1:]:
            self.at[len(lines) + 1] = kept
            lines += _lines(kept.piece, said)
        lines += ["::: recommendations", ""]
        self.at[len(lines) + 1] = self.rec
        lines += [*_lines(self.rec.piece, said), ":::"]
        return "\n".join(lines) + "\n"

    # --- what is told -----------------------------------------------------------------------------

    def told(self) -> list[tuple[str, Kept]]:
        """What the check calls stale: the name in its hint, and the piece on its line."""
        found = problems(self.tiny.project)
        wrong = [item for item in found if item.severity == "error" or "differs" in item.code]
        assert wrong == []
        result: list[tuple[str, Kept]] = []
        for item in found:
            if item.code == "stale-translation":
                name = re.search(r"translated (\S+) --language", item.hint or "")
                line = max(at for at in self.at if at <= item.place.line)
                assert name
                result.append((name[1], self.at[line]))
        return result


def _lines(piece: Piece, said: Callable[[str], str]) -> list[str]:
    words = [said(word) for word in piece.words.split()]
    if piece.kind == "heading":
        return [f"## {' '.join(words)}", ""]
    lines = [f"{{#{piece.id}}}"] if piece.id else []
    if piece.bold:
        words[0] = f"**{words[0]}**"
    text = ("\n" if piece.lines else " ").join(words)
    text += f" [@{piece.key}, {piece.locator}]" if piece.locator else ""
    text += f"^[{said(piece.note)}.]" if piece.note else ""
    text += f" [{said('site')}]({piece.link})" if piece.link else ""
    return [*lines, *f"{text}.".split("\n"), ""]


EDITS = [
    *(Pair.words, Pair.note, Pair.locator, Pair.address, Pair.key, Pair.id, Pair.markup),
    *(Pair.lines, Pair.ends, Pair.move, Pair.swap_words, Pair.split, Pair.add, Pair.remove),
]


@pytest.mark.parametrize("seed", [*map(int, os.environ.get("STALE_SEEDS", "1 2").split())])
def test_what_is_stale_is_what_was_changed(tiny: Tiny, seed: int) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings + RU)
    tiny.write("references/sources.yaml", SOURCES)
    run_git(tiny.project, "init", "--quiet")
    pair = Pair(tiny, seed)
    pair.write()
    with using(open_cache(tiny.project)):
        for _ in range(int(os.environ.get("STALE_COMMITS", "15"))):
            done = [edit for edit in pair.chance.choices(EDITS, k=2) if not edit(pair)]
            pair.write()
            if run_git(tiny.project, "status", "--porcelain"):
                commit_all(tiny.project, "Edit it")
            _agree(pair, str([edit.__name__ for edit in done]))
            if pair.chance.random() < 0.6:
                pair.accept()
                _agree(pair, "accept")
        _shown(pair)


def _versions(tiny: Tiny) -> Pair:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings + RU)
    tiny.write("references/sources.yaml", SOURCES)
    pair = Pair(tiny, 1)
    pair.pieces = [Kept(Piece("title", "Title")), *(Kept(Piece("heading", word)) for word in "AB")]
    pair.pieces += [Kept(Piece("par", "Said here", "said")), Kept(Piece("par", "And here"))]
    pair.write()
    _accepted(pair, "")
    return pair


def _accepted(pair: Pair, piece: str) -> None:
    report, _ = load(pair.tiny.project)
    assert report
    for file, text in accept(report, pair.tiny.project, "ru", piece).items():
        (pair.tiny.project / file).write_text(text, "utf-8", newline="")
    pair.write()


def _report(tiny: Tiny) -> Report:
    report, found = load(tiny.project)
    assert report, found
    return report


CHART = """\
{#cafe}
The café is closed.

{#fig-cases}

![Cases](data/cases.csv){.line source="Ministry" alt="Cases rise"}
"""


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ('source="Ministry"', 'source="Office"', True),
        ('alt="Cases rise"', 'alt="Cases fall"', True),
        (' alt="Cases rise"', "", True),
        ("![Cases]", "![The cases]", True),
        ("café", "cafe\u0301", False),
    ],
)
def test_what_is_told_of_a_chart_is_translated_too(
    tiny: Tiny, old: str, new: str, stale: bool
) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings + RU)
    tiny.write("sections/data/cases.csv", "Year,Cases\n2019,3\n2020,5\n")
    tiny.section("200-law", CHART, "title: Law\nlevel: 1")
    tiny.section("200-law.ru", CHART, "title: Закон\nlevel: 1")
    for file, text in accept(_report(tiny), tiny.project, "ru").items():
        tiny.write(file, text)
    assert not next(behind(tiny.project, ["ru"])).stale
    tiny.section("200-law", CHART.replace(old, new), "title: Law\nlevel: 1")
    assert bool(next(behind(tiny.project, ["ru"])).stale) == stale
    told = [item.message for item in make(_report(tiny), tiny.project, "ru", "xliff").diagnostics]
    assert ("what is told of a picture of 'cafe' is not in the file" in told) == stale


def test_headings_that_change_places_are_not_stale(tiny: Tiny) -> None:
    pair = _versions(tiny)
    pair.pieces[1:3] = reversed(pair.pieces[1:3])
    pair.write()
    assert pair.told() == []


def test_a_change_that_is_taken_back_leaves_nothing_stale_whatever_was_accepted_since(
    tiny: Tiny,
) -> None:
    pair = _versions(tiny)
    last = pair.pieces[-1]
    pair.change(last, note="Why", id="other")
    pair.change(pair.pieces[-2], note="How")
    pair.write()
    _accepted(pair, "law#said")
    assert [name for name, _ in pair.told()] == ["law#other"]
    pair.change(last, note="")
    pair.write()
    assert pair.told() == []
    _accepted(pair, "")
    assert "former-" not in (tiny.project / f"sections/{FORMER}.ru.md").read_text("utf-8")


def _agree(pair: Pair, done: str) -> None:
    told = [kept.piece.words for _, kept in pair.told()]
    assert told == [item.piece.words for item in pair.all() if item.stale], done
    version = next(behind(pair.tiny.project, ["ru"]))
    assert (version.stale, version.sections) == (len(told), min(1, len(told)))


def _shown(pair: Pair) -> None:
    """`translate-diff` finds in git what each stale piece said, and nothing of the others."""
    report, _ = load(pair.tiny.project)
    assert report
    _, found = changed(report, pair.tiny.project, "ru", "law", "confidential")
    stale = [item for item in pair.all() if item.stale]
    assert len(found) == len(stale)
    for item, kept in zip(found, stale, strict=True):
        old = "".join(text for side, text in item.parts if side != "added")
        assert item.day or not kept.piece.id or kept.seen_as != kept.piece.id
        assert (
            all(word in old for word in kept.seen[0].split()) if item.day and kept.seen else not old
        )
