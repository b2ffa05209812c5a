"""Ids and file names: short, readable, unique, and the same on a second import of the file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from shadowreport.core.ids import MAX_ID
from shadowreport.importing.draft import Draft, Grid, Section
from shadowreport.importing.recognise.vocabulary import Vocabulary

_WORDS_IN_ID = 4
_WORDS_IN_FILE = 3
_COMMON = 8  # a word in more than one of so many paragraphs tells nothing about any of them
_ENOUGH = 40  # paragraphs from which on such words are counted
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SPELT = (
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya "
    "a g q n o u u h i yi ye g"
)
_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіїєґ",
        _SPELT.split(" "),
        strict=True,
    )
)


def _without_apostrophe(word: str) -> str:
    """The main part of a word: law of law's, avocat of l'avocat."""
    first, _, second = word.replace("’", "'").partition("'")
    return second if second and len(first) <= 2 else first


def latin_words(text: str) -> list[str]:
    """The words of a text in small Latin letters; scripts that we cannot spell give nothing."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        bare = _without_apostrophe(word)
        spelt = "".join(_LATIN.get(letter, letter) for letter in bare).replace("_", "")
        plain = unicodedata.normalize("NFKD", spelt.replace("ß", "ss").replace("ø", "o"))
        found.append(re.sub(r"[^a-z0-9]", "", plain))
    return [word for word in found if word]


def slug(
    text: str, *, room: int = MAX_ID, most: int = _WORDS_IN_ID, dull: Iterable[str] = ()
) -> str:
    """The first telling words of a text, joined by hyphens, at most `room` characters.

    `dull` are words that tell nothing.
    """
    words = list(_telling(text, frozenset(dull))) or latin_words(text)
    result = ""
    for word in words[:most]:
        longer = f"{result}-{word}" if result else word[:room]
        if len(longer) > room:
            break
        result = longer
    return result


def _telling(text: str, dull: frozenset[str]) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in dull and _without_apostrophe(word) not in dull:
            for latin in latin_words(word):
                if len(latin) > 1 and not latin[0].isdigit():
                    yield latin


class Names:
    """Gives ids that are unique among those given before."""

    def __init__(self, words: Vocabulary) -> None:
        self._little = words.little_words
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def keep(self, wanted: str) -> bool:
        """Takes an id as it is; False where it is taken."""
        if wanted in self._taken:
            return False
        self._taken.add(wanted)
        return True

    def make(
        self,
        text: str,
        fallback: str,
        *,
        prefix: str = "",
        most: int = _WORDS_IN_ID,
        dull: Iterable[str] = (),
    ) -> str:
        """A new id from a text's words: more words where the first ones are taken, then a count."""
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


def give_names(draft: Draft, words: Vocabulary) -> None:
    """Gives every section its file, and every paragraph, recommendation and table its id."""
    _name_sections(draft.sections, words)
    names = Names(words)
    dull = _common_words(draft)
    for _, paragraph in draft.numbered():
        if paragraph.id and not names.keep(paragraph.id):
            paragraph.id = ""
    for _, paragraph in draft.numbered():
        if not paragraph.id:
            paragraph.id = names.make(paragraph.text.plain, "paragraph", dull=dull)
    _name_recommendations(draft, words, dull)
    _name_tables(draft, words)


def _common_words(draft: Draft) -> frozenset[str]:
    """Words that stand in so many paragraphs that they tell nothing: the State's name, the treaty."""
    counts: Counter[str] = Counter()
    paragraphs = [paragraph.text.plain for _, paragraph in draft.numbered()]
    for text in paragraphs:
        counts.update({match[0].lower() for match in _WORD.finditer(text)})
    limit = len(paragraphs) / _COMMON
    if len(paragraphs) < _ENOUGH:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count > limit)


def _name_recommendations(draft: Draft, words: Vocabulary, dull: frozenset[str]) -> None:
    names = Names(words)
    boxes = [box for section in draft.sections for box in section.boxes()]
    found = [item for box in boxes for item in box.recommendations]
    for item in found:
        item.id = item.id if item.id and names.keep(item.id) else ""
    for item in found:
        # the anchor is rec-ID; an id that begins with rec- is the same one
        item.id = item.id or names.make(item.text.plain, "recommendation", prefix="rec-", dull=dull)


def _name_tables(draft: Draft, words: Vocabulary) -> None:
    names = Names(words)
    for section, paragraph in draft.numbered():
        for item in paragraph.belongings:
            if isinstance(item, Grid):
                text = item.caption or " ".join(cell.plain for cell in item.rows[0][:1])
                text = text if latin_words(text) else f"{section.name} table"
                if not item.id or not names.keep(item.id):
                    item.id = names.make(text, "table")


# --- files --------------------------------------------------------------------------------------


def _name_sections(sections: list[Section], words: Vocabulary) -> None:
    names = Names(words)
    for section in sections:
        if section.name and not names.keep(section.name):
            section.name = ""
    for section in sections:
        if not section.name:
            text = words.heading_text(section.title.plain)
            section.name = names.make(
                text, "section", most=_WORDS_IN_FILE, dull=words.heading_words
            )
    for section, number in zip(sections, _file_numbers(sections), strict=True):
        section.file = f"{number}-{section.name}.md"


def _file_numbers(sections: list[Section]) -> Iterator[str]:
    """Numbers that leave room: a hundred a part, the sections of a part spread evenly inside it.

    Reports that do not fit (more than nine parts, or 99 sections in one) are simply counted.
    """
    parts: list[int] = []
    for section in sections:
        if section.level == 1 or not parts:
            parts.append(0)
        else:
            parts[-1] += 1
    if len(parts) > 9 or max(parts, default=0) > 99:
        step = max(1, 990 // max(len(sections), 1)) if len(sections) < 990 else 1
        width = 3 if len(sections) * step < 1000 else 4
        yield from (f"{at * step:0{width}d}" for at in range(1, len(sections) + 1))
        return
    for part, count in enumerate(parts, 1):
        step = next(step for step in (10, 5, 4, 3, 2, 1) if count * step < 100)
        yield from (str(part * 100 + at * step) for at in range(count + 1))
