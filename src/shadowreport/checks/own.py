"""Checks of the report's own recommendations: each follows from a paragraph, asks for one action,
and says of whom. (What guides to treaty-body reporting advise; see docs/checks.md.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.core.addressees import addressees as known_addressees
from shadowreport.core.ast import plain
from shadowreport.core.ids import is_withheld
from shadowreport.core.lexicon import Language
from shadowreport.core.phrases import one_of, pattern
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Box, Heading, Paragraph, Recommendation, Report

_MANY = 5


def unsupported(report: Report) -> Iterator[Diagnostic]:
    """A box follows from a paragraph, under the same heading."""
    for section in report.sections:
        supported = True  # a box above every paragraph is refused by itself: bad-box
        for item in section.items:
            if isinstance(item, Heading):
                supported = False
            elif isinstance(item, Paragraph):
                supported = True
            elif isinstance(item, Box) and not supported:
                message = "no paragraph under this heading supports the recommendations of this box"
                hint = (
                    "say above the box what is wrong, or move the box below the paragraph that does"
                )
                yield Diagnostic("unsupported-recommendation", item.place, message, hint)


def several_actions(report: Report) -> Iterator[Diagnostic]:
    """One recommendation, one action: only then can the next cycle say whether it was done."""
    language = report.speech.language
    duty = pattern((language.check("duties"),))
    first, second = _orders(language)
    for recommendation in _own(report):
        text = plain(recommendation.blocks)
        duties = len(duty.findall(text))
        orders = [match[1].lower() for match in first.finditer(text)]
        orders += [match[1].lower() for match in second.finditer(text)]
        if duties > 1 or len(orders) > 1:
            what = f": {', '.join(orders)}" if len(orders) > 1 else ""
            message = f"recommendation '{recommendation.id}' asks for several actions{what}"
            hint = "make each a recommendation of its own"
            yield Diagnostic("several-actions", recommendation.place, message, hint)


def _orders(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a verb with which a sentence orders something, and one that is joined to another."""
    order = f"({one_of(language.check('orders'))})"
    to, and_ = one_of(language.check("to")), one_of(language.check("and"))
    return (
        re.compile(rf"(?:^|[.;!?]\s+|\n)(?:{to}\s+)?{order}", re.IGNORECASE),
        re.compile(rf"(?:;|,?\s*{and_})\s+{to}\s+{order}", re.IGNORECASE),
    )


def addressees(report: Report) -> Iterator[Diagnostic]:
    """A recommendation says who is to act. Where most of them do not, that is one problem."""
    known = known_addressees(report)
    if not known:
        return
    own = list(_own(report))
    missing = [item for item in own if not known.search(plain(item.blocks))]
    hint = "begin with who should act: 'Parliament should ...'; more names go under addressees: in report.yaml"
    if len(missing) >= _MANY and 4 * len(missing) > len(own):
        names = ", ".join(f"'{item.id}'" for item in missing[:6]) + (
            " ..." if len(missing) > 6 else ""
        )
        message = f"{len(missing)} of {len(own)} recommendations of this report name nobody who should act: {names}"
        yield Diagnostic("no-addressee", missing[0].place, message, hint)
        return
    for item in missing:
        message = f"recommendation '{item.id}' names nobody who should act"
        yield Diagnostic("no-addressee", item.place, message, hint)


def _own(report: Report) -> Iterator[Recommendation]:
    """The recommendations of the report; of one that is withheld nothing can be said."""
    boxes = (box for section in report.sections for box in section.boxes())
    return (item for box in boxes for item in box.recommendations if not is_withheld(item.id))
