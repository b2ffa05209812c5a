"""The names of an import's sections, paragraphs, recommendations and tables: readable, unique, and
the same on a second import of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shadowreport.importing.draft import Draft, Figure, Grid, Section
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.source.ids import Names, latin_words, words_of

_WORDS_IN_FILE = 3
_COMMON = 8  # a word in more than one of so many paragraphs tells nothing about any of them
_ENOUGH = 40  # paragraphs from which on such words are counted


def give_names(draft: Draft, words: Vocabulary) -> None:
    """Gives every section its file, and every paragraph, recommendation, table and figure its id."""
    _name_sections(draft.sections, words)
    names = Names(words.little_words)
    dull = _common_words(draft)
    for _, paragraph in draft.numbered():
        if paragraph.id and not names.keep(paragraph.id):
            paragraph.id = ""
    for _, paragraph in draft.numbered():
        if not paragraph.id:
            paragraph.id = names.make(paragraph.text.plain, "paragraph", dull=dull)
    _name_recommendations(draft, words, dull)
    _name_tables(draft, words)
    _name_figures(draft, words)


def _common_words(draft: Draft) -> frozenset[str]:
    """Words that stand in so many paragraphs that they tell nothing: the State's name, the treaty."""
    counts: Counter[str] = Counter()
    paragraphs = [paragraph.text.plain for _, paragraph in draft.numbered()]
    for text in paragraphs:
        counts.update(set(words_of(text)))
    limit = len(paragraphs) / _COMMON
    if len(paragraphs) < _ENOUGH:
        return frozenset()
    return frozenset(word for word, count in counts.items() if count > limit)


def _name_recommendations(draft: Draft, words: Vocabulary, dull: frozenset[str]) -> None:
    names = Names(words.little_words)
    boxes = [box for section in draft.sections for box in section.boxes()]
    found = [item for box in boxes for item in box.recommendations]
    for item in found:
        item.id = item.id if item.id and names.keep(item.id) else ""
    for item in found:
        # the anchor is rec-ID; an id that begins with rec- is the same one
        item.id = item.id or names.make(item.text.plain, "recommendation", prefix="rec-", dull=dull)


def _name_tables(draft: Draft, words: Vocabulary) -> None:
    names = Names(words.little_words)
    for section, paragraph in draft.numbered():
        for item in paragraph.belongings:
            if isinstance(item, Grid):
                text = item.caption or " ".join(cell.plain for cell in item.rows[0][:1])
                text = text if latin_words(text) else f"{section.name} table"
                if not item.id or not names.keep(item.id):
                    item.id = names.make(text, "table")


def _name_figures(draft: Draft, words: Vocabulary) -> None:
    names = Names(words.little_words)
    for section, item in figures(draft):
        text = item.caption if latin_words(item.caption) else f"{section.name} figure"
        if not item.id or not names.keep(item.id):
            item.id = names.make(text, "figure")


def figures(draft: Draft) -> Iterator[tuple[Section, Figure]]:
    """The pictures with captions, each with its section."""
    for section, paragraph in draft.numbered():
        for item in paragraph.belongings:
            if isinstance(item, Figure) and item.caption:
                yield section, item


# --- files --------------------------------------------------------------------------------------


def _name_sections(sections: list[Section], words: Vocabulary) -> None:
    names = Names(words.little_words)
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
