"""The parts of a Word file of our own making, and a zip whose bytes depend on its content alone."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from shadowreport.word.names import etree

_FIRST = "[Content_Types].xml"  # programs look for it at the front
_TIME = (1980, 1, 1, 0, 0, 0)


class MissingPart(Exception):
    """A Word file lacks a part that every report needs."""


class Parts:
    """The parts of a Word file by name, parsed where somebody asked for the tree. In one that pandoc made
    (`made`) a picture may be an attribute of millions of letters; of another's file nobody knows why it is so long."""

    def __init__(self, data: bytes = b"", *, made: bool = False) -> None:
        self._made = made
        self._data: dict[str, bytes] = {}
        self._trees: dict[str, Any] = {}
        if data:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._data = {name: archive.read(name) for name in archive.namelist()}

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def __getitem__(self, name: str) -> bytes:
        if name not in self._data:
            raise MissingPart(f"has no part {name}")
        return self._data[name]

    def __setitem__(self, name: str, data: bytes) -> None:
        self._data[name] = data
        self._trees.pop(name, None)

    def drop(self, name: str) -> None:
        """Takes a part out, where there is one."""
        self._data.pop(name, None)
        self._trees.pop(name, None)

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._data)

    def tree(self, name: str) -> Any:
        """The root element of a part; what is changed in it is written."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=self._made)
            self._trees[name] = etree.fromstring(self[name], parser)
        return self._trees[name]

    def put_tree(self, name: str, root: Any) -> None:
        """A new part, or another one in the place of a part."""
        self._data.setdefault(name, b"")
        self._trees[name] = root

    def packed(self) -> bytes:
        """All parts as a zip: the same content gives the same bytes."""
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            for name in sorted(self._data, key=lambda name: (name != _FIRST, name)):
                info = zipfile.ZipInfo(name, _TIME)
                archive.writestr(info, self._written(name), zipfile.ZIP_DEFLATED, 6)
        return output.getvalue()

    def _written(self, name: str) -> bytes:
        if name not in self._trees:
            return self._data[name]
        return etree.tostring(
            self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
        )
