"""Starts LibreOffice with a profile of its own and lets it edit a file (see libreoffice_edit.py)."""

from __future__ import annotations

import json
import shutil
import subprocess
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

_SYSTEM_PYTHON = Path("/usr/bin/python3")
_SCRIPT = Path(__file__).with_name("libreoffice_edit.py")
_SECONDS = 120
_TRIES = 3


def _works() -> bool:
    if not shutil.which("soffice") or not _SYSTEM_PYTHON.exists():
        return False
    return (
        subprocess.run(
            [str(_SYSTEM_PYTHON), "-c", "import uno"], capture_output=True, check=False
        ).returncode
        == 0
    )


needs_libreoffice = pytest.mark.skipif(
    not _works(), reason="LibreOffice with its Python bridge (python3-uno) is not installed"
)


def edit(source: Path, target: Path, edits: list[list[object]], scratch: Path) -> Path:
    """The file as LibreOffice saves it after some edits. LibreOffice itself falls over now and then,
    so it may try again, with a new profile; what it cannot do fails each time."""
    assert source != target
    target.parent.mkdir(parents=True, exist_ok=True)
    told = ""
    for _ in range(_TRIES):
        done = _try(source, target, edits, scratch)
        told = f"{done.returncode} {done.stderr or done.stdout}"
        if done.returncode == 0 and target.is_file():
            return target
    if edits and not _opens(source, scratch):
        pytest.skip(
            "LibreOffice cannot open a file through its bridge here (a build without a screen)"
        )
    raise AssertionError(f"LibreOffice: {told}")


def _opens(source: Path, scratch: Path) -> bool:
    """Whether it opens and saves a file at all, with nothing done to it."""
    target = scratch / "opened.docx"
    return _try(source, target, [], scratch).returncode == 0 and target.is_file()


def _try(
    source: Path, target: Path, edits: list[list[object]], scratch: Path
) -> subprocess.CompletedProcess[str]:
    pipe = f"shadowreport{uuid.uuid4().hex[:12]}"
    script = scratch / f"{pipe}.json"
    script.write_text(json.dumps(edits), "utf-8")
    profile = f"-env:UserInstallation=file://{scratch}/{pipe}"
    office = subprocess.Popen(
        ["soffice", profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        command = [str(_SYSTEM_PYTHON), str(_SCRIPT), str(source), str(target), str(script), pipe]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        with suppress(subprocess.TimeoutExpired):
            office.wait(10)
        return done
    finally:
        office.kill()
        office.wait(30)
