"""What stands before a name in Arabic: ranks and courtesies, an office and all that it is for, and what somebody is.

An office is a construct («وكيل جهاز المخابرات الوطني العراقي»): its head, indefinite nouns of institutions,
definite nouns and adjectives, countries, and prepositions with what they govern; the first word that can be none
of these begins the holder's name. Source: Wright, "A Grammar of the Arabic Language" II §§ 75–78 (the construct),
III § 122 (apposition), and the usage of agencies.
"""

from __future__ import annotations

import functools
import re

from statements.ingest.titles import (
    AFTER_RANK,
    COURTESY,
    HONORIFIC,
    INSTITUTIONS,
    OFFICES,
    PERSONS,
    RANKS,
)
from statements.search.lexicon import Token, starts
from statements.text.arabic import fold
from statements.text.calendars import WEEKDAYS
from statements.text.given import is_given
from statements.text.nations import COUNTRY_WORDS, nation

#: The longest office, in words, and the most titles before a name.
OFFICE, TITLED = 16, 10
#: Prepositions within an office: what they govern belongs to it.
GOVERNING = {
    fold(word) for word in "في لدى إلى ل من عن باسم لشؤون لشئون للشؤون للشئون ب و حول".split()
}
ALL_TITLES = RANKS | COURTESY | HONORIFIC
TITLE_HEADS = (RANKS - AFTER_RANK) | COURTESY | HONORIFIC


def gap(part: str, words: list[Token], place: int) -> str:
    return part[words[place].end : words[place + 1].start]


def near(part: str, words: list[Token], place: int) -> bool:
    """Whether only white space parts a word from the next."""
    return not gap(part, words, place).strip(" \xa0")


def behind_expert(part: str, words: list[Token], place: int) -> int | None:
    """Where a name begins behind what somebody is: «الباحثة ‹نوف القحطاني›», «الخبير العسكري ‹علاء النشوع›»; None when a verb does."""
    word = next((rest for _, rest in starts(words[place].word) if rest in PERSONS), "")
    if not word.startswith("ال"):
        return None
    begin = place + 1
    if (
        begin < len(words)
        and words[begin].word.startswith("ال")
        and words[begin].word.endswith(("ي", "يه"))
    ):
        begin += 1
    if begin >= len(words) or not all(near(part, words, k) for k in range(place, begin)):
        return None
    verb = re.match(r"[يت]\w{3,}$", words[begin].word) and not is_given(words[begin].word)
    return None if verb or words[begin].word.startswith("ال") else begin


@functools.lru_cache(maxsize=20_000)
def is_office(word: str) -> bool:
    return any(rest in OFFICES for _, rest in starts(word))


@functools.lru_cache(maxsize=20_000)
def opens_titles(word: str) -> bool:
    return any(rest in TITLE_HEADS for _, rest in starts(word))


@functools.lru_cache(maxsize=20_000)
def tells_titles(word: str) -> bool:
    return any(rest in RANKS or rest in COURTESY for _, rest in starts(word))


def behind_titles(part: str, words: list[Token], place: int) -> int:
    """The index behind the ranks and courtesies that begin here; the same index when none does."""
    if not opens_titles(words[place].word):
        return place
    after, told = place, False
    while after < min(len(words), place + TITLED) and (
        words[after].word in ALL_TITLES
        or after == place
        or (told and words[after].word in ("حرب", "اركان"))
    ):
        told = told or tells_titles(words[after].word)
        if after > place and re.search(r"[^ \xa0.()]", gap(part, words, after - 1)):
            break
        after += 1
    if after < len(words) and re.search(r"[^ \xa0.()]", gap(part, words, after - 1)):
        return place
    return after if told else place


def behind_office(part: str, words: list[Token], place: int) -> int | None:
    """Where a name begins behind an office and all that it is for, its ranks and courtesies too; None when none does."""
    after, held = place + 1, False
    while after < len(words) and after < place + OFFICE:
        word = words[after].word
        if not near(part, words, after - 1):
            return None
        titles = behind_titles(part, words, after)
        if titles > after:
            return titles if titles < len(words) else None
        if held:
            held = False
        elif word in GOVERNING or word in ("في", "لدي", "الي"):
            held = True
        elif not belongs(word):
            break
        after += 1
    return after if after < len(words) and near(part, words, after - 1) else None


@functools.lru_cache(maxsize=20_000)
def belongs(word: str) -> bool:
    """Whether a word may be part of an office: definite, of a country or institution, another office."""
    if is_given(word):
        return word in INSTITUTIONS
    if word.startswith(("ال", "لل", "وال", "بال", "ولل")) and len(word) > 4:
        return word not in WEEKDAYS
    if nation(word) or word in INSTITUTIONS or word in OFFICES:
        return True
    return any(rest in INSTITUTIONS | OFFICES or rest in COUNTRY_WORDS for _, rest in starts(word))


def in_apposition(part: str, words: list[Token], place: int) -> bool:
    """Whether an office with what it is for ends at the comma before a word that may open a name: «سفير كندا بتونس، ‹لورين ديغير›، …».

    An accusative of state stands there too («وزير الدفاع، ‹معلنا› بدء المرحلة،»): Wright II § 44.
    """
    if re.search(r"[اىً]$", part[words[place].start : words[place].end]) and not is_given(words[place].word):  # fmt: skip
        return False
    if place + 1 < len(words) and words[place + 1].word.startswith("ال"):
        return False
    for at in range(place - 1, max(-1, place - 1 - OFFICE), -1):
        if at < place - 1 and not near(part, words, at):
            return False
        if is_office(words[at].word):
            return at < place - 1
        if not belongs(words[at].word) and words[at].word not in GOVERNING:
            return False
    return False
