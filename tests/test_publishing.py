"""A copy of the sources for publication: nothing withheld in it, and the same public files come out."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CYCLE_IN_TWO, Tiny
from PIL import Image
from small_report import everybody
from test_editions import PASSAGE, PUBLIC_PART, REPORT, REST, SOURCES, TIES
from test_non_interference import FIRST, written

from shadowreport import publishing
from shadowreport.core.problems import Failure
from shadowreport.core.register import Person, Register
from shadowreport.core.translations import fingerprints
from shadowreport.pipeline import build, examine
from shadowreport.publishing import publish_copy
from shadowreport.render import FORMATS

NAME = "Winifred Hathersage"
REGISTER = Register({"teacher": Person("teacher", {"en": NAME})})
SECRETS = ("zarina", "her page", "hathersage", "editor", "camera", "in march", "heard", "first-aid")
MORE = """\
{#told}
@person-teacher:start told us. <!-- Zarina's editor asks -->

::: {.note author="Editor"}
Was Zarina heard?
:::

![A road](images/road.jpg)

See figure @fig-zarina and @fig-map, as was told [see also @zarina,
on her page 7; @law, art. 3].

::: confidential
{#zarina}

![The house of Zarina](images/house.png)

@person-zarina:start lives there.
:::

{#map}

![A map](images/map.png)

![Cases by year](data/cases.csv){columns="Year, Cases"}
"""
PERSONS = """\
named:
- {name: Ada Byron, public: official, note: heard in March}
- {name: Zarina Bekova, public: consent, consent: {level: named}}
persons:
  teacher: {public: {en: a teacher}, consent: {level: named, date: 2026-03-01, by: first}}
  zarina: {public: a farmer, consent: {level: anonymous}}
"""
EXTRA = """\
profiles: {brief: {sections: [general, zarina], words: 300}}  # asked by the editor
excused: [{code: word-too-wide, file: sections/300-end.md, reason: Zarina was heard in March}]
"""
TERMS = "terms:\n- {prefer: table, instead_of: [tabel]}\n- {prefer: Zarina, instead_of: [Sarina]}\n"


def jpeg() -> bytes:
    """A picture that lies on its side, and says which camera took it."""
    image = Image.linear_gradient("L").convert("RGB").resize((40, 20))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of an editor"
    stored = io.BytesIO()
    image.save(stored, "JPEG", exif=exif, comment=b"by the editor")
    return stored.getvalue()


@pytest.fixture
def whole(tiny: Tiny) -> Iterator[Tiny]:
    """A report with confidential text, pictures, persons and remarks of every kind, in a folder of its own."""
    inner = Tiny(tiny.project / "report")
    inner.write("sections/report.yaml", REPORT + EXTRA)
    inner.write(
        "references/sources.yaml", SOURCES.replace("title: Labour", "note: heard, title: Labour")
    )
    inner.write("references/persons.yaml", PERSONS)
    inner.write("references/terms.yaml", TERMS)
    reviewed = "reviewed:\n  told: [{as: first, aspect: facts, on: 2026-03-01, content: abc}]\n"
    body = PUBLIC_PART + PASSAGE + REST.replace("{#after}", MORE + "\nAda Byron spoke.\n\n{#after}")
    inner.section("100-general", body, TIES + reviewed)
    front = "title: Zarina\nedition: confidential\nauthors: [first]"
    inner.section("200-zarina", "Zarina speaks.\n\n::: recommendations\nFree her.\n:::\n", front)
    inner.section("210-below", "Zarina's family speaks.\n", "title: Family of Zarina\nlevel: 3")
    inner.section("300-end", "The end.\n", "title: The end\nlevel: 1")
    inner.write("sections/data/cases.csv", "Year;Zarina;Cases\n2019;5;7\n2020;heard;9\n")
    pictures = inner.project / "sections" / "images"
    pictures.mkdir()
    (pictures / "road.jpg").write_bytes(jpeg())
    for name in ("map", "house"):
        Image.new("RGB", (4, 3), "white").save(pictures / f"{name}.png")
    yield inner


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder by name."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_copy_holds_nothing_withheld_and_builds_the_same(whole: Tiny, tmp_path: Path) -> None:
    into = tmp_path / "copy"
    copied = publish_copy(whole.project, into, everybody(whole.project, REGISTER))
    assert not copied.diagnostics
    made = files(into)
    assert sorted(made) == sorted(copied.files)
    assert "sections/200-held-1.md" in made and {
        "sections/images/road.jpg",
        "sections/data/cases.csv",
    } <= set(made)
    for name, data in made.items():
        said = f"{name} {data.decode('latin-1')}".lower()
        assert not [word for word in SECRETS if word in said], said
    for project in (whole.project, into):
        assert build(project, ("json",), name="public").succeeded
    built = (project / "build" / "tiny.json" for project in (whole.project, into))
    assert len({path.read_bytes() for path in built}) == 1
    report, found = examine(into)
    assert report and len(report.persons.named if report.persons else ()) == 1
    assert not [item for item in found if item.severity == "error"]


@pytest.mark.parametrize("seed", range(50 if "SHADOWREPORT_EVERY_FORMAT" in os.environ else 1))
def test_a_report_made_at_random_is_copied(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = "SHADOWREPORT_EVERY_FORMAT" in os.environ
    monkeypatch.setattr(publishing, "FORMATS", tuple(FORMATS) if every else ("json",))
    report = Tiny(tmp_path / "report")
    written(report, seed, FIRST)
    publish_copy(report.project, tmp_path / "copy", everybody(report.project))
    for name, data in files(tmp_path / "copy").items():
        assert not [w for w in ("Zarina", "witness", "seen") if w in name + data.decode()], name


def test_a_copy_is_refused_where_it_would_tell_something(whole: Tiny, tmp_path: Path) -> None:
    def refused(into: Path, register: Register | None = REGISTER) -> set[str]:
        with pytest.raises(Failure) as failure:
            publish_copy(whole.project, into, register and everybody(whole.project, register))
        assert "hathersage" not in str(failure.value).lower()
        return {item.code for item in failure.value.diagnostics}

    into = tmp_path / "copy"
    assert refused(whole.project / "copy") == {"cannot-write"}
    assert refused(whole.project.parent) == {"cannot-write"}
    assert refused(into, None) == {"not-releasable"}
    template = whole.write("templates/cover.html.j2", f"<p>With thanks to {NAME}</p>")
    assert refused(into) == {"withheld-found"}
    template.unlink()
    settings = whole.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text() + "subtitle: see @sec-below and more\n")
    assert refused(into) == {"withheld-found"}
    assert not into.exists()


def test_a_copy_that_would_build_something_else_is_refused(
    whole: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "FORMATS", ("json",))
    monkeypatch.setattr(
        "shadowreport.publishing.references._settings", lambda data, *_: {**data, "title": "Other"}
    )
    with pytest.raises(Failure, match="would not build the same public files: json"):
        publish_copy(whole.project, tmp_path / "copy", everybody(whole.project, REGISTER))
    assert not (tmp_path / "copy").exists()


# --- in two languages -----------------------------------------------------------------------------

TRANSLATED = """
abbreviations: {ABC: Alphabet, XYZ: NAME Association}
translations:
  ru:
    title: Доклад
    state: {name: Утопия}
    organisations: {first: {name: Центр}}
    abbreviations: {АБВ: Алфавит, ЭЮЯ: Союз NAME}
"""
IN_ENGLISH = """{#law}
No law was adopted, see ABC.[^why]

::: confidential
- NAME of XYZ told us
:::

::: confidential
## NAME

{#KEY}
NAME saw it, as paragraph @par-law says. ![A road](images/road.jpg)
:::

## Remedies

{#after}
Paragraph @par-KEY says more. @person-teacher:start

| Year | Seen by |
|------|---------|
| ::: confidential 2019 | NAME |
| 2020 | a judge |

## Data

{#data}
Nothing is published.

[^why]: The files say so.
"""
IN_RUSSIAN = (
    IN_ENGLISH.replace("No law was adopted, see ABC", "Закона нет, см. АБВ")
    .replace("of XYZ told us", "из ЭЮЯ рассказала")
    .replace("saw it, as paragraph @par-law says", "видела это, как сказано в пункте @par-law")
    .replace("A road", "Дорога")
    .replace("Remedies", "Средства")
    .replace("Paragraph @par-KEY says more.", "Больше сказано в пункте @par-KEY.")
    .replace("a judge", "судья")
)


def bilingual(folder: Path, key: str, name: str, *, lagging: bool) -> Tiny:
    """A report and its translation, in which a heading and a paragraph are behind and a section is untranslated."""
    tiny = Tiny(folder)
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings + TRANSLATED.replace("NAME", name))
    tiny.write("references/cerd-2014.yaml", CYCLE_IN_TWO)
    tiny.write(
        "references/persons.yaml",
        "persons: {teacher: {public: {en: a teacher, ru: учительница}, consent: {level: anonymous}}}\n",
    )
    tiny.section("100-general", IN_ENGLISH.replace("KEY", key).replace("NAME", name))
    tiny.section(f"200-{key}", f"{name} speaks.\n", f"title: {name}\nedition: confidential")
    tiny.section("300-end", "The end.\n", "title: The end\nlevel: 1")
    (tiny.project / "sections/images").mkdir()
    (tiny.project / "sections/images/road.jpg").write_bytes(jpeg())
    report, _ = examine(tiny.project)
    assert report
    made = fingerprints(report.sections[0])
    if lagging:
        made |= {"above-data": "0123456789abcdef", "data": "0123456789abcdef"}
    stamps = "".join(f"\n  {name}: {value!r}" for name, value in made.items())
    body = IN_RUSSIAN.replace("KEY", key).replace("NAME", name)
    tiny.section("100-general.ru", body, f"title: Общее\nlevel: 1\nmade_from:{stamps}")
    if lagging:
        tiny.section(f"200-{key}.ru", f"{name} говорит.\n", f"title: {name}")
    return tiny


def test_translations_are_copied_without_what_is_withheld(tmp_path: Path) -> None:
    copies: list[dict[str, bytes]] = []
    for key, name in (("witness", "Zarina"), ("a-longer-one", "Қанатқызы Айгерім из села на юге")):
        folder = tmp_path / key
        report = bilingual(folder / "report", key, name, lagging=key == "witness")
        copied = publish_copy(report.project, folder / "copy", everybody(report.project))
        assert not copied.diagnostics
        copies.append(files(folder / "copy"))
        for language in ("", "ru"):
            for project in (report.project, folder / "copy"):
                assert build(project, ("json",), name="public", language=language).succeeded
        own, made = (folder / at / "build" for at in ("report", "copy"))
        assert len(list(made.iterdir())) == 2
        assert all(path.read_bytes() == (own / path.name).read_bytes() for path in made.iterdir())
        _, found = examine(folder / "copy", language="ru")
        behind = [item.place.file for item in found if item.code == "stale-translation"]
        assert behind == ["sections/100-general.ru.md"] * 2 * (key == "witness")
        assert [item.place.file for item in found if item.code == "untranslated"] == [
            "sections/300-end.md"
        ]
    assert "sections/200-held-1.ru.md" in copies[0]
    said = copies[0]["sections/100-general.ru.md"].decode()
    assert "Закона нет" in said and "Дорога" not in said
    for name, data in copies[0].items():
        told = name + data.decode()
        assert not [w for w in ("Zarina", "witness", "ЭЮЯ", "видела") if w in told], name
    stamped = "sections/100-general.ru.md"  # what is behind differs, and nothing else
    assert {name for name in copies[0] if copies[0][name] != copies[1].get(name)} == {stamped}
    assert copies[0].keys() == copies[1].keys()


def test_a_translation_is_copied_whatever_its_language(tmp_path: Path) -> None:
    tiny = Tiny(tmp_path / "report")
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    spanish = "{title: Informe, state: {name: Utopía}, organisations: {first: {name: Centro}}}"
    tiny.write("sections/report.yaml", f"{settings}\ntranslations: {{es: {spanish}}}\n")
    tiny.section("100-general", "{#law}\nThe law is old.\n")
    tiny.section("100-general.es", "{#law}\nLa ley es antigua.\n", "title: Lo general\nlevel: 1")
    publish_copy(tiny.project, tmp_path / "copy", everybody(tiny.project))
    assert "La ley es antigua." in files(tmp_path / "copy")["sections/100-general.es.md"].decode()


def test_a_translation_that_tells_what_is_withheld_is_not_copied(tmp_path: Path) -> None:
    report = bilingual(tmp_path / "report", "witness", "Zarina", lagging=False)
    path = report.project / "sections/100-general.ru.md"
    path.write_text(path.read_text("utf-8").replace("| ::: confidential 2019", "| 2019"), "utf-8")
    with pytest.raises(Failure) as failure:
        publish_copy(report.project, tmp_path / "copy", everybody(report.project))
    assert {item.code for item in failure.value.diagnostics} == {"translation-differs"}
    assert not (tmp_path / "copy").exists()
