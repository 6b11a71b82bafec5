"""A time axis drawn by the server: days as places in percent, from right to left in Arabic."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_bidi

#: at most so many years are marked
MARKS = 6


@dataclass(frozen=True)
class Axis:
    """Whole years, from the first of January of ``first`` to the last of December of ``last``."""

    first: int
    last: int
    rtl: bool

    @classmethod
    def over(cls, days: Iterable[datetime.date | None]) -> Axis | None:
        """The axis that holds all the days; None when there is no day."""
        years = [day.year for day in days if day is not None]
        return cls(min(years), max(years), get_language_bidi()) if years else None

    def share(self, day: datetime.date) -> float:
        """How far along a day is, 0 to 1; days outside are at the ends."""
        begin = datetime.date(self.first, 1, 1)
        length = (datetime.date(self.last, 12, 31) - begin).days
        return min(max((day - begin).days / length, 0.0), 1.0)

    def x(self, day: datetime.date) -> str:
        """The place of a day in percent, as text: a localised comma is no length in SVG."""
        share = self.share(day)
        return f"{100 * (1 - share if self.rtl else share):.1f}"

    def span(self, begin: datetime.date | None, end: datetime.date | None) -> dict[str, Any]:
        """The bar from one day to another, at least a sliver wide; an unknown end is the end of the axis."""
        left = self.share(begin) if begin else 0.0
        width = max((self.share(end) if end else 1.0) - left, 0.005)
        return {
            "x": f"{100 * (1 - left - width if self.rtl else left):.1f}",
            "width": f"{100 * width:.1f}",
        }

    @property
    def ticks(self) -> list[dict[str, Any]]:
        step = -(-(self.last - self.first + 1) // MARKS)
        return [
            {"x": self.x(datetime.date(year, 1, 1)), "year": year}
            for year in range(self.first, self.last + 1, step)
        ]
