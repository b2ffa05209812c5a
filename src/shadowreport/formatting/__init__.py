"""`invoke format`: section files are written anew in one style, and say the same as before.

text -> as it is to be typed   (front.py, body.py)
both -> read and compared      (proof.py); what would not be the same is left as it is
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from shadowreport.core.layout import section_meant, section_name
from shadowreport.core.lexicon import Lexicon
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.report import Place
from shadowreport.formatting.body import formatted
from shadowreport.formatting.front import in_order
from shadowreport.formatting.ids import pointed_at, signed, with_ids
from shadowreport.formatting.proof import same
from shadowreport.load import schema
from shadowreport.load.lexicon import load_lexicon
from shadowreport.load.sections import section_of
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.collector import paused
from shadowreport.machine.files import MAX_SECTION, read_text
from shadowreport.machine.programs import ProgramError
from shadowreport.source.front_matter import parts
from shadowreport.source.read import parse_all

_READERS = 4


class Change(NamedTuple):
    """A section file whose text is not as it is to be typed."""

    file: str
    before: str
    after: str

    def diff(self) -> str:
        """What differs, as a patch."""
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(unified_diff(before, after, f"a/{self.file}", f"b/{self.file}"))


@dataclass(slots=True)
class Formatted:
    """What formatting comes to: the files that change, and why others were left as they are."""

    changes: list[Change] = field(default_factory=list)
    left: list[Diagnostic] = field(default_factory=list)


class _File(NamedTuple):
    name: str
    file: str
    title: str


def format_report(project: Path, sections: Sequence[str] = ()) -> Formatted:
    """The sections of a report as they are to be typed; all where none is named. Nothing is written.

    Raises Failure where a section that is named is not there.
    """
    lexicon, _ = load_lexicon(project)
    result = Formatted()
    with paused(), using(open_cache(project)):
        texts = dict(_texts(project, result))
        anchors = {anchor for file, text in texts.items() for anchor in pointed_at(text, file)}
        anchors |= signed(project)
        wanted: list[Change] = []
        for file in _chosen(texts, sections):
            with _kept_going(result, file):
                after = with_ids(as_typed(texts[file], file, lexicon), file, anchors)
                wanted += [Change(file, texts[file], after)] if after != texts[file] else []
        with ThreadPoolExecutor(_READERS) as pool:  # what is read together is read faster
            bodies = [parts(text, file).body for file, *both in wanted for text in both]
            for get in parse_all(bodies, pool):
                get()
        for change in wanted:
            with _kept_going(result, change.file):
                _prove(change)
                result.changes.append(change)
    return result


@contextmanager
def _kept_going(result: Formatted, file: str) -> Iterator[None]:
    """Takes down why a file is left as it is, and goes on with the others."""
    try:
        yield
    except Failure as failure:
        result.left.append(_left(failure.diagnostics[0]))
    except ProgramError as error:
        result.left.append(_left(Diagnostic("program-failed", Place(file), str(error))))


def _texts(project: Path, result: Formatted) -> Iterator[tuple[str, str]]:
    for path in sorted((project / "sections").glob("*.md"), key=lambda path: path.name):
        file = f"sections/{path.name}"
        with _kept_going(result, file):
            yield file, read_text(path, file, MAX_SECTION)


def as_typed(text: str, file: str, lexicon: Lexicon) -> str:
    """The text of a section file as it is to be typed. Raises Failure where it is none."""
    found = parts(text, file)
    head = text[: len(text) - len(found.body)].rstrip("\n")
    start = head.index("\n") + 1
    front = in_order(found.front, schema.keys("section"))
    head = "---\n" + front + head[start + len(found.front) :].rstrip() + "\n"
    body = formatted(found.body, lexicon.abbreviations)
    return f"{head}\n{body}" if body else head


def _chosen(texts: Mapping[str, str], words: Sequence[str]) -> list[str]:
    files = [_File(section_name(name), name, _title(text)) for name, text in texts.items()]
    wanted = {section_meant(files, word).file for word in words}
    return [item.file for item in files if not words or item.file in wanted]


def _title(text: str) -> str:
    """The title in a text that nobody has read yet."""
    match = re.search(r"^title:[ ]*(.+?)(?:\s+#.*)?$", text, re.MULTILINE)
    return match[1] if match else ""


def _prove(change: Change) -> None:
    """Raises Failure where a section has errors, or would not be the same afterwards."""
    file, before, after = change
    old, problems = section_of(before, file)
    if has_errors(problems):
        raise Failure([item for item in problems if item.severity == "error"])
    new, problems = section_of(after, file)
    if has_errors(problems) or not same(old, new):
        message = "written in the usual way it would be read as another text"
        raise Failure([Diagnostic("not-formatted", Place(file), message, _REPORT)])


_REPORT = "format it by hand, and please report this with the section"


def _left(reason: Diagnostic) -> Diagnostic:
    hint = reason.hint or "see 'invoke check'"
    return Diagnostic("not-formatted", reason.place, f"left as it is: {reason.message}", hint)
