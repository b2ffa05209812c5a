"""The receipt of a submission, kept in the project: what was packed, when, by which rules, and despite what."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shadowreport import __version__
from shadowreport.checks.limits import asked
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC, public_name
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.core.wordcount import report_words
from shadowreport.machine.git import changed_files, head
from shadowreport.source.yaml_edit import dumped
from shadowreport.submission.clock import GENEVA, left
from shadowreport.submission.endorsing import Endorsement

SUBMISSIONS = "submissions"


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that was there when something was packed, and the files that it does not hold as they
    were packed; nothing of either where there is no commit."""

    commit: str
    uncommitted: tuple[str, ...]


def origin_of(project: Path, report: Report) -> Origin:
    """Where the text of a submission comes from; of a public one no file is named that holds nothing public.
    Raises Failure where git has a reason not to say."""
    commit = head(project)
    changed = changed_files(project) if commit else ()
    return Origin(commit, tuple(dict.fromkeys(public_name(name, report) for name in changed)))


def receipt(
    report: Report,
    files: Mapping[str, bytes],
    endorsed: Sequence[Endorsement],
    figures: Mapping[str, int | float],
    reasons: Sequence[Diagnostic],
    now: datetime,
    origin: Origin,
) -> bytes:
    """The receipt as YAML; it names no person and says nothing of confidential text but its checksum."""
    said: dict[str, Any] = {
        "report": report.name,
        "committee": report.committee,
        "state": report.state,
        "session": report.session,
        "stage": report.stage,
        "edition": CONFIDENTIAL if report.edition == CONFIDENTIAL else PUBLIC,
        "packed": now.astimezone(GENEVA).isoformat(timespec="minutes"),
        "deadline": left(report, now),
        "commit": origin.commit,
        "uncommitted": list(origin.uncommitted),
        "shadowreport": __version__,
        "words": report_words(report),
        "pages": int(figures.get("pages", 0)),
        "endorsed_by": [item.organisation.id for item in endorsed if item.holds],
        "anyway": [reason.message for reason in reasons],
        "rules": [
            _rule(rule.kind, rule.value, rule.source, rule.verified) for rule in asked(report)
        ],
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in files.items()
        },
    }
    return dumped({key: value for key, value in said.items() if value not in ("", [])}).encode()


def _rule(kind: str, value: Any, source: str, verified: bool) -> dict[str, Any]:
    return {"rule": kind, "value": value, "source": source, "verified": verified}
