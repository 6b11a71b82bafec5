"""The settled part of the index gives the same answers as the rows, at any size, and is made while readers read."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.models import (
    Event,
    Official,
    SearchDocument,
    SearchPassage,
    SearchPosting,
    SearchProgress,
    State,
    Statement,
)
from statements.search import columns, settling
from statements.search.columns import Coverage
from statements.search.index import catch_up, current
from statements.search.notation import parsed, quoted
from statements.search.postings import NOWHERE, planned, read, unpacked, written
from statements.search.request import SearchRequest
from statements.search.results import Results, search
from tests.search.measuring import JUDGED

pytestmark = pytest.mark.django_db

Answer = tuple[int, bool, list[tuple[Any, ...]], dict[str, Any]]


def answer(parameters: dict[str, str]) -> Answer:
    """Everything that a reader sees of the first two pages."""
    results = search(SearchRequest.from_query(parameters))
    second = search(SearchRequest.from_query(parameters | {"page": "2"}))
    rows = [
        (item.kind, item.record.slug, [(hit.number, str(hit.marked)) for hit in item.hits])
        for item in [*results.items, *second.items]
    ]
    return results.count, results.partial, rows, counts_of(results)


def rank_of(parameters: dict[str, str]) -> tuple[int, bool, list[tuple[float, int]], Any]:
    """The same, but of the first forty only how good each is and of what day: those of one day stand in any order."""
    results = search(SearchRequest.from_query(parameters))
    matches, order = results.matches, results.request.order
    first = np.array(matches.ordered(order, 0, 40), dtype="i8")
    good = matches.goodness(first).round(4) if order == "relevance" and len(first) else first * 0.0
    days = matches.index.arrays["first"][first]
    rows = list(zip(good.tolist(), days.tolist(), strict=True))
    return results.count, results.partial, rows, counts_of(results)


def counts_of(results: Results) -> dict[str, dict[str, int]]:
    return {name: {v.value: v.count for v in values} for name, values in results.facets.items()}


def questions() -> list[dict[str, str]]:
    judged = [json.loads(line)["query"] for line in JUDGED.read_text("utf-8").splitlines()]
    asked = [{"q": query} for query in judged]
    asked += [{"q": query, "kind": "statement", "sort": "oldest"} for query in judged[::9]]
    asked += [
        {}, {"from": "2024"}, {"to": "summer 2023"}, {"official": "lloyd-austin", "from": "2023", "to": "2024"},
        {"kind": "official"}, {"kind": "event", "sort": "newest"}, {"language": "ar", "type": "readout"},
        {"q": '"the United States and Iraq"'}, {"q": '"الولايات المتحدة والعراق"'}, {"q": "Coalition -ISIS"},
        {"q": '"security cooperation dialogue"'}, {"q": '"the Government of Iraq"'},
        {"q": '"security"'}, {"q": "«العراق»"}, {"q": "«الوزير»"}, {"q": '"joint dialogues" -Coalition'},
    ]  # fmt: skip
    return asked


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms count as common in an archive as small as the demo's."""
    monkeypatch.setattr(settling, "LEAST", 20)
    monkeypatch.setattr(settling, "COMMON", 40)
    monkeypatch.setattr(settling, "FREQUENT", 15)


def all_fresh() -> None:
    for model in (SearchDocument, SearchPassage, SearchPosting, SearchProgress):
        model.objects.all().delete()
    columns.SearchColumn.objects.all().delete()
    columns.forget()
    catch_up()


@pytest.mark.usefixtures("demo", "small")
def test_settled_rows_and_fresh_ones_answer_every_judged_query_alike() -> None:
    settling.rebuild()
    columns.forget()
    index = current()
    common, frequent, _ = index.part.coverage
    assert common > frequent > frozenset()
    assert any(" " in lexeme for lexeme in common), "some pairs are common themselves"
    assert not index.fresh
    settled = [answer(question) for question in questions()]
    all_fresh()
    assert len(current().fresh) == current().passages
    for question, expected in zip(questions(), settled, strict=True):
        assert answer(question) == expected, question


