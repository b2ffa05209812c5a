"""The proof of reading: what was typed is what pandoc reads, or the hunt names the place."""

from __future__ import annotations

import runpy

import pytest
from conftest import ROOT

HUNT = runpy.run_path(str(ROOT / "tools" / "prove_reading.py"))


def test_the_sample_is_read_as_it_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert HUNT["main"](ROOT) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "body",
    [
        "Words and *emphasis* and **more** and m^2^.\n",
        "2024. That was the year.\n",
        'He said "it is so" and left [@key, para. 9].\n',
        "Words before a list:\n\n- one\n- two\n",
        "Words.[^a]\n\n[^a]: A note with *words*.\n",
        "| a | b |\n|---|---|\n| one | two |\n",
        "##Courts\n\nWords, under a heading that lacks its blank.\n",
        "See <https://x.example/~anna/x~y?f=*g*> and go.\n",
    ],
)
def test_what_is_typed_well_is_proved(body: str) -> None:
    assert HUNT["problems"](body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Before.\n<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> branch\n",
        "First line<br>second line.\n",
        "Words with **strong that never ends.\n",
        "| a | b |\n|---|---|\n| one | two | three |\n",
        "12. One.\n\n13. Two.\n\n14. Three.\n",
        "Words with [^nothing] to call.\n",
    ],
)
def test_what_cannot_be_meant_is_named(body: str) -> None:
    assert HUNT["problems"](body) != []
