"""Dates in words, read and written: all Arabic month systems, English, numbers, Hijri, ranges, seasons.

Reading works on folded text (see ``arabic``) with one table of patterns, longest match first, and
hands relative expressions to ``relative``. Day comes before month in numbers, as the press of the
region and of Britain writes; when the other order is possible too it is given as an alternative,
never chosen in silence. What is not surely a date is not read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from hijridate import Hijri

from statements.text import relative
from statements.text.arabic import fold, fold_with_offsets
from statements.text.calendars import (
    DECADES,
    HIJRI_MONTHS,
    MONTHS,
    ORDINALS,
    SEASON_NAMES,
    WEEKDAYS,
    alternatives,
    number_of,
)
from statements.text.edtf import EDTF, POINT, DateError
from statements.text.sentence import Sentence
from statements.text.spoken import write

__all__ = ["EDTF", "DateError", "Found", "Reading", "find", "read", "write"]


@dataclass(frozen=True)
class Reading:
    """What an expression means: a value, other values it may have, and why."""

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


class NoDate(Exception):
    """The words look like a date and are none."""


M = alternatives(MONTHS)
#: A month, or two names of one month: «أبريل/نيسان», «تموز (يوليو)», «فبراير شباط».
MONTH = rf"(?:شهر\s+)?(?:{M})\.?(?:\s*[/(،\-]?\s*(?:{M})\s*\)?)?"
D = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{alternatives(ORDINALS)})"
YEAR = r"(?:(?:من\s+)?(?:ال|ل|ب)?(?:عام|سنه)\s+|of\s+|in\s+)?[12]\d{3}\s?(?:م\b|ميلاديه?|ad\b)?"
#: The part of a day is no part of its date: «مساء الأربعاء», «فجر يوم الأحد».
HOUR = r"(?:(?:صباح|مساء|فجر|ظهر|عصر|ليله|ليل)\s+)?"
W = rf"(?:{HOUR}(?:يوم\s+)?(?:{alternatives(WEEKDAYS)})\.?)"
H = alternatives(HIJRI_MONTHS)
S = alternatives(SEASON_NAMES)
TO = r"\s*(?:-|و\s?|الي|ولغايه|لغايه|حتي|to|through|and|until|&)\s*"
OF = r"\s*(?:من\s+|of\s+)?(?:شهر\s+)?"
EARLY = r"(?:في\s+)?(?:مطلع|اوايل|اواسط|منتصف|اواخر|نهايه|بدايه|اخر|early|late|mid|the\s+beginning\s+of|the\s+end\s+of)(?:\s+|-)"
ABOUT = r"(?:نحو|حوالي|قرابه|زهاء|about|around|circa|c\.|approximately)\s+"

PATTERNS: list[tuple[str, str]] = [
    ("iso", r"\d{4}-\d{2}(?:-\d{2})?(?:/\d{4}-\d{2}(?:-\d{2})?)?"),
    ("hijri", rf"(?:{W}\s*،?\s*)?{D}{OF}(?:{H})\s*،?\s*(?:(?:من\s+)?(?:عام|سنه|لعام)\s+)?1[2-5]\d\d\s*(?:ه\b|هجريه?|ah\b)?"),
    ("hijri_month", rf"(?:شهر\s+)?(?:{H})\s+(?:(?:من\s+)?(?:عام|سنه|لعام)\s+)?1[2-5]\d\d\s*(?:ه\b|هجريه?|ah\b)?"),
    ("hijri_year", r"(?:(?:ال|ل)?(?:عام|سنه)\s+)?1[2-5]\d\d\s*(?:ه\b|هجريه?|ah\b)"),
    ("hijri_numbers", r"\d{1,2}\s*[/\-.]\s*\d{1,2}\s*[/\-.]\s*1[2-5]\d\d\s*(?:ه\b|هجريه?|ah\b)?"),
    ("numbers", r"\d{1,2}\s?([/\-.])\s?\d{1,2}\s?\1\s?[12]\d{3}"),
    ("numbers_year_first", r"[12]\d{3}([/.\-])\d{1,2}\1\d{1,2}"),
    ("two_full", rf"(?:(?:من|بين|from|between)\s+)?{D}{OF}{MONTH}\s*،?\s*(?:{YEAR})?{TO}{D}{OF}{MONTH}\s*[،,]?\s*{YEAR}"),
    ("two_full_english", rf"(?:(?:from|between)\s+)?(?:{MONTH})\s+{D}(?:,?\s*{YEAR})?{TO}(?:{MONTH})\s+{D},?\s*{YEAR}"),
    ("day", rf"(?:{W}\s*[،,]?\s*)?{HOUR}(?:\(\s*)?(?:الموافق\s+)?(?:يوم\s+)?(?:the\s+)?{D}{OF}{MONTH}\s*[،,]?\s*{YEAR}\s*\)?"),
    ("two_days", rf"(?:(?:يومي|ايام|الايام|من|بين|في الفتره من|from|between|on)\s+)?(?:{W}\s*(?:و|and)\s*{W}\s+)?{D}{TO}{D}{OF}{MONTH}\s*[،,]?\s*(?:{YEAR})"),
    ("two_days_english", rf"(?:(?:from|between|on)\s+)?{MONTH}\s+{D}{TO}{D},?\s*(?:{YEAR})"),
    ("two_months", rf"(?:(?:من|بين|from|between)\s+)?{MONTH}\s*(?:{YEAR})?{TO}{MONTH}\s*{YEAR}"),
    ("day_english", rf"(?:{W},?\s*)?{MONTH}\s+{D},?\s*{YEAR}"),
    ("part_of_month", rf"{EARLY}{MONTH}\s*[،,]?\s*{YEAR}"),
    ("about", rf"{ABOUT}(?:{D}{OF})?(?:{MONTH}\s*[،,]?\s*)?{YEAR}"),
    ("month", rf"{MONTH}\s*[،,]?\s*{YEAR}"),
    ("winter", r"(?:فصل\s+)?(?:شتاء|winter)\s*(?:of\s+)?(?:(?:عامي?|سنه)\s+)?[12]\d{3}\s*[-/]\s*(?:[12]\d)?\d\d"),
    ("season", rf"(?:فصل\s+)?(?:{S})\s*(?:of\s+)?{YEAR}"),
    ("quarter", rf"(?:q[1-4]\s+{YEAR}|(?:الربع|ربع)\s+(?:{alternatives(ORDINALS)}){OF}{YEAR}|(?:the\s+)?(?:first|second|third|fourth)\s+quarter\s+(?:of\s+)?{YEAR})"),
    ("half", rf"(?:h[12]\s+{YEAR}|النصف\s+(?:{alternatives(ORDINALS)}){OF}{YEAR}|(?:the\s+)?(?:first|second)\s+half\s+(?:of\s+)?{YEAR})"),
    ("part_of_year", rf"{EARLY}{YEAR}"),
    ("decade", rf"(?:the\s+)?[12]\d\d0s|(?:the\s+|(?:عقد\s+)?ال|(?=(?:{alternatives(DECADES)})\s+القرن))({alternatives(DECADES)})(?:\s+(?:من\s+)?القرن\s+(?:العشرين|الماضي|الحادي\s+والعشرين))?(?!\s+من\s+عمر)"),
    ("century", r"القرن\s+(?:العشرين|الحادي\s+والعشرين)|the\s+(?:twentieth|twenty-first|20th|21st)\s+century"),
    ("years", rf"(?:(?:(?:في\s+)?الفتره|من|ما\s+بين|بين|from|between)\s+)*(?:(?:ال)?(?:عامي?|اعوام|سنوات|سنتي)\s+)?[12]\d{{3}}{TO}[12]\d{{3}}"),
    ("since", rf"(?:منذ|since|after|بعد)\s+(?:{D}{OF})?(?:{MONTH}\s*[،,]?\s*)?{YEAR}"),
    ("until", rf"(?:حتي|قبل|until|before)\s+(?:{D}{OF})?(?:{MONTH}\s*[،,]?\s*)?{YEAR}"),
    ("year", r"(?:(?:من\s+)?(?:ال|ل|ب)?(?:عام|سنه)\s+)[12]\d{3}(?:\s?م\b)?|(?:the\s+year\s+)[12]\d{3}"),
]  # fmt: skip
AFTER = r"(?![\w])(?!/\d)(?!\.\d)"
COMPILED = [(name, re.compile(pattern)) for name, pattern in PATTERNS]
#: Arabic particles may be written onto the first word: وفي is out, و and ب and ل before it are too.


def uncaptured(pattern: str) -> str:
    """The pattern without groups of its own, so that many fit into one."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern).replace(r"\1", r"[/.\-]")


