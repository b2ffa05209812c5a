"""Tables of recommendations, as people and the United Nations keep them, become files of references/."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import observation_files as files
import pytest
from conftest import ROOT
from openpyxl import Workbook
from ruamel.yaml import YAML

from shadowreport.core.problems import Failure, has_errors
from shadowreport.observations import import_observations
from shadowreport.pipeline import build, examine

HEADS = [
    *("Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes"),
    *("Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id"),
]  # fmt: skip
OURS = ("- Utopia", "- CERD", "CERD/C/UTO/CO/7", "- Women\n- Rural", "43200", "", "")
REVIEW = ("- Utopia", "- Universal Periodic Review", "A/HRC/28/10", "", "14/12/2014")
ROWS = [
    ("Rural women 49.The Committee notes that women on farms are not insured.", *OURS, "Concerns/Observations", "1"),
    ("Rural women 50.The Committee recommends that the State party insure them. ", *OURS, "Recommendations", "2"),
    ("Rural women 50.The Committee recommends that the State party count them.", *OURS, "Recommendations", "3"),
    ("Сельские женщины 50.Комитет рекомендует государству-участнику их застраховать.", *OURS, "Recommendations", "2"),
    ("Rural women 50.The Committee recommends that the State party count them.", *OURS, "Recommendations", "3"),
    ("Legislation (arts. 1 and 2) 12 (b). bind landlords by Protocol 12 and the law;", *OURS, "Recommendations", "4"),
    ("8.The Committee recommends that it act.", "- Sylvania", "- CAT", "CAT/C/SYL/CO/1", "", "2016-08-01", "", "", "Recommendations", "5"),
    ("Adopt Protocol 12 and others", *OURS, "Recommendations", "6"),
    ("140.7 Ratify the Optional Protocol (France, Sierra Leone);", *REVIEW, "- France\n- Sierra Leone", "- Supported", "Recommendations", "7"),
    ("140.8 Abolish the fee (Bolivia (Plurinational State of));", *REVIEW, "", "Not accepted", "Recommendations", "8"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "base", tmp_path / "report")
    return tmp_path / "report"


def _xlsx(path: Path) -> Path:
    """As it is exported: a line above the headings, dates as the numbers of days."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Universal Human Rights Index"])
    sheet.append([])
    sheet.append(HEADS)
    for row in ROWS:
        sheet.append([int(cell) if cell.isdigit() and len(cell) == 5 else cell for cell in row])
    book.save(path / "export.xlsx")
    return path / "export.xlsx"


def _csv(path: Path, separator: str = ";", encoding: str = "utf-8-sig") -> Path:
    with (path / "export.csv").open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream, delimiter=separator).writerows([HEADS, *ROWS])
    return path / "export.csv"


def _json(path: Path) -> Path:
    keys = ["Text", "Countries", "Body", "Symbol", "Themes", "PublicationDate", "UPRRecommendingStates", "UPRPosition", "AnnotationType"]  # fmt: skip
    records = [
        {key: cell.replace("- ", "").split("\n") if "\n" in cell else cell for key, cell in zip(keys, row, strict=False)}
        for row in ROWS
    ]  # fmt: skip
    (path / "export.json").write_text(json.dumps({"data": records}), "utf-8")
    return path / "export.json"


def _word(path: Path) -> Path:
    document: Any = docx.Document()
    document.add_paragraph("What was asked of Utopia")
    table = document.add_table(rows=0, cols=len(HEADS))
    for row in (HEADS, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path / "export.docx"))
    return path / "export.docx"


FORMS: dict[str, Callable[[Path], Path]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "csv with commas in UTF-16": lambda path: _csv(path, ",", "utf-16"),
    "json": _json,
    "docx": _word,
}


