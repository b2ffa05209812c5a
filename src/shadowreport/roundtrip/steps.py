"""What a returned file asks for, as steps on the sources that it was sent from.

Nothing here looks at the present state of the files; see carry.py for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from shadowreport.compare.pairing import Pairing, pair
from shadowreport.compare.text import NOTE, PICTURE, normal, plain_text
from shadowreport.roundtrip.change import Change
from shadowreport.roundtrip.changes import compare
from shadowreport.roundtrip.known import Known, known
from shadowreport.roundtrip.origin import Sent, mapping
from shadowreport.roundtrip.returned import WordFile, WordText
from shadowreport.roundtrip.sections import in_sent_order
from shadowreport.source.leaf import Kind, Leaf, Outline
from shadowreport.word import ours

_STYLES: Mapping[str, Kind] = {
    ours.NUMBERED: "paragraph",
    ours.BODY: "paragraph",
    ours.FIRST: "paragraph",
    ours.CONTINUED: "continued",
    ours.SUMMARY: "point",
    ours.BOX_RECOMMENDATION: "recommendation",
    ours.BOX_SINGLE: "recommendation",
    ours.BOX_CONTINUED: "recommendation",
    ours.QUOTATION: "quote",
    ours.COMPACT: "item",
    ours.LISTED: "item",
}
_BY_STYLE: dict[str, Kind] = {style.lower(): kind for style, kind in _STYLES.items()}
_GENERATED = (*ours.FRAME_HEADINGS, ours.TABLE_HEADING, ours.TABLE_CAPTION, ours.CAPTION)
_GENERATED_STYLES, _BOX_STYLES = (frozenset(map(str.lower, row)) for row in (_GENERATED, ours.BOX))


@dataclass(slots=True)
class Edit:
    """Leaves whose text changed; more than one where paragraphs were joined."""

    leaves: list[Leaf]
    outline: Outline
    change: Change


@dataclass(slots=True)
class Removal:
    """A paragraph that did not come back."""

    leaf: Leaf
    outline: Outline
    author: str


@dataclass(slots=True)
class Addition:
    """A paragraph that is new (`word`), or that moved here (`moved`), behind a leaf that stayed."""

    after: Leaf
    outline: Outline
    kind: Kind
    level: int
    ordered: bool
    author: str
    word: WordText | None = None
    moved: Edit | None = None
    depth: int = 0  # of an item in its list


@dataclass(slots=True)
class Remark:
    """A comment: at a leaf, or at a paragraph that is new (`word`)."""

    leaf: Leaf
    outline: Outline
    author: str
    date: str
    quoted: str
    text: str
    word: WordText | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Something that cannot be brought back: where (a paragraph's id or first words), and what."""

    place: str
    what: str
    kind: Literal["generated", "structure", "note", "look", "reference"]


@dataclass(slots=True)
class Script:
    """All steps, in the order of the returned file."""

    edits: list[Edit] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    expected: dict[str, list[WordText]] = field(default_factory=dict)  # by section, for the proof

    def authors(self) -> list[str]:
        """Who did something, in order; the empty name is whoever did not track changes."""
        found: dict[str, None] = {}
        for name in self._authors():
            found.setdefault(name)
        return list(found)

    def _authors(self) -> Iterator[str]:
        for edit in self.edits:
            yield from (op.author for op in edit.change.ops)
        for addition in self.additions:
            yield addition.author
            if addition.moved:
                yield from (op.author for op in addition.moved.change.ops)
        yield from (removal.author for removal in self.removals)
        yield from (remark.author for remark in self.remarks)


def script(sents: Sequence[Sent], sent_file: WordFile, back_file: WordFile) -> Script:
    """The steps that lead from the file that was sent to the one that came back."""
    shown = [text for text in back_file.texts if not text.contents]
    backs, moved = in_sent_order(sents, shown)
    pairing = pair([sent.word for sent in sents], backs)
    result = _Writer(list(sents), backs, pairing, sent_file, back_file).script()
    result.known = known(sents, sent_file)
    result.left += [Left(item.anchor, item.what, "structure") for item in moved]
    return result


