"""Search over the demo archive: facets, the same results everywhere, a rebuilt index."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from statements.models import SearchPassage
from statements.search.settling import rebuild
from tests.search.test_search import ask, slugs

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_facets_count_what_a_click_would_show() -> None:
    rebuild()
    results = ask("q=Coalition")
    for name in (
        "official",
        "organization",
        "country",
        "dialogue",
        "theme",
        "language",
        "type",
        "kind",
    ):
        for value in results.facets[name]:
            assert ask(f"q=Coalition&{name}={quote(str(value.value))}").count == value.count, (
                name,
                value,
            )


def test_rebuilding_gives_the_same_index() -> None:
    def index() -> set[Any]:
        return set(
            SearchPassage.objects.values_list("document__kind", "document__slug", "number", "terms")
        )

    rebuild()
    before = index()
    rebuild()
    assert index() == before
    assert len({row[:2] for row in before}) == 263


def test_pages_and_interface_give_the_same_results(client: Client) -> None:
    rebuild()
    query = "q=Coalition&from=2023&sort=oldest"
    api = [row["slug"] for row in client.get(f"/api/v1/statements/?{query}").json()["results"]]
    assert api == slugs(query)
    assert api
