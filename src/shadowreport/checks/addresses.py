"""Checks of addresses, without asking the network (that is `invoke links`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Place, Report, Section
from shadowreport.load.allowed import bad_url
from shadowreport.source.locate import Locator

# each part has a greatest length, so that no text can keep a pattern busy
LINK = re.compile(
    r"(?<!!)\[((?:[^\[\]\\]|\\.){0,400})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200}){0,4})"
)
_BARE = re.compile(r"<((?:https?)://[^\s<>]+)>|(?<![(<\w])(https?:/{0,2}[^\s<>\]|]+)")
_LOOKS_LIKE_ADDRESS = re.compile(
    r"(?:https?:/{0,2}|www\.)\S+|[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,6}(?:/\S*)?"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HOST = re.compile(
    r"(?:[\w-]{1,63}\.){1,9}[^\W\d_]{2,63}(?::\d+)?|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?"
)
_CUT = ("…", "...")


def addresses(report: Report) -> Iterator[tuple[str, Place]]:
    """Every web address of the report and where it stands, in order."""
    for section in report.sections:
        locator = Locator(section.source, section.file, section.source_line)
        for url, offset in _in_text(section):
            yield url, locator.at(offset)
    for key, source in report.sources.items():
        if source.get("URL"):
            yield str(source["URL"]), report.source_places.get(key, report.place)


def _in_text(section: Section) -> Iterator[tuple[str, int]]:
    matches = list(LINK.finditer(section.source))
    links = [(_unescape(match[2]), match.start(2)) for match in matches]
    found = [link for link in links if not bad_url(link[0])]  # others were refused: bad-link
    starts = [match.start() for match in matches]
    for match in _BARE.finditer(section.source):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or match.start() >= matches[before].end():  # not inside a link
            url = match[1] or match[2].rstrip(".,;:!?)\"'*_")
            is_broken = _BROKEN.match(section.source, match.start())
            found += [] if is_broken else [(_unescape(url), match.start())]
    return iter(sorted(found, key=lambda item: item[1]))


def link_texts(report: Report) -> Iterator[Diagnostic]:
    """Where a link's text is an address, it is the address that the link opens."""
    for section in report.sections:
        locator = Locator(section.source, section.file, section.source_line)
        for match in LINK.finditer(section.source):
            text, target = _unescape(match[1]).strip().strip("<>*_"), _unescape(match[2])
            shown = "".join(text.split())
            if _LOOKS_LIKE_ADDRESS.fullmatch(shown) and not _same(shown, target):
                message = "the link shows '{}' and opens '{}'".format(*_apart(text, target))
                hint = "find out which one is right"
                yield Diagnostic("link-text-differs", locator.at(match.start()), message, hint)


def _same(shown: str, target: str) -> bool:
    first, second = normal(shown), normal(target)
    if shown.endswith(_CUT):
        return second.startswith(first.rstrip("….").rstrip("/"))
    return first == second or first == second.partition("/")[0]


def normal(url: str) -> str:
    """An address without what makes no difference to where it leads."""
    url = unquote(url.strip()).removeprefix("mailto:")
    url = re.sub(r"^https?:/{0,2}", "", url, flags=re.IGNORECASE)
    host, slash, path = url.partition("/")
    host = host.lower().removeprefix("www.")
    return (host + slash + path).rstrip("/.,;")


_BROKEN = re.compile(
    r"\bhttps?(?: +:|:(?! *//)|: +//|:// )[^\n]{0,60}|\bhttps?://\S{1,300} › [^\n]{0,60}"
)


def invalid(report: Report) -> Iterator[Diagnostic]:
    """Addresses that cannot lead anywhere."""
    for section in report.sections:
        locator = Locator(section.source, section.file, section.source_line)
        for match in _BROKEN.finditer(section.source):
            message = f"'{_short(match[0].strip())}' is no valid address: it was broken by spaces or signs"
            yield Diagnostic(
                "invalid-address", locator.at(match.start()), message, "look it up again"
            )
    for url, place in addresses(report):
        reason = problem(url)
        if reason:
            yield Diagnostic(
                "invalid-address", place, f"'{_short(url)}' is no valid address: {reason}"
            )


def problem(url: str) -> str:
    """Why a web address cannot lead anywhere; empty where it may."""
    if url.startswith(("#", "mailto:")):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "it cannot be read"
    if parts.scheme not in ("http", "https"):
        return "it does not begin with https:// or http://"
    if not _HOST.fullmatch(parts.netloc.rpartition("@")[2]):
        return "the name of the site is wrong" if parts.netloc else "it names no site"
    rest = parts.path + parts.query
    if (
        re.search(r"https?:/", rest)
        and "archive" not in parts.netloc
        and "translate" not in parts.netloc
    ):
        return "a second address is stuck to it" if "=http" not in rest else ""
    if re.search(r"[\s<>\"{}|\\^`\x00-\x1f]", url):
        return "it holds a space or a character that addresses do not have"
    return ""


def duplicates(report: Report) -> Iterator[Diagnostic]:
    """A source stands in references/sources.yaml once."""
    first: dict[str, str] = {}
    for key, source in report.sources.items():
        if not source.get("URL"):
            continue
        name = normal(str(source["URL"]))
        other = first.setdefault(name, key)
        if other != key and "/" in name:
            message = f"the sources '{other}' and '{key}' have the same address"
            hint = "cite one of them everywhere, or correct an address"
            yield Diagnostic(
                "duplicate-address", report.source_places.get(key, report.place), message, hint
            )


def _unescape(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _apart(first: str, second: str) -> tuple[str, str]:
    """Two long texts, shortened to what tells them apart and some of what stands before it."""
    pairs = enumerate(zip(first, second, strict=False))
    same = next((index for index, (one, other) in pairs if one != other), 0)
    start = max(0, same - 30) if max(len(first), len(second)) > 90 else 0
    mark = "..." if start else ""
    return mark + _short(first[start:]), mark + _short(second[start:])


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:87] + "..."
