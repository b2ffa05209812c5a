"""Where a sentence ends, in the writing of eight languages."""

from __future__ import annotations

import pytest

from shadowreport.load.lexicon import load_lexicon
from shadowreport.source.sentences import by_sentences

ABBREVIATIONS = load_lexicon()[0].abbreviations

# a bar stands where a line is to end
SENTENCES = [
    "The law exists.| It is not applied!| Why?| Nobody knows.",
    "B. Akhmetov and A.S. Kim spoke for the U.S. Government.| The State was heard.",
    "Under Art. 5, No. 12 and para. 3 it rose by 3.5 per cent, i.e. Slowly.| See paras. 4 and 5.",
    "It ended in 2014.| The Committee took note of it.| Mr. Kim and Dr. Lee agreed.",
    "2024. That was the year.| The end.",
    "22. The Committee recommended it.| The State agreed",
    "IV. Conclusions.| End",
    'The law says: "4. Everyone is equal before it."| The rest is «1. Силы закона».| Yes.',
    'He said "no."| She left (see above).| (The rest followed.)| [Sic] is a word.',
    "It was *never applied.*| **The end.**| ~~Never.~~| Yes",
    "A note stands here.[^one]| Another.^[See B. Kim. No end here.]| The third [@law, art. 4. See].| End",
    "A source stands behind. [@law, para. 5; @code]| The next sentence, [a link. With a dot](https://a.example/B. C) and end.| Yes.",
    "No line ends in `code. Here` or <https://a.example/x.Y> or at a hard\\ blank.\\ Here.",
    r"A mark \"may be kept.\"| Next \[sic.\]| End",
    "Wait ...| Then it went on…| In the end it stopped.",
    "It costs 5 tenge, etc. and so on.| Next e.g. this one.",
    "Закон принят в 2014 г. Парламентом.| По ст. 5 и п. 3 суд отказал, т.е. Вышло плохо.| «Да.»| Он ушёл.",
    "Б. Ахметов выступил.| На ул. Абая, д. 5, живут 3 тыс. человек.| Конец",
    "Заң 2014 ж. Қабылданды.| Қазақстан т.б. Елдер.| Ол жоқ.",
    "La loi existe.| M. Dupont et Mme. Roy l'ont dit.| À suivre, cf. Annexe.| « Oui. »| «\u00a0Non.\u00a0»| Élan",
    "La ley existe.| El Sr. Gómez citó el art. 5 y el párr. 3.| ¿Por qué?| ¡Nadie!| Ñandú",
    "Das Gesetz gilt.| Nach Abs. 2 und Nr. 5 gilt es z.B. Hier.| Übrigens nicht.",
    "هل انتهى القانون؟| نعم.| ذهب الرجل۔| ثم عاد.",
    "法律存在。| 但没有适用！| 为什么？",
    "კანონი მიიღეს.| პარლამენტმა თქვა.",
    "कानून बना।| यह लागू नहीं हुआ।",
    "a small letter goes on. as does this; and 5. 6 persons. 7 more",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_line_ends_behind_each_sentence(text: str) -> None:
    once = by_sentences(text.replace("|", ""), ABBREVIATIONS)
    assert once.split("\n") == [part.strip(" ") for part in text.split("|")]
    assert by_sentences(once, ABBREVIATIONS) == once


@pytest.mark.parametrize(
    "text",
    [
        "A. " + " ".join(3 * ["[@a" + 400 * "b" + "]"]),
        20_000 * "[a](",
        100_000 * "[",
        20_000 * 'a.\\" ',
        "a. " + 50_000 * "*",
    ],
)
def test_no_text_takes_for_ever(text: str) -> None:
    assert by_sentences(text, ABBREVIATIONS).replace("\n", " ") == text
