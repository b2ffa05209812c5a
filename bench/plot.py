"""The results as a picture: how long each job takes at the model's size, and how builds grow."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.jobs import BARE, COLD, OTHERS
from bench.page import Results

# told apart by lightness and by line as well, for a print in grey
_BARE = {"color": "#8a97a6", "linestyle": "--", "marker": "s"}
_OURS = {"color": "#1f3a5f", "linestyle": "-", "marker": "o"}


def plot(results: Results, file: Path) -> None:
    """Writes the picture; the ending of the file's name says in which format."""
    mpl.rcParams.update({"svg.hashsalt": "shadowreport", "svg.fonttype": "none", "font.size": 9})
    sizes = sorted(results)
    figure = Figure(figsize=(9, 5.2 if len(sizes) == 1 else 8.6), layout="constrained")
    places = figure.subplots(min(len(sizes), 2), 1, height_ratios=[3, 2][: min(len(sizes), 2)])
    first, *rest = [places] if len(sizes) == 1 else list(places)
    _jobs(first, results, sizes[0])
    for axes in rest if all(BARE in costs and COLD in costs for costs in results.values()) else []:
        _growth(axes, results, sizes)
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def _jobs(axes: Axes, results: Results, size: int) -> None:
    costs = results[size]
    names = list(costs)[::-1]
    seconds = [costs[name].seconds for name in names]
    colours = [(_BARE if name in OTHERS else _OURS)["color"] for name in names]
    bars = axes.barh(names, seconds, color=colours, height=0.7)
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.set_xlabel("seconds, median")
    axes.set_title(f"{size} x the model document", loc="left", weight="bold")
    axes.margins(x=0.08, y=0.01)
    axes.spines[["top", "right"]].set_visible(False)


def _growth(axes: Axes, results: Results, sizes: list[int]) -> None:
    for name, look in ((BARE, _BARE), (COLD, _OURS)):
        axes.plot(sizes, [results[size][name].seconds for size in sizes], label=name, **look)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(sizes, [f"{size} x" for size in sizes])
    axes.set_ylabel("seconds")
    axes.set_title("Growth with the size of the report", loc="left", weight="bold")
    axes.grid(visible=True, linewidth=0.4, alpha=0.5)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
