"""What an author changed in a paragraph (or in several that were split or joined), as source.

The paragraphs that were sent and those that came back are compared by words; each difference is
carried over to the characters of the source that stand for those words. What cannot be edited by
letters (a reference's number, a citation) is kept whole or goes whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from shadowreport.compare.text import BREAK, NOTE, normal
from shadowreport.compare.words import differences, likeness, splice, tokens
from shadowreport.roundtrip.markdown import Piece, write
from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import Deleted, WordChar, WordText, commas_between
from shadowreport.source.leaf import Char, Wrap
from shadowreport.source.write import guard_start, one_sentence_a_line

NEW_BREAK = "\u2028"  # a paragraph's end that the author put in
_WRAP_FORMATS = {
    "Emph": "italic",
    "Strong": "bold",
    "Strikeout": "strike",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "Underline": "underline",
    "SmallCaps": "small_caps",
    "Link": "link",
    "Autolink": "link",
}
_BY_SENTENCES = ("paragraph", "continued", "recommendation")
_NOTE_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Op:
    """Base characters `i1` to `i2` became the returned ones `j1` to `j2`."""

    i1: int
    i2: int
    j1: int
    j2: int
    author: str = ""


@dataclass(frozen=True, slots=True)
class NotePair:
    """A footnote whose mark stayed and whose text changed: its atom, and its new id in Word."""

    atom: str
    sent: str
    back: str


@dataclass(slots=True)
class Change:
    """The changes of one or several leaves that are compared as one.

    `source` is their text, joined by BREAK where there are several.
    """

    sents: Sequence[Sent]
    source: str
    chars: list[Char]
    wraps: list[Wrap]
    base: list[WordChar]
    back: list[WordChar]
    deleted: list[Deleted]
    ops: list[Op] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # what could not be done, for a person
    notes: list[NotePair] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the first leaf."""
        leaf = self.sents[0].leaf
        return leaf.kind if leaf else "other"


NoteText = Callable[[str], str]


def compare(
    sents: Sequence[Sent], backs: Sequence[WordText], sent_note: NoteText, back_note: NoteText
) -> Change:
    """What changed from some paragraphs that were sent to those that came back.

    The two functions give the text of a footnote by its id.
    """
    change = _joined(sents, backs)
    old, new = _keys(change, sent_note, back_note)
    spans = differences(tokens(_text(change.base)), tokens(_text(change.back)), old, new)
    change.ops = [Op(span.old_start, span.old_end, span.new_start, span.new_end) for span in spans]
    _formats(change)
    _whole_atoms(change)
    _settle_references(change)
    _whole_groups(change)
    _touching_references(change)
    _whole_wraps(change)
    change.ops = [replace(op, author=_author(op, change)) for op in change.ops]
    return change


def _text(chars: Sequence[WordChar]) -> str:
    return "".join(char.text for char in chars)


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
    return change


def _drop_generated_start(change: Change) -> None:
    """'Table 1. ' before a caption has no source, and is not compared."""
    before = next((at for at, index in enumerate(change.sents[0].map) if index >= 0), 0)
    lead = _text(change.sents[0].word.chars[:before])
    if (
        before
        and normal(_text(change.back[: len(lead)])).split(" ")[0] == normal(lead).split(" ")[0]
    ):
        match = re.match(r"\S+\s+\S+\s*", normal(_text(change.back)))
        change.back = change.back[match.end() if match else 0 :]


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
        else:
            left.append((at, text))
    for at, text in left:
        near = max(free, key=lambda item: likeness(text, item[1]), default=None)
        if near and likeness(text, near[1]) >= _NOTE_ALIKE:
            free.remove(near)
            names[("old", at)] = names[("new", near[0])] = f"{NOTE}{at}"
            atom = change.chars[at].atom
            change.notes.append(NotePair(atom, change.base[at].note, change.back[near[0]].note))
    return _named(change.base, "old", names), _named(change.back, "new", names)


def _named(chars: Sequence[WordChar], side: str, names: dict[tuple[str, int], str]) -> list[str]:
    keys: list[str] = []
    at = 0
    for token in tokens(_text(chars)):
        keys.append(names.get((side, at), f"{NOTE}{side}{at}") if token == NOTE else normal(token))
        at += len(token)
    return keys


