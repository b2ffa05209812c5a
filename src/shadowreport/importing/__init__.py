"""Last cycle's Word file becomes a whole report project.

Word file -> Document       (word/read/reader.py: everything the file holds)
Document  -> Draft          (recognise/: what each block is; assemble.py: what belongs where)
Draft     -> named, linked  (names.py, cycles.py, crossrefs.py)
Draft     -> files          (write/)
files     -> folder         (machine/write.py: all or none)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.layout import section_name
from shadowreport.core.problems import Diagnostic, Failure, has_errors
from shadowreport.core.report import Place
from shadowreport.importing.assemble import draft_of
from shadowreport.importing.citing.settle import Citing
from shadowreport.importing.crossrefs import References
from shadowreport.importing.cycles import settle_cycles
from shadowreport.importing.defects import report_defects
from shadowreport.importing.draft import Draft, Section
from shadowreport.importing.names import give_names
from shadowreport.importing.noterefs import report_noterefs
from shadowreport.importing.options import ImportOptions, TrackChanges
from shadowreport.importing.recognise import recognise
from shadowreport.importing.recognise.flow import Flow, Guess
from shadowreport.importing.recognise.vocabulary import Vocabulary
from shadowreport.importing.state import settle_state
from shadowreport.importing.write.body import BodyWriter, repeated_marks
from shadowreport.importing.write.files import files_of, title_of
from shadowreport.importing.write.kept_back import is_kept_back
from shadowreport.importing.write.pictures import Pictures
from shadowreport.importing.write.report import counts_of, report_file
from shadowreport.load.lexicon import load_lexicon
from shadowreport.machine.files import MAX_SECTION
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.toolkit import starter
from shadowreport.machine.write import write_tree
from shadowreport.word.content import Document
from shadowreport.word.read.package import Package, open_package
from shadowreport.word.read.reader import read_document
from shadowreport.word.read.settle import Change, tracked

__all__ = ["ImportOptions", "ImportResult", "TrackChanges", "import_report"]

_WRITERS = 4
_CHANGES_SHOWN, _SHOWN = 40, 5


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import made: the folder, its files, how many of each thing, what needs a look, and
    what was guessed."""

    into: Path
    files: tuple[str, ...]
    counts: dict[str, int]
    diagnostics: tuple[Diagnostic, ...]
    guesses: tuple[Guess, ...] = ()


def import_report(docx: Path, into: Path, options: ImportOptions | None = None) -> ImportResult:
    """Makes a report project in `into` from a Word file.

    Raises Failure, and writes nothing, where the file is no DOCX, is damaged, protected, too large
    or harmful; where it holds tracked changes and `options` does not say what becomes of them; and
    where files would be overwritten without `options.force`. Languages, committees and States that
    the folder has in its templates/ already are known.
    """
    options = options or ImportOptions()
    _look_at(into)
    lexicon, problems = load_lexicon(into)
    if has_errors(problems):
        raise Failure(problems)
    words = Vocabulary(lexicon)
    package = open_package(docx)
    document, diagnostics = _read(package, options, words)
    recognised = recognise(document, options, words)
    draft, flow = draft_of(recognised, document), recognised.flow
    if not draft.sections:
        message = "no text was found in this file"
        raise Failure([*diagnostics, Diagnostic("import-nothing", Place(package.file), message)])
    give_names(draft, words)
    settle_state(draft, document, flow, options.cycles.values())
    cycles = settle_cycles(draft, options.cycles, flow)
    report_defects(document, draft, flow)
    Citing(draft, document, package, flow).settle()
    report_noterefs(draft, document, flow)
    pictures = Pictures(package, flow)
    References(draft, flow, pictures.address).settle()
    bodies = _bodies(draft, document, pictures, flow, words)
    files = files_of(draft, document, bodies, cycles, pictures.files, docx.stem, words)
    files |= _frame(into)
    counts = counts_of(draft, document)
    found = _sorted([*problems, *diagnostics, *flow.diagnostics])
    made = [*files, "import-report.md"]
    files["import-report.md"] = report_file(document, counts, found, made, flow.guesses)
    found = [*found, *_in_the_way(into, files, options)]
    write_tree(into, files)
    return ImportResult(into, tuple(sorted(files)), counts, tuple(found), tuple(flow.guesses))


def _look_at(into: Path) -> None:
    """Before any work: a folder that the system cannot even look for can never be written."""
    try:
        into.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"cannot be written: {str(error.strerror or error).lower()}; nothing was changed"
        raise Failure([Diagnostic("cannot-write", Place(str(into)), message)]) from None


def _frame(into: Path) -> dict[str, bytes]:
    """What makes a folder a project beside its text, where it is not there yet."""
    frame = {"tasks.py": "tasks.py", ".gitignore": "gitignore"}
    return {
        name: (starter() / "files" / source).read_bytes()
        for name, source in frame.items()
        if not os.path.lexists(into / name)
    }


