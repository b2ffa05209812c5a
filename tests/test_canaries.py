"""Words that nobody may read, put wherever a report can hold one: none comes out of the public edition, and a name
of the register is refused wherever it is typed."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import pytest
from conftest import REPORT, Tiny
from PIL import Image
from small_report import commit_all, run_git
from test_editions import everything

from shadowreport.core.register import Person, Register
from shadowreport.gate import make_gate
from shadowreport.gate.history import scan_history
from shadowreport.outgoing import in_sources
from shadowreport.pipeline import build
from shadowreport.render import FORMATS

CANARY = re.compile(
    r"qx(?:[a-j])+qx"
)  # small letters alone: an id, a key and a file name may be one
# what may stand in a confidential passage, with X wherever a word is typed
PASSAGES = (
    "{#X}\nThe X saw *X*, **X** and [X](https://X.example.org/X/X?X=X#X).\n",
    "The X again.[^X]\n\n[^X]: The X told *X*.\n",
    '"X", said X: > X < 5 & X -- X.\n\n> The X wrote.\n>\n> - X\n\n- X\n- X\n\n1. X\n2. X\n',
    "{#X}\n\nX counted.\n\n{#tbl-X}\n\n| X | Year X |\n|---|-----:|\n| X | 2020 |\n| X[^X] | 5 |\n\n: Table of X\n\n[^X]: X\n",
    "Text X.\n\n{#fig-X}\n\n![Alternative X](images/X.png)\n",
    "## Heading X\n\n{#X}\nBelow X.\n\n### Lower X\n\nMore X.\n",
    "{.continued}\nGoes on with X.\n",
    "As @X told, X came [see @X, p. 3, X; @X, art. X].\n",
    "@person-X:start spoke of X, and @person-X heard.\n",
    '::: {.note author="X" date="2026-03-01"}\nWas X asked?\n:::\n\nSome X.\n',
    "<!-- X -->\n\nWords {>> X <<} of X.\n",
    '[X]{lang="ru"} and H~X~ and x^X^ and ~~X~~ and XX of X.\n',
    "::: recommendations\n{#rec-X}\nX should be freed.\n\n{#rec-X}\nX should be paid.[^X]\n:::\n\n[^X]: X\n",
)
ROWS = (  # what stands in a confidential row of a public table
    "X | X |",
    "*X* **X** | [X](https://X.example.org/X) X |",
    "2020 | X[^row] |",
    "| X and X |",
)
SECTION = """\
title: Section X
edition: confidential
authors: [first]
status: final
recommendations: [[cerd-2014/6]]
paragraphs: {X: {answers: [cerd-2014/6], finding: not-implemented, short: Short X.}}
set_aside: {cerd-2014/9.1: Because of X}
excused: [{code: typed-number, text: X, reason: X}]
"""


@dataclass
class Planted:
    """A text in which every X has become a word of its own."""

    words: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> str:
        return re.sub(r"(?<![A-Z])X(?![A-Z])", lambda _: self.one(), text)

    def one(self) -> str:
        """The next word."""
        digits = f"{len(self.words):03d}"
        self.words.append("qx" + "".join("abcdefghij"[int(d)] for d in digits) + "qx")
        return self.words[-1]


def _passage(plant: Planted, text: str, known: dict[str, str]) -> str:
    """A passage with its words: an id, a note's mark, a source, a person and a picture by one word each."""
    for pattern in (r"\[\^X\]", r"@X", r"@person-X", r"images/X"):
        kept = known.setdefault(pattern, "") if pattern != r"\[\^X\]" else ""
        word = kept or plant.one()
        if pattern != r"\[\^X\]":
            known[pattern] = word
        text = re.sub(pattern, lambda match, word=word: match[0].replace("X", word), text)
    return plant(text)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tiny, list[str]]:
    """A report with some hundred canaries, and these."""
    tiny, plant, known = Tiny(tmp_path_factory.mktemp("canaries")), Planted(), dict[str, str]()
    passages = [_passage(plant, text, known) for text in PASSAGES * 2]
    fenced = [f"Public words.\n\n::: confidential\n{text}:::\n" for text in passages]
    box = "::: recommendations\nParliament should act.\n\n::: confidential\nFree X.\n:::\n:::\n"
    rows = plant("".join(f"| ::: confidential {text}\n" for text in ROWS)) + "| 2020 | five |\n\n"
    table = f"A table:\n\n| Year | Cases |\n|---|---|\n{rows}[^row]: {plant('X told')}.\n\n"
    body = "An opening.\n\n" + table + "\n".join(fenced) + plant(box)
    tiny.section("100-general", body, "title: A\nlevel: 1")
    name = plant.one()
    front = plant(SECTION).replace("typed-number, text: ", "typed-number, text: ")
    tie = re.search(r"paragraphs: \{(\w+)", front)
    assert tie
    body = "\n".join(_passage(plant, text, dict(known)) for text in (PASSAGES[0], PASSAGES[3]))
    tiny.section(
        f"200-{name}", f"{{#{tie[1]}}}\nHere is X.\n\n".replace("X", plant.one()) + body, front
    )
    tiny.section(f"210-{plant.one()}", plant("{#X}\nBelow X.\n"), plant("title: Lower X\nlevel: 3"))
    source = "{id: ID, type: report, title: X, author: [{family: X, given: X}], publisher: X, note: X, URL: 'https://X.example.org', edition: confidential}"
    tiny.write(
        "references/sources.yaml", plant(f"references:\n- {source}\n").replace("ID", known["@X"])
    )
    person = plant(
        "persons: {KEY: {public: {en: the X}, consent: {level: confidential, by: first}}}\n"
    )
    tiny.write("references/persons.yaml", person.replace("KEY", known["@person-X"]))
    tiny.write("references/terms.yaml", plant("terms:\n- {prefer: X, instead_of: [X], note: X}\n"))
    settings = plant(
        "abbreviations: {XQ: X}\nannexes: [recommendations, sources, abbreviations, matrix]\n"
    )
    tiny.write("sections/report.yaml", REPORT + settings.replace("XQ", plant.one()))
    (tiny.project / "sections" / "images").mkdir()
    exif = Image.Exif()
    exif[0x013B] = plant.one()
    stored = io.BytesIO()
    Image.new("RGB", (4, 3)).save(stored, "PNG", exif=exif)
    (tiny.project / "sections" / "images" / f"{known['images/X']}.png").write_bytes(
        stored.getvalue()
    )
    return tiny, plant.words


