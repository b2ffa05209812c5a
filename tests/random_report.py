"""Writes reports of every block in every other, at random, in which each word tells what belongs to it.

The word before a footnote's mark is `Mark` and the footnote's name, and its text begins with `Note` and
that name. A paragraph begins with its id, and before a reference stands `See` and a word that occurs
once. So what a finished file shows can be held against what was meant.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from conftest import REPORT, Tiny
from PIL import Image
from readings import READERS, Reading, differences

_SOURCES = """\
references:
- {id: law, type: legislation, title: Labour Code, issued: 2015-11-23}
- {id: co, type: report, title: Concluding observations, number: CERD/C/KAZ/CO/6-7, issued: 2014}
"""


def write_report(tiny: Tiny, seed: int) -> None:
    """A report of one to three sections."""
    chance = random.Random(seed)
    writer = _Writer(chance)
    annexes = chance.choice(
        ["", "annexes: [recommendations]\n", "annexes: [sources, recommendations]\n"]
    )
    tiny.write("sections/report.yaml", REPORT + annexes)
    tiny.write("references/sources.yaml", _SOURCES)
    Image.new("RGB", (60, 40), "navy").save(tiny.project / "sections" / "map.png")
    count = chance.choice([1, 1, 2, 3])
    for nth in range(count):
        last = nth == count - 1
        front = f"title: Section {writer.word()}\nlevel: {chance.choice([1, 2]) if nth else 1}"
        writer.numbered = last or chance.random() >= 0.1
        front += "" if writer.numbered else "\nnumbered: false"
        front += "\nrecommendations:\n- [cerd-2014/6]" if chance.random() < 0.3 else ""
        tiny.section(f"{nth + 1}00-{writer.word()}", writer.section(last=last), front)


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = 0
        self.notes: list[str] = []
        self.targets: list[str] = []
        self.promised: list[str] = []
        self.numbered = True  # what stands in an unnumbered section cannot be pointed to
        self.in_cell = False
        self.closing = False  # nothing more is promised

    def word(self) -> str:
        """A word that occurs once."""
        self.words += 1
        tens, ones = divmod(self.words, 20)
        hundreds, tens = divmod(tens, 20)
        return "".join(
            "bcdfghjklmnpqrstvwxz"[digit] + "aeiou"[digit % 5] for digit in (hundreds, tens, ones)
        )

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def section(self, *, last: bool) -> str:
        """A section's body, with the texts of its footnotes."""
        self.notes = []
        blocks = [self.summary()] if self.maybe(0.2) else []
        blocks.append(self.paragraph())
        for _ in range(self.chance.randint(0, 2)):
            blocks.append(
                self.chance.choice([self.heading, self.paragraph, self.paragraph, self.box])()
            )
        self.closing = last
        if last:
            blocks += [self.paragraph(name) for name in self.promised]
        while self.notes:  # a text may call further ones
            notes, self.notes = self.notes, []
            blocks += notes
        return "\n\n".join(blocks) + "\n"

    def summary(self) -> str:
        points = [self.inlines() for _ in range(self.chance.randint(1, 3))]
        return "\n\n".join(["::: summary", *points, ":::"])

    def heading(self) -> str:
        return f"## {self.inlines(3)}\n\n{self.paragraph()}"

    def paragraph(self, name: str = "") -> str:
        name = name or self.word()
        self.targets += [f"par-{name}"] if self.numbered else []
        return f"{{#{name}}}\n{name.title()} {self.inlines()}{self.belongings()}"

    def box(self) -> str:
        items = []
        for _ in range(self.chance.randint(1, 3)):
            name = self.word()
            self.targets += [f"rec-{name}"] if self.numbered else []
            items.append(f"{{#{name}}}\n{name.title()} {self.inlines(4)}{self.belongings(0.3)}")
        return "::: recommendations\n" + "\n\n".join(items) + "\n:::"

    def belongings(self, share: float = 0.4) -> str:
        kinds: list[Callable[[], str]] = [
            self.bullets,
            self.numbers,
            self.quotation,
            self.table,
            self.table,
            self.grid,
            self.figure,
            self.continued,
        ]
        text = ""
        before = None
        while self.maybe(share):
            kind = self.chance.choice(kinds)
            if kind == before or before in (self.bullets, self.numbers):
                text += f"\n\n{self.continued()}"
            text += f"\n\n{kind()}"
            before = kind
        return text

    # --- inlines --------------------------------------------------------------------------------

    def inlines(self, most: int = 4) -> str:
        """Words, and among them what carries numbers."""
        kinds: list[Callable[[], str]] = [
            self.note,
            self.note,
            self.reference,
            self.citation,
            self.strong,
            self.short_note,
            self.picture,
        ]
        parts = [self.word()]
        for _ in range(self.chance.randint(1, most)):
            parts.append(self.chance.choice(kinds)() if self.maybe(0.4) else self.word())
        return " ".join(parts)

    def note(self) -> str:
        name = self.word()
        place = len(self.notes)
        self.notes.append("")
        text = f"Note{name} {self.word()}"
        text += f" {self.reference()}" if self.maybe(0.2) else ""
        text += f" {self.citation()}" if self.maybe(0.1) else ""
        text += f"\n\n    {self.word()} more." if self.maybe(0.1) else ""
        self.notes[place] = f"[^{name}]: {text}"
        return f"Mark{name}[^{name}]"

    def reference(self) -> str:
        if self.closing or (self.targets and self.maybe(0.7)):
            target = self.chance.choice(self.targets)
        else:
            self.promised.append(self.word())
            target = f"par-{self.promised[-1]}"
        return f"See{self.word()} @{target} {self.word()}"

    def citation(self) -> str:
        return f"{self.word()} [@{self.chance.choice(['law, art. 6', 'co, para. 9', 'co; @law'])}]"

    def short_note(self) -> str:
        name = self.word()
        return f"Mark{name}^[Note{name} {self.word()}]"

    def picture(self) -> str:
        name = self.word()  # its mark stands behind the picture
        self.notes.append(f"[^{name}]: {name}")
        return f"{self.word()} ![{self.word()}[^{name}]](map.png) {self.word()}"

    def strong(self) -> str:
        mark = self.chance.choice(["*", "**"])
        return f"{mark}{self.word()} {self.note() if self.maybe(0.3) else self.word()}{mark}"

    # --- blocks ---------------------------------------------------------------------------------

    def continued(self) -> str:
        return f"{{.continued}}\n{self.word()} {self.inlines()}"

    def bullets(self, depth: int = 0) -> str:
        return self._list(lambda _: "-   ", depth)

    def numbers(self, depth: int = 0) -> str:
        return self._list(lambda at: f"{at}.  ", depth)

    def _list(self, mark: Callable[[int], str], depth: int) -> str:
        items = []
        for at in range(1, self.chance.randint(2, 4)):
            item = self.inlines(3)
            if depth < 2 and self.maybe(0.3):
                inner = self.chance.choice([self.bullets, self.numbers])(depth + 1)
                item += f"\n\n{inner}"
            elif self.maybe(0.15):
                item += "\n\n" + self.chance.choice([self.quotation, self.table, self.figure])()
            items.append(mark(at) + item.replace("\n", "\n    ").replace("\n    \n", "\n\n"))
        return "\n\n".join(items)

    def quotation(self) -> str:
        text = self.inlines()
        if self.maybe(0.3):
            text += "\n\n" + self.chance.choice([self.bullets, self.table, self.inlines])()
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))

    def figure(self) -> str:
        picture = f"![{self.caption()}](map.png)"
        if self.in_cell or self.maybe(0.4):
            return picture
        name = self.word()
        self.targets.append(f"fig-{name}")
        return f"{picture}{{#fig-{name}}}"

    def table(self) -> str:
        if self.in_cell:
            return self.inlines()
        columns = self.chance.randint(1, 4)
        count = self.chance.choice([1, 3, 60]) if self.maybe(0.2) else 2
        rows = [[self.inlines(2) for _ in range(columns)], ["----"] * columns]
        rows += [[self.inlines(2) for _ in range(columns)] for _ in range(count)]
        return self._captioned("\n".join(f"| {' | '.join(row)} |" for row in rows))

    def grid(self) -> str:
        columns = self.chance.randint(2, 3)
        rows = [[self.inlines(2).split("\n") for _ in range(columns)]]
        rows += [[self._cell() for _ in range(columns)] for _ in range(2)]
        widths = [max(len(line) for row in rows for line in row[at]) for at in range(columns)]
        drawn = ["+" + "+".join("-" * (width + 2) for width in widths) + "+"]
        for index, row in enumerate(rows):
            for at in range(max(map(len, row))):
                cells = [cell[at] if at < len(cell) else "" for cell in row]
                drawn.append(
                    "|" + "|".join(f" {c:<{w}} " for c, w in zip(cells, widths, strict=True)) + "|"
                )
            sign = "-" if index else "="
            drawn.append("+" + "+".join(sign * (width + 2) for width in widths) + "+")
        return self._captioned("\n".join(drawn))

    def _cell(self) -> list[str]:
        kinds = [self.inlines, self.bullets, self.numbers, self.quotation]
        self.in_cell = True  # no table stands in another
        text = self.chance.choice(kinds)()
        self.in_cell = False
        return text.split("\n")

    def caption(self) -> str:
        """Words first: a caption is known by its first letters, and Word's holds no description of a picture."""
        return f"{self.word()} {self.word()} {self.inlines(3)}"

    def _captioned(self, table: str) -> str:
        caption = f"\n\n: {self.caption()}" if self.maybe(0.7) else ""
        if caption and self.maybe(0.6):
            name = self.word()
            self.targets.append(f"tbl-{name}")
            caption += f" {{#tbl-{name}}}"
        return table + caption


