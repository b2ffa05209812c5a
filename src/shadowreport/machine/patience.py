"""How long a program may take: seconds of work of the processors, not of the clock, so that a busy
machine fails no good report. On an idle machine they are the same.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic

_IDLE = 60  # seconds on the clock in which a program that does not work at all is stopped
_LOOK = 0.05  # seconds between two looks, at least


class Patience:
    """What is left to a process that may work for so many seconds from now on."""

    def __init__(self, pid: int, seconds: float, new: bool = True) -> None:
        """`new`: the process has just been started, and has not worked yet."""
        self._pid = pid
        self._seconds = seconds
        self._before = self._worked = 0.0 if new else (_work(pid) or 0.0)
        self._moved = monotonic()

    def more(self) -> float:
        """How long it may go on until it is asked about again; 0: it has taken too long."""
        work = _work(self._pid)
        if work is not None and work > self._worked:
            self._worked, self._moved = work, monotonic()
        left = self._seconds - (self._worked - self._before)
        stuck = monotonic() - self._moved > max(_IDLE, self._seconds)
        return 0 if left <= 0 or stuck else max(left, _LOOK)


def _work(pid: int) -> float | None:
    """The seconds that a process has worked; None where it has ended."""
    import psutil  # only where a program is late; importing it takes longer than most runs

    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return None
    return times.user + times.system


def run(
    command: Sequence[str],
    seconds: float,
    data: bytes | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """subprocess.run of a program that may work so long, and its output.

    Raises TimeoutExpired, OSError.
    """
    given = subprocess.DEVNULL if data is None else subprocess.PIPE
    process = subprocess.Popen(
        command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    with process:
        try:
            output, errors = _patiently(process, seconds, data)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def _patiently(
    process: subprocess.Popen[bytes], seconds: float, data: bytes | None
) -> tuple[bytes, bytes]:
    patience = Patience(process.pid, seconds)
    wait = seconds
    while True:
        try:
            return process.communicate(data, timeout=wait)
        except subprocess.TimeoutExpired:
            data = None  # it is on its way
            wait = patience.more()
            if not wait:
                raise


@contextmanager
def watching(
    pid: int, seconds: float, stop: Callable[[], object], new: bool
) -> Iterator[threading.Event]:
    """Stops a process that works longer than so many seconds inside the with block; then the event
    is set."""
    late, done = threading.Event(), threading.Event()
    patience = Patience(pid, seconds, new)

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            wait = patience.more()
            if not wait:
                late.set()
                stop()
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield late
    finally:
        done.set()
