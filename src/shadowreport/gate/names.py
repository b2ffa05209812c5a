"""A person's names as what is looked for: which word is the family name, which the given one, and which
words are too common to tell of anybody when they stand alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shadowreport.core.register import Person, Register
from shadowreport.gate.chinese import other_writings
from shadowreport.gate.days import day_of, written
from shadowreport.gate.fold import clean, fold
from shadowreport.gate.inflect import is_given_name, is_russian_word
from shadowreport.gate.scripts import is_arabic, joined, runs_on
from shadowreport.gate.sound import sounds

Role = Literal["family", "given"]
_TWO_FAMILIES = "es"  # in which a person has the family names of both parents
_MOST_GIVEN = 2
_SHORT = 4  # letters: so short a word is one in some language
_SHORT_CONSONANTS = 3  # the same where vowels are not written
_RARE = 6  # letters: so long a word of a dictionary is seldom used
_TEXT_PARTS = """al el de da di du la le van von der den bin ben ibn abu mac mc st dos del عبد بن ابن ابو ال"""
_PARTS = frozenset(_TEXT_PARTS.split())
PATRONYMIC = re.compile(
    r".*(вич|вна|ична|инична|ұлы|улы|қызы|кызы|кизи|оглы|угли|vich|vna|uly|uli|ulı|qyzy|kyzy|kizi|ogly|oglu)"
)
FAMILY = re.compile(
    r".*(ов|ев|ин|ын|ский|скии|цкий|цкии|ова|ева|ина|ская|цкая|енко|чук|дзе|швили|ян|заде|беили|пуло|пулос"
    r"|ov|ev|off|ova|eva|ina|sky|skiy|skii|skaya|enko|chuk|dze|shvili|yan|zade|zadeh|beyli|beili|pulo|poulos)"
)
_PERHAPS = re.compile(r".*[иы]н")  # a family name, or a given one of another language
_WORDS = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s\d_\-‐–,.;:()/\"«»]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a person's name; `alone` where it tells of the person without any other."""

    person: str  # the key
    role: Role
    alone: bool
    usual: bool  # a word of a dictionary: it tells where a text has it with a capital letter alone
    typed: str = field(repr=False)
    as_written: bool = False  # it is looked for as it is written, not by its sound or its look


@dataclass(frozen=True, slots=True)
class Sought:
    """All that is looked for."""

    words: tuple[Word, ...] = field(repr=False)
    names: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)  # key, the words of a name
    numbers: tuple[tuple[str, str], ...] = field(repr=False)  # key, a number, mail or the like
    days: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)  # key, the parts of a day


def sought(register: Register, common: Collection[str] = ()) -> Sought:
    """What is looked for of a register. `common` holds words that are names as well, folded."""
    words: list[Word] = []
    names: list[tuple[str, tuple[str, ...]]] = []
    numbers: list[tuple[str, str]] = []
    days: list[tuple[str, tuple[str, ...]]] = []
    for person in register.persons.values():
        for name, language in _names(person):
            found = list(_roles(name, language))
            names.append((person.key, tuple(word for word, _ in found)))
            words += (_word(person.key, word, role, common) for word, role in found)
            for other in other_writings(name):  # syllables, which many share
                found = list(_roles(other))
                names.append((person.key, tuple(word for word, _ in found)))
                words += (Word(person.key, role, False, False, word, True) for word, role in found)
        for text in person.also:
            day = day_of(text)
            if day:
                days += ((person.key, parts) for parts in _written(day, person))
            elif any(char.isdigit() or char == "@" for char in text):
                numbers.append((person.key, text))
            else:
                found = list(_roles(text))
                names.append((person.key, tuple(word for word, _ in found)))
                words += (_word(person.key, word, role, common) for word, role in found)
    return Sought(tuple(dict.fromkeys(words)), tuple(names), tuple(numbers), tuple(days))


def _written(day: date, person: Person) -> Iterator[tuple[str, ...]]:
    for parts in written(day, person.names):
        # words as the search sees them: several of "de março" and of what joins its letters
        yield tuple(word for part in parts for word in _WORDS.findall(clean(part).casefold()))


def name_words(key: str, name: str) -> Iterator[Word]:
    """The words of a name, of which each tells of somebody together with the others alone."""
    for word, role in _roles(name):
        yield Word(key, role, False, False, word)


def _names(person: Person) -> Iterator[tuple[str, str]]:
    """The names of a person and their forms, each with its language."""
    for language, name in person.names.items():
        yield name, language
        if joined(name) != name:
            yield joined(name), language
    for language, forms in person.forms.items():
        yield from ((form, language) for form in forms.values())


def _roles(name: str, language: str = "") -> Iterator[tuple[str, Role]]:
    """The words of a name, each with what it is; those with a hyphen between them are alike."""
    parts = [list(filter(None, _BETWEEN.split(part))) for part in name.split()]
    parts = [part for part in parts if part]
    family = _family(name, ["".join(part) for part in parts])
    if language == _TWO_FAMILIES and "," not in name and len(parts) > _MOST_GIVEN + 1:
        family.add(len(parts) - 2)  # and people are called by the first of them
    for index, part in enumerate(parts):
        for word in part:
            if len(word) > 1:
                yield word, "family" if index in family else "given"


def _family(name: str, found: list[str]) -> set[int]:
    """Which word is the family name: the last, unless the name says otherwise; both of two where nobody knows."""
    folded = [fold(word) for word in found]
    if "," in name and len(found) > 1:
        return set(range(max(1, len(name.partition(",")[0].split()))))
    if len(found) > 2 and PATRONYMIC.fullmatch(folded[-1]):
        return {0}
    if len(found) == 2 and _is_family(found[0], folded[0]) and not _is_family(found[1], folded[1]):
        doubtful = _PERHAPS.fullmatch(folded[0]) and not is_given_name(found[1].lower())
        return {0, 1} if doubtful else {0}
    return {len(found) - 1}


def _is_family(word: str, folded: str) -> bool:
    return bool(FAMILY.fullmatch(folded)) and not is_given_name(word.lower())


def _word(key: str, word: str, role: Role, common: Collection[str]) -> Word:
    alone = role == "family" and not _is_common(word, common)
    usual = is_russian_word(word.lower()) and not FAMILY.fullmatch(fold(word))
    return Word(key, role, alone and not (usual and len(word) < _RARE), usual, word)


def _is_common(word: str, common: Collection[str]) -> bool:
    """Whether a word is too short or too usual to tell of somebody."""
    folded = fold(word)
    if runs_on(folded):
        return len(word) < 2  # signs of Chinese and the like: two are a name
    heard = sounds(folded)
    return (
        len(folded) <= (_SHORT_CONSONANTS if is_arabic(folded) else _SHORT)
        or folded in _PARTS
        or folded in common
        or (bool(heard) and max(map(len, heard)) < _SHORT)
    )
