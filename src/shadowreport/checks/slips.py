"""What was mistyped, as far as only the whole report can tell (load/proof.py tells the rest)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.checks.prose import bodies
from shadowreport.core.numbering import number
from shadowreport.core.persons import PERSON
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.core.unwritten import TODO

_BARE = re.compile(r"\[([A-Za-z][\w-]{1,60})(?=[,\]])(?![^\]\n]{0,200}\]\()")


def keys_without_at(report: Report) -> Iterator[Diagnostic]:
    """A citation whose key has lost its @ is printed in brackets."""
    for passage in bodies(report):
        for match in _BARE.finditer(passage.source):
            if match[1] in report.sources:
                message = f"'[{match[1]}' is printed as it is, though a source has this key"
                yield passage.problem("slip", match.start(), message, f"write [@{match[1]}, ...]")


_REFERENCE = re.compile(r"(?<![\w@/#{.-])(?:par|sec|rec|tbl|fig)-[a-z0-9][a-z0-9-]*\b")


def references_without_at(report: Report) -> Iterator[Diagnostic]:
    """A reference that has lost its @ is printed as it is."""
    known = number(report)
    for passage in bodies(report):
        for match in _REFERENCE.finditer(passage.text):
            if match[0] in known:
                message = f"'{match[0]}' is printed as it is, though something has this id"
                yield passage.problem("slip", match.start(), message, f"write @{match[0]}")


_PERSON = re.compile(rf"(?<![\w@/#.-]){PERSON}-([a-z0-9][a-z0-9-]*)\b")


def persons_without_at(report: Report) -> Iterator[Diagnostic]:
    """The key of a protected person that has lost its @, or has another one, is printed as it is."""
    known = report.persons.protected if report.persons else {}
    for passage in bodies(report):
        for match in _PERSON.finditer(passage.text):
            if match[1] in known:
                message = (
                    f"'{match[0]}' is printed as it is, though a protected person has this key"
                )
                yield passage.problem("slip", match.start(), message, f"write @{match[0]}")


def placeholders(report: Report) -> Iterator[Diagnostic]:
    """What was to be filled in, outside the sections."""
    hint = "fill it in"
    for mention in report.unfilled:
        message = f"'{mention.id[:60]}' was left in the settings"
        yield Diagnostic("leftover", mention.place, message, hint)
    for cycle in report.cycles:
        if TODO in cycle.symbol:
            message = "the symbol of this document was never filled in"
            yield Diagnostic("leftover", cycle.place, message, hint)
