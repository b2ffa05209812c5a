"""Two pictures of the matrix, as vector graphics: a heat map, and bars of coverage.

They are made of an element tree, so that nothing in a title can become markup. Colours are classes
of the page's style; sizes are in pixels. What shows findings leads to their rows: to those of the theme,
and where the page's script runs, to these alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from shadowreport.core.lexicon import Language
from shadowreport.outcomes.matrix import SET_ASIDE, UNANSWERED, Matrix, Theme
from shadowreport.outcomes.outcome import Outcome

_LABEL = 365  # width of the column of themes
_ROW = 30
_CELL = 180
_HEAD = 30
_BAR = 520
_WEIGHT = ("aside", "unknown", "done", "partly", "not", "worse", "open")  # which of two wins a cell
_NOTE_LETTER = 8.5  # the width of a letter beside a bar, at most
_GAP = 16
_LETTERS = 46  # characters of a theme's title that fit


def heat_map(matrix: Matrix, kinds: Mapping[str, Outcome], words: Language) -> str:
    """Findings by theme and cycle: a cell has the tone of the finding that comes most often in it
    (of the worse one, where two come as often) and all findings as signs with their numbers."""
    width = _LABEL + _CELL * len(matrix.documents)
    height = _HEAD + _ROW * len(matrix.themes)
    svg = _picture(width, height, "heat", words["matrix_by_cycle"])
    data = _beside(width, height)
    for column, document in enumerate(matrix.documents):
        _text(data, _LABEL + _CELL * (column + 0.5), 19, document.cycle, "head middle")
    for row, theme in enumerate(matrix.themes):
        y = _HEAD + _ROW * row
        _title(svg, theme, y)
        for column, document in enumerate(matrix.documents):
            counts = theme.outcomes(document.stem)
            x = _LABEL + _CELL * column
            if counts:
                link = _link(data, theme, document=document.stem)
                name = f"{theme.title}{words.mark('comma')}{document.cycle}"
                ET.SubElement(link, "title").text = words.behind(name, _told(counts, kinds, words))
                _cell(link, x, y, counts, kinds)
            else:
                _box(data, x + 1, y + 1, _CELL - 2, _ROW - 2, "empty")
    svg.append(data)
    return _written(svg, words)


def _cell(
    group: ET.Element,
    x: float,
    y: float,
    counts: Counter[str],
    kinds: Mapping[str, Outcome],
) -> None:
    order = list(kinds)
    main = kinds[max(counts, key=lambda key: (counts[key], _WEIGHT.index(kinds[key].tone)))]
    _box(group, x + 1, y + 1, _CELL - 2, _ROW - 2, main.tone)
    if main.tone in ("open", "unknown"):
        _box(group, x + 1, y + 1, _CELL - 2, _ROW - 2, f"pattern-{main.tone}")
    signs = "\u2002".join(f"{kinds[key].sign} {counts[key]}" for key in order if counts[key])
    _text(group, x + _CELL / 2, y + 20, signs, f"middle on-{main.tone}")


def _told(counts: Counter[str], kinds: Mapping[str, Outcome], words: Language) -> str:
    said = (words.behind(kind.name, str(counts[key])) for key, kind in kinds.items() if counts[key])
    return words.mark("comma").join(said)


def coverage_bars(matrix: Matrix, kinds: Mapping[str, Outcome], words: Language) -> str:
    """How many recommendations of each theme came to what; the bar's length is their number."""
    longest = max((len(theme.rows) for theme in matrix.themes), default=1)
    unit = _BAR / longest
    height = _ROW * len(matrix.themes) + 6
    notes = [_note(theme, words) for theme in matrix.themes]
    beside = _NOTE_LETTER * max(map(len, notes), default=0) + _GAP
    width = _LABEL + _BAR + beside
    svg = _picture(width, height, "bars", words["matrix_coverage"])
    data = _beside(width, height)
    for row, theme in enumerate(matrix.themes):
        y = _ROW * row
        _title(svg, theme, y)
        x = float(_LABEL)
        counts = theme.outcomes()
        for key, kind in kinds.items():
            if counts[key]:
                wanted = "state" if key in (UNANSWERED, SET_ASIDE) else "finding"
                link = _link(data, theme, **{wanted: key})
                name = f"{theme.title}{words.mark('comma')}{kind.name}"
                title = words.behind(name, str(counts[key]))
                _segment(link, x, y, unit * counts[key], counts[key], kind, title)
                x += unit * counts[key]
        _text(data, x + _GAP / 2, y + 20, notes[row], "soft")
    svg.append(data)
    return _written(svg, words)


