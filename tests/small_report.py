"""A small report with every kind of text, in a folder with a git history, for tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ruamel.yaml import YAML

from shadowreport.core.register import Person, Register

FILES = {
    "sections/report.yaml": """\
name: small
title: A small report
state: {name: Kazakhstan, code: KAZ}
committee: CERD
language: en
cycles: [cerd-2014]
organisations:
- id: law-centre
  name: Law Centre
- id: voices
  name: Minority Voices
annexes: []
""",
    "sections/100-general.md": """\
---
title: General questions
level: 1
authors: [law-centre]
---
{#purpose}
This report was prepared by two organizations.
It covers the years from 2014 to 2022 and follows the order of the *Convention*.

{#method}
The findings rest on several kinds of sources:

- complaints of persons who turned to us;
- court files and administrative files;
- official statistics, as far as they were published.

{#scope}
We describe "general" questions here and the law in paragraphs @sec-legislation.
Persons are not named, as the **protection** of sources requires.[^names]

> A quotation of one sentence stands here.

{.continued}
This paragraph goes on after the quotation.

[^names]: The names are known to the *authors* of the report.
""",
    "sections/200-legislation.md": """\
---
title: Anti-discrimination legislation
authors: [voices]
recommendations:
  - [cerd-2014/6]
paragraphs:
  no-law: {answers: [cerd-2014/6], finding: not-implemented}
---

{#no-law}
No law of Kazakhstan defines direct and indirect discrimination [@labour-code, art. 6].
The same gap was described in paragraph @par-scope, and again for remedies in paragraph @par-remedies.
See also [the site of the Committee](https://example.org/committee).

## Remedies

{#remedies}
Courts rarely award damages; in 2020 they did so in 5 cases -- fewer than in 2019 (table @tbl-cases).
It doesn't help that the burden of proof lies with the victim[^burden].

{#tbl-cases}

| Year | Cases |
|------|-------|
| 2019 | seven |
| 2020 | five  |

: Cases in which damages were awarded

::: recommendations
{#rec-special-law}
Parliament should adopt a special law that prohibits discrimination on every ground.

{#rec-burden}
Parliament should shift the burden of proof to the respondent.
:::

{#statistics}
The Government publishes no statistics on complaints.
Without them nobody can say how often the law is applied.

[^burden]: Code of Civil Procedure, article 72.
""",
    "references/cerd-2014.yaml": """\
committee: CERD
symbol: CERD/C/KAZ/CO/6-7
adopted: 2014-02-20
cycle: "2014"
heading: {en: Recommendations of 2014}
recommendations:
  "6": {text: Adopt a special law against discrimination., theme: legislation}
""",
    "references/sources.yaml": """\
references:
- id: labour-code
  type: legislation
  title: Labour Code
  issued: 2015-11-23
""",
}


def make_report(folder: Path, *, git: bool = True) -> Path:
    """Writes the report into a folder; with a first commit unless told otherwise."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    if git:
        (folder / ".gitignore").write_text("build/\n", "utf-8")
        run_git(folder, "init", "--quiet")
        run_git(folder, "config", "user.name", "Editor")
        run_git(folder, "config", "user.email", "editor@example.org")
        commit_all(folder, "Begin")
    return folder


def commit_all(folder: Path, message: str, author: str = "Editor <editor@example.org>") -> str:
    """Commits everything; gives the commit."""
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "--quiet", "--message", message, f"--author={author}")
    return run_git(folder, "rev-parse", "HEAD").strip()


def run_git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def everybody(project: Path, known: Register | None = None) -> Register:
    """A register that knows each protected person of a report, by a name that stands nowhere in it."""
    file = project / "references" / "persons.yaml"
    data = YAML(typ="safe").load(file) if file.exists() else None
    keys = (data or {}).get("persons") or {}
    unheard = {key: Person(key, {"en": "Quirin Ostrovskow"}) for key in keys}
    return Register({**unheard, **(known.persons if known else {})})
