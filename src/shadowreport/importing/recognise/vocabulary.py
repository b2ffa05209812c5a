"""The words by which parts of a report are recognised, in English, Russian, French and Spanish.

Everything that depends on a language stands here, in tables of regular expressions.
"""

from __future__ import annotations

import re

# --- boxes --------------------------------------------------------------------------------------

_ONE = r"recommendation|рекомендация|recommandation|recomendación|recomendacion|ұсыныс|ұсыным"
_SEVERAL = r"recommendations|рекомендации|recommandations|recomendaciones|ұсыныстар|ұсынымдар"
_BEFORE = r"(?:(?:our|key|main|proposed|suggested|наши|основные|предлагаемые|nos|nuestras)\s+)?"
_AFTER = r"(?:\s+(?:to|for|для|au|aux|à|al|a|para)\s+[^.:]{1,60})?"
BOX_HEADING = re.compile(
    rf"\s*{_BEFORE}(?:(?P<several>{_SEVERAL})|(?P<one>{_ONE})){_AFTER}\s*[:.]?\s*", re.IGNORECASE
)
BOX_HEADING_INLINE = re.compile(
    rf"\s*(?:(?P<several>{_SEVERAL})|(?P<one>{_ONE}))\s*:\s+(?=\S)", re.IGNORECASE
)

# --- tables of earlier recommendations ----------------------------------------------------------

DEMAND_WORDS = re.compile(
    r"recommendation|concluding observation|рекомендаци|заключительн|recommandation|"
    r"observations? finale|recomendaci|observaci\w+ final|ұсын\w+|UPR|УПО|EPU",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(?:19[6-9]\d|20[0-6]\d)(?!\d)")
NUMBER_COLUMN = re.compile(r"\s*(?:no\.?|№|n[°º]|nº|#|num\.?|п/п|№\s*п/п)?\s*", re.IGNORECASE)
_PARA = (
    r"paras?\.?|paragraphs?|пп?\.|пункт\w*|пар\.|параграф\w*|par\.|paragraphes?|"
    r"párrs?\.?|párrafos?|parrs?\.?|parrafos?|тармақ\w*|§§?|¶¶?"
)
_NUMBERS = r"\d{1,3}(?:\s*(?:[-–—,;&]|and|и|et|y)\s*\d{1,3})*"
CITATION = re.compile(
    rf"\s*[(\[]\s*(?:{_PARA})\s*(?P<numbers>{_NUMBERS})\s*(?P<sub>\([a-zа-я]\))?\s*[)\]]\s*(?P<dot>[.;]?)",
    re.IGNORECASE,
)
LEADING_CITATION = re.compile(
    rf"\s*(?:(?:{_PARA})\s*)?(?P<numbers>\d{{1,3}})\s*[.:)]\s+(?=\w)", re.IGNORECASE
)

# Committees by the words with which headings name them; the first that fits counts.
COMMITTEES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (short, re.compile(words, re.IGNORECASE))
    for short, words in (
        ("CERD", r"\bI?CERD\b|racial discrimination|расовой дискриминации|discrimination raciale|discriminación racial|КЛРД"),
        ("CEDAW", r"\bCEDAW\b|discrimination against women|дискриминации в отношении женщин|femmes|contra la mujer|КЛДЖ"),
        ("CESCR", r"\bI?CESCR\b|\bE/C\.12|economic, social and cultural|экономическим, социальным|économiques, sociaux|económicos, sociales|КЭСКП"),
        ("CCPR", r"\bI?CCPR\b|human rights committee|комитета? по правам человека|comité des droits de l.homme|comité de derechos humanos|КПЧ"),
        ("CRPD", r"\bCRPD\b|persons with disabilities|инвалид|personnes handicapées|personas con discapacidad|КПИ\b"),
        ("CRC", r"\bCRC\b|rights of the child|правам ребенка|правам ребёнка|droits de l.enfant|derechos del niño|КПР\b"),
        ("CMW", r"\bCMW\b|migrant workers|трудящихся-мигрантов|travailleurs migrants|trabajadores migratorios|КТМ\b"),
        ("CED", r"\bCED\b|enforced disappearance|насильственн\w+ исчезновени|disparitions forcées|desapariciones forzadas"),
        ("CAT", r"\bCAT\b|against torture|против пыток|contre la torture|contra la tortura|КПП\b"),
        ("UPR", r"\bUPR\b|universal periodic|универсальн\w+ периодическ|examen périodique universel|examen periódico universal|УПО\b"),
    )
)  # fmt: skip
TREATIES = {
    "CERD": ("International Convention on the Elimination of All Forms of Racial Discrimination", "ICERD"),
    "CEDAW": ("Convention on the Elimination of All Forms of Discrimination against Women", "CEDAW"),
    "CESCR": ("International Covenant on Economic, Social and Cultural Rights", "ICESCR"),
    "CCPR": ("International Covenant on Civil and Political Rights", "ICCPR"),
    "CRPD": ("Convention on the Rights of Persons with Disabilities", "CRPD"),
    "CRC": ("Convention on the Rights of the Child", "CRC"),
    "CMW": ("International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families", "ICRMW"),
    "CED": ("International Convention for the Protection of All Persons from Enforced Disappearance", "ICPPED"),
    "CAT": ("Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment", "CAT"),
    "UPR": ("Universal periodic review", "UPR"),
}  # fmt: skip
SYMBOL = re.compile(
    r"\b(?:CERD|CEDAW|CCPR|CRC|CAT|CRPD|CMW|CED|E/C\.12|A/HRC|HRI)/[A-Z0-9][A-Za-z0-9./-]*[A-Za-z0-9]"
)
STATE_REPORT = re.compile(r"[A-Z]+(?:\.12)?/(?:C/)?[A-Z]{3}/\d+(?:-\d+)?")
STATE_CODE = re.compile(r"/([A-Z]{3})(?:/|$)")

