"""Builds the wheel, installs it where nothing of this repository is, and lets it make, check, build and
preview a report of four committees in four languages: `python tools/try_wheel.py [--lowest]`. Where uv or pipx
are installed, they install it too, and one report is made with each.

`--lowest` installs each library in the lowest version that pyproject.toml admits.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHOSEN = (("cerd", "en"), ("cedaw", "fr"), ("upr", "es"), ("cat", "ru"))
_BOUND = re.compile(r"([\w.-]+)>=([\d.]+)")
_ADDRESS = re.compile(r"http://\S+")


def lowest() -> list[str]:
    """Each library that the toolkit asks for, in its lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bounds = [_BOUND.match(item) for item in project["dependencies"]]
    return [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]


def installed(wheel: Path, folder: Path, libraries: list[str]) -> Path:
    """The `shadowreport` command of a new environment that holds the wheel."""
    venv.create(folder / "env", with_pip=True)
    programs = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(str(programs / "python"), "-m", "pip", "install", "-q", str(wheel), *libraries)
    return programs / "shadowreport"


def with_installer(installer: str, wheel: Path, folder: Path) -> Path:
    """The command that uv or pipx made of the wheel, in folders of their own."""
    made = folder / installer
    places = {
        "UV_TOOL_DIR": "tools",
        "UV_TOOL_BIN_DIR": "bin",
        "PIPX_HOME": "tools",
        "PIPX_BIN_DIR": "bin",
    }
    command = ("uv", "tool", "install") if installer == "uv" else ("pipx", "install")
    run(*command, str(wheel), more={name: str(made / inner) for name, inner in places.items()})
    return made / "bin" / "shadowreport"


def run(*command: str, folder: Path | None = None, more: dict[str, str] | None = None) -> str:
    """Runs a program to its end, with `more` in its environment, and gives what it said; ends this one
    where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | (more or {}),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def try_report(program: Path, folder: Path, committee: str, language: str) -> None:
    """Makes, checks, builds and previews one report; prints what came of it."""
    name = f"{committee}-{language}"
    chosen = ("--committee", committee, "--language", language)
    run(str(program), "new", name, *chosen, folder=folder)
    report = folder / name
    run(str(program), "check", folder=report)
    run(str(program), "build", folder=report)
    sizes = {path.suffix[1:]: path.stat().st_size for path in sorted(report.glob("build/*.*"))}
    print(
        f"{name}: built {sizes}; the preview is a page of {previewed(program, report)} characters"
    )


def previewed(program: Path, report: Path) -> int:
    """How long the first page is that the preview serves."""
    command = [str(program), "preview", "--no-browser"]
    with subprocess.Popen(command, cwd=report, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        address = next(filter(None, map(_ADDRESS.search, serving.stdout)))[0]
        with urllib.request.urlopen(address, timeout=60) as answer:
            page = answer.read().decode()
        serving.terminate()
    return len(page)


def main() -> None:
    """Prints a line for each report; ends with a program's words where one fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", name, str(ROOT))
        wheel = next(folder.glob("*.whl"))
        program = installed(wheel, folder, lowest() if "--lowest" in sys.argv else [])
        print(run(str(program), "--version").strip())
        for committee, language in CHOSEN:
            try_report(program, folder, committee, language)
        for installer in filter(shutil.which, ("uv", "pipx")):
            print(f"installed by {installer}:")
            made = with_installer(installer, wheel, folder)
            try_report(made, folder / installer, *CHOSEN[0])


if __name__ == "__main__":
    main()
