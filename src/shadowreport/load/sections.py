"""A section file becomes a Section."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from shadowreport.core.editions import CONFIDENTIAL, PUBLIC
from shadowreport.core.layout import section_name, translation_of
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Mention, Place, Section, Tie
from shadowreport.load import editorial, schema
from shadowreport.load.body import Body, read_body
from shadowreport.load.evidence import KEY, evidence_of
from shadowreport.load.value_proof import judged
from shadowreport.load.versions import OWN
from shadowreport.machine.files import read_text
from shadowreport.source import front_matter
from shadowreport.source.conflicts import conflicts
from shadowreport.source.front_matter import Parts
from shadowreport.source.read import Parsed, parse, parse_all
from shadowreport.source.typed.confidential import without as public_source
from shadowreport.source.yaml import Yaml, read_yaml

# front matter, text of the body, its first line, its items, what is wrong with the front matter
Draft = tuple[Yaml, str, int, Body, list[Diagnostic]]


Found = tuple[Section, list[Diagnostic]]
Known = dict[str, tuple[Parts, Found]]  # by name of file


def read_sections(
    paths: list[Path], pool: ThreadPoolExecutor, known: Known
) -> list[Callable[[], Found]]:
    """For each section file a way to its section. The bodies are parsed meanwhile."""
    read = {path: _try(partial(_parts, path, f"sections/{path.name}")) for path in paths}
    new = {
        path: parts
        for path, parts in read.items()
        if isinstance(parts, Parts) and (path.name not in known or known[path.name][0] != parts)
    }
    parsing = dict(zip(new, parse_all([parts.body for parts in new.values()], pool), strict=True))

    def found(path: Path) -> Found:
        parts = read[path]
        if path in new and isinstance(parts, Parts):
            section = _section(path, partial(_draft, path, parts, parsing[path]))
            known[path.name] = parts, section
        elif isinstance(parts, Failure):
            raise parts
        return known[path.name][1]

    return [partial(found, path) for path in paths]


def _try(step: Callable[[], Parts]) -> Parts | Failure:
    try:
        return step()
    except Failure as failure:
        return failure


def _parts(path: Path, file: str) -> Parts:
    text = read_text(path, file)
    unsettled = conflicts(text, file)
    if unsettled:
        raise Failure(unsettled)
    return front_matter.parts(text, file)


def _name(path: Path) -> str:
    """The section's name, which its translations share."""
    return section_name(translation_of(path.name)[0] or path.name)


def _draft(path: Path, parts: Parts, parsed: Callable[[], Parsed]) -> Draft:
    file = f"sections/{path.name}"
    front, problems = _front_matter(parts.front, file)
    problems += _not_of_a_translation(front, path.name)
    level = front.data.get("level", 2)
    body = read_body(parts.body, file, parts.line, _name(path), level, parsed())
    return front, parts.body, parts.line, body, problems


def _not_of_a_translation(front: Yaml, file_name: str) -> list[Diagnostic]:
    original, _ = translation_of(file_name)
    hint = "take it out here: it holds for every language"
    return [
        Diagnostic("translation-differs", front.place(key), f"{key}: stands in {original}", hint)
        for key in front.data
        if original and key not in OWN
    ]


def _front_matter(text: str, file: str) -> tuple[Yaml, list[Diagnostic]]:
    """What is right in a front matter, and what is wrong with it."""
    try:
        front = read_yaml(text, file, 2)
    except Failure as failure:
        return Yaml({}, {(): Place(file)}), list(failure.diagnostics)
    found, fits = judged(text, front, "section", 2)
    return (front if fits else schema.sound(front, "section")), found


def _section(path: Path, draft: Callable[[], Draft]) -> tuple[Section, list[Diagnostic]]:
    front, source, source_line, body, problems = draft()
    data: dict[str, Any] = front.data
    place = front.place("title")
    if not body.items and not body.diagnostics and data.get("level", 2) != 1:
        hint = "write a paragraph, or remove the file"
        body.diagnostics.append(
            Diagnostic("empty-section", place, "this section has no text", hint)
        )
    section = Section(
        name=_name(path),
        file=place.file,
        title=data.get("title", _name(path)),
        level=data.get("level", 2),
        numbered=data.get("numbered", True),
        status=data.get("status", "draft"),
        authors=mentions_in(front, "authors"),
        rows=tuple(
            mentions_in(front, "recommendations", index)
            for index in range(len(data.get("recommendations", [])))
        ),
        ties=tuple(_tie(front, key) for key in data.get("paragraphs", {})),
        items=tuple(body.items),
        mentions=tuple(body.mentions),
        images=tuple(body.images),
        source=source,
        source_line=source_line,
        place=place,
        set_aside=editorial.set_aside(front),
        sign_offs=editorial.sign_offs(front),
        excuses=editorial.excuses(front, place.file),
        budget=data.get("budget", 0),
        remarks=tuple(body.remarks),
        withheld=data.get("edition") == CONFIDENTIAL,
        public_source=public_source(source),
        rank=data.get("rank", 0),
        core=data.get("core", False),
        made_from=data.get("made_from", {}),
        look_again=mentions_in(front, "look_again"),
    )
    return section, [*problems, *body.diagnostics]


def section_of(text: str, file: str) -> tuple[Section, list[Diagnostic]]:
    """The section in a text, before it is a file of the project, and what is wrong with it. Raises
    Failure."""
    parts = front_matter.parts(text, file)
    return _section(Path(file), partial(_draft, Path(file), parts, lambda: parse(parts.body)))


def problems_of(text: str, file: str) -> list[Diagnostic]:
    """What is wrong with the text of a section file, before it is one."""
    try:
        return section_of(text, file)[1]
    except Failure as failure:
        return list(failure.diagnostics)


def section_in(text: str, file: str) -> Section:
    """A section that is no file of the report, such as one of an older state. Raises Failure where nothing
    can be made of it."""
    path, parts = Path(file), front_matter.parts(text, file)
    return _section(path, partial(_draft, path, parts, partial(parse, parts.body)))[0]


def mentions_in(yaml: Yaml, *path: str | int) -> tuple[Mention, ...]:
    value: Any = yaml.data
    for key in path:
        value = value.get(key, []) if isinstance(value, dict) else value[key]
    return tuple(Mention(word, yaml.place(*path, index)) for index, word in enumerate(value))


def _tie(front: Yaml, key: str) -> Tie:
    data = front.data["paragraphs"][key]
    mention = Mention(key.removeprefix("par-"), front.place("paragraphs", key))
    answers = mentions_in(front, "paragraphs", key, "answers")
    return Tie(
        mention,
        answers,
        data.get("finding", ""),
        data.get("edition") == PUBLIC,
        rank=data.get("rank", 0),
        core=data.get("core", False),
        short=data.get("short", ""),
        evidence=tuple(
            evidence_of(front, item, "paragraphs", key, KEY, index)
            for index, item in enumerate(data.get(KEY, ()))
        ),
    )
