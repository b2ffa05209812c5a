"""Citations: citeproc, inside pandoc, turns `[@key, para. 9]` into the text of a footnote.

Only the citations go through it, each in a paragraph of its own and in the order of the report (so
that "Ibid." is right); the report's text does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from shadowreport.core.ast import (
    attr,
    blocks_of,
    div,
    document,
    node,
    para,
    plain,
    replace_outer,
    transform,
    walk,
)
from shadowreport.core.layout import SOURCES
from shadowreport.core.lexicon import Language
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Block, Inline, Place, Report
from shadowreport.load.allowed import bad_url
from shadowreport.machine.cache import remembered
from shadowreport.machine.programs import ProgramError, pandoc, scratch
from shadowreport.resolve.locators import Locators, locator_behind, short_form
from shadowreport.resolve.note_style import note_style
from shadowreport.source.note_marks import placed
from shadowreport.source.places import places


def settle(
    citations: Sequence[Inline],
    numbers: Sequence[int],
    report: Report,
    style: bytes,
    words: Language,
) -> tuple[list[list[Inline]], dict[str, list[Inline]]]:
    """For each citation (a Cite, or a Note that holds some) the inlines that take its place, and
    for each cited source its entry in the list of sources. `numbers` are those of their notes among
    all notes: "Ibid." names what stands in the note just before. Raises programs.ProgramError, and Failure
    for a source that citeproc does not understand or whose address no output may link to."""
    used = {
        citation["citationId"]
        for element in walk(list(citations))
        if element["t"] == "Cite"
        for citation in element["c"][0]
    }
    cited = [dict(report.sources[key]) for key in report.sources if key in used]
    if not cited:
        return [[inline] for inline in citations], {}
    citeproc = _Citeproc(json.dumps([_csl_json(source, words) for source in cited]), style, words)
    alone = [_alone(source["id"]) for source in cited]
    locators = Locators()

    def run(unnamed: Mapping[str, list[Inline]]) -> tuple[list[Block], list[list[Inline]]]:
        locators.begin(unnamed)
        blocks = [
            div(attr(f"c{index}"), [para(locators.hidden(inline, numbers[index]))])
            for index, inline in enumerate(citations)
        ]
        done = citeproc.said([*blocks, *alone])
        return done, [block["c"][1][0]["c"] for block in done if _is_settled(block)]

    try:
        done, settled = run({})
        lost = [locators.lost(*each) for each in zip(numbers, settled, strict=False)]
        silent = [key for key, said in _alone_in(done) if not any(map(str.isalnum, plain(said)))]
        if any(lost) or silent:  # what a style prints nothing of stands as words behind the source
            done, settled = run({key: short_form(report.sources[key]) for key in silent})
        # a style that makes no list of sources: each stands there as its first note has it
        entries = _entries(done) or dict(_alone_in(citeproc.said(alone)))
    except ProgramError as error:
        raise _explained(error, cited, report) from None
    return [locators.shown(inlines) for inlines in settled], entries


class _Citeproc:
    """citeproc with some sources (CSL JSON) and a style."""

    def __init__(self, bibliography: str, style: bytes, words: Language) -> None:
        self._bibliography, self._style = bibliography, note_style(style, words)
        self._meta = {
            "lang": {"t": "MetaString", "c": _locale(style, words)},
            "link-bibliography": {"t": "MetaBool", "c": True},
        }

    def said(self, blocks: list[Block]) -> list[Block]:
        """The blocks with footnotes in the place of their citations, and the list of sources behind."""
        data = document(blocks, self._meta)
        parts = (data, self._bibliography, self._style)
        made = remembered("citations", parts, lambda: _cited(data, self._bibliography, self._style))
        return blocks_of(made)


# CSL's terms by what people type of a source that has no year yet, or none
_TERMS = {
    "forthcoming": "forthcoming",
    "in press": "in press",
    **dict.fromkeys(("n.d.", "n. d.", "no date", "undated"), "no date"),
}
_ALONE = "alone-"


def _alone(source: str) -> Block:
    """A citation in no text: behind all others it shows what a style prints of a source that is cited
    again, without them what it prints at first."""
    citation = {
        **{"citationId": source, "citationPrefix": [], "citationSuffix": [], "citationHash": 0},
        **{"citationMode": {"t": "NormalCitation"}, "citationNoteNum": 0},
    }
    return div(attr(_ALONE + source), [para(node("Cite", [citation], []))])


def _alone_in(blocks: list[Block]) -> Iterator[tuple[str, list[Inline]]]:
    """What the notes of such citations say, by source."""
    for block in blocks:
        name = block["c"][0][0] if block["t"] == "Div" else ""
        if name.startswith(_ALONE):
            note = next((item for item in walk(block) if item["t"] == "Note"), None)
            yield name.removeprefix(_ALONE), note["c"][0]["c"] if note else []


def _locale(style: bytes, words: Language) -> str:
    """The locale of a style where it is one of the report's language, else the report's."""
    own = re.search(rb"<style\b[^>]*\bdefault-locale=[\"']([\w-]+)", style)
    locale = own[1].decode() if own else ""
    return locale if locale.partition("-")[0] == words.code else words.code


def _is_settled(block: Block) -> bool:
    """Whether a block is one of those in which the citations went to citeproc."""
    name = block["c"][0][0] if block["t"] == "Div" else ""
    return name.startswith("c") and name[1:].isdigit()


def _cited(data: bytes, bibliography: str, style: bytes) -> bytes:
    with scratch() as folder:
        sources = folder / "sources.json"
        sources.write_text(bibliography, encoding="utf-8")
        own = folder / "style.csl"
        own.write_bytes(style)
        arguments = ["-f", "json", "-t", "json", "--citeproc", f"--csl={own}"]
        done = pandoc([*arguments, f"--bibliography={sources}"], data)
    _check_addresses(blocks_of(done))
    return done


def _check_addresses(blocks: list[Block]) -> None:
    """citeproc makes links of what stands under URL: and DOI:, whatever that is."""
    for element in walk(blocks):
        url = element["c"][2][0] if element["t"] == "Link" else "#"
        reason = "" if url.startswith("#") else bad_url(url)
        if reason:
            message = f"the address '{url[:80]}' cannot be a link"
            raise Failure([Diagnostic("bad-link", Place(SOURCES), message, reason)])


def _explained(
    error: ProgramError, cited: Sequence[Mapping[str, Any]], report: Report
) -> Exception:
    """What is wrong with a source, where citeproc says which one it is."""
    match = re.search(r"Error in \$\[(\d+)\](?:\[\d+\])?\.?(.*)", str(error))
    if not match or int(match[1]) >= len(cited):
        return error
    source = cited[int(match[1])]["id"]
    message = f"source '{source}' is not valid CSL: {match[2].lstrip(' :')}"
    return Failure([Diagnostic("bad-value", report.source_places[source], message)])


def _entries(blocks: list[Block]) -> dict[str, list[Inline]]:
    """The entries of citeproc's bibliography by source."""
    lists = [
        block["c"][1] for block in blocks if block["t"] == "Div" and block["c"][0][0] == "refs"
    ]
    return {
        entry["c"][0][0].removeprefix("ref-"): entry["c"][1][0]["c"]
        for entries in lists
        for entry in entries
    }


