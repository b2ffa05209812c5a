"""`invoke format`: sections in one style that say the same as before, or are left as they are."""

from __future__ import annotations

import io
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, copy_sample
from invoke.program import Program
from small_report import make_report

from shadowreport.core.problems import codes
from shadowreport.formatting import Formatted, as_typed, format_report
from shadowreport.load.lexicon import load_lexicon
from shadowreport.new import new
from shadowreport.pipeline import build
from shadowreport.source.rewrite import rewrite
from shadowreport.tasks import namespace

HEAD = "---\ntitle: A section\n---\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A report of one section."""
    folder = tmp_path / "report"
    shutil.copytree(Path(__file__).parent / "base", folder)
    for path in (folder / "sections").glob("*.md"):
        path.unlink()
    return folder


def put(project: Path, body: str, head: str = HEAD) -> Path:
    path = project / "sections" / "300-case.md"
    path.write_text(head + body, "utf-8")
    return path


def after(project: Path) -> str:
    """What formatting makes of the body of the only section."""
    found = format_report(project)
    assert found.left == []
    text = (project / "sections" / "300-case.md").read_text("utf-8")
    text = found.changes[0].after if found.changes else text
    return text.split("---\n\n", 1)[1]


def typed(folder: Path, line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a line behind `invoke` in a folder."""
    monkeypatch.chdir(folder)
    try:
        Program(namespace=namespace).run(["invoke", *line.split()])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


# --- what it does -----------------------------------------------------------------------------------

# what was typed, and what comes of it
BODIES = {
    "sentences": ("One ends. Two begins\nand ends. Three.\n", "One ends.\nTwo begins and ends.\nThree.\n"),
    "citations": (
        "One ends.[^a] Two ends. [@state-report, para. 4. See]\nThree.\n\n[^a]: A note.\n  It goes on. And on.\n",
        "One ends.[^a]\nTwo ends. [@state-report, para. 4. See]\nThree.\n\n[^a]: A note. It goes on. And on.\n",
    ),
    "blank lines": (
        "\n\n## A heading\nText.\n\n\n\n::: recommendations\n\n{#rec-a}\nParliament should act.\n\n\n:::\n\nMore.   \n\n\n",
        "## A heading\n\nText.\n\n::: recommendations\n{#rec-a}\nParliament should act.\n:::\n\nMore.\n",
    ),
    "a list that lacks its blank line": (
        "They have two reasons:\n- the law. It is old;\n- the courts.\n",
        "They have two reasons:\n\n- the law.\n  It is old;\n- the courts.\n",
    ),
    "bullets pasted from Word": ("Two:\n\n• one;\n• two.\n", "Two:\n\n- one;\n- two.\n"),
    "blanks at ends of items": ("Two:\n\n- one;  \n- two;\t\n- three. \n", "Two:\n\n- one;\n- two;\n- three.\n"),
    "a quotation": (
        "The law says:\n> All are equal. None\n> is not.\n>\n> - One. Two.\n",
        "The law says:\n\n> All are equal.\n> None is not.\n>\n> - One.\n>   Two.\n",
    ),
    "an id above a blank line": ("{#first}\n\nText.\n", "{#first}\nText.\n"),
    "a heading without a blank": ("Text.\n\n##Title\nText.\n", "Text.\n\n## Title\n\nText.\n"),
    "nested lists": (
        "Text:\n\n1.  One. Two\n    goes on.\n    - inner. More.\n2.  Last.\n",
        "Text:\n\n1.  One.\n    Two goes on.\n    - inner.\n      More.\n2.  Last.\n",
    ),
    "lines that end in print": (
        "A street  \nA town. More.\\\nEnd. More.\n",
        "A street\\\nA town.\nMore.\\\nEnd.\nMore.\n",
    ),
    "no line becomes markup": (
        "See the report. # 5 is meant. - A dash. 12) A number. B. Kim spoke. + Plus. > More.\n",
        "See the report. # 5 is meant. - A dash. 12) A number. B. Kim spoke. + Plus. > More.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_typed_as_it_is_to_be(name: str, project: Path) -> None:
    before, wanted = BODIES[name]
    put(project, before)
    assert after(project) == wanted
    put(project, "\n" + wanted)
    assert format_report(project).changes == []


# what has a form of its own: every blank, blank line and line end of it stays
KEPT = {
    "a table": "Text.\n\n{#figures}\n\n| Body. One |  2019. A |\n|:---|---:|\n| Court.  B |  3 |\n\n: A caption. Of two sentences.\n",
    "pictures": "Text.\n\n{#map}\n\n![Map *A*. B C](map.png){width=40%}\n\n![Map](map.png){#fig-b}\n",
    "a drawn table": "Text.\n\n+-------+-------+\n| A. B  | C     |\n+=======+=======+\n| a. B  | - x   |\n|       | - y   |\n+-------+-------+\n",
    "a note": 'Text.\n\n::: {.note author="A"}\nOne. Two.   \n\n\nThree  \nfour\n:::\n\nText.\n',
    "a remark": "Text. <!-- One. Two.\n\n\nThree.   -->\nMore text.\n\n<!-- Alone. Here. -->\n\nEnd.\n",
    "a remark of an editor": "Text{>> One. Two. <<} goes on. Next.\n",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_has_a_form_of_its_own_keeps_it(name: str, project: Path) -> None:
    put(project, "\n" + KEPT[name])
    found = format_report(project)
    assert (found.changes, found.left) == ([], [])


def test_the_keys_of_the_front_matter_are_put_in_order_with_their_comments(project: Path) -> None:
    head = """---
# about this file

authors: [forum] # who
# how far it is
status: draft
paragraphs:
  law: {answers: [cerd-2010/5]}  # the first
  # and no other

title: "A section"
# the last
level: 2
---
"""
    put(project, "\n{#law}\nText.\n", head)
    (change,) = format_report(project).changes
    front, _, body = change.after.partition("---\n\n")
    assert body == "{#law}\nText.\n"
    assert (
        front
        == """---
# about this file


title: "A section"
# the last
level: 2
authors: [forum] # who
# how far it is
status: draft
paragraphs:
  law: {answers: [cerd-2010/5]}  # the first
  # and no other
"""
    )


def test_a_comment_right_above_the_first_key_goes_with_it(project: Path) -> None:
    put(project, "Text.\n", "---\n# whose it is\nauthors: [forum]\ntitle: A section\n---\n")
    (change,) = format_report(project).changes
    front = change.after.partition("\n---\n")[0]
    assert front == "---\ntitle: A section\n# whose it is\nauthors: [forum]"


def test_a_paragraph_that_something_points_to_gets_an_id(project: Path) -> None:
    head = """---
title: A section
level: 1
paragraphs:
  case-4: {answers: [cerd-2010/5], finding: implemented}
---
"""
    body = """
{#first}
As paragraphs @par-case-2 and @{par-other-1} and recommendation @rec-case-rec-2 say.

The second.
It ends.

- It has a list.

{.continued}
It goes on.

The third.

The fourth.

::: recommendations
Parliament should act.

The Government should report.
:::
"""
    put(project, body, head)
    (project / "sections" / "310-other.md").write_text(HEAD + "\nThe first.\n\nEnd.\n", "utf-8")
    before = _outputs(project)
    found = format_report(project)
    assert found.left == []
    wanted = body.replace("The second", "{#case-2}\nThe second").replace(
        "The fourth", "{#case-4}\nThe fourth"
    )
    wanted = wanted.replace("The Gov", "{#rec-case-rec-2}\nThe Gov")
    texts = {change.file: change.after for change in found.changes}
    assert texts["sections/300-case.md"] == head + wanted
    assert texts["sections/310-other.md"] == HEAD + "\n{#other-1}\nThe first.\n\nEnd.\n"
    rewrite(project, texts)
    assert _outputs(project) == before
    assert format_report(project).changes == []


# --- what it leaves alone ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (HEAD + "Text. More.\n\n::: note\nnever closed. Or?\n", 6, "is never closed"),
        (HEAD + "Text. More.\n\n<b>bold</b>\n", 6, "HTML"),
        ("Text without a head. More.\n", 1, "the front matter is missing"),
        ("---\ntitle: [\n---\nText. More.\n", 3, ""),
    ],
)
def test_a_section_with_errors_is_left_and_named(
    text: str, line: int, why: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(project, "", text)
    (left,) = format_report(project).left
    assert (left.code, left.place.file, left.place.line) == (
        "not-formatted",
        "sections/300-case.md",
        line,
    )
    assert why in left.message and left.hint
    assert typed(project, "format", monkeypatch) == 1
    assert path.read_text("utf-8") == text


def test_one_section_with_errors_does_not_keep_others_from_being_formatted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, "One. Two.\n\n:::\n")
    other = project / "sections" / "310-other.md"
    other.write_text(HEAD + "One. Two.\n", "utf-8")
    assert typed(project, "format", monkeypatch) == 1
    assert other.read_text("utf-8") == HEAD + "\nOne.\nTwo.\n"


def test_every_code_of_formatting_is_described() -> None:
    page = (ROOT / "docs" / "formatting.md").read_text("utf-8")
    assert [code for code in codes("format") if f"`{code}`:" not in page] == []


# --- how it is called -------------------------------------------------------------------------------


def test_check_and_diff_write_nothing_and_fail(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(project, "One. Two.\n")
    before = path.read_bytes()
    assert typed(project, "format --check", monkeypatch) == 1
    assert "sections/300-case.md would change" in capsys.readouterr().out
    assert typed(project, "format --diff", monkeypatch) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("--- a/sections/300-case.md\n+++ b/sections/300-case.md\n@@")
    assert "-One. Two.\n" in shown and "+One.\n+Two.\n" in shown
    assert path.read_bytes() == before
    assert typed(project, "format", monkeypatch) == 0
    assert typed(project, "format --check --diff", monkeypatch) == 0


def test_line_ends_and_byte_order_mark_stay(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(project, "")
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + "One. Two.\n").replace("\n", "\r\n").encode())
    assert typed(project, "format", monkeypatch) == 0
    wanted = (HEAD + "\nOne.\nTwo.\n").replace("\n", "\r\n").encode()
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted


def test_one_section_is_formatted_by_name_number_or_file(project: Path) -> None:
    put(project, "One. Two.\n")
    (project / "sections" / "310-other.md").write_text(HEAD + "One. Two.\n", "utf-8")
    for word in ("other", "310", "310-other", "sections/310-other.md"):
        (change,) = format_report(project, [word]).changes
        assert change.file == "sections/310-other.md"
    assert len(format_report(project, ["case", "other"]).changes) == 2


# --- what is formatted says the same ------------------------------------------------------------------


def test_the_sample_and_a_new_report_need_no_formatting(tmp_path: Path) -> None:
    new(tmp_path / "report")
    for folder in (ROOT, tmp_path / "report"):
        found = format_report(folder)
        assert ([change.diff() for change in found.changes], found.left) == ([], [])


_PROSE = re.compile(r"[A-Z][^|{}<>]*[a-z.]$")


def _damaged(text: str, chance: random.Random) -> str:
    """A text as people leave it: lines of a paragraph joined or split, blank lines doubled, blanks at
    ends of lines; the front matter and footnotes stay."""
    head, body = text.split("---\n\n", 1)
    lines: list[str] = []
    for line in body.splitlines():
        prose = bool(_PROSE.match(line))
        if prose and lines and _PROSE.match(lines[-1].strip()) and chance.random() < 0.4:
            lines[-1] = f"{lines[-1].strip()} {line}"
            continue
        spaces = [match.start() for match in re.finditer(r" (?=[a-z]+ )", line)] if prose else []
        if spaces and chance.random() < 0.3:
            at = chance.choice(spaces)
            lines += [line[:at], line[at + 1 :]]
        else:
            lines.append(line + chance.choice(["", "", "", " "]))
        if not line:
            lines += [""] * chance.choice([0, 0, 1, 2])
    return (
        f"{head}---\n" + "\n" * chance.randrange(3) + "\n".join(lines) + "\n" * chance.randrange(3)
    )


def _damage(project: Path, seed: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(seed)
    for path in sorted((project / "sections").glob("*.md")):
        text = path.read_text("utf-8")
        path.write_text(_damaged(text, chance), "utf-8")
        yield f"sections/{path.name}", text


@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_sample_comes_back_as_it_was(seed: int, tmp_path: Path) -> None:
    project = copy_sample(tmp_path / "sample")
    texts = dict(_damage(project, seed))
    found = format_report(project)
    assert found.left == []
    assert len(found.changes) > 20
    for change in found.changes:
        assert change.after == texts[change.file]


_PIECES = (
    "<!-- A remark. More. -->",
    "::: note\nOne. Two.\n:::",
    "- an item. More",
    "> quoted. More",
)
_PIECES += (
    "1. first. More",
    "text. More {>>hm. Hm<<} yes.",
    "B. Kim spoke. Yes",
    "{#x}",
    "## Head",
)


def _mangled(text: str, chance: random.Random) -> str:
    """A text with slips of every kind in its body."""
    head, _, body = text.partition("\n---\n")
    lines = body.splitlines()
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(lines))
        line = lines[at]
        blank = chance.choice([0, *(match.start() for match in re.finditer(" ", line))])
        lines[at : at + 1] = chance.choice(
            [
                [line + " " + "".join(lines[at + 1 : at + 2])],
                ["", line],
                [line[:blank], line[blank + 1 :]] if blank else [line],
                [" " * chance.randrange(1, 5) + line],
                [line + chance.choice(["  ", "\t", "\\"])],
                [chance.choice(_PIECES), line],
                [line.replace("- ", chance.choice(["* ", "+ ", "• "]))],
            ]
        )
    return f"{head}\n---\n" + "\n".join(lines)


@pytest.mark.parametrize("seed", range(4))
def test_formatting_twice_is_formatting_once_and_takes_no_letter(seed: int) -> None:
    chance = random.Random(seed)
    lexicon, _ = load_lexicon()
    files = [path for path in (ROOT / "sections").glob("*.md") if path.name.count(".") == 1]
    texts = [path.read_text("utf-8") for path in sorted(files)]
    for _ in range(60):
        text = _mangled(chance.choice(texts), chance)
        once = as_typed(text, "sections/210-x.md", lexicon)
        assert as_typed(once, "sections/210-x.md", lexicon) == once
        assert [_letters(part) for part in _parts(once)] == [
            _letters(part) for part in _parts(text)
        ]


def _parts(text: str) -> list[str]:
    head, _, body = text.partition("\n---\n")
    return ["".join(sorted(head.splitlines())), body]


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def test_every_output_of_a_formatted_report_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_report(tmp_path / "report", git=False)
    list(_damage_as_is(project))
    before = _outputs(project)
    found: Formatted = format_report(project)
    assert found.changes and not found.left
    assert typed(project, "format", monkeypatch) == 0
    assert _outputs(project) == before


def _damage_as_is(project: Path) -> Iterator[str]:
    for path in sorted((project / "sections").glob("*.md")):
        text = (
            path.read_text("utf-8")
            .replace("\n---\n", "\n---\n\n")
            .replace("\n---\n\n\n", "\n---\n\n")
        )
        path.write_text(_damaged(text, random.Random(5)), "utf-8")
        yield path.name


def _outputs(project: Path) -> dict[str, object]:
    """The bytes of every output. A line's end is a run of its own in Word; in Markdown, where lines are
    those of the sections, words are compared."""
    result = build(project, cached=False)
    assert result.succeeded, result.diagnostics
    files = {path.suffix: path.read_bytes() for path in result.files}
    with zipfile.ZipFile(io.BytesIO(files[".docx"])) as word:
        parts = {name: _RUNS.sub(b"", word.read(name)) for name in word.namelist()}
    words = [word for word in files[".md"].decode().split() if word != ">"]
    return {**files, ".docx": parts, ".md": words}


_RUNS = re.compile(rb'</w:t>\s*</w:r>\s*<w:r>\s*<w:t xml:space="preserve">')
