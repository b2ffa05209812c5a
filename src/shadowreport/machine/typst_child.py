"""The child process in which typst runs, so that its memory has a limit. See typst.py."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from shadowreport.machine.page_ends import BARE_HEADS, WHOLE_LISTS, WHOLE_TABLES, keep_notes

Request = dict[str, Any]
Answer = dict[str, Any]

# typst looks for a package in the network where no folder has it. An address to which no system
# makes a connection, as the proxy for all of it, ends that before anything is sent.
NO_NETWORK: dict[str, str] = dict.fromkeys(
    ("http_proxy", "https_proxy", "all_proxy"), "http://255.255.255.255:9"
)
# where the elements under some names stand; a mark in the text that says where it stands, which was
# once the way, lets typst lay out all of the text once more
_PLACES = """({names}).map(name => (name, query(label(name)))).filter(((_, found)) => found.len() > 0)
    .map(((name, found)) => (name: name, at: found.first().location().position()))"""
# typst 0.15 tags some lists and tables wrongly that go on over the end of a page, and refuses its own tags
_UNTAGGED = {  # what typst says, and what is kept whole then
    "invalid list (L) structure": WHOLE_LISTS,
    "invalid table (Table) structure": WHOLE_TABLES,
    # a table whose head has footnotes, and a cell with a list and footnotes that is higher than a page
    "tag would be split up": BARE_HEADS,
    "tags weren't properly closed": BARE_HEADS,
}
_WIDTHS = "<widths>"  # what typst.py measures stands under this label
_TEMPLATE = re.compile(r"report\.typ:\d+:\d+")


def main() -> None:
    """Answers requests, a line of JSON each, until its input ends."""
    os.environ.update(NO_NETWORK)
    for line in sys.stdin:
        request = json.loads(line)
        _limit_memory(request["bytes"])
        print(json.dumps(_TASKS[request["task"]](request)), flush=True)


def _compiler(request: Request) -> Any:
    import typst  # only now: what it takes is within the limit

    return typst.Compiler(
        request["main"],
        root=request["root"],
        font_paths=request["fonts"],
        ignore_system_fonts=True,
        package_path=request["packages"],
        package_cache_path=request["packages"],
    )


def _laid_out(request: Request, whole: Collection[str] = ()) -> Any:
    """A compiler that has laid out the text, with pages that end where the footnotes want it."""
    return keep_notes(lambda: _compiler(request), Path(request["root"]), whole)


def _compiled(request: Request, whole: Collection[str] = ()) -> tuple[Any, tuple[bytes, Any]]:
    compiler = _laid_out(request, whole)
    return compiler, compiler.compile_with_warnings(
        format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=request["timestamp"]
    )


def _with_tags(request: Request) -> tuple[Any, tuple[bytes, Any]]:
    """The PDF. What typst cannot tag where a page ends in the middle of it is kept whole. Raises
    TypstError."""
    import typst

    whole: list[str] = []
    while True:
        try:
            return _compiled(request, whole)
        except typst.TypstError as error:
            more = [what for sign, what in _UNTAGGED.items() if sign in str(error.message)]
            if not more or more[0] in whole:
                raise
            whole += more


def _pdf(request: Request) -> Answer:
    import typst

    try:
        compiler, (pdf, warnings) = _with_tags(request)
    except typst.TypstError as error:
        return {"problems": [_problem(error, fatal=True)], "places": []}
    Path(request["output"]).write_bytes(pdf)
    problems = [_problem(item, fatal=False) for item in warnings]
    return {"problems": problems, "places": _places(compiler, request["names"])}


def _places(compiler: Any, names: list[str]) -> list[Any]:
    expression = _PLACES.replace("{names}", "".join(f"{json.dumps(name)}," for name in names))
    return json.loads(compiler.eval(expression)) if names else []


def _problem(item: Any, *, fatal: bool) -> Answer:
    return {"message": str(item.message), "detail": str(item.diagnostic), "fatal": fatal}


def _pages(request: Request) -> Answer:
    import typst

    try:
        drawn = _laid_out(request).compile(format="svg")
    except typst.TypstError as error:
        place = _TEMPLATE.search(str(error.diagnostic))
        where = f"templates/{place[0]}: " if place else ""
        return {"names": [], "problem": f"{where}typst: {error.message}"}
    pages = drawn if isinstance(drawn, list) else [drawn]
    if len(pages) > request["most"]:
        problem = f"The PDF has {len(pages)} pages; up to {request['most']} are shown here."
        return {"names": [], "problem": f"{problem} Look at it after 'invoke build'."}
    folder = Path(request["pictures"])
    names = [hashlib.sha256(page).hexdigest()[:24] for page in pages]
    for name, page in zip(names, pages, strict=True):
        if not (folder / name).exists():
            (folder / name).write_bytes(page)
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
    return {"names": names, "problem": ""}


def _png(request: Request) -> Answer:
    import typst

    try:
        drawn = _compiler(request).compile(format="png", ppi=144.0)
    except typst.TypstError as error:
        return {"problem": str(error.message)}
    Path(request["output"]).write_bytes(drawn[0] if isinstance(drawn, list) else drawn)
    return {"problem": ""}


def _widths(request: Request) -> Answer:
    import typst

    try:
        found = _compiler(request).eval(f"query({_WIDTHS}).first().value")
    except typst.TypstError as error:
        return {"widths": [], "problem": str(error.message)}
    return {"widths": json.loads(found), "problem": ""}


_TASKS = {"widths": _widths, "pdf": _pdf, "pages": _pages, "png": _png}


def _limit_memory(amount: int) -> None:
    """Lets this process have so many bytes at most, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        amount = min(amount, most)
    resource.setrlimit(resource.RLIMIT_AS, (amount, most))


if __name__ == "__main__":
    main()
