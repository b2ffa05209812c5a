"""The citation style of a report: a CSL style with the words and the dates of the report's language.

citeproc brings words of its own for sixty languages; they are not those of United Nations documents,
and they lack some languages of our readers. So a style that holds the comment `<!-- locale -->` gets a locale made
of templates/languages/, and no word of another language is left.
"""

from __future__ import annotations

import re
from html import escape

from shadowreport.core.lexicon import Language

_PLACE = b"<!-- locale -->"
_LABEL = re.compile(rb'<label\b[^>]*\bvariable="locator"[^>]*/>')
_BETWEEN = {b", ": "comma", b"; ": "semicolon"}
_AROUND = {b".": "stop", b"(": "open", b")": "close"}
_MARK = re.compile(rb'(\b(?:delimiter|prefix|suffix)=")([,;] |[.()])"')
_NUMBER = "{number}"
_BEFORE = rb'<(?:text term|label variable)="NAME"[^>]*/>\s*<text variable="(NAME|number|collection-number)"/>'
_BEHIND = rb'<number variable="(NAME)"[^>]*/>\s*<text term="NAME"[^>]*/>'
_CIRCA = re.compile(rb'(<group delimiter=") ("[^<]*<choose>\s*<if is-uncertain-date=)')
_NAMES = re.compile(rb"<name\b(?![^>]*\bdelimiter=)")
_FIRST_DAY = ' limit-day-ordinals-to-day-1="true"'  # as in "1er janvier, 2 janvier"
_PARTS = {"d": "day", "M": "month", "L": "month", "y": "year"}
_PATTERN = re.compile(r"d+|[ML]+|y+|'([^']*)'|[^dMLy']+")


def note_style(style: bytes, words: Language) -> bytes:
    """A style as citeproc is given it: with the language's locale, and without labels of its own
    before a locator, since the typed one is printed."""
    style = _around_numbers(_LABEL.sub(b"", style), words).replace(
        _PLACE, _locale(words).encode(), 1
    )
    style = _MARK.sub(lambda match: _mark(match, words), style)
    names = escape(words.mark("names")).encode()
    return _NAMES.sub(lambda match: match[0] + b' delimiter="' + names + b'"', style)


def _around_numbers(style: bytes, words: Language) -> bytes:
    """A language may put its word around a number, 第{number}页, where a style puts it before or behind."""
    for name, value in words.notes.items():
        before, found, after = (value if isinstance(value, str) else value[0]).partition(_NUMBER)
        if found:
            prefix, suffix = (escape(text).encode() for text in (before, after))
            around = b'<text variable="\\1" prefix="' + prefix + b'" suffix="' + suffix + b'"/>'
            for pattern in (_BEFORE, _BEHIND):
                style = re.sub(pattern.replace(b"NAME", name.encode()), around, style)
    # 约1905年: no space before a date that is not certain
    return _CIRCA.sub(rb"\1\2", style) if _NUMBER in words.notes.get("circa", "") else style


def _mark(match: re.Match[bytes], words: Language) -> bytes:
    """The language's own mark where a style puts one between or around parts."""
    between = _BETWEEN.get(match[2])
    mark = words.mark(between) if between else words.marks[_AROUND[match[2]]]
    return match[1] + escape(mark).encode() + b'"'


def _locale(words: Language) -> str:
    """A CSL locale of a language (CSL 1.0.2, "Locale Files")."""
    opening, closing, inner_opening, inner_closing = words.quotes
    terms = {
        "open-quote": opening,
        "close-quote": closing,
        "open-inner-quote": inner_opening,
        "close-inner-quote": inner_closing,
        "page-range-delimiter": "–",
        **{name: _alone(value) for name, value in words.notes.items()},
    }
    days = _FIRST_DAY if "ordinal-01" in terms else ""
    if "ordinal" in terms:  # or some numbers would have the endings of another language
        terms |= dict.fromkeys(_ENDINGS, terms["ordinal"])
    lines = [_term(name, value) for name, value in terms.items()]
    lines += [
        f'<term name="month-{number:02}">{escape(name)}</term>'
        for number, name in enumerate(words.months(), 1)
    ]
    return (
        f'<locale><style-options punctuation-in-quote="false"{days}/>'
        f'<date form="text">{_date(words.date_pattern(), bool(days))}</date>'
        f"<terms>{''.join(lines)}</terms></locale>"
    )


def _alone(value: str | list[str]) -> str | list[str]:
    """A word without the place of a number, where a style puts it before one all the same."""
    if isinstance(value, str):
        return value.replace(_NUMBER, "")
    return [item.replace(_NUMBER, "") for item in value]


def _term(name: str, value: str | list[str]) -> str:
    """A term; two values are its singular and its plural. citeproc asks for some by a short form."""
    form = ' form="short"' if name in _SHORT else ""
    if isinstance(value, str):
        inner = escape(value)
    else:
        inner = f"<single>{escape(value[0])}</single><multiple>{escape(value[1])}</multiple>"
    return f'<term name="{name}"{form}>{inner}</term>'


_ENDINGS = [f"ordinal-{number:02}" for number in (1, 2, 3, 11, 12, 13)]
_SHORT = ("circa", "edition", "editor", "issue", "page", "translator", "volume")


def _date(pattern: str, ordinal: bool) -> str:
    """The parts of a CSL date for a pattern of the CLDR such as "d 'de' MMMM 'de' y"."""
    parts: list[dict[str, str]] = []
    prefix = ""
    for match in _PATTERN.finditer(pattern):
        kind = _PARTS.get(match[0][0])
        if kind:
            if parts and parts[-1]["name"] == "year" and parts[-1]["suffix"].endswith(" "):
                # a word between year and day ("2010 жылғы 3 мамыр") goes with the day: a year may stand alone
                prefix, parts[-1]["suffix"] = parts[-1]["suffix"], ""
            parts.append({"name": kind, "prefix": prefix, "suffix": ""})
            if kind == "month" and len(match[0]) < 3:
                parts[-1]["form"] = "numeric"
            elif kind == "day" and ordinal:
                parts[-1]["form"] = "ordinal"
            prefix = ""
        elif parts:
            parts[-1]["suffix"] += match[1] or match[0]
        else:
            prefix += match[1] or match[0]
    return "".join(
        "<date-part "
        + " ".join(f'{key}="{escape(value)}"' for key, value in part.items() if value)
        + "/>"
        for part in parts
    )
