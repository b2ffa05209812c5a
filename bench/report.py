"""Makes a report project of the model document's size, or of a multiple of it.

The model (a coalition's commentary to CERD of 2022) is known here by its counts alone; the text is
ours. A multiple repeats the structure, with other words and ids, so that every count is multiplied.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.text import demand, sentence, sentences, title

CYCLES = ("cerd-2004", "cerd-2010", "cerd-2014")
_FINDINGS = ("not-implemented", "partially-implemented", "implemented", "no-information")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything the model document has; it also has one table of figures."""

    parts: int = 2
    sections: int = 24  # below the parts
    sub_headings: int = 18
    paragraphs: int = 262
    words: int = 41_000  # of titles, paragraphs, recommendations and written footnotes
    tables: int = 21
    rows: int = 41
    cells: int = 75  # that are not empty
    earlier: int = 106  # earlier recommendations in those cells
    boxes: int = 30
    recommendations: int = 59
    footnotes: int = 37
    citations: int = 40  # footnotes too


MODEL = Size()
_TABLE = (
    "Year | Complaints | Decisions",
    "---- | ---------: | --------:",
    "2019 | 412 | 96",
    "2020 | 387 | 71",
    "2021 | 455 | 118",
    "",
    ": Complaints and decisions by year",
)
_FIXED_WORDS = 17 + 2 * MODEL.sections  # of the table, and "see paragraph" once a section


def generate(project: Path, times: int = 1, seed: int = 1) -> None:
    """Writes a project of `times` the model's size into a folder, the same for the same arguments."""
    (project / "sections").mkdir(parents=True, exist_ok=True)
    (project / "references").mkdir(exist_ok=True)
    earlier: dict[str, dict[str, str]] = {stem: {} for stem in CYCLES}
    sources: list[str] = []
    number = 0
    for copy in range(times):
        for file in _Copy(copy, seed, earlier, sources).files():
            (project / "sections" / f"{number:04}-{file.name}.md").write_text(
                file.text, encoding="utf-8"
            )
            number += 1
    for stem, entries in earlier.items():
        (project / "references" / f"{stem}.yaml").write_text(
            _cycle(stem, entries), encoding="utf-8"
        )
    (project / "references" / "sources.yaml").write_text(
        "references:\n" + "".join(sources), encoding="utf-8"
    )
    (project / "sections" / "report.yaml").write_text(_settings(times), encoding="utf-8")


