"""Puts small faults into the source, one at a time, and sees whether the tests notice.

    python tools/mutants.py map                     which test runs which line (once; a quarter of an hour)
    python tools/mutants.py try --count 300 --seed 1
    python tools/mutants.py try --again             what the last run left unnoticed, once more

The faults are those of Cosmic Ray (a comparison turned round, `or` for `and`, a number changed, a loop
that never runs, `continue` for `break`), each at a place drawn at random over all modules. A fault is
tried with the tests that run its line, for a minute at most, so that it costs seconds. Results lie in
build/mutants.json; docs/extending.md says what came out.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from queue import Queue
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "build" / "mutants.json"
TIMES = ROOT / "build" / "mutants-times.xml"
COVERAGE = ROOT / "build" / "mutants.coverage"
PARTS = (
    "src",
    "tests",
    "sections",
    "references",
    "templates",
    "docs",
    "bench",
    "tools",
    "tasks.py",
)
BUDGET = 60.0  # seconds of tests a fault is worth, as they took when they were timed
PATIENCE = 8  # and how many times that before a run counts as hanging
WORKERS = 2
DULL = (
    "RemoveDecorator",
    "ExceptionReplacer",
    "Variable",
    "_Is",
    "Is_",
    "_Invert",
    "UAdd",
    "Shift",
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: an operator of Cosmic Ray at its nth place in a file, and the line it is on."""

    file: str
    operator: str
    occurrence: int
    line: int
    column: int


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("map", help="run the suite once and note which test runs which line")
    trying = commands.add_parser("try", help="try faults")
    trying.add_argument("--count", type=int, default=300)
    trying.add_argument("--seed", type=int, default=1)
    trying.add_argument("--again", action="store_true", help="only those that went unnoticed")
    chosen = parser.parse_args()
    if chosen.command == "map":
        draw_map()
    else:
        left = unnoticed() if chosen.again else drawn(chosen.count, chosen.seed)
        report(try_all(left), whole=not chosen.again)


def draw_map() -> None:
    """Runs the suite under coverage, with the name of the test as context."""
    COVERAGE.parent.mkdir(exist_ok=True)
    settings = COVERAGE.with_suffix(".rc")
    settings.write_text(
        f"[run]\ndata_file = {COVERAGE}\nsource = shadowreport\nrelative_files = true\n", "utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={TIMES}", "-o"]
    command += ["junit_family=xunit1", "--cov", f"--cov-config={settings}"]
    command += ["--cov-context=test", "--cov-report=", "-n", str(WORKERS), "--dist", "loadfile"]
    subprocess.run(command, cwd=ROOT, env=environment(ROOT), check=False)


# --- which faults -------------------------------------------------------------------------------


def drawn(count: int, seed: int) -> list[Mutant]:
    """Faults at places drawn at random; a place is as likely as any other, whatever can be done there."""
    places: dict[tuple[str, int, int], list[Mutant]] = defaultdict(list)
    for path in sorted((ROOT / "src").rglob("*.py")):
        for mutant in faults(path):
            places[mutant.file, mutant.line, mutant.column].append(mutant)
    chance = random.Random(seed)
    keys = chance.sample(sorted(places), min(count, len(places)))
    return [chance.choice(places[key]) for key in keys]


def faults(path: Path) -> Iterator[Mutant]:
    """All faults that can be put into a file; types are not run, so nothing in them is one."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    text = path.read_text("utf-8")
    tree = get_ast(text)
    types, limits = _types(text), _limits(text)
    nodes = list(ast_nodes(tree))
    for name in sorted(operator_names()):
        if any(word in name for word in DULL):
            continue
        operator = get_operator(name)()
        found = [place for node in nodes for place in operator.mutation_positions(node)]
        for occurrence, ((line, column), _) in enumerate(found):
            dull = [*types, *(limits if "Number" in name else ())]
            if not any(start <= (line, column) < end for start, end in dull):
                yield Mutant(str(path.relative_to(ROOT)), name, occurrence, line, column)


def _types(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations and aliases of types stand, and what decorators of classes are given: whether
    records are frozen changes nothing that a program does."""
    spans = []
    for node in ast.walk(ast.parse(text)):
        alias = (
            node.value
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.BinOp)
            and isinstance(node.value.op, ast.BitOr)
            else None
        )
        kinds = [getattr(node, "annotation", None), getattr(node, "returns", None), alias]
        kinds += node.decorator_list if isinstance(node, ast.ClassDef) else []
        for kind in kinds:
            if isinstance(kind, ast.expr):
                start = (kind.lineno, kind.col_offset)
                spans.append((start, (kind.end_lineno or kind.lineno, kind.end_col_offset or 0)))
    return spans


