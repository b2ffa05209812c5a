"""Files that look as if the report were made of them, and that nothing reads; what was meant by
their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path, PurePath

from shadowreport.core.charts import is_chart
from shadowreport.core.ids import MAX_ID
from shadowreport.core.layout import (
    ANNEX,
    ANNEX_DATA,
    REVIEWS,
    SETTINGS,
    STYLE,
    TEMPLATE_IMAGES,
    proper_name,
    translation_of,
)
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place
from shadowreport.machine.toolkit import templates

_REFERENCES = ("sources.yaml", "terms.yaml", "links.yaml", "persons.yaml")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg")
# what systems and editors put anywhere, and what speaks of a folder
_OF_SYSTEMS = re.compile(
    r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|Icon\r|\.git.*|\.editorconfig|\.directory|README.*"
    r"|~\$.*|\.~lock\..*#",  # while a program has a file open
    re.IGNORECASE,
)
# names that systems, editors and programs that keep folders alike give to copies, in the languages that systems speak
_COPY = re.compile(
    r".*~|~\$.*|\.#.*|#.*#|.*\.(?:bak|orig|rej|old|tmp|save|sw[a-p])"
    r"|(?:copy of|kopie von|copie de|c[oó]pia de|копия|نسخة من) .*"
    r"|.*(?:[ _-](?:copy|copie|c[oó]pia|kopie|копия|көшірме(?:сі)?|نسخة|副本)(?: ?\d+)?| ?\(\d+\)|[ _-]\d+|的?副本)\.\w+"
    r"|.*(?:sync-conflict|conflicted copy|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+).*",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"(.+?)-[A-Z][A-Z0-9-]*(?:-[0-9]+)?\.md"
)  # a copy by OneDrive, from another computer
_YEAR = re.compile(r"-\d{4}$")  # the name of a cycle
_OWN_ANNEX = re.compile(r"annex-[a-z0-9-]+\.(?:html\.j2|yaml)")
_UNASKED = "name the annex under annexes: in report.yaml"
_LETTER = re.compile(r"letter-[a-z]{2,3}(?:-[A-Za-z0-9]+)*\.html\.j2")  # in another language
_MARKS = (".#", "~$")
_LIKE = 0.8  # how much a name must be like another to be meant for it, from 0 to 1
_MAX = 50  # files that are named: nobody reads more
_DEEP = 6  # folders in folders


def section_paths(project: Path) -> list[Path]:
    """The files that are taken for sections, whether their names are right or not; without the
    marks that editors put beside a file that is open."""
    found = sorted((project / "sections").glob("*.md"), key=_order)
    mine = [path for path in found if not path.name.startswith(_MARKS)]
    return [path for path in mine if not translation_of(path.name)[1]]


def translation_paths(project: Path) -> list[Path]:
    """The files that hold translations of sections."""
    found = sorted((project / "sections").glob("*.md"), key=_order)
    return [path for path in found if translation_of(path.name)[1]]


def _order(path: Path) -> tuple[int, str]:
    """The place of a section: its number, not the letters of it."""
    number = re.match(r"\d{1,9}", path.name)
    return (int(number[0]) if number else 0, path.name)


def wrong_name(path: Path) -> tuple[str, str]:
    """What is wrong with a name that gives no order and no name, and what to call the file."""
    file_name = path.name
    machine = _MACHINE.fullmatch(file_name)
    beside = machine and path.with_name(f"{machine[1]}{path.suffix}").is_file()
    if beside or _COPY.fullmatch(file_name):
        return "this looks like a copy of a section", "delete it, or move it out of sections/"
    return (
        "this file's name gives no order and no name",
        f"call it {_proposed(file_name)}, say: a number, a hyphen, words of a-z and digits, .md",
    )


def _proposed(file_name: str) -> str:
    from shadowreport.source.ids import latin_words  # its table of letters is long

    stem = file_name.lstrip(".").rpartition(".")[0] or file_name
    number = re.match(r"\d{1,4}(?!\d)", stem)
    rest = stem[number.end() :] if number else stem
    words = "-".join(latin_words(rest.replace("_", " ")))[:MAX_ID].strip("-")
    return f"{number[0].zfill(3) if number else '210'}-{words or 'legislation'}.md"


def unused_files(
    project: Path, cycles: Collection[str], pictures: Collection[str], annexes: Collection[str]
) -> Iterator[Diagnostic]:
    """Each such file. `cycles` are the documents of references/ and `annexes` the annexes of the
    project's own that report.yaml names, `pictures` the images that sections show, by their paths in
    sections/."""
    yield from list(_in_sections(project, pictures))[:_MAX]
    yield from list(_in_references(project, cycles))[:_MAX]
    yield from _in_templates(project, annexes)


def _in_sections(project: Path, pictures: Collection[str]) -> Iterator[Diagnostic]:
    folder = project / "sections"
    read = {*section_paths(project), *translation_paths(project)}
    for path in _files(folder):
        inside = path.relative_to(folder).as_posix()
        name, kind = f"sections/{inside}", path.suffix.lower()
        if name == SETTINGS or inside in pictures or path in read:
            continue
        if path.parent == project / REVIEWS and kind == ".yaml":
            continue
        if _COPY.fullmatch(path.name):
            yield _unused(name, "it looks like a copy: delete it, or move it out of sections/")
        elif kind in _PICTURES:
            yield _unused(name, f"no section shows it: ![what it shows]({inside})")
        elif is_chart(inside):
            yield _unused(name, f"no section draws it: ![what it shows]({inside})")
        elif kind == ".md" or _is_section(path):
            yield _left_out(path, inside)
        else:
            yield _unused(name, "a section is a file that ends in .md")


def _left_out(path: Path, inside: str) -> Diagnostic:
    """A whole section that would be missing in the report."""
    own = f"{path.stem}.md"
    wanted = own if proper_name(own) else _proposed(path.name)
    message = "this section would be left out of the report"
    hint = f"move it to sections/{wanted}" if "/" in inside else f"call it {wanted}"
    return Diagnostic("bad-file-name", Place(f"sections/{inside}"), message, hint)


def _is_section(path: Path) -> bool:
    """Whether a file begins as a section does."""
    try:
        with path.open("rb") as stream:
            head = stream.read(200).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    except OSError:
        return False
    return head.startswith(b"---\n") and path.suffix.lower() not in (".yaml", ".yml")


def _in_references(project: Path, cycles: Collection[str]) -> Iterator[Diagnostic]:
    folder = project / "references"
    for path in _files(folder):
        inside = path.relative_to(folder).as_posix()
        if inside in _REFERENCES or inside in {f"{stem}.yaml" for stem in cycles}:
            continue
        copied = _COPY.fullmatch(path.name) and not _YEAR.search(path.stem)
        if copied and path.stem not in cycles:
            hint = "it looks like a copy: delete it, or move it out of references/"
        elif "/" in inside:
            hint = f"what is read lies in references/ itself: move it to references/{path.name}"
        elif path.suffix == ".yaml":
            hint = "name it under cycles: in report.yaml"
        else:
            hint = f"call it {path.stem}.yaml, if it is one"
        yield _unused(f"references/{inside}", hint)


def _in_templates(project: Path, annexes: Collection[str]) -> Iterator[Diagnostic]:
    folder = project / "templates"
    known = {PurePath(STYLE).name, *(path.name for path in _here(templates()))}
    known |= {kind.format(name) for kind in (ANNEX, ANNEX_DATA) for name in annexes}
    own = _here(folder)
    for path in own:
        if not (path.name in known or _LETTER.fullmatch(path.name)) and not _is_named(
            path.name, own
        ):
            like = get_close_matches(path.name, known, 1, _LIKE)
            other = _UNASKED if _OWN_ANNEX.fullmatch(path.name) else _NO_TEMPLATE
            hint = f"did you mean '{like[0]}'?" if like else other
            yield _unused(f"templates/{path.name}", hint)
    yield from _folders_in_templates(folder)


def _is_named(name: str, own: list[Path]) -> bool:
    """Whether another file of templates/ names one: it may be a part that is put in there."""
    others = (path for path in own if path.name != name and path.suffix not in _PICTURES)
    return any(name.encode() in path.read_bytes() for path in others if path.is_file())


def _folders_in_templates(folder: Path) -> Iterator[Diagnostic]:
    known = {
        PurePath(TEMPLATE_IMAGES).name,
        *(path.name for path in templates().iterdir() if path.is_dir()),
    }
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in known and not path.name.startswith("."):
            like = get_close_matches(path.name, known, 1)
            hint = (
                _MOVED.get(path.name)
                or f"did you mean '{like[0] if like else PurePath(TEMPLATE_IMAGES).name}'?"
            )
            if any(_files(path)):
                yield _unused(f"templates/{path.name}", hint)


_NO_TEMPLATE = "no template names it: docs/templates.md tells what each is called"
_MOVED = {"profiles": "rules stand in templates/committees/, in the file of the committee"}


def _unused(name: str, hint: str) -> Diagnostic:
    return Diagnostic("unused-file", Place(name), "nothing reads this file", hint)


def _here(folder: Path) -> list[Path]:
    return [path for path in _files(folder, 0) if not path.name.startswith((".", "~"))]


def _files(folder: Path, deep: int = _DEEP) -> list[Path]:
    """The files in a folder and in those below, links among them; what systems put there left out."""
    if not folder.is_dir() or folder.is_symlink():
        return []
    found: list[Path] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if _OF_SYSTEMS.fullmatch(path.name):
            continue
        if not path.is_dir() or path.is_symlink():
            found.append(path)
        elif deep:
            found += _files(path, deep - 1)
    return found


def nearest(folder: Path, wanted: str) -> str:
    """A file below a folder that has a name, however its letters are written; empty where none."""
    like = PurePath(wanted).name.casefold()
    for path in _files(folder):
        if path.name.casefold() == like:
            return path.relative_to(folder).as_posix()
    return ""


def near(folder: Path, wanted: str) -> str:
    """A file below a folder that is of the same kind and called nearly so, for a name with a slip in
    it; empty where there is none."""
    named = PurePath(wanted)
    known = {
        path.stem.casefold(): path.relative_to(folder).as_posix()
        for path in _files(folder)
        if path.suffix.casefold() == named.suffix.casefold()
    }
    like = get_close_matches(named.stem.casefold(), known, 1, _LIKE)
    return known[like[0]] if like else ""
