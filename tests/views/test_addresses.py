"""Every address under every query: both languages, the filters, hostile values, what crawlers read, and links both ways."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from statements.models import PUBLIC_KINDS, Event
from statements.sitemaps import Records

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

KINDS = [model._meta.model_name for model in PUBLIC_KINDS]
LISTS = [f"{kind}s/" for kind in KINDS] + ["search/"]
HOSTILE = {
    "NUL": "%00x",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%C3%28%FF",
    "7,000 characters": "a%D8%B9" * 1750,
    "markup": quote('"><script>alert(1)</script>'),
    "quotes and operators": quote("'\" OR 1=1 -- \\ :* & | ! ( <-> %"),
    "directions": quote("\u202e\u2066x"),
}
PARAMETERS = [
    "q", "official", "organization", "country", "dialogue", "event", "agreement", "theme", "type", "language",
    "from", "to", "sort", "page", "lang", "kind", "literal", "on", "status", "strength", "view", "last", "rows",
]  # fmt: skip


def one_of_each() -> Iterator[str]:
    """Addresses without language: the lists, a record of each kind, and the other pages."""
    yield from (
        "",
        "about/",
        "check-quotation/",
        "conflicts/",
        *LISTS,
        "undertakings/",
        "undertakings/chain-commission/",
    )
    for model in PUBLIC_KINDS:
        record = model.objects.published().order_by("slug").first()
        with override("en"):
            yield record.get_absolute_url().removeprefix("/en/")
    yield "compare/us-iraq-jscd-1-joint-statement/us-iraq-jscd-2-joint-statement/"
    yield "compare/us-iraq-jscd-2-joint-statement/us-iraq-jscd-2-joint-statement/"
    yield "articles/almarsad-2024-07-25/uses/us-iraq-jscd-2-joint-statement/"
    yield "conflicts/who-met-brown/"
    yield "officials/lloyd-austin/with/thabit-al-abbasi/"
    yield "officials/lloyd-austin/briefing/"
    yield "dialogues/us-iraq-jscd/briefing/"
    yield "events/us-iraq-jscd-2/briefing/"


def main_of(response: Any) -> str:
    content = html.unescape(response.content.decode())
    return content[content.index("<main") : content.index("</main>")]


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_value_of_any_parameter_breaks_a_page_or_the_interface(
    client: Client, value: str
) -> None:
    query = "&".join(f"{name}={value}" for name in PARAMETERS)
    for path in one_of_each():
        response = client.get(f"/ar/{path}?{query}")
        assert response.status_code == 200, path
        assert "<script>alert" not in response.content.decode()
    for kind in (*KINDS, "undertaking"):
        assert client.get(f"/api/v1/{kind}s/?{query}").status_code == 400
    assert client.get(f"/api/v1/search/?{query}").status_code == 400
    for path in ("suggest/", "read-date/"):
        assert client.get(f"/en/{path}?q={value}").status_code == 200


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_address_breaks_the_archive(client: Client, value: str) -> None:
    for path in (
        f"/en/statements/{value}/",
        f"/ar/{value}",
        f"/api/v1/statements/{value}/",
        f"/{value}/",
    ):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("page", ["-1", "0", "two", "99999999", "999"])
def test_a_page_that_is_not_there_is_said_and_a_page_is_shown(
    client: Client, path: str, page: str
) -> None:
    response = client.get(f"/en/{path}?page={page}")
    assert response.status_code == 200
    assert re.search(r'class="problem">.+\.</p>', response.content.decode())
    assert response.context["results"].items


@pytest.mark.parametrize(
    ("query", "english", "arabic"),
    [
        ("from=nonsense", "was not understood as a date", "لم تُفهم"),
        ("to=99%2F99%2F99", "was not understood as a date", "لم تُفهم"),
        ("official=nobody", "knows no “nobody”", "لا يعرف الأرشيف «nobody»"),
        ("theme=nothing", "knows no “nothing”", "لا يعرف الأرشيف «nothing»"),
        ("type=sonnet", "knows no type “sonnet”", "لا يعرف الأرشيف «sonnet»"),
        ("language=xx", "knows no language “xx”", "لا يعرف الأرشيف «xx»"),
        ("sort=worst", "knows no sort “worst”", "لا يعرف الأرشيف «worst»"),
        ("page=-1", "is no number of a page", "ليس رقم صفحة"),
    ],
)
def test_a_value_that_cannot_be_read_gets_a_sentence_in_the_readers_language(
    client: Client, query: str, english: str, arabic: str
) -> None:
    page, other = (main_of(client.get(f"/{code}/statements/?{query}")) for code in ("en", "ar"))
    assert english in page
    assert arabic in other
    assert "What was not understood was left out." in page
    assert "أُهمل ما لم يُفهم." in other
    refused = client.get(f"/api/v1/statements/?{query}")
    assert (refused.status_code, english in refused.json()["error"]) == (400, True)
    assert "left out" not in refused.json()["error"]


def test_words_with_a_filter_that_is_not_known_are_answered(client: Client) -> None:
    content = main_of(client.get("/en/search/?q=memorandum&official=nobody"))
    assert "knows no “nobody”" in content
    assert "Nothing was found." in content


@pytest.mark.parametrize(
    "query",
    [
        {"official": "thabit-al-abbasi"}, {"organization": "iq-mod"}, {"country": "gb"}, {"dialogue": "us-iraq-jscd"},
        {"event": "us-iraq-jscd-2"}, {"agreement": "sfa-2008"}, {"type": "joint_statement"}, {"language": "en"},
        {"from": "summer 2023", "to": "July 2024"}, {"from": "صيف 2023", "to": "تموز 2024"}, {"q": "memorandum"},
    ],
)  # fmt: skip
def test_each_filter_narrows_the_statements_on_the_page_and_in_the_interface_alike(
    client: Client, query: dict[str, str]
) -> None:
    everything = client.get("/en/statements/").context["results"].count
    page = client.get("/ar/statements/", query).context
    assert 0 < page["results"].count <= everything
    assert not page["problems"]
    assert client.get("/api/v1/statements/", query).json()["count"] == page["results"].count


def test_theme_narrows_statements_and_undertakings(client: Client) -> None:
    facet = client.get("/en/statements/").context["facets"]
    theme = next(f for f in facet if f["name"] == "theme")["values"][0]["value"]
    every = client.get("/api/v1/undertakings/").json()["count"]
    found = client.get("/api/v1/undertakings/", {"theme": theme}).json()
    assert 0 < found["count"] < every
    assert {row["theme"] for row in found["results"]} == {theme}
    named = client.get(
        "/api/v1/undertakings/", {"event": "us-iraq-jscd-2", "sort": "oldest"}
    ).json()
    assert 0 < named["count"] < every
    assert [row["date"] for row in named["results"]] == sorted(
        row["date"] for row in named["results"]
    )


def test_the_other_language_is_one_click_away_and_keeps_the_query(client: Client) -> None:
    for path in one_of_each():
        response = client.get(f"/en/{path}?from=تموز+2024&page=2&lang=both")
        content = html.unescape(response.content.decode())
        there = re.search(r'class="lang" href="([^"]+)"', content)
        assert there is not None
        assert there[1] == f"/ar/{path}?" + quote("from=تموز+2024&page=2&lang=both", safe="=&+")
        assert client.get(there[1]).status_code == 200


def test_each_page_tells_crawlers_and_cards_what_it_is(client: Client) -> None:
    descriptions = set()
    for path in one_of_each():
        content = client.get(f"/ar/{path}?lang=en").content.decode()
        for line in (
            f'<link rel="canonical" href="http://testserver/ar/{path}">',
            f'<link rel="alternate" hreflang="en" href="http://testserver/en/{path}">',
            f'<link rel="alternate" hreflang="ar" href="http://testserver/ar/{path}">',
            f'<link rel="alternate" hreflang="x-default" href="http://testserver/en/{path}">',
            '<meta property="og:locale" content="ar_IQ">',
            'href="#main"',
            '<main id="main">',
        ):
            assert line in content, f"{path}: {line}"
        title = re.search(r'property="og:title" content="([^"]+)"', content)
        assert title is not None
        assert title[1]
        told = re.search(
            r'<meta name="description" property="og:description" content="([^"]+)"', content
        )
        assert told is not None
        assert told[1] not in descriptions, f"{path}: described as another page is"
        descriptions.add(told[1])
        assert len(re.findall(r"<h1[ >]", content)) == 1
        assert 'name="robots"' not in content
    second = client.get("/en/statements/?page=2").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/statements/?page=2">' in second
    assert 'content="noindex, follow"' in client.get("/en/search/?q=x").content.decode()
    missing = client.get("/en/nothing/").content.decode()
    assert 'rel="canonical"' not in missing


def test_the_sitemap_has_every_published_record_in_both_languages(client: Client) -> None:
    for model in PUBLIC_KINDS:
        content = client.get(f"/sitemap-{model._meta.model_name}s.xml").content.decode()
        records = model.objects.published()
        for record in records:
            for language in ("en", "ar"):
                with override(language):
                    assert f"<loc>http://testserver{record.get_absolute_url()}</loc>" in content
    pages = client.get("/sitemap-pages.xml").content.decode()
    assert pages.count("<url>") == 2 * (6 + len(KINDS))


def test_the_files_of_a_sitemap_have_each_address_once_and_read_only_their_own(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(Records, "limit", 7)  # a record's languages may be parted
    names = re.findall(
        r"<loc>http://testserver(/sitemap-events.xml[^<]*)</loc>",
        client.get("/sitemap.xml").content.decode(),
    )
    found = []
    for name in names:
        with django_assert_num_queries(2):
            content = client.get(html.unescape(name)).content.decode()
        found += re.findall(r"<loc>([^<]+)</loc>", content)
        assert len(re.findall("<url>", content)) <= 7
    wanted = []
    for record in Event.objects.published():
        for language in ("en", "ar"):
            with override(language):
                wanted.append(f"http://testserver{record.get_absolute_url()}")
    assert sorted(found) == sorted(wanted)
    assert len(names) == -(-len(wanted) // 7)


def test_a_wrong_host_is_told_so_and_not_failed(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for path in ("/en/", "/ar/statements/"):
        response = client.get(path, headers={"host": "elsewhere.example"})
        assert response.status_code == 400
        assert "<h1>" in response.content.decode()


#: Links that lead on without leading back: to the other records of one event, to the passage that names somebody,
#: from a post to the dialogue of which an event attended in it was a round, and from the ledger of a dialogue to
#: whatever shows what became of a promise.
ONWARD = {
    ("statement", "event"), ("statement", "statement"), ("event", "statement"),
    ("post", "statement"), ("post", "dialogue"), ("dialogue", "statement"), ("dialogue", "event"), ("dialogue", "agreement"),
}  # fmt: skip


def test_links_between_records_go_both_ways(client: Client) -> None:
    """From every page of the demo archive; a page that shows only the latest of very many is let off."""
    found: dict[str, set[str]] = {}
    for model in PUBLIC_KINDS:
        for record in model.objects.published():
            with override("en"):
                here = record.get_absolute_url()
            links = re.findall(r'href="(/en/[a-z]+/[a-z0-9-]+/)["#?]', main_of(client.get(here)))
            found[here] = set(links) - {here}
    kind = {address: address.split("/")[2].removesuffix("s") for address in found}
    for here, links in found.items():
        for there in links & found.keys():
            if (kind[here], kind[there]) not in ONWARD:
                assert here in found[there], f"{here} links to {there}, which does not link back"


def test_every_link_of_every_kind_of_page_leads_somewhere(client: Client) -> None:
    seen: set[str] = set()
    for path in one_of_each():
        content = html.unescape(client.get(f"/en/{path}").content.decode())
        seen |= {link.split("#")[0] for link in re.findall(r'href="(/(?:en|ar)/[^"]*)"', content)}
    seen -= {reverse("admin:index")}
    for address in sorted(seen):
        assert client.get(address).status_code == 200, address