@pytest.mark.parametrize("form", FORMS)
def test_an_export_of_the_index_gives_each_document(
    form: str, project: Path, tmp_path: Path
) -> None:
    result = import_observations(project, [FORMS[form](tmp_path)])
    assert [(taken.file, taken.counts.get("demands")) for taken in result.taken] == [
        ("references/cerd-2018.yaml", 3),
        ("references/upr-2014.yaml", 2),
    ]
    assert result.taken[0].counts["rows said twice"] == 1
    assert result.taken[0].counts["rows on other States"] == 1
    assert ["Adopt Protocol 12 and others" in item.message for item in result.diagnostics] == [True]
    read = YAML(typ="safe").load
    made = read(project / "references" / "cerd-2018.yaml")
    assert (made["symbol"], str(made["published"])) == ("CERD/C/UTO/CO/7", "2018-04-10")
    said = {key: (item["text"], item["heading"]["en"]) for key, item in made["recommendations"].items()}  # fmt: skip
    insure = {
        "en": "The Committee recommends that the State party insure them.",
        "ru": "Комитет рекомендует государству-участнику их застраховать.",
    }
    assert said == {
        "12.2": (
            {"en": "Bind landlords by Protocol 12 and the law."},
            "Legislation (arts. 1 and 2)",
        ),
        "50.1": (insure, "Rural women"),
        "50.2": (
            {"en": "The Committee recommends that the State party count them."},
            "Rural women",
        ),
    }
    assert made["recommendations"]["12.2"]["label"] == "12 (b)"
    assert made["paragraphs"]["49"]["part"] == "concern"
    review = read(project / "references" / "upr-2014.yaml")["recommendations"]
    assert review == {
        "140.7": {
            "label": "140.7",
            "text": {"en": "Ratify the Optional Protocol."},
            "states": ["France", "Sierra Leone"],
            "response": "supported",
        },
        "140.8": {
            "label": "140.8",
            "text": {"en": "Abolish the fee."},
            "states": ["Bolivia (Plurinational State of)"],
            "response": "noted",
        },
    }
    report, found = examine(project)
    assert report
    assert not has_errors(found)
    assert [cycle.stem for cycle in report.cycles][-2:] == ["upr-2014", "cerd-2018"]
    again = import_observations(project, [FORMS[form](tmp_path)])
    assert again.changed() == {}


def test_a_table_of_ones_own_is_taken_by_the_columns_that_are_named(
    project: Path, tmp_path: Path
) -> None:
    table = tmp_path / "ours.csv"
    rows = "Nr,Ask,Dok\n9,Adopt a law.,CERD/C/UTO/CO/9\n10 (a),Train judges;,CERD/C/UTO/CO/9\n"
    table.write_text(rows, "utf-8")
    with pytest.raises(Failure, match="no column of this table") as caught:
        import_observations(project, [table])
    assert "'Ask'" in str(caught.value) or "Ask" in (caught.value.diagnostics[0].hint)
    with pytest.raises(Failure, match="there is no column 'Whatever'"):
        import_observations(
            project, [table], columns={"text": "Ask", "symbol": "Whatever", "paragraph": "Nr"}
        )  # fmt: skip
    with pytest.raises(Failure, match="a table has no 'texts'"):
        import_observations(project, [table], columns={"texts": "Nr"})
    columns = {"text": "ask", "symbol": "Dok", "paragraph": "Nr"}
    result = import_observations(project, [table], columns=columns)
    assert result.taken[0].columns[:2] == ("text: 'Ask'", "symbol: 'Dok'")
    made = YAML(typ="safe").load(project / result.taken[0].file)["recommendations"]
    assert {key: item["text"]["en"] for key, item in made.items()} == {
        "9": "Adopt a law.",
        "10.1": "Train judges.",
    }


