"""Promises of the demo archive as of a day: the list, the line of a chain, the filters, and the interface alike."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from statements.models import Chain, State, Undertaking

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

JULY, AUGUST = "us-iraq-jscd-2-joint-statement", "us-iraq-jscd-1-joint-statement"


def main_of(response: Any) -> str:
    content = html.unescape(response.content.decode())
    return content[content.index("<main") : content.index("</main>")]


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


def stands(client: Client, slug: str, on: str) -> tuple[str, str | None]:
    """How an undertaking stands in the interface as of a day, and since when; it must be the same on the page."""
    row = client.get(f"/api/v1/undertakings/{slug}/", {"on": on}).json()
    listed = client.get("/en/undertakings/", {"on": on, "theme": row["theme"] or ""})
    pages = listed.context["page"].paginator.num_pages
    for number in range(1, pages + 1):
        shown = client.get(
            "/en/undertakings/", {"on": on, "theme": row["theme"] or "", "page": number}
        )
        for item in shown.context["rows"]:
            passage = item.record.passage
            if slug == f"{passage.statement.slug}.p{passage.number}.u{item.record.number}":
                assert item.outcome.status == row["status"]
                return row["status"], row["since"]
    raise AssertionError(f"{slug} is not on the page as of {on}")


@pytest.mark.parametrize(
    ("slug", "on", "status", "since"),
    [
        # The military commission: promised in August 2023, launched on 25 January 2024, delivered on 27 September 2024.
        (f"{AUGUST}.p10.u1", "2023-12-01", "open", "2023-08-08"),
        (f"{AUGUST}.p10.u1", "2024-02-01", "at_work", "2024-01-25"),
        (f"{AUGUST}.p10.u1", "2024-10-01", "fulfilled", "2024-09-27"),
        # The detailed statement of passage 7: promised in July 2024, put off in August, there on 27 September.
        (f"{JULY}.p7.u1", "2024-08-01", "open", "2024-07-24"),
        (f"{JULY}.p7.u1", "2024-09-01", "postponed", "2024-08-15"),
        (f"{JULY}.p7.u1", "2024-10-01", "fulfilled", "2024-09-27"),
        # The combat role: from June 2020 an intention, from July 2021 a decision, declared over in December 2021.
        ("sd-1-joint-statement.p4.u1", "2020-07-01", "open", "2020-06-11"),
        ("sd-4-joint-statement.p4.u1", "2021-12-08", "open", "2020-06-11"),
        ("sd-4-joint-statement.p4.u1", "2021-12-09", "fulfilled", "2021-12-09"),
        # Two undertakings of one passage have their own fates: exercises are in no chain.
        (f"{JULY}.p12.u1", "2026-01-01", "open", "2024-07-24"),
        # A third meeting was promised after the committee had come about.
        ("hcc-2011-report.p3.u1", "2014-01-01", "fulfilled", "2012-05-24"),
        ("dsjcc-2-joint-statement.p7.u1", "2014-01-01", "open", "2012-12-06"),
    ],
)
def test_real_promises_as_of_a_day(
    client: Client, slug: str, on: str, status: str, since: str
) -> None:
    assert stands(client, slug, on) == (status, since)


def test_every_chain_stands_today_as_its_editor_ruled(client: Client) -> None:
    for chain in Chain.objects.published():
        promise = client.get(chain.get_absolute_url()).context["promise"]
        assert promise.outcome.status == chain.outcome, chain.slug


def test_the_page_of_a_month_later_says_otherwise(client: Client) -> None:
    address = "/en/undertakings/chain-detailed-statement/"
    early = words(client.get(address, {"on": "2024-09-01"}))
    late = words(client.get(address, {"on": "2024-10-01"}))
    assert "As of 1 September 2024: ◷ postponed since 15 August 2024" in early
    assert "1 step came after 1 September 2024." in early
    assert "27 September 2024" not in early
    assert "As of 1 October 2024: ✔ fulfilled since 27 September 2024" in late
    assert "fulfilled 27 September 2024 Joint statement announcing the timeline" in late
    before = words(client.get(address, {"on": "2024-07-01"}))
    assert "not promised yet" in before
    arabic = words(client.get(address.replace("/en/", "/ar/"), {"on": "1 أيلول 2024"}))
    assert "حتى 1 أيلول/سبتمبر 2024: ◷ أُجل منذ 15 آب/أغسطس 2024" in arabic


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("chain-commission", {
            "2023-12-01": "open since 8 August 2023", "2024-02-01": "at work since 25 January 2024",
            "2024-10-01": "fulfilled since 27 September 2024",
        }),
        ("chain-detailed-statement", {
            "2024-08-01": "open since 24 July 2024", "2024-09-01": "postponed since 15 August 2024",
            "2024-10-01": "fulfilled since 27 September 2024",
        }),
        ("chain-combat-role", {
            "2020-06-01": "not promised yet", "2021-08-01": "open since 11 June 2020",
            "2022-01-01": "fulfilled since 9 December 2021",
        }),
    ],
)  # fmt: skip
def test_the_page_of_a_promise_as_of_three_days(
    client: Client, slug: str, told: dict[str, str]
) -> None:
    for on, says in told.items():
        page = words(client.get(f"/en/undertakings/{slug}/", {"on": on}))
        assert [other for other in told.values() if other in page] == [says], on


def test_every_step_is_dated_and_leads_to_its_evidence(client: Client) -> None:
    response = client.get("/en/undertakings/chain-commission/")
    content = main_of(response)
    steps = re.findall(r"<li><b>.*?</li>", content, re.DOTALL)
    assert len(steps) == 6
    for step in steps:
        assert re.search(r'datetime="\d{4}-\d\d-\d\d"', step)
        link = re.search(r'href="([^"#]+)(#p\d+)?"', step)
        assert link is not None
        assert client.get(link[1]).status_code == 200
    assert sum(mark.count for mark in response.context["line"].lanes[0].marks) == 6


@pytest.mark.parametrize(
    "query",
    [
        {"country": "gb"}, {"dialogue": "us-iraq-jscd"}, {"theme": "repatriation"}, {"strength": "committed"},
        {"status": "fulfilled"}, {"status": "pending"}, {"official": "lloyd-austin"}, {"event": "us-iraq-jscd-2"}, {"q": "memorandum"},
        {"from": "2024", "to": "تموز 2024"}, {"on": "2024-09-01", "status": "postponed"},
        {"on": "أيلول 2021", "country": "us", "theme": "coalition-transition", "strength": "decided"},
    ],
)  # fmt: skip
def test_each_filter_narrows_the_page_and_the_interface_alike(
    client: Client, query: dict[str, str]
) -> None:
    everything = client.get("/en/undertakings/").context["asked"].count
    page = client.get("/ar/undertakings/", query)
    answer = client.get("/api/v1/undertakings/", query).json()
    assert 0 < page.context["asked"].count < everything == Undertaking.objects.count()
    assert not page.context["problems"]
    assert answer["count"] == page.context["asked"].count
    shown = {
        (item.record.passage.statement.slug, item.record.passage.number, item.record.number, item.outcome.status)
        for item in page.context["rows"]
    }  # fmt: skip
    told = {
        (row["statement"], row["passage"], int(row["slug"].rpartition(".u")[2]), row["status"])
        for row in answer["results"]
    }
    assert shown == told
    if "status" in query:
        pending = {"open", "at_work", "postponed"}
        wanted = pending if query["status"] == "pending" else {query["status"]}
        assert {row["status"] for row in answer["results"]} <= wanted


def test_statuses_are_counted_and_add_up(client: Client) -> None:
    asked = client.get("/en/undertakings/", {"on": "2024-09-01"}).context["asked"]
    assert sum(asked.counts.values()) == asked.count
    for status, n in asked.counts.items():
        query = {"on": "2024-09-01", "status": status}
        assert client.get("/api/v1/undertakings/", query).json()["count"] == n


def test_all_rows_are_on_one_page_each(client: Client) -> None:
    found: list[Any] = []
    first = client.get("/en/undertakings/").context["page"].paginator
    for number in range(1, first.num_pages + 1):
        rows = client.get("/en/undertakings/", {"page": number}).context["rows"]
        found += [row.record.pk for row in rows]
    assert len(found) == len(set(found)) == first.count == Undertaking.objects.count()


@pytest.mark.parametrize(
    ("query", "english", "arabic"),
    [
        ("on=nonsense", "“nonsense” was not understood as a date", "لم تُفهم «nonsense» تاريخًا"),
        ("on=99/99/99", "was not understood as a date", "تاريخًا"),
        ("status=kept", "knows no status “kept”", "لا يعرف الأرشيف «kept»"),
        ("strength=weak", "knows no strength “weak”", "لا يعرف الأرشيف «weak»"),
        ("theme=nothing", "knows no “nothing”", "لا يعرف الأرشيف «nothing»"),
        ("official=nobody", "knows no “nobody”", "لا يعرف الأرشيف «nobody»"),
        ("page=two", "is no number of a page", "ليس رقم صفحة"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_the_way_on(
    client: Client, query: str, english: str, arabic: str
) -> None:
    page = client.get(f"/en/undertakings/?{query}")
    assert page.status_code == 200
    assert english in main_of(page)
    assert arabic in main_of(client.get(f"/ar/undertakings/?{query}"))
    refused = client.get(f"/api/v1/undertakings/?{query}")
    assert (refused.status_code, english in refused.json()["error"]) == (400, True)


def test_an_unreadable_day_of_a_chain_is_told_and_an_unknown_chain_is_not_there(
    client: Client,
) -> None:
    page = client.get("/en/undertakings/chain-commission/?on=soon")
    assert page.status_code == 200
    assert "was not understood as a date" in main_of(page)
    assert client.get("/en/undertakings/no-such-promise/").status_code == 404
    assert client.get("/api/v1/undertakings/?on=soon").status_code == 400
    assert client.get(f"/api/v1/undertakings/{JULY}.p7.u1/?on=soon").status_code == 400
    nothing = client.get("/en/undertakings/?on=1900")
    assert "Nothing of this kind had been undertaken by 31 December 1900." in words(nothing)


def test_a_chain_that_is_not_published_says_nothing(client: Client) -> None:
    Chain.objects.filter(slug="chain-detailed-statement").update(state=State.WITHDRAWN)
    assert client.get("/en/undertakings/chain-detailed-statement/").status_code == 404
    # What a published passage says of the promise is still known: it was put off in August.
    query = {"on": "2024-09-01", "event": "us-iraq-jscd-2", "status": "postponed"}
    row = client.get("/api/v1/undertakings/", query).json()["results"][0]
    assert (row["slug"], row["since"], row["chains"]) == (f"{JULY}.p7.u1", "2024-08-15", [])
    from statements.models import Statement

    Statement.objects.filter(slug="mofa-postponement-2024-08-15").update(state=State.DRAFT)
    assert client.get("/api/v1/undertakings/", query).json()["count"] == 0


def test_promises_are_reached_from_every_side(client: Client) -> None:
    for here, there in (
        ("", "undertakings/"),
        (f"statements/{JULY}/", "undertakings/chain-commission/"),
        (f"statements/{JULY}/", "undertakings/?event=us-iraq-jscd-2"),
        ("officials/lloyd-austin/", "undertakings/?official=lloyd-austin"),
        ("dialogues/us-iraq-jscd/", "undertakings/?dialogue=us-iraq-jscd"),
        ("undertakings/", "undertakings/chain-memorandum/"),
    ):
        assert f'href="/en/{there}"' in client.get(f"/en/{here}").content.decode(), (here, there)
    sitemap = client.get("/sitemap-undertakings.xml").content.decode()
    assert "/ar/undertakings/chain-commission/" in sitemap