ANY = re.compile(
    r"(?<![\d/.])(?:(?<!\w)|(?<=(?<!\w)[وبلكف]))(?:"
    + "|".join(f"(?:{uncaptured(pattern)})" for _, pattern in PATTERNS)
    + rf"){AFTER}"
)
#: A bare year is a date when that is all that was asked about, or behind a word that says so.
BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?م)?")


def read(
    text: str, *, on: datetime.date | None = None, languages: tuple[str, ...] = ("ar", "en")
) -> Reading | None:
    """The whole text as one date expression; None when it is none.

    ``on`` anchors relative expressions; without it they are no dates. ``languages`` is accepted for
    symmetry with ``write``: the patterns of both never compete.
    """
    if len(text) > 200:
        return None
    words = " ".join(fold(text).split()).strip(" .،,؛;")
    if not words:
        return None
    try:
        return Reading(EDTF(text.strip().upper().replace("Y", "")), Sentence("EDTF", "EDTF"))
    except (DateError, ValueError):
        pass
    if BARE_YEAR.fullmatch(words):
        return Reading(EDTF(words[:4]), said("a year", "سنة"))
    return (
        meaning(words, on)
        or compound(words)
        or meaning(
            re.sub(r"^(?:في|خلال|بتاريخ|بحلول|علي\s+مدي|on|in|during|over|by|dated)\s+", "", words),
            on,
        )
        or (meaning(f"يوم {words}", on) if words in WEEKDAYS else None)
    )


