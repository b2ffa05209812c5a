"""Ways of keeping a text back that other programs have, or that people write to one another: none of them does it
here, so each is refused by its line. All of them are sections of one report, which is read once."""

from __future__ import annotations

import re

import pytest
from conftest import Tiny

from shadowreport.pipeline import examine

SECRET = "Zarina saw it."
# S stands for the text; "A." above and "B." below are added
REFUSED = {
    "rst directive": ".. confidential::\n\n   S",
    "rst only": ".. only:: confidential\n\n   S",
    "jinja": "{% if confidential %}\nS\n{% endif %}",
    "jinja edition": "{% if edition == 'confidential' %}\nS\n{% endif %}",
    "jinja line": "A. {% if confidential %}S{% endif %} B.\n",
    "quarto visible": '::: {.content-visible when-profile="confidential"}\nS\n:::',
    "quarto hidden": '::: {.content-hidden unless-profile="confidential"}\nS\n:::',
    "obsidian": "%%confidential S%%",
    "obsidian without a word": "Words. %%S%%",
    "highlighted": "==S==",
    "highlighted in a line": "A. ==S== B.",
    "spoiler": ">! S",
    "spoiler closed": ">!S!<",
    "obsidian lines": "%%\nS\n%%",
    "hidden in brackets": "[hide]S[/hide]",
    "hidden in capitals": "[HIDE] S [/HIDE]",
    "obsidian block": "%% confidential\nS\n%%",
    "callout -": "> [!confidential]-\n> S",
    "admonition": "!!! confidential\n    S",
    "admonition?": '??? confidential "x"\n    S',
    "docusaurus": ":::confidential[Secret]\nS\n:::",
    "danger": "::: danger confidential\nS\n:::",
    "danger2": "::: warning Confidential\nS\n:::",
    "gitlab": ">>> confidential\nS\n>>>",
    "org": "#+BEGIN_CONFIDENTIAL\nS\n#+END_CONFIDENTIAL",
    "org drawer": ":CONFIDENTIAL:\nS\n:END:",
    "heading class": "## Remedies {.confidential}\n\nS\n\n## Next",
    "heading paren": "## Remedies (confidential)\n\nS\n\n## Next",
    "heading bracket": "## [Confidential] Remedies\n\nS\n\n## Next",
    "heading colon": "## Confidential: remedies\n\nS\n\n## Next",
    "heading dash": "## Confidential – remedies\n\nS\n\n## Next",
    "ifdef": "#ifdef CONFIDENTIAL\nS\n#endif",
    "ifdef asciidoc": "ifdef::confidential[]\nS\nendif::[]",
    "remark begin": "A. <!-- begin: confidential -->S<!-- end: confidential --> B.\n",
    "mustache": "{{confidential}}\nS\n{{/confidential}}",
    "mustache#": "{{#confidential}}\nS\n{{/confidential}}",
    "mustache line": "A. {{#confidential}}S{{/confidential}} B.\n",
    "hugo": "{{< confidential >}}\nS\n{{< /confidential >}}",
    "hugo%": "{{% confidential %}}\nS\n{{% /confidential %}}",
    "at": "@confidential S",
    "hashtag": "#confidential S",
    "hashtag behind": "S #confidential",
    "strike": "~~confidential: S~~",
    "details": "<details class=confidential><summary>x</summary>S</details>",
    "braces": "A. [S]{confidential}. B.\n",
    "link": "A. [S](confidential). B.\n",
    "link#": "A. [S](#confidential). B.\n",
    "ref link": "A. [S][confidential]. B.\n",
    "definition": "[confidential]: S",
    "abbr": "*[confidential]: S",
    "definition list": "confidential\n: S",
    "definition list2": "Confidential\n:   S",
    "sentence": "Confidential.\nS",
    "dash": "CONFIDENTIAL – S",
    "dash hyphen": "Confidential - S",
    "paren": "(Confidential) S",
    "paren colon": "(Confidential: S)",
    "paren in line": "A. (confidential: S) B.\n",
    "list paren": "- (confidential) S;\n- b.",
    "list dash": "1. confidential — S\n2. b",
    "list bold": "- **CONFIDENTIAL** S\n- b",
    "bold head": "**CONFIDENTIAL** S",
    "bold bracket": "**[CONFIDENTIAL]** S",
    "bracket alone": "[CONFIDENTIAL] S",
    "zws fence": ":\u200b:: confidential\nS\n:::",
    "line sep": ":::\u2028confidential\nS\n:::",
    "backslash": "::: confidential\\\nS\n:::",
    "id behind": "::: confidential {#x}\nS\n:::",
    "true": "::: {confidential=true}\nS\n:::",
    "caption mark": "| A |\n|---|\n| b |\n\n: ::: confidential S",
    "line block": "| ::: confidential S\n| more",
    "second cell": "| A | B |\n|---|---|\n| 2019 | ::: confidential S |",
    "no pipe": "A | B\n---|---\n::: confidential 2019 | S",
    "cell class": "| A | B |\n|---|---|\n| 2019 {.confidential} | S |",
    "simple table": "A                 B\n----------------- ----------\n::: confidential  S",
    "grid second line": "+------------------+---------------+\n| A                | B             |\n+==================+===============+\n| 2019             | S |\n| ::: confidential |               |\n+------------------+---------------+",
    "entity colons": "&#58;&#58;&#58; confidential\nS\n&#58;&#58;&#58;",
    "code class": "```{.confidential}\nS\n```",
    "tildes": "~~~ confidential\nS\n~~~",
    "mid yaml": "---\nedition: confidential\n---\n\nS",
    "proportion": "∷: confidential\nS\n∷:",
    "lrm": "\u200e::: confidential\nS\n:::",
    "hyphenated": "::: confi-\ndential\nS\n:::",
    "critic": "{==S==}{>>confidential<<}",
    "critic add": "{++S++}{>>confidential<<}",
    "latex": "\\confidential{S}",
    "self closing": "<confidential/>S",
    "mediawiki": "{{confidential|S}}",
    "double bracket": "[[confidential]] S [[/confidential]]",
    "percent": "%confidential% S",
    "md comment": "[//]: # (confidential)\nS",
    "md comment2": "[//]: # (confidential)\n\nS\n\n[//]: # (end)",
    "mark": '<mark class="confidential">S</mark>',
    "underscores": "___ confidential\nS\n___",
    "equals": "=== confidential ===\nS\n=== end ===",
    "stars": "*** CONFIDENTIAL ***\nS\n*** END ***",
    "arrows": ">>>> CONFIDENTIAL\nS\n<<<< CONFIDENTIAL",
    "arrows2": "<<CONFIDENTIAL>>\nS\n<</CONFIDENTIAL>>",
    "hashes": "###CONFIDENTIAL###\nS\n###END###",
    "box": "A.\n\n::: recommendations\nParliament should act.\n\nConfidential: S should be freed.\n:::\n",
    "box2": "A.\n\n::: recommendations\nParliament should act.\n\n(confidential) S should be freed.\n:::\n",
    "note conf": "::: {.note edition=confidential}\nS\n:::",
    "summary conf": "::: {.summary .confidential}\nS\n:::\n\nA.\n\nB.\n",
    "footnote head": "A.[^1]\n\n[^1]: Confidential: S\n",
    "footnote paren": "A.[^1]\n\n[^1]: (confidential) S\n",
    "footnote inline": "A.^[confidential: S] B.\n",
    "footnote class": "A.[^1]\n\n[^1]: S {.confidential}\n",
    "dots": "...confidential\nS\n...",
    "eq": "confidential = true\nS\n",
    "yaml-ish": "confidential: true\nS\n",
    "toml": "[confidential]\nS\n",
    "row": "| Place | Years |\n|---|---|\n| b | 1 |\n| confidential S | 2 |",
    "row, capital": "| Place | Years |\n|---|---|\n| b | 1 |\n| Confidential S | 2 |",
    "row, small": "| Place | Years |\n|---|---|\n| b | 1 |\n| confidential the village school | 2 |",
    "row, colon": "| Place | Years |\n|---|---|\n| b | 1 |\n| confidential: S | 2 |",
    "row, bold": "| Place | Years |\n|---|---|\n| b | 1 |\n| **confidential** the village school | 2 |",
    "row, brackets": "| Place | Years |\n|---|---|\n| b | 1 |\n| [Confidential] the village school | 2 |",
    "row, no bar": "Place | Years\n---|---\nb | 1\nconfidential S | 2",
    "row, drawn": "+----------------------+---+\n| confidential Zarina  | 2 |\n+----------------------+---+",
    "row pt": "| Place | Years |\n|---|---|\n| b | 1 |\n| *confidencial* a escola | 2 |",
    "row fr": "| Place | Years |\n|---|---|\n| b | 1 |\n| confidentiel : S | 2 |",
    "strike in a line": "We heard ~~confidential: S~~ there.",
    "raised": "^confidential^ S",
    "title of a link": '[x](https://example.org "confidential: S")',
    "brackets of Chinese": "【confidential】 S",
    "in quotation marks": "“Confidential” S",
    "lines of typesetters": "––– confidential\nS\n–––",
    "colons of Chinese": "：：： confidential\nS\n：：：",
    "stretched": "::: confi\u0640dential\nS\n:::",
    "line separators": "::: confidential\u2028S\u2028:::",
    "feeds": "::: confidential\x0cS\x0c:::",
    "escaped by an export": "\\:\\:\\: confidential\n\nS\n\n\\:\\:\\:",
    "curly": "“::: confidential”\nS\n“:::”",
    **{f"keys {sign}": f"{sign * 3} confidential\nS\n{sign * 3}" for sign in "MÑÖÒöكŞףÇ"},
    "keys of Russian, small": "жжж сщташвутешфд\nS\nжжж",
    "fr": "(Confidentiel) S",
    "es": "Confidencial: S",
    # comments, tags and blocks of other programs
    **{f"behind {sign}": f"{sign} confidential: S" for sign in ("%", "//", ";", "''", "--")},
    "tag of Org": ":confidential: S",
    "tag of Org, at the end": "A. S :confidential:",
    "block of Org": "#+BEGIN_confidential\nS",
    "comment of C": "/* confidential */ S",
}
# words of any language, which are looked for where the files could be read
SAID = {
    "not public": "Not public: S",
    "strictly": "STRICTLY NOT FOR RELEASE. S",
    "omit": "[omit from public version] S",
    "omit, at the end": "S [leave out of the public report]",
    "omit, fr": "À retirer de la version publique : S",
    "omit, ru": "Не включать в публичную версию: S",
    "omit, es": "[omitir en la versión pública] S",
    "omit, pt": "Não incluir na versão pública: S",
    "omit, zh": "[不列入公开版] S",
    "not for pub": "Not for publication: S",
    "do not publish": "[do not publish: S]",
    "for committee": "For the Committee only: S",
    "heading end": "## Remedies — confidential\n\nS\n\n## Next",
    "top secret": "TOP SECRET: S",
    "alone": "NOT FOR PUBLICATION\n\nS",
    "embargoed": "EMBARGOED: S",
    "redact": "[REDACT] S [/REDACT]",
    "redacted": "[[REDACTED: S]]",
    "short": "CONF: S",
    "fr diffuser": "Ne pas diffuser : S",
    "es secreto": "Alto secreto: S",
    "ru razgl": "Не разглашать: S",
    "ru paren": "(конфиденциально) S",
    "ru dash": "Конфиденциально — S",
    "ru bold": "**Конфиденциально** S",
    "ru dsp": "ДСП: S",
    "ru dsp2": "[Для служебного пользования] S",
    "kk": "Құпия: S",
    "ru quoted": "«Конфиденциально» S",
    "ru raised": "^Конфиденциально^ S",
    "ru title": '[x](https://example.org "Конфиденциально: S")',
    "zh brackets": "（机密）S",
    "row ru": "| Place | Years |\n|---|---|\n| b | 1 |\n| конфиденциально S | 2 |",
    "row ru bold": "| Place | Years |\n|---|---|\n| b | 1 |\n| **конфиденциально** школа | 2 |",
    "row kk": "| Place | Years |\n|---|---|\n| b | 1 |\n| құпия S | 2 |",
    "row es": "| Place | Years |\n|---|---|\n| b | 1 |\n| reservado S | 2 |",
    "row ar": "| Place | Years |\n|---|---|\n| b | 1 |\n| سري مدرسة | 2 |",
    "row zh": "| Place | Years |\n|---|---|\n| b | 1 |\n| 保密 学校 | 2 |",
    "not for pub, no colon": "Not for publication S",
    "not for pub, a sentence": "Not for publication. S",
    "not for pub, at the end": "S [not for publication]",
    "off the record": "Off the record S",
    "off the record, brackets": "(off the record) S",
    "traffic light": "TLP:RED S",
    "traffic light, small": "tlp:red: S",
    "traffic light, amber": "**TLP:AMBER+STRICT** S",
    "traffic light, alone": "TLP:RED\n\nS",
    "traffic light, heading": "## Remedies [TLP:RED]\n\nS\n\n## Next",
    "letter": "(C) S",
    "letter below an id": "{#one}\n(C) S",
    "not for pub below an id": "{#one}\nNot for publication. S",
    "alone below an id": "{#one}\nNot for publication\n\nS",
    "letter, square": "[C] S",
    "letter, bold": "**(C)** S",
    "letter, item": "- (C) S\n- b",
    "letter, row": "| Place | Years |\n|---|---|\n| b | 1 |\n| (C) S | 2 |",
    "letter, note": "A.[^n]\n\n[^n]: (C) S",
    "letters": "(TS) S",
    "letters, more": "(C//NF) S",
    "letters ru": "(СС) S",
    "letters de": "(VS-NfD) S",
    "letters zh": "(密) S",
    "note": "A.^[confidential S] B.",
    "note, capitals": "A.^[CONFIDENTIAL S] B.",
    "note, sentence": "A.^[Confidential. S] B.",
    "note, name": "A.^[Confidential Zarina saw it] B.",
    "note, bold": "A.^[**Confidential** S] B.",
    "note, comma": "A.[^n]\n\n[^n]: Confidential, S",
    **{
        f"note {word}": f"A.^[{word} S] B."
        for word in (
            *(
                "конфиденциально",
                "құпия",
                "confidentiel",
                "confidencial",
                "sigiloso",
                "vertraulich",
            ),
            *("سري", "保密"),
        )
    },
    "remark": "S {>>not for publication<<}",
    "remark ru": "<!-- конфиденциально: не печатать -->\nS",
    "remark, traffic light": "<!-- TLP:RED -->\nS",
    "SECRET": "SECRET: S",
    "RESTRICTED": "[RESTRICTED] S",
    "do not distribute": "Do not distribute: S",
    "eyes only": "EYES ONLY: S",
    "ru, distribution": "Не для распространения: S",
    "ru, record": "Не под запись: S",
    "kk, distribution": "Таратуға болмайды: S",
    "fr, publication": "Non destiné à la publication : S",
    "fr, microphone": "Hors micro : S",
    "es, publication": "No para publicación: S",
    "es, record": "Extraoficial: S",
    "pt, publication": "Não para publicação: S",
    "pt, record": "Em off: S",
    "ar, publication": "غير معد للنشر: S",
    "zh, outside": "不对外公开：S",
    "de": "Vertraulich: S",
    "it": "Riservato: S",
    "tr": "Gizli: S",
    "uk": "Конфіденційно: S",
    "ky": "Купуя: S",
    "uz": "Maxfiy: S",
    "de, publication": "(nicht zur Veröffentlichung) S",
    "row en": "| Place | Years |\n|---|---|\n| b | 1 |\n| not public S | 2 |",
}
# what may say so: a warning, which a release does not pass
ASKED = (
    "A.^[Confidential interview with a lawyer, 2021] B.",
    "A.[^n]\n\n[^n]: Конфиденциальное интервью (конфиденциально)\n",
    "We heard it there (off the record).",
    "We heard it there **CONFIDENTIAL**",
    "A.^[We heard it there (confidential)] B.",
    "We heard it. <!-- this is confidential -->",
    "We heard it. <!-- not for the public edition, I think -->",
    "PRIVATE: S",
    "- **Private:** S",
    "Secret : S",
    "Embargoed until 1 March 2027: S",
    "Embargoed until 1 March 2027\n\nS",
    "Закрыто: S",
    "закрыто. S",
    "Эмбарго до 1 марта: S",
    "Embargo hasta el 1 de marzo: S",
    "Secreto: S",
    "Sous embargo jusqu'au 1 mars : S",
    "Жабық: S",
    "We saw ███ there.",
    "DRAFT – NOT FOR RELEASE: S",
    "Draft: confidential. S",
    "DRAFT // CONFIDENTIAL // S",
    "Черновик – не публиковать – S",
    "- ⛔ S",
    "We heard it.\n\n::: note\nConfidential: take this out of the public edition.\n:::\n",
)
# what speaks of such texts, or quotes the word
PRINTED = (
    "- (A) one;\n- (B) two;\n- (C) three.",
    "(C) 2021 Law Centre.",
    "Off the record, an officer told us that he knew.",
    "Off-the-record talks are held.",
    "Restricted: people with passports of another State.",
    "The label is TLP:RED there.",
    "Not for publication were the minutes.",
    "A.[^n]\n\n[^n]: Conf. art. 5 of the law.\n",
    "It rose from a==b to more.",
    "Confidential information is kept by the police.",
    "The data are confidential - nobody may see them.",
    "We spoke with a lawyer (confidential).",
    "Strictly confidential medical records were read out.",
    "**Confidential** complaints are not possible.",
    "Confidential hotlines: there are none.",
    "Complaints are confidential: nobody asks who wrote them.",
    "(Confidential complaints cannot be filed.)",
    "## Access to confidential services (2019)\n\nThere is none.",
    "A list:\n\n- confidential complaints;\n- others.",
    "| How | Seen |\n|---|---|\n| in talks | confidential |",
    "| How | Seen |\n|---|---|\n| Confidential complaints | 3 |\n| Not public at all | 3 |",
    "| Как | Число |\n|---|---|\n| Секретно принятые законы | 3 |",
    "Секретно принятый закон не опубликован.",
    "Бумаги с пометкой «для служебного пользования» — не все.",
    "The stamp «Конфиденциально» stood on papers.",
    "“Confidential” was what we read on it.",
    'See [x](https://example.org "Confidential reports of the police") there.',
    "The ~~confidentiality~~ rule holds.",
    "| Records | Number |\n|---|---|\n| Secret | 3 |\n| Classified | 3 |",
    "Three orders were confidential.",
    "《机密法》 is a law.",
    "Private schools: there are three.",
    "The embargo: goods of another State.",
    "Дело было закрыто: нет состава.",
    "■ A point",
    "The hearing – not public, as the judge said – was short.",
    "Of its records: confidential ones are kept apart.",
    "The ministry/the confidential part of its report was quoted.",
    "See the list: confidential complaints: none.",
    "Le dossier est confidentiel – dit-on.",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The errors of each text."""
    sets = [list(REFUSED.values()), [*SAID.values(), *ASKED, *PRINTED]]
    found: dict[str, set[str]] = {text: set() for some in sets for text in some}
    for some in sets:
        tiny = Tiny(tmp_path_factory.mktemp("marked"))
        for number, text in enumerate(some):
            body = re.sub(r"\bS\b", SECRET, text)
            tiny.section(f"{number + 100}-s{number}", f"A text.\n\n{body}\n\nB text.\n")
        for item in examine(tiny.project)[1]:
            if item.severity == "error" or item.code == "perhaps-confidential":
                number = int(item.place.file.partition("-s")[2].removesuffix(".md"))
                found[some[number]].add(item.code)
    return found


@pytest.mark.parametrize("text", [*REFUSED.values(), *SAID.values()], ids=[*REFUSED, *SAID])
def test_another_way_of_keeping_a_text_back_is_refused(
    text: str, told: dict[str, set[str]]
) -> None:
    assert told[text] - {"perhaps-confidential"}


@pytest.mark.parametrize("text", ASKED)
def test_what_may_be_meant_so_is_asked_about(text: str, told: dict[str, set[str]]) -> None:
    assert told[text] == {"perhaps-confidential"}


@pytest.mark.parametrize("text", PRINTED)
def test_what_speaks_of_confidential_texts_is_not(text: str, told: dict[str, set[str]]) -> None:
    assert not told[text] - {"perhaps-confidential"}


def test_who_marks_a_row_otherwise_is_told_how_a_row_is_marked(tiny: Tiny) -> None:
    for first in ("::: confidental S", "confidential: S", "конфиденциально S"):
        tiny.section("100-a", f"A text.\n\n| A | B |\n|---|---|\n| {first} | 2 |\n")
        (item,) = [one for one in examine(tiny.project)[1] if one.code == "bad-confidential"]
        assert "first cell" in item.hint


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("200-visits", "Visits (confidential)"),
        ("200-visits", "Visits — not for publication"),
        ("200-visits", "Visits [конфиденциально]"),
        ("200-confidential", "Visits"),
        ("200-visits-confidential", "Visits"),
        ("200-visits-confidental", "Visits"),
    ],
)
def test_a_section_that_is_called_confidential_is_not_printed(
    tiny: Tiny, file: str, title: str
) -> None:
    tiny.section("100-a", "A text.\n")
    tiny.section(file, f"{SECRET}\n", f"title: {title!r}")
    (item,) = [one for one in tiny.build("md").diagnostics if one.severity == "error"]
    assert (item.code, item.place.file) == ("bad-confidential", f"sections/{file}.md")
    tiny.section(file, f"{SECRET}\n", f"title: {title!r}\nedition: confidential")
    assert tiny.build("md").succeeded


def test_a_section_on_confidential_things_is_printed(tiny: Tiny) -> None:
    tiny.section(
        "200-confidential-services",
        f"{SECRET}\n",
        "title: Access to confidential services\nlevel: 1",
    )
    tiny.section("300-confidentiality", f"{SECRET}\n", "title: Why is it confidential?\nlevel: 1")
    assert tiny.build("md").succeeded
