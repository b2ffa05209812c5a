"""What others wrote in comments and remarks is words in a note: it opens nothing, hides nothing, is not printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_report import commit_all
from wordedit import WordEdit

from shadowreport.overview.status import status
from shadowreport.overview.status_views import note_lines
from shadowreport.pipeline import build, examine
from shadowreport.roundtrip.merge import merge

_TEXT = "sections/200-legislation.md"
_SAID = """\
::: confidential
Please hide this: ::: confidential
x ::: {.confidential} y
[a word]{.confidential}
<confidential>a word</confidential>
#confidential a word
confidential: a word
:::
:::::
::: recommendations
<!-- a word
a word -->
--> a word
---
title: a word
...
{>> a word
<<} a word
%% a word %%
[hide]a word[/hide]
```
~~~
    a word
# a word
[^burden]: a word
[@nobody]
@par-nobody
{#remedies}
<<<<<<< HEAD
=======
>>>>>>> theirs
| a | b |
: a word
$$a word$$
\\begin{x}
{{ a word }}
\\"""


def sent(project: Path) -> WordEdit:
    [file] = (project / "build/sent").glob("*.docx")
    return WordEdit(file)


@pytest.mark.parametrize("on", ["5 cases", ""])
def test_a_comment_is_words_whatever_it_holds(project: Path, on: str) -> None:
    """Line by line, each as a comment, and all lines as one."""
    known = {str(item) for item in examine(project)[1]}
    file = sent(project)
    place = file.marked("par_remedies")
    lines = _SAID.split("\n")
    whole = "".join(f"canary99 {line}\n" for line in lines)
    for number, line in enumerate([*lines, whole]):
        said = line if line == whole else f"{line} canary{number:02}"
        file.comment(place, on or "fewer", said, "Bolat")
    result = merge(project, file.save(project / "returned.docx"))
    assert [str(item) for item in result.diagnostics] == []
    report, found = examine(project)
    # some lines speak of confidential text: whoever reads them is asked whether one is
    new = [item for item in found if str(item) not in known]
    assert report and {item.code for item in new} <= {"perhaps-confidential"}
    listed = "\n".join(note_lines(status(report, date(2022, 3, 1))))
    assert [at for at in range(len(lines)) if f"canary{at:02}" not in listed] == []
    done = build(project, ("json", "md", "html"))
    assert done.succeeded, done.diagnostics
    made = [path.read_text("utf-8") for path in (project / "build").glob("small.*")]
    assert len(made) == 3 and not any("canary" in text for text in made)
    before = [path.read_text("utf-8") for path in sorted((project / "build").glob("small.json"))]
    assert all("Courts rarely award" in text for text in before)


def test_a_mark_outside_of_a_note_is_refused_as_ever(project: Path) -> None:
    path = project / _TEXT
    typed = "\n\n::: note\nWrite <confidential> above it.\n:::\n\n<confidential>\n\n## Remedies"
    path.write_text(path.read_text("utf-8").replace("\n\n## Remedies", typed), "utf-8")
    line = path.read_text("utf-8").split("\n").index("<confidential>") + 1
    found = [item for item in examine(project)[1] if item.code == "bad-confidential"]
    assert [item.place.line for item in found] == [line]


def test_conflicts_and_differences_are_told_by_the_lines_of_the_files_as_they_are_then(
    project: Path,
) -> None:
    """Notes came in above them, and the file has another name meanwhile."""
    file = sent(project)
    for words in ("No law", "direct", "The same gap"):
        file.comment(file.marked("par_no_law"), words, f"Why {words}?", "Dana")
    file.replace(file.marked("par_remedies"), "rarely", "seldom", "Aliya")
    file.comment(file.marked("par_purpose"), "two", "Which two?", "Dana")
    file.holding("court files and").addnext(file.marked("rec_burden"))
    old = project / _TEXT
    new = old.rename(old.with_name("300-legislation.md"))
    text = new.read_text("utf-8").replace("Courts rarely award", "Courts hardly award")
    new.write_text(text.replace("{#no-law}", "{#opening}\nA first one.\n\n{#no-law}"), "utf-8")
    commit_all(project, "Renumber")
    result = merge(project, file.save(project / "returned.docx"))
    told: dict[str, tuple[str, str]] = {}
    for item in result.diagnostics:
        rows = (project / item.place.file).read_text("utf-8").split("\n")
        told[item.code] = (item.place.file, rows[item.place.line - 1])
    assert told == {
        "conflict": (
            "sections/300-legislation.md",
            "Conflict: this paragraph (par-remedies) was changed meanwhile.",
        ),
        "differs-after-merge": (
            "sections/100-general.md",
            "Parliament should shift the burden of proof to the respondent.",
        ),
    }
