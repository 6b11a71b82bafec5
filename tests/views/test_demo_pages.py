"""The demo archive's pages: every kind in both languages with few queries, and the walk from one to the next."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from statements.models import PUBLIC_KINDS

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

KINDS = [model._meta.model_name for model in PUBLIC_KINDS]
MOST = 12


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_list_and_a_page_in_both_languages_with_few_queries(
    client: Client, kind: str, language: str, django_assert_max_num_queries: Any
) -> None:
    model = next(model for model in PUBLIC_KINDS if model._meta.model_name == kind)
    record = model.objects.published().order_by("-pk").first()
    with override(language):
        pages = [reverse(f"{kind}s"), record.get_absolute_url()]
    for page in pages:
        with django_assert_max_num_queries(MOST):
            response = client.get(page)
        assert response.status_code == 200
        content = text_of(response)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in content
        assert 'hreflang="ar"' in content
        assert (
            str(record.name_ar if hasattr(record, "name_ar") else record.title_ar or record.title)
            in content
            or page == pages[0]
        )


@pytest.mark.parametrize(
    "path", ["/en/", "/ar/", "/en/about/", "/ar/search/?q=العباسي", "/en/search/?q=zzzz"]
)
def test_the_other_pages_answer_with_few_queries(
    client: Client, path: str, django_assert_max_num_queries: Any
) -> None:
    client.get(path)  # the lexicon of names is read once a revision
    with django_assert_max_num_queries(MOST):
        assert client.get(path).status_code == 200


def test_a_reader_walks_from_statement_to_official_to_event_to_agreement_and_back(
    client: Client,
) -> None:
    statement = "/en/statements/us-iraq-jscd-2-joint-statement/"
    walk = [
        statement,
        "/en/officials/thabit-al-abbasi/",
        "/en/events/us-iraq-jscd-2/",
        "/en/agreements/sfa-2008/",
        statement,
    ]
    for here, there in zip(walk, walk[1:], strict=False):
        assert f'href="{there}' in client.get(here).content.decode(), (
            f"{here} does not link to {there}"
        )


def test_a_statement_that_was_taken_in_as_published_says_since_when(client: Client) -> None:
    words = client.get("/en/statements/us-iraq-jscd-2-joint-statement/").content.decode()
    assert "In the archive since" in words
    assert "Changed" not in words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/posts/", ["United Kingdom", "Ministry of Defence of Iraq"]),
        ("/en/dialogues/", ["2011–2024", "6 rounds"]),
        ("/ar/dialogues/", ["2011–2024", "6 جولات"]),
        ("/en/agreements/", ["ended 31 December 2011"]),
    ],
)
def test_a_list_says_in_its_margin_what_is_known_of_each_record(
    client: Client, address: str, words: list[str]
) -> None:
    content = html.unescape(client.get(address).content.decode())
    listed = content[
        content.index('class="plain entries"') : content.index(
            "</ul>", content.index('class="plain entries"')
        )
    ]
    for part in words:
        assert part in listed
