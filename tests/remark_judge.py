"""Tries remarks on the page of a report that is edited meanwhile: see tools/hunt_remarks.py.

The oracle reads section files as lines alone: blocks between blank lines, some of them fenced. It
knows where a block went because it moved it itself.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NODE = Path(__file__).parent / "node"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
_RUN = re.compile(r"(?<![\w*@\[/.'-])[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,4}(?![\w*'-])")
_ID = re.compile(r"\{#([a-z0-9-]+)\}\n")


@dataclass(eq=False)
class Block:
    """Some lines of a section file, as they are now."""

    lines: list[str]
    gone: bool = False
    also: list[Block] = field(default_factory=list)  # where the rest went when it was split

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Wish:
    """Words of a block that somebody says something about."""

    block: Block
    words: str
    remark: str


def blocks_of(text: str) -> list[list[str]]:
    """The blocks between blank lines; what is fenced is one block."""
    found: list[list[str]] = [[]]
    depth = 0
    for line in text.split("\n"):
        if line.startswith(":::"):
            depth += 1 if line.strip(": ") else -1
            if depth == 1 and line.strip(": ") and found[-1]:
                found.append([])
        if line.strip() or depth:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
        if line.startswith(":::") and not depth:
            found.append([])
    return [block for block in found if block]


class Files:
    """The section files of a report as blocks that can be edited."""

    def __init__(self, project: Path) -> None:
        self.folder = project / "sections"
        self.heads: dict[str, str] = {}
        self.blocks: dict[str, list[Block]] = {}
        for path in self._paths():
            _, head, body = path.read_text("utf-8").split("---\n", 2)
            self.heads[path.name] = f"---\n{head}---\n"
            self.blocks[path.name] = [Block(lines) for lines in blocks_of(body)]

    def _paths(self) -> list[Path]:
        """The files of the original: a paragraph that moves into a version in another language is in none."""
        return [path for path in sorted(self.folder.glob("*.md")) if len(path.suffixes) == 1]

    def write(self) -> None:
        """All files as they are now."""
        for path in self._paths():
            path.unlink()
        for name, blocks in self.blocks.items():
            body = "\n\n".join(block.text for block in blocks)
            (self.folder / name).write_text(f"{self.heads[name]}\n{body}\n", "utf-8")

    def wishes(self, chance: random.Random, count: int, texts: Sequence[str]) -> list[Wish]:
        """Words that stand once in all the files."""
        every = [block.text for blocks in self.blocks.values() for block in blocks]
        whole = " ".join([" ".join(text.split()) for text in [*every, *self.heads.values()]])
        printed_twice = "\n".join(
            " ".join(path.read_text("utf-8").split())
            for path in (self.folder.parent / "references").glob("*")
        )
        found = [
            (block, words)
            for blocks in self.blocks.values()
            for block in blocks
            if not block.text.startswith(("::: note", "[^", "::: {"))
            for words in _words(block.text)
            if whole.count(words) == 1 and words not in printed_twice
        ]
        chance.shuffle(found)
        return [
            Wish(block, words, f"mark{at:04} {chance.choice(texts)}")
            for at, (block, words) in enumerate(found[:count])
        ]

    # --- edits ------------------------------------------------------------------------------------

    def edit(self, chance: random.Random) -> str:
        """One edit of any kind; its name."""
        kind = chance.choice([*_EDITS])
        name = chance.choice([name for name, blocks in self.blocks.items() if blocks])
        paragraphs = [block for block in self.blocks[name] if _ID.match(block.text)]
        if paragraphs:
            _EDITS[kind](self, chance, name, chance.choice(paragraphs))
        return kind if paragraphs else ""

    def reword(self, chance: random.Random, _name: str, block: Block) -> None:
        """Some words of a paragraph are others."""
        start = 1 if block.lines[0].startswith("{#") else 0
        for at in range(start, len(block.lines)):
            words = block.lines[at].split(" ")
            spots = [i for i, word in enumerate(words) if word.isalpha() and word.islower()]
            for spot in chance.sample(spots, len(spots) // 6):
                words[spot] = chance.choice(["indeed", "often", "their", "duly"])
            block.lines[at] = " ".join(words)

    def rename(self, _chance: random.Random, _name: str, block: Block) -> None:
        """A paragraph gets another id, and whatever names it says so."""
        old = _ID.match(block.text)
        if not old or old[1].startswith("rec-"):
            return
        new = f"{old[1][:30]}-b"
        pattern = re.compile(rf"(?<![\w-]){re.escape(old[1])}(?![\w-])")
        for name, head in self.heads.items():
            self.heads[name] = pattern.sub(new, head)
        for blocks in self.blocks.values():
            for other in blocks:
                other.lines = [
                    pattern.sub(new, line) if re.match(r"\{#|.*@", line) else line
                    for line in other.lines
                ]

    def swap(self, chance: random.Random, name: str, block: Block) -> None:
        """Two paragraphs change places."""
        blocks = self.blocks[name]
        other = chance.choice([item for item in blocks if _ID.match(item.text)])
        one, two = blocks.index(block), blocks.index(other)
        blocks[one], blocks[two] = other, block

    def move(self, chance: random.Random, name: str, block: Block) -> None:
        """A paragraph goes to another section."""
        others = [other for other in self.blocks if other != name and self.blocks[other]]
        if others and "[^" not in block.text:
            self.blocks[name].remove(block)
            self.blocks[chance.choice(others)].insert(0, block)

    def delete(self, _chance: random.Random, name: str, block: Block) -> None:
        """A paragraph goes."""
        self.blocks[name].remove(block)
        block.gone = True

    def insert(self, chance: random.Random, name: str, block: Block) -> None:
        """A paragraph is new."""
        number = chance.randrange(10**6)
        new = Block([f"{{#new-{number}}}", f"A paragraph that is new and has the number {number}."])
        self.blocks[name].insert(self.blocks[name].index(block), new)

    def split(self, _chance: random.Random, name: str, block: Block) -> None:
        """The second half of a paragraph becomes one of its own."""
        middle = len(block.lines) // 2 + 1
        if len(block.lines) < 4 or any(line.startswith(":::") for line in block.lines):
            return
        rest = Block([f"{{#half-{abs(hash(block.text)) % 10**8}}}", *block.lines[middle:]])
        block.lines = block.lines[:middle]
        block.also.append(rest)
        self.blocks[name].insert(self.blocks[name].index(block) + 1, rest)

    def renumber(self, chance: random.Random, name: str, _block: Block) -> None:
        """A section has another number and another name."""
        new = f"{int(name[:3]) + chance.randrange(1, 3)}-{name[4:-3]}-again.md"
        if new not in self.blocks and not name.endswith("-again.md"):
            self.blocks = {new if key == name else key: value for key, value in self.blocks.items()}
            self.heads = {new if key == name else key: value for key, value in self.heads.items()}


_EDITS: dict[str, Callable[[Files, random.Random, str, Block], None]] = {
    name: getattr(Files, name)
    for name in ("reword", "rename", "swap", "move", "delete", "insert", "split")
}


def _words(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if not line.startswith(("{", ":::", "|", "![", "+")):
            yield from _RUN.findall(line)


# --- the page -------------------------------------------------------------------------------------


def write_remarks(page: Path, wishes: Sequence[Wish], target: Path) -> dict[str, Any]:
    """What Chromium does with the page: see node/remarks.mjs."""
    asked = target.with_suffix(".wishes.json")
    asked.write_text(json.dumps([{"words": item.words, "remark": item.remark} for item in wishes]))
    command = ["node", str(NODE / "remarks.mjs"), str(page), str(asked), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- the oracle -----------------------------------------------------------------------------------


def misplaced(files: Files, wishes: Sequence[Wish], told: str) -> list[str]:
    """The remarks that do not stand directly below their block; what is gone must have been told."""
    below: dict[str, str] = {}
    for path in files.folder.glob("*.md"):
        before = ""
        for lines in blocks_of(path.read_text("utf-8").split("---\n", 2)[2]):
            if lines[0].startswith("::: {.note"):
                for mark in re.findall(r"mark\d{4}", "\n".join(lines)):
                    below[mark] = before
            else:
                before = "\n".join(lines)
    return [fault for wish in wishes if (fault := _fault(wish, below, told))]


def _fault(wish: Wish, below: dict[str, str], told: str) -> str:
    mark = wish.remark[:8]
    stays = [item for item in _all(wish.block) if not item.gone]
    wanted = [item for item in stays if wish.words in item.text] or stays
    if mark in told:
        return "" if not any(wish.words in item.text for item in stays) else f"{mark}: told as lost"
    if not wanted:
        return f"{mark}: its paragraph is gone, and nothing says so"
    if mark not in below:
        return f"{mark} on '{wish.words}': no note"
    if not any(item.text in below[mark] for item in wanted):
        return f"{mark} on '{wish.words}' stands below: {below[mark][:90]!r}"
    return ""


def _all(block: Block) -> list[Block]:
    return [block, *(more for other in block.also for more in _all(other))]
