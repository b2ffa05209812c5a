"""To whom a recommendation is addressed: who stands before its first verb of duty."""

from __future__ import annotations

import re
from collections.abc import Callable

from shadowreport.core.phrases import one_of, pattern, words
from shadowreport.core.report import Report

_LONGEST = 90  # characters of a name; more is a sentence


def addressees(report: Report) -> re.Pattern[str] | None:
    """What finds a body that can be asked to act; nothing where the language has no list of them."""
    language = report.speech.language
    lists = (language.check("addressees"), report.speech.country.addressees.get(language.code, ""))
    if not lists[0]:
        return None
    extra = "".join(rf"|\b{re.escape(name)}" for name in report.addressees)
    return re.compile(one_of(*lists) + extra)


def addressee_of(report: Report) -> Callable[[str], str]:
    """Tells who a recommendation's text asks to act, as it names them, without an article; empty where
    it names nobody."""
    known = addressees(report)
    language = report.speech.language
    duty = pattern((language.check("duties"),))
    small = words(language.list("writing", "small"))

    def told(text: str) -> str:
        match = known.search(text) if known else None
        if not match:
            return ""
        # where no space stands between words, a name with any ending holds the verb as well
        verb = duty.search(text, match.start() + 1)
        name = text[: verb.start()].strip(" ,:") if verb else match[0]
        if len(name) > _LONGEST or re.search(r"[.;:!?]\s", name):
            name = match[0]
        first, _, rest = name.partition(" ")
        name = rest if rest and first.lower() in small else name
        return name[:1].upper() + name[1:]

    return told
