"""The gate before whatever goes out: what is about to be written or printed for others is searched for
all that the report withholds, and for the persons of a register.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from shadowreport.checks.registered import unregistered
from shadowreport.checks.withheld import passages, public_text
from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.layout import BUILD, FOLDERS
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Report
from shadowreport.gate import Gate, make_gate
from shadowreport.load import Known, load
from shadowreport.load.names import common_words
from shadowreport.machine.cache import open_cache, using


def must_tell_nothing(
    project: Path,
    whole: Report,
    edition: str,
    files: Mapping[str, bytes],
    persons: Register | None,
    folder: str = BUILD,
) -> list[Diagnostic]:
    """The doubts about files of an edition that others may read. Raises Failure where one of them tells
    what is withheld; the confidential edition may."""
    if edition == CONFIDENTIAL:
        return []
    told = unnamed(withheld_in(project, [whole], files, persons, folder))
    if has_errors(told):
        raise Failure(told)
    return told


def unnamed(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What was found in public files, as others may read it: where in them, and of no passage in which file
    or on which line it is withheld."""
    return [
        replace(item, message=_PASSAGE.sub(_SOME, item.message), hint=_WHICH)
        if _PASSAGE.match(item.message)
        else item
        for item in found
    ]


def withheld_in(
    project: Path,
    loaded: Sequence[Report],
    files: Mapping[str, bytes],
    persons: Register | None,
    folder: str = BUILD,
    known: Known | None = None,
) -> list[Diagnostic]:
    """Where public files that are about to be written into a folder tell what the whole report withholds
    in any of its languages, or name a person of a register. `loaded`: the versions that are known already."""
    found: list[Diagnostic] = []
    whole = loaded[0]
    for version in _versions(loaded, project, known):
        held = passages(version)
        # what one version withholds may be public in its own words alone, not untranslated in another
        register = persons if version is whole else None
        public = public_text(version) if held else ""
        found += told_in(project, files, held, public, register, folder)
    return found


def _versions(loaded: Sequence[Report], project: Path, known: Known | None) -> list[Report]:
    """The report in each of its languages: what one withholds may stand untranslated in another."""
    languages = {report.language for report in loaded}
    missing = [code for code in loaded[0].languages if code not in languages]
    if languages <= {*loaded[0].languages}:
        missing.append("")  # the report's own, which is called by its code nowhere but in its file
    others = [load(project, known, language)[0] for language in missing]
    return [*loaded, *(one for one in others if one)]


def told_in(
    project: Path,
    files: Mapping[str, bytes],
    held: Mapping[str, str],
    public: str,
    persons: Register | None = None,
    folder: str = BUILD,
) -> list[Diagnostic]:
    """Where files that are about to be written tell what is withheld: `held` passages by what they are
    called, less the words that stand in the `public` text as well, and the names of a register."""
    if not files or (not any(held.values()) and persons is None):
        return []
    gate = make_gate(persons or Register(), common_words(project), held, public)
    return [
        problem
        for name, data in files.items()
        for problem in gate.problems(f"{folder}/{name}", data)
    ]


def silent(project: Path, persons: Register) -> Callable[[Diagnostic], Diagnostic]:
    """How a problem is told where a register is known: a message may quote the text of the report, and
    one that would tell a name of the register says where it is wrong, and not what stands there."""

    @cache
    def gate() -> Gate:  # which takes a moment, and most runs have nothing to tell
        return make_gate(persons, common_words(project))

    def told(item: Diagnostic) -> Diagnostic:
        if item.code in _SEARCHED:
            return item
        if any(map(gate().tells, (item.message, item.hint))):
            item = replace(item, message=_UNTOLD, hint="look at it yourself")
        return _placed(item, item.place.file, gate(), project)

    return told


def _placed(item: Diagnostic, file: str, gate: Gate, project: Path) -> Diagnostic:
    """A problem of a file, by a place that tells no name where the path of the file holds one."""
    if not gate.tells(file):
        return item
    parts = file.split("/")
    shown = [
        _numbered(project.joinpath(*parts[:nth], part), gate)
        if gate.tells(part) or nth == len(parts) - 1
        else part
        for nth, part in enumerate(parts)
    ]
    place = "/".join(shown)
    if gate.tells(place):  # by its folders together
        place = shown[-1]
    who = ", ".join(f"@person-{key}" for key in gate.whom(file))
    return replace(
        item, place=replace(item.place, file=place), hint=_RENAME.format(who or "a person")
    )


def _numbered(path: Path, gate: Gate) -> str:
    """What a file or folder is called in the place of its name: by a number among such of its folder. They
    are in an order that has nothing to do with the alphabet, which would tell how the name begins."""
    others = (one.name for one in path.parent.glob("*"))
    beside = {path.name, *(name for name in others if gate.tells(name))}
    order = sorted(beside, key=lambda name: hashlib.sha256(name.encode(errors=_ANY)).digest())
    return f"(a file whose name is withheld, no. {order.index(path.name) + 1})"


_PASSAGE = re.compile(r"(?!@).+? \(passage\)")
_SOME = "words of a confidential passage stand here"
_WHICH = "look at it there; 'invoke build' of all editions says which passage"
_SEARCHED = ("withheld-found", "withheld-perhaps", "not-searched")  # which repeat nothing
# and not to commit it: what is in git once stays there
_RENAME = "its name tells {}: rename it before it is committed (the number tells such files of a folder apart)"
_ANY = "surrogateescape"  # names of files may be no text
_UNTOLD = "something is wrong here, and to quote it might tell a name of the register"


def registered(project: Path, persons: Register, name: str = "") -> list[Diagnostic]:
    """Where a register and the decisions of a report know other persons; `name` is an edition, of which
    alone something is told."""
    with using(open_cache(project)):
        report, _ = load(project)
    return [*unregistered(report, persons, name)] if report else []


def in_sources(project: Path, persons: Register, *, doubts: bool = False) -> list[Diagnostic]:
    """Each place where a name of the register is typed into the report's own files, or names one; with
    `doubts` also where it may be another's. A build leaves them to its files, which are searched too."""
    gate = make_gate(persons, common_words(project))
    paths = (path for folder in FOLDERS for path in sorted((project / folder).rglob("*")))
    found = [
        _typed(item, path.relative_to(project).as_posix(), gate, project)
        for path in paths
        if path.is_file() and not path.is_symlink()
        for item in gate.problems(path.relative_to(project).as_posix(), path.read_bytes())
    ]
    told = ("withheld-found", "withheld-perhaps") if doubts else ("withheld-found",)
    return [item for item in found if item.code in told]


def _typed(item: Diagnostic, file: str, gate: Gate, project: Path) -> Diagnostic:
    if item.code == "withheld-found":
        hint = "write @person-KEY where the person is meant, and take the name out"
        item = replace(item, hint=hint)
    return _placed(item, file, gate, project)
