"""The look of a project shown on a report of every kind of text, each once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from shadowreport.core.layout import BUILD, SETTINGS
from shadowreport.core.lexicon import Committee
from shadowreport.core.problems import Failure
from shadowreport.load.lexicon import load_lexicon
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.machine.scratch import Scratch
from shadowreport.machine.write import write
from shadowreport.pipeline import Built, build
from shadowreport.source.yaml import read_yaml

_REPORT = Path(__file__).parents[1] / "starter" / "specimen"


def specimen(project: Path) -> tuple[Built, list[Path]]:
    """What a build of the specimen said, with the project's templates, and its files in build/: none
    where a template is wrong. Raises Failure where they cannot be written."""
    with Scratch() as made:
        folder = Path(made) / "specimen"
        shutil.copytree(_REPORT, folder)
        if (project / "templates").is_dir():
            shutil.copytree(project / "templates", folder / "templates", symlinks=True)
        _address(folder, _body(project))
        built = build(folder, cached=False)
        files = {path.name: path.read_bytes() for path in built.files}
    return built, write(project / BUILD, files) if files else []


# a word of the specimen, and what of the report's own body stands in its place
_WORDS: dict[str, Callable[[Committee], str]] = {
    "BODY NAME": lambda body: json.dumps(body.names.get("en", body.code)),  # it may hold commas
    "BODY SYMBOL": lambda body: body.symbol,
    "BODY": lambda body: body.code,
}


def _body(project: Path) -> Committee:
    """The body to which the project's report goes; any, where its settings cannot be read."""
    committees = load_lexicon(project)[0].committees
    try:
        settings = read_yaml(read_text(project / SETTINGS, SETTINGS, MAX_REFERENCES), SETTINGS).data
    except Failure:
        settings = {}
    named = settings.get("committee") if isinstance(settings, dict) else ""
    return committees.get(str(named)) or next(iter(committees.values()))


def _address(folder: Path, body: Committee) -> None:
    for path in (*folder.glob("sections/*.yaml"), *folder.glob("references/*.yaml")):
        text = path.read_text("utf-8")
        for word, said in _WORDS.items():
            text = text.replace(word, said(body))
        path.write_text(text, "utf-8")