RANGE = re.compile(r"(?:من|from|between)?\s*(.+?)\s+(?:الي|حتي|to|until)\s+(.+)")


def compound(words: str) -> Reading | None:
    """A doubted date, a decade by its first year, or a range of two expressions of any kind."""
    doubted = re.fullmatch(r"(.+?)\s*\((?:uncertain|غير موكد)\)", words)
    if doubted:
        inner = read(doubted[1])
        if inner and inner.edtf and not inner.edtf.is_range:
            mark = "%" if inner.edtf.approximate else "?"
            return Reading(EDTF(f"{inner.edtf.bare}{mark}"), inner.reason)
    near = re.fullmatch(rf"{ABOUT}(.+)", words)
    if near and (inner := read(near[1])) and inner.edtf and POINT.fullmatch(inner.edtf):
        return Reading(EDTF(f"{inner.edtf.bare}~"), said("about a date", "تاريخ تقريبي"))
    decade_of = re.fullmatch(r"عقد ([12]\d\d)0", words)
    if decade_of:
        return Reading(EDTF(f"{decade_of[1]}X"), said("a decade", "عقد"))
    ends = RANGE.fullmatch(words)
    if not ends:
        return None
    first, last = (meaning(end, None) for end in ends.groups())
    if not first or not last or not first.edtf or not last.edtf:
        return None
    try:
        return Reading(EDTF(f"{first.edtf}/{last.edtf}"), said("a range", "مدة بين تاريخين"))
    except DateError:
        return None


def meaning(words: str, on: datetime.date | None) -> Reading | None:
    """What folded words mean when they are one expression from beginning to end."""
    for name, pattern in COMPILED:
        if pattern.fullmatch(words):
            try:
                return READERS[name](words)
            except (NoDate, DateError, KeyError, IndexError, OverflowError):
                continue
    found = relative.read(words, on)
    if found is None:
        return None
    return Reading(found.edtf, found.reason, anchor=on, kind=found.kind, warnings=found.warnings)


