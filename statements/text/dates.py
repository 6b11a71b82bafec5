"""Dates in words, read and written: all Arabic month systems, English, numbers, Hijri, ranges, seasons.

``read`` takes one expression, ``find`` running text; both go by the grammar in ``expressions``. Day
comes before month in numbers, as the press of the region and of Britain writes (CLDR ``ar``, ``en-GB``);
when another order, century or year is possible too it is given as an alternative, never chosen in
silence. What is not surely a date is not read. Values are EDTF (ISO 8601-2:2019).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from statements.text.arabic import Folded, fold, fold_with_offsets
from statements.text.edtf import EDTF, DateError
from statements.text.expressions import Grammar
from statements.text.parts import YEARS, Part
from statements.text.sentence import Sentence
from statements.text.spoken import write
from statements.text.surroundings import beginnings, stands_free, tells
from statements.text.wording import Token, tokens

__all__ = ["EDTF", "DateError", "Found", "Reading", "find", "read", "write"]


@dataclass(frozen=True)
class Reading:
    """What an expression means: a value, other values it may have, and why.

    ``alternatives`` are what it may mean as well: the month first, another century, another year.
    ``warnings`` say what in it contradicts itself. ``edtf`` is None when no value is sure.
    """

    edtf: EDTF | None
    reason: Sentence
    alternatives: tuple[EDTF, ...] = ()
    anchor: datetime.date | None = None
    kind: str = "absolute"
    warnings: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Found:
    """A date expression in running text; ``start`` and ``end`` count its characters."""

    start: int
    end: int
    as_printed: str
    edtf: EDTF | None
    reason: Sentence
    kind: str
    alternatives: tuple[EDTF, ...] = ()
    warnings: tuple[Sentence, ...] = ()


#: What may stand before an expression that is asked about alone.
LEADING = {
    "في", "خلال", "بتاريخ", "تاريخ", "بحلول", "مع", "عند", "علي", "مدي", "و", "ب", "ل", "ف", "ك", "يوم", "اليوم", "الموافق",
    "ال", "on", "in", "during", "over", "as", "of", "by", "dated", "at", "the", "(", "[", "-", ":", "،", ",", ".",
}  # fmt: skip
TRAILING = {")", "]", ".", "،", ",", ";", "؛", ":"}
#: The time of a day is no part of its date: ISO 8601-1 and as the press prints it.
TIME = re.compile(
    r"(?:\s*[-،,(]?\s*(?:الساعه|عند الساعه|at)?\s+|t)\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
    r"(?:\s?(?:am|pm|a\.m\.?|p\.m\.?|صباحا|مساء|ظهرا|ص|م|z|gmt|utc|[+-]\d{2}:?\d{2}))?\)?$"
)
LONGEST = 200


def read(
    text: str, *, on: datetime.date | None = None, languages: tuple[str, ...] = ("ar", "en")
) -> Reading | None:
    """The whole text as one date expression; None when it is none.

    ``on`` anchors relative expressions; without it they are no dates. ``languages`` is accepted for
    symmetry with ``write``: the words of both never compete. EDTF itself (ISO 8601-2) is read too.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text).strip()
    value = as_edtf(text.strip())
    if value is not None:
        return Reading(value, Sentence("EDTF", "EDTF"), other_years(value))
    folded = TIME.sub("", folded, count=1).strip()
    words = tokens(folded)
    while words and words[-1].text in TRAILING and not closes(words):
        words.pop()
    for start in range(len(words)):
        reading = whole(words[start:], on)
        if reading is not None:
            return reading
        if words[start].text not in LEADING:
            break
    return None


def closes(words: list[Token]) -> bool:
    """Whether the last word is a bracket that was opened among them."""
    texts = [word.text for word in words]
    return texts[-1] == ")" and "(" in texts[1:]


def as_edtf(text: str) -> EDTF | None:
    """EDTF as it stands; a number alone is a year only near our time: «1445» and “2500” are not."""
    years = re.findall(r"(?<![\d-])\d{4}(?=$|[-/~?%])", text, re.ASCII)
    if any(int(year) not in YEARS for year in years):
        return None
    try:
        return EDTF(text.upper())
    except (DateError, ValueError):
        return None


