"""What else of a report knew a paragraph that was deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.source.section_map import FRONT_MATTER

_TIES = re.compile(r"^paragraphs:[ \t]*\n((?:[ \t]+\S.*\n|[ \t]*\n)+)", re.MULTILINE)
_ENTRY = re.compile(r"^([ \t]+)(?:par-)?([a-z0-9-]+):(?:.*\n)(?:\1[ \t]+\S.*\n)*", re.MULTILINE)


def without_ties(source: str, gone: Iterable[str]) -> str:
    """A section file whose front matter no longer ties paragraphs that are gone.

    Sign-offs of the paragraph and other lists in the front matter are left to `invoke check`.
    """
    gone = set(gone)
    front = FRONT_MATTER.match(source)
    ties = _TIES.search(source, 0, front.end()) if front else None
    if not gone or not ties:
        return source
    kept = _ENTRY.sub(lambda match: "" if match[2] in gone else match[0], ties[1])
    block = f"paragraphs:\n{kept}" if kept.strip() else ""
    return source[: ties.start()] + block + source[ties.end() :]


def lost_ties(source: str, file: str, gone: Iterable[str]) -> list[Diagnostic]:
    """A warning for each paragraph that is gone and said what it answers."""
    gone = set(gone)
    front = FRONT_MATTER.match(source)
    ties = _TIES.search(source, 0, front.end()) if front else None
    found: list[Diagnostic] = []
    for match in _ENTRY.finditer(ties[1]) if ties else ():
        if match[2] in gone:
            line = source.count("\n", 0, ties.start(1) + match.start()) + 1 if ties else 1
            message = f"paragraph '{match[2]}' was deleted or joined to another; its tie went with it:{match[0].partition(':')[2].rstrip()}"
            hint = "give it to the paragraph that answers now, if there is one"
            found.append(Diagnostic("deleted-but-used", Place(file, line), message, hint))
    return found


def used_elsewhere(
    project: Path, texts: Mapping[str, str], gone: Iterable[str]
) -> list[Diagnostic]:
    """A warning for each place that still refers to a paragraph that is gone."""
    found: list[Diagnostic] = []
    gone = list(dict.fromkeys(gone))
    if not gone:
        return found
    names = {f"sections/{path.name}" for path in (project / "sections").glob("*.md")}
    sources = {
        name: texts.get(name) or (project / name).read_text("utf-8", "replace")
        for name in sorted(names)
    }
    for anchor in gone:
        pattern = re.compile(rf"@\{{?{re.escape(anchor)}(?![\w-])")
        for name, text in sources.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                message = f"refers to @{anchor}, which was deleted in the returned file"
                hint = "remove the reference, or bring the paragraph back"
                found.append(Diagnostic("deleted-but-used", Place(name, line), message, hint))
    return found