def test_a_thematic_list_of_the_review_is_read_across_its_themes(
    project: Path, tmp_path: Path
) -> None:
    """One long table, with lines across it, the document named in the text, and repetitions."""
    document: Any = docx.Document()
    table = document.add_table(rows=0, cols=4)
    source = "Source of position: A/HRC/59/15/Add.1 - Para. 3"
    first = f"140.7 Ratify the Covenant on wells (Peru) (Chad);\n{source}"
    rows = (
        ("Recommendation and recommending State", "Position of the State under review", "Human rights themes", "Relevant SDGs"),
        ("Theme: Ratification of instruments",),
        (first, "Supported", "- Wells", "- 1 - NO POVERTY"),
        (f"140.8 Keep the wells open (Mali);\n{source}", "Noted", "- Wells", "- 6 - WATER"),
        ("Theme: Wells",),
        (first, "Supported", "- Wells", "- 1 - NO POVERTY"),
    )  # fmt: skip
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[3]).text = row[0]
            continue
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "list.docx"))
    result = import_observations(project, [tmp_path / "list.docx"])
    assert [item.message for item in result.diagnostics] == [
        "nothing tells the year of this document"
    ]
    assert result.taken[0].counts == {"demands": 2, "rows said twice": 1}
    made = YAML(typ="safe").load(project / result.taken[0].file)
    assert made["symbol"] == "A/HRC/59/15"
    assert [
        (item["text"]["en"], item["states"], item["response"], item["heading"]["en"])
        for item in made["recommendations"].values()
    ] == [
        (
            "Ratify the Covenant on wells.",
            ["Peru", "Chad"],
            "supported",
            "Ratification of instruments",
        ),
        ("Keep the wells open.", ["Mali"], "noted", "Ratification of instruments"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("x.xlsx", b"PK\x03\x04 no workbook", "cannot be read as XLSX"),
        ("x.json", b"{", "cannot be read as JSON"),
        ("x.csv", b"", "no column of this table"),
        ("x.csv", b"Text,Symbol\nWords,Nowhere\n", "no row was taken"),
    ],
)
def test_what_is_no_table_is_told(
    name: str, data: bytes, told: str, project: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Failure) as caught:
        import_observations(project, [tmp_path / name])
    assert any(told in item.message and item.hint for item in caught.value.diagnostics)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_states_and_response_are_printed_with_a_recommendation_of_the_review(
    project: Path, tmp_path: Path
) -> None:
    import_observations(project, [_csv(tmp_path)])
    section = project / "sections" / "200-legislation.md"
    text = section.read_text("utf-8").replace(
        "  - [cerd-2014/7.2]", "  - [cerd-2014/7.2]\n  - [upr-2014/140.7]"
    )
    section.write_text(text, "utf-8")
    result = build(project, ("html",))
    assert result.succeeded, result.diagnostics
    page = re.sub(r"<[^>]+>", "", result.files[0].read_text("utf-8"))
    said = " ".join(page.replace("\u00a0", " ").split())
    assert "Ratify the Optional Protocol. (France, Sierra Leone; supported) (Para. 140.7)" in said


HEADS_KEPT = ["Документ ООН", "№ пункта", "Рекомендация Комитета", "Тема", "Исполнитель"]
KEPT = [
    ["CRPD/C/UTO/CO/1", "18 а)", "Принять план доступности зданий.", "Доступность", "Минтранс"],
    ["CRPD/C/UTO/CO/1", "п. 24 а) и б)", 'Обучить учителей "новому" подходу.', "Школа", ""],
]


