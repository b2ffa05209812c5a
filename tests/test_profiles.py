"""The profiles of committees: complete, well formed, and honest about what nobody has checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowreport.checks.limits import PARTS
from shadowreport.load.editorial import profile_names, read_profile

PROJECT = Path(__file__).parents[1]
BODIES = {"cat", "ccpr", "ced", "cedaw", "cerd", "cescr", "cmw", "crc", "crpd", "upr"}


def test_all_treaty_bodies_and_the_periodic_review_have_a_profile() -> None:
    assert set(profile_names(PROJECT)) >= BODIES


@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_profile_gives_the_source_of_every_rule(name: str) -> None:
    profile = read_profile(PROJECT, name)
    assert profile.body == name.upper()
    assert all(len(rule.source) > 10 for rule in profile.rules)
    memories = [
        rule for rule in profile.rules if "memory" in rule.source or "second hand" in rule.source
    ]
    assert not any(rule.verified for rule in memories)


@pytest.mark.parametrize("name", sorted(BODIES))
def test_the_parts_that_a_profile_asks_for_can_be_looked_for(name: str) -> None:
    rules = read_profile(PROJECT, name).rules
    asked = {part for rule in rules if rule.kind == "contains" for part in rule.value}
    assert asked <= set(PARTS)