class _Writer:
    def __init__(
        self,
        sents: list[Sent],
        backs: list[WordText],
        pairing: Pairing,
        sent_file: WordFile,
        back_file: WordFile,
    ) -> None:
        self.sents, self.backs, self.pairing = sents, backs, pairing
        self.sent_file, self.back_file = sent_file, back_file
        self.result = Script()
        self.first = _first_with_source(sents)
        self.joined = {piece for pieces in pairing.joins.values() for piece in pieces}
        self.pieces = {piece for pieces in pairing.splits.values() for piece in pieces}
        self.footnotes: set[tuple[str, str]] = set()

    def script(self) -> Script:
        """Goes through the returned file; then through what did not come back."""
        after: Sent | None = None
        for index, back in enumerate(self.backs):
            old = self.pairing.back[index]
            if index in self.pieces or (old >= 0 and self.pairing.sent[old] != index):
                self._remarks(back, after, None)
                continue
            if old < 0:
                after = after or self.first
                if after:
                    self._new(back, after)
                continue
            sent = self.sents[old]
            self._paired(old, back, after)
            if sent.leaf and old not in self.pairing.moved:
                after = sent
        for old, new in enumerate(self.pairing.sent):
            if new < 0 and old not in self.joined:
                self._gone(self.sents[old], old)
        self._empty_anchors()
        return self.result

    def _paired(self, old: int, back: WordText, after: Sent | None) -> None:
        sent = self.sents[old]
        moved = old in self.pairing.moved
        if sent.leaf is None or sent.outline is None:
            if plain_text(sent.word.text) != plain_text(back.text) and not _same_but_numbers(
                sent.word, back
            ):
                what = f"'{_short(sent.word.text)}' became '{_short(back.text)}'; this text is generated"
                self.result.left.append(Left(_short(sent.word.text), what, "generated"))
            self._remarks(back, after, sent if sent.leaf else None)
            return
        if not back.text.strip() and sent.word.text.strip():
            self._gone(sent, old)
            return
        self._pictures(back, sent, sent.word.text.count(PICTURE))
        look = _new_look(sent, sent.leaf, back)
        if look:
            what = f"'{_short(back.text)}' was made {look}; change it in the file"
            self.result.left.append(Left(_place(sent), what, "look"))
        if moved and sent.leaf.kind == "title":
            what = f"the heading '{_short(back.text)}' was moved without its section; it stays in its file"
            self.result.left.append(Left(_place(sent), what, "structure"))
            moved = False
        home = after.outline.name if moved and after and after.outline else sent.outline.name
        group = sorted([old, *self.pairing.joins.get(old, [])])
        pieces = sorted([self.pairing.sent[old], *self.pairing.splits.get(old, [])])
        members = [self.sents[index] for index in group if self.sents[index].leaf]
        if sent.leaf.lost or any(member.leaf is None or member.leaf.lost for member in members):
            self.result.expected.setdefault(home, []).append(back)
            self._cannot(sent, back)
            return
        texts = [self.backs[index] for index in pieces]
        if sent.leaf.kind != "caption":
            self.result.expected.setdefault(home, []).extend(texts)
        change = compare(members, texts, self.sent_file.note_text, self.back_file.note_text)
        leaves = [member.leaf for member in members if member.leaf]
        edit = Edit(leaves, sent.outline, change)
        self._left(sent, change)
        self._notes(sent, change)
        if moved and after and after.leaf and after.outline:
            author = back.author or next((char.author for char in back.chars if char.author), "")
            self.result.additions.append(
                Addition(
                    after.leaf,
                    after.outline,
                    sent.leaf.kind,
                    sent.leaf.level,
                    back.ordered,
                    author,
                    moved=edit,
                    depth=back.level,
                )
            )
        elif change.ops:
            self.result.edits.append(edit)
        for text in texts:
            self._remarks(text, after, sent)

    def _cannot(self, sent: Sent, back: WordText) -> None:
        if plain_text(sent.word.text) != plain_text(back.text):
            what = (
                f"its source is too intricate to be edited from Word; the new text is: {back.text}"
            )
            self.result.left.append(Left(_place(sent), what, "structure"))

    def _left(self, sent: Sent, change: Change) -> None:
        for kept in change.kept:
            self.result.left.append(Left(_place(sent), kept.what, kept.kind))

    def _pictures(self, back: WordText, near: Sent, before: int) -> None:
        """A picture that was put in: it is none that the text could name."""
        more = back.text.count(PICTURE) - before
        if more > 0:
            what = "a picture was inserted" if more == 1 else f"{more} pictures were inserted"
            what += "; save it in sections/images/ and write ![what it shows](images/NAME.png)"
            self.result.left.append(Left(_place(near), what, "structure"))

    def _new(self, back: WordText, after: Sent) -> None:
        self._pictures(back, after, 0)
        if not back.text.replace(PICTURE, "").strip():
            return
        outline, leaf = after.outline, after.leaf
        if outline is None or leaf is None:
            return
        style = back.style.lower()
        if back.cell[0] >= 0 or style in _GENERATED_STYLES:
            what = (
                f"a new part of a table ('{_short(back.text)}')"
                if back.cell[0] >= 0
                else f"'{_short(back.text)}'"
            )
            self.result.left.append(
                Left(
                    _place(after), f"{what} stands where only generated text can stand", "structure"
                )
            )
            return
        kind = "heading" if back.outline else kind_of(back, leaf)
        author = back.author or next((char.author for char in back.chars if char.author), "")
        if back.outline in (1, 2) and back.outline <= 2:
            self.result.left.append(
                Left(
                    _place(after),
                    f"the new heading '{_short(back.text)}' became a sub-heading; make a file of its own if it begins a section",
                    "structure",
                )
            )
        self.result.additions.append(
            Addition(
                *(leaf, outline, kind, back.outline, back.ordered, author),
                word=back,
                depth=back.level,
            )
        )
        self.result.expected.setdefault(outline.name, []).append(back)
        self._remarks(back, after, None, new=True)

    def _gone(self, sent: Sent, old: int) -> None:
        if not sent.word.text.strip():
            return
        if sent.leaf is None or sent.outline is None:
            if not ours.cover_class(sent.word.style):
                what = f"'{_short(sent.word.text)}' was deleted; this text is generated and comes again"
                self.result.left.append(Left(_short(sent.word.text), what, "generated"))
            return
        if sent.leaf.kind in ("title", "cell", "caption", "picture") or sent.leaf.lost:
            what = f"the {_KIND_WORDS.get(sent.leaf.kind, 'paragraph')} '{_short(sent.word.text)}' was deleted; delete it in the file if that is meant"
            self.result.left.append(Left(_place(sent), what, "structure"))
            return
        self.result.removals.append(Removal(sent.leaf, sent.outline, self._remover(old)))

    def _remover(self, old: int) -> str:
        """Who deleted a paragraph: the text stays in the file as a tracked deletion near by."""
        wanted = set(plain_text(self.sents[old].word.text).split())
        best, author = 0.0, ""
        for name, words in self.deletions:
            share = len(words & wanted) / len(wanted) if wanted else 0.0
            if share > best and share > 0.5:
                best, author = share, name
        return author

    @cached_property
    def deletions(self) -> list[tuple[str, set[str]]]:
        """Who deleted which words, paragraph by paragraph: a program tracks them run by run."""
        texts: dict[tuple[int, str], str] = defaultdict(str)
        for index, back in enumerate(self.backs):
            for item in back.deleted:
                texts[(index, item.author)] += item.text
        return [(author, set(plain_text(text).split())) for (_, author), text in texts.items()]

    def _notes(self, sent: Sent, change: Change) -> None:
        """Footnotes whose text changed: those written in the file; a citation's is generated."""
        outline = sent.outline
        for item in change.notes:
            if outline is None:
                continue
            label = item.atom.removeprefix("note ")
            leaf = outline.footnotes.get(label) if item.atom.startswith("note ") else None
            old, new = self.sent_file.notes.get(item.sent), self.back_file.notes.get(item.back)
            if old is None or new is None:
                continue
            found = mapping(old, leaf) if leaf and not leaf.lost else None
            if leaf is None or found is None:
                what = f"the text of a citation's footnote was changed to '{plain_text(new.text)}'; change the source in references/ or the citation ({item.atom.partition(' ')[2].strip()})"
                self.result.left.append(Left(_place(sent), what, "note"))
            elif (outline.name, label) not in self.footnotes:
                self.footnotes.add((outline.name, label))
                tied = Sent(old, outline, leaf, found)
                edit = compare([tied], [new], self.sent_file.note_text, self.back_file.note_text)
                self._left(sent, edit)
                if edit.ops:
                    self.result.edits.append(Edit([leaf], outline, edit))

    def _remarks(
        self, back: WordText, after: Sent | None, sent: Sent | None, *, new: bool = False
    ) -> None:
        near = sent or after or self.first
        if near is None or near.leaf is None or near.outline is None:
            return
        for text, (identifier, start, end) in self._commented(back):
            comment = self.back_file.document.comments.get(identifier)
            if comment is None:
                continue
            quoted = text[start:end].replace(NOTE, "").replace(PICTURE, "").strip()
            if comment.resolved:
                self.result.left.append(
                    Left(
                        _place(near),
                        f"a comment by {comment.author} that is settled: {comment.text}",
                        "note",
                    )
                )
                continue
            word = back if new else None
            self.result.remarks.append(
                Remark(
                    near.leaf,
                    near.outline,
                    comment.author,
                    comment.date[:10],
                    quoted,
                    comment.text,
                    word,
                )
            )

    def _commented(self, back: WordText) -> Iterator[tuple[str, tuple[str, int, int]]]:
        """The comments on a paragraph and on its footnotes, each with the text that it is about."""
        notes = (self.back_file.notes.get(char.note) for char in back.chars if char.note)
        for text in (back, *(note for note in notes if note)):
            yield from ((text.text, comment) for comment in text.comments)

    def _empty_anchors(self) -> None:
        self.result.remarks = list(
            {
                (r.author, r.date, r.quoted, r.text, r.leaf.start): r for r in self.result.remarks
            }.values()
        )


