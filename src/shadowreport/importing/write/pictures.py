"""Takes the pictures of a Word file out, as PNG or JPEG files of sections/images/."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from shadowreport.importing.draft import Draft, Inline, all_texts
from shadowreport.importing.recognise.flow import Flow
from shadowreport.machine.files import MAX_IMAGE
from shadowreport.source.ids import slug
from shadowreport.word.content import Document, NoteMark, Picture, paragraphs_of
from shadowreport.word.read.package import Package

_KEPT = {"PNG": "png", "JPEG": "jpg"}
_CONVERTED = ("GIF", "BMP", "TIFF", "WEBP")
_MAX_PIXELS = 40_000_000


class Pictures:
    """The picture files of an import, by their address in sections/."""

    def __init__(self, package: Package, flow: Flow) -> None:
        self.package = package
        self.flow = flow
        self.files: dict[str, bytes] = {}
        self._by_part: dict[str, str] = {}

    def settle(self, draft: Draft, document: Document) -> None:
        """Gives all pictures of the text their addresses in the order of reading: sections are written several at a
        time, and which of them comes first to a picture is not the same each time."""
        for section in draft.sections:
            for text in all_texts(section):
                for item in _with_notes(text.inlines, document):
                    if isinstance(item, Picture):
                        self.address(item)

    def address(self, picture: Picture) -> str:
        """The address of a picture's file in sections/; empty where it could not be kept."""
        if not picture.part:
            return ""
        if picture.part not in self._by_part:
            self._by_part[picture.part] = self._take(picture)
        return self._by_part[picture.part]

    def _take(self, picture: Picture) -> str:
        name = PurePosixPath(picture.part).name
        converted = _readable(self.package.data(picture.part, MAX_IMAGE))
        if converted is None:
            message = f"the picture {name} is of a kind that cannot be shown"
            hint = "open the Word file, copy it, insert it again as PNG, and import again"
            self.flow.warn("import-dropped", 1, message, hint)
            return ""
        data, suffix = converted
        stem = (
            slug(picture.description, dull=self.flow.words.little_words)
            or slug(PurePosixPath(name).stem)
            or "picture"
        )
        address = f"images/{stem}.{suffix}"
        count = 2
        while address in self.files:
            address = f"images/{stem}-{count}.{suffix}"
            count += 1
        self.files[address] = data
        if not picture.description:
            message = f"the picture {address} has no description"
            self.flow.warn("import-changed", 1, message, "write what it shows in the place of […]")
        return address


def _with_notes(inlines: Sequence[Inline], document: Document) -> Iterator[Inline]:
    """What stands in a line, with what stands in its notes."""
    for item in inlines:
        yield item
        note = document.note(item) if isinstance(item, NoteMark) else None
        for paragraph in paragraphs_of(note.blocks) if note else ():
            yield from paragraph.inlines


def _readable(data: bytes) -> tuple[bytes, str] | None:
    """A picture as PNG or JPEG, with its ending; None where it is neither nor can become one."""
    try:
        with Image.open(io.BytesIO(data), formats=[*_KEPT, *_CONVERTED]) as image:
            kind = str(image.format)
            if image.width * image.height > _MAX_PIXELS:
                return None
            if kind in _KEPT:
                return data, _KEPT[kind]
            image.load()
            stored = io.BytesIO()
            image.convert("RGBA").save(stored, format="PNG")
            return stored.getvalue(), "png"
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None
