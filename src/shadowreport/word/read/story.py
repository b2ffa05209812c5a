"""What the readers of one part share: their place, the open fields, what they had to leave."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.word.content import PLAIN, Block, Look, Revision
from shadowreport.word.names import Element
from shadowreport.word.read.numbering import Numbering
from shadowreport.word.read.package import Package
from shadowreport.word.read.styles import Styles

_HYPERLINK = re.compile(r"^\s*HYPERLINK\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds an inline: a link, a tracked change, the paragraph's look."""

    link: str = ""
    anchor: str = ""
    revision: Revision | None = None
    look: Look = PLAIN


@dataclass(slots=True)
class Field:
    """An open field: its instruction so far, whether its result has begun, and holds any text, its
    packed data."""

    instruction: str = ""
    shows: bool = False
    data: str = ""
    empty: bool = True

    def link(self) -> tuple[str, str]:
        """The address and the bookmark of a HYPERLINK field; empty for other fields."""
        match = _HYPERLINK.match(self.instruction)
        if not match:
            return "", ""
        found = _QUOTED.findall(match["rest"])
        words = [_unescaped(quoted) or bare for quoted, bare in found]
        address = anchor = ""
        index = 0
        while index < len(words):
            if words[index].startswith("\\"):
                if words[index] in ("\\l", "\\o", "\\t") and index + 1 < len(words):
                    index += 1
                    anchor = words[index] if words[index - 1] == "\\l" else anchor
            elif not address:
                address = words[index]
            index += 1
        return address, anchor


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


@dataclass(slots=True)
class Left:
    """Something that did not come in, or not as it was: how often, and where first."""

    code: str
    message: str
    hint: str
    ordinal: int
    count: int = 1


@dataclass(slots=True)
class Story:
    """One part of a file while it is read: the text, the footnotes, a header."""

    package: Package
    part: str
    styles: Styles
    numbering: Numbering
    left: dict[tuple[str, str], Left]
    read_blocks: Callable[[Story, Element], list[Block]]  # for text boxes, which hold blocks again
    ordinal: int = 0
    fields: list[Field] = field(default_factory=list)
    commented: set[str] = field(default_factory=set)  # comments whose range has begun

    def note(self, code: str, message: str, hint: str = "") -> None:
        """Remembers that something did not come in as it was, once a kind."""
        known = self.left.get((code, message))
        if known:
            known.count += 1
        else:
            self.left[(code, message)] = Left(code, message, hint, self.ordinal)

    def target(self, element: Element, attribute: str) -> str:
        """The part or address that an attribute with a relationship id leads to."""
        item = self.package.related(self.part).get(element.get(attribute) or "")
        return item.target if item else ""

    def within_fields(self, around: Around) -> Around:
        """The surroundings with the link of an open HYPERLINK field."""
        for open_field in self.fields:
            if open_field.shows:
                link, anchor = open_field.link()
                if link or anchor:
                    around = replace(around, link=link, anchor=anchor)
        return around

    def hidden_by_field(self) -> bool:
        """Whether we are in the result of a field inside another's instruction: nobody sees it.

        Text that stands directly in an instruction comes from a field that is never closed; it is
        kept.
        """
        shows = [open_field.shows for open_field in self.fields]
        return len(shows) > 1 and shows[-1] and not all(shows)

    def filled(self) -> None:
        """Notes that a text stands in the results of the open fields."""
        for open_field in self.fields:
            open_field.empty = False

    def instructions(self) -> tuple[str, ...]:
        """The instructions of the open fields, outermost first."""
        return tuple(item.instruction.strip() for item in self.fields if item.shows)


def diagnostics(file: str, left: dict[tuple[str, str], Left]) -> list[Diagnostic]:
    """All that was left, as diagnostics; the line is the ordinal of the first such paragraph."""
    found: list[Diagnostic] = []
    for item in left.values():
        times = f" ({item.count} times, here first)" if item.count > 1 else ""
        place = Place(file, max(item.ordinal, 1))
        found.append(Diagnostic(item.code, place, item.message + times, item.hint))
    return sorted(found, key=lambda item: (item.place.line, item.message))
