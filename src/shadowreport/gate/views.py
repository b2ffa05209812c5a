"""What a text says behind its encodings: each way of writing it that hides a name gives another text
to be searched."""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from functools import lru_cache
from urllib.parse import unquote, unquote_to_bytes

_AROUND = 60  # characters on both sides of something that is put together again
_DEEP = 4  # encodings in encodings
_MANY = 48  # readings of one text; simple ones come first

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ENTITY = re.compile(r"&#?\w")
_ESCAPE = re.compile(
    r"[\\%]u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\U([0-9A-Fa-f]{8})|\\x([0-9A-Fa-f]{2})"
    r"|\\([0-9A-Fa-f]{2,6}) ?|_x([0-9A-Fa-f]{4})_"
)
_DECIMAL = re.compile(r"\\u(-?\d{2,5}) ?\??")  # of RTF
_RTF = re.compile(r"(?:\\'[0-9a-fA-F]{2})+")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_ASCII_DOMAIN = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
_LATER = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # bytes of a letter behind its first, misread
_MISREAD = re.compile(
    rf"[Â-ß]{_LATER}|[à-ï]{_LATER}{{2}}|ð{_LATER}{{3}}|[РС][\u0400-\u04ff°±-¿‚„…†‡€‰‹‘’“”•–—™›]"
)
_BASE64 = re.compile(
    r"(?:[A-Za-z0-9+/_-]{16,}\r?\n[ \t]*)+[A-Za-z0-9+/_-]*={0,2}|[A-Za-z0-9+/_-]{8,}={0,2}"
    r"|(?:[A-Za-z0-9+/]{4} ){3,}[A-Za-z0-9+/]{2,4}={0,2}"
)
# here and below a letter comes first and what must not stand before it behind: such patterns are found
# several times as fast
_HEX = re.compile(
    r"[0-9A-Fa-f](?:(?<=0)x[0-9A-Fa-f]{2}|[0-9A-Fa-f])[\s:,]{0,2}"
    r"(?:(?:0x)?[0-9A-Fa-f]{2}[\s:,]{0,2}){5,}"
)
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2}){4,}")
_CODES = re.compile(
    r"\d(?<![\w.]\d)\d{1,4}(?:,[ ]?|[ ])(?:\d{2,5}(?:,[ ]?|[ ])){2,}\d{2,5}(?![\w.])"
)  # of letters, in decimals
_BASE32 = re.compile(r"[A-Z2-7](?<![A-Za-z0-9].)[A-Z2-7]{15,}={0,6}(?![A-Za-z0-9])")
_BITS = re.compile(r"[01](?<![01].)[01]{7}[\s,]{0,2}(?:[01]{8}[\s,]{0,2}){3,}(?![01])")
_BASE85 = re.compile(r"<~[!-u\s]{8,}~>")

_UTF7 = re.compile(r"\+([A-Za-z0-9+/]{2,}=*)-?|&([A-Za-z0-9+,]{2,})-")
_MAIL_WORDS = re.compile(
    r"=\?[\w.-]{2,30}\?[BbQq]\?[^?\s]*\?=(?:\s+=\?[\w.-]{2,30}\?[BbQq]\?[^?\s]*\?=)*"
)
_MAIL_PARTS = re.compile(r"\"?;\s*[\w-]{1,30}\*\d+\*?=\"?")  # a name of a file in several parts
_CODE_PAGE = re.compile(r"\\ansicpg(\d{3,5})")
_RTF_WORDS = re.compile(
    r"\\(?:par|line|tab|cell|row)\b ?|\\\*|\\[a-z]{1,32}(?:-?\d{1,10})? ?|[{}\r\n]"
)

# what is put together again where it stands
_AT_LINE_END = re.compile(r"[-\u00ad\u2010\u2011\ufffe\u0002]\s*[\r\n]\s*")
# figures in the place of letters: R0samund; not numbers, sums or names of things
_MIXED = re.compile(
    r"(?<![\w.])[^\W\d_]{1,12}(?:[013457][^\W\d_]{1,12}){0,7}[013457][^\W\d_]{0,12}(?![\w.])"
)
_FIGURE = re.compile(r"[013457](?<=[^\W\d_].)")
_FIGURES = str.maketrans("013457", "oieast")
# pinyin with the numbers of tones: xiao3ming2
_TONES = re.compile(r"(?<!\w)(?:[A-Za-züÜ]{1,6}[1-5][ '-]?){2,12}(?!\w)")
_TONE = re.compile(r"[1-5][ '-]?[A-Za-züÜ]{1,6}[1-5]")  # which is found more quickly
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ \u00a0.·_\u2009\u200a-]{1,2}){3,}[^\W\d_](?!\w)")
_SPACE = re.compile(r"[ \u00a0.·_\u2009\u200a-][^\W\d_][ \u00a0.·_\u2009\u200a-]")
_TURNED = re.compile(
    "[\u202e\u202d\u2067]([^\u202c\u2069\n]{4,})"
)  # letters that are shown from behind
_LETTER = r"[\w\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"  # with vowels that are marks
_MARK = re.compile(r"[*_~`\\^<\]{]")
_MARKUP = re.compile(
    rf"(?<={_LETTER})(?:[*_~`\\^]+|<[^<>]{{1,200}}>|\]\([^()\n]{{0,200}}\)|\{{[^{{}}]{{0,100}}\}}|<!--.{{0,500}}?-->)+(?={_LETTER})"
)


