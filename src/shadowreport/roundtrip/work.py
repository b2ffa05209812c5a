"""What all steps of a merge have in hand while they are carried over, and what comes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from shadowreport.roundtrip.known import Known
from shadowreport.roundtrip.markdown import Marks, Piece, write
from shadowreport.roundtrip.returned import WordChar, WordFile
from shadowreport.roundtrip.steps import Left, Remark
from shadowreport.roundtrip.target import OverlapError, Target
from shadowreport.source.edit import next_marker
from shadowreport.source.ids import Ids, beginning
from shadowreport.source.leaf import Leaf, Outline

_ALIKE = 0.8  # of the letters of two footnotes


@dataclass(slots=True)
class Conflict:
    """Both sides changed a paragraph: its place, the present text, and the other one; the first line of
    the note on it."""

    section: str
    place: str
    present: str
    theirs: str
    author: str
    head: str = ""


@dataclass(slots=True)
class Outcome:
    """The new texts of section files by section, what conflicts, what cannot come back."""

    texts: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    new_ids: list[str] = field(default_factory=list)
    gone_ids: list[str] = field(default_factory=list)
    sent_away: list[tuple[str, str]] = field(default_factory=list)
    """Paragraphs that went to another section: the one that they left, and their anchors."""


@dataclass(frozen=True, slots=True)
class Authors:
    """Whose steps are carried over, the name to print for an author, and who changed some lines of a
    present file last (from one to another; the file, where it is 0)."""

    included: Callable[[str], bool]
    named: Callable[[str], str]
    changed_by: Callable[[str, int, int], str] = lambda *_: ""


@dataclass(frozen=True, slots=True)
class Work:
    """The present files, the returned file with its footnotes, the ids (given once, whoever is
    included), what a full stop may follow in a sentence, and the outcome so far."""

    targets: Mapping[str, Target]
    back: WordFile
    ids: Ids
    abbreviations: Collection[str]
    authors: Authors
    known: Known = field(default_factory=Known)
    outcome: Outcome = field(default_factory=Outcome)
    asked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often an id was asked for a new paragraph: kind, leaf before it, first words."""
    conflicted: set[tuple[str, int]] = field(default_factory=set)  # sections, starts of leaves
    remarks: Collection[Remark] = ()  # all of the file
    claimed: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    """Notes that stand already: section, place, the comment; how many are known as one of the file's."""

    def target(self, outline: Outline, place: str, what: str) -> Target | None:
        """The present file of a section; where it is gone, `what` follows from that is said."""
        found = self.targets.get(outline.name)
        if found is None:
            self.leave(place, f"its section '{outline.name}' is no longer there; {what}")
        return found

    def leave(self, place: str, what: str) -> None:
        """Remembers something that cannot be brought back."""
        self.outcome.left.append(Left(place, what, "structure"))

    def do(self, leaf: Leaf, step: Callable[[], None]) -> None:
        """Carries a step at a leaf over: whole, or, where it meets another one, not at all."""
        counts = {name: target.count() for name, target in self.targets.items()}
        gone, away = len(self.outcome.gone_ids), len(self.outcome.sent_away)
        try:
            step()
        except OverlapError as error:
            for name, count in counts.items():
                self.targets[name].keep(count)
            del self.outcome.gone_ids[gone:]
            del self.outcome.sent_away[away:]
            what = "its change meets another one in the same words; put it in by hand"
            new = f": {error}" if str(error).strip() else ""
            self.leave(leaf.anchor or leaf.text[:60], what + new)

    def lead(self, kind: str, near: Leaf, text: str) -> str:
        """What stands before a new piece of a kind: blank lines, a marker, an id."""
        if kind == "item":
            return "\n" + next_marker(near.marker or "- ")
        if kind == "quote":
            return "\n>\n> "
        if kind == "continued":
            return "\n\n{.continued}\n"
        if kind in ("paragraph", "point", "recommendation"):
            place = (kind, near.anchor or near.text, beginning(text))
            self.asked[place] += 1
            identifier = self.ids.new(text, kind, place[1], str(self.asked[place]))
            if identifier not in self.outcome.new_ids:
                self.outcome.new_ids.append(identifier)
            return f"\n\n{{#{identifier}}}\n"
        return " " if kind in ("cell", "caption", "footnote", "heading", "title") else "\n\n"

    def marks(self, target: Target) -> Marks:
        """Writes marks: those of citations and footnotes that are known, and those of new footnotes,
        whose text it puts into a file."""

        def note(char: WordChar) -> str:
            said = self.back.note_text(char.note)
            if said in self.known.citations:
                return self.known.citations[said]
            text = self.back.notes.get(char.note)
            pieces = [Piece(item) for item in text.chars] if text else []
            inside = Marks(lambda _: "", self.known.ranges)
            typed = " ".join(write(pieces, frozenset(), inside).split())
            content = self.known.notes.get(said, typed)
            if content and said not in self.known.notes:
                self._tell_alike(said)
            return f"[^{self.define(target, content)}]" if content else ""

        return Marks(note, self.known.ranges)

    def _tell_alike(self, said: str) -> None:
        """A new footnote that reads nearly as a citation's, such as a changed copy of one, is text: it has
        no tie to a source any more, or none yet."""
        alike = get_close_matches(said, self.known.citations, 1, _ALIKE)
        if alike:
            cited = self.known.citations[alike[0]].strip()
            what = f"the footnote '{said[:80]}' came in as typed; write {cited} instead if it cites the same source"
            left = Left(said[:60], what, "note")
            if left not in self.outcome.left:
                self.outcome.left.append(left)

    def define(self, target: Target, text: str) -> str:
        """The label of a footnote with a text, new where no such footnote is there."""
        for label, leaf in target.present.footnotes.items():
            if target.source_of(leaf) == text and not target.changes(leaf):
                return label
        for label, known in target.definitions:
            if known == text:
                return label
        label = self.ids.label(target.base, target.present, text)
        target.definitions.append((label, text))
        return label