def _read(
    package: Package, options: ImportOptions, words: Vocabulary
) -> tuple[Document, list[Diagnostic]]:
    if options.track_changes != "fail":
        return read_document(package, options.track_changes, words.style_names)
    document, diagnostics = read_document(package, names=words.style_names)
    changes = tracked(document)
    if changes:
        raise Failure(_changes(package.file, changes))
    return document, diagnostics


def _changes(file: str, changes: Sequence[Change]) -> list[Diagnostic]:
    """One diagnostic for each tracked change, and what to do about them all."""
    found: list[Diagnostic] = []
    for change in changes[:_CHANGES_SHOWN]:
        who = f"{change.author or 'somebody'}, {change.date[:10]}".rstrip(", ")
        message = f"{change.kind} by {who}: '{change.text[:80]}'"
        found.append(Diagnostic("import-tracked-changes", Place(file, change.ordinal), message))
    more = len(changes) - len(found)
    count = f"{len(changes)} tracked changes" + (f" ({more} more than listed)" if more else "")
    hint = "settle them in Word, or choose --track-changes accept or --track-changes reject"
    found.append(
        Diagnostic("import-tracked-changes", Place(file), f"this file holds {count}", hint)
    )
    return found


def _bodies(
    draft: Draft, document: Document, pictures: Pictures, flow: Flow, words: Vocabulary
) -> dict[str, str]:
    repeated = repeated_marks(draft)
    for _, ordinal in repeated[:1]:
        message = f"{len(repeated)} marks of footnotes that have a mark already were left out"
        flow.warn("import-dropped", ordinal, message, "make a footnote of its own in Word")
    writer = BodyWriter(
        document,
        pictures.address,
        frozenset(mark for mark, _ in repeated),
        words.lexicon.abbreviations,
        words.lexicon.all("checks", "confidential"),
        words.lexicon.all("checks", "confidential_letters"),
    )

    def write(section: Section) -> str:
        try:
            return writer.write(section)
        except ProgramError as error:
            place = Place(document.file, section.title.ordinal)
            message = f"the section '{section.title.plain[:60]}' cannot be written: {error}"
            raise Failure([Diagnostic("program-failed", place, message)]) from None

    pictures.settle(draft, document)
    with ThreadPoolExecutor(_WRITERS) as pool:
        texts = list(pool.map(write, draft.sections))
    for wanted, back in sorted(writer.problems):
        message = f"these words would read back otherwise: '{wanted}' as '{back}'"
        flow.warn("import-unfaithful", 1, message, "please report this with the sentence")
    for section, text in zip(draft.sections, texts, strict=True):
        if len(text.encode()) > MAX_SECTION * 0.95:
            message = f"the section {section.file} is too long to be built"
            flow.warn("import-heading", section.title.ordinal, message, "divide it by headings")
    for section in draft.sections:
        title = title_of(section)
        section.held = is_kept_back(title, section_name(section.file), writer.confidential)
        if section.held:
            message = f"the section '{title[:60]}' is called confidential, and kept out of the public edition"
            hint = "take edition: confidential out of its front matter where that is wrong, and call it otherwise"
            flow.warn("import-changed", section.title.ordinal, message, hint)
    for ordinal, count in writer.divided.items():
        if count:
            message = f"words of more than 2,000 letters were divided: {count}"
            flow.warn("import-changed", ordinal, message, "look whether they are words at all")
    for ordinal, count in writer.held:
        message = f"{count} passages of this section are called confidential, and kept out of the public edition"
        flow.warn(
            "import-changed", ordinal, message, "take ::: confidential away where that is wrong"
        )
    for ordinal, in_paragraphs in writer.bare:
        what = "emphasis, links, lists and tables" if in_paragraphs else "emphasis and links"
        message = f"{what} of this section were left out: with them its words changed"
        flow.warn("import-changed", ordinal, message, "set them again by hand")
    return {section.file: text for section, text in zip(draft.sections, texts, strict=True)}


def _sorted(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda item: (item.place.line, item.code))


def _in_the_way(into: Path, files: dict[str, bytes], options: ImportOptions) -> list[Diagnostic]:
    """Section files of the folder that this import did not make: they would join the report.

    Raises Failure where files of this project are there already and need not be overwritten.
    """
    there = [name for name in sorted(files) if os.path.lexists(into / name)]
    if not there:
        return []
    if not options.force:
        shown = ", ".join(there[:_SHOWN]) + (", ..." if len(there) > _SHOWN else "")
        message = f"{len(there)} files of this project exist already: {shown}"
        hint = "choose another folder with --into, or overwrite them with --force"
        raise Failure([Diagnostic("import-exists", Place(str(into)), message, hint)])
    present = sorted((into / "sections").glob("*.md"))
    strange = [f"sections/{path.name}" for path in present if f"sections/{path.name}" not in files]
    message = "this section file was there before and is not from this import"
    hint = "remove it if it belongs to an earlier import"
    return [Diagnostic("import-moved", Place(name), message, hint) for name in strange]
