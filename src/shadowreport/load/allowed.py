"""What a contributed text may hold: an allow-list over pandoc's AST, after reading.

The tables below are the rule. Everything that is not in them is refused with its place, so that a
new feature of pandoc cannot become a new way in. Sources of the rule: pandoc passes raw blocks
through its sandbox; classes `insertion`, `deletion` and `comment-start` forge tracked changes in
Word; unusual link schemes reach every output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from shadowreport.core.ast import plain, walk
from shadowreport.core.charts import ATTRIBUTES, KINDS, is_chart
from shadowreport.core.column_widths import WIDE
from shadowreport.core.problems import did_you_mean, strange_letters
from shadowreport.machine.files import hidden, without_marks
from shadowreport.source.divisions import DIVISIONS, HEADING

_TEXT = {"Space", "SoftBreak", "LineBreak", "Quoted", "DoubleQuote", "SingleQuote"}
_STYLE = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
_BLOCKS = {
    "Para",
    "Plain",
    "BulletList",
    "OrderedList",
    "DefinitionList",
    "LineBlock",
    "BlockQuote",
}
_TABLE = {
    "Table",
    "AlignLeft",
    "AlignRight",
    "AlignCenter",
    "AlignDefault",
    "ColWidth",
    "ColWidthDefault",
}
_LIST = {
    *("Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman", "DefaultStyle", "Example"),
    *("Period", "OneParen", "TwoParens", "DefaultDelim"),
}
_CITE = {"Cite", "NormalCitation", "SuppressAuthor", "AuthorInText", "Note"}
_PLAIN_ELEMENTS = frozenset(_TEXT | _STYLE | _BLOCKS | _TABLE | _LIST | _CITE)

_NAMES = {
    "RawBlock": "code of another format",
    "RawInline": "code of another format",
    "CodeBlock": "a block of program code (lines indented by four spaces become one)",
    "Code": "program code (text between backticks)",
    "Math": "a formula",
    "HorizontalRule": "a line across the page",
}
_LINK_CLASSES = {"uri", "email"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SIZE = re.compile(r"\d{1,3}(\.\d+)?(%|cm|mm|in)")
_MAX_DEPTH = 24  # elements inside each other; typst gives up at 64 and Word at nine levels of lists
_MAX_COLUMNS = 40
_MAX_START = 9999
_MAX_ADDRESS = 2000


def refusals(blocks: Any) -> Iterator[tuple[str, str, str, str]]:
    """Each thing that is not allowed: code, message, hint, and a text by which to find its line."""
    for element in walk(blocks):
        name = element["t"]
        if name in _CHECKS:
            yield from _CHECKS[name](element["c"])
        elif name not in _PLAIN_ELEMENTS:
            what = _NAMES.get(name, f"an element of the kind {name}")
            needle = element["c"][1] if name in _NAMES and "c" in element else ""
            yield (
                "not-allowed",
                f"{what} cannot stand in a report",
                "write it as plain text",
                needle,
            )
    words = [element["c"] for element in walk(blocks) if element["t"] == "Str"]
    if any(word != without_marks(word) for word in words):  # the lines of the file were judged
        yield from _hidden(hidden(" ".join(words)))


def too_deep(block: Any) -> bool:
    """Whether elements are nested more deeply in a block than any output can show. To be asked
    first: what walks through a text one call inside another would not come back."""
    waiting = [(block, 0)]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, dict):
            depth += "t" in item
            if depth > _MAX_DEPTH:
                return True
            item = list(item.values())
        waiting.extend((inner, depth) for inner in item if isinstance(inner, list | dict))
    return False


def _string(text: str) -> Iterator[tuple[str, str, str, str]]:
    # what an entity such as &#x202e; stands for was not in the file; a line end inside a word would
    # begin a line of Typst or Markdown, where a sign such as = or # means something
    yield from _hidden(
        hidden(without_marks(text)) or "a line end or a tab" * bool(re.search(r"[\t\n]", text))
    )


def _hidden(character: str) -> Iterator[tuple[str, str, str, str]]:
    if character:
        message = f"an entity stands for an invisible control character ({character})"
        yield "control-character", message, "delete it", "&"


def _numbered_list(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (start, _, _), _ = content
    if not 0 <= start <= _MAX_START:
        message = f"a list begins with the number {start}"
        yield "not-allowed", message, f"begin it with a number up to {_MAX_START}", ""


def _link(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (identifier, classes, pairs), _, (url, title) = content
    yield from _string(title)
    if identifier or pairs or set(classes) - _LINK_CLASSES:
        yield "not-allowed", "a link carries attributes in braces", "remove the braces", url
    hint = bad_url(url)
    if hint:
        typed = url.partition("%")[0] or url  # pandoc writes some characters as %22
        yield "bad-link", f"the link's address '{url[:80]}' cannot be used", hint, typed


def bad_url(url: str) -> str:
    """Why an address cannot be printed as a link; empty where it can."""
    if url.startswith("#"):
        return "write @par-ID, @sec-NAME, @rec-ID, @tbl-ID or @fig-ID for a place in the report"
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return "it is not a valid address"
    if len(url) > _MAX_ADDRESS:
        return f"it has more than {_MAX_ADDRESS:,} characters"
    if hidden(url) or re.search(r"""[\s\\<>"`]""", url):
        return "it holds a space or another sign that addresses do not have"
    if parts.scheme == "mailto":
        # what follows a question mark can fill in a letter, with an attachment in some programs
        return "" if "@" in parts.path and not parts.query else "it is not a plain mail address"
    if parts.scheme not in ("http", "https"):
        return "only addresses that begin with https://, http:// or mailto: are links"
    if "@" in parts.netloc:
        return "what stands before @ is not the site; remove it"
    return "" if host else "it names no site"


