"""Files that look as if the report were made of them, and that nothing reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from shadowreport.core.layout import SETTINGS
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.machine.toolkit import templates

_TEXTS = (".markdown", ".mdown", ".mkd", ".txt", ".yml", ".yaml", ".docx", ".odt")
_REFERENCES = ("sources.yaml", "terms.yaml", "links.yaml")
_LIKE = 0.8  # how much a name must be like another to be meant for it, from 0 to 1


def unused_files(project: Path, cycles: Collection[str]) -> Iterator[Diagnostic]:
    """Each such file; `cycles` are the documents of references/ that report.yaml names."""
    for path in _files(project / "sections"):
        name = f"sections/{path.name}"
        if path.suffix.lower() in _TEXTS and name != SETTINGS:
            yield _unused(name, "a section is a file that ends in .md")
    for path in _files(project / "references"):
        if path.suffix == ".yaml" and path.name not in _REFERENCES and path.stem not in cycles:
            yield _unused(f"references/{path.name}", "name it under cycles: in report.yaml")
        elif path.suffix.lower() in _TEXTS and path.suffix != ".yaml":
            yield _unused(f"references/{path.name}", f"call it {path.stem}.yaml, if it is one")
    known = [path.name for path in _files(templates())]
    for path in _files(project / "templates"):
        # other files may be parts that a template of the project includes
        like = get_close_matches(path.name, known, 1, _LIKE) if path.name not in known else []
        if like:
            yield _unused(f"templates/{path.name}", f"did you mean '{like[0]}'?")
    for path in _files(project / "templates" / "profiles"):
        hint = "rules stand in templates/committees/, in the file of the committee"
        yield _unused(f"templates/profiles/{path.name}", hint)


def _unused(name: str, hint: str) -> Diagnostic:
    return Diagnostic("unused-file", Place(name), "nothing reads this file", hint)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = sorted(folder.iterdir(), key=lambda path: path.name)
    return [path for path in found if path.is_file() and not path.name.startswith((".", "~$"))]