# a picture in an address: among millions of letters that nobody reads, any short name stands by chance
_PICTURE = re.compile(
    r"(data:image/[\w.+-]+;base64,)(?:iVBORw0KGgo|/9j/|R0lGOD|UklGR)[A-Za-z0-9+/=]{200,}"
)
_BESIDE = 5  # lines around one that another view changes


def views(text: str, deep: int = _DEEP) -> Iterator[tuple[str, bool]]:
    """The text itself, and everything that can be read out of it; and whether that has its lines."""
    seen = {text}
    todo = deque([(text, deep)])
    while todo and len(seen) < _MANY:
        current, left = todo.popleft()
        yield current, current.count("\n") == text.count("\n")
        for whole in _decoded(current) if left else ():
            other = _changed(current, whole)
            if other not in seen:
                seen.add(other)
                todo.append((other, left - 1))
        for other in _put_together(current):
            if other not in seen:
                seen.add(other)
                yield other, False


def without_pictures(text: str) -> str:
    """A text without the letters that write pictures in it, which are searched as files."""
    return _PICTURE.sub(r"\1", text)


def _changed(text: str, view: str) -> str:
    """The lines of a view that differ from a text, and those around; empty ones in the place of all others."""
    lines, others = text.split("\n"), view.split("\n")
    if len(lines) != len(others):
        return view
    kept: set[int] = set()
    for number, (line, other) in enumerate(zip(lines, others, strict=True)):
        if line != other:
            kept.update(range(number - _BESIDE, number + _BESIDE + 1))
    return "\n".join(other if number in kept else "" for number, other in enumerate(others))


def _decoded(text: str) -> Iterator[str]:
    if "%" in text and _PERCENT.search(text):
        yield unquote(text)
        yield unquote(text, "cp1251")
    if "&" in text and _ENTITY.search(text):
        yield html.unescape(text)
    for pattern in (_ESCAPE, _DECIMAL):
        if any(mark in text for mark in ("\\", "_x", "%u")):
            yield pattern.sub(_escaped if pattern is _ESCAPE else _rich_letter, text)
    if "\\'" in text:
        yield from _rich_texts(text)
    if "{\\rtf" in text[:2000]:
        yield _RTF_WORDS.sub(_break, _DECIMAL.sub(_rich_letter, text))
    if "=" in text and _QUOTED.search(text):
        yield from _readings(quopri.decodestring(text.encode("utf-8", "replace")))
    if "=?" in text:
        yield _MAIL_WORDS.sub(_mail_words, text)
    if "*0" in text:
        yield unquote(_MAIL_PARTS.sub("", text))
    if "+" in text or "&" in text:
        found = ((match, _from_utf7(match)) for match in _UTF7.finditer(text))
        yield "\n".join(_amid(text, match, said) for match, said in found if said)
    if "xn--" in text.lower():
        yield _ASCII_DOMAIN.sub(_domain, text)
    if _MISREAD.search(text):
        yield from _reread(text)


def _put_together(text: str) -> Iterator[str]:
    """Words that a line end, spaces between letters or markup take apart."""
    for pattern, found in (
        (_AT_LINE_END, _AT_LINE_END.finditer(text)),
        (_MARKUP, _from(_MARK, _MARKUP, text)),
    ):
        pieces = (text[max(0, match.start() - _AROUND) : match.end() + _AROUND] for match in found)
        whole = "\n".join(pattern.sub("", piece) for piece in pieces)
        if whole:
            yield whole
    mixed = [match[0].translate(_FIGURES) for match in words_with(_FIGURE, _MIXED, text)]
    if mixed:
        yield " ".join(mixed)
        yield " ".join(mixed).replace("i", "l")
    for match in _TURNED.finditer(text):
        yield match[1][::-1]
    for match in _TONES.finditer(text) if _TONE.search(text) else ():
        yield re.sub("[1-5]", "", match[0])
    for match in _SPACED.finditer(text) if _SPACE.search(text) else ():
        yield re.sub(r"[\W_]", "", match[0])


