"""Which person a single word may mean, in whatever form, alphabet and spelling it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shadowreport.gate.fold import clean, fold, folded, shapes
from shadowreport.gate.inflect import is_ending, russian_forms, stems
from shadowreport.gate.names import Role, Word
from shadowreport.gate.scripts import bare, bones, consonants, is_arabic
from shadowreport.gate.sound import heard, sounds, sounds_of_name

_HEARD = 5  # sounds that a name has at least, so that it is known by them alone


@dataclass(frozen=True, slots=True)
class Meant:
    """A person whom a word may mean; `alone` where no other word has to stand beside it."""

    person: str
    role: Role
    alone: bool
    usual: bool  # a word of a dictionary, too
    exact: bool  # as typed in the register, or a form of it; else by its sound or its look


class Index:
    """The words of all names, by their forms, stems, sounds and looks."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._forms: dict[str, set[Meant]] = defaultdict(set)
        self._stems: dict[str, set[Meant]] = defaultdict(set)
        self._sounds: dict[str, set[Meant]] = defaultdict(set)
        self._shapes: dict[str, set[Meant]] = defaultdict(set)
        self._arabic: dict[str, set[Meant]] = defaultdict(set)
        self._vowelled: dict[str, set[Meant]] = defaultdict(set)
        self._known: dict[str, tuple[Meant, ...]] = {}
        for word in words:
            self._add(word)
        self._longest = max(map(len, self._stems), default=0)

    def _add(self, word: Word) -> None:
        exact = Meant(word.person, word.role, word.alone, word.usual, True)
        for form in {word.typed, *russian_forms(word.typed)}:
            plain = fold(form)
            for own in bare(plain) if is_arabic(plain) else {plain}:
                self._forms[own].add(exact)
            if word.as_written:
                continue
            for key in sounds_of_name(form, plain):
                alone = word.alone and len(key) >= _HEARD
                self._sounds[key].add(Meant(word.person, word.role, alone, word.usual, False))
            self._add_bones(word, plain, form)
            for shape in shapes(clean(form)):
                self._shapes[shape].add(
                    Meant(word.person, word.role, word.alone and not word.usual, word.usual, False)
                )
        for stem in () if word.as_written else stems(fold(word.typed)):
            self._stems[stem].add(exact)

    def _add_bones(self, word: Word, plain: str, form: str) -> None:
        """A name of Arabic letters, to be known in others by its consonants; and the other way round."""
        arabic = is_arabic(plain)
        found = bones(plain) if arabic else map(consonants, sounds_of_name(form, plain))
        for bone in found:
            if len(bone) > 1:
                alone = word.alone and len(bone) >= _HEARD
                meant = Meant(word.person, word.role, alone, word.usual, False)
                (self._arabic if arabic else self._vowelled)[bone].add(meant)

    def meant(self, word: str) -> tuple[Meant, ...]:
        """Whom a word of a text that `clean` has seen may mean."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = tuple(self._meant(word))
        return found

    def has(self, word: str) -> bool:
        """Whether a word of a text that `clean` has seen is written as somebody's name or a form of it."""
        return bool(self._written(folded(word)))

    def _written(self, plain: str) -> set[Meant]:
        found = set(self._forms.get(plain, ()))
        for end in range(3, min(len(plain), self._longest + 1)):
            named = self._stems.get(plain[:end])
            if named and is_ending(plain[end:], plain[:end]):
                found |= named
        if is_arabic(plain):
            found |= {meant for form in bare(plain) for meant in self._forms.get(form, ())}
        return found

    def _meant(self, word: str) -> set[Meant]:
        plain = folded(word)
        found = self._written(plain)
        known = {(meant.person, meant.role) for meant in found}
        if len(plain) > 2:
            for key in heard(word, plain):
                alike = {m for m in self._sounds.get(key, ()) if (m.person, m.role) not in known}
                doubtful = word.islower() and len(key) <= _HEARD  # "zones" is not Jones
                found |= {replace(m, alone=False) for m in alike} if doubtful else alike
        known = {(meant.person, meant.role) for meant in found}
        found |= {m for m in self._by_bones(word, plain) if (m.person, m.role) not in known}
        for shape in shapes(word):
            found |= {m for m in self._shapes.get(shape, ()) if (m.person, m.role) not in known}
        return found

    def _by_bones(self, word: str, plain: str) -> set[Meant]:
        """Whom a word may mean of whom the register has the name in another kind of script."""
        if is_arabic(plain):
            return {meant for bone in bones(plain) for meant in self._vowelled.get(bone, ())}
        if not self._arabic or word.islower():
            return set()
        said = map(consonants, sounds(plain))
        return {meant for bone in said for meant in self._arabic.get(bone, ())}
