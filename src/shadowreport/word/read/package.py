"""Opens an untrusted DOCX: looks at the zip directory before it unpacks, and refuses a DTD.

The bounds below are far above what a report needs (the model report has 7,000 tags and 4 MB) and
far below what harms a machine: a DOCX of 80 KB can hold five million paragraphs.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.files import read_bytes
from shadowreport.word.names import STRICT, Element, etree, name

MAX_FILE = 64_000_000
MAX_ENTRIES = 4_000
MAX_EXPANDED = 300_000_000
MAX_RATIO = 200  # of an entry above a megabyte; Word's own XML stays below 40
MAX_XML = 32_000_000
MAX_TAGS = 600_000

_UNZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, IndexError),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_SAVE_AS = "open it in Word or LibreOffice and save it as DOCX"
_OTHER_KINDS = (
    (b"{\\rtf", "an RTF file"),
    (b"%PDF", "a PDF file"),
    (b"<?xml", "an XML file"),
    (b"<html", "a web page"),
    (b"<!DOC", "a web page"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: `kind` is the last word of the type; `target` a part or an address."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An opened DOCX. `file` is its name in messages, `main` the part with the text."""

    file: str
    main: str
    warnings: tuple[Diagnostic, ...]
    _zip: zipfile.ZipFile
    _entries: Mapping[str, zipfile.ZipInfo]
    _trees: dict[str, Element] = field(default_factory=dict)
    _related: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def names(self) -> list[str]:
        """The names of all parts."""
        return [info.filename for info in self._entries.values()]

    def data(self, part: str, limit: int = MAX_EXPANDED) -> bytes:
        """The bytes of a part, at most `limit`. Raises Failure."""
        info = self._entries.get(part.lower())
        if info is None:
            _fail("word-damaged", self.file, f"the part {part} is missing", "save the file again")
        return _unpack(self._zip, info, self.file, limit)

    def tree(self, part: str) -> Element:
        """The root of an XML part, parsed once. Raises Failure."""
        if part not in self._trees:
            self._trees[part] = _parse(self.data(part, MAX_XML), part, self.file)
        return self._trees[part]

    def related(self, part: str) -> Mapping[str, Relationship]:
        """What a part refers to, by relationship id. Raises Failure."""
        if part not in self._related:
            folder, _, last = part.rpartition("/")
            rels = posixpath.join(folder, "_rels", f"{last}.rels")
            found = _relationships(self.tree(rels), folder) if rels in self else ()
            self._related[part] = {item.id: item for item in found}
        return self._related[part]

    def relative(self, kind: str) -> str | None:
        """The part of a kind (`styles`, `footnotes` ...) that the main part refers to."""
        for item in self.related(self.main).values():
            if item.kind == kind and not item.external and item.target in self:
                return item.target
        return None


def open_package(path: Path) -> Package:
    """Opens a DOCX. Raises Failure where it is none, damaged, protected, too large or harmful."""
    if path.is_dir():
        _fail("word-not-docx", path.name, "is a folder, not a DOCX", "name the file inside it")
    return read_package(read_bytes(path.resolve(), path.name, MAX_FILE), path.name)


def read_package(data: bytes, file: str) -> Package:
    """Opens a DOCX from its bytes; `file` is its name in messages. Raises Failure."""
    _refuse_other_kinds(data, file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNZIP_ERRORS:
        what = "begins like a DOCX but is cut off or damaged"
        _fail("word-damaged", file, what, "copy or download it again, or have Word repair it")
    entries = _checked_directory(archive, len(data), file)
    _refuse_open_document(archive, entries, file)
    bare = Package(file, "", (), archive, entries)
    main = _main_part(bare)
    package = Package(
        file, main, tuple(_outward(bare)), archive, entries, bare._trees, bare._related
    )
    package.tree(main)
    return package


# --- before unpacking ---------------------------------------------------------------------------


def _refuse_other_kinds(data: bytes, file: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            hint = "open it in Word, remove the password (File, Info, Protect Document), save it"
            _fail("word-encrypted", file, "is protected by a password", hint)
        _fail("word-not-docx", file, "is a file of Word 97-2003 (DOC), not a DOCX", _SAVE_AS)
    if data.startswith(b"PK"):
        return
    head = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    for start, what in _OTHER_KINDS:
        if head.lower().startswith(start.lower()):
            _fail("word-not-docx", file, f"is {what}, not a DOCX", _SAVE_AS)
    what = "is empty" if not data else "is not a DOCX (it is no zip archive)"
    _fail("word-not-docx", file, what, _SAVE_AS)


def _checked_directory(
    archive: zipfile.ZipFile, size: int, file: str
) -> dict[str, zipfile.ZipInfo]:
    entries = [info for info in archive.infolist() if not info.is_dir()]
    if len(entries) > MAX_ENTRIES:
        _too_large(file, f"holds {len(entries):,} parts; at most {MAX_ENTRIES:,} are read")
    if sum(info.file_size for info in entries) > MAX_EXPANDED:
        _too_large(file, f"would unpack to more than {MAX_EXPANDED // 1_000_000} MB")
    if sum(info.compress_size for info in entries) > size:
        _too_large(file, "claims to hold more than it has: its parts lie over each other")
    for info in entries:
        if info.flag_bits & 0x1:
            _fail("word-encrypted", file, "is protected by a password", "save it without one")
        if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            _too_large(file, f"is packed suspiciously tight ({info.filename})")
    found = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in entries}
    if len(found) < len(entries):
        _fail("word-damaged", file, "holds two parts of the same name", "save it again in Word")
    return found


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: str, limit: int) -> bytes:
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except _UNZIP_ERRORS:
        hint = "copy or download it again, or have Word repair it"
        _fail("word-damaged", file, f"is damaged: {info.filename} cannot be unpacked", hint)
    if len(data) > limit:
        _too_large(file, f"is too large: {info.filename} has more than {limit:,} bytes")
    return data


