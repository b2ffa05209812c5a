"""The gate: whether anything that is withheld stands in a file, whatever it hides in.

`opening` gives the texts of a file of any kind, `views` what they say behind encodings, `fold` makes
spellings alike, `index` knows whom a word may mean, `search` looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from shadowreport.core.problems import Diagnostic
from shadowreport.core.register import Register
from shadowreport.core.report import Place
from shadowreport.gate.names import sought
from shadowreport.gate.opening import pieces
from shadowreport.gate.pieces import Faults, Piece
from shadowreport.gate.search import Hit, Search

_HINT = "look at it there, and at the source that it was made of"
_MANY = 3  # places that are told of a doubt, of each person and file


@dataclass(frozen=True, slots=True)
class Gate:
    """What is withheld, ready to be looked for in files."""

    search: Search

    def problems(self, file: str, data: bytes) -> list[Diagnostic]:
        """What is withheld in a file, and what of it could not be searched. Nothing that was found
        is repeated, whatever the file, a part of it or the way to a value are called."""
        faults = Faults()
        hits = list(dict.fromkeys(self._hits(file, data, faults)))
        name = "/".join(map(self.search.mask, file.split("/")))
        found = [_told(name, group) for group in _groups(hits)]
        return [*_few(found), *(self._fault(name, where, why) for where, why in faults.found)]

    def tells(self, text: str) -> bool:
        """Whether a text holds something withheld, or may hold it."""
        return self.search.mask(text) != text

    def whom(self, text: str) -> list[str]:
        """The keys of those whom a text tells, or may tell."""
        return self.search.whom(text)

    def _hits(self, file: str, data: bytes, faults: Faults) -> Iterator[Hit]:
        yield from self.search.hits(Piece(("the file's name",), file))
        for piece in pieces(data, (), faults):
            yield from self.search.hits(piece)

    def _fault(self, name: str, where: tuple[str, ...], why: str) -> Diagnostic:
        part = " > ".join(self.search.mask(step) for step in where)
        message = f"{part}: {why}" if part else why
        return Diagnostic(
            "not-searched", Place(name), message, "look at it yourself, or leave it out"
        )


def make_gate(
    register: Register,
    common: Collection[str] = (),
    passages: Mapping[str, str] | None = None,
    public: str = "",
) -> Gate:
    """A gate for the persons of a register, and for passages by what they are called in messages.

    `common` are words that are names as well; runs of words of a passage that stand in the `public`
    text too are not looked for.
    """
    return Gate(Search(sought(register, common), passages, public))


def _groups(hits: list[Hit]) -> list[list[Hit]]:
    """The hits by person and place: none where a line of the same place is known that is as sure, and no
    doubt where something sure was found."""
    lines = {(hit.key, hit.where[:-1], hit.sure) for hit in hits if hit.where}
    sure = {(hit.key, hit.where) for hit in hits if hit.sure}
    groups: dict[tuple[str, tuple[str, ...]], list[Hit]] = {}
    for hit in hits:
        place = (hit.key, hit.where)
        if (*place, hit.sure) not in lines and (hit.sure or place not in sure):
            groups.setdefault(place, []).append(hit)
    return list(groups.values())


def _told(name: str, hits: list[Hit]) -> Diagnostic:
    first = hits[0]
    where = " > ".join(first.where)
    who = first.key if first.what == "passage" else f"@person-{first.key}"
    what = ", ".join(dict.fromkeys(hit.what for hit in hits))
    message = f"{who} ({what})" + (f" in {where}" if where else "")
    if first.sure:
        return Diagnostic("withheld-found", Place(name, first.line), message, _HINT)
    hint = "it may be another person, or a word: look at it"
    return Diagnostic("withheld-perhaps", Place(name, first.line), message, hint)


def _few(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """All that is sure, and a few of the doubts about each person."""
    told: dict[str, int] = {}
    for item in found:
        if item.code == "withheld-perhaps":
            key = item.message.partition(" in ")[0]
            told[key] = told.get(key, 0) + 1
            if told[key] > _MANY:
                continue
        yield item
