"""The section files of a copy: the public lines as they are, and for each withheld passage one that is as long
as the public edition can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shadowreport.core.numbering import captioned_ids
from shadowreport.core.report import Box, Item, Paragraph, Report, Section
from shadowreport.core.withheld import holds_some
from shadowreport.load.body import read_body
from shadowreport.load.evidence import KEY
from shadowreport.machine.files import read_text
from shadowreport.publishing.names import WORD, Names, withheld_in
from shadowreport.publishing.pictures import HELD_PICTURE
from shadowreport.publishing.rows import with_rows
from shadowreport.source import front_matter
from shadowreport.source.typed.confidential import BOXES, NOTES, fenced, passages, without_remarks
from shadowreport.source.typed.confidential import without as public_lines
from shadowreport.source.yaml_edit import dumped, flow_list

_CITES = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")


def section_files(report: Report, project: Path, names: Names) -> dict[str, bytes]:
    """The section files by name."""
    made = (
        _withheld(section, names)
        if section.name in names.sections
        else _public(section, project, names)
        for section in report.sections
    )
    return dict(made)


def written(front: dict[str, Any], body: str) -> bytes:
    """A section file."""
    return f"---\n{dumped(front)}---\n{body}".encode()


# --- a section that is withheld whole -------------------------------------------------------------


def _withheld(section: Section, names: Names) -> tuple[str, bytes]:
    number = section.file.rpartition("/")[2].partition("-")[0]
    ties = {names.id_of("par", tie.paragraph.id): _tie(tie) for tie in section.ties if tie.public}
    front = {
        "title": WORD,
        "level": section.level,
        "numbered": section.numbered,
        "edition": "confidential",
        "paragraphs": ties,
    }
    file = f"sections/{number}-{names.id_of('sec', section.name)}.md"
    front = {key: value for key, value in front.items() if value != {}}
    return file, written(front, withheld_body(section, names))


def withheld_body(section: Section, names: Names) -> str:
    """As many pieces as a withheld section has."""
    pieces = "\n".join(_pieces(section.items, _Ids(section, names)))
    return f"\n{pieces}" if pieces else f"\n{WORD}.\n"


def _tie(tie: Any) -> dict[str, Any]:
    return {"answers": flow_list(item.id for item in tie.answers), "edition": "public"}


class _Ids:
    """The new ids of what a section withholds, in its order: each is used once."""

    def __init__(self, section: Section, names: Names) -> None:
        whole = section.name in names.sections
        self._left: dict[str, list[str]] = {}
        for kind, identifier in withheld_in(section, whole):
            self._left.setdefault(kind, []).append(names.id_of(kind, identifier))

    def next(self, kind: str) -> str:
        """The next of a kind."""
        return self._left[kind].pop(0)


def _pieces(items: Sequence[Item], ids: _Ids, kind: str = "par") -> Iterator[str]:
    """As many paragraphs, recommendations, numbered tables and figures as there are, of one word each."""
    points = sum(isinstance(item, Paragraph) and item.summary for item in items)
    if points:
        own = (f"{{#{ids.next(kind)}}}\n{WORD}.\n" for _ in range(points))
        yield "\n".join(("::: summary", *own, ":::\n"))
    for item in items:
        if isinstance(item, Paragraph) and item.summary:
            continue
        if isinstance(item, Paragraph):
            yield f"{{#{ids.next(kind)}}}\n{WORD}.\n"
        elif isinstance(item, Box):
            own = (f"{{#{ids.next('rec')}}}\n{WORD}.\n" for _ in item.recommendations)
            yield "\n".join(("::: recommendations", *own, ":::\n"))
        yield from _captioned(item, ids)


def _captioned(item: Item, ids: _Ids) -> Iterator[str]:
    for kind, _ in captioned_ids(item):
        table = f"| {WORD} |\n|------|\n| {WORD} |\n\n: {WORD}\n"
        shown = table if kind == "tbl" else f"![{WORD}]({HELD_PICTURE})\n"
        yield f"{{#{ids.next(kind)}}}\n\n{shown}"


# --- a section of which a part is withheld --------------------------------------------------------


def _public(section: Section, project: Path, names: Names) -> tuple[str, bytes]:
    return section.file, written(*public_parts(section, project, names))


def public_parts(section: Section, project: Path, names: Names) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a section of which a part may be withheld."""
    text = read_text(project / section.file, section.file)
    front = _front(front_matter.read(text, section.file).data, section, names)
    return front, _body(section, names)


