"""The child process that draws pages. See pages.py."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from shadowreport._typst_child import limit_memory

_BYTES = 6 << 30


def main() -> None:
    """Answers requests, a line of JSON each, until its input ends."""
    limit_memory(_BYTES)
    import typst

    compiler: typst.Compiler | None = None
    for line in sys.stdin:
        request = json.loads(line)
        compiler = compiler or typst.Compiler(
            str(Path(request["root"]) / "main.typ"),
            root=request["root"],
            font_paths=request["fonts"],
            ignore_system_fonts=True,
            package_path=request["root"],
            package_cache_path=request["root"],
        )
        try:
            pages = compiler.compile(format="svg")
        except typst.TypstError as error:
            answer: dict[str, Any] = {"names": [], "problem": f"typst: {error.message}"}
        else:
            answer = _written(pages if isinstance(pages, list) else [pages or b""], request)
        print(json.dumps(answer), flush=True)


def _written(pages: list[bytes], request: dict[str, Any]) -> dict[str, Any]:
    if len(pages) > request["most"]:
        problem = f"The PDF has {len(pages)} pages; up to {request['most']} are shown here."
        return {"names": [], "problem": f"{problem} Look at it after 'invoke build'."}
    folder = Path(request["pages"])
    names = [hashlib.sha256(page).hexdigest()[:24] for page in pages]
    for name, page in zip(names, pages, strict=True):
        if not (folder / name).exists():
            (folder / name).write_bytes(page)
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
    return {"names": names, "problem": ""}


if __name__ == "__main__":
    main()
