"""Pseudo-text in our own words: grammatical enough for hyphenation and line breaking to be real work.

Every function is deterministic for the state of the random generator it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_NOUNS = [
    "authority",
    "authorities",
    "committee",
    "complaint",
    "complaints",
    "court",
    "courts",
    "decision",
    "decisions",
    "district",
    "education",
    "employment",
    "evidence",
    "government",
    "guarantee",
    "guarantees",
    "hearing",
    "housing",
    "inquiry",
    "inspection",
    "institution",
    "institutions",
    "interpreter",
    "judge",
    "judges",
    "language",
    "languages",
    "law",
    "legislation",
    "measure",
    "measures",
    "migrant",
    "migrants",
    "ministry",
    "minority",
    "minorities",
    "monitoring",
    "municipality",
    "office",
    "officer",
    "officers",
    "ombudsman",
    "parliament",
    "passport",
    "petition",
    "police",
    "practice",
    "procedure",
    "procedures",
    "prosecutor",
    "protection",
    "province",
    "recommendation",
    "refugee",
    "refugees",
    "region",
    "regions",
    "registration",
    "regulation",
    "remedy",
    "remedies",
    "representative",
    "residence",
    "school",
    "schools",
    "settlement",
    "statistics",
    "statute",
    "student",
    "students",
    "teacher",
    "teachers",
    "training",
    "treaty",
    "village",
    "villages",
    "violence",
    "witness",
    "witnesses",
    "worker",
    "workers",
]
_ADJECTIVES = [
    "administrative",
    "adequate",
    "comparable",
    "competent",
    "confidential",
    "consistent",
    "constitutional",
    "detailed",
    "disciplinary",
    "domestic",
    "effective",
    "equal",
    "ethnic",
    "explicit",
    "formal",
    "general",
    "impartial",
    "incomplete",
    "independent",
    "international",
    "judicial",
    "lawful",
    "linguistic",
    "local",
    "national",
    "necessary",
    "official",
    "permanent",
    "practical",
    "preliminary",
    "present",
    "previous",
    "proportionate",
    "public",
    "reasonable",
    "recent",
    "regional",
    "relevant",
    "reliable",
    "rural",
    "separate",
    "social",
    "special",
    "specific",
    "systematic",
    "temporary",
    "transparent",
    "urban",
    "written",
]
_VERBS = [
    "accepted",
    "addressed",
    "adopted",
    "amended",
    "announced",
    "applied",
    "approved",
    "assessed",
    "confirmed",
    "considered",
    "described",
    "discussed",
    "documented",
    "established",
    "examined",
    "explained",
    "extended",
    "introduced",
    "investigated",
    "limited",
    "mentioned",
    "monitored",
    "observed",
    "postponed",
    "prepared",
    "presented",
    "published",
    "received",
    "recorded",
    "regulated",
    "rejected",
    "replaced",
    "reported",
    "requested",
    "required",
    "restricted",
    "reviewed",
    "strengthened",
    "suspended",
    "translated",
    "verified",
]
_DETERMINERS = ["the", "a", "this", "that", "each", "every", "another", "no", "its", "their"]
_PREPOSITIONS = [
    "of",
    "in",
    "for",
    "by",
    "with",
    "without",
    "under",
    "during",
    "before",
    "after",
    "within",
    "against",
]
_LINKS = ["while", "although", "because", "whereas", "since", "unless", "and", "but"]
_ADVERBS = [
    "formally",
    "partly",
    "rarely",
    "often",
    "repeatedly",
    "recently",
    "generally",
    "fully",
    "seldom",
    "openly",
]

_PATTERN = (
    *(_DETERMINERS, _ADJECTIVES, _NOUNS, _ADVERBS, _VERBS, _DETERMINERS, _NOUNS),
    *(
        _PREPOSITIONS,
        _DETERMINERS,
        _ADJECTIVES,
        _NOUNS,
        _PREPOSITIONS,
        _DETERMINERS,
        _NOUNS,
        _LINKS,
    ),
)


def sentence(random: Random, words: int) -> str:
    """A sentence of exactly so many words (at least two); the last one is a noun."""
    chosen = [random.choice(_PATTERN[index % len(_PATTERN)]) for index in range(words - 1)]
    chosen.append(random.choice(_NOUNS))
    return " ".join([chosen[0].capitalize(), *chosen[1:]]) + "."


def sentences(random: Random, words: int) -> Iterator[str]:
    """Sentences of the usual lengths that have exactly so many words together."""
    while words > 40:
        length = random.randint(12, 32)
        yield sentence(random, length)
        words -= length
    if words > 25:
        yield sentence(random, words // 2)
        words -= words // 2
    yield sentence(random, words)


def title(random: Random, words: int) -> str:
    """A heading of so many words."""
    chosen = [
        random.choice(_ADJECTIVES if index % 2 == 0 else _NOUNS) for index in range(words - 1)
    ]
    return " ".join([*chosen, random.choice(_NOUNS)]).capitalize()


def demand(random: Random, words: int) -> str:
    """A recommendation of so many words, with its addressee."""
    rest = sentence(random, words - 4)
    return f"The Government should {random.choice(('examine', 'publish', 'adopt', 'amend'))} {rest[0].lower()}{rest[1:]}"
