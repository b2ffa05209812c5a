"""Tasks that show speed: preview, bench."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit

from shadowreport.core.editions import PUBLIC
from shadowreport.tasks.common import failures, project, register_of, say_unsearched
from shadowreport.tasks.options import REGISTER, choices, number, one_edition, refuse, task

_PICTURES = (".svg", ".png", ".pdf")


@task(
    help={
        "port": "the port on this machine (default: one that is free)",
        "no_browser": "do not open the browser; the address is printed",
        "edition": "public: what others will see (default: the whole report)",
        "register": REGISTER,
    },
)
def preview(
    _context: Context,
    port: str = "",
    no_browser: bool = False,
    edition: str = "",
    register: str = "",
) -> None:
    """Show the report in the browser and follow every save; only this machine can see it."""
    from shadowreport import console
    from shadowreport.preview import PortError
    from shadowreport.preview import preview as serve

    name = one_edition(edition)
    wanted = number(port, 0, 65535, "port") if port else 0

    def say(address: str) -> None:
        console.line(f"{address}  (Ctrl-C ends the preview)")

    with failures():
        try:
            folder = project()
            persons = register_of(register, folder)
            if name == PUBLIC:
                say_unsearched(folder, persons, name)
            serve(folder, wanted, not no_browser, say, name, persons)
        except PortError as error:
            raise Exit(f"{error}; leave --port out to get a free one", code=1) from None


@task(
    help={
        "sizes": "multiples of the model report's size, with commas: 1,10,50 (default: 1,10)",
        "rounds": "how often each is measured; the medians are shown (default: 5)",
        "peers": "measure other tools as well, where they are installed",
        "only": "measure the jobs alone whose names hold this: 'JSON alone'",
        "plot": f"draw the results into this file as well ({', '.join(_PICTURES)})",
    },
)
def bench(
    _context: Context,
    sizes: str = "1,10",
    rounds: str = "5",
    peers: bool = False,
    only: str = "",
    plot: str = "",
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
        refuse(message)
    wanted = choices(sizes, ("1", "10", "50"), "size")
    times = number(rounds, 1, 1000, "number of rounds")
    if plot and Path(plot).suffix not in _PICTURES:
        refuse(f"'{plot}' is no name of a picture: it ends in {', '.join(_PICTURES)}")
    results = measure(tuple(map(int, wanted)), times, peers, only=only)
    if not all(results.values()):
        refuse(f"no job is called '{only}'; docs/performance.md names them")
    console.raw(page(results))
    if plot:
        draw(results, Path(plot))
