"""Where the mark of a footnote stands that a citation makes: the rule, written once.

After the United Nations Editorial Manual: behind the punctuation that follows, with no space before
it, and with a raised comma between two marks. The rule is put to a text in which each thing is one
character: `NOTE` for a footnote that was typed, `CITATION` for a citation, `EDGE` for what is neither
a mark nor a character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from shadowreport.compare.text import NOTE
from shadowreport.core.ast import node, plain, transform
from shadowreport.core.quotes import BEFORE_MARKS

CITATION = "\ue010"
EDGE = "\ue011"  # where emphasis or a link begins or ends: nothing is moved over it
COMMA = ","
_MARK = f"[{NOTE}{CITATION}]"
# citations with the typed notes that stand at them, and the punctuation that goes before them
_RULE = re.compile(rf"({NOTE}* ?{CITATION}(?:{NOTE}| ?{CITATION})*)({BEFORE_MARKS})?")
_BETWEEN = re.compile(f"(?<={_MARK}){COMMA}(?={_MARK})")
# ", art. 4 (a) and 5, para. 2" behind a source that the text itself names: its mark stands behind that
_LETTER = r"(?:[ \u00a0]?\((?!(?:19|20)\d\d\))[^\W_]{1,5}\)|[ \u00a0](?:[^\W_]\)|(?:bis|ter)\b))*"  # 4 (a) (ii), 4 a), 4 bis
_NUMBER = rf"\d[\w/–-]*(?:\.\d+)*{_LETTER}"
_ROMAN = rf"(?-i:[IVXLC]+|[ivxlc]+)(?:[–-](?-i:[IVXLC]+|[ivxlc]+))?(?![^\W_])(?:\.\w+)*{_LETTER}"
_NEXT = rf"(?!(?:19|20)\d\d\b){_NUMBER}"  # no year, as in "art. 5 in 2015"
_LABEL = r"(?:[^\W\d_]{1,9}\.|§)[ \u00a0]*"
_JOIN = r"[ \u00a0](?:[^\W\d_]{1,2}|and|und|&)[ \u00a0]"
# what is written out is no label of every word with a number: "since 2016", "of 12 persons"
_WORDS = (
    r"foot-?notes?|endnotes?|notes?|annex(?:es?|os?)?|append(?:ix|ice)s?|tables?|figures?|boxe?s?|parts?|pages?|sections?|chapters?|"
    r"chapitres?|articles?|paragraph(?:e?s)?|rules?|principles?|guidelines?|clauses?|schedules?|titles?|books?|volumes?|lines?|rows?|"
    r"columns?|items?|points?|questions?|recitals?|regulations?|targets?|indicators?|goals?|folios?|"
    r"parties?|tableaux?|encadrés?|règles?|principes?|lignes?|alinéas?|titres?|livres?|tomes?|colonnes?|considérants?|"
    r"art[íi]culos?|artigos?|párrafos?|parágrafos?|sección|secciones|seç(?:ão|ões)|cap[íi]tulos?|partes?|páginas?|notas?|apéndices?|"
    r"cuadros?|quadros?|tablas?|tabelas?|figuras?|recuadros?|reglas?|regras?|princ[íi]pios?|directri(?:z|ces)|puntos?|pontos?|"
    r"incisos?|alíneas?|títulos?|libros?|livros?|tomos?|líneas?|filas?|columnas?|"
    r"стат(?:ь[яиеюё]|ей|ьями|ьях)|пункт\w{0,3}|подпункт\w{0,3}|абзац\w{0,3}|раздел\w{0,3}|глав\w{0,3}|част[ьия]\w{0,2}|"
    r"страниц\w{0,3}|примечани\w{0,3}|снос[кок]\w{0,3}|приложени\w{0,3}|таблиц\w{0,3}|рисун[ок]\w{0,3}|правил\w{0,3}|"
    r"принцип\w{0,3}|строк\w{0,3}|том\w{0,2}|граф\w{0,2}|"
    r"الماد(?:ة|تان|تين)|المواد|الفقر(?:ة|تان|تين|ات)|الصفح(?:ة|تان|تين|ات)|ص|الفص(?:ل|ول)|الباب|الأبواب|الجزء|المرفق|"
    r"الجدول|الشكل|الحاشية|الحواشي|البن(?:د|ود)|القسم|المجلد|المبدأ|المبادئ|القاعدة|القواعد|الإطار|التذييل"
)
_UNNUMBERED = r"preambles?|préambule|preámbulo|preâmbulo|преамбул\w|(?:left|right)(?:-hand)? column"
_LETTERED = r"(?-i:[A-ZА-Я])(?:\.\d+)*(?![^\W_])|[«“][^\W_][»”]"
_WORD = rf"(?:(?i:(?:sub-?)?(?:{_WORDS}))[ \u00a0](?:{_NUMBER}|{_ROMAN}|{_LETTERED})|(?i:{_UNNUMBERED}))"
_END = rf"(?=[,.;:)!?،؛؟]|$|{_JOIN}|[ \u00a0]\()"
_FURTHER = (
    rf"(?:,?{_JOIN}(?:{_NEXT}|\([^\W_]{{1,5}}\)|{_ROMAN}(?=[,.;:)]|$))"
    rf"|{_JOIN}(?:{_WORD}{_END}|(?=[^\W\d_]*[.]){_LABEL}{_NUMBER})"
    rf"|,?[ \u00a0](?=[^\W\d_]*[.])(?=[a-zà-ÿа-я]){_LABEL}(?:{_NUMBER}|{_ROMAN}|\([^\W_]{{1,5}}\)|[^\W\d_](?![\w.])|[«“][^\W_][»”])"
    rf"|[,،][ \u00a0]{_WORD}{_END}"
    r"|[ \u00a0](?:ff?|[^\W\d_]{1,2}[ \u00a0](?:seq|suiv|сл|ss))\.)"  # et seq.
)
# a bare number goes on only behind a label of several: §§ 5, 6; pp. 3, 4 and 9; arts. 4, 5
_SEVERAL = (
    r"(?:§§|([^\W\d_])\2\.|[^\W\d_]{2,8}s\.)[ \u00a0]*"
    rf"{_NUMBER}(?:,[ \u00a0]{_NEXT}(?=[,.;:)]|$|{_JOIN}\d))*"
)
_ONE = (
    rf"{_LABEL}(?:{_NUMBER}|{_ROMAN}|\([^\W_]{{1,5}}\)|[«“][^\W_][»”])|{_WORD}{_END}"
    rf"|at[ \u00a0](?:{_LABEL})?\d[\w–-]*(?=[,.;:)]|$)|\d\d?:\d\d(?::\d\d)?"
)
# the number first: 12-баптың 3-тармағы; in Chinese within a word: 第12条第3款
_BEHIND = (
    r"\d+(?:[–-]\d+)?(?:(?:,| және) \d+)*-(?:бап|баб|тарма[қғ]|бет|бөлі[мкг]|тарау|қосымша|кесте|сурет|ескерт|абзац|параграф|том)"
    r"\w{0,9}(?![^\W_])"
)
_DIGITS = "[0-9一二三四五六七八九十百零〇]+"
_WIDE = (
    rf"(?:第{_DIGITS}(?:[–—、至-]{_DIGITS})*(?:条|款|项|段|节|章|编|页|卷|期|号|部分)(?:之{_DIGITS})?"
    rf"|(?:附件|脚注|注|表|图){_DIGITS}|[（(][0-9a-z一二三四五六七八九十]{{1,3}}[)）][项目]?)"
)
_OTHERS = rf"{_BEHIND}(?:,? {_BEHIND})*|{_WIDE}+(?:[、和及]{_WIDE}+)*"
LOCATOR = re.compile(rf"(?:,[ \u00a0]|[，،][ \u00a0]?)((?:{_SEVERAL}|{_ONE}){_FURTHER}*|{_OTHERS})")

T = TypeVar("T")


def moved(
    row: Sequence[T],
    said: Callable[[T], str],
    settled: Callable[[Sequence[T], Sequence[T]], Iterable[T]],
) -> list[T]:
    """The things of a text, each said as one character, in the order in which they are printed.

    `settled` gives what stands in the place of citations, with their spaces, and of the punctuation
    behind them.
    """
    result: list[T] = []
    at = 0
    for match in _RULE.finditer("".join(map(said, row))):
        result += row[at : match.start()]
        result += settled(row[slice(*match.span(1))], row[match.end(1) : match.end()])
        at = match.end()
    return [*result, *row[at:]]


def commas(said: Iterable[str]) -> set[int]:
    """Where in a text, said in this way, a comma stands that a build has put between two marks."""
    return {match.start() for match in _BETWEEN.finditer("".join(said))}


# --- pandoc's elements --------------------------------------------------------------------------


def placed(value: Any) -> Any:
    """A copy of resolved elements in which citations, and notes beside them, stand where their marks
    are printed. What stands inside of footnotes stays."""
    if isinstance(value, dict):
        if _is(value, *_MARKS):
            return value
        return {
            key: placed(item) if isinstance(item, list | dict) else item
            for key, item in value.items()
        }
    row = [placed(item) if isinstance(item, list | dict) else item for item in value]
    if any(_said(item) == CITATION for item in row):
        row = _joined(moved([letter for item in row for letter in _letters(item)], _said, _settled))
    return _with_commas(row)


def without_commas(value: Any) -> Any:
    """A copy of elements without the commas between marks, for where the notes are left out."""
    return transform(value, {"Superscript": lambda inner: [] if plain(inner) == COMMA else None})


_MARKS = {"Note": NOTE, "Cite": CITATION}
_SPACES = ("Space", "SoftBreak")
_STYLES = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline")


def _said(item: Any) -> str:
    kind = item.get("t") if isinstance(item, dict) else None
    if kind == "Str":
        return item["c"]
    return " " if kind in _SPACES else _MARKS.get(str(kind), EDGE)


def _settled(run: Sequence[Any], before: Sequence[Any]) -> list[Any]:
    return [*before, *(item for item in run if not _is(item, *_SPACES))]


def _letters(item: Any) -> list[Any]:
    return [node("Str", letter) for letter in item["c"]] if _is(item, "Str") else [item]


def _joined(row: list[Any]) -> list[Any]:
    """The row with its letters as words again."""
    result: list[Any] = []
    for are_letters, run in groupby(row, lambda item: _is(item, "Str")):
        items = list(run)
        result += [node("Str", "".join(item["c"] for item in items))] if are_letters else items
    return result


def _with_commas(row: list[Any]) -> list[Any]:
    result: list[Any] = []
    for item in row:
        if result and _is(_edge(result[-1], -1), *_MARKS) and _is(_edge(item, 0), *_MARKS):
            result.append(node("Superscript", [node("Str", COMMA)]))
        result.append(item)
    return result


def _edge(item: Any, at: int) -> Any:
    """The first or last thing that is printed of an element."""
    while _is(item, *_STYLES, "Link", "Span"):
        inner = item["c"] if _is(item, *_STYLES) else item["c"][1]
        if not inner:
            break
        item = inner[at]
    return item


def _is(item: Any, *kinds: str) -> bool:
    return isinstance(item, dict) and item.get("t") in kinds
