"""Makes citations of the fields of citation managers, in the text and in footnotes that hold nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from shadowreport.importing.citing.fields import Cited, cited_in, is_citation
from shadowreport.importing.citing.sources import Sources
from shadowreport.importing.citing.xml_sources import word_sources
from shadowreport.importing.draft import (
    Box,
    Citation,
    Draft,
    Figure,
    Grid,
    Inline,
    Numbered,
    Text,
    all_texts,
    texts_of,
)
from shadowreport.importing.recognise.flow import Flow
from shadowreport.source.write import escape
from shadowreport.word.content import Document, NoteMark, Run, paragraphs_of
from shadowreport.word.read.package import Package

_LEAD = 3  # words before a citation in its footnote, such as "See also"


class Citing:
    """The citations of a draft."""

    def __init__(self, draft: Draft, document: Document, package: Package, flow: Flow) -> None:
        self.draft, self.document, self.flow = draft, document, flow
        self.known, self.sources = word_sources(package), Sources()

    def settle(self) -> None:
        """Replaces what can be replaced, in place; says what stays text."""
        made = [text.ordinal for text in self._citing() if self._text(text)]
        self.draft.sources = self.sources.entries
        if made:
            message = f"citations of a citation manager became citations in {len(made)} paragraphs; their sources are in references/sources.yaml"
            hint = "a build words their footnotes; compare some with the Word file"
            self.flow.warn("import-changed", made[0], message, hint)
        left = list(self._left())
        if left:
            message = f"{len(left)} citations of a citation manager stayed text: '{left[0][1][:60]}' first"
            hint = "they hold no data of their source, or stand in a title, a table or a footnote with other words; write [@key] there"
            self.flow.warn("import-changed", left[0][0], message, hint)

    def _citing(self) -> Iterator[Text]:
        """The texts in which a citation can stand."""
        for section in self.draft.sections:
            for item in section.items:
                if isinstance(item, Numbered | Box):
                    for one in item.recommendations if isinstance(item, Box) else [item]:
                        kept = [at for at in one.belongings if not isinstance(at, Figure | Grid)]
                        yield from (one.text, *texts_of(kept))

    def _text(self, text: Text) -> bool:
        before = list(text.inlines)
        found: list[Inline] = []
        for instruction, items in groupby(before, _citation_of):
            row = list(items)
            citation = self._made(instruction, row) if instruction else None
            found += [citation] if citation else [self._noted(item) for item in row]
        text.inlines = _apart(found)
        return found != before

    def _made(self, instruction: str, row: Sequence[Inline]) -> Citation | None:
        cited = cited_in(instruction, self.known)
        shown = "".join(item.text for item in row if isinstance(item, Run))
        return self._citation(cited, shown) if cited else None

    def _noted(self, item: Inline) -> Inline:
        """A citation in the place of a footnote that holds nothing else."""
        note = self.document.note(item) if isinstance(item, NoteMark) else None
        if note is None:
            return item
        inlines = [one for paragraph in paragraphs_of(note.blocks) for one in paragraph.inlines]
        cited: list[Cited] = []
        lead = rest = ""
        for instruction, items in groupby(inlines, _citation_of):
            row = list(items)
            text = "".join(one.text for one in row if isinstance(one, Run))
            if instruction:
                more = cited_in(instruction, self.known)
                if not more:
                    return item
                cited += more
            elif cited:
                rest += text
            else:
                lead += text
        if not cited or len(lead.split()) > _LEAD or any(map(str.isalnum, rest)):
            return item
        return self._citation(cited, "", " ".join(lead.split()))

    def _citation(self, cited: Sequence[Cited], shown: str, lead: str = "") -> Citation:
        keys = [self.sources.key(item.source) for item in cited]
        words = [self._words(item, key) for item, key in zip(cited, keys, strict=True)]
        first = f"{escape(lead)} " if lead else ""
        return Citation(f"{first}{'; '.join(words)}", keys[0], shown)

    def _words(self, item: Cited, key: str) -> str:
        prefix, suffix = (escape(" ".join(text.split())) for text in (item.prefix, item.suffix))
        located = escape(" ".join(self._locator(item).split()))
        told = f"{prefix} @{key}".strip() + (f", {located}" if located else "")
        return f"{told}{'' if suffix[:1] in (',', '.', ':') else ' '}{suffix}".strip()

    def _locator(self, item: Cited) -> str:
        if not item.locator or item.label != "page":
            return f"{item.label} {item.locator}" if item.locator else ""
        notes = self.flow.words.lexicon.languages[self.draft.language].data["notes"]
        several = any(mark in item.locator for mark in "-–—,;")
        word = notes["page"][several]
        around = word.replace("{number}", item.locator)
        return f"{word} {item.locator}" if around == word else around

    def _left(self) -> Iterator[tuple[int, str]]:
        """The citations that stayed text: their paragraphs, and what they show."""
        for section in self.draft.sections:
            for text in all_texts(section):
                notes = (self.document.note(at) for at in text.inlines if isinstance(at, NoteMark))
                inside = [
                    one
                    for note in notes
                    if note
                    for paragraph in paragraphs_of(note.blocks)
                    for one in paragraph.inlines
                ]
                for instruction, row in groupby([*text.inlines, *inside], _citation_of):
                    if instruction:
                        yield text.ordinal, "".join(i.text for i in row if isinstance(i, Run))


def _apart(inlines: Sequence[Inline]) -> list[Inline]:
    """Citations that touch are one; a bracket behind one would make a link of it."""
    found: list[Inline] = []
    for item in inlines:
        last = found[-1] if found else None
        if isinstance(item, Citation) and isinstance(last, Citation):
            both = f"{last.written}; {item.written}"
            found[-1] = Citation(both, last.key, last.shown + item.shown)
            continue
        if isinstance(last, Citation) and isinstance(item, Run) and item.text[:1] in ("(", "["):
            found.append(Run(" "))
        found.append(item)
    return found


def _citation_of(item: Inline) -> str:
    """The field of a citation that an inline stands in; empty for others."""
    return next(filter(is_citation, item.fields), "") if isinstance(item, Run) else ""
