"""What Invoke itself says to a person, in our words: unknown tasks and options, a pipe that is closed.

Invoke copies the collection that it is given, and makes its reader of command lines itself: there is
no other door to what it says of a word that it does not know.
"""

from __future__ import annotations

import atexit
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, NoReturn

from invoke.exceptions import Exit, ParseError
from invoke.parser.parser import ParseMachine

from shadowreport.core.problems import did_you_mean
from shadowreport.machine.called import as_called


class _Unmeant(Exit, ParseError):
    """A command line that cannot be meant: exit code 2, as for every such option."""

    def __init__(self, said: str) -> None:
        Exception.__init__(self, said)
        Exit.__init__(self, code=2)
        self.context = None


def _error(self: ParseMachine, msg: str) -> NoReturn:
    """In place of the reader's own: where it does not know a word, what may be meant."""
    for pattern, explained in _SAID.items():
        match = re.fullmatch(pattern, msg, re.DOTALL)
        if match:
            raise _Unmeant(as_called(explained(match[1], self)))
    raise ParseError(msg, self.context)


def _explained(word: str, machine: ParseMachine) -> str:
    context: Any = machine.context
    name = context.name if context else None
    if not word.startswith("-"):
        hint = did_you_mean(word, machine.contexts) or "'invoke --list' shows all"
        behind = f" (and '{name}' takes no word here)" if name else ""
        return f"there is no task '{word}'{behind}: {hint}"
    option = word.partition("=")[0]
    flags = [flag for flag in (context or machine.initial).flags if flag.startswith("--")]
    hint = did_you_mean(option, flags) or f"invoke {name + ' ' if name else ''}--help shows all"
    return f"{f'the task {name!r}' if name else 'invoke'} has no option '{option}': {hint}"


_SAID: dict[str, Callable[[str, ParseMachine], str]] = {
    r"No idea what ['\"](.*)['\"] is!": _explained,
    r"Flag <Argument: (\S+).*> needed value and was not given one!": lambda name, _: (
        f"the option --{name.replace('_', '-')} needs a value behind it"
    ),
}


def speak() -> None:
    """From here on Invoke speaks so, and nobody sees a traceback who pipes into `head`, or
    into a file in a code page of Windows."""
    ParseMachine.error = _error
    usual = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if not issubclass(kind, BrokenPipeError):
            usual(kind, error, trace)

    sys.excepthook = hook
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a letter that a code page has not is told by its code
            stream.reconfigure(errors="backslashreplace")
    atexit.register(_flush)


def _flush() -> None:
    """Gives out what is left; where nobody reads it any more, Python would complain at its end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
