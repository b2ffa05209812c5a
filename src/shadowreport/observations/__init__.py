"""A committee's concluding observations become a file of references/.

A reader makes blocks of the file (typed.py, word.py, pages.py), outline.py finds the numbered
paragraphs, demands.py what is asked in them, record.py makes the data, files.py merges it into a file; told.py says what was
not understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shadowreport.core.lexicon import Lexicon
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.load.lexicon import load_lexicon
from shadowreport.machine.write import write_tree
from shadowreport.observations.addendum import answers, report_of
from shadowreport.observations.block import Block
from shadowreport.observations.demands import Observations, observations
from shadowreport.observations.fields import Tabled, load_fields, plain, table_of
from shadowreport.observations.files import Imported, Taken, file_of, merge_into, symbol_of
from shadowreport.observations.front import QUESTIONS, Front, front_of
from shadowreport.observations.index import (
    NO_DOCUMENT,
    NO_PARAGRAPH,
    Document,
    column_heading,
    data_of,
    index,
    languages,
)
from shadowreport.observations.outline import Outline, outline
from shadowreport.observations.pages import read_pdf
from shadowreport.observations.project import register, state_names, themes
from shadowreport.observations.record import record
from shadowreport.observations.review import review
from shadowreport.observations.rows import unreadable
from shadowreport.observations.run_together import apart
from shadowreport.observations.stray_marks import without_marks
from shadowreport.observations.told import (
    checked,
    left_over,
    of_another_state,
    short,
    unnamed,
    without_demands,
)
from shadowreport.observations.typed import read_typed
from shadowreport.observations.word import read_docx
from shadowreport.observations.words import Words
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited

_MISSING = {
    NO_DOCUMENT: "give the table a column with the symbol of the document, or columns of committee and year",
    NO_PARAGRAPH: "give the table a column with the number of the paragraph, or name it: --column paragraph='...'",
}


def import_observations(
    project: Path,
    sources: Sequence[Path],
    *,
    dry_run: bool = False,
    force: bool = False,
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Imported:
    """Takes documents, and tables of recommendations, into a project's references/. `columns` names those
    of a table by what they hold. Raises Failure where a file cannot be read, or lacks numbers in its
    sequence and `force` does not say to take what is there."""
    lexicon, _ = load_lexicon(project)
    result = Imported()
    for source in sources:
        table = table_of(source, project, columns)
        if table:
            _take_table(project, source.name, table, lexicon, result)
        else:
            _take(project, source, lexicon, result, force)
    register(project, [taken.file for taken in result.taken], result.before, result.after)
    if not dry_run and result.changed():
        write_tree(project, {file: text.encode() for file, text in result.changed().items()})
    return result


def _take(project: Path, source: Path, lexicon: Lexicon, result: Imported, force: bool) -> None:
    blocks = _read(source, lexicon)
    words = _words(lexicon, blocks)
    shape = outline(blocks, words)
    front = front_of(shape, words)
    report = report_of(front.symbol) if front.committee == "UPR" else ""
    if report:
        _answer(project, source.name, replace(front, symbol=report), blocks, result)
        return
    reviewed = review(blocks, front, words, load_fields(project))
    opening = [block.text for block in shape.front] + [item.text for item in shape.paragraphs[:1]]
    elsewhere = of_another_state(source.name, front, state_names(project), " ".join(opening))
    result.diagnostics += elsewhere
    if reviewed:
        if reviewed.diagnostics and not force:
            raise Failure(reviewed.diagnostics)
        result.diagnostics += reviewed.diagnostics
        _write(project, source.name, reviewed.document, lexicon, result)
        return
    result.diagnostics += checked(source.name, shape, front, force)
    questions = "/CO/" not in front.symbol and bool(
        QUESTIONS.search(front.symbol)
        or words.finds("questions", " ".join(block.text for block in shape.front))
    )
    found = observations(shape, words, questions)
    result.diagnostics += [*without_demands(source.name, found), *left_over(shape, found)]
    data = record(front, found, words, questions)
    known = themes(project)
    for demand in data["recommendations"].values():
        _themed(known, demand)
    file = file_of(project, data, result, infix="-questions" if questions else "")
    if elsewhere and not front.symbol and file in result.before:
        raise Failure([*elsewhere, unnamed(source.name, file)])
    merge_into(file, data, result, partial(lexicon.language_of, among=_understood(lexicon)))
    counts = {
        "numbered paragraphs": len(shape.paragraphs),
        "demands": len(found.demands),
        "for follow-up": sum(demand.follow_up for demand in found.demands),
        "of particular importance": sum(demand.important for demand in found.demands),
    }
    result.taken.append(Taken(source.name, file, front, words.language.code, counts))


def _answer(
    project: Path, source: str, front: Front, blocks: Sequence[Block], result: Imported
) -> None:
    """Puts the responses of an addendum to the recommendations of its report. Raises Failure where that is not
    among the project's files."""
    file = file_of(
        project, {"committee": "UPR", "cycle": front.year, "symbol": front.symbol}, result
    )
    text = result.after.get(file, result.before.get(file, ""))
    if symbol_of(text) != front.symbol:
        message = f"this is an addendum to {front.symbol}, which is not among the references"
        hint = "import the report itself first"
        raise Failure([Diagnostic("observations-unreadable", Place(source), message, hint)])
    found, old = answers(blocks, load_fields(project)), read_yaml(text, file)
    demands = {
        str(item.get("label", key)): item for key, item in old.data["recommendations"].items()
    }
    for number, (response, place) in found.responses.items():
        before = demands.get(number, {}).get("response", "")
        if number not in demands or before not in ("", response):
            message = f"{number} is {response} here, and {before or 'not'} in {file}"
            problem = Diagnostic("observations-left", place, message, "compare the two")
            result.diagnostics.append(problem)
        else:
            demands[number]["response"] = response
    result.diagnostics += left_over(Outline(left=found.left), Observations())
    result.after[file] = edited(text, old.data, file)
    counts = {"responses": len(found.responses)}
    result.taken.append(Taken(source, file, front, "", counts))


