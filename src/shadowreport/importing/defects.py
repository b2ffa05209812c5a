"""Defects of the source: reported with their place, never repaired in silence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from shadowreport.importing.draft import Draft, texts_of
from shadowreport.importing.recognise.flow import Flow
from shadowreport.importing.write.inlines import address_of
from shadowreport.load.allowed import bad_url
from shadowreport.word.content import Document, NoteMark, Paragraph, Run, paragraphs_of

_ADDRESS = re.compile(r"(?:https?\s?:\s?//|www\.)\S*", re.IGNORECASE)
_ADDRESS_GOES_ON = re.compile(r"\s+(?:[^\s.,;]*[/.?=&%][\w/%-]\S*|›\s*\S+)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTES = {"“": "“ ”", "”": "“ ”", "„": "„ “", "«": "« »", "»": "« »", '"': '" "'}
_LOOK_UP = "look it up in the UN treaty body database"
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def report_defects(document: Document, draft: Draft, flow: Flow) -> None:
    """Adds a warning for every defect that can be seen in the text."""
    notes = [*document.footnotes.values(), *document.endnotes.values()]
    paragraphs = [
        *paragraphs_of(flow.blocks),
        *paragraphs_of([block for note in notes for block in note.blocks]),
    ]
    places = _places(document, draft)
    for paragraph in paragraphs:
        where = places.get(paragraph.ordinal, "")
        _links(paragraph, flow, where)
        _addresses(paragraph, flow, where)
        _mixed_words(paragraph, flow, where)
        _lost_notes(paragraph, document, flow, where)
    _box_headings(draft, flow)
    _quotes(paragraphs, flow)
    _symbols(paragraphs, draft, flow)


def _places(document: Document, draft: Draft) -> dict[int, str]:
    """By ordinal, the numbered paragraph in which something stands, in words for a message."""
    found: dict[int, str] = {}
    for _, item in draft.numbered():
        if not item.old:
            continue
        for text in (item.text, *texts_of(item.belongings)):
            found[text.ordinal] = f"in paragraph {item.old}: "
            for mark in text.inlines:
                note = document.note(mark) if isinstance(mark, NoteMark) else None
                for inside in paragraphs_of(note.blocks) if note else ():
                    found[inside.ordinal] = f"in a footnote of paragraph {item.old}: "
    return found


# --- links --------------------------------------------------------------------------------------


def links_of(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Each link of a paragraph: its target, and the text that is printed."""
    target, printed = "", ""
    for item in paragraph.inlines:
        link = item.link if isinstance(item, Run) else ""
        if link != target:
            if target:
                yield target, printed
            target, printed = link, ""
        if isinstance(item, Run) and link:
            printed += item.text
    if target:
        yield target, printed


def _links(paragraph: Paragraph, flow: Flow, where: str) -> None:
    for target, printed in links_of(paragraph):
        shown = printed.strip()
        if _ADDRESS.match(shown) and _normal(shown) != _normal(target):
            message = f"{where}a link prints another address than it opens: '{shown[:200]}'"
            hint = f"it opens {target[:200]}"
            flow.warn("import-link", paragraph.ordinal, message, hint)
        reason = bad_url(address_of(target))
        if reason:
            message = f"{where}the link '{target[:120]}' cannot be kept; its text was kept"
            flow.warn("import-link", paragraph.ordinal, message, reason)


def _normal(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.strip().lower()).rstrip("/")


def _addresses(paragraph: Paragraph, flow: Flow, where: str) -> None:
    """Printed addresses that no browser opens: blanks inside, or no site."""
    linked = {printed.strip() for _, printed in links_of(paragraph)}
    text = paragraph.text
    for match in _ADDRESS.finditer(text):
        printed = match[0].rstrip('.,;)»”"')
        whole = printed
        rest = _ADDRESS_GOES_ON.match(text, match.start() + len(printed))
        while rest:
            whole = text[match.start() : rest.end()]
            rest = _ADDRESS_GOES_ON.match(text, rest.end())
        if any(whole in one or printed in one for one in linked if one):
            continue
        if whole != printed or " " in printed or not _site(printed):
            whole = text[match.start() :] if not _site(printed) else whole
            message = f"{where}this address is no valid URL: '{whole[:120].strip()}'"
            flow.warn("import-link", paragraph.ordinal, message, "look it up and correct it")


