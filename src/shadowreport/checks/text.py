"""Checks of wording: leftovers, scripts, quotation marks, dashes, terms, abbreviations."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from shadowreport.checks.prose import BLANK, Passage, bodies, passages
from shadowreport.core.lexicon import Language
from shadowreport.core.phrases import NEVER, one_of, words
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report, Term
from shadowreport.machine.cache import remembered

# Word's words for a field whose target is gone, in the languages of those who send files
_WORD_ERROR = r"(?:Error|¡Error|Erreur|Ошибка|Erro|Fehler|Errore|Błąd|错误)[ \u00a0]?[!！][ \u00a0]?[^\W\d_][^.!\n]{3,60}"
_LEFTOVER = re.compile(
    r"\b(?:TODO|FIXME|XXX+|TBC|TBD|tbc|tbd|t\.b\.c\.)(?!\w)|\?{2,}|!{2,}|(?i:\blorem ipsum\b)"
    r"|\[(?i:insert|add|check|to be|source|date|name|link|comment|citation needed|ref)\b[^\]\n]{0,60}\](?!\()"
    r"|\[\?\](?!\()|<<[^>\n]*>>|_{4,}|" + _WORD_ERROR
)
# one of these stands in every leftover: to look for them first is ten times as fast
_SIGNS = (
    "TODO",
    "FIXME",
    "XXX",
    "TBC",
    "TBD",
    "tb",
    "t.b",
    "!",
    "！",
    "??",
    "orem ipsum",
    "[",
    "<<",
    "____",
)
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_SCRIPTS = {"latin": _LATIN, "cyrillic": _CYRILLIC, "greek": _GREEK}
_LONGEST = 60  # characters of a word that are shown
_BORDER = re.compile(
    r"[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f]"
    r"|[\u0370-\u03ff][\u0400-\u052f]|[\u0400-\u052f][\u0370-\u03ff]"
)


def leftovers(report: Report) -> Iterator[Diagnostic]:
    """Marks that somebody meant to come back to."""
    thirty = _thirty(report)
    for passage in passages(report):
        if not any(sign in passage.text for sign in _SIGNS):
            continue
        numbers = {match.end() for match in thirty.finditer(passage.text)}
        for match in _LEFTOVER.finditer(passage.text):
            if match.end() in numbers:
                continue
            hint = "finish it, or make it a note (::: note)"
            yield passage.problem(
                "leftover", match.start(), f"'{match[0]}' was left in the text", hint
            )


def _thirty(report: Report) -> re.Pattern[str]:
    """General recommendation (No.) XXX, whose number is no mark."""
    lists = (
        item.list("observations", "general_recommendation") for item in report.speech.languages()
    )
    return re.compile(rf"(?i:{one_of(*lists)})\W*(?:\w{{1,2}}\W{{1,3}})?XXX(?!\w)")


def garbled(report: Report) -> Iterator[Diagnostic]:
    """Letters that were read in another encoding than they were written in, such as cafÃ©."""
    for passage in passages(report):
        place = _garbled(passage.text)
        if place:
            from ftfy import fix_text

            start, end = _word_at(passage.text, place[0])
            word = passage.text[start : max(end, place[1])]
            mended = fix_text(word)
            hint = f"is it '{mended}'? Type it again" if mended != word else "type it again"
            message = f"'{word[:_LONGEST]}' looks like letters of another encoding"
            yield passage.problem("garbled", start, message, hint)


def _garbled(text: str) -> tuple[int, int] | None:
    """Where letters of another encoding stand. It is remembered: ftfy takes a tenth of a second to begin."""
    if "\ufffd" in text:
        return text.index("\ufffd"), text.index("\ufffd") + 1
    if text.isascii():
        return None

    def look() -> bytes:
        from ftfy.badness import BADNESS_RE

        match = BADNESS_RE.search(text)
        return json.dumps(match and match.span()).encode()

    return json.loads(remembered("garbled", (text,), look))


def mixed_scripts(report: Report) -> Iterator[Diagnostic]:
    """A word with letters of two scripts looks right, but is not found by a search, and it makes a
    screen reader stumble."""
    own = _SCRIPTS.get(report.speech.language.script, _LATIN)
    for passage in passages(report):
        end = 0
        for border in _BORDER.finditer(passage.text) if not passage.text.isascii() else ():
            if border.start() < end:
                continue  # in the word that was just reported
            start, end = _word_at(passage.text, border.start())
            word = passage.text[start : min(end, start + _LONGEST)]
            strange = _strangers(word, own)
            names = ", ".join(f"{c} ({unicodedata.name(c).lower()})" for c in strange)
            message = f"'{word}' mixes letters of two scripts: {names}"
            hint = "type the word again in one alphabet"
            yield passage.problem("mixed-scripts", start, message, hint)


def _word_at(text: str, offset: int) -> tuple[int, int]:
    start = end = offset
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _strangers(word: str, own: re.Pattern[str]) -> str:
    """The letters of the rarer script; of the one that is not the report's, where both are as many."""
    found = [
        (len(letters), script is own, "".join(letters))
        for script in _SCRIPTS.values()
        if (letters := script.findall(word))
    ]
    return min(found)[2]


