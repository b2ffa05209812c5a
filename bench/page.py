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
    return "\n".join([_machine(), "", *_tables(results), *_growth(results), *_goals(results)])


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
    names = [name for name in (BARE, COLD) if all(name in costs for costs in results.values())]
    if len(sizes) < 2 or not names:
        return
    first = sizes[0]
    yield "### Growth"
    yield ""
    yield "| what | size | time | exponent of time | of processor time | of memory |"
    yield "|---|---:|---:|---:|---:|---:|"
    for times in sizes[1:]:
        factor = times / first
        for name in names:
            small, large = results[first][name], results[times][name]
            yield (
                f"| {name} | x {factor:g} | x {large.seconds / small.seconds:.1f} "
                f"| {exponent(small.seconds, large.seconds, factor):.2f} "
                f"| {exponent(small.work, large.work, factor):.2f} "
                f"| {exponent(small.together, large.together, factor):.2f} |"
            )
    yield ""


def _goals(results: Results) -> Iterator[str]:
    """The goals whose jobs were measured."""
    found = [*_of_builds(results.get(1, {})), *_of_previews(results), *_of_growth(results)]
    if found:
        yield "### Goals"
        yield ""
        yield "| goal | measured | |"
        yield "|---|---:|---|"
    for text, value, limit in found:
        yield f"| {text} | {value:.2f} | {'met' if value <= limit else 'not met'} |"


_Goal = tuple[str, float, float]  # what is wanted, what was measured, and the most that it may be


def _of_builds(costs: Mapping[str, Cost]) -> Iterator[_Goal]:
    for text, job, other, limit in (
        ("all formats and the matrix, cold, at most 1.2 x bare", COLD, BARE, 1.2),
        (f"{WARM}, at most 0.5 x cold", WARM, THREE, 0.5),
        ("redline, at most 3 x a DOCX build", REDLINE, DOCX, 3),
    ):
        if job in costs and other in costs:
            yield text, costs[job].seconds / costs[other].seconds, limit
    if CHECK in costs:
        yield "check with nothing changed, at most 0.3 s", costs[CHECK].seconds, 0.3
    if COLD in costs:
        together = costs[COLD].together / 1e6
        yield "all processes of a cold build, at most 1074 MB", together, 1074


def _of_previews(results: Results) -> Iterator[_Goal]:
    for times, limit in ((1, 0.5), (10, 1)):
        cost = results.get(times, {}).get(PREVIEW)
        if cost:
            yield f"page in the preview at {times} x, at most {limit} s", cost.seconds, limit


def _of_growth(results: Results) -> Iterator[_Goal]:
    measured = {times: costs[COLD] for times, costs in results.items() if COLD in costs}
    small = measured.pop(1, None)
    for times, large in sorted(measured.items()) if small else ():
        grown = exponent(small.seconds, large.seconds, times)
        yield f"exponent of time to {times} x, at most 1.05", grown, 1.05
        grown = exponent(small.together, large.together, times)
        yield f"exponent of memory to {times} x, at most 1", grown, 1