def test_no_canary_comes_out_of_the_public_edition(
    planted: tuple[Tiny, list[str]],
) -> None:
    tiny, words = planted
    result = build(tiny.project, FORMATS, name="public")
    assert result.succeeded, result.diagnostics
    said = [str(item) for item in result.diagnostics]
    texts = {path.name: f"{path.name} {everything(path)}" for path in result.files}
    assert {path.name for path in (tiny.project / "build").iterdir()} == set(texts)
    found = {name: CANARY.findall(text.lower()) for name, text in texts.items()}
    assert {name: words for name, words in found.items() if words} == {}
    assert not CANARY.findall(" ".join(said))
    assert len(words) >= 200
    whole = build(tiny.project, ("json",), name="confidential")
    assert whole.succeeded, whole.diagnostics
    printed = set(CANARY.findall((tiny.project / "build" / "tiny-confidential.json").read_text()))
    assert len(printed & set(words)) >= 80  # they are where they can be read, not cut anyway


# --- names of the register that are typed plainly -------------------------------------------------

NAME = "Winifred Hathersage"
REGISTER = Register({"teacher": Person("teacher", {"en": NAME}, ("+7 700 123 45 67",))})
# files in which a name is typed, in the ways of people and of programs; %s is the name
TYPED = {
    "a paragraph": ("sections/200-a.md", "---\ntitle: A\n---\n\n%s spoke.\n"),
    "a title": ("sections/200-a.md", "---\ntitle: On %s\n---\n\nText.\n"),
    "a footnote": ("sections/200-a.md", "---\ntitle: A\n---\n\nText.[^1]\n\n[^1]: %s.\n"),
    "an alternative text": ("sections/200-a.md", "---\ntitle: A\n---\n\n![%s](a.png)\n"),
    "an address": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\n[x](https://a.example/winifred-hathersage)\n",
    ),
    "an address in percents": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\n[x](https://a.example/Winifred%20Hathersage)\n",
    ),
    "an id": ("sections/200-a.md", "---\ntitle: A\n---\n\n{#winifred-hathersage}\nText.\n"),
    "a remark": ("sections/200-a.md", "---\ntitle: A\n---\n\nText <!-- ask %s -->.\n"),
    "a note": ("sections/200-a.md", "---\ntitle: A\n---\n\nText.\n\n::: note\n%s?\n:::\n"),
    "a note's author": (
        "sections/200-a.md",
        '---\ntitle: A\n---\n\nText.\n\n::: {.note author="%s"}\nAsk.\n:::\n',
    ),
    "a key of a person": ("sections/200-a.md", "---\ntitle: A\n---\n\n@person-hathersage spoke.\n"),
    "a confidential passage": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\n::: confidential\n%s\n:::\n",
    ),
    "a broken passage": ("sections/200-a.md", "---\ntitle: A\n---\n\n::: confidental\n%s\n"),
    "a tie": (
        "sections/200-a.md",
        "---\ntitle: A\nparagraphs: {a: {short: '%s spoke.'}}\n---\n\n{#a}\nText.\n",
    ),
    "an excuse": (
        "sections/200-a.md",
        "---\ntitle: A\nexcused: [{code: x, reason: %s}]\n---\n\nText.\n",
    ),
    "a comment of the front matter": (
        "sections/200-a.md",
        "---\ntitle: A  # by %s\n---\n\nText.\n",
    ),
    "an organisation that signs": (
        "sections/200-a.md",
        "---\ntitle: A\nreviewed: {a: [{as: w-hathersage}]}\n---\n\nText.\n",
    ),
    "a file's name": ("sections/200-hathersage.md", "---\ntitle: A\n---\n\nText.\n"),
    "a file's name in Cyrillic": (
        "sections/200-Хазерсейдж-Уинифред-hathersage.md",
        "---\ntitle: A\n---\n\nText.\n",
    ),
    "a translation": ("sections/200-a.ru.md", "---\ntitle: A\n---\n\n%s.\n"),
    "a file that no build reads": ("sections/notes.txt", "%s"),
    "a picture's name": ("sections/images/hathersage.png", "x"),
    "a folder's name": ("sections/hathersage/a.png", "x"),
    "a source": ("references/sources.yaml", "references:\n- {id: a, type: book, title: On %s}\n"),
    "a key of a source": (
        "references/sources.yaml",
        "references:\n- {id: hathersage, type: book, title: A}\n",
    ),
    "a decision": ("references/persons.yaml", "named:\n- {name: %s, public: official}\n"),
    "a public form": ("references/persons.yaml", "persons: {a: {public: Ms Hathersage}}\n"),
    "a term": ("references/terms.yaml", "terms:\n- {prefer: %s}\n"),
    "a demand": ("references/cerd-2014.yaml", "recommendations:\n  '6': {text: Free %s.}\n"),
    "a register in the repository": (
        "references/register.yaml",
        "persons: {a: {name: {en: %s}}}\n",
    ),
    "an address that was asked": (
        "references/links.yaml",
        "links:\n- {url: 'https://a.example/hathersage'}\n",
    ),
    "the settings": ("sections/report.yaml", "contacts: [{name: %s}]\n"),
    "a template": ("templates/cover.html.j2", "<p>%s</p>"),
    "a phone": ("sections/200-a.md", "---\ntitle: A\n---\n\nCall 8 (700) 123-45-67.\n"),
    "evidence": (
        "sections/200-a.md",
        "---\ntitle: A\nparagraphs: {a: {evidence: [{on_file: x, what: talk with %s}]}}\n---\n\n{#a}\nText.\n",
    ),
    "the file of evidence": (
        "sections/200-a.md",
        "---\ntitle: A\nparagraphs: {a: {evidence: [{on_file: x, file: hathersage.mp3}]}}\n---\n\n{#a}\nText.\n",
    ),
    "evidence of a source": (
        "references/sources.yaml",
        "references:\n- {id: a, type: book, title: A, evidence: {on_file: x, archived: 'https://a.example/Winifred_Hathersage'}}\n",
    ),
    "a confidential row": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\nA.\n\n| Year | By |\n|---|---|\n| ::: confidential 2020 | %s |\n",
    ),
    "a caption": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\nA.\n\n| A |\n|---|\n| 1 |\n\n: Letters of %s\n",
    ),
    "numbers of a chart": ("sections/data/a.csv", "Year;%s\n2020;1\n"),
    "sign-offs": ("sections/reviews/first.yaml", "# asked %s\nsign_offs: []\n"),
    "the look": ("templates/style.yaml", "head: {start: 'By %s'}\n"),
    "an abbreviation": ("sections/report.yaml", "abbreviations: {WH: %s}\n"),
    "a copy that an archive keeps": (
        "references/links.yaml",
        "links:\n- {url: 'https://a.example/x', archived: 'https://web.archive.org/web/1/https://a.example/winifred-hathersage'}\n",
    ),
    "UTF-16": ("sections/200-a.md", "utf-16:%s"),
    "spaced letters": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\nW i n i f r e d   H a t h e r s a g e\n",
    ),
    "emphasis inside": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\nWinifred Hather*sage* spoke.\n",
    ),
    "letters that look alike": (
        "sections/200-a.md",
        "---\ntitle: A\n---\n\nWinifred Hаthersаge spoke.\n",
    ),
    "capitals": ("sections/200-a.md", "---\ntitle: A\n---\n\nWINIFRED HATHERSAGE spoke.\n"),
    "entities": ("sections/200-a.md", "---\ntitle: A\n---\n\nWinifred &#72;athersage spoke.\n"),
}


