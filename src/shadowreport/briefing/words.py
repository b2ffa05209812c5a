"""The words around what a session's papers say: templates/session.yaml, by language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shadowreport.briefing.sheets import Words
from shadowreport.core.layout import TEMPLATES
from shadowreport.core.problems import Diagnostic, Failure, did_you_mean
from shadowreport.core.report import Report
from shadowreport.load.lexicon import merged, nearest
from shadowreport.machine.files import read_text
from shadowreport.machine.toolkit import templates
from shadowreport.source.yaml import Yaml, read_yaml

_WORDS = "session.yaml"
_BASE = "en"
_FILLED = re.compile(r"\{[^}]*\}?|\}")  # what is filled in, and braces that stand alone


def session_words(project: Path, language: str) -> Words:
    """The words in a language, or the nearest (of pt-BR those of pt); English where it has none. A
    project's own file is laid over the toolkit's, so that it needs only what differs. Raises Failure."""
    known = _known(project)
    return merged(known[_BASE], known.get(nearest(language, known), {}))


def lacking(project: Path, report: Report) -> Iterator[Diagnostic]:
    """That the papers' words are English, where the report's language has none. Raises Failure."""
    code = report.speech.language.code
    known = _known(project)
    words = known.get(nearest(code, known), {})
    missing = [key for key in known[_BASE] if key not in words]
    if missing:
        message = f"the papers of a session have English words: '{code}' has none for {', '.join(missing)}"
        hint = f"write them below {code}: in {TEMPLATES}{_WORDS}"
        yield Diagnostic("incomplete-language", report.place, message, hint)


def _known(project: Path) -> dict[str, Words]:
    """All words by language."""
    toolkit = _read(templates() / _WORDS).data
    own = project / TEMPLATES / _WORDS
    if not own.is_file():
        return toolkit
    yaml = _read(own)
    wrong = list(_wrong(yaml, toolkit[_BASE]))
    if wrong:
        raise Failure(wrong)
    return merged(toolkit, yaml.data)


def _read(path: Path) -> Yaml:
    file = f"{TEMPLATES}{_WORDS}"
    return read_yaml(read_text(path, file), file)


def _wrong(yaml: Yaml, known: Words) -> Iterator[Diagnostic]:
    """What is wrong with a project's file."""
    if not isinstance(yaml.data, dict):
        yield _bad(yaml, "holds no words", "write a language, such as en:, and its words below")
        return
    for language, words in yaml.data.items():
        if not isinstance(words, dict):
            yield _bad(yaml, f"holds no words below '{language}'", "write KEY: words", language)
            continue
        for key, word in words.items():
            fault = _fault(key, word, known)
            if fault:
                yield _bad(yaml, *fault, language, key)


def _fault(key: str, word: Any, known: Words) -> tuple[str, str] | None:
    if key not in known:
        hint = did_you_mean(key, known) or f"known: {', '.join(known)}"
        return f"there is no word '{key}'", hint
    if type(word) is not type(known[key]):
        return f"'{key}' cannot be {word!r}", f"write it as in English: {known[key]}"
    if isinstance(word, str):
        for name in _FILLED.findall(word):
            if name not in _FILLED.findall(known[key]):
                return f"nothing is put in for '{name}'", f"in English it is: {known[key]}"
    return None


def _bad(yaml: Yaml, message: str, hint: str, *path: str) -> Diagnostic:
    return Diagnostic("bad-template", yaml.place(*path), message, hint)
