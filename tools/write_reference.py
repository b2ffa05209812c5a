"""Writes the pages of reference that the code itself can tell: tasks with their options, keys of every file.

    python tools/write_reference.py

Makes docs/tasks.md of the help of the tasks, and docs/fields.md of the schemas; a test holds both to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from invoke.parser.argument import Argument
from invoke.parser.context import to_flag

from shadowreport.tasks import namespace

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SCHEMAS = DOCS / "schemas"
_MADE = "<!-- made by tools/write_reference.py -->"
_TASKS = f"""{_MADE}
# Every task

What `invoke` does in a report's folder, and `shadowreport` everywhere: `invoke build --help` says the same of one task. Words
in capitals stand for what you type; what a task ends with is told at the [end](#exit-codes).
"""
_CODES = """
## Exit codes

| code | means |
|---|---|
| 0 | done; warnings may have been printed |
| 1 | something is wrong with the report, its files or this machine; what, stands there |
| 2 | what was typed cannot be meant |
| 3 | a fault of the toolkit, with a place to report |
| 130 | Ctrl-C ended it; what was not finished is as it was |
"""
_FIELDS = f"""{_MADE}
# The keys of every file

What the [schemas](schemas) allow, file by file, for looking up. `report.yaml` and the front matter of sections are explained with
examples in [every key](keys.md). A dot leads into a key, `*` stands for names of your own, `[]` for each item of a list; a key in
bold must be there.
"""


def tasks() -> str:
    """The page of tasks."""
    parts = [_TASKS]
    for name in sorted(namespace.task_names):
        task = namespace[name]
        arguments = task.get_arguments()
        words = "".join(f" {item.name.upper()}" for item in arguments if item.positional)
        parts.append(f"## {name}\n\n`invoke {name}{words}`\n\n{_cell(task.__doc__ or '')}\n")
        if arguments:
            rows = "\n".join(map(_option, arguments))
            parts.append(f"| option | says |\n|---|---|\n{rows}\n")
    return "\n".join(parts) + _CODES


def fields() -> str:
    """The page of keys."""
    parts = [_FIELDS]
    for path in sorted(SCHEMAS.glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        rows = "\n".join(_Keys(path.name).rows(schema))
        name = schema["title"].removeprefix("shadowreport: ")
        says = _cell(schema.get("description", ""))
        parts.append(
            f"## {name}\n\n{says}\n\n| key | holds | what it is |\n|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def _option(argument: Argument) -> str:
    name = str(argument.name)
    flag = name.upper() if argument.positional else to_flag(name)
    value = "" if argument.positional or argument.kind is bool else f" {name.upper()}"
    return f"| `{flag}{value}` | {_cell(argument.help or '')} |"


class _Keys:
    """The rows of a schema: where a key stands, what it holds, what it is."""

    def __init__(self, file: str) -> None:
        self._file = file

    def rows(self, node: Any, path: str = "", inside: tuple[str, ...] = ()) -> Iterator[str]:
        """The keys below a place; a shape that holds itself is told once."""
        node, inside = self._shape(node, inside)
        needed = node.get("required", ())
        for key, value in node.get("properties", {}).items():
            yield from self._row(value, f"{path}.{key}", inside, key in needed)
        if isinstance(more := node.get("additionalProperties"), dict):
            yield from self._row(more, f"{path}.*", inside, False)
        if isinstance(items := node.get("items"), dict):
            yield from self.rows(items, f"{path}[]", inside)
        for one in self._choices(node):
            yield from self.rows(one, path, inside)

    def _row(self, node: Any, path: str, inside: tuple[str, ...], needed: bool) -> Iterator[str]:
        name = path.removeprefix(".")
        shown = f"**`{name}`**" if needed else f"`{name}`"
        full, _ = self._shape(node, ())
        says = node.get("description") or full.get("description") or ""
        yield f"| {shown} | {_cell(self._holds(node))} | {_cell(says)} |"
        if node.get("$ref") not in inside:
            yield from self.rows(node, path, inside)

    def _shape(self, node: Any, inside: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
        """A place with the shape that it refers to."""
        if (ref := node.get("$ref")) is None:
            return node, inside
        file, _, below = ref.partition("#/")
        whole = json.loads((SCHEMAS / (file or self._file)).read_text("utf-8"))
        return reduce(getitem, below.split("/"), whole), (*inside, ref)

    def _holds(self, node: Any) -> str:
        node, _ = self._shape(node, ())
        if "const" in node or "enum" in node:
            return ", ".join(json.dumps(item) for item in node.get("enum", [node.get("const")]))
        if choices := self._choices(node):
            return " or ".join(dict.fromkeys(map(self._holds, choices)))
        kinds = node.get("type", "object" if "properties" in node else [])
        return " or ".join(_KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))

    @staticmethod
    def _choices(node: Any) -> list[Any]:
        return [*node.get("anyOf", ()), *node.get("oneOf", ())]


_KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "keys",
    "null": "nothing",
}


def _cell(text: str) -> str:
    """A text as a cell of a table: what Markdown or HTML would take for a mark stays a letter."""
    return text.replace("<", "&lt;").replace("|", "\\|").replace("*", "\\*")


def main() -> None:
    """Writes both pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


PAGES = {"tasks.md": tasks, "fields.md": fields}

if __name__ == "__main__":
    main()
