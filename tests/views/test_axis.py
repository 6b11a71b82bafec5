"""The arithmetic of time in pictures: places, spans, what falls together, and the stretches around."""

from __future__ import annotations

import datetime
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from statements.models import Tenure
from statements.text.parts import YEARS
from statements.views.axis import PLACES, Axis
from statements.views.lanes import bounds, plain, tenure_bar

DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def axes(first: date, last: date) -> tuple[Axis, Axis]:
    """The same days from left to right, and from right to left."""
    with override("ar"):
        arabic = Axis.between(first, last)
    with override("en"):
        return Axis.between(first, last), arabic


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted), DAYS)
def test_arabic_is_the_mirror_of_english_and_nothing_leaves_the_axis(
    ends: list[date], day: date
) -> None:
    left, right = axes(*ends)
    assert float(left.x(day)) + float(right.x(day)) == pytest.approx(100, abs=0.11)
    assert 0 <= float(left.x(day)) <= 100
    for axis in (left, right):
        x, width = map(float, axis.span(min(day, ends[0]), day))
        assert x >= 0
        assert width > 0
        assert x + width <= 100.11
    (x, width), (mirrored, same) = (axis.span(ends[0], day) for axis in (left, right))
    assert width == same
    assert float(x) + float(width) + float(mirrored) == pytest.approx(100, abs=0.16)


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted), st.lists(DAYS, max_size=30))
def test_days_fall_together_in_time_order_and_in_bounded_places(
    ends: list[date], days: list[date]
) -> None:
    axis = Axis.between(*ends)
    assert axis.edges[0] == axis.first
    assert axis.edges == sorted(set(axis.edges))
    parts = [axis.part(day) for day in sorted(days)]
    assert parts == sorted(parts)
    assert all(0 <= part < min(PLACES, axis.days) for part in parts)


@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_periods_cover_the_axis_without_a_gap_and_few_are_named(ends: list[date]) -> None:
    axis = Axis.between(*ends)
    periods = axis.periods
    assert periods[0].first <= axis.first
    assert periods[-1].last >= axis.last
    for one, other in zip(periods, periods[1:], strict=False):
        assert one.last + datetime.timedelta(days=1) == other.first
    assert len(periods) <= 41
    assert 1 <= len(axis.ticks) <= 6


def test_a_window_of_one_day_has_its_mark_in_the_middle_and_its_bar_all_over() -> None:
    axis = Axis.between(date(2024, 7, 23), date(2024, 7, 23))
    assert axis.x(date(2024, 7, 23)) == "50.0"
    assert axis.span(date(2024, 7, 23), date(2024, 7, 23)) == ("0.0", "100.0")
    assert (axis.unit, [tick.name for tick in axis.ticks]) == ("day", ["23 July 2024"])
    assert axis.query == "from=2024-07-23&to=2024-07-23"


def test_an_axis_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValueError, match="no axis"):
        Axis.between(date(2024, 1, 2), date(2024, 1, 1))
    assert Axis.over([None]) is None


def test_data_of_any_year_can_be_drawn() -> None:
    for first, last in ((1, 9999), (1, 1), (9999, 9999), (1795, 2024)):
        axis = Axis.of_years(first, last)
        assert axis.ticks
        assert axis.after(date(last, 12, 31), far=True)[1] == "0.0"
    assert Axis.of_years(9999, 9999).moved(1) is None
    assert Axis.of_years(1, 1).moved(-1) is None


@pytest.mark.parametrize(
    ("days", "earlier", "later", "wider"),
    [
        (YEAR, "from=2023&to=2023", "from=2025&to=2025", "from=2023&to=2025"),
        ((date(2023, 1, 1), date(2024, 12, 31)), "from=2021&to=2022", "from=2025&to=2026", "from=2021&to=2026"),
        ((date(2024, 1, 1), date(2024, 1, 31)), "from=2023-12&to=2023-12", "from=2024-02&to=2024-02", "from=2024&to=2024"),
        ((date(2024, 11, 1), date(2025, 1, 31)), "from=2024-08&to=2024-10", "from=2025-02&to=2025-04", "from=2024&to=2025"),
        ((date(2024, 7, 22), date(2024, 7, 23)), "from=2024-07-20&to=2024-07-21", "from=2024-07-24&to=2024-07-25", "from=2024-07&to=2024-07"),
        ((date(2024, 7, 30), date(2024, 8, 2)), "from=2024-07-26&to=2024-07-29", "from=2024-08-03&to=2024-08-06", "from=2024&to=2024"),
    ],
)  # fmt: skip
def test_the_stretches_around(days: Any, earlier: str, later: str, wider: str) -> None:
    axis = Axis.between(*days)
    found = [axis.moved(-1), axis.moved(1), axis.wider]
    assert [around.query if around else None for around in found] == [earlier, later, wider]


