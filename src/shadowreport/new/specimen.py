"""The look of a project shown on a report of every kind of text, each once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from shadowreport.core.layout import BUILD
from shadowreport.machine.write import write
from shadowreport.pipeline import Built, build

_REPORT = Path(__file__).parents[1] / "starter" / "specimen"


def specimen(project: Path) -> tuple[Built, list[Path]]:
    """What a build of the specimen said, with the project's templates, and its files in build/: none
    where a template is wrong. Raises Failure where they cannot be written."""
    with tempfile.TemporaryDirectory(prefix="shadowreport-") as made:
        folder = Path(made) / "specimen"
        shutil.copytree(_REPORT, folder)
        if (project / "templates").is_dir():
            shutil.copytree(project / "templates", folder / "templates", symlinks=True)
        built = build(folder, cached=False)
        files = {path.name: path.read_bytes() for path in built.files}
    return built, write(project / BUILD, files) if files else []
