"""Carries the steps of a returned file over to the present state of the section files.

Each leaf of the state that was sent is found again in the present one. Where both sides changed the
same words, the present text stays and the other one is put below it as a note that names its author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shadowreport.compare.pairing import Row, pair
from shadowreport.compare.text import BREAK, NOTE, plain_text
from shadowreport.compare.words import merge
from shadowreport.roundtrip.changes import NEW_BREAK, apply
from shadowreport.roundtrip.markdown import Piece, write
from shadowreport.roundtrip.returned import WordChar, WordFile, WordText
from shadowreport.roundtrip.steps import Addition, Edit, Left, Remark, Removal, Script
from shadowreport.source.edit import clean, division, next_marker, with_definitions
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Leaf, Outline
from shadowreport.source.write import escape, guard_start, one_sentence_a_line
from shadowreport.source.yaml_edit import scalar

_BLANK = re.compile(r"[ \t]*\n?(?:[ \t]*\n)*")
_USE = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(slots=True)
class Conflict:
    """Both sides changed a paragraph: its place, the present text, and the other one."""

    section: str
    place: str
    present: str
    theirs: str
    author: str


@dataclass(slots=True)
class Outcome:
    """The new texts of section files by section, what conflicts, what cannot come back."""

    texts: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    new_ids: list[str] = field(default_factory=list)
    gone_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Splice:
    start: int
    end: int
    text: str
    order: int


@dataclass(slots=True)
class _Target:
    """A section file of the present state while steps are put into it."""

    base: Outline
    present: Outline
    of: dict[int, Leaf | None]
    splices: list[_Splice] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)  # starts of the leaves that go
    definitions: list[tuple[str, str]] = field(default_factory=list)
    last: dict[int, str] = field(default_factory=dict)  # kind of what was put last at a place

    def leaf(self, leaf: Leaf) -> Leaf | None:
        """The present leaf of one that was sent."""
        return (
            self.present.footnotes.get(leaf.anchor)
            if leaf.kind == "footnote"
            else self.of.get(leaf.start)
        )

    def put(self, start: int, end: int, text: str, order: int) -> None:
        """Remembers a replacement."""
        self.splices.append(_Splice(start, end, text, order))

    def source_of(self, leaf: Leaf) -> str:
        """The present source of a leaf's text."""
        return self.present.source[leaf.start : leaf.end]


def carry_over(
    steps: Script,
    bases: Mapping[str, Outline],
    presents: Mapping[str, Outline],
    back: WordFile,
    ids: Ids,
    included: Callable[[str], bool],
    named: Callable[[str], str],
    changed_by: Callable[[str], str] = lambda _: "",
) -> Outcome:
    """The present files with the steps of the authors that are included.

    `named` gives the name to print for an author, `changed_by` who changed a present file last; ids
    are given once, whoever is included.
    """
    return _Carrier(bases, presents, back, ids, included, named, changed_by).carry(steps)


