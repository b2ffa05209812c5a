"""What a document says of itself: symbol, committee, State, session and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from shadowreport.core.lexicon import Committee
from shadowreport.core.phrases import one_of
from shadowreport.core.states import name_of
from shadowreport.observations.outline import BEHIND, Outline
from shadowreport.observations.words import Words

_NO_STATES = ("UN", "EU", "EZ", "ZZ")  # among the territories of CLDR
_OF_OTHERS = re.compile(
    r"/SR\.|/(?!HRC/|QPR/)[A-Z]{3}/\d[\d-]*(?:/|$)"
)  # records of meetings; the State's report: CERD/C/KAZ/8-10, but not A/HRC/12/9
QUESTIONS = re.compile(r"/Q(?:PR)?/")  # in the symbol of a list of issues
_ASIDE = re.compile(r"\([^()]*\)")  # (see CERD/C/SR.2291)
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
    met: str = ""  # the last day that the first paragraphs name

    @property
    def year(self) -> str:
        """The year by which its cycle is called."""
        return (self.adopted or self.published or self.met)[:4]


def front_of(shape: Outline, words: Words) -> Front:
    """The head of a document."""
    head = [words.apart(block.text) for block in shape.front]
    opening = [paragraph.text for paragraph in shape.paragraphs[:_INTRODUCTION]]
    notes = [*shape.notes, *(note for block in shape.front for note in block.notes)]
    committee, symbol = _symbol(head, opening, words)
    behind = [block.text for block, reason in shape.left if reason == BEHIND]  # Adopted on 27 April
    texts = [*opening, *notes, *head, *behind]
    printed = [_before_session(text, words) for text in head]
    english = Words(
        words.lexicon, words.lexicon.languages["en"]
    )  # the day of printing in all languages
    dates = [date for text in printed for date in (*words.dates(text), *english.dates(text))]
    return Front(
        committee=committee.code if committee else "",
        symbol=symbol,
        state=_state([symbol, *(other for _, other in _symbols(opening, words))], head, words),
        session=next(filter(None, map(words.session, [*head, *notes, *opening])), ""),
        adopted=next(_adopted(texts, words), ""),
        published=dates[0] if dates else "",
        met=max((date for text in opening for date in words.dates(text)), default=""),
    )


def _before_session(text: str, words: Words) -> str:
    """What stands before the words on adoption and session, whose dates are not that of printing."""
    found = [words.finds(name, text) for name in ("adopted", "session")]
    return text[: min((match.start() for match in found if match), default=None)]


def _symbol(head: list[str], opening: list[str], words: Words) -> tuple[Committee | None, str]:
    """The committee, and the symbol of its document: the first of the first page that is not another's.
    The first paragraphs name the State's report, meetings, questions and earlier observations, which tell the
    committee alone."""
    first, later = list(_symbols(head, words)), list(_symbols(opening, words))
    own = [item for item in first if not _OF_OTHERS.search(item[1])]
    if own:
        said = (item for item in own if "/CO/" in item[1] or QUESTIONS.search(item[1]))
        return next(said, own[0])
    return _named(head, words) or next((committee for committee, _ in (*first, *later)), None), ""


def _symbols(texts: list[str], words: Words) -> Iterator[tuple[Committee, str]]:
    for text in texts:
        for _, symbol in words.lexicon.symbols_in(text):
            for committee in words.lexicon.committees.values():
                if f"{symbol}/".startswith(f"{committee.symbol}/"):
                    yield committee, symbol


def _named(head: list[str], words: Words) -> Committee | None:
    text = "\n".join(head)
    found = {
        item.code: re.search(one_of(item.named), text, re.IGNORECASE)
        for item in words.lexicon.committees.values()
    }
    starts = {code: match.start() for code, match in found.items() if match}
    return words.lexicon.committees[min(starts, key=lambda code: starts[code])] if starts else None


def _state(symbols: list[str], head: list[str], words: Words) -> str:
    """The State's name in the language of the document: by a symbol's code, else by the title."""
    names = Locale.parse(words.language.locale).territories
    for code in (code for symbol in symbols for code in words.lexicon.states_in(symbol)):
        country = words.lexicon.country(code)
        known = country.names.get(words.language.code)
        return known or name_of(code, words.language.locale) or code
    text = " ".join(head)
    found = [
        name
        for code, name in names.items()
        if code.isalpha() and code not in _NO_STATES and _names(name, text)
    ]
    return max(found, key=len, default="")


def _names(state: str, text: str) -> bool:
    """Whether a text names a State, in capitals too; the CLDR writes "Bosnia & Herzegovina"."""
    said = re.escape(state).replace(r"\&", "(?:&|and)")
    return bool(re.search(rf"\b(?:{said}|{said.upper()})\b", text))


def _adopted(texts: list[str], words: Words) -> Iterator[str]:
    """Dates at which it says that it was adopted: the last one of the sentence, of the year that was named
    last."""
    for text in texts:
        year = ""
        plain = _ASIDE.sub(lambda aside: aside[0] if words.dates(aside[0]) else "", text)
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZА-ЯÀ-Ý])", plain):
            dates = words.dates(sentence, year)
            year = dates[-1][:4] if dates else year
            if dates and words.finds("adopted", sentence):
                yield dates[-1]