def _body(section: Section, names: Names) -> str:
    source = section.source
    lines = without_remarks(public_lines(source)).split("\n")
    for first, last in fenced(source, NOTES):
        start, end = (source.count("\n", 0, at) for at in (first, last))
        lines[start : end + 1] = [""] * (end + 1 - start)
    shown = with_rows(source, lines, names.in_text)
    ids, boxes = _Ids(section, names), list(fenced(source, BOXES))
    for first, last in passages(source):
        start, end = (source.count("\n", 0, at) for at in (first, last))
        in_box = any(opened < first < closed for opened, closed in boxes)
        shown[start] = _passage(section, start, end, in_box, ids)
    body = "\n".join(line for line in shown if line is not None)
    text = re.sub(r"[ \t]+$", "", _cited(body, names), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"


def _passage(section: Section, start: int, end: int, in_box: bool, ids: _Ids) -> str:
    """What stands for a passage on these lines of a body: nothing for one that prints nothing."""
    inner = "\n".join(section.source.split("\n")[start + 1 : end])
    # below a paragraph, to which lists, tables and the like at the head of the passage belong
    above, *items = read_body(f"{WORD}.\n\n{inner}", section.file, 1, section.name, 2).items
    made = list(_captioned(above, ids))
    if isinstance(above, Paragraph) and len(above.blocks) > 1 and not made:
        made.append(f"- {WORD}\n")
    made += _pieces(items, ids, "rec" if in_box else "par")
    return "\n".join(("::: confidential", "\n".join(made).rstrip("\n"), ":::")) if made else ""


def _cited(text: str, names: Names) -> str:
    """A body in which withheld sources are cited by a key that tells nothing, and without their pages."""
    if not names.sources:
        return text
    keys = "|".join(map(re.escape, names.sources))
    key = re.compile(rf"@(?:{keys})(?![\w:-])")

    def group(match: re.Match[str]) -> str:
        if not key.search(match[0]):
            return match[0]
        parts = match[0][1:-1].split(";")
        plain = ["@held-source" if key.search(part) else part.strip() for part in parts]
        return f"[{'; '.join(plain)}]"

    return key.sub("@held-source", _CITES.sub(group, text))


def _front(data: dict[str, Any], section: Section, names: Names) -> dict[str, Any]:
    """The front matter without what it says of withheld paragraphs."""
    held = {item.id for item in section.paragraphs() if holds_some(item)}
    gone = {item.id for item in section.paragraphs() if 0 in item.withheld}
    ties: dict[str, Any] = {}
    for key, value in data.get("paragraphs", {}).items():
        name = key.removeprefix("par-")
        if name not in gone:
            ties[key] = {k: v for k, v in value.items() if k != "short" or name not in held}
            if KEY in value:
                ties[key][KEY] = [_evidence(item) for item in value[KEY]]
        elif value.get("edition") == "public":
            answers = flow_list(value.get("answers", ()))
            ties[names.id_of("par", name)] = {"answers": answers, "edition": "public"}
    data["paragraphs"] = ties
    reviewed = data.get("reviewed", {})
    data["reviewed"] = {k: v for k, v in reviewed.items() if k.removeprefix("par-") not in held}
    data["excused"] = [
        item for item in data.get("excused", []) if _may_be_told(item, section, held)
    ]
    again = data.get("look_again", [])
    data["look_again"] = [item for item in again if str(item).removeprefix("par-") not in held]
    optional = ("paragraphs", "reviewed", "excused", "look_again")
    return {key: value for key, value in data.items() if key not in optional or value}


def _evidence(item: dict[str, Any]) -> dict[str, Any]:
    """Evidence of which only is told who keeps it, and whether there is more to tell."""
    more = item.keys() & {"what", "date", "archived"}
    return {"on_file": item["on_file"], **({"what": WORD} if more else {})}


def _may_be_told(item: dict[str, Any], section: Section, held: set[str]) -> bool:
    told = item.get("text", "") in section.public_source
    return told and str(item.get("paragraph", "")).removeprefix("par-") not in held
