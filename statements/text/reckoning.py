"""What is so many days, weeks, months or years from a day, and which of several years a date is of.

Weeks run from Monday to Sunday (ISO 8601-1:2019, 3.1.1.23). A month or season “last” or «الماضي» is the latest that
ended before, “next” the first that begins after. A value is as exact as the unit that is counted in.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from hijridate import Gregorian

from statements.text.edtf import EDTF
from statements.text.parts import WEEKDAY_DIFFERS, Part
from statements.text.sentence import Sentence

#: How far a date without a year may lie before or after the document's day and still be sure: what
#: is reported lies behind more often than ahead.
BEHIND, AHEAD = 183, 92

FAR = Sentence("The year is not said and not sure.", "السنة لم تُذكر وليست مؤكدة.")


def weekday(number: int, shift: int, on: datetime.date) -> datetime.date:
    """The latest such day not after ``on`` (0), before it (-1) or a week earlier (-2), or the first after it (1)."""
    if shift > 0:
        return on + datetime.timedelta(days=(number - on.weekday() - 1) % 7 + 1)
    back = (on.weekday() - number) % 7
    return on - datetime.timedelta(days=(back or (7 if shift else 0)) + (7 if shift < -1 else 0))


def season(code: int, shift: int, on: datetime.date) -> EDTF:
    """The season that ended before (-1, or -2 the one a year earlier), holds (0) or begins after ``on`` (1)."""
    candidates = [EDTF(f"{on.year + years}-{code}") for years in range(-3, 3)]
    if shift < 0:
        over = [value for value in candidates if value.last and value.last < on]
        return sorted(over)[shift]
    if shift > 0:
        return min(value for value in candidates if value.first and value.first > on)
    for value in candidates:
        if value.first and value.last and value.first <= on <= value.last:
            return value
    return EDTF(f"{on.year}-{code}")


def year_of_month(month: int, shift: int, on: datetime.date) -> int:
    """The year of «آذار الماضي», «آذار قبل الماضي», «آذار الجاري» or «آذار المقبل»."""
    if shift < 0:
        return on.year - (month >= on.month) + shift + 1
    if shift > 0:
        return on.year + (month <= on.month)
    return on.year


def hijri_year_of_month(month: int, shift: int, on: datetime.date) -> int:
    """The Hijri year of «رمضان الماضي», «5 شوال الجاري» or «محرم المقبل» (Umm al-Qura)."""
    today = Gregorian(on.year, on.month, on.day).to_hijri()
    return year_of_month(month, shift, datetime.date(today.year, today.month, 1))


def months_from(on: datetime.date, number: int) -> tuple[int, int]:
    index = on.year * 12 + on.month - 1 + number
    return index // 12, index % 12 + 1


def unit_value(name: str, shift: int, on: datetime.date) -> Part:
    """The day, week, month, year, decade or century before (-1), at (0) or after ``on`` (1)."""
    if name == "day":
        return Part(value=EDTF(on.isoformat()), relative=True)
    if name == "week":
        monday = on - datetime.timedelta(days=on.weekday()) + datetime.timedelta(weeks=shift)
        sunday = monday + datetime.timedelta(days=6)
        return Part(value=EDTF(f"{monday.isoformat()}/{sunday.isoformat()}"), relative=True)
    if name == "month":
        year, month = months_from(on, shift)
        return Part(year, month, relative=True)
    if name == "year":
        return Part(on.year + shift, relative=True)
    if name == "decade":
        if shift == -1:  # the press means the ten years up to now
            return span("decade", 1, -1, on)
        return Part(value=EDTF(f"{on.year // 10 + shift}X"), relative=True)
    return Part(value=EDTF(f"{on.year // 100 + shift}XX"), relative=True)


def counted(name: str, number: int, on: datetime.date) -> Part:
    """«قبل ثلاثة أشهر»: the day, about the day for weeks, the month, the year so far away."""
    if name == "day":
        return Part(value=EDTF((on + datetime.timedelta(days=number)).isoformat()), relative=True)
    if name == "week":
        day = on + datetime.timedelta(weeks=number)
        return Part(value=EDTF(f"{day.isoformat()}~"), relative=True)
    if name == "month":
        year, month = months_from(on, number)
        return Part(value=EDTF(f"{year:04}-{month:02}"), relative=True)
    years = number * 10 if name == "decade" else number
    return Part(value=EDTF(f"{on.year + years:04}"), relative=True)


def span(name: str, number: int, shift: int, on: datetime.date) -> Part:
    """«الأشهر الستة الماضية»: about the time from then to ``on``, or from ``on`` to then."""
    if name in ("year", "decade"):
        here = f"{on.year}"
        there = f"{on.year + shift * number * (10 if name == 'decade' else 1):04}"
    elif name == "month":
        here = "-".join(f"{part:02}" for part in months_from(on, 0))
        there = "-".join(f"{part:02}" for part in months_from(on, shift * number))
    else:
        days = number * (7 if name == "week" else 1)
        here = on.isoformat()
        there = (on + shift * datetime.timedelta(days=days)).isoformat()
    first, last = (there, here) if shift < 0 else (here, there)
    return Part(value=EDTF(f"{first}~/{last}~"), relative=True)


def coming(name: str, on: datetime.date) -> Part:
    """«السنوات القادمة»: from now on, without an end."""
    start = {"month": f"{on.year}-{on.month:02}", "year": f"{on.year}", "decade": f"{on.year}"}
    value = EDTF(f"{start.get(name, on.isoformat())}/..")
    return Part(value=value, relative=True, kind="vague")


def about_year(on: datetime.date) -> Part:
    return Part(value=EDTF(f"{on.year}~"), relative=True)


def nearest(
    candidates: list[Part], on: datetime.date, weekday: int | None, ahead_of: bool | None = None
) -> Part:
    """Of one date in several years the one near enough to be meant; else all of them, and none chosen.

    A printed weekday tells the year; one that fits no year leaves the date uncertain. ``ahead_of``: the words
    say that it is not over on the day ("by March"), or that it has begun ("since October").
    """
    if ahead_of is not None:
        fitting = [
            one for one in candidates if (ahead(one, on) >= 0 if ahead_of else ahead(one, on) <= 0)
        ]
        if fitting:
            return min(fitting, key=lambda one: distance(one, on))
    if weekday is not None:
        fitting = [
            one
            for one in candidates
            if one.value and one.value.first and one.value.first.weekday() == weekday
        ]
        if fitting:
            return replace(min(fitting, key=lambda one: distance(one, on)), weekday=None)
    near = [one for one in candidates if -BEHIND <= ahead(one, on) <= AHEAD]
    if len(near) == 1:
        if weekday is not None:
            return replace(near[0], uncertain=True, weekday=None, warnings=(WEEKDAY_DIFFERS,))
        return near[0]
    values = tuple(
        one.value for one in sorted(candidates, key=lambda one: distance(one, on))[:2] if one.value
    )
    return Part(relative=True, alternatives=values, reason=FAR, kind="vague")


def ahead(part: Part, on: datetime.date) -> int:
    """Days from ``on`` to a date: 0 while it lasts, negative when it is over."""
    first = part.value.first if part.value else None
    last = part.value.last if part.value else None
    if last and last < on:
        return (last - on).days
    return max((first - on).days, 0) if first else 0


def distance(part: Part, on: datetime.date) -> int:
    return abs(ahead(part, on))
