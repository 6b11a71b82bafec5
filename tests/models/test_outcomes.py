"""How a promise stands on a day: the rule by itself, without a database."""

from __future__ import annotations

import datetime

import pytest

from statements.models.outcomes import Sign, outcome_on


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def signs(*pairs: str) -> list[Sign]:
    """``2024-01-25 launched`` and its like; an outcome in capitals is a ruling."""
    found = []
    for pair in pairs:
        when, says = pair.split()
        found.append(Sign(None if when == "-" else day(when), says.lower(), ruling=says.isupper()))
    return found


COMMISSION = signs(
    "2023-08-08 promised",
    "2024-01-25 launched",
    "2024-01-27 at_work",
    "2024-07-24 recalled",
    "2024-09-27 delivered",
    "2024-09-27 FULFILLED",
)


@pytest.mark.parametrize(
    ("on", "status", "since"),
    [
        ("2023-08-07", None, None),
        ("2023-08-08", "open", "2023-08-08"),
        ("2024-01-24", "open", "2023-08-08"),
        ("2024-01-25", "at_work", "2024-01-25"),
        ("2024-09-26", "at_work", "2024-01-25"),
        ("2024-09-27", "fulfilled", "2024-09-27"),
        ("2030-01-01", "fulfilled", "2024-09-27"),
    ],
)
def test_a_promise_stands_by_what_was_known_on_the_day(
    on: str, status: str | None, since: str | None
) -> None:
    outcome = outcome_on(COMMISSION, day(on))
    if status is None:
        assert outcome is None
    else:
        assert outcome == (status, day(since or ""))


def test_an_undertaking_is_not_there_before_it_was_made_and_open_when_nothing_is_told() -> None:
    assert outcome_on([], day("2024-01-01"), day("2024-01-02")) is None
    assert outcome_on([], day("2024-01-02"), day("2024-01-02")) == ("open", day("2024-01-02"))


def test_a_promise_still_open_is_so_since_it_was_made_and_not_since_somebody_looked() -> None:
    later = signs("2026-01-18 OPEN")
    made = day("2024-07-24")
    assert outcome_on(later, day("2026-02-01"), made) == ("open", made)
    assert outcome_on(later, day("2026-02-01")) == ("open", day("2026-01-18")), "the chain itself"
    earlier = signs("2023-08-08 promised", "2026-01-18 OPEN")
    assert outcome_on(earlier, day("2026-02-01"), made) == ("open", day("2023-08-08"))
    back = signs("2024-08-15 postponed", "2026-01-18 OPEN")
    assert outcome_on(back, day("2026-02-01"), made) == ("open", day("2026-01-18")), "open again"


@pytest.mark.parametrize("says", ["recalled", "reworded", "silent", "affirmed", "at_work"])
def test_after_its_end_a_promise_changes_by_another_end_or_a_ruling_only(says: str) -> None:
    ended = signs("2020-01-01 promised", "2021-01-01 fulfilled", f"2022-01-01 {says}")
    assert outcome_on(ended, day("2023-01-01")) == ("fulfilled", day("2021-01-01"))
    for later in ("2022-06-01 contradicted", "2022-06-01 OPEN"):
        changed = outcome_on([*ended, *signs(later)], day("2023-01-01"))
        assert changed == (later.split()[1].lower(), day("2022-06-01"))


def test_promised_again_after_its_end_it_is_open_for_the_new_promise_only() -> None:
    again = signs("2011-11-30 promised", "2012-05-24 fulfilled", "2012-12-06 promised")
    today = day("2024-01-01")
    assert outcome_on(again, today, day("2011-11-30")) == ("fulfilled", day("2012-05-24"))
    assert outcome_on(again, today, day("2012-12-06")) == ("open", day("2012-12-06"))
    assert outcome_on(again, today) == ("fulfilled", day("2012-05-24"))


def test_postponed_and_taken_up_again() -> None:
    late = signs("2024-07-24 promised", "2024-08-15 postponed", "2024-09-01 at_work")
    assert outcome_on(late, day("2024-08-31")) == ("postponed", day("2024-08-15"))
    assert outcome_on(late, day("2024-09-02")) == ("at_work", day("2024-09-01"))


def test_steps_in_any_order_and_without_a_day_do_no_harm() -> None:
    mixed = [*reversed(COMMISSION[:4]), *COMMISSION[4:], *signs("- dropped")]
    assert outcome_on(mixed, day("2024-02-01")) == ("at_work", day("2024-01-25"))
    assert outcome_on(mixed, day("2025-02-01")) == ("fulfilled", day("2024-09-27"))
