"""Reads files that strangers may have placed: regular files only, of bounded size, valid text."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from shadowreport.diagnostics import Diagnostic, Failure
from shadowreport.model import Place

MAX_SECTION = 1_000_000
MAX_REFERENCES = 4_000_000
MAX_IMAGE = 20_000_000

# Control characters, the twelve characters of the Unicode property Bidi_Control, separators that
# some formats take for the end of a line, invisible tags, and code points that are no characters.
_NO_CHARACTERS = "".join(
    map(chr, (p + i for p in range(0, 0x110000, 0x10000) for i in (0xFFFE, 0xFFFF)))
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f" + _NO_CHARACTERS + "]"
)


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


def read_text(path: Path, name: str, limit: int = MAX_SECTION) -> str:
    """The text of a UTF-8 file, with plain line ends and no byte-order mark. Raises Failure.

    Hidden characters are refused: pandoc drops some of them in silence, and those that turn the
    direction of writing can make a text read other than it is.
    """
    data = read_bytes(path, name, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} (0x{data[error.start]:02x}) is not UTF-8"
        hint = "save the file as UTF-8"
        raise Failure([Diagnostic("not-utf8", Place(name, line), message, hint)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [_control(name, number, line) for number, line in enumerate(text.split("\n"), 1)]
    found = [problem for problem in problems if problem]
    if found:
        raise Failure(found)
    return text


def hidden(text: str) -> str:
    """The first character of a text that nobody sees and that may change what is read, such as
    U+202E; empty where there is none. A tab and a plain line end are not hidden."""
    match = _HIDDEN.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""


def _control(name: str, number: int, line: str) -> Diagnostic | None:
    match = _HIDDEN.search(line)
    if not match:
        return None
    message = f"the invisible control character U+{ord(match[0]):04X} stands here"
    return Diagnostic(
        "control-character", Place(name, number, match.start() + 1), message, "delete it"
    )
