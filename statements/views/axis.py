"""A time axis drawn by the server: days as places in percent, from right to left in Arabic.

Here is all arithmetic of time in pictures: places and spans, what is marked below, which days fall together, and the
stretches before, after, within and around the one that is shown.
"""

from __future__ import annotations

import calendar
import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language, get_language_bidi

from statements.text.dates import EDTF
from statements.text.parts import YEARS
from statements.text.spoken import month

#: at most so many years are marked, and so many months or days, whose names are longer
MARKS, NAMED = 6, 3
#: days that share one of so many parts of an axis are drawn as one mark
PLACES = 32
#: an axis of more years than this is told by decades
LONG = 40
#: the shortest bar, and the stretch by which a bar goes on when nobody knows how long, as shares of the axis
SLIVER, BEYOND = 0.005, 0.06

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A decade, year, month or day of an axis, with its name and its place there."""

    first: datetime.date
    last: datetime.date
    name: str
    x: str
    #: what asks for it in an address; empty for a day, in which nothing is further told apart
    query: str


@dataclass(frozen=True)
class Axis:
    """The days from ``first`` to ``last``, both included."""

    first: datetime.date
    last: datetime.date
    rtl: bool

    @classmethod
    def over(cls, days: Iterable[datetime.date | None]) -> Axis | None:
        """The whole years that hold all the days; None when there is no day."""
        years = [day.year for day in days if day is not None]
        return cls.of_years(min(years), max(years)) if years else None

    @classmethod
    def of_years(cls, first: int, last: int) -> Axis:
        return cls.between(datetime.date(first, 1, 1), datetime.date(last, 12, 31))

    @classmethod
    def between(cls, first: datetime.date, last: datetime.date) -> Axis:
        """Raises ValueError when the last day is before the first."""
        if last < first:
            raise ValueError(f"no axis from {first} to {last}")
        return cls(first, last, get_language_bidi())

    # Places

    @cached_property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def edge(self, day: datetime.date) -> float:
        """Where a day begins, 0 to 1; days outside are at the ends."""
        return min(max((day - self.first).days / self.days, 0.0), 1.0)

    def end_of(self, day: datetime.date) -> float:
        """Where a day ends, 0 to 1; days outside are at the ends."""
        return min(max(((day - self.first).days + 1) / self.days, 0.0), 1.0)

    def share(self, day: datetime.date) -> float:
        """Where the middle of a day is, 0 to 1; days outside are at the ends."""
        return min(max(((day - self.first).days + 0.5) / self.days, 0.0), 1.0)

    def x(self, day: datetime.date) -> str:
        """The place of a day in percent, as text: a localised comma is no length in SVG."""
        return self.percent(self.share(day))

    def percent(self, share: float) -> str:
        return f"{100 * (1 - share if self.rtl else share):.1f}"

    def span(self, begin: datetime.date | None, end: datetime.date | None) -> tuple[str, str]:
        """Left and width in percent of the bar over the days, at least a sliver wide; an unknown end is that of the axis."""
        left = min(self.edge(begin) if begin else 0.0, 1 - SLIVER)
        right = max(self.end_of(end) if end else 1.0, left + SLIVER)
        return self.stretch(left, right)

    def stretch(self, left: float, right: float) -> tuple[str, str]:
        """Left and width in percent of what reaches from one share of the axis to another."""
        return f"{100 * (1 - right if self.rtl else left):.1f}", f"{100 * (right - left):.1f}"

    def after(self, day: datetime.date, *, far: bool) -> tuple[str, str]:
        """The stretch after a day: to the end of the axis, or a little."""
        left = self.end_of(day)
        return self.stretch(left, 1.0 if far else min(left + BEYOND, 1.0))

    def before(self, day: datetime.date) -> tuple[str, str]:
        """A little stretch before a day."""
        right = self.edge(day)
        return self.stretch(max(right - BEYOND, 0.0), right)

    def overlaps(self, begin: datetime.date | None, end: datetime.date | None) -> bool:
        return (begin is None or begin <= self.last) and (end is None or end >= self.first)

    # Days that fall together

    @cached_property
    def edges(self) -> list[datetime.date]:
        """The first days of the parts of the axis, equally long as far as days are whole."""
        parts = min(PLACES, self.days)
        return [
            self.first + datetime.timedelta(days=at * self.days // parts) for at in range(parts)
        ]

    def part(self, day: datetime.date) -> int:
        """The part of the axis that a day is in; days outside are in the first or last."""
        return max(bisect_right(self.edges, day) - 1, 0)

    def middle(self, day: datetime.date) -> str:
        """The place in percent of the middle of the part that a day is in."""
        return self.percent((self.part(day) + 0.5) / min(PLACES, self.days))

    # What is marked below

    @property
    def unit(self) -> str:
        """What the axis is told by: ``decade``, ``year``, ``month`` or ``day``."""
        years = self.last.year - self.first.year + 1
        if years > LONG:
            return "decade"
        if years > 1 and self.days > 366:
            return "year"
        return "month" if self.days > 31 else "day"

    @property
    def periods(self) -> list[Period]:
        """The decades, years, months or days that the axis touches, at most about forty."""
        return list(self.divided(self.unit))

    def divided(self, unit: str) -> Iterator[Period]:
        day = self.first
        while day <= self.last:
            begin, end = around(day, unit)
            yield Period(
                begin,
                end,
                self.name(begin, unit),
                self.percent(self.edge(begin)),
                "" if unit == "day" else asked(begin, end),
            )
            if end >= self.last:
                return
            day = end + DAY

    def name(self, day: datetime.date, unit: str) -> str:
        """What a period is called on this axis: the year is said of the first, and of all where there are several."""
        language = (get_language() or "en")[:2]
        if unit == "decade":
            return "–".join(str(end.year) for end in around(day, unit))
        if unit == "year":
            return str(day.year)
        said = month(day.month, language == "ar")
        if unit == "day":
            said = f"{day.day} {said}"
        alone = self.first.year == self.last.year and day > self.first
        return said if alone else f"{said} {day.year}"

    @property
    def ticks(self) -> list[Period]:
        """Some of the periods, evenly chosen, whose names have room."""
        periods = self.periods
        most = MARKS if self.unit in ("decade", "year") else NAMED
        return periods[:: -(-len(periods) // most)]

    # The stretches around

    @property
    def whole_years(self) -> bool:
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)

    @property
    def whole_months(self) -> bool:
        return self.first.day == 1 and self.last == around(self.last, "month")[1]

    @property
    def query(self) -> str:
        """What asks for these days in an address: ``from=2023&to=2024``."""
        return asked(self.first, self.last)

    @property
    def edtf(self) -> EDTF:
        first, last = ends(self.first, self.last)
        return EDTF(first if first == last else f"{first}/{last}")

    def moved(self, times: int) -> Axis | None:
        """As many years, months or days, so many of their lengths later; None beyond the years that are told."""
        if self.whole_months:
            length = months(self.last) - months(self.first) + 1
            return from_months(
                months(self.first) + times * length, months(self.last) + times * length
            )
        away = datetime.timedelta(days=times * self.days)
        return possible(self.first + away, self.last + away)

    @property
    def wider(self) -> Axis | None:
        """What is around: the month of some days, the year of some months, thrice the years."""
        if self.first.year != self.last.year or self.whole_years:
            years = self.last.year - self.first.year + 1
            if self.whole_years:
                first, last = self.first.year - years, self.last.year + years
            else:
                first, last = self.first.year, self.last.year
            return Axis.of_years(max(first, YEARS[0]), min(last, YEARS[-1]))
        if self.whole_months or self.first.month != self.last.month:
            return Axis.of_years(self.first.year, self.last.year)
        return Axis.between(*around(self.first, "month"))


def around(day: datetime.date, unit: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of the decade, year, month or day that a day is in."""
    year = day.year
    if unit == "decade":
        first = year // 10 * 10
        return datetime.date(max(first, 1), 1, 1), datetime.date(first + 9, 12, 31)
    if unit == "year":
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(year, day.month)[1])
    return day, day


def ends(first: datetime.date, last: datetime.date) -> tuple[str, str]:
    """The days as EDTF, as short as they can be: whole years, whole months or days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}", f"{last.year:04}"
    if first.day == 1 and last == around(last, "month")[1]:
        return first.isoformat()[:7], last.isoformat()[:7]
    return first.isoformat(), last.isoformat()


def asked(first: datetime.date, last: datetime.date) -> str:
    """The days as a query of an address, as lists and the timeline read it."""
    return "from={}&to={}".format(*ends(first, last))


def months(day: datetime.date) -> int:
    """The month of a day, counted from the beginning of our era."""
    return day.year * 12 + day.month - 1


def from_months(first: int, last: int) -> Axis | None:
    if first // 12 not in YEARS or last // 12 not in YEARS:
        return None
    end = datetime.date(last // 12, last % 12 + 1, 1)
    return possible(datetime.date(first // 12, first % 12 + 1, 1), around(end, "month")[1])


def possible(first: datetime.date, last: datetime.date) -> Axis | None:
    """The axis of the days; None when they are out of order or a year is not of our time."""
    if last < first or first.year not in YEARS or last.year not in YEARS:
        return None
    return Axis.between(first, last)
