"""Checks against the profile of the body that is addressed: limits, parts, languages.

Each key of the tables below is a `rule` of templates/committees/. A rule that nobody has verified is
never reported as if it were one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from shadowreport.core.ast import plain
from shadowreport.core.lexicon import Rule
from shadowreport.core.phrases import one_of, pattern
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Heading, Report
from shadowreport.core.wordcount import WORDS_PER_PAGE, report_words


def limits(report: Report) -> Iterator[Diagnostic]:
    """Everything that the profile asks for and the report does not have."""
    for rule in report.profile.rules if report.profile else ():
        check = _CHECKS.get(rule.kind)
        if check:
            yield from check(report, rule)


def word_limit(report: Report) -> Rule | None:
    """The limit of length that holds for this report: of words or pages, single or joint."""
    rules = {rule.kind: rule for rule in report.profile.rules} if report.profile else {}
    joint = "-coalition" if len(report.organisations) > 1 else ""
    for kind in (f"words{joint}", "words", f"pages{joint}", "pages"):
        if kind in rules:
            return rules[kind]
    return None


def limit_in_words(rule: Rule) -> int:
    """A limit as a number of words; pages are an estimate."""
    return int(rule.value) * (WORDS_PER_PAGE if rule.kind.startswith("pages") else 1)


def _length(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    if rule is not word_limit(report):
        return
    words, limit = report_words(report), limit_in_words(rule)
    if words <= limit:
        return
    unit = "words" if rule.kind.startswith("words") else "pages"
    about = "" if unit == "words" else f" (about {words // WORDS_PER_PAGE} pages)"
    message = (
        f"the report has {words:,} words{about}; the limit is {rule.value:,} {unit} ({rule.source})"
    )
    if rule.verified:
        yield Diagnostic(
            "over-limit", report.place, message, "shorten it, or move material to an annex"
        )
    else:
        hint = "this limit is not verified: ask the secretariat, or look into the session's information note"
        yield Diagnostic("over-unverified-limit", report.place, message, hint)


def _languages(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    if report.language not in rule.value:
        message = (
            f"the language '{report.language}' is not among those taken: {', '.join(rule.value)}"
        )
        yield Diagnostic("wrong-language", report.place, message, _of(rule))


def _contains(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    for part in rule.value:
        what, has = PARTS[part]
        if not has(report):
            message = (
                f"{what} is missing, which {report.profile.code if report.profile else ''} asks for"
            )
            yield Diagnostic("missing-part", report.place, message, _of(rule))


def _of(rule: Rule) -> str:
    return rule.source if rule.verified else f"not verified; {rule.source}"


_CHECKS: dict[str, Callable[[Report, Rule], Iterator[Diagnostic]]] = {
    "words": _length,
    "words-coalition": _length,
    "pages": _length,
    "pages-coalition": _length,
    "languages": _languages,
    "contains": _contains,
}


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
    return True


def _names_articles(report: Report) -> bool:
    word = one_of(*report.speech.check("articles"))
    article = re.compile(rf"{word}\s+\d+|\d-{word}")  # "article 5"; "5-бап"
    return any(article.search(section.source) for section in report.sections)


# what a body may ask for: its name, and how one sees that the report has it
PARTS: dict[str, tuple[str, Callable[[Report], bool]]] = {
    "title-page": ("a title page", _always),
    "contents": ("a table of contents", _always),
    "page-numbers": ("page numbers", _always),
    "one-state": ("a single State", _always),
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
    "summary": (
        "a summary",
        lambda report: _headed(report, "summary"),
    ),
    "methodology": (
        "an account of the method",
        lambda report: _headed(report, "methodology"),
    ),
    "numbered-paragraphs": (
        "numbered paragraphs",
        lambda report: any(section.numbered for section in report.sections),
    ),
    "articles": (
        "a reference to articles of the treaty",
        _names_articles,
    ),
}
