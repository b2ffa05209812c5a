"""What a delegate takes to a session: nothing stands in it without the paragraph that carries it."""

from __future__ import annotations

import io
import random
import re
import string
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from conftest import REPORT, ROOT, Tiny
from documents import pdf_text
from docx import Document
from PIL import Image

from shadowreport.briefing import Session, session
from shadowreport.briefing.points import findings, recommendations
from shadowreport.briefing.words import lacking, session_words
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Report
from shadowreport.core.wordcount import words_in
from shadowreport.load import load
from shadowreport.load.lexicon import load_lexicon
from shadowreport.machine.toolkit import templates
from shadowreport.resolve import resolve
from shadowreport.source.yaml import read_yaml
from shadowreport.submission.letter import lacking as no_letter


@dataclass(frozen=True)
class Made:
    """The sample's session in a folder."""

    report: Report
    result: Session
    folder: Path

    def word(self, kind: str) -> list[str]:
        """The paragraphs of a Word file."""
        path = self.folder / "build" / f"{self.report.name}-{kind}.docx"
        return [item.text for item in Document(str(path)).paragraphs]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("session")
    report, _ = load(ROOT)
    assert report
    return Made(report, session(folder, report), folder)


def test_a_brief_has_one_page_and_every_line_its_paragraph(made: Made) -> None:
    with pikepdf.open(made.folder / "build" / f"{made.report.name}-brief.pdf") as document:
        assert len(document.pages) == 1
    resolved = resolve(made.report, ROOT)
    points = [*findings(resolved), *recommendations(resolved)]
    labels = {label.text for label in resolved.labels.values()}
    assert len(points) > 60 and {point.number for point in points} <= labels
    assert not [point.text for point in points if point.text.endswith(":")]


def test_what_nobody_knows_makes_no_section_better(tiny: Tiny) -> None:
    box = "\n\n::: recommendations\n{#rec-%s}\nThe Government should act on %s.\n:::\n"
    front = "title: %s\nlevel: 1\nparagraphs:\n"
    tiny.section(
        "100-known",
        "{#a}\nLittle was done.[^n]" + box % ("a", "a") + "\n[^n]: A source.\n",
        front % "Known" + "  a: {finding: partially-implemented}",
    )
    tiny.section(
        "200-unknown",
        "{#b}\nNothing was done.[^n]\n\n{#c}\nNobody knows."
        + box % ("c", "c")
        + "\n[^n]: A source.\n",
        front % "Unknown" + "  b: {finding: not-implemented}\n  c: {finding: no-information}",
    )
    report, found = load(tiny.project)
    assert report, found
    asked = recommendations(resolve(report, tiny.project))
    assert [point.text for point in asked] == [
        "The Government should act on c.",
        "The Government should act on a.",
    ]


def test_a_french_statement_is_set_as_french_is(tiny: Tiny) -> None:
    settings = tiny.project / "sections" / "report.yaml"
    text = settings.read_text("utf-8").replace("language: en", "language: fr")
    settings.write_text(text, "utf-8")
    front = "title: Loi\nlevel: 1\nparagraphs: {a: {finding: not-implemented}}"
    tiny.section(
        "100-loi",
        "{#a}\nRien n'a été fait.[^m][^n]\n\n[^m]: Une source.\n\n[^n]: Une autre.\n",
        front,
    )
    report, found = load(tiny.project)
    assert report, found
    assert re.fullmatch(r"\d+ words, about 0\.3 minutes", session(tiny.project, report).length)
    path = tiny.project / "build" / f"{report.name}-statement.docx"
    lines = [item.text for item in Document(str(path)).paragraphs]
    assert "Rien n’a été fait. (par.\xa01)" in [line.replace("\u202f", " ") for line in lines]
    assert "environ 0,3 min" in lines[1]
    assert any(line.endswith("constate\u202f:") for line in lines)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("statement", "Oral statement – Kazakhstan"),
        ("questions", "Questions for the list of issues – Kazakhstan"),
    ],
)
def test_a_word_file_says_what_it_is_at_the_head_of_each_page(
    made: Made, kind: str, title: str
) -> None:
    document = Document(str(made.folder / "build" / f"{made.report.name}-{kind}.docx"))
    head = " ".join(item.text for item in document.sections[0].header.paragraphs)
    assert title in head and made.report.session in head and document.core_properties.title == title
    assert "SHORT_TITLE" not in head and "SESSION" not in head


def test_a_statement_fits_into_its_minutes(made: Made) -> None:
    title, length, *lines = made.word("statement")
    assert title == "Oral statement"
    words = int(re.findall(r"\d+", length)[0])
    spoken = sum(words_in(re.sub(r"\(para.\xa0[\d.]+\)$", "", line)) for line in lines)
    assert words == spoken <= 3 * session_words(ROOT, "en")["rate"]
    said = [line for line in lines if line.startswith(("There is", "Parliament"))]
    assert said and all(re.search(r"\(para.\xa0[\d.]+\)$", line) for line in said)


