"""What is handed in: faults are stopped by the rule they break, and what was packed is what the receipt says."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from docx import Document
from ruamel.yaml import YAML
from small_report import commit_all, everybody, make_report

from shadowreport import console
from shadowreport.core.problems import Diagnostic, Failure, codes
from shadowreport.core.register import Person, Register
from shadowreport.overview.sign_off import sign
from shadowreport.pipeline import examine
from shadowreport.submission import Packed, package, refusals
from shadowreport.submission.files import wrong_files

NOW = datetime(2022, 2, 1, tzinfo=UTC)
SETTINGS = """\
name: tiny
title: Report on Utopia
state: {name: Utopia, code: UTO}
committee: BODY
language: en
cycles: []
organisations:
- {id: forum, name: Rights Forum, description: It watches.}
contacts:
- {name: Rights Forum, email: forum@example.org}
publication: It may be published.
profile: body
session_starts: 2022-06-01
deadline: 2022-03-01 12:00
"""
SECTIONS = {
    "100-summary": "---\ntitle: Summary and methodology\nlevel: 1\n---\n\n{#first}\nArticle 5 is broken.\n\n"
    "::: recommendations\n{#rec-act}\nThe Government should adopt a law.\n:::\n",
}
MANY = "\n\n{#many}\n" + "These are five words more.\n" * 2200


@dataclass(frozen=True)
class Fault:
    """What is changed (pairs of texts), and the rule that stops it."""

    body: str
    rule: str
    changes: tuple[tuple[str, str], ...] = ()
    now: datetime = NOW
    formats: tuple[str, ...] = ()
    own: str = ""  # a rule of the session's note, written into the project


def _later(*time: int) -> datetime:
    return datetime(2022, *time, tzinfo=UTC)


NO_DAY = (("deadline: 2022-03-01 12:00\n", ""),)
NO_DATES = (*NO_DAY, ("session_starts: 2022-06-01\n", ""))
TOO_LATE = (("2022-03-01 12:00", "2022-05-25"),)
TWO = (("description: It watches.}", "description: It watches.}\n- {id: desk, name: Desk}"),)
SECRET = (("publication: It may be published.\n", ""),)
RUSSIAN = (("language: en", "language: ru"),)
LONG = (("is broken.", f"is broken.{MANY}"),)
MINUTE_OVER = _later(3, 1, 11, 1)  # 12:01 in Geneva
NOTE = "- {rule: %s, value: %s, source: The session's note, checked: 2022-01-01, verified: true}"
FAULTS = [
    Fault("cat", "days-before-session", TOO_LATE),
    Fault("cat", "days-before-session", NO_DAY),
    Fault("cat", "days-before-session", NO_DATES),
    Fault("cat", "deadline", NO_DATES),
    Fault("cat", "deadline", now=MINUTE_OVER),
    Fault("ccpr", "words", LONG),
    Fault("ccpr", "languages", RUSSIAN),
    Fault("ccpr", "deadline", NO_DAY),
    Fault("ccpr", "deadline", now=_later(3, 2)),
    Fault("ccpr", "contains", (("::: recommendations\n{#rec-act}\n", ""), (":::\n", ""))),
    Fault("ced", "deadline", NO_DAY),
    Fault("ced", "deadline", now=MINUTE_OVER),
    Fault("ced", "deadline", (("2022-03-01 12:00", "2022-01-31"),)),
    Fault("ced", "words", own=NOTE % ("words", 5)),
    Fault("ced", "languages", own=NOTE % ("languages", "[fr]")),
    Fault("cedaw", "words", LONG),
    Fault("cedaw", "words-coalition", (*LONG, *TWO)),
    Fault("cedaw", "formats", formats=("pdf",)),
    Fault("cedaw", "days-before-session", TOO_LATE),
    Fault("cedaw", "contains", SECRET),
    Fault("cerd", "days-before-session", TOO_LATE),
    Fault("cerd", "languages", RUSSIAN),
    Fault("cerd", "contains", (("Summary and", "The"),)),
    Fault("cerd", "contains", (("Article 5", "The duty"),)),
    Fault("cerd", "avoid", (("is broken.", "is broken, as reliable\nsources say."),)),
    Fault("cerd", "avoid", (("is broken.", "is broken, as *reliable*\nsources say."),)),
    Fault("cerd", "avoid", (("Summary and", "What reliable sources say in summary and"),)),
    Fault("cescr", "pages", LONG),
    Fault("cescr", "pages-coalition", (*LONG, *TWO)),
    Fault("cescr", "languages", RUSSIAN),
    Fault("cescr", "contains", (("methodology\n", "methodology\nnumbered: false\n"),)),
    Fault("cescr", "deadline", now=MINUTE_OVER),
    Fault("cmw", "formats", formats=("pdf",)),
    Fault("cmw", "contains", SECRET),
    Fault("cmw", "deadline", NO_DAY),
    Fault("cmw", "deadline", now=MINUTE_OVER),
    Fault("cmw", "megabytes", own=NOTE % ("megabytes", 1)),
    Fault("crc", "words", LONG),
    Fault("crc", "words-thematic", (*LONG, ("profile:", "scope: thematic\nprofile:"))),
    Fault("crc", "formats", formats=("docx", "pdf")),
    Fault("crc", "heading", (("Report on", "Shadow report on"),)),
    Fault("crc", "deadline", (*NO_DAY, ("profile:", "stage: update\nprofile:"))),
    Fault("crpd", "words", LONG),
    Fault("crpd", "formats", formats=("pdf",)),
    Fault("crpd", "accessible"),
    Fault("crpd", "days-before-session", TOO_LATE),
    Fault("crpd", "contains", (("and methodology", ""),)),
    Fault("upr", "words", LONG),
    Fault("upr", "words-coalition", (*LONG, *TWO)),
    Fault("upr", "languages", (("language: en", "language: pt"),)),
    Fault("upr", "deadline", ((" 12:00", ""),)),
    Fault("upr", "contains", (("methodology\n", "methodology\nnumbered: false\n"),)),
]


def _project(folder: Path, fault: Fault) -> Path:
    files = {"report.yaml": SETTINGS.replace("BODY", fault.body.upper())}
    files["report.yaml"] = files["report.yaml"].replace("profile: body", f"profile: {fault.body}")
    files |= {f"{name}.md": text for name, text in SECTIONS.items()}
    for name, text in files.items():
        for old, new in fault.changes:
            text = text.replace(old, new)
        path = folder / "sections" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if fault.own:
        own = folder / "templates" / "committees" / f"{fault.body}.yaml"
        own.parent.mkdir(parents=True)
        own.write_text(f"rules:\n{fault.own}\n", "utf-8")
    return folder


def _untitled() -> bytes:
    """A Word file of somebody else's, without a title."""
    target = io.BytesIO()
    document = Document()
    document.core_properties.title = ""
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda item: f"{item.body}-{item.rule}")
def test_a_fault_is_stopped_by_its_rule(fault: Fault, tmp_path: Path) -> None:
    report, found = examine(_project(tmp_path, fault))
    assert report
    made = {"docx": _untitled()} if fault.rule == "accessible" else {}
    made |= {"pdf": b"x" * 1_000_001} if fault.rule == "megabytes" else {}
    stopped = [*refusals(report, found, fault.now), *wrong_files(report, made, 0, fault.formats)]
    rules = {match[1] for item in stopped if (match := re.match("rule '(.*?)': ", item.message))}
    assert fault.rule in rules, [str(item) for item in (*stopped, *found)]
    assert all(item.hint for item in stopped)


