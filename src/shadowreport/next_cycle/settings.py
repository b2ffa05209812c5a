"""What report.yaml says of the next report: another name, and nothing of the old session."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from shadowreport.core.layout import SETTINGS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Report
from shadowreport.core.unwritten import TODO
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.source.yaml import read_yaml
from shadowreport.source.yaml_edit import edited

_YEAR = re.compile(r"(19|20)\d\d")
_OF_A_SESSION = ("deadline", "session_starts")


def next_name(report: Report, name: str, today: date) -> str:
    """What the files of the next report are called: as before, with this year. Raises Failure where that
    is no other name, and nobody has given one."""
    found = name or _YEAR.sub(str(today.year), report.name)
    if found == report.name:
        message = f"the next report needs another name than '{report.name}', which its archive has"
        hint = f"give it one: --name {_YEAR.sub('', report.name).strip('-')}-{today.year + 1}"
        raise Failure([Diagnostic("bad-value", report.place, message, hint)])
    return found


def renewed(project: Path, name: str, today: date) -> dict[str, str]:
    """The text of report.yaml: its title and session are to be written anew, its deadline is gone."""
    text = read_text(project / SETTINGS, SETTINGS, MAX_REFERENCES)
    settings = read_yaml(text, SETTINGS).data
    kept = {key: value for key, value in settings.items() if key not in _OF_A_SESSION}
    title = settings["title"]
    kept["title"] = title if title.startswith(TODO) else f"{TODO} {title}"
    kept |= {"name": name, "session": TODO, "date": today.isoformat()}
    return {SETTINGS: edited(text, kept, SETTINGS)}