def test_questions_are_one_a_finding(made: Made) -> None:
    numbers = [re.findall(r"\(para\.\xa0(\d+)\)", line) for line in made.word("questions")]
    found = [item[-1] for item in numbers if item]
    assert len(found) > 30 and len(found) == len(set(found))


def test_questions_are_numbered_and_each_theme_stands_once(made: Made) -> None:
    path = made.folder / "build" / f"{made.report.name}-questions.docx"
    lines = [item for item in Document(str(path)).paragraphs if item.text.strip()]
    themes = [
        item.text for item in lines if str(item.style and item.style.name).startswith("Heading 2")
    ]
    assert len(themes) > 3 and len(themes) == len(set(themes))
    numbers = [int(found[1]) for item in lines if (found := re.match(r"(\d+)\. ", item.text))]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 5


def test_a_statement_names_the_coalition_as_a_sentence_does(made: Made) -> None:
    opening = next(line for line in made.word("statement") if line.startswith("We speak for"))
    names = [item.name for item in made.report.organisations]
    assert f"{names[-2]} and {names[-1]}." in opening.replace("’", "'")


def test_cards_have_texts_for_those_who_do_not_see_them(made: Made) -> None:
    build = made.folder / "build"
    texts = (build / f"{made.report.name}-cards.txt").read_text("utf-8").splitlines()
    assert len(texts) == 6
    for text in texts:
        name, _, spoken = text.partition(": ")
        assert Image.open(build / name).size == (1080, 1080)
        assert "(para.\xa0" in spoken


def test_nothing_to_say_is_refused(tiny: Tiny) -> None:
    tiny.section("100-case", "{#one}\nA text without a finding.\n")
    report, _ = load(tiny.project)
    assert report
    with pytest.raises(Failure, match="nothing to say"):
        session(tiny.project, report)


def _answering(tiny: Tiny, text: str, more: str = "") -> Report:
    front = (
        "title: T\nlevel: 1\nparagraphs:\n  one: {answers: [cerd-2014/6], finding: not-implemented}"
    )
    tiny.section("100-case", f"{{#one}}\n{text}\n{more}", front)
    report, found = load(tiny.project)
    assert report, found
    return report


def _brief(tiny: Tiny) -> pikepdf.Pdf:
    name = next((tiny.project / "build").glob("*-brief.pdf"))
    return pikepdf.open(name)


def test_a_brief_looks_as_the_report_does(tiny: Tiny) -> None:
    tiny.write("templates/style.yaml", 'colours: {accent: "#7a1f2b"}\npaper: letter\n')
    report = _answering(tiny, "One has words.")
    result = session(tiny.project, report)
    with _brief(tiny) as document:
        box = [round(float(value)) for value in document.pages[0].mediabox]
        assert box == [0, 0, 612, 792]
    card = next(path for path in result.files if path.suffix == ".png")
    assert Image.open(card).convert("RGB").getpixel((5, 5)) == (0x7A, 0x1F, 0x2B)


WORDS = ("law", "court", "minority", "Ombudsman", "it", "of", "discrimination", "2019", "a", "was")


def write_findings(tiny: Tiny, seed: int) -> None:
    """A report of some findings and recommendations, of any length."""
    chance = random.Random(seed)

    def words(most: int) -> str:
        said = " ".join(chance.choices(WORDS, k=chance.randint(1, most)))
        return f"Now {said}."

    longest = chance.choice((8, 30, 80))
    contacts = "".join(
        f"- {{name: Office {nth} {'of the coalition ' * chance.randint(1, 9)}, email: o{nth}@example.org}}\n"
        for nth in range(chance.choice((0, 1, 3, 30)))
    )
    tiny.write("sections/report.yaml", REPORT + (f"contacts:\n{contacts}" if contacts else ""))
    for nth in range(chance.randint(1, 4)):
        count = chance.randint(0, 9)
        ids = [f"p{nth}-{at}" for at in range(count)]
        ties = "".join(
            f"\n  {name}: {{answers: [cerd-2014/6], finding: {chance.choice(FINDINGS)}}}"
            for name in ids
        )
        body = "".join(
            f"{{#{name}}}\n{words(longest)} {words(longest)}\n\n"
            + (
                f"::: recommendations\n{{#rec-{name}}}\n{words(longest)}\n:::\n\n"
                if chance.random() < 0.5
                else ""
            )
            for name in ids
        )
        front = f"title: Theme {nth}\nlevel: 1" + (f"\nparagraphs:{ties}" if ties else "")
        tiny.section(f"{nth + 1}00-theme-{chr(97 + nth)}", body or "Nothing yet.\n", front)


FINDINGS = (
    "implemented",
    "not-implemented",
    "partially-implemented",
    "no-information",
    "regression",
)


@pytest.mark.parametrize("seed", range(4))
def test_a_brief_fits_its_page_or_says_why_not(tiny: Tiny, seed: int) -> None:
    write_findings(tiny, seed)
    report, found = load(tiny.project)
    assert report, found
    try:
        session(tiny.project, report)
    except Failure as failure:
        assert all(item.code == "no-brief" and item.hint for item in failure.diagnostics)
        return
    with _brief(tiny) as document:
        assert len(document.pages) == 1


