"""What a Word file calls confidential is kept out of the public edition: its label would be refused in a section,
and whoever typed it did not mean the text for everybody."""

from __future__ import annotations

import re

from shadowreport.checks.labels import Words, labels, titled
from shadowreport.source.typed.confidential import ROW, problems

_FENCE = re.compile(r"[ \t]*:::")


def kept_back(text: str, phrases: str, letters: str = "") -> str:
    """A body in which each block with such a label is marked as confidential. `phrases` are the words of labels,
    `letters` the short marks of offices."""
    if not _found(text, phrases, letters):
        return text
    blocks = _blocks(text)
    shown = (_marked(one) if _found("\n" + one, phrases, letters) else one for one in blocks)
    return "\n\n".join(shown) + "\n"


def is_kept_back(title: str, name: str, phrases: str) -> bool:
    """Whether a section is called confidential."""
    return titled(title, name, phrases) or bool(_found(title, phrases))


def _found(text: str, phrases: str, letters: str = "") -> bool:
    return bool(problems(text) or any(sure for *_, sure in labels(text, Words(phrases, letters))))


def _blocks(text: str) -> list[str]:
    """The blocks between blank lines, each with what is indented below it."""
    found: list[str] = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        if found and block.startswith((" ", "\t")):
            found[-1] += f"\n\n{block}"
        else:
            found.append(block)
    return found


def _marked(block: str) -> str:
    """A block between marks; those of a box around it stay outside."""
    if block.startswith("[^"):
        return block  # the text of a footnote is withheld with its mark alone
    lines = block.split("\n")
    first = next((at for at, line in enumerate(lines) if not _FENCE.match(line)), len(lines))
    last = len(lines)
    while last > first and _FENCE.match(lines[last - 1]):
        last -= 1
    inside = "\n".join(lines[first:last])
    return "\n".join([*lines[:first], ROW, inside, ":::", *lines[last:]])
