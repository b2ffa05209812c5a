"""A report in which everything is withheld that can be, in words of one's choice, with a translation, persons, a
picture, a chart, an annex of its own, sign-offs and a history; and what tasks make of it and say."""

from __future__ import annotations

import io
import re
import shlex
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from conftest import Tiny
from invoke.program import Program
from PIL import Image
from small_report import commit_all, run_git
from test_editions import everything

from shadowreport.core.translations import fingerprints
from shadowreport.overview.sign_off import sign, write_signed
from shadowreport.pipeline import examine
from shadowreport.tasks import namespace

# NAME, KEY, ID and OTHER stand for what is confidential, ROWS and LINES for as many as one likes
SETTINGS = """\
name: tiny
title: A report
state: {name: Utopia, code: UTO}
committee: CERD
language: en
profile: cerd
session: '118'
date: 2026-10-01
deadline: 2026-11-01
session_starts: 2026-11-23
lists: [tables, figures]
contents_depth: 4
cycles: [cerd-2014]
organisations: [{id: first, name: First Organization}, {id: second, name: Second Organization}]
annexes: [recommendations, addressees, visits, sources, abbreviations, matrix]
abbreviations: {ABC: Alphabet, SIGMA: NAME}
addressees: [NAME council, Council of Elders]
profiles: {brief: {body: upr, sections: [general, ID, end], words: 300}}
translations:
  ru:
    title: Доклад
    state: {name: Утопия}
    organisations: {first: {name: Первая}, second: {name: Вторая}}
    abbreviations: {АБВ: Алфавит, СИГМА: NAME}
excused: [{code: unanswered-recommendation, file: references/cerd-2014.yaml, text: "9.2", reason: NAME told}]
"""
CYCLE = """\
committee: CERD
symbol: CERD/C/UTO/CO/6-7
adopted: 2014-02-20
cycle: "2014"
heading: {en: Recommendations of 2014, ru: Рекомендации}
recommendations:
  "6": {text: Adopt a special law against discrimination., theme: legislation, follow_up: true}
  "9.1": {text: Publish figures., theme: ID}
  "9.2": {text: Pay., theme: data}
"""
FRONT = """\
title: General
level: 1
authors: [first]
paragraphs:
  law: {answers: [cerd-2014/6], finding: not-implemented, short: No law.}
  ID:
    answers: [cerd-2014/9.1]
    finding: regression
    short: "NAME saw."
    rank: 1
    evidence: [{on_file: first, what: talk with NAME, date: 2026-03-01, consent: {level: confidential}, file: KEY.mp3}]
  after:
    answers: [cerd-2014/9.1]
    finding: partially-implemented
    evidence: [{on_file: second, what: letter of NAME, date: 2026-03-02, consent: {level: anonymous}}]
excused: [{code: typed-number, paragraph: ID, text: NAME, reason: NAME}]
"""
GENERAL = """\
{#law}
No law was adopted [@law, art. 2], see ABC.[^why] @person-teacher:start told us.

::: confidential
{#ID}
NAME saw it.[^n] NAME of SIGMA told @person-KEY.
LINES
{#tbl-ID}

| NAME | Year |
|------|------|
| NAME | 2020 |

: NAME

![House of NAME](images/KEY.png)

## NAME

{#OTHER}
NAME heard it [@KEY, p. 2; @law].

::: {.note author="NAME" date="2026-03-01"}
Was NAME asked?
:::

<!-- NAME -->

[^n]: NAME told us [@KEY].
:::

{#after}
Courts follow paragraph @par-ID and table @tbl-ID [see @KEY, p. 3; @law, art. 2]; so @sec-ID.
As @KEY told, nothing changed.

::: confidential
- NAME
- NAME
:::

{#tbl-pub}

| Year | By |
|---|---|
| 2019 | x |
| ::: confidential NAME | NAME |
| 2021 | y |

: Seen

## Public words above

::: confidential
{#low-ID}
NAME is below them.
:::

{#data}
Figures are kept back, as figure @fig-cases shows.

{#fig-cases}

![Cases](data/cases.csv){columns="Year, Cases"}

::: recommendations
{#one}
Parliament should adopt a law.

::: confidential
{#OTHER}
NAME council should free NAME.
:::

{#three}
The Ministry of Justice should act.
:::

[^why]: The files say so.
"""
END = """\
The end.

| A | B |
|---|---|
| x | y |
ROWS| z | w |

::: confidential
NAME is here.[^z]

- NAME

[^z]: NAME
:::

{.continued}
It goes on.[^on]

[^on]: A note.
"""
PERSONS = """\
persons:
  teacher: {public: {en: a teacher, ru: учительница}, consent: {level: anonymous, date: 2026-03-01, by: first}}
  KEY: {public: {en: "NAME", ru: "NAME"}, consent: {level: confidential, date: 2026-03-01, by: first}}
"""
REGISTER = """\
persons:
  teacher: {name: {en: Winifred Hathersage}}
  KEY: {name: {en: Bronislava Quistgaard}}
"""
SOURCES = """\
references:
- {id: law, type: legislation, title: Labour Code, issued: 2015-11-23}
- {id: KEY, type: interview, title: "NAME", edition: confidential, evidence: {on_file: first, archived: 'https://KEY.example.org/KEY'}}
"""
TERMS = "terms:\n- {prefer: NAME, instead_of: [Sari], note: NAME}\nwords: [NAME]\n"
ANNEX = "<table><tr><th>{{ title }}</th></tr>{% for one in data.visits %}<tr><td>{{ one.where }}</td></tr>{% endfor %}</table>"
IN_RUSSIAN = {
    "No law was adopted": "Закона нет",
    "see ABC": "см. АБВ",
    "saw it": "видела",
    "SIGMA": "СИГМА",
    "Courts follow paragraph": "Суды следуют пункту",
    "Parliament should adopt a law": "Парламенту принять закон",
}


