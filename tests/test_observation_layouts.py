"""The shapes that documents of committees had over thirty years: parts, numbered headings, footnotes, cut words."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import observation_files as files
import pytest
import typst

from shadowreport.core.problems import Failure
from shadowreport.core.report import Place
from shadowreport.load.lexicon import load_lexicon
from shadowreport.new import Choices, new
from shadowreport.new.choices import Cycle
from shadowreport.observations import import_observations
from shadowreport.observations.addendum import answers
from shadowreport.observations.block import Block
from shadowreport.observations.fields import load_fields
from shadowreport.observations.run_together import apart
from shadowreport.observations.words import Words
from shadowreport.source.yaml import read_yaml

BASE = Path(__file__).parent / "base"
Data = dict[str, Any]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "report"
    shutil.copytree(BASE, folder)
    return folder


def _taken(project: Path, source: Path) -> Data:
    file = import_observations(project, [source]).taken[0].file
    return read_yaml((project / file).read_text("utf-8"), file).data


def _typed(project: Path, items: list[files.Item], **layout: Any) -> Data:
    source = project.parent / "x.txt"
    source.write_text(files.typed(items, **layout), "utf-8")
    return _taken(project, source)


def _headings(data: Data) -> dict[str, str]:
    return {
        key: item.get("heading", {}).get("en", "") for key, item in data["recommendations"].items()
    }


GROUPS: list[files.Item] = [  # numbered headings, whose numbers are not those of paragraphs
    ("front", "CMW/C/UTO/CO/1"),
    ("n", "The Committee adopted these observations on 11 April 2017."),
    ("part", "B. Positive aspects"),
    ("n", "The Committee notes the new hotline."),
    ("part", "C. Factors and difficulties impeding the implementation of the Convention"),
    ("n", "The Committee notes that most pickers work on ships."),
    ("part", "D. Principal subjects of concern and recommendations"),
    ("more", "1. General measures of implementation (arts. 73 and 84)"),
    ("head", "Ships"),
    ("n", "The Committee is concerned that nobody inspects ships."),
    ("n", "The Committee recommends that the State party inspect them."),
    ("more", "6. Promotion of sound conditions for all who pick, pack or carry (arts. 64–71)"),
    ("n", "The Committee is concerned about piers without lamps."),
    ("n", "The Committee recommends that the State party light them."),
    ("more", "8. Dissemination and follow-up"),
    ("head", "Follow-up"),
    ("n", "The Committee asks the State party to report within two years on paragraph 5."),
]  # fmt: skip


@pytest.mark.parametrize(
    "layout", [{}, {"width": 60, "blank": False}, {"width": 90, "blank": False}]
)
def test_numbered_headings_are_no_paragraphs(layout: Data, project: Path) -> None:
    data = _typed(project, GROUPS, **layout)
    promotion = "Promotion of sound conditions for all who pick, pack or carry"
    assert _headings(data) == {"5": "Ships", "7": promotion, "8": "Follow-up"}
    demands = data["recommendations"]
    assert demands["5"]["text"]["en"] == GROUPS[10][1]
    assert [demands[key].get("concerns") for key in ("5", "7")] == [["4"], ["6"]]
    assert demands["5"].get("follow_up") is True
    parts = {key: item["part"] for key, item in data["paragraphs"].items()}
    assert parts == {"1": "other", "2": "positive", "3": "other", "4": "concern", "6": "concern"}


APART: list[files.Item] = [  # concerns in one part, recommendations in the next; nothing says which is whose
    ("front", "E/C.12/1/Add.900"),
    ("front", "COMMITTEE ON ECONOMIC, SOCIAL AND CULTURAL RIGHTS Twenty-ninth session"),
    ("front", "19 December 2002"),
    ("n", "The Committee adopted these observations on 29 November 2002."),
    ("part", "D. Principal subjects of concern"),
    ("n", "The Committee deplores the length of the working day in the fisheries."),
    ("n", "The Committee is concerned at low wages."),
    ("part", "E. Suggestions and recommendations"),
    ("n", "The Committee urges the State party to raise wages in line with article"),
    ("n", "The Committee recommends that the State party inspect the fisheries."),
]  # fmt: skip


def test_what_stands_in_two_parts_is_not_paired_by_chance(project: Path) -> None:
    source = project.parent / "x.txt"
    text = files.typed(APART, blank=False).replace("with article\n", "with article\n7.\n")
    source.write_text(text, "utf-8")
    data = _taken(project, source)
    assert {key: item.get("concerns") for key, item in data["recommendations"].items()} == {
        "4": None,
        "5": None,
    }
    assert data["recommendations"]["4"]["text"]["en"].endswith("with article 7.")
    assert data["session"] == "Twenty-ninth"


BETWEEN: list[files.Item] = [
    ("front", "CEDAW/C/UTO/CO/7"),
    ("part", "B. Positive aspects"),
    ("n", "The Committee welcomes, on 1 November 2022, the new law."),
    ("part", "C. Sustainable Development Goals"),
    ("n", "The Committee urges the State party to count what women grow."),
    ("part", "D. Parliament"),
    ("n", "The Committee stresses the part of parliament. It invites the Assembly to hold a debate."),
    ("part", "E. Principal areas of concern and recommendations"),
    ("head", "2030 Agenda"),
    ("n", "The Committee is concerned about the silence."),
    ("n", "The Committee recommends that the State party act."),
]  # fmt: skip


def test_what_is_asked_between_praise_and_concern_is_a_demand(project: Path) -> None:
    data = _typed(project, BETWEEN)
    assert list(data["recommendations"]) == ["2", "3", "5"]
    assert _headings(data)["5"] == "2030 Agenda"
    assert data["paragraphs"]["1"]["part"] == "positive"


def test_a_part_on_progress_is_praise_with_a_comma_in_its_heading(project: Path) -> None:
    items: list[files.Item] = [
        ("front", "CRC/C/UTO/CO/4"),
        ("part", "II. Последующие меры, принятые государством-участником, и достигнутый им прогресс"),
        ("n", "Комитет приветствует 2 октября 2015 года новый закон."),
    ]  # fmt: skip
    assert _typed(project, items)["paragraphs"]["1"]["part"] == "positive"


def test_a_short_bold_demand_is_no_heading(project: Path) -> None:
    source = project.parent / "x.docx"
    document = docx.Document()
    for text, bold in (
        ("CCPR/C/UTO/CO/6", False),
        ("C. Principal subjects of concern and recommendations", True),
        ("1. The Committee, on 18 July 2008, remains concerned about old reservations.", False),
        ("The State party should withdraw them.", True),
        ("2. The Committee is concerned at slow inquiries.", False),
        ("The State party should speed them up.", True),
    ):
        document.add_paragraph().add_run(text).bold = bold
    document.save(str(source))
    data = _taken(project, source)
    assert {key: item["text"]["en"] for key, item in data["recommendations"].items()} == {
        "1": "The State party should withdraw them.",
        "2": "The State party should speed them up.",
    }


def test_urgent_paragraphs_that_are_named_before_they_come_are_marked(project: Path) -> None:
    data = _typed(
        project,
        [
            ("front", "CRC/C/UTO/CO/6"),
            ("part", "III. Main areas of concern and recommendations"),
            ("n", "The Committee, on 7 February 2020, would like to draw the State party’s attention to these areas, in respect of which urgent measures must be taken: schools (para. 3)."),
            ("n", "The Committee recommends that the State party build nurseries."),
            ("n", "The Committee urges the State party to open the schools to all."),
        ],
    )  # fmt: skip
    assert [key for key, item in data["recommendations"].items() if item.get("important")] == ["3"]


PAGES = """CAT/C/UTO/CO/3
2 December 2021
C. Principal subjects of concern and recommendations
1. The Committee considered the report of Utopia1 and adopted,2 on 2 December 2021, what follows. It is
concerned about cells.
1 CAT/C/UTO/3.
2
See the record of the meeting, which
fills two lines.
\f22-16871 (E) 2/3
CAT/C/UTO/CO/3
2. The State party should, in the twenty-
first month, light the cells of non-
combatants and the informa-
tion desks, where information is given, by
1 May 2022.
\f3/3 22-16871
CAT/C/UTO/CO/3
3. The State party should act.
"""


def test_footnotes_at_the_foot_of_pages_of_plain_text(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(PAGES, "utf-8")
    data = _taken(project, source)
    first = data["paragraphs"]["1"]
    assert first["text"]["en"] == (
        "The Committee considered the report of Utopia and adopted, on 2 December 2021, what follows. "
        "It is concerned about cells."
    )
    assert first["notes"] == [
        "CAT/C/UTO/3.",
        "See the record of the meeting, which fills two lines.",
    ]
    demands = data["recommendations"]
    assert demands["2"]["text"]["en"] == (
        "The State party should, in the twenty-first month, light the cells of non-combatants and the "
        "information desks, where information is given, by 1 May 2022."
    )
    assert demands["3"]["text"]["en"] == "The State party should act."


def test_marks_of_footnotes_that_a_copy_left_are_taken_away(project: Path) -> None:
    source = project.parent / "x.docx"
    document = docx.Document()
    document.add_paragraph("CERD/C/UTO/CO/5")
    document.add_paragraph("C. Concerns and recommendations")
    paragraph = document.add_paragraph("1. The Committee, on 9 May 2023,1 is concerned about 40 km")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" of fenced land.")
    paragraph.add_run("12").font.superscript = True
    document.add_paragraph(
        "2. The State party should pay for wells.2 It should act under art.3 of the law."
    )
    document.save(str(source))
    data = _taken(project, source)
    assert data["paragraphs"]["1"]["text"]["en"] == (
        "The Committee, on 9 May 2023, is concerned about 40 km2 of fenced land."
    )
    assert data["recommendations"]["2"]["text"]["en"] == (
        "The State party should pay for wells. It should act under art.3 of the law."
    )


LETTERS = {
    "fr": ("CERD/C/UTO/CO/22", "C. Préoccupations et recommandations", "Le Comité recommande à l’État partie, le 30 novembre 2022 :", ("d’agir ;", "de former ;", "d’écouter."), "Le Comité demande à l’État partie de fournir, dans un délai d’un an, des renseignements sur les paragraphes 1 b) et c) ci-dessus."),
    "ru": ("CEDAW/C/UTO/CO/5", "E. Основные вопросы, вызывающие озабоченность, и рекомендации", "Комитет 8 ноября 2019 года рекомендует государству-участнику:", ("принять закон;", "обучать судей;", "слушать."), "Комитет просит представить в течение двух лет информацию о рекомендациях в пунктах 1 b) и c) выше."),
}  # fmt: skip


@pytest.mark.parametrize("language", LETTERS)
def test_letters_that_share_a_number_are_followed_up(language: str, project: Path) -> None:
    symbol, part, asks, letters, follow = LETTERS[language]
    items = [("front", symbol), ("part", part), ("n", asks), *(("a", said) for said in letters)]
    data = _typed(project, [*items, ("n", follow)])
    demands = data["recommendations"]
    assert [key for key, item in demands.items() if item.get("follow_up")] == ["1.2", "1.3"]


ARABIC = (
    "CERD/C/UTO/CO/3",
    "9 May 2023",
    "ألف- مقدمة",
    "1- ترحب اللجنة بتقرير الدولة الطرف في دورتها 104.",
    "جيم- دواعي القلق والتوصيات",
    "الإحصاءات",
    "2- تأسف اللجنة لعدم وجود بيانات.",
    "3- توصي اللجنة الدولة الطرف بما يلي:",
    "(أ) جمع البيانات؛",
    "(ب) نشرها.",
)
CHINESE = (
    "CCPR/C/UTO/CO/7",
    "A. 导言",
    "1. 委员会在2022年10月28日举行的会议上通过了本结论性意见。",
    "C. 主要关注事项和建议",
    "死刑",
    "2. 委员会感到关切的是，缔约国没有废除死刑。",
    "3. 委员会建议缔约国：",
    "(a) 暂停执行死刑；",
    "(b) 修改法律。",
)


@pytest.mark.parametrize(("lines", "heading"), [(ARABIC, "الإحصاءات"), (CHINESE, "死刑")])
def test_scripts_without_capitals(lines: tuple[str, ...], heading: str, project: Path) -> None:
    source = project.parent / "x.docx"
    document = docx.Document()
    for text in lines:
        document.add_paragraph(text)
    document.save(str(source))
    data = _taken(project, source)
    demands = data["recommendations"]
    assert list(demands) == ["3.1", "3.2"]
    assert list(demands["3.1"]["heading"].values()) == [heading]
    assert demands["3.2"]["concerns"] == ["2"]
    assert data["paragraphs"]["1"]["part"] == "introduction"
    assert data["cycle"] in ("2022", "2023")


PRIOR: list[files.Item] = [
    ("front", "CCPR/C/UTO/QPR/7"),
    ("front", "10 August 2018"),
    ("front", "List of issues prior to submission of the seventh periodic report of Utopia*"),
    ("part", "A. General information on the human rights situation"),
    ("n", "The Committee decided to send a list of issues. It needs no written replies."),
    ("n", "Please describe, in view of the last observations (CCPR/C/UTO/CO/6, para. 19): (a) the new law; and (b) its fate."),
    ("part", "B. Specific information on the implementation of articles 1 to 27"),
    ("n", "Please report on herders."),
    ("more", "* Adopted by the Committee at its 123rd session (2–27 July 2018)."),
]  # fmt: skip


def test_a_list_of_issues_that_names_earlier_observations_is_none_of_them(project: Path) -> None:
    data = _typed(project, PRIOR)
    assert (data["symbol"], data["session"]) == ("CCPR/C/UTO/QPR/7", "123")
    assert {key: item["text"]["en"] for key, item in data["recommendations"].items()} == {
        "2.1": "the new law.",
        "2.2": "its fate.",
        "3": "Please report on herders.",
    }
    assert _headings(data)["2.1"] == "General information on the human rights situation"


ANSWERED: list[files.Item] = [
    ("front", "A/HRC/16/3"),
    ("front", "4 January 2011"),
    ("front", "Report of the Working Group on the Universal Periodic Review: Utopia"),
    ("part", "II. Conclusions and recommendations"),
    ("n", "The recommendations formulated during the dialogue and"),
    ("more", "listed below have been examined by Utopia and enjoy its support:"),
    ("more", "1.1 Ratify the Covenant (France);"),
    ("n", "Utopia considers that the recommendations below are already implemented:"),
    ("more", "2.1 Open the harbour (Peru);"),
    ("n", "The recommendations below are noted, since Utopia holds them for already implemented:"),
    ("more", "3.1 Close the harbour (Chile)."),
]  # fmt: skip


def test_responses_of_the_review_in_other_words(project: Path) -> None:
    demands = _typed(project, ANSWERED)["recommendations"].values()
    assert [item.get("response") for item in demands] == ["supported", "supported", "noted"]


BEHIND_A_LIST: list[files.Item] = [
    ("front", "CERD/C/UTO/CO/6"),
    ("part", "C. Concerns and recommendations"),
    ("n", "The Committee, on 19 August 2004, is concerned about two things in all provinces of the State party and its islands:"),
    ("a", "Prosecutions;"),
    ("a", "Silence."),
    ("more", "The Committee recommends that the State party, in keeping with its obligations under the Convention as a whole:"),
    ("a", "Investigate crimes;"),
    ("a", "Train prosecutors."),
    ("more", "It also recommends that minorities be consulted about all that is planned for them in the provinces and on the islands."),
]  # fmt: skip


def test_what_stands_behind_a_list_is_none_of_its_last_item(project: Path) -> None:
    data = _typed(project, BEHIND_A_LIST, width=80, blank=False)
    demands = {key: item["text"]["en"] for key, item in data["recommendations"].items()}
    assert demands == {
        "1": BEHIND_A_LIST[8][1],
        "1.1": "Investigate crimes.",
        "1.2": "Train prosecutors.",
    }
    assert "Silence." in data["paragraphs"]["1"]["text"]["en"]


@pytest.mark.parametrize(
    ("line", "symbol", "published"),
    [
        ("Distr.GENERALCAT/C/UTO/CO/212 December 2008", "CAT/C/UTO/CO/2", "2008-12-12"),
        ("GENERALE/C.12/UTO/CO/124 January 2006", "E/C.12/UTO/CO/1", "2006-01-24"),
        ("CERD/C/UTO/CO/14 May 2009", "CERD/C/UTO/CO/1", "2009-05-04"),
        ("CERD/C/UTO/CO/8-1012 May2009", "CERD/C/UTO/CO/8-10", "2009-05-12"),
        ("CERD/C/UTO/CO/8 12 May2009", "CERD/C/UTO/CO/8", "2009-05-12"),
    ],
)
def test_a_symbol_and_a_date_that_a_copy_put_together_are_told_apart(
    line: str, symbol: str, published: str, project: Path
) -> None:
    items: list[files.Item] = [
        ("front", line),
        ("n", "The Committee adopted these observations."),
        ("part", "C. Concerns and recommendations"),
        ("n", "The Committee is concerned about the piers."),
        ("n", "The Committee recommends that the State party light them."),
    ]  # fmt: skip
    data = _typed(project, items, width=1000)
    assert (data["symbol"], str(data["published"])) == (symbol, published)
    assert list(data["recommendations"]) == ["3"]


def test_paragraphs_that_stand_in_one_line_are_parted(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(
        "Monday Comité de Derechos Humanos Observaciones finales sobre el informe de Utopía\n\n"
        "1. El Comité aprobó las observaciones el 11 de julio de 2016. A. Introducción 2. El Comité "
        "agradece la carta. B. Aspectos positivos 3. El Comité celebra: a) el faro; b) el puente. "
        "C. Principales motivos de preocupación y recomendaciones Puertos 4. Preocupa al Comité que falte "
        "luz en 1. de mayo. 5. El Estado parte debe: a) encenderla; b) pagarla. Barcas 6. El Comité "
        "recomienda pintarlas.\n",
        "utf-8",
    )
    data = _taken(project, source)
    demands = data["recommendations"]
    assert {key: item["text"]["es"] for key, item in demands.items()} == {
        "5.1": "encenderla.",
        "5.2": "pagarla.",
        "6": "El Comité recomienda pintarlas.",
    }
    assert demands["6"]["heading"]["es"] == "Barcas" and demands["5.1"]["concerns"] == ["4"]
    parts = [item["part"] for item in data["paragraphs"].values()]
    assert parts == ["other", "introduction", "positive", "concern", "demand"]


def test_headings_of_parts_and_themes_in_one_line_are_told_apart(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(
        "CRPD/C/UTO/CO/1 Distr.: General 30 September 2014 I. Introduction 1. The Committee thanks Utopia. "
        "III. Principal areas of concern and recommendations A. General obligations (arts. 1-4) 2. The "
        "Committee is concerned about No. 3. of the act. 3. The Committee urges the State party to: (a) "
        "Mend it; and (b) Print it. B. Specific rights (arts. 5-30) Equality (art. 5) 4. The State party "
        "should pay. * Adopted by the Committee at its eleventh session (31 March-11 April 2014).\n",
        "utf-8",
    )
    data = _taken(project, source)
    assert _headings(data) == {
        "3.1": "General obligations",
        "3.2": "General obligations",
        "4": "Equality",
    }
    assert data["recommendations"]["4"]["text"]["en"] == "The State party should pay."
    assert str(data["adopted"]) == "2014-04-11"


def test_a_demand_is_told_where_the_heading_above_it_was_not_found(project: Path) -> None:
    items: list[files.Item] = [
        ("front", "CERD/C/UTO/CO/3"),
        ("part", "B. Positive aspects"),
        ("n", "The Committee welcomes the law of 1 May 2020."),
        ("n", "The Committee recommends that the State party light the piers."),
    ]  # fmt: skip
    source = project.parent / "x.txt"
    source.write_text(files.typed(items), "utf-8")
    told = [item.message for item in import_observations(project, [source]).diagnostics]
    assert any("no demand was found" in message for message in told)
    assert any(
        "a demand in the part 'B. Positive aspects', not taken" in message for message in told
    )


def test_numbers_stand_apart_in_arabic_and_close_in_chinese(project: Path) -> None:
    arabic = (
        "CCPR/C/UTO/CO/3\n\n13 April 2017\n\nالملاحظات الختامية\n\n١- نظرت اللجنة في التقرير.\n\n"
        "جيم - الشواغل والتوصيات\n\n٢ - تشعر اللجنة بالقلق إزاء الميناء.\n\n3 - وتوصي اللجنة الدولة الطرف بإنارته.\n"
    )
    chinese = (
        "关于乌托邦报告的结论性意见*\n\n1.2016年11月,委员会审议了报告(CEDAW/C/UTO/8)。\n\nA.导言\n\n"
        "* 经委员会第六十五届会议(2016 年 10 月 24 日至 11 月 18 日)通过。\n\nC.主要关切领域和建议\n\n"
        "《公约》的适用问题\n\n2.委员会关切地注意到港口。\n\n3.委员会建议缔约国照亮港口。\n"
    )
    for text, heading in ((arabic, ""), (chinese, "《公约》的适用问题")):
        source = project.parent / "x.txt"
        source.write_text(text, "utf-8")
        data = _taken(project, source)
        demand = data["recommendations"]["3"]
        assert demand["concerns"] == ["2"] and list(data["paragraphs"]) == ["1", "2"]
        assert "".join(demand.get("heading", {}).values()) == heading
    assert str(data["adopted"]) == "2016-11-18"


def test_a_copy_that_lost_its_numbers_is_refused_with_what_to_take_instead(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(
        "CAT/C/UTO/CO/2\n\nThe Committee considered the report.\n\nC. Concerns\n\nThe Committee is concerned.\n",
        "utf-8",
    )
    with pytest.raises(Failure) as told:
        import_observations(project, [source])
    assert "Word file or the PDF" in told.value.diagnostics[0].hint


@pytest.mark.parametrize("size", ["8pt", "9pt"])
def test_what_several_pages_say_at_their_ends_is_no_running_head(size: str, project: Path) -> None:
    data = _taken(project, files.repeating(project.parent / "x.pdf", size))
    demands, said = data["recommendations"], data["paragraphs"]
    assert list(demands) == ["3.1", "3.2", "5.1", "5.2", "7.1", "7.2", "8"]
    assert [demands[key]["text"]["en"] for key in ("3.1", "7.1")] == [
        "Light pier 2.",
        "Light pier 6.",
    ]
    assert all(said[key]["text"]["en"].endswith("The State party should:") for key in "357")
    assert {str(said[key]["notes"]) for key in "246"} == {"['CERD/C/UTO/CO/2, para. 8.']"}
    assert "(CERD/C/UTO/3) of 2019–2021 and" in said["1"]["text"]["en"]


FEET = """CERD/C/UTO/CO/3