_LOOKS: Mapping[str, str] = {
    "paragraph": "a numbered paragraph",
    "point": "a point of the summary",
    "continued": "a paragraph that goes on",
    "recommendation": "a recommendation",
    "quote": "a quotation",
    "item": "an item of a list",
}
_KIND_WORDS = {"title": "section", "cell": "table cell", "caption": "caption", "picture": "picture"}


def kind_of(back: WordText, near: Leaf) -> Kind:
    """What a new paragraph is, by its style; by its neighbour where the style says nothing."""
    kind = _BY_STYLE.get(back.style.lower())
    if kind == "item" and not back.listed:
        kind = None
    if kind is None and back.listed:
        kind = "item"
    if kind is None:
        kind = (
            "recommendation"
            if near.kind == "recommendation" and near.box >= 0 and back.style.lower() in _BOX_STYLES
            else "paragraph"
        )
    return kind


def _first_with_source(sents: Sequence[Sent]) -> Sent | None:
    return next((sent for sent in sents if sent.leaf), None)


def _same_but_numbers(sent: WordText, back: WordText) -> bool:
    """Whether two generated texts differ in numbers alone, which programs count anew."""
    return _without_numbers(sent.text) == _without_numbers(back.text)


def _without_numbers(text: str) -> str:
    return "".join(
        mark for mark in normal(text) if not mark.isdigit() and mark not in " ,–-" and mark != NOTE
    )


def _new_look(sent: Sent, leaf: Leaf, back: WordText) -> str:
    """What a paragraph was made by another style or level; empty where it is what it was."""
    if back.outline != sent.word.outline:
        return f"a heading of level {back.outline}" if back.outline else "ordinary text"
    if leaf.kind == "item" and back.listed and back.level != sent.word.level:
        return f"an item of level {back.level + 1}"
    if leaf.kind == "item" and not back.listed:
        return "no item of a list"
    if back.centred and not sent.word.centred:
        return "a centred paragraph"
    old, new = (_BY_STYLE.get(word.style.lower()) for word in (sent.word, back))
    return _LOOKS.get(new, "") if old and new and new != old else ""


def _place(sent: Sent) -> str:
    return sent.anchor or _short(sent.word.text)


def _short(text: str) -> str:
    text = plain_text(text.replace(NOTE, ""))
    return text if len(text) <= 60 else text[:57] + "..."
