"""The summary of a redline, to be read before it: what changed, by section, with both numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape as html_escape

from shadowreport.core.lexicon import Language
from shadowreport.redline import told
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


def as_markdown(words: Language, title: str, lines: list[Line]) -> str:
    """The summary as Markdown."""
    columns = _columns(words)
    parts = [f"# {escape(told.title(words, title))}", "", escape(_sentence(words, lines)), ""]
    for section, rows in _by_section(lines):
        parts += [
            f"## {escape(section or words['changes_text'])}",
            "",
            f"| {' | '.join(map(escape, columns))} |",
            "|---|---|---|---|",
        ]
        parts += [
            f"| {escape(_head(words, row))} | {row.numbers} | {escape(row.entry.author)} | {escape(_excerpt(row))} |"
            for row in rows
        ]
        parts.append("")
    return "\n".join(parts)


def as_html(words: Language, title: str, lines: list[Line]) -> str:
    """The summary as a web page."""
    heading = html_escape(told.title(words, title))
    body = [f"<h1>{heading}</h1>", f"<p>{html_escape(_sentence(words, lines))}</p>"]
    columns = "".join(f"<th scope=col>{html_escape(column)}" for column in _columns(words))
    for section, rows in _by_section(lines):
        body.append(f"<h2>{html_escape(section or words['changes_text'])}</h2>")
        body.append(f"<table><thead><tr>{columns}</thead><tbody>")
        body += [
            "<tr>"
            + "".join(
                f"<td>{html_escape(cell)}"
                for cell in (
                    _head(words, row),
                    row.numbers,
                    row.entry.author,
                    _excerpt(row),
                )
            )
            for row in rows
        ]
        body.append("</tbody></table>")
    style = "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid;padding:.3rem .6rem;text-align:start;vertical-align:top}"
    return (
        f'<!doctype html>\n<html lang="{words.language}" dir="{words.direction}"><head><meta charset="utf-8">'
        f"<title>{heading}</title><style>{style}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _sentence(words: Language, lines: list[Line]) -> str:
    return told.counted(words, (_head(words, line) for line in lines))


def _head(words: Language, line: Line) -> str:
    return told.head(words, line.entry.what, line.entry.kind)


def _columns(words: Language) -> tuple[str, ...]:
    return (
        *(words["changes_what"], words["label"]),
        *(words["changes_by"], words["changes_text"]),
    )


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
