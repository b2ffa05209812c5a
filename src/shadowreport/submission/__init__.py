"""What is handed in: the files of a report, checked against the body's rules, with a letter and a receipt.

The report is built as it always is, the public edition as a release; here it is only judged and packed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain, count
from pathlib import Path

from shadowreport.checks.agreeing import grave
from shadowreport.checks.excuses import settle
from shadowreport.checks.limits import broken, limits
from shadowreport.checks.registered import unregistered
from shadowreport.checks.release import strict
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC, chosen, file_name
from shadowreport.core.layout import BUILD, PERSONS
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.machine.write import write, write_tree
from shadowreport.outgoing import must_tell_nothing
from shadowreport.pipeline import Built, build, examine
from shadowreport.render import FORMATS
from shadowreport.render.shorter import shorter
from shadowreport.submission.clock import GENEVA, late, left
from shadowreport.submission.endorsing import Endorsement, endorsements
from shadowreport.submission.files import USUAL, named, wanted_formats, wrong_files
from shadowreport.submission.letter import lacking, letter
from shadowreport.submission.receipt import SUBMISSIONS, origin_of, receipt

Progress = Callable[[str], None]
CODE = "not-accepted"
_RULE = re.compile(r"rule '[^']*': ")


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed, why it may be refused, what else was said, and the time that is left; whether it
    was asked for `anyway`, which of its files no commit holds, and what the build remarked."""

    files: tuple[Path, ...]
    reasons: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]
    left: str
    anyway: bool
    uncommitted: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # those of the build


def package(
    project: Path,
    now: datetime,
    name: str = "",
    formats: Collection[str] = (),
    persons: Register | None = None,
    anyway: bool = False,
    progress: Progress = lambda _: None,
    profile: str = "",
    language: str = "",
) -> Packed:
    """Packs an edition into build/, with a receipt in submissions/, or the shorter document that a
    `profile` makes of it, or its version in another `language`; nothing is written where the body would not
    accept it, unless `anyway`.
    Raises Failure where there is no report without errors, nobody has said whose rules are to be kept
    which edition is meant, the profile cannot be kept, or something that is packed tells what is
    withheld."""
    report, found = examine(project, language=language)
    if report is None or has_errors(found):
        raise Failure([item for item in found if item.severity == "error"])
    whole, full = report, chosen(report, name, "package")
    if profile:
        report = shorter(full, profile, project).report
        # that its body is another one than the full text's is what it is for
        own = (item for setting, item in grave(report) if setting != "committee")
        told = [*limits(report), *own]
        found = settle(report, told, whole=False)
    else:
        report = full
        if language:  # what the body asks for, which is not looked for in every version
            told = [*limits(report), *(item for _, item in grave(report))]
            found = settle(report, told, whole=False)
    if report.profile is None:
        hint = "add profile: cedaw, say, to sections/report.yaml"
        message = "nobody has said whose rules this submission has to keep"
        raise Failure([Diagnostic("not-accepted", report.place, message, hint)])
    unsearched = _unsearched(whole, report, persons)
    reasons = [*unsearched, *refusals(report, found, now)]
    made_of = partial(build, project, progress=progress, profile=profile, language=language)
    built, refused = _built(made_of, report, persons, anyway and not unsearched)
    kinds = wanted_formats(report, formats)
    made = _read(report, built, kinds)
    pages = built.figures.get("pages", 0)
    reasons = _once([*reasons, *refused, *wrong_files(report, made, pages, formats)])
    if unsearched:
        raise Failure(reasons)
    warned = _warned(built, whole, report)
    warnings = (*_once([*reasons, *warned])[len(reasons) :], *_unanswered(report))
    result = Packed((), tuple(reasons), warnings, left(report, now), anyway, remarks=built.remarks)
    if (reasons and not anyway) or not built.succeeded:
        return result
    endorsed = endorsements(whole)  # nobody has signed the short text of a paragraph
    warnings += (*_unsigned(report, endorsed), *lacking(report, project))
    files = _files(project, report, made, endorsed)
    origin = origin_of(project, report)
    record = receipt(report, files, endorsed, built.figures, reasons, now, origin)
    written = files | {"receipt.yaml": record}
    warnings += tuple(must_tell_nothing(project, whole, report.edition, written, persons))
    packed = _write(project, report, files, record, now)
    return replace(result, files=packed, warnings=warnings, uncommitted=origin.uncommitted)