# --- what is wrong with it once it is built -------------------------------------------------------


def disagreements(folder: Path, seed: int) -> Iterator[str]:
    """Writes a random report into a folder, builds it, and says what its files do not agree in."""
    tiny = Tiny(folder)
    write_report(tiny, seed)
    result = tiny.build()
    if not result.succeeded:
        yield from (f"not built: {item}" for item in result.diagnostics if item.severity == "error")
        return
    yield from of_files(result.files)


def of_files(files: Iterable[Path]) -> Iterator[str]:
    """What the files of a report do not agree in."""
    readings: dict[str, Reading] = {}
    for path in files:
        try:
            readings[path.suffix[1:]] = READERS[path.suffix[1:]](path)
        except AssertionError as error:
            yield f"{path.name}: {error}"
    yield from differences(readings)
    for name, reading in readings.items():
        yield from (f"{name}: {line}" for line in _untrue(reading))
    yield from _references(readings)


def _untrue(reading: Reading) -> Iterator[str]:
    """Notes whose mark has another number than their text."""
    called = {
        number: match[1]
        for number, before in reading.marks
        if (match := re.search(r"Mark(\w{6})$", before))
    }
    told = {
        number: match[1]
        for number, text in reading.notes
        if (match := re.match(r"Note(\w{6})", text))
    }
    if reading.marks and called != told:
        yield f"marks and notes: {dict(called.items() ^ told.items())}"
    numbers = [number for number, _ in reading.notes]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield f"notes are numbered {numbers}"


def _references(readings: Mapping[str, Reading]) -> Iterator[str]:
    shown = {  # an annex says some of them again
        name: sorted(set(re.findall(r"See(\w{6}?)(\d+)", reading.text)))
        for name, reading in readings.items()
    }
    meant = shown.pop("docx", [])
    yield from (
        f"references: docx {meant}, {name} {found}"
        for name, found in shown.items()
        if found != meant
    )
