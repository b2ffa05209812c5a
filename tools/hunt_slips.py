"""Hunts for slips that come out wrong without a word.

    python tools/hunt_slips.py random --count 2000 --seed 1 [--project FOLDER]
    python tools/hunt_slips.py spec spec.txt

`random` makes slips in the sections of a report (a mark dropped, doubled or followed by a blank, a
blank line gone, a line indented, joined or split, another bullet), one at a time. Each is told, or the
words are those that were typed and nothing looks like markup. `spec` takes the examples of
CommonMark's specification as sections of a report: each is refused on a line, or Word, PDF and HTML
read alike. What they find belongs into tests/slips.yaml.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from conftest import Tiny  # noqa: E402
from test_same_characters import read  # noqa: E402

from shadowreport.core.ast import plain  # noqa: E402
from shadowreport.core.problems import Failure  # noqa: E402
from shadowreport.core.report import Box, Heading, Item, Paragraph  # noqa: E402
from shadowreport.load.body import read_body  # noqa: E402
from shadowreport.pipeline import examine  # noqa: E402
from shadowreport.source.front_matter import parts  # noqa: E402

_MARKS = r"\*\*|[*_]|\[\^|\[@|\]|\{#|\}|:::|^- |^ *\d\. |^#+ |\||\"|@|^> |\]\(|\)"
_LOOKS = re.compile(r"\*\*|:::|\{[#.]|\[\^|(?<!\S)#{2,}|\[@|\]\(|\|")
_MARKUP = re.compile(r"(?m)^ *:::.*$|\{[^{}]*\}|^\[\^[^\]]+\]:|\[\^[^\]]+\]|^ *\d\. |^\([a-z]\) ")
Change = Callable[[str, random.Random], str]


def _one(pattern: str, change: Change) -> Change:
    """A change of one of the places where a pattern stands."""

    def changed(text: str, chance: random.Random) -> str:
        found = list(re.finditer(pattern, text, re.MULTILINE))
        if not found:
            return text
        match = chance.choice(found)
        return text[: match.start()] + change(match[0], chance) + text[match.end() :]

    return changed


CHANGES: dict[str, Change] = {
    "blank line dropped": _one(r"\n\n", lambda _, __: "\n"),
    "mark dropped": _one(_MARKS, lambda mark, chance: mark[1:] if chance.random() < 0.5 else ""),
    "mark doubled": _one(_MARKS, lambda mark, _: mark * 2),
    "blank behind a mark": _one(_MARKS, lambda mark, _: mark + " "),
    "line indented": _one(r"^(?=\S)", lambda _, chance: " " * chance.choice([1, 2, 3, 4, 6])),
    "lines joined": _one(r"(?<=\S)\n(?=\S)", lambda _, __: " "),
    "line split": _one(r"(?<=\S) (?=\S)", lambda _, __: "\n"),
    "another bullet": _one(
        r"^- ", lambda _, chance: chance.choice("*+•–·") + chance.choice([" ", "", "  "])
    ),
}


def _texts(items: list[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Heading):
            yield plain(item.inlines, notes=True)
        elif isinstance(item, Paragraph):
            yield from (plain(block, notes=True) for block in item.blocks)
        elif isinstance(item, Box):
            yield from (
                plain(block, notes=True) for one in item.recommendations for block in one.blocks
            )


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def silent(body: str, name: str) -> str:
    """What comes out wrong of a body without a word; empty: nothing."""
    try:
        found = read_body(body, name, 1, name[4:-3], 2)
    except Failure:
        return ""
    if any(item.severity == "error" or item.code == "stray-sign" for item in found.diagnostics):
        return ""
    text = "\n".join(_texts(found.items))
    remarks = _words(" ".join(remark.target for remark in found.remarks))
    lost = _words(_MARKUP.sub("", body)) - _words(text) - remarks
    looks = _LOOKS.search(re.sub(r"\[[^\]]*@[^\]]*\]", "", text))
    shown = text[max(0, looks.start() - 30) : looks.end() + 30] if looks else ""
    return " ".join(filter(None, [f"lost: {dict(lost)}" if lost else "", shown]))


def hunt(project: Path, count: int, seed: int) -> int:
    """Random slips in a report; how many came out wrong without a word."""
    chance = random.Random(seed)
    files = sorted((project / "sections").glob("*.md"))
    bodies = [(path.name, parts(path.read_text("utf-8"), path.name).body) for path in files]
    tried = wrong = 0
    while tried < count:
        name, body = chance.choice(bodies)
        kind = chance.choice(list(CHANGES))
        changed = CHANGES[kind](body, chance)
        if changed == body:
            continue
        tried += 1
        found = silent(changed, name)
        if found:
            wrong += 1
            print(f"{kind} in {name}: {found}")
    print(f"{tried} slips, {wrong} of them wrong without a word")
    return wrong


def spec(file: Path) -> int:
    """CommonMark's examples; how many are refused without a line or read differently."""
    pattern = re.compile(r"^`{32} example\n(.*?)^\.\n", re.DOTALL | re.MULTILINE)
    examples = [match[1].replace("→", "\t") for match in pattern.finditer(file.read_text("utf-8"))]
    tiny = Tiny(Path(tempfile.mkdtemp()) / "project")
    for index, example in enumerate(examples):
        front = f"title: Slip {index}\nlevel: 1\nnumbered: false"
        tiny.section(f"{1000 + index}-slip-{index}", f"Opening.\n\n{example}\n\nLast.\n", front)
    diagnostics = [item for item in examine(tiny.project)[1] if item.severity == "error"]
    lost = {item for item in diagnostics if item.place.line < 8}
    refused = 0
    while diagnostics:
        files = {item.place.file for item in diagnostics if item.place.file.endswith(".md")}
        assert files, diagnostics
        refused += len(files)
        for name in files:
            (tiny.project / name).unlink()
        result = tiny.build("docx", "pdf", "html")
        diagnostics = [item for item in result.diagnostics if item.severity == "error"]
    texts = {
        kind: _by_example(read(kind, tiny.project / "build" / f"tiny.{kind}"))
        for kind in ("docx", "pdf", "html")
    }
    differ = [
        (index, {kind: texts[kind].get(index) for kind in texts})
        for index in texts["html"]
        if len({_sorted(text.get(index, "")) for text in texts.values()}) > 1
    ]
    for index, shown in differ:
        print(f"example {index + 1}: {shown}")
    print(
        f"{len(examples)} examples: {refused} refused, {len(lost)} of them without a line, "
        f"{len(texts['html'])} read, {len(differ)} not alike"
    )
    return len(lost) + len(differ)


def _by_example(text: str) -> dict[int, str]:
    """What stands between the opening and the last word of each example, the first time in the text
    (not in the contents)."""
    found = re.findall(r"Slip\s*(\d+)\s*Opening\.(.*?)Last\.", text, re.DOTALL)
    return {int(index): words for index, words in found}


def _sorted(text: str) -> str:
    """The letters of a text: lines are broken, and list marks set, differently."""
    return "".join(re.findall(r"[^\W\d_]", text))


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    slips = commands.add_parser("random", help="random slips in a report")
    slips.add_argument("--count", type=int, default=2000)
    slips.add_argument("--seed", type=int, default=1)
    slips.add_argument("--project", type=Path, default=ROOT)
    examples = commands.add_parser("spec", help="the examples of CommonMark's specification")
    examples.add_argument("file", type=Path)
    options = parser.parse_args()
    if options.command == "spec":
        return bool(spec(options.file))
    return bool(hunt(options.project, options.count, options.seed))


if __name__ == "__main__":
    sys.exit(main())
