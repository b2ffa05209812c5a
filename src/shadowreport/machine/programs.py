"""The only place that starts other programs: pandoc, and child processes of ours such as that of
typst (typst.py), bounded in time and memory.

pandoc always runs with --sandbox: it then opens no file that is not named on its command line and
no connection.
Neither sees the user's own settings: both get an environment of four variables.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from shadowreport.machine.patience import run, watching
from shadowreport.machine.scratch import Scratch
from shadowreport.machine.toolkit import PACKAGE

READ_SECONDS = 10  # of work, not on the clock (patience.py)
WRITE_SECONDS = 300
_READ_HEAP = "512m"
_WRITE_HEAP = "3g"


class ProgramError(Exception):
    """A program failed or ran out of its bounds; the text says which, for a person."""


def pandoc(
    arguments: Sequence[str], data: bytes, *, reading: bool = False, seconds: float | None = None
) -> bytes:
    """What pandoc writes to standard output, given `data` on standard input.

    `reading` sets the narrow bounds for a contributed text (10 s of work, 512 MB of heap) instead of the
    wide ones for a whole report. Raises ProgramError.
    """
    heap = _READ_HEAP if reading else _WRITE_HEAP
    seconds = seconds or (READ_SECONDS if reading else WRITE_SECONDS)
    command = [pandoc_path(), "+RTS", f"-M{heap}", "-RTS", "--sandbox", *arguments]
    return _run("pandoc", command, data, seconds)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for files that a program reads or writes, gone afterwards. Raises ProgramError where
    it cannot be made, or where what stands in the with block cannot write into it."""
    with in_scratch(), Scratch() as folder:
        yield Path(folder)


@contextmanager
def in_scratch() -> Iterator[None]:
    """Calls it a failure of the program where the folder for its files cannot be used."""
    try:
        yield
    except OSError as error:
        reason = str(error.strerror or error).lower()
        raise ProgramError(f"the folder for temporary files cannot be used: {reason}") from None


class Conversation:
    """A Python module of ours in a child that stays, so that it remembers between questions: one
    line of JSON in, one line out."""

    def __init__(self, name: str, module: str) -> None:
        """Starts the child; `name` is what messages call it. Raises ProgramError."""
        self._name = name
        self._new = True
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError as error:
            raise ProgramError(f"{name} cannot be started: {error.strerror}") from None

    def ask(self, question: Any, seconds: float) -> Any:
        """The child's answer. Raises ProgramError where it ends or takes too long; it is gone then."""
        assert self._child.stdin and self._child.stdout
        new, self._new = self._new, False
        with watching(self._child.pid, seconds, self._child.kill, new) as late:
            try:
                self._child.stdin.write(json.dumps(question).encode() + b"\n")
                self._child.stdin.flush()
                answer = self._child.stdout.readline()
            except OSError:
                answer = b""
        if not answer.endswith(b"\n"):
            self.close()
            reason = (
                f"needed more than {seconds:g} seconds"
                if late.is_set()
                else "ended early; it may have needed more memory than it may use"
            )
            raise ProgramError(f"{self._name} {reason}")
        return json.loads(answer)

    def close(self) -> None:
        """Ends the child."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()


@cache
def pandoc_path() -> str:
    """Where pandoc is. Raises ProgramError where it is missing."""
    # pypandoc.get_pandoc_path() starts pandoc to ask its version, which costs more than a build's
    # parsing of a section; the wheel's own place is known.
    spec = importlib.util.find_spec("pypandoc")
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "files" / name
        if path.is_file():
            return str(path)
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise ProgramError("pandoc is missing; install the package pypandoc_binary") from None


def _environment() -> dict[str, str]:
    kept = {
        key: os.environ[key]
        for key in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP")
        if key in os.environ
    }
    python = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "0",
        "HOME": os.devnull,
        "PYTHONPATH": python,
    }


def _run(name: str, command: Sequence[str], data: bytes, seconds: float) -> bytes:
    try:
        done = run(command, seconds, data, env=_environment())
    except subprocess.TimeoutExpired:
        raise ProgramError(f"{name} needed more than {seconds:g} seconds") from None
    except OSError as error:
        raise ProgramError(f"{name} cannot be started: {error.strerror}") from None
    if done.returncode:
        text = done.stderr.decode("utf-8", "replace").strip()
        if "heap overflow" in text or done.returncode == 251:
            raise ProgramError(f"{name} needed more memory than it may use")
        last = text.splitlines()[-1] if text else f"exit code {done.returncode}"
        raise ProgramError(f"{name} failed: {last}")
    return done.stdout
