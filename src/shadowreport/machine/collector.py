"""Python's collector of reference cycles, and why a report is better off without it."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Pauses the collector. A report is a large tree of lists and dicts without a cycle in it: looking
    for cycles again and again while it grows takes up to half of the time, and finds none."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def spare_the_end() -> None:
    """When the program ends, its memory goes back as a whole: nothing in it is looked through before."""
    atexit.register(gc.freeze)