def _kept_csv(path: Path, encoding: str) -> Path:
    with (path / "kept.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows([["Рекомендации, май 2024"], HEADS_KEPT, *KEPT])
    return path / "kept.csv"


def _kept_xlsx(path: Path) -> Path:
    """Headings in two rows, some over several columns, a symbol over all rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Сводная таблица"])
    sheet.append([HEADS_KEPT[0], "Рекомендации", None, "Прочее", None])
    sheet.append([None, *HEADS_KEPT[1:]])
    for row in KEPT:
        sheet.append(row if row is KEPT[0] else [None, *row[1:]])
    for merged in ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A5"):
        sheet.merge_cells(merged)
    book.save(path / "kept.xlsx")
    return path / "kept.xlsx"


def _kept_docx(path: Path) -> Path:
    document = docx.Document()
    table = document.add_table(0, 3)
    for row in (
        ["Пункт замечаний", "Что рекомендовал Комитет", "Что сделано"],
        *([f"{symbol}, {number}", text, ""] for symbol, number, text, *_ in KEPT),
        ["", "", ""],
        ["CRPD/C/UTO/CO/1, 30", "Собирать данные.", ""],
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path / "kept.docx"))
    return path / "kept.docx"


@pytest.mark.parametrize(
    "made",
    [
        lambda path: _kept_csv(path, "cp1251"),
        lambda path: _kept_csv(path, "utf-8-sig"),
        _kept_xlsx,
        _kept_docx,
    ],
    ids=["cp1251", "utf-8", "headings in two rows", "word"],
)
def test_a_table_that_somebody_keeps_is_taken_whatever_its_headings(
    project: Path, tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    taken = import_observations(project, [made(tmp_path)]).taken[0]
    demands = YAML(typ="safe").load((project / taken.file).read_text("utf-8"))["recommendations"]
    assert demands["18.1"]["text"] == {"ru": "Принять план доступности зданий."}
    assert demands["24"]["text"] == {"ru": 'Обучить учителей "новому" подходу.'}
    assert demands["24"]["label"] == "24 а) и б)"


def test_a_long_heading_of_ones_own_is_taken_for_no_column_that_is_known(
    project: Path, tmp_path: Path
) -> None:
    thought = "What our themes group and those who wrote the last report think of the issue, and who of us works on it"
    heads = ["Symbol", "Paragraph", "What the Committee asked for", thought]
    row = ["CRPD/C/UTO/CO/1", "18", "Adopt a plan.", "Olga asks the ministry"]
    with (tmp_path / "kept.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, row])
    taken = import_observations(project, [tmp_path / "kept.csv"]).taken[0]
    assert f"left out: '{thought}'" in taken.columns
    assert "Olga" not in (project / taken.file).read_text("utf-8")


def test_rows_that_name_a_committee_and_a_year_are_a_document(
    project: Path, tmp_path: Path
) -> None:
    body = "Committee on the Rights of Persons with Disabilities"
    rows = [
        ("Committee", "Year", "Paragraph", "Recommendation"),
        (body, "2019", "18", "Adopt a plan."),
        ("- CRPD", "2019", "20", "Train teachers."),
    ]
    with (tmp_path / "kept.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (taken,) = import_observations(project, [tmp_path / "kept.csv"]).taken
    assert (taken.file, taken.counts["demands"]) == ("references/crpd-2019.yaml", 2)


def test_a_workbook_that_is_far_larger_than_its_file_is_refused(
    project: Path, tmp_path: Path
) -> None:
    path = _xlsx(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/large.bin", b"")
        archive.getinfo("xl/media/large.bin").file_size = 700_000_000  # as its contents claim
    with pytest.raises(Failure) as told:
        import_observations(project, [path])
    assert "larger than any table" in told.value.diagnostics[0].message


def test_a_table_that_names_no_document_says_what_it_lacks(project: Path, tmp_path: Path) -> None:
    source = tmp_path / "x.csv"
    source.write_text("Par.,Lo que pidió el Comité,Plazo\n18,Adoptar un plan.,2025\n", "utf-8")
    with pytest.raises(Failure) as told:
        import_observations(project, [source])
    assert "column with the symbol" in told.value.diagnostics[0].hint


def test_a_table_inside_of_observations_does_not_make_them_a_table(
    project: Path, tmp_path: Path
) -> None:
    source = files.word(tmp_path / "observations.docx", files.CERD)
    document = docx.Document(str(source))
    table = document.add_table(0, 2)
    for row in (("Paragraph", "Recommendation"), ("1", "One"), ("2", "Two"), ("3", "Three")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(source))
    taken = import_observations(project, [source]).taken[0]
    assert taken.counts["numbered paragraphs"] > 5 and not taken.columns
