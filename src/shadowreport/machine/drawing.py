"""Charts as pictures: matplotlib places lines and words, typst sets them in the report's fonts.

matplotlib, since it is the best kept of the libraries that draw charts, needs no browser, and writes the same
bytes for the same numbers. Its words stay words, which typst, having the fonts of the report and knowing
every script, sets in the PDF; and it makes dots of them for the page and for Word.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import Any

from shadowreport.core.charts import Chart, Series
from shadowreport.machine.typst import MAIN, Typesetter

WIDTH, HEIGHT = 16.0, 7.6  # centimetres: the text of a page, and less than a third of its height
DOTS = 2  # of Word's picture, times the 144 an inch of Typesetter.png
_INCH = 2.54
_LABELLED = 26  # bars that still have room for their numbers
_WHOLE = 6  # above that an axis needs no decimals
_SLANTED = 60  # letters below the axis from which labels lean
_HATCHES = ("", "////", "", "\\\\\\\\", "xxxx", "----")
_DASHES = ("-", "--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 2)))
_MARKS = ("o", "s", "^", "D", "v", "x")
_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed")
_OTHER_FONT = "write it in another way, or put a font that has it into templates/fonts/"
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "shadowreport", "hatch.linewidth": 0.6}


@dataclass(frozen=True, slots=True)
class Look:
    """Colours (see core/style.py), families of fonts, whether the text runs from the right, and how a
    number is printed with so many decimals."""

    colours: Mapping[str, str]
    families: tuple[str, ...]
    from_right: bool
    number: Callable[[Decimal, int], str]


class UnshownError(Exception):
    """A chart or drawing that nobody could read: why, and what to do."""


def version() -> str:
    """The version of the library: another one may draw other bytes."""
    return metadata.version("matplotlib")


def draw(chart: Chart, look: Look, fonts: Sequence[Path]) -> tuple[bytes, bytes]:
    """A chart as SVG with words, and as PNG. Raises ProgramError, and
    UnshownError."""
    with warnings.catch_warnings(
        record=True
    ) as told:  # of letters, too, that typst's fonts may have
        warnings.simplefilter("always")
        lines = _placed(chart, look)
    if any("collapsed" in str(item.message) for item in told):
        raise UnshownError(
            "the labels leave no room for the chart", "shorten them, or leave some out"
        )
    with Typesetter(fonts) as typesetter:
        without = _without(typesetter, _page(lines, 1, look))
        if without:
            raise UnshownError(f"no font has the sign '{without}' of this chart", _OTHER_FONT)
        return lines, typesetter.png(_page(lines, DOTS, look))


def dots(drawing: bytes, fonts: Sequence[Path]) -> bytes:
    """A drawing (SVG) as PNG, wide enough for a page. Raises ProgramError, and UnshownError."""
    source = (
        '#set document(title: "drawing")\n#set page(width: auto, height: auto, margin: 0pt)\n'
        f'#image("drawing.svg", width: {WIDTH * DOTS}cm, alt: "drawing")\n'
    )
    files = {MAIN: source.encode(), "drawing.svg": drawing}
    with Typesetter(fonts) as typesetter:
        without = _without(typesetter, files)
        if without:
            raise UnshownError(f"has the sign '{without}', which no font has", _OTHER_FONT)
        return typesetter.png(files)


def _without(typesetter: Typesetter, files: Mapping[str, bytes]) -> str:
    """A sign that no font has; empty where there is none."""
    problems = typesetter.pdf(files, 0).problems
    found = (_MISSING.search(problem.detail) for problem in problems)
    return next((match[1] for match in found if match), "")


def _page(lines: bytes, times: int, look: Look) -> dict[str, bytes]:
    families = ", ".join(f'"{name}"' for name in look.families)
    source = (
        '#set document(title: "chart")\n'
        f"#set page(width: {WIDTH * times}cm, height: {HEIGHT * times}cm, margin: 0pt)\n"
        f'#set text(font: ({families},))\n#image("chart.svg", width: 100%, alt: "chart")\n'
    )
    return {MAIN: source.encode(), "chart.svg": lines}


def _placed(chart: Chart, look: Look) -> bytes:
    """The chart as SVG whose words are words."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns of fonts that typst has
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    fonts = {
        "font.family": list(look.families),
        "font.size": 9,
        "text.parse_math": False,
    }
    settings: dict[Any, Any] = {**_SETTINGS, **fonts}
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(WIDTH / _INCH, HEIGHT / _INCH), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        {"bar": _bars, "line": _lines}[chart.kind](axes, chart, look)
        _around(axes, chart, look)
        stored = io.BytesIO()
        figure.savefig(stored, format="svg", metadata={"Date": None, "Creator": None})
    return stored.getvalue()


