"""Signs that stand alone, or close with their like: what each prints, and what it may be meant for."""

from __future__ import annotations

import html
import re

from shadowreport.source.typed.addresses import whole
from shadowreport.source.typed.brackets import inline_note
from shadowreport.source.typed.cursor import DEEP, HAS, REMOVE, Reader
from shadowreport.source.typed.printed import CLOSE, OPEN

ADDRESS = re.compile(
    r"https?://(?:[\w#$%+/@\\&=-]|\([^()\s<>]*\)|\[[^\[\]\s<>]*\]|\{[^{}\s<>]*\}"
    r"|[^\s<>\w](?=[\w#$%+/@&=~-]))+"
)
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp|tel|urn|doi):[^\s<>]*|[\w.+-]+@[\w.-]+\w)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:[\s/][^<>]*)?>|<[!?][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SCRIPT = {"~": re.compile(r"~((?:[^\s~\\]|\\.)+)~"), "^": re.compile(r"\^((?:[^\s^\\]|\\.)+)\^")}
_MARKED = re.compile(r"(==|\+\+)(?=\w)[^=+\n]{1,400}(?<=\w)\1(?!\w)")


def escape(reader: Reader) -> str:
    """A backslash: the sign behind it prints itself."""
    after = reader.after(reader.at + 1)
    if after.isalnum():
        word = re.compile(r"\\\w{1,20}").match(reader.text, reader.at)
        hint = "remove it; code of other formats cannot be used"
        reader.problem(reader.at, f"'{word[0] if word else after}' would be printed", hint)
        reader.at += 1
        return "\\"
    reader.at += 2
    return " " if after.isspace() else after


def backtick(reader: Reader) -> str | None:
    """Code has no place in a report: told, and printed as it stands."""
    run = re.compile("`+").match(reader.text, reader.at)
    assert run
    same = re.compile(f"(?<!`){run[0]}(?!`)") if len(run[0]) < DEEP else None
    close = same.search(reader.text, run.end(), reader.end) if same else None
    if close:  # load/allowed.py refuses it
        reader.at = close.end()
        return reader.text[run.start() : close.end()]
    code = "stray-sign" if reader.before().isalnum() else "slip"
    reader.problem(reader.at, "a backtick stands here", "write ' or ʻ; or " + HAS, code)
    reader.at = run.end()
    return run[0]


def script(reader: Reader) -> str | None:
    """`m^2^`, `H~2~O`; `^[` begins a footnote."""
    sign = reader.text[reader.at]
    if sign == "^" and reader.after(reader.at + 1) == "[":
        return inline_note(reader)
    match = _SCRIPT[sign].match(reader.text, reader.at, reader.end)
    if not match:
        if sign == "^" and reader.after(reader.at + 1).isalnum():
            hint = "close it, as in m^2^; or " + HAS
            reader.problem(reader.at, "'^' would be printed", hint, "stray-sign")
        return None
    if sign == "~" and reader.before().isspace() and match[1][0].isdigit():
        hint = "write 'about', or put a backslash before each ~"
        reader.problem(reader.at, "is ~ meant to lower this word?", hint)
    inner = reader.read(match.start(1), match.end(1))
    reader.at = match.end()
    return f"{OPEN}{sign}{inner}{CLOSE}{sign}"


def less(reader: Reader) -> str | None:
    """`<https://...>`; other tags are told."""
    link = _AUTOLINK.match(reader.text, reader.at, reader.end)
    if link:
        reader.at = link.end()
        return html.unescape(link[1])
    tag = _TAG.match(reader.text, reader.at, reader.end)
    if tag:
        hint = "remove it: *words* and **words** emphasize; in a table, only a grid table has cells of several lines"
        reader.problem(reader.at, f"HTML ({tag[0][:40]}) would be printed", hint, "not-allowed")
        reader.at = tag.end()
        return tag[0]
    if re.compile(r"<(?:https?:|mailto:)").match(reader.text, reader.at):
        reader.problem(reader.at, "this address is never closed", "put > behind it, or remove <")
    return None


def entity(reader: Reader) -> str | None:
    """`&nbsp;` and its kin."""
    match = _ENTITY.match(reader.text, reader.at, reader.end)
    sign = html.unescape(match[0]) if match else ""
    if match and sign != match[0]:
        reader.at = match.end()
        return sign
    if re.compile(r"&(?:amp|nbsp|lt|gt|quot|ndash|mdash)\b").match(reader.text, reader.at):
        hint = "put ; behind it; or write the sign itself"
        reader.problem(reader.at, "an entity without its ; would be printed", hint, "stray-sign")
    return None


def bar(reader: Reader) -> None:
    """A bar outside of a table."""
    hint = (
        "a table needs a line |---|---| below its head; to print the bar, put a backslash before it"
    )
    message = "a bar stands in a text that is no table"
    if not any(problem[2] == message for problem in reader.result.problems):  # once is enough
        reader.problem(reader.at, message, hint)


def hashes(reader: Reader) -> str | None:
    """`##` within a line."""
    run = re.compile(r"#{2,}").match(reader.text, reader.at, reader.end)
    if not run:
        return None
    hint = "a heading stands on a line of its own; or " + HAS
    reader.problem(reader.at, f"'{run[0]}' would be printed", hint)
    reader.at = run.end()
    return run[0]


def colons(reader: Reader) -> str | None:
    """`:::` within a line."""
    run = re.compile(r":{3,}").match(reader.text, reader.at, reader.end)
    if not run:
        return None
    hint = "put it on a line of its own"
    reader.problem(reader.at, "':::' would be printed", hint)
    reader.at = run.end()
    return run[0]


def doubled(reader: Reader) -> str | None:
    """`==words==`, `++words++`: marks that other editors know."""
    marked = _MARKED.match(reader.text, reader.at, reader.end)
    if marked:
        hint = "use *words* or **words**; or " + HAS
        reader.problem(reader.at, f"'{marked[1]}' would be printed", hint)
        reader.at += len(marked[1])
        return marked[1]
    return None


def tab(reader: Reader) -> str:
    """A tab, as it stands between cells that were copied from a spreadsheet."""
    hint = "replace it by a blank. Cells of a table are drawn with bars: | one | two |, and below the head |---|---|"
    reader.problem(reader.at, "a tab stands in this text, as between cells of a spreadsheet", hint)
    reader.at += 1
    return " "


def address(reader: Reader) -> str | None:
    """An address in plain text."""
    marked = whole(reader.text, reader.at, reader.end)
    if marked:
        reader.at += len(marked)
        return marked
    match = ADDRESS.match(reader.text, reader.at, reader.end)
    if not match:
        return None
    reader.at = match.end()
    return html.unescape(match[0])


def brace(reader: Reader) -> str | None:
    """What stands in braces: an id or attributes that are in the wrong place."""
    close = -1 if reader.at > reader.last_brace else reader.text.find("}", reader.at, reader.end)
    inner = reader.text[reader.at + 1 : close] if close >= 0 else ""
    if close < 0 or (
        re.match(r"[#.=:]|[+~=-]{2}|(?:width|height)=", inner) and not inner.startswith("#}")
    ):
        hint = "an id stands on a line of its own, directly above the paragraph; or " + HAS
        message = "an id behind a text is printed as it is"
        if close < 0:
            message, hint = "'{' is never closed", "close it with }; or " + HAS
        elif re.match("[wh]", inner):
            message = "the size of a picture would be printed"
            hint = "put it directly behind the picture, without a blank"
        elif not re.match(r"[#.]", inner):
            message, hint = "marks of an editor would be printed", "accept or reject the change"
        reader.problem(reader.at, message, hint)
    elif reader.before() not in " \n" and not inner.startswith("{") and reader.before().isalnum():
        reader.problem(reader.at, "braces would be printed", "remove them; or " + HAS)
    if close < 0:
        return None
    reader.at = close + 1
    return reader.text[reader.at - len(inner) - 2 : reader.at]


def brace_closed(reader: Reader) -> None:
    """A brace that closes nothing."""
    if reader.before() != "}" and not reader.doubled:
        reader.problem(reader.at, "'}' closes nothing", REMOVE)
