"""Carries over paragraphs that are new, and those that moved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shadowreport.compare.text import plain_text
from shadowreport.compare.words import likeness, merge
from shadowreport.roundtrip.changes_text import apply
from shadowreport.roundtrip.edits import put_text, split_up, take_out
from shadowreport.roundtrip.markdown import Piece, write
from shadowreport.roundtrip.notes import conflict, note, remark
from shadowreport.roundtrip.returned import WordText
from shadowreport.roundtrip.said import in_source, in_word
from shadowreport.roundtrip.steps import Addition, Edit, Remark
from shadowreport.roundtrip.target import Target
from shadowreport.roundtrip.work import Work
from shadowreport.source.edit import next_marker
from shadowreport.source.leaf import Leaf
from shadowreport.source.sentences import by_sentences
from shadowreport.source.write import guard_start

_MOVED_AWAY = (
    "was moved in the returned file, but meanwhile it left its section; put it where it belongs"
)
_MOVED_TWICE = "was moved in the returned file, and elsewhere meanwhile; it stays where it is now"
_ALIKE = 0.6  # of the words of two paragraphs
_SENTENCE = 4  # blanks in a text that can be told from others
_USE = re.compile(r"\[\^([^\]\s]+)\]")


def addition(work: Work, step: Addition, remarks: Sequence[Remark]) -> None:
    """Puts a paragraph behind the one that it follows, with the comments on it."""
    target = work.target(step.outline, step.after.anchor, "the new paragraph is lost")
    if target is None:
        return
    if step.moved:
        if not _moved(work, step, step.moved, target, remarks):
            for item in remarks:
                remark(work, item)
        return
    if step.word is None or _is_there(target, step.word):
        return
    pieces = [Piece(char) for char in step.word.chars]
    text = write(pieces, frozenset(), work.marks(target)).strip()
    if step.kind in ("paragraph", "point", "recommendation", "continued"):
        text = by_sentences(text, work.abbreviations)
    text = "\n".join(map(guard_start, text.split("\n")))
    alike = _came_before(target, step.word)
    if alike:
        why = "came with an earlier merge, and reads otherwise in this one"
        conflict(work, target, alike, alike, text, step.author, why)
        return
    after = _after(work, step, target, text)
    if after is None:
        return
    notes = "".join(note(work, item) for item in remarks)
    if after.kind == "title":
        _put_first(target, _first(work, step, target, after, text) + notes)
    elif step.kind == "item":
        _put_item(target, step, after, text + notes)
    else:
        lead, text = _new(work, step, target, after, text)
        _put_behind(target, step, after, lead, text + notes)


def _since(target: Target) -> list[Leaf]:
    """What came into a section since it was sent."""
    known = {item.start for item in target.of.values() if item}
    return [leaf for leaf in target.present.leaves if leaf.start not in known]


def _is_there(target: Target, word: WordText) -> bool:
    """Whether the same file was merged before."""
    wanted = in_word(word).words
    return any(in_source(leaf, target.present.source).words == wanted for leaf in _since(target))


def _came_before(target: Target, word: WordText) -> Leaf | None:
    """A paragraph that is there already and reads much like a new one: its author sends a newer file, or
    somebody edited it since. A second one beside it would be nobody's wish."""
    said = plain_text(word.text)
    if said.count(" ") < _SENTENCE:
        return None
    found = [(likeness(plain_text(leaf.text), said), leaf) for leaf in _since(target)]
    best = max(found, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _after(work: Work, step: Addition, target: Target, text: str) -> Leaf | None:
    found = target.near(step.after)
    if found is None:
        work.leave(step.after.anchor, f"no place was found for: {text}")
    return found


# --- moved ----------------------------------------------------------------------------------------


def _moved(
    work: Work, step: Addition, edit: Edit, target: Target, remarks: Sequence[Remark]
) -> bool:
    """Moves a paragraph with the comments on it; whether it went."""
    leaf = edit.leaves[0]
    origin = work.target(edit.outline, leaf.anchor, "it was not moved")
    here = origin.leaf(leaf) if origin else None
    if origin is None:
        return False
    if here is None:
        if not _has(target, leaf):
            work.leave(leaf.anchor or leaf.text[:60], _MOVED_AWAY)
        return False
    theirs = apply(edit.change, work.authors.included, work.marks(target), work.abbreviations)
    merged = merge(edit.change.source, origin.source_of(here), theirs)
    if merged is None:
        why = "was moved and changed in the returned file, and changed meanwhile"
        conflict(work, origin, leaf, here, theirs, step.author, why)
        return False
    if origin is target and _in_place(target, here, target.near(step.after)):
        put_text(work, origin, here, merged)
        return False
    if origin.moved(leaf):
        work.leave(leaf.anchor or leaf.text[:60], _MOVED_TWICE)
        put_text(work, origin, here, merged)
        return False
    _move(work, step, origin, target, here, merged, "".join(note(work, item) for item in remarks))
    return True


def _move(
    work: Work, step: Addition, origin: Target, target: Target, here: Leaf, text: str, notes: str
) -> None:
    """Takes a paragraph out, and puts it where it goes."""
    lead = origin.present.source[here.block_start : here.start]
    block = ("" if step.kind == "item" else lead) + split_up(work, here, text)
    if origin is not target:
        block = _bring_notes(work, block, origin, target)
    gone = list(work.outcome.gone_ids)
    take_out(work, origin, here)
    work.outcome.gone_ids[:] = gone
    if origin is not target:
        work.outcome.sent_away.append((origin.present.name, here.anchor))
    after = _after(work, step, target, block)
    if after is None:
        return
    if step.kind == "item" and after.kind != "title":
        _put_item(target, step, after, block + notes)
    elif after.kind == "title":
        _put_first(target, ("- " if step.kind == "item" else "") + block + notes)
    else:
        if step.kind == "recommendation" and after.box < 0:
            block = f"::: recommendations\n{block}\n:::"
        _put_behind(target, step, after, "\n\n", block + notes)


def _has(target: Target, leaf: Leaf) -> bool:
    """Whether a paragraph that left its section stands in another one, since it was merged before."""
    return any(
        item.anchor == leaf.anchor if leaf.named else item.text == leaf.text
        for item in target.present.leaves
    )


def _in_place(target: Target, here: Leaf, after: Leaf | None) -> bool:
    """Whether the present state has it there already."""
    starts = [leaf.start for leaf in target.present.leaves]
    if after is None or after.start not in starts:
        return False
    return starts.index(here.start) == starts.index(after.start) + 1


def _bring_notes(work: Work, block: str, origin: Target, target: Target) -> str:
    """Footnotes of a paragraph that goes to another file, under labels that are free there."""

    def label(match: re.Match[str]) -> str:
        leaf = origin.present.footnotes.get(match[1])
        return f"[^{work.define(target, origin.source_of(leaf))}]" if leaf else match[0]

    return _USE.sub(label, block)


# --- where and how --------------------------------------------------------------------------------


def _first(work: Work, step: Addition, target: Target, after: Leaf, text: str) -> str:
    """A new paragraph as the first of a section."""
    if step.kind == "heading":
        return _sharps(work, step, target, after, text) + text
    if step.kind == "item":
        return "- " + text
    return work.lead(step.kind, after, text).lstrip("\n") + text


def _put_first(target: Target, text: str) -> None:
    at = target.present.body
    rest = target.present.source[at:]
    at += len(rest) - len(rest.lstrip("\n"))
    target.put(at, at, text + "\n\n")


def _new(work: Work, step: Addition, target: Target, after: Leaf, text: str) -> tuple[str, str]:
    """What stands before a new paragraph, and its text with what stands around it."""
    kind = step.kind
    if kind == "heading":
        return "\n\n" + _sharps(work, step, target, after, text), text
    if kind == "recommendation" and after.box < 0:
        lead = work.lead(kind, after, text)[1:]
        return f"\n\n::: recommendations{lead}", f"{text}\n:::"
    if kind == "quote" and after.kind != "quote":
        return "\n\n> ", text
    return work.lead(kind, after, text), text


def _sharps(work: Work, step: Addition, target: Target, after: Leaf, text: str) -> str:
    """The mark of a new heading: one level below the heading above it, at most."""
    wanted, most = max(2, step.level), target.depth(after) + 1
    if wanted > most:
        what = f"the new heading '{text}' skipped a level; it begins with {'#' * most} now"
        work.leave(step.after.anchor or step.after.text[:60], what)
    level = min(wanted, most)
    target.heads.append((after.start, level))
    return "#" * level + " "


def _put_behind(target: Target, step: Addition, after: Leaf, lead: str, text: str) -> None:
    kind = step.kind
    at = _place(target, after, kind)
    target.last[at] = kind
    target.put(at, at, lead + text + _parting(target, after, kind, at))


def _put_item(target: Target, step: Addition, after: Leaf, text: str) -> None:
    """An item stands in the list of its neighbour; where it has none, it begins a list."""
    first = _first_item_behind(target, after) if after.kind != "item" else None
    if first:
        target.put(first.block_start, first.block_start, f"{first.marker}{text}\n")
        return
    at = _place(target, after, "item")
    listed = target.last.get(at, after.kind) == "item"
    lead = _marker(target, step, after)
    target.last[at] = "item"
    target.put(
        at, at, ("\n" if listed else "\n\n") + lead + text + _parting(target, after, "item", at)
    )


def _first_item_behind(target: Target, after: Leaf) -> Leaf | None:
    """The first item of the list that follows a paragraph, unless it goes itself."""
    following = next((item for item in target.present.leaves if item.start > after.start), None)
    if following is None or (following.kind, following.box) != ("item", after.box):
        return None
    return None if following.start in target.removed else following


def _marker(target: Target, step: Addition, after: Leaf) -> str:
    """The marker of an item behind another one, on the level that it has in Word."""
    plain = "1. " if step.ordered else "- "
    if after.kind != "item":
        return plain
    above: list[Leaf] = []
    for item in target.present.leaves:
        if item.kind == "item" and item.top == after.top and item.start <= after.start:
            above = [other for other in above if other.indent < item.indent]
            above.append(item)
    if step.depth < len(above):
        return next_marker(above[step.depth].marker)
    return " " * (above[-1].indent + 4) + plain


def _place(target: Target, after: Leaf, kind: str) -> int:
    """Behind which character of the source something new goes."""
    present = target.present
    if after.kind == "point" and kind != "point":
        return present.summary
    if after.box >= 0:
        own = kind in ("recommendation", "item")
        return after.block_end if own else present.boxes[after.box][1]
    nested = present.source[after.block_start : after.block_start + 1] in (" ", "\t")
    if after.kind == "item" and kind in ("recommendation", "heading"):
        return target.end_of_top(after)  # the rest of the list would hang on no paragraph
    if after.kind == "item" and kind != "item" and not nested:
        return _with_lists_below(target, after)
    if after.kind == "quote" or (after.kind == "item" and kind == "item"):
        return after.block_end
    return target.end_of_top(after)


def _with_lists_below(target: Target, item: Leaf) -> int:
    """Behind which character an item ends with all that is set in below it."""
    end = item.block_end
    for leaf in target.present.leaves:
        if leaf.start > item.start:
            if leaf.kind != "item" or leaf.indent <= item.indent:
                break
            end = leaf.block_end
    return end


def _parting(target: Target, after: Leaf, kind: str, at: int) -> str:
    """A paragraph in the middle of a list parts it in two: the rest becomes its own list."""
    goes_on = after.kind in ("item", "quote") and at < target.end_of_top(after)
    return "\n" if goes_on and kind not in ("item", "quote") else ""