def _image(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (identifier, classes, pairs), alternative, (url, title) = content
    yield from _string(title)
    if is_chart(url):
        yield from _chart(classes, pairs, url)
        classes = pairs = []
    sizes = all(key in ("width", "height") and _SIZE.fullmatch(value) for key, value in pairs)
    if identifier or classes or not sizes:
        hint = "only {width=50%} or {width=8cm} is known"
        yield "not-allowed", "an image carries other attributes than its size", hint, url
    if not plain(alternative):
        hint = "write what it shows between the brackets: ![a map of ...](map.png)"
        yield "bad-image", f"the image '{url}' has no description", hint, url


def _chart(classes: list[str], pairs: list[Any], url: str) -> Iterator[tuple[str, str, str, str]]:
    for word in (*classes[1:], *(name for name in classes[:1] if name not in KINDS)):
        hint = did_you_mean(word, KINDS) or f"known: {', '.join(f'.{kind}' for kind in KINDS)}"
        yield "bad-chart", f"a chart of the kind '.{word}' cannot be drawn", hint, url
    for key, value in pairs:
        yield from _string(value)
        if key not in ATTRIBUTES:
            hint = did_you_mean(key, (*ATTRIBUTES, "alt")) or 'known: columns="", source="", alt=""'
            yield "bad-chart", f"'{key}' is not known of a chart", hint, url


def _span(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (identifier, classes, pairs), inlines = content
    language = all(key == "lang" and _LANGUAGE.fullmatch(value) for key, value in pairs)
    if identifier or classes or not language:
        hint = 'only a language is known here: [слово]{lang="ru"}'
        yield "not-allowed", "a piece of text carries attributes in braces", hint, plain(inlines)


def _figure(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (identifier, classes, pairs), *_ = content
    if classes or pairs:
        hint = "only {#id}, {width=50%} and {width=8cm} are known"
        yield "not-allowed", "a picture carries attributes in braces", hint, identifier


def _header(content: Any) -> Iterator[tuple[str, str, str, str]]:
    _, (identifier, classes, pairs), inlines = content
    if identifier or classes or pairs:
        yield "not-allowed", "a heading carries attributes in braces", "remove them", plain(inlines)


def _division(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (identifier, classes, pairs), blocks = content
    kind = classes[0] if len(classes) == 1 else ""
    if kind in DIVISIONS and identifier:
        hint = "take the id away, or put it above a paragraph in it"
        yield "not-allowed", f"'::: {kind}' carries an id, '{identifier}'", hint, identifier
    elif kind not in DIVISIONS:
        what = " ".join(classes) or identifier
        hint = f"{did_you_mean(what, DIVISIONS) or 'known'}: {', '.join(f'::: {known}' for known in DIVISIONS)}"
        yield "not-allowed", f"a division '{what}' is not known{strange_letters(what)}", hint, what
    elif {key for key, _ in pairs} - DIVISIONS[kind].attributes:
        yield "not-allowed", f"a division '{kind}' has unknown attributes", "remove them", kind
    elif {_kind(inner) for inner in walk(blocks) if inner["t"] in ("Div", "Header")} - DIVISIONS[
        kind
    ].holds:
        yield (
            "not-allowed",
            f"a heading or another box stands inside '::: {kind}'",
            "close it with :::",
            kind,
        )


def _kind(element: dict[str, Any]) -> str:
    return HEADING if element["t"] == "Header" else " ".join(element["c"][0][1])


def _table(content: Any) -> Iterator[tuple[str, str, str, str]]:
    (identifier, classes, pairs), _, columns, *_ = content
    if len(columns) > _MAX_COLUMNS:
        message = f"a table has {len(columns)} columns; at most {_MAX_COLUMNS} fit on a page"
        yield "not-allowed", message, "make several tables of it", identifier
    inner = next((item for item in walk(content[3:]) if item["t"] == "Table"), None)
    if inner:
        message = "a table stands in a cell of another table"
        yield "not-allowed", message, "write it below that table", plain(inner).partition("\n")[0]
    for item in walk(content[3:]):
        if item["t"] == "Figure" and (name := item["c"][0][0]):
            message = "a picture in a cell of a table carries no number"
            yield "not-allowed", message, "take its id away, or put it below the table", name
    if pairs or set(classes) - {WIDE}:
        yield (
            "not-allowed",
            "a table carries attributes in braces",
            "only {#id} and {.wide} are known",
            identifier,
        )


_CHECKS = {
    "Str": _string,
    "OrderedList": _numbered_list,
    "Table": _table,
    "Link": _link,
    "Image": _image,
    "Span": _span,
    "Figure": _figure,
    "Header": _header,
    "Div": _division,
}