@pytest.mark.usefixtures("demo", "small")
def test_what_changes_after_settling_is_found_anew_and_what_goes_is_gone() -> None:
    settling.rebuild()
    before = answer({"q": "memorandum"})
    statement = Statement.objects.get(slug="us-iraq-jscd-2-joint-statement")
    text = statement.passages.get(number=1).texts.get(language="en")
    text.digest = "Helicopters and the memorandum were discussed."
    text.save()
    Statement.objects.filter(slug="dod-news-2024-07-23").update(state=State.DRAFT)
    assert answer({"q": "helicopters memorandum"})[0] == 1
    assert SearchProgress.objects.get().dead, "the settled rows of both are noted"
    changed = answer({"q": "memorandum"}), answer({"q": "Coalition"}), answer({})
    all_fresh()
    assert changed == (answer({"q": "memorandum"}), answer({"q": "Coalition"}), answer({}))
    assert changed[0] != before


@pytest.mark.usefixtures("demo", "small")
def test_an_index_half_settled_and_half_fresh_answers_like_a_fresh_one() -> None:
    settling.rebuild()
    for model in (Statement, Event, Official):
        numbers = model.objects.order_by("slug").values_list("pk", flat=True)
        model.objects.filter(pk__in=list(numbers)[::2]).update(note_en="Looked at once more.")
    columns.forget()
    index = current()
    assert 0 < len(index.fresh) < index.passages
    assert 0 < index.settled_documents < index.documents
    mixed = [rank_of(question) for question in questions()]
    all_fresh()
    for question, expected in zip(questions(), mixed, strict=True):
        assert rank_of(question) == expected, question


@pytest.mark.usefixtures("demo", "small")
def test_a_change_during_the_making_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = settling.Settling.finish

    def edited(self: settling.Settling) -> None:
        Statement.objects.filter(slug="dod-news-2024-07-23").update(title_en="Quite another title")
        finish(self)

    monkeypatch.setattr(settling.Settling, "finish", edited)
    settling.rebuild()
    assert "dod-news-2024-07-23" in [row[1] for row in answer({"q": "quite another title"})[2]]


@pytest.mark.usefixtures("demo")
def test_a_making_that_fails_leaves_the_old_index(monkeypatch: pytest.MonkeyPatch) -> None:
    settling.rebuild()
    before = answer({"q": "Coalition"})

    def fail(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(settling.Settling, "add", fail)
    with pytest.raises(RuntimeError):
        settling.rebuild()
    monkeypatch.undo()
    assert answer({"q": "Coalition"}) == before
    settling.rebuild()
    assert answer({"q": "Coalition"}) == before


@given(st.sets(st.integers(0, 999)), st.integers(1000, 3000))
def test_postings_come_back_as_they_were_packed(places: set[int], passages: int) -> None:
    array = np.array(sorted(places), dtype="i4")
    assert (
        np.flatnonzero(unpacked(read(written(array, passages), passages), passages)).tolist()
        == array.tolist()
    )


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text))
def test_any_lexeme_is_read_as_it_was_written(lexeme: str) -> None:
    assert parsed(quoted(lexeme)).lexeme == lexeme


def test_what_is_rare_is_left_to_the_rows_and_what_is_common_to_the_postings() -> None:
    has = Coverage(frozenset({"a", "b", "a b", "b a", "a~-"}), frozenset({"a", "b"}), spelled=True)

    def plan(query: str) -> Any:
        return planned(parsed(query), has)

    assert plan("('x' | 'y')").rows
    assert plan("('a' & 'x')").rows, "the rare term makes it quick"
    assert plan("('a' <1> 'b')").lexeme == "a b"
    assert plan("('a' <2> 'b')").notation == "'a  b'", "a pair with a word between"
    mixed = plan("('a' | 'x' | ('x' <1> 'a') | 'y')")
    assert [part.rows for part in mixed.parts] == [False, True]
    assert plan("('a' <1> 'x' <1> 'a')").rows
    assert plan("('a' <1> 'b' <1> 'a')").operator == "likely", "the pairs are nearly the phrase"
    assert plan("('a' <0> ('~-' | '~-x'))").lexeme == "a~-", (
        "as no text has it with the other ending"
    )
    assert plan("(('a' <0> '~-y') <1> ('b' <0> '~-'))") == NOWHERE
    assert plan("('x' & ('a' <0> '~-y'))") == NOWHERE
    assert plan("('x' <0> ('~-' | '~-y'))").rows, "of rarer terms the rows are asked"