# --- cross-references ---------------------------------------------------------------------------

_LIST = r"\d{1,4}(?:\s*(?:[-–—,;]|and|to|и|по|et|à|y|a)\s*\d{1,4})*"
REFERENCE = re.compile(
    r"\b(?:paragraphs?|paras?\.|пункт(?:ы|е|а|у|ам|ах|ов)?|пп?\.|paragraphes?|párrafos?|párrs?\.)"
    rf"\s*(?P<numbers>{_LIST})(?!\s*(?:\d|\([a-z]\)))",
    re.IGNORECASE,
)
SELF_AFTER = re.compile(
    r"\s*(?:above|below|supra|infra|выше|ниже|ci-dessus|ci-dessous|más arriba|más abajo|"
    r"(?:of|in)\s+(?:the\s+present|this|these|our)\s+(?:alternative\s+|shadow\s+|joint\s+)?"
    r"(?:report|comment\w*|submission|document|text)|"
    r"настоящ\w+\s+(?:\w+\s+)?(?:доклад\w*|отч[её]т\w*|комментари\w*|документ\w*)|"
    r"d[ue]\s+(?:présent|ce)\s+(?:rapport|document)|"
    r"de(?:l\s+presente|\s+este)\s+(?:informe|documento))",
    re.IGNORECASE,
)
SELF_BEFORE = re.compile(
    r"(?:\bsee(?:\s+also)?|\bcf\.|см\.(?:\s+также)?|\bvoir(?:\s+aussi)?(?:\s+les?)?|"
    r"\bvéase(?:n)?(?:\s+los?|\s+el)?)\s*$",
    re.IGNORECASE,
)
OTHER_AFTER = re.compile(
    r"\s*(?:of|in|to|de|du|des|del|статьи|закона|доклада|решения|постановления|,?\s*article)\b",
    re.IGNORECASE,
)
BEFORE_WORDS = re.compile(r"\b(?:above|supra|выше|ci-dessus|más arriba)\b", re.IGNORECASE)
AFTER_WORDS = re.compile(r"\b(?:below|infra|ниже|ci-dessous|más abajo)\b", re.IGNORECASE)

# --- headings, captions, front pages ------------------------------------------------------------

