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
_MISREAD = re.compile(
    r"[ÐÑÃÂÒÓ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]|[РС][\u0400-\u04ff°±-¿‚„…†‡€‰‹‘’“”•–—™›]"
)
_BASE64 = re.compile(
    r"(?:[A-Za-z0-9+/_-]{30,}\r?\n[ \t]*)+[A-Za-z0-9+/_-]{4,}={0,2}|[A-Za-z0-9+/_-]{8,}={0,2}"
)
_HEX = re.compile(r"(?:(?:0x)?[0-9A-Fa-f]{2}[\s:,]{0,2}){6,}")
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2}){4,}")
_CODES = re.compile(
    r"(?<![\w.])(?:\d{2,5}(?:,[ ]?|[ ])){5,}\d{2,5}(?![\w.])"
)  # of letters, in decimals
_BASE32 = re.compile(r"(?<![A-Za-z0-9])[A-Z2-7]{16,}={0,6}(?![A-Za-z0-9])")
_BASE85 = re.compile(r"<~[!-u\s]{8,}~>")

# what is put together again where it stands
_AT_LINE_END = re.compile(r"[-\u00ad\u2010\u2011\ufffe\u0002]\s*[\r\n]\s*")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ \u00a0.·_\u2009\u200a-]{1,2}){3,}[^\W\d_](?!\w)")
_TURNED = re.compile(
    "[\u202e\u202d\u2067]([^\u202c\u2069\n]{4,})"
)  # letters that are shown from behind
_MARKUP = re.compile(
    r"(?<=\w)(?:[*_~`\\^]+|<[^<>]{1,200}>|\]\([^()\n]{0,200}\)|\{[^{}]{0,100}\}|<!--.{0,500}?-->)+(?=\w)"
)


def views(text: str, deep: int = _DEEP) -> Iterator[tuple[str, bool]]:
    """The text itself, and everything that can be read out of it; and whether that has its lines."""
    seen = {text}
    todo = deque([(text, deep)])
    while todo and len(seen) < _MANY:
        current, left = todo.popleft()
        yield current, current.count("\n") == text.count("\n")
        for other in _decoded(current) if left else ():
            if other not in seen:
                seen.add(other)
                todo.append((other, left - 1))
        for other in _put_together(current):
            if other not in seen:
                seen.add(other)
                yield other, False


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
        yield _RTF.sub(_rich_text, text)
    if "=" in text and _QUOTED.search(text):
        yield from _readings(quopri.decodestring(text.encode("utf-8", "replace")))
    if "xn--" in text.lower():
        yield _ASCII_DOMAIN.sub(_domain, text)
    if _MISREAD.search(text):
        yield from _reread(text)


def _put_together(text: str) -> Iterator[str]:
    """Words that a line end, spaces between letters or markup take apart."""
    for pattern in (_AT_LINE_END, _MARKUP):
        pieces = (
            text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            for match in pattern.finditer(text)
        )
        whole = "\n".join(pattern.sub("", piece) for piece in pieces)
        if whole:
            yield whole
    for match in _TURNED.finditer(text):
        yield match[1][::-1]
    for match in _SPACED.finditer(text):
        yield re.sub(r"[\W_]", "", match[0])


def _escaped(match: re.Match[str]) -> str:
    return _letter(int(next(filter(None, match.groups())), 16), match[0])


def _rich_letter(match: re.Match[str]) -> str:
    return _letter(int(match[1]) % 0x10000, match[0])


def _letter(code: int, otherwise: str) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else otherwise


def _rich_text(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("\\'", "")).decode("cp1251", "replace")


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
        yield from _from_base64(token) if len(token) > _LONG_TOKEN else _from_word(token)
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


def _tells(data: bytes) -> bool:
    """Whether bytes may be a text, or are too many to be judged so quickly."""
    if len(data) > 60 or max(data.count(0), data.count(4)) * 3 >= len(data):
        return True
    text = data.decode("utf-8", "ignore")
    if text.isprintable() and len(text.encode()) * 5 >= len(data) * 4:
        return True
    return sum(byte >= 0xC0 for byte in data) * 4 > len(data) * 3  # Cyrillic, a byte a letter


_RUNS = (
    (
        re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){5,}"),
        "utf-8",
    ),
    (re.compile(rb"(?:[\x20-\x7e]\0|[\x01-\xff][\x04-\x06\x10]){4,}", re.DOTALL), "utf-16-le"),
    (re.compile(rb"(?:\0[\x20-\x7e]|[\x04-\x06\x10][\x01-\xff]){4,}", re.DOTALL), "utf-16-be"),
    (re.compile(rb"[\x20-\x7e\xc0-\xff\xa8\xb8]{4,}"), "cp1251"),
)


def runs(data: bytes) -> str:
    """Whatever in some bytes may be text, one run a line, in the encodings that names come in."""
    found = (
        match[0].decode(encoding, "ignore")
        for pattern, encoding in _RUNS
        for match in pattern.finditer(data)
    )
    return "\n".join(found)


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
