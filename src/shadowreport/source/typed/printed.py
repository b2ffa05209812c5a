"""The signs by which a printed text is compared, whoever read it (inlines.py, load/proof.py)."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

OPEN, CLOSE = "\x01", "\x02"  # followed by the kind: e, s, d, ~, ^
NOTE, PICTURE, TARGET = "\x03", "\x04", "\x05"

_ALIKE = str.maketrans({**dict.fromkeys('“”„‟"‘’ʼ', "'"), "\x00": None})
_DASHES = re.compile(r"[-‐‑–—]+")
_STYLES = re.compile(r"(?:\x01[es]){2,}|(?:\x02[es]){2,}")


def target(address: str) -> str:
    """The address of a link or picture, behind its words."""
    plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(address))
    return TARGET + re.sub(r"\s+", "", unquote(plain)) + TARGET


def alike(text: str) -> str:
    """A text without what setting it changes: kinds of quotation marks, dashes and blanks."""
    text = text.translate(_ALIKE).replace("…", "...")
    text = _DASHES.sub("-", text)
    if OPEN in text:
        text = _STYLES.sub(
            lambda match: "".join(sorted(re.findall("..", match[0], re.DOTALL))), text
        )
    return " ".join(text.split())