21 May 2022

1. The Committee adopted these observations, which are long.

C. Concerns and recommendations

Piers

2. The Committee is concerned about the state of the rural piers and the lack of navi\u00ad
gation lights,1 and regrets that no report came (arts. 2 and
5). It deplores the slow repair of the northern 2 lights, in line with article
9 of the act.
3. The Committee recommends that the State party:
(a)

Light the piers;

* Adopted by the Committee at its 107th session (8-30 August 2022).
1 See the letter of 2021.
2 CERD/C/UTO/CO/2, para. 8.
GE.22-14982 (E)

*2214982* Please recycle
\fCERD/C/UTO/CO/3
B.

(b)

Pay for it; and

(c)

Print this.

Rights of the child (art. 1)
Ferries
4. The State party should build ferries.
3
"""


def test_notes_and_headings_of_plain_pages_find_their_places(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(FEET, "utf-8")
    taken = import_observations(project, [source])
    codes = [item.code for item in taken.diagnostics]
    assert codes.count("observations-order") == 1  # what else went astray nobody can tell
    data = read_yaml((project / taken.taken[0].file).read_text("utf-8"), "x").data
    assert {key: item["text"]["en"] for key, item in data["recommendations"].items()} == {
        "3.1": "Light the piers.",
        "3.2": "Pay for it.",
        "3.3": "Print this.",
        "4": "The State party should build ferries.",
    }
    assert _headings(data)["4"] == "Ferries"
    concern = data["paragraphs"]["2"]
    assert concern["notes"] == ["See the letter of 2021.", "CERD/C/UTO/CO/2, para. 8."]
    assert "navigation lights, and" in concern["text"]["en"]
    assert "(arts. 2 and 5)" in concern["text"]["en"] and "northern lights" in concern["text"]["en"]
    told = [item.message for item in taken.diagnostics if item.code == "observations-left"]
    assert len(told) == 2 and "northern 2 lights" in told[0] and "mark of a heading" in told[1]


GOES_ON = """CERD/C/UTO/CO/3

