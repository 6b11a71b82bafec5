"""Offices that no record has, of nobody named beside them: with their country, or telling enough by what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statements.ingest.mentioned import Mentioned
from statements.ingest.titles import (
    NOT_NAMES,
    OFFICES,
    SAID,
    folded,
)
from statements.ingest.unknown import CAP, of_country, phrase, proposals
from statements.search.lexicon import Token, starts
from statements.text.nations import COUNTRY_NAMES, nation
from statements.text.sentence import Sentence

NO_POST = Sentence("No record has this office.", "لا سجل بهذا المنصب.")
#: Heads whose office says enough with what they are for; other heads need a country.
TELLING = folded(
    "قائد مدير والي محافظ ملحق سفير مفتش أمين مفوض قنصل المدير القائد الملحق السفير المفتش مستشار رئيس آمر"
)
#: What an office is of when it is none: the head of a delegation, the chair of a meeting.
PASSING = folded(
    "الوفد الجانب الاجتماع اللجنة الجلسة الدورة المؤتمر القسم البعثة الفريق وفد جانب اجتماع جلسة دورة فريق"
)
OFFICE = re.compile(
    r"\b(?:(?:Ambassador|ambassador|Commander|commander|Chief|chief|Head|head|Director|director|Minister|minister|Secretary|secretary|Attach[eé]|attach[eé]|Inspector|inspector|President|president|Governor|governor|Commissioner|commissioner|Adviser|adviser|Advisor|advisor|Chairman|chairman|Envoy|envoy)"
    r"(?:[- ](?:General|general))?)\b"
)
_FIELD = rf"(?:{CAP}|U\.S\.|military|naval|air|army|defence|defense|general|land|staff|intelligence|security|foreign)"
TAIL = re.compile(
    rf"(?:\s+(?:of|for|to|in|at|on)\s+(?:the\s+)?{_FIELD}(?:\s+(?:and\s+)?{_FIELD}){{0,6}})+"
)
BEFORE = re.compile(r"((?:[\w’'.-]+\s+){1,6})$")
LOWER_FIELDS = frozenset(
    "foreign defence defense interior prime army military intelligence naval navy air police deputy assistant finance security justice national general chief "
    "energy oil trade state war spy counterterrorism federal vice first acting".split()
)


def unknown_posts(part: str, words: list[Token], found: list[Mentioned]) -> list[Mentioned]:
    """Offices with a country or body, of nobody named beside them and without a record."""
    spans = [*arabic_offices(part, words), *english_offices(part)]
    return proposals(part, spans, found, "post", NO_POST, ("post", "official"))


def arabic_offices(part: str, words: list[Token]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(words):
        head = next(
            ((cut, rest) for cut, rest in starts(words[place].word) if rest in OFFICES), None
        )
        if head is None or part[words[place].start].isascii():
            place += 1
            continue
        cut, noun = head
        after = phrase(part, words, place)
        rest = words[place + 1 : after]
        told = any(of_country(token.word) for token in rest)
        special = noun in TELLING and len(rest) >= 2
        passing = (
            not rest
            or is_described(noun, rest[0].word)
            or rest[0].word in PASSING
            or noun.startswith("نظير")
            or noun in ("عضو", "كبير", "امير", "رييسي", "ممثل", "الوزير")
        )
        if not passing and (told or special):
            yield words[place].start + cut, words[after - 1].end
        place = max(after, place + 1)


def is_described(noun: str, word: str) -> bool:
    """Whether an indefinite noun has a country's adjective and is no title: «مساعدة أميركية», «مستشار بريطاني»."""
    return not noun.startswith("ال") and bool(nation(word)) and not word.startswith("ال")


def english_offices(part: str) -> Iterator[tuple[int, int]]:
    for match in OFFICE.finditer(part):
        tail = TAIL.match(part, match.end())
        end = match.end() + (len(tail[0].rstrip()) if tail else 0)
        begin, told = opening(part, match.start())
        field = bool(tail and re.search(r"[A-Z]", tail[0]))
        if part[:end].endswith(("'s", "’s")):
            continue
        if re.match(r"[’']s\b|-", part[end:]) or part[max(0, begin - 10) : begin].rstrip().endswith(
            ("deputy", "Deputy")
        ):
            continue
        if told or (
            field
            and match[0].lower().split()[0]
            in (
                "ambassador",
                "commander",
                "chief",
                "head",
                "attache",
                "attaché",
                "inspector",
                "secretary",
                "director",
                "governor",
                "commissioner",
                "minister",
            )
        ):
            yield begin, end


def opening(part: str, start: int) -> tuple[int, bool]:
    """Where an office begins with the country and the fields before its head, and whether a country is among them."""
    before = BEFORE.search(part[max(0, start - 80) : start])
    if not before:
        return start, False
    words = [(m.start() + start - len(before[1]), m[0]) for m in re.finditer(r"\S+", before[1])]
    begin = start
    for place, word in reversed(words):
        plain = word.lower().strip(".").removesuffix("’s").removesuffix("'s")
        if (
            nation(plain)
            or (plain,) in COUNTRY_NAMES
            or (word.isupper() and len(word) in (2, 3, 4) and plain not in ("he", "hrh"))
        ):
            return place, True
        if word[-1] in ",;:.)" or plain in NOT_NAMES or plain in SAID:
            break
        if not (word[0].isupper() or plain in LOWER_FIELDS):
            break
        begin = place
    return begin, False
