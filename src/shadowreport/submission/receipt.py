"""The receipt of a submission, kept in the project: what was packed, when, by which rules, and despite what."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shadowreport import __version__
from shadowreport.checks.limits import asked
from shadowreport.core.editions import CONFIDENTIAL, PUBLIC
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.core.wordcount import report_words
from shadowreport.source.yaml_edit import dumped
from shadowreport.submission.clock import GENEVA, left
from shadowreport.submission.endorsing import Endorsement

SUBMISSIONS = "submissions"


def receipt(
    report: Report,
    files: Mapping[str, bytes],
    endorsed: Sequence[Endorsement],
    figures: Mapping[str, int | float],
    reasons: Sequence[Diagnostic],
    now: datetime,
    commit: str,
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
        "commit": commit,
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
