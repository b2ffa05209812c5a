"""Merge: a Word file that came back goes into the section files.

The way: find the state that it was sent from, build that state's file again, compare the two,
turn the differences into steps on the sources, carry the steps over to the present files, and prove
that the new sources read as the file that came back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from shadowreport.core.editions import PUBLIC, edition, editions
from shadowreport.core.ids import WITHHELD
from shadowreport.core.layout import section_name
from shadowreport.core.phrases import words
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place, Report
from shadowreport.load import load
from shadowreport.machine import git
from shadowreport.machine.cache import open_cache, using
from shadowreport.machine.fault import fault
from shadowreport.machine.git_tree import state
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.snapshot import fingerprint, unpacked
from shadowreport.render import docx
from shadowreport.resolve import resolve
from shadowreport.roundtrip.before import Before, decided, remember, remembered
from shadowreport.roundtrip.carry import carry_over
from shadowreport.roundtrip.held import OURS, held, not_held
from shadowreport.roundtrip.landing import Landing, new_errors
from shadowreport.roundtrip.last_authors import last_authors
from shadowreport.roundtrip.merged import FileChange, Merged
from shadowreport.roundtrip.origin import link
from shadowreport.roundtrip.present import ids_in, printing_of, text_of
from shadowreport.roundtrip.proof import prove
from shadowreport.roundtrip.record import Record, public_sum, read_record
from shadowreport.roundtrip.remarks import SUFFIX, bring
from shadowreport.roundtrip.returned import WordFile, word_file
from shadowreport.roundtrip.script import script
from shadowreport.roundtrip.send import FOLDER, snapshot_name
from shadowreport.roundtrip.steps import Script
from shadowreport.roundtrip.ties import lost_ties, used_elsewhere, without_ties
from shadowreport.roundtrip.work import Authors, Outcome
from shadowreport.source.ids import Ids
from shadowreport.source.leaf import Outline, Printing
from shadowreport.source.section_map import outlines
from shadowreport.word.read.package import Package, open_package, read_package
from shadowreport.word.read.reader import read_document
from shadowreport.word.write.outgoing import record_of

PRESENT = "present"
_LONG = 4  # blanks in a text that is more than a heading


def merge(
    project: Path,
    file: Path,
    *,
    dry_run: bool = False,
    commit: bool = False,
    author: str = "",
    revision: str = "",
    again: bool = False,
) -> Merged:
    """Merges a returned Word file, or the remarks of a reader, into a project's section files.

    `author` is credited with changes that were not tracked (else the organisation that the file was
    sent to). `revision` says what the file was sent from where it does not say so itself:
    a commit, or `present` for the files as they are. What an earlier merge brought is left as it
    stands now, unless it is to come in `again`. Never raises for a bad file.
    """
    result = Merged()
    try:
        with using(open_cache(project)):
            if file.suffix.lower() == SUFFIX:
                bring(project, file, result, author, dry_run=dry_run, commit=commit, again=again)
            else:
                _Merge(project, file, result, author).run(revision, dry_run, commit, again=again)
    except Failure as failure:
        result.diagnostics += failure.diagnostics
    except ProgramError as error:
        result.diagnostics.append(Diagnostic("program-failed", Place(file.name), str(error)))
    except Exception as error:
        result.diagnostics.append(fault(error))
    return result


def _sentences(file: WordFile) -> list[str]:
    """The paragraphs of a file that are more than a heading."""
    texts = (" ".join("".join(char.text for char in text.chars).split()) for text in file.texts)
    return [text for text in texts if text.count(" ") >= _LONG]


class _Merge:
    def __init__(self, project: Path, file: Path, result: Merged, author: str) -> None:
        self.project, self.file, self.result, self.author = project, file, result, author

    def run(self, revision: str, dry_run: bool, commit: bool, *, again: bool) -> None:
        package = open_package(self.file)
        back = self._read(package)
        own = read_record(record_of(package))
        record = own or self._guess(back, revision)
        self.result.record = record
        untracked = self.author or record.name or back.document.properties.author or "unknown"
        with self._origin(record, revision) as folder:
            whole = self._report(folder)
            report = edition(whole, record.edition or _edition_of(back, whole))
            is_public = report.edition == PUBLIC
            printing = printing_of(whole, is_public)

            def sent_with(names: Sequence[str]) -> tuple[WordFile, dict[str, Outline]]:
                texts = [
                    text_of(folder, section.file, is_public)
                    for section in report.sections
                    if section.file and (not names or section.name in names)
                ]
                return self._made(report, folder, names), outlines(texts, printing)

            sent_file, bases = sent_with(record.sections)
            absent: list[str] = []
            if not own:
                sent_file, bases, absent = self._narrowed(sent_file, bases, back, sent_with)
        sents = link(sent_file, list(bases.values()))
        steps = script(sents, sent_file, back, report.speech.language)
        steps.left += [not_held(absent)] if absent else []
        before = Before(record, back)
        known = set[str]() if again else remembered(self.project / FOLDER)
        self.result.steps = fresh = before.without(steps, known)
        presents = self._presents(bases, printing)
        lexicon = whole.speech.lexicon
        ids = Ids(ids_in(whole, presents), words(lexicon.all("writing", "small")))
        self.abbreviations = lexicon.abbreviations
        stages = fresh.authors()
        self.result.authors = [name or untracked for name in stages]
        changed_by = last_authors(self.project)

        def carried(authors: Sequence[str], steps: Script = fresh) -> Outcome:
            whose = Authors(authors.__contains__, lambda who: who or untracked, changed_by)
            return carry_over(steps, bases, presents, back, ids, self.abbreviations, whose)

        landing = Landing(self.project, self.result, self.file.name)
        result = carried(stages)
        if commit and not dry_run:
            landing.refuse_uncommitted({presents[name].file for name in result.texts})
        self._finish(result, presents)
        if known:
            whole = carried(steps.authors(), steps).texts
            self.result.diagnostics += decided(result.texts, whole, presents, self.file.name)
        now = {
            name: (item.file, result.texts.get(name, item.source))
            for name, item in presents.items()
        }
        self.result.diagnostics += prove(steps, bases, back, ids, self.abbreviations, now)
        if dry_run:
            return
        if not commit:
            landing.write(self.result.changes)
        for count, name in enumerate(stages if commit else (), 1):
            done = result if count == len(stages) else carried(stages[:count])
            landing.commit(self._changes(done, presents), name or untracked)
        remember(self.project / FOLDER, before.keys(steps))

    # --- reading ----------------------------------------------------------------------------------

    def _read(self, package: Package) -> WordFile:
        document, problems = read_document(package)
        self.result.diagnostics += problems
        return word_file(document)

    def _guess(self, back: WordFile, revision: str) -> Record:
        """The origin of a file that lost its record: by its name and its bookmarks, or as told."""
        anchors = sum(bool(text.anchors) for text in back.texts)
        match = re.search(r"-(x?)([0-9a-f]{12})(?=[^0-9a-f]|$)", self.file.stem)
        if not anchors and not match and not revision:
            hint = "merge the file that 'invoke send' made, or say with --revision what this one was made from; 'invoke import-report' reads other Word files"
            message = "was not made from this report: it has neither a record nor bookmarks of ours"
            raise Failure([Diagnostic("not-ours", Place(self.file.name), message, hint)])
        found = ("", match[2]) if match and match[1] else (match[2] if match else "", "")
        return Record("", found[0], found[1])

    def _made(self, report: Report, folder: Path, sections: Sequence[str]) -> WordFile:
        """The file that was sent, made again; what could not be read of it either is nobody's change."""
        data = docx.render(resolve(report, folder, sections), folder).data
        document, problems = read_document(read_package(data, self.file.name))
        known = {(item.code, item.message) for item in problems}
        told = self.result.diagnostics
        told[:] = [item for item in told if (item.code, item.message) not in known]
        return word_file(document)

    def _narrowed(
        self,
        whole: WordFile,
        bases: dict[str, Outline],
        back: WordFile,
        sent_with: Callable[[Sequence[str]], tuple[WordFile, dict[str, Outline]]],
    ) -> tuple[WordFile, dict[str, Outline], list[str]]:
        """What was sent of the whole report, where the file does not say so; and what was not."""
        if not any(text.anchors for text in back.texts):
            self._refuse_another(whole, back)
        found = held(link(whole, list(bases.values())), back)
        absent = [name for name in bases if name not in found]
        if not found or not absent:
            return whole, bases, []
        return *sent_with(found), absent

    def _refuse_another(self, sent: WordFile, back: WordFile) -> None:
        """Without a bookmark of ours only the words tell whether a file is this report at all."""
        known, found = set(_sentences(sent)), _sentences(back)
        if not found or sum(text in known for text in found) < OURS * len(found):
            message = "has hardly a paragraph in common with this report as it was then"
            hint = "look whether --revision and the file are the right ones; 'invoke import-report' reads other Word files"
            raise Failure([Diagnostic("not-ours", Place(self.file.name), message, hint)])

    @contextmanager
    def _origin(self, record: Record, revision: str) -> Iterator[Path]:
        """A folder with the sources that the file was sent from."""
        if revision and revision != PRESENT:
            with state(self.project, git.commit_of(self.project, revision)) as folder:
                yield folder
            return
        kept = self.project / FOLDER / snapshot_name(record.content)
        if revision == PRESENT or self._is_present(record):
            yield self.project
        elif record.revision:
            with state(self.project, self._commit_of(record.revision)) as folder:
                yield folder
        elif record.content and kept.is_file():
            with unpacked(kept) as folder:
                yield folder
        else:
            self._lost("it does not say, or the copy in build/sent/ is gone")

    def _is_present(self, record: Record) -> bool:
        """Whether the files say what they said when the file was sent, as far as its edition holds it."""
        if record.edition != PUBLIC or not record.content:
            return bool(record.content) and record.content == fingerprint(self.project)
        whole, _ = load(self.project)
        return whole is not None and record.content == public_sum(edition(whole, PUBLIC))

    def _commit_of(self, revision: str) -> str:
        try:
            return git.commit_of(self.project, revision)
        except Failure:
            self._lost(
                f"git does not know the commit {revision[:10]} here; fetch it from the others"
            )
            raise

    def _lost(self, why: str) -> None:
        hint = "name the commit with --revision, or take the files as they are now with --revision present"
        message = f"the state that it was sent from cannot be found: {why}"
        raise Failure([Diagnostic("lost-origin", Place(self.file.name), message, hint)])

    def _report(self, folder: Path) -> Report:
        report, problems = load(folder)
        if report is None:
            raise Failure(problems)
        return report

    def _presents(self, bases: Mapping[str, Outline], printing: Printing) -> dict[str, Outline]:
        """The present state of the sections; a section is known by its name, its number may change."""
        paths = {
            section_name(path.name): path
            for path in sorted((self.project / "sections").glob("*.md"))
        }
        now = [
            text_of(self.project, f"sections/{paths[name].name}", base.public)
            for name, base in bases.items()
            if name in paths
        ]
        same = {
            text.name
            for text in now
            if (text.source, text.file) == (bases[text.name].source, bases[text.name].file)
        }
        fresh = outlines([text for text in now if text.name not in same], printing)
        return {
            name: bases[name] if name in same else fresh[name] for name in bases if name in paths
        }

    # --- writing ----------------------------------------------------------------------------------

    def _changes(self, outcome: Outcome, presents: Mapping[str, Outline]) -> list[FileChange]:
        return [
            FileChange(
                presents[name].file,
                presents[name].source,
                without_ties(text, presents[name].file, _untied(outcome, name)),
            )
            for name, text in outcome.texts.items()
        ]

    def _finish(self, outcome: Outcome, presents: Mapping[str, Outline]) -> None:
        result = self.result
        result.changes = self._changes(outcome, presents)
        result.conflicts, result.new_ids = outcome.conflicts, outcome.new_ids
        result.left = [*result.steps.left, *outcome.left]
        name = self.file.name
        for conflict in outcome.conflicts:
            message = f"{conflict.place} was changed here and by {conflict.author}; both texts stand in the file"
            present = presents[conflict.section]
            text = outcome.texts.get(conflict.section, present.source)
            place = Place(present.file, text.count("\n", 0, max(0, text.find(conflict.head))) + 1)
            result.diagnostics.append(
                Diagnostic("conflict", place, message, "settle it, then delete the note")
            )
        for item in result.left:
            result.diagnostics.append(
                Diagnostic("not-brought-back", Place(name), f"{item.place}: {item.what}")
            )
        texts = {
            **{item.file: item.source for item in presents.values()},
            **{c.file: c.after for c in result.changes},
        }
        result.diagnostics += used_elsewhere(self.project, texts, outcome.gone_ids)
        for name in outcome.texts:
            file, source = presents[name].file, presents[name].source
            result.diagnostics += lost_ties(source, file, _untied(outcome, name))
        for change in result.changes:
            result.diagnostics += new_errors(change)


def _untied(outcome: Outcome, section: str) -> set[str]:
    """The ids of paragraphs that a section has no longer: deleted, or moved to another one."""
    away = [anchor for name, anchor in outcome.sent_away if name == section]
    found = (*outcome.gone_ids, *away)
    return {anchor.partition("-")[2] for anchor in found if anchor.startswith("par-")}


def _edition_of(back: WordFile, whole: Report) -> str:
    """The edition of a file that does not say so. Text that is only withheld in it was not deleted."""
    names = editions(whole)
    held = re.compile(re.escape(whole.speech.language["withheld"]))
    public = any(
        held.search(text.text) or any(f"-{WITHHELD}-" in name for name in text.anchors)
        for text in back.texts
    )
    return names[0] if public else names[-1]