def find(text: str, *, on: datetime.date | None = None) -> list[Found]:
    """Every date expression in running text, in order, none overlapping."""
    folded = fold_with_offsets(text)
    found: list[Found] = []
    for match in ANY.finditer(folded.text):
        add(found, text, folded, match.start(), match.end(), on)
    taken = [(one.start, one.end) for one in found]
    for start, end in relative.spans(folded.text):
        begin, finish = folded.original_span(start, end)
        if all(finish <= low or begin >= high for low, high in taken):
            add(found, text, folded, start, end, on)
    return sorted(found, key=lambda one: one.start)


def add(found: list[Found], text: str, folded: object, start: int, end: int, on: object) -> None:
    words = folded.text[start:end]  # type: ignore[attr-defined]
    trimmed = words.rstrip(" .،,؛;\n\r\t\xa0")
    if trimmed.count("(") < trimmed.count(")"):
        trimmed = trimmed.rstrip(") ")
    reading = meaning(" ".join(trimmed.split()), on)  # type: ignore[arg-type]
    if reading is None:
        return
    begin, finish = folded.original_span(start, start + len(trimmed))  # type: ignore[attr-defined]
    found.append(
        Found(
            begin,
            finish,
            text[begin:finish],
            reading.edtf,
            reading.reason,
            reading.kind,
            reading.alternatives,
            reading.warnings,
        )
    )


# What each pattern means. Readers take the folded words and look for the parts in their order.


def said(english: str, arabic: str) -> Sentence:
    return Sentence(f"It says {english}.", f"العبارة تدل على {arabic}.")


def months_in(words: str) -> list[int]:
    """The months named in order, two names of one month counting once."""
    found: list[int] = []
    groups = list(re.finditer(rf"(?<!\w){MONTH}(?!\w)", words))
    for group in groups:
        named = [number_of(MONTHS, part) for part in re.findall(rf"(?<!\w)(?:{M})(?!\w)", group[0])]
        found += dict.fromkeys(named)
    return found


