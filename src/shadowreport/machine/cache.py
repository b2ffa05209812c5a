"""Remembers what was computed from the same content before: a store of files.

It holds the text of a report in plain bytes, what is confidential and what was deleted since as well, so
it lies in a folder of the user's own, which nobody else can open, and never in the project: build/ is
what people zip and send.

A key is a hash of everything that a result depends on, the toolkit itself included, so an entry is
never out of date; it is only no longer asked for. An entry is sealed with a key of the user's own
(beside it): what is broken, cut short, or came along with somebody's repository is not
believed. Entries are moved into place whole, so builds at the same time do not disturb each other.
Where the store cannot be used, things are computed: a cache never makes a build fail.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import platformdirs

from shadowreport.machine.write import replace_private

_ONCE = Path("build") / ".cache"  # where earlier versions kept it
LIMIT = 300_000_000  # bytes of all entries together
_LIMIT_SHARED = 2_000_000
_SEAL = 32
_PRIVATE = 0o700
_LARGEST = 50_000_000  # bytes of an entry
_RECENT = 2000  # entries kept in memory, for a process that lives long


class Cache:
    """Results by stage and key, in files of a folder."""

    def __init__(self, folder: Path, secret: bytes, limit: int = LIMIT) -> None:
        self._folder = folder
        self._secret = secret
        self._limit = limit
        self._recent: dict[str, bytes] = {}
        self._lock = Lock()
        self._grew = False

    def get(self, stage: str, key: str) -> bytes | None:
        """The result that was put under a key, or None."""
        name = f"{stage}/{key}"
        if name in self._recent:
            return self._recent[name]
        try:
            data = _read(self._folder / stage / key)
        except OSError:
            return None
        if data[:_SEAL] != self._seal(name, data[_SEAL:]):
            return None
        self._keep(name, data[_SEAL:])
        return data[_SEAL:]

    def put(self, stage: str, key: str, data: bytes) -> None:
        """Keeps a result; does nothing where that is not possible."""
        if len(data) > min(_LARGEST, self._limit):
            return
        name = f"{stage}/{key}"
        self._keep(name, data)
        self._grew = True
        try:
            replace_private(self._folder / stage / key, self._seal(name, data) + data)
        except OSError:
            return

    def close(self) -> None:
        """Removes the oldest entries where all together are too large."""
        if not self._grew:
            return
        self._grew = False
        total = 0
        with suppress(OSError):
            for _, size, path in sorted(_entries(self._folder), reverse=True):
                total += size
                if total > self._limit:
                    path.unlink(missing_ok=True)

    def _seal(self, name: str, data: bytes) -> bytes:
        return hashlib.blake2b(
            name.encode() + b"\0" + data, key=self._secret, digest_size=_SEAL
        ).digest()

    def _keep(self, name: str, data: bytes) -> None:
        with self._lock:
            self._recent[name] = data
            while len(self._recent) > _RECENT:
                del self._recent[next(iter(self._recent))]


# --- what the stages call -----------------------------------------------------------------------

_current: Cache | None = None
_shared: dict[str, tuple[str, bytes]] = {}  # key and result of each stage


def open_cache(project: Path) -> Cache | None:
    """The cache of a project; None where there can be none."""
    _forget_once(project)
    secret = _secret()
    if secret is None:
        return None
    try:
        for path in (_settings(), folder_of(project).parent, folder_of(project)):
            path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            path.chmod(_PRIVATE)
    except OSError:
        return None
    return Cache(folder_of(project), secret)


def folder_of(project: Path) -> Path:
    """Where the cache of a project lies."""
    name = hashlib.sha256(str(project.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return _settings() / "projects" / name[:24]


def _forget_once(project: Path) -> None:
    """Removes the cache that an earlier version has left in a project, texts and all."""
    inside = (project / "build", project / _ONCE)
    # a link that came with a repository could lead our removing anywhere
    if inside[1].is_dir() and not any(path.is_symlink() for path in inside):
        shutil.rmtree(inside[1], ignore_errors=True)


@contextmanager
def using(store: Cache | None) -> Iterator[None]:
    """Lets the stages remember in a store as long as it lasts; None: they remember nothing."""
    global _current
    before, _current = _current, store
    try:
        yield
    finally:
        _current = before
        if store:
            store.close()


def remembered(stage: str, parts: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
    """What `make` gives, or gave before for the same parts. It must depend on nothing else."""
    store = _current
    if store is None:
        return make()
    key = key_of(*parts)
    found = store.get(stage, key)
    if found is None:
        found = make()
        store.put(stage, key, found)
    return found


def shared(stage: str, parts: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
    """The same for what depends on the toolkit alone: kept for all projects of the user together."""
    key = key_of(*parts)
    if stage not in _shared or _shared[stage][0] != key:
        secret = _secret() if _current else None
        store = Cache(_settings() / "shared", secret, _LIMIT_SHARED) if secret else None
        data = store.get(stage, key) if store else None
        if data is None:
            data = make()
            if store:
                store.put(stage, key, data)
                store.close()
        _shared[stage] = key, data
    return _shared[stage][1]


def recall(stage: str, parts: tuple[str | bytes, ...]) -> bytes | None:
    """What is remembered, where it cannot be made on the spot."""
    return _current.get(stage, key_of(*parts)) if _current else None


def remember(stage: str, parts: tuple[str | bytes, ...], data: bytes) -> None:
    """Keeps what was made elsewhere."""
    if _current:
        _current.put(stage, key_of(*parts), data)


def pack(value: Any) -> bytes:
    """A value of plain data as bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def unpack(data: bytes) -> Any:
    """The value that `pack` was given; a new one with every call."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def key_of(*parts: str | bytes) -> str:
    """The key of a result that depends on these parts and on the toolkit."""
    hashed = hashlib.sha256(_toolkit())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hashed.update(b"%d:" % len(data) + data)
    return hashed.hexdigest()


# --- files --------------------------------------------------------------------------------------


@cache
def _toolkit() -> bytes:
    """A fingerprint of this program: another version, or an edit of it, has other results."""
    from shadowreport.machine.programs import ProgramError, pandoc_path
    from shadowreport.machine.toolkit import PACKAGE, schemas, templates

    marks = [mark for folder in (PACKAGE, templates(), schemas()) for mark in _marks(folder)]
    with suppress(ProgramError):
        info = Path(pandoc_path()).stat()
        marks.append(f"pandoc {info.st_size} {info.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(marks)).encode()).digest()


def _marks(folder: Path | str) -> Iterator[str]:
    # os.scandir and not Path.rglob: this runs at each start, and takes 3 ms instead of 20
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _marks(entry.path) if entry.name != "__pycache__" else ()
        else:
            info = entry.stat()
            yield f"{entry.path} {info.st_size} {info.st_mtime_ns}"


def _settings() -> Path:
    """The user's own folder, outside of all projects."""
    return Path(platformdirs.user_cache_dir("shadowreport", appauthor=False))


def _secret() -> bytes | None:
    """The user's own key, made at the first use."""
    try:
        path = _settings() / "key"
        if not path.exists():
            replace_private(path, secrets.token_bytes(_SEAL))
        data = _read(path)
    except (OSError, RuntimeError):
        return None
    return data if len(data) == _SEAL else None


def _read(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
        return stream.read(_LARGEST + _SEAL)


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Age, size and path of every entry, and of what a killed build left."""
    for stage in folder.iterdir():
        if stage.is_symlink() or not stage.is_dir():
            continue
        for path in stage.iterdir():
            if len(path.name) == 64 or path.name.startswith("."):
                info = path.lstat()
                yield info.st_mtime, info.st_size, path
