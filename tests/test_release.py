"""A release is written only where nothing is left to decide, and says what was proved."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from small_report import commit_all, make_report, run_git

from shadowreport.checks.registered import MISSING, unregistered
from shadowreport.checks.release import STRICT
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Person, Register
from shadowreport.core.report import Place
from shadowreport.load import load
from shadowreport.outgoing import registered
from shadowreport.pipeline import Built, build
from shadowreport.publishing import publish_copy
from shadowreport.release import properties
from shadowreport.render import FORMATS

SECTION = "sections/100-general.md"
NOBODY = Register()
TWICE = "The guard of the old mill was seen by all the neighbours on that morning."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_report(tmp_path / "small")


def _add(project: Path, text: str, file: str = SECTION) -> None:
    path = project / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{before}{text}", "utf-8")
    commit_all(project, "Change something")


def _errors(result: Built) -> list[tuple[str, str]]:
    return [(item.code, item.place.file) for item in result.diagnostics if item.severity == "error"]


def _released(project: Path, **options: object) -> Built:
    result = build(project, **({"persons": NOBODY, "release": True} | options))  # pyright: ignore
    assert bool(result.files) == result.succeeded
    return result


def test_a_release_has_a_record(project: Path) -> None:
    result = _released(project)
    assert _errors(result) == []
    names = {path.name for path in result.files}
    assert names == {*(f"small.{kind}" for kind in FORMATS), "small-release.json"}
    record = json.loads((project / "build" / "small-release.json").read_text("utf-8"))
    assert record["commit"] == run_git(project, "rev-parse", "HEAD").strip()
    assert len(record["proved"]) == 5 and record["doubtful_places"] == {}
    for name, said in record["files"].items():
        data = (project / "build" / name).read_bytes()
        assert said == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def test_the_record_of_a_release_counts_what_may_be_a_name(project: Path) -> None:
    _add(project, "\nThe neighbours call her Hildburg.\n")
    register = Register({"guard": Person("guard", {"en": "Hildburg Ostrovskow"})})
    result = _released(project, persons=register)
    doubts = [item for item in result.diagnostics if item.code == "withheld-perhaps"]
    record = json.loads((project / "build" / "small-release.json").read_text("utf-8"))
    assert record["doubtful_places"] == Counter(item.place.file for item in doubts)
    assert "build/small.docx" in record["doubtful_places"]
    assert "guard" not in json.dumps(record)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"persons": None}, "no register"),
        ({"sections": ("legislation",)}, "whole report"),
        ({"formats": ("docx",)}, "whole report"),
    ],
)
def test_a_part_or_an_unsearched_report_is_no_release(
    project: Path, options: dict[str, object], what: str
) -> None:
    result = _released(project, **options)
    assert [code for code, _ in _errors(result)] == ["not-releasable"]
    assert any(what in str(item) for item in result.diagnostics)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\nLast year Winifred Hathersage told us.\n", "undecided-person"),
        ("\n::: note\nIs that so?\n:::\n", "open-note"),
        (f"\n{TWICE}\n\n::: confidential\n{TWICE}\n:::\n", "also-public"),
        ("\nCall +7 701 123 45 67.\n", "identifying-number"),
        ("\nSee [this](https://bit.ly/abc).\n", "unsafe-link"),
        ("\nSee [this](https://example.org/a?id=3&utm_source=mail).\n", "unsafe-link"),
        ("\nSee [https://example.org/a](https://example.com/b).\n", "link-text-differs"),
    ],
)
def test_what_a_draft_may_hold_a_release_may_not(project: Path, text: str, code: str) -> None:
    _add(project, text)
    assert _errors(_released(project)) == [(code, SECTION)]
    assert build(project).succeeded


def test_who_is_decided_may_be_named_while_consent_counts(project: Path) -> None:
    _add(project, "\nLast year Winifred Hathersage told us.\n")
    decided = "named:\n- {name: Winifred Hathersage, public: consent, consent: {level: named%s}}\n"
    for more, faults in (
        (", purposes: [CERD], until: 2999-12-31", []),
        (", purposes: [CEDAW]", ["no-consent"]),
        (", until: 2020-01-01", ["no-consent"]),
        (", withdrawn: 2020-01-01", ["no-consent"]),
        (", date: 2999-01-01", ["no-consent"]),
    ):
        (project / "references" / "persons.yaml").write_text(decided % more, "utf-8")
        commit_all(project, "Decide")
        assert [code for code, _ in _errors(_released(project))] == faults, more
    anonymous = decided.replace("named%s", "anonymous")
    (project / "references" / "persons.yaml").write_text(anonymous, "utf-8")
    commit_all(project, "Decide")
    assert [code for code, _ in _errors(_released(project))] == ["no-consent"]


def test_a_release_is_made_of_a_commit(project: Path, tmp_path: Path) -> None:
    path = project / SECTION
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    assert _errors(_released(project)) == [("not-releasable", SECTION)]
    other = make_report(tmp_path / "other")
    (other / ".git").rename(tmp_path / "gone")
    assert [code for code, _ in _errors(_released(other))] == ["not-releasable"]


def test_a_file_that_holds_nothing_public_is_not_named(project: Path) -> None:
    for name in ("700-the-mill.md", "710-witness-of-the-mill.md"):
        text = "---\ntitle: Seen\nedition: confidential\n---\n\nIt was seen.\n"
        (project / "sections" / name).write_text(text, "utf-8")
    result = _released(project)
    assert _errors(result) == [("not-releasable", "sections")]
    assert "mill" not in " ".join(map(str, result.diagnostics))


def test_a_build_of_the_public_edition_tells_that_public_text_says_confidential_words(
    project: Path,
) -> None:
    _add(project, f"\n{TWICE}\n\n::: confidential\n{TWICE}\n:::\n")
    result = build(project, ("md",), name="public")
    (item,) = [item for item in result.diagnostics if item.code == "also-public"]
    assert result.succeeded and item.place.file == "sections"
    assert "guard" not in str(item)


def test_a_withheld_name_stops_a_release(project: Path) -> None:
    _add(project, "\nThe miller of Hathersage told us.\n")
    persons = Register({"miller": Person("miller", {"en": "Winifred Hathersage"})})
    assert {code for code, _ in _errors(_released(project, persons=persons))} == {"withheld-found"}


def test_pictures_are_to_be_looked_at(project: Path) -> None:
    (project / "sections" / "images").mkdir()
    Image.new("RGB", (40, 30)).save(project / "sections" / "images" / "map.png")
    _add(project, "\n![A map](images/map.png)\n")
    result = _released(project)
    assert _errors(result) == []
    looks = [item.place.file for item in result.diagnostics if item.code == "look-at-picture"]
    assert looks == ["sections/images/map.png"]


def _docx(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        change(archive)
    return out.getvalue()


def test_properties_that_name_somebody_are_seen(project: Path) -> None:
    from shadowreport.pipeline import examine

    report, _ = examine(project)
    assert report
    by = "<c><dc:creator xmlns:dc='x'>W. Hathersage</dc:creator></c>"
    for data in (
        _docx(lambda archive: archive.writestr("docProps/core.xml", by)),
        _docx(lambda archive: archive.writestr("word/comments.xml", "<c/>")),
    ):
        assert [item.code for item in properties("a.docx", data, report)] == ["properties-left"]


def test_an_apostrophe_in_the_name_of_an_organization_tells_of_nobody(project: Path) -> None:
    settings = project / "sections/report.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("Law Centre", 'Women\'s "Law" Centre'), "utf-8"
    )
    commit_all(project, "Name it")
    assert _errors(_released(project)) == []


def test_nothing_unfinished_is_released(project: Path) -> None:
    _add(project, "\nTODO: state the facts.\n")
    assert _errors(_released(project)) == [("leftover", SECTION)]


def test_the_short_texts_of_a_shorter_document_are_searched_for_persons(project: Path) -> None:
    path = project / "sections/200-legislation.md"
    tie = "finding: not-implemented"
    short = f'{tie}, short: "Judge Ivan Sidorov beat her, phone +7 701 123 45 67."'
    path.write_text(path.read_text("utf-8").replace(tie, short, 1), "utf-8")
    commit_all(project, "A short text")
    codes = {code for code, _ in _errors(_released(project))}
    assert {"undecided-person", "identifying-number"} <= codes


def test_what_is_strict_is_a_warning_of_the_checks() -> None:
    levels = {code: Diagnostic(code, Place("x"), "").severity for code in STRICT}
    assert set(levels.values()) == {"warning"}


PERSONS = """persons:
  teacher-south: {public: {en: a teacher}}
  pilot: {public: {en: a pilot}}
