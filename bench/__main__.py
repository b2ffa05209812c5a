"""`python -m bench`: measures, and prints a page in Markdown (what `invoke bench` calls)."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.jobs import Bench
from bench.measure import Cost, interleaved
from bench.page import page


def measure(
    sizes: tuple[int, ...] = (1, 10),
    rounds: int = 5,
    peers: bool = False,
    folder: Path | None = None,
    only: str = "",
) -> dict[int, dict[str, Cost]]:
    """The medians by size and job. `sizes` are multiples of the model document; `only` is
    a part of the names of the jobs that are wanted."""

    def progress(step: str) -> None:
        print(step, file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        result: dict[int, dict[str, Cost]] = {}
        for times in sizes:
            bench = Bench(folder or Path(scratch), times)
            jobs = [bench.bare(), *bench.ours()]
            jobs += bench.peers() if peers and times == 1 else []
            jobs = [job for job in jobs if only.lower() in job.name.lower()]
            result[times] = interleaved(jobs, _rounds(rounds, times), progress)
        return result


def _rounds(rounds: int, times: int) -> int:
    """The large ones take minutes, and differ less from one time to the next."""
    return rounds if times < 10 else max(1, rounds // 2) if times < 50 else 1


def main() -> None:
    """Reads the options, measures, prints the page."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="1,10", help="multiples of the model (default 1,10)")
    parser.add_argument(
        "--rounds", type=int, default=5, help="counted runs of each job (default 5)"
    )
    parser.add_argument("--peers", action="store_true", help="also what people use instead")
    parser.add_argument("--plot", type=Path, help="draw the results into this file as well")
    parser.add_argument("--only", default="", help="the jobs whose names hold this")
    parser.add_argument("--folder", type=Path, help="keep the reports here")
    options = parser.parse_args()
    sizes = tuple(int(size) for size in options.sizes.split(","))
    results = measure(sizes, options.rounds, options.peers, options.folder, options.only)
    print(page(results))
    if options.plot:
        from bench.plot import plot

        plot(results, options.plot)


if __name__ == "__main__":
    main()
