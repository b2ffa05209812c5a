"""What a picture file says besides its picture: EXIF, XMP, IPTC, comments, text chunks."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from PIL import ExifTags, Image

from shadowreport.gate.opening.archive import deflated
from shadowreport.gate.pieces import Faults, Piece
from shadowreport.gate.views import runs, texts

_END = {b"\x89PNG": b"IEND\xaeB`\x82", b"\xff\xd8\xff": b"\xff\xd9"}
_CHUNK = 12  # bytes of a chunk of a PNG beside what it holds
_SHOWN = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS")


def picture(
    data: bytes, where: tuple[str, ...], faults: Faults, inner: Callable[..., Iterator[Piece]]
) -> Iterator[Piece]:
    """The texts of a picture's metadata, and what stands behind it. The picture itself is not looked at."""
    yield Piece((*where, "bytes of the picture"), runs(data), binary=True)
    end = _END.get(data[: 3 if data[0] == 0xFF else 4], b"")
    at = data.rfind(end) + len(end) if end else 0
    if 0 < at < len(data):
        yield from inner(data[at:], "behind the picture")
    for chunk in _chunks(data) if data.startswith(b"\x89PNG") else ():
        for packed in deflated(chunk, faults):
            yield from inner(packed, "unpacked")
    for read in (_told, _exif, _texts):  # where one is broken, the others are not
        for name, value in _read(data, read).items():
            yield from _value((*where, f"metadata {_plain(name)}"), name, value, inner)


def _chunks(data: bytes) -> Iterator[bytes]:
    """What the chunks of a PNG hold that show nothing."""
    at = 8
    while at + _CHUNK <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in _SHOWN:
            yield data[at + 8 : at + 8 + size]
        at += size + _CHUNK


def _read(data: bytes, read: Callable[[Image.Image], dict[Any, Any]]) -> dict[Any, Any]:
    with (
        suppress(Exception),
        warnings.catch_warnings(),
    ):  # a broken picture has been searched as bytes
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            return read(image)
    return {}


def _told(image: Image.Image) -> dict[Any, Any]:
    return dict(image.info)


def _texts(image: Image.Image) -> dict[Any, Any]:
    image.load()  # text chunks may stand behind the pixels
    return dict(getattr(image, "text", {}))


def _exif(image: Image.Image) -> dict[Any, Any]:
    exif = image.getexif()
    found: dict[Any, Any] = {ExifTags.TAGS.get(tag, tag): value for tag, value in exif.items()}
    for part in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
        found |= {ExifTags.TAGS.get(tag, tag): value for tag, value in exif.get_ifd(part).items()}
    return found


def _plain(name: Any) -> str:
    return str(name) if str(name).isascii() and len(str(name)) < 40 else ""


def _value(
    where: tuple[str, ...], name: Any, value: Any, inner: Callable[..., Iterator[Piece]]
) -> Iterator[Piece]:
    if isinstance(value, bytes):
        start = value[:8] in (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0")
        data = value[8:] if start else value
        yield from (Piece(where, text) for text in texts(data))
        yield Piece(where, runs(data), binary=True)
        if data.lstrip().startswith(b"<"):
            yield from inner(data, where[-1])
    elif isinstance(value, str):
        yield Piece(where, f"{name}\n{value}")
        if value.lstrip().startswith("<"):
            yield from inner(value.encode("utf-8", "replace"), where[-1])
    elif isinstance(value, list | tuple):
        yield Piece(where, " ".join(map(str, value)))
    else:
        yield Piece(where, str(name))
