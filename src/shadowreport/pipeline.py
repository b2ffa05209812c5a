"""The way of a report on one screen: load, check, resolve, render, write."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from shadowreport.checks import check
from shadowreport.checks.excuses import settle
from shadowreport.checks.limits import limits, too_many_pages
from shadowreport.checks.public import told
from shadowreport.checks.registered import unregistered
from shadowreport.core.ast import walk
from shadowreport.core.called import mentioned
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC, edition, editions, file_name
from shadowreport.core.layout import BUILD, section_meant
from shadowreport.core.problems import Diagnostic, Failure, has_errors, in_order
from shadowreport.core.register import Register
from shadowreport.core.report import Box, Report
from shadowreport.core.translations import translated
from shadowreport.core.wordcount import section_words
from shadowreport.load import Known, load
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.collector import paused
from shadowreport.machine.write import write
from shadowreport.outgoing import in_sources, unnamed, withheld_in
from shadowreport.release import judged, proved
from shadowreport.render import FORMATS
from shadowreport.render.output import Output
from shadowreport.render.run import render
from shadowreport.render.shorter import shorter
from shadowreport.resolve import resolve
from shadowreport.resolve.derived import extract
from shadowreport.resolve.flat import flat
from shadowreport.resolve.resolved import Resolved

Progress = Callable[[str], None]

ALL = "all"  # languages of a report
_known: dict[Path, Known] = {}  # by project, for a process that runs several tasks


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: files, problems, and figures for a person."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    figures: dict[str, int | float]
    searched: bool = False  # for what is withheld
    remarks: tuple[str, ...] = ()  # such as what a shorter document leaves out

    @property
    def succeeded(self) -> bool:
        """Whether everything that was asked for was made."""
        return not has_errors(self.diagnostics)


def examine(
    project: Path, name: str = "", language: str = ""
) -> tuple[Report | None, list[Diagnostic]]:
    """The report of a project, and all that is wrong with it, in the order of files and lines.

    A report comes back even where there are errors, as far as it could be read; use it for nothing
    but a look unless `has_errors` says that there are none. `name` is the edition that is wanted, the
    whole report where it is empty; of the public one only what it may say is told. `language` is a
    version's, the report's own where it is empty.
    """
    report, read = load(project, _known.setdefault(project, {}), language)
    found = _examined(report, read, name)
    if report is None or not name:
        return report, found
    return edition(report, name), found


def loaded(project: Path) -> Report | None:
    """The report of a project as far as it can be read, from what is remembered of it."""
    with using(open_cache(project)):
        return load(project, _known.setdefault(project, {}))[0]


def _examined(report: Report | None, read: list[Diagnostic], name: str = "") -> list[Diagnostic]:
    """All that is wrong with a report, and what was wrong with its files."""
    found = check(report, whole=not has_errors(read), before=read) if report else read
    if report and report.language in report.languages:
        found = _of_version(report, found)
    if name == PUBLIC and (report is None or len(editions(report)) > 1):
        found = told(report, edition(report, name) if report else None, found, read)
    return in_order(found)


def _of_version(report: Report, found: list[Diagnostic]) -> list[Diagnostic]:
    """What is found in a translated report, less the doubts about sections that are not translated, and
    less what the body asks for: both are judged with the original alone, which is handed in."""
    rules = settle(report, limits(report), whole=False)
    done = translated(report).sections
    own = {section.file for section in report.sections if section not in done}
    return [
        item
        for item in found
        if item not in rules
        and (item.place.file not in own or item.severity == "error" or item.code == "untranslated")
    ]


def rehearse(
    project: Path, name: str = "", language: str = ""
) -> tuple[Report | None, list[Diagnostic]]:
    """The report of a project, or an edition of it, and all that a build of it would say: everything is made, in every
    format and every edition (or in one), and nothing is written."""
    report, read = load(project, _known.setdefault(project, {}), language)
    found = _examined(report, read, name)
    if report is None:
        return report, found
    wanted = [edition(report, one) for one in ([name] if name else editions(report))]
    report = wanted[0] if name else report
    try:
        for one in wanted if not has_errors(found) else ():
            _, problems = render(_settled([one], project)[0][0], project, FORMATS)
            found += [problem for problem in problems if problem not in found]
        return report, found
    except Failure as failure:
        return report, [*found, *failure.diagnostics]


def build(
    project: Path,
    formats: Collection[str] = FORMATS,
    sections: tuple[str, ...] = (),
    progress: Progress = lambda _: None,
    cached: bool = True,
    persons: Register | None = None,
    release: bool = False,
    name: str = "",
    profile: str = "",
    language: str = "",
) -> Built:
    """Builds a project's report into its build/ folder.

    `sections` names sections to build alone, with their true numbers; `name` the edition, all that
    the report has where it is empty; `profile` a shorter document that is derived from it; `language` a
    version of it, or all of them. Nothing is written where anything is an error, so a good file is never
    replaced by a worse one. What has not changed is taken from the cache, unless `cached`
    is false; the files are the same either way. With a register of `persons`, nothing public is
    written in which one of them is named. A `release` is written only where nothing is left to
    decide, and with a record of what was proved.
    """
    order = _Order(project, formats, sections, progress, persons, release, name, profile)
    with paused(), using(open_cache(project) if cached else None):
        return _build(order, language)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked of a build, but for the language."""

    project: Path
    formats: Collection[str]
    sections: tuple[str, ...]
    progress: Progress
    persons: Register | None
    release: bool
    name: str
    profile: str


