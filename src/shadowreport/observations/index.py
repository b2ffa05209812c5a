"""The rows of a table of recommendations as documents: by symbol, by paragraph, in their languages.

Exports of the Universal Human Rights Index have no column of paragraphs: heading and number stand in the
text ("Rural women 49.The Committee notes ..."). One recommendation is a row in each language, and one
paragraph several rows where it asks for several things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from shadowreport.core.lexicon import Committee, Lexicon
from shadowreport.core.report import Place
from shadowreport.core.scripts import ALPHABETS
from shadowreport.core.unwritten import TODO
from shadowreport.observations.demands import clean
from shadowreport.observations.fields import Fields, Tabled, plain

NO_DOCUMENT = "names no document that is known"
NO_PARAGRAPH = "has no number of a paragraph"
_BULLET = re.compile(r"^\s*[-–•*]\s+")
# a number alone, or a heading and a number with its full stop: "Protocol 12 and others" is no heading
_GLUED = re.compile(
    r"(?:(?P<heading>[^\W\d_](?:[^\d.()]|\([^()]{0,60}\)){0,160}?)\s*(?=\d{1,3}(?:\s?\([a-z]\))?\.))?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})?)\s?(?P<letter>\([a-z]\))?\s*\.?\s*(?=[^\W\d_«“\"(])"
)
_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\s*\.?\s*(?:\(?(?P<letter>[a-zа-я])\)?(?![^\W\d_]))?\.?\s*"
)
_BEFORE_NUMBER = re.compile(
    r"^[^\W\d_]{0,12}\.?\s*(?=\d)|^[^\w]+(?=\d)"
)  # п. 30, para 30, § 30, (30)
_STATES = re.compile(r"\s*\(([^()]{3,80}(?:\([^()]*\)[^()]*)?)\)[\s;.*]*$")
_SERIAL = re.compile(r"[3-6]\d{4}")  # days since 1899-12-30: how spreadsheets count
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[./](\d{1,2})[./](\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r"\s+")


@dataclass(slots=True)
class Entry:
    """What one paragraph, or a part of it, says: its words by language."""

    key: str
    text: dict[str, str]
    place: Place
    label: str = ""
    heading: dict[str, str] = field(default_factory=dict)
    concern: bool = False
    by: tuple[str, ...] = ()
    response: str = ""


@dataclass(slots=True)
class Document:
    """All rows of one document."""

    committee: str
    symbol: str
    year: str = ""
    published: str = ""
    state: str = ""
    session: str = ""
    entries: list[Entry] = field(default_factory=list)
    by_key: dict[tuple[str, bool], list[Entry]] = field(default_factory=dict)


@dataclass(slots=True)
class Index:
    """The documents of a table; what was left out, each with its row and the reason; how many rows were
    said twice, and how many are on other States."""

    documents: list[Document] = field(default_factory=list)
    left: list[tuple[Place, str, str]] = field(default_factory=list)
    doubled: int = 0
    elsewhere: int = 0


def index(
    table: Tabled, fields: Fields, lexicon: Lexicon, file: str, state: frozenset[str]
) -> Index:
    """The documents of a table. `state` are the names of the State that is wanted, of which an export may
    hold others as well; all rows are taken where it is empty."""
    found = Index()
    known: dict[str, Document] = {}
    above = ""
    among = [code for code, item in lexicon.languages.items() if "observations" in item.data]
    rows = list(table.records())
    most = lexicon.language_of(" ".join(row.get("text", "") for _, row in rows), among)
    language_of = partial(lexicon.language_of, among=among, default=most)
    for number, row in rows:
        place = Place(file, number)
        if "across" in row and not _NUMBER.match(row["across"]):
            above = _line(row["across"].partition(":")[2] or row["across"])
            continue
        said, source = fields.split_source(row.get("text", row.get("across", "")))
        text = _line(said)
        if not text:
            continue
        row.setdefault("heading", above)
        row["symbol"] = row.get("symbol", "") or source
        if not row["symbol"]:
            row["symbol"], row["paragraph"] = _symbol_in(row.get("paragraph", ""), lexicon)
        if _elsewhere(row.get("state", ""), state):
            found.elsewhere += 1
            continue
        committee, symbol = _document(row, lexicon)
        year = _year(row.get("date", ""))
        if not committee or not (symbol or year):
            found.left.append((place, NO_DOCUMENT, text))
            continue
        document = known.setdefault(symbol or f"{committee}-{year}", Document(committee, symbol))
        _complete(document, row)
        entry = _entry(row, text, place, fields, language_of, upr=committee == "UPR")
        if entry is None:
            found.left.append((place, NO_PARAGRAPH, text))
        else:
            found.doubled += not _join(document, entry)
    found.documents = [ordered(document) for document in known.values() if document.by_key]
    return found


def _line(text: str) -> str:
    return _SENTENCE.sub(" ", _BULLET.sub("", text)).strip()


def _items(text: str) -> list[str]:
    """The items of a cell: a line each, perhaps with hyphens before them."""
    return [item for line in re.split(r"[\n;|]", text) if (item := _line(line))]


def _elsewhere(cell: str, state: frozenset[str]) -> bool:
    named = {plain(item) for item in _items(cell)}
    return bool(state and named) and not named & state


def _symbol_in(cell: str, lexicon: Lexicon) -> tuple[str, str]:
    """The symbol that stands beside the number of a paragraph, and the number alone."""
    symbol = next((symbol for _, symbol in lexicon.symbols_in(cell)), "")
    return symbol, cell.replace(symbol, "").strip(" ,;:") if symbol else cell


# --- the document -------------------------------------------------------------------------------


def _document(row: Mapping[str, str], lexicon: Lexicon) -> tuple[str, str]:
    """The committee of a row, and the symbol of its document."""
    symbols = [symbol for _, symbol in lexicon.symbols_in(row.get("symbol", ""))]
    for symbol in symbols:
        for committee in lexicon.committees.values():
            if f"{symbol}/".startswith(f"{committee.symbol}/"):
                return committee.code, symbol.partition("/Add.")[0]
    body = next(
        (code for item in _items(row.get("body", "")) if (code := _body(item, lexicon))), ""
    )
    return body, next(iter(symbols), "")


def _body(name: str, lexicon: Lexicon) -> str:
    said = plain(name)
    for committee in lexicon.committees.values():
        if said.split()[:1] == [committee.code.lower()] or said in _names(committee):
            return committee.code
    if "periodic review" in said:
        return "UPR"
    return ""


def _names(committee: Committee) -> set[str]:
    return {plain(name) for name in committee.names.values()}


def _complete(document: Document, row: Mapping[str, str]) -> None:
    day = _day(row.get("date", ""))
    document.published = document.published or day
    document.year = document.year or day[:4] or _year(row.get("date", ""))
    document.state = document.state or next(iter(_items(row.get("state", ""))), "")
    document.session = document.session or _line(row.get("session", ""))


def _day(text: str) -> str:
    """A date as YYYY-MM-DD, from one, from 14/03/2014 or from the number that spreadsheets give a day."""
    if _SERIAL.fullmatch(text.strip()):
        return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
    match = _DAY.search(text)
    if not match:
        return ""
    if match[1]:
        return f"{match[1]}-{match[2]}-{match[3]}"
    day, month = int(match[4]), int(match[5])
    if month > 12:  # as in the United States
        day, month = month, day
    return f"{match[6]}-{month:02}-{day:02}" if 0 < month <= 12 and 0 < day <= 31 else ""


def _year(text: str) -> str:
    day = _day(text)
    match = _YEAR.search(text)
    return day[:4] or (match[0] if match else "")


# --- the paragraphs -----------------------------------------------------------------------------


def _entry(
    row: Mapping[str, str],
    text: str,
    place: Place,
    fields: Fields,
    language_of: Callable[[str], str],
    *,
    upr: bool,
) -> Entry | None:
    """A row as what its paragraph says; None where its number stands nowhere."""
    cell = _BEFORE_NUMBER.sub("", _line(row.get("paragraph", "")))
    typed = _NUMBER.match(cell)
    glued = _GLUED.match(text)
    number = typed or glued
    if number is None:
        return None
    letter = _latin((number["letter"] or "").strip("()"))
    several = bool(typed and re.search(r"\w", cell[typed.end() :]))  # 24 a) and b)
    letter = "" if several else letter
    heading = _line(row.get("heading", ""))
    if typed is None and glued:
        heading, text = (glued["heading"] or "").strip(" .:–-") or heading, text[glued.end() :]
    else:
        own = _NUMBER.match(text)
        if own and own["number"] == number["number"]:
            text = text[own.end() :]
    by: list[str] = _items(row.get("by", ""))
    if upr:
        text, named = without_states(text)
        by = by or named
    language = language_of(text)
    dotted = "." in number["number"]
    key = number["number"] + (f".{ord(letter) - 96}" if letter else "")
    label = number["number"] if dotted else f"{number['number']} ({letter})" if letter else ""
    label = cell if several else label
    return Entry(
        key,
        {language: clean(_capital(text))},
        place,
        label,
        {language: heading} if heading else {},
        fields.concern(next(iter(_items(row.get("kind", ""))), "")),
        tuple(by),
        fields.position(row.get("position", "")),
    )


def _latin(letter: str) -> str:
    """The letter of a sub-paragraph, as the first alphabet counts."""
    at = ALPHABETS["Cyrl"].find(letter) if letter else -1
    return ALPHABETS["Latn"][at] if at >= 0 else letter


def without_states(text: str) -> tuple[str, list[str]]:
    """A recommendation of the review without the States in brackets at its end, and those States."""
    named: list[str] = []
    while match := _STATES.search(text):
        named[:0] = re.split(r"\s*[,;]\s*", match[1])
        text = text[: match.start()]
    return text.rstrip(" ;*"), named


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _join(document: Document, new: Entry) -> bool:
    """Puts an entry to those of its document: beside its words in another language, or as a further part
    of its paragraph. False where it says what one of them says."""
    same = document.by_key.setdefault((new.key, new.concern), [])
    language, words = next(iter(new.text.items()))
    if any(item.text.get(language) == words for item in same):
        return False
    for item in same:
        if language not in item.text:
            item.text |= new.text
            item.heading |= new.heading
            item.response, item.by = item.response or new.response, item.by or new.by
            return True
    same.append(new)
    return True


def ordered(document: Document) -> Document:
    """The entries by their numbers; what a paragraph asks in several rows gets parts .1, .2."""
    taken = {key for key, concern in document.by_key if not concern}
    for (key, concern), group in document.by_key.items():
        free = (f"{key}.{nth}" for nth in range(1, 1000) if f"{key}.{nth}" not in taken)
        for entry in group if len(group) > 1 and not concern else ():
            entry.label = entry.label or key
            entry.key = next(free)
            taken.add(entry.key)
    found = [entry for group in document.by_key.values() for entry in group]
    document.entries = sorted(found, key=lambda item: [int(part) for part in item.key.split(".")])
    return document


def data_of(document: Document, language: str, heading: str) -> dict[str, Any]:
    """What a file of references/ says of it in one language."""
    head = {
        "committee": document.committee,
        "symbol": document.symbol or TODO,
        "state": document.state,
        "session": document.session,
        "published": document.published,
        "cycle": document.year or TODO,
        "heading": {language: heading},
    }
    spoken = [entry for entry in document.entries if language in entry.text]
    concerns: dict[str, list[Entry]] = {}
    for entry in spoken:
        if entry.concern:
            concerns.setdefault(entry.key.partition(".")[0], []).append(entry)
    demands = {entry.key: _demand(entry, language) for entry in spoken if not entry.concern}
    others = {number: _concern(entries, language) for number, entries in concerns.items()}
    kept = {key: value for key, value in head.items() if value}
    return kept | {"recommendations": demands, "paragraphs": others}


def _demand(entry: Entry, language: str) -> dict[str, Any]:
    data = {
        "label": entry.label if entry.label != entry.key.partition(".")[0] else "",
        **_said(language, [entry]),
        "states": list(entry.by),
        "response": entry.response,
    }
    return {key: value for key, value in data.items() if value}


def _concern(entries: Sequence[Entry], language: str) -> dict[str, Any]:
    return {"part": "concern", **_said(language, entries)}


def _said(language: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """The words of entries in one language, and the heading above them."""
    texts = " ".join(entry.text[language] for entry in entries)
    heading = next((entry.heading[language] for entry in entries if language in entry.heading), "")
    return {"text": {language: texts}} | ({"heading": {language: heading}} if heading else {})


def languages(document: Document) -> Iterator[str]:
    """The languages that its rows are in, the most frequent first."""
    counts: dict[str, int] = {}
    for entry in document.entries:
        for language in entry.text:
            counts[language] = counts.get(language, 0) + 1
    yield from sorted(counts, key=lambda code: -counts[code])


def column_heading(document: Document, lexicon: Lexicon, code: str) -> str:
    """The heading of its column in the tables of a report."""
    lists = (
        lexicon.languages[name].list("observations", "column")
        for name in (code, "en")
        if "observations" in lexicon.languages[name].data
    )
    column = next(filter(None, lists))
    return column.format(committee=document.committee, year=document.year or TODO)
