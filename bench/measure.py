"""Runs commands and measures them: time, work of the processors, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """Commands that are measured together, one after another, and what is done before, unmeasured."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path
    before: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of all processors, bytes of the largest process."""

    seconds: float
    work: float
    peak: int


def run(job: Job) -> Cost:
    """Runs a job once. Raises CalledProcessError where a command fails."""
    job.before()
    seconds = work = 0.0
    peak = 0
    for command in job.commands:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=job.folder,
            env={**os.environ, **job.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds += time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        work += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
    return Cost(seconds, work, peak)


def interleaved(
    jobs: Sequence[Job], rounds: int, progress: Callable[[str], None]
) -> dict[str, Cost]:
    """The medians of every job. Each round runs all jobs, so that what else the machine does meets
    all of them alike; a round before them only warms the disk's cache up and is not counted."""
    costs: dict[str, list[Cost]] = {job.name: [] for job in jobs}
    for number in range(rounds + 1):
        for job in jobs:
            progress(f"round {number} of {rounds}: {job.name}")
            cost = run(job)
            if number:
                costs[job.name].append(cost)
    return {name: _median(found) for name, found in costs.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.work for cost in costs),
        max(cost.peak for cost in costs),
    )
