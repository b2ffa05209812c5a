"""Languages with a script of their own: lines that run to the left, texts without spaces."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import Tiny
from documents import W, part, tool
from test_checks import lay
from test_validators import validate

from shadowreport.core.ast import plain, text
from shadowreport.core.direction import END, START, isolate, isolated, loose_mark
from shadowreport.core.wide import close_up
from shadowreport.load import load
from shadowreport.machine import typst
from shadowreport.pipeline import build


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("في الوثيقة CERD/C/KAZ/CO/8-10 بسن", ["CERD/C/KAZ/CO/8-10"]),
        ("القانون 414-V، 23 نوفمبر 2015", ["414-V"]),
        ("السكان 18 632 169 نسمة", ["18 632 169"]),
        ("رسالة 2016-08-09 إلى", ["2016-08-09"]),
        ("انظر https://example.org/a-b?c=1 و", ["https://example.org/a-b?c=1"]),
        ("الفقرات 33–56 من Human Rights Watch", []),  # right as they are
        ("وزنه 10 kg، 100 $، 5 € عند 10 °C، 3 مرات", ["10 kg", "100 $", "5 €", "10 °C"]),
        ("العهد ICCPR، 14 مادة", ["ICCPR"]),
        ("الحكم 7119-20-00-2/153 والرسالة 12-3/45", ["7119-20-00-2/153", "12-3/45"]),
        ("نحو €520 و $1,250.75 و ₸ 250 000", ["€520", "$1,250.75", "₸ 250 000"]),
        ("تراجع إلى -3.2% أو (-5)، أي 10-5 - 3", ["-3.2%", "-5"]),
    ],
)
def test_what_would_be_reversed_is_isolated(typed: str, kept: list[str]) -> None:
    inlines = text(typed)
    isolate(inlines)
    for result in (isolated(typed), plain(inlines)):
        assert result.replace(START, "").replace(END, "") == typed
        assert [part.partition(END)[0] for part in result.split(START)[1:]] == kept


def test_the_number_of_a_footnote_is_not_drawn_to_a_number_before_it() -> None:
    for typed, kept in (
        ("في 2021 إلى 2/3.", "2/3"),
        ("والمادة 7،", "7"),
        ("القانون 414-V.", "414-V"),
    ):
        inlines = [*text(typed), {"t": "Note", "c": []}]
        isolate(inlines)
        ending = plain(inlines[:-1]).rpartition(START)[2]
        assert ending == f"{kept}{END}{typed[-1]}"
    inlines = text("في 2021 إلى 2/3.")
    isolate(inlines)
    assert START not in plain(inlines)


def test_what_an_author_isolated_is_left() -> None:
    typed = f"القانون {START}414-V{END} و 18 632 169"
    inlines = text(typed)
    isolate(inlines)
    assert plain(inlines) == isolated(typed) == typed


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("القانون \u2066414-V\u2069 و", -1),
        ("القانون 414-V\u200e و", -1),
        ("القانون \u2067414-V", 8),
        ("القانون 414-V\u2069", 13),
        ("Pay \u2067all\u2069 of it", 4),  # no letter there runs to the left
    ],
)
def test_marks_of_direction_stand_in_pairs_beside_letters_that_need_them(
    line: str, place: int
) -> None:
    assert loose_mark(line) == place


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("第一句。 第二句。", "第一句。第二句。"),
        ("第一 句", "第一句"),
        ("他说： “是”。 然后", "他说：“是”。然后"),
        ("人口为 18 632 169 人", "人口为 18 632 169 人"),
        ("Two words", "Two words"),
    ],
)
def test_no_space_stands_between_wide_signs(typed: str, printed: str) -> None:
    inlines = text(typed)
    close_up(inlines)
    assert plain(inlines) == printed


def test_a_report_in_a_region_takes_texts_of_its_own_and_of_the_language(tiny: Tiny) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings.replace("language: en", "language: pt-BR"))
    cycle = (tiny.project / "references/cerd-2014.yaml").read_text("utf-8")
    for old, new in (
        ("{en: Recommendations of 2014}", "{pt: Lisboa, pt-BR: Brasília}"),
        ("Adopt a law.", "{en: Adopt a law., pt: Adotar uma lei.}"),
    ):
        cycle = cycle.replace(old, new)
    tiny.write("references/cerd-2014.yaml", cycle)
    tiny.section("100-um", "Uma frase.")
    report, found = load(tiny.project)
    assert report and [item for item in found if item.severity == "error"] == []
    words = report.speech.language
    assert words.of(report.cycles[0].heading) == "Brasília"
    assert words.of(report.cycles[0].recommendations[0].text) == "Adotar uma lei."


@pytest.mark.parametrize(
    ("tag", "told"), [("pt-BR", "pt-BR"), ("es-419", "es"), ("ar-EG", "ar-EG"), ("en-us", "en-US")]
)
def test_the_pdf_tells_the_region_of_its_language(tag: str, told: str, tiny: Tiny) -> None:
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", settings.replace("language: en", f"language: {tag}"))
    tiny.section("100-one", "A sentence.")
    (file,) = build(tiny.project, ["pdf"]).files
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == told


# --- whole reports ------------------------------------------------------------------------------


def _built(case: str, folder: Path, *formats: str) -> dict[str, Path]:
    lay(case, folder)
    result = build(folder, formats)
    assert result.succeeded, result.diagnostics
    return {path.suffix[1:]: path for path in result.files}


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of a tiny report in Arabic."""
    return _built("arabic", tmp_path_factory.mktemp("ar") / "report", "docx", "html", "pdf")