def years_in(words: str) -> list[int]:
    return [int(year) for year in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", words)]


def days_in(words: str) -> list[int]:
    """Days of a month, in figures or in words, leaving out the ordinals that belong to month names."""
    bare = re.sub(rf"(?<!\w)(?:{M})(?!\w)", " ", words)
    bare = re.sub(r"(?<!\d)[12]\d{3}(?!\d)", " ", bare)
    days = []
    for part in re.findall(rf"(?<![\w]){D}(?![\w])|(?<=(?<!\w)و)\d{{1,2}}(?!\d)", bare):
        figure = re.match(r"\d+", part)
        days.append(int(figure[0]) if figure else number_of(ORDINALS, part))
    return days


def day(year: int, month: int, number: int) -> EDTF:
    return EDTF(f"{year:04}-{month:02}-{number:02}")


def month_value(year: int, month: int) -> EDTF:
    return EDTF(f"{year:04}-{month:02}")


def one_day(words: str) -> Reading:
    match = re.match(rf"(?:يوم\s+)?({alternatives(WEEKDAYS)})\.?(?!\w)", words)
    rest = words[match.end() :] if match else words
    value = day(years_in(rest)[-1], only_month(rest), days_in(rest)[0])
    warnings: tuple[Sentence, ...] = ()
    if match and value.first and value.first.weekday() != number_of(WEEKDAYS, match[1]):
        right = write(value, "en"), write(value, "ar")
        warnings = (
            Sentence(
                f"{right[0]} was not the weekday that is printed.",
                f"{right[1]} لا يوافق يوم الأسبوع المطبوع.",
            ),
        )
    return Reading(value, said("a day", "يوم"), warnings=warnings)


def two_days(words: str) -> Reading:
    days, months, years = days_in(words), months_in(words), years_in(words)
    first_month = months[0]
    first_year = years[0]
    return Reading(
        EDTF(f"{day(first_year, first_month, days[0])}/{day(years[-1], months[-1], days[1])}"),
        said("a range of days", "عدة أيام"),
    )


def two_months(words: str) -> Reading:
    months, years = months_in(words), years_in(words)
    if len(months) < 2:
        raise NoDate
    return Reading(
        EDTF(f"{month_value(years[0], months[0])}/{month_value(years[-1], months[1])}"),
        said("a range of months", "عدة أشهر"),
    )


def one_month(words: str) -> Reading:
    return Reading(month_value(years_in(words)[-1], only_month(words)), said("a month", "شهر"))


def only_month(words: str) -> int:
    """The one month named; raises NoDate when two names say two months."""
    months = months_in(words)
    if len(months) != 1:
        raise NoDate
    return months[0]


def part_of(words: str) -> Reading:
    year = years_in(words)[-1]
    months = months_in(words)
    value = f"{month_value(year, months[0])}~" if months else f"{year}~"
    return Reading(EDTF(value), said("a part of a month or year", "جزء من شهر أو سنة"))


def about(words: str) -> Reading:
    return Reading(EDTF(f"{best(words)}~"), said("about a date", "تاريخ تقريبي"))


def best(words: str) -> EDTF:
    """The most exact value that the parts give: day, month or year."""
    year, months = years_in(words)[-1], months_in(words)
    days = days_in(words) if months else []
    if days:
        return day(year, months[0], days[0])
    return month_value(year, months[0]) if months else EDTF(f"{year}")


def since(words: str) -> Reading:
    return Reading(EDTF(f"{best(words)}/.."), said("since a date", "ما بعد تاريخ"))


def until(words: str) -> Reading:
    return Reading(EDTF(f"../{best(words)}"), said("until a date", "ما قبل تاريخ"))


def season(words: str) -> Reading:
    match = re.search(rf"(?<!\w)({S})(?!\w)", words)
    if not match:
        raise NoDate
    return Reading(
        EDTF(f"{years_in(words)[-1]}-{number_of(SEASON_NAMES, match[1])}"), said("a season", "فصل")
    )


def winter(words: str) -> Reading:
    """«شتاء 2023-2024»: the winter that begins in the first of the two years."""
    first, second = re.findall(r"\d+", words)[:2]
    if int(second[-2:]) != (int(first) + 1) % 100:
        raise NoDate
    return Reading(EDTF(f"{first}-24"), said("a season", "فصل"))


def hijri_year(words: str) -> Reading:
    number = int(re.findall(r"\d{4}", words)[0])
    try:
        first = Hijri(number, 1, 1).to_gregorian()
        last = Hijri(number + 1, 1, 1).to_gregorian() - datetime.timedelta(days=1)
    except ValueError as error:  # outside the calendar's tables
        raise NoDate from error
    return Reading(
        EDTF(f"{first.isoformat()}/{last.isoformat()}"), said("a Hijri year", "سنة هجرية")
    )


def numbered_part(words: str) -> int:
    figure = re.match(r"[qh]([1-4])", words)
    if figure:
        return int(figure[1])
    match = re.search(rf"(?<!\w)({alternatives(ORDINALS)})(?!\w)", words.replace("fourth", "4th"))
    if not match:
        raise NoDate
    return number_of(ORDINALS, match[1])


def quarter(words: str) -> Reading:
    part = numbered_part(words)
    if part > 4:
        raise NoDate
    return Reading(EDTF(f"{years_in(words)[-1]}-{32 + part}"), said("a quarter", "ربع سنة"))


def half(words: str) -> Reading:
    part = numbered_part(words)
    if part > 2:
        raise NoDate
    return Reading(EDTF(f"{years_in(words)[-1]}-{39 + part}"), said("half a year", "نصف سنة"))


def decade(words: str) -> Reading:
    figure = re.search(r"([12]\d\d)0s", words)
    if figure:
        return Reading(EDTF(f"{figure[1]}X"), said("a decade", "عقد"))
    match = re.search(rf"({alternatives(DECADES)})", words)
    assert match
    century = 20 if "الحادي" in words else 19
    return Reading(EDTF(f"{century}{number_of(DECADES, match[1])}X"), said("a decade", "عقد"))


def century(words: str) -> Reading:
    late = any(part in words for part in ("الحادي", "first", "21"))
    return Reading(EDTF("20XX" if late else "19XX"), said("a century", "قرن"))


def years(words: str) -> Reading:
    first, last = years_in(words)[:2]
    return Reading(EDTF(f"{first}/{last}"), said("a range of years", "عدة سنوات"))


def year(words: str) -> Reading:
    return Reading(EDTF(str(years_in(words)[0])), said("a year", "سنة"))


def iso(words: str) -> Reading:
    return Reading(EDTF(words), said("an ISO date", "تاريخ بصيغة ISO"))


def numbers(words: str) -> Reading:
    first, second, year_number = (int(part) for part in re.findall(r"\d+", words))
    other: tuple[EDTF, ...] = ()
    if second > 12 >= first:
        value = day(year_number, first, second)
    else:
        value = day(year_number, second, first)
        if first <= 12 and first != second:
            other = (day(year_number, first, second),)
    return Reading(
        value,
        Sentence("Numbers are read with the day first.", "تُقرأ الأرقام واليوم أولها."),
        other,
    )


def numbers_year_first(words: str) -> Reading:
    year_number, month, number = (int(part) for part in re.findall(r"\d+", words))
    return Reading(day(year_number, month, number), said("a day", "يوم"))


def hijri_day(year_number: int, month: int, number: int) -> EDTF:
    try:
        return EDTF(Hijri(year_number, month, number).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        raise NoDate from None


HIJRI_REASON = Sentence(
    "A Hijri date, by the Umm al-Qura calendar.", "تاريخ هجري بحسب تقويم أم القرى."
)


def hijri(words: str) -> Reading:
    match = re.search(rf"(?<!\w)({H})(?!\w)", words)
    if not match:
        raise NoDate
    before = re.sub(rf"^(?:يوم\s+)?(?:{alternatives(WEEKDAYS)})\s*،?", "", words[: match.start()])
    figure = re.search(r"\d+", before)
    number = int(figure[0]) if figure else days_in(before)[-1]
    return Reading(
        hijri_day(years_in(words)[-1], number_of(HIJRI_MONTHS, match[1]), number), HIJRI_REASON
    )


def hijri_month(words: str) -> Reading:
    match = re.search(rf"(?<!\w)({H})(?!\w)", words)
    if not match:
        raise NoDate
    year_number, month = years_in(words)[-1], number_of(HIJRI_MONTHS, match[1])
    first = hijri_day(year_number, month, 1)
    length = Hijri(year_number, month, 1).month_length()
    return Reading(EDTF(f"{first}/{hijri_day(year_number, month, length)}"), HIJRI_REASON)


def hijri_numbers(words: str) -> Reading:
    number, month, year_number = (int(part) for part in re.findall(r"\d+", words))
    if month > 12:
        raise NoDate
    return Reading(hijri_day(year_number, month, number), HIJRI_REASON)


READERS: dict[str, Callable[[str], Reading]] = {
    "iso": iso,
    "hijri": hijri,
    "hijri_month": hijri_month,
    "hijri_numbers": hijri_numbers,
    "hijri_year": hijri_year,
    "winter": winter,
    "numbers": numbers,
    "numbers_year_first": numbers_year_first,
    "two_full": two_days,
    "two_full_english": two_days,
    "two_days": two_days,
    "two_days_english": two_days,
    "two_months": two_months,
    "day": one_day,
    "day_english": one_day,
    "part_of_month": part_of,
    "about": about,
    "month": one_month,
    "season": season,
    "quarter": quarter,
    "half": half,
    "part_of_year": part_of,
    "decade": decade,
    "century": century,
    "years": years,
    "since": since,
    "until": until,
    "year": year,
}
