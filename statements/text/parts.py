"""One date of an expression, perhaps not complete, and the EDTF value that its parts make.

Sources: ISO 8601-2:2019 for the values; the Umm al-Qura calendar (``hijridate``, 1343–1500) for Hijri dates.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hijridate import Hijri

from statements.text.edtf import EDTF, DateError
from statements.text.sentence import Sentence


@dataclass(frozen=True)
class Part:
    """One date, perhaps not complete; ``value`` when it is known as a whole."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    code: int | None = None  #: a season, quarter, third or half of the year, as EDTF numbers them
    value: EDTF | None = None
    hijri: bool = False
    weekday: int | None = None
    approximate: bool = False
    uncertain: bool = False
    relative: bool = False  #: counted from the day of the document
    bare: bool = False  #: a number without a word that says that it is a year
    edge: str = ""  #: ``start`` or ``end``: of the time named
    kind: str = "absolute"
    reason: Sentence | None = None
    alternatives: tuple[EDTF, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    impossible: bool = False


IMPOSSIBLE = Part(impossible=True)
#: Parts, each with the place where its words end.
Readings = Iterator[tuple[Part, int]]
#: Years that a number without a word for “year” may be.
YEARS = range(1800, 2100)

HIJRI = Sentence("A Hijri date, by the Umm al-Qura calendar.", "تاريخ هجري بحسب تقويم أم القرى.")
WEEKDAY_DIFFERS = Sentence(
    "The weekday that is printed is not that of the date.",
    "يوم الأسبوع المطبوع لا يوافق التاريخ.",
)


def edtf(text: str) -> EDTF | None:
    try:
        return EDTF(text)
    except DateError:
        return None


def complete(part: Part) -> EDTF | None:
    """The value of a part that says its year; None when it is no date or says none."""
    if part.value:
        return part.value
    if part.year is None:
        return None
    if part.hijri:
        return hijri(part)
    if part.code:
        return edtf(f"{part.year:04}-{part.code}")
    text = f"{part.year:04}"
    if part.month is not None:
        text += f"-{part.month:02}"
        if not 1 <= part.month <= 12:
            return None
        if part.day is not None:
            text += f"-{part.day:02}"
    return edtf(text)


def hijri(part: Part) -> EDTF | None:
    """A Hijri day, or the first and last day of a Hijri month or year, by Umm al-Qura (1343–1500)."""
    assert part.year is not None
    try:
        if part.month and part.day:
            return EDTF(Hijri(part.year, part.month, part.day).to_gregorian().isoformat())
        first = Hijri(part.year, part.month or 1, 1).to_gregorian()
        final = Hijri(part.year, part.month or 12, 1)
        last = Hijri(part.year, final.month, final.month_length()).to_gregorian()
        return EDTF(f"{first.isoformat()}/{last.isoformat()}")
    except (ValueError, OverflowError):
        return None


def century(number: int) -> EDTF | None:
    return edtf(f"{number - 1:02}XX")


def half_of_month(part: Part, number: int) -> Part:
    """The first or second half of a month, in days."""
    value = part.value
    if value is None or value.precision != "month" or not value.first or not value.last:
        return IMPOSSIBLE
    middle = value.first.replace(day=15)
    low, high = (
        (value.first, middle) if number == 1 else (middle + datetime.timedelta(days=1), value.last)
    )
    return replace(
        part, value=edtf(f"{low.isoformat()}/{high.isoformat()}"), year=None, month=None, day=None
    )


def seven_days(part: Part, number: int) -> Part:
    """The first to fourth seven days of a month, or its last seven (-1)."""
    month = checked(replace(part, day=None)).value
    if month is None or not month.first or not month.last:
        return IMPOSSIBLE
    low = month.first + datetime.timedelta(days=7 * (number - 1))
    low = month.last - datetime.timedelta(days=6) if number < 0 else low
    high = low + datetime.timedelta(days=6)
    value = edtf(f"{low.isoformat()}/{high.isoformat()}")
    return replace(part, value=value, year=None, month=None, day=None)


def parts_of(part: Part) -> tuple[int | None, int | None, int | None]:
    """Year, month and day that a part says or that its value begins with."""
    if part.value is None or part.value.first is None:
        return part.year, part.month, part.day
    first = part.value.first
    if part.hijri:
        return part.year, part.month, part.day
    precise = part.value.precision
    return first.year, first.month if precise in ("day", "month") else None, first.day


def follows(low: EDTF, high: EDTF) -> bool:
    """Whether the second is the next day, month, season or year."""
    if low.precision != high.precision or not low.last or not high.first:
        return False
    return low.last + datetime.timedelta(days=1) == high.first


def checked(part: Part) -> Part:
    """The part with its value, or one that is no date."""
    value = complete(part)
    if value is None:
        return IMPOSSIBLE
    return replace(part, value=value, bare=False, reason=HIJRI if part.hijri else None)


def with_weekday(part: Part, weekday: int | None) -> Part:
    """Marked uncertain where the printed weekday is not that of the date."""
    if weekday is None or part.impossible:
        return part
    value = part.value or complete(part)
    if value is None:
        return replace(part, weekday=weekday)
    if value.first and value.first.weekday() != weekday:
        return replace(
            part, value=value, uncertain=True, warnings=(*part.warnings, WEEKDAY_DIFFERS)
        )
    return replace(part, value=value, weekday=weekday)
