"""The State that a report is on: by the symbols of the documents that it cites, or by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from babel import UnknownLocaleError

from shadowreport.core.states import name_of, states_named
from shadowreport.importing.draft import Draft
from shadowreport.importing.recognise.flow import Flow
from shadowreport.word.content import Document, paragraphs_of

_OFTEN, _MORE = (
    3,
    2,
)  # times a State must be named in a text without a title, and more than any other


def settle_state(draft: Draft, document: Document, flow: Flow, symbols: Iterable[str] = ()) -> None:
    """Gives the draft the State that it is most likely on, with the guess told; none where it names none.
    `symbols` are those that somebody gave for its cycles."""
    text = " ".join(paragraph.text for paragraph in paragraphs_of(document.blocks))
    margins = [margin.text for margin in document.margins]
    title = " ".join(
        (draft.title.plain if draft.title else "", draft.subtitle, document.properties.title)
    )
    for seen, codes in (
        ("the symbols of --cycle", flow.words.lexicon.states_in(" ".join(symbols))),
        ("symbols in the text", flow.words.lexicon.states_in(text)),
        ("a symbol in a header", flow.words.lexicon.states_in(" ".join(margins))),
        ("the title", _named(title.title() if title.isupper() else title, draft.language)),
        ("names in the text", _often(_named(text, draft.language))),
    ):
        if codes:
            draft.state = Counter(codes).most_common(1)[0][0]
            draft.state_name = _name(draft.state, draft.language)
            decided = f"{draft.state_name} ({draft.state})"
            flow.guess("state", 1, seen, decided, "state: in sections/report.yaml")
            return


def _named(text: str, language: str) -> list[str]:
    """The States that a text names, in its own language or else in English."""
    for locale in (language, "en"):
        try:
            codes = states_named(text, locale)
        except (UnknownLocaleError, ValueError):
            continue
        if codes:
            return codes
    return []


def _often(codes: Sequence[str]) -> list[str]:
    """The State that a text is on, as far as one can be seen to be: named often, no other half as often."""
    counts = [*Counter(codes).most_common(2), ("", 0), ("", 0)]
    (code, most), (_, other) = counts[0], counts[1]
    return [code] if most >= _OFTEN and most >= _MORE * other else []


def _name(code: str, language: str) -> str:
    try:
        return name_of(code, language)
    except (UnknownLocaleError, ValueError):
        return name_of(code, "en")