def _bars(axes: Any, chart: Chart, look: Look) -> None:
    width = 0.8 / len(chart.series)
    for nth, series in enumerate(chart.series):
        places = [at - 0.4 + width * (nth + 0.5) for at in range(len(chart.labels))]
        dark, tint = f"#{look.colours['accent']}", _tint(look.colours["accent"], nth)
        drawn = axes.bar(
            places,
            _values(series),
            width * 0.94,
            label=_named(series),
            facecolor=tint,
            edgecolor=dark,
            linewidth=0.7,
            hatch=_HATCHES[nth],
        )
        if len(chart.labels) * len(chart.series) <= _LABELLED:
            axes.bar_label(drawn, _numbers(series, look), padding=2, fontsize=8)


def _lines(axes: Any, chart: Chart, look: Look) -> None:
    for nth, series in enumerate(chart.series):
        axes.plot(
            range(len(series.values)),
            _values(series),
            label=_named(series),
            color=_darker(look.colours["accent"], nth),
            linestyle=_DASHES[nth],
            linewidth=1.5,
            marker=_MARKS[nth],
            markersize=4,
            markerfacecolor="white" if nth % 2 else None,
        )
    if all(value >= 0 for series in chart.series for value in series.values if value is not None):
        axes.set_ylim(bottom=0)


def _around(axes: Any, chart: Chart, look: Look) -> None:
    """Axes, labels, and what each series is called."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    decimals = max(series.decimals for series in chart.series)
    known = [value for series in chart.series for value in series.values if value is not None]
    decimals = 0 if max(map(abs, known), default=Decimal(0)) > _WHOLE else decimals
    quiet, line = f"#{look.colours['quiet']}", f"#{look.colours['line']}"
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=decimals == 0))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: look.number(Decimal(f"{value:.6f}"), decimals))
    )
    axes.yaxis.grid(visible=True, color=line, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(quiet)
    axes.tick_params(length=0, colors=quiet)
    axes.set_xticks(range(len(chart.labels)), chart.labels, color="black")
    if sum(map(len, chart.labels)) > _SLANTED + 4 * len(chart.labels):
        for label in axes.get_xticklabels():
            label.set(rotation=30, ha="right", rotation_mode="anchor")
    if look.from_right:
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    if len(chart.series) > 1:
        axes.figure.legend(loc="outside upper left", ncols=3, frameon=False, handlelength=3)


def _named(series: Series) -> str:
    """A name for the legend, which leaves out what begins with a line below."""
    return f" {series.name}" if series.name.startswith("_") else series.name


def _values(series: Series) -> list[float]:
    return [float("nan") if value is None else float(value) for value in series.values]


def _numbers(series: Series, look: Look) -> list[str]:
    return ["" if value is None else look.number(value, series.decimals) for value in series.values]


def _tint(colour: str, nth: int) -> str:
    """The ground of the nth series: each is told from the others in black and white too."""
    return _mixed(colour, (0.0, 0.85, 1.0, 0.6, 0.92, 0.35)[nth])


def _darker(colour: str, nth: int) -> str:
    return _mixed(colour, (0.0, 0.3, 0.0, 0.45, 0.2, 0.0)[nth])


def _mixed(colour: str, white: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)
