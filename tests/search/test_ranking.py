"""Whatever is left out of account on the way, the best are the best and the counts are the counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.search import counting, matching
from statements.search.columns import Index, ranges
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
    found, good = matches.promising(most)
    scores = dict(zip(found.tolist(), good.tolist(), strict=True))
    return [(document, round(scores[document], 4)) for document in matches.best(most).tolist()]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("most", [1, 5, 20])
def test_leaving_out_what_cannot_be_among_the_best_changes_nothing(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shortcuts = 0
    of_some = Index.passages_in

    def noticed(index: Index, documents: np.ndarray) -> np.ndarray:
        nonlocal shortcuts
        shortcuts += 1
        return of_some(index, documents)

    monkeypatch.setattr(Index, "passages_in", noticed)
    for query in QUERIES:
        monkeypatch.setattr(matching, "SPARSE", 10**9)
        every = ranked(query, most)
        assert every
        for sparse in (1.01, 1.3, 2, 4, 10):
            monkeypatch.setattr(matching, "SPARSE", sparse)
            assert ranked(query, most) == every, (query, sparse)
    assert shortcuts, "some of these were told without looking at everything"


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
