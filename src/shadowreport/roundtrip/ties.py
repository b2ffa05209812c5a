"""What else of a report knew a paragraph that was deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.source.front_matter import read, with_data
from shadowreport.source.yaml import Yaml


def without_ties(source: str, file: str, gone: Iterable[str]) -> str:
    """A section file whose front matter no longer ties paragraphs that are gone. Raises Failure.

    Sign-offs of the paragraph and other lists in the front matter are left to `invoke check`.
    """
    front, lost = _lost(source, file, gone)
    if not lost:
        return source
    kept = {key: tie for key, tie in front.data["paragraphs"].items() if key not in lost}
    data = {key: kept if key == "paragraphs" else value for key, value in front.data.items()}
    return with_data(
        source, file, {key: value for key, value in data.items() if value is not kept or kept}
    )


def lost_ties(source: str, file: str, gone: Iterable[str]) -> list[Diagnostic]:
    """A warning for each paragraph that is gone and said what it answers. Raises Failure."""
    front, lost = _lost(source, file, gone)
    hint = "give it to the paragraph that answers now, if there is one"
    found: list[Diagnostic] = []
    for key, tie in lost.items():
        said = "; ".join(f"{name} {_words(value)}" for name, value in tie.items())
        message = (
            f"paragraph '{_id(key)}' was deleted, joined to another or moved to another section; "
            f"its tie went with it: {said}"
        )
        place = front.place("paragraphs", key)
        found.append(Diagnostic("deleted-but-used", Place(file, place.line), message, hint))
    return found


def _lost(source: str, file: str, gone: Iterable[str]) -> tuple[Yaml, dict[str, Any]]:
    """The front matter, and the ties in it of paragraphs that are gone."""
    front, gone = read(source, file), set(gone)
    ties = front.data.get("paragraphs", {})
    return front, {key: tie for key, tie in ties.items() if _id(key) in gone}


def _id(key: str) -> str:
    return key.removeprefix("par-")


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


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
        # an id goes on with a letter, or a hyphen and one: "@par-a--@par-b" is a range
        pattern = re.compile(rf"@\{{?{re.escape(anchor)}(?!-?\w)")
        for name, text in sources.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                message = f"refers to @{anchor}, which was deleted in the returned file"
                hint = "remove the reference, or bring the paragraph back"
                found.append(Diagnostic("deleted-but-used", Place(name, line), message, hint))
    return found
