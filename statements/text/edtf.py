"""EDTF values (ISO 8601-2:2019): a date with its precision, and the first and last day it can mean.

Levels 0 and 1 as the archive needs them, with quarters, thirds and halves of level 2: days, months, years,
seasons, decades and centuries (``199X``), approximate and uncertain dates, intervals, open and
unknown ends. ``~`` and ``?`` say how sure the source is and widen nothing: a span that grew by a
guess would put documents where nobody dated them.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import cached_property

from statements.text.sentence import Sentence

POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
#: Meteorological seasons of the northern hemisphere; winter ends in the next year.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
THIRDS = {37: (1, 4), 38: (5, 8), 39: (9, 12)}
HALVES = {40: (1, 6), 41: (7, 12)}


class DateError(ValueError):
    """Not an EDTF value; ``sentence`` says why to a reader."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def refuse(value: str) -> DateError:
    return DateError(
        Sentence(
            f"“{value[:60]}” is not a date in EDTF.", f"«{value[:60]}» ليست تاريخًا بصيغة EDTF."
        )
    )


class EDTF(str):
    """A validated EDTF value; equal to its text. Raises DateError for anything else.

    ``words`` are those that an editor's date was read from, when it was not entered as EDTF.
    """

    __slots__ = ("__dict__",)
    words: str

    def __new__(cls, value: str) -> EDTF:
        new = super().__new__(cls, value)
        if isinstance(value, EDTF):
            return value
        if len(value) > 60 or not value:
            raise refuse(value)
        first, last = new.first, new.last
        ends = value.split("/")
        if len(ends) == 2 and all(end in ("", "..") for end in ends):
            raise refuse(value)
        if first and last and first > last:
            raise DateError(
                Sentence(f"“{value}” ends before it begins.", f"«{value}» تنتهي قبل أن تبدأ.")
            )
        return new

    @cached_property
    def _bounds(self) -> tuple[datetime.date | None, datetime.date | None]:
        ends = self.split("/")
        if len(ends) > 2:
            raise refuse(self)
        first = None if ends[0] in ("", "..") and len(ends) == 2 else point(ends[0], self)[0]
        last = None if ends[-1] in ("", "..") and len(ends) == 2 else point(ends[-1], self)[1]
        return first, last

    @property
    def first(self) -> datetime.date | None:
        """The earliest day it can mean; None when the beginning is open or unknown."""
        return self._bounds[0]

    @property
    def last(self) -> datetime.date | None:
        """The latest day it can mean; None when the end is open or unknown."""
        return self._bounds[1]

    @property
    def is_range(self) -> bool:
        return "/" in self

    @property
    def approximate(self) -> bool:
        return "~" in self or "%" in self

    @property
    def uncertain(self) -> bool:
        return "?" in self or "%" in self

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``season``, ``quarter``, ``third``, ``half``, ``year``, ``decade``, ``century`` or ``interval``."""
        if self.is_range:
            return "interval"
        match = POINT.fullmatch(self)
        assert match
        if "XX" in match[1]:
            return "century"
        if "X" in match[1]:
            return "decade"
        if match[3]:
            return "day"
        if not match[2]:
            return "year"
        part = int(match[2])
        return (
            "season"
            if part in SEASONS
            else "quarter"
            if part in QUARTERS
            else "third"
            if part in THIRDS
            else "half"
            if part in HALVES
            else "month"
        )

    @property
    def bare(self) -> EDTF:
        """The value without its marks of doubt."""
        return EDTF(re.sub(r"[?~%]", "", self))


def point(text: str, whole: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of one end of a value."""
    match = POINT.fullmatch(text)
    if not match:
        raise refuse(whole)
    year, part, day, _ = match.groups()
    if "X" in year:
        if part:
            raise refuse(whole)
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return datetime.date(max(low, 1), 1, 1), datetime.date(high, 12, 31)
    try:
        if day:
            exact = datetime.date(int(year), int(part), int(day))
            return exact, exact
        if not part:
            return datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
        span = {**SEASONS, **QUARTERS, **THIRDS, **HALVES}.get(int(part)) or (int(part), int(part))
        if not 1 <= span[0] <= 12:
            raise refuse(whole)
        first = datetime.date(int(year), span[0], 1)
        last_year, last_month = int(year) + (span[1] - 1) // 12, (span[1] - 1) % 12 + 1
        return first, datetime.date(
            last_year, last_month, calendar.monthrange(last_year, last_month)[1]
        )
    except ValueError as error:
        if isinstance(error, DateError):
            raise
        raise DateError(
            Sentence(f"“{whole}” names a day that does not exist.", f"«{whole}» يومٌ لا وجود له.")
        ) from None


def span(first: str, last: str) -> EDTF:
    return EDTF(f"{first}/{last}")
