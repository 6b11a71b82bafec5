"""Texts laid side by side: the pairs aligned by hand, and that every paragraph stands in one row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.text.align import align
from tests.benchmarks.aligning import archive, by_difflib, by_sentence, measure, pairs

WORDS = st.lists(st.text(alphabet="abc ", min_size=1, max_size=30), max_size=8)


@pytest.mark.parametrize("language", ["english", "arabic"])
def test_rows_are_those_of_a_reader_and_more_of_them_than_simpler_ways_find(language: str) -> None:
    score, wrong = measure(archive, language)
    assert score.f1 >= 0.95, wrong
    for other in (by_difflib, by_sentence):
        assert score.f1 > measure(other, language)[0].f1 + 0.2


def test_the_gold_itself_puts_each_paragraph_in_one_row() -> None:
    number = 0
    for language in ("english", "arabic"):
        for pair in pairs(language):
            number += 1
            for side, name in enumerate(("left", "right")):
                places = sorted(at for row in pair["rows"] for at in row[side])
                assert places == list(range(1, len(pair[name]) + 1)), pair["name"]
    assert number >= 20


@given(WORDS, WORDS)
def test_every_paragraph_stands_in_exactly_one_row(left: list[str], right: list[str]) -> None:
    rows = align(left, right)
    assert sorted(at for row in rows for at in row.left) == list(range(len(left)))
    assert sorted(at for row in rows for at in row.right) == list(range(len(right)))
    assert [row.right[0] for row in rows if row.right] == sorted(
        row.right[0] for row in rows if row.right
    )


def test_what_is_gone_stands_behind_what_it_stood_behind() -> None:
    left = ["Oil was discussed at length.", "A committee will be formed.", "Water is scarce today."]
    right = ["A committee will be formed.", "Roads need repair everywhere."]
    assert [row.relation for row in align(left, right)] == ["gone", "same", "gone", "new"]
