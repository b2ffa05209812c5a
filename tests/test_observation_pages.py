"""Pages of PDFs as programs lay them out: each line at its place, footnotes, marks and columns told apart."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import typst

from shadowreport.observations import import_observations
from shadowreport.observations.block import closed
from shadowreport.observations.files import Imported
from shadowreport.source.yaml import read_yaml

BASE = Path(__file__).parent / "base"
LEFT, RIGHT = 20.0, 130.0
MARK = (5.0, -2.5)  # its size, and how far it is raised

Run = tuple[float, float, str] | tuple[float, float, str, float]
# from the left, from the top, what it says, perhaps the size; "^1" is a raised mark


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "report")
    return tmp_path / "report"


def _column(left: float, lines: list[str], top: float = 20, step: float = 11) -> list[Run]:
    return [(left, top + at * step, line) for at, line in enumerate(lines) if line]


def _pdf(path: Path, pages: list[list[Run]], width: float = 240, height: float = 300) -> Path:
    source = f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#set text(size: 8pt, hyphenate: false)\n"
    made = ["\n".join(_run(*run) for run in page) for page in pages]
    path.write_bytes(typst.compile((source + "\n#pagebreak()\n".join(made)).encode()))
    return path


def _small(lines: list[str], top: float = 262) -> list[Run]:
    return [(LEFT, top + at * 8, line, 6.0) for at, line in enumerate(lines)]


def _run(left: float, top: float, said: str, size: float = 8) -> str:
    parts = said.split("^")
    text = f"#text(size: {size}pt, {_quoted(parts[0])})"
    for part in parts[1:]:
        figure = part[: len(part) - len(part.lstrip("0123456789"))]
        text += f"#text(size: {MARK[0]}pt, baseline: {MARK[1]}pt, {_quoted(figure)})#text(size: {size}pt, {_quoted(part[len(figure) :])})"
    return f"#place(top + left, dx: {left}pt, dy: {top}pt, box[{text}])"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _taken(project: Path, pages: list[list[Run]], **size: float) -> tuple[dict[str, Any], Imported]:
    result = import_observations(project, [_pdf(project.parent / "x.pdf", pages, **size)])
    file = result.taken[0].file
    return read_yaml((project / file).read_text("utf-8"), file).data, result


FRONT = ["CERD/C/UTO/CO/3", "", "1. The Committee adopted", "the present observations.", ""]
PART = ["C. Concerns", "and recommendations", ""]


def test_footnotes_of_both_columns_as_large_as_the_text_go_on_in_a_second_line(
    project: Path,
) -> None:
    left = [*FRONT, *PART, "2. The Committee is", "concerned that all the", "piers are dark.^1"]
    right = ["3. The Committee", "recommends that the", "State party light them.^2"]
    again = [
        "4. The Committee regrets",
        "that boats sink.^3",
        "",
        "5. The State party should",
        "mend them.",
    ]
    foot = ["See the reply of the", "delegation, 2021."]
    first = [*_column(LEFT, left), *_column(RIGHT, right)]
    first += _column(LEFT, [f"^1{foot[0]}", foot[1]], 262)
    first += _column(RIGHT, [f"^2{foot[0]}", foot[1]], 262)
    last = [*_column(LEFT, again), *_column(RIGHT, ["6. The State party should", "report on it."])]
    last += _column(LEFT, [f"^3{foot[0]}", foot[1]], 262)
    pages = [first, last]
    data, _ = _taken(project, pages)
    notes = ["See the reply of the delegation, 2021."]
    assert [data["paragraphs"][key]["notes"] for key in "24"] == [notes, notes]
    assert data["recommendations"]["3"]["notes"] == notes
    said = [item["text"]["en"] for item in data["recommendations"].values()]
    assert said[1:] == ["The State party should mend them.", "The State party should report on it."]


def test_a_mark_that_had_no_room_on_its_line_and_one_of_two_figures_find_their_notes(
    project: Path,
) -> None:
    lines = [*FRONT, *PART, "2. The Committee is concerned that all the piers are dark."]
    lines += ["^9", "3. The Committee recommends that the State party light them.^10"]
    foot = ["^9CERD/C/UTO/CO/2, para. 8.", "^10CERD/C/UTO/CO/2, para. 9."]
    data, _ = _taken(project, [[*_column(LEFT, lines), *_column(LEFT, foot, 262)]], width=300)
    assert data["paragraphs"]["2"]["notes"] == ["CERD/C/UTO/CO/2, para. 8."]
    assert data["recommendations"]["3"]["notes"] == ["CERD/C/UTO/CO/2, para. 9."]


def test_a_raised_figure_without_a_footnote_is_told_with_its_page(project: Path) -> None:
    lines = [*FRONT, *PART, "2. The Committee recommends that the State party light the piers.^4"]
    _, result = _taken(project, [_column(LEFT, lines)], width=300)
    told = [item for item in result.diagnostics if "no footnote was found" in item.message]
    assert [(": 4" in item.message, item.place.line) for item in told] == [(True, 1)]


def test_a_note_that_goes_on_at_the_foot_of_the_next_page_is_one_note(project: Path) -> None:
    first = [*FRONT, *PART, "2. The Committee is concerned about piers.^1"]
    then = ["3. The Committee recommends that the State party", "light all of its piers."]
    pages = [
        [*_column(LEFT, first), *_small(["^1See the reply of the delegation,"])],
        [*_column(LEFT, then), *_small(["given on 3 May 2021."])],
    ]
    data, _ = _taken(project, pages, width=300)
    notes = ["See the reply of the delegation, given on 3 May 2021."]
    assert data["paragraphs"]["2"]["notes"] == notes
    assert data["recommendations"]["3"]["text"]["en"].endswith("light all of its piers.")


def test_a_heading_in_larger_letters_begins_without_room_above_it(project: Path) -> None:
    lines = [
        *FRONT,
        *PART,
        "2. The Committee recommends lamps for all the piers along its long coast.",
    ]
    after = ["3. The Committee recommends that the State party count boats."]
    heading = [(LEFT, 20 + 11.0 * len(lines), "Uninsured fishing boats", 10.0)]
    runs = [*_column(LEFT, lines), *heading, *_column(LEFT, after, 31 + 11.0 * len(lines))]
    data, _ = _taken(project, [runs], width=300)
    demands = data["recommendations"]
    assert demands["2"]["text"]["en"].endswith("along its long coast.")
    assert demands["3"]["heading"] == {"en": "Uninsured fishing boats"}


def test_a_sub_paragraph_at_the_head_of_two_pages_is_no_running_head(project: Path) -> None:
    pages = [
        _column(LEFT, [*FRONT, *PART, "2. The Committee recommends that the State party:"]),
        _column(
            LEFT, ["(a) Light all the piers;", "(b) Pay for it.", "3. The State party should:"]
        ),
        _column(LEFT, ["(a) Light all the piers;", "(b) Ask for help."]),
    ]
    data, _ = _taken(project, pages, width=300)
    assert list(data["recommendations"]) == ["2.1", "2.2", "3.1", "3.2"]


def test_a_short_second_column_of_the_last_page_is_not_mixed_into_the_first(project: Path) -> None:
    full = [
        "2. The Committee is",
        "concerned about piers,",
        "which are dark at night,",
        "and about ferries.",
    ]
    asked = ["The State party should", "light each of the piers", "and report about it all."]
    first = ["3. The State party should", "light piers, and pay for", "it out of its own funds."]
    left = [line for at in (4, 5, 6, 7, 8, 9) for line in (f"{at}. {asked[0]}", *asked[1:])]
    right = [(RIGHT, 25, "Follow-up to these words"), (RIGHT, 36, "10.")]
    right += [
        (RIGHT + 28, 36, "The State party should"),
        (RIGHT + 28, 58, "It should act quickly on"),
    ]
    right += [
        (RIGHT, 47, "light all the lamps."),
        (RIGHT, 58, "11."),
        (RIGHT, 69, "what was said."),
    ]
    pages = [
        [*_column(LEFT, [*FRONT, *PART, *full]), *_column(RIGHT, first)],
        [*_column(LEFT, left), *right],
    ]
    data, _ = _taken(project, pages, width=270)
    demands = {key: item["text"]["en"] for key, item in data["recommendations"].items()}
    assert [demands[key] for key in "49"] == [" ".join(asked)] * 2
    assert demands["10"] == "The State party should light all the lamps."
    assert demands["11"] == "It should act quickly on what was said."


CUT = [
    *FRONT,
    *PART,
    "2. The Committee welcomes the salt-works and lighthouses. The lit-",
    "tle lamps of the light-",
    "houses and the salt-",
    "work are dark, and har-",
    "bours are {}.",
    "3. The Committee recommends that the State party paint the har-",
    "row. DIS-",
    "TRICTS are told, and monta-",
    "ges.",
]


@pytest.mark.parametrize(
    ("said", "end", "there", "told"),
    [
        ("full", "ges.", "dark, and harbours are", False),
        ("full of bours", "ges of a har.", "dark, and har-bours are", False),
        ("full of bours", "ges.", "dark, and har-bours are", True),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_other_words_show_it(
    said: str, end: str, there: str, told: bool, project: Path
) -> None:
    lines = [line.format(said) for line in [*CUT[:-1], end]]
    data, result = _taken(project, [_column(LEFT, lines)], width=300)
    concern = data["paragraphs"]["2"]["text"]["en"]
    assert "little lamps of the lighthouses and the salt-work" in concern and there in concern
    assert "harrow. DISTRICTS are told, and montages" in data["recommendations"]["3"]["text"]["en"]
    assert told == any("har-bours" in item.message for item in result.diagnostics)


def test_no_blank_stays_before_a_bracket_in_chinese() -> None:
    assert closed("建议 (2005年)，和 article (b)") == "建议(2005年)，和 article (b)"


def test_a_narrow_blank_between_capitals_parts_them(project: Path) -> None:
    """Some programs write no blank, and move L and A together."""
    source = project.parent / "x.pdf"
    source.write_bytes(
        typst.compile(
            b"#set page(width: 200pt, height: 200pt)\n#set text(size: 8pt)\n"
            b"CERD/C/UTO/CO/1\n\nConcluding observations: Utopia\n\nC. Concerns and recommendations\n\n"
            b"1. The Committee is concerned.\n\n2. The State party should pay.\n\n"
            b"*LEGAL#h(1.1pt)AID*\n\n3. The State party should paint them.\n"
        )
    )
    taken = import_observations(project, [source]).taken[0].file
    made = read_yaml((project / taken).read_text("utf-8"), taken).data["recommendations"]
    assert made["3"]["heading"]["en"] == "LEGAL AID"