def _csl_json(source: Mapping[str, Any], words: Language) -> dict[str, Any]:
    """A source as CSL JSON: dates typed as 2016-08-09 become date parts, numbers become texts."""
    result: dict[str, Any] = {}
    for key, value in source.items():
        if key in ("issued", "accessed", "original-date", "event-date"):
            result[key] = _date(value, words)
        elif key == "status":
            result[key] = _said(value, words)
        else:
            result[key] = str(value) if isinstance(value, int) else value
    if source.get("type") == "report" and "/" not in result.get("number", "/"):
        # no symbol of the United Nations, by which its documents are known, but one of a row of reports
        result.setdefault("collection-number", result["number"])
    return result


def _date(value: Any, words: Language) -> Any:
    if isinstance(value, dict | list):
        return value
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}", str(value)):
        # a month alone has another form than in a date in some languages, which CSL does not know
        return {"literal": words.month(str(value))}
    if re.fullmatch(r"[0-9]{1,4}(-[0-9]{1,2}){0,2}", str(value)):
        return {"date-parts": [[int(part) for part in str(value).split("-")]]}
    return {"literal": _said(value, words)}


def _said(value: Any, words: Language) -> str:
    """What a source says in words: that it is forthcoming, in press or without a date is told in English as a
    rule, whatever the report's language, and printed in that language."""
    return words.notes.get(_TERMS.get(str(value).casefold(), ""), str(value))


