"""What an author changed in a paragraph, or in several that were split or joined.

The paragraphs that were sent and those that came back are compared by words; each difference is
carried over to the characters of the source that stand for those words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from shadowreport.compare.text import BREAK, NOTE, OPTIONAL, normal
from shadowreport.compare.words import differences, likeness, tokens
from shadowreport.roundtrip.authorship import credited
from shadowreport.roundtrip.change import Change, Kept, NotePair, Op, text_of
from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import WordChar, WordText
from shadowreport.roundtrip.whole import keep_whole
from shadowreport.source.leaf import Char

_DASHES = str.maketrans("–—", "--")
_NOTE_ALIKE = 0.5
_NUMBER = re.compile(r"[(\[]?\d+(?:\.\d+)*\.?[)\]]?")
_GENERATED = (
    "a footnote that is made of evidence: was edited; edit it in the front matter of its section"
)
_LOOK = "the look of the whole paragraph changed; that is set by the report's styles"

NoteText = Callable[[str], str]


def compare(
    sents: Sequence[Sent], backs: Sequence[WordText], sent_note: NoteText, back_note: NoteText
) -> Change:
    """What changed from some paragraphs that were sent to those that came back.

    The two functions give the text of a footnote by its id.
    """
    change = _joined(sents, backs)
    _drop_generated_notes(change, sent_note, back_note)
    if any(char.text == OPTIONAL for char in change.base):
        for op in reversed(_ops(change, sent_note, back_note)):
            _put_hyphens_back(op, change)
    ops = _ops(change, sent_note, back_note)
    change.ops = [op for op in ops if not _is_plainer_dash(op, change)]
    _formats(change)
    keep_whole(change)
    change.ops = credited(change)
    return change


def _ops(change: Change, sent_note: NoteText, back_note: NoteText) -> list[Op]:
    change.notes.clear()
    change.marks.clear()
    old, new = _keys(change, sent_note, back_note)
    spans = differences(tokens(text_of(change.base)), tokens(text_of(change.back)), old, new)
    return [Op(span.old_start, span.old_end, span.new_start, span.new_end) for span in spans]


def _put_hyphens_back(op: Op, change: Change) -> None:
    """No optional hyphen comes back: where nothing else differs, it stands where it stood."""
    old, new = change.base[op.i1 : op.i2], change.back[op.j1 : op.j2]
    if text_of(old).replace(OPTIONAL, "") != text_of(new) or not new:
        return
    row: list[WordChar] = []
    for char in old:
        near = new[min(sum(item.text != OPTIONAL for item in row), len(new) - 1)]
        row.append(replace(near, text=OPTIONAL) if char.text == OPTIONAL else near)
    change.back[op.j1 : op.j2] = row
    more = len(row) - len(new)
    change.deleted = [
        replace(item, at=item.at + more * (item.at >= op.j2)) for item in change.deleted
    ]


def _joined(sents: Sequence[Sent], backs: Sequence[WordText]) -> Change:
    """Several paragraphs as one, with a BREAK between them."""
    change = Change(sents, "", [], [], [], [], [])
    for index, sent in enumerate(sents):
        leaf, outline = sent.leaf, sent.outline
        if leaf is None or outline is None:
            raise ValueError("only paragraphs that have a source can be compared")
        if index:
            at = len(change.source)
            change.chars.append(Char(BREAK, at, at + 1, at + 1, "break"))
            change.base.append(WordChar(BREAK))
            change.source += BREAK
        shift, first = len(change.source) - leaf.start, len(change.chars)
        change.source += outline.source[leaf.start : leaf.end]
        change.wraps += [
            replace(
                wrap,
                start=wrap.start + shift,
                end=wrap.end + shift,
                first=wrap.first + first,
                last=wrap.last + first,
                inner_start=wrap.inner_start + shift,
                inner_end=wrap.inner_end + shift,
            )
            for wrap in leaf.wraps
        ]
        words = {at: char for at, char in zip(sent.map, sent.word.chars, strict=True) if at >= 0}
        for at, char in enumerate(leaf.chars):
            moved = replace(
                char, start=char.start + shift, end=char.end + shift, after=char.after + shift
            )
            change.chars.append(moved)
            change.base.append(words.get(at, WordChar(char.text)))
    for index, back in enumerate(backs):
        if index:
            change.back.append(WordChar(BREAK, author=backs[index - 1].author))
        at = len(change.back)
        change.deleted += [replace(item, at=item.at + at) for item in back.deleted]
        change.back += back.chars
    _drop_generated_start(change)
    _count_back(change)
    return change


def _count_back(change: Change) -> None:
    """A program that counted anew (F9, or saving in LibreOffice) shows other numbers for the same
    references: each gets the one that was sent, or it could be taken for its neighbour."""
    sent: dict[str, list[WordChar]] = {}
    for name, low, high in _references(change.base):
        sent.setdefault(name, change.base[low:high])
    for name, low, high in reversed(list(_references(change.back))):
        shown, now = text_of(sent.get(name, [])), text_of(change.back[low:high])
        if not shown or not _NUMBER.fullmatch(now) or now == shown:
            continue
        change.back[low:high] = [replace(change.back[low], text=sign) for sign in shown]
        more = len(shown) - (high - low)
        change.deleted = [
            replace(item, at=item.at + more * (item.at >= high)) for item in change.deleted
        ]


def _references(chars: Sequence[WordChar]) -> Iterator[tuple[str, int, int]]:
    """The stretches that a field shows for a bookmark: its name, from where, to where."""
    at = 0
    for name, row in groupby(chars, lambda char: char.reference):
        size = len(list(row))
        if name:
            yield name, at, at + size
        at += size


def _drop_generated_start(change: Change) -> None:
    """'Table 1. ' before a caption has no source, and is not compared."""
    before = next((at for at, index in enumerate(change.sents[0].map) if index >= 0), 0)
    lead = text_of(change.sents[0].word.chars[:before])
    if (
        before
        and normal(text_of(change.back[: len(lead)])).split(" ")[0] == normal(lead).split(" ")[0]
    ):
        match = re.match(r"\S+\s+\S+\s*", normal(text_of(change.back)))
        change.back = change.back[match.end() if match else 0 :]


def _drop_generated_notes(change: Change, sent_note: NoteText, back_note: NoteText) -> None:
    """A footnote that is made of evidence: has no source, and is not compared. Its words may be confidential:
    where they were edited they must not come back as a footnote of the text."""
    for sent in change.sents:
        chars = zip(sent.map, sent.word.chars, strict=True)
        for text in [sent_note(char.note) for at, char in chars if at < 0 and char.text == NOTE]:
            found = [
                (likeness(text, back_note(char.note)), at)
                for at, char in enumerate(change.back)
                if char.text == NOTE
            ]
            alike, at = max(found, default=(0.0, 0))
            if alike < _NOTE_ALIKE:
                continue
            if back_note(change.back[at].note) != text:
                change.kept.append(Kept("reference", _GENERATED))
            del change.back[at]
            change.deleted = [replace(item, at=item.at - (item.at > at)) for item in change.deleted]


# --- comparing ----------------------------------------------------------------------------------


def _keys(change: Change, sent_note: NoteText, back_note: NoteText) -> tuple[list[str], list[str]]:
    """What tokens are compared by: notes by their texts, quotes and spaces of any kind alike."""
    old = [(at, sent_note(char.note)) for at, char in enumerate(change.base) if char.text == NOTE]
    new = [(at, back_note(char.note)) for at, char in enumerate(change.back) if char.text == NOTE]
    names: dict[tuple[str, int], str] = {}
    free = list(new)
    left: list[tuple[int, str]] = []
    for at, text in old:
        same = next((item for item in free if item[1] == text), None)
        if same:
            free.remove(same)
            names[("old", at)] = names[("new", same[0])] = f"{NOTE}{at}"
            change.marks[same[0]] = at
        else:
            left.append((at, text))
    for at, text in left:
        near = max(free, key=lambda item: likeness(text, item[1]), default=None)
        if near and likeness(text, near[1]) >= _NOTE_ALIKE:
            free.remove(near)
            names[("old", at)] = names[("new", near[0])] = f"{NOTE}{at}"
            change.marks[near[0]] = at
            atom = change.chars[at].atom
            change.notes.append(NotePair(atom, change.base[at].note, change.back[near[0]].note))
    return _named(change.base, "old", names), _named(change.back, "new", names)


def _named(chars: Sequence[WordChar], side: str, names: dict[tuple[str, int], str]) -> list[str]:
    keys: list[str] = []
    at = 0
    for token in tokens(text_of(chars)):
        keys.append(names.get((side, at), f"{NOTE}{side}{at}") if token == NOTE else normal(token))
        at += len(token)
    return keys


def _is_plainer_dash(op: Op, change: Change) -> bool:
    """Whether a program that knows no dashes wrote a hyphen for one."""
    old, new = text_of(change.base[op.i1 : op.i2]), text_of(change.back[op.j1 : op.j2])
    return old != new and new == old.translate(_DASHES)


def _formats(change: Change) -> None:
    """Adds what changed its look alone. A whole paragraph of another look is a matter of styles."""
    pairs = [(i, j) for i, j in _equal(change) if change.base[i].text.strip()]
    changed = [(i, j) for i, j in pairs if _look_differs(change, i, j)]
    if not changed:
        return
    if len(changed) == len(pairs) > 3:
        change.kept.append(Kept("look", _LOOK))
        return
    if change.kind in ("title", "heading"):
        return
    rows: list[list[tuple[int, int]]] = []
    for i, j in changed:
        gap = rows and normal(text_of(change.base[rows[-1][-1][0] + 1 : i])).strip() == ""
        if rows and gap and j - rows[-1][-1][1] == i - rows[-1][-1][0]:
            rows[-1].append((i, j))
        else:
            rows.append([(i, j)])
    new = [Op(row[0][0], row[-1][0] + 1, row[0][1], row[-1][1] + 1) for row in rows]
    change.ops = list(_touching(sorted([*change.ops, *new], key=lambda op: (op.i1, op.i2))))


def _touching(ops: Iterable[Op]) -> Iterator[Op]:
    """Operations of which one begins where another ends are one: a link that was typed around a sign of the text
    is one link."""
    last: Op | None = None
    for op in ops:
        if last and (last.i2, last.j2) == (op.i1, op.j1):
            op = Op(last.i1, op.i2, last.j1, op.j2)
        elif last:
            yield last
        last = op
    yield from [last] if last else ()


def _equal(change: Change) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    i = j = 0
    for op in [
        *change.ops,
        Op(len(change.base), len(change.base), len(change.back), len(change.back)),
    ]:
        found += zip(range(i, op.i1), range(j, op.j1), strict=False)
        i, j = op.i2, op.j2
    return found


def _look_differs(change: Change, i: int, j: int) -> bool:
    old, new = change.base[i], change.back[j]
    if change.chars[i].atom or new.reference:
        return False
    return old.formats != new.formats or old.link.rstrip("/") != new.link.rstrip("/")