def test_there_is_nothing_told_beyond_our_time() -> None:
    assert Axis.of_years(YEARS[0], YEARS[0]).moved(-1) is None
    assert Axis.of_years(YEARS[-1], YEARS[-1]).moved(1) is None
    assert Axis.of_years(YEARS[0], YEARS[-1]).wider == Axis.of_years(YEARS[0], YEARS[-1])


@pytest.mark.parametrize(
    ("first", "last", "unit", "names"),
    [
        (date(1900, 1, 1), date(2024, 12, 31), "decade", ["1900–1909", "1930–1939", "1960–1969", "1990–1999", "2020–2029"]),
        (date(2020, 1, 1), date(2024, 12, 31), "year", ["2020", "2021", "2022", "2023", "2024"]),
        (*YEAR, "month", ["January 2024", "May", "September"]),
        (date(2023, 11, 1), date(2024, 2, 29), "month", ["November 2023", "January 2024"]),
        (date(2024, 7, 22), date(2024, 7, 23), "day", ["22 July 2024", "23 July"]),
    ],
)  # fmt: skip
def test_what_is_marked_below(first: date, last: date, unit: str, names: list[str]) -> None:
    axis = Axis.between(first, last)
    assert axis.unit == unit
    assert [tick.name for tick in axis.ticks] == names


def test_the_months_are_named_in_arabic_twice() -> None:
    with override("ar"):
        assert Axis.between(*YEAR).ticks[0].name == "كانون الثاني/يناير 2024"


@pytest.mark.parametrize(
    ("fields", "known", "place", "manner", "beyond"),
    [
        # as long as the year is known: from the first of April to the last of June
        ({"start": "2024-04", "end": "2024-06", "status": "ended"}, True, ("24.9", "24.9"), "sure", []),
        ({"start": "2024-04", "end": "2024-06", "status": "ended", "acting": True}, True, ("24.9", "24.9"), "acting", []),
        ({"start": "2024-04", "end": "2024-06", "status": "ended", "disputed": True}, True, ("24.9", "24.9"), "disputed", []),
        # still in post when last seen: broken to the end
        ({"start": "2024-04-01", "status": "current", "attested": ["2024-06-30"]}, True, ("24.9", "24.9"), "sure", [("49.7", "50.3")]),
        # the end is not known: broken a little
        ({"start": "2024-04-01", "attested": ["2024-06-30"]}, True, ("24.9", "24.9"), "sure", [("49.7", "6.0")]),
        # the beginning is not known: broken a little before, too
        ({"attested": ["2024-04-01", "2024-06-30"]}, True, ("24.9", "24.9"), "sure", [("18.9", "6.0"), ("49.7", "6.0")]),
        ({"end": "2024-06-30", "status": "ended"}, True, ("49.5", "0.5"), "sure", [("43.5", "6.0")]),
        # before the year, and perhaps in it still
        ({"start": "2020", "status": "current"}, True, ("0.0", "0.0"), "sure", [("0.0", "100.0")]),
        ({"start": "2020", "status": "ended", "end": "2021"}, False, None, "", []),
        ({"start": "2020"}, False, None, "", []),
        ({"start": "2025", "status": "current"}, False, None, "", []),
        ({}, False, None, "", []),
    ],
)  # fmt: skip
def test_a_tenure_is_a_bar_by_what_is_known_of_it(
    fields: dict[str, Any], known: bool, place: Any, manner: str, beyond: list[Any]
) -> None:
    tenure = Tenure(**fields)
    for of, which in (("start", "first"), ("start", "last"), ("end", "first"), ("end", "last")):
        value = getattr(tenure, of)
        setattr(tenure, f"{of}_{which}", getattr(value, which) if value else None)
    bar = tenure_bar(Axis.between(*YEAR), tenure, plain("x"), "")
    assert (bar is not None) == known
    if bar is not None:
        assert ((bar.x, bar.width), bar.manner, list(bar.beyond)) == (place, manner, beyond)
    if not fields:
        assert bounds(tenure) == (None, None)
