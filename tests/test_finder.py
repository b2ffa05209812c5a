"""How many of the persons whom a text names are found, on texts that were written after the rules.

In tests/finder/ every mention of a person stands between [[ and ]]; |KEY says who is meant where the longest word
of the mention does not. A person is found where one of the mentions is, in whole or in part; an alarm is a name that
was found and is nobody's. `pytest tests/test_finder.py -s` tells the counts, who was missed, and every alarm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Tiny

from shadowreport.checks.finder import finder_of
from shadowreport.checks.prose import bodies
from shadowreport.load import load

TEXTS = Path(__file__).with_name("finder")
_MENTION = re.compile(r"\[\[(.+?)(?:\|(.+?))?\]\]")


@dataclass(frozen=True)
class Measured:
    """The distinct persons of a text, those who were found, and the distinct alarms."""

    persons: set[str]
    found: set[str]
    alarms: set[str]

    @property
    def recall(self) -> float:
        """The share of persons who were found."""
        return len(self.found) / len(self.persons)

    @property
    def precision(self) -> float:
        """The share of distinct names that were found and are somebody's."""
        return len(self.found) / (len(self.found) + len(self.alarms))


def measured(tiny: Tiny, language: str) -> Measured:
    """What the rules find in a text of tests/finder/."""
    marked = (TEXTS / f"{language}.md").read_text("utf-8")
    places: dict[str, list[str]] = {}
    for match in _MENTION.finditer(marked):
        key = match[2] or max(re.findall(r"\w+", match[1]), key=len).casefold()
        places.setdefault(key, []).append(match[1])
    settings = tiny.project / "sections/report.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("language: en", f"language: {language}")
    )
    tiny.section("100-general", _MENTION.sub(lambda match: match[1], marked))
    report, _ = load(tiny.project)
    assert report
    (text,) = [passage.text for passage in bodies(report) if len(passage.text) > 1000]
    spans: list[tuple[int, int, str]] = []
    for key, mentions in places.items():
        for words in mentions:
            spans += [(m.start(), m.end(), key) for m in re.finditer(re.escape(words), text)]
    found: set[str] = set()
    alarms: set[str] = set()
    for item in finder_of(report)(text):
        end = item.offset + len(item.name)
        who = {key for first, last, key in spans if first < end and item.offset < last}
        found |= who
        alarms |= set() if who else {item.name}
    return Measured(set(places), found, alarms)


@pytest.mark.parametrize(
    ("language", "recall", "precision"),
    [(code, 0.9, 0.7) for code in ("en", "ru", "kk", "fr", "es")],
)
def test_persons_are_found_in_a_text_that_no_rule_has_seen(
    tiny: Tiny, language: str, recall: float, precision: float
) -> None:
    result = measured(tiny, language)
    missed = sorted(result.persons - result.found)
    print(
        f"\n{language}: {len(result.persons)} persons, {len(result.found)} found, {len(result.alarms)} alarms"
    )
    print(
        f"recall {result.recall:.2f}, precision {result.precision:.2f}\nmissed: {missed}\nalarms: {sorted(result.alarms)}"
    )
    assert len(result.persons) >= 40
    assert result.recall >= recall
    assert result.precision >= precision