def _refuse_open_document(
    archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], file: str
) -> None:
    if "mimetype" in entries:
        kind = _unpack(archive, entries["mimetype"], file, 1000).decode("ascii", "replace")
        if "opendocument" in kind:
            _fail("word-not-docx", file, "is an OpenDocument file (ODT), not a DOCX", _SAVE_AS)
    if "[content_types].xml" not in entries:
        _fail("word-not-docx", file, "is a zip archive, but not a DOCX", _SAVE_AS)


# --- XML ----------------------------------------------------------------------------------------


def _parse(data: bytes, part: str, file: str) -> Element:
    if data.count(b"<") > MAX_TAGS:
        _too_large(file, f"holds more than {MAX_TAGS:,} tags in {part}")
    for strict, usual in STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    if b"<!DOCTYPE" in data[:4096].upper():
        _refuse_dtd(part, file)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"is damaged: {part} is not readable ({str(error)[:80]})"
        _fail("word-damaged", file, message, "open it in Word or LibreOffice and save it again")
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse_dtd(part, file)
    return root


def _refuse_dtd(part: str, file: str) -> NoReturn:
    message = f"is refused: {part} declares a document type, which no word processor does"
    _fail("word-damaged", file, message, "ask who made it; do not open it in Word")


def _relationships(root: Element, folder: str) -> Iterator[Relationship]:
    for item in root.iter(name("rel:Relationship")):
        external = item.get("TargetMode", "").lower() == "external"
        target = item.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        yield Relationship(
            item.get("Id", ""), item.get("Type", "").rpartition("/")[2], target, external
        )


# --- what kind of package -----------------------------------------------------------------------


def _main_part(package: Package) -> str:
    file = package.file
    kinds = {
        item.get("PartName", "").lstrip("/").lower(): item.get("ContentType", "")
        for item in package.tree("[Content_Types].xml").iter(name("ct:Override"))
    }
    if any("macroEnabled" in kind for kind in kinds.values()) or any(
        part.lower().endswith("vbaproject.bin") for part in package.names()
    ):
        hint = "save it in Word as 'Word Document (*.docx)', which drops the macros"
        _fail("word-macros", file, "holds macros (program code)", hint)
    for item in package.related("").values():
        if item.kind == "officeDocument" and not item.external:
            kind = kinds.get(item.target.lower(), "")
            if kind and kind not in _MAIN:
                _fail("word-not-docx", file, f"is not a Word document ({kind})", _SAVE_AS)
            if item.target not in package:
                break
            return item.target
    hint = "save it again in Word or LibreOffice"
    raise Failure([Diagnostic("word-damaged", Place(file), "holds no document", hint)])


def _outward(package: Package) -> Iterator[Diagnostic]:
    """Everything that points out of the file, except links that a reader would click."""
    for part in package.names():
        if not part.lower().endswith(".rels"):
            continue
        owner = part.replace("_rels/", "").removesuffix(".rels")
        for item in _relationships(package.tree(part), posixpath.dirname(owner)):
            if not item.external or item.kind == "hyperlink":
                continue
            if item.kind == "attachedTemplate" and _remote(item.target):
                message = (
                    f"fetches its template from elsewhere when it is opened ({item.target[:120]})"
                )
                hint = "attach the template Normal in Word (Developer, Document Template), save it"
                _fail("word-external", package.file, message, hint)
            message = f"refers to something outside ({item.kind}: {item.target[:120]})"
            yield Diagnostic("word-linked", Place(package.file), message, "it was not fetched")


def _remote(target: str) -> bool:
    lower = target.lower().replace("\\", "/")
    if lower.startswith("file:"):
        rest = lower.removeprefix("file:")
        return rest.startswith("//") and not rest.startswith("///")
    return lower.startswith("//") or "://" in lower or lower.startswith("mhtml:")


def _too_large(file: str, message: str) -> NoReturn:
    _fail("word-too-large", file, message, "is it really a report? Save it again in Word and retry")


def _fail(code: str, file: str, message: str, hint: str) -> NoReturn:
    raise Failure([Diagnostic(code, Place(file), message, hint)])
