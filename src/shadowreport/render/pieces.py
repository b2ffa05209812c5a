"""Writes a report in pieces, so that only those are written again that have changed.

A piece is a run of blocks that pandoc writes in the same way whatever stands around it: in the
lowered forms that HTML and Typst get, nothing is numbered by pandoc and no footnote is left to it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from shadowreport.core.ast import document, raw_block
from shadowreport.core.report import Block
from shadowreport.machine.cache import recall, remember
from shadowreport.machine.programs import pandoc

_SHARE = 100_000  # bytes of JSON from which a run of pandoc of its own is worth its start


def write_pieces(
    pieces: Sequence[list[Block]], arguments: Sequence[str], border: tuple[str, str]
) -> list[str]:
    """The text of each piece in the format that `arguments` name.

    `border` is the format's name and a raw text of it that shows nothing, with {} for a word that
    no author can guess. Raises programs.ProgramError.
    """
    keys = [(document(piece), *arguments) for piece in pieces]
    found = [recall("pieces", key) for key in keys]
    new = [index for index, known in enumerate(found) if known is None]
    shares = list(_shares(new, [len(key[0]) for key in keys]))
    with ThreadPoolExecutor(max(1, len(shares))) as pool:
        runs = [
            pool.submit(_write, [pieces[index] for index in share], arguments, border)
            for share in shares
        ]
        for share, run in zip(shares, runs, strict=True):
            for index, text in zip(share, run.result(), strict=True):
                found[index] = text.encode()
                remember("pieces", keys[index], text.encode())
    return [(text or b"").decode() for text in found]


def _shares(indexes: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """The new pieces in shares of about the same size, one for each processor at most."""
    total = sum(sizes[index] for index in indexes)
    count = max(1, min(os.cpu_count() or 1, 4, total // _SHARE))
    share: list[int] = []
    size = 0
    for index in indexes:
        share.append(index)
        size += sizes[index]
        if size >= total / count:
            yield share
            share, size = [], 0
    if share:
        yield share


def _write(
    pieces: list[list[Block]], arguments: Sequence[str], border: tuple[str, str]
) -> list[str]:
    target, mark = border
    word = mark.format(secrets.token_hex(16))
    blocks: list[Block] = []
    for index, piece in enumerate(pieces):
        blocks += [raw_block(target, word)] if index else []
        blocks += piece
    text = pandoc(["-f", "json", *arguments], document(blocks)).decode()
    return [part.strip("\n") for part in text.split(word)]
