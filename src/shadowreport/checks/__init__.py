"""What can be wrong with a report whose files could all be read.

A check is a function from a Report to its diagnostics. To add one, write it in a module of this
package, put it into a table below, give its code a severity in core/problems.py, a section in
docs/checks.md and a case in tests/cases/. prose, parts, dates, excuses, public and release are no checks: they
help them, or choose among what they found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from shadowreport.checks import (
    addresses,
    agreeing,
    answers,
    identifiers,
    labels,
    limits,
    looking,
    numbers,
    own,
    people,
    persons,
    protected,
    quotes,
    repeated,
    sign_offs,
    slips,
    spelling,
    tables,
    text,
    ties,
    withheld,
)
from shadowreport.checks.excuses import settle
from shadowreport.core.problems import Diagnostic, in_order
from shadowreport.core.report import Report
from shadowreport.core.translations import translated

Check = Callable[[Report], Iterator[Diagnostic]]

# what would break a build; these run on what could be read of a broken report as well
STRUCTURE: tuple[Check, ...] = (
    ties.duplicate_ids,
    ties.heading_levels,
    ties.rows,
    ties.ties,
    ties.lineage,
    ties.references,
    ties.organisations,
    slips.keys_without_at,
    slips.brackets_around,
    slips.references_without_at,
    slips.persons_without_at,
)
# what is said, in its own language: not of sections that are not translated
WORDING: tuple[Check, ...] = (
    own.several_actions,
    own.addressees,
    text.leftovers,
    text.garbled,
    slips.places_behind,
    slips.placeholders,
    text.mixed_scripts,
    text.quotation_marks,
    quotes.unpaired_marks,
    text.dashes,
    text.terms,
    text.confused_names,
    text.abbreviations,
    tables.wide_words,
    tables.lost_captions,
    spelling.spelling,
)
CONTENT: tuple[Check, ...] = (
    # earlier recommendations
    answers.unanswered,
    answers.set_aside,
    answers.findings,
    answers.grades_without_words,
    answers.evidence,
    answers.different_findings,
    answers.foreign_tables,
    answers.quotations,
    # our own recommendations
    own.unsupported,
    # what stands there twice
    repeated.texts,
    repeated.rows,
    # what nobody has settled
    slips.unsettled,
    # numbers, symbols, addresses
    numbers.typed_numbers,
    numbers.typed_heads,
    numbers.one_or_several,
    numbers.typed_ibid,
    numbers.symbols,
    numbers.totals,
    addresses.link_texts,
    addresses.invalid,
    addresses.duplicates,
    # people
    people.recognisable,
    people.names_in_addresses,
    persons.undecided,
    protected.consent,
    protected.other_language,
    protected.evidence,
    identifiers.identifiers,
    identifiers.ages,
    withheld.said_in_public,
    labels.of_confidential_text,
    # settings, sign-offs and limits
    agreeing.settings,
    sign_offs.stale,
    looking.again,
    limits.limits,
)


def check(
    report: Report, whole: bool = True, before: Iterable[Diagnostic] = ()
) -> list[Diagnostic]:
    """All that is wrong with a report, in the order of its files and lines, less what is excused.

    Where the report is not `whole` (something of it could not be read), its content is not judged:
    a recommendation may well be answered in the part that is missing. `before` is what was found
    when the report was read; it can be excused as well, and is part of the result.
    """
    checks = (*STRUCTURE, *CONTENT) if whole else STRUCTURE
    found = [*before, *(diagnostic for run in checks for diagnostic in run(report))]
    if whole:
        words = translated(report)
        found += [diagnostic for run in WORDING for diagnostic in run(words)]
    return in_order(settle(report, found, whole))
