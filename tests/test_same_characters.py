"""What is typed is what every format prints: each mark beside and inside of each kind of markup.

The oracle is not ours: what was typed is known here, and what was printed is read back by poppler,
python-docx and html.parser. Blanks and digits are left out (lines are broken differently, and
footnotes are numbered); every paragraph ends with a word of its own by which it is found.
"""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from conftest import Tiny
from documents import W, tool
from outputs import everything
from PIL import Image
from test_hostile import CANARY, SOURCES, Listener
from test_hostile import listener as listener

from shadowreport.pipeline import examine

FORMS = {  # how it is typed, and what of it is printed beside its mark
    "plain": ("inner", "inner"),
    "emphasis": ("*inner*", "inner"),
    "strong": ("**inner**", "inner"),
    "strong emphasis": ("***inner***", "inner"),
    "strikeout": ("~~inner~~", "inner"),
    "superscript": ("^inner^", "inner"),
    "subscript": ("~inner~", "inner"),
    "small capitals": ("[inner]{.smallcaps}", "inner"),
    "underline": ("[inner]{.underline}", "inner"),
    "language": ('[inner]{lang="ru"}', "inner"),
    "link": ("[inner](https://example.org/a)", "inner"),
    "address": ("<https://example.org/inner>", "https://example.org/inner"),
    "footnote": ("inner[^note]", "inner"),
    "footnote in line": ("inner^[a note]", "inner"),
    "reference": ("@par-target", ""),
    "reference in brackets": ("[@par-target]", "[]"),
    "image": ("![a dot](dot.png){width=2mm}", ""),
}
POSITIONS = {
    "behind": "{form}{mark}word",
    "before": "word{mark}{form}",
    "head": "{mark}{form} word",
}
BLOCKS = {
    "list": "Words.\n\n- {text}\n- more\n",
    "numbers": "Words.\n\n1. {text}\n2. more\n",
    "quotation": "Words.\n\n> {text}\n",
    "cell": "Words.\n\n|one|two|\n|---|---|\n|{text}|more|\n",
    "caption": "Words.\n\n|one|\n|---|\n|more|\n\nTable: {text}\n",
    "heading": "## {text}\n\nWords.\n",
    "recommendation": "Words.\n\n::: recommendations\n{text}\n:::\n",
}
WORD = "q[a-j]{5}z"
FIRST = "qfirstz"
# what could read a file, call an address, hide text or break the page where it ran as Typst
PIECES = (
    '.at(0, default: read("CANARY"))',
    ".See",
    ".text",
    ".children.at(0)",
    '(read("CANARY"))',
    '[#read("CANARY")]',
    "[#hide[",
    "]#hide[",
    '#read("CANARY")',
    '#image("CANARY")',
    '#include "CANARY"',
    '#import "@preview/example:0.1.0": *',
    ';#import "URL": *',
    '#eval("read(\\"CANARY\\")")',
    "#set text(fill: white)",
    "#show: none",
    '"; read("CANARY"); "',
    '"); read("CANARY"); ("',
    '\\"; read("CANARY"); \\"',
    "\\u{22}; panic(); \\u{22}",
    '${read("CANARY")}$',
    '`#read("CANARY")`',
    "<par-target>",
    "//hidden",
    "/*hidden",
    "}; panic(); {",
    "--- = - + / ~ ... -? 1.",
)


@dataclass
class Printed:
    """What was typed, by the word it ends with, and what was printed of it."""

    tiny: Tiny
    typed: dict[str, str] = field(default_factory=dict)  # of texts in which nothing is markup
    words: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # those of paragraphs that stand in one line
    trace: str = ""

    def word(self) -> str:
        """The word that ends the next text."""
        letters = str.maketrans("0123456789", "abcdefghij")
        self.words.append(f"q{len(self.words):05}z".translate(letters))
        return self.words[-1]

    def text(self, kind: str) -> str:
        """All that a format prints, without blanks and digits."""
        return re.sub(r"[\s\d]", "", read(kind, self.tiny.project / "build" / f"tiny.{kind}"))