def _warned(built: Built, whole: Report, report: Report) -> list[Diagnostic]:
    """What the build warns of, less rules that the whole report breaks and this edition keeps: a confidential
    one says itself that it is not to be published."""
    kept = {item.message for item in limits(whole)} - {item.message for item in limits(report)}
    warnings = [item for item in built.diagnostics if item.severity == "warning"]
    return [item for item in warnings if item.message not in kept]


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Problems less those that are told before: by a rule, by the release, by a build of a draft."""
    told: dict[tuple[Place, str], Diagnostic] = {}
    for item in found:
        told.setdefault((item.place, _RULE.sub("", item.message)), item)
    return [*told.values()]


def _unanswered(report: Report) -> Iterator[Diagnostic]:
    """That the letter names nobody who answers questions."""
    if not report.contacts:
        message = "nobody is named whom the secretariat can ask: the letter has no contacts"
        hint = "write contacts: with a name and an email into sections/report.yaml"
        yield Diagnostic("no-contacts", report.place, message, hint)


def _unsigned(report: Report, endorsed: Sequence[Endorsement]) -> Iterator[Diagnostic]:
    """Organizations that the report names and the letter does not."""
    names = [item.organisation.name for item in endorsed if not item.holds]
    if names:
        message = (
            f"the letter does not name {', '.join(names)}: no sign-offs, or some that are stale"
        )
        hint = "invoke review SECTION --as ORG --aspect facts, once the organization has read it"
        yield Diagnostic("no-sign-offs", report.place, message, hint)


def _unsearched(whole: Report, report: Report, persons: Register | None) -> list[Diagnostic]:
    """That a public edition would go out unsearched for persons whom the authors protect."""
    protected = whole.persons and whole.persons.protected
    if protected and persons is None and report.edition != CONFIDENTIAL:
        message = (
            f"the report protects persons ({PERSONS}), and no register was named to search for them"
        )
        hint = "--register FILE; this cannot be overridden"
        return [Diagnostic("not-releasable", report.place, message, hint)]
    if persons is not None and report.edition != CONFIDENTIAL:
        differ = strict(unregistered(whole, persons, PUBLIC))
        return [item for item in differ if item.severity == "error"]
    return []


def refusals(report: Report, found: Collection[Diagnostic], now: datetime) -> list[Diagnostic]:
    """Why the body would not accept the text, each naming the rule, less what authors have excused:
    `found` is what `invoke check` says of the report."""
    left_out = {item.code for _, item in broken(report)} - {item.code for item in found}
    stopped = [
        replace(item, code=CODE, message=f"rule '{rule.kind}': {item.message}")
        for rule, item in broken(report)
        if item.code not in left_out
    ]
    unexcused = {item.message for item in found}
    contradictory = [
        replace(item, code=CODE, message=f"rule '{setting}': {item.message}")
        for setting, item in grave(report)
        if item.message in unexcused
    ]
    return [*stopped, *contradictory, *late(report, now)]


def _built(
    made_of: Callable[..., Built], report: Report, persons: Register | None, anyway: bool
) -> tuple[Built, list[Diagnostic]]:
    """The report as it is built for this edition, and what kept it from being released."""
    make = partial(made_of, persons=persons, name=report.edition)
    if report.edition == CONFIDENTIAL:
        built = make(USUAL)
        return built, [item for item in built.diagnostics if item.severity == "error"]
    built = make(FORMATS, release=True)
    refused = [
        replace(item, message=f"rule 'release': {item.message}")
        for item in built.diagnostics
        if item.severity == "error"
    ]
    if refused and anyway:
        built = make(USUAL)
        refused += [item for item in built.diagnostics if item.severity == "error"]
    return built, refused


def _read(report: Report, built: Built, kinds: Collection[str]) -> Mapping[str, bytes]:
    """The files by format."""
    names = {kind: f"{file_name(report)}.{kind}" for kind in kinds}
    there = {path.name: path for path in built.files}
    return {kind: there[name].read_bytes() for kind, name in names.items() if name in there}


def _files(
    project: Path, report: Report, made: Mapping[str, bytes], endorsed: Sequence[Endorsement]
) -> dict[str, bytes]:
    """What is handed in, by the names that the body asks for, with the letter and the checksums."""
    files = {named(report, kind): data for kind, data in made.items()}
    files[named(report, "letter.docx")] = letter(report, project, list(files), endorsed)
    sums = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()]
    return files | {"SHA256SUMS": "".join(sums).encode()}


def _write(
    project: Path, report: Report, files: Mapping[str, bytes], record: bytes, now: datetime
) -> tuple[Path, ...]:
    folder = project / BUILD / f"package-{file_name(report)}"
    write_tree(folder, files)
    receipts = project / SUBMISSIONS
    name = _free(receipts, f"{now.astimezone(GENEVA):%Y-%m-%d}-{file_name(report)}")
    return (*(folder / one for one in files), *write(receipts, {name: record}))


def _free(folder: Path, stem: str) -> str:
    """A name that no receipt has yet: each submission keeps its own."""
    names = chain([stem], (f"{stem}-{nth}" for nth in count(2)))
    return next(f"{name}.yaml" for name in names if not (folder / f"{name}.yaml").exists())
