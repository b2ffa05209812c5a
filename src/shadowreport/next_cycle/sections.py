"""The sections of a report in its next cycle: drafts again, nobody's sign-off in them, each paragraph to be
looked at, and a row or a section of its own for each new demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shadowreport.core.layout import REVIEWS
from shadowreport.core.numbering import anchor
from shadowreport.core.phrases import words
from shadowreport.core.report import EarlierRecommendation, Report, Section
from shadowreport.core.unwritten import TODO
from shadowreport.formatting.ids import with_ids
from shadowreport.load.reviews import review_files
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.overview.sign_off import HEAD
from shadowreport.source import front_matter
from shadowreport.source.ids import slug
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import dumped, edited, flow_list
from shadowreport.suggest.lineage import repeats

_THEME = 2  # the level of a section that does not say another
_STEP = 5  # between the numbers of section files
_LARGEST = 9999
_SURE = 0.35  # how like an older demand one is that goes into its table: on the sample 21 of 22 are right there


@dataclass(frozen=True, slots=True)
class Opened:
    """The new texts by file, and where the new demands went: to sections whose title their heading is
    (`placed`), to those whose demands they resemble (`proposed`, by heading), to sections of their own
    (`made`, files by heading); `perhaps` are the sections of which the demands of the latter remind a little."""

    files: Mapping[str, str]
    placed: int
    proposed: Mapping[str, str]
    made: Mapping[str, str]
    perhaps: Mapping[str, str] = field(default_factory=dict)


def opened(report: Report, project: Path, stems: Collection[str]) -> Opened:
    """The sections of a report, which has the documents `stems` as columns already. Raises Failure."""
    demands = [
        item for cycle in report.cycles if cycle.stem in stems for item in cycle.recommendations
    ]
    names = {section.name for section in report.sections}
    shown = {mention.id for section in report.sections for row in section.rows for mention in row}
    fresh = [item for item in demands if item.id not in shown]
    groups = _by_heading([item for item in fresh if item.theme not in names], report)
    proposed = _resembled(report, groups, _SURE)
    likely = _resembled(report, groups)
    made = {heading: "" for heading in groups if heading not in proposed}
    places = {item.id: item.theme for item in fresh if item.theme in names}
    files: dict[str, str] = {}
    numbers, level = _free_numbers(report), _level(report)
    dull = words(report.speech.language.list("writing", "small"))
    for heading in made:
        name = _name(heading, names, dull)
        names.add(name)
        made[heading] = f"sections/{next(numbers)}-{name}.md"
        files[made[heading]] = _page(heading, level, [item.id for item in groups[heading]])
        places |= {item.id: name for item in groups[heading]}
    for heading, name in proposed.items():
        places |= {item.id: name for item in groups[heading]}
    for section in report.sections:
        rows = [item.id for item in fresh if places[item.id] == section.name]
        files[section.file] = _again(project, section, rows)
    files |= {f"{REVIEWS}/{path.name}": HEAD for path in review_files(project)}
    return Opened(
        files | _themes(project, places, stems),
        sum(item.theme in names for item in fresh),
        proposed,
        made,
        {heading: likely[heading] for heading in made if heading in likely},
    )


def _by_heading(
    demands: Sequence[EarlierRecommendation], report: Report
) -> dict[str, list[EarlierRecommendation]]:
    """Demands by the heading under which the document has them, or the document's own where it has none."""
    language = report.speech.language
    columns = {item.id: cycle.heading for cycle in report.cycles for item in cycle.recommendations}
    groups: dict[str, list[EarlierRecommendation]] = {}
    for item in demands:
        heading = language.of(item.heading) if item.heading else language.of(columns[item.id])
        groups.setdefault(heading, []).append(item)
    return groups


def _resembled(
    report: Report, groups: Mapping[str, Sequence[EarlierRecommendation]], least: float = 0.0
) -> dict[str, str]:
    """The section of each heading whose demands are like older ones, by `least` at least: the one with most of
    those."""
    tables = {
        mention.id: section.name
        for section in report.sections
        for row in section.rows
        for mention in row
    }
    older: dict[str, list[str]] = {}
    for pair in repeats(report):
        if pair.score >= least:
            older.setdefault(pair.name, []).append(pair.other)
    found: dict[str, str] = {}
    for heading, demands in groups.items():
        like = Counter(
            tables[other] for item in demands for other in older.get(item.id, ()) if other in tables
        )
        if like:
            found[heading] = like.most_common(1)[0][0]
    return found


def _free_numbers(report: Report) -> Iterator[int]:
    """Numbers for files of new sections: behind the last section with a table, before the next part."""
    taken = {
        int(section.file.rpartition("/")[2].partition("-")[0]): section
        for section in report.sections
        if section.file
    }
    order = sorted(taken)
    last = max((n for n in order if taken[n].rows), default=order[-1] if order else 100)
    after = next((n for n in order if n > last and taken[n].level == 1), _LARGEST)
    free = [n for n in range(last + 1, after) if n not in taken]
    steps = [n for n in free if (n - last) % _STEP == 0]
    yield from steps
    yield from (n for n in free if n not in steps)
    yield from (n for n in range(after, _LARGEST) if n not in taken)


def _name(heading: str, taken: Collection[str], dull: Collection[str]) -> str:
    base = slug(heading, dull=dull) or "theme"
    names = (base, *(f"{base}-{nth}" for nth in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _level(report: Report) -> int:
    """The level of new sections: that of the last one with a table, behind which they stand."""
    return next((item.level for item in reversed(report.sections) if item.rows), _THEME)


def _page(heading: str, level: int, demands: Sequence[str]) -> str:
    front: dict[str, Any] = {"title": heading} | ({} if level == _THEME else {"level": level})
    front["recommendations"] = [flow_list([name]) for name in demands]
    return f"---\n{dumped(front)}---\n\n{TODO}\n"


def _again(project: Path, section: Section, rows: Sequence[str]) -> str:
    """The text of a section in the next cycle, with new rows in its table."""
    file = section.file
    text = read_text(project / file, file)
    ids = [item.id for item in section.paragraphs()]
    text = with_ids(text, file, {anchor("par", name) for name in ids})
    data: dict[str, Any] = dict(front_matter.read(text, file).data)
    data.pop("reviewed", None)
    if "status" in data:
        data["status"] = "draft"
    if rows:
        data["recommendations"] = [
            *data.get("recommendations", ()),
            *(flow_list([name]) for name in rows),
        ]
    if ids:
        data["look_again"] = flow_list(ids)
    return front_matter.with_data(text, file, data)


def _themes(project: Path, places: Mapping[str, str], stems: Collection[str]) -> dict[str, str]:
    """The files of references/ in which each new demand names the section whose table has it."""
    files: dict[str, str] = {}
    for stem in sorted(stems):
        file = f"references/{stem}.yaml"
        text = read_text(project / file, file, MAX_REFERENCES)
        data = read_yaml(text, file).data
        for key, entry in data["recommendations"].items():
            if f"{stem}/{key}" in places:
                entry["theme"] = places[f"{stem}/{key}"]
        files[file] = edited(text, data, file)
    return files