def _formats(change: Change) -> None:
    """Adds what changed its look alone. A whole paragraph of another look is a matter of styles."""
    pairs = [(i, j) for i, j in _equal(change) if change.base[i].text.strip()]
    changed = [(i, j) for i, j in pairs if _look_differs(change, i, j)]
    if not changed:
        return
    if len(changed) == len(pairs) > 3:
        change.kept.append(
            "the look of the whole paragraph changed; that is set by the report's styles"
        )
        return
    if change.kind in ("title", "heading"):
        return
    rows: list[list[tuple[int, int]]] = []
    for i, j in changed:
        gap = rows and normal(_text(change.base[rows[-1][-1][0] + 1 : i])).strip() == ""
        if rows and gap and j - rows[-1][-1][1] == i - rows[-1][-1][0]:
            rows[-1].append((i, j))
        else:
            rows.append([(i, j)])
    new = [Op(row[0][0], row[-1][0] + 1, row[0][1], row[-1][1] + 1) for row in rows]
    change.ops = sorted([*change.ops, *new], key=lambda op: (op.i1, op.i2))


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


def _author(op: Op, change: Change) -> str:
    inserted = (char.author for char in change.back[op.j1 : op.j2] if char.author)
    gone = (item.author for item in change.deleted if op.j1 <= item.at <= op.j2 and item.author)
    return next(inserted, "") or (next(gone, "") if op.i2 > op.i1 else "")


# --- what goes whole or stays whole ---------------------------------------------------------------


def _widen(change: Change, low: int, high: int) -> bool:
    """Makes one operation of all that happens between two base characters, if anything does."""
    ops = change.ops
    inside = [
        op
        for op in ops
        if (op.i1 < high and op.i2 > low) or (op.i1 == op.i2 and low < op.i1 < high)
    ]
    if not inside or (len(inside) == 1 and inside[0].i1 <= low and inside[0].i2 >= high):
        return False
    low, high = min(low, inside[0].i1), max(high, inside[-1].i2)
    before = sum(op.j2 - op.j1 - op.i2 + op.i1 for op in ops if op.i2 <= low and op not in inside)
    through = sum(
        op.j2 - op.j1 - op.i2 + op.i1
        for op in ops
        if op.i1 < high and op not in inside and op.i2 <= low
    )
    through += sum(op.j2 - op.j1 - op.i2 + op.i1 for op in inside)
    new = Op(low, high, low + before, high + through)
    at = ops.index(inside[0])
    change.ops = [op for op in ops if op not in inside]
    change.ops.insert(at, new)
    return True


def _whole_atoms(change: Change) -> None:
    for low, high in _atoms(change.chars):
        _widen(change, low, high)


def _atoms(chars: Sequence[Char]) -> list[tuple[int, int]]:
    return [(low, high) for low, high in _spans(chars) if high - low > 1]


def _spans(chars: Sequence[Char]) -> list[tuple[int, int]]:
    """The first and last characters of each atom."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(chars):
        end = at + 1
        atom = chars[at].atom
        while (
            atom
            and end < len(chars)
            and (chars[end].atom, chars[end].start) == (atom, chars[at].start)
        ):
            end += 1
        if atom:
            found.append((at, end))
        at = end
    return found


def _settle_references(change: Change) -> None:
    """A number that was typed over a reference's, or that a program counted anew, is no change."""
    kept: list[Op] = []
    for op in map(partial(_trimmed, change), change.ops):
        chars, new = change.chars[op.i1 : op.i2], change.back[op.j1 : op.j2]
        only = bool(chars) and all(char.atom.startswith(("ref", "generated")) for char in chars)
        if only and all(char.atom == "generated" for char in chars) and not _text(new).strip(","):
            continue
        if only and new and any(char.atom.startswith("ref") for char in chars):
            if not any(char.reference for char in new):
                shown, typed = _text(change.base[op.i1 : op.i2]), _text(new)
                change.kept.append(
                    f"'{typed}' was typed over '{shown}', which stands for {_referred(chars)}; that stays automatic"
                )
            continue
        if chars and not new and all(map(_is_mark_of_named, chars)):
            named = chars[0].atom.removeprefix("cite ")
            change.kept.append(
                f"the mark of {named} was deleted; it stays, since the text names it"
            )
            continue
        kept.append(op)
    change.ops = kept