def other_years(value: EDTF) -> tuple[EDTF, ...]:
    """«2023-24» in EDTF is a winter, and elsewhere two years."""
    match = re.fullmatch(r"(\d\d)(\d\d)-(2[1-4])", value)
    if not match or int(match[3]) <= int(match[2]):
        return ()
    return (EDTF(f"{match[1]}{match[2]}/{match[1]}{match[3]}"),)


def whole(words: list[Token], on: datetime.date | None) -> Reading | None:
    grammar = Grammar(words, on, whole=True)
    best: Reading | None = None
    for part, end in grammar.expression(0):
        if end != len(words):
            continue
        reading = as_reading(grammar, part)
        if reading and (best is None or better(reading, best)):
            best = reading
    return best


def better(one: Reading, other: Reading) -> bool:
    """Of two readings of the same words: the one with a value, and the one that doubts it."""
    return (one.edtf is not None, len(one.warnings)) > (other.edtf is not None, len(other.warnings))


def as_reading(grammar: Grammar, part: Part) -> Reading | None:
    """The reading of a part; None when it has neither a value nor anything to say."""
    value = grammar.finished(part)
    if value is None:
        if part.kind == "duration":
            return Reading(
                None, Sentence("A length of time, not a date.", "مدة لا تاريخ."), kind="duration"
            )
        if part.alternatives and part.reason:
            return Reading(None, part.reason, part.alternatives, grammar.on, part.kind)
        return None
    if part.bare and part.month is None and not part.code and part.year not in YEARS:
        return None
    kind, anchor = part.kind, None
    reason = part.reason or Sentence(
        f"It says {SAID[value.precision][0]}.", f"العبارة تدل على {SAID[value.precision][1]}."
    )
    if part.relative and grammar.on:
        kind = "relative" if kind == "absolute" else kind
        anchor = grammar.on
        reason = Sentence(
            f"Relative, counted from {anchor.isoformat()}.",
            f"نسبي، محسوبًا من {anchor.isoformat()}.",
        )
    return Reading(value, reason, part.alternatives, anchor, kind, part.warnings)


SAID = {
    "day": ("a day", "يوم"),
    "month": ("a month", "شهر"),
    "season": ("a season", "فصل"),
    "quarter": ("a quarter", "ربع سنة"),
    "third": ("a third of a year", "ثلث سنة"),
    "half": ("half a year", "نصف سنة"),
    "year": ("a year", "سنة"),
    "decade": ("a decade", "عقد"),
    "century": ("a century", "قرن"),
    "interval": ("a time between two dates", "مدة بين تاريخين"),
}


def find(text: str, *, on: datetime.date | None = None) -> list[Found]:
    """Every date expression in running text, in order, none overlapping."""
    if not any(map(tells, text.split())):
        return []  # most passages, at a glance
    folded = fold_with_offsets(text)
    words = tokens(folded.text)
    grammar = Grammar(words, on)
    found: list[Found] = []
    free = 0
    for at in beginnings(words):
        if at < free:
            continue
        best: tuple[Part, int] | None = None
        for part, end in grammar.expression(at):
            if best is None or (end, not part.impossible, len(part.warnings)) > (
                best[1],
                not best[0].impossible,
                len(best[0].warnings),
            ):
                best = part, end
        if best is None:
            continue
        part, end = best
        one = as_found(grammar, part, at, end, text, folded)
        if one:
            found.append(one)
            free = end
            if one.edtf and one.edtf.precision == "day" and not one.edtf.is_range:
                grammar.told_last = one.edtf.first
            grammar.told_value = one.edtf
        elif part.impossible:
            free = end
    return found


def as_found(
    grammar: Grammar, part: Part, at: int, end: int, text: str, folded: Folded
) -> Found | None:
    """The found expression; None when what stands around it says that it is no date."""
    words = grammar.words
    begin, finish = folded.original_span(words[at].start, words[end - 1].end)
    if part.impossible or not stands_free(words, at, end, part, text[begin:finish]):
        return None
    reading = as_reading(grammar, part)
    if reading is None:
        return None
    return Found(
        begin,
        finish,
        text[begin:finish],
        reading.edtf,
        reading.reason,
        reading.kind,
        reading.alternatives,
        reading.warnings,
    )
