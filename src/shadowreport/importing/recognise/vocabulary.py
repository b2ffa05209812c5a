"""The words by which parts of a report are recognised, in all languages that are known.

A Word file does not say its language, and headings of one may stand in another; so every pattern is
made of the lists of all languages together (templates/languages/, see core/phrases.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shadowreport.core.lexicon import Language, Lexicon
from shadowreport.core.phrases import one_of, phrases, words
from shadowreport.word.read.styles import StyleNames

YEAR = re.compile(r"(?<!\d)(?:19[6-9]\d|20[0-6]\d)(?!\d)")

_STEM = 4  # letters by which a plural and its singular are alike


@dataclass(frozen=True)
class Vocabulary:
    """All that a Word file's text is compared with."""

    lexicon: Lexicon

    def _one(self, group: str, *names: str) -> str:
        """A regular expression for one of the phrases of some lists."""
        return one_of(*(self.lexicon.all(group, name) for name in names))

    def _pattern(self, source: str) -> re.Pattern[str]:
        return re.compile(source, re.IGNORECASE)

    # --- boxes ----------------------------------------------------------------------------------

    @property
    def _box(self) -> str:
        return rf"(?:(?P<several>{self._one('import', 'boxes')})|(?P<one>{self._one('import', 'box')}))"

    @cached_property
    def box_heading(self) -> re.Pattern[str]:
        """The heading of a box: RECOMMENDATIONS, our recommendations to the Government."""
        before = rf"(?:{self._one('import', 'before_boxes')}\s+)?"
        behind = rf"(?:\s+{self._one('import', 'behind_boxes')}\s+[^.:]{{1,60}})?"
        return self._pattern(rf"\s*{before}{self._box}{behind}\s*[:.]?\s*")

    @cached_property
    def box_heading_inline(self) -> re.Pattern[str]:
        """The same at the head of the only recommendation."""
        return self._pattern(rf"\s*{self._box}\s*:\s+(?=\S)")

    # --- tables of earlier recommendations ------------------------------------------------------

    @cached_property
    def demands(self) -> re.Pattern[str]:
        """Words in the heads of such tables."""
        return self._pattern(self._one("import", "demands"))

    @cached_property
    def number_column(self) -> re.Pattern[str]:
        """The head of a column of numbers."""
        return self._pattern(rf"\s*(?:{self._one('import', 'numbers')}|#|№)?\s*")

    @property
    def _paragraph(self) -> str:
        paragraph = self._one("references", "paragraph")
        return rf"(?:{paragraph}|{self._one('import', 'in_brackets')}|§§?|¶¶?)"

    @property
    def _joined(self) -> str:
        return self._one("references", "joined_by")

    @cached_property
    def citation(self) -> re.Pattern[str]:
        """The paragraph of a demand in brackets: (paras. 9 and 10), (para. 9 (a)), (п. 9 a))."""
        mark = r"(?:\s*\(?[a-zа-я]\)|(?<=\d)[a-zа-я](?![^\W_]))"
        number = rf"\d{{1,3}}(?:{mark})*"
        joint = rf"(?:\s*(?:[-–—,;&]|(?<!\d){self._joined}))+"
        return self._pattern(
            rf"\s*[(\[]\s*{self._paragraph}\s*(?P<numbers>{number}(?:{joint}(?:\s*{number}|{mark}))*)"
            r"\s*[)\]]\s*(?P<dot>[.;]?)"
        )

    @cached_property
    def leading_citation(self) -> re.Pattern[str]:
        """The paragraph of a demand before it."""
        return self._pattern(
            rf"\s*(?:{self._paragraph}\s*)?(?P<numbers>\d{{1,3}})\s*[.:)]\s+(?=\w)"
        )

    # --- cross-references -----------------------------------------------------------------------

    @cached_property
    def reference(self) -> re.Pattern[str]:
        """Numbers of paragraphs, of this report or of another document."""
        numbers = rf"\d{{1,4}}(?:\s*(?:[-–—,;]|{self._joined})\s*\d{{1,4}})*"
        return self._pattern(
            rf"{self._one('references', 'paragraph')}\s*(?P<numbers>{numbers})"
            r"(?!\s*(?:\d|\([a-z]\)))"
        )

    @cached_property
    def own_behind(self) -> re.Pattern[str]:
        """What stands behind numbers of this report."""
        return self._pattern(rf"\s*{self._one('references', 'before', 'after', 'own')}")

    @cached_property
    def own_before(self) -> re.Pattern[str]:
        """What stands before numbers of this report, if nothing says otherwise."""
        return self._pattern(rf"{self._one('references', 'see')}\s*$")

    @cached_property
    def foreign_behind(self) -> re.Pattern[str]:
        """What stands behind numbers of another document."""
        return self._pattern(rf",?\s*{self._one('references', 'foreign')}")

    @cached_property
    def above(self) -> re.Pattern[str]:
        """That what is meant stands before."""
        return self._pattern(self._one("references", "before"))

    @cached_property
    def below(self) -> re.Pattern[str]:
        """That what is meant stands behind."""
        return self._pattern(self._one("references", "after"))

    # --- headings, captions, front pages --------------------------------------------------------

    @cached_property
    def caption(self) -> re.Pattern[str]:
        """The head of a table's caption, with its number."""
        number = rf"(?:{self._one('import', 'numbers')}|№)"
        table = self._one("import", "table")
        return self._pattern(rf"\s*{table}\s*{number}?\s*\d+\s*[.:–—-]?\s*")

    @cached_property
    def figure_caption(self) -> re.Pattern[str]:
        """The head of a picture's caption, with its number: Figure 3., Fig. 3 –."""
        number = rf"(?:{self._one('import', 'numbers')}|№)"
        return self._pattern(rf"\s*(?:{self._figure})\s*{number}?\s*\d+\s*[.:–—-]?\s*")

    @cached_property
    def _figure(self) -> str:
        called = phrases(self.lexicon.all("words", "figure"))
        return "|".join(rf"{re.escape(name)}|{re.escape(name[:3])}\." for name in called)

    @cached_property
    def captioned(self) -> re.Pattern[str]:
        """A table or a figure that a text speaks of, by its number."""
        table, number = self._one("import", "table"), self._one("import", "numbers")
        kinds = rf"(?:(?P<table>{table})|(?P<figure>{self._figure}))"
        return self._pattern(
            rf"(?<![^\W\d_]){kinds}\s*(?:{number}|№)?\s*(?P<number>\d+)(?![.,]?\d|[^\W\d_])"
        )

    @cached_property
    def several_captioned(self) -> re.Pattern[str]:
        """Several tables or figures that a text speaks of, by their numbers."""
        number = self._one("import", "numbers")
        joint = rf"\s*(?:[-–—,;]|{self._joined})\s*"
        return self._pattern(
            rf"(?P<word>{self._one('references', 'other')})\s*(?:{number}|№)?\s*"
            rf"(?P<numbers>\d+(?:{joint}\d+)+)(?![.,]?\d|[^\W\d_])"
        )

    def kind_of_several(self, word: str) -> str:
        """Whether the plural of a word means tables or figures; empty for others, and for one alone."""
        names = {
            "tbl": self.lexicon.all("import", "table"),
            "fig": self.lexicon.all("words", "figure"),
        }
        word = word.casefold()
        for kind, called in names.items():
            singular = [name.casefold() for name in phrases(called)]
            if word not in singular and any(
                name.startswith(word[:_STEM].rstrip(".")) for name in singular
            ):
                return kind
        return ""

    @cached_property
    def no_theme(self) -> re.Pattern[str]:
        """Headings that are no theme of the report."""
        return self._pattern(self._one("import", "no_theme"))

    @cached_property
    def contents_heading(self) -> re.Pattern[str]:
        """The heading of a table of contents."""
        return self._pattern(rf"\s*{self._one('import', 'contents')}\s*:?\s*")

    @cached_property
    def heading_number(self) -> re.Pattern[str]:
        """A typed number before a heading."""
        return re.compile(
            rf"\s*(?:{self._one('import', 'part')}\s+)?"
            r"(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-ZА-Я])\s*[.):]\s+"
            r"|^\s*\d{1,2}(?:\.\d{1,2})+\s+"
        )

    @cached_property
    def part_number(self) -> re.Pattern[str]:
        """The number of a part before a heading: Part II, CHAPTER 3."""
        part = self._one("import", "part")
        return self._pattern(rf"\s*{part}\s+(?:[IVXLC]{{1,6}}|\d{{1,2}}|[A-Z])\b")

    def heading_text(self, text: str) -> str:
        """A heading without a typed or Roman number before it, for making names of it."""
        number = self.heading_number.match(text)
        return text[number.end() if number else 0 :].strip()

    def preliminary(self, code: str) -> str:
        """The title of a text before the first heading."""
        language = self.lexicon.languages.get(code, Language(code))
        english = self.lexicon.languages["en"]
        return language.list("import", "preliminary") or english.list("import", "preliminary")

    # --- front pages --------------------------------------------------------------------------

    @cached_property
    def session(self) -> re.Pattern[str]:
        """A committee's session with its number: 106th session, 106-я сессия."""
        word = self._one("observations", "session")
        ordinal = r"\d{1,3}\s?[^\W\d_.º°ª-]{0,4}[-.º°ª]{0,2}[^\W\d_]{0,3}"
        return self._pattern(
            rf"(?<!\d){ordinal}\s*{word}|{word}\s+(?:№\s*)?\d{{1,3}}(?!\d)|第[^\s届]{{1,6}}届会议"
        )

    @cached_property
    def _months(self) -> Mapping[str, int]:
        spoken = (self.lexicon.languages[code] for code in self.lexicon.spoken())
        return {
            name.lower(): number
            for language in spoken
            for alone in (True, False)
            for number, name in enumerate(language.months(alone=alone), 1)
        }

    @property
    def _month(self) -> str:
        names = sorted(self._months, key=len, reverse=True)
        return "|".join(map(re.escape, names))

    @cached_property
    def month_and_year(self) -> re.Pattern[str]:
        """A month with its year, and the day where it is told: 1 March 2022, April 2022."""
        day = r"(?:(?<!\d)(?P<day>\d{1,2})(?:er|º|°|\.)?,?\s+(?:de\s+)?)?"
        after = r"(?:\s+(?P<later>\d{1,2}))?,?"
        return self._pattern(
            rf"{day}(?<![^\W\d_])(?P<month>{self._month}){after}\s+(?:del?\s+)?(?P<year>{YEAR.pattern})"
        )

    def day_of(self, text: str) -> str:
        """The day that a text tells, YYYY-MM-DD, or the month that it is, YYYY-MM; empty for others."""
        found = self.month_and_year.search(text)
        if not found:
            return ""
        day = found["day"] or found["later"]
        try:
            told = date(int(found["year"]), self._months[found["month"].lower()], int(day or 1))
        except ValueError:
            return ""
        return told.isoformat() if day else self._month_of(text, found[0], f"{told:%Y-%m}")

    def _month_of(self, line: str, found: str, month: str) -> str:
        """A month, where its line holds no other words: they would be lost."""
        spoken = (self.lexicon.languages[code] for code in self.lexicon.spoken())
        ways = (line, found, *(language.month(month) for language in spoken))
        one, *others = (" ".join(way.lower().rstrip(" .").split()) for way in ways)
        return month if one in others else ""

    # --- styles ---------------------------------------------------------------------------------

    @cached_property
    def style_names(self) -> StyleNames:
        """What programs in other languages call the built-in styles."""
        return StyleNames(
            *(
                self._pattern(self._one("import", f"style_{kind}"))
                for kind in ("heading", "contents")
            )
        )

    def is_style(self, kind: str, name: str) -> bool:
        """Whether a style's name is one of title, subtitle or caption."""
        return bool(self._styles(kind).fullmatch(name.strip()))

    @cached_property
    def quotation_style(self) -> re.Pattern[str]:
        """Words in the name of a style of quotations."""
        return self._styles("quotation")

    def _styles(self, kind: str) -> re.Pattern[str]:
        return self._pattern(self._one("import", f"style_{kind}"))

    # --- words that say little ------------------------------------------------------------------

    @cached_property
    def _small(self) -> Mapping[str, frozenset[str]]:
        return {
            code: words(language.list("writing", "small"))
            for code, language in self.lexicon.languages.items()
        }

    @cached_property
    def little_words(self) -> frozenset[str]:
        """Words that tell nothing."""
        return frozenset().union(*self._small.values())

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """Words of headings that tell nothing of a theme."""
        return words(self.lexicon.all("import", "heading_words"))

    @cached_property
    def dull_words(self) -> frozenset[str]:
        """Words that tell nothing of what a paragraph is about."""
        states = (country.names.values() for country in self.lexicon.countries.values())
        names = {name.lower() for state in states for name in state}
        talk = words(self.lexicon.all("import", "report_words"))
        return self.little_words | self.heading_words | talk | names

    def language_of(self, text: str) -> str:
        """Which of the languages a text is most likely in; English where none fits."""
        return self.lexicon.language_of(text, self.lexicon.spoken())

    # --- committees -----------------------------------------------------------------------------

    @cached_property
    def _committees(self) -> Mapping[str, re.Pattern[str]]:
        return {
            code: self._pattern(one_of(item.named))
            for code, item in self.lexicon.committees.items()
        }

    def committee_of(self, text: str) -> str:
        """The short name of the committee that a text names first; empty where it names none."""
        found = {code: words.search(text) for code, words in self._committees.items()}
        starts = {code: match.start() for code, match in found.items() if match}
        return min(starts, key=lambda code: starts[code], default="")
