"""What people's Word files look like, and what the import makes of it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx.shared import Pt
from word_files import WordFile, changed, piece

from shadowreport.core import numbering
from shadowreport.core.ast import plain
from shadowreport.core.problems import Failure, codes
from shadowreport.core.report import Box, Heading, Note, Paragraph, Report, Section
from shadowreport.importing import ImportOptions, ImportResult, import_report
from shadowreport.load import load
from shadowreport.pipeline import build

TEXT = "The authorities gave no information on this matter in the years under review."


@dataclass(frozen=True)
class Imported:
    """A file that was imported: what the import says, and the report that it made."""

    result: ImportResult
    report: Report

    def section(self, name: str) -> Section:
        return next(section for section in self.report.sections if section.name == name)

    def source(self, name: str) -> str:
        return self.section(name).source

    def paragraphs(self, section: Section | None = None) -> list[str]:
        sections = [section] if section else self.report.sections
        return [plain(item.blocks[0]) for one in sections for item in one.paragraphs()]

    def codes(self) -> list[str]:
        return [item.code for item in self.result.diagnostics]

    def messages(self, code: str) -> list[str]:
        return [item.message for item in self.result.diagnostics if item.code == code]


@dataclass(frozen=True)
class Importer:
    """Imports files into a folder of the test."""

    folder: Path

    def __call__(self, word: WordFile, options: ImportOptions | None = None) -> Imported:
        file = word.save(self.folder / "report.docx")
        result = import_report(file, self.folder / "project", options)
        report, problems = load(self.folder / "project")
        assert report is not None, problems
        assert problems == []
        return Imported(result, report)


@pytest.fixture
def imports(tmp_path: Path) -> Importer:
    return Importer(tmp_path)


# --- numbers --------------------------------------------------------------------------------------


def test_typed_numbers_are_dropped_and_come_back(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 6):
        word.text(f"{number}. {TEXT} Part {number}.")
    found = imports(word)
    assert found.paragraphs() == [f"{TEXT} Part {number}." for number in range(1, 6)]
    rows = (imports.folder / "project" / "import-map.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    assert [row.split(",")[2] for row in rows[1:]] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("mark", ["{}.\t", "{}.\u00a0", "§ {}. ", "{}\t"])
def test_typed_numbers_are_known_in_several_forms(imports: Importer, mark: str) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 6):
        word.text(f"{mark.format(number)}{TEXT}")
    assert imports(word).paragraphs() == [TEXT] * 5


def test_automatic_numbers_of_the_paragraph_and_of_its_style_are_known(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    number = word.numbering(("decimal", "%1."))
    for _ in range(3):
        word.numbered(TEXT, number)
    style = word.document.styles["List Number"]
    word.number_style(style, number)
    word.text(TEXT, style="List Number")
    word.text(TEXT, style="List Number")
    found = imports(word)
    assert found.paragraphs() == [TEXT] * 5
    assert found.result.counts["numbered paragraphs"] == 5
    assert "import-number" not in found.codes()


def test_automatic_numbers_that_start_again_run_on(imports: Importer) -> None:
    word = WordFile()
    first = word.numbering(("decimal", "%1."))
    second = word.another_list(word.abstract, start=1)
    word.heading("General")
    for _ in range(3):
        word.numbered(TEXT, first)
    word.heading("Education")
    for _ in range(3):
        word.numbered(TEXT, second)
    found = imports(word)
    assert len(found.paragraphs()) == 6
    assert found.messages("import-number") == ["the numbers start again at 1"]


def test_typed_and_automatic_numbers_mix(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    automatic = word.numbering(("decimal", "%1."))
    automatic = word.another_list(word.abstract, start=4)
    for _ in range(3):
        word.numbered(TEXT, automatic)
    found = imports(word)
    assert found.paragraphs() == [TEXT] * 6
    assert "import-number" not in found.codes()


def test_numbers_of_a_quoted_law_are_no_paragraph_numbers(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 15):
        word.text(f"{number}. {TEXT}")
    word.text("15. The Constitution says:")
    word.text("«1. Everyone is equal before the law and the courts of the country.")
    word.text("2. Nobody shall be subject to any discrimination on any ground whatsoever.")
    word.text("3. The law protects every language that is spoken in the country.»")
    word.text(f"16. {TEXT}")
    found = imports(word)
    assert len(found.paragraphs()) == 16
    assert "> 2\\. Nobody shall be" in found.source("general")


def test_an_automatic_list_inside_a_paragraph_stays_a_list(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    main = word.numbering(("decimal", "%1."))
    inner = word.numbering(("decimal", "%1."))
    for _ in range(4):
        word.numbered(TEXT, main)
    word.numbered("The plan has three aims:", main)
    for item in ("to inform the public;", "to train judges;", "to publish data."):
        word.numbered(item, inner)
    word.numbered(TEXT, main)
    found = imports(word)
    assert len(found.paragraphs()) == 6
    blocks = list(found.section("general").paragraphs())[4].blocks
    assert [block["t"] for block in blocks] == ["Para", "OrderedList"]


def test_skipped_doubled_and_mistyped_numbers_are_reported(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in (1, 2, 3, 5, 6, 6, 7, 88, 9, 10, 11):
        word.text(f"{number}. {TEXT}")
    found = imports(word)
    assert len(found.paragraphs()) == 11
    assert found.messages("import-number") == [
        "number 4 is missing before this one",
        "number 6 stands here a second time",
        "number 88 stands where 8 was expected",
    ]


def test_a_paragraph_without_a_number_goes_on_with_the_one_above(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.text("It also said nothing about remedies.")
    found = imports(word)
    assert "{.continued}\nIt also said nothing about remedies." in found.source("general")
    assert len(found.paragraphs()) == 3


def test_a_section_without_numbers_is_marked_so(imports: Importer) -> None:
    word = WordFile()
    word.heading("Summary")
    word.text(TEXT)
    word.text(TEXT)
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word)
    assert not found.section("summary").numbered
    assert found.section("general").numbered
    assert found.result.counts["numbered paragraphs"] == 3


def test_a_file_without_numbers_gets_them(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for _ in range(4):
        word.text(TEXT)
    found = imports(word)
    assert found.section("general").numbered
    assert found.result.counts["numbered paragraphs"] == 4


def test_a_paragraph_without_a_number_at_the_head_of_a_section_is_reported(
    imports: Importer,
) -> None:
    word = WordFile()
    word.heading("General")
    word.text("This section is about the law.")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word)
    assert found.paragraphs()[0] == "This section is about the law."
    assert len(found.messages("import-promoted")) == 1


# --- headings -------------------------------------------------------------------------------------


def test_headings_become_parts_sections_and_sub_headings(imports: Importer) -> None:
    word = WordFile()
    word.document.add_paragraph("Report on Ruritania", style="Title")
    word.heading("General", 1)
    word.heading("Education", 2)
    word.text(f"1. {TEXT}")
    word.heading("Schools", 3)
    word.text(f"2. {TEXT}")
    word.heading("Villages", 4)
    word.text(f"3. {TEXT}")
    found = imports(word)
    assert found.report.title == "Report on Ruritania"
    assert [(s.name, s.level) for s in found.report.sections] == [("general", 1), ("education", 2)]
    headings = [item for item in found.section("education").items if isinstance(item, Heading)]
    assert [(plain(item.inlines), item.level) for item in headings] == [
        ("Schools", 3),
        ("Villages", 4),
    ]


def test_headings_are_known_by_their_looks_where_no_style_says_so(imports: Importer) -> None:
    word = WordFile()
    word.text("REPORT ON RURITANIA", bold=True)
    word.text("GENERAL", bold=True)
    word.text(f"1. {TEXT}")
    word.text("Schools in the villages", bold=True)
    word.text(f"2. {TEXT}")
    word.text("EDUCATION", bold=True)
    word.text(f"3. {TEXT}")
    found = imports(word)
    assert found.report.title == "REPORT ON RURITANIA"
    assert [(s.title, s.level) for s in found.report.sections] == [
        ("GENERAL", 1),
        ("Schools in the villages", 2),
        ("EDUCATION", 1),
    ]
    assert len(found.messages("import-heading")) == 3


def test_bold_typed_numbers_are_text_where_they_count_on(imports: Importer) -> None:
    word = WordFile()
    word.text("GENERAL", bold=True)
    for number in range(1, 6):
        word.text(f"{number}. The law says nothing", bold=True)
    found = imports(word)
    assert len(found.paragraphs()) == 5


def test_an_option_names_heading_styles(imports: Importer) -> None:
    word = WordFile()
    word.document.styles.add_style("Thema", 1)
    word.text("General", style="Thema")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word, ImportOptions(heading_styles={"Thema": 1}))
    assert [section.title for section in found.report.sections] == ["General"]


def test_a_heading_that_skips_a_level_is_moved_up(imports: Importer) -> None:
    word = WordFile()
    word.heading("General", 1)
    word.heading("Law", 2)
    word.text(f"1. {TEXT}")
    word.heading("Courts", 1)
    word.heading("Judges", 3)
    word.text(f"2. {TEXT}")
    word.text(f"3. {TEXT}")
    found = imports(word)
    assert [(s.name, s.level) for s in found.report.sections][-1] == ("judges", 2)
    assert "skips from level 1 to 3" in found.messages("import-heading")[0]


def test_headings_below_a_theme_with_a_table_join_it(imports: Importer) -> None:
    def theme(title: str, number: int) -> None:
        word.heading(title, 2)
        word.table(["Recommendations of CERD (2014)"], [f"Do this. (Para. {number})"])
        word.text(f"{number}. {TEXT}")

    word = WordFile()
    word.heading("Compliance", 1)
    for number, title in enumerate(("Law", "Courts", "Schools"), 1):
        theme(title, number)
    word.heading("Village schools", 2)
    word.text(f"4. {TEXT}")
    word.heading("Conclusion", 2)
    word.text(f"5. {TEXT}")
    found = imports(word)
    names = [section.name for section in found.report.sections]
    assert names == ["compliance", "law", "courts", "schools", "conclusion"]
    flat = Importer(imports.folder / "flat")
    flat.folder.mkdir()
    again = flat(word, ImportOptions(nest=False))
    assert [section.name for section in again.report.sections][4] == "village-schools"


# --- boxes ----------------------------------------------------------------------------------------


def boxes(section: Section) -> list[list[str]]:
    """The recommendations of a section's boxes."""
    return [
        [plain(item.blocks[0]) for item in box.recommendations]
        for box in section.items
        if isinstance(box, Box)
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "RECOMMENDATIONS:",
        "Рекомендации",
        "RECOMMANDATIONS :",
        "Recomendaciones:",
        "Our recommendations",
    ],
)
def test_a_table_of_one_cell_headed_recommendations_is_a_box(
    imports: Importer, heading: str
) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.table([f"{heading}\n1. Adopt a law.\n2. Train judges."])
    word.text(f"4. {TEXT}")
    found = imports(word)
    assert boxes(found.section("general")) == [["Adopt a law.", "Train judges."]]
    assert found.result.counts["boxes"] == 1


