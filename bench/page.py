"""The results as a page in Markdown: a table for each size, the growth, and the goals."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterator, Mapping

from bench.jobs import BARE, CHECK, COLD, DOCX, PREVIEW, REDLINE, THREE, WARM
from bench.measure import Cost

Results = Mapping[int, Mapping[str, Cost]]


def page(results: Results) -> str:
    """The whole page; where jobs were left out, what is compared with them is left out as well."""
    whole = all(BARE in costs and COLD in costs for costs in results.values())
    rest = [*_growth(results), *_goals(results)] if whole else []
    return "\n".join([_machine(), "", *_tables(results), *rest])


def exponent(small: float, large: float, times: float) -> float:
    """How a cost grows with the size: 1 is in proportion, 2 is with its square."""
    return math.log(large / small) / math.log(times)


def _machine() -> str:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, "
        f"{platform.system()}; load of the machine at the end {load:.1f}."
    )


def _tables(results: Results) -> Iterator[str]:
    for times, costs in results.items():
        bare = costs[BARE].seconds if BARE in costs else math.nan
        yield f"### {times} x the model ({262 * times:,} paragraphs, {41 * times:,},000 words)"
        yield ""
        yield (
            "| what | seconds | x bare | processor seconds | largest process, MB | all processes, MB |"
        )
        yield "|---|---:|---:|---:|---:|---:|"
        for name, cost in costs.items():
            yield (
                f"| {name} | {cost.seconds:.2f} | {cost.seconds / bare:.2f} "
                f"| {cost.work:.2f} | {cost.peak / 1e6:.0f} | {cost.together / 1e6:.0f} |"
            )
        yield ""


def _growth(results: Results) -> Iterator[str]:
    sizes = sorted(results)
    if len(sizes) < 2:
        return
    first = sizes[0]
    yield "### Growth"
    yield ""
    yield "| what | size | time | exponent of time | of processor time | of memory |"
    yield "|---|---:|---:|---:|---:|---:|"
    for times in sizes[1:]:
        factor = times / first
        for name in (BARE, COLD):
            small, large = results[first][name], results[times][name]
            yield (
                f"| {name} | x {factor:g} | x {large.seconds / small.seconds:.1f} "
                f"| {exponent(small.seconds, large.seconds, factor):.2f} "
                f"| {exponent(small.work, large.work, factor):.2f} "
                f"| {exponent(small.together, large.together, factor):.2f} |"
            )
    yield ""


def _goals(results: Results) -> Iterator[str]:
    costs = results.get(1)
    if not costs:
        return
    cold = costs[COLD].seconds
    yield "### Goals"
    yield ""
    yield "| goal | measured | |"
    yield "|---|---:|---|"
    bare = costs[BARE].seconds
    yield _goal("all formats and the matrix, cold, at most 1.2 x bare", cold / bare, 1.2)
    again = costs[WARM].seconds / costs[THREE].seconds
    yield _goal(f"{WARM}, at most 0.5 x cold", again, 0.5)
    yield _goal("check with nothing changed, at most 0.3 s", costs[CHECK].seconds, 0.3)
    redline = costs[REDLINE].seconds / costs[DOCX].seconds
    yield _goal("redline, at most 3 x a DOCX build", redline, 3)
    yield _goal("all processes of a cold build, at most 1074 MB", costs[COLD].together / 1e6, 1074)
    for times, limit in ((1, 0.5), (10, 1)):
        if times in results:
            seconds = results[times][PREVIEW].seconds
            yield _goal(f"page in the preview at {times} x, at most {limit} s", seconds, limit)
    for times in sorted(results)[1:]:
        large = results[times][COLD]
        grown = exponent(cold, large.seconds, times)
        yield _goal(f"exponent of time to {times} x, at most 1.05", grown, 1.05)
        grown = exponent(costs[COLD].together, large.together, times)
        yield _goal(f"exponent of memory to {times} x, at most 1", grown, 1)


def _goal(text: str, value: float, limit: float) -> str:
    return f"| {text} | {value:.2f} | {'met' if value <= limit else 'not met'} |"
