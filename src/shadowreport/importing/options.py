"""What a person can say about habits of their file that the import would not guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

TrackChanges = Literal["accept", "reject", "fail"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of an import.

    `cycles`: by a cycle's year (or the committee and the year, "cedaw-2019"), the UN symbol of the
    committee's document, or the path of a YAML file of references/ to take it from.
    `track_changes`: what becomes of tracked changes; "fail" lists them and stops.
    `force`: overwrite existing files.
    `box_headings`: more words that head a box, beside RECOMMENDATION(S) in our languages.
    `heading_styles`: paragraph styles that are headings, with their level from 1.
    `numbered_styles`: paragraph styles whose paragraphs are all numbered paragraphs.
    `nest`: whether headings without a table go into the section with a table above them.
    `language`: the report's language; guessed from its words where it is empty.
    """

    cycles: Mapping[str, str] = field(default_factory=dict)
    track_changes: TrackChanges = "fail"
    force: bool = False
    box_headings: Sequence[str] = ()
    heading_styles: Mapping[str, int] = field(default_factory=dict)
    numbered_styles: Sequence[str] = ()
    nest: bool = True
    language: str = ""
