"""Copies of a section, as systems in many languages name them, are called copies."""

from __future__ import annotations

import pytest
from conftest import Tiny


@pytest.mark.parametrize(
    "name",
    [
        *("100-a - Copy.md", "100-a - Copy (2).md", "Copy of 100-a.md", "100-a copy 2.md"),
        *("100-a — копия.md", "100-a - копия (3).md", "Копия 100-a.md"),
        *("100-a - Copie.md", "Copie de 100-a.md", "100-a - copia.md", "Copia de 100-a.md"),
        *("100-a - Cópia.md", "Cópia de 100-a.md", "100-a - Kopie.md", "Kopie von 100-a.md"),
        *("100-a - 副本.md", "100-a 副本 2.md", "100-a的副本.md", "نسخة من 100-a.md"),
        *("100-a - نسخة.md", "100-a — көшірме.md", "100-a көшірмесі.md"),
    ],
)
def test_a_copy_is_called_one(tiny: Tiny, name: str) -> None:
    tiny.section("100-a", "Some words.\n")
    (tiny.project / "sections" / name).write_text(
        (tiny.project / "sections" / "100-a.md").read_text("utf-8"), "utf-8"
    )
    [found] = [item for item in tiny.build("md").diagnostics if item.code == "bad-file-name"]
    assert found.place.file == f"sections/{name}"
    assert found.message == "this looks like a copy of a section"
