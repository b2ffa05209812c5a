"""Checks of the report's own recommendations: each follows from a paragraph, asks for one action,
and says of whom. (What guides to treaty-body reporting advise; see docs/checks.md.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowreport.core.ast import plain
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Box, Heading, Paragraph, Recommendation, Report

_MANY = 5

_ADDRESSEES = {
    "en": r"Government|Parliament|State part(?:y|ies)|the State\b|Ministr(?:y|ies|er)|Prosecutor"
    r"|Supreme Court|Constitutional (?:Court|Council)|courts?\b|judiciary|authorit(?:y|ies)|Commissioner"
    r"|Ombuds\w+|President|Cabinet|Senate|Mazhilis|Assembly|Congress|Agency|Bureau|Committee|Council"
    r"|Commission|Department|akimats?|municipalit\w+|police|Kazakhstan|legislat(?:or|ure)|Office of",
    "fr": r"[Gg]ouvernement|[Pp]arlement|[ÉE]tat partie|l['’][ÉE]tat|[Mm]inist[èe]re|[Pp]arquet|[Pp]rocureur"
    r"|Cour\b|[Aa]utorit[ée]s|[Cc]ommission|[Dd][ée]fenseur|[Mm][ée]diateur|Comit[ée]|Conseil|Assembl[ée]e|Pr[ée]sident",
    "es": r"Gobierno|Parlamento|Estado [Pp]arte|el Estado|Ministerio|Fiscal[íi]a|Tribunal|Corte|autoridades"
    r"|Comisi[óo]n|Defensor[íi]a|Comit[ée]|Consejo|Asamblea|Congreso|President",
    "ru": r"Правительств|Парламент|Государств|Министерств|Прокуратур|Верховн\w+ суд|суд(?:ы|ам|ов)\b|орган"
    r"|Уполномоченн|Омбудсмен|Комитет|Комисси|Совет|Ассамбле|Президент|Мажилис|Сенат|Агентств|акимат",
}
_DUTIES = {
    "en": re.compile(r"\b(?:should|must|shall|ought to)\b"),
    "fr": re.compile(r"\b(?:devrait|devraient|doit|doivent)\b"),
    "es": re.compile(r"\b(?:deber[íi]an?|debe|deben)\b"),
    "ru": re.compile(r"\b(?:следует|должн[аоы]?|необходимо)\b"),
}
_ORDERS = [
    "abolish",
    "accede",
    "adopt",
    "allocate",
    "allow",
    "amend",
    "analyse",
    "appoint",
    "approve",
    "assess",
    "bring",
    "collect",
    "conduct",
    "consider",
    "create",
    "criminalize",
    "decriminalize",
    "define",
    "delete",
    "develop",
    "draft",
    "enact",
    "end",
    "enhance",
    "ensure",
    "establish",
    "examine",
    "exclude",
    "expand",
    "extend",
    "facilitate",
    "finance",
    "grant",
    "guarantee",
    "implement",
    "improve",
    "include",
    "increase",
    "inform",
    "initiate",
    "integrate",
    "introduce",
    "invest",
    "investigate",
    "join",
    "launch",
    "legislate",
    "make",
    "monitor",
    "open",
    "organize",
    "prepare",
    "prevent",
    "prohibit",
    "promote",
    "prosecute",
    "protect",
    "provide",
    "publish",
    "punish",
    "ratify",
    "recognize",
    "reform",
    "refrain",
    "regulate",
    "remove",
    "repeal",
    "report",
    "require",
    "restore",
    "review",
    "revise",
    "set",
    "simplify",
    "start",
    "stop",
    "strengthen",
    "submit",
    "support",
    "take",
    "train",
    "translate",
    "withdraw",
]
_ORDER = rf"(?:{'|'.join(_ORDERS)})"
_SENTENCE_ORDER = re.compile(rf"(?:^|[.;!?]\s+|\n)(?:To\s+|to\s+)?({_ORDER})\b", re.IGNORECASE)
_SECOND_ORDER = re.compile(
    rf"(?:;|,?\s+and\s+also|,\s+and|\band)\s+(?:to\s+)({_ORDER})\b", re.IGNORECASE
)


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
    duty = _DUTIES.get(report.language)
    for recommendation in _own(report):
        text = plain(recommendation.blocks)
        duties = len(duty.findall(text)) if duty else 0
        orders = [match[1].lower() for match in _SENTENCE_ORDER.finditer(text)]
        orders += [match[1].lower() for match in _SECOND_ORDER.finditer(text)]
        if duties > 1 or (report.language == "en" and len(orders) > 1):
            what = f": {', '.join(orders)}" if len(orders) > 1 else ""
            message = f"recommendation '{recommendation.id}' asks for several actions{what}"
            hint = "make each a recommendation of its own"
            yield Diagnostic("several-actions", recommendation.place, message, hint)


def addressees(report: Report) -> Iterator[Diagnostic]:
    """A recommendation says who is to act. Where most of them do not, that is one problem."""
    pattern = _ADDRESSEES.get(report.language)
    if not pattern:
        return
    extra = "".join(f"|{re.escape(name)}" for name in report.addressees)
    known = re.compile(rf"\b(?:{pattern}{extra})")
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
    for section in report.sections:
        for box in section.boxes():
            yield from box.recommendations