@dataclass(frozen=True, slots=True)
class Secret:
    """What is withheld: ids and keys, names in the order in which they are taken, and how many rows."""

    id: str
    key: str
    other: str
    names: tuple[str, ...]
    rows: int
    editor: str  # who changed confidential text alone, after all else

    def __call__(self, text: str) -> str:
        """A text with these."""
        text = text.replace("ROWS", "| ::: confidential NAME | NAME |\n" * self.rows)
        text = text.replace("LINES", "NAME saw more.\n" * self.rows)
        taken = iter(self.names * (text.count("NAME") + 1))
        text = re.sub("NAME", lambda _: next(taken), text)
        for word, said in (("KEY", self.key), ("ID", self.id), ("OTHER", self.other)):
            text = re.sub(rf"(?<![A-Z]){word}(?![A-Z])", said, text)
        return text


FIRST = Secret("seen", "witness", "told-zarina", ("Zarina Bekova of Taraz", "Zarina"), 1, "Editor")
SECOND = Secret(
    "a-much-longer-id", "k", "x", ("Қанатқызы Айгерім учительница из села", "王小明"), 4, "Zarina"
)


def write_report(folder: Path, secret: Secret) -> None:
    """The report, in a repository with a state before this one, and beside it a register."""
    tiny = Tiny(folder)
    tiny.write("sections/report.yaml", secret(SETTINGS))
    tiny.write("references/cerd-2014.yaml", secret(CYCLE))
    tiny.write("references/persons.yaml", secret(PERSONS))
    tiny.write("references/sources.yaml", secret(SOURCES))
    tiny.write("references/terms.yaml", secret(TERMS))
    tiny.write("templates/annex-visits.yaml", "title: Visits\nvisits:\n- {where: A hospital}\n")
    tiny.write("templates/annex-visits.html.j2", ANNEX)
    tiny.write("sections/data/cases.csv", secret("Year;NAME;Cases\n2019;5;7\n2020;6;9\n"))
    picture = tiny.write(f"sections/images/{secret.key}.png", "")
    Image.new("RGB", (40 + secret.rows, 30), "white").save(picture)
    tiny.section("100-general", secret(GENERAL), secret(FRONT))
    front = (
        "title: NAME\nedition: confidential\nauthors: [second]\nrecommendations: [[cerd-2014/9.2]]"
    )
    tiny.section(f"200-{secret.id}", secret("NAME speaks [@KEY].\n\nNAME again.\n"), secret(front))
    tiny.section("300-end", secret(END), "title: The end\nlevel: 1\nauthors: [second]")
    _translate(tiny, secret)
    tiny.write(".gitignore", "build/\nsubmissions/\n")
    register = folder.parent / "register.yaml"
    register.write_text(secret(REGISTER), "utf-8")
    register.chmod(0o600)
    run_git(folder, "init", "--quiet")
    run_git(folder, "config", "user.name", "Editor")
    run_git(folder, "config", "user.email", "editor@example.org")
    commit_all(folder, "Begin")
    _go_on(tiny, secret)
    commit_all(folder, "Go on")
    _go_on_in_confidence(tiny)
    run_git(folder, "config", "user.name", secret.editor)
    commit_all(folder, "Go on in confidence")
    run_git(folder, "config", "user.name", "Editor")


