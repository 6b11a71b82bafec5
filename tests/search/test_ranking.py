"""However passages are gone through, the best are the best and the counts are the counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.search import counting, matching
from statements.search.columns import ranges
from statements.search.counting import SHOWN, counted, tally
from statements.search.index import current
from statements.search.matching import Matches
from statements.search.request import SearchRequest

pytestmark = pytest.mark.django_db
QUERIES = [
    "Iraq security",
    "العراق الولايات المتحدة",
    "security cooperation Iraq",
    "وزير الدفاع العراق",
    "Iraq United States Coalition",
    "joint statement July 2024",
    "الجانبان الأمن",
    "Iraq",
]


def ranked(query: str, most: int) -> list[tuple[int, float]]:
    matches = Matches(SearchRequest.from_query({"q": query}))
    best = matches.best(most)
    good = matches.goodness(np.sort(best))[np.argsort(np.argsort(best))]
    return list(zip(best.tolist(), good.round(4).tolist(), strict=True))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("most", [1, 5, 20])
def test_passages_scored_one_by_one_or_all_at_once_or_in_parts_rank_alike(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in QUERIES:
        monkeypatch.setattr(matching, "SPARSE", 10**9)
        every = ranked(query, most)
        assert every
        for at_once in (1, 7, 100):
            monkeypatch.setattr(matching, "AT_ONCE", at_once)
            assert ranked(query, most) == every, (query, at_once)
        monkeypatch.setattr(matching, "SPARSE", 1)
        assert ranked(query, most) == every, query


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("share", [0, 0.01, 0.1, 0.4, 0.6, 0.9, 1])
def test_counting_the_others_is_counting_these(share: float) -> None:
    index = current()
    order = np.random.default_rng(7).permutation(np.flatnonzero(index.alive))
    found = np.zeros(index.documents, dtype=bool)
    found[order[: round(share * len(order))]] = True
    counts = counted(index, found)
    for name, number in tally(index, np.flatnonzero(found)).items():
        assert counts[name].tolist() == number.tolist(), name
    assert counts["kind"].sum() == np.count_nonzero(found)
    for name in SHOWN:
        owners = index.arrays[f"{name}.owners"]
        assert counts[name].sum() == np.count_nonzero(found[owners]), name
    told = counting.facets(index, found)
    assert sum(n for _, n in told["kind"]) == np.count_nonzero(found)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=20))
def test_ranges_are_all_numbers_of_each(spans: list[tuple[int, int]]) -> None:
    begin = np.array([at for at, _ in spans], dtype="i8")
    end = np.array([at + length for at, length in spans], dtype="i8")
    expected = [number for at, length in spans for number in range(at, at + length)]
    assert ranges(begin, end).tolist() == expected
