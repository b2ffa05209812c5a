"""The files of a report as one zip, for a state that git does not hold."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shadowreport.core.layout import FOLDERS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.machine.files import read_bytes
from shadowreport.machine.scratch import Scratch

MAX_SNAPSHOT = 300_000_000  # bytes of all files together
_LARGEST = 1 << 31  # bytes of one file
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError)


def fingerprint(project: Path) -> str:
    """A hash of all files that a build reads. Raises Failure."""
    digest = hashlib.sha256()
    for name, data in _contents(project):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def snapshot(project: Path) -> bytes:
    """All files that a build reads, as a zip. Raises Failure."""
    if sum(path.stat().st_size for path in _files(project)) > MAX_SNAPSHOT:
        raise _too_large("sections", "commit the report: git then keeps what was sent")
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _contents(project):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return output.getvalue()


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with a snapshot of ours unpacked; it is removed afterwards. Raises Failure."""
    with Scratch() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(info.file_size for info in archive.infolist()) > MAX_SNAPSHOT:
                    raise _too_large(path.name, "name a commit with --revision")
                archive.extractall(folder)
        except _DAMAGED as error:
            hint = (
                "name a commit with --revision, or take the files as they are: --revision present"
            )
            message = f"this copy of the sources is damaged: {error}"
            raise Failure([Diagnostic("lost-origin", Place(path.name), message, hint)]) from None
        yield Path(folder)


def _contents(project: Path) -> Iterator[tuple[str, bytes]]:
    for path in _files(project):
        name = path.relative_to(project).as_posix()
        yield name, read_bytes(path, name, _LARGEST)


def _files(project: Path) -> list[Path]:
    found = (path for name in FOLDERS for path in (project / name).rglob("*"))
    files = (path for path in found if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if _is_read(path.relative_to(project).as_posix()))


def _is_read(name: str) -> bool:
    """Whether a build may read a file that is called so: no report names one by bytes that are no text, and no archive
    holds it."""
    try:
        return bool(name.encode())
    except UnicodeEncodeError:
        return False


def _too_large(name: str, hint: str) -> Failure:
    message = f"has more than {MAX_SNAPSHOT:,} bytes; so large a copy is not kept"
    return Failure([Diagnostic("too-large", Place(name), message, hint)])
