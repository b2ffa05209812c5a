"""Parses the bodies of sections: pandoc reads many in one run, each for itself (reader.lua).

A start of pandoc costs more than reading a section of the usual length, so they go in batches, some
at once. Where a batch fails or takes long, its texts are read one by one, so that a text that cannot
be read is known by its name and takes no other one with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path
from typing import Any

from shadowreport.core import quotes as core_quotes
from shadowreport.core import rows
from shadowreport.core.ast import blocks_of, join_words, transform
from shadowreport.core.quotes import MARK
from shadowreport.core.report import Block, Inline
from shadowreport.machine.cache import pack, recall, remember, unpack
from shadowreport.machine.programs import ProgramError, pandoc
from shadowreport.source import quotes
from shadowreport.source.dialect import DIALECT
from shadowreport.source.quotes import settle, shield
from shadowreport.source.typed import as_read
from shadowreport.source.typed.glued import GLUE

READER = Path(__file__).with_name("reader.lua")
_SEPARATOR = "\x1e"  # files.read_text refuses a file that holds it
# A batch takes a fifth of a second; a text takes as long as so many characters more, since pandoc
# puts the dialect together for each.
_BATCH = 160_000  # characters
_EACH = 2_500
_BATCH_SECONDS = 2  # of work

# a text's blocks, or why it has none; RecursionError: it is nested too deeply
Parsed = list[Block] | ProgramError | RecursionError
_Read = Parsed | Future[Parsed]


def parse(text: str) -> Parsed:
    """The blocks of one text."""
    known = _known(text)
    return _alone(text) if known is None else known


def parse_all(texts: Sequence[str], pool: Executor) -> list[Callable[[], Parsed]]:
    """Starts to parse texts; each call of the result waits for one and gives its blocks."""
    found = [_known(text) for text in texts]
    waiting = [index for index, known in enumerate(found) if known is None]
    ready: dict[int, Callable[[], Parsed]] = {}
    for batch in _batches([(index, texts[index]) for index in waiting]):
        future = pool.submit(_batch, [text for _, text in batch], pool)
        for nth, (index, _) in enumerate(batch):
            ready[index] = _getter(future, nth)
    return [ready.get(index) or _value(known) for index, known in enumerate(found)]


def _getter(future: Future[list[_Read]], nth: int) -> Callable[[], Parsed]:
    def get() -> Parsed:
        found = future.result()[nth]
        return found.result() if isinstance(found, Future) else found

    return get


def _value(known: Parsed | None) -> Callable[[], Parsed]:
    return lambda: known if known is not None else []


def _batches(texts: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Texts that follow each other, in shares of about the same length for every processor."""
    total = sum(len(text) + _EACH for _, text in texts)
    share = min(_BATCH, total // max(2, os.cpu_count() or 1) + 1)
    batch: list[tuple[int, str]] = []
    length = 0
    for index, text in texts:
        batch.append((index, text))
        length += len(text) + _EACH
        if length >= share:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _batch(texts: list[str], pool: Executor) -> list[_Read]:
    if len(texts) > 1 and not any(_SEPARATOR in text for text in texts):
        try:
            found = _run(texts, _BATCH_SECONDS)
        except (ProgramError, RecursionError):
            found = []
        if len(found) == len(texts) and all(block["t"] == "Div" for block in found):
            return [_keep(text, block["c"][1]) for text, block in zip(texts, found, strict=True)]
    return [pool.submit(_alone, text) for text in texts]


def _alone(text: str) -> Parsed:
    try:
        (block,) = _run([text], None)
    except (ProgramError, RecursionError) as error:
        return error
    if block["t"] != "Div":
        return ProgramError(f"pandoc failed: {block['c'][1].splitlines()[0]}")
    return _keep(text, block["c"][1])


def _run(texts: list[str], seconds: float | None) -> list[Block]:
    bodies = (DIALECT, *(shield(as_read(text)) for text in texts))
    data = "".join(f"{text}{_SEPARATOR}\n" for text in bodies)
    arguments = ["-f", str(READER), "-t", "json"]
    found = pandoc(arguments, data.encode(), reading=True, seconds=seconds)
    return blocks_of(found.replace(GLUE.encode(), b""))


# --- what was parsed before ---------------------------------------------------------------------


def _known(text: str) -> Parsed | None:
    data = recall("parse", (text, *_versions()))
    return None if data is None else unpack(data)


def _keep(text: str, blocks: list[Block]) -> Parsed:
    try:
        words = transform(blocks, {"Link": _bare_text})
        joined = join_words(settle(words) if MARK.search(shield(text)) else words)
        if rows.HELD in text:
            joined = transform(joined, {"Table": rows.lifted})
        remember("parse", (text, *_versions()), pack(joined))
    except RecursionError as error:
        return error
    return joined


def _bare_text(content: Any) -> list[Inline] | None:
    """pandoc takes tel:112 and doi:10.1000/182 for addresses; in a report they are words."""
    (_, classes, _), words, (address, _) = content
    return words if classes == ["uri"] and not address.startswith(("http://", "https://")) else None


@cache
def _versions() -> tuple[str, ...]:
    modules = (quotes, core_quotes, rows)
    own = (READER, *(Path(str(module.__file__)) for module in modules))
    return DIALECT, *(path.read_text(encoding="utf-8") for path in own)
