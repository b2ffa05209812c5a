"""Runs commands and measures them: time, work of the processors, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import psutil

_LOOK = 0.02  # seconds between two looks at the memory
# what runs twice is compiled once, as on a user's machine; some machines for building forbid it
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


@dataclass(frozen=True, slots=True)
class Job:
    """Commands that are measured together, one after another, and what is done before, unmeasured.

    Where `own_clock` is set, the command prints the seconds of what it measures itself. A job that
    is not `ours` is left out where it fails or does not make the file `makes`: some tools want a
    connection, and end without an error where they have none.
    """

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path
    before: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    own_clock: bool = False
    makes: Path | None = None
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of all processors, bytes of the largest process, and of all
    processes at the same time."""

    seconds: float
    work: float
    peak: int
    together: int = 0


def run(job: Job) -> Cost:
    """Runs a job once. Raises CalledProcessError where a command fails."""
    job.before()
    if job.makes:
        job.makes.unlink(missing_ok=True)
    seconds = work = 0.0
    peak = 0
    for command in job.commands:
        start = perf_counter()
        process = subprocess.Popen(
            command,
            cwd=job.folder,
            env={**os.environ, **COMPILED, **job.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if job.own_clock else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        seconds += float(printed) if job.own_clock else elapsed
        work += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
    if job.makes and not job.makes.exists():
        raise FileNotFoundError(job.makes)
    return Cost(seconds, work, peak)


def interleaved(
    jobs: Sequence[Job], rounds: int, progress: Callable[[str], None]
) -> dict[str, Cost]:
    """The medians of every job. Each round runs all jobs, so that what else the machine does meets
    all of them alike. A round before them warms the disk's cache up; its times are not counted,
    because looking at the memory of all processes together takes some of them."""
    costs: dict[str, list[Cost]] = {job.name: [] for job in jobs}
    together: dict[str, int] = {}
    for number in range(rounds + 1):
        for job in jobs:
            if number and job.name not in together:
                continue
            progress(f"round {number} of {rounds}: {job.name}")
            try:
                if number:
                    costs[job.name].append(run(job))
                else:
                    with _watched() as most:
                        run(job)
                    together[job.name] = max(most)
            except (subprocess.CalledProcessError, OSError):
                if job.ours:
                    raise
                progress(f"left out, because it fails: {job.name}")
    return {
        name: replace(_median(found), together=together[name])
        for name, found in costs.items()
        if found
    }


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.work for cost in costs),
        max(cost.peak for cost in costs),
    )


@contextmanager
def _watched() -> Iterator[list[int]]:
    """The memory of all our descendants, in bytes, at every look. What several of them share counts
    once where the system tells (Linux)."""
    found = [0]
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK):
            found.append(sum(map(_memory, psutil.Process().children(recursive=True))))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        done.set()
        looking.join()


def _memory(process: psutil.Process) -> int:
    try:
        info = process.memory_full_info()
    except (psutil.Error, OSError):
        return 0
    return getattr(info, "pss", info.rss)
