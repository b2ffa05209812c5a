"""Writes section files that people wrote: no line differs but those whose words do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

from shadowreport.machine.files import MAX_SECTION, read_bytes
from shadowreport.machine.write import write
from shadowreport.source.front_matter import read

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = b"\xef\xbb\xbf"


def rewrite(project: Path, texts: Mapping[str, str]) -> list[Path]:
    """Writes the new texts of section files, and of report.yaml beside them, by their names in the project;
    all or none. A file that is not there yet is made.

    A text is as `read_text` gave it, with plain line ends; the file keeps its own. Raises Failure
    where a new text is no section file, or where the folder cannot be written.
    """
    files: dict[str, bytes] = {}
    for name, text in texts.items():
        if name.endswith(".md"):
            read(text, name)
        there = (project / name).exists()
        found = read_bytes(project / name, name, MAX_SECTION) if there else b""
        files[Path(name).name] = as_found(found, text)
    return write(project / "sections", files) if files else []


def as_found(found: bytes, text: str) -> bytes:
    """A text with the byte-order mark and the line ends of the file that it was made from: a line
    that was there keeps its own, a new one has the usual one of the file."""
    old = found.decode("utf-8-sig")
    ends = _LINE_END.findall(old)
    usual = max(dict.fromkeys(ends), key=ends.count, default="\n")
    lines = text.split("\n")
    new = [usual] * (len(lines) - 1)
    if len(set(ends)) > 1:
        matcher = SequenceMatcher(None, _LINE_END.split(old), lines, autojunk=False)
        for i, j, count in matcher.get_matching_blocks():
            count = min(count, len(ends) - i, len(new) - j)
            new[j : j + count] = ends[i : i + count]
    mark = _MARK if found.startswith(_MARK) else b""
    return mark + "".join(map("".join, zip(lines, [*new, ""], strict=True))).encode()
