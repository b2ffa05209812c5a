"""Takes in images: from sections/ only, of bounded size, freed of their metadata."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from PIL import Image, ImageOps

from shadowreport.core.charts import file_of, is_chart
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Mention, Picture
from shadowreport.load.strays import near, nearest
from shadowreport.load.vectors import drawn, is_drawing
from shadowreport.machine.drawing import UnshownError
from shadowreport.machine.files import MAX_IMAGE, hidden, read_bytes

_WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")
_FORMATS = {"PNG": "png", "JPEG": "jpg"}
_SEVERAL = {"MPO": "JPEG"}  # what telephones write: a JPEG with further pictures behind it
_FOLDERS = ("images", "references", "templates")  # of a project, where one may have put it
_MAX_NAME = 200
_MAX_PIXELS = 40_000_000


def load_picture(sections: Path, mention: Mention, named: str = "sections") -> Picture:
    """The image that a section names (or another file, from a folder that is called `named`), re-encoded without metadata (a camera's EXIF holds where and
    by whom a picture was taken). Raises Failure."""
    path, called = found(sections, mention, named)
    try:
        data = read_bytes(path, called, MAX_IMAGE)
    except Failure as failure:
        raise _bad(mention, failure.diagnostics[0].message, failure.diagnostics[0].hint) from None
    if not is_drawing(data):
        return cleaned(data, mention)
    try:
        return cleaned(drawn(data, sections.parent), mention)
    except UnshownError as error:
        raise _bad(mention, *error.args) from None


def found(sections: Path, mention: Mention, named: str = "sections") -> tuple[Path, str]:
    """The file that a section names, and what messages call it. Raises Failure."""
    name = path_of(mention)
    path = PurePosixPath(name)
    if len(name) > _MAX_NAME or hidden(name):
        raise _bad(mention, "has a name that no file should have", "give it a short plain name")
    if ":" in name or "\\" in name or path.is_absolute() or ".." in path.parts:
        hint = "put the image into sections/images/ and name it from sections/"
        if named != "sections":
            hint = f"put the image into {named}/ and write its name alone"
        raise _bad(mention, f"lies outside {named}/", hint)
    folder = sections
    for part in path.parts[:-1]:
        folder = folder / part
        if folder.is_symlink():
            hint = "put the image itself into sections/images/"
            raise _bad(mention, "lies behind a symbolic link", hint)
    if not (sections / path).exists():
        what = "table of values" if is_chart(mention.id) else "image"
        message = f"the {what} '{name}' does not exist in {named}/"
        hint = _where(sections, name)
        raise Failure([Diagnostic("missing-image", mention.place, message, hint)])
    return sections / path, f"{named}/{path}"


def path_of(mention: Mention) -> str:
    """The image's path in sections/: pandoc writes a blank in it as %20, and so may its author."""
    return PurePosixPath(unquote(file_of(mention.id))).as_posix()


def _where(sections: Path, name: str) -> str:
    """Where the image is that was meant."""
    inside = nearest(sections, name)
    if inside:
        return f"did you mean '{inside}'? Capitals and folders count"
    alike = near(sections, name)
    if alike:
        return f"did you mean '{alike}'?"
    outside = next((folder for folder in _FOLDERS if nearest(sections.parent / folder, name)), "")
    into = PurePosixPath(name).parent.as_posix() if is_chart(name) else "images"
    return (
        f"move it from {outside}/ into {PurePosixPath('sections', into)}/"
        if outside
        else "check its name"
    )


def cleaned(data: bytes, mention: Mention) -> Picture:
    """A picture without metadata. Raises Failure."""
    try:
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as image:
            kind = _SEVERAL.get(str(image.format), str(image.format))
            if image.width * image.height > _MAX_PIXELS:
                raise _bad(
                    mention,
                    f"has {image.width} x {image.height} pixels",
                    "make it smaller: at most 40 million pixels",
                )
            # a camera notes in EXIF how it was held; without EXIF the picture must be turned
            upright = ImageOps.exif_transpose(image)
            if upright.mode.startswith(
                "I"
            ):  # grey in 16 bits, of which Pillow would cut off all but white
                upright = upright.convert("I").point(lambda value: value / 257).convert("L")
            stored = io.BytesIO()
            bare = upright.convert(
                "RGBA" if upright.mode in ("RGBA", "LA", "PA", "P") and kind == "PNG" else "RGB"
            )
            bare.info.clear()
            bare.getexif().clear()
            bare.save(
                stored, format=kind, **({"quality": 90} if kind == "JPEG" else {"optimize": False})
            )
            name = f"{hashlib.sha256(stored.getvalue()).hexdigest()[:16]}.{_FORMATS[kind]}"
            return Picture(name, stored.getvalue(), bare.width, bare.height)
    except Failure:
        raise
    except Exception:  # Pillow's decoders raise whatever they meet, from EOFError to struct.error
        if file_of(mention.id).lower().endswith(_WORKBOOKS):
            raise _bad(
                mention, "is a workbook", "for a chart save its sheet as CSV UTF-8"
            ) from None
        raise _bad(
            mention,
            "is not a PNG, JPEG or SVG image that can be read",
            "save it again as PNG or JPEG",
        ) from None


def _bad(mention: Mention, message: str, hint: str) -> Failure:
    return Failure(
        [
            Diagnostic(
                "bad-image",
                mention.place,
                f"the image '{unquote(file_of(mention.id))[:80]}' {message}",
                hint,
            )
        ]
    )
