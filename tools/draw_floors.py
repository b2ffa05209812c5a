"""Draws the floors of the house and who imports from whom, and writes what each folder is for.

    python tools/draw_floors.py

The floors are the contract in pyproject.toml, the squares are counted in the code, and the words are
the first sentences of the packages' docstrings. Makes docs/images/floors.svg and the table of folders in
docs/architecture.md; a test holds both to the code.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "floors.svg"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- made by tools/draw_floors.py -->", "<!-- end -->"
_PACKAGE = "shadowreport"
# how many imports make a square how dark: the exact number changes too often to be drawn
_SHADES = ((1, "#cdd9e6", "1 to 3"), (4, "#7f9fc0", "4 to 15"), (16, "#1f3a5f", "16 and more"))
_ROW, _LEFT, _TOP, _GAP = 24, 132, 96, 6
_TEXT = 'font-family="sans-serif" font-size="13" fill="#1c2733"'


def floors() -> list[list[str]]:
    """The names of each floor, the highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (
        item for item in settings["tool"]["importlinter"]["contracts"] if item["type"] == "layers"
    )
    return [[name.strip() for name in floor.split("|")] for floor in contract["layers"]]


def imports() -> Counter[tuple[str, str]]:
    """How often a module of one part imports a module of another."""
    graph = grimp.build_graph(_PACKAGE, cache_dir=None)
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            one, other = _part(module), _part(imported)
            if one and other and one != other:
                found[one, other] += 1
    return found


def _part(module: str) -> str:
    """The folder of a module; none of the door to all of it (`python -m shadowreport`)."""
    part = f"{module}.".split(".")[1]
    return "" if part == "__main__" else part


def picture() -> str:
    """The picture as SVG: a row and a column for each part, a square where the row imports it."""
    rows = [(name, level) for level, floor in enumerate(floors()) for name in floor]
    counts = imports()
    places = {name: at * _ROW + level * _GAP for at, (name, level) in enumerate(rows)}
    side = len(rows) * _ROW + len(floors()) * _GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + side + 36} {_TOP + side + 40}" '
        f'role="img"><title>Which folder imports from which</title>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    lines += _bands(places, side)
    for name, at in places.items():
        middle = at + _ROW // 2
        lines.append(f'<text x="8" y="{_TOP + middle + 5}" {_TEXT}>{name}</text>')
        turned = f'transform="translate({_LEFT + middle + 4} {_TOP - 8}) rotate(-50)"'
        lines.append(f"<text {turned} {_TEXT}>{name}</text>")
        lines.append(_square(_LEFT + at, _TOP + at, "none", f"{name} itself", "#b8c2cc"))
    for (one, other), count in sorted(counts.items()):
        colour = [shade for least, shade, _ in _SHADES if count >= least][-1]
        lines.append(
            _square(_LEFT + places[other], _TOP + places[one], colour, f"{one} imports {other}")
        )
    return "\n".join([*lines, *_legend(_TOP + side + 10), "</svg>", ""])


def _bands(places: dict[str, int], side: int) -> list[str]:
    return [
        f'<rect x="0" y="{_TOP + places[floor[0]] - 2}" width="{_LEFT + side}" '
        f'height="{len(floor) * _ROW + 2}" fill="#f3f6f9"/>'
        for floor in floors()
    ]


def _square(x: int, y: int, fill: str, title: str, stroke: str = "none") -> str:
    size = _ROW - 6
    return (
        f'<rect x="{x + 3}" y="{y + 2}" width="{size}" height="{size}" rx="3" fill="{fill}" '
        f'stroke="{stroke}"><title>{title}</title></rect>'
    )


def _legend(y: int) -> list[str]:
    made = [f'<text x="8" y="{y + 15}" {_TEXT}>imports:</text>']
    for at, (_, colour, words) in enumerate(_SHADES):
        x = _LEFT + at * 110
        made.append(_square(x, y, colour, words))
        made.append(f'<text x="{x + _ROW + 2}" y="{y + 15}" {_TEXT}>{words}</text>')
    return made


def table() -> str:
    """What each part is for, as a table in Markdown."""
    lines = ["| | what it is for |", "|---|---|"]
    for name in (name for floor in floors() for name in floor):
        folder = ROOT / "src" / _PACKAGE / name
        file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        shown = f"{name}/" if folder.is_dir() else f"{name}.py"
        said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        sentence = said.split("\n\n")[0].replace("\n", " ").split(". ")[0].removesuffix(".")
        lines.append(f"| `{shown}` | {sentence[:1].upper()}{sentence[1:]} |")
    return "\n".join(lines)


def page(text: str) -> str:
    """The page on the architecture with the present table in it."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> None:
    """Writes both."""
    PICTURE.write_text(picture(), "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
