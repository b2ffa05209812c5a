"""The State of an imported report: by symbols, by its title, by its text; told as a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from word_files import WordFile

from shadowreport.core.states import states_named
from shadowreport.importing import ImportOptions, import_report
from shadowreport.pipeline import build

_FILLER = (
    "The courts of the country have not looked at any of these cases in the last years.",
    "No statistics on them were published, and nobody knows how many there were in all.",
)


def imported(tmp_path: Path, title: str, *texts: str) -> tuple[dict[str, str], list[str]]:
    """The State in report.yaml, and what was told of the guess."""
    word = WordFile()
    word.text(title, style="Title")
    word.text("The situation", style="Heading 1")
    for text in (*texts, *_FILLER):
        word.text(text)
    result = import_report(word.save(tmp_path / "report.docx"), tmp_path / "project")
    data = YAML(typ="safe").load(tmp_path / "project/sections/report.yaml")
    assert build(tmp_path / "project", ("json",)).succeeded
    told = [f"{item.seen}: {item.decided}" for item in result.guesses if item.kind == "state"]
    return data["state"], told


@pytest.mark.parametrize(
    ("title", "text", "state", "told"),
    [
        ("Alternative report", "See CERD/C/KAZ/CO/8-10.", "KAZ", "symbols in the text"),
        ("Alternative report", "See document CERD/C/KAZ.", "KAZ", "symbols in the text"),
        ("Alternative report on Kazakhstan", "Nothing.", "KAZ", "the title"),
        ("REPORT ON THE REPUBLIC OF MOLDOVA", "Nothing.", "MDA", "the title"),
        ("Racism in Nigeria", "The Niger is a river.", "NGA", "the title"),
        ("A report", "Kenya is large. In Kenya, as Kenya says.", "KEN", "names in the text"),
    ],
)
def test_a_state_that_the_document_names_is_known(
    tmp_path: Path, title: str, text: str, state: str, told: str
) -> None:
    found, guesses = imported(tmp_path, title, text)
    assert found["code"] == state
    assert guesses == [f"{told}: {found['name']} ({state})"]


def test_the_symbol_that_somebody_gave_for_a_cycle_tells_the_state(tmp_path: Path) -> None:
    word = WordFile()
    word.text("The situation", style="Heading 1")
    word.table(["CERD (2014)"], ["Adopt a law. (para. 9)"])
    for number, text in enumerate((*_FILLER, "See CERD/C/FRA/CO/20."), 1):
        word.text(f"{number}. {text}")
    options = ImportOptions(cycles={"2014": "CERD/C/KGZ/CO/8"})
    result = import_report(word.save(tmp_path / "a.docx"), tmp_path / "project", options)
    (told,) = [item for item in result.guesses if item.kind == "state"]
    assert (told.seen, told.decided) == ("the symbols of --cycle", "Kyrgyzstan (KGZ)")


def test_a_state_that_is_named_in_passing_is_not_taken(tmp_path: Path) -> None:
    texts = ("Kenya is large. In Kenya, as Kenya says.", "Uganda, and Uganda again.")
    found, guesses = imported(tmp_path, "A report", *texts)
    assert found["name"].startswith("TODO") and "code" not in found and guesses == []


def test_names_in_cyrillic_letters_are_known_with_other_endings() -> None:
    text = "О положении в Казахстане и Республике Молдове, в сравнении с Австрией"
    assert states_named(text, "ru") == ["KAZ", "MDA", "AUT"]
    assert states_named("Нигерия и Нигер", "ru") == ["NGA", "NER"]
