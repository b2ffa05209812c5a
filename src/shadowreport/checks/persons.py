"""Persons whom the report names and of whom nobody has decided, in references/persons.yaml, that it may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from shadowreport.checks.finder import Found, finder_of
from shadowreport.checks.prose import BLANK, Passage, bodies
from shadowreport.core.phrases import NEVER
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.gate.fold import clean, fold
from shadowreport.gate.index import Index
from shadowreport.gate.names import PATRONYMIC, name_words

_PLACES = 3  # that are told of a person
_TOLD = 12  # persons who are told one by one


def undecided(report: Report) -> Iterator[Diagnostic]:
    """Each person whom the text names and of whom persons.yaml does not say that it may."""
    decided = _Decided(report)
    persons: dict[str, list[tuple[Passage, Found]]] = {}
    find, own = finder_of(report), _own_names(report)
    for passage in bodies(report):
        for found in find(own.sub(_blank, passage.text)):
            if not decided.covers(found.words):
                persons.setdefault(_family(found.words), []).append((passage, found))
    if report.persons is None and persons:
        yield _summary(persons)
        return
    for places in list(persons.values())[:_TOLD]:
        passage, found = places[0]
        more = _more(places)
        message = f"'{found.name}' is named, and nobody has decided whether that may be{more}"
        yield passage.problem("undecided-person", found.offset, message, _HINT)
    if len(persons) > _TOLD:
        passage, found = list(persons.values())[_TOLD][0]
        message = f"{len(persons) - _TOLD} more persons are named of whom nobody has decided"
        yield passage.problem("undecided-person", found.offset, message, _HINT)


def _own_names(report: Report) -> re.Pattern[str]:
    """The coalition's own organisations, which stand on the cover, whoever they are called after."""
    names = (r"\s+".join(map(re.escape, item.name.split())) for item in report.organisations)
    return re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, names)) or NEVER})(?!\w)")


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


_HINT = "add the name under named: in references/persons.yaml, with the reason, or write @person-... instead"


def _summary(persons: dict[str, list[tuple[Passage, Found]]]) -> Diagnostic:
    names = [places[0][1].name for places in persons.values()]
    some = ", ".join(f"'{name}'" for name in names[:_PLACES])
    more = f" and {len(names) - _PLACES} more" if len(names) > _PLACES else ""
    passage, found = next(iter(persons.values()))[0]
    message = f"the text names persons ({some}{more}), and nobody has decided whether that may be"
    hint = (
        "make references/persons.yaml: 'named:' lists who may be named and why; then each is told"
    )
    return passage.problem("undecided-person", found.offset, message, hint)


def _more(places: Sequence[tuple[Passage, Found]]) -> str:
    others = [passage.at(found.offset) for passage, found in places[1:]]
    told = ", ".join(f"{place.file}:{place.line}" for place in others[:_PLACES])
    left = f" and {len(others) - _PLACES} more" if len(others) > _PLACES else ""
    return f" (also {told}{left})" if told else ""


def _family(words: Sequence[str]) -> str:
    """By what two mentions are taken for one person: the longest word that is no patronymic."""
    whole = [fold(word) for word in words if len(word) > 1 and not PATRONYMIC.fullmatch(fold(word))]
    return whole[-1] if whole else fold(words[-1])


class _Decided:
    """Who may be named, in whatever form."""

    def __init__(self, report: Report) -> None:
        named = report.persons.named if report.persons else ()
        self._index = Index(
            word
            for number, item in enumerate(named)
            for text in (*item.names, *(part for name in item.names for part in name.split("-")))
            for word in name_words(str(number), text)
        )

    def covers(self, words: Iterable[str]) -> bool:
        """Whether every word of a name is one of the same person; an initial may stand for any."""
        who: set[str] | None = None
        for word in words:
            if len(word) == 1:
                continue
            parts = [part for part in word.split("-") if len(part) > 1] or [word]
            for part in parts:
                meant = {item.person for item in self._index.meant(clean(part))}
                who = meant if who is None else who & meant
        return bool(who)
