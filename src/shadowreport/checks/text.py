"""Checks of wording: leftovers, scripts, quotation marks, dashes, terms, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from shadowreport.checks.prose import BLANK, Passage, bodies, passages
from shadowreport.diagnostics import Diagnostic
from shadowreport.model import Report, Term

_LEFTOVER = re.compile(
    r"\b(?:TODO|FIXME|XXX+|TBC|TBD)\b|\?{2,}|!{2,}|(?i:\blorem ipsum\b)"
    r"|\[(?i:insert|add|check|to be|source|date|name|link)\b[^\]\n]{0,60}\](?!\()|<<[^>\n]*>>|_{4,}"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_GREEK = re.compile(r"[\u0370-\u03ff]")


def leftovers(report: Report) -> Iterator[Diagnostic]:
    """Marks that somebody meant to come back to."""
    for passage in passages(report):
        for match in _LEFTOVER.finditer(passage.text):
            hint = "finish it, or make it a note (::: note)"
            yield passage.problem(
                "leftover", match.start(), f"'{match[0]}' was left in the text", hint
            )


def mixed_scripts(report: Report) -> Iterator[Diagnostic]:
    """A word with letters of two scripts looks right, but is not found by a search, and it makes a
    screen reader stumble."""
    for passage in passages(report):
        if passage.text.isascii():
            continue
        for match in _WORD.finditer(passage.text):
            if match[0].isascii():
                continue
            for word in re.split(r"['’-]", match[0]):
                strangers = _strangers(word)
                if strangers:
                    names = ", ".join(f"{c} ({unicodedata.name(c).lower()})" for c in strangers)
                    message = f"'{word}' mixes letters of two scripts: {names}"
                    hint = "type the word again in one alphabet"
                    yield passage.problem("mixed-scripts", match.start(), message, hint)


def _strangers(word: str) -> str:
    """The letters of the rarer script where a word has two."""
    found = [
        letters
        for script in (_LATIN, _CYRILLIC, _GREEK)
        if (letters := "".join(script.findall(word)))
    ]
    return min(found, key=len) if len(found) > 1 else ""


# --- quotation marks and dashes -----------------------------------------------------------------

_QUOTES = {
    "straight or curly (“ ”)": re.compile(r'["“”]'),
    "angled (« »)": re.compile(r"[«»]"),
    "low („ ‟)": re.compile(r"[„‟]"),
    "backticks (`` '')": re.compile(r"``|''"),
}
_ANGLED = re.compile(r"«[^»\n]*»")
_ASIDES = {
    "a hyphen between spaces ( - )": re.compile(r"(?<=[^\s\x01|]) - (?=[^\s|])"),
    "an en dash between spaces ( – )": re.compile(r"(?<=\S) (?:–|--) (?=\S)"),
    "an em dash (—)": re.compile(r"—|(?<!-)---(?!-)"),
}
_HYPHEN_RANGE = re.compile(
    r"(?<![\w./-])(?<!No\. )(?<!№ )(?<!№)(\d{1,4})-(\d{1,4})(?![\w/-]|\.\d)"
)
_DASH_RANGE = re.compile(r"\d(?:–|--)\d")


def quotation_marks(report: Report) -> Iterator[Diagnostic]:
    """One kind of quotation marks in the whole report, the one that is used most."""
    foreign = _LATIN if report.language == "ru" else _CYRILLIC
    texts = [(passage, _without_foreign(passage, foreign)) for passage in bodies(report)]
    yield from _rarer("mixed-quotation-marks", "quotation marks", texts, _QUOTES)


def _without_foreign(passage: Passage, foreign: re.Pattern[str]) -> str:
    """A text in another script keeps the marks of its language."""
    return _ANGLED.sub(
        lambda match: BLANK * len(match[0]) if foreign.search(match[0]) else match[0], passage.text
    )


def dashes(report: Report) -> Iterator[Diagnostic]:
    """One kind of dash for asides, and one for ranges of numbers."""
    texts = [(passage, passage.text) for passage in bodies(report)]
    yield from _rarer("mixed-dashes", "dashes", texts, _ASIDES)
    if not any(_DASH_RANGE.search(text) for _, text in texts):
        return
    for passage, text in texts:
        found = [
            match
            for match in _HYPHEN_RANGE.finditer(text)
            if int(match[1]) < int(match[2]) or len(match[1]) == len(match[2]) == 4
        ]
        if found:
            message = f"'{found[0][0]}' has a hyphen, other ranges have a dash{_times(len(found))}"
            hint = f"write {found[0][1]}--{found[0][2]}"
            yield passage.problem("mixed-dashes", found[0].start(), message, hint)


def _rarer(
    code: str, what: str, texts: list[tuple[Passage, str]], kinds: dict[str, re.Pattern[str]]
) -> Iterator[Diagnostic]:
    """One diagnostic for each section and each kind that is not the report's usual one."""
    found = [
        (passage, {kind: list(pattern.finditer(text)) for kind, pattern in kinds.items()})
        for passage, text in texts
    ]
    counts = Counter({kind: sum(len(here[kind]) for _, here in found) for kind in kinds})
    usual, most = counts.most_common(1)[0]
    for passage, here in found:
        for kind, matches in here.items():
            if matches and kind != usual and counts[kind] <= most:
                message = f"{what} of another kind than elsewhere: {kind}{_times(len(matches))}"
                hint = f"the report mostly has {usual}"
                yield passage.problem(code, matches[0].start(), message, hint)


