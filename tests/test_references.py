"""References and citations in a text: what is printed for each way of writing them."""

from __future__ import annotations

import json

import pytest
from conftest import Tiny

SOURCES = """\
references:
- {id: code, type: legislation, title: Labour Code, issued: 2015-11-23}
- {id: act, type: legislation, title: Equality Act, issued: "2009"}
"""


@pytest.mark.parametrize(
    ("written", "printed", "notes"),
    [
        ("See paragraph @par-first.", "See paragraph\u00a01.", []),
        ("See paragraphs @sec-one, below.", "See paragraphs\u00a01–2, below.", []),
        ("Said above [@par-first].", "Said above [1].", []),
        ("Said above [see @par-first; @par-last].", "Said above [see\u00a01;\u00a02].", []),
        ("In law [@code, art. 6].", "In law.", ["Labour Code, 23 November 2015, art. 6."]),
        (
            "In law [@code; @act], too.",
            "In law, too.",
            ["Labour Code, 23 November 2015; Equality Act, 2009."],
        ),
        ("As @par-first says [@act].", "As\u00a01 says.", ["Equality Act, 2009."]),
        ("In table @par-first [@act].", "In table\u00a01.", ["Equality Act, 2009."]),
        (
            "A note[^x] and a source [@act].",
            "A note and a source.",
            ["Mine.", "Equality Act, 2009."],
        ),
        ("A note.[^x] [@act]", "A note.", ["Mine.", "Equality Act, 2009."]),
        ("In a note.[^y]", "In a note.", ["See Equality Act, 2009, and paragraph\u00a01."]),
        ("He said \"it is 'so'\" --- 3--4.", "He said “it is ‘so’” — 3–4.", []),
    ],
)
def test_what_is_written_is_printed(
    tiny: Tiny, written: str, printed: str, notes: list[str]
) -> None:
    tiny.write("references/sources.yaml", SOURCES)
    extra = "\n\n[^x]: Mine.\n" if "[^x]" in written else ""
    extra += "\n\n[^y]: See @act, and paragraph @par-first.\n" if "[^y]" in written else ""
    tiny.section("100-one", f"{{#first}}\nOne.\n\n{{#last}}\n{written}{extra}")
    result = tiny.build("json")
    assert result.succeeded, result.diagnostics
    data = json.loads(tiny.read("json"))
    assert data["sections"][0]["items"][1]["text"] == printed
    assert [note["text"] for note in data["footnotes"]] == notes


def test_a_source_cited_again_is_shortened(tiny: Tiny) -> None:
    tiny.write("references/sources.yaml", SOURCES)
    tiny.section(
        "100-one", "A [@code, art. 1].\n\nB [@code, art. 2].\n\nC [@act].\n\nD [@code, art. 3].\n"
    )
    assert tiny.build("json").succeeded
    notes = [note["text"] for note in json.loads(tiny.read("json"))["footnotes"]]
    assert notes == [
        "Labour Code, 23 November 2015, art. 1.",
        "Ibid., art. 2.",
        "Equality Act, 2009.",
        "Labour Code, art. 3.",
    ]
