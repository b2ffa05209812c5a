"""References and citations beside letters, as in scripts without blanks between words."""

from __future__ import annotations

import json

import pytest
from conftest import Tiny

SOURCES = "references:\n- {id: icerd, type: treaty, title: ICERD}\n"

READ = {
    "见第@par-one段。": "见第1段。",
    "@par-one段落": "1段落",
    "@par-one-тармақты қараңыз": "1-тармақты",
    "(@par-one-тармақ)": "(1-тармақ)",
    "见@{par-one}段": "见1段",
    "第@{par-one}段": "第1段",
    "第@par-one和@par-two段": "第1和2段",
    "см.@par-one и": "см.1 и",
    "см@par-one": "см1",
    "انظر@par-one": "انظر1",
    "(п.@par-one)": "(п.1)",
    "p.@par-one": "p.1",
    "see@par-one": "see1",
    "Written by anna@par-one.org": "Written by anna@par-one.org",
    "Written by anna@example.org": "Written by anna@example.org",
    "почта.анна@example.org": "почта.анна@example.org",
}


@pytest.mark.parametrize(("typed", "printed"), READ.items())
def test_a_reference_beside_letters_is_read(tiny: Tiny, typed: str, printed: str) -> None:
    tiny.section("100-case", f"{{#one}}\nFirst.\n\n{{#two}}\n{typed}\n")
    result = tiny.build("md", "json")
    assert result.succeeded, [str(item) for item in result.diagnostics]
    (section,) = json.loads(tiny.read("json"))["sections"]
    assert printed in json.dumps(section, ensure_ascii=False)
    assert "\U000f0010" not in tiny.read("md").decode()


@pytest.mark.parametrize(
    "typed", ["公约的@icerd规定", "公约的[@icerd, art. 4]规定", "в Конвенции@icerd."]
)
def test_a_citation_beside_letters_is_read(tiny: Tiny, typed: str) -> None:
    tiny.write("references/sources.yaml", SOURCES)
    tiny.section("100-case", f"{typed}\n\n- {typed}\n\n| a | b |\n|---|---|\n| {typed} | x |\n")
    result = tiny.build("md")
    assert result.succeeded, [str(item) for item in result.diagnostics]
    assert "@icerd" not in tiny.read("md").decode()


@pytest.mark.parametrize("typed", ["的`@icerd`", "https://example.org/的@icerd"])
def test_code_and_addresses_keep_their_sign(tiny: Tiny, typed: str) -> None:
    tiny.section("100-case", f"Words {typed} here.\n")
    assert "bad-citation" not in tiny.codes("md")


def test_a_key_that_would_be_printed_is_told(tiny: Tiny) -> None:
    tiny.section("100-case", "As the text@icerd says.\n")
    assert "stray-sign" in tiny.codes("md")
