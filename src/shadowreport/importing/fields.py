"""Live references that stand in a Word file as fields: those of our own DOCX."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.importing.draft import Draft, Inline, Reference
from shadowreport.word.content import Run
from shadowreport.word.ours import referred


def from_fields(inlines: list[Inline]) -> Iterator[Inline]:
    """References that our own DOCX holds as REF fields; the field's result is dropped."""
    last = ""
    for item in inlines:
        target = _field_target(item) if isinstance(item, Run) else ""
        if not target:
            yield item
        elif target != last and isinstance(item, Run):
            yield Reference(target, item.text)
        last = target


def spans_of(draft: Draft) -> dict[tuple[str, str], str]:
    """The first and the last paragraph of every section that has several: its reference."""
    found: dict[tuple[str, str], str] = {}
    for section in draft.sections:
        inside = list(section.paragraphs())
        if len(inside) > 1:
            found[f"par-{inside[0].id}", f"par-{inside[-1].id}"] = f"sec-{section.name}"
    return found


def whole_sections(inlines: list[Inline], spans: dict[tuple[str, str], str]) -> list[Inline]:
    """Two references with a dash between that are a whole section become one to the section; that to a
    paragraph, a dot and one to a recommendation below it become one to the recommendation."""
    result: list[Inline] = []
    for item in inlines:
        result.append(item)
        if len(result) < 3:
            continue
        first, between, last = result[-3:]
        if not (isinstance(first, Reference) and isinstance(last, Reference)):
            continue
        joint = between.text if isinstance(between, Run) else ""
        whole = {
            "–": spans.get((first.target, last.target)),
            ".": last.target if last.target.startswith("rec-") else None,
        }
        if target := whole.get(joint):
            result[-3:] = [Reference(target, f"{first.shown}{joint}{last.shown}")]
    return result


def _field_target(run: Run) -> str:
    return next(filter(None, map(referred, run.fields)), "")
