"""The documents behind the tables: ids for demands, symbols, and files that exist already."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.importing.draft import Cycle, Demand, Draft
from shadowreport.importing.recognise.flow import Flow
from shadowreport.load import schema
from shadowreport.machine.files import MAX_REFERENCES, read_bytes, read_text
from shadowreport.source.yaml import read_yaml

_ALIKE = 0.9  # from here on two texts are the same demand in slightly other words


@dataclass(slots=True)
class CycleFile:
    """A file of references/ in the making. `text` is set where it is taken over as it is, `found`
    are its bytes."""

    cycle: Cycle
    entries: dict[str, Demand] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    found: bytes = b""
    known: dict[str, Any] = field(default_factory=dict)


def settle_cycles(draft: Draft, options: Mapping[str, str], flow: Flow) -> list[CycleFile]:
    """Gives every demand its id, and every cycle what the options say of it.

    Raises Failure where an option names a cycle that no table has, or a file that is none.
    """
    given = _given(draft, options)
    files = [_cycle_file(cycle, given.get(cycle.key, ""), flow) for cycle in draft.cycles]
    for file in files:
        _number(file, draft, flow)
    return files


def _given(draft: Draft, options: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in options.items():
        fits = [item.key for item in draft.cycles if name.lower() in (item.key, item.year)]
        if len(fits) != 1:
            known = ", ".join(item.key for item in draft.cycles) or "none"
            what = "several tables' columns" if fits else "no table's column"
            message = f"--cycle {name}: this names {what}; found: {known}"
            raise Failure([Diagnostic("import-option", Place("--cycle"), message)])
        found[fits[0]] = value
    return found


def _cycle_file(cycle: Cycle, value: str, flow: Flow) -> CycleFile:
    cycle.stem = cycle.key
    if value.lower().endswith((".yaml", ".yml")):
        return _existing(cycle, Path(value))
    cycle.symbol = value
    if value and not flow.words.lexicon.is_symbol(value):
        message = f"'{value}' does not look like a UN symbol: capitals, digits and slashes"
        flow.warn("import-symbol", 1, message, "check it")
    return CycleFile(cycle)


def _existing(cycle: Cycle, path: Path) -> CycleFile:
    """A file of references/ that exists: its ids are used, and it is copied as it is."""
    text = read_text(path, path.name, MAX_REFERENCES)
    yaml = read_yaml(text, path.name)
    problems = schema.problems(yaml, "references")
    if problems:
        raise Failure(problems)
    cycle.stem = path.stem
    cycle.symbol = yaml.data["symbol"]
    found = read_bytes(path, path.name, MAX_REFERENCES)
    return CycleFile(cycle, text=text, found=found, known=yaml.data["recommendations"])


# --- ids ----------------------------------------------------------------------------------------


def _number(file: CycleFile, draft: Draft, flow: Flow) -> None:
    """Ids by paragraph and order; the same words of one paragraph are one demand."""
    groups: dict[str, dict[str, list[tuple[Demand, str]]]] = defaultdict(dict)
    for section in draft.sections:
        for row in section.rows:
            for demand in row:
                if demand.cycle == file.cycle.key:
                    same = groups[demand.paragraph].setdefault(_plain(demand.words), [])
                    same.append((demand, section.name))
    for paragraph, texts in groups.items():
        places = _places([same[0][0].sub for same in texts.values()])
        for nth, same in zip(places, texts.values(), strict=True):
            first, theme = same[0]
            key = _known_key(file, first, alone=len(texts) == 1) if file.known else ""
            if not key:
                whole = len(texts) == 1 and not first.sub and not file.known
                key = paragraph if whole else f"{paragraph}.{nth}"
                key = _free(file, key) if file.known else key
                if file.known:
                    message = f"a demand of paragraph {paragraph} is not in {file.cycle.stem}.yaml"
                    hint = f"it was added to the file as '{key}'; compare the two"
                    flow.warn("import-demand", first.ordinal, message, hint)
                file.entries[key] = first
                file.themes[key] = theme
            for demand, _ in same:
                demand.id = f"{file.cycle.stem}/{key}"


def _places(told: Sequence[int]) -> list[int]:
    """The places of a paragraph's demands in it: those of their letters, and for others those left over."""
    free = (place for place in count(1) if place not in told)
    return [
        place if place and place not in told[:at] else next(free) for at, place in enumerate(told)
    ]


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _free(file: CycleFile, key: str) -> str:
    paragraph = key.partition(".")[0]
    taken = file.known.keys() | file.entries.keys()
    return next(wanted for nth in range(1, 10_000) if (wanted := f"{paragraph}.{nth}") not in taken)


def _known_key(file: CycleFile, demand: Demand, *, alone: bool) -> str:
    """The key of an existing file whose text is this demand's, in the same paragraph if it can be."""
    wanted = _plain(demand.words)
    best, best_score = "", 0.0
    own = 0
    for key, entry in file.known.items():
        same = key.partition(".")[0] == demand.paragraph
        own += same
        texts = entry["text"] if isinstance(entry["text"], dict) else {"": entry["text"]}
        score = max(_likeness(wanted, _plain(text)) for text in texts.values())
        score += 0.05 if same else 0.0
        if score > best_score:
            best, best_score = key, score
    if best_score >= _ALIKE:
        return best
    if own == 1 and alone:  # the only demand of its paragraph, in other words
        return next(key for key in file.known if key.partition(".")[0] == demand.paragraph)
    return ""


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > _ALIKE - 0.05 else 0.0