class _Carrier:
    def __init__(
        self,
        bases: Mapping[str, Outline],
        presents: Mapping[str, Outline],
        back: WordFile,
        ids: Ids,
        included: Callable[[str], bool],
        named: Callable[[str], str],
        changed_by: Callable[[str], str],
    ) -> None:
        self.back, self.ids, self.included, self.named = back, ids, included, named
        self.changed_by = changed_by
        self.outcome = Outcome()
        self.targets = {
            name: _Target(base, presents[name], match(base, presents[name]))
            for name, base in bases.items()
            if name in presents
        }
        self.order = 0
        self.conflicted: set[tuple[str, int]] = set()

    def carry(self, steps: Script) -> Outcome:
        """Puts every step in; then writes the texts."""
        for edit in steps.edits:
            self._edit(edit)
        for removal in steps.removals:
            if self.included(removal.author):
                self._removal(removal)
        for remark in steps.remarks:
            if self.included(remark.author) and remark.word is None:
                self._remark(remark)
        for addition in steps.additions:
            if self.included(addition.author):
                self._addition(
                    addition,
                    [item for item in steps.remarks if item.word is addition.word is not None],
                )
        for name, target in self.targets.items():
            text = self._text(target)
            if text != target.present.source:
                self.outcome.texts[name] = text
        return self.outcome

    def _target(self, outline: Outline, place: str, what: str) -> _Target | None:
        target = self.targets.get(outline.name)
        if target is None:
            self.outcome.left.append(
                Left(place, f"its section '{outline.name}' is no longer there; {what}", "structure")
            )
        return target

    # --- changed texts --------------------------------------------------------------------------

    def _edit(self, edit: Edit) -> None:
        if not any(self.included(op.author) for op in edit.change.ops):
            return
        first = edit.leaves[0]
        target = self._target(edit.outline, first.anchor, "its changes are lost")
        if target is None:
            return
        theirs = apply(edit.change, self.included, self._noter(target))
        if theirs == edit.change.source:
            return
        author = next((op.author for op in edit.change.ops if self.included(op.author)), "")
        bases = edit.change.source.split(BREAK)
        texts, gone = self._shares(edit, theirs)
        if self._is_done(target, texts, gone):
            return
        for index, (leaf, base) in enumerate(zip(edit.leaves, bases, strict=True)):
            here = target.leaf(leaf)
            text = texts.get(index)
            if here is None:
                self._conflict(target, leaf, None, text or "", author, "was removed meanwhile")
                return
            present = target.source_of(here)
            merged = (
                merge(base, present, text)
                if text is not None
                else (None if present != base else "")
            )
            if merged is None:
                self._conflict(
                    target,
                    leaf,
                    here,
                    theirs.replace(BREAK, "\n\n").replace(NEW_BREAK, "\n\n"),
                    author,
                    "was changed meanwhile",
                )
                return
        for index, (leaf, base) in enumerate(zip(edit.leaves, bases, strict=True)):
            here = target.leaf(leaf)
            if here is None:
                continue
            text = texts.get(index)
            if index in gone or text is None:
                self._take_out(target, here)
                continue
            merged = merge(base, target.source_of(here), text) or ""
            self._put_text(target, here, merged)

    def _is_done(self, target: _Target, texts: Mapping[int, str], gone: set[int]) -> bool:
        """Whether the paragraphs stand split or joined already, because the file was merged before."""
        if not gone and not any(NEW_BREAK in text for text in texts.values()):
            return False
        sources = {target.source_of(leaf) for leaf in target.present.leaves}
        wanted = [
            piece.strip()
            for text in texts.values()
            for piece in text.split(NEW_BREAK)
            if piece.strip()
        ]
        return all(piece in sources for piece in wanted)

    def _shares(self, edit: Edit, theirs: str) -> tuple[dict[int, str], set[int]]:
        """The new text of each leaf of a group; a leaf whose BREAK went is part of the one before."""
        breaks = [at for at, char in enumerate(edit.change.chars) if char.atom == "break"]
        gone = {
            number + 1
            for number, at in enumerate(breaks)
            for op in edit.change.ops
            if self.included(op.author) and op.i1 <= at < op.i2
        }
        kept = [index for index in range(len(edit.leaves)) if index not in gone]
        return dict(zip(kept, theirs.split(BREAK), strict=False)), gone

    def _put_text(self, target: _Target, leaf: Leaf, text: str) -> None:
        old = target.source_of(leaf)
        if leaf.kind == "title":
            quoted = leaf.block_start < leaf.start
            self._splice(target, leaf.block_start, leaf.block_end, scalar(text, quoted=quoted))
            return
        text = self._split(leaf, text)
        if text != old:
            self._splice(target, leaf.start, leaf.end, text)

    def _split(self, leaf: Leaf, text: str) -> str:
        """The pieces of a split paragraph, each with its own marker or id."""
        if NEW_BREAK not in text:
            return text
        first, *rest = [piece.strip() for piece in text.split(NEW_BREAK)]
        if not first and rest:
            first = rest.pop(0)
        parts = [first]
        for piece in rest:
            if piece:
                parts.append(self._lead(leaf.kind, leaf, piece) + guard_start(piece))
        return "".join(parts)

    def _lead(self, kind: str, near: Leaf, text: str) -> str:
        """What stands before a new piece of a kind: blank lines, a marker, an id."""
        if kind == "item":
            return "\n" + next_marker(near.marker or "- ")
        if kind == "quote":
            return "\n>\n> "
        if kind == "continued":
            return "\n\n{.continued}\n"
        if kind in ("paragraph", "recommendation"):
            identifier = self.ids.new(text, kind)
            if identifier not in self.outcome.new_ids:
                self.outcome.new_ids.append(identifier)
            return f"\n\n{{#{identifier}}}\n"
        return " " if kind in ("cell", "caption", "footnote", "heading", "title") else "\n\n"

    # --- removed --------------------------------------------------------------------------------

    def _removal(self, removal: Removal) -> None:
        target = self._target(removal.outline, removal.leaf.anchor, "nothing is left to delete")
        here = target.leaf(removal.leaf) if target else None
        if target is None or here is None:
            return
        base = removal.outline.source[removal.leaf.start : removal.leaf.end]
        if target.source_of(here) != base:
            self._conflict(
                target,
                removal.leaf,
                here,
                "",
                removal.author,
                "was deleted in the returned file, and changed meanwhile",
            )
            return
        self._take_out(target, here)

    def _take_out(self, target: _Target, leaf: Leaf) -> None:
        target.removed.add(leaf.start)
        source = target.present.source
        start = leaf.block_start
        end = leaf.block_end
        if leaf.box >= 0:
            inside = [item for item in target.present.leaves if item.box == leaf.box]
            if all(item.start in target.removed for item in inside):
                start, end = target.present.boxes[leaf.box]
                target.splices = [
                    item
                    for item in target.splices
                    if not (item.start >= start and item.end <= end + 2 and not item.text)
                ]
        blank = _BLANK.match(source, end)
        stop = blank.end() if blank else end
        if leaf.kind == "item":
            newline = source.find("\n", end)
            following = next(
                (item for item in target.present.leaves if item.start > leaf.start), None
            )
            listed = (
                following is not None and following.kind == "item" and following.top == leaf.top
            )
            stop = newline + 1 if newline >= 0 and (listed or start > 0) else stop
        if stop >= len(source):
            stop = len(source.rstrip("\n")) + 1 if end < len(source) else stop
        self._splice(target, start, max(end, stop), "")
        if leaf.anchor.startswith(("par-", "rec-")) and leaf.named:
            self.outcome.gone_ids.append(leaf.anchor)

    # --- added and moved --------------------------------------------------------------------------

    def _addition(self, addition: Addition, remarks: Sequence[Remark]) -> None:
        target = self._target(addition.outline, addition.after.anchor, "the new paragraph is lost")
        if target is None:
            return
        if addition.moved:
            self._moved(addition, addition.moved, target)
            return
        word = addition.word
        if word is None or self._is_there(target, word):
            return
        pieces = [Piece(char) for char in word.chars]
        text = write(pieces, frozenset(), self._noter(target)).strip()
        if addition.kind in ("paragraph", "recommendation", "continued"):
            text = one_sentence_a_line(text)
        text = "\n".join(map(guard_start, text.split("\n")))
        notes = "".join(self._note(item) for item in remarks)
        self._put_block(target, addition, text, notes)

    def _is_there(self, target: _Target, word: WordText) -> bool:
        """Whether the same file was merged before."""
        known = {item.start for item in target.of.values() if item}
        wanted = plain_text(word.text.replace(NOTE, ""))
        return any(
            plain_text(leaf.text.replace(NOTE, "")) == wanted
            for leaf in target.present.leaves
            if leaf.start not in known
        )

    def _moved(self, addition: Addition, edit: Edit, target: _Target) -> None:
        leaf = edit.leaves[0]
        origin = self._target(edit.outline, leaf.anchor, "it was not moved")
        here = origin.leaf(leaf) if origin else None
        if origin is None or here is None or len(edit.leaves) > 1:
            return
        theirs = apply(edit.change, self.included, self._noter(target))
        merged = merge(edit.change.source, origin.source_of(here), theirs)
        if merged is None:
            self._conflict(
                origin,
                leaf,
                here,
                theirs,
                addition.author,
                "was moved and changed in the returned file, and changed meanwhile",
            )
            return
        if _neighbour(target, addition.after) is not None and self._in_place(
            origin, target, here, addition
        ):
            self._put_text(origin, here, merged)
            return
        block = origin.present.source[here.block_start : here.start] + self._split(here, merged)
        if origin is not target:
            block = self._bring_notes(block, origin, target)
        gone = list(self.outcome.gone_ids)
        self._take_out(origin, here)
        self.outcome.gone_ids = gone
        self._put_block(target, addition, block, "", ready=True)

    def _in_place(self, origin: _Target, target: _Target, here: Leaf, addition: Addition) -> bool:
        """Whether the present state has it there already."""
        after = _neighbour(target, addition.after)
        if origin is not target or after is None:
            return False
        row = origin.present.leaves
        starts = [leaf.start for leaf in row]
        return (
            starts.index(here.start) == starts.index(after.start) + 1
            if after.start in starts
            else False
        )

    def _bring_notes(self, block: str, origin: _Target, target: _Target) -> str:
        """Footnotes of a paragraph that goes to another file, under labels that are free there."""

        def label(match: re.Match[str]) -> str:
            leaf = origin.present.footnotes.get(match[1])
            if leaf is None:
                return match[0]
            text = origin.present.source[leaf.start : leaf.end]
            return f"[^{self._define(target, text)}]"

        return _USE.sub(label, block)

    def _put_block(
        self, target: _Target, addition: Addition, text: str, notes: str, *, ready: bool = False
    ) -> None:
        after = _neighbour(target, addition.after)
        if after is None:
            self.outcome.left.append(
                Left(addition.after.anchor, f"no place was found for: {text}", "structure")
            )
            return
        kind = addition.kind
        source = target.present.source
        if after.kind == "title":
            at = target.present.body
            at += len(source[at:]) - len(source[at:].lstrip("\n"))
            body = text if ready else self._lead(kind, after, text).lstrip("\n") + text
            if kind == "heading" and not ready:
                body = "## " + text
            if kind == "item" and not ready:
                body = "- " + text
            self._splice(target, at, at, body + notes + "\n\n")
            return
        at, lead = self._place(target, after, kind)
        if ready:
            lead = "\n\n"
            if kind == "recommendation" and after.box < 0:
                text = f"::: recommendations\n{text}\n:::"
        elif kind == "heading":
            lead = "\n\n" + "#" * max(2, addition.level - 1) + " "
        elif kind == "recommendation" and after.box < 0:
            lead, text = (
                "\n\n::: recommendations" + self._lead(kind, after, text)[1:],
                f"{text}\n:::",
            )
        elif kind != "item":
            lead = self._lead(kind, after, text)
            if kind == "quote" and after.kind != "quote":
                lead = "\n\n> "
        if kind == "item":
            listed = target.last.get(at, after.kind) == "item"
            marker = (
                next_marker(after.marker)
                if after.kind == "item"
                else ("1. " if addition.ordered else "- ")
            )
            lead = ("\n" if listed else "\n\n") + ("" if ready else marker)
        target.last[at] = kind
        self._splice(target, at, at, lead + text + notes + self._parting(target, after, kind, at))

    def _parting(self, target: _Target, after: Leaf, kind: str, at: int) -> str:
        """A paragraph in the middle of a list parts it in two: the rest becomes its own list."""
        inside = after.kind in ("item", "quote") and at == after.block_end
        goes_on = inside and at < _end_of_top(target.present, after)
        return "\n" if goes_on and kind not in ("item", "quote") else ""

    def _place(self, target: _Target, after: Leaf, kind: str) -> tuple[int, str]:
        """Behind which character of the source something new goes."""
        present = target.present
        if kind == "recommendation" and after.box >= 0:
            return after.block_end, "\n\n"
        if after.box >= 0:
            return present.boxes[after.box][1], "\n\n"
        nested = present.source[after.block_start : after.block_start + 1] in (" ", "\t")
        if after.kind == "item" and (kind == "item" or not nested):
            return after.block_end, "\n\n"
        if after.kind == "quote":
            return after.block_end, "\n>\n> " if kind == "quote" else "\n\n"
        return _end_of_top(present, after), "\n\n"

    # --- notes ------------------------------------------------------------------------------------

    def _remark(self, remark: Remark) -> None:
        target = self._target(
            remark.outline, remark.leaf.anchor, f"the comment by {remark.author}: {remark.text}"
        )
        here = _neighbour(target, remark.leaf) if target else None
        if target is None or here is None:
            return
        note = self._note(remark)
        if note.strip() in target.present.source:
            return
        self._put_note(target, here, note)

    def _note(self, remark: Remark) -> str:
        quoted = escape(f"On “{remark.quoted[:200]}”: ") if remark.quoted else ""
        return division(
            self.named(remark.author), remark.date, quoted + escape(remark.text.strip())
        )

    def _put_note(self, target: _Target, leaf: Leaf, note: str) -> None:
        if leaf.kind == "title":
            at = target.present.body
            self._splice(target, at, at, note.lstrip("\n") + "\n\n")
            return
        at = (
            target.present.boxes[leaf.box][1]
            if leaf.box >= 0
            else _end_of_top(target.present, leaf)
        )
        self._splice(target, at, at, note)

    def _conflict(
        self, target: _Target, leaf: Leaf, here: Leaf | None, theirs: str, author: str, why: str
    ) -> None:
        key = (target.base.name, leaf.start)
        place = leaf.anchor or leaf.text[:60]
        present = target.source_of(here) if here else ""
        if key not in self.conflicted:
            self.conflicted.add(key)
            self.outcome.conflicts.append(
                Conflict(target.base.name, place, present, theirs, self.named(author))
            )
        where = here or _neighbour(target, leaf)
        if where is None:
            return
        name = self.named(author)
        by = self.changed_by(target.present.file)
        whose = f"the present one, last changed by {escape(by)}" if by else "the present one"
        head = f"Conflict: this paragraph ({escape(place)}) {why}.\nThe text above is {whose}.\n"
        tail = (
            f"The text of {escape(name)} is:\n\n{theirs}"
            if theirs
            else f"{escape(name)} deleted it."
        )
        known = (
            f"({escape(place)}) {why}." in target.present.source and tail in target.present.source
        )
        if not known:
            self._put_note(target, where, division(name, "", head + tail))

    def _noter(self, target: _Target) -> Callable[[WordChar], str]:
        def note(char: WordChar) -> str:
            text = self.back.notes.get(char.note)
            content = (
                write([Piece(item) for item in text.chars], frozenset(), lambda _: "").strip()
                if text
                else ""
            )
            return f"[^{self._define(target, ' '.join(content.split()))}]" if content else ""

        return note

    def _define(self, target: _Target, text: str) -> str:
        """The label of a footnote with a text, new where no such footnote is there."""
        for label, leaf in target.present.footnotes.items():
            if target.source_of(leaf) == text:
                return label
        for label, known in target.definitions:
            if known == text:
                return label
        label = self.ids.label(target.base, target.present, text)
        target.definitions.append((label, text))
        return label

    # --- writing ----------------------------------------------------------------------------------

    def _splice(self, target: _Target, start: int, end: int, text: str) -> None:
        self.order += 1
        target.put(start, end, text, self.order)

    def _text(self, target: _Target) -> str:
        source = target.present.source
        parts: list[str] = []
        at = 0
        for item in sorted(
            target.splices, key=lambda item: (item.start, item.end > item.start, item.order)
        ):
            if item.start < at and item.end > item.start:
                item.start = at
            parts += [source[at : item.start], item.text]
            at = max(at, item.end)
        text = "".join([*parts, source[at:]])
        if not target.splices:
            return text
        return with_definitions(clean(text, source), target.definitions, source)


