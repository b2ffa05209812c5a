"""The pictures of a copy: those that the public edition shows, without what a camera writes into them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PIL import Image

from shadowreport.core.charts import Chart, wanted
from shadowreport.core.layout import TEMPLATES, picture_file
from shadowreport.core.report import Report
from shadowreport.machine.files import MAX_IMAGE, read_bytes
from shadowreport.publishing.names import HELD, Names

HELD_PICTURE = f"images/{HELD}.png"  # in the place of withheld ones
_PNG = b"\x89PNG"
_SECTIONS = "sections/"
_ORIENTATION = 0x0112  # of EXIF 2.32, table 4
_SOI, _EOI, _SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
_PRIVATE = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # APP1 to APP15 but Adobe's APP14, and comments


def picture_files(editions: Sequence[Report], project: Path, names: Names) -> dict[str, bytes]:
    """The files by name, of the public editions in all languages. A PNG is as it was cleaned when it was loaded; to clean a JPEG twice would change
    its points, so that only its segments of metadata are taken out. Of the numbers of charts those
    that are drawn in public are copied."""
    made: dict[str, bytes] = {}
    charts: dict[str, dict[str, list[str]]] = {}
    shown = {key: picture for public in editions for key, picture in public.images.items()}
    for key, picture in sorted(shown.items(), key=lambda item: _is_part(item[0])):
        if picture.chart:
            charts.setdefault(picture_file(key), {}).update(_columns(key, picture.chart))
        elif not key.startswith(TEMPLATES):
            file = picture_file(key)
            data = read_bytes(project / file, file, MAX_IMAGE)
            made[file] = bare_jpeg(data) if data.startswith(_SOI) else picture.data
    made |= {file: _table(columns) for file, columns in charts.items()}
    if any(name.startswith("fig-") for name in names.anchors):
        made[f"sections/{HELD_PICTURE}"] = _one_point()
    return made


def named_by_kind(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a copy. A drawing is one of dots by now: it is called so, and named so in the sections."""
    drawn = {
        name: f"{name.removesuffix('.svg')}.png"
        for name, data in files.items()
        if name.endswith(".svg") and data.startswith(_PNG)
    }
    new = {name: other for name, other in drawn.items() if other not in files}
    own = {name.removeprefix(_SECTIONS).encode(): other for name, other in new.items()}
    called = re.compile(rb"(?<=\]\()(" + b"|".join(map(re.escape, own)) + rb")(?=[)\s])")

    def other(match: re.Match[bytes]) -> bytes:
        return own[match[1]].removeprefix(_SECTIONS).encode()

    return {
        new.get(name, name): called.sub(other, data) if own and name.endswith(".md") else data
        for name, data in files.items()
    }


def _is_part(key: str) -> bool:
    """Whether a chart draws some columns of its file alone; one of all of them gives their order."""
    asked = wanted(key)
    return bool(asked and asked.columns)


def _columns(key: str, chart: Chart) -> dict[str, list[str]]:
    """The columns of a chart under the headings that they have in its file."""
    asked = wanted(key)
    names = [name for name, _ in asked.columns] if asked else []
    names = names or [chart.heading, *(series.name for series in chart.series)]
    numbers = (["" if v is None else f"{v:f}" for v in series.values] for series in chart.series)
    return dict(zip(names, [list(chart.labels), *numbers], strict=True))


def _table(columns: Mapping[str, Sequence[str]]) -> bytes:
    stored = io.StringIO()
    csv.writer(stored, lineterminator="\n").writerows(
        [columns, *zip(*columns.values(), strict=True)]
    )
    return stored.getvalue().encode()


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG with the same points, and nothing told of it but how it was held."""
    with Image.open(io.BytesIO(data)) as image:
        held = image.getexif().get(_ORIENTATION, 1)
    return b"".join([_SOI, *_turned(held), *_segments(data)])


def _segments(data: bytes) -> Iterator[bytes]:
    """What makes the picture, up to its end; a thumbnail or a second picture stands behind it, or in
    segments that are left out."""
    at = len(_SOI)
    while at + 4 <= len(data):
        if data[at] != 0xFF or data[at + 1] == 0xFF:
            at += 1  # fill bytes
            continue
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if kind == _SOS:
            end = data.find(_EOI, at)
            yield data[at : end + 2] if end > 0 else data[at:]
            return
        if kind not in _PRIVATE:
            yield data[at : at + 2 + size]
        at += 2 + size


def _turned(held: int) -> Sequence[bytes]:
    if held == 1:
        return ()
    exif = Image.Exif()
    exif[_ORIENTATION] = held
    data = b"Exif\x00\x00" + exif.tobytes().removeprefix(b"Exif\x00\x00")
    return (b"\xff\xe1", (len(data) + 2).to_bytes(2), data)


def _one_point() -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(stored, format="PNG")
    return stored.getvalue()
