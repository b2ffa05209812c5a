"""Files for translators: made, and read when they come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shadowreport.core.editions import CONFIDENTIAL, chosen
from shadowreport.core.layout import section_meant
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Register
from shadowreport.core.report import Place, Report
from shadowreport.machine.files import MAX_REFERENCES, read_bytes
from shadowreport.machine.programs import ProgramError
from shadowreport.machine.write import write
from shadowreport.outgoing import must_tell_nothing
from shadowreport.translating import tmx, word_table, xliff
from shadowreport.translating.returned import Returned
from shadowreport.translating.wanted import Work, wanted

FOLDER = "build/translate"
# a format by its name: the ends of its files' names, and how they are written and read
FORMATS: dict[
    str, tuple[tuple[str, ...], Callable[[Work], bytes], Callable[[bytes, str], Returned]]
]
FORMATS = {
    "xliff": ((".xlf", ".xliff"), xliff.written, xliff.read),
    "docx": ((".docx",), word_table.written, word_table.read),
}


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were made, first that to translate; how many texts are in it, and how many former
    translations in the one beside it; what a person has to translate where it stands."""

    paths: tuple[Path, ...]
    texts: int
    former: int
    diagnostics: tuple[Diagnostic, ...]


def make(
    report: Report,
    project: Path,
    language: str,
    kind: str,
    sections: Sequence[str] = (),
    edition: str = "",
    persons: Register | None = None,
) -> Made:
    """Writes build/translate/NAME-LANGUAGE, and beside it what is translated already: no file where nothing is
    missing or stale.

    Raises Failure for a language or section that there is not, where something is confidential and no
    edition is named, and where a public file would tell what is withheld or name one of `persons`.
    """
    one = chosen(report, edition, "translate")
    work, found = _reading(lambda: wanted(report, project, language, sections, one.edition))
    if not len(work):
        return Made((), 0, 0, tuple(found))
    ends, written, _ = FORMATS[kind]
    names = [section_meant(report.sections, word).name for word in sections]
    name = "-".join([report.name, *(names if len(names) < 3 else [f"{len(names)}-sections"])])
    file = f"{name}{'-confidential' if one.edition == CONFIDENTIAL else ''}-{language}"
    files = {f"{file}{ends[0]}": written(work)}
    if work.memory:
        files[f"{file}.tmx"] = tmx.written(work)
    found += must_tell_nothing(project, report, one.edition, files, persons, FOLDER)
    paths = write(project / FOLDER, files)
    return Made(tuple(paths), len(work), len(work.memory), tuple(found))


def is_file(name: str) -> bool:
    """Whether a name is that of a file of translators."""
    return Path(name).suffix.lower() in [end for ends, _, _ in FORMATS.values() for end in ends]


def read(path: Path) -> Returned:
    """A file that came back. Raises Failure where it cannot be read."""
    data = read_bytes(path, path.name, MAX_REFERENCES * 5)
    for ends, _, reading in FORMATS.values():
        if path.suffix.lower() in ends:
            return reading(data, path.name)
    raise Failure(
        [Diagnostic("not-from-translators", Place(path.name), "this is neither XLIFF nor DOCX")]
    )


def _reading(step: Callable[[], tuple[Work, list[Diagnostic]]]) -> tuple[Work, list[Diagnostic]]:
    try:
        return step()
    except ProgramError as error:
        place = Place("sections")
        raise Failure([Diagnostic("too-hard-to-read", place, str(error))]) from None
