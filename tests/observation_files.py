"""Concluding observations of committees that never wrote them, in the layouts of those that do.

A document is a list of items: its kind and its text. Kinds: front (first page), part (A. Introduction),
head, note (a footnote of the item before it), n (a numbered paragraph), a (a sub-paragraph), more (a
paragraph without a number).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

Item = tuple[str, str]

CERD: list[Item] = [
    ("front", "CERD/C/UTO/CO/3-4"),
    ("front", "Distr.: General"),
    ("front", "9 May 2023"),
    ("front", "Concluding observations on the combined third and fourth periodic reports of Utopia*"),
    ("part", "A. Introduction"),
    ("n", "The Committee examined the reports of Utopia at its 2999th meeting, held on 20 April 2023. At its 3001st meeting, held on 27 April 2023, it adopted the present concluding observations."),
    ("n", "The Committee is grateful for the report and for the open talk with the delegation."),
    ("part", "B. Positive aspects"),
    ("n", "The Committee welcomes these steps of the State party:"),
    ("a", "The plan for neighbourhood schools, in 2021;"),
    ("a", "The new office for complaints, in 2022."),
    ("part", "C. Concerns and recommendations"),
    ("head", "Figures on the population"),
    ("n", "The Committee regrets that the census counts no languages, so that nobody knows who is left out."),
    ("n", "Bearing in mind its general recommendation No. 4 (1973), the Committee recommends that the State party count languages and origins in the next census, by self-identification."),
    ("head", "Anti-discrimination legislation (arts. 1–2)"),
    ("n", "The Committee is concerned that the law on equality leaves out indirect discrimination and that landlords are not bound by it."),
    ("n", "The Committee recommends that the State party, in keeping with article 4 of the Convention:"),
    ("a", "Write a definition of discrimination, direct and indirect, into the law on equality;"),
    ("a", "Bind landlords and employers by it, and"),
    ("a", "Train the labour inspectorate every year."),
    ("head", "Herders of the northern hills"),
    ("n", "The Committee notes that wells were fenced in. It is also concerned about the loss of grazing land, which:"),
    ("a", "Drives families into the towns;"),
    ("a", "Has never been paid for."),
    ("n", "In the light of its general recommendations No. 23 (1997) and No. 31 (2005), the Committee urges the State party to pay for the land that was taken.1"),
    ("note", "See the letter of the herders to the delegation."),
    ("part", "D. Other recommendations"),
    ("head", "Follow-up to the present concluding observations"),
    ("n", "The Committee requests the State party to provide, within one year, information on how it carried out the recommendations in paragraphs 7 (a) and 9 above."),
    ("head", "Paragraphs of particular importance"),
    ("n", "The Committee wishes to draw the attention of the State party to the particular importance of the recommendations in paragraphs 5 and 7 above."),
]  # fmt: skip

CEDAW: list[Item] = [
    ("front", "CEDAW/C/UTO/CO/6"),
    ("front", "Concluding observations on the sixth periodic report of Utopia"),
    ("front", "Adopted by the Committee at its seventy-fourth session (21 October–8 November 2019)."),
    ("part", "A. Introduction"),
    ("n", "The Committee considered the report of Utopia and thanks the State party for it."),
    ("part", "C. Principal areas of concern and recommendations"),
    ("head", "Stereotypes"),
    ("n", "The Committee notes with concern that school books show mothers at the stove only."),
    ("n", "The Committee calls upon the State party:"),
    ("a", "To have the school books written anew;"),
    ("a", "To ask mothers what they think of them."),
    ("head", "Follow-up to the concluding observations"),
    ("n", "The Committee requests the State party to provide, within two years, written information on paragraph 3 (b)."),
]  # fmt: skip

CCPR: list[Item] = [  # old: concern and recommendation in one paragraph, numbers in brackets
    ("front", "CCPR/C/79/Add.300"),
    ("front", "3 November 1999"),
    ("front", "Concluding observations of the Human Rights Committee: Iceland"),
    ("n", "The Committee examined the report and adopted these observations on 1 November 1999."),
    ("part", "B. Positive aspects"),
    ("n", "The Committee appreciates the new bench for juvenile cases."),
    ("part", "C. Subjects of concern and recommendations"),
    ("n", "The Committee is concerned at long detention before trial (art. 9). The State party should shorten it to two months."),
    ("n", "The Committee regrets that censors still read the letters of prisoners."),
    ("more", "The State party should end the reading of letters (arts. 10 and 17)."),
    ("n", "The Committee recommends that judges be appointed for life."),
]  # fmt: skip

CRC: list[Item] = [  # groups of themes with articles in brackets
    ("front", "CRC/C/UTO/CO/2"),
    ("front", "Concluding observations on the second periodic report of Utopia"),
    ("part", "I. Introduction"),
    ("n", "The Committee considered the report on 14 May 2018, and adopted the present concluding observations on 1 June 2018."),
    ("part", "III. Main areas of concern and recommendations"),
    ("part", "A. General measures of implementation (arts. 4, 42 and 44 (6))"),
    ("head", "Budget"),
    ("n", "Recalling its general comment No. 19 (2016), the Committee recommends that the State party earmark money for nurseries."),
    ("part", "B. Civil rights and freedoms (arts. 7, 8 and 13–17)"),
    ("head", "Names and birth registration"),
    ("n", "While noting the mobile registrars, the Committee urges the State party to:"),
    ("a", "Register every child within a week;"),
    ("a", "Waive all fees."),
]  # fmt: skip

CESCR_FR: list[Item] = [
    ("front", "E/C.12/UTO/CO/2"),
    ("front", "Observations finales concernant le deuxième rapport périodique de l’Utopie"),
    ("part", "A. Introduction"),
    ("n", "Le Comité a examiné le rapport à sa 12e séance et a adopté, à sa 30e séance, le 8 mars 2021, les présentes observations finales."),
    ("part", "C. Principaux sujets de préoccupation et recommandations"),
    ("head", "Logement"),
    ("n", "Le Comité est préoccupé par les loyers de la capitale, que les jeunes ne peuvent payer (art. 11)."),
    ("n", "Le Comité recommande à l’État partie, à la lumière de son observation générale no 4 (1991) :"),
    ("a", "De plafonner les loyers ;"),
    ("a", "De bâtir des logements sociaux."),
]  # fmt: skip

CAT_ES: list[Item] = [
    ("front", "CAT/C/UTO/CO/5"),
    ("front", "Observaciones finales sobre el quinto informe periódico de Utopía"),
    ("part", "A. Introducción"),
    ("n", "El Comité examinó el informe y aprobó las presentes observaciones finales el 26 de abril de 2017."),
    ("part", "C. Principales motivos de preocupación y recomendaciones"),
    ("head", "Celdas de la policía"),
    ("n", "Al Comité le preocupa que las celdas no tengan ventanas."),
    ("n", "El Estado parte debe abrir ventanas en todas las celdas (arts. 11 y 16)."),
]  # fmt: skip

CERD_RU: list[Item] = [
    ("front", "CERD/C/UTO/CO/3-4"),
    ("front", "Заключительные замечания по объединенным третьему и четвертому докладам Утопии"),
    ("part", "A. Введение"),
    ("n", "Комитет рассмотрел доклады. На своем 3001-м заседании 27 апреля 2023 года он принял настоящие заключительные замечания."),
    ("n", "Комитет благодарит делегацию за беседу."),
    ("part", "B. Позитивные аспекты"),
    ("n", "Комитет приветствует два новых шага."),
    ("part", "C. Вопросы, вызывающие обеспокоенность, и рекомендации"),
    ("head", "Данные о населении"),
    ("n", "Комитет сожалеет, что перепись не считает языки."),
    ("n", "Комитет рекомендует государству-участнику считать языки при следующей переписи."),
    ("head", "Законодательство против дискриминации (статьи 1–2)"),
    ("n", "Комитет обеспокоен тем, что закон не связывает домовладельцев."),
    ("n", "Комитет рекомендует государству-участнику:"),
    ("a", "дать в законе определение дискриминации;"),
    ("a", "связать законом домовладельцев и работодателей; и"),
    ("a", "ежегодно обучать инспекцию труда."),
]  # fmt: skip

CRPD: list[Item] = [  # recitals before the verb, parts by articles, targets of the SDGs
    ("front", "CRPD/C/UTO/CO/2-3"),
    ("front", "Concluding observations on the combined second and third periodic reports of Utopia"),
    ("part", "I. Introduction"),
    ("n", "The Committee considered the reports on 12 March 2024. It adopted the present concluding observations at its 710th meeting, held on 20 March 2024."),
    ("part", "III. Principal areas of concern and recommendations"),
    ("part", "B. Specific rights (arts. 5–30)"),
    ("head", "Accessibility (art. 9)"),
    ("n", "Noting that the Committee recommended ramps before, it is concerned about the ferries, which the State party should have rebuilt."),
    ("n", "Recalling its concern over the ferries, its general comment No. 2 (2014) and the delays, the Committee recommends that the State party rebuild them."),
    ("n", "While noting with regret the cuts of 2020, the Committee urges the State party to:"),
    ("a", "Restore the budget for lifts;"),
    ("a", "Publish timetables in Easy Read."),
    ("n", "The Committee, recalling its concern about the islands, calls upon the State party to build a pier."),
]  # fmt: skip

CMW: list[Item] = [
    ("front", "CMW/C/UTO/CO/1"),
    ("front", "Concluding observations on the initial report of Utopia"),
    ("part", "A. Introduction"),
    ("n", "The Committee adopted the present concluding observations at its 480th meeting, held on 9 April 2021."),
    ("part", "C. Principal subjects of concern, suggestions and recommendations"),
    ("head", "Orchards"),
    ("n", "While the Committee welcomes the hotline, it regrets that pickers sleep in barns."),
    ("n", "In the light of its concern about barns, and bearing in mind general comment No. 1 (2011), it recommends that the State party inspect the orchards."),
]  # fmt: skip

CED: list[Item] = [
    ("front", "CED/C/UTO/CO/1"),
    ("front", "Concluding observations on the report submitted by Utopia"),
    ("part", "A. Introduction"),
    ("n", "The Committee approved the text and adopted it on 2 October 2020."),
    ("part", "C. Principal subjects of concern and recommendations"),
    ("head", "Search for the missing (arts. 12 and 24)"),
    ("n", "Despite the new registry, the Committee is concerned that families should search by themselves."),
    ("n", "Expressing its regret about the delays, the Committee invites the State party to open the archives of the harbour."),
    ("n", "In view of its concern at the silence of the navy, the State party should publish the names."),
]  # fmt: skip

RECITALS_FR: list[Item] = [
    ("front", "CMW/C/UTO/CO/2"),
    ("front", "Observations finales concernant le deuxième rapport périodique de l’Utopie"),
    ("part", "A. Introduction"),
    ("n", "Le Comité a adopté, le 8 mars 2022, les présentes observations finales."),
    ("part", "C. Principaux sujets de préoccupation et recommandations"),
    ("head", "Vergers"),
    ("n", "Tout en notant que l’État partie devrait bientôt agir, le Comité est préoccupé par les granges."),
    ("n", "Rappelant qu’il regrette ces retards, le Comité recommande à l’État partie d’inspecter les vergers."),
]  # fmt: skip

RECITALS_ES: list[Item] = [
    ("front", "CED/C/UTO/CO/2"),
    ("front", "Observaciones finales sobre el informe de Utopía"),
    ("part", "A. Introducción"),
    ("n", "El Comité aprobó las presentes observaciones finales el 26 de abril de 2022."),
    ("part", "C. Principales motivos de preocupación y recomendaciones"),
    ("head", "Archivos"),
    ("n", "Si bien toma nota de que el Estado parte debe abrir el puerto, al Comité le preocupa el silencio de la marina."),
    ("n", "Recordando que lamenta la demora, el Comité insta al Estado parte a que abra los archivos."),
]  # fmt: skip

RECITALS_RU: list[Item] = [
    ("front", "CRPD/C/UTO/CO/4"),
    ("front", "Заключительные замечания по четвертому докладу Утопии"),
    ("part", "A. Введение"),
    ("n", "Комитет принял настоящие заключительные замечания 27 апреля 2022 года."),
    ("part", "C. Вопросы, вызывающие обеспокоенность, и рекомендации"),
    ("head", "Паромы"),
    ("n", "Отмечая, что он просит об этом давно, Комитет обеспокоен состоянием паромов."),
    ("n", "Напоминая, что он обеспокоен задержками, Комитет рекомендует государству-участнику перестроить паромы."),
]  # fmt: skip


# --- numbers ------------------------------------------------------------------------------------


QUESTIONS: list[Item] = [  # a list of issues: no parts, and a heading before the first number
    ("front", "CEDAW/C/UTO/Q/4"),
    ("front", "10 March 2023"),
    ("front", "List of issues and questions in relation to the fourth periodic report of Utopia"),
    ("head", "Constitutional and legislative framework"),
    ("n", "Please describe the measures taken to repeal the law on permits. Please also indicate how many women were fined."),
    ("head", "Stereotypes and harmful practices"),
    ("n", "Please provide information on:"),
    ("a", "The steps taken to change school books;"),
    ("a", "Campaigns in the media."),
    ("n", "According to paragraph 14 of the report, a plan was adopted. Please provide an update on it."),
]  # fmt: skip

REVIEW: list[Item] = [  # of the Working Group: numbers of their own, States in brackets
    ("front", "A/HRC/52/9"),
    ("front", "4 January 2023"),
    ("front", "Report of the Working Group on the Universal Periodic Review: Utopia"),
    ("part", "I. Summary of the proceedings of the review process"),
    ("n", "The Working Group held its forty-first session from 7 to 18 November 2022, and 100.2 million people listened."),
    ("part", "II. Conclusions and recommendations"),
    ("n", "The recommendations listed below enjoy the support of Utopia:"),
    ("more", "2.1 Ratify the Optional Protocol to the Convention against Torture (France) (Chile);"),
    ("more", "2.2 Adopt a law against discrimination (Bolivia (Plurinational State of));"),
    ("n", "The recommendations listed below have been noted by Utopia:"),
    ("more", "3.1 Abolish the fee for permits, in line with article 4 of the Covenant (Georgia, Peru);"),
    ("n", "All conclusions and recommendations in the present report reflect the position of the submitting States."),
]  # fmt: skip

REVIEW_OF_2009: list[Item] = [  # numbered anew below each paragraph; a stop and a number are missing
    ("front", "A/HRC/12/9"),
    ("front", "20 July 2009"),
    ("front", "Report of the Working Group on the Universal Periodic Review: Utopia"),
    ("part", "I. Summary of the proceedings of the review process"),
    ("n", "The Working Group held its fifth session from 4 to 15 May 2009."),
    ("n", "France recommended that Utopia ratify the Covenant."),
    ("part", "II. Conclusions and/or recommendations"),
    ("n", "In the course of the discussion, it was recommended that Utopia:"),
    ("more", "1. Ratify the Optional Protocol to the Convention against Torture (France, Chile);"),
    ("more", "2. Adopt a law against discrimination (Peru); share what it learned"),
    ("more", "with its neighbours (Georgia);"),
    ("more", "3 (In line with article 4) abolish the fee for permits (Georgia);"),
    ("more", "4. End child labour (Italy)."),
    ("n", "The following recommendations did not enjoy the support of Utopia:"),
    ("more", "1. Abolish the death penalty (Spain);"),
    ("more", "2. Open the archives (Chile)."),
    ("n", "All conclusions and/or recommendations reflect the position of the submitting States."),
    ("part", "III. Voluntary commitments"),
    ("n", "Utopia is committed to:"),
    ("more", "1. Reporting every year."),
]  # fmt: skip


def numbered(
    items: Sequence[Item], style: str = "{}. ", alphabet: str = "abcdef"
) -> Iterator[Item]:
    """The items with their numbers and letters typed before them."""
    number = letter = 0
    for kind, text in items:
        if kind == "n":
            number, letter = number + 1, 0
            yield kind, style.format(number) + text
        elif kind == "a":
            yield kind, f"({alphabet[letter]}) {text}"
            letter += 1
        else:
            letter = 0
            yield kind, text


# --- plain text ---------------------------------------------------------------------------------


def typed(items: Sequence[Item], width: int = 0, blank: bool = True, style: str = "{}. ") -> str:
    """Plain text: a line for each item, or lines of a width; a blank line between items or none."""
    texts = [_wrapped(text, width) for kind, text in numbered(items, style) if kind != "note"]
    return ("\n\n" if blank else "\n").join(texts) + "\n"


def _wrapped(text: str, width: int) -> str:
    """Lines that are cut inside of long words, as a typesetter does."""
    lines, line = [], ""
    for word in text.split():
        room = width - len(line) - 1
        if width and len(word) > room and len(line) > 1:
            cut = room - 1
            if len(word) > 10 and 4 <= cut <= len(word) - 4 and word.isalpha():
                line, word = f"{line} {word[:cut]}-", word[cut:]
            lines.append(line.strip())
            line = ""
        line = f"{line} {word}"
    return "\n".join([*lines, line.strip()])


# --- Word ---------------------------------------------------------------------------------------


def word(path: Path, items: Sequence[Item], automatic: bool = False, soft: bool = False) -> Path:
    """A DOCX; its numbers typed behind a tab, or Word's own; with soft line ends where asked for."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = items[0][1]
    front = document.add_table(1, 2)
    front.cell(0, 1).text = items[0][1]
    said = list(items if automatic else numbered(items))[1:]
    for kind, text in said:
        if kind == "note":
            continue
        paragraph = document.add_paragraph()
        first, _, rest = text.partition(". ") if kind == "n" and not automatic else ("", "", text)
        run = paragraph.add_run(f"{first}.\t" if first else "")
        run = paragraph.add_run()
        for at, words in enumerate(rest.split(", ") if soft else [rest]):
            if at:
                run.add_text(",")
                run.add_break(WD_BREAK.LINE)
            run.add_text(words)
        run.bold = kind in ("part", "head")
        if automatic and kind in ("n", "a"):
            _number(document, paragraph, kind)
    document.save(str(path))
    return path


