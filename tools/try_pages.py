"""Builds reports of headings, tables (with merged cells too), boxes, pictures and charts of every height, and tells
which pages are more than half empty and which headings stand alone, in the PDF and, through LibreOffice, in the Word file:
`python tools/try_pages.py [20] [first seed]`."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from conftest import REPORT, Tiny
from documents import through_libreoffice
from pages import Page, alone, footnotes, read_pages, titles
from PIL import Image

WORDS = [
    "law",
    "report",
    "police",
    "housing",
    "schools",
    "women",
    "courts",
    "evidence",
    "village",
    "data",
]
BOXES = ["RECOMMENDATION", "RECOMMENDATIONS"]
HEAD, FOOT = 0.07, 0.92  # below the running head, above the number of the page
CYCLES = 9  # demands of the cycle


class Written:
    """A report at random."""

    def __init__(self, tiny: Tiny, seed: int) -> None:
        self.tiny, self.chance, self.count = tiny, random.Random(seed), 0
        demands = "\n".join(
            f'  "{nth}": {{text: The State should {self.words(5, 90)}.}}'
            for nth in range(1, CYCLES + 1)
        )
        tiny.write("sections/report.yaml", REPORT)
        tiny.write(
            "references/cerd-2014.yaml",
            f'committee: CERD\nsymbol: CERD/C/KAZ/CO/6-7\ncycle: "2014"\nheading: {{en: Of 2014}}\nrecommendations:\n{demands}\n',
        )
        tiny.write(
            "sections/data/years.csv", "Year,Cases\n" + "".join(f"{y},{y % 7}\n" for y in range(9))
        )
        self.level = 1
        for nth in range(self.chance.randint(4, 8)):
            self.level = min(self.chance.choice([1, 2, 2, 3]), self.level + 1) if nth else 1
            self.section(nth)

    def section(self, nth: int) -> None:
        """A section of some blocks, with a table of earlier recommendations or without."""
        rows = self.chance.sample(range(1, CYCLES + 1), self.chance.randint(0, 4))
        front = f"title: {self.words(2, 12).capitalize()}\nlevel: {self.level}"
        if rows:
            front += f"\nrecommendations:\n- [{', '.join(f'cerd-2014/{row}' for row in rows)}]"
        kinds: list[Callable[[], str]] = [
            *(self.text, self.text, self.text, self.noted, self.table, self.box, self.picture),
            *(self.chart, self.bullets, self.quotation, self.heading, self.merged),
        ]
        blocks = [
            self.text(),
            *(self.chance.choice(kinds)() for _ in range(self.chance.randint(1, 16))),
        ]
        self.tiny.section(
            f"{nth + 1}00-part-{nth}", "\n\n".join([*blocks, self.text()]) + "\n", front
        )

    def words(self, least: int, most: int) -> str:
        """Some words."""
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(least, most)))

    def text(self) -> str:
        """A paragraph."""
        return self.words(4, 160).capitalize() + "."

    def noted(self) -> str:
        """A paragraph with a footnote."""
        self.count += 1
        note = f"[^n{self.count}]"
        return f"{self.text()}{note} {self.text()}\n\n{note}: {self.words(2, 130).capitalize()}."

    def heading(self) -> str:
        """A heading inside of a section, with a text."""
        return f"## {self.words(2, 9).capitalize()}\n\n{self.text()}"

    def bullets(self) -> str:
        """A list below its text."""
        items = "\n".join(f"- {self.words(2, 60)}" for _ in range(self.chance.randint(2, 9)))
        return f"{self.words(3, 20).capitalize()}:\n\n{items}"

    def quotation(self) -> str:
        """A quotation below its text."""
        return f"{self.words(3, 20).capitalize()}:\n\n> {self.text()}"

    def table(self) -> str:
        """A table with a caption."""
        self.count += 1
        columns, rows = self.chance.randint(2, 5), self.chance.randint(2, 30)
        lines = [[self.words(1, 2) for _ in range(columns)], ["---"] * columns]
        lines += [[self.words(1, 9) for _ in range(columns)] for _ in range(rows)]
        drawn = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        return (
            f"{self.text()}\n\n{drawn}\n\n: {self.words(2, 12).capitalize()} {{#tbl-t{self.count}}}"
        )

    def merged(self) -> str:
        """A table of groups whose names reach over some rows, with headings across."""
        self.count += 1
        edge = "+" + "--------------+" * 3
        below = "|" + " " * 14 + edge[15:]
        lines = [edge, f"| {'Group':<12} | {'Years':<27} |", below]
        lines += [f"| {'':<12} | {'2022':<12} | {'2023':<12} |", edge.replace("-", "=")]
        for _ in range(self.chance.randint(1, 9)):
            if self.chance.random() < 0.3:
                lines += [f"| {self.words(1, 4):<42} |", edge]
            high = self.chance.randint(1, 5)
            for row in range(high):
                name, first, second = self.chance.choices(WORDS, k=3)
                name = "" if row else name
                lines += [f"| {name:<12} | {first:<12} | {second:<12} |"]
                lines += [below if row < high - 1 else edge]
        drawn = "\n".join(lines)
        return (
            f"{self.text()}\n\n{drawn}\n\n: {self.words(2, 12).capitalize()} {{#tbl-t{self.count}}}"
        )

    def box(self) -> str:
        """A box of recommendations."""
        count = self.chance.randint(1, 7)
        items = [f"The Government should {self.words(4, 60)}." for _ in range(count)]
        return "::: recommendations\n" + "\n\n".join(items) + "\n:::"

    def picture(self) -> str:
        """A picture of any height."""
        self.count += 1
        name = f"p{self.count}.png"
        path = self.tiny.project / "sections" / "images" / name
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (600, self.chance.randint(100, 900)), "navy").save(path)
        return (
            f"{self.text()}\n\n![{self.words(2, 9).capitalize()}](images/{name}){{#fig-p{self.count}"
            f' alt="A plan."}}'
        )

    def chart(self) -> str:
        """A chart."""
        self.count += 1
        return (
            f"{self.text()}\n\n![{self.words(2, 9).capitalize()}](data/years.csv){{#fig-c{self.count}"
            f' .bar alt="Cases by year."}}'
        )


def begins(page: Page, parts: list[str]) -> bool:
    """Whether a part begins on top of a page."""
    text = "".join(word.text for word in page.words if word.top > page.height * HEAD)
    names = ("".join(part.partition(" (")[0].split()) for part in parts)  # without its paragraphs
    return text.startswith(tuple(names))


def empty_pages(pdf: Path, starts: list[int]) -> list[int]:
    """The pages of which more than half is white in one piece, though no part begins behind them: words,
    pictures and lines as a reader sees them."""
    target = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "20", "-gray", "-png", str(pdf), str(target)], check=True)
    found: list[int] = []
    for number, file in enumerate(sorted(pdf.parent.glob(f"{target.name}-*.png")), 1):
        with Image.open(file) as page:
            width, height = page.size
            body = page.crop((0, round(height * HEAD), width, round(height * FOOT)))
            white = [
                min(body.crop((0, y, width, y + 1)).tobytes()) > 250 for y in range(body.height)
            ]
        longest = max((len(list(run)) for is_white, run in groupby(white) if is_white), default=0)
        if longest > len(white) / 2 and number + 1 not in starts:
            found.append(number)
    return found[:-1] if found and found[-1] == number else found


def main() -> None:
    """Prints the figures, and each page and heading that is not as it should be."""
    count, first = (int(word) for word in [*sys.argv[1:], *("20", "1")[len(sys.argv) - 1 :]])
    totals = {"PDF": [0, 0, 0, 0], "Word": [0, 0, 0, 0]}
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            tiny = Tiny(Path(folder))
            Written(tiny, seed)
            built = tiny.build("pdf", "docx")
            assert built.succeeded, [
                str(item) for item in built.diagnostics if item.severity == "error"
            ][:5]
            pdf = tiny.project / "build" / "tiny.pdf"
            word = through_libreoffice(tiny.project / "build" / "tiny.docx", "pdf", tiny.project)
            parts, headings = titles(pdf, 1), [*titles(pdf, 4), *BOXES]
            apart = [pair for pair in footnotes(pdf) if pair[0] != pair[1]]
            for kind, file, size in (("PDF", pdf, 10.5), ("Word", word, 11)):
                pages = read_pages(file)
                start = 2 if kind == "PDF" else 3  # the cover and the contents
                starts = [at for at, page in enumerate(pages, 1) if begins(page, parts)]
                empty = [at for at in empty_pages(file, starts) if at > start]
                lonely = alone(pages[start:], headings, size)
                wrong = len(apart) if kind == "PDF" else 0
                for at, more in enumerate((len(pages), len(empty), len(lonely), wrong)):
                    totals[kind][at] += more
                if empty or lonely or wrong:
                    shown = (
                        empty,
                        [(p + start, t) for p, t in lonely],
                    )
                    print(
                        f"seed {seed}, {kind}: half empty {shown[0]}, alone {shown[1]}, notes {wrong}"
                    )
    for kind, (pages, empty, lonely, wrong) in totals.items():
        print(
            f"{kind}: {count} reports, {pages} pages; half empty {empty}, headings alone {lonely},"
            f" footnotes on another page {wrong}"
        )


if __name__ == "__main__":
    main()
