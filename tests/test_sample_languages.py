"""The sample in Russian and Kazakh: what it says there stands beside the original, number by number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from conftest import copy_translated_sample

from shadowreport.pipeline import Built, build

NAME = "kazakhstan-cerd-2022"
SECTIONS = {"ru": 9, "kk": 2}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample in all its languages."""
    project = copy_translated_sample(tmp_path_factory.mktemp("sample"))
    result = build(project, ("json",), language="all")
    assert result.succeeded, result.diagnostics
    return result


def _data(built: Built) -> dict[str, Mapping[str, Any]]:
    """Each version by its language."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in built.files}
    assert list(found) == [NAME, f"{NAME}-ru", f"{NAME}-kk"]
    return {data["language"]: data for data in found.values()}


def test_every_version_is_up_to_date(built: Built) -> None:
    assert [item.code for item in built.diagnostics] == ["unanswered-recommendation"]


def test_a_version_has_the_numbers_and_the_ties_of_the_original(built: Built) -> None:
    data = _data(built)
    whole = dict(_facts(data["en"]))
    for code, count in SECTIONS.items():
        assert len(data[code]["sections"]) == count
        facts = dict(_facts(data[code]))
        assert facts == {name: whole[name] for name in facts}
    assert sum(name.startswith("par-") for name in whole) == 162 + 6  # those of the summary


def _facts(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for section in data["sections"]:
        yield section["anchor"], (section["level"], section["recommendations"])
        for item in _items(section["items"]):
            ties = [item.get(key) for key in ("answers", "finding")]
            yield item["anchor"], (item.get("label"), *ties, len(item.get("footnotes", ())))


def _items(items: Any) -> Iterator[Mapping[str, Any]]:
    for item in items:
        if "anchor" in item:
            yield item
        yield from _items(item.get("recommendations", ()))


def test_no_sentence_of_the_original_is_left(built: Built) -> None:
    for code in SECTIONS:
        for section in _data(built)[code]["sections"]:
            for item in _items(section["items"]):
                latin = re.findall(
                    r"(?<![/.-])\b[A-Za-z]{3,}", re.sub(r"\S+/\S+", "", item["text"])
                )
                assert latin == [], item["anchor"]
