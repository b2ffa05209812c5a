"""Which person a single word may mean, in whatever form, alphabet and spelling it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shadowreport.gate.fold import clean, fold, shapes
from shadowreport.gate.inflect import is_ending, russian_forms, stems
from shadowreport.gate.names import Role, Word
from shadowreport.gate.sound import sounds, sounds_of_name

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
        self._known: dict[str, tuple[Meant, ...]] = {}
        for word in words:
            self._add(word)
        self._longest = max(map(len, self._stems), default=0)

    def _add(self, word: Word) -> None:
        exact = Meant(word.person, word.role, word.alone, word.usual, True)
        for form in {word.typed, *russian_forms(word.typed)}:
            folded = fold(form)
            self._forms[folded].add(exact)
            for key in sounds_of_name(form, folded):
                alone = word.alone and len(key) >= _HEARD
                self._sounds[key].add(Meant(word.person, word.role, alone, word.usual, False))
            for shape in shapes(clean(form)):
                self._shapes[shape].add(
                    Meant(word.person, word.role, word.alone and not word.usual, word.usual, False)
                )
        for stem in stems(fold(word.typed)):
            self._stems[stem].add(exact)

    def meant(self, word: str) -> tuple[Meant, ...]:
        """Whom a word of a text that `clean` has seen may mean."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = tuple(self._meant(word))
        return found

    def _meant(self, word: str) -> set[Meant]:
        folded = fold(word)
        found = set(self._forms.get(folded, ()))
        for end in range(3, min(len(folded), self._longest + 1)):
            named = self._stems.get(folded[:end])
            if named and is_ending(folded[end:], folded[:end]):
                found |= named
        known = {(meant.person, meant.role) for meant in found}
        if len(folded) > 2:
            for key in sounds(folded):
                heard = {m for m in self._sounds.get(key, ()) if (m.person, m.role) not in known}
                doubtful = word.islower() and len(key) <= _HEARD  # "zones" is not Jones
                found |= {replace(m, alone=False) for m in heard} if doubtful else heard
        for shape in shapes(word):
            found |= {m for m in self._shapes.get(shape, ()) if (m.person, m.role) not in known}
        return found
