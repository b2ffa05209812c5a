"""What tests share: the sample report, built once, and tiny reports written in a test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_report import make_report

from shadowreport import console
from shadowreport.core.problems import Diagnostic
from shadowreport.pipeline import Built, build
from shadowreport.render import FORMATS
from shadowreport.roundtrip.send import send

ROOT = Path(__file__).parents[1]

# where Python may store nothing, each command that a test runs compiles the whole source again
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# the files whose tests take longest, together: the last to begin would keep one processor busy and the other idle
LONG = (
    *("check_and_build", "exhausting", "merge", "word_habits", "merge_monkey", "gate"),
    *("redline", "faults", "pages", "other_secrets", "editions", "tasks", "overview", "submission"),
    *("import_model", "site", "cache", "notes", "case_study", "same_characters", "typed_slips"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Lets files begin in the order of `pytest_collection_modifyitems`, not those with most tests first."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first."""
    place = {f"test_{name}": nth for nth, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONG)))


REPORT = """\
name: tiny
title: A tiny report
state: {name: Kazakhstan}
committee: CERD
date: 2022-03-01
language: en
cycles: [cerd-2014]
organisations: [{id: first, name: First Organization}]
"""
CYCLE = """\
committee: CERD
symbol: CERD/C/KAZ/CO/6-7
cycle: "2014"
heading: {en: Recommendations of 2014}
recommendations:
  "6": {text: Adopt a law.}
  "9.1": {text: Publish data.}
  "9.2": {text: Train officials.}
"""
# the same with words in a second language
CYCLE_IN_TWO = re.sub(
    r"text: (.+?)\}",
    r"text: {en: \1, ru: Сделать.}}",
    CYCLE.replace("2014}", "2014, ru: Рекомендации}"),
)


@dataclass(frozen=True)
class Sample:
    """The sample report, built."""

    project: Path
    result: Built
    files: Mapping[str, Path]


def copy_sample(target: Path) -> Path:
    """A copy of the sample report without anything built, in its own language: no test pays for the others."""
    copy_translated_sample(target)
    for path in (target / "sections").rglob("*.*.*"):
        path.unlink()
    settings = target / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8").partition("translations:")[0], "utf-8")
    return target


def copy_translated_sample(target: Path) -> Path:
    """The same with its versions in other languages."""
    for name in ("sections", "references"):
        shutil.copytree(ROOT / name, target / name)
    return target


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The cache's key of the person who runs the tests stays out of them."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("settings"))


@pytest.fixture(autouse=True)
def _told_plainly() -> Iterator[None]:
    """The register of a command that one test ran does not keep the problems of the next one back."""
    yield
    console.withhold(lambda item: item)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample report of the repository, built in all formats in a folder of its own."""
    project = copy_sample(tmp_path_factory.mktemp("sample"))
    result = build(project, FORMATS)
    assert result.succeeded, result.diagnostics
    return Sample(project, result, {path.suffix[1:]: path for path in result.files})


class Tiny:
    """A tiny report in a folder: write files, then build."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.write("sections/report.yaml", REPORT)
        self.write("references/cerd-2014.yaml", CYCLE)

    def write(self, name: str, text: str) -> Path:
        """Writes a file of the project."""
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def section(self, name: str, body: str, front: str = "title: A section\nlevel: 1") -> Path:
        """Writes a section file."""
        return self.write(f"sections/{name}.md", f"---\n{front}\n---\n\n{body}")

    def build(self, *formats: str, sections: tuple[str, ...] = ()) -> Built:
        """Builds the report, in all formats where none is named."""
        return build(self.project, formats or FORMATS, sections)

    def read(self, kind: str) -> bytes:
        """What was built in a format."""
        return (self.project / "build" / f"tiny.{kind}").read_bytes()

    def codes(self, *formats: str) -> list[str]:
        """The codes of the problems of a build."""
        return [item.code for item in self.build(*(formats or ("json",))).diagnostics]


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A tiny report without sections."""
    return Tiny(tmp_path)


@pytest.fixture
def only() -> Callable[[Built], Diagnostic]:
    """The one problem of a build."""

    def one(result: Built) -> Diagnostic:
        assert len(result.diagnostics) == 1, result.diagnostics
        return result.diagnostics[0]

    return one


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report in git, sent out whole."""
    project = make_report(tmp_path_factory.mktemp("origin"))
    assert send(project, (), "").succeeded
    return project


@pytest.fixture
def project(origin: Path, tmp_path: Path) -> Path:
    """The report for one test."""
    return Path(shutil.copytree(origin, tmp_path / "project"))
