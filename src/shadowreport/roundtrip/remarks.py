"""Merges the remarks that a reader wrote on an HTML page: notes below the paragraphs that they are on.

The page says of each remark which paragraph it is on and how that read (templates/remarks.js). So no
older state of the report is needed: the paragraph is looked for in the files as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shadowreport.core.editions import PUBLIC, edition, editions
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place, Report
from shadowreport.load import load
from shadowreport.load.schema import problems as departures
from shadowreport.machine.files import read_text
from shadowreport.roundtrip.before import Before, decided, remember, remembered
from shadowreport.roundtrip.carry import carry_over
from shadowreport.roundtrip.landing import Landing, new_errors
from shadowreport.roundtrip.merged import FileChange, Merged
from shadowreport.roundtrip.present import printing_of, text_of
from shadowreport.roundtrip.record import Record
from shadowreport.roundtrip.returned import WordFile
from shadowreport.roundtrip.send import FOLDER
from shadowreport.roundtrip.spot import Finder, Said
from shadowreport.roundtrip.steps import Left, Remark, Script
from shadowreport.roundtrip.work import Authors, Outcome
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Outline
from shadowreport.source.section_map import outlines
from shadowreport.source.yaml import read_private_yaml
from shadowreport.word.content import Document

SUFFIX = ".json"
_MOST = 2_000_000  # bytes; 500 remarks on long paragraphs have a quarter of that


@dataclass(frozen=True, slots=True)
class _Read:
    """A file of remarks: what it was made from, who wrote, and what on which paragraph."""

    record: Record
    reviewer: str
    remarks: list[dict[str, Any]]


# what nobody sees, and ends of lines of other kinds, typed or as JSON writes them (and not behind a backslash
# that another one makes a sign of its own)
_PASTED = re.compile(
    r"[\ufeff\u2028\u2029\x0b\x0c]|(?<!\\)(?P<signs>(?:\\\\)*)\\u(?:feff|2028|2029|000b|000c)",
    re.IGNORECASE,
)


def bring(
    project: Path,
    file: Path,
    result: Merged,
    author: str,
    *,
    dry_run: bool,
    commit: bool,
    again: bool,
) -> None:
    """Puts the remarks of a file into the section files, as notes of `author`, or else of the one who is
    named in it. Raises Failure for a file that is none of this report."""
    read = _read(file)
    report, problems = load(project)
    if report is None:
        raise Failure(problems)
    _must_be_on(report, read.record, file)
    result.record, result.authors = read.record, [author or read.reviewer]
    presents = _presents(project, report, read.record.edition)
    steps = Script()
    steps.remarks += _steps(read, presents, steps.left)
    whose = Authors(lambda _: True, lambda _: result.authors[0])
    none = WordFile(Document(file.name, ()), (), {}, ())

    def carried(steps: Script) -> Outcome:
        return carry_over(steps, presents, presents, none, Ids(set(), []), (), whose)

    before = Before(read.record, none)
    known = set[str]() if again else remembered(project / FOLDER)
    result.steps = before.without(steps, known)
    outcome = carried(result.steps)
    result.changes = [
        FileChange(presents[name].file, presents[name].source, text)
        for name, text in outcome.texts.items()
    ]
    result.left = [*result.steps.left, *outcome.left]
    for item in result.left:
        message = f"{item.place}: {item.what}"
        result.diagnostics.append(Diagnostic("not-brought-back", Place(file.name), message))
    for change in result.changes:
        result.diagnostics += new_errors(change)
    if known:
        whole = carried(steps).texts
        result.diagnostics += decided(outcome.texts, whole, presents, file.name)
    if not dry_run:
        _land(project, file, result, commit=commit)
        remember(project / FOLDER, before.keys(steps))


def _land(project: Path, file: Path, result: Merged, *, commit: bool) -> None:
    landing = Landing(project, result, file.name)
    if commit:
        landing.refuse_uncommitted({change.file for change in result.changes})
        landing.commit(result.changes, result.authors[0])
    else:
        landing.write(result.changes)


def _pasted(text: str) -> str:
    """The file without what browsers and Word paste beside the words of a remark."""
    return _PASTED.sub(_instead, text)


def _instead(match: re.Match[str]) -> str:
    blank = "" if match[0].casefold().endswith(("feff", "\ufeff")) else " "
    return f"{match['signs'] or ''}{blank}"


def _read(file: Path) -> _Read:
    yaml = read_private_yaml(read_text(file, file.name, _MOST, _pasted), file.name)
    data = yaml.data
    if not isinstance(data, dict) or "remarks" not in data:
        hint = "merge the file that a reader saved on the page of 'invoke send --format html'"
        message = "holds no remarks on a report"
        raise Failure([Diagnostic("not-ours", Place(file.name), message, hint)])
    found = departures(yaml, "remarks")
    if found:
        raise Failure(found)
    record = Record(
        data["report"], data["revision"], "", name=data["sent_to"], edition=data["edition"]
    )
    return _Read(record, data["reviewer"], data["remarks"])


def _must_be_on(report: Report, record: Record, file: Path) -> None:
    if record.report != report.name:
        message = f"holds remarks on the report '{record.report}'; this one is '{report.name}'"
        hint = "merge it in the folder of that report"
        raise Failure([Diagnostic("not-ours", Place(file.name), message, hint)])


def _presents(project: Path, report: Report, name: str) -> dict[str, Outline]:
    """The sections as they are; who read the public edition can speak of nothing else."""
    is_public = name == PUBLIC and len(editions(report)) > 1
    shown = edition(report, PUBLIC) if is_public else report
    texts = [text_of(project, item.file, is_public) for item in shown.sections if item.file]
    return outlines(texts, printing_of(report, is_public))


def _steps(read: _Read, presents: dict[str, Outline], left: list[Left]) -> Iterator[Remark]:
    finder = Finder(presents)
    for item in read.remarks:
        text = "\n\n".join(filter(None, item["remark"]))
        said = Said(item["section"], item["paragraph"], item["text"], item["words"])
        spot = finder.find(said)
        place = item["words"] or item["text"][:60] or item["section"]
        if spot is None:
            what = f"the paragraph of this remark is not found: {text}"
            left.append(Left(place, what, "structure"))
            continue
        if not spot.sure:
            what = f"this paragraph is not found; the remark stands below the title of its section: {text}"
            left.append(Left(place, what, "structure"))
        made = "\n".join((item["section"], item["paragraph"], item["text"], item["words"]))
        yield Remark(
            *(spot.leaf, spot.outline, read.reviewer, item["day"], item["words"], text), spot=made
        )