# --- in the text -----------------------------------------------------------------------------------


def cite(
    bodies: Sequence[list[Block]], report: Report, style: Path, words: Language
) -> dict[str, list[Inline]]:
    """Puts footnotes in the place of the citations in the bodies of all sections; the entries of the
    list of sources by key. Raises Failure where the style is no note style."""
    citing = [
        (body, index)
        for body in bodies
        for index, block in enumerate(body)
        if any(element["t"] in ("Cite", "Note") for element in walk(block))
    ]
    texts = [body[index] for body, index in citing]
    if any(map(_names_source, walk(texts))):
        texts = named_in_text(texts, report.sources, places(report.speech.lexicon))
    texts = placed(texts)
    found = list(notes(texts))
    numbers = [nth for nth, note in enumerate(found, 1) if _is_citation(note)]
    citations = [note for note in found if _is_citation(note)]
    settled, entries = settle(citations, numbers, report, style.read_bytes(), words)
    if len(settled) != len(citations):
        message = "citeproc gave back another number of citations"
        hint = "see whether it is still a note style"
        raise Failure([Diagnostic("bad-template", Place(f"templates/{style.name}"), message, hint)])
    made = iter(map(bare, settled))
    replaced = replace_outer(texts, lambda element: next(made) if _is_citation(element) else None)
    for (body, index), block in zip(citing, replaced, strict=True):
        body[index] = block
    return entries


def named_in_text(
    value: Any, sources: Mapping[str, Mapping[str, Any]], found: re.Pattern[str]
) -> Any:
    """A copy of a text in which `@icerd, art. 4, says` prints the short form of the source, and the
    locator that is `found`, with the footnote behind them. In footnotes citeproc writes such sources out in place."""
    if isinstance(value, dict):
        if value.get("t") == "Note":
            return value
        return {
            key: named_in_text(item, sources, found) if isinstance(item, list | dict) else item
            for key, item in value.items()
        }
    result: list[Any] = []
    rest: list[Any] = value
    while rest:
        item, *rest = rest
        if _names_source(item):
            citations = [dict(citation) for citation in item["c"][0]]
            comma, locator, rest = locator_behind(rest, found)
            result += [*short_form(sources[citations[0]["citationId"]]), *comma, *locator]
            citations[0] |= {"citationMode": {"t": "NormalCitation"}}
            citations[0]["citationSuffix"] = locator or citations[0]["citationSuffix"]
            result.append(node("Cite", citations, item["c"][1]))
        else:
            result.append(
                named_in_text(item, sources, found) if isinstance(item, list | dict) else item
            )
    return result


def _names_source(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and item.get("t") == "Cite"
        and item["c"][0][0]["citationMode"]["t"] == "AuthorInText"
    )


def notes(value: Any) -> Iterator[Inline]:
    """What becomes a footnote, in the order of the text: notes, and citations outside of notes."""
    found: list[Inline] = []

    def collect(element: dict[str, Any]) -> list[Any] | None:
        if element["t"] in ("Note", "Cite"):
            found.append(element)
            return [element]
        return None

    replace_outer(value, collect)
    return iter(found)


def _is_citation(element: dict[str, Any]) -> bool:
    if element["t"] == "Note":
        return any(inner["t"] == "Cite" for inner in walk(element["c"]))
    return element["t"] == "Cite"


def bare(inlines: list[Inline]) -> list[Inline]:
    """What citeproc made, without its own wrapping elements."""
    return transform(
        inlines, {"Cite": lambda content: content[1], "Span": lambda content: content[1]}
    )
