"""What a document says of itself: symbol, committee, State, session and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from shadowreport.core.lexicon import Committee
from shadowreport.core.phrases import one_of
from shadowreport.core.states import name_of
from shadowreport.observations.outline import Outline
from shadowreport.observations.words import Words

_NO_STATES = ("UN", "EU", "EZ", "ZZ")  # among the territories of CLDR
_INTRODUCTION = 4  # numbered paragraphs among which the date of adoption stands


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a document; what it does not say is empty."""

    committee: str = ""
    symbol: str = ""
    state: str = ""
    session: str = ""
    adopted: str = ""
    published: str = ""

    @property
    def year(self) -> str:
        """The year by which its cycle is called."""
        return (self.adopted or self.published)[:4]


def front_of(shape: Outline, words: Words) -> Front:
    """The head of a document."""
    head = [block.text for block in shape.front]
    opening = [paragraph.text for paragraph in shape.paragraphs[:_INTRODUCTION]]
    notes = [note for block in shape.front for note in block.notes]
    committee, symbol = _symbol([*head, *opening], words) or (_named(head, words), "")
    texts = [*opening, *notes, *head]
    printed = [
        text for text in head if not (words.finds("adopted", text) or words.finds("session", text))
    ]
    dates = [date for text in printed for date in words.dates(text)]
    return Front(
        committee=committee.code if committee else "",
        symbol=symbol,
        state=_state(symbol, head, words),
        session=next(filter(None, map(words.session, [*head, *notes, *opening])), ""),
        adopted=next(_adopted(texts, words), ""),
        published=dates[0] if dates else "",
    )


def _symbol(texts: list[str], words: Words) -> tuple[Committee, str] | None:
    """The first symbol that belongs to a committee; that of observations before another."""
    committees = words.lexicon.committees.values()
    found = [
        (committee, symbol)
        for text in texts
        for _, symbol in words.lexicon.symbols_in(text)
        for committee in committees
        if f"{symbol}/".startswith(f"{committee.symbol}/")
    ]
    observations = [item for item in found if "/CO/" in item[1]]
    return next(iter([*observations, *found]), None)


def _named(head: list[str], words: Words) -> Committee | None:
    text = "\n".join(head)
    found = {
        item.code: re.search(one_of(item.named), text, re.IGNORECASE)
        for item in words.lexicon.committees.values()
    }
    starts = {code: match.start() for code, match in found.items() if match}
    return words.lexicon.committees[min(starts, key=lambda code: starts[code])] if starts else None


def _state(symbol: str, head: list[str], words: Words) -> str:
    """The State's name in the language of the document: by the symbol's code, else by the title."""
    names = Locale.parse(words.language.locale).territories
    for code in words.lexicon.states_in(symbol):
        country = words.lexicon.country(code)
        known = country.names.get(words.language.code)
        return known or name_of(code, words.language.locale) or code
    text = " ".join(head)
    found = [
        name
        for code, name in names.items()
        if code.isalpha() and code not in _NO_STATES and re.search(rf"\b{re.escape(name)}\b", text)
    ]
    return max(found, key=len, default="")


def _adopted(texts: list[str], words: Words) -> Iterator[str]:
    """Dates at which it says that it was adopted: the last one of the sentence."""
    for text in texts:
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZА-ЯÀ-Ý])", text):
            dates = words.dates(sentence)
            if dates and words.finds("adopted", sentence):
                yield dates[-1]
