"""Tasks that show speed: preview, bench."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from shadowreport.tasks.common import choices, failures, project


@task(
    auto_shortflags=False,
    help={
        "port": "the port on this machine (default: one that is free)",
        "no_browser": "do not open the browser; the address is printed",
    },
)
def preview(_context: Context, port: str = "", no_browser: bool = False) -> None:
    """Show the report in the browser and follow every save; only this machine can see it."""
    from shadowreport import console
    from shadowreport.preview import PortError
    from shadowreport.preview import preview as serve

    if port and not port.isdecimal():
        raise Exit(f"'{port}' is no port: it is a number from 1 to 65535", code=2)

    def say(address: str) -> None:
        console.line(f"{address}  (Ctrl-C ends the preview)")

    with failures():
        try:
            serve(project(), int(port or 0), not no_browser, say)
        except PortError as error:
            raise Exit(f"{error}; leave --port out to get a free one", code=1) from None


@task(
    auto_shortflags=False,
    help={
        "sizes": "multiples of the model report's size, with commas: 1,10,50 (default: 1,10)",
        "rounds": "how often each is measured; the medians are shown (default: 5)",
        "peers": "measure other tools as well, where they are installed",
        "plot": "draw the results into this file as well (.svg, .png or .pdf)",
    },
)
def bench(
    _context: Context, sizes: str = "1,10", rounds: int = 5, peers: bool = False, plot: str = ""
) -> None:
    """Measure how long builds take, beside bare pandoc and typst; prints a table in Markdown."""
    from shadowreport import console

    try:
        from bench.__main__ import measure
        from bench.page import page
        from bench.plot import plot as draw
    except ImportError as error:
        message = "the benchmarks come with the toolkit's own folder; run this there"
        if error.name != "bench":
            message = f"{error.name} is missing; install it with: pip install -e '.[bench]'"
        raise Exit(message, code=2) from None
    wanted = choices(sizes, ("1", "10", "50"), "size")
    results = measure(tuple(map(int, wanted)), rounds, peers)
    console.raw(page(results))
    if plot:
        draw(results, Path(plot))