def _translate(tiny: Tiny, secret: Secret) -> None:
    """A translation of the first section, in which public and confidential pieces are behind."""
    report, _ = examine(tiny.project)
    assert report
    made = fingerprints(report.sections[0])
    headings = [name for name in made if name.startswith("above-")]
    made |= dict.fromkeys(("after", secret.id, *headings), "0123456789abcdef")
    stamps = "".join(f"\n  {name}: {value!r}" for name, value in made.items())
    body = GENERAL
    for mine, theirs in IN_RUSSIAN.items():
        body = body.replace(mine, theirs)
    tiny.section("100-general.ru", secret(body), f"title: Общее\nlevel: 1\nmade_from:{stamps}")


def _go_on(tiny: Tiny, secret: Secret) -> None:
    """Public and confidential text changes; whole sections are signed off."""
    for name in ("100-general", "100-general.ru"):
        path = tiny.project / f"sections/{name}.md"
        text = path.read_text("utf-8").replace("As @", "Indeed, as @")
        new = secret("::: confidential\n{#new-OTHER}\nNew: NAME.\n:::\n\n{#after}\n")
        path.write_text(text.replace("- ", "- more of ", 1).replace("{#after}\n", new), "utf-8")
    report, _ = examine(tiny.project)
    assert report
    for section in ("general", secret.id):
        write_signed(
            tiny.project,
            sign(report, tiny.project, section, "first", ("facts",), date(2026, 3, 1)),
        )


def _go_on_in_confidence(tiny: Tiny) -> None:
    """Confidential text alone changes."""
    for name, held in (("100-general", "New: "), ("300-end", "is here.[^z]")):
        path = tiny.project / f"sections/{name}.md"
        text = path.read_text("utf-8")
        assert held in text
        path.write_text(text.replace(held, f"And {held}"), "utf-8")


# --- what tasks make and say ----------------------------------------------------------------------

_TOPS = ("build", "submissions", "archive", "../copy", "references/links.yaml")


def made(folder: Path) -> dict[str, Path]:
    """All that tasks wrote, by name; but the sources that are kept for a merge."""
    found = [path for top in _TOPS for path in [folder / top, *(folder / top).rglob("*")]]
    names = {path.relative_to(folder.parent).as_posix(): path for path in found if path.is_file()}
    return {name: path for name, path in names.items() if "/sources-" not in name}


def cleared(folder: Path) -> None:
    """Takes away what tasks wrote."""
    for path in made(folder).values():
        path.unlink()


def run(folder: Path, line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What a line behind `invoke` ends with in a folder, with the register where it takes one, and all that it says."""
    named = ["--register", str(folder.parent / "register.yaml")]
    words = [*shlex.split(line), *([] if line.startswith("style") else named)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        code = 0
        try:
            Program(namespace=namespace).run(["invoke", *words])
        except SystemExit as ended:
            code = int(ended.code or 0)
    said = "".join(capsys.readouterr())
    return code, re.sub(r"[\d.]+ (seconds|minutes)|\d\d:\d\d(?=\))", "then", _bare(said, folder))


def _bare(text: str, folder: Path) -> str:
    return text.replace(str(folder.parent), "FOLDER").replace(_state(folder)[:12], "STATE")


def _state(folder: Path) -> str:
    """The commit: a file that comes back says by it what it was made of."""
    return run_git(folder, "rev-parse", "HEAD").strip()


def read(folder: Path) -> dict[str, object]:
    """The bytes of all that was made, without the state and the time where a file tells them."""
    states = [_state(folder).encode()]
    return {
        _bare(name, folder): _contents(path.read_bytes(), states)
        for name, path in made(folder).items()
    }


def _contents(data: bytes, states: list[bytes]) -> object:
    def bare(part: bytes) -> bytes:
        for state in states:
            part = part.replace(state, b"STATE")
        return re.sub(rb'"released": "[^"]+"', b"", part)

    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
        stated = any(state in part for _, part in parts for state in states)
        return [(name, bare(part)) for name, part in parts] if stated else data
    return bare(data)


def words_of(path: Path) -> str:
    """All that can be read in a file; of a picture its bytes."""
    if path.suffix in (".docx", ".pdf"):
        return everything(path)
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            data = b"".join(map(archive.read, archive.namelist()))
    return data.decode("utf-8", "replace")
