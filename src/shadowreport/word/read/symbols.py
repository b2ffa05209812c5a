"""What the private characters of Word's symbol fonts look like: U+F020 to U+F0FF, by their font."""

from __future__ import annotations

import re

from shadowreport.word.names import Element, child, value

PRIVATE = re.compile("[\uf020-\uf0ff]")

# The font Symbol, from its sign 0x20 and from 0xA0 on; a blank stands for pieces of tall brackets.
_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|–↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"
_SYMBOL = {
    start + at: sign
    for start, signs in ((0x20, _LOW), (0xA0, _HIGH))
    for at, sign in enumerate(signs)
}
# Wingdings, as far as texts use it; this also is what a private character without a font is read as
_WINGDINGS = {
    0x28: "☎",
    0x2A: "✉",
    0x2D: "–",
    0x46: "☞",
    0x4A: "☺",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xB7: "•",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}


def symbol(code: int, font: str) -> str:
    """What a sign of a symbol font looks like; empty where that is not known."""
    signs = _SYMBOL if font.casefold() == "symbol" else _WINGDINGS
    return signs.get(code & 0xFF, "")


def in_symbols(text: str, font: str) -> str:
    """A sign that was typed as a letter in a symbol font, as its private character; other text as it is:
    words in such a font are a slip, and stay."""
    sign = text.strip()
    if font.casefold() not in ("symbol", "wingdings") or len(sign) != 1 or ord(sign) > 0xFF:
        return text
    return text.replace(sign, chr(0xF000 + ord(sign))) if symbol(ord(sign), font) else text


def drawn(char: str, font: str) -> tuple[str, bool]:
    """The sign that `w:sym` stands for by its hexadecimal code (a small square where nobody knows it),
    and whether the font alone says what it looks like."""
    try:
        code = int(char or "0", 16)
    except ValueError:
        code = 0
    if 0x20 <= code < 0xD800:
        return chr(code), False
    return (symbol(code, font) if 0xF000 <= code <= 0xF0FF else "") or "▪", True


def font_of(text: Element) -> str:
    """The font of the run that a text stands in, where it names one."""
    fonts = child(text.getparent(), "w:rPr", "w:rFonts")
    return value(fonts, "w:ascii") or value(fonts, "w:hAnsi") or ""


def readable(text: str, font: str) -> str:
    """A text whose private characters are replaced by what they look like, where that is known."""
    return PRIVATE.sub(lambda match: symbol(ord(match[0]), font) or match[0], text)
