"""Persons whom a text names, found by rules: titles, initials, an office or a relation and a name, patronymics,
ages, runs of capitalised words.

A capitalised word that the report also writes small is no name, nor is a country, a language or a month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from shadowreport.checks.prose import BLANK, bodies
from shadowreport.core.phrases import NEVER, joined, one_of, phrases
from shadowreport.core.report import Report
from shadowreport.gate.fold import fold
from shadowreport.gate.names import FAMILY, PATRONYMIC
from shadowreport.load.names import names_of_locale, small_months
from shadowreport.machine.cache import key_of, pack, remembered, unpack

_MOST = 4  # words of a name

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*(?:-[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)*)*")
_OF = re.compile("['’]s$")
_ELIDED = re.compile("(?:[LDJMNSTC]|Qu)['’][a-zà-ÿ]")  # L'association is no name, O'rinboy is one
_OPENING, _CLOSING = frozenset('"“«„‘*'), frozenset('"”»“’*')
_BESIDE = re.compile(r"[ \u00a0]|[ \u00a0]?\n(?![ \t]*\n)[ ]{0,8}")
_BEHIND_INITIAL = re.compile(r"\.(?:[ \u00a0]?|[ \u00a0]?\n)")
# small words inside of names, whatever the language of the report is
_TEXT_PARTICLES = """al el as ash an ar at bin ben ibn abu van von der den ter de da di du dos la le ni
    аль эль ас аш ан ар ат ад ибн бин бен абу ван фон дер ден де да ди дю дос ла ле ни тер"""
_PARTICLES = frozenset(_TEXT_PARTICLES.split())
_NEAR = 90  # letters in front of a name that may say whose it is
_ELISION = re.compile(r"(?<![^\W_])(?:[ldn]|qu)['’](?=[A-ZÀ-Ý])")  # d'Anselme
_LINK = "(?:of|for|de|del|da|do|des|du|para|pour)"
# a capitalised word that goes on in what follows: Court of ..., Tribunal ...
_HEAD = re.compile(
    rf"(?P<mid>[^\W_][,;)]?[ \n]+)?(?P<head>[^\W\d_]+)[ \n]+(?P<link>{_LINK}[ \n]+(?:(?:the|la|las|los|les|el)[ \n]+)?)?$"
)
_REST = re.compile(r"['’]?s?[ \n]([^\W\d_]{3,})")
_CLOSED = re.compile(r"[,.;:)]|[ \n]+(?:and|et|y|e|и|және)[ \n]")


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
    role: re.Pattern[str]  # the same with more words and a comma between: his mother, ...
    aged: re.Pattern[str]  # an age behind a name
    behind: re.Pattern[str]  # titles behind it
    no_names: re.Pattern[str]  # a capitalised word that is no name
    head: re.Pattern[
        str
    ]  # titles and offices that are no name where one begins; behind another word they may be one
    half: re.Pattern[str]  # words that are a name beside others alone
    places: re.Pattern[str]  # what makes a place or a body of the words in front of it
    in_places: re.Pattern[str]  # what stands in front of the name of a place or a body
    nobody: re.Pattern[str]  # letters that are no initials
    small: frozenset[str] = field(repr=False)  # words that the report writes small, too
    countries: re.Pattern[str] = field(repr=False)  # and languages, of several words


def find(text: str, rules: Rules) -> Iterator[Found]:
    """The persons whom a text names, in its order."""
    text = rules.countries.sub(_blank, text)
    words = list(_WORD.finditer(_ELISION.sub(lambda match: " " * len(match[0]), text)))
    behind = 0  # the last name
    for index in [at for at, word in enumerate(words) if word[0][0].isupper()]:
        if index < behind or rules.head.fullmatch(words[index][0]):
            continue
        run = _run(text, words, index, rules)
        if run:
            yield from _judge(text, run, rules)
        behind = index + len(run)


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def _run(text: str, words: list[re.Match[str]], first: int, rules: Rules) -> list[_Token]:
    """The words from one on that may be a name, with nothing but blanks and full stops between."""
    run: list[_Token] = []
    most = words[first : first + _MOST + 4]
    for word, behind in zip(most, [*most[1:], None], strict=True):
        token = _Token(_OF.sub("", word[0]), word.start(), word.end())
        if len(run) == _MOST + 3 or (run and not _joins(text[run[-1].end : token.start], run[-1])):
            break
        inner = bool(run) and _is_particle(token.text, behind)
        if not (inner or token.is_initial or _name_like(token.text, rules)):
            break
        run.append(token)
    while run and run[-1].text.lower() in _PARTICLES:
        run.pop()
    return run


def _is_particle(word: str, behind: re.Match[str] | None) -> bool:
    """Whether a word belongs to the name before it: van, Le in Loïc Le Goff, al-Khatib."""
    head, _, rest = word.partition("-")
    if word[:1].isupper() and not (behind and behind[0][0].isupper()):
        return False
    return head.lower() in _PARTICLES and (not rest or rest[0].isupper())


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
    before = text[max(0, run[0].start - _NEAR) : run[0].start]
    behind = text[run[-1].end : run[-1].end + 50]
    initials = [token for token in run if token.is_initial and _dotted(text, token)]
    names = [token for token in run if not token.is_initial]
    found = Found(tuple(token.text for token in run), run[0].start)
    if (
        not names
        or len(names) > _MOST
        or any(token.is_initial and token not in initials for token in run)
    ):
        return
    titled = bool(rules.before.search(before)) or bool(rules.behind.match(behind))
    titled |= bool(rules.behind.match(" " + names[-1].text.partition("-")[2]))  # Сауле-апа
    patronymic = any(PATRONYMIC.fullmatch(fold(token.text)) for token in names)
    if initials:
        letters = "".join(token.text for token in initials)
        if not rules.nobody.fullmatch(letters) and not rules.places.match(behind):
            yield found
        return
    if titled or (patronymic and len(names) > 1):
        yield found
        return
    quoted = before[-1:] in _OPENING and behind[:1] in _CLOSING  # what something is called
    if (
        quoted
        or rules.places.match(behind)
        or all(rules.half.fullmatch(word) for word in found.words)
    ):
        return
    if rules.in_places.search(before):
        if len(names) > 2 and _is_cyrillic(names[0].text):  # в селе Ивановка Иван Петров
            yield from _judge(text, run[1:], rules)
        return
    if _is_part(before, behind, rules):
        return
    if len(names) > 1 or _is_told(found.words[0], before, behind, rules):
        yield found


def _is_part(before: str, behind: str, rules: Rules) -> bool:
    """Whether a run is a part of a body's name, of which the rest stands in front of it or behind."""
    rest = _REST.match(behind)
    if rest and not _is_cyrillic(rest[1]) and rules.no_names.fullmatch(rest[1]):
        return True
    head = _HEAD.search(before)
    if not head or not head["head"][0].isupper() or _is_cyrillic(head["head"]):
        return False
    if len(head["head"]) < 3 or not rules.no_names.fullmatch(head["head"]):
        return False
    return bool(head["link"] or head["mid"])


