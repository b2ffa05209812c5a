"""What an HTML page needs so that its readers can write remarks on it, which `invoke merge` takes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from shadowreport.core.lexicon import Language
from shadowreport.render.page import asset

_WORDS = (
    *("write", "how", "title", "yours", "name", "keep", "change", "delete", "cancel"),
    *("list", "save", "open", "mail", "nothing", "foreign"),
)


@dataclass(frozen=True, slots=True)
class RemarksOn:
    """What a page was made from: the report's name, the edition, the commit, and for whom, where that is
    known. The file of remarks says it again (docs/schemas/remarks.schema.json)."""

    report: str
    edition: str = ""
    revision: str = ""
    sent_to: str = ""


def style(project: Path) -> str:
    """How the buttons, the list and the dialog look."""
    return asset(project, "remarks.css")


def script(project: Path, words: Language, on: RemarksOn) -> str:
    """The script of the page, told what the page is and what its buttons say."""
    said = {name: words[f"remarks_{name}"] for name in _WORDS}
    data = json.dumps({"on": asdict(on), "words": said}).replace("<", "\\u003c")
    return f"const remarksOn = {data};\n{asset(project, 'remarks.js')}"
