"""Generated annexes: what they list, in the order and with the numbers of the report."""

from __future__ import annotations

from conftest import Tiny
from lxml import html

SECTION = """
{#law}
Nothing was done.

::: recommendations
{#one}
The Ministry of Justice should publish the law.

{#two}
Parliament should adopt a law.[^note]

{#three}
The Ministry of Justice should train judges.

{#four}
It is time to act.
:::

[^note]: By 2030.
"""


def test_recommendations_are_listed_by_whom_they_ask_to_act(tiny: Tiny) -> None:
    settings = (tiny.project / "sections" / "report.yaml").read_text("utf-8")
    tiny.write("sections/report.yaml", f"{settings}annexes: [addressees]\n")
    tiny.section("300-law", SECTION, "title: Law\nlevel: 1")
    assert tiny.build("html", "docx").succeeded
    page = html.fromstring(tiny.read("html"))
    (annex,) = page.xpath("//*[@id='sec-annex-addressees']/ancestor-or-self::section[1]")
    rows = [[cell.text_content().strip() for cell in row] for row in annex.iter("tr")]
    number = rows[2][0].split(".")[0]
    assert rows[1:] == [
        ["Ministry of Justice"],
        [f"{number}.1", "The Ministry of Justice should publish the law."],
        [f"{number}.3", "The Ministry of Justice should train judges."],
        ["Parliament"],
        [f"{number}.2", "Parliament should adopt a law."],
        ["Not addressed to anyone"],
        [f"{number}.4", "It is time to act."],
    ]
    assert annex.xpath(".//a/@href") == ["#rec-one", "#rec-three", "#rec-two", "#rec-four"]