21 May 2022

1. The Committee adopted these observations.{mark}

C. Concerns and recommendations

2. The Committee is concerned about dark
{star}Adopted by the Committee at its 107th session (8-30 August 2022).
1CERD/C/UTO/CO/2.
2See CERD/C/UTO/3.
{alone}GE.22-14982 (E)
\fCERD/C/UTO/CO/3
piers.2
3. The Committee recommends that the State party light them.
"""


@pytest.mark.parametrize(("star", "alone"), [("* ", ""), ("\n", "*\n\n")])
def test_a_note_to_the_title_does_not_swallow_a_text_that_goes_on_over_it(
    project: Path, star: str, alone: str
) -> None:
    source = project.parent / "x.txt"
    source.write_text(
        GOES_ON.format(mark="1", star=star, alone=alone).replace("dark", "dark2"), "utf-8"
    )
    data = _taken(project, source)
    assert data["paragraphs"]["2"]["text"]["en"].startswith(
        "The Committee is concerned about dark piers"
    )
    assert data["paragraphs"]["1"]["notes"] == ["CERD/C/UTO/CO/2."]
    assert data["session"] == "107"


def test_a_heading_of_two_lines_in_larger_letters_is_one(project: Path) -> None:
    long = "Subjects of concern to those who live at the sea and recommendations on them"
    items: list[files.Item] = [
        ("front", "CERD/C/UTO/CO/3"),
        (
            "n",
            "The Committee adopted these observations on 30 August 2022, and thanks all who came from afar.",
        ),
        ("large", f"C. {long}"),
        (
            "n",
            "The Committee is concerned that piers are dark, in all of the districts that lie at the sea.",
        ),
        (
            "n",
            "The Committee recommends that the State party light them, as all the other States have done.",
        ),
    ]
    data = _taken(project, files.pdf(project.parent / "x.pdf", items))
    assert list(data["recommendations"]) == ["3"]
    assert data["paragraphs"]["1"]["text"]["en"].endswith("came from afar.")


PAST = {
    "en": (
        "D. Concerns and recommendations",
        "The Committee was concerned that fishers were beaten.",
        "The Committee noted with regret that no ombudsman was named.",
        "The Committee recommended that the State party name one.",
        "The Committee urged the Government to punish those who beat fishers.",
    ),
    "fr": (
        "D. Sujets de préoccupation et recommandations",
        "Le Comité s'est déclaré préoccupé par les violences.",
        "Le Comité a noté qu'aucun médiateur n'était nommé.",
        "Le Comité a recommandé que l'État partie en nomme un.",
        "Le Comité a invité le Gouvernement à punir les auteurs.",
    ),
    "es": (
        "D. Motivos de preocupación y recomendaciones",
        "El Comité expresó su preocupación por los golpes.",
        "El Comité lamentó que no hubiera defensor.",
        "El Comité recomendó que el Estado parte nombrara uno.",
        "El Comité instó al Gobierno a castigar a los autores.",
    ),
    "ru": (
        "D. Вопросы, вызывающие обеспокоенность, и рекомендации",
        "Комитет был обеспокоен избиениями рыбаков.",
        "Комитет отметил, что омбудсмен не назначен.",
        "Комитет рекомендовал государству-участнику назначить его.",
        "Комитет призвал правительство наказать виновных.",
    ),
}


@pytest.mark.parametrize("language", PAST)
def test_documents_that_tell_in_the_past_are_understood(project: Path, language: str) -> None:
    part, *said = PAST[language]
    typed = "\n\n".join(f"{number}. {text}" for number, text in enumerate(said, 2))
    source = project.parent / "x.txt"
    source.write_text(
        f"CERD/C/UTO/CO/3\n\n21 May 1997\n\n1. {said[1]}\n\n{part}\n\n{typed}\n", "utf-8"
    )
    taken = import_observations(project, [source])
    data = read_yaml((project / taken.taken[0].file).read_text("utf-8"), "x").data
    assert list(data["recommendations"]) == ["4", "5"]
    assert [data["paragraphs"][key]["part"] for key in ("2", "3")] == ["concern"] * 2
    assert "observations-left" not in [item.code for item in taken.diagnostics]


def test_general_recommendations_with_their_subjects_and_paragraphs_with_theirs_are_all_found(
    project: Path,
) -> None:
    items: list[files.Item] = [
        ("front", "CERD/C/UTO/CO/3"),
        ("n", "The Committee adopted these observations on 30 August 2022."),
        ("part", "C. Concerns and recommendations"),
        (
            "n",
            "Recalling its general recommendations No. 7 (1985) on article 4, No. 15 (1993) relating to it and No. 35 (2013) on speech, "
            "and the ILO Convention No. 169, the Committee recommends that the State party: (a) act; (b) count; (c) print.",
        ),
        ("n", "The Committee recommends that the State party: (a) build; (b) paint."),
        (
            "n",
            "The Committee requests the State party to report within one year on paragraphs 2 (a) and (b) (speech) and 3 (b) (paint).",
        ),
    ]
    demands = _typed(project, items)["recommendations"]
    assert demands["2.1"]["general_recommendations"] == [7, 15, 35]
    assert [key for key, item in demands.items() if item.get("follow_up")] == ["2.1", "2.2", "3.2"]


def test_what_a_new_report_left_open_gives_way_to_the_document(tmp_path: Path) -> None:
    project = tmp_path / "report"
    new(project, Choices("CEDAW", "fr", "Nordanie", cycles=(Cycle("2020"),)))
    items: list[files.Item] = [
        ("front", "CEDAW/C/NRD/CO/4"),
        ("front", "Observations finales concernant le rapport de la Nordanie"),
        ("n", "Le Comité a adopté les présentes observations le 9 mars 2020."),
        ("part", "C. Principaux sujets de préoccupation et recommandations"),
        ("head", "Violence fondée sur le genre à l’égard des femmes"),
        *[("n", "Le Comité regrette ce retard.")] * 6,
        ("n", "Le Comité recommande à l’État partie d’ouvrir des foyers."),
    ]  # fmt: skip
    source = tmp_path / "x.txt"
    source.write_text(files.typed(items), "utf-8")
    taken = import_observations(project, [source])
    demands = read_yaml((project / taken.taken[0].file).read_text("utf-8"), "x").data[
        "recommendations"
    ]
    assert demands["8"]["text"] == {"fr": items[-1][1]}
    assert demands["8"]["theme"] == "violence"  # whose title has another apostrophe
    assert [item.message for item in taken.diagnostics] == [
        "the document has no demands 10, 12, 14, 16, 18, which are TODO here"
    ]


@pytest.mark.parametrize("apart", [True, False])
def test_blanks_inside_of_arabic_words_are_told(project: Path, apart: bool) -> None:
    said = [
        "اعتمدت اللجنة هذه الملاحظات أيضا في 30 آب/أغسطس 2022.",
        "تشعر اللجنة بالقلق إزاء الأرصفة المظلمة والقوارب القديمة.",
        "توصي اللجنة الدولة الطرف بإنارة الأرصفة (أ) و(ب).",
    ]
    text = "\n\n".join(f"{number}- {one}" for number, one in enumerate(said, 1))
    if apart:
        text = (
            text.replace("أيضا", "أيض ا")
            .replace("القديمة", "القديم ة")
            .replace("المظلمة", "المظلم ة")
        )
    source = project.parent / "x.txt"
    source.write_text(f"CERD/C/UTO/CO/3\n\n{text}\n", "utf-8")
    found = [
        item
        for item in import_observations(project, [source]).diagnostics
        if "blanks" in item.message
    ]
    assert [item.place.line for item in found] == ([3] if apart else [])


@pytest.mark.parametrize("items", [files.CRPD, files.CERD_RU])
def test_a_second_column_that_has_hardly_begun_is_read_behind_the_first(
    items: list[files.Item], project: Path
) -> None:
    source = files.pdf(project.parent / "x.pdf", items, columns=2, width="20cm")
    data = _taken(project, source)
    assert data["recommendations"] == _typed(project, items)["recommendations"]


def test_a_letter_above_the_first_paragraph_begins_a_part_whatever_stands_above(
    project: Path,
) -> None:
    text = """CERD/C/UTO/CO/3
