"""Tables of every shape, written as Markdown."""

from __future__ import annotations

import random

WORDS = [
    "law",
    "remedy",
    "State",
    "origin",
    "work",
    "persons",
    "refused",
    "committee",
    "recommendation",
    "of",
    "the",
    "in",
    "to",
]
LONG = ["Antidiskriminierungsgesetzgebung", "international", "неприкосновенности", "x" * 40]
ADDRESS = "https://www.example.org/documents/treaty-bodies/reports/kazakhstan-2022?language=en"


def tables(count: int, seed: int = 5) -> list[str]:
    """So many tables: 2 to 24 columns, with long words, addresses, numbers, one long cell."""
    chosen = random.Random(seed)
    kinds = (_plain, _numbers, _long_words, _one_long_cell, _addresses)
    return [
        kinds[number % len(kinds)](chosen, 2 + number * 22 // max(count - 1, 1))
        for number in range(count)
    ]


def _words(chosen: random.Random, most: int) -> str:
    return " ".join(chosen.choices(WORDS, k=chosen.randint(1, most)))


def _pipe(rows: list[list[str]], caption: str = "") -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join([*lines, "", f": {caption or 'A table'}"])


def _plain(chosen: random.Random, columns: int) -> str:
    return _pipe([[_words(chosen, 3) for _ in range(columns)] for _ in range(5)])


def _numbers(chosen: random.Random, columns: int) -> str:
    head = ["Group", *(str(2000 + year) for year in range(columns - 1))]
    rows = [
        ["Uzbeks", *(f"{chosen.uniform(0, 5000):,.1f}" for _ in range(columns - 1))]
        for _ in range(4)
    ]
    return _pipe([head, *rows])


def _long_words(chosen: random.Random, columns: int) -> str:
    words = WORDS + LONG
    return _pipe([[chosen.choice(words) for _ in range(columns)] for _ in range(4)])


def _one_long_cell(chosen: random.Random, columns: int) -> str:
    rows = [[_words(chosen, 2) for _ in range(columns)] for _ in range(4)]
    rows[2][chosen.randrange(columns)] = _words(chosen, 200) + " " + _words(chosen, 200)
    return _pipe(rows)


def _addresses(chosen: random.Random, columns: int) -> str:
    rows = [[_words(chosen, 2) for _ in range(columns)] for _ in range(4)]
    rows[1][columns - 1] = f"<{ADDRESS}>"
    return _pipe(rows)
