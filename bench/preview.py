"""`python -m bench.preview FOLDER`: prints the seconds from a save to the new page in the preview.

It is the median of some edits of one sentence. The page is there when a browser can fetch it.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from bench.report import edited
from shadowreport.preview import Preview

_EDITS = 5
_PAUSE = 2  # seconds that an author writes before saving again; the checks are done by then
_PATIENCE = 300  # seconds


def main() -> None:
    """Measures and prints."""
    project = Path(sys.argv[1])
    preview = Preview(project)
    with preview.running():
        _page_after(preview, b"")
        print(statistics.median(_seconds(preview, project) for _ in range(_EDITS)))


def _seconds(preview: Preview, project: Path) -> float:
    time.sleep(_PAUSE)
    before = preview.session.view.page
    start = time.perf_counter()
    edited(project)
    _page_after(preview, before)
    return time.perf_counter() - start


def _page_after(preview: Preview, before: bytes) -> None:
    until = time.monotonic() + _PATIENCE
    number = -1
    while preview.session.view.page == before:
        if time.monotonic() > until:
            raise TimeoutError("no page came")
        view = preview.session.newer(number, 1)
        number = view.number if view else number


if __name__ == "__main__":
    main()
