"""What a body may ask a submission to hold: its name, and how one sees that the report has it."""

from __future__ import annotations

import re
from collections.abc import Callable

from shadowreport.core.ast import plain
from shadowreport.core.phrases import one_of, pattern
from shadowreport.core.report import Heading, Report


def _headed(report: Report, name: str) -> bool:
    wanted = pattern(report.speech.check(name), re.IGNORECASE)
    titles = [section.title for section in report.sections]
    titles += [
        plain(item.inlines)
        for section in report.sections
        for item in section.items
        if isinstance(item, Heading)
    ]
    return any(wanted.search(title) for title in titles)


def _always(_: Report) -> bool:
    """What every file of the toolkit has."""
    return True


def _names_articles(report: Report) -> bool:
    word = one_of(*report.speech.check("articles"))
    article = re.compile(rf"{word}\s*\d+|\d-{word}")  # "article 5"; "5-бап"
    return any(article.search(section.source) for section in report.sections)


def _one_state(report: Report) -> bool:
    lexicon = report.speech.lexicon
    named = {code for cycle in report.cycles for code in lexicon.states_in(cycle.symbol)}
    return len(named | ({report.state_code} if report.state_code else set())) < 2


PARTS: dict[str, tuple[str, Callable[[Report], bool]]] = {
    "title-page": ("a title page", _always),
    "contents": ("a table of contents", _always),
    "page-numbers": ("page numbers", _always),
    "one-state": ("a single State (cycles: name documents on several)", _one_state),
    "organisations": (
        "a description of the organizations",
        lambda report: any(item.description for item in report.organisations),
    ),
    "contributors": ("the list of contributors", lambda report: bool(report.organisations)),
    "contacts": (
        "an address to write to",
        lambda report: any(item.email for item in report.contacts),
    ),
    "publication": (
        "a statement on publication (publication: in report.yaml)",
        lambda report: bool(report.publication),
    ),
    "summary": ("a summary", lambda report: _headed(report, "summary")),
    "methodology": ("an account of the method", lambda report: _headed(report, "methodology")),
    "numbered-paragraphs": (
        "numbered paragraphs",
        lambda report: any(section.counted() for section in report.sections),
    ),
    "articles": ("a reference to articles of the treaty", _names_articles),
    "recommendations": (
        "a recommendation of your own",
        lambda report: any(True for section in report.sections for _ in section.boxes()),
    ),
}
