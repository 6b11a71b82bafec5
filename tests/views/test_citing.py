"""Citing: every page says what it is, every passage is copied with its number, and no citation gives the text."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
import rispy
from django.test import Client

from statements.models import Agreement, Rights, State
from statements.search.settling import rebuild
from tests import cast

pytestmark = pytest.mark.django_db

FILES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def records() -> list[Any]:
    """One published record of each kind."""
    ministry, series = cast.ministry(), cast.dialogue()
    post = cast.post(ministry)
    minister = cast.minister(post)
    event = cast.july_round(series)
    statement = cast.july_statement(minister, event=event)
    statement.issuers.add(ministry)
    agreement = Agreement.objects.create(
        slug="sfa", title_en="Framework", type="treaty", state=State.PUBLISHED
    )
    rebuild()
    return [statement, cast.article(), minister, ministry, post, series, event, agreement]


def linked_data(content: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', content, re.DOTALL)
    assert found
    return json.loads(found[1])


def tags(content: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)">', content))


def test_every_kind_of_page_says_what_it_is_to_zotero_and_in_json_ld_in_both_languages(
    client: Client,
) -> None:
    kinds = {"statement": "report", "article": "newspaperArticle"}
    for record, english in [(record, record.get_absolute_url()) for record in records()]:
        for language in ("en", "ar"):
            address = english.replace("/en/", f"/{language}/")
            content = client.get(address).content.decode()
            said = tags(content)
            assert said["z:itemType"] == kinds.get(record.page, "webpage")
            assert said["citation_language"] == language
            assert said["citation_public_url"] == f"http://testserver{address}"
            data = linked_data(content)
            assert data["url"] == f"http://testserver{address}"
            assert data["mainEntity"]["name"] == html.unescape(said["citation_title"])
    for path in ("", "about/", "statements/", "officials/", "search/?q=x"):
        content = client.get(f"/ar/{path}").content.decode()
        assert tags(content)["z:itemType"] == "webpage"
        assert linked_data(content)["name"]
        assert 'id="cite"' in content


def test_a_page_of_a_record_shows_its_citation_in_both_languages_without_a_script(
    client: Client,
) -> None:
    statement = records()[0]
    content = text_of(client.get(statement.get_absolute_url()))
    assert (
        "Ministry of Defence of Iraq, “Joint statement of July 2024,” joint statement, " in content
    )
    assert (
        "وزارة الدفاع العراقية، «البيان المشترك لتموز 2024»، بيان مشترك، 24 تموز/يوليو 2024، حوار"
        in content
    )
    assert "http://testserver/ar/statements/july-2024/" in content


def test_a_passages_link_leads_to_its_citation_with_number_and_address_also_in_print(
    client: Client,
) -> None:
    address = records()[0].get_absolute_url()
    assert 'href="?passage=2#cite"' in client.get(address).content.decode()
    content = text_of(client.get(f"{address}?passage=2"))
    assert re.search(r'<details class="citing" id="cite" open', content)
    printed = re.search(r'<p class="printed">(.*?)</p>', content)
    assert printed
    assert "para. 2, Hiwar" in printed[1]
    assert f"http://testserver{address}#p2." in printed[1]
    arabic = text_of(client.get(f"{address.replace('/en/', '/ar/')}?passage=2"))
    assert "الفقرة 2، حوار" in arabic


@pytest.mark.parametrize("ending", FILES)
def test_a_citation_is_downloaded_from_any_page_with_its_media_type(
    client: Client, ending: str
) -> None:
    addresses = [record.get_absolute_url() for record in records()]
    for address in (*addresses, "/en/officials/", "/ar/search/?q=x"):
        response = client.get(f"{address}{'&' if '?' in address else '?'}cite={ending}")
        assert response.status_code == 200
        assert response["Content-Type"] == FILES[ending]
        assert re.fullmatch(
            rf'attachment; filename="hiwar-[a-z0-9-]+\.{ending}"', response["Content-Disposition"]
        )
        assert f"http://testserver{address}" in response.content.decode()
        assert f"cite={ending}" not in response.content.decode()


def test_a_passage_is_downloaded_with_its_number(client: Client) -> None:
    address = records()[0].get_absolute_url()
    content = client.get(f"{address}?passage=2&cite=ris").content.decode()
    (record,) = rispy.loads(content)
    assert record["urls"] == [f"http://testserver{address}#p2"]
    assert record["notes"] == ["para. 2"]


def test_a_page_as_of_a_date_is_cited_as_of_that_date(client: Client) -> None:
    records()
    content = client.get("/en/statements/?from=2024&lang=en&cite=bib").content.decode()
    assert "url = {http://testserver/en/statements/?from=2024}" in content


def test_a_query_as_long_as_a_quotation_stays_out_of_the_address(client: Client) -> None:
    content = client.get(f"/en/statements/?q={'word ' * 100}&cite=bib").content.decode()
    assert "url = {http://testserver/en/statements/}" in content


def test_citing_never_gives_a_text_that_readers_may_not_read(client: Client) -> None:
    statement = cast.july_statement(rights=Rights.DIGEST)
    for query in ("", "?passage=1", "?passage=1&cite=bib", "?passage=1&cite=ris", "?cite=json"):
        content = text_of(client.get(statement.get_absolute_url() + query))
        for words in (*cast.ARABIC, *cast.ENGLISH):
            assert words not in content


@pytest.mark.parametrize(
    ("query", "status", "english", "arabic"),
    [
        ("passage=99", 404, "no passage with that number", "ليس في هذا النص فقرة بهذا الرقم"),
        ("passage=x&cite=bib", 404, "no passage with that number", "ليس في هذا النص فقرة"),
        ("cite=docx", 400, "given as bib, ris or json", "تُعطى الإحالة بصيغة"),
    ],
)
def test_what_cannot_be_cited_gets_a_sentence_and_the_way_on(
    client: Client, query: str, status: int, english: str, arabic: str
) -> None:
    cast.july_statement()
    for language, sentence in (("en", english), ("ar", arabic)):
        own = f"/{language}/statements/july-2024/"
        response = client.get(f"{own}?{query}")
        assert response.status_code == status
        assert sentence in text_of(response)
        assert f'href="{own}"' in text_of(response)


def test_neither_an_error_nor_a_withdrawn_record_is_cited(client: Client) -> None:
    address = cast.july_statement(state=State.WITHDRAWN).get_absolute_url()
    for query in ("", "?cite=bib"):
        response = client.get(address + query)
        assert response.status_code == 404
        assert "citation_title" not in text_of(response)


def test_a_removed_passage_is_still_cited_by_its_number(client: Client) -> None:
    statement = cast.july_statement()
    passage = statement.passages.get(number=2)
    passage.texts.all().delete()
    passage.removed = True
    passage.save()
    assert client.get(f"{statement.get_absolute_url()}?passage=2&cite=bib").status_code == 200


def test_a_title_cannot_end_the_script_of_json_ld(client: Client) -> None:
    title = "</script><b>&"
    statement = cast.july_statement(title_en=title)
    content = client.get(statement.get_absolute_url()).content.decode()
    assert linked_data(content)["name"] == title


def test_a_file_costs_no_more_queries_than_its_page(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for address in [record.get_absolute_url() for record in records()]:
        for query in ("", "?cite=bib", "?cite=json&lang=ar"):
            with django_assert_max_num_queries(12):
                assert client.get(address + query).status_code == 200
