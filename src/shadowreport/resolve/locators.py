"""Locators: "para. 9 (b) and 10" is printed whole, as typed, in one place.

citeproc takes a locator apart (it would print "para. 9, available at … (b)") and drops what it does
not understand. So it is given one letter for each, from a range that nobody may type, and the typed
words come back in that letter's place. Styles print a label of their own before a locator ("p.");
the typed one is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from shadowreport.core.ast import node, plain, text, transform
from shadowreport.core.report import Block, Inline, Label

_FIRST = 0xF0000  # supplementary private use; files.read_text refuses what is typed of it
_COMMAS = ",，、،\u00a0"  # also those of Chinese and Arabic, and a space that a program of words puts there
_WIDE_STOP = "。"
_BEGIN = "\U00100000"  # stands before a source inside of a footnote, for citeproc alone
_LETTER = re.compile(r"\u2060?([\U000F0000-\U000FFFFD])")


class Locators:
    """The locators of a report by the letter that stands for each."""

    def __init__(self) -> None:
        self._typed: dict[str, list[Inline]] = {}
        self._letters: dict[str, str] = {}
        self._order: list[tuple[int, str, str]] = []  # of all citations: note, source, letter
        self._left_out: set[tuple[int, str]] = set()  # those that the style does not print
        self._unnamed: Mapping[
            str, list[Inline]
        ] = {}  # what is printed of sources that it leaves out

    def begin(self, unnamed: Mapping[str, list[Inline]]) -> None:
        """Begins at the first note. `unnamed` is what is printed for a source that the style leaves out
        where it is cited again (some count on the name of a code, for laws)."""
        self._order.clear()
        self._unnamed = unnamed

    def lost(self, number: int, inlines: Sequence[Inline]) -> bool:
        """Whether a style left locators of a note out: some know none of laws, say. From now on they are
        handed over as words that stand behind the source."""
        printed = set(_LETTER.findall(plain(inlines, notes=True)))
        # "Ibid." says the same source with the same locator as the citation just before
        before = [(0, "", ""), *self._order]
        found = {
            letter
            for last, (note, source, letter) in zip(before, self._order, strict=False)
            if note == number and letter and letter not in printed
            if last[1:] != (source, letter) or note - last[0] > 1
        }
        self._left_out |= {(number, letter) for letter in found}
        return bool(found)

    def hidden(self, value: Any, number: int) -> Any:
        """A copy of a Cite, or of a Note that holds some, for citeproc: letters for locators, and
        the number of the note, by which it knows what stands just before. Inside a footnote a
        source is written out in place, without brackets around it."""
        if value["t"] == "Note":
            return node("Note", transform(value["c"], {"Cite": lambda c: self._inside(c, number)}))
        return self._cite(value["c"], number)

    def shown(self, inlines: list[Inline]) -> list[Inline]:
        """A copy of what citeproc made, with the locators as typed."""
        bare = {"Cite": lambda content: [node("Cite", content[0], _within(content[1]))]}
        own = transform(transform(inlines, {**bare, "Note": _begun}), {"Str": _without_sign})
        return transform(own, {"Str": self._split}, _without_double_stops)

    def _inside(self, content: Any, number: int) -> list[Inline]:
        """At the beginning of a note citeproc takes a citation for all of it, and puts a full stop: a sign
        stands before each. Of a source that is named in the text it puts a comma of its own behind the author."""
        citations = [dict(citation) for citation in content[0]]
        before = citations[0]["citationPrefix"]
        citations[0] |= {"citationPrefix": [], "citationMode": {"t": "NormalCitation"}}
        own = self._cite([citations, content[1]], number)
        return [*before, {"t": "Space"}, own] if before else [node("Str", _BEGIN), own]

    def _cite(self, content: Any, number: int) -> Inline:
        citations = [
            {
                **citation,
                "citationSuffix": self._suffix(citation, number),
                "citationNoteNum": number,
            }
            for citation in content[0]
        ]
        return node("Cite", citations, content[1])

    def _suffix(self, citation: Mapping[str, Any], number: int) -> list[Inline]:
        typed, source = _without_comma(citation["citationSuffix"]), citation["citationId"]
        named = self._unnamed.get(source, []) if self._is_again(source, number) else []
        self._order.append((number, source, ""))
        if not typed:
            return named
        key = repr(typed)
        if key not in self._letters:
            letter = chr(_FIRST + len(self._letters))
            self._letters[key], self._typed[letter] = letter, list(typed)
        letter = self._letters[key]
        self._order[-1] = (number, source, letter)
        if named or (number, letter) in self._left_out:
            return [*named, node("Str", ","), {"t": "Space"}, node("Str", letter)]
        return [node("Str", f"{{\u2060{letter}}}")]  # in braces all of it is locator

    def _is_again(self, source: str, number: int) -> bool:
        """Whether a source was cited before, but not just before, where "Ibid." says it."""
        note, last, _ = self._order[-1] if self._order else (0, "", "")
        just_before = last == source and number - note <= 1
        return not just_before and any(item[1] == source for item in self._order)

    def _split(self, words: str) -> list[Inline] | None:
        if not _LETTER.search(words):
            return None
        result: list[Inline] = []
        for index, part in enumerate(_LETTER.split(words)):
            result += self._typed[part] if index % 2 else text(part) if part else []
        return result


def locator_behind(
    inlines: Sequence[Inline], places: re.Pattern[str]
) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """The comma and the locator with which a text goes on after the name of a source, and the rest of it.
    `places` finds it (see source/places.py)."""
    first = inlines[0] if inlines else {"t": ""}
    match = places.match(first["c"]) if first["t"] == "Str" else None
    if not match:
        return [], [], list(inlines)
    comma, rest = first["c"][: match.start(1)], first["c"][match.end() :]
    return text(comma), text(match[1]), [*(text(rest) if rest else []), *inlines[1:]]


def short_form(source: Mapping[str, Any]) -> list[Inline]:
    """What a text calls a source: its short title, else its title, else who wrote it."""
    people = source.get("author") or [{}]
    name = people[0].get("literal") or people[0].get("family") or source["id"]
    return text(str(source.get("title-short") or source.get("title") or name))


def source_names(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Label]:
    """What each source prints where the text itself names it."""
    return {key: Label(plain(short_form(source))) for key, source in sources.items()}


def _without_comma(typed: Sequence[Inline]) -> list[Inline]:
    """What stands behind the comma after a source's key."""
    rest = list(typed)
    if rest and rest[0]["t"] == "Str":
        typed_behind = rest[0]["c"].lstrip(_COMMAS)
        rest[0:1] = text(typed_behind) if typed_behind else []
    while rest and rest[0]["t"] in ("Space", "SoftBreak"):
        del rest[0]
    return rest