def _number(document: Document, paragraph: Paragraph, kind: str) -> None:
    """Word's own numbers, as the style List Number has them; a list's second level is (a), (b)."""
    numbering = document.part.numbering_part.element
    _definition(numbering)
    properties = paragraph._p.get_or_add_pPr()._add_numPr()
    properties.get_or_add_ilvl().val = 0 if kind == "n" else 1
    properties.get_or_add_numId().val = 900


def _definition(numbering: Any) -> None:
    if any(item.get(qn("w:numId")) == "900" for item in numbering):
        return
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "900")
    for level, (form, text) in enumerate((("decimal", "%1."), ("lowerLetter", "(%2)"))):
        item = OxmlElement("w:lvl")
        item.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            item.append(child)
        abstract.append(item)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "900")
    of = OxmlElement("w:abstractNumId")
    of.set(qn("w:val"), "900")
    number.append(of)
    numbering.append(number)


# --- PDF ----------------------------------------------------------------------------------------


def pdf(
    path: Path,
    items: Sequence[Item],
    columns: int = 1,
    width: str = "12cm",
    gap: str = "1em",
    *,
    mixed: bool = False,
) -> Path:
    """A PDF with running heads, the symbol in the margin, page numbers, footnotes and hyphens. `mixed`:
    a symbol with a large first letter, and every third text in smaller letters than the others."""
    symbol = items[0][1]
    source = [
        f"#set page(width: {width}, height: 14cm, margin: 2cm, columns: {columns}, header: [{_typst(symbol)} #h(1fr) GE.23-01234], "
        "footer: context align(center)[#counter(page).display()])",
        f'#set text(size: 9pt, lang: "en", hyphenate: true)\n#set par(justify: true, spacing: {gap}, leading: 0.6em)',
    ]
    said = list(numbered(items))
    for at, (kind, text) in enumerate(said):
        note = said[at + 1][1] if at + 1 < len(said) and said[at + 1][0] == "note" else ""
        if note:
            source.append(f"{_typst(text.rstrip('1'))}#footnote[{_typst(note)}]\n")
        elif kind in ("part", "head"):
            source.append(f'#text(weight: "bold")[{_typst(text)}]\n')
        elif kind == "large":
            source.append(f'#text(size: 13pt, weight: "bold")[{_typst(text)}]\n')
        elif mixed and text == symbol:
            source.append(f"#text(size: 14pt)[{text[0]}]{_typst(text[1:])}\n")
        elif kind != "note":
            source.append(
                f"{f'#text(size: 8pt)[{_typst(text)}]' if mixed and at % 3 == 1 else _typst(text)}\n"
            )
    path.write_bytes(
        typst.compile(io.BytesIO("\n".join(source).encode()).getvalue(), ignore_system_fonts=False)
    )
    return path