# --- quotation marks and dashes -----------------------------------------------------------------

_QUOTES = {
    "straight or curly (“ ”)": re.compile(r'["“”]'),
    "angled (« »)": re.compile(r"[«»]"),
    "low („ ‟)": re.compile(r"[„‟]"),
    "backticks (`` '')": re.compile(r"``|''"),
}
_ANGLED = re.compile(r"«[^»\n]*»")
# literals come first in these patterns, and what stands before them is looked at afterwards: the
# search for a literal is many times as fast
_ASIDES = {
    "a hyphen between spaces ( - )": re.compile(r" - (?<=[^\s\x01|] - )(?=[^\s|])"),
    "an en dash between spaces ( – )": re.compile(r" –(?<=\S –) (?=\S)| --(?<=\S --) (?=\S)"),
    "an em dash (—)": re.compile(r"—|---(?<!----)(?!-)"),
}
_RANGES = {
    "a hyphen": re.compile(r"-(?=\d)(?<=\d-)"),
    "a dash": re.compile(r"(?:–|--)(?=\d)(?:(?<=\d–)|(?<=\d--))"),
}
_RANGE = re.compile(
    r"(?<![\w./-])(?<!No\. )(?<!№ )(?<!№)(\d{1,4})(?:-|–|--)(\d{1,4})(?![\w/-]|\.\d)"
)
_FEW = 3  # sections in which a stray sign is shown one by one


def quotation_marks(report: Report) -> Iterator[Diagnostic]:
    """One kind of quotation marks in the whole report, the one that is used most."""
    foreign = _LATIN if report.speech.language.script == "cyrillic" else _CYRILLIC
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
    found = [
        (passage, {kind: _ranges(text, pattern) for kind, pattern in _RANGES.items()})
        for passage, text in texts
    ]
    yield from _strays("mixed-dashes", "ranges of numbers", found)


def _ranges(text: str, sign: re.Pattern[str]) -> list[re.Match[str]]:
    """Ranges such as 2010-2014; numbers of laws, dates and symbols are none."""
    result: list[re.Match[str]] = []
    for match in sign.finditer(text):
        start = match.start()
        while start and text[start - 1].isdigit():
            start -= 1
        found = _RANGE.match(text, start)
        if found and int(found[1]) < int(found[2]):
            result.append(found)
    return result


Found = list[tuple[Passage, dict[str, list[re.Match[str]]]]]


def _rarer(
    code: str, what: str, texts: list[tuple[Passage, str]], kinds: dict[str, re.Pattern[str]]
) -> Iterator[Diagnostic]:
    found: Found = [
        (passage, {kind: list(pattern.finditer(text)) for kind, pattern in kinds.items()})
        for passage, text in texts
    ]
    yield from _strays(code, what, found)


def _strays(code: str, what: str, found: Found) -> Iterator[Diagnostic]:
    """What is of another kind than most: by section, or once where it is in many of them."""
    counts: Counter[str] = Counter()
    for _, here in found:
        counts.update({kind: len(matches) for kind, matches in here.items()})
    usual, _ = counts.most_common(1)[0] if counts else ("", 0)
    for kind in counts:
        strays = [(passage, here[kind]) for passage, here in found if here[kind]]
        if kind == usual or not strays:
            continue
        hint = f"the report mostly has {usual} ({counts[usual]} times)"
        if len(strays) > _FEW:
            passage, matches = strays[0]
            where = f", {counts[kind]} times in {len(strays)} sections; the first time here"
            yield passage.problem(
                code, matches[0].start(), f"{what} of several kinds: {kind}{where}", hint
            )
            continue
        for passage, matches in strays:
            times = f" ({len(matches)} times in this section)" if len(matches) > 1 else ""
            message = f"{what} of another kind than elsewhere: {kind}{times}"
            yield passage.problem(code, matches[0].start(), message, hint)


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


