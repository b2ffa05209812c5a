"""Takes a section file apart into leaves (see leaf.py), with the help of pandoc's AST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from shadowreport.core.persons import MENTION
from shadowreport.core.report import Label
from shadowreport.machine.programs import ProgramError
from shadowreport.source.front_matter import body_start, title
from shadowreport.source.leaf import Char, Leaf, Outline, Printing
from shadowreport.source.read import Parsed, parse, parse_all
from shadowreport.source.section_reader import SectionReader


@dataclass(frozen=True, slots=True)
class Text:
    """A section file as text: its source, its path in the project, the section's name; `public`:
    only what the public edition prints of it is looked at."""

    source: str
    file: str
    name: str
    public: bool = False

    @property
    def body(self) -> int:
        """Where the body begins."""
        return body_start(self.source)


AS_TYPED = Printing()


def outline(text: Text, printing: Printing = AS_TYPED) -> Outline:
    """The leaves of a section file. Raises programs.ProgramError where pandoc cannot read it."""
    return _outline(text, parse(text.source[text.body :]), printing)


def outlines(texts: Sequence[Text], printing: Printing = AS_TYPED) -> dict[str, Outline]:
    """The leaves of several files, by section. Raises programs.ProgramError."""
    with ThreadPoolExecutor(4) as pool:
        waiting = parse_all([text.source[text.body :] for text in texts], pool)
        found = [get() for get in waiting]
    return {
        text.name: _outline(text, blocks, printing)
        for text, blocks in zip(texts, found, strict=True)
    }


def _outline(text: Text, blocks: Parsed, printing: Printing) -> Outline:
    if isinstance(blocks, ProgramError):
        raise ProgramError(f"{text.file} cannot be read: {blocks}")
    if isinstance(blocks, RecursionError):
        raise ProgramError(f"{text.file} is nested too deeply")
    result = Outline(text.file, text.name, text.source, text.body, printing, text.public)
    if text.body:
        result.leaves.append(_title(text, printing.labels))
    reader = SectionReader(result)
    reader.read(blocks)
    reader.footnotes()
    if text.public:
        result.leaves = [leaf for leaf in result.leaves if not leaf.withheld]
    return result


def _title(text: Text, labels: Mapping[str, Label]) -> Leaf:
    words, start, end = title(text.source, text.file)
    quoted = start < end and text.source[start - 1] in "\"'"
    leaf = Leaf("title", start, end, start - quoted, end + quoted, f"sec-{text.name}", True)
    leaf.lost = start == end
    step = not leaf.lost
    leaf.chars = [
        Char(char, at, at + step, at + step)
        for char, at in zip(words, range(start, end) or [start] * len(words), strict=True)
    ]
    for match in reversed([] if leaf.lost else list(MENTION.finditer(words))):
        first, last = leaf.chars[match.start()].start, leaf.chars[match.end() - 1].end
        shown = labels[match[1]].text if match[1] in labels else match[0]
        leaf.chars[match.start() : match.end()] = [
            Char(char, first, last, last, f"ref {match[1]}") for char in shown
        ]
    return leaf