def test_what_is_too_long_for_its_minutes_is_refused(tiny: Tiny) -> None:
    report = _answering(tiny, "One has " + "very " * 40 + "many words.")
    tiny.write(
        "templates/session.yaml",
        (templates() / "session.yaml").read_text("utf-8").replace("rate: 120", "rate: 30"),
    )
    with pytest.raises(Failure, match="no finding fits"):
        session(tiny.project, report, minutes=1)


def test_confidential_text_is_in_nothing_public(tiny: Tiny) -> None:
    secret = "\n::: confidential\n{.continued}\nWitness seven saw it on a Tuesday in the old mill.\n:::\n"
    report = _answering(tiny, "One is public.", secret)
    with pytest.raises(Failure, match="say which edition"):
        session(tiny.project, report)
    result = session(tiny.project, report, "public")
    assert result.files and not result.diagnostics
    assert all("confidential" not in path.name for path in result.files)
    for path in result.files:
        data = path.read_bytes()
        text = (
            " ".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
            if path.suffix == ".docx"
            else ""
        )
        assert "Witness" not in text


def _spoken(result: Session) -> str:
    path = next(path for path in result.files if path.name.endswith("-statement.docx"))
    return "\n".join(item.text for item in Document(str(path)).paragraphs)


def test_what_is_confidential_is_not_read_aloud(tiny: Tiny) -> None:
    """One recommendation is for the committee alone: in its brief, not in what the room hears."""
    boxed = "::: confidential\n{#rec-mill}\nThe State should guard the mill.\n:::\n"
    more = f"\n::: recommendations\n{{#rec-law}}\nThe State should adopt a law.\n\n{boxed}:::\n"
    report = _answering(tiny, "One is public.", more.replace(":::\n:::", ":::\n\n:::"))
    result = session(tiny.project, report, "confidential")
    said = _spoken(result)
    assert result.unspoken and "adopt a law" in said and "mill" not in said
    name = next(path for path in result.files if path.name.endswith("-brief.pdf"))
    assert "guard the mill" in " ".join(pdf_text(name).split())


def test_where_all_is_confidential_nothing_is_read_aloud(tiny: Tiny) -> None:
    report = _answering(tiny, "One saw the mill.")
    path = tiny.project / "sections" / "100-case.md"
    text = path.read_text("utf-8").replace("{#one}", "::: confidential\n{#one}") + ":::\n"
    path.write_text(text, "utf-8")
    report, found = load(tiny.project)
    assert report, found
    result = session(tiny.project, report, "confidential")
    assert result.files and not result.length
    assert not [path for path in result.files if "statement" in path.name]


def test_each_language_says_the_same() -> None:
    data = read_yaml((templates() / "session.yaml").read_text("utf-8"), "session.yaml").data
    slots = {
        language: {
            key: {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}
            for key, text in words.items()
        }
        for language, words in data.items()
    }
    assert set(data) == set(load_lexicon()[0].spoken())
    assert all(one == slots["en"] for one in slots.values())


def test_no_paper_is_in_another_language_in_silence(tiny: Tiny) -> None:
    report = _answering(tiny, "One speaks.")
    settings = (tiny.project / "sections/report.yaml").read_text("utf-8")
    own = (templates() / "languages/pt.yaml").read_text("utf-8")
    told: dict[str, list[Diagnostic]] = {}
    for code in ("pt-BR", "gl"):  # one of the toolkit's, and one of somebody's own
        tiny.write("templates/languages/gl.yaml", own)
        tiny.write("sections/report.yaml", settings.replace("language: en", f"language: {code}"))
        report, _ = load(tiny.project)
        assert report
        told[code] = [*lacking(tiny.project, report), *no_letter(report, tiny.project)]
    assert told["pt-BR"] == []
    assert session_words(tiny.project, "pt-BR")["findings"] == "O que constatamos"
    assert [item.code for item in told["gl"]] == ["incomplete-language"] * 2
    assert "English" in told["gl"][0].message and "letter-gl.html.j2" in told["gl"][1].hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("en: {oppening: We speak.}", "did you mean 'opening'"),
        ("en: {rate: fast}", "'rate' cannot be 'fast'"),
        ("en: {opening: 'We are {us}.'}", "nothing is put in for '{us}'"),
        ("[one]", "holds no words"),
    ],
)
def test_own_words_that_cannot_be_printed_are_named(tiny: Tiny, text: str, said: str) -> None:
    tiny.write("templates/session.yaml", text)
    with pytest.raises(Failure) as failure:
        session_words(tiny.project, "en")
    (told,) = failure.value.diagnostics
    assert told.place.file == "templates/session.yaml" and said in f"{told.message} {told.hint}"


def test_own_words_are_laid_over_the_others(tiny: Tiny) -> None:
    tiny.write("templates/session.yaml", "en: {closing: We thank you.}\nfr: {rate: 99}")
    english, french = (session_words(tiny.project, code) for code in ("en", "fr"))
    assert (english["closing"], english["contact"]) == ("We thank you.", "Contact")
    assert (french["rate"], french["findings"]) == (99, "Ce que nous constatons")
