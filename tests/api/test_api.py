"""The JSON interface: the same records, filters and search as the pages, nothing unpublished, few queries, errors as sentences."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from statements.actions import rename, withdraw
from statements.models import State, Undertaking
from tests import cast

pytestmark = pytest.mark.django_db
KINDS = (
    "statements", "articles", "officials", "organizations", "posts", "events", "dialogues", "agreements", "undertakings",
)  # fmt: skip
MOST = 12


def get(client: Client, address: str, **query: Any) -> Any:
    response = client.get(f"/api/v1/{address}", query)
    assert response.status_code == 200, response.content[:300]
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_list_and_its_records_cost_few_queries(
    client: Client, demo: None, django_assert_max_num_queries: Any, kind: str
) -> None:
    with django_assert_max_num_queries(MOST):
        listed = get(client, f"{kind}/")
    assert listed["count"] >= len(listed["results"]) > 0
    slugs = [row["slug"] for row in listed["results"] if "slug" in row][:5]
    for slug in slugs:
        with django_assert_max_num_queries(MOST):
            assert get(client, f"{kind}/{slug}/")["slug"] == slug


def test_a_statement_says_the_same_as_its_page(client: Client, demo: None) -> None:
    record = get(client, "statements/us-iraq-jscd-2-joint-statement/")
    assert record["date"] == "2024-07-24"
    assert {version["language"] for version in record["versions"]} == {"ar", "en"}
    page = client.get("/en/statements/us-iraq-jscd-2-joint-statement/").content.decode()
    assert record["title"]["en"] in page


def test_lists_filter_as_the_pages_do(client: Client, demo: None) -> None:
    query = {
        "official": "thabit-al-abbasi",
        "from": "summer 2023",
        "to": "تموز 2024",
        "sort": "oldest",
    }
    listed = get(client, "statements/", **query)
    page = client.get("/en/statements/", query)
    assert listed["count"] == page.context["results"].count > 0
    dates = [row["date"] for row in listed["results"]]
    assert dates == sorted(dates)


def test_search_answers_as_interface_says(client: Client, demo: None) -> None:
    found = get(client, "search/", q="memorandum")
    assert {"count", "results", "facets", "understood"} <= set(found)
    assert {"dates", "officials"} <= set(found["understood"])
    first = next(row for row in found["results"] if row["passages"])
    assert {"kind", "slug", "title", "url", "date", "passages"} <= set(first)
    assert "<mark>" in first["passages"][0]["highlighted"]
    assert found["count"] == client.get("/en/search/", {"q": "memorandum"}).context["results"].count


def test_what_is_not_published_is_nowhere_in_the_interface(client: Client) -> None:
    hidden = cast.minister(state=State.DRAFT, slug="hidden-man", name_en="Hidden Man")
    statement = cast.july_statement(
        hidden, event=cast.july_round(state=State.DRAFT, slug="hidden-round")
    )
    cast.july_statement(slug="hidden-text", title_en="Hidden text", state=State.WITHDRAWN)
    answers = [client.get(f"/api/v1/{kind}/").content.decode() for kind in KINDS]
    answers.append(client.get(f"/api/v1/statements/{statement.slug}/").content.decode())
    answers.append(client.get("/api/v1/search/", {"q": "hidden"}).content.decode())
    for answer in answers:
        assert "hidden-" not in answer
        assert "Hidden" not in answer
    for address in ("officials/hidden-man", "statements/hidden-text", "events/hidden-round"):
        assert client.get(f"/api/v1/{address}/").status_code == 404


def test_a_former_address_leads_to_the_record_and_only_while_readers_may_see_it(
    client: Client,
) -> None:
    statement = cast.july_statement()
    passage = statement.passages.get(number=2)
    Undertaking.objects.create(passage=passage, number=1, strength="decided")
    rename(statement, "july-2024-round")
    for old, new in (
        ("statements/july-2024/", "statements/july-2024-round/"),
        ("undertakings/july-2024.p2.u1/", "undertakings/july-2024-round.p2.u1/"),
    ):
        answer = client.get(f"/api/v1/{old}", {"format": "json"})
        assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/{new}?format=json")
        assert client.get(f"/api/v1/{new}").status_code == 200
    withdraw(statement)
    assert client.get("/api/v1/statements/july-2024/").status_code == 404
    assert client.get("/api/v1/undertakings/july-2024.p2.u1/").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("undertakings/?kind=AAA", 400),
        ("statements/no-such/", 404),
        ("nothing/", 404),
        ("statements/?page=999", 404),
        ("statements/?from=nonsense", 400),
        ("statements/?official=nobody", 400),
        ("search/?q=a&from=never", 400),
    ],
)
def test_errors_are_json_with_a_sentence(client: Client, address: str, status: int) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response["Content-Type"] == "application/json"
    body = json.loads(response.content)
    assert response.status_code == status
    assert re.fullmatch(r"[A-Z“].+\.", body["error"])


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_the_interface_is_read_only(client: Client, verb: str) -> None:
    response = getattr(client, verb)("/api/v1/statements/")
    assert response.status_code == 405
    assert json.loads(response.content)["error"]


def test_the_schema_is_valid_openapi_and_names_every_address(client: Client) -> None:
    schema = client.get("/api/v1/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
    body = json.loads(schema.content)
    assert body["openapi"].startswith("3.")
    for kind in KINDS:
        assert f"/api/v1/{kind}/" in body["paths"]
    parameters = {p["name"] for p in body["paths"]["/api/v1/statements/"]["get"]["parameters"]}
    assert {
        "q",
        "official",
        "country",
        "dialogue",
        "theme",
        "from",
        "to",
        "sort",
        "page",
    } <= parameters
