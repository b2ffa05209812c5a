"""What was handed in, kept in the project: the public files of the last report, with checksums."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from shadowreport import __version__
from shadowreport.core.editions import PUBLIC, editions
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.pipeline import build
from shadowreport.source.yaml_edit import dumped

ARCHIVE = "archive"


def archived(
    project: Path, report: Report, commit: str, persons: Register | None
) -> dict[str, bytes]:
    """The files of archive/NAME/: the report in every format, and a record. Of a report with a
    confidential edition only the public one is kept, for the folder is in git. Raises Failure where it
    does not build, or the folder is there already."""
    folder = f"{ARCHIVE}/{report.name}"
    if (project / folder).exists():
        message = "this cycle is archived already"
        hint = "give the report another name in sections/report.yaml, or remove the folder"
        raise Failure([Diagnostic("cannot-write", Place(folder), message, hint)])
    several = len(editions(report)) > 1
    built = build(project, persons=persons, name=PUBLIC if several else "")
    if not built.succeeded:
        raise Failure([item for item in built.diagnostics if item.severity == "error"])
    files = {path.name: path.read_bytes() for path in built.files}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    record = {
        "report": report.name,
        "title": report.title,
        "session": report.session,
        "closed": date.today().isoformat(),
        "commit": commit,
        "shadowreport": __version__,
        "edition": PUBLIC if several else "",
        "files": sums,
    }
    said = dumped({key: value for key, value in record.items() if value}).encode()
    lines = "".join(f"{value}  {name}\n" for name, value in sums.items()).encode()
    return {
        f"{folder}/{name}": data
        for name, data in {**files, "SHA256SUMS": lines, "record.yaml": said}.items()
    }
