"""However passages are gone through, the best are the best and the counts are the counts."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.models import Statement
from statements.search import answers, columns, counting, matching, settling
from statements.search.answers import Answers, over
from statements.search.columns import layout, ranges
from statements.search.counting import SHOWN, counted, tally
from statements.search.index import current
from statements.search.matching import Matches
from statements.search.postings import passages
from statements.search.request import SearchRequest
from statements.text.analysis import analyze

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
        monkeypatch.setattr(answers, "SHARE", 10**9)
        every = ranked(query, most)
        assert every
        for at_once, few in ((8, 1), (64, 1), (8, 200), (64, 200), (1024, 4)):
            monkeypatch.setattr(answers, "AT_ONCE", at_once)
            monkeypatch.setattr(answers, "FEW", few)
            assert ranked(query, most) == every, (query, at_once, few)
        monkeypatch.setattr(answers, "SHARE", 0)
        assert ranked(query, most) == every, query


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("settled", ["none", "half", "all"])
def test_the_first_in_any_order_are_the_first_of_all(
    settled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if settled != "none":
        settling.rebuild()
    if settled == "half":
        numbers = Statement.objects.order_by("slug").values_list("pk", flat=True)
        Statement.objects.filter(pk__in=list(numbers)[::2]).update(note_en="Looked at once more.")
    columns.forget()
    monkeypatch.setattr(matching, "SAMPLE", 8)
    likely = 0
    for query, enough, most in product([*QUERIES, "Iraq -Coalition"], (1, 2, 5), (1, 3, 8)):
        monkeypatch.setattr(matching, "ENOUGH", enough)
        matches = Matches(SearchRequest.from_query({"q": query}))
        found, rank = np.flatnonzero(matches.documents), matches.index.rank()
        good, undated = matches.goodness(found), matches.index.arrays["first"][found] == 0
        orders = {
            "relevance": np.lexsort((rank[found], -good)),
            "newest": np.argsort(rank[found]),
            "oldest": np.lexsort((np.where(undated, 1, -1) * rank[found], undated)),
        }
        for order, by in orders.items():
            with patch.object(Matches, "first", autospec=True, side_effect=Matches.first) as first:
                assert matches.ordered(order, 0, most) == found[by][:most].tolist(), (query, order)
            likely += any(len(call.args[1]) < len(found) for call in first.call_args_list)
    assert likely, "some were told by the likeliest alone"


@given(
    st.lists(st.integers(1, 300), min_size=1, max_size=12),
    st.sampled_from([1, 24, 200]),
    st.integers(0, 2**32),
)
def test_going_over_documents_by_doubling_steps_is_going_over_each(
    lengths: list[int], few: int, seed: int
) -> None:
    document = np.repeat(np.arange(len(lengths)), lengths)
    starts, left = layout(document)
    assert starts.tolist() == [sum(lengths[:n]) for n in range(len(lengths))]
    index: Any = SimpleNamespace(starts=starts, left=left)
    values = np.random.default_rng(seed).integers(0, 256, len(document), dtype="u1")
    for combine in (np.bitwise_or, np.maximum):
        expected = [int(combine.reduce(values[document == n])) for n in range(len(lengths))]
        with patch.object(answers, "FEW", few):
            found = over(index, slice(0, len(lengths)), values.copy(), combine)
        assert found.tolist() == expected


@pytest.mark.usefixtures("demo")
def test_more_than_eight_questions_are_answered_like_each_alone() -> None:
    index = current()
    words = ["Iraq", "security", "Coalition", "states", "minister", "joint", "العراق", "الأمن"]
    queries = [f"'{analyze(word)[0].text}'" for word in [*words, "July", "military", "2024"]]
    packed = passages(index, queries)
    together = Answers(index, queries, packed)
    for query, bits in zip(queries, packed, strict=True):
        alone = Answers(index, [query], [bits])
        assert alone.documents(query).any(), query
        assert (together.documents(query) == alone.documents(query)).all(), query
        having = np.unpackbits(bits, count=index.passages).astype("f4")
        table = together.tables({query: 1.0})
        assert (together.score(slice(None), table) == having).all(), query


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
