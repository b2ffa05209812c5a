"""Checks against the profile of the body that is addressed: limits, parts, languages, dates, words.

Each key of `_CHECKS` is a `rule` of templates/committees/; the others are of the files that are handed in
(submission/files.py). A rule that nobody has verified is never reported as if it were one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from shadowreport.checks.dates import days_before_session, deadline_known, old_rules
from shadowreport.checks.parts import PARTS
from shadowreport.core.lexicon import Rule
from shadowreport.core.phrases import pattern
from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.report import Place, Report
from shadowreport.core.wordcount import WORDS_PER_PAGE, report_words

_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")  # *reliable* sources


def limits(report: Report) -> Iterator[Diagnostic]:
    """Everything that the profile asks for and the report does not have."""
    if report.profile is None:
        return
    yield from _stage(report)
    # several rules may miss the one date
    found = [item for _, item in broken(report)]
    yield from {item.code if item.code == "no-deadline" else item: item for item in found}.values()
    yield from old_rules(report, asked(report))


def broken(report: Report) -> Iterator[tuple[Rule, Diagnostic]]:
    """Each rule that the text does not keep, and what is wrong."""
    for rule in asked(report):
        for problem in _CHECKS.get(rule.kind, _no)(report, rule):
            yield rule, problem


def asked(report: Report) -> tuple[Rule, ...]:
    """The rules that hold for this report: some are of one stage of the body's work alone."""
    rules = report.profile.rules if report.profile else ()
    return tuple(rule for rule in rules if not rule.stage or report.stage in ("", rule.stage))


def length_limits(report: Report) -> tuple[Rule, ...]:
    """The limits of length that hold for this report: of words and of pages, each single or joint, on
    one theme or on all."""
    rules = {rule.kind: rule for rule in asked(report)}
    joint = "-coalition" if len(report.organisations) > 1 else ""
    theme = ("words-thematic",) if report.thematic else ()
    kinds = (*theme, f"words{joint}", "words"), (f"pages{joint}", "pages")
    found = (next((rules[kind] for kind in ways if kind in rules), None) for ways in kinds)
    return tuple(rule for rule in found if rule)


def word_limit(report: Report) -> Rule | None:
    """The limit of length that allows the fewest words."""
    return min(length_limits(report), key=limit_in_words, default=None)


def page_limit(report: Report, own: int = 0) -> int:
    """How many pages the PDF may have, by the body and by the authors (`own`); 0 where nobody says."""
    rules = [int(rule.value) for rule in length_limits(report) if rule.kind.startswith("pages")]
    return min(filter(None, (own, *rules)), default=0)


def limit_in_words(rule: Rule) -> int:
    """A limit as a number of words; pages are an estimate."""
    return int(rule.value) * (WORDS_PER_PAGE if rule.kind.startswith("pages") else 1)


def _length(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    if rule not in length_limits(report):
        return
    words, limit = report_words(report), limit_in_words(rule)
    if words <= limit:
        return
    unit = "words" if rule.kind.startswith("words") else "pages"
    about = "" if unit == "words" else f" (about {words // WORDS_PER_PAGE} pages)"
    whose = f"the {report.edition} edition" if report.edition else "the report"
    message = (
        f"{whose} has {words:,} words{about}; the limit is {rule.value:,} {unit} ({rule.source})"
    )
    if rule.verified:
        yield Diagnostic(
            "over-limit", report.place, message, "shorten it, or move material to an annex"
        )
    else:
        hint = "this limit is not verified: ask the secretariat, or look into the session's information note"
        yield Diagnostic("over-unverified-limit", report.place, message, hint)


def too_many_pages(report: Report, pages: int, most: int = 0) -> Iterator[Diagnostic]:
    """What is over a limit of pages once the PDF is made; `most` are those that the authors set, 0 where none.
    Where words alone are too many already, that was said."""
    rules = [rule for rule in length_limits(report) if rule.kind.startswith("pages")]
    if any(True for rule in rules for _ in _length(report, rule)):
        return
    hint = "shorten it, or move material to an annex"
    for limit, whose, code in (
        (most, "in report.yaml", "over-limit"),
        *(
            (int(r.value), r.source, "over-limit" if r.verified else "over-unverified-limit")
            for r in rules
        ),
    ):
        if 0 < limit < pages:
            message = f"the PDF has {pages} pages, with cover, contents and annexes; the limit is {limit} ({whose})"
            yield Diagnostic(code, report.place, message, hint)


def _languages(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    if report.language.partition("-")[0] not in rule.value:
        message = (
            f"the language '{report.language}' is not among those taken: {', '.join(rule.value)}"
        )
        taken = [code for code in report.languages if code.partition("-")[0] in rule.value]
        other = f"invoke package --language {taken[0]} hands in that version; " if taken else ""
        yield Diagnostic("wrong-language", report.place, message, f"{other}{rule.cited}")


def _contains(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    for part in rule.value:
        what, has = PARTS[part]
        if not has(report):
            message = (
                f"{what} is missing, which {report.profile.code if report.profile else ''} asks for"
            )
            yield Diagnostic("missing-part", report.place, message, rule.cited)


def _heading(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    """Words by which the body does not want a report to be called."""
    avoided = pattern((rule.value,), re.IGNORECASE)
    named = (report.title, report.subtitle, report.short_title, report.name.replace("-", " "))
    for match in dict.fromkeys(
        found[0].lower() for text in named if (found := avoided.search(text))
    ):
        message = f"{_body(report)} does not want a report to be called '{match}'"
        yield Diagnostic("wrong-heading", report.place, message, rule.advice)


def _avoid(report: Report, rule: Rule) -> Iterator[Diagnostic]:
    """Words that the body asks authors not to write."""
    avoided = pattern((rule.value,), re.IGNORECASE)
    for section in report.sections:
        source = _EMPHASIS.sub("", section.source)
        found = [
            (section.source_line + source.count("\n", 0, match.start()), match[0])
            for match in avoided.finditer(source)
        ]
        titled = avoided.search(section.title)
        found += [(section.place.line or 1, titled[0])] if titled else []
        for line, said in found:
            message = f"{_body(report)} asks not to write '{' '.join(said.split())}'"
            yield Diagnostic("avoided-words", Place(section.file, line), message, rule.advice)


def _stage(report: Report) -> Iterator[Diagnostic]:
    known = report.profile.stages if report.profile else ()
    if report.stage and report.stage not in known:
        message = f"{_body(report)} has no stage '{report.stage}'"
        hint = did_you_mean(report.stage, known)
        yield Diagnostic("unknown-stage", report.place, message, hint)


def _body(report: Report) -> str:
    return report.profile.code if report.profile else ""


def _no(_report: Report, _rule: Rule) -> Iterator[Diagnostic]:
    """A rule of the files that are handed in, not of the text."""
    yield from ()


_CHECKS: dict[str, Callable[[Report, Rule], Iterator[Diagnostic]]] = {
    **dict.fromkeys(("words", "words-coalition", "words-thematic"), _length),
    **dict.fromkeys(("pages", "pages-coalition"), _length),
    "languages": _languages,
    "contains": _contains,
    "heading": _heading,
    "avoid": _avoid,
    "deadline": deadline_known,
    "days-before-session": days_before_session,
}