@dataclass(frozen=True, slots=True)
class _Version:
    """The report in one language, made: its editions or shorter documents, and their files by name."""

    report: Report
    wanted: list[Resolved]
    made: Mapping[str, bytes]
    pages: int
    commit: str
    remarks: tuple[str, ...]

    @property
    def public(self) -> Mapping[str, bytes]:
        """The files that may be published."""
        shown = [one for one in self.wanted if one.report.edition != CONFIDENTIAL]
        names = {_file_name(one) for one in shown}
        return {name: data for name, data in self.made.items() if name.rpartition(".")[0] in names}


def _build(order: _Order, language: str) -> Built:
    started = time.monotonic()
    found: list[Diagnostic] = []
    try:
        versions = list(_versions(order, language, found))
        if has_errors(found):
            return Built((), tuple(found), {})
        found += _withheld(order, versions)
        doubts = Counter(item.place.file for item in found if item.code == "withheld-perhaps")
        made: dict[str, bytes] = {}
        for version in versions:
            made |= version.made
            if order.release:
                said, record = proved(
                    version.wanted[0].report, version.public, version.commit, doubts
                )
                found, made = [*found, *said], made | record
        if has_errors(found):
            return Built((), tuple(found), {})
        written = write(order.project / BUILD, made)
        one, seconds = versions[0], time.monotonic() - started
        return Built(
            tuple(written),
            tuple(found),
            _figures(one.wanted[-1].report, one.wanted[-1], one.pages, seconds),
            order.persons is not None,
            tuple(dict.fromkeys(remark for version in versions for remark in version.remarks)),
        )
    except Failure as failure:
        return Built((), (*found, *failure.diagnostics), {})


def _versions(order: _Order, language: str, found: list[Diagnostic]) -> Iterator[_Version]:
    """The report in a language, or in all that it has; what is wrong with each joins what was found."""
    waiting = ["" if language == ALL else language]
    while waiting:
        version, told = _version(order, waiting.pop(0))
        found += [item for item in told if item not in found]
        if version:
            yield version
        if version and language == ALL and version.report.language not in version.report.languages:
            waiting += version.report.languages


def _version(order: _Order, language: str) -> tuple[_Version | None, list[Diagnostic]]:
    """The report in one language, as far as it can be made, and what is wrong with it."""
    project, progress = order.project, order.progress
    progress("reading the sections")
    report, read = load(project, _known.setdefault(project, {}), language)
    if report is None or has_errors(check(report, whole=False, before=read)):
        return None, _examined(report, read, order.name)
    progress("numbering")
    wanted, remarks = _resolved(
        report, project, order.name, order.sections, order.profile, order.persons
    )
    progress(f"writing {', '.join(order.formats)}")
    with ThreadPoolExecutor(1) as pool:  # pandoc and typst leave time to judge the content
        rendering = pool.submit(_render, wanted, project, order.formats)
        found = _examined(report, read, order.name)
        outputs, problems = rendering.result()
    pages = max((output.pages for output in outputs[-1].values()), default=0)
    if order.profile:
        found = _of_the_body(found, report, wanted[-1].report)
    if not order.sections:
        long = _too_long(wanted[-1].report, pages, order.profile)
        found = in_order([*found, *(item for item in long if item not in found)])
    found += [] if has_errors(found) else problems
    if order.persons is not None:
        found = in_order([*found, *unregistered(report, order.persons, order.name)])
    commit = ""
    if order.release:
        whole = not order.sections and set(order.formats) == set(FORMATS)
        handed_in = wanted[0].report if order.profile else report
        whole, searched = whole and order.name != CONFIDENTIAL, order.persons is not None
        commit, found = judged(handed_in, project, found, whole, searched)
    if order.persons is None and any(_unnamed(one.report) for one in wanted):
        remarks = (*remarks, _UNNAMED)
    made = {
        f"{_file_name(resolved)}.{kind}": output.data
        for resolved, files in zip(wanted, outputs, strict=True)
        for kind, output in files.items()
    }
    return _Version(report, wanted, made, pages, commit, remarks), found