def test_every_paragraph_table_and_section_of_an_arabic_word_file_runs_from_the_right(
    arabic: dict[str, Path],
) -> None:
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        root = part(arabic["docx"], name)
        for inner, outer in (("pPr", "p"), ("tblPr", "tbl"), ("sectPr", "sectPr")):
            for element in root.iter(W + outer):
                properties = element if inner == outer else element.find(W + inner)
                mark = "bidiVisual" if outer == "tbl" else "bidi"
                assert properties is not None
                assert properties.find(W + mark) is not None
        runs = [run for run in root.iter(W + "r") if run.find(W + "t") is not None]
        latin = [run for run in runs if run.find(f"{W}rPr/{W}rtl") is None]
        assert not any(re.search("[\u0600-\u06ff]", "".join(run.itertext())) for run in latin)
        if name == "word/document.xml":
            assert "\u2066CERD/C/UTO/CO/6-7\u2069" in ["".join(run.itertext()) for run in latin]
    styles = part(arabic["docx"], "word/styles.xml")
    assert {item.get(W + "bidi") for item in styles.iter(W + "lang")} == {"ar"}
    assert validate(arabic["docx"]) == []


def test_an_arabic_page_and_pdf_run_from_the_right(arabic: dict[str, Path]) -> None:
    assert '<html lang="ar" dir="rtl">' in arabic["html"].read_text(encoding="utf-8")
    command = [tool("pdffonts", "poppler"), str(arabic["pdf"])]
    fonts = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "NotoNaskhArabic" in fonts
    assert "Mono" not in fonts
    command = [tool("pdftotext", "poppler"), str(arabic["pdf"]), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = _read(printed)
    for typed in ("قالت المحكمة", "CERD/C/UTO/CO/6-7", "18 632 169", "2016-08-09"):
        assert typed in words


COPIED = {  # what a program that copies a line must leave in its place, and what typed lines hold of it
    "brackets and stops": "أبلغت وزارة الداخلية (MVD) عن 56 قضية؛ ولم تنشر سوى 3 منها.",
    "grouped digits, a per cent sign": "ارتفع العدد من 1 204 إلى 18 632 169 حالة، أي بنسبة 12.5% في عام.",
    "brackets in brackets": "أوصت اللجنة (الفقرة 12 (أ) و(ب)) بسن تشريع شامل.",
    "dates and money": "دفعت الغرامة (250 000 تنغي، نحو €520) في 2020-06-30.",
    "times, a quotation": "عقدت 4 جلسات: 10:30 و 12:00، وقال الشاهد «نعم» (قبل 2018).",
}
BY_POPPLER = {
    "a symbol": "أجابت عن قائمة المسائل (CERD/C/UTO/CO/6-7) بعد شهرين.",
    "a name": "نشرت منظمة Human Rights Watch تقرير العام [بالإنكليزية] عن المدارس.",
    "an address": "راسلت المنظمة info@example.org ولم تتلق جوابا.",
    "two scripts": "الاسم هو Aigerim Әбенова (مولودة في 1984).",
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of an Arabic report with such lines."""
    folder = tmp_path_factory.mktemp("copied") / "report"
    lay("arabic", folder)
    typed = "\n\n".join([*COPIED.values(), *BY_POPPLER.values()])
    text = f"---\ntitle: نص\nauthors: [forum]\n---\n\n{typed}\n"
    (folder / "sections" / "300-lines.md").write_text(text, encoding="utf-8")
    (path,) = build(folder, ("pdf",)).files
    return path


def _read(text: str) -> str:
    """A text without marks of direction; one kind of space, of quotation mark, of lines."""
    seen = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return re.sub("[“”«»]", '"', " ".join(unicodedata.normalize("NFKC", seen).split()))


def test_lines_from_the_right_are_copied_as_they_were_typed(copied: Path) -> None:
    with pypdfium2.PdfDocument(copied) as document:
        by_pdfium = _read("\n".join(page.get_textpage().get_text_range() for page in document))
    for what, typed in COPIED.items():
        assert _read(typed) in by_pdfium, what
    command = [tool("pdftotext", "poppler"), str(copied), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for what, typed in (COPIED | BY_POPPLER).items():
        assert _read(typed) in _read(printed), what


def test_tags_hold_the_words_of_lines_from_the_right_in_their_order(copied: Path) -> None:
    with pikepdf.open(copied) as document:
        places = {}
        for page in document.pages:
            at = tag = None
            for operands, operator in pikepdf.parse_content_stream(page):
                properties = operands[1] if len(operands) > 1 else None
                if str(operator) == "BDC" and isinstance(properties, pikepdf.Dictionary):
                    tag = (page.obj.objgen, int(properties.MCID)) if "/MCID" in properties else tag
                elif str(operator) == "cm":
                    at = (float(operands[5]), float(operands[4]))
                elif str(operator) in ("Tj", "TJ") and tag not in places:
                    places[tag] = at
        lines: dict[object, list[float]] = {}
        for element in document.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.P:
                kids = element.get("/K", [])
                for kid in kids if isinstance(kids, pikepdf.Array) else []:
                    if isinstance(kid, int) and (place := places.get((element.Pg.objgen, kid))):
                        lines.setdefault((element.objgen, place[0]), []).append(place[1])
    assert len([line for line in lines.values() if len(line) > 10]) >= len(COPIED)
    rising = [(key, a, b) for key, line in lines.items() for a, b in pairwise(line) if a < b]
    assert len(rising) == 1, rising  # the two scripts of one name


def test_a_chinese_report_has_no_spaces_and_its_own_marks_in_notes(tmp_path: Path) -> None:
    files = _built("chinese", tmp_path / "report", "md", "docx")
    text = files["md"].read_text(encoding="utf-8")
    assert "本报告由两个组织编写。委员会在CERD/C/UTO/CO/6-7号文件中建议立法。" in text
    assert "未加定义”。[^2]报告" in text
    assert (
        "立法，414-V，2015年11月23日，第5条，可查阅 <https://example.org/law>（访问日期：" in text
    )
    assert not re.search("[A-Za-z]{3,}", re.sub(r"<?http\S+|CERD/\S+|Ivan Ivanov", "", text))
    styles = part(files["docx"], "word/styles.xml")
    assert {item.get(W + "eastAsia") for item in styles.iter(W + "lang")} == {"zh-CN"}


def test_one_line_says_which_font_a_chinese_pdf_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typst, "_system_fonts", list)
    lay("chinese", tmp_path / "report")
    result = build(tmp_path / "report", ("pdf",))
    (found,) = [item for item in result.diagnostics if item.code == "missing-glyph"]
    assert found.severity == "warning" and "中文" in found.message
    command = [tool("pdftotext", "poppler"), str(result.files[0]), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"[U+{ord('编'):04X}]" in "".join(printed.split()) and "编" not in printed
    assert "fonts-noto-cjk" in found.hint
    assert "templates/fonts/" in found.hint


def test_a_paragraph_of_thousands_of_letters_without_a_font_is_printed(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    """typst gave up where a rule found some five hundred places in a paragraph."""
    monkeypatch.setattr(typst, "_system_fonts", list)
    words = " a".join(chr(0x4E00 + nth % 300) for nth in range(2000))
    tiny.section("100-a", f"Words {words} end.\n")
    result = tiny.build("pdf")
    assert result.succeeded, result.diagnostics
    command = [tool("pdftotext", "poppler"), str(result.files[0]), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "".join(printed.split()).count("[U+4E00]a") == 7 and "end." in printed
