"""The matrix as a form: in the columns in which a body asks for comments, or in those of a plan for
carrying out, of which the State fills in the last ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shadowreport.core.lexicon import Language
from shadowreport.outcomes.matrix import Matrix, Row, Target
from shadowreport.outcomes.outcome import outcomes

# nobody prescribes these: they are what trackers of States have in common
_PLAN = (
    *("recommendation", "source", "assessment", "ours", "responsible"),
    *("action", "indicator", "timeline", "status"),
)


@dataclass(frozen=True, slots=True)
class _Column:
    """The word at its head, its width in characters, and what stands in it."""

    head: str
    width: int
    text: Callable[[Form, Row], str]


class Form:
    """The columns of a form, in words, and what stands in them; one table of all themes (`together`) has
    a column for the theme in any case."""

    def __init__(self, matrix: Matrix, words: Language, *, together: bool = False) -> None:
        self.words, self.names = words, matrix.form or _PLAN
        if together and "theme" not in self.names:
            self.names = ("theme", *self.names)
        self.columns = [_COLUMNS[name] for name in self.names]
        self._themes = {theme.name: theme.title for theme in matrix.themes}
        self._kinds = outcomes(matrix, words)

    def heads(self) -> list[str]:
        """The words at the heads of the columns."""
        return [self.words[column.head] for column in self.columns]

    def widths(self) -> list[int]:
        """How wide the columns are, in characters."""
        return [column.width for column in self.columns]

    def cells(self, row: Row) -> list[str]:
        """What stands in the columns; nothing where only the State knows it."""
        return [column.text(self, row) for column in self.columns]

    def recommendation(self, row: Row) -> str:
        """The demand, after its number where no other column has it; its response only where that has no
        column of its own."""
        number = "" if "source" in self.names else f"{row.paragraph} "
        return number + (row.asked if "position" in self.names else row.text)

    def source(self, row: Row) -> str:
        """The document and the paragraph of the demand."""
        return (
            f"{row.symbol}, {self.words['matrix_paragraph'].replace('{paragraph}', row.paragraph)}"
        )

    def theme(self, row: Row) -> str:
        """The title of its theme."""
        return self._themes[row.theme]

    def assessment(self, row: Row) -> str:
        """The finding, the paragraphs that show it, and what their authors say of it in short."""
        numbers = [item.label for item in row.answers if item.label]
        word = self.words["paragraph" if len(numbers) == 1 else "paragraphs"].lower()
        places = f" ({word} {', '.join(numbers)})" if numbers else ""
        said = [row.reason, *(item.short for item in row.answers)]
        return "\n".join(filter(None, (self._kinds[row.outcome].name + places, *said)))


def _ours(targets: tuple[Target, ...]) -> str:
    return "\n".join(f"{item.label}. {item.text}" if item.label else item.text for item in targets)


def _empty(_form: Form, _row: Row) -> str:
    return ""


_COLUMNS = {
    "recommendation": _Column("matrix_recommendation", 50, Form.recommendation),
    "source": _Column("plan_source", 20, Form.source),
    "position": _Column("plan_position", 14, lambda _, row: row.position),
    "theme": _Column("matrix_theme", 24, Form.theme),
    "assessment": _Column("plan_assessment", 40, Form.assessment),
    "ours": _Column("matrix_ours", 50, lambda _, row: _ours(row.ours)),
    "responsible": _Column("plan_responsible", 24, lambda _, row: "\n".join(row.addressees)),
    "action": _Column("plan_action", 30, _empty),
    "indicator": _Column("plan_indicator", 20, _empty),
    "timeline": _Column("plan_timeline", 14, _empty),
    "status": _Column("plan_status", 14, _empty),
}
