"""Footnotes as a United Nations editor writes them: each kind of source beside the note by hand."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import REPORT, ROOT, Tiny
from note_texts import READ, differing
from pypdf import PdfReader
from ruamel.yaml import YAML

KINDS: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parent / "notes" / "kinds.yaml").read_text("utf-8")
)
LANGUAGES = ("en", "fr", "es", "ru")
FORMS = ("first", "again")
STARRED = r"(?<!=)\*(?!\*)(.+?)\*(?=[\s,.;)]|$)"


def sources(tiny: Tiny, entries: list[dict[str, Any]]) -> None:
    tiny.write("references/sources.yaml", json.dumps({"references": entries}, default=str))


def built(tiny: Tiny, *formats: str) -> list[str]:
    result = tiny.build("json", *formats)
    assert result.succeeded, result.diagnostics
    notes = json.loads(tiny.read("json"))["footnotes"]
    return [note["text"].replace("\u00a0", " ") for note in notes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_source_has_the_note_written_by_hand(tiny: Tiny, language: str) -> None:
    settings = tiny.project / "sections" / "report.yaml"
    text = settings.read_text("utf-8").replace("language: en", f"language: {language}")
    settings.write_text(text, "utf-8")
    sources(tiny, [kind["source"] for kind in KINDS])
    cited = [f"[@{kind['source']['id']}, {kind['locator']}]" for kind in KINDS]
    first = "\n\n".join(f"Words {one}." for one in cited)
    tiny.section("100-one", f"{first}\n\n{first}\n")
    result = tiny.build(*READ)
    assert result.succeeded, result.diagnostics
    wanted = [kind[form].get(language, kind[form]["en"]) for form in FORMS for kind in KINDS]
    leaning = [re.sub(STARRED, r"⟨\1⟩", note) for note in wanted]
    assert differing(tiny.project / "build", "tiny", leaning) == []


def test_the_documentation_shows_each_kind() -> None:
    shown = (ROOT / "docs" / "footnotes.md").read_text("utf-8")
    rows = [f"| {kind['first']['en']} | {kind['again']['en']} |\n" for kind in KINDS]
    assert [row for row in rows if row not in shown] == []


def test_a_year_alone_has_no_word_that_leads_to_a_day(tiny: Tiny) -> None:
    settings = tiny.project / "sections" / "report.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: en", "language: kk"))
    years = {"type": "book", "title": "Заң", "publisher": "Құқық"}
    sources(
        tiny,
        [
            {"id": "year", "issued": 2010, **years},
            {"id": "day", "type": "bill", "title": "Жоба", "issued": "2010-05-03"},
        ],
    )
    tiny.section("100-one", "Сөз [@year].\n\nСөз [@day].\n")
    assert built(tiny) == ["Заң (Құқық, 2010).", "Жоба, 2010 жылғы 3 мамыр."]


LOCATORS = {
    "para. 9 (b)": "para. 9 (b)",
    "para. 9 (b) and 10": "para. 9 (b) and 10",
    "paras. 12 and 13": "paras. 12 and 13",
    "paras. 12--15": "paras. 12–15",
    "paras. 6, 8 and 10 (c)-(e)": "paras. 6, 8 and 10 (c)-(e)",
    "paras. 9--11, 14": "paras. 9–11, 14",
    "para. 9 (b), 2nd sentence": "para. 9 (b), 2nd sentence",
    "op. para. 5": "op. para. 5",
    "para. 9 et seq.": "para. 9 et seq",  # the note's own full stop follows
    "paras. 9 *et seq.*": "paras. 9 et seq",
    'first line, "to be free."': "first line, “to be free.”",
    "para. 9?": "para. 9?",
    "[para. 9]": "[para. 9]",
    "art. 4 (a)": "art. 4 (a)",
    "arts. 1 and 2": "arts. 1 and 2",
    "art. 174 of the Code": "art. 174 of the Code",
    "§ 56": "§ 56",
    "§§ 56--58": "§§ 56–58",
    "p. 5": "p. 5",
    "pp. 5-9": "pp. 5-9",
    "p. v": "p. v",
    "p. 5, footnote 7": "p. 5, footnote 7",
    "fol. 12r": "fol. 12r",
    "chap. 2, sect. 3": "chap. 2, sect. 3",
    "sect. IV.B": "sect. IV.B",
    "part two": "part two",
    "annex II": "annex II",
    "annex II, table 3": "annex II, table 3",
    "Schedule 1A": "Schedule 1A",
    "rule 92": "rule 92",
    "principle 3": "principle 3",
    "guideline 7.1.2": "guideline 7.1.2",
    "point 3.2": "point 3.2",
    "cl. 12.3": "cl. 12.3",
    "No. 4": "No. 4",
    "table 3": "table 3",
    "note 7": "note 7",
    "preamble": "preamble",
    "min. 12:30": "min. 12:30",
    "*passim*": "passim",
    '"a quotation"': "“a quotation”",
    "and the sources there": "and the sources there",
    "see <https://x.example/~a_b>": "see https://x.example/~a_b",
    "п. 12 и 13": "п. 12 и 13",
    "ст. 2, п. 1, подп. «в»": "ст. 2, п. 1, подп. «в»",
    "págs. 3 y ss.": "págs. 3 y ss",
    "pp. 3 ff.": "pp. 3 ff",
    "art. 2, par. 1 c)": "art. 2, par. 1 c)",
    "第5-7段和第12(b)段": "第5-7段和第12(b)段",
}


def test_a_locator_is_printed_whole_and_in_one_place(tiny: Tiny) -> None:
    long = {
        "id": "long",
        "type": "report",
        "title": "Long",
        "number": "A/1",
        "URL": "https://x.example/",
    }
    other = {"id": "other", "type": "legislation", "title": "Other"}
    sources(tiny, [long, other])
    for nth, typed in enumerate(LOCATORS):
        text = f"One [@long, {typed}].\n\nTwo [@other; @long].\n\nThree [@other, {typed}].\n\n"
        text += f"Four [@other, p. 0].\n\nFive [@other, {typed}].\n"
        tiny.section(f"{100 + nth}-s{nth}", text)
    notes = built(tiny)
    for nth, printed in enumerate(LOCATORS.values()):
        first, _, third, _, fifth = notes[5 * nth : 5 * nth + 5]
        stop = "" if printed.endswith(("?", ".”")) else "."
        if nth == 0:
            assert first == f"Long (A/1), {printed}, available at https://x.example/."
        else:
            assert first == f"A/1, {printed}{stop}"
        assert third == f"Other, {printed}{stop}"
        assert fifth == f"Ibid., {printed}{stop}"


CODE = {"id": "code", "type": "legislation", "title": "Labour Code", "issued": "2015"}
ICERD = {
    "id": "icerd",
    "type": "treaty",
    "title": "Convention on Discrimination",
    "title-short": "ICERD",
    "issued": "1965",
}
FULL = "Convention on Discrimination, 1965"


@pytest.mark.parametrize(
    ("written", "printed", "notes"),
    [
        ("As @icerd, art. 4, says.", "As ICERD, art. 4, says.", [f"{FULL}, art. 4."]),
        ("As @icerd [art. 5] says.", "As ICERD says.", [f"{FULL}, art. 5."]),
        ("By @icerd it is so.", "By ICERD it is so.", [f"{FULL}."]),
        (
            "By @code, since 2016, it is.",
            "By Labour Code, since 2016, it is.",
            ["Labour Code, 2015."],
        ),
        (
            "By @code, arts. 4, 5 (a) and 6, in 2016 it was.",
            "By Labour Code, arts. 4, 5 (a) and 6, in 2016 it was.",
            ["Labour Code, 2015, arts. 4, 5 (a) and 6."],
        ),
        (
            "By @code, chap. 3, sect. B, 15 persons were free.",
            "By Labour Code, chap. 3, sect. B, 15 persons were free.",
            ["Labour Code, 2015, chap. 3, sect. B."],
        ),
        (
            "По @code, ч. 2 ст. 15, и @code, с. 3 и сл., так.",
            "По Labour Code, ч. 2 ст. 15, и Labour Code, с. 3 и сл., так.",
            ["Labour Code, 2015, ч. 2 ст. 15.", "Ibid., с. 3 и сл."],
        ),
        (
            "By @icerd, arts. 4 (a) and 5, too",
            "By ICERD, arts. 4 (a) and 5, too",
            [f"{FULL}, arts. 4 (a) and 5."],
        ),
    ],
)
def test_a_source_named_in_the_text_stands_there_with_its_note(
    tiny: Tiny, written: str, printed: str, notes: list[str]
) -> None:
    sources(tiny, [CODE, ICERD])
    tiny.section("100-one", written + "\n")
    assert built(tiny) == notes
    text = json.loads(tiny.read("json"))["sections"][0]["items"][0]["text"]
    assert text.replace("\u00a0", " ") == printed


BEHIND_A_NAME = (
    *(
        "p. 12 and footnote 3",
        "note 4",
        "annex II, table 3",
        "p. 12, n. 3",
        "at 5",
        "ch. II, sect. 3",
    ),
    *(
        "§§ 5–7",
        "rows 3-5",
        "00:12:30",
        "fol. 3v",
        "Part I, chap. 2, art. 5 (1) (b) (iii)",
        "p. IV",
    ),
    *(
        "paras. 12 (a) and (b)",
        "vols. I and II",
        "subpara. (c)",
        "sect. IV.B",
        "table A.1",
        "pp. 5, 9, 12",
    ),
    *("preamble, para. 3", "sub-item 3.1", "paras. 3 & 5", "p. 12 n. 3", "annexe II, tableau 3"),
    *(
        "12-бап",
        "12-баптың 3-тармағы",
        "5 және 6-баптар",
        "第12条第3款",
        "第9段(b)项和第10段",
        "المادة 12",
    ),
    *("приложение II, таблица 3", "с. 12, сноска 3", "п. «а» ч. 2 ст. 15", "págs. 3 a 5 y nota 2"),
)
BEHIND_IT = (
    "since 2016",
    "in 12 cases",
    "adopted in 2015",
    "May 2015",
    "and others",
    "a report of 12 pages",
)


def test_behind_a_source_named_in_the_text_its_whole_locator_and_no_other_words(tiny: Tiny) -> None:
    sources(tiny, [CODE, ICERD])
    named = [
        f"By @icerd it is. By @code, {typed}, it was." for typed in (*BEHIND_A_NAME, *BEHIND_IT)
    ]
    tiny.section("100-one", "\n\n".join(named) + "\n")
    ends = [note.partition("Labour Code")[2] for note in built(tiny)[1::2]]
    wanted = [f", {typed}." for typed in BEHIND_A_NAME] + ["."] * len(BEHIND_IT)
    assert [end.removeprefix(", 2015") for end in ends] == wanted


def test_inside_a_footnote_a_source_is_written_out_in_place(tiny: Tiny) -> None:
    sources(tiny, [CODE, ICERD])
    tiny.section(
        "100-one",
        "{#one}\nWords.[^a]\n\nMore.[^b]\n\n[^a]: See @par-one and [@icerd, art. 4]; also [see @code, p. 3; @icerd, art. 5].\n\n"
        "[^b]: [@code, art. 2] is in force.\n",
    )
    assert built(tiny) == [
        f"See 1 and {FULL}, art. 4; also see Labour Code, 2015, p. 3; ICERD, art. 5.",
        "Labour Code, art. 2 is in force.",
    ]


CONVENTION = {"id": "icerd", "type": "treaty", "title": "公约"}
DESK = {
    "id": "desk",
    "type": "report",
    "author": [{"literal": "平等之家"}],
    "title": "紧闭的门",
} | {"publisher": "社", "issued": 2018}


def test_a_source_inside_of_a_footnote_has_the_marks_of_its_language_and_no_full_stop(
    tiny: Tiny,
) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", "language: zh"))
    sources(tiny, [CONVENTION, DESK])
    tiny.section(
        "100-one",
        "据@icerd，第4条，文。[^a]\n\n再。[^b]\n\n[^a]: 见 [@desk, 第8页]，另见 @icerd。\n\n[^b]: [@desk, 第9页]；[@icerd, 第5条]。\n",
    )
    assert built(tiny, "md") == [
        "公约，第4条。",
        "见平等之家，紧闭的门（社，2018年），第8页，另见公约。",
        "平等之家，紧闭的门，第9页；公约，第5条。",
    ]
    assert "据公约，第4条，" in tiny.read("md").decode()


@pytest.mark.parametrize(
    ("language", "edition", "date"),
    [
        ("zh", "第2版", "约1905年"),
        ("kk", "2-бас.", "шамамен 1905"),
        ("ar", "الطبعة 2", "نحو 1905"),
        ("ru", "2-е изд.", "ок. 1905 г."),
    ],
)
def test_an_edition_and_a_doubtful_year_stand_as_the_language_has_them(
    tiny: Tiny, language: str, edition: str, date: str
) -> None:
    tiny.write("sections/report.yaml", REPORT.replace("language: en", f"language: {language}"))
    sources(
        tiny,
        [
            {"id": "book", "type": "book", "title": "T", "publisher": "P", "edition": 2}
            | {"issued": {"date-parts": [[1905]], "circa": True}}
        ],
    )
    tiny.section("100-one", "One [@book].\n")
    (note,) = built(tiny)
    assert [said for said in (edition, date) if said not in note.replace("\u202f", " ")] == []


def test_an_ibid_with_which_a_footnote_begins_has_a_capital_and_no_author(tiny: Tiny) -> None:
    sources(tiny, [DESK])
    tiny.section("100-one", "One [@desk, p. 1].\n\nTwo.[^b]\n\n[^b]: [@desk, p. 2] says more.\n")
    assert built(tiny)[1] == "Ibid., p. 2 says more."


def test_ibid_follows_the_notes_as_they_are_printed(tiny: Tiny) -> None:
    sources(tiny, [CODE, ICERD])
    tiny.section("100-one", "A [@code, art. 1].\n\nB.[^x]\n\nC [@code, art. 2].\n\n[^x]: A note.\n")
    tiny.section(
        "200-two",
        "D [@code, art. 3].\n\nE [see @code, art. 4].\n\nF [@code; @icerd].\n\nG [@icerd].\n",
    )
    assert built(tiny) == [
        "Labour Code, 2015, art. 1.",
        "A note.",
        "Labour Code, art. 2.",
        "Ibid., art. 3.",
        "See ibid., art. 4.",
        f"Labour Code; {FULL}.",
        "ICERD.",
    ]
    assert tiny.build("json", sections=("two",)).succeeded
    alone = json.loads((tiny.project / "build" / "tiny-two.json").read_text("utf-8"))["footnotes"]
    assert [note["text"].replace("\u00a0", " ") for note in alone][:2] == [
        "Labour Code, 2015, art. 3.",
        "See ibid., art. 4.",
    ]
    assert [note["number"] for note in alone] == [4, 5, 6, 7]


def test_a_comma_between_two_sources_is_refused(tiny: Tiny) -> None:
    sources(tiny, [CODE, ICERD])
    tiny.section("100-one", "Words [@code, art. 4, @icerd, para. 9].\n")
    (problem,) = [item for item in tiny.build("json").diagnostics if item.severity == "error"]
    assert (problem.code, problem.place.line) == ("bad-citation", 6)
    assert "[@code, art. 4; @icerd, para. 9]" in problem.hint


def test_the_letters_that_stand_for_locators_cannot_be_typed(tiny: Tiny) -> None:
    sources(tiny, [CODE])
    tiny.section("100-one", "Words \U000f0000 [@code, art. 4].\n")
    assert tiny.codes() == ["control-character"]


def test_the_json_has_no_comma_where_two_marks_stood(tiny: Tiny) -> None:
    sources(tiny, [CODE, ICERD])
    tiny.section("100-one", "Words [@code] [@icerd]\N{EM DASH}and more.\n")
    assert len(built(tiny)) == 2
    (item,) = json.loads(tiny.read("json"))["sections"][0]["items"]
    assert item["text"] == "Words\N{EM DASH}and more."


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("art. 5*bis*", "art. 5bis"),
        ("arts. 4 and 5*ter*, para. 2", "arts. 4 and 5ter, para. 2"),
        ("p. 5; see also p. 7", "p. 5; see also p. 7"),
        ("p. 9; annex, p. 3; @law, p. 11", "p. 9; annex, p. 3; ibid., p. 11"),
    ],
)
def test_a_locator_with_emphasis_or_a_semicolon_is_printed_whole(
    tiny: Tiny, typed: str, printed: str
) -> None:
    sources = "references:\n- {id: law, type: legislation, title: The law}\n"
    tiny.write("references/sources.yaml", sources)
    tiny.section("300-law", f"Words [@law, art. 1]. More [@law, {typed}].\n")
    assert tiny.build("docx", "pdf", "html", "md").succeeded
    with zipfile.ZipFile(io.BytesIO(tiny.read("docx"))) as archive:
        word = re.sub("<[^>]+>", "", archive.read("word/footnotes.xml").decode())
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(tiny.read("pdf"))).pages)
    page = re.sub("<[^>]+>", "", tiny.read("html").decode())
    markdown = tiny.read("md").decode().replace("*", "")
    for text in (word, pdf, page, markdown):
        assert f"Ibid., {printed}." in " ".join(text.split()), text