def _note(theme: Theme, words: Language) -> str:
    """How many recommendations a theme has, and how many of them nobody answers."""
    open_ones, count = theme.outcomes()[UNANSWERED], str(len(theme.rows))
    told = words["matrix_of_which_unanswered"].replace("{count}", str(open_ones))
    return f"{count} ({told})" if open_ones else count


def _segment(
    group: ET.Element, x: float, y: float, width: float, count: int, kind: Outcome, title: str
) -> None:
    ET.SubElement(group, "title").text = title
    _box(group, x, y + 4, width - 1, _ROW - 8, kind.tone)
    if kind.tone in ("open", "unknown"):
        _box(group, x, y + 4, width - 1, _ROW - 8, f"pattern-{kind.tone}")
    if width >= 18:
        _text(
            group,
            x + (width - 1) / 2,
            y + 20,
            f"{kind.sign}{count if width > 34 else ''}",
            f"middle on-{kind.tone}",
        )


# --- elements -----------------------------------------------------------------------------------


def _picture(width: float, height: float, name: str, title: str) -> ET.Element:
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "role": "group",
            "aria-labelledby": f"{name}-title",
            "class": "picture",
        },
    )
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = title
    patterns = ET.SubElement(svg, "defs")
    for kind, path in (
        ("open", "M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6"),
        ("unknown", "M2 2 h1 M6 6 h1"),
    ):
        pattern = ET.SubElement(
            patterns,
            "pattern",
            {"id": f"{name}-{kind}", "width": "8", "height": "8", "patternUnits": "userSpaceOnUse"},
        )
        ET.SubElement(pattern, "path", {"d": path, "class": f"stroke-{kind}"})
    svg.set("data-name", name)
    return svg


def _beside(width: float, height: float) -> ET.Element:
    """What stands beside the titles; on a narrow screen it is drawn over their ends."""
    group = ET.Element("g", {"class": "data"})
    _box(group, _LABEL - _GAP / 2, 0, width - _LABEL + _GAP / 2, height, "ground")
    return group


def _title(svg: ET.Element, theme: Theme, y: float) -> None:
    text = (
        theme.title if len(theme.title) <= _LETTERS else theme.title[: _LETTERS - 1].rstrip() + "…"
    )
    link = _link(svg, theme)
    if text != theme.title:
        ET.SubElement(link, "title").text = theme.title
    _text(link, 0, y + 20, text, "label")


def _link(svg: ET.Element, theme: Theme, **view: str) -> ET.Element:
    """A link to the rows of a theme; to those alone that the filters of a view leave."""
    link = ET.SubElement(svg, "a", {"href": f"#theme-{theme.name}"})
    if view:
        link.set("data-view", urlencode({"theme": theme.name, **view}))
    return link


def _box(parent: ET.Element, x: float, y: float, width: float, height: float, tone: str) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    ET.SubElement(parent, "rect", {**place, "class": f"tone-{tone}"})


def _text(parent: ET.Element, x: float, y: float, text: str, classes: str) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "class": classes}
    ET.SubElement(parent, "text", place).text = text


def _written(svg: ET.Element, words: Language) -> str:
    name = svg.attrib.pop("data-name")
    if words.direction == "rtl":
        _mirror(svg)
    for box in svg.iter("rect"):
        kind = box.get("class", "").removeprefix("tone-pattern-")
        if kind in ("open", "unknown"):
            box.set("fill", f"url(#{name}-{kind})")
            box.set("class", "pattern")
    return ET.tostring(svg, encoding="unicode")


def _mirror(svg: ET.Element) -> None:
    """Puts what stands on the left on the right: where text runs to the left, it begins at its right end, and
    titles would stand outside of the picture."""
    width = float(svg.get("width", "0"))
    for item in svg.iter():
        if item.tag in ("rect", "text"):
            left = float(item.get("x", "0")) + float(item.get("width", "0"))
            item.set("x", f"{width - left:.1f}")
