"""Relative dates: "last summer" against a document's date, with the reason.

An expression without an anchor, or too vague for a value, is found but has none. Weeks run from
Monday to Sunday (ISO 8601); a weekday alone in a report means the latest one not after the report.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from statements.text.calendars import (
    COUNTS,
    MONTHS,
    SEASON_NAMES,
    WEEKDAYS,
    alternatives,
    number_of,
)
from statements.text.edtf import EDTF
from statements.text.sentence import Sentence


@dataclass(frozen=True)
class Relative:
    edtf: EDTF | None
    reason: Sentence
    kind: str = "relative"
    warnings: tuple[Sentence, ...] = ()


M = alternatives(MONTHS)
MONTH = rf"(?:شهر\s+)?(?:{M})(?:\s*[/(،\-]?\s*(?:{M})\s*\)?)?"
S = alternatives(SEASON_NAMES)
N = rf"(?:\d{{1,3}}|{alternatives(COUNTS)})"
W = alternatives({name: day for name, day in WEEKDAYS.items() if len(name) > 4})
UNITS = {
    "day": r"(?:ايام|يوما?|days?)",
    "week": r"(?:اسابيع|اسبوعا?|weeks?)",
    "month": r"(?:اشهر|شهور|شهرا?|months?)",
    "year": r"(?:سنوات|سنين|اعوام|عاما?|سنه|years?)",
}
DUALS = {"يومين": ("day", 2), "اسبوعين": ("week", 2), "شهرين": ("month", 2), "عامين": ("year", 2), "سنتين": ("year", 2)}  # fmt: skip
U = "|".join(UNITS.values())
DUAL = "|".join(DUALS)
LAST = r"(?:الماضي|الماضيه|الفايت|المنصرم|المنصرمه|السابق)"
NEXT = r"(?:القادم|القادمه|المقبل|المقبله|التالي)"
THIS = r"(?:الحالي|الجاري|الحاليه|الجاريه)"

HOUR = r"(?:(?:صباح|مساء|فجر|ظهر|عصر|ليله|ليل)\s+)?"

PATTERNS: dict[str, str] = {
    "garbled": rf"امس\s+قبل\s+(?:ايام|يومين|{N}\s+ايام)",
    "day_before_yesterday": r"(?:(?:ال)?اول\s+(?:من\s+)?امس|امس\s+الاول|قبل\s+امس|(?:the\s+)?day\s+before\s+yesterday)",
    "day_after_tomorrow": r"(?:بعد\s+غد|(?:the\s+)?day\s+after\s+tomorrow)",
    "yesterday": rf"(?:{HOUR}(?:يوم\s+)?امس(?!\s+(?:قبل|الاول))(?:\s*،?\s*(?:{W}))?|yesterday)",
    "today": rf"(?:{HOUR}اليوم(?:\s*،?\s*(?:{W}))?|today)",
    "tomorrow": rf"(?:{HOUR}(?:غدا|غد|يوم\s+غد)(?:\s*،?\s*(?:{W}))?|tomorrow)",
    "ago": rf"(?:قبل|منذ)\s+(?:{DUAL}|{N}\s+(?:{U})|(?:اسبوع|شهر|عام|سنه|يوم))|{N}\s+(?:{U})\s+ago",
    "ahead": rf"(?:بعد|خلال)\s+(?:{DUAL}|{N}\s+(?:{U})|(?:اسبوع|شهر|عام|سنه))|in\s+{N}\s+(?:{U})",
    "past_span": rf"(?:(?:الايام|الاسابيع|الاشهر|السنوات|الاعوام)\s+{N}\s+{LAST}|{N}\s+(?:{U})\s+{LAST}|(?:the\s+)?(?:past|last)\s+{N}\s+(?:{U}))",
    "past_decade": rf"(?:العقد\s+{LAST}|(?:the\s+)?(?:past|last)\s+decade)",
    "month_of_this_year": rf"{MONTH}\s+(?:من\s+)?(?:هذا\s+العام|العام\s+{THIS}|هذه\s+السنه)|(?:{M})\s+(?:of\s+)?this\s+year|this\s+(?:{M})",
    "month_of_last_year": rf"{MONTH}\s+(?:من\s+)?(?:العام|السنه)\s+{LAST}|(?:{M})\s+(?:of\s+)?last\s+year",
    "last_month_named": rf"{MONTH}\s+{LAST}|last\s+(?:{M})",
    "next_month_named": rf"{MONTH}\s+{NEXT}|next\s+(?:{M})",
    "day_of_month": rf"\d{{1,2}}\s+(?:من\s+)?(?:(?:هذا\s+)?الشهر(?:\s+(?:{THIS}|{LAST}|{NEXT}))?)|(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+of\s+(?:this|last|next)\s+month",
    "day_of_no_year": rf"(?:(?:يوم\s+)?(?:{W})\s*،?\s*)?(?:\d{{1,2}}\s+(?:من\s+)?{MONTH}|(?:{M})\s+\d{{1,2}}(?:st|nd|rd|th)?)",
    "earlier_this_year": r"(?:في\s+)?وقت\s+(?:سابق|لاحق)\s+(?:من\s+)?(?:هذا\s+العام|العام\s+الجاري|العام\s+الحالي)|(?:earlier|later)\s+this\s+year",
    "earlier_this_month": r"(?:في\s+)?وقت\s+(?:سابق|لاحق)\s+(?:من\s+)?(?:هذا\s+الشهر|الشهر\s+الجاري|الشهر\s+الحالي)|(?:earlier|later)\s+this\s+month",
    "this_season": rf"(?:هذا\s+ال(?:{S}))|this\s+(?:{S})",
    "last_season": rf"ال(?:{S})\s+{LAST}|last\s+(?:{S})",
    "next_season": rf"ال(?:{S})\s+{NEXT}|next\s+(?:{S})",
    "this_week": rf"هذا\s+الاسبوع|الاسبوع\s+{THIS}|this\s+week",
    "last_week": rf"الاسبوع\s+{LAST}|last\s+week",
    "next_week": rf"الاسبوع\s+{NEXT}|next\s+week",
    "this_month": rf"هذا\s+الشهر|الشهر\s+{THIS}|this\s+month",
    "last_month": rf"الشهر\s+{LAST}|last\s+month",
    "next_month": rf"الشهر\s+{NEXT}|next\s+month",
    "this_year": rf"هذا\s+العام|هذه\s+السنه|العام\s+{THIS}|السنه\s+{THIS}|this\s+year",
    "last_year": rf"العام\s+{LAST}|السنه\s+{LAST}|last\s+year",
    "next_year": rf"العام\s+{NEXT}|السنه\s+{NEXT}|next\s+year",
    "last_weekday": rf"(?:يوم\s+)?(?:{W})\s+{LAST}|last\s+(?:{W})",
    "next_weekday": rf"(?:يوم\s+)?(?:{W})\s+{NEXT}|next\s+(?:{W})",
    "weekday": rf"(?:يوم|صباح|مساء|فجر|ظهر|عصر|ليله|ليل)\s+(?:يوم\s+)?(?:{W})|(?:on\s+)?(?:{'|'.join(n for n in WEEKDAYS if n.endswith('day'))})",
    "shortly": r"بعد\s+(?:فتره|مده|وقت)\s+(?:وجيزه?|قصيره?)|shortly\s+(?:after|thereafter)",
    "coming_years": rf"(?:السنوات|الاعوام)\s+{NEXT}|(?:the\s+)?(?:coming|next\s+few)\s+years",
    "anniversary": r"ب?الذكري\s+(?:السنويه\s+)?(?:العاشره|الاولي|الخامسه|العشرين)(?:\s+(?:القادمه|المقبله))?|(?:the\s+)?(?:upcoming\s+)?(?:10th|tenth|first|fifth|20th)\s+anniversary",
    "duration": rf"(?:اكثر\s+من|more\s+than)\s+(?:عقد(?:ين)?|a\s+decade|{N}\s+(?:{U}))|(?<!قبل\s)(?<!بعد\s)(?<!خلال\s)(?<!منذ\s)(?:{DUAL})",
}  # fmt: skip
COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
ANY = re.compile(
    r"(?:(?<!\w)|(?<=(?<!\w)[وبلف]))(?:"
    + "|".join(f"(?:{pattern})" for pattern in PATTERNS.values())
    + r")(?!\w)"
)
#: Names that contain a word for a day: broadcasters, papers.
NAMES = re.compile(r"(?:روسيا|صحيفه|جريده|العراق|السومريه|قناه|usa|russia)\s+(?:اليوم|today)")


def spans(folded: str) -> Iterator[tuple[int, int]]:
    """Where relative expressions stand in folded text."""
    names = [match.span() for match in NAMES.finditer(folded)]
    for match in ANY.finditer(folded):
        if not any(low <= match.start() < high for low, high in names):
            yield match.span()


def read(words: str, on: datetime.date | None) -> Relative | None:
    """What folded words mean when they are one relative expression; without ``on`` only what needs none."""
    for name, pattern in COMPILED.items():
        if pattern.fullmatch(words):
            if name == "duration":
                return Relative(
                    None, Sentence("A length of time, not a date.", "مدة لا تاريخ."), "duration"
                )
            if on is None:
                return None
            return value(name, words, on)
    return None


def because(anchor: datetime.date, english: str, arabic: str) -> Sentence:
    return Sentence(
        f"{english}, counted from {anchor.isoformat()}.",
        f"{arabic}، محسوبًا من {anchor.isoformat()}.",
    )


def value(name: str, words: str, on: datetime.date) -> Relative:
    reason = because(on, "Relative", "نسبي")
    if name == "garbled":
        warning = Sentence(
            "The words contradict themselves; only an approximate value is safe.",
            "العبارة تناقض نفسها، ولا يؤمن منها إلا تاريخ تقريبي.",
        )
        return Relative(
            EDTF(f"{(on - datetime.timedelta(days=3)).isoformat()}~"), reason, warnings=(warning,)
        )
    if name in ("shortly", "coming_years"):
        start = on.isoformat() if name == "shortly" else f"{on.year}"
        return Relative(EDTF(f"{start}/.."), reason, "vague")
    if name == "anniversary":
        return Relative(EDTF(f"{on.year}~"), reason)
    if name in DAYS:
        return Relative(EDTF((on + datetime.timedelta(days=DAYS[name])).isoformat()), reason)
    if name in ("ago", "ahead"):
        return Relative(counted(words, on, -1 if name == "ago" else 1), reason)
    if name == "past_span":
        return Relative(past_span(words, on), reason)
    if name == "day_of_month":
        return Relative(day_of_month(words, on), reason)
    if name == "day_of_no_year":
        return Relative(nearest_day(words, on), reason)
    if name == "past_decade":
        return Relative(EDTF(f"{on.year - 10}~/{on.year}~"), reason)
    return Relative(calendar_unit(name, words, on), reason)


DAYS = {
    "day_before_yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day_after_tomorrow": 2,
}


def counted(words: str, on: datetime.date, sign: int) -> EDTF:
    """«قبل ثلاثة أشهر»: as exact as the unit it counts in."""
    unit, number = unit_and_number(words)
    if unit == "day":
        return EDTF((on + sign * datetime.timedelta(days=number)).isoformat())
    if unit == "week":
        return EDTF(f"{(on + sign * datetime.timedelta(weeks=number)).isoformat()}~")
    if unit == "month":
        return months_from(on, sign * number)
    return EDTF(f"{on.year + sign * number}")


def unit_and_number(words: str) -> tuple[str, int]:
    for dual, found in DUALS.items():
        if re.search(rf"(?<!\w){dual}(?!\w)", words):
            return found
    unit = next(
        name
        for name, pattern in UNITS.items()
        if re.search(rf"(?<!\w)(?:ال)?{pattern}(?!\w)", words)
    )
    figure = re.search(r"\d+", words)
    if figure:
        return unit, int(figure[0])
    match = re.search(rf"(?<!\w)({alternatives(COUNTS)})(?!\w)", words)
    return unit, number_of(COUNTS, match[1]) if match else 1


def months_from(on: datetime.date, number: int) -> EDTF:
    index = on.year * 12 + on.month - 1 + number
    return EDTF(f"{index // 12:04}-{index % 12 + 1:02}")


def nearest_day(words: str, on: datetime.date) -> EDTF | None:
    """A day and a month without a year: the one nearest to the anchor."""
    match = re.search(rf"(?<!\w)({M})(?!\w)", words)
    number = re.search(r"\d+", words)
    assert match
    assert number
    month, days = number_of(MONTHS, match[1]), []
    for year in (on.year - 1, on.year, on.year + 1):
        try:
            days.append(datetime.date(year, month, int(number[0])))
        except ValueError:
            continue
    named = re.match(rf"(?:يوم\s+)?({alternatives(WEEKDAYS)})(?!\w)", words)
    if named:  # the weekday printed beside it tells the year
        days = [day for day in days if day.weekday() == number_of(WEEKDAYS, named[1])]
    return EDTF(min(days, key=lambda day: abs(day - on)).isoformat()) if days else None


def day_of_month(words: str, on: datetime.date) -> EDTF | None:
    """«23 من الشهر الجاري»: a day of this month, the last or the next."""
    shift = (
        -1 if re.search(rf"{LAST}|last", words) else 1 if re.search(rf"{NEXT}|next", words) else 0
    )
    number = re.search(r"\d+", words)
    assert number
    try:
        month = months_from(on, shift)
        return EDTF(datetime.date(int(month[:4]), int(month[5:7]), int(number[0])).isoformat())
    except ValueError:
        return None


def past_span(words: str, on: datetime.date) -> EDTF:
    unit, number = unit_and_number(words)
    if unit == "month":
        return EDTF(f"{months_from(on, -number)}~/{months_from(on, 0)}~")
    if unit == "year":
        return EDTF(f"{on.year - number}~/{on.year}~")
    days = number * (7 if unit == "week" else 1)
    return EDTF(f"{(on - datetime.timedelta(days=days)).isoformat()}~/{on.isoformat()}~")


def calendar_unit(name: str, words: str, on: datetime.date) -> EDTF:
    shift = -1 if name.startswith("last") else 1 if name.startswith("next") else 0
    if name in ("this_week", "last_week", "next_week"):
        monday = on - datetime.timedelta(days=on.weekday()) + datetime.timedelta(weeks=shift)
        return EDTF(f"{monday.isoformat()}/{(monday + datetime.timedelta(days=6)).isoformat()}")
    if name in ("this_month", "last_month", "next_month"):
        return months_from(on, shift)
    if name in ("this_year", "last_year", "next_year"):
        return EDTF(f"{on.year + shift}")
    if name == "earlier_this_year":
        return EDTF(f"{on.year}")
    if name == "earlier_this_month":
        return months_from(on, 0)
    if name.endswith("weekday"):
        return weekday(name, words, on)
    if name.endswith("season"):
        return season(shift, words, on)
    return named_month(name, words, on)


def weekday(name: str, words: str, on: datetime.date) -> EDTF:
    match = re.search(rf"(?<!\w)({alternatives(WEEKDAYS)})(?!\w)", words)
    assert match
    wanted = number_of(WEEKDAYS, match[1])
    if name == "next_weekday":
        ahead = (wanted - on.weekday() - 1) % 7 + 1
        return EDTF((on + datetime.timedelta(days=ahead)).isoformat())
    back = (on.weekday() - wanted) % 7
    if name == "last_weekday" and back == 0:
        back = 7
    return EDTF((on - datetime.timedelta(days=back)).isoformat())


def season(shift: int, words: str, on: datetime.date) -> EDTF:
    """The season asked for that ended before, holds, or begins after the anchor."""
    match = re.search(rf"(?<!\w)(?:ال)?({alternatives(SEASON_NAMES)})(?!\w)", words)
    assert match
    code = number_of(SEASON_NAMES, match[1])
    candidates = [EDTF(f"{on.year + years}-{code}") for years in range(-2, 3)]
    if shift < 0:
        return max(value for value in candidates if value.last and value.last < on)
    if shift > 0:
        return min(value for value in candidates if value.first and value.first > on)
    for value in candidates:
        if value.first and value.last and value.first <= on <= value.last:
            return value
    return EDTF(f"{on.year}-{code}")


def named_month(name: str, words: str, on: datetime.date) -> EDTF:
    match = re.search(rf"(?<!\w)({M})(?!\w)", words)
    assert match
    month = number_of(MONTHS, match[1])
    year = on.year
    if name == "month_of_last_year" or name == "last_month_named" and month >= on.month:
        year -= 1
    elif name == "next_month_named" and month <= on.month:
        year += 1
    return EDTF(f"{year}-{month:02}")
