"""A Word file for reports in the making: what comes of somebody's own, of the toolkit's, and what was done."""

from __future__ import annotations

from dataclasses import dataclass, field

from shadowreport.word.names import Element
from shadowreport.word.read.package import Package
from shadowreport.word.write.zip import Parts


@dataclass
class Draft:
    """The new file in the making, and what was done to it: message and hint."""

    old: Package
    ours: Package
    parts: Parts = field(default_factory=Parts)
    types: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def put(self, part: str, root: Element, kind: str, relation: str = "") -> None:
        self.parts.put_tree(part, root)
        self.types[part] = kind
        if relation:
            self.relations.append((f"rId{len(self.relations) + 1}", relation, part[5:]))

    def tell(self, message: str, hint: str) -> None:
        if (message, hint) not in self.told:
            self.told.append((message, hint))
