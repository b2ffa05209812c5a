"""The letter that goes with a submission: a template of the report's language, as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.report import Report
from shadowreport.machine.toolkit import template
from shadowreport.render.docx import render_page
from shadowreport.resolve import cover_data
from shadowreport.resolve.jinja import Templates, read_fragment
from shadowreport.submission.endorsing import Endorsement

_FALLBACK = "en"


def letter(
    report: Report, project: Path, files: Sequence[str], endorsed: Sequence[Endorsement]
) -> bytes:
    """The letter. Raises Failure for a template that fails."""
    page = letter_page(report, project, files, endorsed)
    nothing = dict.fromkeys(report.style.head, "")  # the running head is the report's
    report = replace(report, style=replace(report.style, head=nothing))
    return render_page(report, read_fragment(page, report.images, project), project)


def letter_page(
    report: Report, project: Path, files: Sequence[str], endorsed: Sequence[Endorsement]
) -> str:
    """Its text as HTML; English where the language has no letter of its own."""
    words = report.speech.language
    name = f"letter-{words.code}.html.j2"
    name = name if template(project, name).is_file() else f"letter-{_FALLBACK}.html.j2"
    documents = report.profile.documents if report.profile else {}
    submission = documents.get("submission")
    return Templates(project).render(
        name,
        report=cover_data(report, words),
        committee=words.typeset(words.committee(report.committee)),
        submission=words.of(submission) if submission else "",
        confidential=report.edition == CONFIDENTIAL,
        files=files,
        endorsing=[words.typeset(item.organisation.name) for item in endorsed if item.holds],
    )
