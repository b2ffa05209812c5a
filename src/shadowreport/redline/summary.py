"""The summary of a redline, to be read before it: what changed, by section, with both numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape as html_escape

from shadowreport.redline.marking import Entry
from shadowreport.source.write import escape

_MAX = 140
_BEFORE = 40  # characters that lead to a change


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its section's title and its numbers before and after (empty where none)."""

    entry: Entry
    section: str
    before: str
    after: str

    @property
    def numbers(self) -> str:
        """Such as 12 → 13; one number where both are the same."""
        if self.before and self.after:
            return self.before if self.before == self.after else f"{self.before} → {self.after}"
        return f"– → {self.after}" if self.after else f"{self.before} → –" if self.before else ""


def counted(lines: list[Line]) -> dict[str, int]:
    """How many paragraphs and the like were changed, added, removed, moved."""
    return dict(Counter(line.entry.what for line in lines))


def as_markdown(title: str, lines: list[Line]) -> str:
    """The summary as Markdown."""
    parts = [f"# Changes: {escape(title)}", "", _sentence(lines), ""]
    for section, rows in _by_section(lines):
        parts += [
            f"## {escape(section or 'Text')}",
            "",
            "| What | Number | By | Text |",
            "|---|---|---|---|",
        ]
        parts += [
            f"| {row.entry.what} {row.entry.kind} | {row.numbers} | {escape(row.entry.author)} | {escape(_excerpt(row))} |"
            for row in rows
        ]
        parts.append("")
    return "\n".join(parts)


def as_html(title: str, lines: list[Line]) -> str:
    """The summary as a web page."""
    body = [f"<h1>Changes: {html_escape(title)}</h1>", f"<p>{html_escape(_sentence(lines))}</p>"]
    for section, rows in _by_section(lines):
        body.append(f"<h2>{html_escape(section or 'Text')}</h2>")
        body.append(
            "<table><thead><tr><th scope=col>What<th scope=col>Number<th scope=col>By<th scope=col>Text</thead><tbody>"
        )
        body += [
            "<tr>"
            + "".join(
                f"<td>{html_escape(cell)}"
                for cell in (
                    f"{row.entry.what} {row.entry.kind}",
                    row.numbers,
                    row.entry.author,
                    _excerpt(row),
                )
            )
            for row in rows
        ]
        body.append("</tbody></table>")
    style = "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Changes: {html_escape(title)}</title><style>{style}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _sentence(lines: list[Line]) -> str:
    counts = counted(lines)
    if not counts:
        return "Nothing differs."
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) + "."


def _by_section(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    rows: dict[str, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.section, []).append(line)
    return list(rows.items())


def _excerpt(line: Line) -> str:
    """The words around what changed; of what came or went its first ones."""
    text, at = line.entry.text, _changed_at(line.entry)
    start = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if len(text) > _MAX else 0
    head = "..." if start else ""
    shown = head + text[start:]
    return shown if len(shown) <= _MAX else shown[: _MAX - 3] + "..."


def _changed_at(entry: Entry) -> int:
    """Where the text of something differs first from what it was; at its head where notes alone do."""
    if not entry.before or entry.before == entry.text:
        return 0
    pairs = enumerate(zip(entry.before, entry.text, strict=False))
    shorter = min(len(entry.before), len(entry.text))
    return next((at for at, (old, new) in pairs if old != new), shorter)
