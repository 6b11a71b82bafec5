"""Words one after another are found where a plain reading of the texts finds them, however the index comes to it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from statements.models import SearchDocument, SearchPassage
from statements.search import columns, postings, settling
from statements.search.columns import Index
from statements.search.index import current, passages_of
from statements.search.notation import either, parsed, sequence, very_words
from statements.search.postings import nodes, passages, planned
from statements.search.understanding import names_in_order
from statements.text.analysis import Term, analyze, words_in
from tests.search.test_settling import small

__all__ = ["small"]

pytestmark = pytest.mark.django_db

Reading = list[tuple[str, ...]]


@pytest.fixture
def index(demo: None, small: None, monkeypatch: pytest.MonkeyPatch) -> Index:
    """The demo archive with some words in it that are frequent, more that are common, and most that are rare."""
    monkeypatch.setattr(settling, "LEAST", 8)
    monkeypatch.setattr(settling, "COMMON", 150)
    monkeypatch.setattr(postings, "PORTION", 3)
    settling.rebuild()
    columns.forget()
    return current()


def searched() -> dict[int, list[str]]:
    """The texts of each passage by its place."""
    texts: dict[int, list[str]] = {}
    for kind in ("statement", "article"):
        records = SearchDocument.objects.filter(kind=kind).values_list("record_id", flat=True)
        for found in passages_of(kind, list(records)).values():
            texts |= {text.pk: text.searched for text in found}
    rows = SearchPassage.objects.exclude(text=None).order_by("place").values_list("place", "text")
    return {place: texts[pk] for place, pk in rows}


def stands(text: Reading, wanted: list[frozenset[str]], gaps: list[int], very: bool) -> bool:
    """Whether the wanted are somewhere in a text at these distances from the first."""
    words = [
        {lexemes[0] + lexemes[-1]} if very and lexemes else set(lexemes[:-1]) for lexemes in text
    ]
    return any(
        all(
            at + gap < len(words) and words[at + gap] & forms
            for gap, forms in zip(gaps, wanted, strict=True)
        )
        for at in range(len(words))
    )


def asked(printed: list[str]) -> list[list[Term]]:
    """Two to four words one after another as texts have them, words of a text with one left out, and single ones."""
    found = []
    for n, text in enumerate(printed):
        terms = analyze(text)
        at = n * 7 % max(1, len(terms))
        found += [terms[at : at + length] for length in (1, 2, 3, 4)]
        found.append(terms[at : at + 3 : 2])
    return [run for run in found if run]


def test_sequences_stand_where_a_plain_reading_finds_them(index: Index) -> None:
    printed = searched()
    texts = {place: [list(words_in(text)) for text in printed[place]] for place in printed}
    ways: Counter[str] = Counter()
    every = [text for parts in printed.values() for text in parts if text]
    for run in asked(every[:: max(1, len(every) // 60)]):
        gaps = [term.position - run[0].position for term in run]
        very, patterns = very_words(run)
        loose = [frozenset((term.text, *term.variants)) for term in run]
        for query, wanted in ((sequence(run), loose), (very, list(patterns))):
            plan = planned(parsed(query), index.part.coverage)
            ways.update({plan.operator or "posting" if not plan.rows else "rows"})
            ways.update({"look" for part in nodes(plan) if part.operator == "checked"})
            ways.update({"name" for part in nodes(plan) if part.lexeme.startswith("(")})
            expected = {
                place
                for place, parts in texts.items()
                if any(stands(part, wanted, gaps, query == very) for part in parts)
            }
            found = set(places(index, query)) & texts.keys()
            assert found == expected, query
    assert min(ways[way] for way in ("rows", "posting", "checked", "|", "look", "name")) > 3, ways


def test_any_of_some_sequences_is_all_that_each_has(index: Index) -> None:
    has = index.part.coverage
    common = sorted(names_in_order() & has.common)
    assert len(common) > 5, "names whose words are common have postings of their own"
    # As in an index of an earlier version:
    index.part.coverage = has._replace(common=has.common - set(common))
    for one, other in pairwise(common):
        words = "(" + " & ".join(f"'{word}'" for word in sorted(set(lexemes(one)))) + ")"
        for ways in ((one, other), (one, words), (words, other, one)):
            single = set[int]().union(*(places(index, way) for way in ways))
            assert set(places(index, either(ways))) == single, ways


def lexemes(query: str) -> list[str]:
    return [node.lexeme for node in nodes(parsed(query)) if node.lexeme]


def places(index: Index, query: str) -> list[int]:
    """Asked once and, from what is kept, once more."""
    index.part.kept.clear()
    (first,), (again,) = passages(index, [query]), passages(index, [query])
    assert np.array_equal(first, again)
    return np.flatnonzero(postings.unpacked(first, index.passages)).tolist()