CAPTION = re.compile(
    r"\s*(?:table|таблица|tableau|cuadro|tabla|кесте)\s*(?:no\.?|№)?\s*\d+\s*[.:–—-]?\s*",
    re.IGNORECASE,
)
NOT_A_THEME = re.compile(
    r"\b(?:conclusion|summary|annex|appendix|acronym|abbreviation|bibliograph|list of|contact|"
    r"заключение|вывод|резюме|приложени|сокращени|список|résumé|annexe|sigles|liste|"
    r"conclusión|resumen|anexo|siglas|lista)",
    re.IGNORECASE,
)
CONTENTS_HEADING = re.compile(
    r"\s*(?:table of contents|contents|содержание|оглавление|table des matières|sommaire|"
    r"índice|contenido|мазмұны)\s*:?\s*",
    re.IGNORECASE,
)
HEADING_NUMBER = re.compile(
    r"\s*(?:(?:part|chapter|section|часть|глава|раздел|partie|chapitre|parte|capítulo)\s+)?"
    r"(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-ZА-Я])\s*[.):]\s+|^\s*\d{1,2}(?:\.\d{1,2})+\s+"
)

PRELIMINARY = {
    "en": "Preliminary text",
    "ru": "Вводная часть",
    "fr": "Texte préliminaire",
    "es": "Texto preliminar",
}

# --- words that say little ----------------------------------------------------------------------

_LITTLE = {
    "en": "a an the of to in on at by for from with without within into under over about as and or "
    "nor but if so than that which who whom whose this these those it its they their them there "
    "is are was were be been being has have had do does did not no also such other any all each "
    "some more most very can could may might must shall should will would however thus therefore "
    "moreover furthermore addition further according accordance regard regarding related relating "
    "respect view paragraph paragraphs one two per upon between among during after before since "
    "until where when while despite besides particular noted noting worth mentioned above below said order against we our us he she his her what how only same both out up",
    "ru": "и в во на с со к ко по о об от до из за для при не ни а но или же что как так это этот "
    "эта эти эту этого этих того та те то тот их его её ее он она они мы нас наш который которая "
    "которые которых которого был была были быть есть нет также согласно соответствии том числе "
    "том числе года году г без более менее между после перед под над через если",
    "fr": "le la les l un une des du de d à au aux et ou où en dans sur sous par pour avec sans ce "
    "cet cette ces il elle ils elles se sa son ses leur leurs qui que quoi dont ne pas plus est "
    "sont été être a ont avait selon conformément ainsi aussi nous notre",
    "es": "el la los las un una unos unas de del al a y o u en con sin por para sobre entre que "
    "quien cual cuyo se su sus lo le les este esta estos estas ese esa es son fue fueron ser ha "
    "han no más según conforme así también nos nuestro nuestra",
}
_LITTLE_SETS = {language: frozenset(words.split()) for language, words in _LITTLE.items()}
LITTLE_WORDS = frozenset().union(*_LITTLE_SETS.values())
# Words with which headings of such reports begin and which tell nothing about the theme.
HEADING_WORDS = frozenset(
    [
        "recommendation",
        "recommendations",
        "implementation",
        "issues",
        "issue",
        "area",
        "adoption",
        "observance",
        "widespread",
        "introduction",
        "рекомендации",
        "рекомендация",
        "осуществление",
        "вопросы",
        "вопрос",
        "recommandations",
        "mise",
        "oeuvre",
        "recomendaciones",
        "aplicación",
        "cuestiones",
        "part",
        "chapter",
        "section",
        "часть",
        "глава",
        "раздел",
        "partie",
        "parte",
        "state-party",
        "party",
        "republic",
        "submission",
        "submitting",
        "concerning",
        "connection",
    ]
)


def language_of(text: str) -> str:
    """Which of our languages a text is most likely in; English where none fits."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:20_000]
    counts = {
        language: sum(word in little for word in words) for language, little in _LITTLE_SETS.items()
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "en"


def committee_of(text: str) -> str:
    """The short name of the committee that a text names; empty where it names none."""
    return next((short for short, words in COMMITTEES if words.search(text)), "")
