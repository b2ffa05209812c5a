"""Where marks of footnotes are printed, and where a merge looks for them: it is one rule."""

from __future__ import annotations

import pytest
from conftest import Tiny
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from shadowreport.compare.text import NOTE, normal
from shadowreport.core.ast import node, plain, transform
from shadowreport.load import load
from shadowreport.load.proof import signs
from shadowreport.resolve import resolve
from shadowreport.resolve.locators import source_names
from shadowreport.source.leaf import Printing
from shadowreport.source.places import places
from shadowreport.source.section_map import Text, outline
from shadowreport.source.typed import typed

SOURCES = """\
references:
- {id: one, type: book, title: The first, author: [{family: A}], issued: 2001-02-03}
- {id: two, type: book, title: The second, author: [{family: B}], issued: 2002-02-03}
"""
NOTES = "[^n]: A note with [@one].\n\n[^m]: Another note.\n"


def _body(paragraphs: list[str]) -> str:
    return "\n\n".join(f"{{#p{nth}}}\n{text}" for nth, text in enumerate(paragraphs))


def _printed(tiny: Tiny, paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs as they are printed, and as the map of the file's text has them."""
    source = f"---\ntitle: Marks\nlevel: 1\n---\n\n{_body(paragraphs)}\n\n{NOTES}"
    tiny.write("sections/100-case.md", source)
    tiny.write("references/sources.yaml", SOURCES)
    report, found = load(tiny.project)
    assert report and {item.code for item in found} <= {"unused-footnote", "stray-sign"}, found
    resolved = resolve(report, tiny.project)
    (section,) = [item for item in resolved.sections if item.name == "case"]
    shown = transform(section.blocks, {"Note": lambda _: node("Str", NOTE)})
    labels = resolved.labels | source_names(report.sources)
    printing = Printing(labels, places=places(report.speech.lexicon))
    leaves = outline(Text(source, "sections/100-case.md", "case"), printing).leaves
    assert not any(leaf.lost for leaf in leaves), [leaf.text for leaf in leaves if leaf.lost]
    return (
        [normal(plain(block)) for block in shown if block["t"] == "Div"],
        [normal(leaf.text).strip() for leaf in leaves if leaf.kind == "paragraph"],
    )


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("A law [@one].", "A law.¹"),
        ("A law [@one] [@two].", "A law.¹,¹"),
        ("A law[^m] [@two], and more.", "A law,¹,¹ and more."),
        ("A law, [@one] and more.", "A law,¹ and more."),
        ("“A law [@one].” And more.", "“A law.”¹ And more."),
        ('He said "a law [@one]." And more.', 'He said "a law."¹ And more.'),
        ("A *law [@one]*.", "A law¹."),
        ("A *law [@one]* [@two].", "A law¹.¹"),
        ("A *law [@one]*[@two]", "A law¹,¹"),
        ("A law[^n].", "A law¹."),
        ("As @one, art. 4 (a), says", "As The first, art. 4 (a),¹ says"),
        ("As *@two*, says", "As The second¹, says"),
        ("A law\n[@one],\n[^m] more.", "A law,¹ ¹ more."),
    ],
)
def test_where_a_mark_stands(tiny: Tiny, written: str, printed: str) -> None:
    shown, mapped = _printed(tiny, [f"{written}"])
    assert shown == [printed.replace("¹", NOTE).translate({0x201C: '"', 0x201D: '"'})]
    assert mapped == shown


_PIECES = st.sampled_from(
    [
        *(" law", " the end", "\n2014", " No. 5", " @{par-p0} so", " @par-p0 [@one]"),
        *(" @one, art. 4 (a), so", "\n@{two} x", " @{one}, which", " w @one [art. 4] so"),
        *(" [@one]", " [@two, art. 4]", "\n[@one; @two]", "law[@one]"),
        *(" w[^n]", " w[^m] [@one]", "w [@two] [^n]"),
        *(".", ",", " ; ", "?", "”", "».", "."),
    ]
)
_PLAIN = st.lists(_PIECES, min_size=1, max_size=7).map("".join)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    around = st.sampled_from(
        [("*", "*"), ("**", "**"), ('"', '"'), ("[", "](https://example.org)")]
    )
    return st.tuples(around, inner).map(
        lambda pair: f" {pair[0][0]}w {pair[1].strip()} w{pair[0][1]}" if pair[1].strip() else " w"
    )


_TEXT = st.lists(_PLAIN | _wrapped(_PLAIN), min_size=1, max_size=4).map(
    lambda parts: f"First {''.join(parts).strip()}"
)


def _refused(text: str) -> bool:
    """Whether a text holds what is refused, such as emphasis that begins in the middle of a word."""
    found = typed(f"{text}\n\n{NOTES}")
    return "slip" in {item.code for item in (*found.problems, *signs(found).problems)}


@settings(
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_TEXT, min_size=8, max_size=16))
def test_what_is_printed_is_what_the_map_of_the_text_has(tiny: Tiny, texts: list[str]) -> None:
    kept = [text for text in texts if not _refused(text)]
    assume(not _refused(_body(kept)))  # numbers that follow each other are a slip together
    shown, mapped = _printed(tiny, kept)
    assert mapped == shown
