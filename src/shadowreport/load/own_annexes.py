"""Annexes of a project's own: a template `annex-NAME.html.j2`, and beside it what it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from shadowreport.core.layout import ANNEX, ANNEX_DATA, TEMPLATES
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import OwnAnnex, Place
from shadowreport.machine.toolkit import templates
from shadowreport.source.yaml import Yaml


def annexes_asked(settings: Yaml) -> dict[str, Place]:
    """The annexes that report.yaml asks for, and where: for the report, and for what is derived of it."""
    data = settings.data
    lists: dict[tuple[str, ...], list[str]] = {("annexes",): data.get("annexes", [])}
    for name, profile in data.get("profiles", {}).items():
        lists["profiles", name, "annexes"] = profile.get("annexes", [])
    return {
        name: settings.place(*path, index)
        for path, names in lists.items()
        for index, name in enumerate(names)
    }


def own_annex(
    project: Path, name: str, place: Place, language: str, read: Callable[[str, str], Yaml]
) -> tuple[OwnAnnex | None, list[Diagnostic]]:
    """An annex of the project's own, None for one of the toolkit's; and what is wrong with it. `read`
    gives a file that fits a schema. Raises Failure where there is no such annex."""
    known = dict(_known())
    if name in known:
        return None, []
    if not (project / TEMPLATES / ANNEX.format(name)).is_file():
        hint = f"{did_you_mean(name, known)}; one of your own needs {TEMPLATES}{ANNEX.format(name)}"
        raise Failure([Diagnostic("bad-value", place, f"there is no annex '{name}'", hint)])
    yaml = read(f"{TEMPLATES}{ANNEX_DATA.format(name)}", "annex")
    titles = yaml.data["title"]
    data = {key: value for key, value in yaml.data.items() if key != "title"}
    if isinstance(titles, str):
        return OwnAnnex(titles, data), []
    found = [] if language in titles else [_untitled(yaml, titles, language)]
    return OwnAnnex(titles.get(language) or next(iter(titles.values())), data), found


def _known() -> Iterator[tuple[str, Path]]:
    """The annexes that the toolkit makes, by their names."""
    before, after = ANNEX.split("{}")
    for path in templates().glob(ANNEX.format("*")):
        yield path.name.removeprefix(before).removesuffix(after), path


def _untitled(yaml: Yaml, titles: dict[str, str], language: str) -> Diagnostic:
    other = next(iter(titles))
    message = f"this annex has no title in '{language}'; the one in '{other}' is printed"
    return Diagnostic(
        "untranslated", yaml.place("title"), message, f"write {language}: below title:"
    )