def _take_table(
    project: Path, file: str, table: Tabled, lexicon: Lexicon, result: Imported
) -> None:
    found = index(table, load_fields(project), lexicon, file, state_names(project))
    for place, reason, text in found.left:
        message = f"{reason}: '{short(text)}'"
        hint = _MISSING.get(reason, "look at it")
        result.diagnostics.append(Diagnostic("observations-left", place, message, hint))
    if not found.documents:
        hint = f"say otherwise with --column where a column is taken wrongly: {'; '.join(table.shown())}"
        raise Failure(
            [*result.diagnostics, *unreadable(file, "no row was taken", hint).diagnostics]
        )
    columns = tuple(table.shown())
    for document in found.documents:
        counts = {"rows said twice": found.doubled, "rows on other States": found.elsewhere}
        _write(project, file, document, lexicon, result, counts, columns)
        columns, found.doubled, found.elsewhere = (), 0, 0  # said once


def _write(
    project: Path,
    file: str,
    document: Document,
    lexicon: Lexicon,
    result: Imported,
    more: Mapping[str, int] = MappingProxyType({}),
    columns: tuple[str, ...] = (),
) -> None:
    """Puts a document whose recommendations are known into its file, one language after the other."""
    language_of = partial(lexicon.language_of, among=_understood(lexicon))
    known, name = themes(project), ""
    for code in languages(document):
        data = data_of(document, code, column_heading(document, lexicon, code))
        for demand in data["recommendations"].values():
            _themed(known, demand)
        name = name or file_of(project, data, result, several=True)
        merge_into(name, data, result, language_of)
    for what in ("symbol", "year"):
        if not getattr(document, what):
            message = f"nothing tells the {what} of this document"
            hint = "the file says TODO there: write it yourself"
            result.diagnostics.append(Diagnostic("observations-left", Place(name), message, hint))
    demands = [entry for entry in document.entries if not entry.concern]
    concerns = len(document.entries) - len(demands)
    counts = {"demands": len(demands), "concerns": concerns, **more}
    front = Front(
        document.committee,
        document.symbol,
        document.state,
        document.session,
        published=document.published,
    )
    counts = {what: count for what, count in counts.items() if count}
    result.taken.append(Taken(file, name, front, ", ".join(languages(document)), counts, columns))


def _themed(known: Mapping[str, str], demand: dict[str, Any]) -> None:
    """Gives a demand the section as theme that has its heading as title."""
    theme = known.get(plain(next(iter(demand.get("heading", {}).values()), "")))
    demand |= {"theme": theme} if theme else {}


def _read(source: Path, lexicon: Lexicon) -> list[Block]:
    """The blocks of a file, by what its name ends in. Raises Failure."""
    kind = source.suffix.lower()
    if kind == ".docx":
        return without_marks(read_docx(source))
    if kind == ".pdf":
        return read_pdf(source, lexicon.symbol)
    if kind in (".txt", ".text", ".md"):
        return without_marks(apart(read_typed(source, lexicon.symbol)))
    message = f"'{kind or source.name}' is no kind of file that observations are read from"
    hint = "save it as DOCX, PDF or plain text (.txt), a table as XLSX, CSV or JSON"
    raise Failure([Diagnostic("observations-unreadable", Place(source.name), message, hint)])


def _understood(lexicon: Lexicon) -> list[str]:
    return [code for code, item in lexicon.languages.items() if "observations" in item.data]


def _words(lexicon: Lexicon, blocks: Sequence[Block]) -> Words:
    text = " ".join(block.text for block in blocks)
    code = lexicon.language_of(text, among=_understood(lexicon))
    return Words(lexicon, lexicon.languages[code])