def _from(sign: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, each of which begins with a sign: those are found more quickly."""
    end = 0
    for first in sign.finditer(text):
        if first.start() >= end and (match := pattern.match(text, first.start())):
            yield match
            end = match.end()


def words_with(
    sign: re.Pattern[str], pattern: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """The same where the pattern is of whole words of letters and digits, in each of which a sign stands."""
    end = 0
    for inside in sign.finditer(text):
        start = inside.start()
        if start < end:
            continue
        while start > end and text[start - 1].isalnum():
            start -= 1
        match = pattern.match(text, start)
        end = match.end() if match else inside.end()
        if match:
            yield match


def _escaped(match: re.Match[str]) -> str:
    return _letter(int(next(filter(None, match.groups())), 16), match[0])


def _rich_letter(match: re.Match[str]) -> str:
    return _letter(int(match[1]) % 0x10000, match[0])


def _letter(code: int, otherwise: str) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else otherwise


def _rich_texts(text: str) -> Iterator[str]:
    """RTF in the code pages that it names, and in those of Cyrillic and Western letters."""
    for page in dict.fromkeys((*_CODE_PAGE.findall(text), "1251", "1252")):
        with suppress(LookupError):
            yield _RTF.sub(lambda match, page=page: _rich_text(match[0], f"cp{page}"), text)


def _rich_text(typed: str, encoding: str) -> str:
    return bytes.fromhex(typed.replace("\\'", "")).decode(encoding, "replace")


def _break(match: re.Match[str]) -> str:
    return "\n" if match[0][1:4] in ("par", "lin", "tab", "cel", "row") else ""


def _mail_words(match: re.Match[str]) -> str:
    """The words of a mail's header as they are read: what stands between two encoded ones is nothing."""
    with suppress(HeaderParseError, LookupError, ValueError):
        return str(make_header(decode_header(match[0])))
    return match[0]


def _from_utf7(match: re.Match[str]) -> str:
    packed = (match[1] or match[2].replace(",", "/")).rstrip("=")
    packed = packed[: len(packed) - (len(packed) % 4 == 1)]
    with suppress(binascii.Error, ValueError):
        found = base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be")
        return found if found.isprintable() and any(map(str.isalpha, found)) else ""
    return ""


def _amid(text: str, match: re.Match[str], said: str) -> str:
    """What something says, with what stands on both sides of it, read in the same way."""
    before = _UTF7.sub(_from_utf7, text[max(0, match.start() - _AROUND) : match.start()])
    return before + said + _UTF7.sub(_from_utf7, text[match.end() : match.end() + _AROUND])


def _domain(match: re.Match[str]) -> str:
    with suppress(UnicodeError):
        return match[0].lower().encode("ascii").decode("idna")
    return match[0]


def _reread(text: str) -> Iterator[str]:
    """UTF-8 that was read as an encoding of one byte a letter."""
    for encoding in ("cp1252", "latin-1", "cp1251"):
        raw = b"".join(_as_bytes(char, encoding) for char in text)
        other = raw.decode("utf-8", "replace")
        if other != text:
            yield other


def _as_bytes(char: str, encoding: str) -> bytes:
    try:
        return char.encode(encoding)
    except UnicodeEncodeError:
        return char.encode("latin-1", "ignore") or b"\n"


def _readings(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "cp1251"):
        with suppress(UnicodeDecodeError):
            yield data.decode(encoding)


# --- bytes written as letters ---------------------------------------------------------------------


def hidden_bytes(text: str) -> Iterator[bytes]:
    """What a text holds as base64 (from any of its letters on), as hexadecimal digits, or in the
    percent-encoding of a data address."""
    for token in set(_BASE64.findall(text)):
        if len(token) > _LONG_TOKEN:
            yield from _from_base64(token)
            continue
        yield from _from_word(token)
        lines = token.split("\n")  # the last one may be a word of the text below
        for line in {line.strip() for line in lines} if len(lines) > 1 else ():
            yield from _from_word(line)
    for token in set(_HEX.findall(text)):
        with suppress(ValueError):
            yield bytes.fromhex(re.sub(r"0x|[\s:,]", "", token))
    yield from _rarer(text)
    for match in re.finditer(r"data:[^\s\"'<>,]*,([^\s\"'<>]*%[^\s\"'<>]*)", text):
        yield unquote_to_bytes(match[1])


def _rarer(text: str) -> Iterator[bytes]:
    """Other ways of writing bytes, and codes of letters, as digits and letters."""
    for match in _OCTAL.finditer(text) if "\\" in text else ():
        yield bytes(int(code, 8) for code in match[0][1:].split("\\"))
    for match in _CODES.finditer(text):
        letters = (_letter(int(code), " ") for code in re.findall(r"\d+", match[0]))
        yield "".join(letters).encode("utf-8", "replace")
    for match in _BASE32.finditer(text):
        with suppress(binascii.Error):
            packed = match[0].rstrip("=")
            yield base64.b32decode(packed + "=" * (-len(packed) % 8))
    for match in _BITS.finditer(text):
        digits = re.sub(r"[\s,]", "", match[0])
        yield bytes(int(digits[start : start + 8], 2) for start in range(0, len(digits), 8))
    for match in _BASE85.finditer(text):
        with suppress(ValueError):
            yield base64.a85decode(match[0], adobe=True)


_LONG_TOKEN = 4000


@lru_cache(maxsize=1 << 17)
def _from_word(token: str) -> tuple[bytes, ...]:
    """What a word says if it is base64; of what is a usual word nothing."""
    if token.isalpha() and (token[1:].islower() or token.isupper()):
        return ()
    return tuple(filter(_tells, _from_base64(token)))


def _from_base64(token: str) -> Iterator[bytes]:
    packed = re.sub(r"\s", "", token).replace("-", "+").replace("_", "/").rstrip("=")
    for start in range(1 if len(packed) > _LONG_TOKEN else 4):
        part = packed[start:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        with suppress(binascii.Error, ValueError):
            yield base64.b64decode(part + "=" * (-len(part) % 4))


def _is_han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text)


_OFTEN = (0, 1, 4, 5, 6, 9, 0x10, 0x1E)  # of two bytes a letter, in texts of one alphabet


def _tells(data: bytes) -> bool:
    """Whether bytes may be a text, or are too many to be judged so quickly."""
    if len(data) > 60 or max(map(data.count, _OFTEN)) * 3 >= len(data):
        return True
    if any(_is_han(data.decode(code, "replace")) for code in ("utf-16-le", "utf-16-be")):
        return True
    text = data.decode("utf-8", "ignore")
    if text.isprintable() and len(text.encode()) * 5 >= len(data) * 4:
        return True
    return sum(byte >= 0xC0 for byte in data) * 4 > len(data) * 3  # Cyrillic, a byte a letter


_HIGH = rb"\x01-\x07\x09-\x10\x1e"  # of the alphabets, in two bytes
_RUNS = (
    (
        re.compile(
            rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){5,}"
            rb"|(?:[\xe0-\xef][\x80-\xbf]{2}){2,}"
        ),
        "utf-8",
    ),
    (re.compile(rb"(?:[\x20-\xff]\0|[\x00-\xff][" + _HIGH + rb"]){4,}", re.DOTALL), "utf-16-le"),
    (re.compile(rb"(?:\0[\x20-\xff]|[" + _HIGH + rb"][\x00-\xff]){4,}", re.DOTALL), "utf-16-be"),
    # signs of Chinese and syllables of Korean
    (re.compile(rb"(?:[\x00-\xff][\x4e-\x9f\xac-\xd7]){2,}", re.DOTALL), "utf-16-le"),
    (re.compile(rb"(?:[\x4e-\x9f\xac-\xd7][\x00-\xff]){2,}", re.DOTALL), "utf-16-be"),
    (re.compile(rb"[\x20-\x7e\xc0-\xff\xa8\xb8]{4,}"), "cp1251"),
)


def runs(data: bytes) -> str:
    """Whatever in some bytes may be text, one run a line, in the encodings that names come in."""
    found = (
        "\n".encode(encoding).join(pattern.findall(data)).decode(encoding, "ignore")
        for pattern, encoding in _RUNS
    )
    return "\n".join(filter(None, found))


_ENCODINGS = ("utf-8", "cp1251", "cp1252", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")


def texts(data: bytes) -> list[str]:
    """The readings of bytes that are a text."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return [data.decode(encoding, "replace")]
    if b"\0" in data:
        wide = [data.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")]
        return [data.replace(b"\0", b"").decode("utf-8", "replace"), *wide]
    try:
        return [data.decode("utf-8")]
    except UnicodeDecodeError:
        return [data.decode(code, "replace") for code in _ENCODINGS]