def edited(project: Path) -> None:
    """Changes a sentence of a paragraph in the middle of a generated report."""
    files = sorted((project / "sections").glob("*-theme-*.md"))
    file = files[len(files) // 2]
    text = file.read_text(encoding="utf-8")
    start = text.index("\n", text.index("\n{#p-") + 1) + 1
    rest = re.sub(r"^Draft \d+\. ", "", text[start:])
    file.write_text(f"{text[:start]}Draft {time.time_ns()}. {rest}", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    text: str


class _Copy:
    """The text of one time the model's size."""

    def __init__(
        self, copy: int, seed: int, earlier: dict[str, dict[str, str]], sources: list[str]
    ) -> None:
        self.copy = copy
        self.random = Random(f"{seed} {copy}")
        self.earlier = earlier
        self.sources = sources
        self.rows = _spread(MODEL.rows, MODEL.tables)
        self.paragraphs = _spread(MODEL.paragraphs, MODEL.sections)
        self.box_sizes = self._box_sizes()
        self.titles = [title(self.random, 4) for _ in range(MODEL.parts + MODEL.sections)]
        self.sub_titles = [title(self.random, 3) for _ in range(MODEL.sub_headings)]
        self.demands = [demand(self.random, 27) for _ in range(MODEL.recommendations)]
        self.notes = [sentence(self.random, 22) for _ in range(MODEL.footnotes)]
        self.lengths = self._lengths()
        self.paragraph = self.box = self.row = self.cell = self.mention = self.demand = (
            self.cited
        ) = self.noted = 0

    @staticmethod
    def _box_sizes() -> list[int]:
        """19 boxes of one recommendation, 11 of three or four, mixed."""
        several = [4, 3, 4, 4, 3, 4, 4, 3, 4, 4, 3]
        sizes: list[int] = []
        for index in range(MODEL.boxes):
            sizes.append(several.pop() if index % 3 == 0 and several else 1)
        return [*sizes[: MODEL.boxes - len(several)], *several]

    def _lengths(self) -> list[int]:
        """The words of each paragraph, so that all together have what the model has."""
        written = [*self.titles, *self.sub_titles, *self.demands, *self.notes]
        left = MODEL.words - _FIXED_WORDS - sum(len(text.split()) for text in written)
        weights = [self.random.uniform(0.4, 1.6) for _ in range(MODEL.paragraphs)]
        lengths = [int(left * weight / sum(weights)) for weight in weights]
        lengths[0] += left - sum(lengths)
        return lengths

    def files(self) -> list[_File]:
        """The section files in order."""
        result: list[_File] = []
        for index in range(MODEL.sections):
            if index % (MODEL.sections // MODEL.parts) == 0:
                part = index // (MODEL.sections // MODEL.parts)
                result.append(
                    _File(
                        f"part-{self.copy}-{part}",
                        f"---\ntitle: {self.titles[part]}\nlevel: 1\n---\n",
                    )
                )
            result.append(self._section(index))
        return result

    def _section(self, index: int) -> _File:
        rows, ties = self._rows(index)
        front = [f"title: {self.titles[MODEL.parts + index]}", "authors: [bench]", "status: review"]
        if rows:
            front += ["recommendations:", *rows]
        body: list[str] = []
        notes: list[str] = []
        first = self.paragraph
        for nth in range(self.paragraphs[index]):
            if nth == 6 and index < MODEL.sub_headings:
                body.append(f"## {self.sub_titles[index]}\n")
            body.append(self._paragraph(nth, index, notes))
            if nth == self.paragraphs[index] - 1 or (
                nth == 4 and index < MODEL.boxes - MODEL.sections
            ):
                body.append(self._box())
        if ties:
            front.append("paragraphs:")
        for nth, answers in enumerate(ties):
            finding = _FINDINGS[(index + nth) % len(_FINDINGS)]
            front.append(
                f"  {self._id(first + nth)}: {{answers: [{', '.join(answers)}], finding: {finding}}}"
            )
        text = "\n".join(["---", *front, "---", "", *body, *notes]) + "\n"
        return _File(f"theme-{self.copy}-{index}", text)

    def _id(self, paragraph: int) -> str:
        return f"p-{self.copy}-{paragraph}"

    def _rows(self, index: int) -> tuple[list[str], list[list[str]]]:
        """The rows of a section's table, and by row the recommendations that a paragraph answers."""
        count = self.rows[index] if index < MODEL.tables else 0
        made = [self._row() for _ in range(count)]
        return [f"  - [{', '.join(row)}]" for row in made], made

    def _row(self) -> list[str]:
        two = MODEL.cells - MODEL.rows
        found: list[str] = []
        for offset in range(2 if self.row < two else 1):
            stem = CYCLES[(self.row + offset) % len(CYCLES)]
            for _ in range(2 if self.cell < MODEL.earlier - MODEL.cells else 1):
                key = str(5 + len(self.earlier[stem]))
                self.earlier[stem][key] = sentence(self.random, 24)
                found.append(f"{stem}/{key}")
                self.mention += 1
            self.cell += 1
        self.row += 1
        return found

    def _paragraph(self, nth: int, section: int, notes: list[str]) -> str:
        number = self.paragraph
        self.paragraph += 1
        lines = list(sentences(self.random, self.lengths[number]))
        if nth < 2 and self.cited < MODEL.citations:
            lines[-1] = f"{lines[-1][:-1]} [@{self._source()}, para. {number + 1}]."
        elif (
            nth == 2
            or (nth == 7 and section % 2 == 0)
            or (nth == 0 and section == MODEL.tables - 1)
        ):
            label = f"n{self.noted}"
            lines[0] += f"[^{label}]"
            notes.append(f"[^{label}]: {self.notes[self.noted]}")
            self.noted += 1
        if nth == 3:
            lines[0] = f"{lines[0][:-1]} (see paragraph @par-{self._id(number - 1)})."
        if nth == 5 and len(lines) > 3:
            lines = [*lines[:-2], "", *(f"- {line}" for line in lines[-2:])]
        if nth == 8:
            lines[0] = f"*{lines[0].partition(' ')[0]}* {lines[0].partition(' ')[2]}"
        if number == MODEL.paragraphs // 2:
            lines += ["", f"{{#figures-{self.copy}}}", "", *_TABLE]
        return "\n".join([f"{{#{self._id(number)}}}", *lines, ""])

    def _source(self) -> str:
        key = f"source-{self.copy}-{self.cited}"
        name = title(self.random, 6)
        self.sources.append(
            f"- id: {key}\n  type: report\n  author: [{{literal: {title(self.random, 3)}}}]\n  title: {name}\n"
            f"  number: A/{self.copy}/{self.cited}\n  issued: 2021-0{1 + self.cited % 9}-15\n"
            f"  URL: https://example.org/{key}\n"
        )
        self.cited += 1
        return key

    def _box(self) -> str:
        size = self.box_sizes[self.box]
        self.box += 1
        lines = ["::: recommendations"]
        for nth in range(size):
            lines += [""] if nth else []
            lines += [f"{{#rec-{self.copy}-{self.demand}}}", self.demands[self.demand]]
            self.demand += 1
        return "\n".join([*lines, ":::", ""])


def _spread(total: int, places: int) -> list[int]:
    """A total in shares that differ by one at most, the larger ones first."""
    return [total // places + (index < total % places) for index in range(places)]


def _cycle(stem: str, entries: dict[str, str]) -> str:
    year = stem.partition("-")[2]
    lines = [
        "committee: CERD",
        f"symbol: CERD/C/XYZ/CO/{CYCLES.index(stem) + 1}",
        f"adopted: {year}-03-01",
        f'cycle: "{year}"',
        f'heading: {{en: "Recommendations of {year}"}}',
        "recommendations:",
    ]
    lines += [
        f'  "{key}": {{text: {json.dumps(text)}, theme: general}}' for key, text in entries.items()
    ]
    return "\n".join(lines) + "\n"


def _settings(times: int) -> str:
    return f"""name: bench-{times}x
title: A report for measuring
short_title: Report for measuring
state: {{name: Nowhere, code: XYZ}}
committee: CERD
treaty: {{name: International Convention on the Elimination of All Forms of Racial Discrimination, short: ICERD}}
session: First session
date: 2022-03-01
language: en
cycles: [{", ".join(CYCLES)}]
annexes: [recommendations, sources]
organisations:
- id: bench
  name: Bench
"""
