"""The letter that goes with a submission: a template of the report's language, as a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.layout import TEMPLATES
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.machine.toolkit import template
from shadowreport.render.docx import render_page
from shadowreport.resolve import cover_data
from shadowreport.resolve.jinja import Templates, read_fragment
from shadowreport.submission.endorsing import Endorsement

_NAME, _FALLBACK = "letter-{}.html.j2", "en"


def letter(
    report: Report, project: Path, files: Sequence[str], endorsed: Sequence[Endorsement]
) -> bytes:
    """The letter. Raises Failure for a template that fails."""
    page = letter_page(report, project, files, endorsed)
    nothing = dict.fromkeys(report.style.head, "")  # the running head is the report's
    report = replace(report, style=replace(report.style, head=nothing))
    return render_page(report, read_fragment(page, report.images, project), project)


def lacking(report: Report, project: Path) -> Iterator[Diagnostic]:
    """That the letter is in English, where the report's language has none."""
    code = report.speech.language.code
    if not _template(project, code):
        message = f"the letter is in English: there is none in '{code}'"
        hint = f"copy {_NAME.format(_FALLBACK)} of the toolkit to {TEMPLATES}{_NAME.format(code)}, and translate it"
        yield Diagnostic("incomplete-language", report.place, message, hint)


def _template(project: Path, code: str) -> str:
    """The letter in a language, or in the nearest (for pt-BR that in pt); empty where there is none."""
    parts = code.split("-")
    names = [_NAME.format("-".join(parts[:end])) for end in range(len(parts), 0, -1)]
    return next((name for name in names if template(project, name).is_file()), "")


def letter_page(
    report: Report, project: Path, files: Sequence[str], endorsed: Sequence[Endorsement]
) -> str:
    """Its text as HTML; English where the language has no letter of its own."""
    words = report.speech.language
    name = _template(project, words.code) or _NAME.format(_FALLBACK)
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
