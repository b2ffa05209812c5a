"""Where things lie in a report's folder, and what its section files are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from shadowreport.core.charts import file_of
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Place

SETTINGS = "sections/report.yaml"
SOURCES = "references/sources.yaml"
TERMS = "references/terms.yaml"
PERSONS = "references/persons.yaml"
STYLE = "templates/style.yaml"
TEMPLATE_IMAGES = "templates/images"
REVIEWS = "sections/reviews"  # a file of sign-offs for each organisation
TEMPLATES = "templates/"
ANNEX = "annex-{}.html.j2"  # a template of TEMPLATES, by the name of the annex
ANNEX_DATA = "annex-{}.yaml"  # beside it: what an annex of the project's own prints
BUILD = "build"  # what the tasks make
FOLDERS = ("sections", "references", "templates")  # all that a build reads

_TRANSLATION = re.compile(r"(\d{2,4}-[a-z0-9-]+)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")
_SECTION = re.compile(r"\d{2,4}-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")


def picture_file(key: str) -> str:
    """The file of a picture, by its key among those of a report: what a section names lies in sections/."""
    return key if key.startswith(TEMPLATES) else f"sections/{file_of(key)}"


def proper_name(file_name: str) -> str:
    """The section's name in a file name such as 210-legislation.md; empty where it tells none."""
    match = _SECTION.fullmatch(file_name)
    return match[1] if match else ""


def number_in(file_name: str) -> int:
    """The number in a file name such as 210-legislation.md, by which sections are ordered."""
    return int(file_name.partition("-")[0])


def translation_of(file_name: str) -> tuple[str, str]:
    """The file that 210-legislation.ru.md is a translation of, and its language; empty where it is none."""
    match = _TRANSLATION.fullmatch(file_name)
    return (f"{match[1]}.md", match[2]) if match else ("", "")


def translation_file(file: str, language: str) -> str:
    """The file that holds a section's translation, beside the section's own."""
    return beside(file, language)


def beside(file: str, language: str) -> str:
    """What the same file is called in another language: data/figures.ru.csv beside data/figures.csv."""
    name, dot, kind = file.rpartition(".")
    return f"{name}.{language}{dot}{kind}"


def section_name(file: str) -> str:
    """The name of the section in a file that is taken for one."""
    return file.rpartition("/")[2].rpartition(".")[0].partition("-")[2]


class Named(Protocol):
    """What has the name of a section, that of its file, and its title where that is read already."""

    @property
    def name(self) -> str: ...

    @property
    def file(self) -> str: ...

    @property
    def title(self) -> str: ...


S = TypeVar("S", bound=Named)


def section_meant(sections: Sequence[S], word: str) -> S:
    """The section that a person means: by its name, its number, its file, or its title where no other
    has the same.

    Raises Failure where there is none.
    """
    names = {section.name: section for section in sections}
    for section in sections:
        file_name = section.file.rpartition("/")[2]
        for other in (
            section.file,
            file_name,
            file_name.removesuffix(".md"),
            file_name.partition("-")[0],
        ):
            names.setdefault(other, section)
    meant = word.replace("\\", "/")  # as Windows completes the name of a file
    if meant not in names:
        titled = [section for section in sections if _words(section.title) == _words(word)]
        if len(titled) == 1:
            return titled[0]
        hint = did_you_mean(word, [item.name for item in titled] or [*names, *_titles(sections)])
        message = f"there is no section '{word}'"
        raise Failure([Diagnostic("bad-value", Place("sections"), message, hint)])
    return names[meant]


def _words(title: str) -> list[str]:
    """The words of a title, whatever its capitals, quotation marks and dashes."""
    return re.findall(r"\w+", title.casefold())


def _titles(sections: Sequence[Named]) -> list[str]:
    return [section.title for section in sections if section.title]
