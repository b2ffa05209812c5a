"""What a person typed behind a task: taken as it is meant, or refused with exit code 2 and the reason."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NoReturn

from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.tasks import Task
from invoke.tasks import task as invoke_task

from shadowreport.core.editions import EDITIONS
from shadowreport.core.problems import did_you_mean
from shadowreport.machine.called import as_called
from shadowreport.tasks.program import STOPPED

ALL = "all"
REGISTER = (
    "the register of persons, a file outside of every repository "
    "(default: the one that SHADOWREPORT_REGISTER names)"
)
VERSION = (
    "a version in another language of translations: in report.yaml (default: the report's own)"
)
# one is typed where the other is meant
_TWINS = {"format": "formats", "formats": "format", "to": "language", "language": "to"}
OUR_FAULT = 3  # exit codes: 1 is something wrong with the report, 2 with what was typed
INTERRUPTED = 130  # as shells have it


def _twins(argument: Argument, helps: dict[str, str]) -> Iterator[str]:
    """What may be typed for an option: --to for a --language, and the reverse, where --to names one."""
    for name in argument.names:
        if name in _TWINS and (name != "to" or "language" in helps.get(name, "")):
            yield _TWINS[name]


class _Command(Task[Callable[..., None]]):
    """A task that does not begin with an option that is empty, or with a flag in a word's place."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """The options. An empty text as default would look like one that was typed."""
        helps = dict(self.help)
        arguments = super().get_arguments(ignore_unknown_help)
        self.help = helps  # which Invoke uses up
        for argument in arguments:
            if argument.default == "":
                argument.default = None
            argument.names += tuple(_twins(argument, helps))
            if argument.positional and argument.kind is list:
                argument.__class__ = _Words
        return arguments

    def __call__(self, *context: Any, **options: Any) -> Any:
        """Runs the task with what was typed; what was not keeps the default of the function."""
        given = {name: value for name, value in options.items() if value is not None}
        for name, value in given.items():
            for word in _texts(value) if name in self.positional else ():
                if str(word).startswith("-"):  # a flag, which Invoke takes for the word
                    self._usage(word)
            if any(isinstance(text, str) and not text.strip() for text in _texts(value)):
                what = name.upper() if name in self.positional else _flag(name)
                refuse(f"{what} is empty: give it a value, or leave it out")
        try:
            super().__call__(*context, **given)
        except (Exit, BrokenPipeError):
            raise
        except KeyboardInterrupt:  # Invoke would end in silence, as if the report were wrong
            raise Exit(STOPPED, code=INTERRUPTED) from None
        except Exception as error:  # whatever it is, a person is told whose fault it is not
            _tell(error)

    def _usage(self, value: str) -> NoReturn:
        from shadowreport import console

        if value not in ("-h", "--help"):
            refuse(f"'{value}' stands where {self._words()} is expected; options go behind it")
        console.line(f"Usage: invoke {_dashed(self.name)} {self._words()} [--options]\n")
        console.line(f"{self.__doc__}\n")
        for argument in self.get_arguments():
            console.line(f"  {_flag(str(argument.name)):<28}{argument.help or ''}")
        raise Exit(code=0)

    def _words(self) -> str:
        return " ".join(word.upper() for word in self.positional)


class _Words(Argument):
    """A positional argument that takes one word after another, which Invoke does not know: it gives a
    word to an argument that has no value yet, so that this one never has one while words are read."""

    @property
    def value(self) -> Any:
        """The words; nothing to the part of Invoke that asks who takes the next one."""
        callers, frame = [], sys._getframe(1)
        while frame and len(callers) < _NEAREST:
            callers.append(frame.f_code.co_name)
            frame = frame.f_back
        reading = {"missing_positional_args", "handle"} <= set(callers)
        return None if reading or "see_positional_arg" in callers else self._value

    @value.setter
    def value(self, arg: str) -> None:
        self._value = [*self._value, arg]
        self.raw_value = arg


_NEAREST = 4  # callers

task = partial(invoke_task, klass=_Command, auto_shortflags=False)


def choice(text: str, known: Sequence[str], what: str) -> str:
    """One of the words that are known."""
    first, *more = choices(text, known, what)
    if more:
        refuse(f"'{text}' are several: name one {what} ({', '.join(known)})")
    return first


def choices(text: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    """The words of a list with commas, each of them known and named once."""
    words = tuple(word.strip().lower() for word in text.split(","))
    for word in words:
        if word not in known:
            refuse(
                f"'{word or text}' is no {what}: {did_you_mean(word, known) or ', '.join(known)}"
            )
    return tuple(dict.fromkeys(words))


def several(text: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    """The words of a list with commas, or all that are known where it says so."""
    return tuple(known) if text.strip().lower() == ALL else choices(text, known, what)


def one_edition(text: str) -> str:
    """An edition by its name; empty where none was typed."""
    return choice(text, EDITIONS, "edition") if text else ""


def number(text: str, least: int, most: int, what: str) -> int:
    """A whole number within bounds."""
    digits = text.isascii() and text.isdecimal() and len(text) < 10
    if not digits or not least <= int(text) <= most:
        refuse(f"'{text}' is no {what}: it is a number from {least} to {most}")
    return int(text)


def pairs(texts: Iterable[str] | None, example: str) -> dict[str, str]:
    """Options typed as NAME=VALUE, each name once."""
    result: dict[str, str] = {}
    for item in texts or ():
        name, _, value = (part.strip() for part in item.partition("="))
        if not name or not value:
            refuse(f"'{item}' is not of the form {example}")
        if name in result:
            refuse(f"'{name}' is named twice: {name}={result[name]} and {name}={value}")
        result[name] = value
    return result


def refuse(message: str) -> NoReturn:
    """Ends the task: what was typed cannot be meant."""
    raise Exit(as_called(message), code=2)


def _tell(error: Exception) -> NoReturn:
    from shadowreport import console
    from shadowreport.machine.fault import fault

    console.diagnostics([fault(error)])
    raise Exit(code=OUR_FAULT) from None


def _texts(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else (value,)


def _flag(name: str) -> str:
    return f"--{_dashed(name)}"


def _dashed(name: str) -> str:
    return name.strip("_").replace("_", "-")
