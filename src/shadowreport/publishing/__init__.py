"""`invoke publish-copy`: the sources of the public edition, for those who publish them.

What is withheld is not cut out of a copy but replaced by as much of nothing: a withheld paragraph by a
paragraph of one word. The public edition follows from public text, and from where something was withheld,
alone (core/editions.py), so the copy builds the same public files; that is tried before a copy is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shadowreport.checks.registered import lacking, unregistered
from shadowreport.checks.release import strict
from shadowreport.core.editions import PUBLIC, edition
from shadowreport.core.layout import PERSONS
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.scratch import Scratch
from shadowreport.machine.write import write_tree
from shadowreport.outgoing import must_tell_nothing
from shadowreport.pipeline import Progress, examine
from shadowreport.publishing.names import Names, names_of
from shadowreport.publishing.others import other_files
from shadowreport.publishing.pictures import named_by_kind, picture_files
from shadowreport.publishing.references import reference_files
from shadowreport.publishing.sections import section_files
from shadowreport.publishing.translations import translation_files
from shadowreport.render import FORMATS
from shadowreport.render.run import render
from shadowreport.resolve import resolve

CODE = "copy-differs"
_DRAWING = re.compile(rb"(\]\([^)\s]+)\.svg(?=[)\s])")


@dataclass(frozen=True, slots=True)
class Copied:
    """The files of a copy by their names, and what a person should look at."""

    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def publish_copy(
    project: Path,
    into: Path,
    persons: Register | None = None,
    progress: Progress = lambda _: None,
) -> Copied:
    """Writes a copy of a report in which nothing withheld stands into a new folder.

    Raises Failure, with nothing written, where the report has errors, where the folder is there already or
    lies in the report, where the report speaks of persons and no register was named, where something
    withheld would stand in the copy, and where the copy would not build the same public files.
    """
    _must_be_new(project, into)
    report = _version(project, "")
    if persons is None and report.persons is not None:
        message = "a copy is searched for the names of the persons of this report, and no register was named"
        raise Failure([Diagnostic("not-releasable", Place(PERSONS), message, lacking(report))])
    differ = [*unregistered(report, persons, PUBLIC)] if persons else []
    if has_errors(strict(differ)):
        raise Failure(strict(differ))
    versions = [report, *(_version(project, language) for language in report.languages)]
    with using(open_cache(project)):
        files = _files(versions, project)
        told = must_tell_nothing(project, report, PUBLIC, files, persons, into.name)
        _must_name_nothing(files, names_of(report))
        progress("building the copy and the report")
        with Scratch() as folder:
            copy = Path(folder) / "copy"
            write_tree(copy, files)
            for language, version in zip(("", *report.languages), versions, strict=True):
                _must_build_the_same(version, project, copy, language)
    write_tree(into, files)
    return Copied(tuple(sorted(files)), (*differ, *told))


def _version(project: Path, language: str) -> Report:
    version, found = examine(project, language=language)
    if version is None or has_errors(found):
        raise Failure([item for item in found if item.severity == "error"])
    return version


def _must_be_new(project: Path, into: Path) -> None:
    message = ""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        message = "something is there already"
    elif into.resolve().is_relative_to(project.resolve()):
        message = "it would lie in the report itself"
    if message:
        hint = "name a new folder, outside of this one"
        raise Failure([Diagnostic("cannot-write", Place(into.name or "."), message, hint)])


def _files(versions: Sequence[Report], project: Path) -> dict[str, bytes]:
    report, *others = versions
    names = names_of(report)
    sections = section_files(report, project, names)
    texts = dict(sections)
    for version in others:
        texts |= translation_files(report, version, project, names, sections)
    text = "\n".join(data.decode() for data in texts.values())
    public = [edition(version, PUBLIC) for version in versions]
    return named_by_kind(
        {
            **texts,
            **reference_files(public, project, names, text),
            **picture_files(public, project, names),
            **other_files(project),
        }
    )


def _must_name_nothing(files: Mapping[str, bytes], names: Names) -> None:
    """Ids and keys are words of their own: no gate looks for them."""
    if not names.anchors and not names.sources:
        return
    words = [re.escape(word) for word in (*names.anchors, *names.sources)]
    pattern = re.compile(rf"[@#](?:{'|'.join(words)})(?![\w-])")
    found = [
        Diagnostic(
            "withheld-found",
            Place(name, text.count("\n", 0, match.start()) + 1),
            "the id or key of something withheld is named here",
            "write it in the usual way: @par-ID in the text, [@key, p. 3] for a source",
        )
        for name, data in files.items()
        if name.endswith((".md", ".yaml"))
        for text in [data.decode()]
        for match in pattern.finditer(text)
    ]
    if found:
        raise Failure(found)


def _anyhow(data: bytes) -> bytes:
    """A built file, whether its pictures are called drawings or dots (see named_by_kind)."""
    return _DRAWING.sub(rb"\1.png", data)


def _must_build_the_same(report: Report, project: Path, copy: Path, language: str) -> None:
    copied, found = examine(copy, language=language)
    if copied is None or has_errors(found):
        raise Failure(
            [
                replace(item, message=f"the copy cannot be built: {item.message}")
                for item in found
                if item.severity == "error"
            ]
        )
    wanted, made = _built(report, project), _built(copied, copy)
    differ = [kind for kind in wanted if _anyhow(wanted[kind]) != _anyhow(made.get(kind, b""))]
    if differ:
        message = f"the copy would not build the same public files: {', '.join(differ)} differ"
        hint = (
            "nothing was written; this is a fault of the toolkit, report it with what is withheld"
        )
        raise Failure([Diagnostic(CODE, report.place, message, hint)])


def _built(report: Report, project: Path) -> dict[str, bytes]:
    outputs, problems = render(resolve(edition(report, PUBLIC), project), project, FORMATS)
    if has_errors(problems):
        raise Failure([item for item in problems if item.severity == "error"])
    return {kind: output.data for kind, output in outputs.items()}
