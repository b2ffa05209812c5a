"""A report typed in another language prints no English: notes, annexes, tables, boxes, charts, labels; and all
that was typed, in its order."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT, Tiny
from documents import pdf_text
from ruamel.yaml import YAML
from test_validators import validate
from typed_report import REPORTS, lay, letters, sentences, typed

from shadowreport.pipeline import build

# words of English that no text in French or Spanish has, whatever it is about
COMMON = """the of and is are was were be been with from this that these those which what who by at it its for not
into under about their our we you they have has had or also see than there here only each all any both other
first second third page-break paragraph paragraphs para paras summary contents number numbers figure tables
accessed available archived retrieved volume issue chapter editor editors annexes sources abbreviations
recommendation cycle answered unanswered implemented partially finding heading back skip text reader"""
LATIN = ("fr", "es")


@pytest.fixture(scope="module", params=sorted(REPORTS))
def printed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Mapping[str, Path]]:
    """The files of the report in one language."""
    code: str = request.param
    report = Tiny(tmp_path_factory.mktemp(code))
    lay(code, report.write)
    with (report.project / "sections" / "report.yaml").open("a", encoding="utf-8") as settings:
        settings.write('contacts: [{name: "1", email: "1@2.3x"}]\n')
    kinds = (
        ("html", "docx") if code == "zh" else ("html", "docx", "pdf")
    )  # a font of its own for that
    result = build(report.project, kinds)
    assert result.succeeded, result.diagnostics
    assert len(result.files) == len(kinds)
    return code, {path.suffix: path for path in result.files}


def test_no_word_of_english_is_printed(printed: tuple[str, Mapping[str, Path]]) -> None:
    code, files = printed
    for suffix, path in files.items():
        text = READ[suffix](path)
        assert len(text) > 1000
        if code in LATIN:
            found = {word.lower() for word in re.findall(r"[^\W\d_]+", text)} & english(code)
        else:
            found = set(
                re.findall(r"(?<![IVX])(?![IVX]+\b)[A-Za-z]{2,}", text.replace("https", ""))
            )
        assert found == set(), suffix


def test_what_was_typed_is_printed_in_its_order(printed: tuple[str, Mapping[str, Path]]) -> None:
    code, files = printed
    for suffix in files.keys() & {".docx", ".pdf"}:
        text = letters(READ[suffix](files[suffix]) if suffix == ".docx" else _copied(files[suffix]))
        place = text.index(sentences(code)[0])
        for sentence in sentences(code):
            place = text.find(sentence, place)
            assert place > 0, (suffix, sentence)


NATIVE = {  # what a native hand writes where another language has a word and a number behind it
    "zh": ("附件一：本报告的建议", "附件四：", "第14卷，第2期", "第5–9页"),
    "ar": ("المرفق الأول: توصيات هذا التقرير", "المرفق الرابع: "),
    "ru": ("Приложение IV. ", "т. 14, № 2", "с. 5–9"),
}


def test_annexes_and_volumes_are_counted_as_the_language_does(
    printed: tuple[str, Mapping[str, Path]],
) -> None:
    page = _page(printed[1][".html"]).replace("\u00a0", " ")
    text = re.sub("[\u2066-\u2069]", "", page)
    assert [form for form in NATIVE.get(printed[0], ()) if form not in text] == []
    assert "{number}" not in text


def test_word_files_are_valid_from_the_right_and_in_wide_signs(
    printed: tuple[str, Mapping[str, Path]],
) -> None:
    if printed[0] in ("ar", "zh"):  # the others' are made as those in English are
        assert validate(printed[1][".docx"]) == []


def english(code: str) -> set[str]:
    """Words of English that nobody typed and that are none of a language: those that the toolkit itself
    prints in English, and common ones."""
    own = _words(_language(code)) | {word for text in typed(code) for word in _words(text)}
    return (_words(_language("en")) | set(COMMON.split())) - own


def _language(code: str) -> object:
    data = YAML(typ="safe").load(ROOT / "templates" / "languages" / f"{code}.yaml")
    return [data["words"], data["notes"]]


def _words(value: object) -> set[str]:
    if isinstance(value, str):
        plain = unicodedata.normalize("NFC", re.sub(r"\{\w+\}", " ", value)).lower()
        return set(re.findall(r"[^\W\d_]{2,}", plain))
    inner = value.values() if isinstance(value, dict) else value
    assert isinstance(inner, (list, type({}.values())))
    return {word for item in inner for word in _words(item)}


def test_the_words_of_english_are_many() -> None:
    assert {"recommendations", "the", "accessed"} <= english("es")
    assert {"paragraph", "and", "contents"} <= english("fr")


def _page(path: Path) -> str:
    """What a reader sees or hears of a page."""
    page = re.sub(r"<(style|script|head)\b.*?</\1>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    heard = re.findall(r'(?:alt|title|aria-label)="([^"]*)"', page)
    return html.unescape(" ".join(heard) + re.sub(r"<[^>]+>", " ", page))


def _word(path: Path) -> str:
    """The words of a Word file, and what its pictures are called."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.match(r"word/[a-z]+\d*\.xml", name)]
        text = " ".join(archive.read(name).decode("utf-8") for name in names)
    return "".join(_runs(text))


def _runs(text: str) -> Iterator[str]:
    """The texts of runs; a space where a paragraph ends."""
    for shown, told, end in re.findall(
        r'<w:t(?: [^>]*)?>([^<]*)|\b(?<!:)(?:descr|name)="([^"]*)"|(</w:p>|<w:footnoteReference)',
        text,
    ):
        yield shown or (f" {told} " if told else " " if end else "")


def _sheets(path: Path) -> str:
    """What the sheets of a PDF show, over the ends of lines, and what is read out for its links and pictures."""
    with pikepdf.open(path) as pdf:
        told = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        found = [item.get(key) for item in told for key in ("/Contents", "/Alt", "/Title")]
        heard = [str(text) for text in found if isinstance(text, pikepdf.String)]
    return " ".join([*pdf_text(path).split(), *(text for text in heard if "://" not in text)])


def _copied(path: Path) -> str:
    """What a reader copies from a PDF: with letters that run to the left in the order of reading."""
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)


READ = {".html": _page, ".docx": _word, ".pdf": _sheets}