def _is_told(word: str, before: str, behind: str, rules: Rules) -> bool:
    """Whether the text says that a single word is somebody's name: by an age, between commas behind what
    somebody is to others, and, where it ends as family names do, behind an office."""
    if rules.aged.match(behind):
        return True
    role = rules.role.search(before)
    if not role or (not role["words"].islower() and role["words"].strip()):
        return False
    if role["comma"]:
        return bool(_CLOSED.match(behind))
    return _is_cyrillic(word) and bool(FAMILY.fullmatch(fold(word)))


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[0] <= "\u052f"


def _dotted(text: str, token: _Token) -> bool:
    return text[token.end : token.end + 1] == "."


# --- the words of the languages -------------------------------------------------------------------


def finder_of(report: Report) -> Callable[[str], list[Found]]:
    """What finds the persons whom a text of a report names, in the text's order. What was found in the same
    text before, with the same words looked for, is remembered."""
    sources, small = _sources(report), _small(report)
    by = key_of(*sources.values(), *sorted(small))
    rules = cache(
        lambda: Rules(**{name: re.compile(source) for name, source in sources.items()}, small=small)
    )

    def found(text: str) -> list[Found]:
        made = remembered("persons", (text, by), lambda: pack(_plain(find(text, rules()))))
        return [Found(tuple(words), offset) for words, offset in unpack(made)]

    return found