@pytest.mark.parametrize("body", sorted({fault.body for fault in FAULTS}))
def test_without_a_fault_nothing_is_stopped(body: str, tmp_path: Path) -> None:
    report, found = examine(_project(tmp_path, Fault(body, "")))
    assert report
    assert [str(item) for item in refusals(report, found, NOW)] == []


CONTRADICTORY = {
    "deadline": (("2022-03-01 12:00", "2022-12-01"),),
    "state": (("name: Utopia, code: UTO", "name: Madagascar, code: MLI"),),
    "committee": (("committee: CCPR", "committee: CAT"),),
}


@pytest.mark.parametrize("setting", CONTRADICTORY)
def test_what_contradicts_itself_is_not_handed_in(setting: str, tmp_path: Path) -> None:
    folder = _project(tmp_path, Fault("ccpr", "", CONTRADICTORY[setting]))
    report, found = examine(folder)
    assert report
    told = [item.message for item in found if item.code == "settings-differ"]
    assert len(told) == 1
    stopped = refusals(report, found, NOW)
    assert [item.message for item in stopped] == [f"rule '{setting}': {told[0]}"]


PROFILES = """\
publication: It may be published.
profile: cerd
profiles:
  cerd: {}
"""
BODIES = sorted({fault.body for fault in FAULTS} - {"cerd"})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report to CERD with a passage that is withheld, and a shorter document for each other body."""
    folder = make_report(tmp_path_factory.mktemp("packed") / "small")
    settings = folder / "sections" / "report.yaml"
    bodies = "".join(
        f"  {body}: {{body: {body}, deadline: 2022-03-01 12:00, session_starts: 2022-06-01}}\n"
        for body in BODIES
    )
    text = settings.read_text("utf-8") + "deadline: 2022-03-01\n" + PROFILES + bodies
    settings.write_text(text, "utf-8")
    section = folder / "sections" / "100-general.md"
    secret = "::: confidential\nA zebrafish told us so.\n:::\n\n{#scope}"
    section.write_text(section.read_text("utf-8").replace("{#scope}", secret), "utf-8")
    report, _ = examine(folder)
    assert report
    for name in ("general", "legislation"):
        for file, signed in sign(report, folder, name, "voices", ["facts"], NOW.date()).items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(signed, "utf-8")
    commit_all(folder, "Hand it in")
    return folder


@pytest.mark.parametrize(
    ("body", "edition"),
    [(body, edition) for edition in ("public", "confidential") for body in ("cerd", *BODIES)],
)
def test_what_was_packed_is_what_the_receipt_says(many: Path, body: str, edition: str) -> None:
    profile = "" if body == "cerd" else body
    result = package(many, NOW, edition, persons=everybody(many), anyway=True, profile=profile)
    assert result.files, [str(item) for item in result.reasons]
    path = result.files[-1]
    said = YAML(typ="safe").load(path.read_text("utf-8"))
    assert path.parent.name == "submissions"
    assert (said["edition"], said["committee"]) == (edition, body.upper())
    assert said["report"] == "-".join(filter(None, ("small", profile)))
    assert said["endorsed_by"] == ["voices"]
    unsigned = [item.message for item in result.warnings if item.code == "no-sign-offs"]
    assert len(unsigned) == 1 and "Law Centre" in unsigned[0]
    assert "2022-03-01" in said["deadline"]
    assert said.get("anyway", []) == [item.message for item in result.reasons]
    assert not any(re.match("rule '(release|committee)'", text) for text in said.get("anyway", []))
    rules = [
        rule["rule"]
        for rule in YAML(typ="safe").load(ROOT / "templates" / "committees" / f"{body}.yaml")[
            "rules"
        ]
    ]
    assert {rule["rule"] for rule in said["rules"]} == set(rules)
    packed = result.files[0].parent
    assert {item.name for item in packed.iterdir()} == set(said["files"])
    for name, known in said["files"].items():
        data = (packed / name).read_bytes()
        assert known == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        if name.endswith(".docx"):
            text = "".join(item.text for item in Document(io.BytesIO(data)).paragraphs)
            told = "zebrafish" in text
            assert told == (edition == "confidential" and "letter" not in name)
    names = [name for name in said["files"] if name != "SHA256SUMS"]
    assert all(name.startswith(f"{body.upper()}_KAZ_small") for name in names)
    assert all(f"_{edition}_" in name for name in names)
    sums = (packed / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line.split()[1] for line in sums] == names
    letter = Document(str(next(packed.glob("*letter.docx"))))
    lines = [item.text for item in letter.paragraphs]
    assert names[0] in " ".join(lines)
    assert lines[-3].startswith("On behalf of the organization") and lines[-2].startswith("____")
    assert not any("\n" in line for line in lines)  # a justified line that breaks is stretched
    head = "".join(item.text for item in letter.sections[0].header.paragraphs).strip()
    assert head == ("" if edition == "public" else "Confidential edition: not for publication")


def test_a_submission_that_would_be_refused_is_not_packed(tmp_path: Path) -> None:
    folder = _project(tmp_path, Fault("cedaw", "", SECRET))
    result = package(folder, NOW)
    assert not result.files and not (folder / "submissions").exists()
    assert {"rule 'contains'", "rule 'release'"} <= {
        item.message.partition(":")[0] for item in result.reasons
    }
    assert "left until 2022-03-01 12:00 in Geneva" in result.left
    settings = folder / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8").replace("profile: cedaw\n", ""), "utf-8")
    with pytest.raises(Failure, match="whose rules"):
        package(folder, NOW)


def test_a_report_in_a_language_that_is_not_taken_is_handed_in_as_its_version(
    tmp_path: Path,
) -> None:
    """As a coalition does that drafts in Portuguese: the rules are kept by what is handed in."""
    version = "language: pt\ntranslations: {en: {title: Report, state: {name: Utopia}, organisations: {forum: {name: Forum}}}}"
    folder = _project(tmp_path, Fault("crpd", "", (("language: en", version),)))
    rules = folder / "templates" / "committees" / "crpd.yaml"
    rules.parent.mkdir(parents=True)
    rules.write_text(
        'rules:\n- {rule: languages, value: [en, fr], source: A note, checked: "2026-01-01", verified: true}\n'
        '- {rule: words, value: 3, source: A note, checked: "2026-01-01", verified: true}\n',
        "utf-8",
    )
    original = folder / "sections" / "100-summary.md"
    (folder / "sections" / "100-summary.en.md").write_text(original.read_text("utf-8"), "utf-8")
    refused = package(folder, NOW, anyway=True)
    (told,) = [item for item in refused.reasons if "'languages'" in item.message]
    assert told.hint and "package --language en" in told.hint
    packed = package(folder, NOW, anyway=True, language="en")
    rules_broken = {item.message.split("'")[1] for item in packed.reasons}
    assert "words" in rules_broken and "languages" not in rules_broken
    names = [path.name for path in packed.files]
    assert names[0] == "CRPD_UTO_tiny-en_public_en.docx", names
    letter = Document(str(next(path for path in packed.files if "letter" in path.name)))
    assert "To the secretariat" in "".join(item.text for item in letter.paragraphs)


def _secretly_signed(folder: Path) -> Path:
    """The small report, of which an organisation has signed nothing but what is confidential."""
    make_report(folder)
    section = folder / "sections" / "100-general.md"
    text = section.read_text("utf-8")
    text += "\n::: confidential\n{#told}\nA zebrafish told us so.\n:::\n"
    section.write_text(text, "utf-8")
    settings = folder / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8") + "profile: cerd\n", "utf-8")
    report, found = examine(folder)
    assert report, found
    signed = sign(report, folder, "general#told", "voices", ["facts"], NOW.date())
    for file, stamps in signed.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(stamps, "utf-8")
    commit_all(folder, "Sign")
    return folder


def _receipt(result: Packed) -> dict[str, Any]:
    return YAML(typ="safe").load(result.files[-1].read_text("utf-8"))


def test_two_letters_do_not_tell_who_has_read_what_is_confidential(tmp_path: Path) -> None:
    folder = _secretly_signed(tmp_path)
    letters: list[list[str]] = []
    for edition in ("public", "confidential"):
        result = package(folder, NOW, edition, persons=everybody(folder), anyway=True)
        assert _receipt(result)["endorsed_by"] == ["voices"]
        letter = next(path for path in result.files if "letter" in path.name)
        lines = [item.text for item in Document(str(letter)).paragraphs]
        letters.append(lines[next(nth for nth, line in enumerate(lines) if "signed off" in line) :])
    assert letters[0] == letters[1]
    assert "– Minority Voices" in letters[0] and "Law Centre" not in " ".join(letters[0])


def test_a_second_receipt_replaces_no_other_and_tells_what_no_commit_holds(tmp_path: Path) -> None:
    folder = _secretly_signed(tmp_path)
    first = package(folder, NOW, "confidential", persons=Register(), anyway=True)
    before = first.files[-1].read_bytes()
    assert "uncommitted" not in _receipt(first) and not first.uncommitted
    changed = "sections/100-general.md"
    (folder / changed).write_text((folder / changed).read_text("utf-8") + "\nMore.\n", "utf-8")
    assert first.remarks == ()
    names = [first.files[-1].stem]
    for _ in range(2):
        again = package(folder, NOW, "confidential", persons=Register(), anyway=True)
        assert _receipt(again)["uncommitted"] == [changed] == [*again.uncommitted]
        names.append(again.files[-1].stem)
    assert names == [names[0], f"{names[0]}-2", f"{names[0]}-3"]
    assert first.files[-1].read_bytes() == before


def test_a_confidential_edition_says_itself_that_it_is_not_published(tmp_path: Path) -> None:
    folder = _secretly_signed(tmp_path)
    settings = folder / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8").replace(": cerd\n", ": cmw\n"), "utf-8")
    told: dict[str, bool] = {}
    for edition in ("public", "confidential"):
        result = package(folder, NOW, edition, persons=everybody(folder), anyway=True)
        found = [*result.reasons, *result.warnings]
        told[edition] = any("statement on publication" in item.message for item in found)
    assert told == {"public": True, "confidential": False}


def test_a_receipt_is_called_by_the_day_in_geneva(tmp_path: Path) -> None:
    folder = _secretly_signed(tmp_path)
    late = datetime(2022, 2, 1, 23, 30, tzinfo=UTC)  # half past midnight there
    packed = package(folder, late, "confidential", persons=Register(), anyway=True)
    assert packed.files[-1].name.startswith("2022-02-02-")
    assert _receipt(packed)["packed"].startswith("2022-02-02")


def test_a_limit_of_pages_holds_beside_one_of_words(tmp_path: Path) -> None:
    own = f"{NOTE % ('words', 50_000)}\n{NOTE % ('pages', 4)}"
    report, found = examine(_project(tmp_path, Fault("ced", "", LONG, own=own)))
    assert report
    stopped = [*refusals(report, found, NOW), *wrong_files(report, {}, 12, ())]
    rules = [item.message.partition(":")[0] for item in stopped]
    assert rules == [
        "rule 'pages'",
        "rule 'pages'",
    ]  # by the words of the text, by the finished PDF
    assert "12 pages" in stopped[1].message


def _bare(item: Diagnostic) -> str:
    """What is wrong, without the rule that it breaks."""
    return re.sub("^rule '.*?': ", "", item.message)


def test_a_register_cannot_be_left_out_where_persons_are_protected(tmp_path: Path) -> None:
    folder = _project(tmp_path, Fault("ced", ""))
    decided = folder / "references" / "persons.yaml"
    decided.parent.mkdir()
    decided.write_text("persons:\n  witness: {public: {en: a witness}}\n", "utf-8")
    settings = folder / "sections" / "report.yaml"
    dated = settings.read_text("utf-8")
    settings.write_text(dated.replace("deadline: 2022-03-01 12:00\n", ""), "utf-8")
    with pytest.raises(Failure) as failure:
        package(folder, NOW, anyway=True)
    reasons = [item.message for item in failure.value.diagnostics]
    assert "no register was named" in reasons[0]
    assert any(text.startswith("rule 'deadline'") for text in reasons)  # all are told at once
    with pytest.raises(Failure) as failure:
        package(folder, NOW, persons=Register(), anyway=True)  # which knows nobody
    assert failure.value.diagnostics[0].code == "not-in-register"
    settings.write_text(dated, "utf-8")
    decided.write_text("persons: {}\n", "utf-8")
    assert package(folder, NOW, anyway=True).files


def test_each_fault_is_told_once_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    contacts = "contacts:\n- {name: Rights Forum, email: forum@example.org}\n"
    named = ("is broken.", "is broken, Aldo Zander says.")
    silent = (("Summary and", "The"), (contacts, ""), named, *NO_DAY)
    rules = (("avoid", "is broken"), ("contains", "[summary]"), ("days-before-session", 14))
    own = "\n".join(NOTE % rule for rule in rules)
    folder = _project(tmp_path, Fault("cerd", "", silent, own=own))
    persons = Register({"witness": Person("witness", {"en": "Aldo Zander"})})
    result = package(folder, NOW, persons=persons, anyway=True)
    all_told = [(item.place, _bare(item)) for item in (*result.warnings, *result.reasons)]
    assert len(all_told) == len({*all_told})
    told, reasons = map(_bare, result.warnings), [*map(_bare, result.reasons)]
    assert any("nobody is named whom the secretariat can ask" in text for text in told)
    assert any(text.startswith("the deadline is not in report.yaml") for text in reasons)
    assert all(item.hint == item.hint.strip() for item in (*result.warnings, *result.reasons))
    monkeypatch.chdir(folder)
    console.packed(result, folder)
    said = capsys.readouterr().out
    assert "does not override" in said and "--anyway packs it" not in said


def test_every_code_of_submissions_is_described() -> None:
    page = (ROOT / "docs" / "submitting.md").read_text("utf-8")
    assert [code for code in codes("submit") if f"### `{code}`" not in page] == []
