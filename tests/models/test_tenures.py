"""Who held a post on a day: the rule by itself, without a database."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from statements.models import Hold, Post, Tenure, holders_on
from statements.text.dates import EDTF

POST = Post(pk=1, title_en="Minister")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def tenure(number: int, start: str = "", end: str = "", *seen: str, **fields: Any) -> Tenure:
    """A tenure as it stands in the database, with the days that are written on every save."""
    dates = {
        f"{name}_{which}": getattr(EDTF(value), which) if value else None
        for name, value in (("start", start), ("end", end))
        for which in ("first", "last")
    }
    fields = {"post": POST, "official_id": number, "attested": list(seen), **fields}
    return Tenure(pk=number, start=start, end=end, **dates, **fields)


def holds(tenures: list[Tenure], first: str, last: str = "") -> dict[int, Hold]:
    found = holders_on(tenures, day(first), day(last or first))
    return {held.official_id: hold for held, hold in found}


@pytest.mark.parametrize(
    ("on", "hold"),
    [
        ("2019-12-31", None),
        ("2020-06-01", Hold.POSSIBLE),  # it began in 2020, nobody knows when
        ("2021-01-01", Hold.HELD),
        ("2023-12-31", Hold.HELD),
        ("2024-03-10", Hold.POSSIBLE),  # it ended in March
        ("2024-04-01", None),
    ],
)
def test_ends_known_to_the_year_or_month_leave_their_days_open(on: str, hold: Hold | None) -> None:
    assert holds([tenure(1, "2020", "2024-03")], on).get(1) == hold


def test_a_source_that_names_the_holder_makes_the_days_after_the_beginning_sure() -> None:
    named = tenure(1, "2020", "2024", "2020-02-01", "2024-06-01")
    assert holds([named], "2020-03-01") == {1: Hold.HELD}
    assert holds([named], "2024-05-01") == {1: Hold.HELD}
    assert holds([named], "2024-07-01") == {1: Hold.POSSIBLE}


@pytest.mark.parametrize(
    ("on", "hold"),
    [
        ("2010-12-31", None),
        ("2011-11-30", Hold.ATTESTED),
        ("2012-07-01", Hold.HELD),  # named before and after
        ("2013-11-02", None),
    ],
)
def test_without_a_beginning_the_days_between_two_sources_are_sure(
    on: str, hold: Hold | None
) -> None:
    assert holds([tenure(1, "", "", "2011-11-30", "2013-11-01")], on).get(1) == hold


def test_without_a_known_end_a_quarter_after_the_last_source_is_sure() -> None:
    last = tenure(1, "2020-01-01", "", "2024-01-01")
    assert holds([last], "2024-03-30") == {1: Hold.HELD}
    assert holds([last], "2024-06-30") == {1: Hold.LAST_SEEN}


def test_who_is_not_sure_gives_way_to_who_surely_held_it() -> None:
    year, next_one = tenure(1, "2021-01-22", "2025"), tenure(2, "2025-01-25", "", "2025-03-16")
    assert holds([year, next_one], "2025-01-10") == {1: Hold.POSSIBLE}
    assert holds([year, next_one], "2025-02-01") == {2: Hold.HELD}
    assert holds([year, next_one], "2025-01-01", "2025-12-31") == {1: Hold.HELD, 2: Hold.HELD}


def test_who_was_last_seen_gives_way_to_whoever_began_after() -> None:
    seen, successor = tenure(1, "2014-10-18"), tenure(2, "2016-01", "2018-01")
    assert holds([seen, successor], "2015-12-31") == {1: Hold.LAST_SEEN}
    assert holds([seen, successor], "2017-01-01") == {2: Hold.HELD}
    assert holds([seen, successor], "2020-01-01") == {}


def test_in_a_post_for_several_and_beside_a_dispute_nobody_gives_way() -> None:
    several = Post(pk=2, title_en="Adviser", several_holders=True)
    one, other = (
        tenure(1, "2014-10-18", post=several),
        tenure(2, "2016-01-01", "2024", post=several),
    )
    assert holds([one, other], "2017-01-01") == {2: Hold.HELD, 1: Hold.LAST_SEEN}
    claims = [tenure(1, "2014-10-18", disputed=True), tenure(2, "2016-01-01", "2024")]
    assert holds(claims, "2017-01-01") == {2: Hold.HELD, 1: Hold.LAST_SEEN}


def test_a_day_of_handover_has_both() -> None:
    both = [tenure(1, "2006-06-08", "2010-12-21"), tenure(2, "2010-12-21", "2011")]
    assert holds(both, "2010-12-21") == {1: Hold.HELD, 2: Hold.HELD}
