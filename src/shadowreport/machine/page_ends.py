"""Ends pages where footnotes and tables want it.

typst keeps a footnote on the page of its mark where the line stands in no block, and only for the
first footnote of a line. In lists, quotations, boxes and cells it lays out what fits, then looks for
the footnotes of it; so one at the end of a page stands on another page than its mark (typst's issues
5314, 5405, 5603). What can be known afterwards is where both stand. So the text is laid out, a page
ends before the paragraph, the list's item or the table's row that holds the first such mark of a part
of the report, and it is laid out again, until all notes are in their places. Parts begin on new
pages, so a change in one moves nothing in another. typst remembers what has not changed.

So it is with a table whose first row has no room below its caption, and with a heading where the
footnote of the line below it has none: typst leaves the caption and the heading alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

BREAKS = "breaks.json"
TORN = " torn"
WHOLE_LISTS = " whole lists"
WHOLE_TABLES = " whole tables"
BARE_HEADS = " bare heads"
_MOST = 200  # pages that are ended so; a report of usual length needs one or two

_FOUND = """{
  let pages = (footnote, footnote.entry).map(it => query(it).map(it => it.location().page()))
  let notes = pages.first().zip(..pages.slice(1))
  let count = 0
  let above = none // the caption of a table
  let heads = none // a heading that no text followed yet
  let found = ()
  let tables = figure.where(kind: table)
  for it in query(selector(<may-break>).or(heading).or(footnote).or(tables).or(<first-row>).or(<text-begins>)) {
    if it.func() == figure { above = it.location().page() }
    else if it.func() == heading {
      if it.level == 1 { found.push(("part", "", 0)) }
      if heads == none { heads = it.location().page() }
    }
    else if it.func() == footnote {
      let (mark, text) = notes.at(count, default: (0, 0))
      found.push(("apart", "", text - mark))
      count += 1
    }
    else if it.label == <may-break> {
      heads = none
      found.push(("place", it.value, 0))
    }
    else if it.label == <text-begins> {
      if heads != none { found.push(("apart", "", it.location().page() - heads)) }
      heads = none
    }
    else if above != none {
      found.push(("apart", "", it.location().page() - above))
      above = none
    }
  }
  found
}"""


def keep_notes(compiler: Callable[[], Any], folder: Path, whole: Collection[str] = ()) -> Any:
    """A compiler of the sources in a folder, in which each footnote begins on the page of its mark,
    each table on that of its caption, and the text below a heading on its page, wherever that can be. `whole` says what does not go on over a page's end where it is not as high as
    a page (WHOLE_LISTS, WHOLE_TABLES), and whether heads that stand once are rows (BARE_HEADS)."""
    ends: set[str] = set(whole)
    while True:
        (folder / BREAKS).write_text(json.dumps(sorted(ends)), "utf-8")
        typesetter = compiler()
        new = _ends(_found(typesetter), ends) if len(ends) < _MOST else set()
        if not new:
            return typesetter
        ends |= new


def _found(typesetter: Any) -> list[Any]:
    try:
        return json.loads(typesetter.eval(_FOUND))
    except RuntimeError:  # sources that cannot be laid out; the compilation tells more of them
        return []


def _ends(found: list[Any], known: set[str]) -> set[str]:
    """The places before which pages have to end: one for each part of the text. Where that was of no
    use, what stands whole at the place is torn."""
    ends: set[str] = set()
    place, settled = "", False
    for kind, name, pages in found:
        if kind == "part":
            place, settled = "", False
        elif kind == "place":
            place = name
        elif pages and place and not settled:
            end = next((end for end in (place, f"{place}{TORN}") if end not in known), "")
            settled = bool(end)
            ends |= {end} - {""}
    return ends
