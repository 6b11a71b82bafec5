"""Search: spelling, both languages, filters, dates, facets, freshness, and whatever people type."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client

from statements.actions import withdraw
from statements.models import (
    Official,
    SearchDocument,
    SearchProgress,
    State,
    Statement,
)
from statements.search.index import catch_up, current
from statements.search.request import SearchRequest
from statements.search.results import search
from statements.search.settling import rebuild
from statements.text.edtf import EDTF
from tests import cast

pytestmark = pytest.mark.django_db


def ask(query: str, kind: str = "") -> Any:
    return search(SearchRequest.from_query(QueryDict(query), kind))


def slugs(query: str, kind: str = "statement") -> list[str]:
    return [item.record.slug for item in ask(query, kind).items]


@pytest.fixture
def july(db: None) -> Statement:
    minister = cast.minister(cast.post())
    event = cast.july_round(cast.dialogue())
    cast.take_part(event, minister)
    return cast.july_statement(minister, event=event)


@pytest.mark.parametrize(
    "words", ["مذكره تفاهم", "مُذكِّرة", "ومذكرة", "وزير الدفاع", "الوزير", "memorandums", "Washington", '"memorandum of understanding"', "“decided to begin”"],
)  # fmt: skip
def test_any_spelling_finds_the_passage(july: Statement, words: str) -> None:
    assert slugs(f"q={quote(words)}") == ["july-2024"]


@pytest.mark.parametrize(
    "words", ["بين", "السودان", '"understanding of memorandum"', "memorandum -Washington"]
)
def test_what_is_not_there_is_not_found(july: Statement, words: str) -> None:
    assert slugs(f"q={quote(words)}") == []


def test_the_words_are_marked_as_printed_and_everything_else_is_escaped(july: Statement) -> None:
    text = july.passages.first().texts.get(language="en")
    text.text = "<script>alert(1)</script> the memorandum & more"
    text.save()
    (item,) = ask("q=memorandum&language=en", "statement").items
    marked = str(item.hits[0].marked)
    assert "<mark>memorandum</mark> &amp; more" in marked
    assert "<script>" not in marked


@pytest.mark.parametrize(
    ("q", "words", "marked"),
    [
        ("July 2024", "They met on 22 and 23 July 2024 in Washington.", "22 and 23 July 2024"),
        ("تموز 2024", "They met on 22 and 23 July 2024 in Washington.", "22 and 23 July 2024"),
        ("2024-07-23", "They met on 22–23 July 2024, not in June.", "22–23 July 2024"),
        ("July 2024", "التقيا في ٢٣ يوليو ٢٠٢٤ في واشنطن.", "٢٣ يوليو ٢٠٢٤"),
        ("summer 2024", "They met in July 2024 and in May 2024.", "July 2024"),
    ],
)
def test_a_date_is_marked_in_whatever_words_the_text_says_it(
    july: Statement, q: str, words: str, marked: str
) -> None:
    language = "en" if words.isascii() or "–" in words else "ar"
    text = july.passages.get(number=2).texts.get(language=language)
    text.text = words
    text.save()
    (item,) = ask(f"q={quote(q)}&language={language}", "statement").items
    (hit,) = [hit for hit in item.hits if hit.language == language and hit.number == 2]
    assert str(hit.marked).count("<mark>") == 1
    assert f"{marked}</mark>" in str(hit.marked)


def test_a_facet_has_the_name_that_its_record_has_now(july: Statement) -> None:
    def named() -> list[str]:
        facets = ask("", "statement").facets
        return [str(value.label) for value in facets["official"]]

    assert named() == ["Thabit al-Abbasi"]
    official = Official.objects.get()
    official.name_en = "Thabet Abbasi"
    official.save()
    assert named() == ["Thabet Abbasi"]
    withdraw(official)
    assert named() == []


def test_filters_narrow_and_dates_overlap(july: Statement) -> None:
    assert slugs("official=thabit-al-abbasi") == ["july-2024"]
    assert slugs("dialogue=us-iraq-jscd&from=" + quote("تموز 2024")) == ["july-2024"]
    assert slugs("from=2024-07-25") == []
    assert slugs("to=summer+2024") == ["july-2024"]
    assert slugs("language=ar&type=joint_statement") == ["july-2024"]


def test_what_cannot_be_read_is_said_and_harms_nothing(july: Statement) -> None:
    results = ask("from=yesteryear", "statement")
    assert results.count == 1
    assert "yesteryear" in results.request.problems[0].en
    unknown = ask("official=nobody", "statement")
    assert unknown.count == 0
    assert unknown.request.problems


def test_when_nothing_has_all_words_half_of_them_do(july: Statement) -> None:
    results = ask("q=memorandum+understanding+helicopter", "statement")
    assert results.count == 1
    assert results.partial


def test_a_statement_is_found_when_its_page_is_and_gone_when_it_is_withdrawn(
    july: Statement,
) -> None:
    assert slugs("q=memorandum") == ["july-2024"]
    withdraw(july)
    assert slugs("q=memorandum") == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE statements_statement SET state = 'published', title_en = 'Quite another name'"
        )
    assert slugs("q=another+name") == ["july-2024"]


def test_an_edited_passage_and_a_renamed_official_are_followed(july: Statement) -> None:
    catch_up()
    text = july.passages.first().texts.get(language="en")
    text.text = "Helicopters were discussed."
    text.save()
    assert slugs("q=helicopter") == ["july-2024"]
    july.delete()
    catch_up()
    assert not SearchDocument.objects.filter(kind="statement").exists()


def test_nothing_to_do_costs_one_question(
    july: Statement, django_assert_max_num_queries: Any
) -> None:
    catch_up()
    with django_assert_max_num_queries(2):
        catch_up()


@pytest.mark.parametrize("bring_up", [catch_up, rebuild])
def test_a_change_that_is_lost_and_another_of_the_same_number_are_told_apart(
    july: Statement, bring_up: Any
) -> None:
    """As after a failover to a server that lacks the last commits: it counts from where it stands."""
    bring_up()
    years = current().years().tolist()
    with transaction.atomic():
        lost = Statement.objects.get(pk=july.pk)
        lost.title_en, lost.date = "Quite another title", EDTF("2019-01-02")
        lost.save()
        bring_up()
        assert slugs("q=title") == ["july-2024"]
        assert current().years().tolist() != years
        revision = current().revision
        transaction.set_rollback(True)
    Statement.objects.update(title_en="A third name")
    bring_up()
    assert slugs("q=third") == ["july-2024"]
    assert slugs("q=title") == []
    assert current().years().tolist() == years
    assert current().revision == revision


def test_an_archive_restored_on_another_server_is_followed(july: Statement) -> None:
    catch_up()
    SearchProgress.objects.update(indexed_before=2**60)
    july.title_en = "Quite another title"
    july.save()
    assert slugs("q=quite+another") == ["july-2024"]
    assert SearchProgress.objects.get().indexed_before < 2**60


HOSTILE = [
    "%_%",
    "(" * 2000,
    "x" * 7000,
    "\x00",
    "\ud800",
    "'; DROP TABLE",
    '"',
    "-",
    ":*!&|",
    "العباسي " * 900,
    "a:b:c",
    "\\'",
    "<script>",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("path", ["/en/search/", "/ar/statements/", "/api/v1/search/"])
def test_whatever_is_typed_gets_an_answer(
    july: Statement, client: Client, path: str, words: str
) -> None:
    response = client.get(path, {"q": words.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=999999",
        "page=x",
        "sort=x",
        "from=%00",
        "to=" + "9" * 500,
        "type=x",
        "official=" + "y" * 500,
    ],
)
def test_whatever_stands_in_the_address_gets_an_answer(
    july: Statement, client: Client, query: str
) -> None:
    assert client.get(f"/en/statements/?{query}").status_code == 200
    answer = client.get(f"/api/v1/statements/?{query}")
    assert answer.status_code in (200, 404) or (
        answer.status_code == 400 and answer.json()["error"]
    )


def test_drafts_are_not_in_the_index(db: None) -> None:
    cast.july_statement(state=State.DRAFT)
    rebuild()
    assert not SearchDocument.objects.exists()


def test_the_interface_describes_itself(client: Client) -> None:
    schema = client.get("/api/v1/schema/").json()
    assert {"/api/v1/statements/", "/api/v1/statements/{slug}/", "/api/v1/search/"} <= set(
        schema["paths"]
    )