def match(base: Outline, present: Outline) -> dict[int, Leaf | None]:
    """For each leaf of the state that was sent (by its start) the present one."""
    if base.source == present.source:
        return {leaf.start: leaf for leaf in base.leaves}
    pairing = pair(
        [_as_row(leaf) for leaf in base.leaves], [_as_row(leaf) for leaf in present.leaves]
    )
    return {
        leaf.start: present.leaves[new] if new >= 0 else None
        for leaf, new in zip(base.leaves, pairing.sent, strict=True)
    }


def _as_row(leaf: Leaf) -> Row:
    named = leaf.named and leaf.anchor
    return Row(leaf.text, leaf.kind, {leaf.anchor: (0, 1)} if named else {}, leaf.cell)


def _neighbour(target: _Target, leaf: Leaf) -> Leaf | None:
    """The present leaf of one that was sent, or of the nearest one before it that is still there."""
    row = target.base.leaves
    index = next((i for i, item in enumerate(row) if item.start == leaf.start), len(row) - 1)
    for item in reversed(row[: index + 1]):
        found = target.of.get(item.start)
        if found is not None and found.start not in target.removed:
            return found
    return None


def _end_of_top(present: Outline, leaf: Leaf) -> int:
    return present.tops[leaf.top][1] if 0 <= leaf.top < len(present.tops) else leaf.block_end
