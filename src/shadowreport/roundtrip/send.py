"""Send: a file in which one organisation works on its sections, or writes remarks on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.editions import CONFIDENTIAL, PUBLIC, chosen, file_name
from shadowreport.core.layout import section_meant
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean, has_errors
from shadowreport.core.register import Register
from shadowreport.core.report import Organisation, Report
from shadowreport.load import load
from shadowreport.machine import git
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.snapshot import fingerprint, snapshot
from shadowreport.machine.write import write
from shadowreport.outgoing import withheld_in
from shadowreport.pipeline import must_be_sound
from shadowreport.render import docx, html
from shadowreport.render.remarks import RemarksOn
from shadowreport.resolve import resolve
from shadowreport.resolve.crossrefs import broken
from shadowreport.resolve.resolved import Resolved
from shadowreport.roundtrip.record import Record, public_sum
from shadowreport.word.write.outgoing import ready_for_authors

FOLDER = "build/sent"
WORD, PAGE = "docx", "html"  # the two kinds of files: to change, and to write remarks on


@dataclass(frozen=True, slots=True)
class SentFile:
    """What `send` made: Word files, problems, the sections in them, what the first was made from."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    sections: tuple[str, ...] = ()
    record: Record | None = None

    @property
    def succeeded(self) -> bool:
        """Whether there is a file to send."""
        return bool(self.files) and not has_errors(self.diagnostics)


def send(
    project: Path,
    sections: Sequence[str] = (),
    to: str = "",
    name: str = "",
    persons: Register | None = None,
    kind: str = WORD,
) -> SentFile:
    """Writes build/sent/NAME.docx or NAME.html for an organisation (an id of report.yaml): one file for each run
    of sections that follow one another, so that numbers are true.

    Without sections it holds those that the organisation writes (`authors:`), or the whole report
    where it writes none or no organisation is named. Where something in them is confidential, `name`
    must say which edition is meant. Nothing public is written in which one of a register's `persons`
    is named.
    """
    with using(open_cache(project)):
        return _send(project, sections, to, name, persons, kind)


def _send(
    project: Path,
    sections: Sequence[str],
    to: str,
    name: str,
    persons: Register | None,
    kind: str,
) -> SentFile:
    found: list[Diagnostic] = []
    try:
        whole, problems = load(project)
        found += problems
        whole = must_be_sound(whole, problems)
        organisation = _organisation(whole, to)
        report = chosen(whole, name, "send")
        names = tuple(sections) or _own(report, to)
        made: dict[str, bytes] = {}
        records: list[Record] = []
        for run in _runs(report, names) or [()]:
            resolved = resolve(report, project, run)
            missing = broken(resolved.report, resolved.labels)
            found += [item for item in missing if item not in found]
            kept = tuple(section.name for section in resolved.sections) if run else ()
            record, aside = _record(project, report, kept, organisation)
            records.append(record)
            written = {
                f"{_file_name(report, record)}.{kind}": _WRITERS[kind](resolved, project, record)
            }
            if report.edition != CONFIDENTIAL:
                found += withheld_in(project, [whole], written, persons, FOLDER)
            made |= written | (aside if kind == WORD else {})
        if has_errors(found):
            return SentFile((), tuple(found))
        files = [path for path in write(project / FOLDER, made) if path.suffix == f".{kind}"]
        sent = tuple(name for record in records for name in record.sections)
        return SentFile(tuple(files), tuple(found), sent, records[0])
    except Failure as failure:
        told = [item for item in failure.diagnostics if item not in found]
        return SentFile((), (*found, *told))


def _word(resolved: Resolved, project: Path, record: Record) -> bytes:
    said = resolved.report.speech.language["sent_generated"]
    return ready_for_authors(docx.render(resolved, project).data, record.text(), said)


def _page(resolved: Resolved, project: Path, record: Record) -> bytes:
    return html.render(
        resolved, project, RemarksOn(record.report, record.edition, record.revision, record.name)
    ).data


_WRITERS = {WORD: _word, PAGE: _page}


def _organisation(report: Report, to: str) -> Organisation | None:
    known = {item.id: item for item in report.organisations}
    if to and to not in known:
        message = f"'{to}' is no organisation of this report"
        raise Failure(
            [Diagnostic("unknown-organisation", report.place, message, did_you_mean(to, known))]
        )
    return known.get(to)


def _runs(report: Report, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The sections in runs that follow one another: a file can count on only without a gap."""
    order = [section.name for section in report.sections]
    wanted = {section_meant(report.sections, name).name for name in names}
    runs: list[tuple[str, ...]] = []
    before = False
    for name in order:
        if name in wanted and before:
            runs[-1] = (*runs[-1], name)
        elif name in wanted:
            runs.append((name,))
        before = name in wanted
    return runs


def _own(report: Report, to: str) -> tuple[str, ...]:
    return tuple(
        section.name
        for section in report.sections
        if to and to in {mention.id for mention in section.authors}
    )


def _record(
    project: Path, report: Report, sections: tuple[str, ...], organisation: Organisation | None
) -> tuple[Record, dict[str, bytes]]:
    """The record; and a copy of the sources, where git does not hold just this state."""
    content = public_sum(report) if report.edition == PUBLIC else fingerprint(project)
    revision = git.head(project)
    if revision and git.changed_files(project):
        revision = ""
    record = Record(
        report.name,
        revision,
        content,
        sections,
        organisation.id if organisation else "",
        organisation.name if organisation else "",
        report.edition,
    )
    return record, {} if revision else {snapshot_name(content): snapshot(project)}


def snapshot_name(content: str) -> str:
    """The file in build/sent/ that holds the sources of a state that is not committed."""
    return f"sources-{content[:12]}.zip"


def _file_name(report: Report, record: Record) -> str:
    """The report, its sections, for whom, and the state: what helps where the record gets lost."""
    sections = (
        record.sections if len(record.sections) <= 2 else (f"{len(record.sections)}-sections",)
    )
    state = record.revision[:12] or f"x{record.content[:12]}"
    name = "-".join([file_name(report), *sections, *filter(None, [record.organisation]), state])
    return re.sub(r"[^\w.-]+", "-", name)[:150]
