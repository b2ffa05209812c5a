"""What a release proves besides: that it was made of a commit, that its files tell nobody's name in their
properties, which pictures somebody must look at; and the record of it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf

from shadowreport import __version__
from shadowreport.checks.registered import lacking
from shadowreport.checks.release import strict, unfit
from shadowreport.core.editions import PUBLIC, edition, public_name
from shadowreport.core.layout import picture_file
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report
from shadowreport.machine.git import changed_files, head
from shadowreport.word.names import etree

_PROVED = (
    "no name, phone, mail or number of the register is in any of the files",
    "every person who is named may be named, with consent for this committee and day where it is needed",
    "no note between authors is open",
    "no link shortens, tracks, or shows another address than it opens",
    "the properties of the files name no person",
)
# properties of a Word file in which people stand
_PEOPLE = frozenset(("creator", "lastModifiedBy", "Company", "Manager", "category", "keywords"))
_PARTS = ("word/comments", "word/people", "docProps/custom", "customXml/", "docProps/thumbnail")


def judged(
    report: Report, project: Path, found: Iterable[Diagnostic], whole: bool, searched: bool
) -> tuple[str, list[Diagnostic]]:
    """The commit of a release, and the problems of a draft as a release sees them, with its own."""
    commit, own = origin(project, report)
    if not whole:
        message = "a release is the whole report in all its formats"
        own.append(Diagnostic("not-releasable", report.place, message, "leave the options out"))
    if not searched:
        message = "a release is searched for withheld names, and no register was named"
        own.append(Diagnostic("not-releasable", report.place, message, lacking(report)))
    day = date.today().isoformat()
    return commit, [*strict(found), *own, *unfit(report, day), *pictures(report)]


def proved(
    report: Report, files: Mapping[str, bytes], commit: str, doubts: Mapping[str, int]
) -> tuple[list[Diagnostic], dict[str, bytes]]:
    """What the properties of the files tell, and the record of the release as one more file. `doubts`:
    in how many places of which file the gate found what may be a name."""
    found = [problem for name in files for problem in properties(name, files[name], report)]
    return found, record(report, files, commit, doubts, datetime.now(UTC))


def origin(project: Path, report: Report) -> tuple[str, list[Diagnostic]]:
    """The commit that a report is built from, and what is wrong with it; no file is named that holds nothing
    public. Raises Failure where git has a reason not to say."""
    commit = head(project)
    if not commit:
        message = "a release tells which commit it was made of, and this report has none"
        hint = "make it a repository with 'git init', and commit the report"
        return "", [Diagnostic("not-releasable", Place("sections"), message, hint)]
    shown = edition(report, PUBLIC)
    names = {file: public_name(file, shown) for file in changed_files(project)}
    return commit, [
        _uncommitted(name, named=name in names) for name in dict.fromkeys(names.values())
    ]


def _uncommitted(name: str, named: bool) -> Diagnostic:
    message = "this file is not committed, and a release is made of a commit"
    hint = "commit it, or take the change back"
    if not named:
        message = (
            "a file that holds nothing public is not committed, and a release is made of a commit"
        )
        hint = "'git status' names it; commit it, or take the change back"
    return Diagnostic("not-releasable", Place(name.rstrip("/")), message, hint)


def pictures(report: Report) -> Iterator[Diagnostic]:
    """Each picture of the report: no program sees what it shows."""
    for name in _unseen(report):
        message = "no program sees what this picture shows: look at this yourself"
        hint = "faces, names, number plates, houses, writing on screens and papers"
        yield Diagnostic("look-at-picture", Place(picture_file(name)), message, hint)


def _unseen(report: Report) -> list[str]:
    """The pictures whose content is no text; what a chart says stands in its numbers."""
    return [name for name, picture in report.images.items() if not picture.chart]


def properties(name: str, data: bytes, report: Report) -> Iterator[Diagnostic]:
    """What the properties of a file that was made tell of people."""
    typeset = report.speech.language.typeset  # as files have the names: Women’s League
    organisations = {
        name for item in report.organisations for name in (item.name, typeset(item.name))
    }
    found = _in_word(data) if name.endswith(".docx") else ()
    found = _in_pdf(data, organisations) if name.endswith(".pdf") else found
    for what in found:
        message = f"the properties of this file may tell of a person: {what}"
        hint = "look at templates/ for a reference.docx or a report.typ that brings it"
        yield Diagnostic("properties-left", Place(name), message, hint)


def _in_word(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if part.startswith(_PARTS):
                yield part
            elif part.startswith("docProps/"):
                for element in etree.fromstring(archive.read(part)).iter("*"):
                    local = etree.QName(element).localname
                    if local in _PEOPLE and (element.text or "").strip():
                        yield f"{local} in {part}"


def _in_pdf(data: bytes, organisations: set[str]) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        author = str(document.docinfo.get("/Author", ""))
        left = author
        for name in sorted(organisations, key=len, reverse=True):
            left = left.replace(name, "")
        if left.strip(", "):
            yield "Author"
        if document.attachments:
            yield "attached files"


def record(
    report: Report,
    files: Mapping[str, bytes],
    commit: str,
    doubts: Mapping[str, int],
    when: datetime,
) -> dict[str, bytes]:
    """The record of a release as a file: what was proved of which bytes, when, of which commit."""
    said = {
        "report": report.name,
        "released": when.isoformat(timespec="seconds"),
        "commit": commit,
        "shadowreport": __version__,
        "proved": list(_PROVED),
        # not whom they may mean, nor where in the file: a record goes out with the files
        "doubtful_places": dict(doubts),
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in files.items()
        },
        "look_at": [picture_file(name) for name in _unseen(report)],
    }
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    return {f"{report.name}-release.json": text.encode()}