_NEVER = re.compile(NEVER)
_CONTEXT = 80


def confused_names(report: Report) -> Iterator[Diagnostic]:
    """A treaty and the committee that watches over it have different short names."""
    for name, right, message, before, after in _uses(report):
        named = re.compile(rf"{name}\b(?<!\w{name})")
        for passage in passages(report):
            for match in named.finditer(passage.text) if name in passage.text else ():
                text = passage.text[max(0, match.start() - _CONTEXT) : match.start()]
                if before.search(text) or after.match(passage.text, match.end()):
                    yield passage.problem(
                        "confused-names", match.start(), f"{name} {message}", f"write {right}"
                    )


def _uses(report: Report) -> Iterator[tuple[str, str, str, re.Pattern[str], re.Pattern[str]]]:
    """Short names, the ones that are confused with them, what to say, and between what they are meant
    as the other."""
    language = report.speech.language
    before_treaty, before_committee, after_committee = _contexts(language)
    for item in report.speech.lexicon.committees.values():
        if item.code == item.treaty_short:
            continue
        treaty = item.treaty_called(language.code)
        message = "is the committee; this is said of the treaty"
        yield item.code, treaty, message, before_treaty, _NEVER
        for name in dict.fromkeys((treaty, item.treaty_short)):
            message = "is the treaty; this is said of the committee"
            yield name, item.code, message, before_committee, after_committee


def _contexts(language: Language) -> tuple[re.Pattern[str], ...]:
    """What stands before or behind a short name, where it is meant as the treaty or the committee."""
    article, of = one_of(language.check("articles")), one_of(language.check("said_of_article"))
    return (
        re.compile(
            rf"{article}\s+\d[\d ,()a-z–-]*\s+{of}\s+$"
            rf"|{one_of(language.check('said_of_treaty'))}\s+$"
        ),
        re.compile(rf"{one_of(language.check('said_of_committee'))}\s+$", re.IGNORECASE),
        re.compile(rf"(?:['’]s)?\s+{one_of(language.check('committee_says'))}", re.IGNORECASE),
    )


# --- abbreviations ------------------------------------------------------------------------------

_ABBREVIATION = re.compile(r"(?<![\w/.\x01-])([A-ZА-ЯЁ][A-ZА-ЯЁ0-9]{1,7})(?:s|'s|’s)?(?![\w/.-])")
_ROMAN = re.compile(r"[IVXLC]+")


def abbreviations(report: Report) -> Iterator[Diagnostic]:
    """Every abbreviation is explained: in report.yaml, or in brackets where it first stands."""
    known = {*report.abbreviations, report.committee, report.treaty_short, report.state_code}
    common = (
        *report.speech.check("common_abbreviations"),
        report.speech.country.common_abbreviations,
    )
    known |= words(*common) | set(report.accepted_words)
    meaning = re.compile(rf"\s*(?:{one_of(*report.speech.check('explained_by'))}|\()")
    seen: set[str] = set()
    for passage in bodies(report):
        for match in _ABBREVIATION.finditer(passage.text):
            word = match[1]
            if (
                word in known
                or word in seen
                or _ROMAN.fullmatch(word)
                or word[1:].isdigit()
                or _LEFTOVER.fullmatch(word)
            ):
                continue
            if _is_shouted(passage.line(match.start())):
                continue
            seen.add(word)
            if not _explained(passage.text, match, meaning):
                hint = "explain it here in brackets, or add it to abbreviations: in report.yaml"
                yield passage.problem(
                    "unexplained-abbreviation", match.start(), f"'{word}' is never explained", hint
                )


def _explained(text: str, match: re.Match[str], meaning: re.Pattern[str]) -> bool:
    before, after = text[: match.start()].rstrip('"“«'), text[match.end() :].lstrip('"”»')
    return ((before.endswith("(") and after[:1] in "),") or after.startswith(" (")) or bool(
        meaning.match(after)
    )


def _is_shouted(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return sum(map(str.isupper, letters)) > 0.6 * len(letters)