@pytest.mark.parametrize(("file", "text"), TYPED.values(), ids=TYPED)
def test_a_name_is_found_wherever_it_is_typed(tiny: Tiny, file: str, text: str) -> None:
    said = text.replace("%s", NAME)
    path = tiny.write(file, "")
    path.write_bytes(
        said.removeprefix("utf-16:").encode("utf-16" if said.startswith("utf-16:") else "utf-8")
    )
    found = in_sources(tiny.project, REGISTER)
    assert found and all("@person-teacher" in item.message for item in found)
    assert "hathersage" not in " ".join(map(str, found)).lower().replace("сейдж", "hathersage"), (
        found
    )


def test_a_name_is_found_wherever_the_history_holds_it(tiny: Tiny) -> None:
    folder, gate = tiny.project, make_gate(REGISTER)
    run_git(folder, "init", "--quiet")
    run_git(folder, "config", "user.name", "Editor")
    run_git(folder, "config", "user.email", "editor@example.org")
    commit_all(folder, "Begin")
    assert not list(scan_history(gate, folder))
    section = tiny.write("sections/200-a.md", f"---\ntitle: A\n---\n\n{NAME} spoke.\n")
    commit_all(folder, "A file that is deleted")
    section.unlink()
    named = commit_all(folder, f"As {NAME} asked")
    tiny.write("sections/300-hathersage.md", "---\ntitle: A\n---\n\nText.\n")
    commit_all(folder, "A commit that nothing leads to")
    run_git(folder, "reset", "--quiet", "--hard", "HEAD~1")
    tiny.write("sections/400-b.md", "---\ntitle: B\n---\n\nText.\n")
    by = commit_all(folder, "By somebody", f"{NAME} <a@b.example>")
    tiny.write("sections/400-b.md", "---\ntitle: C\n---\n\nText.\n")
    mail = commit_all(folder, "By a mail", "A <winifred.hathersage@b.example>")
    run_git(folder, "branch", "talk-with-hathersage")
    run_git(folder, "tag", "--annotate", "--message", f"For {NAME}", "v1")
    found = [str(item) for item in scan_history(gate, folder)]
    places = [*(f"commit {commit[:12]}" for commit in (named, by, mail)), "(sections/200-a.md)"]
    for place in (*places, "names of files", "branches and tags"):
        assert any(place in text for text in found), (place, found)
    assert sum("branches and tags" in text for text in found) == 2
    assert "hathersage" not in " ".join(found).lower()
