"""What is said of the public edition alone: for a log that others read.

The problems of a report are found in the whole of it, and some quote its text. Here only those are
told that a look at the public edition finds as well, in the words that it has for them; of the others
nothing but the place, and only where they stop a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shadowreport.checks import check
from shadowreport.core.layout import SOURCES
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.core.withheld import holds


def told(
    whole: Report | None,
    public: Report | None,
    found: Iterable[Diagnostic],
    read: Sequence[Diagnostic],
) -> list[Diagnostic]:
    """The problems of a report as they may be told outside: `found` are all, `read` those of reading
    its files."""
    known = {(item.code, item.place): item for item in (check(public) if public else ())}
    private = _private(whole, read)
    result: list[Diagnostic] = []
    for item in found:
        same = known.get((item.code, item.place))
        if same:
            result.append(same)
        elif item in read and item.place.file not in private:
            result.append(item)
        elif item.severity == "error" or item in read:
            message = "something is wrong here, in a file that holds confidential text"
            hint = "'invoke check' says what it is"
            result.append(Diagnostic(item.code, item.place, message, hint, item.level))
    return result


def _private(whole: Report | None, read: Sequence[Diagnostic]) -> set[str]:
    """The files of which nothing may be quoted; all where nobody knows what they hold."""
    if whole is None:
        return {item.place.file for item in read}
    private = {section.file for section in whole.sections if holds(section)}
    return private | whole.unread | ({SOURCES} if whole.withheld_sources else set[str]())
