"""Every problem that the toolkit knows, shown on a tiny report.

A case is a folder in tests/cases/ that is laid over tests/base/:

    sections/300-case.md           replaces or adds a file
    sections/report.yaml.append    is appended to the file
    sections/200-x.md.removed      removes the file
    sections/300-x.md.repeat       its first line is a number: the rest is written so many times

`expected.txt` has a line for each problem: `file:line code part of the message`. To write what the
toolkit says now into all of them, and read the difference:

    REFRESH=1 pytest tests/test_checks.py && git diff tests/cases
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from shadowreport.checks import CONTENT, STRUCTURE, WORDING
from shadowreport.core.problems import Diagnostic, codes
from shadowreport.machine import programs
from shadowreport.pipeline import examine

HERE = Path(__file__).parent
CODES = codes("load", "check", "render")
CASES = sorted(path.name for path in (HERE / "cases").iterdir() if path.is_dir())
DOCUMENTATION = HERE.parent / "docs" / "checks.md"

# raised while a report is rendered; the renderers' own tests show them
OF_RENDERERS = {
    "bad-template",
    "cannot-write",
    "missing-glyph",
    "program-failed",
    "fault",
    "off-page",
}
# needs something that is not on every machine, or not the report's own language (test_translations.py)
ELSEWHERE = {"spelling", "stale-translation"}
_CODE = re.compile(r"^.*?:\d+ (\S+) ", re.MULTILINE)  # a name of a file may hold blanks


def lay(case: str, project: Path) -> None:
    """Makes the project of a case."""
    shutil.copytree(HERE / "base", project)
    for path in sorted((HERE / "cases" / case).rglob("*")):
        target = project / path.relative_to(HERE / "cases" / case)
        if path.is_dir() or path.name == "expected.txt":
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            target.symlink_to(path.readlink())
        elif path.suffix in _LAYERS:
            _LAYERS[path.suffix](path, target.with_suffix(""))
        else:
            shutil.copy(path, target)


def _append(path: Path, target: Path) -> None:
    target.write_bytes(target.read_bytes() + path.read_bytes())


def _repeat(path: Path, target: Path) -> None:
    count, _, text = path.read_text(encoding="utf-8").partition("\n")
    target.write_text(text * int(count), encoding="utf-8")


_LAYERS = {
    ".append": _append,
    ".removed": lambda _, target: target.unlink(),
    ".repeat": _repeat,
}


def problems(project: Path) -> list[Diagnostic]:
    """All that `invoke check` has to say of a project."""
    return examine(project)[1]


def line(diagnostic: Diagnostic) -> str:
    """A diagnostic as expected.txt has it."""
    place = diagnostic.place
    return f"{place.file}:{place.line} {diagnostic.code} {diagnostic.message}"


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_the_problems_that_are_expected_of_it(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case == "too-hard-to-read":
        monkeypatch.setattr(programs, "READ_SECONDS", 1)  # instead of waiting for ten
    lay(case, tmp_path / "report")
    found = [line(item) for item in problems(tmp_path / "report")]
    expected = HERE / "cases" / case / "expected.txt"
    if os.environ.get("REFRESH"):
        expected.write_text("".join(f"{text}\n" for text in found), encoding="utf-8")
    wanted = expected.read_text(encoding="utf-8").splitlines()
    unmatched = [text for text in wanted if not any(item.startswith(text) for item in found)]
    assert (unmatched, len(found)) == ([], len(wanted)), "\n".join(found)


# what a case says is to be done, by its code: (hints that must be there, words in none of them)
HINTS = {
    "bad-value-row": ({"bad-value": "write - [cerd-2014/6]"}, ("behind a hyphen",)),
    "bad-value-accents": (
        {"bad-value": "did you mean 'loi-sante'? It is made of letters"},
        ("'loi-sant'",),
    ),
    "bad-value-language-name": ({"bad-value": "did you mean 'fr'?"}, ()),
    "missing-table-of-values": ({"missing-image": "did you mean 'data/homes.csv'?"}, ()),
    "bad-id-accent": ({"bad-id": "{#acces-soins}"}, ("mean 'par-accès", "mean 'accès")),
    "footnote-colon-apart": ({"unknown-footnote": "remove that blank: [^blank]: ..."}, ("add a",)),
}


@pytest.mark.parametrize("case", HINTS)
def test_what_is_to_be_done_is_said_and_can_be_done(case: str, tmp_path: Path) -> None:
    wanted, never = HINTS[case]
    lay(case, tmp_path / "report")
    found = problems(tmp_path / "report")
    for code, hint in wanted.items():
        hints = [item.hint for item in found if item.code == code]
        assert any(hint in said for said in hints), hints
    assert not [item.hint for item in found for word in never if word in item.hint]


def test_the_base_report_has_no_problem(tmp_path: Path) -> None:
    shutil.copytree(HERE / "base", tmp_path / "report")
    assert problems(tmp_path / "report") == []


def test_the_sample_report_has_no_error() -> None:
    found = problems(HERE.parent)
    assert [str(item) for item in found if item.severity == "error"] == []


def test_every_code_has_a_case() -> None:
    shown = {
        code
        for case in CASES
        for code in _CODE.findall((HERE / "cases" / case / "expected.txt").read_text("utf-8"))
    }
    assert set(CODES) - shown - OF_RENDERERS - ELSEWHERE == set()
    assert shown - set(CODES) == set()


def test_every_code_has_a_section_in_the_documentation() -> None:
    described = re.findall(r"^### `([a-z0-9-]+)`$", DOCUMENTATION.read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(CODES)


def test_the_documentation_gives_each_code_its_severity() -> None:
    text = DOCUMENTATION.read_text("utf-8")
    described = dict(
        re.findall(r"^### `([a-z0-9-]+)`\n\n\*(Error|Warning)\.\*", text, re.MULTILINE)
    )
    assert described == {code: severity.capitalize() for code, severity in CODES.items()}


def test_every_check_says_what_it_is_for() -> None:
    assert [run.__name__ for run in (*STRUCTURE, *WORDING, *CONTENT) if not run.__doc__] == []