def _trimmed(change: Change, op: Op) -> Op:
    """An op that took in a whole reference, without the same letters around it."""

    def same(i: int, j: int) -> bool:
        one, other = change.base[i], change.back[j]
        return not change.chars[i].atom and (one.text, one.formats) == (other.text, other.formats)

    if any(char.atom.startswith("ref") for char in change.chars[op.i1 : op.i2]):
        while op.i1 < op.i2 and op.j1 < op.j2 and same(op.i1, op.j1):
            op = replace(op, i1=op.i1 + 1, j1=op.j1 + 1)
        while op.i1 < op.i2 and op.j1 < op.j2 and same(op.i2 - 1, op.j2 - 1):
            op = replace(op, i2=op.i2 - 1, j2=op.j2 - 1)
    return op


def _is_mark_of_named(char: Char) -> bool:
    return char.atom.startswith("cite") and char.start == char.end


def _referred(chars: Sequence[Char]) -> str:
    return next(
        "@" + char.atom.removeprefix("ref ") for char in chars if char.atom.startswith("ref")
    )


def _whole_groups(change: Change) -> None:
    """A text put between the end of a sentence and the citation's mark behind it."""
    for at, char in enumerate(change.chars):
        if char.atom.startswith("cite"):
            start = at
            while (
                start
                and change.chars[start - 1].start >= char.end
                and not change.chars[start - 1].atom
            ):
                start -= 1
            between = [op for op in change.ops if op.i1 == op.i2 and start < op.i1 <= at]
            if between:
                _widen(change, start, at + 1)


def _touching_references(change: Change) -> None:
    """A letter right behind a reference would become part of its id: it is then written anew."""
    ends = {
        high: low for low, high in _spans(change.chars) if change.chars[low].atom.startswith("ref")
    }
    for index, op in enumerate(change.ops):
        low = ends.get(op.i1)
        following = _text(change.back[op.j1 : op.j1 + 1])
        if low is not None and not _ends_key(following):
            change.ops[index] = replace(op, i1=low, j1=op.j1 - (op.i1 - low))


def _ends_key(character: str) -> bool:
    return not (character.isalnum() or character in tuple("-_:/.#$%&+?<>~"))


def _whole_wraps(change: Change) -> None:
    changed = True
    while changed:
        changed = False
        for wrap in change.wraps:
            for op in list(change.ops):
                if _breaks(op, wrap, change) and _widen(change, wrap.first, wrap.last):
                    changed = True
                    break


def _breaks(op: Op, wrap: Wrap, change: Change) -> bool:
    """Whether an operation reaches over one end of some markup, or differs from it inside."""
    if op.i2 <= wrap.first or op.i1 >= wrap.last:
        return False
    if op.i1 <= wrap.first and op.i2 >= wrap.last:
        return False
    if op.i1 < wrap.first or op.i2 > wrap.last:
        return True
    if wrap.kind == "Autolink":
        return True
    name = _WRAP_FORMATS.get(wrap.kind)
    return name is not None and any(
        not _has(char, name)
        for char in change.back[op.j1 : op.j2]
        if char.text.strip() and char.text != NOTE
    )


def _has(char: WordChar, name: str) -> bool:
    return bool(char.link) if name == "link" else name in char.formats


# --- writing ------------------------------------------------------------------------------------


def apply(change: Change, included: Callable[[str], bool], note: Callable[[WordChar], str]) -> str:
    """The source with the changes of the authors that are included.

    BREAK stands where paragraphs were and stay apart, NEW_BREAK where one was split.
    """
    edits: list[tuple[int, int, str]] = []
    for op in change.ops:
        if included(op.author):
            edits += _edits(change, op, note)
    if not edits:
        return change.source
    return _tidy(change, splice(change.source, _in_order(edits)))


