"""`invoke new`: a report project that builds at once, to be filled in.

choices.py says what a person decides, project.py writes the authors' files, tooling.py those of the
toolkit, and upgrade.py brings the latter up to date. What these say is data in starter/.
"""

from __future__ import annotations

from pathlib import Path

from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.report import Place
from shadowreport.load.lexicon import load_lexicon
from shadowreport.machine.write import write_tree
from shadowreport.new.choices import Choices
from shadowreport.new.project import project_files
from shadowreport.new.tooling import RECORD, record, tooling

__all__ = ["Choices", "new"]


def new(folder: Path, choices: Choices | None = None) -> list[Path]:
    """Makes a project in a folder that is empty or does not exist yet; gives the files made.

    Raises Failure where something stands there already: nothing is overwritten.
    """
    lexicon, _ = load_lexicon()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            hint = "name a folder that does not exist yet"
            message = "something stands here already, and nothing was changed"
            raise Failure([Diagnostic("cannot-write", Place(str(folder)), message, hint)])
        tools = tooling()
        authors = project_files(choices or Choices(), lexicon)
        files = tools | {name: text.encode() for name, text in authors.items()}
        write_tree(folder, files | {RECORD: record(tools)})
        (folder / "templates").mkdir()
    except OSError as error:
        message = f"cannot be written: {str(error.strerror or error).lower()}"
        raise Failure([Diagnostic("cannot-write", Place(str(folder)), message)]) from None
    return [folder / name for name in sorted(files)]
