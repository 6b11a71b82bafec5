"""Comparing texts that are no fixture: versions in one language, many passages, texts that readers may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from statements.models import Comparison, Passage, PassageText, Rights, Statement, Version
from tests import cast
from tests.views.test_compare import address, main_of, rows_of

pytestmark = pytest.mark.django_db
MOST = 12


def test_a_statement_of_which_one_version_can_be_read_is_not_compared_with_itself(
    client: Client,
) -> None:
    statement = Statement.objects.create(slug="s", title_en="S", date="2024", **cast.PUBLIC)
    version(statement, "Ministry", ["They met."])
    alone = client.get(address("s", "s"))
    assert alone.status_code == 404
    assert "nothing to compare it with" in main_of(alone)
    assert 'href="/en/statements/s/"' in main_of(alone)


def test_two_statements_of_a_series_without_a_language_in_common_say_so(client: Client) -> None:
    series = cast.dialogue()
    for n, language in enumerate(("en", "ar")):
        event = cast.july_round(slug=f"e{n}", date=f"202{n}")
        event.rounds.create(dialogue=series)
        statement = Statement.objects.create(slug=f"s{n}", title_en="S", event=event, date=f"202{n}", **cast.PUBLIC)  # fmt: skip
        version(statement, "Ministry", ["Words."], language=language)
    response = client.get(address("s0", "s1"))
    assert response.status_code == 200
    assert "no text of both statements in one language" in main_of(response)


def version(statement: Statement, publisher: str, texts: list[str], **fields: Any) -> Version:
    made = Version.objects.create(
        statement=statement, publisher=publisher, **{"language": "en", "rights": Rights.FULL, **fields}
    )  # fmt: skip
    for number, text in enumerate(texts, 1):
        passage = Passage.objects.get_or_create(
            statement=statement, number=number, defaults={"order": number}
        )[0]
        PassageText.objects.create(passage=passage, version=made, language=made.language, text=text)
    return made


def test_two_versions_in_one_language_differ_by_words_and_not_by_spelling(client: Client) -> None:
    statement = Statement.objects.create(slug="s", title_en="S", date="2024-07", **cast.PUBLIC)
    version(statement, "Al-Marsad", ["قرر الجانبان الأميركي والعراقي البدء", "شكر الوفدان واشنطن", "ختام"], language="ar")  # fmt: skip
    version(statement, "Al-Rasheed", ["قرر الجانبان الأمريكي والعراقي البدء", "شكر الوزيران واشنطن"], language="ar")  # fmt: skip
    version(statement, "Ministry", ["The two sides decided to begin."])
    response = client.get(address("s", "s", "ar"))
    assert list(rows_of(response).values()) == ["same", "reworded", "gone"]
    assert "<del>الوفدان</del>" in main_of(response)
    other = client.get(address("s", "s") + "?left=ar-al-rasheed&right=en-ministry")
    assert other.context["it"].across
    assert 'value="ar-al-rasheed" selected' in main_of(other)


def rounds_of(number: int) -> tuple[Statement, Statement]:
    """Two rounds of a series of many, each statement with so many passages, half of them laid together by an editor."""
    series = cast.dialogue()
    made = []
    for n in range(max(2, number // 10)):
        event = cast.july_round(slug=f"e{n}", date=f"20{n + 10:02}" if n < 80 else f"{1900 + n}")
        event.rounds.create(dialogue=series)
        statement = Statement.objects.create(slug=f"s{n}", title_en=f"S {n}", event=event, date=str(event.date), **cast.PUBLIC)  # fmt: skip
        made.append(statement)
    left, right = made[:2]
    for statement in (left, right):
        words = [f"Promise {n} of {n * 7} aircraft and {n * 3} pilots for the district {n}." for n in range(number)]  # fmt: skip
        version(statement, "Ministry", words)
    passages = [list(one.passages.order_by("number")) for one in (left, right)]
    Comparison.objects.bulk_create(
        Comparison(passage=later, earlier=earlier, relation="persisted")
        for earlier, later in list(zip(*passages, strict=True))[::2]
    )
    return left, right


@pytest.mark.parametrize("number", [10, 200])
def test_a_comparison_costs_few_queries_with_ten_passages_or_two_hundred(
    client: Client, django_assert_max_num_queries: Any, number: int
) -> None:
    left, right = rounds_of(number)
    with django_assert_max_num_queries(MOST):
        response = client.get(address(left.slug, right.slug))
    assert set(rows_of(response).values()) == {"same"}
    assert f"{number} of {number} kept" in main_of(response)
    with django_assert_max_num_queries(MOST):
        assert client.get(right.get_absolute_url()).status_code == 200


def test_a_text_held_as_excerpts_is_compared_and_never_shown(client: Client) -> None:
    series = cast.dialogue()
    words = ["They agreed on secret clauses about harbours.", "They praised the hosts."]
    for n, (slug, first) in enumerate((("one", words[0]), ("two", words[0].replace("on", "upon")))):
        event = cast.july_round(slug=slug, date=f"202{n}")
        event.rounds.create(dialogue=series)
        statement = Statement.objects.create(slug=slug, title_en=slug, event=event, date=f"202{n}", **cast.PUBLIC)  # fmt: skip
        version(statement, "Ministry", [first, words[1]], rights=Rights.EXCERPTS)
        PassageText.objects.filter(passage__statement=statement).update(digest="A digest.")
    response = client.get(address("one", "two"))
    assert list(rows_of(response).values()) == ["reworded", "same"]
    content = main_of(response)
    assert "secret clauses" not in content
    assert "1 word changed" in content
    assert "The texts themselves were compared" in content
