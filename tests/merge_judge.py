"""Judges a merge by what another reader sees: see tools/hunt_merges.py, which hunts for faults."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from accepted import Shown, accepted, bare
from monkey import KINDS, Monkey
from small_report import FILES, commit_all, make_report

from shadowreport.core.problems import Diagnostic
from shadowreport.pipeline import build, examine
from shadowreport.roundtrip.merge import Merged, merge
from shadowreport.roundtrip.send import send
from shadowreport.roundtrip.summary import patch_of

_MORE = """\
---
title: Languages in school
authors: [law-centre]
recommendations:
  - [cerd-2014/7]
paragraphs:
  few-lessons: {answers: [cerd-2014/7], finding: not-implemented}
---

{#few-lessons}
Few schools teach in a language other than the two official ones.
The Law on Languages promises lessons wherever twelve parents ask for them [@law-languages, art. 9].
What was said in paragraphs @par-no-law--@par-remedies holds here too.

{#reasons}
Three reasons are given.
Teachers are few, as the Ministry itself says[^teachers].
Books are old; paragraph @par-purpose explains how we counted them.

- No college trains such teachers:
    - not in the capital, where most of them live;
    - not in the regions either, see paragraph @par-few-lessons.
- No publisher prints such books [@law-languages, art. 12].
- No budget names them.

## Classes

{#classes}
Classes of fifteen children are closed when one child leaves.
Parents complained twice, and twice in vain [@labour-code, art. 1].

::: recommendations
{#rec-lessons}
The Ministry of Education should open a class wherever twelve parents ask for it.

{#rec-books}
The Ministry of Education should print books in every language of the country [@law-languages].
:::

{#outlook}
The new programme names no language at all.
It will be adopted in spring, as paragraph @par-statistics foresaw.

[^teachers]: Ministry of Education, letter of 3 May 2021, in answer to our question.
"""
_SOURCE = """\
- id: law-languages
  type: legislation
  title: Law on Languages
  issued: 1997-07-11
"""
_DEMAND = '  "7": {text: Open classes in the languages of minorities., theme: languages}\n'
_REPORTED = ("not-brought-back", "differs-after-merge", "conflict")
_FOLLOWS = {"unknown-reference", "unknown-paragraph", "unused-tie", "unknown-id"}
_CITED = re.compile(r"\[(?:(?!\]).)*(?:LabourCode|LawonLanguages|Ibid)(?:(?!\]).)*\]")
_REFERENCE = re.compile(r"@\{?((?:par|tbl|rec)-[\w-]*\w)")
_CITATION = re.compile(r"@((?:law|labour)-\w+)(, art\. \d+)?")
_LEFT_OVER = {
    "stray-content",
    "bad-box",
}  # a quotation whose paragraph was deleted: merge says so as an error
_HEADED = ("RECOMMENDATION", "RECOMMENDATIONS", "Contents")


def origin(folder: Path) -> Path:
    """A report with a bit of everything, sent out whole."""
    project = make_report(folder)
    (project / "sections/210-languages.md").write_text(_MORE, "utf-8")
    for name, more in (("sources", _SOURCE), ("cerd-2014", _DEMAND)):
        path = project / f"references/{name}.yaml"
        path.write_text(FILES[f"references/{name}.yaml"] + more, "utf-8")
    commit_all(project, "More")
    made = send(project)
    assert made.succeeded, made.diagnostics
    return project


class Tried(NamedTuple):
    """The edits that were made, what is wrong then, how many reports, and what changed."""

    done: list[str]
    faults: list[str]
    reports: int = 0
    patch: str = ""


def kinds_of(seed: int) -> list[str]:
    """The kinds of edits that a seed makes: one to three."""
    chance = random.Random(-1 - seed)
    return [chance.choice(KINDS) for _ in range(chance.choice((1, 1, 2, 3)))]


def tried(
    source: Path, seed: int, kinds: Sequence[str], through: Callable[[Path], Path] | None = None
) -> Tried:
    """Edits the file that was sent, merges it and judges the result. `through` is another program
    that saves the file before."""
    with tempfile.TemporaryDirectory(prefix="hunt-") as folder:
        project = Path(shutil.copytree(source, Path(folder) / "project"))
        sent = next((project / "build/sent").glob("*.docx"))
        monkey = Monkey(sent, seed)
        for kind in kinds:
            monkey.edit(kind)
        if not monkey.done:
            return Tried([], [])
        file = monkey.file.save(project / "returned" / sent.name)
        try:
            file = through(file) if through else file
            hunt = Hunt(project, sent, file, monkey)
            patch = "\n".join((patch_of(hunt.merged), *map(str, hunt.merged.diagnostics)))
            return Tried(monkey.done, list(hunt.faults()), len(hunt.merged.left), patch)
        except Exception:
            return Tried(monkey.done, [traceback.format_exc()])


class Hunt:
    """One returned file, merged and judged."""

    def __init__(self, project: Path, sent: Path, file: Path, monkey: Monkey) -> None:
        self.project, self.monkey, self.file = project, monkey, file
        self.sent, self.back = accepted(sent), accepted(file)
        self.before = self._sources()
        self.known = {(item.code, item.message) for item in examine(project)[1]}
        self.merged: Merged = merge(project, file)

    def _sources(self) -> str:
        paths = sorted((self.project / "sections").glob("*.md"))
        return "\n".join(path.read_text("utf-8") for path in paths)

    def _told(self, *codes: str) -> list[str]:
        found = self.merged.diagnostics
        return [bare(item.message) for item in found if not codes or item.code in codes]

    def faults(self) -> Iterator[str]:
        """What is wrong."""
        errors = {item.code for item in _errors(self.merged.diagnostics)}
        if errors - _LEFT_OVER:
            yield f"refused: {[i for i in self.merged.diagnostics if i.severity == 'error']}"
            return
        if any(item.code == "fault" for item in self.merged.diagnostics):
            yield f"fault: {self.merged.diagnostics}"
            return
        yield from self._ties()
        yield from self._citations()
        yield from self._remarks()
        yield from self._authors()
        yield from self._checked()
        yield from self._twice()
        yield from self._text()

    def _text(self) -> Iterator[str]:
        """The build says what the returned file says, or merge says that it does not."""
        self._settle()
        made = build(self.project, ("docx",))
        if not made.succeeded:
            errors = [item for item in made.diagnostics if item.severity == "error"]
            if not _errors(self.merged.diagnostics):
                yield f"does not build: {errors[0]}"
            return
        ours = _comparable(accepted(self.project / "build/small.docx"))
        theirs = _comparable(self.back)
        if any("nowstands" in text for text in self._told()):  # a section: its place is proposed
            ours, theirs = sorted(ours, key=_key), sorted(theirs, key=_key)
        keys = [[_key(item) for item in row] for row in (theirs, ours)]
        told = self._told(*_REPORTED)
        for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            one, other = theirs[a:b], ours[c:d]
            if tag != "equal" and not any(_named(item, told) for item in (*one, *other)):
                yield f"silent: returned {[i.text for i in one]}\n      built    {[i.text for i in other]}"

    def _settle(self) -> None:
        """References to what was deleted become text, as a person would have it."""
        for item in self.merged.diagnostics:
            match = re.search(r"refers to @(\S+?),", item.message)
            if match:
                for path in (self.project / "sections").glob("*.md"):
                    pattern = rf"@\{{?{re.escape(match[1])}(?!-?\w)\}}?"
                    path.write_text(re.sub(pattern, r"\\#", path.read_text("utf-8")), "utf-8")

    def _checked(self) -> Iterator[str]:
        told = {(item.code, item.message) for item in self.merged.diagnostics}
        used = any(item.code == "deleted-but-used" for item in self.merged.diagnostics)
        for item in _errors(examine(self.project)[1]):
            key = (item.code, item.message)
            stray = used or any(i.code in _LEFT_OVER for i in self.merged.diagnostics)
            if key not in self.known | told and not (stray and item.code in _FOLLOWS):
                yield f"check: {item.place} {item.message} [{item.code}]"

    def _citations(self) -> Iterator[str]:
        """Citations and references are as many in the sources as in the returned file."""
        after = self._sources()
        for what, wanted, have in (
            ("citation", _cited(self.back), Counter(m[0] for m in _CITATION.finditer(after))),
            ("reference", _referred(self.back), _referred_in(after)),
        ):
            sent = _cited(self.sent) if what == "citation" else _referred(self.sent)
            start = (
                Counter(m[0] for m in _CITATION.finditer(self.before))
                if (what == "citation")
                else _referred_in(self.before)
            )
            for name in start:
                want = start[name] + wanted[name] - sent[name]
                if have[name] < want and not self._told(*_REPORTED, "deleted-but-used"):
                    yield f"{what}: {name} {have[name]} times, not {want}"

    def _ties(self) -> Iterator[str]:
        """A tied paragraph that is still there is still tied."""
        after = self._sources()
        told = " ".join(self._told("deleted-but-used"))
        for name in ("no-law", "few-lessons"):
            if not re.search(rf"^  {name}:", after, re.MULTILINE) and f"'{name}'" not in told:
                yield f"tie: {name} is lost"

    def _remarks(self) -> Iterator[str]:
        marked = {name for item in self.back for name in item.comments}
        if not {"comment", "comment_on_footnote"} & set(self.monkey.done):
            return
        if marked and "Dana" not in self._sources() and not self._told(*_REPORTED):
            yield "comment: lost"

    def _authors(self) -> Iterator[str]:
        found = {name for who in self.merged.authors for name in who.split(" & ")}
        if not self.monkey.untracked and "unknown" in found:
            yield "author: somebody unknown did what was tracked"
        quiet = bool(self.merged.changes) and not self.merged.diagnostics
        if quiet and len(self.monkey.done) == 1:
            for name in self.monkey.people - found:
                yield f"author: {name} did nothing, among {sorted(found)}"

    def _twice(self) -> Iterator[str]:
        if self.merged.changes and not self.merged.conflicts:
            after = self._sources()
            again = merge(self.project, self.file, again=True)
            if self._sources() != after:
                yield f"twice: {[c.file for c in again.changes]} changed again"


def _errors(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [item for item in found if item.severity == "error"]


def _comparable(row: list[Shown]) -> list[Shown]:
    found = [item for item in row if item.text.strip() not in _HEADED and "(Para." not in item.text]
    first = next((at for at, item in enumerate(found) if item.style.startswith("Heading")), 0)
    return found[first:]


def _key(item: Shown) -> str:
    """A build puts the marks of notes behind a full stop, and a raised comma between two."""
    text = _CITED.sub("[cited]", item.bare).replace("],[", "][")
    return re.sub(r"((?:\[[^\]]*\])+)([.,;])", r"\2\1", text)


def _named(item: Shown, told: list[str]) -> bool:
    """Whether some message speaks of a paragraph: by its first words, or by its id."""
    marks = [name.replace("_", "-") for name in item.bookmarks if "_" in name]
    words = [item.bare[at : at + 15] for at in range(0, max(1, len(item.bare) - 14), 15)]
    return any(any(mark in text for mark in (*marks, *words)) for text in told)


def _cited(row: list[Shown]) -> Counter[str]:
    names = {"Labour Code": "labour-code", "Law on Languages": "law-languages"}
    found: Counter[str] = Counter()
    for note in (note for item in row for note in item.notes):
        for title, key in names.items():
            if note.startswith(title) or "Ibid" in note:
                match = re.search(r", art\. \d+", note)
                found[f"@{key}{match[0] if match else ''}"] += 1
                break
    return found


def _referred(row: list[Shown]) -> Counter[str]:
    found: Counter[str] = Counter()
    for item in row:
        for name, count in item.numbers.items():
            found[f"@{name.replace('_', '-')}"] += count
    return found


def _referred_in(source: str) -> Counter[str]:
    """References by the bookmarks that they print: that of a section leads to its first paragraph
    and its last one."""
    spread = re.sub(
        r"@\{?sec-legislation", "@par-no-law @par-statistics", source.replace("--@", " @")
    )
    return Counter(f"@{match[1]}" for match in _REFERENCE.finditer(spread))
