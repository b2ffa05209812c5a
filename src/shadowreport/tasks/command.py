"""The command `shadowreport`: the same tasks, also where there is no tasks.py."""

from __future__ import annotations

from invoke.program import Program

from shadowreport import __version__
from shadowreport.tasks import namespace


def main() -> None:
    """`shadowreport new report`, `shadowreport build`, `shadowreport --version`."""
    Program(
        name="shadowreport", binary="shadowreport", namespace=namespace, version=__version__
    ).run()


if __name__ == "__main__":
    main()