def apart(path: Path) -> Path:
    """A PDF whose numbers stand far from their text, with a footnote that is a symbol in the first line, and
    a first page without room between its lines."""
    source = """#set page(width: 18cm, height: 12cm, header: [CERD/C/UTO/CO/3], footer: [GE.23-01234])
#set par(spacing: 0.65em)
CERD\\/C\\/UTO\\/CO\\/3 \\ Distr.: General \\ 9 May 2023

Concluding observations on the third report of UTOPIA \\
Adopted by the Committee at its 110th session (10--28 April 2023).

1.#h(2.5cm) The Committee considered the report,#footnote[CERD\\/C\\/UTO\\/3.] which was long.

2.#h(2.5cm) The Committee urges the State party to act.
"""
    path.write_bytes(typst.compile(source.encode(), ignore_system_fonts=False))
    return path


def repeating(path: Path, size: str, columns: int = 1) -> Path:
    """A PDF whose pages end in the same words and in the same footnotes, of the given size; a symbol, a span of
    years and a word go over the ends of lines."""
    body = "\n".join(_page(number) for number in (2, 4, 6))
    source = f"""#set page(width: 14cm, height: 11cm, margin: 2cm, columns: {columns}, header: [*CERD\\/C\\/UTO\\/CO\\/3*],
  footer: context [GE.23-01234 #h(1fr) #counter(page).display()])
#set text(size: 9pt)
#show footnote.entry: set text(size: {size})
CERD\\/C\\/UTO\\/CO\\/3

9 May 2023

1\\. The Committee considered the report (CERD\\/ \\
C\\/UTO\\/3) of 2019– \\
2021 and adopted these observations.

*C. Concerns and recommendations*

{body}
8\\. The State party should answer.
"""
    path.write_bytes(typst.compile(source.encode(), ignore_system_fonts=False))
    return path


def _page(number: int) -> str:
    return f"""*Theme {number}*

{number}\\. The Committee is concerned about the navi- \\
gation lights.#footnote[CERD\\/C\\/UTO\\/CO\\/2, para. 8.]
#v(1fr)
{number + 1}\\. The Committee regrets it. \\
The State party should:
#pagebreak()
(a) Light pier {number}; \\
(b) Pay for it.
"""


def _typst(text: str) -> str:
    return "".join(
        f"\\{letter}" if letter in "#*_`$@<>[]\\/~" else letter for letter in text
    ).replace(". ", "\\. ", 1)


def scanned(path: Path) -> Path:
    """A PDF whose page is a picture."""
    picture = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(picture).text((50, 50), "1. The Committee", fill="black")
    picture.save(path, "PDF")
    return path