def _site(address: str) -> bool:
    address = address if "://" in address else f"http://{address}"
    host = re.match(r"https?://([^/?#]*)", address, re.IGNORECASE)
    return bool(host and re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?", host[1]))


def _lost_notes(paragraph: Paragraph, document: Document, flow: Flow, where: str) -> None:
    for item in paragraph.inlines:
        if isinstance(item, NoteMark) and document.note(item) is None:
            message = f"{where}the mark of a {item.kind} that has no text was left out"
            flow.warn("import-dropped", paragraph.ordinal, message)


# --- letters and quotation marks ----------------------------------------------------------------


def _mixed_words(paragraph: Paragraph, flow: Flow, where: str) -> None:
    for match in _WORD.finditer(paragraph.text):
        scripts = {script_of(letter) for letter in match[0]} & set(_SCRIPTS)
        if len(scripts) > 1:
            strange = _strangers(match[0], paragraph.text)
            message = f"{where}letters of two alphabets in one word: '{match[0]}' ({strange})"
            flow.warn("import-scripts", paragraph.ordinal, message, "type the word again")


def script_of(letter: str) -> str:
    """The script of a letter: the first word of its Unicode name."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _strangers(word: str, text: str) -> str:
    """The letters of the script that the text around uses less."""
    around = Counter(script_of(letter) for letter in text if letter.isalpha())
    rare = min({script_of(letter) for letter in word}, key=lambda script: around[script])
    letters = [letter for letter in word if script_of(letter) == rare]
    return ", ".join(f"'{letter}' is {rare.capitalize()}" for letter in letters)


def _quotes(paragraphs: list[Paragraph], flow: Flow) -> None:
    kinds: Counter[str] = Counter()
    first: dict[str, int] = {}
    for paragraph in paragraphs:
        for letter in paragraph.text:
            kind = _QUOTES.get(letter)
            if kind:
                kinds[kind] += 1
                first.setdefault(kind, paragraph.ordinal)
    if len(kinds) > 1:
        shares = ", ".join(f"{kind} {count} times" for kind, count in kinds.most_common())
        rarest = kinds.most_common()[-1][0]
        message = f"quotation marks of {len(kinds)} kinds: {shares}; the rarest stands here first"
        flow.warn("import-quotes", first[rarest], message, "choose one kind; all were kept")


# --- boxes and symbols --------------------------------------------------------------------------


def _box_headings(draft: Draft, flow: Flow) -> None:
    for section in draft.sections:
        for box in section.boxes():
            match = flow.words.box_heading.fullmatch(box.heading)
            count = len(box.recommendations)
            if match and bool(match["several"]) != (count > 1):
                message = f"a box headed '{box.heading}' holds {count}"
                hint = "the toolkit heads boxes by what they hold; is something missing?"
                flow.warn("import-box-heading", box.ordinal, message, hint)


def _symbols(paragraphs: list[Paragraph], draft: Draft, flow: Flow) -> None:
    """UN symbols that nothing here confirms: those of the State's reports one by one, because they
    are often wrong (a report of the eighth to tenth cycles is 8-10), the others together."""
    lexicon = flow.words.lexicon
    known = {cycle.symbol for cycle in draft.cycles}
    found: dict[str, int] = {}
    for paragraph in paragraphs:
        for _, symbol in lexicon.symbols_in(paragraph.text):
            found.setdefault(symbol, paragraph.ordinal)
    others = [symbol for symbol in found if symbol not in known]
    for symbol in [symbol for symbol in others if lexicon.is_state_report(symbol)]:
        others.remove(symbol)
        message = f"{symbol}: is this the symbol of the State's report?"
        flow.warn("import-symbol", found[symbol], message, _LOOK_UP)
    if others:
        message = f"UN symbols that nothing here confirms: {', '.join(others)}"
        flow.warn("import-symbol", found[others[0]], message, _LOOK_UP)
