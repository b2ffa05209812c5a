"""What looks like a heading, a front page or a quotation becomes one; what was guessed is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from ruamel.yaml import YAML
from word_files import WordFile, piece

from shadowreport.importing import ImportOptions, ImportResult, import_report
from shadowreport.pipeline import build

TEXT = "The authorities gave no information on this matter in the years under review."
LONG = (
    "Civil and political rights of members of national minorities, of migrant workers and of their "
    "families, and the compliance of the State party with its obligations under articles 2, 4, 5 "
    "and 6 of the Convention in the period under review"
)
SENTENCE = (
    "Measures to end the discrimination of migrant workers, of refugees and of persons without any "
    "citizenship who live in the border regions of the country and have no access to its courts."
)
Titles = list[tuple[int, str]]


class Sheet(WordFile):
    """A Word file whose lines look so or so, with running numbers in its text."""

    count = 0

    def body(self, paragraphs: int) -> None:
        for _ in range(paragraphs):
            self.count += 1
            self.text(f"{self.count}. {TEXT}")

    def line(self, text: str, how: str) -> None:
        paragraph = self.text(text)
        font = paragraph.runs[0].font
        for word in how.split():
            if word.isdigit():
                font.size = Pt(int(word))
            elif word == "blue":
                font.color.rgb = RGBColor(0, 0x40, 0x90)
            elif word == "centred":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif word == "outline":
                code = "<w:outlineLvl w:val='0'/>"
                paragraph._p.get_or_add_pPr().append(piece(code))
            elif word != "plain":
                setattr(font, word, True)

    def demands(self, paragraph: int) -> None:
        self.table(["Recommendations of CERD (2014)"], [f"Adopt it. (Para. {paragraph})"])


@dataclass(frozen=True)
class Made:
    """What an import wrote, as its files have it."""

    folder: Path
    result: ImportResult

    @property
    def settings(self) -> dict[str, Any]:
        return YAML(typ="safe").load((self.folder / "sections/report.yaml").read_text())

    def titles(self) -> Titles:
        """The titles of sections with their levels, and the headings inside them."""
        found: Titles = []
        for path in sorted((self.folder / "sections").glob("*.md")):
            _, front, body = path.read_text().split("---\n", 2)
            data = YAML(typ="safe").load(front)
            found.append((data["level"], data["title"]))
            inside = re.findall(r"^(##+) (.*?)(?: \{.*)?$", body, re.MULTILINE)
            found += [(data["level"] + len(sign) - 1, text) for sign, text in inside]
        return found


Importer = Callable[..., Made]


@pytest.fixture
def brought(tmp_path: Path) -> Importer:
    def bring(word: WordFile, options: ImportOptions | None = None) -> Made:
        into = tmp_path / "project"
        return Made(into, import_report(word.save(tmp_path / "report.docx"), into, options))

    return bring


# --- headings -------------------------------------------------------------------------------------

# how lines look; |: text stands below; what they become
FORMS: dict[str, tuple[str, Titles]] = {
    "bold": ("bold Law | bold Courts |", [(1, "Law"), (1, "Courts")]),
    "capitals": ("plain LAWS | plain COURTS |", [(1, "LAWS"), (1, "COURTS")]),
    "look of capitals": ("all_caps Law | all_caps Courts |", [(1, "Law"), (1, "Courts")]),
    "small capitals": ("small_caps Law | small_caps Courts |", [(1, "Law"), (1, "Courts")]),
    "underlined": ("underline Law | underline Courts |", [(1, "Law"), (1, "Courts")]),
    "italic": ("italic Law | italic Courts |", [(1, "Law"), (1, "Courts")]),
    "large": ("18 Law | 18 Courts |", [(1, "Law"), (1, "Courts")]),
    "coloured": ("blue Law | blue Courts |", [(1, "Law"), (1, "Courts")]),
    "centred": ("centred Law | centred Courts |", [(1, "Law"), (1, "Courts")]),
    "outline level": ("outline Law | outline Courts |", [(1, "Law"), (1, "Courts")]),
    "question": ("bold Who_is_heard? | bold Why? |", [(1, "Who is heard?"), (1, "Why?")]),
    "bold with a colon": ("bold Law: | bold Courts: |", [(1, "Law:"), (1, "Courts:")]),
    "of three lines": (f"bold {LONG.replace(' ', '_')} | bold Law |", [(1, LONG), (1, "Law")]),
    "capitals of three lines": (
        f"plain {LONG.upper().replace(' ', '_')} | plain LAWS |",
        [(1, LONG.upper()), (1, "LAWS")],
    ),
    "italic below bold": (
        "bold Law italic Access | italic Aid | bold Schools |",
        [(1, "Law"), (2, "Access"), (2, "Aid"), (1, "Schools")],
    ),
    "bold below large": (
        "bold,16 Law bold Access | bold Aid | bold,16 Schools |",
        [(1, "Law"), (2, "Access"), (2, "Aid"), (1, "Schools")],
    ),
    "bold below capitals": (
        "bold LAWS bold Access | bold Aid | bold SCHOOLS |",
        [(1, "LAWS"), (2, "Access"), (2, "Aid"), (1, "SCHOOLS")],
    ),
    "part above one look": (
        "bold Part_I._Rights bold Law | bold Courts |",
        [(1, "Part I. Rights"), (2, "Law"), (2, "Courts")],
    ),
    "numbers of one look": (
        "bold 1._Law bold 1.1._Courts | bold 1.2._Judges | bold 2._Health bold 2.1._Aid |",
        [(1, "1. Law"), (2, "1.1. Courts"), (2, "1.2. Judges"), (1, "2. Health"), (2, "2.1. Aid")],
    ),
    "numbers of no look": (
        "plain 1_Law plain 1.1_Courts | plain 1.1.1_Judges | plain 2_Health plain 2.1_Aid |",
        [(1, "1 Law"), (2, "1.1 Courts"), (3, "1.1.1 Judges"), (1, "2 Health"), (2, "2.1 Aid")],
    ),
    "Roman above letters": (
        "bold I._Law bold A._Courts | bold B._Judges | bold II._Health |",
        [(1, "I. Law"), (2, "A. Courts"), (2, "B. Judges"), (1, "II. Health")],
    ),
    # what is no heading
    "bold above its list": ("bold Law | bold It_should: plain -_adopt; plain -_train. |", [(1, "Law")]),
    "bold sentence": ("bold Law | bold This_is_what_counts. |", [(1, "Law")]),
    "italic in quotation marks": ("bold Law | italic “Nobody_listens” |", [(1, "Law")]),
    "italic that goes on": ("bold Law | italic Source_of_it plain and_more_of_it |", [(1, "Law")]),
    "coloured item of a list": ("bold Law | blue -_adopt_it |", [(1, "Law")]),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_lines_that_look_like_headings_are_headings(brought: Importer, name: str) -> None:
    form, expected = FORMS[name]
    word = Sheet()
    words = iter(form.split())
    for item in words:
        if item == "|":
            word.body(2)
        else:
            word.line(next(words).replace("_", " "), item.replace(",", " "))
    assert brought(word).titles() == expected


def test_a_bold_sentence_directly_above_a_table_is_its_heading(brought: Importer) -> None:
    word = Sheet()
    for number, title in enumerate(("Law", SENTENCE, "Courts"), 6):
        word.line(title, "bold")
        word.demands(number)
        word.body(2)
    assert brought(word).titles() == [(1, "Law"), (1, SENTENCE), (1, "Courts")]


def test_automatic_numbers_of_two_levels_make_headings(brought: Importer) -> None:
    word = Sheet()
    number = word.numbering(("decimal", "%1."), ("decimal", "%1.%2."))
    for title, level in (("Law", 0), ("Courts", 1), ("Health", 0), ("Aid", 1)):
        word.numbered(title, number, level)
        if level:
            word.text(TEXT)
    titles = [(1, "1. Law"), (2, "1.1. Courts"), (1, "2. Health"), (2, "2.1. Aid")]
    assert brought(word).titles() == titles


def test_lines_below_styled_headings_are_headings_unless_styles_are_named(
    brought: Importer, tmp_path: Path
) -> None:
    word = Sheet()
    word.heading("Compliance", 1)
    word.heading("Law", 2)
    word.line("Access to courts", "italic")
    word.body(2)
    word.line("Interpreters:", "bold")
    word.body(2)
    inside = [(3, "Access to courts"), (3, "Interpreters:")]
    assert brought(word).titles() == [(1, "Compliance"), (2, "Law"), *inside]
    again = tmp_path / "again"
    options = ImportOptions(heading_styles={"Heading 1": 1, "Heading 2": 2})
    made = Made(again, import_report(tmp_path / "report.docx", again, options))
    assert made.titles() == [(1, "Compliance"), (2, "Law")]


# --- the front page -------------------------------------------------------------------------------


def test_a_large_line_right_above_the_first_heading_is_the_title(brought: Importer) -> None:
    word = Sheet()
    word.line("Alternative report on Ruritania", "bold 24")
    for text in ("Law", "Courts"):
        word.line(text, "bold")
        word.body(2)
    made = brought(word)
    assert made.settings["title"] == "Alternative report on Ruritania"
    assert made.titles() == [(1, "Law"), (1, "Courts")]


COVER = ("Alternative report on Ruritania", "106th session of the Committee", "11 April 2022")


@pytest.mark.parametrize("how", ["bold centred", "plain", "style", "headings"])
def test_lines_of_the_front_page_go_to_the_settings(brought: Importer, how: str) -> None:
    word = Sheet()
    title, *lines = COVER
    if how == "headings":
        for level, text in zip((1, 2, 2), COVER, strict=True):
            word.heading(text, level)
    else:
        if how == "style":
            word.document.add_paragraph(title, style="Title")
        else:
            word.line(title, how)
        for text in lines:
            word.line(text, "plain" if how == "style" else how)
    for text in ("LAW", "COURTS"):
        if how in ("style", "headings"):
            word.heading(text)
        else:
            word.line(text, "bold")
        word.body(2)
    made = brought(word)
    settings = made.settings
    assert (settings["title"], settings["session"], settings["date"]) == (*COVER[:2], "2022-04-11")
    told = [guess.decided for guess in made.result.guesses if guess.kind == "cover"]
    assert told == ["session in report.yaml", "date in report.yaml"]
    assert made.titles() == [(1, "LAW"), (1, "COURTS")]


@pytest.mark.parametrize(
    ("session", "day"),
    [
        ("106-я сессия Комитета", "11 апреля 2022"),
        ("106e session du Comité", "11 avril 2022"),
        ("106º período de sesiones", "11 de abril de 2022"),
    ],
)
def test_a_front_page_is_read_in_its_language(brought: Importer, session: str, day: str) -> None:
    word = Sheet()
    word.document.add_paragraph("Report", style="Title")
    word.text(session)
    word.text(day)
    word.heading("General")
    word.body(3)
    settings = brought(word).settings
    assert (settings["session"], settings["date"]) == (session, "2022-04-11")


@pytest.mark.parametrize(
    ("line", "date", "subtitle"),
    [
        ("July 2022", "2022-07", None),
        ("Июль 2022", "2022-07", None),
        ("Июль 2022 г.", "2022-07", None),
        ("11 апреля 2022 г.", "2022-04-11", None),
        ("г. Алматы, 11 апреля 2022 года", "2022-04-11", "г. Алматы"),
        ("Geneva, 1 March 2022", "2022-03-01", "Geneva"),
        ("1 March 2022 (Geneva)", "2022-03-01", "Geneva"),
        ("Date: 1 March 2022", "2022-03-01", None),
        ("Submitted on 1 March 2022", "2022-03-01", "Submitted on 1 March 2022"),
        ("Almaty, July 2022", None, "Almaty, July 2022"),
    ],
)
def test_what_stands_beside_a_date_is_kept(
    brought: Importer, line: str, date: str | None, subtitle: str | None
) -> None:
    word = Sheet()
    russian = ("Доклад", "106-я сессия Комитета")
    title, session = COVER[:2] if line.isascii() else russian
    word.document.add_paragraph(title, style="Title")
    word.text(session)
    word.text(line)
    word.heading("General")
    word.body(3)
    made = brought(word)
    assert (made.settings.get("date"), made.settings.get("subtitle")) == (date, subtitle)
    if line == "July 2022":
        assert line in build(made.folder, ("html",)).files[0].read_text()


def test_a_table_of_demands_without_a_year_asks_for_it(brought: Importer) -> None:
    word = Sheet()
    word.heading("Law")
    word.table(
        ["Previous recommendations of the Committee", "Remarks"],
        ["Adopt a law. (Para. 9)", "none"],
        ["Train the courts. (Para. 10)", ""],
    )
    word.body(3)
    word.heading("Figures")
    word.table(
        ["Recommendations by theme", "How many"], ["Law", "3"], ["Courts", "4"]
    )  # no demands
    word.body(2)
    made = brought(word)
    (file,) = (made.folder / "references").glob("*-earlier.yaml")
    data = YAML(typ="safe").load(file.read_text())
    assert data["cycle"] == "TODO" and [*data["recommendations"]] == ["9", "10"]
    (told,) = [item for item in made.result.diagnostics if "no year" in item.message]
    assert "-earlier=SYMBOL" in told.hint
    assert any(item.kind == "table" for item in made.result.guesses)
    built = build(made.folder, ("md",))
    assert built.succeeded, built.diagnostics


def test_text_below_the_title_is_no_front_page(brought: Importer) -> None:
    word = Sheet()
    word.document.add_paragraph("Report", style="Title")
    word.text("This report was written in April 2022 by those whom it is about.")
    word.heading("General")
    word.body(3)
    made = brought(word)
    assert made.titles() == [(1, "Preliminary text"), (1, "General")]
    assert "session" not in made.settings


# --- quoted numbers, languages, what is told ------------------------------------------------------


def test_numbers_of_a_quoted_document_stay(brought: Importer) -> None:
    word = Sheet()
    word.heading("General")
    word.body(30)
    word.text("31. The Committee said in 2014:")
    for number in range(42, 68):
        word.text(f"{number}. The Committee recommends that the State party adopt a law.")
    word.count = 31
    word.body(15)
    made = brought(word)
    assert made.result.counts["numbered paragraphs"] == 46
    source = next((made.folder / "sections").glob("*.md")).read_text()
    kept = re.findall(r"(\d+)\\?\. The Committee recommends", source)
    assert [int(number) for number in kept] == list(range(42, 68))


SENTENCES = {
    "en": TEXT,
    "es": "Las autoridades no dieron información sobre este asunto y el tribunal rechazó la queja.",
    "fr": "Les autorités n'ont donné aucune information sur cette question et sur la plainte.",
    "pt": "As autoridades não prestaram informações sobre esta questão e não aceitaram a queixa.",
    "ru": "Власти не дали информации по этому вопросу, и суд отклонил жалобу общины.",
    "kk": "Билік бұл мәселе бойынша ақпарат берген жоқ және сот шағымды қабылдамады.",
    "zh": "当局没有就这一问题提供资料，法院也驳回了社区的申诉。",
    "ar": "لم تقدم السلطات معلومات عن هذه المسألة ورفضت المحكمة شكوى الجماعة.",
}
UNKNOWN = {
    "Italian": "Le autorità non hanno fornito informazioni su questo punto e il tribunale ha taciuto.",
    "German": "Die Behörden haben zu dieser Frage keine Angaben gemacht, und das Gericht schwieg.",
    "Turkish": "Yetkililer bu konuda bilgi vermedi ve mahkeme topluluğun şikayetini reddetti.",
    "Ukrainian": "Органи влади не надали інформації з цього питання, а суд відмовив у задоволенні.",
    "Polish": "Władze nie udzieliły informacji w tej sprawie, a sąd oddalił skargę społeczności.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_language_is_known_by_its_words(brought: Importer, code: str) -> None:
    word = Sheet()
    word.heading("1")
    word.text(SENTENCES[code])
    made = brought(word)
    assert made.settings["language"] == code
    assert "TODO: is this the language" not in (made.folder / "sections/report.yaml").read_text()


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_language_that_is_not_sure_is_a_thing_to_decide(brought: Importer, name: str) -> None:
    word = Sheet()
    word.heading("1")
    word.text(UNKNOWN[name])
    made = brought(word)
    assert "import-language" in [item.code for item in made.result.diagnostics]
    assert "TODO: is this the language" in (made.folder / "sections/report.yaml").read_text()


def test_what_was_guessed_is_told_with_what_changes_it(brought: Importer) -> None:
    word = Sheet()
    word.line("Report on Ruritania", "bold centred 20")
    word.line("106th session", "centred")
    word.line("Law", "bold")
    word.demands(9)
    word.body(3)
    word.table(["RECOMMENDATIONS\n1. Adopt a law.\n2. Train judges."])
    word.line("Courts", "bold")
    word.body(2)
    made = brought(word)
    told = [(item.kind, item.ordinal, item.decided, item.option) for item in made.result.guesses]
    assert sorted(told) == [
        ("box", 9, "box of 2 recommendations", "--box-heading WORDS"),
        ("cover", 2, "session in report.yaml", "report.yaml"),
        ("heading", 3, "heading of level 1", "--heading-style STYLE=LEVEL"),
        ("heading", 12, "heading of level 1", "--heading-style STYLE=LEVEL"),
        ("language", 1, "en", "--language CODE"),
        ("table", 4, "earlier recommendations: cerd-2014", "--cycle YEAR=SYMBOL"),
    ]
    report = (made.folder / "import-report.md").read_text()
    assert "| 3 | heading | 'Law': bold, 11 points | heading of level 1 | --heading" in report


def test_boxes_to_tick_and_raised_letters_stay(brought: Importer) -> None:
    """A list of boxes lost its list, and letters raised by hand (as LibreOffice has them) their place."""
    word = Sheet()
    word.heading("Law")
    word.body(1)
    for text in ("☐ open", "☒ done"):
        word.document.add_paragraph(text, style="List Bullet")
    paragraph = word.text("2. On the 1")
    for text, height in (("st", 8), ("low", -6), (" of May", 1)):
        run = paragraph.add_run(text)
        run._r.get_or_add_rPr().append(piece(f"<w:position w:val='{height}'/>"))
    made = brought(word)
    (section,) = (made.folder / "sections").glob("*law.md")
    text = section.read_text()
    assert "- ☐ open\n- ☒ done" in text
    assert "1^st^~low~ of May" in text
    assert not [item for item in made.result.diagnostics if item.code == "import-changed"]
