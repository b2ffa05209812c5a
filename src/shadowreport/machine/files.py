"""Reads files that strangers may have placed: regular files only, of bounded size, valid text."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shadowreport.core.direction import MARKS, loose_mark
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place

MAX_SECTION = 1_000_000
MAX_REFERENCES = 4_000_000
MAX_IMAGE = 20_000_000

# Control characters, the twelve characters of the Unicode property Bidi_Control, separators that
# some formats take for the end of a line, invisible tags, and code points that are no characters.
_HIDDEN_RANGES = (
    *((0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0x061C, 0x061C), (0x200E, 0x200F)),
    *((0x2028, 0x202E), (0x2066, 0x2069), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF)),
    *((0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE007F)),
    (0xF0000, 0xFFFFD),  # private use: resolve/locators.py puts letters of its own there
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0x110000, 0x10000)),
)


def _none_of(ranges: Sequence[tuple[int, int]]) -> str:
    """What a regular expression writes into brackets for all characters outside of ranges."""
    starts = [0, *(last + 1 for _, last in sorted(ranges))]
    ends = [*(first - 1 for first, _ in sorted(ranges)), 0x10FFFF]
    pairs = zip(starts, ends, strict=True)
    return "".join(f"\\U{start:08x}-\\U{end:08x}" for start, end in pairs if start <= end)


# "none of those that may stand" is found eight times as fast as "one of those that may not": a
# usual character is among the first that are looked up
_HIDDEN = re.compile(f"[^{_none_of(_HIDDEN_RANGES)}]")
_DIRECTION = re.compile(f"[{MARKS}]")


def read_bytes(path: Path, name: str, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; `name` is what messages call it.

    Symbolic links, pipes and devices are refused: a link among the sections could bring any file
    of the editor's machine into a published report. Raises Failure.
    """
    place = Place(name)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise Failure([Diagnostic("missing-file", place, "this file does not exist")]) from None
    except OSError as error:
        reason = "it is a symbolic link" if path.is_symlink() else str(error.strerror).lower()
        raise Failure([Diagnostic("unreadable-file", place, f"cannot be read: {reason}")]) from None
    info = os.fstat(descriptor)
    if not stat.S_ISREG(info.st_mode):
        os.close(descriptor)
        message = "cannot be read: it is not a regular file"
        raise Failure([Diagnostic("unreadable-file", place, message)])
    with os.fdopen(descriptor, "rb") as stream:
        if info.st_size > limit:
            message = f"has {info.st_size:,} bytes; at most {limit:,} are read"
            raise Failure([Diagnostic("too-large", place, message, "split it into several files")])
        return stream.read(limit)


def read_text(
    path: Path, name: str, limit: int = MAX_SECTION, prepare: Callable[[str], str] = str
) -> str:
    """The text of a UTF-8 file, with plain line ends and no byte-order mark, `prepare`d before it is judged.
    Raises Failure.

    Hidden characters are refused: pandoc drops some of them in silence, and those that turn the
    direction of writing can make a text read other than it is.
    """
    data = read_bytes(path, name, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} (0x{data[error.start]:02x}) is not UTF-8"
        hint = "save the file as UTF-8" + (" (Excel: CSV UTF-8)" if name.endswith(".csv") else "")
        raise Failure([Diagnostic("not-utf8", Place(name, line), message, hint)]) from None
    text = prepare(text.replace("\r\n", "\n").replace("\r", "\n"))
    if _HIDDEN.search(text):
        lines = enumerate(text.split("\n"), 1)
        found = [(number, line, at) for number, line in lines if (at := _refused(line)) >= 0]
        if found:
            raise Failure([_control(name, *place) for place in found])
    return text


def _refused(line: str) -> int:
    """Where a character stands in a line that nobody sees and that may not stand there; -1 if none.
    Marks of direction may, in pairs, in the lines of a script that runs to the left."""
    other = (match.start() for match in _HIDDEN.finditer(line) if not _DIRECTION.match(match[0]))
    return next(other, loose_mark(line))


def hidden(text: str) -> str:
    """The first character of a text that nobody sees and that may change what is read, such as
    U+202E; empty where there is none. A tab and a plain line end are not hidden."""
    at = _refused(text) if _HIDDEN.search(text) else -1
    return f"U+{ord(text[at]):04X}" if at >= 0 else ""


def unseen(text: str) -> Iterator[int]:
    """Where the characters stand that no file of a report may hold (see `hidden`), in order."""
    if not _HIDDEN.search(text):
        return
    left = {match.start(): match[0] for match in _HIDDEN.finditer(text) if match[0] not in "\n\t"}
    kept = [at for at, sign in left.items() if _DIRECTION.match(sign)]
    seen = [at for at in range(len(text)) if at not in left or at in kept]
    while (at := loose_mark("".join(text[spot] for spot in seen))) >= 0:
        kept.remove(seen.pop(at))
    yield from (at for at in left if at not in kept)


def without_marks(text: str) -> str:
    """A text without marks of direction."""
    return _DIRECTION.sub("", text)


def _control(name: str, number: int, line: str, at: int) -> Diagnostic:
    message = f"the invisible control character U+{ord(line[at]):04X} stands here"
    hint = "delete it"
    if _DIRECTION.match(line[at]):
        hint = "delete it, or close U+2066 to U+2068 by U+2069 on the same line of Arabic or Hebrew"
    return Diagnostic("control-character", Place(name, number, at + 1), message, hint)
