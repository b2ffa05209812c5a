"""What YAML makes of a typed value is what was typed, or is told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.load.value_proof import judged
from shadowreport.source.front_matter import parts
from shadowreport.source.yaml import read_yaml

ROOT = Path(__file__).parents[1]

SLIPS = {
    "title: Report # 5": "misread-value",
    'title: "Courts" # and police': "misread-value",
    "title: Courts\n  # 5 of them": "misread-value",
    "title: # 5 of them": "misread-value",
    "title: “No: x”": "bad-yaml",
    "title: “Courts”": "doubtful-value",
    "title: ‘Courts’": "doubtful-value",
    "title: «Суды»": "doubtful-value",
    'title: "Aliens" in the law': "bad-yaml",
    "title: 'Don't'": "bad-yaml",
    'title: "C:\\new"': "misread-value",
    "title: Courts: a view": "bad-yaml",
    "title:Courts": "bad-value",
    "title: 2022": "bad-value",
    "title: true": "misread-value",
    "title: ~": "doubtful-value",
    "title:": "bad-value",
    "title: *Courts*": "bad-yaml",
    "title: &courts x": "misread-value",
    'title: "Courts"  # 5': "misread-value",
    "title: !courts": "bad-yaml",
    "title: %courts": "bad-yaml",
    "title: @courts": "bad-yaml",
    "title: `courts`": "bad-yaml",
    "title: [Draft] Courts": "bad-yaml",
    "title: {Draft} Courts": "bad-yaml",
    "title: > 10 per cent": "bad-yaml",
    "title: | 10 per cent": "bad-yaml",
    "title: - Courts": "bad-yaml",
    "title: Courts\n  status:final": "misread-value",
    "title: Courts\n  - one\n  - two": "misread-value",
    "title: |\n  One.\n\n  Two.": "doubtful-value",
    "title: >\n  Asks:\n  - one\n  - two": "misread-value",
    "title: Courts\nset_aside: {a/1: Old, they say}": "misread-value",
    "title: Courts\nnumbered: no": "bad-value",
    "title: Courts\nlevel: 02": "bad-value",
    "title: Courts\nlevel: 1_0": "bad-value",
    "title: Courts\nauthors:\n  -first": "bad-value",
    "title: Courts\nauthors: [first, second": "bad-yaml",
    "title: Courts\n\u00a0\u00a0level: 1": "bad-yaml",
    "title:\u00a0Courts": "bad-yaml",
    "title: Courts\n\tlevel: 1": "bad-yaml",
    "title: Courts\ntitle: Police": "bad-yaml",
    "title: The **Courts**": "doubtful-value",
    "title: see @par-x": "doubtful-value",
    "title: Courts [@icerd]": "doubtful-value",
    "title: Courts[^1]": "doubtful-value",
    "title: Courts <!-- ask M. -->": "misread-value",
    "title: Courts {>>ask M.<<}": "misread-value",
    "title: of *them*": "doubtful-value",
    "title: A\nparagraphs: {a: {rank: 1, short: Courts # and police\n}}": "misread-value",
}
# values that somebody wants to keep back, and what they stand in
KEPT_BACK = {
    "title: 'confidential: Zarina'": "section",
    "title: '[confidential] Zarina'": "section",
    "title: '::: соnfidential Zarina'": "section",
    "title: A\nparagraphs: {a: {short: '::: confidential Zarina'}}": "section",
    "title: A\nset_aside: {a/1: '{.confidental} Zarina'}": "section",
    "subtitle: '::: confidential Zarina'": "report",
    "abbreviations: {ABC: '# confidential Zarina'}": "report",
    "recommendations: {'6': {text: ':::confidential Zarina'}}": "references",
    "persons: {a: {public: 'Confidential: Zarina'}}": "persons",
    "title: A\nvisits: [{where: Zarina, edition: confidential}]": "annex",
    "title: A\nvisits: [{where: Zarina, confidential: 'yes'}]": "annex",
    "title: A\nvisits: [{where: '<confidential> Zarina'}]": "annex",
    "title: A\nedition: 'Confidental'\nvisits: [{where: Zarina}]": "annex",
}
PRINTED = {
    "title: Confidential sources of the police\nedition: confidential": "section",
    "title: “Confidential” files": "section",
    "title: A\nset_aside: {a/1: It is confidential}": "section",
    "title: A\nexcused: [{code: bad-link, reason: 'confidential: seen'}]": "section",
    "title: A\nvisits: [{where: A school, source: confidential}]": "annex",
    "publication: 'Confidential: for the Committee alone.'": "report",
    "editions: {confidential: {name: 'Confidential: not to be passed on'}}": "report",
    "persons: {a: {public: A, consent: {level: confidential}}}": "persons",
}

HONEST = {
    "no": "no",
    "off": "off",
    "2022-03-01": "2022-03-01",
    "012": "012",
    "1_000": "1_000",
    "1e3": "1e3",
    "0x1F": "0x1F",
    "1:30": "1:30",
    "5*3*2": "5*3*2",
    "C# and a#b": "C# and a#b",
    "-5 degrees": "-5 degrees",
    "Don't": "Don't",
    "“One” and “two”": "“One” and “two”",
    "'“Courts”'": "“Courts”",
    "'It''s \"so\": # here'": 'It\'s "so": # here',
    '"a \\"b\\" \\\\ \\u00e9"': 'a "b" \\ é',
    "goes on\n  below": "goes on below",
    "goes on\n  behind a blank \n  below": "goes on behind a blank below",
    "'goes on\n  below'": "goes on below",
    ">-\n  folded # sign\n  - with a dash".replace("  - ", "  "): "folded # sign with a dash",
    "https://x.example/~anna/x~y?f=*g*&h=_i_#part": "https://x.example/~anna/x~y?f=*g*&h=_i_#part",
}


def problems(front: str) -> list[Diagnostic]:
    """What is said of a front matter."""
    try:
        return judged(front, read_yaml(front, "a.md"), "section")[0]
    except Failure as failure:
        return list(failure.diagnostics)


@pytest.mark.parametrize(("front", "code"), SLIPS.items())
def test_a_value_that_reads_other_than_it_was_typed_is_told(front: str, code: str) -> None:
    assert code in [item.code for item in problems(f"{front}\n")]


@pytest.mark.parametrize(("text", "kind"), [*KEPT_BACK.items(), *PRINTED.items()])
def test_no_mark_in_a_value_keeps_it_back_and_none_is_printed(text: str, kind: str) -> None:
    found = judged(text, read_yaml(text, "a.yaml"), kind)[0]
    told = [item.message for item in found if item.code == "bad-confidential"]
    assert len(told) == (text in KEPT_BACK) and "Zarina" not in "".join(told)


@pytest.mark.parametrize(("typed", "read"), HONEST.items())
def test_an_honest_value_is_read_as_it_was_typed(typed: str, read: str) -> None:
    front = f"title: {typed}\nstatus: draft # a remark\nauthors: [a]  # in words\n"
    assert (read_yaml(front, "a.md").data["title"], problems(front)) == (read, [])


def texts() -> list[tuple[str, str]]:
    """The YAML of the sample report, each with its kind."""
    names = {"sources": "sources", "terms": "terms", "report": "report"}
    files = [*(ROOT / "references").glob("*.yaml"), ROOT / "sections" / "report.yaml"]
    whole = [
        (file.read_text("utf-8"), names.get(file.stem, "references"))
        for file in files
        if file.stem != "persons"
    ]
    fronts = [
        (parts(file.read_text("utf-8"), file.name).front, "section")
        for file in (ROOT / "sections").glob("*.md")
    ]
    return [
        (text if kind == "report" else text[:6000].rpartition("\n-")[0] or text, kind)
        for text, kind in whole
    ] + fronts


def test_nothing_is_said_of_the_sample() -> None:
    found = [judged(text, read_yaml(text, "a.yaml"), kind)[0] for text, kind in texts()]
    assert [item for items in found for item in items] == []


def test_a_value_cut_at_a_random_place_is_never_silent() -> None:
    random.seed(5)
    silent = []
    for text, kind in texts():
        lines = text.split("\n")
        # between quotation marks a # is part of the text
        long = [": " in line and '"' not in line and line.strip().count(" ") > 8 for line in lines]
        numbers = [n for n, wanted in enumerate(long) if wanted]
        for number in random.sample(numbers, min(3, len(numbers))):
            words = lines[number].split(" ")
            indented = words.count("") if words[0] == "" else 0
            at = random.randrange((len(words) - indented) // 2 + indented, len(words))
            words[at] = "#" + words[at]
            changed = "\n".join([*lines[:number], " ".join(words), *lines[number + 1 :]])
            try:
                found = judged(changed, read_yaml(changed, "a.yaml"), kind)[0]
            except Failure as failure:
                found = failure.diagnostics
            if not found:
                silent.append(" ".join(words))
    assert silent == []
