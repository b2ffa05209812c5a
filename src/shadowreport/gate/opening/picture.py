"""What a picture file says besides its picture: EXIF, XMP, IPTC, comments, text chunks."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from PIL import ExifTags, Image

from shadowreport.gate.pieces import Piece
from shadowreport.gate.views import runs, texts


def picture(
    data: bytes, where: tuple[str, ...], inner: Callable[..., Iterator[Piece]]
) -> Iterator[Piece]:
    """The texts of a picture's metadata. The picture itself is not looked at."""
    yield Piece((*where, "bytes of the picture"), runs(data), binary=True)
    with (
        suppress(Exception),
        warnings.catch_warnings(),
    ):  # a broken picture has been searched as bytes
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            values = dict(image.info) | _exif(image)
            with suppress(Exception):
                image.load()  # text chunks may stand behind the pixels
                values |= dict(getattr(image, "text", {}))
        for name, value in values.items():
            yield from _value((*where, f"metadata {_plain(name)}"), name, value, inner)


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
