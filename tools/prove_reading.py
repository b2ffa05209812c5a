"""Hunts for misreadings: compares what was typed in a report's sections with what pandoc makes of it.

    python tools/prove_reading.py [FOLDER]

Each section is read as the build would read it with the dialect of source/dialect.py, after what has
only one sensible reading is put right (source/typed). Then every typed word has to stand in the tree
once, in order, in the block where it was typed; what does not is printed with its line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from shadowreport.load.proof import prove
from shadowreport.machine.programs import ProgramError
from shadowreport.source.front_matter import parts
from shadowreport.source.read import parse
from shadowreport.source.typed.lines import Problem


def problems(body: str) -> list[Problem]:
    """What is wrong with a body: signs that cannot be meant, and the first place that is misread."""
    blocks = parse(body)
    if isinstance(blocks, ProgramError | RecursionError):
        raise blocks
    verdict = prove(body, blocks)
    return [*verdict.slips, *([verdict.misread] if verdict.misread else [])]


def main(project: Path) -> int:
    """Prints what is wrong with each section; how many problems there are."""
    count = 0
    for path in sorted((project / "sections").glob("*.md")):
        section = parts(path.read_text("utf-8"), path.name)
        for problem in problems(section.body):
            line = section.line + section.body.count("\n", 0, problem.at)
            print(f"{path.name}:{line} [{problem.code}] {problem.message}: {problem.hint}")
            count += 1
    return count


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))))
