"""A report as somebody types it in a language: the files of typed_reports.yaml, and what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

REPORTS: dict[str, dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("typed_reports.yaml")
)
CITED = ("law", "web", "treaty", "chapter", "article", "archived", "kept")
SETTINGS = """name: r
title: {title}
state: {{name: {state}}}
committee: CERD
date: 2022-03-01
language: {code}
cycles: [cerd-2014]
lists: [tables, figures]
annexes: [recommendations, addressees, sources, abbreviations, matrix]
organisations: [{{id: first, name: {organisation}}}]
"""
CYCLE = """committee: CERD
symbol: CERD/C/KAZ/CO/6-7
cycle: "2014"
heading: {{{code}: {cycle}}}
recommendations:
  "6": {{text: {{{code}: {demands[0]}}}, articles: [2]}}
  "9": {{text: {{{code}: {demands[1]}}}}}
"""
SOURCES = """references:
- {{id: law, type: legislation, title: {works[0]}, number: "414", issued: 2015-11-23}}
- {{id: web, type: webpage, title: {works[1]}, URL: "https://1.2", issued: 2020-02-01, accessed: 2022-02-15}}
- {{id: treaty, type: treaty, title: {works[2]}, issued: 1965-12-21}}
- id: chapter
  type: chapter
  title: {works[3]}
  container-title: {works[4]}
  author: [{{family: {persons[0]}}}, {{family: {persons[1]}}}, {{family: {persons[2]}}}, {{family: {persons[3]}}}]
  editor: [{{family: {persons[0]}}}]
  issued: 2010
  page: 5-9
- {{id: article, type: article-journal, title: {works[5]}, container-title: {works[6]}, volume: 14, issue: 2, issued: 2003-05, page: 1-9, status: in press}}
- {{id: archived, type: webpage, title: {works[7]}, URL: "https://1.3", archive_location: "https://1.4", issued: n.d.}}
- {{id: kept, type: manuscript, title: {works[8]}, archive: {works[9]}, issued: 2019, status: forthcoming}}
"""
SECTION = """---
title: {section}
level: 1
authors: [first]
recommendations:
  - [cerd-2014/6]
paragraphs:
  one: {{answers: [cerd-2014/6], finding: not-implemented}}
---
{{#one}}
{law[0]} [@law, {law[1]}]{stop}
{web} [@web]{stop}
{treaty[0]} [@treaty, {treaty[1]}]{stop}
{chapter[0]} [@chapter, {chapter[1]}]{stop}
{article[0]} [@article, {article[1]}]{stop}
{archived[0]} [@archived, {archived[1]}]{stop}
{kept} [@kept]{stop}

## {heading}

{{#two}}
{range}
{quote}[^n]

{{#tbl-c}}

| {table[0]} | {table[1]} |
|---|---|
| 2019 | 3 |

: {table[2]}

{{#three}}
{web} [@web]{stop}
{chapter[0]} [@chapter, {chapter[1]}; @law, {law[1]}]{stop}

![{chart[1]}](data/a.csv){{#fig-a .line alt="{chart[2]}"}}

::: recommendations
{{#rec-a}}
{recommendations[0]}

{{#rec-b}}
{recommendations[1]}
:::

[^n]: {note}
"""


def lay(code: str, write: Callable[[str, str], Any]) -> None:
    """Writes the files of the report in a language."""
    said = _said(code)
    write("sections/report.yaml", SETTINGS.format_map(said))
    write("references/cerd-2014.yaml", CYCLE.format_map(said))
    write("references/sources.yaml", SOURCES.format_map(said))
    write("sections/200-law.md", SECTION.format_map(said))
    write("sections/data/a.csv", "{table[0]},{chart[0]}\n2019,3\n2020,5\n".format_map(said))


def _said(code: str) -> dict[str, Any]:
    return REPORTS[code] | {"code": code, "stop": "。" if code == "zh" else "."}


def sentences(code: str) -> list[str]:
    """What stands in the text, in the order of reading, without marks and what the toolkit puts in."""
    said = REPORTS[code]
    cited = [said[key] if isinstance(said[key], str) else said[key][0] for key in CITED]
    again = [said["web"], said["chapter"][0]]
    range_, quote = said["range"].partition("--")[0], re.split('["‘’“”]', said["quote"])
    parts = [*cited, said["heading"], range_, *quote, said["table"][2], *again, said["chart"][1]]
    return [*filter(None, map(letters, [*parts, *said["recommendations"]]))]


def letters(text: str) -> str:
    """The letters and digits of a text alone, in one form each."""
    shape = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in shape if unicodedata.category(sign)[0] in "LNM")


def typed(code: str) -> Iterator[str]:
    """All texts that were typed."""
    waiting: list[Any] = [REPORTS[code]]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        else:
            waiting += item.values() if isinstance(item, dict) else item