def _times(count: int) -> str:
    return f" ({count} times in this section)" if count > 1 else ""


# --- terms and names ----------------------------------------------------------------------------


def terms(report: Report) -> Iterator[Diagnostic]:
    """Spellings against references/terms.yaml."""
    if not report.terms:
        return
    pattern, preferred = _terms(report.terms)
    for passage in passages(report):
        for match in pattern.finditer(passage.text):
            term = preferred[match[0]]
            hint = f"write '{term.prefer}'" + (f": {term.note}" if term.note else "")
            yield passage.problem(
                "preferred-term", match.start(), f"'{match[0]}' is not the agreed term", hint
            )


@lru_cache(maxsize=8)
def _terms(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    preferred = {word: term for term in terms for word in term.instead_of}
    words = sorted(preferred, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"), preferred


_TREATIES = {"CERD": "ICERD", "CCPR": "ICCPR", "CESCR": "ICESCR", "CMW": "ICRMW", "CED": "ICPPED"}
_AS_TREATY = (
    r"\b(?:[Aa]rticles?|[Aa]rts?\.)\s+[\d ,()a-z–-]+\s(?:and\s[\d ()a-z]+\s)?of\s+(?:the\s+)?{0}\b"
    r"|\b(?:[Rr]atif|[Aa]cced|[Pp]art(?:y|ies)\b)[\w ]{{0,14}}\b(?:to|of)\s+(?:the\s+)?{0}\b"
    r"|\bratif(?:y|ied|ies)\s+(?:the\s+)?{0}\b"
)
_AS_COMMITTEE = (
    r"\b{0}\s+(?:has\s+|had\s+)?(?:recommend|urge|express|note[ds]?\b|observ|conclude|welcom|request|adopt)\w*"
    r"|\b[Cc]oncluding\s+observations\s+of\s+(?:the\s+)?{0}\b"
    r"|\b{0}(?:['’]s)?\s+(?:[Cc]oncluding\s+[Oo]bservations|[Gg]eneral\s+[Rr]ecommendation|session|members?)\b"
)


def confused_names(report: Report) -> Iterator[Diagnostic]:
    """A treaty and the committee that watches over it have different short names."""
    for committee, treaty in _TREATIES.items():
        uses = (
            (committee, treaty, "is the committee; this is said of the treaty", _AS_TREATY),
            (treaty, committee, "is the treaty; this is said of the committee", _AS_COMMITTEE),
        )
        for name, right, message, pattern in uses:
            compiled = re.compile(pattern.format(name))
            for passage in passages(report):
                if name not in passage.text:
                    continue
                for match in compiled.finditer(passage.text):
                    yield passage.problem(
                        "confused-names", match.start(), f"{name} {message}", f"write {right}"
                    )


# --- abbreviations ------------------------------------------------------------------------------

_ABBREVIATION = re.compile(r"(?<![\w/.\x01-])([A-ZА-ЯЁ][A-ZА-ЯЁ0-9]{1,7})(?:s|'s|’s)?(?![\w/.-])")
_ROMAN = re.compile(r"[IVXLC]+")
_KNOWN = frozenset("UN EU US USA UK USSR TV PDF SMS ID OK AM PM BC AD NB COVID HIV AIDS CV IT CEO".split())
_KNOWN_RU = frozenset("ООН США СССР РФ СНГ ЕС РК".split())


def abbreviations(report: Report) -> Iterator[Diagnostic]:
    """Every abbreviation is explained: in report.yaml, or in brackets where it first stands."""
    known = {*report.abbreviations, report.committee, report.treaty_short, report.state_code}
    known |= _KNOWN | _KNOWN_RU | set(report.accepted_words)
    seen: set[str] = set()
    for passage in bodies(report):
        for match in _ABBREVIATION.finditer(passage.text):
            word = match[1]
            if word in known or word in seen or _ROMAN.fullmatch(word) or word[1:].isdigit() or _LEFTOVER.fullmatch(word):
                continue
            if _is_shouted(passage.line(match.start())):
                continue
            seen.add(word)
            if not _explained(passage.text, match):
                hint = "explain it here in brackets, or add it to abbreviations: in report.yaml"
                yield passage.problem(
                    "unexplained-abbreviation", match.start(), f"'{word}' is never explained", hint
                )


def _explained(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip('"“«'), text[match.end() :].lstrip('"”»')
    return (before.endswith("(") and after[:1] in ")," or after.startswith(" (")) or bool(
        re.match(r"\s*(?:stands for|means|\()", after)
    )


def _is_shouted(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return sum(map(str.isupper, letters)) > 0.6 * len(letters)
