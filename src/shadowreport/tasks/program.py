"""What Invoke itself says to a person, in our words: unknown tasks and options, a pipe that is closed.

Invoke copies the collection that it is given, and makes its reader of command lines itself: there is
no other door to what it says of a word that it does not know.
"""

from __future__ import annotations

import atexit
import errno
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
        shown = (
            f"'invoke {name} --help' shows what it takes" if name else "'invoke --list' shows all"
        )
        hint = _as_value(word, context) or did_you_mean(word, machine.contexts) or shown
        if meant := _with_commas(word, context):
            return (
                f"'{word}' stands alone behind a blank; several have commas between them: {meant}"
            )
        behind = f" (and '{name}' takes no word here)" if name else ""
        return f"there is no task '{word}'{behind}: {hint}"
    option = _as_typed(word).partition("=")[0]
    flags = [flag for flag in (context or machine.initial).flags if flag.startswith("--")]
    hint = f"write -{option}, with two hyphens" if f"-{option}" in flags else ""
    hint = (
        hint
        or did_you_mean(option, flags)
        or f"invoke {name + ' ' if name else ''}--help shows all"
    )
    return f"{f'the task {name!r}' if name else 'invoke'} has no option '{option}': {hint}"


def _as_value(word: str, context: Any) -> str:
    """The option of a task that a word alone is meant for: `build docx`, `build 210`, `check json`."""
    flags = {flag: str(known.help) for flag, known in (context.flags if context else {}).items()}
    named = re.compile(rf"\b{re.escape(word)}\b")
    meant = [flag for flag, told in flags.items() if flag.startswith("--") and named.search(told)]
    if re.search(r"^\d{2,4}(?![^\W_])|\.md$", word) and "--section" in flags:
        meant = ["--section"]
    return f"did you mean {meant[0]} {word}?" if len(meant) == 1 else ""


def _with_commas(word: str, context: Any) -> str:
    """What was meant by `--formats pdf docx`: the option with commas; empty where it takes no such word."""
    words = sys.argv[1:]
    for at in (at for at, typed in enumerate(words) if typed == word):
        start = next((i for i in range(at - 1, -1, -1) if words[i].startswith("--")), at)
        option, _, value = words[start].partition("=")
        flag = context.flags.get(option) if context else None
        values = [value] if value else []
        for typed in words[start + 1 :]:
            if typed.startswith("-"):
                break
            values.append(typed)
        known = re.findall(r"\w+", str(flag.help).partition("commas")[2]) if flag else []
        if word.strip(",").lower() in known:
            listed = dict.fromkeys(item for typed in values for item in typed.split(",") if item)
            return f"{option} {','.join(item for item in listed if item.lower() in known)}"
    return ""


def _as_typed(word: str) -> str:
    """An option with one hyphen before a whole word: Invoke reads each letter of it as an option, and stumbles
    over the first that is none."""
    typed = (item for item in sys.argv[1:] if re.match(r"-[a-z]{2}", item))
    return next((item for item in typed if word[1:] in item), word)


def _without(names: str, machine: ParseMachine) -> str:
    """A task whose words are missing, such as the file of merge."""
    task = machine.context.name if machine.context else ""
    words = " ".join(name.strip("' ").replace("_", "-").upper() for name in names.split(","))
    return (
        f"'{task}' wants to know more: invoke {task} {words} ('invoke {task} --help' explains it)"
    )


_SAID: dict[str, Callable[[str, ParseMachine], str]] = {
    r"No idea what ['\"](.*)['\"] is!": _explained,
    r"'.*' did not receive required positional arguments: (.*)": _without,
    r"Flag <Argument: (\S+).*> needed value and was not given one!": lambda name, _: (
        f"the option --{name.replace('_', '-')} needs a value behind it"
    ),
}


STOPPED = "\nStopped: what was not finished is as it was."
_FULL = (errno.ENOSPC, errno.EDQUOT)


def speak() -> None:
    """From here on Invoke speaks so, and nobody sees a traceback who pipes into `head`, or
    into a file in a code page of Windows."""
    ParseMachine.error = _error
    _open_all()
    usual = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if issubclass(kind, KeyboardInterrupt):
            print(STOPPED, file=sys.stderr)
        elif isinstance(error, OSError) and error.errno in _FULL:  # what we say has no room
            print(f"nothing more can be written: {error.strerror}", file=sys.stderr)
        elif not issubclass(kind, BrokenPipeError):
            usual(kind, error, trace)

    sys.excepthook = hook
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a letter that a code page has not is told by its code
            stream.reconfigure(errors="backslashreplace")
    atexit.register(_flush)


def _open_all() -> None:
    """A program that is started without a terminal may have some of its streams closed: what is said there
    goes nowhere, and nothing can be asked."""
    for name, way in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), way, encoding="utf-8"))


def _flush() -> None:
    """Gives out what is left; where nobody reads it any more, Python would complain at its end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
