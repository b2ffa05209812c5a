"""The words by which a committee's document is understood, in the language that it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from shadowreport.core.lexicon import Language, Lexicon
from shadowreport.core.phrases import one_of, words

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_GLUED = re.compile(r".*[^\W\d_A-ZА-Я](?=[A-ZА-Я])")  # DiscriminationEightieth
_COUNTED_DATE = re.compile(
    r"(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
)  # of Chinese texts; a second one is of the same year
_COMMA = re.compile(r",\s+")
_SIGN = r"(?:[Nn][\wº°]{0,3}\.?\s?[º°]?|№)"
_NUMBER_SIGN = rf"{_SIGN}?\s*"
_YEARED = re.compile(r"(\d{1,3})\s*\(\d{4}\)")


@dataclass(frozen=True)
class Words:
    """The patterns of one language."""

    lexicon: Lexicon
    language: Language

    def _one(self, name: str, group: str = "observations") -> str:
        return one_of(self.language.list(group, name))

    def _pattern(self, source: str) -> re.Pattern[str]:
        return re.compile(source, re.IGNORECASE)

    def finds(self, name: str, text: str) -> re.Match[str] | None:
        """Where a text holds a phrase of a list."""
        return self._lists[name].search(text)

    def main_clause(self, sentence: str) -> str:
        """A sentence without what it recalls, notes or bears in mind before its own verb."""
        verbs = self._lists["concerned"], self._lists["recommends"]
        subject = self._lists["subject"]
        first = subject.match(sentence)
        if (
            first and sentence[first.end() : first.end() + 1] == ","
        ):  # The Committee, recalling ..., urges
            starts = (match.end() for match in _COMMA.finditer(sentence, first.end() + 1))
            return next(
                (sentence[at:] for at in starts if any(verb.match(sentence, at) for verb in verbs)),
                sentence,
            )
        if first or any(verb.match(sentence) for verb in verbs):
            return sentence
        starts = (
            match.end() for match in _COMMA.finditer(sentence)
        )  # Recalling ..., the Committee urges
        return next((sentence[at:] for at in starts if subject.match(sentence, at)), sentence)

    @cached_property
    def _lists(self) -> dict[str, re.Pattern[str]]:
        names = self.language.data.get("observations", {})
        return {name: self._pattern(self._one(name)) for name in names}

    @cached_property
    def _joined(self) -> str:
        return self._one("joined_by", "references")

    # --- numbers ------------------------------------------------------------------------------------

    @cached_property
    def _more(self) -> str:
        """What may follow a number in a list of numbers."""
        short = [word for word in self.language.list("references", "joined_by") if len(word) == 1]
        close = (
            "|".join(rf"\s+{re.escape(word)}(?=\d)" for word in short) or r"(?!)"
        )  # in Arabic: 7 و18
        join = rf"(?:\s*[,;]\s*(?:{self._joined}\s+)?|\s*[-–]\s*|\s+{self._joined}\s+|{close})"
        bracket = r"(?:\s*\([^()]{1,100}\)|\s[^\W\d_]\))*"  # 8 (a), and 8 a) in other languages than English
        return rf"{bracket}(?:{join}(?:\d{{1,3}}(?!\d){bracket}|\(?[^\W\d_]\){bracket}))*"

    @cached_property
    def _article(self) -> re.Pattern[str]:
        article = self._one("articles", "checks")
        paragraph = self._one("paragraph", "references")
        treaty = rf"(?:,?\s*{paragraph}\s*\d+(?:\s*\(\w\))*)?,?\s*{self._one('treaty')}"
        return self._pattern(
            rf"(?P<open>\()?{article}\s*(?P<numbers>\d{{1,3}}{self._more})(?P<treaty>{treaty})?"
        )

    def articles(self, text: str) -> list[int]:
        """The articles of the treaty that a text names: in brackets, or with the treaty's name."""
        found = (
            match for match in self._article.finditer(text) if match["open"] or match["treaty"]
        )
        return sorted({number for match in found for number, _ in references(match["numbers"])})

    def without_articles(self, heading: str) -> str:
        """A heading without the articles in brackets at its end."""
        for match in self._article.finditer(heading):
            if match["open"]:
                return heading[: match.start()].rstrip()
        return heading

    @cached_property
    def _general(self) -> re.Pattern[str]:
        number = r"(?:\d{1,3}|[IVXL]{1,7})\b(?:\s*\(\d{4}\))?"
        between = rf"(?:\s*,\s*(?:{self._joined}\s+)?|\s+{self._joined}\s+)"
        # No. 7 (1985) on article 4, No. 15 (1993) on hate speech and No. 35 (2013)
        topic = (
            rf"(?:(?!\.\s+[^\W\d_a-zа-я])[^;]){{1,150}}?{between}{_SIGN}\s*(?=\d+\s?\(\d{{4}}\))"
        )
        return self._pattern(
            rf"{self._one('general_recommendation')}[^\w(№]*{_NUMBER_SIGN}"
            rf"(?P<numbers>{number}(?:{between}{_NUMBER_SIGN}{number})*)(?P<further>(?:{topic}{number})*)"
        )

    def general_recommendations(self, text: str) -> list[int]:
        """The numbers of the general recommendations or comments that a text names."""
        found: set[int] = set()
        for match in self._general.finditer(text):
            found |= {int(number) for number in _YEARED.findall(match["further"])}
            said = re.sub(r"\(\d{4}\)", "", match["numbers"])
            found |= {int(number) for number in re.findall(r"\d+", said)}
            found |= {_arabic(number) for number in re.findall(r"\b[IVXLC]+\b", said)}
        return sorted(found)

    @cached_property
    def _paragraphs(self) -> re.Pattern[str]:
        paragraph = self._one("paragraph", "references")
        number = rf"\d{{1,3}}(?!\d){self._more}"
        topic = (
            r",?\s[^.;:()\d]{1,100}?,\s"  # paragraphs 5, on general principles, and 7, on equality
        )
        more = rf"(?:{topic}(?:{self._joined}\s)?{number})*"
        return self._pattern(rf"{paragraph}\s*(?P<numbers>{number}{more})")

    def paragraphs(self, text: str) -> Iterator[tuple[int, str]]:
        """The paragraphs of this document that a text names, with the letter of a sub-paragraph."""
        for match in self._paragraphs.finditer(text):
            behind = text[match.end() : match.end() + 60].partition(".")[0]
            if not self.finds("previous", behind):
                yield from references(match["numbers"])

    def apart(self, text: str) -> str:
        """A line of the first page with what a copy put together set apart: the words before the symbol, and
        the day behind it (Distr.GENERALCAT/C/KAZ/CO/212 December 2008)."""
        return self._day_behind.sub(r"\1 ", self._symbol_behind.sub(" ", text))

    @cached_property
    def _symbol_behind(self) -> re.Pattern[str]:
        roots = "|".join(re.escape(item.symbol) for item in self.lexicon.committees.values())
        return re.compile(rf"(?<=[^\W\d_])(?=(?:{roots})/)|(?<=[a-z])(?=[A-Z]+/)")

    @cached_property
    def _day_behind(self) -> re.Pattern[str]:
        english = self.lexicon.languages["en"].months()
        months = "|".join(map(re.escape, {*self.language.months(), *english}))
        return self._pattern(
            rf"(/\S*?\d)(?=(?:3[01]|[12]\d|[1-9])\s+(?:de\s+)?(?:{months})\s*(?:de\s+)?\d{{4}})"
        )

    # --- dates --------------------------------------------------------------------------------------

    def dates(self, text: str, year: str = "") -> list[str]:
        """The whole dates of a text, as YYYY-MM-DD; those without a year are of a `year` where one is
        given."""
        found = self._date.finditer(text) if self.language.data.get("locale") else ()
        named = [
            f"{match[3] or year}-{self._months[match[2].lower()]:02}-{int(match[1]):02}"
            for match in found
            if match[3] or year
        ]
        return named or list(_counted(text, year))

    @cached_property
    def _months(self) -> dict[str, int]:
        return {name.lower(): number for number, name in enumerate(self.language.months(), 1)}

    @cached_property
    def _date(self) -> re.Pattern[str]:
        months = "|".join(map(re.escape, self._months))
        return self._pattern(
            rf"(?<!\d)(\d{{1,2}})(?:er|º|°)?\s*(?:de\s+)?({months})(?![^\W\d_])(?:\s*(?:del?\s+)?(\d{{4}}))?"
        )

    def session(self, text: str) -> str:
        """The number of the session that a text names, in digits or in words."""
        word = self._one("session")
        digits = re.search(rf"(?i)(\d{{1,3}})\S{{0,4}}\s+{word}", text)
        if (
            self.language.direction == "rtl"
        ):  # its number stands behind it, and its name in words too
            digits = digits or re.search(rf"{word}\s+(\d{{1,3}})", text)
            return digits[1] if digits else ""
        spelled = re.search(rf"(?i)([^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*)?)\s+{word}", text)
        if digits or not spelled:
            return digits[1] if digits else ""
        small = words(self.language.list("writing", "small"))
        said = _GLUED.sub("", spelled[1]).split()
        if not said[-1].isupper():  # COMMITTEE Ninety-third
            said = [part for part in said if not part.isupper()]
        return " ".join(part for part in said if part.lower() not in small)


def _counted(text: str, year: str) -> Iterator[str]:
    for match in _COUNTED_DATE.finditer(text):
        year = match[1] or year
        if year:
            yield f"{year}-{int(match[2]):02}-{int(match[3]):02}"


def references(text: str) -> Iterator[tuple[int, str]]:
    """Numbers with letters in brackets: 4, 10 (a) and (c), 8 b), 12-14."""
    tokens = re.findall(r"\d+|\([^()]*\)|\b[^\W\d_]\)|[-–]", text)
    number, span = 0, False
    for token, following in pairwise([*tokens, ""]):
        if token in "-–":
            span = True
        elif token.isdigit():
            first = number + 1 if span and number < int(token) < number + 30 else int(token)
            for value in range(first, int(token)):
                yield value, ""
            number, span = int(token), False
            if not _letters(following):
                yield number, ""
        else:
            for letter in _letters(token):
                yield number, letter


def _letters(bracket: str) -> str:
    match = re.fullmatch(r"\(?([^\W\d_])\)", bracket)
    return match[1].lower() if match else ""


def _arabic(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman.upper()]
    return sum(-one if one < other else one for one, other in pairwise([*values, 0]))
