"""The way to translators and back: no tag is lost, what is spoiled is refused text by text, the rest is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from conftest import Tiny
from docx import Document
from docx.oxml import OxmlElement

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Report
from shadowreport.core.translations import fingerprints
from shadowreport.load import load
from shadowreport.machine.cache import open_cache, using
from shadowreport.overview.translated import accept
from shadowreport.source.rewrite import rewrite
from shadowreport.translating import files, word_table, xliff
from shadowreport.translating.judging import judge, strangers
from shadowreport.translating.pairs import Pair, pairs
from shadowreport.translating.taking import Taken, take
from shadowreport.word.names import etree

RU = """
translations:
  ru:
    title: Доклад
    state: {name: Казахстан}
    organisations: {first: {name: Центр}}
"""
SOURCES = "references:\n- {id: law, type: legislation, title: A law}\n- {id: seen, type: report, title: A report}\n"
TERMS = "terms:\n- {prefer: Kordai, instead_of: [Korday], note: a district}\n"
BODY = """{#first}
Courts in Kordai *rarely* award __large__ damages [@law, art. 5], as paragraph @par-second says.[^why]
"Nothing" helps at 2--3 offices^[Two *closed* in 2020 [@seen].], see [the site](https://example.org/a).

- One office
  stands open.
- Another does not\\
  answer.

::: confidential
Zarina saw it in the old house [@seen, p. 9].
:::

::: {.note author="Ann"}
Is this so?
:::

## Remedies *in law*

{#second}
Nothing is published.

> It is said so.

{.continued}
More in @tbl-cases.

{#tbl-cases}

| Year | Closed |
|------|-------|
| 2019 | two *of* many |

: Cases of the courts

::: {.recommendations}
{#publish}
Parliament should publish @par-first.
:::

[^why]: The files of 2019 say so [@law, art. 7].
"""
FRONT = "title: A section\nlevel: 1\nset_aside: {cerd-2014/6: It was met.}"
N = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
RU_FILE = "sections/200-law.ru.md"


@pytest.fixture
def sent(tiny: Tiny) -> Iterator[Tiny]:
    """A report with one section, which nobody has translated."""
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings + RU)
    tiny.write("references/sources.yaml", SOURCES)
    tiny.write("references/terms.yaml", TERMS)
    tiny.section("200-law", BODY, FRONT)
    with using(open_cache(tiny.project)):
        yield tiny


def _report(tiny: Tiny) -> Report:
    report, found = load(tiny.project)
    assert report
    assert [item for item in found if item.severity == "error"] == []
    return report


def _export(tiny: Tiny, edition: str = "confidential", kind: str = "xliff") -> bytes | None:
    made = files.make(_report(tiny), tiny.project, "ru", kind, (), edition)
    assert [(item.place.file, item.code) for item in made.diagnostics] == [
        ("references/cerd-2014.yaml", "not-for-translators")
    ]
    return made.paths[0].read_bytes() if made.paths else None


def _notes(tiny: Tiny) -> set[str]:
    """What a translator is told of the texts and their tags, and how to fill in a table."""
    data = _export(tiny)
    assert data
    root = etree.fromstring(data)
    notes = {
        note.text
        for note in root.iterfind(".//x:note", N)
        if note.get("category") in ("kind", "state", "code") and note.text != "report.yaml"
    }
    table = Document(io.BytesIO(_export(tiny, kind="docx") or b""))
    heads = {cell.text for cell in table.tables[0].rows[0].cells}
    return (
        notes
        | heads
        | {table.paragraphs[0].text}
        | {code.get("disp") for code in root.iterfind(".//x:ph", N)}
    )


def test_translators_are_told_in_the_language_of_the_report(sent: Tiny) -> None:
    english = _notes(sent)
    settings = (sent.project / "sections/report.yaml").read_text("utf-8")
    sent.write("sections/report.yaml", settings.replace("language: en", "language: fr"))
    french = _notes(sent)
    assert {
        "confidentiel",
        "{1}\u202f: italique",
        "{3} une source",
        "cellule d’un tableau",
    } <= french
    assert len(french) > 15 and not french & english


def test_what_is_translated_elsewhere_is_told(sent: Tiny) -> None:
    settings = (sent.project / "sections/report.yaml").read_text("utf-8")
    more = "name: tiny\nabbreviations: {NGO: Non-governmental organization}\n"
    sent.write("sections/report.yaml", settings.replace("name: tiny\n", more))
    cycle = (sent.project / "references/cerd-2014.yaml").read_text("utf-8")
    both = cycle.replace("text: Adopt a law.", "text: {en: Adopt a law., ru: Примите закон.}")
    sent.write("references/cerd-2014.yaml", both)
    made = files.make(_report(sent), sent.project, "ru", "xliff", (), "confidential")
    said = [item.message for item in made.diagnostics]
    assert said[0] == "abbreviations: is not translated, and is not in the file"
    assert said[1].startswith("2 recommendations have no text in 'ru'")
    one = files.make(_report(sent), sent.project, "ru", "xliff", ("law",), "confidential")
    assert one.diagnostics == ()


MORE = """\
subtitle: By one organization   # of the coalition
session: 5th and last session
editions: {confidential: {name: For members only}}
"""


def test_texts_of_the_settings_go_stale_and_go_to_translators_again(sent: Tiny) -> None:
    file = sent.project / "sections/report.yaml"
    settings = file.read_text("utf-8").replace(
        "    title:", "    session: 5-я   # as there\n    title:", 1
    )
    sent.write("sections/report.yaml", "session: 5th\n" + settings)

    def stale() -> list[str]:
        _, found = load(sent.project, language="ru")
        return [
            f"{item.place.line} {item.message}"
            for item in found
            if item.code == "stale-translation" and item.place.file == "sections/report.yaml"
        ]

    changed = file.read_text("utf-8").replace("session: 5th", "session: 6th")
    sent.write("sections/report.yaml", changed)
    assert stale() == []  # nothing is recorded yet
    sent.write("sections/report.yaml", changed.replace("session: 6th", "session: 5th"))
    made = accept(_report(sent), sent.project, "ru", "report.yaml")
    assert (
        list(made) == ["sections/report.yaml"]
        and "5-я   # as there" in made["sections/report.yaml"]
    )
    recorded = made["sections/report.yaml"]
    sent.write("sections/report.yaml", recorded)
    assert accept(_report(sent), sent.project, "ru", "report.yaml") == {} and stale() == []
    sent.write("sections/report.yaml", recorded.replace("session: 5th", "session: 10th"))
    (one,) = stale()
    assert "'session' of report.yaml has changed" in one
    line = int(one.split()[0])
    assert "5-я" in file.read_text("utf-8").splitlines()[line - 1]
    data = _export(sent)
    assert data and "5-я".encode() in data and b">10th<" in data and b"report.yaml" in data
    assert (
        _take(sent, data.decode()).files == {} and len(stale()) == 1
    )  # it came back as it was sent
    taken = _take(sent, data.decode().replace("5-я", "10-я"))
    assert taken.refused == () and stale() == []
    assert "session: 10-я" in file.read_text("utf-8"), file.read_text("utf-8")
    sent.write("sections/report.yaml", recorded.replace("session: 5th", "session: 7th"))
    sent.write(
        "sections/report.yaml",
        accept(_report(sent), sent.project, "ru", "report.yaml#session")["sections/report.yaml"],
    )
    assert stale() == []
    with pytest.raises(Failure, match="'sesion' of"):
        accept(_report(sent), sent.project, "ru", "report.yaml#sesion")


def test_texts_of_the_settings_go_to_translators_too(sent: Tiny) -> None:
    settings = (sent.project / "sections/report.yaml").read_text("utf-8")
    described = settings.replace(
        "name: First Organization}", "name: First Organization, description: Files cases.}"
    )
    sent.write("sections/report.yaml", (MORE + described).replace("\n", "\r\n"))
    made = files.make(_report(sent), sent.project, "ru", "xliff", (), "public")
    public = made.paths[0].read_bytes()
    assert [item.message.partition(" is")[0] for item in made.diagnostics][:1] == [
        "editions: confidential: name:"
    ]
    assert b"5th and last session" in public and b"members only" not in public
    data = _export(sent)
    assert data and b"For members only" in data and b"A tiny report" not in data
    lost = _translated(data).replace("5TH AND LAST SESSION", '5TH <ph id="1"/>', 1)
    taken = _take(sent, lost.replace("BY ONE ORGANIZATION", "Одна: организация # первая"))
    assert [item.message.partition(" is not")[0] for item in taken.refused] == [
        "report.yaml#session.1"
    ]
    text = (sent.project / "sections/report.yaml").read_bytes().decode()
    assert "subtitle: By one organization   # of the coalition\r\n" in text
    report = _report(sent)
    version, _ = load(sent.project, language="ru")
    assert version and version.subtitle == "Одна: организация # первая"
    assert version.organisations[0].description == "FILES CASES."
    assert (
        version.organisations[0].name == "Центр"
        and report.organisations[0].name == "First Organization"
    )
    again = _export(sent)
    assert again and again.count(b"<unit") == 1 and b"5th and last session" in again
    assert _take(sent, _translated(again).replace("session.1", "motto.1")).refused
    assert _take(sent, _translated(again)).pieces == 1
    assert _export(sent) is None


def test_former_translations_go_along_as_a_memory(sent: Tiny) -> None:
    cycle = (sent.project / "references/cerd-2014.yaml").read_text("utf-8")
    both = cycle.replace("text: Adopt a law.", "text: {en: Adopt a law., ru: Примите закон.}")
    sent.write("references/cerd-2014.yaml", both)
    assert len(files.make(_report(sent), sent.project, "ru", "xliff", (), "public").paths) == 2
    _take(sent, _translated(_export(sent)))
    sent.section("200-law", BODY.replace("is published", "was published"), FRONT)
    made = files.make(_report(sent), sent.project, "ru", "docx", (), "public")
    assert [path.name for path in made.paths] == ["tiny-ru.docx", "tiny-ru.tmx"]
    memory = etree.fromstring(made.paths[1].read_bytes())
    known = {
        unit.get("tuid"): [etree.tostring(side[0], encoding="unicode") for side in unit]
        for unit in memory.iter("tu")
    }
    assert len(known) == made.former
    assert not [name for name in known if name.startswith("report.yaml")]  # may be of other words
    assert known["cerd-2014/6"][1].startswith("<seg>Примите закон.</seg>")
    assert "law#second.1" not in known  # the original is another one now
    assert not [text for pair in known.values() for text in pair if "ZARINA" in text]
    original, translation = (re.sub(r"\s+$", "", text) for text in known["law#first.1"])
    assert translation.startswith(
        '<seg>COURTS IN KORDAI <bpt i="1" x="1">{1}</bpt>RARELY<ept i="1">{/1}</ept>'
    )
    assert re.findall(r"<(?:ph|bpt|ept)[^>]*>", original) == re.findall(
        r"<(?:ph|bpt|ept)[^>]*>", translation
    )
    whole = files.make(_report(sent), sent.project, "ru", "xliff", (), "confidential").paths[1]
    assert b"ZARINA" in whole.read_bytes()


def _translated(data: bytes | None, words: Callable[[str], str] = str.upper) -> str:
    """The file with each text translated by a rule."""
    assert data
    tree = etree.fromstring(data)
    for segment in tree.iterfind(".//x:segment", N):
        for old in segment.findall("x:target", N):
            segment.remove(old)
        inner = re.sub(
            r"^<source[^>]*>|</source>\s*$", "", etree.tostring(segment[0], encoding="unicode")
        )
        inner = re.sub(r"([^<>]+)(?=<|$)(?![^<]*>)", lambda match: words(match[1]), inner)
        segment.append(etree.fromstring(f'<target xmlns="{N["x"]}">{inner}</target>'))
    return etree.tostring(tree, encoding="unicode")


def _take(tiny: Tiny, text: str) -> Taken:
    taken = take(_report(tiny), tiny.project, xliff.read(text.encode(), "back.xlf"))
    rewrite(tiny.project, taken.files)
    return taken


def _ru(tiny: Tiny) -> str:
    return (tiny.project / RU_FILE).read_text("utf-8")


def _marks(text: str) -> list[str]:
    return sorted(
        re.findall(r"\[[^\]]*@[^\]]*\]|@[\w-]+|\[\^\w+\]|\^\[|https?:[^)>\s]+|\\\n|\*", text)
    )


def test_a_whole_section_comes_back_with_every_mark(sent: Tiny) -> None:
    back = _translated(_export(sent))
    taken = _take(sent, back)
    assert taken.refused == ()
    text = _ru(sent)
    assert _marks(text) == _marks(BODY.replace("__", "**"))
    assert (
        "COURTS IN KORDAI *RARELY* AWARD **LARGE** DAMAGES [@law, art. 5], AS PARAGRAPH @par-second"
        in text
    )
    assert "\nMORE IN @tbl-cases." in text and "| 2019 | TWO *OF* MANY |" in text
    assert "Is this so" not in text and "IT WAS MET." in text and "title: A SECTION" in text
    version, found = load(sent.project, language="ru")
    assert version and [item for item in found if "translation" in item.code] == []
    assert dict(version.sections[0].made_from) == fingerprints(_report(sent).sections[0])
    assert _export(sent) is None
    assert _take(sent, back).files == {}


def test_a_file_that_nobody_worked_in_changes_nothing(sent: Tiny) -> None:
    first = _export(sent)
    assert first
    assert _take(sent, first.decode()).files == {}
    _take(sent, _translated(first))
    before = _ru(sent)
    sent.section(
        "200-law", BODY.replace("art. 5", "art. 6").replace("is published", "was published"), FRONT
    )
    again = _export(sent)
    assert again and again.count(b"<unit") == 12 and b"COURTS IN KORDAI" in again
    assert _take(sent, again.decode()).files == {}
    assert _ru(sent) == before


def test_what_is_stale_is_put_into_the_file_as_it_is(sent: Tiny) -> None:
    _take(sent, _translated(_export(sent)))
    own = _ru(sent).replace("## REMEDIES", "<!-- mine -->\n\n##  REMEDIES")
    (sent.project / RU_FILE).write_text(own.replace("\n", "\r\n"), "utf-8", newline="")
    sent.section("200-law", BODY.replace("art. 5", "art. 6").replace("rarely", "never"), FRONT)
    assert _take(sent, _translated(_export(sent), str.title)).pieces == 1
    text = (sent.project / RU_FILE).read_bytes().decode().replace("\r\n", "\n")
    assert "*Never*" in text and "[@law, art. 6]" in text
    body, was = text.partition("\n---\n")[2], own.partition("\n---\n")[2]
    assert body.split("\n\n")[3:] != was.split("\n\n")[3:]
    assert (
        body[body.index("<!--") :].replace("The Files Of 2019 Say So", "THE FILES OF 2019 SAY SO")
        == (was[was.index("<!--") :])
    )
    assert (sent.project / RU_FILE).read_bytes().count(b"\r\n") == text.count("\n")
    assert _export(sent) is None


def test_a_paragraph_of_which_a_text_was_left_as_it_was_stays_stale(sent: Tiny) -> None:
    _take(sent, _translated(_export(sent)))
    new = BODY.replace("rarely", "never").replace("stands open", "was closed")
    sent.section("200-law", new, FRONT)
    data = (_export(sent) or b"").decode()
    lead = data.replace("<target>COURTS IN", "<target>ALL COURTS IN")
    assert lead != data
    taken = _take(sent, lead)
    assert taken.pieces == 0 and "ALL COURTS IN" in _ru(sent)
    said = [item.message.partition(" came back")[0] for item in taken.lacking]
    assert said == ["law#first.2", "law#first.3", "law#first.4"]
    assert {item.code for item in taken.lacking} == {"stale-translation"}
    assert all(item.place.line > 1 for item in taken.lacking)
    _, found = load(sent.project, language="ru")
    assert "stale-translation" in [item.code for item in found]
    confirmed = (_export(sent) or b"").decode().replace('"initial"', '"reviewed"')
    taken = _take(sent, confirmed)
    assert taken.pieces == 1 and taken.lacking == () and _export(sent) is None


def test_what_a_tool_filled_in_from_the_original_is_no_translation(sent: Tiny) -> None:
    filled = _translated(_export(sent), str)
    taken = _take(sent, filled)
    assert taken.pieces == 0 and taken.files == {} and taken.refused == ()
    some = filled.replace("<target>Nothing is published.", "<target>НИЧЕГО.")
    taken = _take(sent, some.replace("<target>It is said", "<target>СКАЗАНО"))
    assert taken.pieces == 0 and "НИЧЕГО." in _ru(sent)
    said = [item.message for item in taken.lacking if "#second." in item.message]
    assert said and all("came back in the words of the original" in text for text in said)
    assert not [text for text in said if "second.1" in text or "second.2" in text]
    taken = _take(sent, filled.replace('"initial"', '"reviewed"'))
    assert taken.pieces == 7 and _export(sent) is None


def test_a_blank_before_a_citation_is_taken(sent: Tiny) -> None:
    body = (
        "{#a}\nSee it [@law, art. 5].\n\n{#b}\nOf 410 cases some ended [@seen].\n\n{#c}\nIt *is* so [see @law, art. 2]."
        "\n\n{#d}\n[@law] says so.\n\n{#e}\nWhy.^[So [@seen].]\n"
    )
    sent.section("200-law", body)
    data = (_export(sent, "public") or b"").decode()
    texts = {
        "a.1": 'véase <ph id="1"/>.',
        "b.1": '<ph id="1"/> De 410 casos.',
        "c.1": '<pc id="1">Es</pc> <ph id="2"/>, así.',
        "d.1": 'Dice <ph id="1"/>.',
        "e.1": 'Por qué.<pc id="1"><ph id="2"/> así</pc>',
    }
    for name, text in texts.items():
        unit = rf'(<unit id="{re.escape(name)}">.*?</source>)'
        data = re.sub(unit, rf"\1<target>{text}</target>", data, count=1, flags=re.DOTALL)
    taken = _take(sent, data)
    assert taken.refused == () and taken.pieces == 5
    for written in (
        "véase [@law, art. 5].",
        "\n[@seen] De 410 casos.",
        "*Es* [see @law, art. 2], así.",
        "Dice [@law].",
        "Por qué.^[[@seen] así]",
    ):
        assert written in _ru(sent)
    left = _export(sent, "public") or b""
    assert b'"title.1"' in left and not [name for name in texts if f'"{name}"'.encode() in left]


def test_a_new_paragraph_is_put_among_the_translated_ones(sent: Tiny) -> None:
    _take(sent, _translated(_export(sent)))
    new = "{#third}\nThis is new [@law].\n\n## Remedies"
    sent.section("200-law", BODY.replace("## Remedies", new), FRONT)
    data = _export(sent)
    assert data and data.count(b"<unit") == 1
    _take(sent, _translated(data))
    text = _ru(sent)
    assert "{#third}\nTHIS IS NEW [@law].\n\n## REMEDIES" in text
    assert "COURTS IN KORDAI *RARELY*" in text and "{#second}\nNOTHING IS PUBLISHED." in text
    assert _export(sent) is None
    sent.write(RU_FILE, text.replace("[^why]", "").partition("[:")[0])
    sent.section("200-law", BODY.replace("## Remedies", new.replace("third", "fourth")), FRONT)
    with pytest.raises(Failure, match="have no place"):
        _take(sent, _translated(_export(sent)).replace('id="first', 'id="gone'))


def test_new_and_changed_paragraphs_leave_the_translated_ones_as_they_are(sent: Tiny) -> None:
    _take(sent, _translated(_export(sent)))
    new = "{#third}\nThis is new.\n\n## Remedies"
    sent.section("200-law", BODY.replace("## Remedies", new).replace("rarely", "never"), FRONT)
    assert _take(sent, _translated(_export(sent), str.title)).refused == ()
    text = _ru(sent)
    assert "Courts In Kordai *Never*" in text and "{#third}\nThis Is New.\n" in text
    assert "{#second}\nNOTHING IS PUBLISHED." in text and "> IT IS SAID SO." in text


def test_a_translated_text_that_refers_to_other_things_is_not_put_into_new_surroundings(
    sent: Tiny,
) -> None:
    _take(sent, _translated(_export(sent)))
    new = "{#third}\nThis is new.\n\n## Remedies"
    body = BODY.replace("## Remedies", new).replace("is published.", "is published [@law].")
    sent.section("200-law", body, FRONT)
    data = re.sub('<unit id="second.1".*?</unit>', "", _translated(_export(sent)), flags=re.DOTALL)
    with pytest.raises(Failure, match=r"no place in .*: second\.1 "):
        _take(sent, data)


def test_an_address_in_a_text_is_one_mark(sent: Tiny) -> None:
    sent.section("200-law", "{#a}\nSee <https://example.org/a_b>, which says *so*.\n", FRONT)
    assert _take(sent, _translated(_export(sent, "public"))).refused == ()
    assert "{#a}\nSEE <https://example.org/a_b>, WHICH SAYS *SO*.\n" in _ru(sent)


PH, PC = '<ph id="1"', '<pc id="1"'
SPOILED: list[
    tuple[str, str, str]
] = [  # in the unit `first.1`: a pattern, what stands there then, the reason
    (r"<ph [^>]*/>", "", r"is lost"),
    (r"(<ph [^>]*/>)", r"\1\1", r"stands 2 times"),
    (r'(<pc [^>]*id="1"[^>]*>)(RARELY)</pc>', r"\2", r"\{1\} \(italics\) is lost"),
    (r"<pc [^>]*>(LARGE)</pc>", r"*\1*", r"\(bold\) is lost"),
    (r'<ph id="3"', '<ph id="4"', r"is lost|stands 2 times"),
    (r'<ph id="3"', '<ph id="99"', r"\{99\} is not of this text"),
    (r'<ph id="3"', "<ph", r"\{0\} is not of this text"),
    (r'<ph id="3"', '<ph id="³"', r"\{0\} is not of this text"),
    (r"<pc [^>]*>(RARELY)</pc>", r'<ec startRef="1"/>\1<sc id="1"/>', r"does not end the pair"),
    (
        r"<pc [^>]*>(RARELY)</pc>(.*?)<pc [^>]*>(LARGE)</pc>",
        r'<sc id="1"/>\1\2<sc id="2"/>\3<ec startRef="1"/><ec startRef="2"/>',
        r"does not end",
    ),
    (r"<pc [^>]*>(RARELY)</pc>", r'<sc id="1"/>\1', r"\{/1\} \(italics\) is lost"),
    (r"RARELY", "\u202eRARELY", r"U\+202E"),
    (r"RARELY", '<cp hex="0007"/>', r"control character"),
    (r"RARELY", " RARELY ", r"would not be read"),
    (r"RARELY", "RARELY {4}", r"'\{4\}' is typed in it as text"),
    (r"RARELY", 'RARELY &lt;ph id="4"/&gt;', r"is typed in it as text"),
    (r"RARELY", "RARE<br/>LY", r"it holds <br>"),
    (r"</target>", "</target></segment><segment><source>X</source>", r"only a part"),
    (
        r"</target>",
        '</target></segment><segment><source/><target order="1">X</target>',
        r"same place",
    ),
    (r"RARELY", "", r"would not be read|lost"),
    (r'<ph id="4"[^>]*/>', r"\g<0>abc", r"would not be read"),
    (r"</target>", "</target><target>OTHERWISE.</target>", r"two translations"),
    (r"</target>", "</target> AND THIS", r"'AND THIS' stands outside"),
]
WHOLE: list[tuple[str, str, str]] = [  # in the whole file
    (r"<source>Courts in Kordai", "<source>Judges in Kordai", r"original has changed"),
    (r'unit id="first.1"', 'unit id="first.77"', r"no such text any more"),
    (r'unit id="first.2"', 'unit id="first.1"', r"twice|original has changed"),
    (r'file id="law"', 'file id="laws"', r"no such section"),
    (r'unit id="first.1"', "unit", r"no such text"),
]


@pytest.fixture
def back(sent: Tiny) -> tuple[Tiny, str]:
    """The report, and its file with everything translated."""
    return sent, _translated(_export(sent))


def test_a_spoiled_text_is_refused_and_the_rest_taken(back: tuple[Tiny, str]) -> None:
    tiny, good = back
    pair = pairs(_report(tiny).sections, tiny.project, "ru")[0]
    head, unit, tail = re.split(
        r'(<unit id="first\.1">.*?</unit>)', good, maxsplit=1, flags=re.DOTALL
    )
    source, start, target = unit.partition("<target")
    for pattern, new, reason in SPOILED:
        bad = re.sub(pattern, new, target, count=1, flags=re.DOTALL)
        assert bad != target, pattern
        if "would not" in reason:  # which shows when it is written and read again
            taken = _take(tiny, head + source + start + bad + tail)
            _told(taken.refused, reason)
            assert "NOTHING IS PUBLISHED" in _ru(tiny) and "Courts in" in _ru(tiny)
            assert "\n  second:" in _ru(tiny) and "\n  first:" not in _ru(tiny)
            (tiny.project / RU_FILE).unlink()
        else:
            _judged(pair, head + source + start + bad + tail, reason)
    for pattern, new, reason in WHOLE:
        bad = re.sub(pattern, new, good, count=1)
        assert bad != good, pattern
        _judged(pair, bad, reason)


def _judged(pair: Pair, text: str, reason: str) -> None:
    back = xliff.read(text.encode(), "back.xlf")
    verdict = judge(pair, back)
    _told((*verdict.refused, *strangers(back, {"law"})), reason)
    assert ("first", 1) not in verdict.rows
    assert ("second", 1) in verdict.rows or "section" in reason
    assert "first" not in verdict.whole


def _told(refused: Sequence[Diagnostic], reason: str) -> None:
    assert refused, reason
    for item in refused:
        assert item.code == "spoiled-translation" and item.place.line > 1
        assert re.search(reason, item.message), (reason, item.message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<a/>",
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
    ],
)
def test_what_is_no_file_of_a_translator_is_refused(text: str) -> None:
    with pytest.raises(Failure, match="not-from-translators"):
        xliff.read(text.encode(), "back.xlf")


def test_tools_may_divide_texts_and_mark_words(back: tuple[Tiny, str]) -> None:
    tiny, good = back
    text = good.replace(
        "<target>NOTHING IS PUBLISHED.</target>",
        "<target>NOTHING</target></segment><ignorable><source> </source></ignorable><segment><source/>"
        '<target><mrk id="m1" type="term">IS</mrk> PUBLISHED.</target>',
    ).replace("<source>Nothing is published.</source>", "<source>Nothing is published.</source>", 1)
    assert text != good
    text = text.replace("<source> </source>", "<source/><target> </target>")
    taken = _take(tiny, text.replace('trgLang="ru"', 'trgLang="RU-ru"'))
    assert taken.refused == ()
    assert "NOTHING IS PUBLISHED." in _ru(tiny)


def test_a_tool_may_change_the_order_of_segments_and_leave_empty_ones(
    back: tuple[Tiny, str],
) -> None:
    tiny, good = back
    parts = ('<target order="3">IS PUBLISHED.', '<target order="2"> ', '<target order="1">NOTHING')
    divided = "</target></segment><segment><source/>".join(parts)
    text = good.replace("<target>NOTHING IS PUBLISHED.", divided)
    assert text != good
    assert _take(tiny, text.replace("</file>", "</file>\n")).refused == ()
    assert "NOTHING IS PUBLISHED." in _ru(tiny)


def test_what_a_translator_remarks_is_told(back: tuple[Tiny, str]) -> None:
    tiny, good = back
    note = '<note category="question">Which\n office?</note></notes><segment'
    taken = _take(tiny, re.sub(r"</notes>\s*<segment", note, good, count=1))
    assert [(item.code, item.message) for item in taken.remarks] == [
        ("translators-remark", "law#title.1: Which office?")
    ]
    assert taken.refused == () and "Which" not in _ru(tiny)
    (tiny.project / RU_FILE).unlink()
    document = Document(io.BytesIO(_export(tiny, kind="docx") or b""))
    document.add_comment(
        document.tables[0].rows[2].cells[1].paragraphs[0].runs, "What is Kordai?", "Zoe"
    )
    document.add_comment(document.paragraphs[0].runs, "Late.", "Zoe")
    stream = io.BytesIO()
    document.save(stream)
    returned = word_table.read(stream.getvalue(), "back.docx")
    said = [item.message for item in take(_report(tiny), tiny.project, returned).remarks]
    assert said == ["Late.", "law#first.1: What is Kordai?"]


def test_the_public_file_tells_nothing_that_is_withheld(sent: Tiny) -> None:
    whole, public = _export(sent), _export(sent, "public")
    assert whole and b"Zarina" in whole and b"confidential" in whole
    assert public and b"Zarina" not in public and b"p. 9" not in public
    assert b"term: Kordai: a district" in public
    with pytest.raises(Failure, match="say which edition"):
        _export(sent, "")
    _take(sent, _translated(public))
    assert "Zarina saw it" in _ru(sent) and "COURTS" in _ru(sent)
    left = _export(sent)
    assert left and b"Zarina" in left


def test_words_are_written_as_text(back: tuple[Tiny, str]) -> None:
    tiny, good = back
    text = good.replace(
        "NOTHING IS PUBLISHED.", "1. # “Это” *не* [@law] | {#x} &lt;b&gt; — «да»… $5 \\ `x` @law"
    )
    assert _take(tiny, text).refused == ()
    version, _ = load(tiny.project, language="ru")
    assert version
    assert [item.id for item in version.sections[0].paragraphs()] == ["first", "law-2", "second"]
    names = [item.id for item in version.sections[0].mentions]
    assert names.count("law") == 2 and Path(tiny.project / RU_FILE).is_file()


def _filled(data: bytes, spoil: Callable[[Any], None] = lambda _: None) -> bytes:
    """The Word file with each text translated, and spoiled."""
    document = Document(io.BytesIO(data))
    for table in document.tables:
        for row in table.rows[1:]:
            row.cells[2].text = row.cells[1].text.upper()
        spoil(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _cell(row: int, old: str, new: str, column: int = 2) -> Callable[[Any], None]:
    def spoil(table: Any) -> None:
        cell = table.rows[row].cells[column]
        assert old in cell.text
        cell.text = cell.text.replace(old, new, 1)

    return spoil


def _listed(table: Any) -> None:
    table.rows[2].cells[2].paragraphs[0].style = "List Number"


def _divided(table: Any) -> None:
    """The table in two, as Word divides one: the head stays above the first half."""
    second = deepcopy(table._tbl)
    for half, rows in ((table._tbl, slice(3, None)), (second, slice(3))):
        for row in half.tr_lst[rows]:
            half.remove(row)
    table._tbl.addnext(second)
    table._tbl.addnext(OxmlElement("w:p"))


def _merged(table: Any) -> None:
    table.rows[2].cells[1].merge(table.rows[2].cells[2])


def test_a_table_in_word_comes_back_as_well(sent: Tiny) -> None:
    data = _export(sent, kind="docx")
    assert data
    names = [row.cells[0].text.split("\n")[0] for row in Document(io.BytesIO(data)).tables[0].rows]
    assert names[:3] == ["Text", "law#title.1", "law#first.1"] and len(names) == 18
    report = _report(sent)
    assert take(report, sent.project, word_table.read(data, "back.docx")).files == {}
    pair = pairs(report.sections, sent.project, "ru")[0]
    for spoil, reason in (
        (_cell(2, "{3}", ""), r"\{3\} \(a source\) is lost"),
        (_cell(2, "{/1}", "{/1}{/1}"), r"stands 2 times"),
        (_cell(2, "{1}", "{/1}"), r"is lost"),
        (_cell(2, "{4}", "{ 4 }"), r"is lost"),
        (_cell(2, "Courts", "Judges", 1), r"original has changed"),
        (_cell(2, "first.1", "first.9", 0), r"no such text"),
        (_listed, r"a list or a table"),
        (_merged, r"its row has 2 cells"),
    ):
        back = word_table.read(_filled(data, spoil), "back.docx")
        _told(judge(pair, back).refused, reason)
    dropped = word_table.read(
        _filled(data, lambda table: table._tbl.remove(table.rows[6]._tr)), "b.docx"
    )
    assert take(report, sent.project, dropped).waiting == 1
    halves, whole = (
        word_table.read(item, "b.docx") for item in (_filled(data, _divided), _filled(data))
    )
    assert [item.target for item in halves.units] == [item.target for item in whole.units]
    taken = take(report, sent.project, word_table.read(_filled(data), "back.docx"))
    rewrite(sent.project, taken.files)
    assert taken.refused == () and _export(sent) is None
    assert _marks(_ru(sent)) == _marks(BODY.replace("__", "**"))
    with pytest.raises(Failure, match="third column"):
        word_table.read(_filled(data, _cell(0, "(ru)", "")), "back.docx")
