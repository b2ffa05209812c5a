"""Ids, labels and file names: readable in any script, short, free, the same for the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category

from anyascii import anyascii

from shadowreport.core.ids import MAX_ID
from shadowreport.source.leaf import Outline

WORDS_IN_ID = 4
_KEY = 12  # new paragraphs that begin with so many same words are one
_MARKUP = re.compile(r"\[[@^][^\]]*\]|@\{?[\w-]+\}?")
_HAN = re.compile(
    r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{1,2})"
)  # without spaces between words
_KINDS = {"recommendation": "rec-"}


class _Separators(dict[int, int | None]):
    """What `str.translate` makes of a character: a letter, digit or sign of a word stays, a format
    character (such as a joiner inside a word) goes, anything else parts words."""

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        inside = kind[0] in "LNM" or chr(code) in "'’"
        self[code] = result = code if inside else None if kind == "Cf" else ord(" ")
        return result


_SEPARATORS = _Separators()


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; two characters of Chinese are a word."""
    return _HAN.sub(r" \1 ", text.lower().translate(_SEPARATORS)).split()


def _without_apostrophe(word: str) -> str:
    """The main part of a word: law of law's, avocat of l'avocat."""
    first, _, second = word.replace("’", "'").strip("'").partition("'")
    return second if second and len(first) <= 2 else first


def _latin(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", anyascii(_without_apostrophe(word)).lower())


def latin_words(text: str) -> list[str]:
    """The words of a text in small Latin letters."""
    return [latin for latin in map(_latin, words_of(text)) if latin]


def slug(
    text: str, *, room: int = MAX_ID, most: int = WORDS_IN_ID, dull: Iterable[str] = ()
) -> str:
    """The first telling words of a text, joined by hyphens, at most `room` characters.

    `dull` are words that tell nothing.
    """
    words = _telling(text, frozenset(dull)) or latin_words(text)
    result = ""
    for word in words[:most]:
        longer = f"{result}-{word}" if result else word[:room]
        if len(longer) > room:
            break
        result = longer
    return result


def near_id(typed: str) -> str:
    """The word that is most like one that cannot be an id; it may be too long for one, or empty."""
    return re.sub(r"[^a-z0-9]+", "-", typed.lower() if typed.isascii() else slug(typed)).strip("-")


def _telling(text: str, dull: frozenset[str]) -> list[str]:
    """The words that tell something: no single letters, and numbers only behind a word or alone."""
    spoken = (word for word in words_of(text) if word not in dull)
    words = [_latin(word) for word in spoken if _without_apostrophe(word) not in dull]
    words = [word for word in words if len(word) > 1 or word.isdigit()]
    first = next((at for at, word in enumerate(words) if not word[0].isdigit()), 0)
    return words[first:]


class Names:
    """Gives names that are unique among those given before, and those that were taken. `little` are
    words that never tell anything."""

    def __init__(self, little: Iterable[str], taken: Iterable[str] = ()) -> None:
        self._little = frozenset(little)
        self._taken = set(map(_bare, taken))
        self._counts: dict[str, int] = {}

    def keep(self, wanted: str) -> bool:
        """Takes a name as it is; False where it is taken."""
        bare = _bare(wanted)
        free = bare not in self._taken
        self._taken.add(bare)
        return free

    def make(
        self,
        text: str,
        fallback: str,
        *,
        prefix: str = "",
        most: int = WORDS_IN_ID,
        dull: Iterable[str] = (),
    ) -> str:
        """A new name from a text's words: more words where the first are taken, then a count."""
        room = MAX_ID - len(prefix)
        dull = self._little.union(dull)
        for count in range(most, most + 3):
            wanted = prefix + (slug(text, room=room, most=count, dull=dull) or fallback)
            if self.keep(wanted):
                return wanted
        stem = prefix + (slug(text, room=room - 4, most=most, dull=dull) or fallback)
        stem = stem.rstrip("-")
        count = self._counts.get(stem, 2)
        while not self.keep(f"{stem}-{count}"):
            count += 1
        self._counts[stem] = count + 1
        return f"{stem}-{count}"


def beginning(text: str) -> str:
    """The first words of a new paragraph, by which it is the same one when it is asked for again."""
    return " ".join(words_of(_MARKUP.sub(" ", text))[:_KEY])


def _bare(name: str) -> str:
    """A name without the kind that an anchor begins with."""
    return name.removeprefix("par-").removeprefix("rec-")


class Ids:
    """Ids of paragraphs that are new in a report: the same text asked for again at the same place has
    the same id."""

    def __init__(self, taken: Iterable[str], little: Iterable[str] = ()) -> None:
        self._little = frozenset(little)
        self._names = Names(self._little, taken)
        self._given: dict[tuple[str, ...], str] = {}

    def new(self, text: str, kind: str, *place: str) -> str:
        """The id of a new paragraph or recommendation with a text (Markdown or plain)."""
        text = _MARKUP.sub(" ", text)
        key = (kind, beginning(text), *place)
        if key not in self._given:
            kind = kind if kind in _KINDS else "paragraph"
            self._given[key] = self._names.make(text, kind, prefix=_KINDS.get(kind, ""))
        return self._given[key]

    def label(self, base: Outline, present: Outline, text: str) -> str:
        """The label of a new footnote; labels are private to a file."""
        key = (f"note {base.name}", text)
        if key not in self._given:
            given = (label for (file, *_), label in self._given.items() if file == key[0])
            names = Names(self._little, [*base.footnotes, *present.footnotes, *given])
            self._given[key] = names.make(_MARKUP.sub(" ", text), "note", most=2)
        return self._given[key]
