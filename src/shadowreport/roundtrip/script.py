"""Makes the steps of a returned file (steps.py) from what was sent, what came back and how they pair.

Nothing here looks at the present state of the files; see carry.py for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from shadowreport.compare.pairing import Pairing, pair
from shadowreport.compare.text import NOTE, PICTURE, normal, plain_text
from shadowreport.core.lexicon import Language
from shadowreport.roundtrip.change import Change
from shadowreport.roundtrip.changes import compare
from shadowreport.roundtrip.known import known
from shadowreport.roundtrip.looks import kind_of, new_look
from shadowreport.roundtrip.origin import Sent, mapping
from shadowreport.roundtrip.returned import WordFile, WordText
from shadowreport.roundtrip.sections import in_sent_order
from shadowreport.roundtrip.steps import Addition, Edit, Left, Remark, Removal, Script
from shadowreport.roundtrip.unbrought import short, unbrought
from shadowreport.word import ours

_GENERATED = (*ours.FRAME_HEADINGS, ours.TABLE_HEADING, ours.TABLE_CAPTION, ours.CAPTION)
_GENERATED_STYLES = frozenset(map(str.lower, _GENERATED))


_MOST = 0.9  # of a paragraph's words
_TITLE = 2  # the level of a section's title, unless its file says otherwise
_KIND_WORDS = {"title": "section", "cell": "table cell", "caption": "caption", "picture": "picture"}


def script(
    sents: Sequence[Sent], sent_file: WordFile, back_file: WordFile, language: Language
) -> Script:
    """The steps that lead from the file that was sent, in a language, to the one that came back."""
    shown = [text for text in back_file.texts if not text.contents]
    backs, moved = in_sent_order(sents, shown)
    before = [back.before for back in backs]
    pairing = pair([sent.word for sent in sents], backs, before=before)
    result = _Writer(list(sents), backs, pairing, sent_file, back_file).script()
    result.known = known(sents, sent_file, language.notes["ibid"])
    result.left += [Left(item.anchor, item.what, "structure") for item in moved]
    result.left += unbrought(sents, backs, pairing, sent_file, back_file)
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
        self.titles = dict(_titles(sents))
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
            if old < 0 and after is None and self._is_on_cover(index):
                if not back.text.strip():
                    continue
                what = f"'{short(back.text)}' stands before the first section; the cover is made of report.yaml"
                self.result.left.append(Left(short(back.text), what, "structure"))
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
                what = (
                    f"'{short(sent.word.text)}' became '{short(back.text)}'; this text is generated"
                )
                self.result.left.append(Left(short(sent.word.text), what, "generated"))
            self._remarks(back, after, sent if sent.leaf else None)
            return
        if not back.text.strip() and sent.word.text.strip():
            self._gone(sent, old)
            return
        self._pictures(back, sent, sent.word.text.count(PICTURE))
        look = new_look(sent, sent.leaf, back)
        if look:
            what = f"'{short(back.text)}' was made {look}; change it in the file"
            self.result.left.append(Left(_place(sent), what, "look"))
        if moved and sent.leaf.kind == "title":
            what = f"the heading '{short(back.text)}' was moved without its section; it stays in its file"
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
            author = _inserter(back) or self._exchanger(old)
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
        if back.cell[0] >= 0 or back.style.lower() in _GENERATED_STYLES:
            what = f"'{short(back.text)}' stands where only generated text can stand"
            if back.cell[0] >= 0:
                what = f"'{short(back.text)}' is a new cell, or one that moved; write rows, columns and tables in the file"
            self.result.left.append(Left(_place(after), what, "structure"))
            return
        kind = "heading" if back.outline else kind_of(back, leaf)
        depth = back.outline - self.titles.get(outline.name, _TITLE) + 1
        author = _inserter(back)
        if back.outline and depth <= 1:
            self.result.left.append(
                Left(
                    _place(after),
                    f"the new heading '{short(back.text)}' became a sub-heading; make a file of its own if it begins a section",
                    "structure",
                )
            )
        self.result.additions.append(
            Addition(
                *(leaf, outline, kind, depth, back.ordered, author),
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
                what = (
                    f"'{short(sent.word.text)}' was deleted; this text is generated and comes again"
                )
                self.result.left.append(Left(short(sent.word.text), what, "generated"))
            return
        if sent.leaf.kind in ("title", "cell", "caption", "picture") or sent.leaf.lost:
            what = f"the {_KIND_WORDS.get(sent.leaf.kind, 'paragraph')} '{short(sent.word.text)}' was deleted; delete it in the file if that is meant"
            self.result.left.append(Left(_place(sent), what, "structure"))
            return
        if self._is_in_a_new_cell(sent):
            what = "became part of a table; it stays as it was, write the table in the file"
            self.result.left.append(Left(_place(sent), what, "structure"))
            return
        self.result.removals.append(Removal(sent.leaf, sent.outline, self._remover(old)))

    def _is_on_cover(self, index: int) -> bool:
        """Whether a new text stands before the title of the first section, though that is still there."""
        first = next((at for at, sent in enumerate(self.sents) if sent.leaf), 0)
        return self.pairing.sent[first] > index

    def _is_in_a_new_cell(self, sent: Sent) -> bool:
        """Whether the words of a paragraph went into a table that no file has yet."""
        words = plain_text(sent.word.text).split()
        return bool(words) and sum(word in self.cells for word in words) >= _MOST * len(words)

    @cached_property
    def cells(self) -> set[str]:
        """The words of new cells."""
        new = (
            back
            for index, back in enumerate(self.backs)
            if back.cell[0] >= 0 and self.pairing.back[index] < 0
        )
        return {word for back in new for word in plain_text(back.text).split()}

    def _remover(self, old: int) -> str:
        """Who deleted a paragraph: the text stays in the file as a tracked deletion near by."""
        wanted = set(plain_text(self.sents[old].word.text).split())
        best, author = 0.0, ""
        for name, words in self.deletions:
            share = len(words & wanted) / len(wanted) if wanted else 0.0
            if share > best and share > 0.5:
                best, author = share, name
        return author or self._rewriter(plain_text(self.sents[old].word.text))

    def _rewriter(self, text: str) -> str:
        """Who wrote so much into a paragraph that it is taken for a new one, and the old one for deleted."""
        new = (step for step in self.result.additions if step.word)
        return next(
            (step.author for step in new if step.word and text in plain_text(step.word.text)), ""
        )

    def _exchanger(self, old: int) -> str:
        """Who moved a paragraph that carries no mark itself: of two that changed places, whoever tracked
        it moved either."""
        places = self.pairing.sent
        passed = (
            self.backs[new]
            for other, new in enumerate(places)
            if new >= 0 and (other < old) != (new < places[old])
        )
        whole = (back for back in passed if all(char.author for char in back.chars))
        return next(filter(None, map(_inserter, whole)), "")

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


def _titles(sents: Sequence[Sent]) -> Iterator[tuple[str, int]]:
    """The level that the title of each section has in the file: of a part of a report they stand higher."""
    for sent in sents:
        if sent.leaf and sent.outline and sent.leaf.kind == "title" and sent.word.outline:
            yield sent.outline.name, sent.word.outline


def _first_with_source(sents: Sequence[Sent]) -> Sent | None:
    return next((sent for sent in sents if sent.leaf), None)


def _same_but_numbers(sent: WordText, back: WordText) -> bool:
    """Whether two generated texts differ in numbers alone, which programs count anew."""
    return _without_numbers(sent.text) == _without_numbers(back.text)


def _without_numbers(text: str) -> str:
    return "".join(
        mark for mark in normal(text) if not mark.isdigit() and mark not in " ,–-" and mark != NOTE
    )


def _inserter(back: WordText) -> str:
    """Who inserted a paragraph, or the first of its words."""
    return back.author or next((char.author for char in back.chars if char.author), "")


def _place(sent: Sent) -> str:
    return sent.anchor or short(sent.word.text)