def _pdf(path: Path) -> str:
    """The text between the head and the foot of the pages."""
    box = ["-x", "60", "-y", "65", "-W", "500", "-H", "715"]
    command = [tool("pdftotext", "poppler-utils"), "-raw", *box, str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _docx(path: Path) -> str:
    return "".join(node.text or "" for node in docx.Document(str(path)).element.body.iter(W + "t"))


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data


def _html(path: Path) -> str:
    return _Page(path.read_text("utf-8")).text


_READ = {"pdf": _pdf, "docx": _docx, "html": _html}


def read(kind: str, path: Path) -> str:
    """The text of a PDF, a Word file or a page, as others than this project read it."""
    return _READ[kind](path)


def _escaped(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _texts(marks: list[str], printed: Printed) -> Iterator[tuple[str, str]]:
    """Every mark in every form and position, escaped and plain: a name of a section, a paragraph."""
    for name, (form, shown) in FORMS.items():
        for position, pattern in POSITIONS.items():
            escaped: list[str] = []
            alone = position == "head" or "footnote" in name
            for mark in marks if position == "behind" else string.punctuation:
                word = printed.word()
                printed.typed[word] = pattern.format(form=shown, mark=mark) + word
                escaped.append(pattern.format(form=form, mark=_escaped(mark)) + f" {word}\n")
                if (mark[0] in ".(" or len(mark) == 1) and not (
                    name == "image" and mark in "!^[\\"
                ):
                    text = pattern.format(form=form, mark=mark)
                    yield f"{name} {position} plain", f"{text} {printed.word()}\n"
            # what is escaped cannot meddle with what stands beside it: one paragraph is enough
            yield f"{name} {position}", ("\n" if alone else "").join(escaped)
    printed.lines = list(printed.words)
    for name, pattern in BLOCKS.items():
        for mark in marks:
            word = printed.word()
            printed.typed[word] = f"{mark}word{word}"
            yield name, pattern.format(text=f"{_escaped(mark)}word {word}")


def _write(printed: Printed, listener: Listener) -> None:
    tiny = printed.tiny
    # a short name: a word that is wider than the page would run over its edge
    canary = Path(tempfile.mkdtemp(prefix="c")) / "canary.txt"
    canary.write_text(CANARY, "utf-8")
    Image.new("RGB", (4, 4)).save(tiny.project / "sections" / "dot.png")
    tiny.write("references/sources.yaml", SOURCES)
    pieces = [
        piece.replace("CANARY", str(canary)).replace("URL", listener.address) for piece in PIECES
    ]
    marks = [*string.punctuation, *pieces]
    sections: dict[str, list[str]] = {}
    tiny.section("100-target", f"{{#target}}\nWords {FIRST}.\n")
    for name, text in _texts(marks, printed):
        sections.setdefault(name, []).append(text)
    for nth, (name, texts) in enumerate(sections.items()):
        file = f"{200 + nth}-{name.replace(' ', '-')}"
        note = "[^note]: A note.\n" if "[^note]" in texts[0] else ""
        front = "title: A section\nlevel: 1\nnumbered: false"
        tiny.section(file, "\n".join([*texts, note]), front)


def _without_refused(printed: Printed) -> set[str]:
    """Takes out, until nothing is refused, what is refused on its line; the words of the texts."""
    gone: set[str] = set()
    while found := [item for item in examine(printed.tiny.project)[1] if item.severity == "error"]:
        for file in {item.place.file for item in found}:
            path = printed.tiny.project / file
            lines = path.read_text("utf-8").split("\n")
            for line in {item.place.line for item in found if item.place.file == file}:
                word = re.search(WORD, lines[line - 1])
                assert word, [str(item) for item in found if item.place.line == line]
                gone.add(word[0])
                lines[line - 1] = ""
            path.write_text("\n".join(lines), "utf-8")
    return gone


_BUILD = """
import sys
from pathlib import Path
from shadowreport.pipeline import build
result = build(Path(sys.argv[1]), ("pdf", "docx", "html"), cached=False)
sys.exit("\\n".join(map(str, result.diagnostics)) if not result.succeeded else 0)
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Printed:
    folder = tmp_path_factory.mktemp("characters")
    printed = Printed(Tiny(folder / "project"))
    _write(printed, listener)
    gone = _without_refused(printed)
    assert not gone & printed.typed.keys(), "a text was refused in which all is escaped"
    printed.words = [word for word in printed.words if word not in gone]
    printed.lines = [word for word in printed.lines if word not in gone]
    command = [sys.executable, "-c", _BUILD, str(printed.tiny.project)]
    trace = folder / "trace"
    if can_trace():
        watch = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%file,%network"]
        command = [*watch, "-o", str(trace), *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    printed.trace = trace.read_text("utf-8", "replace") if trace.exists() else ""
    return printed


def can_trace() -> bool:
    """Whether the calls of a program can be watched here."""
    if not shutil.which("strace"):
        return False
    command = ["strace", "-f", "-qq", "--seccomp-bpf", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_every_sign_is_printed_as_it_was_typed(printed: Printed) -> None:
    assert len(printed.typed) > 17 * 3 * 32
    for kind in _READ:
        text = printed.text(kind)
        wrong = [typed for typed in printed.typed.values() if _bare(typed) not in text]
        assert wrong == [], kind


def _bare(typed: str) -> str:
    return re.sub(r"[\s\d]", "", typed)


def test_every_format_prints_the_same(printed: Printed) -> None:
    texts = {kind: printed.text(kind) for kind in _READ}
    html, docx = _by_word(texts["html"]), _by_word(texts["docx"])
    assert html.keys() == docx.keys() == set(printed.words)
    assert {word: (html[word], docx[word]) for word in html if html[word] != docx[word]} == {}
    wrong = [html[word] for word in printed.lines if html[word] + word not in texts["pdf"]]
    assert wrong == []


def _by_word(text: str) -> dict[str, str]:
    """What stands before each word, as far as the word before or the title of a section."""
    found = re.findall(rf"(?:Asection)?(.*?)({WORD})", text.partition(f"{FIRST}.")[2])
    return {word: before for before, word in found}


def test_nothing_typed_reads_a_file_or_calls_an_address(
    printed: Printed, listener: Listener
) -> None:
    build = printed.tiny.project / "build"
    assert [name for name, data in everything(build) if CANARY.encode() in data] == []
    assert listener.calls == []


def test_no_program_opens_the_file_or_a_connection(printed: Printed) -> None:
    if not printed.trace:
        pytest.skip("strace cannot be used here")
    assert "report.typ" in printed.trace
    assert [line for line in printed.trace.splitlines() if re.search(r"canary\.txt", line)] == []
    assert [line for line in printed.trace.splitlines() if "connect(" in line] == []