def _of_the_body(found: list[Diagnostic], full: Report, shorter: Report) -> list[Diagnostic]:
    """What is found in a report of which a shorter document is made: for that the rules of its own body hold."""
    others = settle(full, limits(full), whole=False)
    own = settle(shorter, limits(shorter), whole=False)
    return in_order([*(item for item in found if item not in others), *own])


def _too_long(report: Report, pages: int, profile: str) -> list[Diagnostic]:
    most = report.profiles[profile].pages if profile else 0
    return settle(report, too_many_pages(report, pages, most), whole=False)


_UNNAMED = (
    "The confidential edition calls protected persons as the public one does: --register FILE names "
    "those who agreed to it."
)


def _unnamed(report: Report) -> bool:
    """Whether this is an edition in which persons may be named, by whoever has the register."""
    return report.edition == CONFIDENTIAL and any(
        person.may_be_named for person in mentioned(report).values()
    )


def _withheld(order: _Order, versions: Sequence[_Version]) -> list[Diagnostic]:
    """What is withheld, by a register or in confidential passages, and stands in files all the same:
    in the sources, where a name of the register would be in git for ever, and in what is public."""
    project, persons = order.project, order.persons
    order.progress("searching for what is withheld")
    found = in_sources(project, persons) if persons else []
    public = {name: data for version in versions for name, data in version.public.items()}
    known, loaded = _known.setdefault(project, {}), [version.report for version in versions]
    held = withheld_in(project, loaded, public, persons, known=known)
    return [*found, *(unnamed(held) if order.name == PUBLIC else held)]


def must_be_sound(report: Report | None, read: list[Diagnostic]) -> Report:
    """The report, where it can be shown whole. A reference that points to nothing is let through: who
    shows a draft or an old state puts a mark in its place. Raises Failure with all other errors."""
    found = check(report, whole=False, before=read) if report else read
    found = [item for item in found if item.code != "unknown-reference"]
    if report is None or has_errors(found):
        raise Failure([item for item in found if item.severity == "error"])
    return report


def _wanted(
    report: Report, name: str, sections: tuple[str, ...], persons: Register | None
) -> list[Report]:
    """The editions to build: of a section that is withheld whole, there is no public one."""
    found = [edition(report, one, persons) for one in ([name] if name else editions(report))]
    meant = {section_meant(report.sections, word).name for word in sections}
    whole = [one for one in found if meant <= {section.name for section in one.sections}]
    return whole or found


def _resolved(
    report: Report,
    project: Path,
    name: str,
    sections: tuple[str, ...],
    profile: str,
    persons: Register | None,
) -> tuple[list[Resolved], tuple[str, ...]]:
    """The editions with everything settled, or the shorter documents that a profile makes of them."""
    return _settled(_wanted(report, name, sections, persons), project, sections, profile)


def _settled(
    editions: Sequence[Report], project: Path, sections: tuple[str, ...] = (), profile: str = ""
) -> tuple[list[Resolved], tuple[str, ...]]:
    if sections or not (profile or editions[0].extract):
        return [resolve(one, project, sections) for one in editions], ()
    made = [shorter(one, profile, project) if profile else extract(one) for one in editions]
    remarks = [remark for one in made for remark in one.remarks()]
    return [flat(resolve(one.report, project)) for one in made], tuple(dict.fromkeys(remarks))


def _render(
    wanted: list[Resolved], project: Path, formats: Collection[str]
) -> tuple[list[dict[str, Output]], list[Diagnostic]]:
    """The outputs of each edition, and what is wrong with them."""
    done = [render(resolved, project, formats) for resolved in wanted]
    problems = [problem for _, found in done for problem in found]
    return [made for made, _ in done], list(dict.fromkeys(problems))


def _file_name(resolved: Resolved) -> str:
    """What the files are called: the report, its edition, and the sections that are built alone."""
    shown = [section.name for section in resolved.sections] if resolved.partial else []
    return "-".join([file_name(resolved.report), *shown])


def _figures(
    report: Report, resolved: Resolved, pages: int, seconds: float
) -> dict[str, int | float]:
    shown = {section.name for section in resolved.sections}
    sections = [section for section in report.sections if section.name in shown]
    items = [item for section in sections for item in section.items]
    boxes = [item for item in items if isinstance(item, Box)]
    recommendations = [item for box in boxes for item in box.recommendations]
    notes = sum(
        element["t"] == "Note" for section in resolved.sections for element in walk(section.blocks)
    )
    return {
        "pages": pages,
        "numbered paragraphs": sum(len(section.counted()) for section in sections),
        "boxes": len(boxes),
        "recommendations": len(recommendations),
        "footnotes": notes,
        "words": sum(map(section_words, sections)),
        "seconds": round(seconds, 2),
    }
