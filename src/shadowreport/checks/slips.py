"""Markup that was mistyped, and would be printed as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.checks.prose import bodies
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report

_SLIPS = (
    (
        re.compile(r"^ {0,3}::(?=[ \t]*[a-z])", re.MULTILINE),
        "two colons open no box",
        "begin it with three: ::: recommendations",
    ),
    (
        re.compile(r"(?<=\S)[ \t]*\{[#.][A-Za-z][\w-]{0,40}\}(?![^\n]*\|)"),
        "an id behind a text is printed as it is",
        "put it on a line of its own, directly above the paragraph",
    ),
    (
        re.compile(r"^ {0,3}[•·▪\uf0b7]\s", re.MULTILINE),
        "a bullet from Word makes no list",
        "begin each item with '- ', and put a blank line above the first",
    ),
    (
        re.compile(r"^\{#[\w-]{1,60}\}\n(\d{1,3}[.)][ \t])", re.MULTILINE),
        "a paragraph's number was typed, and would be printed beside the true one",
        "delete it: paragraphs are numbered by the program",
    ),
    (
        re.compile(r"\]\(https?://[^()\s]{1,300}(?=\s|\Z)"),
        "this link is never closed",
        "put a ) behind its address",
    ),
)


def slips(report: Report) -> Iterator[Diagnostic]:
    """What looks like markup and is none."""
    for passage in bodies(report):
        for pattern, message, hint in _SLIPS:
            for match in pattern.finditer(passage.source):
                yield passage.problem("slip", match.start(pattern.groups), message, hint)


_BARE = re.compile(r"\[([A-Za-z][\w-]{1,60})(?=[,\]])(?![^\]\n]{0,200}\]\()")


def keys_without_at(report: Report) -> Iterator[Diagnostic]:
    """A citation whose key has lost its @ is printed in brackets."""
    for passage in bodies(report):
        for match in _BARE.finditer(passage.source):
            if match[1] in report.sources:
                message = f"'[{match[1]}' is printed as it is, though a source has this key"
                yield passage.problem("slip", match.start(), message, f"write [@{match[1]}, ...]")


def placeholders(report: Report) -> Iterator[Diagnostic]:
    """What was to be filled in, outside the sections."""
    hint = "fill it in"
    for mention in report.unfilled:
        message = f"'{mention.id[:60]}' was left in the settings"
        yield Diagnostic("leftover", mention.place, message, hint)
    for cycle in report.cycles:
        if "TODO" in cycle.symbol:
            message = "the symbol of this document was never filled in"
            yield Diagnostic("leftover", cycle.place, message, hint)