def _within(inlines: list[Inline]) -> list[Inline]:
    """A source that a footnote cites in its text: citeproc puts brackets around it, and leaves the full stop
    of a note where that is a Chinese one."""
    around = [item.get("c") for item in (*inlines[:1], *inlines[-1:])]
    inner = inlines[1:-1] if around == ["(", ")"] else inlines
    last = inner[-1] if inner else {"t": ""}
    if last["t"] != "Str" or not last["c"].endswith(_WIDE_STOP):
        return inner
    return [*inner[:-1], *text(last["c"].removesuffix(_WIDE_STOP))]


def _begun(blocks: list[Block]) -> list[Inline]:
    """A note; "ibid." has a capital where it begins one."""
    row = blocks[0]["c"] if blocks[0]["t"] in ("Para", "Plain") else []
    if row[:1] == [node("Str", _BEGIN)] and row[1]["t"] == "Cite":
        row = row[1]["c"][1]
        if row[0]["t"] == "Str":
            row[0] = node("Str", row[0]["c"][:1].upper() + row[0]["c"][1:])
    return [node("Note", blocks)]


def _without_sign(words: str) -> list[Inline] | None:
    return text(words.replace(_BEGIN, "")) if _BEGIN in words else None


def _without_double_stops(inlines: list[Inline]) -> None:
    """A locator may end with a full stop, in italics or in a quotation too, and so does the note: one
    is enough."""
    for index, (last, item) in enumerate(pairwise(inlines), 1):
        if last["t"] != "Space" and item["t"] == "Str" and item["c"].startswith("."):
            before = plain(inlines[:index])
            if before.endswith((".", "?", "!")) or before.rstrip("”’»").endswith("."):
                inlines[index] = node("Str", item["c"][1:])
