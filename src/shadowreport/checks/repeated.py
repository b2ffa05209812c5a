"""Checks for what stands in a report twice: a passage that came in by two ways, a row that two people added."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.core.ast import plain
from shadowreport.core.ids import is_withheld
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Paragraph, Place, Recommendation, Report
from shadowreport.core.unwritten import has_gap

_CODE = "said-twice"
_WORDS = 8  # shorter ones, such as "No data were published.", may well be said again


def texts(report: Report) -> Iterator[Diagnostic]:
    """Paragraphs that stand in the report twice, word for word, and recommendations that do."""
    seen: dict[tuple[str, str], Place] = {}
    for kind, item in _items(report):
        said = " ".join(plain(item.blocks).split())
        if len(said.split()) < _WORDS or has_gap(said) or is_withheld(item.id) or item.withheld:
            continue
        first = seen.setdefault((kind, said), item.place)
        if first is not item.place:
            message = f"this {kind} stands word for word at {first.file}:{first.line} too"
            yield Diagnostic(
                _CODE, item.place, message, "delete one of them, and refer to the other"
            )


def _items(report: Report) -> Iterator[tuple[str, Paragraph | Recommendation]]:
    for section in report.sections:
        yield from (("paragraph", item) for item in section.paragraphs())
        for box in section.boxes():
            yield from (("recommendation", own) for own in box.recommendations)


def rows(report: Report) -> Iterator[Diagnostic]:
    """Rows that stand in a table of earlier recommendations twice, and demands that stand in a row twice."""
    for section in report.sections:
        seen: set[tuple[str, ...]] = set()
        for row in section.rows:
            names = tuple(mention.id for mention in row)
            if names in seen or len(set(names)) < len(names):
                message = f"the row of {', '.join(dict.fromkeys(names))} is printed twice"
                if names not in seen:
                    message = f"a demand stands twice in the row of {', '.join(names)}"
                yield Diagnostic(_CODE, row[0].place, message, "delete one of the two")
            seen.add(names)
