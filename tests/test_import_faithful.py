"""Whatever a paragraph holds, its Markdown reads back as the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from word_files import WordFile

from shadowreport.core.ast import plain
from shadowreport.core.report import Paragraph
from shadowreport.importing import import_report
from shadowreport.importing.draft import Continuation, Listing, Numbered, Section, Text
from shadowreport.importing.write import proof
from shadowreport.importing.write.body import BodyWriter
from shadowreport.load.body import read_body
from shadowreport.word.content import Document, Look, Run

_SIGNS = "*_~^`#@[](){}<>|\\$!-+=.:;,'\"&/%“”‘’«»–—… 0123456789"
_WORDS = st.one_of(
    st.text(_SIGNS, min_size=1, max_size=6),
    st.sampled_from(
        [
            *("word", "Слово", "ҚР", "1.", "a)", "(1)", "-", "+", ">", "#", ":::", "---", "{#id}"),
            *(
                "[^1]",
                "@key",
                "[@key]",
                "https://a.org/b_c",
                "a@b.org",
                "![x](y)",
                "<b>",
                "|",
                "==",
            ),
            *("{.continued}", "...", "--", "H~2~O", "**b**", "__init__", "\u00a0", "x:", ":", "~"),
        ]
    ),
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=8).map(" ".join).filter(str.strip)
_LOOK = st.builds(Look, bold=st.booleans(), italic=st.booleans(), superscript=st.booleans())
_RUNS = st.lists(
    st.builds(Run, text=_TEXT, look=_LOOK, link=st.sampled_from(["", "https://a.org/x"])),
    min_size=1,
    max_size=4,
)


def text_of(runs: list[Run]) -> Text:
    """A paragraph's text as the import hands it over: without spaces at its ends."""
    from shadowreport.importing.recognise.marks import trimmed

    return Text(trimmed(runs), 1)


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking starts pandoc too often
)
@given(st.lists(_RUNS, min_size=3, max_size=8))
def test_paragraphs_read_back_as_they_were(texts: list[list[Run]]) -> None:
    first, item, continued, *others = [text_of(runs) for runs in texts]
    belongings = [Listing([[item], [first]]), Continuation(continued)]
    section = Section(
        Text([Run("Title")], 1),
        2,
        items=[
            Numbered(first, id="first", belongings=list(belongings)),
            *(Numbered(text, id=f"next-{number}") for number, text in enumerate(others)),
        ],
    )
    writer = BodyWriter(Document("x.docx", ()), lambda _: "")
    source = writer.write(section)
    assert writer.problems == []
    body = read_body(source, "x.md", 1, "x", 2)
    # a random text may well hold a parenthesis without its partner, of which a warning speaks
    assert [item for item in body.diagnostics if item.code != "stray-sign"] == []
    assert body.mentions == []
    paragraphs = [one for one in body.items if isinstance(one, Paragraph)]
    assert len(paragraphs) == 1 + len(others)
    assert [block["t"] for block in paragraphs[0].blocks] == ["Para", "BulletList", "Para"]
    for paragraph, text in zip(paragraphs, [first, *others], strict=True):
        assert squeezed(plain(paragraph.blocks[0])) == squeezed(text.plain)


def test_what_reads_back_otherwise_is_told_with_the_words_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is known that brings it about: here the words that were wanted are changed."""
    read = proof.words_of

    def other(*what: Any) -> list[str]:
        return ["".join(read(*what)).replace("matter", "Matter")]

    monkeypatch.setattr(proof, "words_of", other)
    word = WordFile()
    word.heading("General")
    word.text("The authorities gave no information on this matter in the years under review.")
    result = import_report(word.save(tmp_path / "report.docx"), tmp_path / "project")
    (told,) = (item.message for item in result.diagnostics if item.code == "import-unfaithful")
    around = "oritiesgavenoinformationonthis{}atterintheyearsunderreview."
    assert told.endswith(f"otherwise: '{around.format('M')}' as '{around.format('m')}'")