def _in_order(edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits by their place, without those that lie inside another."""
    row: list[tuple[int, int, str]] = []
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if row and start < row[-1][1]:
            last = row[-1]
            row[-1] = (last[0], max(last[1], end), last[2] + text)
        else:
            row.append((start, end, text))
    return row


def _edits(change: Change, op: Op, note: Callable[[WordChar], str]) -> list[tuple[int, int, str]]:
    covered = [
        wrap
        for wrap in change.wraps
        if op.i1 <= wrap.first and op.i2 >= wrap.last and wrap.last > wrap.first
    ]
    around = [wrap for wrap in change.wraps if wrap not in covered and _surrounds(wrap, op, change)]
    inside = frozenset(_WRAP_FORMATS[wrap.kind] for wrap in around if wrap.kind in _WRAP_FORMATS)
    text = write(_pieces(change, op), inside, note).replace(BREAK, NEW_BREAK)
    if change.kind == "title":
        text = _text(change.back[op.j1 : op.j2])
    spans = [(char.start, char.end) for char in change.chars[op.i1 : op.i2]]
    spans += [(wrap.start, wrap.end) for wrap in covered]
    if not spans:
        at = _position(change, op.i1, around)
        return [(at, at, _by_sentences(change, at, text))]
    merged = _merged(spans)
    first = merged[0]
    return [
        (first[0], first[1], _by_sentences(change, first[0], text)),
        *((a, b, "") for a, b in merged[1:]),
    ]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    row: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if row and start <= row[-1][1]:
            row[-1] = (row[-1][0], max(row[-1][1], end))
        else:
            row.append((start, end))
    return row


def _surrounds(wrap: Wrap, op: Op, change: Change) -> bool:
    if op.i1 == op.i2 and op.i1 in (wrap.first, wrap.last):
        name = _WRAP_FORMATS.get(wrap.kind, "")
        new = [char for char in change.back[op.j1 : op.j2] if char.text.strip()]
        return (
            bool(new)
            and bool(name)
            and wrap.kind != "Autolink"
            and all(_has(char, name) for char in new)
        )
    return wrap.first <= op.i1 and op.i2 <= wrap.last


def _position(change: Change, at: int, around: list[Wrap]) -> int:
    """Where in the source a text goes that is put before a character."""
    place = change.chars[at - 1].after if at else 0
    if at and change.chars[at - 1].atom == "break":
        place = change.chars[at - 1].end
    for wrap in change.wraps:
        if wrap.last == at and wrap not in around and wrap.first < at:
            place = max(place, wrap.end)
        if wrap.first == at and wrap in around:
            place = max(place, wrap.inner_start)
    return place


def _pieces(change: Change, op: Op) -> list[Piece]:
    """The characters to write; those that the source has already keep it as it is written."""
    same: dict[int, int] = {}
    old = [normal(char.text) for char in change.base[op.i1 : op.i2]]
    new = [normal(char.text) for char in change.back[op.j1 : op.j2]]
    if old and new:
        from difflib import SequenceMatcher

        for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            same.update({op.j1 + b + step: op.i1 + a + step for step in range(size)})
    for low, high in _spans(change.chars):
        if not {low, high - 1} <= set(same.values()):
            same = {j: i for j, i in same.items() if not low <= i < high}
    between = commas_between(change.back)
    pieces: list[Piece] = []
    for j in range(op.j1, op.j2):
        char = change.back[j]
        i = same.get(j, -1)
        base = change.chars[i] if i >= 0 else None
        if base and base.atom and not base.atom.startswith(("generated", "break")):
            source = change.source[base.start : base.end]
            if base.atom.startswith("ref") and source.startswith("@") and "{" not in source:
                behind = next(
                    (
                        _text([item])
                        for at, item in enumerate(change.back[j:], j)
                        if same.get(at, -1) < 0 or change.chars[same[at]].start != base.start
                    ),
                    " ",
                )
                source = source if _ends_key(behind) else f"@{{{source[1:]}}}"
            pieces.append(Piece(char, source, base.start))
        elif j not in between:
            pieces.append(Piece(char))
    return pieces


def _by_sentences(change: Change, at: int, text: str) -> str:
    if change.kind not in _BY_SENTENCES or " " not in text:
        return text
    before = change.source[max(0, at - 15) : at]
    after = change.source[at : at + 2].lstrip()[:1]
    cut = one_sentence_a_line(before + text + after)
    return cut[len(before) : len(cut) - len(after)] if after else cut[len(before) :]


def _tidy(change: Change, text: str) -> str:
    """No spaces at the ends of lines that changed, and no line that begins like other markup."""
    old = set(change.source.split("\n"))
    pieces: list[str] = []
    for piece in re.split(f"([{BREAK}{NEW_BREAK}])", text):
        lines = piece.strip().split("\n") if piece not in (BREAK, NEW_BREAK) else [piece]
        kept = [
            line if line in old or line in (BREAK, NEW_BREAK) else _line(change, line)
            for line in lines
        ]
        pieces.append("\n".join(line for line in kept if line.strip(" \t") or len(kept) == 1))
    return "".join(pieces)


def _line(change: Change, line: str) -> str:
    if change.kind == "title":
        return line.strip()
    bare = line.lstrip(" \t>")
    lead = line[: len(line) - len(bare)] if change.kind in ("item", "quote") else ""
    tidy = re.sub(r"(?<=\S) {2,}(?=\S)", " ", bare.rstrip(" \t"))
    return lead + guard_start(tidy)
