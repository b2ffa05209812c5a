"""The headings inside sections that the contents list get an anchor, so that a line can lead to them.

An anchor is `head-SECTION-N`: it is no author's id, so nothing refers to it, and it may change with the text.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from shadowreport.core.ast import attr, node, transform
from shadowreport.core.numbering import anchor
from shadowreport.core.report import Block
from shadowreport.resolve.resolved import ResolvedSection


def name_headings(section: ResolvedSection, depth: int) -> ResolvedSection:
    """The section with an anchor on each heading of a level that the contents reach, and on no other."""
    places = count(1)

    def named(content: Any) -> Block:
        level, _, inlines = content
        listed = f"{section.name}-{next(places)}" if level <= depth else ""
        return node("Header", level, attr(anchor("head", listed) if listed else ""), inlines)

    return replace(section, blocks=transform(section.blocks, {"Header": named}))
