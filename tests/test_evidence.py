"""What a finding rests on beside published sources: who keeps it in public, what it is for the committee."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from conftest import Tiny
from small_report import everybody
from test_editions import everything
from test_held_rows import committed
from test_publishing import files
from wordedit import WordEdit

from shadowreport.load import load
from shadowreport.overview.status import status
from shadowreport.overview.status_views import render_html
from shadowreport.overview.verify import verify
from shadowreport.pipeline import Built, build, examine
from shadowreport.publishing import publish_copy
from shadowreport.render import FORMATS
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

BODY = """\
{#seen}
Teachers were threatened in three schools of the south.

- two of them left

{#law}
No law protects them [@letter, p. 2].

{#told}
Nobody was heard.

::: confidential
{#held}
Nobody was punished.
:::
"""
FRONT = """\
title: Schools
level: 1
paragraphs:
  seen:
    answers: [cerd-2014/6]
    finding: not-implemented
    evidence:
    - {on_file: first, what: interview with a teacher of Taraz, date: 2022-01-03, archived: "https://archive.example/x", CONSENT}
    - {on_file: first, what: minutes of a meeting}
  told: {answers: [cerd-2014/9.1], finding: regression, evidence: [{on_file: first}]}
  law: {answers: [cerd-2014/9.2], finding: regression}
  held: {evidence: [{on_file: first, what: a list of names}]}
"""
CONSENT = "consent: {level: anonymous, date: 2022-01-03, by: first, purposes: [CERD]}"
SOURCES = """\
references:
- id: letter
  type: personal_communication
  title: Letter of a school
  evidence: {on_file: first, archived: "https://archive.example/letter", FILE}
"""
PUBLIC = "On file with First Organization; on file with First Organization."
FULL = (
    "Interview with a teacher of Taraz, 3 January 2022, on file with First Organization, archived at "
    "https://archive.example/x; minutes of a meeting, on file with First Organization."
)


@pytest.fixture
def kept(tiny: Tiny) -> Tiny:
    """A report with evidence of every kind, in a folder of its own."""
    inner = Tiny(tiny.project / "report")
    put(inner)
    return inner


def put(tiny: Tiny, consent: str = CONSENT, file: str = "consent: {level: named}") -> None:
    """Writes the section and its source."""
    tiny.section("100-schools", BODY, FRONT.replace("CONSENT", consent))
    tiny.write("references/sources.yaml", SOURCES.replace("FILE", file))


def notes(tiny: Tiny, name: str) -> list[str]:
    """The footnotes of an edition."""
    found = json.loads((tiny.project / "build" / f"{name}.json").read_bytes())
    return [note["text"] for note in found["footnotes"]]


def good(result: Built) -> Built:
    """A build without errors."""
    assert result.succeeded, result.diagnostics
    return result


def test_each_edition_prints_what_it_may(kept: Tiny) -> None:
    files = good(build(kept.project)).files
    letter = "Letter of a school, p.\xa02, on file with First Organization, archived at https://archive.example/letter."
    assert notes(kept, "tiny") == [PUBLIC, letter, "On file with First Organization."]
    whole = notes(kept, "tiny-confidential")
    assert whole[:3] == [FULL, letter, "On file with First Organization."]
    assert whole[3] == "A list of names, on file with First Organization."
    assert len(files) == 2 * len(FORMATS)
    for path in files:
        text = everything(path)
        told = "confidential" in path.name
        assert ("minutes" in text) == told or path.suffix == ".pdf", path
        assert told or not [w for w in ("Taraz", "minutes", "archive.example/x") if w in text], path
    public = {path.name: path.read_bytes() for path in files if "confidential" not in path.name}
    other = FRONT.replace("a teacher of Taraz", "Қанатқызы").replace("2022-01-03,", "2020-11-30,")
    kept.section("100-schools", BODY, other.replace("CONSENT", "consent: {level: named}"))
    again = good(build(kept.project, name="public")).files
    assert {path.name: path.read_bytes() for path in again} == public


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        ("consent: {level: none}", "was refused"),
        ("consent: {level: confidential}", "is for the confidential edition only"),
        ("consent: {level: anonymous, purposes: [CRC]}", "was given for CRC, not for CERD"),
        ("consent: {level: anonymous, until: 2021-12-31}", "ended on 2021-12-31"),
        ("consent: {level: named, withdrawn: 2022-02-01}", "was withdrawn on 2022-02-01"),
    ],
)
def test_consent_counts_for_evidence(kept: Tiny, consent: str, said: str) -> None:
    put(kept, consent)
    result = build(kept.project, ("json",))
    told = [item for item in result.diagnostics if item.code == "no-consent"]
    assert [(item.place.line, item.message) for item in told] == [
        (9, f"the consent to use this evidence {said}")
    ]
    assert not result.succeeded
    put(kept, CONSENT, consent)
    told = [
        item for item in build(kept.project, ("json",)).diagnostics if item.code == "no-consent"
    ]
    assert [item.place.file for item in told] == ["references/sources.yaml"]


def test_evidence_of_a_withheld_paragraph_needs_no_consent_to_be_public(kept: Tiny) -> None:
    front = FRONT.replace("a list of names", "a list, consent: {level: confidential}")
    kept.section("100-schools", BODY, front.replace("CONSENT", CONSENT))
    good(build(kept.project, ("json",)))


def test_what_is_typed_wrongly_is_told_with_its_line(kept: Tiny) -> None:
    put(kept, "sha256: abc")
    assert ("sections/100-schools.md", 9) in [
        (item.place.file, item.place.line) for item in examine(kept.project)[1]
    ]
    put(kept)
    path = kept.project / "sections/100-schools.md"
    path.write_text(
        path.read_text().replace("on_file: first, what: min", "on_file: fist, what: min")
    )
    (problem,) = [item for item in examine(kept.project)[1] if item.code == "unknown-organisation"]
    assert problem.place.line == 10 and "first" in problem.hint


def test_copies_of_evidence_are_proved(kept: Tiny) -> None:
    right, wrong = hashlib.sha256(b"x").hexdigest(), hashlib.sha256(b"y").hexdigest()

    def told(consent: str) -> list[str]:
        put(kept, consent, f"file: letter.pdf, sha256: {right}")
        report, _ = load(kept.project)
        assert report
        return [item.code for item in verify(report, kept.project).diagnostics]

    kept.write("archive/letter.pdf", "x")
    assert told(f"file: tape.mp3, sha256: {right}") == ["copy-missing"]
    kept.write("archive/tape.mp3", "x")
    assert told(f"file: tape.mp3, sha256: {right}") == []
    assert told(f"file: tape.mp3, sha256: {wrong}") == ["copy-changed"]


def test_status_tells_what_each_finding_rests_on(kept: Tiny) -> None:
    put(kept, CONSENT.replace("purposes: [CERD]", "until: 2022-01-31"))
    report, _ = load(kept.project)
    assert report
    state = status(report, date(2022, 3, 1))
    rests = [(item.label, item.finding, item.sources, len(item.evidence)) for item in state.rests]
    assert rests == [
        ("1", "not-implemented", (), 2),
        ("3", "regression", (), 1),
        ("2", "regression", ("letter",), 0),
        ("4", "", (), 1),
    ]
    first = state.rests[0].evidence[0]
    assert "teacher of Taraz" in first[0]
    assert first[1:] == (
        "anonymous",
        "ended on 2022-01-31",
        "anonymous, ended: 31 January 2022",
    )
    page = render_html(state, report.speech.language, kept.project)
    assert "<td>Not implemented</td>" in page and ">not-implemented<" not in page
    assert "What each finding rests on" in page and "ended: 31" in page


def test_a_finding_that_rests_on_what_is_on_file_has_evidence(kept: Tiny) -> None:
    assert "finding-without-evidence" not in {item.code for item in examine(kept.project)[1]}
    kept.section(
        "100-schools",
        BODY,
        FRONT.replace(", evidence: [{on_file: first}]", "").replace("CONSENT", CONSENT),
    )
    found = [item for item in examine(kept.project)[1] if item.code == "finding-without-evidence"]
    assert len(found) == 1


def test_a_copy_of_the_sources_tells_who_keeps_it_and_nothing_else(
    kept: Tiny, tmp_path: Path
) -> None:
    publish_copy(kept.project, tmp_path / "copy", everybody(kept.project))
    copied = {name: data.decode() for name, data in files(tmp_path / "copy").items()}
    assert not [name for name, text in copied.items() if "Taraz" in text or "minutes" in text]
    assert "consent" not in copied["sections/100-schools.md"]
    assert "consent" not in copied["references/sources.yaml"]


@pytest.mark.parametrize("edition", ["public", "confidential"])
def test_generated_footnotes_come_back_from_word_unharmed(kept: Tiny, edition: str) -> None:
    committed(kept)
    before = (kept.project / "sections/100-schools.md").read_text()
    (file,) = send(kept.project, (), "", edition).files
    merge(kept.project, WordEdit(file).save(kept.project / "back.docx"))
    assert (kept.project / "sections/100-schools.md").read_text() == before
    word = WordEdit(file)
    word.replace(word.holding("Teachers were"), "three schools", "four schools")
    word.replace(word.holding("Nobody was heard"), "Nobody", "No one")
    word.replace(
        word.holding("On file with" if edition == "public" else "Interview"), "First", "1st"
    )
    merge(kept.project, word.save(kept.project / "back.docx"))
    after = before.replace("three schools", "four schools").replace(
        "Nobody was heard", "No one was heard"
    )
    assert (kept.project / "sections/100-schools.md").read_text() == after


def test_what_a_finding_rests_on_is_set_as_the_text_is(tiny: Tiny) -> None:
    front = 'title: One\nlevel: 1\nparagraphs:\n  seen: {answers: [cerd-2014/6], finding: regression, evidence: [{on_file: first, what: "a teacher\'s \\"list\\""}]}'
    tiny.section(
        "100-one", "{#seen}\nIt was seen.\n\n::: confidential\n{#held}\nHeld.\n:::\n", front
    )
    assert tiny.build("md").succeeded
    confidential = (tiny.project / "build/tiny-confidential.md").read_text("utf-8")
    assert "A teacher’s “list”, on file with First Organization." in confidential
