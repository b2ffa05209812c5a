"""What an author did in Word that no section file has a place for, and that no step would speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from shadowreport.compare.pairing import Pairing
from shadowreport.compare.text import NOTE, plain_text
from shadowreport.roundtrip.origin import Sent
from shadowreport.roundtrip.returned import WordFile, WordText
from shadowreport.roundtrip.steps import Left
from shadowreport.word.ours import anchor_of

_SHOWN = 60  # characters of a text


def unbrought(
    sents: Sequence[Sent],
    backs: Sequence[WordText],
    pairing: Pairing,
    sent_file: WordFile,
    back_file: WordFile,
) -> Iterator[Left]:
    """Texts of headers and footers, cells that were merged, marked words, references of Word's own."""
    yield from _margins(sent_file, back_file)
    yield from _merged_cells(sents, backs, pairing)
    for sent, new in zip(sents, pairing.sent, strict=True):
        if new >= 0 and sent.leaf:
            yield from _marked(sent, backs[new])
    for index, back in enumerate(backs):
        old = pairing.back[index]
        yield from _own_references(sents[old].word if old >= 0 else None, back)


def short(text: str) -> str:
    """The first words of a text, in one line."""
    text = plain_text(text.replace(NOTE, ""))
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def _margins(sent: WordFile, back: WordFile) -> Iterator[Left]:
    known = {_letters(line) for text in sent.document.margins for line in text.text.split("\n")}
    for margin in back.document.margins:
        for line in margin.text.split("\n"):
            if _letters(line) and _letters(line) not in known:
                what = f"'{short(line)}' was typed into the {margin.kind}; templates/ sets what stands there"
                yield Left(margin.kind, what, "structure")


def _letters(text: str) -> str:
    """A text without blanks and numbers, which programs count there."""
    return "".join(sign for sign in text if not sign.isspace() and not sign.isdigit())


def _merged_cells(
    sents: Sequence[Sent], backs: Sequence[WordText], pairing: Pairing
) -> Iterator[Left]:
    """Cells that were one each, and are one together now."""
    found: dict[tuple[int, int, int], dict[tuple[int, int, int], str]] = defaultdict(dict)
    for sent, new in zip(sents, pairing.sent, strict=True):
        if new >= 0 and sent.leaf and sent.word.cell[0] >= 0 and backs[new].cell[0] >= 0:
            found[backs[new].cell].setdefault(sent.word.cell, sent.word.text)
    for texts in found.values():
        if len(texts) > 1:
            names = " and ".join(f"'{short(text)}'" for text in texts.values())
            what = f"the cells {names} were merged; they stay apart, merge them in the file"
            yield Left(short(next(iter(texts.values()))), what, "structure")


def _marked(sent: Sent, back: WordText) -> Iterator[Left]:
    """Words that somebody drew attention to."""
    words = short("".join(back.lit))
    if words and words != short("".join(sent.word.lit)):
        what = f"'{words}' was highlighted or set in capitals; write a note or the words so if it matters"
        yield Left(sent.anchor or short(sent.word.text), what, "look")


def _own_references(sent: WordText | None, back: WordText) -> Iterator[Left]:
    """Numbers that Word gives to a text that has no id yet: they come in as they were typed."""
    before = {char.reference for char in sent.chars} if sent else set[str]()
    names = [name for name in dict.fromkeys(char.reference for char in back.chars) if name]
    for name in names:
        if name not in before and not anchor_of(name):
            shown = "".join(char.text for char in back.chars if char.reference == name)
            what = f"the number '{shown}' refers to a text by a mark of Word's; it came in as typed, write @par-… with the id of that text"
            yield Left(short(back.text), what, "reference")