def _limits(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where limits and weights stand, constants of a module: one more or less is no fault."""
    return [
        ((node.lineno, 0), (node.end_lineno or node.lineno, 1_000))
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]


# --- whether they are noticed -------------------------------------------------------------------


def try_all(mutants: list[Mutant]) -> list[dict[str, object]]:
    """Tries each in one of a few copies of the project."""
    tests = Tests()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: Queue[Path] = Queue()
        for nth in range(WORKERS):
            copy = Path(folder) / str(nth)
            copy.mkdir()
            for part in PARTS:
                source = ROOT / part
                (shutil.copytree if source.is_dir() else shutil.copy)(
                    source, copy / part, **({"symlinks": True} if source.is_dir() else {})
                )
            shutil.copy(ROOT / "pyproject.toml", copy)
            copies.put(copy)

        def one(mutant: Mutant) -> dict[str, object]:
            copy = copies.get()
            try:
                outcome, diff = attempt(mutant, copy, tests)
            finally:
                copies.put(copy)
            change = f": {diff}" if outcome != "noticed" else ""
            print(f"{outcome:10} {mutant.file}:{mutant.line} {mutant.operator}{change}", flush=True)
            return {**asdict(mutant), "outcome": outcome, "diff": diff}

        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(one, mutants))


def attempt(mutant: Mutant, copy: Path, tests: Tests) -> tuple[str, str]:
    """Puts a fault in, runs its tests, takes it out again."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    chosen, seconds = tests.of(mutant)
    if not chosen:
        return "not run", ""
    path = copy / mutant.file
    good = path.read_text("utf-8")
    bad = mutate_code(good, get_operator(mutant.operator)(), mutant.occurrence)
    if bad is None or bad == good:
        return "no fault", ""
    diff = "\n".join(
        f"{one.strip()} -> {other.strip()}"
        for one, other in zip(good.splitlines(), bad.splitlines(), strict=False)
        if one != other
    )
    path.write_text(bad, "utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *chosen]
        done = subprocess.run(
            command,
            cwd=copy,
            env=environment(copy),
            capture_output=True,
            timeout=60 + PATIENCE * seconds,
            check=False,
        )
        return ("unnoticed" if done.returncode == 0 else "noticed"), diff
    except subprocess.TimeoutExpired:
        return "noticed", diff  # a program that hangs is seen by anybody
    finally:
        path.write_text(good, "utf-8")


def environment(copy: Path) -> dict[str, str]:
    """The environment in which a copy's own source is the one that runs."""
    return {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": ""}


class Tests:
    """Which tests run a line, those first that run much of its module in little time, of as many kinds as can be."""

    def __init__(self) -> None:
        from coverage import CoverageData

        self.data = CoverageData(str(COVERAGE))
        self.data.read()
        self.files = {(ROOT / name).resolve(): name for name in self.data.measured_files()}
        self.seconds = {
            f"{case.get('file')}::{case.get('name')}": float(case.get("time", "1"))
            for case in ElementTree.parse(TIMES).iter("testcase")
        }

    def of(self, mutant: Mutant) -> tuple[list[str], float]:
        """The tests for a fault, and how long they took; where none runs the line (a child process
        does, or nothing), those that run its module."""
        name = self.files.get((ROOT / mutant.file).resolve(), "")
        lines = self.data.contexts_by_lineno(name) if name else {}
        names = _tests(lines.get(mutant.line, []))
        if not names:
            names = _tests([context for contexts in lines.values() for context in contexts])
        depth = Counter(test for contexts in lines.values() for test in _tests(contexts))
        worth = {test: depth[test] / (self._time(test) + 0.5) for test in names}
        chosen: list[str] = []
        spent = 0.0
        for test in _in_turn(worth):
            if not chosen or spent + self._time(test) <= BUDGET:
                chosen.append(test)
                spent += self._time(test)
        return chosen, spent

    def _time(self, test: str) -> float:
        return self.seconds.get(test, 9.0)


def _in_turn(worth: dict[str, float]) -> Iterator[str]:
    """Tests by what they are worth, but one case of each test function before the next of any: cases of
    one function look at the same things."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for test in sorted(worth, key=lambda test: (-worth[test], test)):
        kinds[test.partition("[")[0]].append(test)
    for turn in zip_longest(*kinds.values()):
        yield from filter(None, turn)


def _tests(contexts: list[str]) -> set[str]:
    return {context.partition("|")[0] for context in contexts if "::" in context}


# --- what came out ------------------------------------------------------------------------------


def unnoticed() -> list[Mutant]:
    """The faults of the last run that no test noticed."""
    return [
        Mutant(item["file"], item["operator"], item["occurrence"], item["line"], item["column"])
        for item in json.loads(RESULTS.read_text("utf-8"))
        if item["outcome"] in ("unnoticed", "not run")
    ]


def report(results: list[dict[str, object]], *, whole: bool) -> None:
    """Prints the share that was noticed, and keeps the results of a whole run."""
    tried = [item for item in results if item["outcome"] != "no fault"]
    noticed = sum(item["outcome"] == "noticed" for item in tried)
    if whole:
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False), "utf-8")
    print(f"\n{len(tried)} faults, {noticed} noticed ({noticed / max(len(tried), 1):.0%})")


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"{time.monotonic() - started:.0f} s")
