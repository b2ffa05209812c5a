"""What is said of the public edition alone: for a log that others read.

The problems of a report are found in the whole of it, and some quote its text. Here those are told that a look
at the public edition finds, whatever the whole has: that one of them is missing would tell what is withheld.
Beside them stands what was wrong with public files when they were read, and of all else nothing but the place
of what stops a build; of a section that is withheld, which has its name from what it tells, not even that. In a
file that holds something confidential lines are not told: two of them would tell how long a passage is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from shadowreport.checks import check
from shadowreport.core.layout import SOURCES, translation_file, translation_of
from shadowreport.core.problems import Diagnostic, has_errors
from shadowreport.core.report import Place, Report
from shadowreport.core.withheld import holds


def told(
    whole: Report | None,
    public: Report | None,
    found: Iterable[Diagnostic],
    read: Sequence[Diagnostic],
) -> list[Diagnostic]:
    """The problems of a report as they may be told outside: `found` are all, `read` those of reading
    its files."""
    withheld = {item.place.file for item in public.sections if item.withheld} if public else set()
    own = list(_own(public, withheld, whole=not has_errors(read))) if public else []
    known = {(item.code, item.place) for item in own}
    private = _private(whole, read)
    for item in found:
        if (item.code, item.place) in known:
            continue
        if item in read and item.place.file not in private:
            own.append(item)
        elif item.code == "also-public":
            own.append(_also_public(item))
        elif item.severity == "error":
            message = "something is wrong here, in a file that holds confidential text"
            place = Place("sections") if item.place.file in withheld else item.place
            hint = "'invoke check' says what it is"
            own.append(Diagnostic(item.code, place, message, hint, item.level))
    return list(dict.fromkeys(_without_lines(item, private) for item in own))


def _also_public(item: Diagnostic) -> Diagnostic:
    """That words of a confidential passage stand in public text too, and not which."""
    message = "words of a confidential passage are also typed in public text, and are printed there"
    hint = "'invoke check' says where; take them out there before this is published"
    return Diagnostic(item.code, Place("sections"), message, hint, item.level)


_LINES = "; 'invoke check' tells the line"
_LINE = re.compile(r"\bline \d+")


def _without_lines(item: Diagnostic, private: set[str]) -> Diagnostic:
    """A problem without the numbers of lines in files that hold something confidential."""
    message = item.message
    for file in private:
        message = re.sub(rf"{re.escape(file)}:\d+(?::\d+)?", file, message)
    if item.place.file not in private:
        return replace(item, message=message)
    hint = item.hint if "invoke check" in item.hint else f"{item.hint}{_LINES}".removeprefix("; ")
    return replace(
        item, place=Place(item.place.file), message=_LINE.sub("a line", message), hint=hint
    )


def _own(public: Report, withheld: set[str], *, whole: bool) -> Iterator[Diagnostic]:
    """What is wrong with the public edition, whose excuses may cover what is in the other one alone."""
    for item in check(public, whole):
        if item.code != "unused-excuse" and item.place.file not in withheld:
            yield item


def _private(whole: Report | None, read: Sequence[Diagnostic]) -> set[str]:
    """The files of which nothing may be quoted; all where nobody knows what they hold."""
    if whole is None:
        return {item.place.file for item in read}
    private = {section.file for section in whole.sections if holds(section)} | whole.unread
    private |= {file for one in private for file in _versions(one, whole.languages)}
    return private | ({SOURCES} if whole.withheld_sources else set[str]())


def _versions(file: str, languages: Iterable[str]) -> Iterator[str]:
    """A file and what it is called in all languages: a version is read together with its original."""
    folder, _, name = file.rpartition("/")
    original = f"{folder}/{translation_of(name)[0] or name}"
    yield original
    yield from (translation_file(original, language) for language in languages)
