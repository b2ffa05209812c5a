"""The child process in which typst runs, so that its memory has a limit. See programs.typst."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Reads a request as JSON from standard input, writes the PDF and, as JSON, typst's words."""
    request = json.load(sys.stdin)
    limit_memory(request["bytes"])
    import typst

    problems: list[dict[str, Any]] = []
    places: list[Any] = []
    compiler = typst.Compiler(
        request["main"],
        root=request["root"],
        font_paths=request["fonts"],
        ignore_system_fonts=True,
        package_path=request["root"],
        package_cache_path=request["root"],
    )
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=request["timestamp"]
        )
    except typst.TypstError as error:
        detail = str(error.diagnostic)
        problems.append({"message": str(error.message), "detail": detail, "fatal": True})
    else:
        assert isinstance(pdf, bytes)
        Path(request["output"]).write_bytes(pdf)
        places = json.loads(compiler.query("<place>", field="value"))
        problems.extend(
            {"message": str(warning.message), "detail": str(warning.diagnostic), "fatal": False}
            for warning in warnings
        )
    json.dump({"problems": problems, "places": places}, sys.stdout)


def limit_memory(amount: int) -> None:
    """Lets this process have so many bytes at most, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (amount, amount))


if __name__ == "__main__":
    main()
