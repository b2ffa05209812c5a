"""The files of a report project that come from the toolkit and change with it: tasks, CI, editors.

What was written is recorded with its checksum, so that `invoke upgrade` knows what people changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from shadowreport import __version__
from shadowreport.machine.toolkit import schemas, starter

RECORD = ".shadowreport.json"
# by its name in starter/files, where a file stands in a project: under their own names some would
# hide files of the toolkit
_PLACES = {
    "tasks.py": ("tasks.py",),
    "gitignore": (".gitignore",),
    "gitattributes": (".gitattributes",),
    "pre-commit-config.yaml": (".pre-commit-config.yaml",),
    "workflow.yml": (".github/workflows/report.yml", ".forgejo/workflows/report.yml"),
    "gitlab-ci.yml": (".gitlab-ci.yml",),
    "vscode-extensions.json": (".vscode/extensions.json",),
    "vscode-tasks.json": (".vscode/tasks.json",),
    "vscode-snippets.json": (".vscode/report.code-snippets",),
}
# which files an editor holds against which schema, while they are typed
_DESCRIBED = {
    "report": "sections/report.yaml",
    "sources": "references/sources.yaml",
    "terms": "references/terms.yaml",
    "persons": "references/persons.yaml",
    "style": "templates/style.yaml",
    "references": "references/*-[0-9]*.yaml",
    "reviews": "sections/reviews/*.yaml",
}
_REQUIREMENTS = """\
# The toolkit that this report is made with; `invoke upgrade` changes the version.
# Where pip does not find it by its name, put the file of its wheel or the address of its
# repository (git+https://...) in place of the line.
shadowreport=={version}
"""


def tooling() -> dict[str, bytes]:
    """The toolkit's files by their names in a project, as this version writes them."""
    files = {
        place: (starter() / "files" / name).read_bytes()
        for name, places in _PLACES.items()
        for place in places
    }
    files["requirements.txt"] = _REQUIREMENTS.format(version=__version__).encode()
    described = {}
    for name, described_file in _DESCRIBED.items():
        schema = f".vscode/schemas/{name}.schema.json"
        files[schema] = (schemas() / f"{name}.schema.json").read_bytes()
        described[schema] = described_file
    settings = {"yaml.schemas": described, "files.eol": "\n", "editor.wordWrap": "on"}
    files[".vscode/settings.json"] = _json(settings)
    return files


def record(files: Mapping[str, bytes]) -> bytes:
    """What is remembered of the toolkit's files: the version, and a checksum of each."""
    sums = {name: checksum(files[name]) for name in sorted(files)}
    return _json({"version": __version__, "files": sums})


def checksum(data: bytes) -> str:
    """The SHA-256 of a file, its line ends as git keeps them."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _json(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
