"""Persons whom a text names, found by rules: titles, initials, an office and a name, patronymics, runs of
capitalised words. Whoever is found is decided once, in references/persons.yaml.

A capitalised word that the report also writes small is no name, nor is a country, a language or a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from shadowreport.checks.prose import BLANK, Passage, bodies
from shadowreport.core.phrases import NEVER, one_of, pattern
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.gate.fold import clean, fold
from shadowreport.gate.index import Index
from shadowreport.gate.names import PATRONYMIC, name_words
from shadowreport.load.names import names_of_locale

_MOST = 4  # words of a name
_PLACES = 3  # that are told of a person
_TOLD = 12  # persons who are told one by one

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*(?:-[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*)*")
_OF = re.compile("['’]s$")
_ELIDED = re.compile("(?:[LDJMNSTC]|Qu)['’][a-zà-ÿ]")  # L'association is no name, O'rinboy is one
_OPENING, _CLOSING = frozenset('"“«„‘*'), frozenset('"”»“’*')
_BESIDE = re.compile(r"[ \u00a0]|[ \u00a0]?\n(?![ \t]*\n)[ ]{0,8}")
_BEHIND_INITIAL = re.compile(r"\.(?:[ \u00a0]?|[ \u00a0]?\n)")
_PARTICLES = frozenset(
    ["al", "el", "bin", "ben", "ibn", "abu", "van", "von", "der", "de", "da", "di", "du", "la"]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A person whom a text names."""

    words: tuple[str, ...]  # of the name, initials among them
    offset: int

    @property
    def name(self) -> str:
        """The name as it is written."""
        return " ".join(word + "." * (len(word) == 1) for word in self.words)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper() and self.text != "Ó"  # of Irish names


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules look for in the languages of a report."""

    before: re.Pattern[str]  # titles and offices, right in front of a name
    behind: re.Pattern[str]  # titles behind it
    no_names: re.Pattern[str]  # a capitalised word that is no name
    places: re.Pattern[str]  # what makes a place or a body of the words in front of it
    in_places: re.Pattern[str]  # what stands in front of the name of a place or a body
    nobody: re.Pattern[str]  # letters that are no initials
    small: frozenset[str] = field(repr=False)  # words that the report writes small, too
    countries: re.Pattern[str] = field(repr=False)  # and languages, of several words


def undecided(report: Report) -> Iterator[Diagnostic]:
    """Each person whom the text names and of whom persons.yaml does not say that it may."""
    decided = _Decided(report)
    persons: dict[str, list[tuple[Passage, Found]]] = {}
    rules, own = rules_of(report), _own_names(report)
    for passage in bodies(report):
        for found in find(own.sub(_blank, passage.text), rules):
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


def find(text: str, rules: Rules) -> Iterator[Found]:
    """The persons whom a text names, in its order."""
    text = rules.countries.sub(_blank, text)
    words = list(_WORD.finditer(text))
    index = 0
    while index < len(words):
        if not words[index][0][0].isupper():  # most words; none begins a name
            index += 1
            continue
        run = _run(text, words, index, rules)
        if run:
            yield from _judge(text, run, rules)
        index += max(1, len(run))


def _run(text: str, words: list[re.Match[str]], first: int, rules: Rules) -> list[_Token]:
    """The words from one on that may be a name, with nothing but blanks and full stops between."""
    run: list[_Token] = []
    for word in words[first : first + _MOST + 3]:
        token = _Token(_OF.sub("", word[0]), word.start(), word.end())
        if run and not _joins(text[run[-1].end : token.start], run[-1]):
            break
        particle = bool(run) and _is_particle(token.text)
        if not (particle or token.is_initial or _name_like(token.text, rules)):
            break
        run.append(token)
    while run and (run[-1].text in _PARTICLES):
        run.pop()
    return run


def _is_particle(word: str) -> bool:
    """Whether a word belongs to the name before it: van, or al-Khatib."""
    head, _, rest = word.partition("-")
    return head in _PARTICLES and (not rest or rest[0].isupper())


def _joins(gap: str, before: _Token) -> bool:
    if before.is_initial and _BEHIND_INITIAL.fullmatch(gap):
        return True
    return bool(_BESIDE.fullmatch(gap))


def _name_like(word: str, rules: Rules) -> bool:
    parts = word.split("-")
    if not all(part[:1].isupper() for part in parts[:1]) or len(word) < 2 or word.isupper():
        return False
    if _ELIDED.match(word):
        return False
    folded = fold(word)
    usual = folded in rules.small or folded.removesuffix("s") in rules.small
    return not usual and not rules.no_names.fullmatch(word)


def _judge(text: str, run: list[_Token], rules: Rules) -> Iterator[Found]:
    """The person whom a run of such words names, if it names one."""
    before = text[max(0, run[0].start - 60) : run[0].start]
    behind = text[run[-1].end : run[-1].end + 40]
    initials = [token for token in run if token.is_initial and _dotted(text, token)]
    names = [token for token in run if not token.is_initial]
    words = tuple(token.text for token in run)
    if (
        not names
        or len(names) > _MOST
        or any(token.is_initial and token not in initials for token in run)
    ):
        return
    titled = bool(rules.before.search(before)) or bool(rules.behind.match(behind))
    patronymic = any(PATRONYMIC.fullmatch(fold(token.text)) for token in names)
    if initials:
        letters = "".join(token.text for token in initials)
        if not rules.nobody.fullmatch(letters) and not rules.places.match(behind):
            yield Found(words, run[0].start)
        return
    if titled or (patronymic and len(names) > 1):
        yield Found(words, run[0].start)
        return
    quoted = before[-1:] in _OPENING and behind[:1] in _CLOSING  # what something is called
    if len(names) < 2 or quoted or rules.places.match(behind) or rules.in_places.search(before):
        return
    yield Found(words, run[0].start)


def _dotted(text: str, token: _Token) -> bool:
    return text[token.end : token.end + 1] == "."


# --- the words of the languages -------------------------------------------------------------------


def rules_of(report: Report) -> Rules:
    """The rules for the languages of a report."""
    speech = report.speech
    lists = [
        speech.check(name) for name in ("titles", "titles_behind", "no_names", "no_name_behind")
    ]
    titles, behind, no_names, places = lists
    texts = [passage.text for passage in bodies(report)]
    texts += [text for item in report.earlier().values() for text in item.text.values()]
    offices = speech.check("professions")
    known = [names_of_locale(item.code) for item in speech.languages()]
    several = sorted({re.escape(name) for _, names in known for name in names}, reverse=True)
    return Rules(
        before=re.compile(rf"{one_of(*titles, *offices)}[ \u00a0\n]+$"),
        behind=re.compile(rf"[ \u00a0\n]+{one_of(*behind)}"),
        no_names=re.compile(one_of(*titles, *no_names, *speech.check("no_place"))),
        places=re.compile(rf"[ \u00a0\n]+{one_of(*places)}"),
        in_places=re.compile(
            rf"{one_of(*speech.check('before_place'), *speech.check('before_body'))}[ \u00a0\n]+$"
        ),
        nobody=pattern((*speech.check("no_person"), speech.country.no_person)),
        small=frozenset(small_words(texts)).union(*(single for single, _ in known)),
        countries=re.compile(rf"(?<!\w)(?:{'|'.join(several) or NEVER})(?!\w)"),
    )


def small_words(texts: Iterable[str]) -> Iterator[str]:
    """The words that texts write with a small letter."""
    found = {word for text in texts for word in _WORD.findall(text) if word[0].islower()}
    yield from map(fold, found)
