"""Spelling, with a Hunspell dictionary that is on the machine, where report.yaml names one.

The library (chunspell, Hunspell itself in a wheel) is an extra, named `spelling`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from shadowreport.checks.prose import bodies
from shadowreport.core.problems import Diagnostic
from shadowreport.core.report import Report
from shadowreport.machine.toolkit import adding

_FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "~/Library/Spelling",
    "~/.local/share/hunspell",
)
_SUGGESTED = 50  # words for which something better is looked for, which takes a while
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_SENTENCE_START = re.compile(r"[^\s.!?:\"“”«»\x01]['’\"”»)]*\s+$")


def spelling(report: Report) -> Iterator[Diagnostic]:
    """Words that the dictionary does not have. Capitalised words inside a sentence are names, and
    are left alone; so are words of references/terms.yaml."""
    if not report.spelling:
        return
    speller = _speller(report.spelling)
    if speller is None:
        message = f"the spelling check needs the dictionary '{report.spelling}', which is not on this machine"
        hint = f"install its Hunspell files and '{adding('chunspell')}', or leave spelling: out"
        yield Diagnostic("no-dictionary", report.place, message, hint)
        return
    accepted = _accepted(report)
    seen: set[str] = set()
    told = 0
    for passage in bodies(report):
        for match in _WORD.finditer(passage.text):
            word = match[0].replace("’", "'")
            if word in seen or word.isupper() or len(word) < 3:
                continue
            if word[0].isupper() and _NOT_SENTENCE_START.search(passage.text, 0, match.start()):
                continue
            seen.add(word)
            if word.lower().removesuffix("'s") in accepted or _knows(speller, word):
                continue
            told += 1
            near = speller.suggest(word)[:2] if told <= _SUGGESTED else ()
            hint = (
                f"perhaps {' or '.join(near)}; or add it to words: in references/terms.yaml"
                if near
                else ""
            )
            yield passage.problem(
                "spelling", match.start(), f"'{match[0]}' is not in the dictionary", hint
            )


def _knows(speller: Any, word: str) -> bool:
    bare = word.removesuffix("'s").removesuffix("s'")
    return any(map(speller.spell, (word, bare, bare.lower())))


def _accepted(report: Report) -> set[str]:
    names = [organisation.name for organisation in report.organisations]
    texts = [*report.accepted_words, *(term.prefer for term in report.terms), *names, report.state]
    return {word.lower() for text in texts for word in _WORD.findall(text)}


@lru_cache(maxsize=4)
def _speller(name: str) -> Any | None:
    try:
        import hunspell  # type: ignore[import-not-found]
    except ImportError:
        return None
    stem = name.replace("-", "_")
    places = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *_FOLDERS]
    for folder in (Path(place).expanduser() for place in places):
        if (folder / f"{stem}.dic").is_file() and (folder / f"{stem}.aff").is_file():
            return hunspell.Hunspell(stem, hunspell_data_dir=str(folder))
    return None
