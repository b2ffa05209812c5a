"""ZIP archives: DOCX, XLSX, PPTX, ODT, EPUB and plain ones."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

from shadowreport.gate.pieces import Faults, Piece
from shadowreport.gate.views import runs, texts

_ENCRYPTED = 0x1


def archive(
    data: bytes,
    where: tuple[str, ...],
    faults: Faults,
    inner: Callable[..., Iterator[Piece]],
) -> Iterator[Piece]:
    """The texts of all parts, their names and comments, and what stands around the archive."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        entries = opened.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        faults.add(where, "it is a broken archive")
        yield Piece(where, runs(data), binary=True)
        return
    names = [" ".join(_readings(entry.filename)) for entry in entries]
    yield Piece((*where, "names of parts"), "\n".join(names), label=lambda n: f"part {n + 1}")
    notes = [opened.comment, *(part for entry in entries for part in (entry.comment, entry.extra))]
    for note in filter(None, notes):
        for text in texts(note):
            yield Piece((*where, "comment of the archive"), text)
    yield Piece((*where, "around the archive"), _around(data, entries), binary=True)
    for entry in entries:
        yield from _part(opened, entry, where, faults, inner)


_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_LEAST = 4  # bytes that are worth a look
_PROBE = 64


def deflated(data: bytes, faults: Faults) -> Iterator[bytes]:
    """What is packed by zlib in some bytes, without saying so; of more than may be unpacked a byte too much,
    so that whoever takes it tells of it."""
    end = 0
    for match in _ZLIB.finditer(data):
        if match.start() < end:
            continue
        unpacker = zlib.decompressobj()
        try:
            # most of them pack nothing, which the first bytes tell without a copy of all that follows
            zlib.decompressobj().decompress(data[match.start() : match.start() + _PROBE])
            found = unpacker.decompress(data[match.start() :], max(0, faults.left) + 1)
        except zlib.error:
            continue
        end = len(data) - len(unpacker.unused_data) if unpacker.eof else end
        if len(found) >= _LEAST:
            yield found


def _readings(name: str) -> set[str]:
    """A part's name in the encodings of old archives, too."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return {name}
    return {name, *texts(raw)}


def _part(
    opened: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    where: tuple[str, ...],
    faults: Faults,
    inner: Callable[..., Iterator[Piece]],
) -> Iterator[Piece]:
    if entry.is_dir():
        return
    if entry.flag_bits & _ENCRYPTED:
        faults.add((*where, entry.filename), "it is encrypted")
        return
    if entry.file_size > faults.left:
        faults.add((*where, entry.filename), "more is packed in it than can be searched")
        return
    try:
        with opened.open(entry) as stream:
            data = stream.read(faults.left + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError):
        faults.add((*where, entry.filename), "it is broken, or packed in an unknown way")
        return
    yield from inner(data, entry.filename)


def _around(data: bytes, entries: list[zipfile.ZipInfo]) -> str:
    """What stands before the first part and behind the last one."""
    starts = [entry.header_offset for entry in entries]
    first = min(starts, default=0)
    last = data.rfind(b"PK\x01\x02")
    return runs(data[:first]) + "\n" + runs(data[last:] if last >= 0 else data)