def test_framed_paragraphs_are_a_box(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    for text in ("RECOMMENDATIONS", "Adopt a law.", "Train judges."):
        word.framed(text)
    word.text(f"4. {TEXT}")
    found = imports(word)
    assert boxes(found.section("general")) == [["Adopt a law.", "Train judges."]]


def test_a_heading_word_above_a_list_is_a_box(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.text("RECOMMENDATIONS:", bold=True)
    word.text("- Adopt a law.")
    word.text("- Train judges.")
    word.text(f"4. {TEXT}")
    word.text("RECOMMENDATION: Publish data.")
    word.text(f"5. {TEXT}")
    found = imports(word)
    assert boxes(found.section("general")) == [["Adopt a law.", "Train judges."], ["Publish data."]]
    assert len(found.paragraphs()) == 5
    assert len(found.messages("import-box")) == 2


def test_a_picture_that_stands_twice_is_called_as_it_is_first_described(imports: Importer) -> None:
    word = WordFile()
    for town, paragraphs in (
        ("the country", 60),
        ("a town", 1),
    ):  # the second section is ready first
        word.heading(f"On {town}")
        for _ in range(paragraphs):
            word.text(TEXT)
        word.text("RECOMMENDATIONS:", bold=True)
        word.text("Adopt a law.")
        word.picture(f"A map of {town}")
        word.text("Train judges.")
    found = imports(word)
    assert "](images/map-country.png)" in found.source("country")
    assert "](images/map-country.png)" in found.source("town")


def test_a_picture_below_the_word_recommendations_is_no_recommendation(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.text("RECOMMENDATIONS:", bold=True)
    word.picture("A map of the country")
    word.text("Adopt a law.")
    word.text("Train judges.")
    word.heading("Other")
    word.text(TEXT)
    word.text("Recommendations.")
    word.picture("A map of a town")
    found = imports(word)
    section = found.section("general")
    (box,) = (item for item in section.items if isinstance(item, Box))
    assert boxes(section) == [["Adopt a law.", "Train judges."]] and len(box.recommendations) == 2
    assert "images/map-country.png" in found.source("general")
    assert boxes(found.section("other")) == []
    assert "![A map of a town](" in found.source("other")
    assert build(imports.folder / "project", ("md",)).succeeded


def test_a_box_with_an_introduction_is_one_recommendation_with_a_list(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.table(["RECOMMENDATION\nParliament should:\n- adopt a law;\n- train judges."])
    found = imports(word)
    box = next(item for item in found.section("general").items if isinstance(item, Box))
    assert [[block["t"] for block in one.blocks] for one in box.recommendations] == [
        ["Para", "BulletList"]
    ]


def test_an_option_names_other_headings_of_boxes(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.table(["What should be done\nAdopt a law."])
    found = imports(word, ImportOptions(box_headings=["What should be done"]))
    assert boxes(found.section("general")) == [["Adopt a law."]]


def test_a_box_whose_heading_disagrees_is_reported(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.table(["RECOMMENDATIONS:\nAdopt a law."])
    word.text(f"4. {TEXT}")
    word.table(["RECOMMENDATION:\n1. Adopt a law.\n2. Train judges."])
    found = imports(word)
    assert len(found.messages("import-box-heading")) == 2


@pytest.mark.parametrize("mark", ["{})", "({})"])
@pytest.mark.parametrize("paragraphs", [3, 4, 7])
def test_a_list_below_the_last_paragraph_is_no_more_paragraphs(
    imports: Importer, mark: str, paragraphs: int
) -> None:
    """Its items go on from the paragraph's number where it is longer than the report."""
    word = WordFile()
    word.heading("General")
    for number in range(1, paragraphs + 1):
        word.text(f"{number}. {TEXT}")
    for number in range(1, paragraphs + 3):
        word.text(f"{mark.format(number)} The boats of harbour {number} should be counted")
    found = imports(word)
    assert found.result.counts["numbered paragraphs"] == paragraphs
    assert found.result.counts["lists"] == 1
    assert found.messages("import-number") == []


def test_numbers_in_brackets_alone_may_be_a_list_and_are_told(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 6):
        word.text(f"{number}) {TEXT}")
    found = imports(word)
    assert found.result.counts["numbered paragraphs"] == 5
    (told,) = found.messages("import-number")
    assert told.startswith("numbers 1) to 5) were read as those of paragraphs")


# --- tables of earlier recommendations ------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "cells", "language"),
    [
        (
            ["Recommendations of CERD (2010)", "Recommendations of CERD (2014)"],
            ["Adopt a law. (Para. 6)", "Adopt it now (para. 7)."],
            "en",
        ),
        (
            ["Рекомендации КЛРД (2010)", "Рекомендации КЛРД (2014)"],
            ["Принять закон. (пункт 6)", "Принять его сейчас. (п. 7)"],
            "ru",
        ),
        (
            ["Recommandations du CERD (2010)", "Recommandations du CERD (2014)"],
            ["Adopter une loi. (par. 6)", "L'adopter sans délai. (paragraphe 7)"],
            "fr",
        ),
        (
            ["Recomendaciones del CERD (2010)", "Recomendaciones del CERD (2014)"],
            ["Aprobar una ley. (párr. 6)", "Aprobarla ya. (párrafo 7)"],
            "es",
        ),
    ],
)
def test_a_table_whose_header_names_cycles_is_read(
    imports: Importer, heads: list[str], cells: list[str], language: str
) -> None:
    word = WordFile()
    word.heading("General")
    word.table(heads, cells, ["", cells[1]])
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word, ImportOptions(language=language))
    rows = [[one.id for one in row] for row in found.section("general").rows]
    assert rows == [["cerd-2010/6", "cerd-2014/7"], ["cerd-2014/7"]]
    first = found.report.cycles[0]
    assert (first.committee, first.cycle, first.heading) == ("CERD", "2010", {language: heads[0]})
    assert first.symbol == "TODO"


def test_several_demands_of_a_cell_are_split_and_counted(imports: Importer) -> None:
    word = WordFile()
    word.heading("Law")
    word.table(
        ["CERD, concluding observations (2014)"],
        [
            "Adopt a law. (Para. 9)\nTrain\njudges. (Para. 9)\nEnsure:\n(a) data;\n(b) access. (Para. 11)"
        ],
    )
    for number in range(1, 3):
        word.text(f"{number}. {TEXT}")
    word.heading("Courts")
    word.table(
        ["CERD, concluding observations (2014)"], ["Adopt a law. (Para. 9)\nPay damages. (Para. 9)"]
    )
    word.text(f"3. {TEXT}")
    found = imports(word)
    texts = {item.id: item.text[""] for item in found.report.cycles[0].recommendations}
    assert texts == {
        "cerd-2014/9.1": "Adopt a law.",
        "cerd-2014/9.2": "Train judges.",
        "cerd-2014/9.3": "Pay damages.",
        "cerd-2014/11": "Ensure: (a) data; (b) access.",
    }
    rows = [[one.id for one in row] for row in found.section("courts").rows]
    assert rows == [["cerd-2014/9.1", "cerd-2014/9.3"]]
    themes = {item.id: item.theme for item in found.report.cycles[0].recommendations}
    assert themes["cerd-2014/9.1"] == "law"


@pytest.mark.parametrize(
    ("marks", "language", "labels"),
    [
        (("(para. 9 (c))", "(para. 9 (a))"), "en", ["9 (c)", "9 (a)"]),
        (("(para. 9c)", "(Para. 9a)."), "en", ["9c", "9a"]),
        (("(п. 9 c))", "(пункт 9 a))."), "ru", ["9 c)", "9 a)"]),
        (("(пункт 9 в))", "(пункт 9 а))."), "ru", ["9 в)", "9 а)"]),
        (("(par. 9 c))", "(par. 9, al. 1)"), "fr", None),
    ],
)
def test_a_sub_paragraph_gives_a_demand_its_number_and_its_name(
    imports: Importer, marks: tuple[str, str], language: str, labels: list[str] | None
) -> None:
    word = WordFile()
    word.heading("Law")
    word.table(["CERD (2014)"], [f"Adopt a law. {marks[0]}\nTrain judges. {marks[1]}"])
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word, ImportOptions(language=language))
    demands = found.report.cycles[0].recommendations
    if labels is None:
        assert [item.id for item in demands] == ["cerd-2014/0", "cerd-2014/9.3"]
        assert found.messages("import-demand")
        return
    assert {item.id: item.paragraph for item in demands} == {
        "cerd-2014/9.3": labels[0],
        "cerd-2014/9.1": labels[1],
    }
    assert [item.text[""] for item in demands] == ["Train judges.", "Adopt a law."]


def test_a_demand_of_several_paragraphs_is_called_as_the_cell_calls_it(imports: Importer) -> None:
    word = WordFile()
    word.heading("Law")
    word.table(["CERD (2014)"], ["Adopt a law. (paras. 9 (a) and (b), and 11)"])
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word)
    (demand,) = found.report.cycles[0].recommendations
    assert (demand.id, demand.paragraph) == ("cerd-2014/9", "9 (a) and (b), and 11")
    assert "it got the first" in found.messages("import-demand")[0]


def test_a_table_of_figures_by_year_is_no_table_of_demands(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.table(["", "1999", "2009"], ["Group A", "29.9 %", "23.7 %"], ["Group B", "2 %", "3 %"])
    found = imports(word)
    assert found.result.counts["other tables"] == 1
    assert found.report.cycles == ()


def test_an_option_gives_a_cycle_its_symbol_or_its_file(imports: Importer) -> None:
    file = imports.folder / "cerd-kaz-2014.yaml"
    kept = (
        b"committee: CERD   # the body\r\nsymbol: CERD/C/KAZ/CO/6-7\r\ncycle: '2014'\r\n"
        b"heading: {en: CERD (2014)}\r\nrecommendations:\r\n"
        b"  '9.3': {text: Train\r\n    judges well.}\r\n  '9.4': {text:   Publish data.}\r\n"
    )
    file.write_bytes(kept)
    word = WordFile()
    word.heading("General")
    word.table(
        ["CERD recommendations (2010)", "CERD recommendations (2014)"],
        ["Adopt a law. (Para. 6)", "Train judges well. (Para. 9)\nPay damages. (Para. 9)"],
    )
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    options = ImportOptions(cycles={"2010": "CERD/C/KAZ/CO/4-5", "2014": str(file)})
    found = imports(word, options)
    assert [cycle.symbol for cycle in found.report.cycles] == [
        "CERD/C/KAZ/CO/4-5",
        "CERD/C/KAZ/CO/6-7",
    ]
    rows = [[one.id for one in row] for row in found.section("general").rows]
    assert rows == [["cerd-2010/6", "cerd-kaz-2014/9.3", "cerd-kaz-2014/9.1"]]
    assert len(found.report.cycles[1].recommendations) == 3
    copy = (imports.folder / "project" / "references" / "cerd-kaz-2014.yaml").read_bytes()
    assert copy.startswith(kept) and copy.count(b"\n") == copy.count(b"\r\n")


def test_a_demand_without_a_paragraph_number_is_reported(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.table(["Recommendations of CERD (2014)"], ["Adopt a law."], ["Train judges. (Para. 7)"])
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word)
    assert [[one.id for one in row] for row in found.section("general").rows] == [
        ["cerd-2014/0"],
        ["cerd-2014/7"],
    ]
    assert "names no paragraph" in found.messages("import-demand")[0]


@pytest.mark.parametrize("sign", ["–", "—", "-", "…", "n/a", "N. A.", "(–)", "н/п", "*"])
def test_a_cell_that_says_that_it_is_empty_is_no_demand(imports: Importer, sign: str) -> None:
    word = WordFile()
    word.heading("General")
    heads = ["Recommendations of CERD (2010)", "Recommendations of CERD (2014)"]
    word.table(heads, [sign, "Train judges. (Para. 7)"], ["Adopt a law. (Para. 3)", sign])
    word.text(f"1. {TEXT}")
    found = imports(word)
    rows = [[one.id for one in row] for row in found.section("general").rows]
    assert rows == [["cerd-2014/7"], ["cerd-2010/3"]]
    assert not found.messages("import-demand")


# --- what else stands in the text -----------------------------------------------------------------


def test_emphasis_links_and_signs_of_markdown_survive(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 3):
        word.text(f"{number}. {TEXT}")
    paragraph = word.text("3. The ")
    paragraph.add_run("Criminal Code").italic = True
    paragraph.add_run(" is ")
    paragraph.add_run("not").bold = True
    paragraph.add_run(" online; H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O, see ")
    word.link(paragraph, "https://example.org/a_b?c=d&e=f", "the site")
    signs = "@home [x] *a* _b_ ~c~ ^d^ # e $f$ <g> {#h} `i` | \"j\" 'k' l... m -- n 1. o \\p"
    word.text(f"4. {signs}")
    word.text("- 5 per cent of nothing")
    word.text("# no heading", style=None)
    found = imports(word)
    source = found.source("general")
    assert "*Criminal Code* is **not** online; H~2~O" in source
    assert "[the site](https://example.org/a_b?c=d&e=f)" in source
    last = list(found.section("general").paragraphs())[3]
    assert plain(last.blocks[0]) == signs
    assert "import-unfaithful" not in found.codes()


def test_a_lone_number_below_an_item_is_text_and_several_go_on(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    bullets = word.numbering(("bullet", "•"), ("bullet", "o"))
    counted = word.numbering(("decimal", "%1)"), ("decimal", "%2)"))
    for number in range(1, 8):
        word.text(f"{number}. {TEXT}")
    for text, inside in (
        ("Law", ["old", "new"]),
        ("Courts", ["slow"]),
        ("Jails", ["full", "dark"]),
    ):
        word.numbered(text, bullets)
        for item in inside:
            word.numbered(item, counted, 1)
    source = imports(word).source("general")
    lines = [" ".join(line.split()) for line in source.splitlines() if line]
    assert lines[-7:] == [
        *("- Law", "1) old", "2) new", "- Courts 3\\) slow", "- Jails", "4) full", "5) dark")
    ]


def test_lists_typed_and_automatic_become_lists(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    bullets = word.numbering(("bullet", "•"), ("bullet", "o"))
    word.text(f"1. {TEXT}")
    word.text("- a dash;")
    word.text("– another dash.")
    word.text(f"2. {TEXT}")
    word.text("a) a letter;")
    word.text("b) another letter.")
    word.text(f"3. {TEXT}")
    word.numbered("a bullet;", bullets)
    word.numbered("a bullet below;", bullets, 1)
    word.numbered("a bullet again.", bullets)
    word.text(f"4. {TEXT}")
    word.text("c) a letter alone, taken out of its list")
    found = imports(word)
    kinds = [[b["t"] for b in item.blocks] for item in found.section("general").paragraphs()]
    assert kinds == [
        ["Para", "BulletList"],
        ["Para", "OrderedList"],
        ["Para", "BulletList"],
        ["Para", "Para"],
    ]
    assert "c) a letter alone" in found.source("general")


def test_footnotes_and_endnotes_become_footnotes(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 3):
        word.text(f"{number}. {TEXT}")
    paragraph = word.text("3. A statement")
    word.note(paragraph, "footnote", "The source of it.")
    paragraph.add_run(" and another")
    word.note(paragraph, "endnote", "Another *source*.")
    found = imports(word)
    source = found.source("general")
    assert "A statement[^1] and another[^2]" in source
    assert "[^1]: The source of it." in source
    assert "[^2]: Another \\*source\\*." in source


def test_a_file_is_named_by_its_heading_less_a_number_at_its_head(imports: Importer) -> None:
    word = WordFile()
    for title in ("II. Region 3: courts", "Region 4: prisons"):
        word.heading(title)
        word.text(TEXT)
    assert [item.name for item in imports(word).report.sections] == [
        "region-3-courts",
        "region-4-prisons",
    ]


def test_a_footnote_of_a_heading_moves_to_the_next_paragraph(imports: Importer) -> None:
    word = WordFile()
    heading = word.heading("General")
    word.note(heading, "footnote", "A note on the heading.")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word)
    assert f"{TEXT}[^1]" in found.source("general")
    assert "moved to this paragraph" in found.messages("import-moved")[0]


def test_links_in_fields_are_links(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 3):
        word.text(f"{number}. {TEXT}")
    paragraph = word.text("3. See ")
    word.field(paragraph, 'HYPERLINK "https://example.org/page" \\o "tip"', "the page")
    paragraph.add_run(" and ")
    word.field(paragraph, ' hyperlink\n"https://example.org/law"', "the law")
    found = imports(word)
    links = "See [the page](https://example.org/page) and [the law](https://example.org/law)"
    assert links in found.source("general")


def test_comments_become_review_notes_at_their_place(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    paragraph = word.text("2. The law is old.")
    word.document.add_comment(paragraph.runs, "Which law?", author="Ann Reader", initials="AR")
    word.text(f"3. {TEXT}")
    found = imports(word)
    kinds = [type(item) for item in found.section("general").items]
    assert kinds == [Paragraph, Paragraph, Note, Paragraph]
    note = next(item for item in found.section("general").items if isinstance(item, Note))
    assert note.attributes["author"] == "Ann Reader"
    assert "Which law?" in plain(note.blocks)


def test_a_quotation_set_off_from_the_text_is_a_quotation(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.text("Everyone is equal.", style="Quote")
    word.text("Nobody is above the law.", style="Quote")
    found = imports(word)
    assert "> Everyone is equal.\n>\n> Nobody is above the law." in found.source("general")


def test_headings_of_more_levels_than_markdown_has_are_of_its_last(imports: Importer) -> None:
    word = WordFile()
    for level in range(1, 10):
        word.heading(f"Title {level}", level)
        word.text(TEXT)
    found = imports(word)
    assert re.findall(r"^#+ Title \d", found.report.sections[-1].source, re.MULTILINE)[-2:] == [
        "###### Title 8",
        "###### Title 9",
    ]


def test_characters_that_nobody_sees_are_left_out_and_told(imports: Importer) -> None:
    word = WordFile()
    word.heading("The law\u202c on chil\ufeffdren\u2028and women")
    for number in range(1, 4):
        word.text(f"{number}. Call \u202a+7 727 250 00 00\u202c. \u200e{TEXT}")
    found = imports(word)
    assert found.report.sections[0].title == "The law on children and women"
    assert found.paragraphs()[0] == f"Call +7 727 250 00 00. {TEXT}"
    assert [text for text in found.messages("word-changed") if "U+202A" in text]


def test_a_text_that_is_indented_as_a_whole_is_no_quotation(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    lines = [f"{number}. {TEXT}" for number in range(1, 5)]
    lines += [TEXT, "•\tCourts;", "•\tSchools.", "- Quoted."]
    for line in lines:
        paragraph = word.text(line).paragraph_format
        paragraph.left_indent = paragraph.right_indent = Pt(85 if "Quoted" in line else 57)
    source = imports(word).source("general")
    assert f"{{.continued}}\n{TEXT}\n\n- Courts;\n- Schools.\n\n> \\- Quoted." in source


def test_a_text_that_reaches_into_the_margins_makes_no_quotation_of_the_rest(
    imports: Importer,
) -> None:
    word = WordFile()
    word.heading("General")
    for line in (*(f"{number}. {TEXT}" for number in range(1, 5)), TEXT):
        paragraph = word.text(line).paragraph_format
        paragraph.left_indent = paragraph.right_indent = Pt(-36 if line[0].isdigit() else 0)
    assert f"{{.continued}}\n{TEXT}\n" in imports(word).source("general")


def test_a_large_first_letter_belongs_to_its_paragraph(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.xml(
        "<w:p><w:pPr><w:framePr w:dropCap='drop' w:lines='3'/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>"
    )
    word.text(TEXT.removeprefix("T"))
    assert imports(word).paragraphs() == [TEXT]


def test_formulas_signs_and_letters_of_lists_are_read_as_they_look(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    paragraph = word.text("2. The rate is ")
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>".format
    word.into(
        paragraph,
        f"<m:oMath><m:f>{part('num', 'a')}{part('den', 'b+c')}</m:f>"
        f"<m:sSup>{part('e', 'x')}{part('sup', '2')}</m:sSup></m:oMath>",
    )
    word.into(paragraph, "<w:r><w:t xml:space='preserve'> here </w:t></w:r>")
    font = "<w:rPr><w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/></w:rPr>"
    word.into(paragraph, f"<w:r>{font}<w:t>ü</w:t></w:r>")
    word.text("3. Courts.")
    word.text("Recommendation: (a) adopt a law; (b) train judges.")
    found = imports(word)
    assert found.paragraphs()[1] == "The rate is a/(b+c)x^2 here ✓"
    assert "\n\\(a) adopt a law; (b) train judges.\n" in found.source("general")


def test_a_continued_fraction_is_read_to_its_end(imports: Importer) -> None:
    depth = 30
    said = "<m:r><m:t>{}</m:t></m:r>".format
    formula = said("z")
    for _ in range(depth):
        formula = f"<m:f><m:num>{said('1')}</m:num><m:den>{formula}</m:den></m:f>"
    word = WordFile()
    word.heading("General")
    word.into(word.text("1. The rate is "), f"<m:oMath>{formula}</m:oMath>")
    rate = "1/(" * (depth - 1) + "1/z" + ")" * (depth - 1)
    assert imports(word).paragraphs() == [f"1. The rate is {rate}"]


def test_a_table_in_a_footnote_or_a_box_is_told(imports: Importer) -> None:
    inner = (
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    word = WordFile()
    word.heading("General")
    paragraph = word.text(f"1. {TEXT}")
    word.note(paragraph, "footnote", f"See</w:t></w:r></w:p>{inner}<w:p><w:r><w:t>below")
    lines = ("RECOMMENDATIONS", "Adopt a law.")
    first, second = (f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    word.xml(f"<w:tbl><w:tblPr/><w:tr><w:tc>{first}{inner}{second}</w:tc></w:tr></w:tbl>")
    told = imports(word).messages("import-table")
    assert [text.split(" became")[0] for text in told] == [
        "a table in a box",
        "a table in a footnote",
    ]


def test_a_table_keeps_its_cells_and_its_caption(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.text("Table 1. Members of parliament")
    word.table(["Year", "Women | men"], ["2010", "12\n13"], ["2014", "*"])
    found = imports(word)
    source = found.source("general")
    assert "{#members-parliament}" in source
    assert ": Members of parliament" in source
    tables = [
        b for p in found.section("general").paragraphs() for b in p.blocks if b["t"] == "Table"
    ]
    assert "Women | men" in plain(tables[0])
    assert "paragraphs inside a cell were joined" in found.messages("import-table")[0]


def test_pictures_come_in_as_files(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.picture("A map of the country")
    found = imports(word)
    assert list(found.report.images) == ["images/map-country.png"]
    assert "![A map of the country](images/map-country.png)" in found.source("general")


def test_a_picture_with_a_caption_is_a_numbered_figure(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    word.picture("Three districts, seen from above")
    word.note(
        word.text("Figure 1. Districts in the South", "Caption"), "footnote", "By the Ministry."
    )
    word.text(f"2. {TEXT}")
    word.text("Fig. 2 – A school")
    word.picture("")
    word.text(f"3. {TEXT}")
    word.picture("A river")
    word.text("Table 1. Seats", "Caption")
    word.table(["Year", "Seats"], ["2010", "4"])
    word.text(f"4. {TEXT}")
    found = imports(word)
    source = found.source("general")
    first = '![Districts in the South](images/three-districts-seen.png){alt="Three districts, seen from above"}'
    assert re.search(r"\{#districts-south\}\n+" + re.escape(first), source)
    assert re.search(r"\{#school\}\n+!\[A school\]\(images/three-districts-seen.png\)\n", source)
    assert "\n![A river](images/three-districts-seen.png)\n" in source and "Figure" not in source
    assert source.count("By the Ministry.") == 1
    labels = numbering.number(found.report)
    assert [labels[name].text for name in ("fig-districts-south", "fig-school")] == ["1", "2"]


def test_a_heading_of_several_recommendations_takes_all_below_it(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    word.text("Recommendations:")
    for verb in ("Adopt", "Amend", "Repeal"):
        word.text(f"{verb} the law on languages.")
    word.text(f"2. {TEXT}")
    word.text("Recommendation:")
    word.text("Publish the figures.")
    word.text(f"3. {TEXT}")
    boxes = [item for item in imports(word).report.sections[0].items if isinstance(item, Box)]
    assert [len(box.recommendations) for box in boxes] == [3, 1]


def test_nothing_is_lost_in_silence(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    word.text_box(word.text(f"2. {TEXT}"), "Words in a text box.")
    word.formula(word.text("3. A formula: "), "a+b")
    word.chart(word.text("4. A chart: "))
    word.control("5. Words in a content control.")
    word.margin("Draft of March")
    word.unknown(word.text("6. Before "), "inside something new")
    outer = word.table(["Year", "Seats"], ["2010", ""])
    inner = outer.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "nested words"
    found = imports(word)
    source = found.source("general")
    report = (imports.folder / "project" / "import-report.md").read_text()
    assert "{.continued}\nWords in a text box." in source
    assert "A formula: a+b" in source
    assert "Words in a content control." in source
    assert "inside something new" in source
    assert "nested words" in source
    for words in (
        "a text box became ordinary text",
        "a formula came in as plain text",
        "a chart",
        "Draft of March",
        "something unknown stands here",
        "a table inside a table",
    ):
        assert words in report, words


def test_hidden_text_is_left_out_and_named(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.text("4. Visible. ").add_run("Told in confidence.").font.hidden = True
    found = imports(word)
    assert "confidence" not in found.source("general")
    assert "hidden text: 'Told in confidence.'" in found.messages("word-dropped")


def test_whatever_stands_in_a_section_it_can_be_built(imports: Importer) -> None:
    """Signs of symbol fonts, page breaks, charts, headings alone, gaps, lists of one number."""
    word = WordFile()
    word.heading("General")
    symbol = word.text("1. Before \uf061 and ")
    symbol.runs[0].font.name = "Symbol"
    word.into(symbol, "<w:r><w:t>three</w:t><w:br w:type='page'/><w:t>four</w:t></w:r>")
    word.text(f"2. {TEXT}{chr(0xA0) * 2000}end")
    word.heading("Alone", 2)
    word.heading("Lists", 2)
    word.text(f"3. {TEXT}")
    lists = word.numbering(("decimal", "%1)"), ("lowerLetter", "%2)"))
    for level, text in enumerate(("First", "Below")):
        word.numbered(text, lists, level)
    word.heading("2.3 Deeper", 3)
    word.text(f"4. {TEXT}")
    found = imports(word)
    general = found.source("general")
    assert "Before α and three four" in general
    assert "a symbol of the font Symbol became" in " ".join(found.messages("word-changed"))
    assert chr(0xA0) * 40 not in general
    assert found.paragraphs(found.section("alone")) == ["[…]"]
    assert not found.section("alone").numbered
    assert "## 2.3 Deeper" in found.source("lists")
    assert "import-unfaithful" not in found.codes()


def test_defects_of_the_source_are_reported_and_kept(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    paragraph = word.text("2. See ")
    word.link(paragraph, "https://example.org/right", "https://example.org/wrong")
    word.text(
        "3. The wоrd is “odd” and «strange», see https :// example . org and CERD/C/KAZ/8-11."
    )
    found = imports(word)
    assert "it opens" in next(d.hint for d in found.result.diagnostics if d.code == "import-link")
    assert any("no valid URL" in text for text in found.messages("import-link"))
    assert "'wоrd' ('о' is Cyrillic)" in found.messages("import-scripts")[0]
    assert "of 2 kinds" in found.messages("import-quotes")[0]
    assert "CERD/C/KAZ/8-11" in found.messages("import-symbol")[0]
    assert "“odd” and «strange»" in found.source("general")


def test_only_addresses_that_no_browser_opens_are_told(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for address in (
        "www.example.org/page",
        "http://example.org:8080/page",
        "HTTPS://sub.example.org",
        "https://example/page",
        "www.1",
        "https://exam ple.org/page",
    ):
        word.text(f"The law stands at {address}, in two languages.")
    told = [text.partition("URL: ")[2] for text in imports(word).messages("import-link")]
    assert [text.partition(",")[0] for text in told] == [
        "'https://example/page",
        "'www.1",
        "'https://exam ple.org/page",
    ]


def test_the_place_of_the_rarest_kind_of_quotation_marks_is_told(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for quoted in ("«one» «two» «three»", "“four” “five”", '"six"', "«seven»"):
        word.text(f"The law says {quoted} and no more than that.")
    (told,) = (item for item in imports(word).result.diagnostics if item.code == "import-quotes")
    assert '3 kinds: « » 8 times, “ ” 4 times, " " 2 times' in told.message
    assert told.place.line == 4


def test_items_with_brackets_are_lists_however_many_and_long_they_are(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 9):
        word.text(f"{number}. {TEXT}")
        for item in range(1, 6):
            word.text(f"{item}) {TEXT}")
    assert imports(word).result.counts["numbered paragraphs"] == 8


def test_a_footnote_of_the_last_heading_is_kept_where_no_text_follows(imports: Importer) -> None:
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    word.note(word.heading("Courts", 2), "footnote", "As the court counts.")
    found = imports(word)
    assert sum(item.source.count("As the court counts.") for item in found.report.sections) == 1
    (said,) = found.messages("import-moved")
    assert "the last one above" in said


# --- tracked changes ------------------------------------------------------------------------------


def with_changes() -> WordFile:
    """A report in which somebody tracked changes."""
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    paragraph = word.text("2. The law ")
    word.inserted(paragraph, "of 2014 ")
    word.deleted(paragraph, "of 2010 ")
    paragraph.add_run("is old.")
    word.mark(word.text("3. One paragraph "), "del")
    word.text("that was two.")
    word.text(f"4. {TEXT}")
    return word


def test_tracked_changes_stop_the_import_with_a_list(imports: Importer) -> None:
    with pytest.raises(Failure) as caught:
        imports(with_changes())
    messages = [item.message for item in caught.value.diagnostics]
    assert messages == [
        "inserted by Reviewer, 2022-03-01: 'of 2014 '",
        "deleted by Reviewer, 2022-03-01: 'of 2010 '",
        "deleted by Reviewer, 2022-03-01: '¶'",
        "this file holds 3 tracked changes",
    ]
    assert not (imports.folder / "project").exists()


def test_tracked_changes_can_be_accepted_or_rejected(imports: Importer) -> None:
    found = imports(with_changes(), ImportOptions(track_changes="accept"))
    assert found.paragraphs()[1:3] == ["The law of 2014 is old.", "One paragraph that was two."]
    options = ImportOptions(track_changes="reject", force=True)
    found = imports(with_changes(), options)
    assert found.paragraphs()[1:3] == ["The law of 2010 is old.", "One paragraph"]
    assert "{.continued}\nthat was two." in found.source("general")


@pytest.mark.parametrize(("way", "kept"), [("accept", "added"), ("reject", "dropped")])
def test_cells_whose_tracked_changes_are_settled_stay_or_go(
    way: str, kept: str, imports: Importer
) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"1. {TEXT}")
    word.text("Table 1. Cases")
    word.table(["Year", "Cases", "Cases"], ["2020", "added", "dropped"])
    made = {1: "cellIns", 2: "cellDel"}
    for row in word.document.tables[0].rows:
        for at, kind in made.items():
            properties = row.cells[at]._tc.get_or_add_tcPr()
            properties.append(piece(f"<w:{kind} w:id='{at}' w:author='Reviewer'/>"))
    found = imports(word, ImportOptions(track_changes=way))
    source = found.source("general")
    assert [said in source for said in ("added", "dropped")] == [kept == "added", kept == "dropped"]
    assert "| 2020 | " in source


# --- cross-references -----------------------------------------------------------------------------


def test_a_typed_reference_above_the_first_number_is_told(imports: Importer) -> None:
    word = WordFile()
    word.heading("Foreword")
    word.text("What follows is new (see paragraph 40 above).")
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    found = imports(word, ImportOptions(language="en"))
    said = [message.partition(":")[0] for message in found.messages("import-reference")]
    assert said == ["'paragraph 40' was left typed"]


def test_typed_references_become_live_where_they_fit(imports: Importer) -> None:
    word = WordFile()
    word.heading("Schools")
    for number in range(1, 4):
        word.text(f"{number}. Schools in the villages lack teachers and textbooks.")
    word.heading("Courts")
    word.text("4. As said of schools in paragraph 2 above, teachers are lacking.")
    word.text(
        "5. See paragraphs 1-3 of the present report on schools; paragraphs 8-9 of the Report."
    )
    word.text("6. Nothing was said in paragraph 77 above, nor in paragraph 8 above.")
    word.text("7. On schools, paragraphs 2–5 above contain more.")
    word.text("8. The judges are few.")
    found = imports(word)
    source = found.source("courts")
    assert "paragraph @par-schools-villages-lack-teachers-2 above" in source
    assert "paragraphs @sec-schools of the present report" in source
    assert "paragraphs 8-9 of the Report" in source
    assert "paragraph 77 above" in source
    assert "paragraphs 2–5 above" in source
    reasons = found.messages("import-reference")
    assert any("no such paragraph" in text for text in reasons)
    assert any("it stands below" in text for text in reasons)
    assert any("begins inside 'Schools' (1-3" in text for text in reasons)


# --- documentation --------------------------------------------------------------------------------


def test_every_message_is_described() -> None:
    text = (Path(__file__).parents[1] / "docs" / "importing.md").read_text(encoding="utf-8")
    errors, _, warnings = text.partition("Warnings are for reading")
    for code, severity in codes("import").items():
        assert f"`{code}`" in (errors if severity == "error" else warnings), code


ZOTERO = {
    "type": "book",
    "title": "Rights of <i>Minorities</i>",
    "publisher": "Pravo",
    "abstract": "Mine.",
}
ZOTERO |= {
    "author": [{"family": "Ivanov", "given": "Ivan"}],
    "issued": {"date-parts": [["2010", 3]]},
}
WORD_SOURCES = """<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/bibliography'>
<b:Source><b:Tag>Ope18</b:Tag><b:SourceType>Report</b:SourceType><b:Title>Silenced</b:Title><b:Year>2018</b:Year>
<b:Author><b:Author><b:Corporate>Open Law</b:Corporate></b:Author><b:Editor><b:NameList><b:Person><b:Last>Roe</b:Last>
<b:First>Ada</b:First><b:Middle>B.</b:Middle></b:Person><b:Person><b:Last>Plato</b:Last></b:Person></b:NameList></b:Editor>
</b:Author></b:Source></b:Sources>"""
ENDNOTE = """ADDIN EN.CITE <EndNote><Cite><Author>Lee</Author><Pages>7</Pages><record>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Lee, Lena</style>
</author></authors></contributors><titles><title>On Names</title><secondary-title>Law</secondary-title></titles>
<dates><year>2004</year></dates></record></Cite></EndNote>"""


def _citing(items: list[dict[str, object]]) -> str:
    return json.dumps({"citationID": "x", "citationItems": items})


def test_citation_managers(imports: Importer) -> None:
    """Their fields become citations with sources; a footnote of nothing else becomes one too."""
    word = WordFile()
    word.heading("Law", 1)
    zotero = {"id": 1, "itemData": ZOTERO, "locator": "5-9", "label": "page"}
    first = word.text(f"{TEXT} ")
    word.field(first, f"ADDIN ZOTERO_ITEM CSL_CITATION {_citing([zotero])}", "(Ivanov 2010)")
    word.into(first, "<w:r><w:t>. </w:t></w:r>")
    word.field(first, ENDNOTE, "(Lee 2004)")
    word.field(first, "CITATION Ope18 \\p 12 \\l 1033", "(Open Law, 2018)")
    second = word.text(f"{TEXT} ")
    packed = base64.b64encode(_citing([{"id": 2, "itemData": ZOTERO}]).encode()).decode()
    word.into(
        second,
        f"<w:sdt><w:sdtPr><w:tag w:val='MENDELEY_CITATION_v3_{packed}'/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>(Ivanov)</w:t></w:r></w:sdtContent></w:sdt>",
    )
    word.note(second, "footnote", "See NOTE.")
    word.field(second, "CITATION Nobody \\l 1033", "(Nobody)")
    word.field(second, "ADDIN ZOTERO_ITEM CSL_CITATION {broken", "(Broken)")
    word.heading("Sources", 1)
    word.field(word.text(""), "ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "Ivanov, I. 2010")
    file = word.save(imports.folder / "cited.docx")

    def more(parts: dict[str, bytes]) -> None:
        parts["customXml/item1.xml"] = WORD_SOURCES.encode()
        code = escape(f"ADDIN ZOTERO_ITEM CSL_CITATION {_citing([{'itemData': ZOTERO}])}")
        field = (
            "<w:fldChar w:fldCharType='begin'/><w:instrText>" + code + "</w:instrText>"
            "<w:fldChar w:fldCharType='separate'/><w:t>Ivanov, Rights</w:t><w:fldChar w:fldCharType='end'/>"
        )
        inside = f" </w:t></w:r><w:r>{field}</w:r><w:r><w:t>."
        parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(b"NOTE.", inside.encode())

    project = imports.folder / "project"
    result = import_report(changed(file, file, more), project)
    (text,) = (path.read_text() for path in (project / "sections").glob("*law.md"))
    assert "[@ivanov-2010, pp. 5-9]" in text and "[@ivanov-2010; See @ivanov-2010]" in text
    assert "[@lee-2004, p. 7; @open-law-2018, p. 12]" in text
    assert "(Nobody)(Broken)" in text and "(Ivanov" not in text and "[^" not in text
    listed = (project / "references/sources.yaml").read_text()
    assert [line.strip() for line in listed.splitlines() if "- id" in line] == [
        "- id: ivanov-2010",
        "- id: lee-2004",
        "- id: open-law-2018",
    ]
    assert "Rights of Minorities" in listed and "Mine." not in listed and "2010-03" in listed
    assert "title: Silenced" in listed
    assert re.search(r"Roe\W+given: Ada B\.", listed) and re.search(r"family: Plato\b", listed), (
        listed
    )
    assert "sources" in (project / "sections/report.yaml").read_text().split("annexes:")[1]
    said = [item.message for item in result.diagnostics]
    assert any("became citations in 2 paragraphs" in message for message in said)
    assert any("2 citations of a citation manager stayed text" in message for message in said)
    assert any("list of sources (1 lines)" in message for message in said)
    made = build(project)
    assert made.succeeded, made.diagnostics


def test_long_citations_of_endnote_are_packed_away_and_still_read(imports: Importer) -> None:
    word = WordFile()
    word.heading("Law", 1)
    data = base64.b64encode(ENDNOTE.removeprefix("ADDIN EN.CITE ").encode()).decode()
    packed = f"<w:fldData xml:space='preserve'>{data[:60]}\n{data[60:]}</w:fldData>"
    for outer, inner in ((packed, packed), ("", packed), ("<w:fldData>/////w==</w:fldData>", "")):
        code = (
            f"<w:fldChar w:fldCharType='begin'>{outer}</w:fldChar><w:instrText> ADDIN EN.CITE </w:instrText>"
            f"<w:fldChar w:fldCharType='begin'>{inner}</w:fldChar>"
            "<w:instrText> ADDIN EN.CITE.DATA </w:instrText><w:fldChar w:fldCharType='end'/>"
            "<w:fldChar w:fldCharType='separate'/><w:t>(Lee 2004)</w:t><w:fldChar w:fldCharType='end'/>"
        )
        word.into(word.text(f"{TEXT} "), f"<w:r>{code}</w:r>")
    source = imports(word).source("law")
    assert source.count("[@lee-2004, p. 7]") == 2 and source.count("(Lee 2004)") == 1


def test_a_reference_to_a_footnote_is_reported(imports: Importer) -> None:
    word = WordFile()
    word.heading("Law", 1)
    first = word.text(f"{TEXT} ")
    word.into(first, "<w:bookmarkStart w:id='7' w:name='_Ref77'/>")
    word.note(first, "footnote", "Letter of the Ministry.")
    word.into(first, "<w:bookmarkEnd w:id='7'/>")
    second = word.text("See footnote ")
    word.field(second, "NOTEREF _Ref77 \\h", "1")
    word.into(second, "<w:r><w:t> and footnote </w:t></w:r>")
    word.field(second, "NOTEREF _Ref99 \\h", "4")
    found = imports(word).messages("import-reference")
    assert found == [
        "'1' refers to a footnote ('Letter of the Ministry.'); it was left typed",
        "'4' refers to a footnote, which is not there; it was left typed",
    ]


def test_a_typed_number_of_a_table_leads_to_its_caption(tmp_path: Path) -> None:
    """Where no caption has it, that is told."""
    word = WordFile()
    word.heading("The situation")
    word.text("There were few (see table 7). As Table 9 and table 8 show, they grew.")
    for number, words in ((7, "Cases by year"), (9, "Cases by region")):
        word.text(f"Table {number}. {words}")
        for row in word.document.add_table(2, 2).rows:
            for at, cell in enumerate(row.cells):
                cell.text = f"{words} {at}"
        word.text(f"So much on {words.lower()}.")
    result = import_report(word.save(tmp_path / "report.docx"), tmp_path / "project")
    (path,) = (tmp_path / "project/sections").glob("*.md")
    source = path.read_text("utf-8")
    assert "(see table @tbl-cases-year).\nAs Table @tbl-cases-region and table 8 show" in source
    told = [item.message for item in result.diagnostics if item.code == "import-reference"]
    assert told == ["'table 8' was left typed: no caption has that number"]
    assert build(tmp_path / "project", ("json",)).succeeded


@pytest.mark.parametrize(
    ("language", "typed", "live", "left"),
    [
        ("en", "See tables 7, 9 and 12.", "See tables @, @ and @.", []),
        ("en", "See Tables 7–9 above.", "See Tables @–@ above.", []),
        ("en", "See tables 7 and 8.", "See tables 7 and 8.", ["tables 7 and 8"]),
        ("en", "See table 7 and 9 schools.", "See table @ and 9 schools.", []),
        ("en", "See tables 7 and 9 of the annual report.", "See tables 7 and 9 of", []),
        ("fr", "Voir les tableaux 7 et 9.", "Voir les tableaux @ et @.", []),
        ("ru", "См. таблицы 7 и 9.", "См. таблицы @ и @.", []),
        ("es", "Véanse los cuadros 7 y 9.", "Véanse los cuadros @ y @.", []),
    ],
)
def test_several_tables_in_one_breath(
    language: str, typed: str, live: str, left: list[str], tmp_path: Path
) -> None:
    word = WordFile()
    word.heading("The situation")
    word.text(typed)
    caption = {"fr": "Tableau", "ru": "Таблица", "es": "Cuadro"}.get(language, "Table")
    for number in (7, 9, 12):
        word.text(f"{caption} {number}. Cases {number}")
        for row in word.document.add_table(2, 2).rows:
            for at, cell in enumerate(row.cells):
                cell.text = f"Words {at}"
        word.text("So much on that.")
    options = ImportOptions(language=language)
    result = import_report(word.save(tmp_path / "report.docx"), tmp_path / "project", options)
    (path,) = (tmp_path / "project/sections").glob("*.md")
    source = re.sub(r"@tbl-[a-z0-9-]+", "@", path.read_text("utf-8"))
    assert live in source
    told = [item.message for item in result.diagnostics if item.code == "import-reference"]
    assert [message.split("'")[1] for message in told] == left


def test_a_caption_without_words_keeps_its_number_and_one_above_a_single_column_stays(
    tmp_path: Path,
) -> None:
    word = WordFile()
    word.heading("The situation")
    word.text("See table 7. See Table 8 and figure 4.")
    word.text("Table 7. Cases in one column")
    word.table(["a one"], ["b two"])
    word.text("So much on that.")
    word.text("Table 8.")
    word.table(["c", "one"], ["d", "two"])
    word.text("So much on that.")
    word.picture("A map")
    word.text("Figure 4.")
    word.text("So much on that.")
    result = import_report(word.save(tmp_path / "report.docx"), tmp_path / "project")
    told = [item.message for item in result.diagnostics if item.code == "import-changed"]
    assert told == [
        f"the caption '{old}' has no words: […] stands for them"
        for old in ("Table 8.", "Figure 4.")
    ]
    assert build(tmp_path / "project", ("md",)).succeeded
    made = next((tmp_path / "project" / "build").glob("*.md")).read_text("utf-8")
    assert "See table 1. See Table 2 and figure 1." in made.replace("\n", " ").replace(
        "\u00a0", " "
    )
    assert "Cases in one column" in made


SECRET = "The mill was seen by a guard at night."


@pytest.mark.parametrize(
    "typed",
    [
        *(f"Confidential: {SECRET}", f"[Confidential] {SECRET}", f"(confidential) {SECRET}"),
        *(
            f"TOP SECRET: {SECRET}",
            f"Words stand here. Confidential: {SECRET}",
            f"Microsoft Confidential\t{SECRET}",
        ),
        *(
            f"Конфиденциально: {SECRET}",
            f"<confidential>{SECRET}</confidential>",
            f"- Confidential: {SECRET}",
        ),
    ],
)
def test_what_a_file_calls_confidential_is_kept_back(typed: str, tmp_path: Path) -> None:
    word = WordFile()
    word.heading("General")
    for number in (1, 2):
        word.text(f"{number}. {TEXT}")
    word.text(f"3. {typed}" if not typed.startswith("-") else typed)
    word.text(f"4. {TEXT}")
    project = tmp_path / "project"
    result = import_report(word.save(tmp_path / "report.docx"), project)
    assert "import-unfaithful" not in [item.code for item in result.diagnostics]
    built = build(project, ("md",))
    assert built.succeeded, built.diagnostics
    confidential, *public = sorted(
        (path.read_text("utf-8").replace("\n", " ") for path in built.files),
        key=lambda text: SECRET not in text,
    )
    if not typed.startswith("-"):
        assert SECRET in confidential and SECRET not in public[0]
        told = [item.message for item in result.diagnostics if item.code == "import-changed"]
        assert any("kept out of the public edition" in message for message in told)


def test_a_section_that_a_file_calls_confidential_is_kept_back(tmp_path: Path) -> None:
    for title in (
        "CONFIDENTIAL",
        "Confidential",
        "Visits (confidential)",
        "Visits – not for publication",
    ):
        word = WordFile()
        word.heading("General")
        word.text(f"1. {TEXT}")
        word.heading(title)
        word.text(f"2. {SECRET}")
        project = tmp_path / title
        result = import_report(word.save(tmp_path / "report.docx"), project)
        built = build(project, ("md",))
        assert built.succeeded and len(built.files) == 2, built.diagnostics
        public = next(path for path in built.files if "confidential" not in path.name)
        assert SECRET not in public.read_text("utf-8").replace("\n", " ")
        assert any("is called confidential" in item.message for item in result.diagnostics)


def test_a_number_without_text_a_title_of_a_page_and_a_subtitle_below_a_heading(
    tmp_path: Path,
) -> None:
    word = WordFile()
    number = word.numbering(("decimal", "%1."), ("decimal", "%1.%2."))
    word.text("The report", style="Title")
    word.text("Of a coalition", style="Subtitle")
    word.heading("General")
    word.text(TEXT)
    word.heading("word" * 140)
    word.text(TEXT)
    word.text("Of fields", style="Subtitle")
    word.text(TEXT)
    for level in (0, 1):
        word.numbered("", number, level)  # which holds an equation, or nothing
        word.numbered("Short", number, level)
    project = tmp_path / "project"
    import_report(word.save(tmp_path / "report.docx"), project)
    settings = (project / "sections" / "report.yaml").read_text("utf-8")
    assert "subtitle: Of a coalition\n" in settings
    built = build(project, ("md",))
    assert built.succeeded, built.diagnostics
    said = built.files[0].read_text("utf-8")
    assert "Of fields" in said and "word" * 140 in said


def test_a_line_that_begins_below_what_could_not_be_kept(tmp_path: Path) -> None:
    """An end of a line stood at the head of the paragraph, and the project did not build."""
    word = WordFile()
    word.heading("General")
    word.text(TEXT)
    paragraph = word.text("")
    word.chart(paragraph)
    word.into(paragraph, "<w:r><w:br/><w:t>Radar:</w:t></w:r>")
    word.into(word.text(""), "<w:r><w:br/><w:br/><w:t>Bar chart:</w:t></w:r>")
    import_report(word.save(tmp_path / "report.docx"), tmp_path / "project")
    built = build(tmp_path / "project", ("md",))
    assert built.succeeded, built.diagnostics
    assert "Radar:" in built.files[0].read_text("utf-8")


def test_a_figure_that_cannot_be_kept_is_referred_to_by_nobody(tmp_path: Path) -> None:
    word = WordFile()
    word.heading("General")
    word.text(f"{TEXT} See figure 3.")
    word.picture("A map")
    word.text("Figure 3. The map of a country")
    word.text(TEXT)
    saved = word.save(tmp_path / "whole.docx")

    def spoil(parts: dict[str, bytes]) -> None:
        for name in parts:
            if name.startswith("word/media/"):
                parts[name] = b"no picture"

    import_report(changed(saved, tmp_path / "report.docx", spoil), tmp_path / "project")
    built = build(tmp_path / "project", ("md",))
    assert built.succeeded, built.diagnostics
    assert "See figure 3." in built.files[0].read_text("utf-8").replace("\u00a0", " ")