Concluding observations on the combined third and fourth report of Utopia
A. Introduction
1.
The Committee considered the report at its twelfth meeting, held on 8 May
2021.
C. Concerns and recommendations
Housing
2.
The Committee recommends that the State party build houses in the capital.
"""
    (project.parent / "x.txt").write_text(text, "utf-8")
    assert _taken(project, project.parent / "x.txt")["paragraphs"]["1"]["part"] == "introduction"


def test_a_number_before_words_of_another_place_is_told(project: Path) -> None:
    text = files.typed(GROUPS).replace("8. The Committee asks", "8.\n16).\n\nThe Committee asks")
    source = project.parent / "x.txt"
    source.write_text(text, "utf-8")
    said = [item.message for item in import_observations(project, [source]).diagnostics]
    assert "a number, and behind it words of another place: '8. 16).'" in said


@pytest.mark.parametrize("columns", [1, 2])
def test_a_heading_in_capitals_over_two_lines_is_one(project: Path, columns: int) -> None:
    long = "SITUATION OF THE LAMPS ON ALL PIERS OF THE REPUBLIC AND OF THE HERDERS AND FISHERS OF THE NORTH"
    items: list[files.Item] = [
        ("front", "CERD/C/UTO/CO/3"),
        ("n", "The Committee adopted these observations on 30 August 2022, and thanks all who came from afar."),
        ("part", "C. Subjects of concern and recommendations"),
        ("head", long),
        ("n", "The Committee is concerned that piers are dark, in all of the districts that lie at the sea."),
        ("n", "The Committee recommends that the State party light them, as all the other States have done."),
    ]  # fmt: skip
    made = files.pdf(project.parent / "x.pdf", items, columns, "18cm")
    assert _headings(_taken(project, made)) == {"3": long}


def test_capitals_over_two_lines_of_text_are_one_heading(project: Path) -> None:
    items: list[files.Item] = [
        ("front", "CERD/C/UTO/CO/3"),
        ("n", "The Committee adopted these observations on 30 August 2022, and thanks all."),
        ("part", "C. Subjects of concern and recommendations"),
        ("head", "LAMPS ON ALL THE PIERS OF THE REPUBLIC AND THE HARBOUR LIGHTS"),
        ("n", "The Committee is concerned that piers are dark, in all of the districts that lie at the sea."),
        ("n", "The Committee recommends that the State party light them, as all the other States have done."),
    ]  # fmt: skip
    assert _headings(_typed(project, items, width=60, blank=False)) == {"3": items[3][1]}


def test_chinese_lines_are_joined_without_blanks(project: Path) -> None:
    source = project.parent / "x.txt"
    lines = [*CHINESE[:-2], "(a) 在", "2023 年暂停执行死刑；", CHINESE[-1]]
    lines[-4] = "3. 缔约国应："
    source.write_text("\n".join(lines) + "\n", "utf-8")
    demands = _taken(project, source)["recommendations"]
    assert demands["3.1"]["text"] == {"zh": "在2023 年暂停执行死刑。"}


def test_arabic_numbers_that_and_is_glued_to_are_followed_up(project: Path) -> None:
    source = project.parent / "x.docx"
    document = docx.Document()
    more = "4- تلفت اللجنة انتباه الدولة الطرف إلى الأهمية الخاصة للتوصيات الواردة في الفقرتين 2 و3 أعلاه."
    for text in (*ARABIC, "الفقرات ذات الأهمية الخاصة", more):
        document.add_paragraph(text)
    document.save(str(source))
    demands = _taken(project, source)["recommendations"]
    assert [key for key, item in demands.items() if item.get("important")] == ["3.1", "3.2"]


@pytest.mark.parametrize("columns", [1, 2])
def test_an_arabic_pdf_is_read_from_the_right_and_told(project: Path, columns: int) -> None:
    more = [
        "4- تلاحظ اللجنة أن المادة 14 (ب) تكلف 2999 و3000 في 2003/14.",
        "5- توصي اللجنة الدولة الطرف بجمع البيانات.",
    ]
    said = [
        line.replace("(", "\\(").replace("- ", "\\- ", 1) for line in (*ARABIC, "الموانئ", *more)
    ]
    source = (
        f'#set page(width: 16cm, height: 18cm, columns: {columns})\n#set text(lang: "ar", font: "Noto Naskh Arabic", 9pt)\n'
        + "\n\n".join(line.replace("/", "\\/") for line in said)
    )
    made = project.parent / "x.pdf"
    fonts = [Path(__file__).parent.parent / "templates" / "fonts"]
    made.write_bytes(typst.compile(source.encode(), font_paths=fonts, ignore_system_fonts=True))
    result = import_observations(project, [made])
    data = read_yaml((project / result.taken[0].file).read_text("utf-8"), "x.yaml").data
    assert list(data["recommendations"]) == ["3.1", "3.2", "5"]
    assert data["symbol"] == ARABIC[0]
    assert data["recommendations"]["5"]["concerns"] == ["4"]
    assert data["paragraphs"]["4"]["text"] == {"ar": more[0].partition(" ")[2]}
    assert any("read from the right" in item.message for item in result.diagnostics)


# --- functions of their own -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("general recommendation XIV", [14]),
        ("general recommendations No. XXIX and XXXI", [29, 31]),
        ("general recommendation No. XL (2040)", [40]),
        ("general recommendation No. 35 (2013)", [35]),
    ],
)
def test_general_recommendations_are_known_by_roman_numbers(said: str, numbers: list[int]) -> None:
    lexicon = load_lexicon()[0]
    words = Words(lexicon, lexicon.languages["en"])
    assert words.general_recommendations(f"Recalling its {said}, it is concerned.") == numbers


def test_paragraphs_in_one_line_are_parted_at_their_numbers_and_tables_are_not() -> None:
    text = (
        "1. The Committee met. 2. It thanks the State. Courts 3. It regrets the delay. * Adopted."
    )
    block = Block(text, Place("x"))
    assert [item.text for item in apart([block])] == [
        "1. The Committee met.",
        "2. It thanks the State.",
        "Courts",
        "3. It regrets the delay.",
        "* Adopted.",
    ]
    table, short = replace(block, table=True), Block("1. One. 2. Two.", Place("x"))
    assert apart([table, short]) == [table, short]


def test_a_response_belongs_to_the_numbers_it_names_or_that_stand_below_its_words(
    tmp_path: Path,
) -> None:
    lines = [
        "The following recommendations are supported:",
        "125.1, 125.3-125.5",
        "Recommendation 125.2 is noted.",
        "Recommendation 125.6 is supported in part and noted in part.",
    ]
    found = answers([Block(line, Place("x")) for line in lines], load_fields(tmp_path))
    said = {number: response for number, (response, _) in found.responses.items()}
    assert said == {
        "125.1": "supported",
        **dict.fromkeys(("125.3", "125.4", "125.5"), "supported"),
        "125.2": "noted",
    }
    assert [reason for _, reason in found.left] == ["numbers without a single response"]


def test_what_stands_above_the_first_part_is_no_concern(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(
        "CAT/C/UTO/CO/3\nCommittee against Torture\nConcluding observations on the report of Utopia\n\n"
        "1. The Committee considered the report at two meetings, and adopted these words.\n\n"
        "A. Introduction\n\n2. The Committee thanks the delegation.\n\nB. Positive aspects\n\n"
        "3. The Committee notes with appreciation the new lighthouse.\n\n"
        "C. Principal subjects of concern and recommendations\n\nPiers\n\n"
        "4. The Committee notes that piers are dark.\n\n5. The State party should light them.\n",
        "utf-8",
    )
    data = _taken(project, source)
    parts = {key: item["part"] for key, item in data["paragraphs"].items()}
    assert parts == {"1": "other", "2": "introduction", "3": "positive", "4": "concern"}
    assert data["recommendations"]["5"]["concerns"] == ["4"]


@pytest.mark.parametrize(
    ("code", "front", "parts", "words", "ask"),
    [
        (
            "fr",
            "E/C.12/UTO/CO/2\nComité des droits économiques, sociaux et culturels\nObservations finales: Utopie",
            ("B. Mesures positives", "C. Principaux sujets de préoccupation et recommandations"),
            ("Le Comité note la loi.", "L’État partie devrait payer."),
            "Le Comité prie l’État partie de faire rapport, dans les vingt-quatre mois, sur le paragraphe 2.",
        ),
        (
            "es",
            "E/C.12/UTO/CO/2\nComité de Derechos Económicos, Sociales y Culturales\nObservaciones finales: Utopía",
            ("B. Progreso logrado", "C. Principales motivos de preocupación y recomendaciones"),
            ("El Comité observa la ley.", "El Estado parte debe pagar."),
            "El Comité pide al Estado parte que informe, en un plazo de 24 meses, sobre el párrafo 2.",
        ),
        (
            "ru",
            "E/C.12/UTO/CO/2\nКомитет по экономическим, социальным и культурным правам\n"
            "Заключительные замечания по докладу Утопии",
            (
                "B. Позитивные меры",
                "C. Основные вопросы, вызывающие обеспокоенность, и рекомендации",
            ),
            ("Комитет отмечает закон.", "Государству-участнику следует платить."),
            "Комитет просит государство-участник сообщить в течение 24 месяцев о выполнении пункта 2.",
        ),
    ],
)
def test_progress_and_months_until_an_answer_are_known_in_other_languages(
    project: Path, code: str, front: str, parts: tuple[str, str], words: tuple[str, str], ask: str
) -> None:
    source = project.parent / "x.txt"
    text = f"{front}\n\n{parts[0]}\n\n1. {words[0]}\n\n{parts[1]}\n\n2. {words[1]}\n\n3. {ask}\n"
    source.write_text(text, "utf-8")
    data = _taken(project, source)
    assert data["paragraphs"]["1"]["part"] == "positive"
    assert list(data["recommendations"]["2"]["text"]) == [code]
    assert data["recommendations"]["2"]["follow_up"] is True


_LINE_BY_LINE = (
    "CMW/C/UTO/CO/1\n{title}\nA. Introduction\n1. The Committee adopted these words on 9 April 2021.\n"
    "C. Principal subjects of concern, suggestions and recommendations\nOrchards\n"
    "2. The Committee regrets that pickers sleep in barns.\n3. The State party should inspect them.\n"
)


def test_a_heading_below_a_full_line_of_a_part_is_read_and_told(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(_LINE_BY_LINE.format(title="Concluding observations: Utopia"), "utf-8")
    result = import_observations(project, [source])
    stem = result.taken[0].file
    data = read_yaml((project / stem).read_text("utf-8"), stem).data
    assert data["recommendations"]["3"]["heading"]["en"] == "Orchards"
    (told,) = [item for item in result.diagnostics if item.code == "observations-left"]
    assert "taken for a heading of its own" in told.message and told.place.line == 6


def test_a_line_that_may_be_a_heading_is_told(project: Path) -> None:
    source = project.parent / "x.txt"
    source.write_text(
        "CEDAW/C/UTO/Q/4\n10 March 2023\nList of issues and questions in relation to the fourth periodic report of Utopia\n"
        "Constitutional and legislative framework and national machinery\n1. Please describe the law.\n"
        "Stereotypes\n2. Please provide figures.\n",
        "utf-8",
    )
    result = import_observations(project, [source])
    told = [item.message for item in result.diagnostics if item.code == "observations-left"]
    assert len(told) == 1
    assert told[0].startswith("'Constitutional and legislative framework and national")
