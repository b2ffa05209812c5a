"""`edition: confidential` on a source: anything that may have been meant for it is refused, and so is any
other value that is no edition of a book: 'secret' would be printed, and the source with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shadowreport.core.editions import CONFIDENTIAL
from shadowreport.core.problems import Diagnostic
from shadowreport.source.typed.confidential import CODE, is_near
from shadowreport.source.yaml import Yaml

_OTHERS = {"evidence", "title", "title-short", "container-title", "collection-title"}
# which edition of a book it is: 2, '2nd rev. ed.', 'Rev. ed. 2', '第2版'; all of them have their number at the head
_OF_A_BOOK = re.compile(r"\W*(?:第|(?:[^\W\d_]{1,4}\.\s*)+)?\d")


def editions_misspelt(
    source: Mapping[str, Any], yaml: Yaml, *path: str | int
) -> Iterator[Diagnostic]:
    """The keys of a source that look like `edition: confidential` and are not."""
    for key, value in source.items():
        right = key == "edition" and value == CONFIDENTIAL
        meant = is_near(str(key)) or any(map(is_near, _texts(value)))
        if meant and not right and key not in _OTHERS:
            message = "this looks as if it should keep the source confidential, and would not"
            hint = "write edition: confidential"
            yield Diagnostic(CODE, yaml.place(*path, key), message, hint)
        elif key == "edition" and not right and not _OF_A_BOOK.match(str(value)):
            message = "this is no edition that there is, and the source would be printed in public"
            hint = "write edition: confidential to keep the source back, or which edition of a book it is by its number (edition: 2)"
            yield Diagnostic(CODE, yaml.place(*path, key), message, hint)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
