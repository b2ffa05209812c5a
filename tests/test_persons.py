"""Protected persons: what is printed for them in each edition, and that nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Tiny
from docx import Document

from shadowreport.core.problems import Failure
from shadowreport.core.register import Person, Register
from shadowreport.overview.persons import added, decided, lines, renamed, standings
from shadowreport.pipeline import build
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send

NAME = "Winifred Hathersage"
REGISTER = Register(
    {
        "teacher": Person(
            "teacher", {"en": "Hathersage, Winifred"}, (), {"en": {"gen": "Winifred's"}}
        ),
        "doctor": Person("doctor", {"en": "Oswin Tetterby"}),
    }
)
PERSONS = """\
persons:
  teacher: {public: {en: a teacher from the south}, forms: {en: {gen: the teacher's}}, consent: {level: named}}
  doctor: {public: a doctor, consent: {level: anonymous}}
"""
BODY = """\
{#first}
@person-teacher:start spoke,[^1] and @person-teacher:gen words were heard by (@person-doctor).

## How @person-teacher was heard

They said:

| who | what |
|---|---|
| @person-doctor:start | said it |

: A table of @person-doctor

The judge spoke to @person-teacher.

[^1]: Told by @person-doctor.
"""


@pytest.fixture
def spoken(tiny: Tiny) -> Tiny:
    tiny.write("references/persons.yaml", PERSONS)
    tiny.section("100-general", BODY, "title: The case of @person-teacher\nlevel: 1")
    return tiny


def _text(tiny: Tiny, name: str) -> str:
    return (tiny.project / "build" / name).read_text("utf-8")


def test_the_public_edition_prints_the_public_form(spoken: Tiny) -> None:
    result = build(spoken.project, ("json", "md", "html"), persons=REGISTER)
    assert result.succeeded, result.diagnostics
    said = _text(spoken, "tiny.md")
    for text in (
        "A teacher from the south spoke,",
        "and the teacher’s words were heard by (a doctor).",
        "How a teacher from the south was heard",
        "The case of a teacher from the south",
        "Told by a doctor.",
        "A doctor",
        "A table of a doctor",
    ):
        assert text in said.replace("\n", " "), (text, said)
    for kind in ("json", "md", "html"):
        assert "Winifred" not in _text(spoken, f"tiny.{kind}")
        assert "person-" not in _text(spoken, f"tiny.{kind}")


def test_the_confidential_edition_names_whoever_agreed_to_it(spoken: Tiny) -> None:
    assert build(spoken.project, ("json", "md"), persons=REGISTER).succeeded
    said = _text(spoken, "tiny-confidential.md").replace("\n", " ")
    assert f"{NAME} spoke," in said and "Winifred's words" in said
    assert "Told by a doctor." in said and "Tetterby" not in said
    assert build(spoken.project, ("json", "md")).succeeded  # without a register
    assert "A teacher from the south spoke," in _text(spoken, "tiny-confidential.md")


def test_a_name_that_is_typed_plainly_is_refused_by_its_place(spoken: Tiny) -> None:
    places = {
        "sections/200-more.md": f"---\ntitle: More\n---\nA judge met {NAME}.\n",
        "sections/300-hathersage.md": "---\ntitle: Other\n---\nNothing.\n",
        "references/sources.yaml": "references:\n- {id: a, type: book, title: On W. Hathersage}\n",
    }
    for name, text in places.items():
        path = spoken.write(name, text)
        result = build(spoken.project, ("md",), persons=REGISTER)
        told = [item for item in result.diagnostics if item.code == "withheld-found"]
        assert told and not result.files
        assert all("person-teacher" in item.message for item in told)
        assert "hathersage" not in " ".join(map(str, told)).lower()
        path.unlink()
    assert build(spoken.project, ("md",), persons=REGISTER).succeeded


# none of these is a reference; each would be printed as it is typed
TYPED = (
    *(
        "person-doctor",
        "＠person-doctor",
        "@ person-doctor",
        "\\@person-doctor",
        "{{person-doctor}}",
    ),
    *(
        "${person-doctor}",
        "#person-doctor",
        "@ person - doctor",
        "@ Person: doctor",
        "person_doctor",
    ),
    *("[him](mailto:@person-doctor)", "mailto:@person-doctor", "<mailto:@person-doctor>"),
    *("[him](https://example.org/@person-doctor)", "https://example.org/person-doctor"),
    *("[him](https://example.org/ '@person-doctor')", "per\u00adson-doctor", "\\@person-doctors"),
    *("x.[^9]\n\n[^9]: Of \\@person-doctor.", "\n\n## Of \\@person-doctor\n\nHe"),
    *("\n\n{#person-doctor}\nHe", "\n\n| A |\n|---|\n| b |\n\n: Of \\@person-doctor\n\nHe"),
)


@pytest.mark.parametrize("typed", TYPED)
def test_a_key_that_is_no_reference_is_not_printed(spoken: Tiny, typed: str) -> None:
    spoken.section("400-last", f"We met {typed} there.\n")
    result = spoken.build("md")
    told = [item for item in result.diagnostics if item.severity == "error"]
    line = 6 + typed.partition("person")[0].count("\n")
    places = [(item.code, item.place.file, item.place.line) for item in told]
    assert ("slip", "sections/400-last.md", line) in places and not result.files
    assert any("@person-doctor" in item.hint or "person-doctors" in item.message for item in told)


@pytest.mark.parametrize(
    "typed", ["@person-doctor:start", "(@person-doctor)", "**@person-doctor**", "@{person-doctor}"]
)
def test_a_reference_beside_other_signs_is_one(spoken: Tiny, typed: str) -> None:
    spoken.section(
        "400-last", f"<!-- of \\@person-doctor -->\n\nWe met {typed} in person. Doctor!\n"
    )
    assert spoken.build("md").succeeded


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sections/report.yaml", "A tiny report", "A report of @person-doctor"),
        ("sections/report.yaml", "First Organization", "Friends of person-doctor"),
        ("references/cerd-2014.yaml", "Adopt a law", "Hear @person-doctor"),
        ("references/sources.yaml", "On laws", "On @person-doctor"),
        ("references/sources.yaml", "example.org", "example.org/person-doctor"),
        ("sections/100-general.md", "level: 1", "set_aside: {cerd-2014/6: 'Of @person-doctor'}"),
    ],
)
def test_values_print_no_key(spoken: Tiny, file: str, old: str, new: str) -> None:
    source = "{id: a, type: report, title: On laws, URL: 'https://example.org'}"
    spoken.write("references/sources.yaml", f"references:\n- {source}\n")
    assert spoken.build("md").succeeded
    text = (spoken.project / file).read_text("utf-8")
    assert old in text
    spoken.write(file, text.replace(old, new, 1))
    result = spoken.build("md")
    assert ("slip", file) in [(item.code, item.place.file) for item in result.diagnostics]
    assert not result.files


def test_an_edit_beside_a_person_comes_back(spoken: Tiny) -> None:
    (path,) = send(spoken.project, name="public").files
    edit = Document(str(path))
    for paragraph in edit.paragraphs:
        for run in paragraph.runs:
            if "The judge spoke" in run.text:
                run.text = run.text.replace("The judge spoke", "The old judge spoke")
    edit.save(str(path))
    assert not merge(spoken.project, Path(path)).diagnostics
    after = (spoken.project / "sections" / "100-general.md").read_text("utf-8")
    front = "---\ntitle: The case of @person-teacher\nlevel: 1\n---\n\n"
    assert after == front + BODY.replace("The judge", "The old judge")


FILE = """\
# who may be named, and who may not
named:
- {name: [Ada Byron, Byron A.], public: official}  # in office
persons:
  # heard in March
  teacher:
    public: {en: a teacher}
    forms: {en: {gen: the teacher's}}  # as in the text
  teacher-south: {public: a teacher from the south}
"""


def _put(tiny: Tiny, files: Mapping[str, bytes]) -> str:
    """Puts files into a report; gives what persons.yaml says now."""
    for name, data in files.items():
        (tiny.project / name).write_bytes(data)
    return (tiny.project / "references" / "persons.yaml").read_text("utf-8")


def test_a_person_is_added_and_nothing_else_changes(tiny: Tiny) -> None:
    agreed = {"level": "anonymous", "date": "2026-03-01", "purposes": ["CERD"]}
    assert _put(tiny, added(tiny.project, "doctor", {"en": "a doctor"}, agreed)).startswith(
        "persons:"
    )
    tiny.write("references/persons.yaml", FILE)
    text = _put(tiny, added(tiny.project, "doctor", {"en": "a doctor"}, agreed))
    assert text == FILE + (
        "  doctor:\n    public: {en: a doctor}\n"
        "    consent: {level: anonymous, date: 2026-03-01, purposes: [CERD]}\n"
    )
    more = _put(tiny, added(tiny.project, "doctor", {"ru": "врач"}, {"withdrawn": "2026-04-01"}))
    assert "{en: a doctor, ru: врач}" in more and "withdrawn: 2026-04-01}" in more
    text = _put(tiny, decided(tiny.project, "Byron A.", "consent", "agreed", {"level": "named"}))
    assert (
        "- {name: [Ada Byron, Byron A.], public: consent, note: agreed, consent: {level: named}}"
        in text
    )
    assert text.count("Byron A.") == 1 and "# heard in March" in text


@pytest.mark.parametrize(
    ("key", "consent"),
    [("Doctor", {}), ("doctor_a", {}), ("doctor", {"level": "all"}), ("doctor", {"date": "today"})],
)
def test_an_entry_that_does_not_fit_is_not_written(
    tiny: Tiny, key: str, consent: dict[str, str]
) -> None:
    tiny.write("references/persons.yaml", FILE)
    with pytest.raises(Failure) as refused:
        added(tiny.project, key, {"en": "a doctor"}, consent)
    assert {item.place.file for item in refused.value.diagnostics} == {"references/persons.yaml"}
    assert (tiny.project / "references" / "persons.yaml").read_text("utf-8") == FILE


def test_a_person_is_renamed_in_every_file(tiny: Tiny) -> None:
    tiny.write("references/persons.yaml", FILE)
    body = "@person-teacher:start and @person-teacher-south met @person-teacher:gen sister.\r\n"
    tiny.section("100-general", "Text.\n", "title: The case of @person-teacher\nlevel: 1")
    path = tiny.project / "sections" / "200-more.ru.md"
    path.write_bytes(f"---\r\ntitle: More\r\n---\r\n\r\n{body}".encode())
    found = standings(tiny.project, "en", REGISTER)
    assert [(item.key, len(item.places), item.known) for item in found] == [
        *(("teacher", 3, True), ("teacher-south", 1, False))
    ]
    said = list(lines(found, "teacher"))
    assert "sections/100-general.md:2, sections/200-more.ru.md:5" in said[-1]
    text = _put(tiny, renamed(tiny.project, "teacher", "t-1"))
    assert text == FILE.replace("  teacher:", "  t-1:")
    assert path.read_bytes().decode() == (
        "---\r\ntitle: More\r\n---\r\n\r\n"
        "@person-t-1:start and @person-teacher-south met @person-t-1:gen sister.\r\n"
    )
    for old, new in (("nobody", "x"), ("t-1", "teacher-south"), ("t-1", "T 1"), ("t-1", "a:gen")):
        with pytest.raises(Failure):
            renamed(tiny.project, old, new)
