"""Pieces of Markdown and YAML that a merge writes: markers, notes, titles, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shadowreport.source.write import guard_start

_USE = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINES = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:", re.MULTILINE)


def next_marker(marker: str) -> str:
    """The marker of a list item after another one."""
    found = re.search(r"\d+", marker)
    return (
        marker[: found.start()] + str(int(found[0]) + 1) + marker[found.end() :]
        if found
        else marker or "- "
    )


def division(author: str, day: str, text: str) -> str:
    """A note with its author and day."""
    name = re.sub(r'["\\{}<>\n]', "'", author) or "unknown"
    dated = f' date="{day}"' if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) else ""
    body = "\n\n".join(
        "\n".join(guard_start(line) for line in block.split("\n")) for block in text.split("\n\n")
    )
    return f'\n\n::: {{.note author="{name}"{dated}}}\n{body}\n:::'


def clean(text: str, source: str) -> str:
    """Blank lines that a removal left double become one, unless the file had them."""
    if "\n\n\n" not in source:
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text.rstrip("\n") + "\n" if source.endswith("\n") else text


def _uses(text: str) -> set[str]:
    """The labels of the footnotes that a text calls."""
    return set(_USE.findall(_DEFINES.sub("", text)))


def with_definitions(text: str, new: Sequence[tuple[str, str]], before: str) -> str:
    """The new footnotes at the end of the file; the texts of those that nothing calls any more go."""
    uses, was = _uses(text), _uses(before)
    for label in sorted(was - uses):
        text = re.sub(
            rf"^ {{0,3}}\[\^{re.escape(label)}\]:(?:(?!\n[ \t]*\n(?! {{4}}|\t))(?!\n {{0,3}}(?:\[\^|:{{3}}))[\s\S])*\n*",
            "",
            text,
            flags=re.MULTILINE,
        )
    wanted = [(label, content) for label, content in new if label in uses]
    if not wanted:
        return text
    last = text.rstrip("\n").rpartition("\n")[2]
    gap = "\n" if re.match(r" {0,3}\[\^[^\]]+\]:", last) else "\n\n"
    lines = "\n".join(f"[^{label}]: {content}" for label, content in wanted)
    return text.rstrip("\n") + gap + lines + "\n"
