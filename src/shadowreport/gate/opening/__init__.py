"""Opens files of every kind that a report is published in, and whatever they hold in turn.

A kind is known by its bytes, not by its name. What is of no known kind is searched for texts.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from shadowreport.gate.opening.archive import archive, deflated
from shadowreport.gate.opening.data import data_file
from shadowreport.gate.opening.markup import markup
from shadowreport.gate.opening.picture import picture
from shadowreport.gate.pieces import Faults, Piece
from shadowreport.gate.views import hidden_bytes, runs, texts, views, without_pictures

Where = tuple[str, ...]

_DEEP = 8  # files in files
_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CLOSED = {
    _OFFICE: "it is of an old or encrypted Office format",
    b"7z\xbc\xaf\x27\x1c": "it is a 7z archive",
    b"Rar!": "it is a RAR archive",
    b"BZh": "it is a bzip2 archive",
    b"\xfd7zXZ": "it is an xz archive",
    b"(\xb5/\xfd": "it is a zstd archive",
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")
_MEANINGFUL = 4  # letters that bytes in an encoding must hold to be looked at
_SMALL = 64  # bytes: no file is smaller


def pieces(data: bytes, where: Where, faults: Faults, deep: int = _DEEP) -> Iterator[Piece]:
    """All texts in some bytes, and in what is packed in them."""
    if not deep:
        faults.add(where, "too much is packed in one another")
        return
    if not faults.take(where, len(data)):
        return

    def inner(more: bytes, *name: str) -> Iterator[Piece]:
        return pieces(more, (*where, *name), faults, deep - 1)

    for found in _safely(data, where, faults, inner):
        yield from [found] if found.binary or found.read else _read(found, inner)


Inner = Callable[..., Iterator[Piece]]


def _safely(data: bytes, where: Where, faults: Faults, inner: Inner) -> Iterator[Piece]:
    """What a file holds, and the letters in its bytes where no reader gets to its end."""
    try:
        yield from _opened(data, where, faults, inner)
    except Exception as error:  # a broken file may break its reader anywhere
        faults.add(where, f"it could not be read to its end ({type(error).__name__})")
        yield Piece(where, runs(data), binary=True)


def _opened(data: bytes, where: Where, faults: Faults, inner: Inner) -> Iterator[Piece]:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    for mark, why in _CLOSED.items():
        if data.startswith(mark):
            faults.add(where, why)
    if data.startswith(b"\x1f\x8b"):
        yield from _unzipped(data, where, faults, inner)
    elif b"%PDF-" in data[:1024]:
        from shadowreport.gate.opening.pdf import pdf  # only now: it takes long to import

        yield from pdf(data, where, faults, inner)
    elif data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        yield from archive(data, where, faults, inner)
    elif data.startswith(_PICTURES):
        yield from picture(data, where, faults, inner)
    elif head.startswith(b"<"):
        yield from markup(data, where)
    elif head[:1] in (b"{", b"["):
        yield from data_file(data, where)
    elif _is_text(data):
        yield from (Piece(where, text, "line") for text in texts(data))
    else:
        yield Piece(where, runs(data), binary=True)
        for packed in deflated(data, faults):
            yield from inner(packed, "unpacked")
        if b"PK\x03\x04" in data:
            yield from archive(data, where, faults, inner)


def _is_text(data: bytes) -> bool:
    sample = data[:20_000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or _is_wide(sample):
        return True
    odd = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return odd * 50 <= len(sample)


def _is_wide(sample: bytes) -> bool:
    """Whether every other byte says of which alphabet the letter beside it is."""
    high = [sum(byte in _ALPHABETS for byte in sample[start::2]) for start in (0, 1)]
    return max(high) * 2 > len(sample) * 0.8 and min(high) * 2 < len(sample) * 0.3


_ALPHABETS = frozenset((0, 4, 5, 6, 0x10, 0x20))


def _unzipped(data: bytes, where: Where, faults: Faults, inner: Inner) -> Iterator[Piece]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            yield from inner(stream.read(max(0, faults.left) + 1), "unpacked")
    except (OSError, EOFError, zlib.error):
        faults.add(where, "it is a broken gzip file")
    yield Piece(where, runs(data[:1024]), binary=True)  # it may hold a file name and a comment


def _read(piece: Piece, inner: Inner, again: int = 2) -> Iterator[Piece]:
    """What a text says behind its encodings; what it holds as base64 or the like may be a file."""
    for text, has_lines in views(piece.text):
        shown = without_pictures(text)
        if has_lines:
            yield replace(piece, text=shown, read=True)
        else:
            yield Piece(piece.where, shown, read=True)
        for hidden in hidden_bytes(text):
            if len(hidden) > _SMALL and not _is_text(hidden):
                yield from inner(hidden, "encoded")
                continue
            said = runs(hidden) if len(hidden) > 3 else ""
            if sum(2 if char > "\u2e80" else 1 for char in said if char.isalpha()) >= _MEANINGFUL:
                found = Piece((*piece.where, "encoded"), said)
                yield from _read(found, inner, again - 1) if again else [replace(found, read=True)]
