"""References, quotation marks, tables and figures of a text, settled for every format at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shadowreport.core.ast import CAPTION_NUMBER, attr, div, node, plain, text, transform, walk
from shadowreport.core.decimals import with_tails
from shadowreport.core.lexicon import Language
from shadowreport.core.numbering import CAPTIONED, NOWHERE, anchor, is_person, is_reference
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Block, Inline, Label, Picture, Report
from shadowreport.core.rows import centred, with_heads
from shadowreport.resolve.charts import drawn


def numbered(kind: str, name: str, labels: Mapping[str, Label], blocks: list[Block]) -> Block:
    """The blocks of a paragraph or a recommendation, under its anchor and with its number."""
    label = labels[name]
    shown = str(label.number) if kind == "recommendation" else label.text
    pairs = {"number": shown} if label.number else {}
    return div(attr(name, kind, **pairs), blocks)


def handlers(
    labels: Mapping[str, Label], words: Language, images: Mapping[str, Picture]
) -> dict[str, Any]:
    """Handlers (see pandoc_ast.transform) that settle references, quotation marks, tables and figures."""
    quotes: Sequence[str] = words.quotes

    def cite(content: Any) -> Any:
        citations, _ = content
        first, rest = citations[0], citations[1:]
        if not is_reference(first["citationId"]):
            return None
        if first["citationMode"]["t"] == "AuthorInText":
            # pandoc takes brackets that follow a reference for a part of it
            result = [*_reference(first["citationId"], labels), *first["citationSuffix"]]
            behind = cite([rest, []]) or [node("Cite", rest, [])] if rest else []
            return [*result, {"t": "Space"}, *behind] if behind else result
        result = [node("Str", "[")]
        for index, citation in enumerate(citations):
            result += text(words.mark("semicolon")) if index else []
            before = citation["citationPrefix"]
            result += [*before, {"t": "Space"}] if before else []
            result += [*_reference(citation["citationId"], labels), *citation["citationSuffix"]]
        return [*result, node("Str", "]")]

    def quoted(content: Any) -> Any:
        first = 0 if content[0]["t"] == "DoubleQuote" else 2
        return [node("Str", quotes[first]), *content[1], node("Str", quotes[first + 1])]

    def table(content: Any) -> Any:
        attributes, caption, specs, head, bodies, foot = content
        attributes, caption = _numbered_caption("Table", attributes, caption, labels, words)
        bodies = with_heads(bodies, len(specs))
        settled = [attributes, caption, specs, centred(head), bodies, foot]
        # where lines run to the left, so do not numbers: their ends are not below one another
        rightwards = words.direction == "ltr"
        return node("Table", *(with_tails(settled, words.decimal_mark) if rightwards else settled))

    def figure(content: Any) -> Any:
        attributes, caption, blocks = content
        title = plain(caption)
        attributes, caption = _numbered_caption("Figure", attributes, caption, labels, words)
        # the notes of a picture's caption stand in the caption, which is the description as well
        figure = node("Figure", attributes, caption, _without_notes(blocks))
        picture = images.get(blocks[0]["c"][0]["c"][2][0])
        if picture and picture.chart:
            return drawn(figure, picture.chart, title, words)
        return transform(figure, {"Image": lambda c: _lowered(c, picture)}) if picture else figure

    return {"Cite": cite, "Quoted": quoted, "Table": table, "Image": _image, "Figure": figure}


def _numbered_caption(
    name: str, attributes: Any, caption: Any, labels: Mapping[str, Label], words: Language
) -> tuple[Any, Any]:
    """The attributes and the caption of a table or a figure, with its number where it has one."""
    identifier, classes, _ = attributes
    key = anchor(CAPTIONED[name], identifier)
    if not identifier or key not in labels:
        return attr("", *classes), caption
    number = labels[key].text
    mark = node("Span", attr("", CAPTION_NUMBER), [node("Str", number)])
    start = [node("Str", words[name.lower()] + "\u00a0"), mark, node("Str", "."), {"t": "Space"}]
    short, (first, *rest) = caption
    long = [node(first["t"], [*start, *first["c"]]), *rest]
    return attr(key, *classes, number=number), [short, long]


def _image(content: Any) -> Any:
    """An image's description has no place for a note: its mark stands behind the image."""
    attributes, description, target = content
    notes = [item for item in walk(description) if item["t"] in _NOTES]
    image = node("Image", attributes, _without_notes(description), target)
    return [image, *notes] if notes else None


_NOTES = ("Note", "Cite")  # a citation of a source becomes a note


def _lowered(content: Any, picture: Picture) -> Inline | None:
    """A high picture as narrow as leaves most of the page to the text, unless its author gave it a size:
    one that did not fit would leave half a page empty before it."""
    (name, classes, pairs), *rest = content
    ratio = picture.height / picture.width
    if ratio <= _HIGHEST or picture.height <= _LOW or {"width", "height"} & dict(pairs).keys():
        return None
    width = f"{100 * _HIGHEST / ratio:.0f}%"
    return node("Image", [name, classes, [*pairs, ["width", width]]], *rest)


_HIGHEST = 0.62  # of the width of the text: four tenths of the height of a page
_LOW = 280  # dots, of which an inch has 72 where nothing says how many, that are no higher


def _without_notes(value: Any) -> Any:
    return transform(value, {name: lambda _: [] for name in _NOTES})


def broken(report: Report, labels: Mapping[str, Label]) -> list[Diagnostic]:
    """A warning for each reference that points to nothing, where a report is shown all the same."""
    hint = "'invoke check' says what may be meant"
    return [
        Diagnostic(
            "unknown-reference",
            mention.place,
            f"@{mention.id} points to nothing; '{NOWHERE}' stands in its place",
            hint,
            "warning",
        )
        for section in report.sections
        for mention in section.mentions
        if is_reference(mention.id) and mention.id not in labels
    ]


def _reference(name: str, labels: Mapping[str, Label]) -> list[Inline]:
    label = labels.get(name)
    if label is None:  # a build refuses it; a redline of an old state shows it
        return [node("Str", NOWHERE)]
    if is_person(name):
        return text(label.text)
    pairs = (
        {"first": label.first, "last": label.last}
        if label.last
        else {"first": label.first}
        if label.first
        else {}
    )
    return [node("Link", attr("", "ref", **pairs), [node("Str", label.text)], [f"#{name}", ""])]


def keep_together(inlines: list[Inline]) -> None:
    """Makes the space before a reference one that does not break: 'paragraph' never parts from its
    number. For pandoc_ast.transform to mend with."""
    for index in range(1, len(inlines)):
        item, before = inlines[index], inlines[index - 1]
        if (
            item["t"] == "Link"
            and item["c"][0][1] == ["ref"]
            and before["t"] in ("Space", "SoftBreak")
        ):
            inlines[index - 1] = {"t": "Str", "c": "\u00a0"}