def _plain(found: Iterable[Found]) -> list[tuple[tuple[str, ...], int]]:
    return [(item.words, item.offset) for item in found]


def _sources(report: Report) -> dict[str, str]:
    """The patterns of the rules for the languages of a report, by their names."""
    speech = report.speech
    titles, behind, no_names, places, half = (
        speech.check(name)
        for name in ("titles", "titles_behind", "no_names", "no_name_behind", "half_names")
    )
    usual = [phrase for text in titles for phrase in phrases(text)]
    proper = joined(phrase for phrase in usual if phrase.lstrip("([")[0].isupper())
    small_titles = joined(phrase for phrase in usual if not phrase.lstrip("([")[0].isupper())
    roles = one_of(*titles, *speech.check("professions"))
    between = r"(?P<words>(?:[ \u00a0\n]+[^\W\d_][\w’'-]*){0,4})(?P<comma>,?)[ \u00a0\n]+"
    ages = one_of(*speech.check("ages"))
    in_places = one_of(*speech.check("before_place"), *speech.check("before_body"))
    several = {name for item in speech.languages() for name in names_of_locale(item.code)[1]}
    countries = "|".join(sorted(map(re.escape, several), reverse=True))
    first = "".join(sorted({re.escape(name[0]) for name in several}))
    return {
        "before": rf"(?<![\w-]){roles}[ \u00a0\n]+$",
        "role": rf"(?<![\w-]){roles}{between}$",
        "aged": rf",[ \n]+(?:(?:[\w-]+[ \n-]+){{0,3}}?{ages}|(?:\w+[ \n])?\d{{1,2}}[,.;)])|[ \n]\(\d{{1,2}}\)",
        "behind": rf"[ \u00a0\n]+{one_of(*behind)}",
        "no_names": one_of(proper, *no_names, *speech.check("no_place")),
        "head": one_of(small_titles),
        "half": one_of(*half),
        "places": rf"[ \u00a0\n]+{one_of(*places)}",
        "in_places": rf"{in_places}[ \u00a0\n]+$",
        "nobody": one_of(*speech.check("no_person"), speech.country.no_person),
        "countries": rf"(?<!\w)(?=[{first}])(?:{countries})(?!\w)" if several else NEVER,
    }


def _small(report: Report) -> frozenset[str]:
    """The words that a report writes small as well, and the countries and languages of one word, folded."""
    texts = [passage.text for passage in bodies(report)]
    # those of a document at once: to remember each would take longer than to look through all
    for cycle in report.cycles:
        texts.append("\n".join("\n".join(item.text.values()) for item in cycle.recommendations))
    codes = [item.code for item in report.speech.languages()]
    known = frozenset().union(*(names_of_locale(code)[0] for code in codes))
    months = frozenset().union(*(small_months(code) for code in codes))
    return known.union(*map(_small_words, texts)) - months


def _small_words(text: str) -> list[str]:
    """The words that a text writes with a small letter, folded."""

    def made() -> bytes:
        small = {word for word in _WORD.findall(text) if word[0].islower()}
        return pack(sorted(set(map(fold, small))))

    return unpack(remembered("small-words", (text,), made))
