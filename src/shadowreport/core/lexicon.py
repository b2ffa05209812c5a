"""What is data, not code: a language, a committee, a State, and all that a report needs of them.

Each is one file of templates/: languages/<code>.yaml, committees/<code>.yaml, countries/<code>.yaml.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from shadowreport.core.direction import isolated
from shadowreport.core.phrases import joined, phrases, words
from shadowreport.core.quotes import typeset
from shadowreport.core.spacing import Rules, is_wide, rules, spaced

# the organs of the Charter and the human rights instruments: their symbols need no committee
_SERIES = ("A", "S", "E", "HRI")

# how many of a text's words are small words of its language at least, so that this is sure: where no
# other language comes near, and where a kin language shares many of them (but not more than by _LEAD)
_SHARE, _SHARE_OF_KIN = 0.1, 0.3
_LEAD, _FAR = 1.5, 3.0


_SCRIPTS = {"CYRILLIC": "cyrillic", "ARABIC": "arabic", "CJK": "han"}  # by names of letters

_MARKS = {
    "comma": ",",
    "semicolon": ";",
    "names": ",",
    "colon": ":",
    "stop": ".",
    "open": "(",
    "close": ")",
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language: the words that a report prints in it, and how its texts are recognised."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    committees: Mapping[str, str] = field(default_factory=dict)  # full names by short ones
    tag: str = ""  # as report.yaml has it, with a script or region: pt-BR

    def __getitem__(self, name: str) -> str:
        """A word that is printed."""
        return self.data["words"][name]

    def __contains__(self, name: str) -> bool:
        return name in self.data["words"]

    @property
    def own_words(self) -> Mapping[str, str]:
        """Words of a project's own for its templates, by names of its own."""
        return self.data.get("own_words", {})

    def list(self, group: str, name: str) -> str:
        """A list of phrases (see phrases.py); empty where the language has none."""
        return self.data.get(group, {}).get(name, "")

    def check(self, name: str) -> str:
        """A list that the checks look for."""
        return self.list("checks", name)

    @property
    def language(self) -> str:
        """The tag that outputs carry, as templates call it."""
        return self.tag or self.code

    @property
    def region(self) -> str | None:
        """The country of its tag, as typst knows countries: BR of pt-BR; none of es-419."""
        parts = self.language.split("-")[1:]
        return next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), None)

    def spoken_in(self, tag: str) -> Language:
        """The language as a tag names it, with what is otherwise in its region: that of Brazil in pt-BR."""
        parts, data = set(tag.split("-")[1:]), dict(self.data)
        for names, own in self.data.get("regions", {}).items():
            if parts & set(names.replace(",", " ").split()):
                data |= {
                    key: data.get(key, {}) | value if isinstance(value, dict) else value
                    for key, value in own.items()
                }
        names = {**self.committees, **data.get("committees", {})}
        return replace(self, data=data, committees=names, tag=tag)

    @property
    def locale(self) -> str:
        """Language and State, such as en_GB."""
        return self.data["locale"]

    @property
    def direction(self) -> str:
        """Where its lines run to: ltr or rtl."""
        return self.data.get("direction", "ltr")

    @property
    def fonts(self) -> Mapping[str, Any]:
        """Fonts that have its letters; empty where the usual ones have them."""
        return self.data.get("fonts", {})

    @property
    def marks(self) -> Mapping[str, str]:
        """Its marks between and around the parts of a footnote, between names, and behind a word such as "Data"."""
        return _MARKS | self.data.get("marks", {})

    @property
    def annexes(self) -> Sequence[str]:
        """What the first, second and further annexes are called, where they have no Roman numerals."""
        return self.data.get("annexes", ())

    def mark(self, name: str) -> str:
        """One of its marks between parts, with the space that follows it."""
        mark = self.marks[name]
        return mark if is_wide(mark[-1]) else f"{mark} "

    def labelled(self, key: str, text: str) -> str:
        """A text behind one of the report's words: "Data: Cases a year"."""
        return self.behind(self[key], text)

    def behind(self, label: str, text: str) -> str:
        """A text behind a label, with the colon of the language between them."""
        return self.typeset(f"{label}{self.mark('colon')}{text}")

    @property
    def notes(self) -> Mapping[str, Any]:
        """The words of footnotes, by the names of CSL's terms."""
        return self.data["notes"]

    @property
    def quotes(self) -> tuple[str, ...]:
        """Its quotation marks: the outer pair, the inner pair."""
        return tuple(self.data["quotes"])

    @property
    def script(self) -> str:
        """The script of its letters, as docs/schemas/language.schema.json names it."""
        return self.list("writing", "script")

    @property
    def spacing(self) -> Rules:
        """Which of its spaces are kept whole."""
        named = ("spaced_signs", "before_numbers", "behind_numbers")
        return rules(*(phrases(self.list("writing", key)) for key in named))

    def committee(self, short: str) -> str:
        """The full name of a committee by its short one; the short one where it is not known."""
        return self.committees.get(short, short)

    def date(self, value: str) -> str:
        """A date such as 2022-03-01, or a month such as 2022-03, in words; anything else as it is."""
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return self.month(value)
        words = self._written(day, self.date_pattern())
        first = self.notes.get("ordinal-01", "") if day.day == 1 else ""
        return re.sub(r"\b1\b", f"1{first}", words, count=1)

    def number(self, value: Decimal, decimals: int) -> str:
        """A number with so many decimals, and its thousands apart."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, pattern, self.locale)

    def count(self, value: int) -> str:
        """A whole number, its thousands apart."""
        return self.number(Decimal(value), 0)

    def percent(self, share: float) -> str:
        """A share in whole percent, with the sign as the language sets it."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self.locale)

    @property
    def decimal_mark(self) -> str:
        """The mark between the ones and the decimals of its numbers."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self.locale)

    def month(self, value: str) -> str:
        """A month such as 2022-03 in words, without a day."""
        from babel import Locale

        try:
            first = date.fromisoformat(f"{value}-01")
        except ValueError:
            return value  # load/values.py tells that there is no such month
        usual = Locale.parse(self.locale).datetime_skeletons["yMMMM"].pattern
        return self._written(first, self._dates.get("month", usual))

    def _written(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        own = self._dates.get("months")
        pattern = pattern.replace("MMMM", f"'{own[day.month - 1]}'") if own else pattern
        return format_date(day, pattern, self.locale)

    def date_pattern(self) -> str:
        """The pattern of a whole date, as the CLDR writes it: "d 'de' MMMM 'de' y"."""
        from babel import Locale

        usual = Locale.parse(self.locale).date_formats["long"].pattern
        return self._dates.get("day", usual)

    def months(self, *, alone: bool = False) -> list[str]:
        """The names of the months as they stand in a date, or without a day where they stand `alone`."""
        from babel.dates import get_month_names

        names = get_month_names("wide", "stand-alone" if alone else "format", self.locale)
        return self._dates.get("months") or [names[number] for number in range(1, 13)]

    @property
    def _dates(self) -> Mapping[str, Any]:
        return self.data.get("dates", {})

    def of(self, texts: Mapping[str, str]) -> str:
        """The text in this language, else the one without a language, else the first."""
        own = texts.get(self.language) or texts.get(self.code)
        return self.typeset(own or texts.get("") or next(iter(texts.values())))

    def typeset(self, text: str) -> str:
        """A plain text of a YAML file with the quotation marks and apostrophes of the language, as
        they are set in the sections."""
        text = spaced(typeset(text, self.quotes), self.spacing)
        return isolated(text) if self.direction == "rtl" else text


@dataclass(frozen=True, slots=True)
class Rule:
    """What a body asks of a submission. `kind` is a key of the tables in checks/limits.py.

    `value` is a number of words, pages or days, a list, or phrases (core/phrases.py). `dated` is when
    `source` was written, as far as it says, `checked` the date on which it was last compared; a rule
    that is not verified comes from memory or from others, and is always shown as such. `stage` is the
    one stage for which it holds; all where it is empty. `translations` has source and note by language.
    """

    kind: str
    value: Any
    source: str
    checked: str
    verified: bool
    note: str = ""
    dated: str = ""
    stage: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def said(self, what: Literal["source", "note"], language: str) -> tuple[str, str]:
        """Its source or note in a language, and the language where it is another one: the text is English then."""
        texts = self.translations.get(what, {})
        text = getattr(self, what)
        return (texts[language], "") if language in texts else (text, "en" if texts else "")

    @property
    def cited(self) -> str:
        """The source, for a hint that says where a rule comes from."""
        return self.source if self.verified else f"not verified; {self.source}"

    @property
    def advice(self) -> str:
        """What the body says of the rule, where it says something, and the source."""
        return f"{self.note} {self.cited}".lstrip()

    @property
    def age(self) -> str:
        """Since when it is known: a year or a day; empty where nobody has said."""
        return self.dated or self.checked


@dataclass(frozen=True, slots=True)
class Theme:
    """A usual theme of reports to a body: its name as an id, its titles by language, its articles."""

    id: str
    titles: Mapping[str, str]
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Committee:
    """A body that reports are made to: its names, its treaty, its symbols, its rules.

    `treaty` are the names of the treaty by language, `resolution` (a number of the General
    Assembly's) and `adopted` (YYYY-MM-DD) say how it came about; empty where the file does not.
    """

    code: str
    names: Mapping[str, str]
    treaty: Mapping[str, str]
    treaty_short: str
    symbol: str  # what the symbols of its documents begin with
    named: str  # the phrases by which a text names it
    treaty_shorts: Mapping[str, str] = field(default_factory=dict)  # by language, where it differs
    rules: tuple[Rule, ...] = ()
    resolution: str = ""
    adopted: str = ""
    themes: tuple[Theme, ...] = ()
    stages: tuple[str, ...] = ()  # what a report can be made for
    documents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names by language
    form: tuple[str, ...] = ()  # the columns of the matrix in which it asks for comments

    def treaty_called(self, language: str) -> str:
        """The short name of its treaty in a language."""
        return self.treaty_shorts.get(language, self.treaty_short)

    def treaty_names(self) -> set[str]:
        """The short names of its treaty in all languages."""
        return {self.treaty_short, *self.treaty_shorts.values()}


@dataclass(frozen=True, slots=True)
class Country:
    """A State: what reports on it speak of."""

    code: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    addressees: Mapping[str, str] = field(default_factory=dict)
    common_abbreviations: str = ""
    no_person: str = ""
    no_place: str = ""


@dataclass(frozen=True)
class Lexicon:
    """All languages, committees and States that are known."""

    languages: Mapping[str, Language] = field(default_factory=dict)
    committees: Mapping[str, Committee] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)

    def country(self, code: str, name: str = "") -> Country:
        """A State by its code or a name of it; an empty one where nothing is known of it."""
        for country in self.countries.values():
            if country.code == code or (not code and name in country.names.values()):
                return country
        return Country(code)

    def spoken(self) -> dict[str, Language]:
        """The languages in which a report can be written."""
        return {code: item for code, item in self.languages.items() if "words" in item.data}

    def all(self, group: str, name: str) -> str:
        """A list of phrases in all languages together."""
        return joined(language.list(group, name) for language in self.languages.values())

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """What a full stop may follow in the middle of a sentence, in any language: a report on one
        State quotes others' laws and names."""
        return words(self.all("writing", "abbreviations"))

    def language_of(self, text: str, among: Iterable[str], default: str = "en") -> str:
        """Which of some languages a text is most likely in; where it has small words of none, `default`, or
        one that is written in its letters."""
        return self.language_guess(text, among, default)[0]

    def language_guess(
        self, text: str, among: Iterable[str], default: str = "en"
    ) -> tuple[str, bool]:
        """The language of `language_of`, and whether that is sure: enough of the text's words are
        small words of it, and clearly more than of any other."""
        found = re.findall(r"[^\W\d_]+", text.lower())[:20_000]
        small = self._small_words
        codes = list(among)
        unspaced = {code for code in codes if self.languages[code].script == "han"}
        counts = {
            code: sum(
                any(sign in small[code] for sign in word)
                if code in unspaced
                else word in small[code]
                for word in found
            )
            for code in codes
        }
        best, *others = sorted(counts, key=lambda code: counts[code], reverse=True)
        if not counts[best]:
            return self._by_letters(text, codes, default), False
        share = counts[best] / len(found)
        second = max((counts[code] for code in others), default=0)
        lead = counts[best] / second if second else _FAR
        return best, share >= (_SHARE if lead >= _FAR else _SHARE_OF_KIN) and lead >= _LEAD

    def _by_letters(self, text: str, codes: Sequence[str], default: str) -> str:
        """The default where it is written in a text's letters, else the last of those that are."""
        names = Counter(unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha())
        script = _SCRIPTS.get(names.most_common(1)[0][0] if names else "", "latin")
        fitting = [code for code in codes if self.languages[code].script == script]
        return default if default in fitting or not fitting else fitting[-1]

    @cached_property
    def _small_words(self) -> dict[str, frozenset[str]]:
        return {code: words(item.list("writing", "small")) for code, item in self.languages.items()}

    @cached_property
    def symbol(self) -> re.Pattern[str]:
        """A UN symbol; what may trail it is to be cut off (see symbols_in)."""
        roots = {item.symbol.partition("/")[0] for item in self.committees.values()}
        series = "|".join(sorted(map(re.escape, {*_SERIES, *roots})))
        return re.compile(rf"(?<![\w/.])(?:{series})(?:/[A-Z0-9][\w.\-–]*){{2,}}")

    @cached_property
    def _of_state(self) -> re.Pattern[str]:
        starts = "|".join(sorted(re.escape(item.symbol) for item in self.committees.values()))
        return re.compile(rf"\b(?:{starts})/([A-Z]{{3}})(?:/|\b)(\d+(?:-\d+)?)?")

    def states_in(self, text: str) -> list[str]:
        """The codes of States in the symbols of a text, once for each symbol."""
        return [match[1] for match in self._of_state.finditer(text)]

    def is_state_report(self, symbol: str) -> bool:
        """Whether a symbol is that of a State's report to one of the committees."""
        match = self._of_state.fullmatch(symbol)
        return bool(match and match[2])

    def symbols_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Every UN symbol of a text with its place."""
        for match in self.symbol.finditer(text):
            symbol = match[0].rstrip(".-–").replace("–", "-").replace("--", "-")
            yield match.start(), symbol

    def is_symbol(self, text: str) -> bool:
        """Whether a text is a UN symbol and nothing else."""
        return bool(self.symbol.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Speech:
    """What a report's texts may hold: its language, and the others that its State's sources use."""

    language: Language = field(default_factory=lambda: Language("en"))
    others: tuple[Language, ...] = ()
    country: Country = field(default_factory=Country)
    lexicon: Lexicon = field(default_factory=Lexicon)

    def check(self, name: str) -> tuple[str, ...]:
        """A list of the checks in all these languages."""
        return tuple(item.check(name) for item in self.languages())

    def languages(self) -> Iterable[Language]:
        """The report's language and the others."""
        return (self.language, *self.others)