"""


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ((), ["pilot", "teacher-south"]),
        (("pilot",), ["teacher-south"]),
        (("pilot", "teacher-sout"), ["teacher-south"]),
        (("pilot", "teacher-south", "smith"), []),
    ],
)
def test_whom_the_register_does_not_know_keeps_everything_from_going_out(
    project: Path, tmp_path: Path, known: tuple[str, ...], missing: list[str]
) -> None:
    _add(project, PERSONS, "references/persons.yaml")
    persons = Register({key: Person(key, {"en": "Zorro Vydumkin"}) for key in known})
    said = {item for item in unregistered(load(project)[0], persons) if item.code == MISSING}  # pyright: ignore
    assert sorted(item.message.split()[0] for item in said) == [f"@person-{key}" for key in missing]
    draft = build(project, ("json",), persons=persons)
    assert draft.succeeded and said <= {*draft.diagnostics}
    released = _released(project, persons=persons)
    assert _errors(released) == [(MISSING, "references/persons.yaml")] * len(missing)
    strange = [item for item in draft.diagnostics if item.code == "unknown-in-register"]
    assert [item.message.split()[3] for item in strange] == [
        f"@person-{key}," for key in known if key not in ("pilot", "teacher-south")
    ]
    assert all("teacher-south" in item.hint for item in strange if "sout" in item.message)
    if missing:
        with pytest.raises(Failure) as refused:
            publish_copy(project, tmp_path / "copy", persons)
        assert {item.code for item in refused.value.diagnostics} >= {MISSING}
        assert not (tmp_path / "copy").exists()


def test_an_empty_register_is_recommended_only_where_nobody_is_protected(project: Path) -> None:
    def said() -> str:
        return " ".join(item.hint for item in _released(project, persons=None).diagnostics)

    assert "persons: {}" in said()
    _add(project, PERSONS, "references/persons.yaml")
    assert "persons: {}" not in said() and "--register FILE" in said()


def test_a_log_for_others_does_not_tell_who_stands_in_confidential_text_alone(
    project: Path,
) -> None:
    _add(project, PERSONS, "references/persons.yaml")
    _add(
        project,
        "\n@person-pilot:start spoke.\n\n::: confidential\n@person-teacher-south:start spoke.\n:::\n",
    )
    told = " ".join(map(str, registered(project, NOBODY, "public")))
    assert "@person-pilot" in told and "teacher" not in told and "somebody" in told
