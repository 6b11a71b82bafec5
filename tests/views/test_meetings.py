"""Who met whom in the demo archive: in what capacity, by which version, and where the sources disagree."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from statements.models import (
    Claim,
    Conflict,
    Event,
    Official,
    Organization,
    Participation,
    Passage,
    Post,
    Statement,
    Tenure,
)
from tests import cast

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

BROWN = "/en/officials/charles-q-brown/with/thabit-al-abbasi/"
AUSTIN = "/en/officials/lloyd-austin/with/thabit-al-abbasi/"


def words_of(response: Any) -> str:
    """What a reader reads in the page's main part, without markup."""
    content = response.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def row_of(response: Any, event: str) -> str:
    """The markup of the table's row for an event."""
    rows = re.findall(r"<tr>.*?</tr>", response.content.decode(), re.DOTALL)
    return html.unescape(next(row for row in rows if f"/events/{event}/" in row))


def test_the_meeting_with_brown_is_disputed_and_each_version_is_named_for_what_it_says(
    client: Client,
) -> None:
    row = row_of(client.get(BROWN), "brown-meeting-2024")
    brown, abbasi = row.split("<td>")[1:]
    assert "Chairman of the Joint Chiefs of Staff" in brown
    assert "Arabic (<bdi>Al-Marsad</bdi>)" in brown
    assert "English (<bdi>Mirage News</bdi>)" in brown
    assert "disputed" not in brown
    assert "Minister of Defence of Iraq" in abbasi
    assert "<b>disputed</b>" in abbasi
    assert "Arabic (<bdi>Al-Marsad</bdi>)" in abbasi
    assert "Mirage News" not in abbasi
    assert "us-iraq-jscd-2-joint-statement/?lang=ar#p4" in abbasi


def test_the_other_claim_has_the_chief_of_staff_meet_brown_by_the_english_version(
    client: Client,
) -> None:
    address = "/en/officials/abdul-amir-yarallah/with/charles-q-brown/"
    chief, _ = row_of(client.get(address), "brown-meeting-2024").split("<td>")[1:]
    assert "Chief of Staff of the Iraqi Army" in chief
    assert "<b>disputed</b>" in chief
    assert "English (<bdi>Mirage News</bdi>)" in chief
    assert "Al-Marsad</bdi>" not in chief


@pytest.mark.parametrize("address", [BROWN, "/en/officials/thabit-al-abbasi/"])
def test_the_claims_stand_side_by_side_and_unresolved_where_the_meeting_is(
    client: Client, address: str
) -> None:
    response = client.get(address)
    words = words_of(response)
    assert "Which Iraqi met General Brown in July 2024?" in row_of(response, "brown-meeting-2024")
    assert "The Minister of Defence, with the head of the Counter Terrorism Service" in words
    assert "The Chief of Defense; the two others are members of the delegation" in words
    assert "Unresolved." in words
    assert '"/en/conflicts/who-met-brown/"' in response.content.decode()


def test_austin_and_al_abbasi_met_at_six_events_and_the_archive_rules_on_the_day_of_one(
    client: Client,
) -> None:
    response = client.get(AUSTIN)
    words = words_of(response)
    assert "6 events that both attended, on different sides." in words
    assert "in one delegation" not in words
    assert "Tuesday 23 July 2024 followed by the archive" in words
    days = re.findall(r'<td class="when">([^<]+)', response.content.decode())
    assert (days[0].strip(), days[-1].strip()) == ("23 July 2024", "7 March 2023")
    arabic = words_of(client.get(AUSTIN.replace("/en/", "/ar/")))
    assert "حضر كلاهما 6 أحداث من جانبين مختلفين." in arabic
    assert "يأخذ به الأرشيف" in arabic


def test_what_no_passage_says_is_shown_with_the_events_sources(client: Client) -> None:
    row = row_of(client.get(AUSTIN), "austin-baghdad-2023")
    assert "Diplomatic Times" in row
    assert "passage" not in row


def test_members_of_one_delegation_are_said_to_have_been_in_one(client: Client) -> None:
    response = client.get("/en/officials/abdul-amir-yarallah/with/abdul-wahab-al-saadi/")
    assert "1 event at which both were in one delegation." in words_of(response)
    assert "in one delegation" in row_of(response, "us-iraq-jscd-1")


def test_a_post_without_a_name_stands_on_its_likely_holders_page_as_inferred(
    client: Client,
) -> None:
    row = row_of(client.get("/en/officials/abdul-amir-yarallah/"), "us-iraq-jscd-2")
    assert "inferred: the source names the post alone" in row
    assert "English (<bdi>Mirage News</bdi>)" in row
    event = words_of(client.get("/en/events/us-iraq-jscd-2/"))
    assert "inferred: Abdul Amir Rashid Yarallah" in event
    # The head of the Counter Terrorism Service was last seen in the post a year before: nobody is guessed at.
    assert "inferred: Abdul-Wahab" not in event
    assert (
        "us-iraq-jscd-2/" not in client.get("/en/officials/abdul-wahab-al-saadi/").content.decode()
    )


def test_an_acting_holder_is_called_acting_in_the_table(client: Client) -> None:
    Tenure.objects.filter(official__slug="lloyd-austin").update(acting=True)
    assert "(acting)" in row_of(client.get(AUSTIN), "us-iraq-jscd-2")


def test_a_removed_passage_and_a_withdrawn_statement_say_nothing_any_more(client: Client) -> None:
    passage = Passage.objects.get(statement__slug="us-iraq-jscd-2-joint-statement", number=4)
    Passage.objects.filter(pk=passage.pk).update(removed=True)
    assert "passage 4" not in row_of(client.get(BROWN), "brown-meeting-2024")
    assert "passage 3" in row_of(client.get(AUSTIN), "us-iraq-jscd-2")
    Statement.objects.filter(pk=passage.statement_id).update(state="withdrawn")
    assert "passage 3" not in row_of(client.get(AUSTIN), "us-iraq-jscd-2")


def test_an_official_links_to_the_page_of_the_two_and_it_has_one_address(client: Client) -> None:
    assert f'"{AUSTIN}"' in client.get("/en/officials/thabit-al-abbasi/").content.decode()
    assert f'"{AUSTIN}"' in client.get("/en/officials/lloyd-austin/").content.decode()
    turned = client.get("/en/officials/thabit-al-abbasi/with/lloyd-austin/?x=1")
    assert (turned.status_code, turned["Location"]) == (301, f"{AUSTIN}?x=1")


def test_a_former_address_of_either_leads_to_the_page_of_the_two(client: Client) -> None:
    austin = Official.objects.get(slug="lloyd-austin")
    austin.slug = "zz-austin"
    austin.save()
    moved = client.get(AUSTIN)
    assert moved["Location"] == "/en/officials/thabit-al-abbasi/with/zz-austin/"
    assert client.get(moved["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "english", "arabic"),
    [
        ("lloyd-austin/with/lloyd-austin/", "Nobody meets himself.", "لا يلتقي أحد نفسه."),
        ("lloyd-austin/with/nobody/", "knows no official “nobody”", "لا يعرف الأرشيف مسؤولًا بالعنوان «nobody»"),
        ("nobody/with/no-one/", "knows no official “no-one”, “nobody”", "«no-one» و«nobody»"),
    ],
)  # fmt: skip
def test_one_official_alone_or_an_unknown_one_is_answered_with_a_sentence_and_the_way_on(
    client: Client, address: str, english: str, arabic: str
) -> None:
    for language, sentence in (("en", english), ("ar", arabic)):
        response = client.get(f"/{language}/officials/{address}")
        assert response.status_code == 404
        assert sentence in words_of(response)
        links = response.content.decode()
        assert f'"/{language}/officials/"' in links
        if "austin" in address:
            assert f'"/{language}/officials/lloyd-austin/"' in links


def test_two_who_never_met_are_told_so(client: Client) -> None:
    response = client.get("/en/officials/leon-panetta/with/thabit-al-abbasi/")
    assert response.status_code == 200
    assert "The archive knows of no event that both attended." in words_of(response)


def test_every_conflict_has_a_page_with_all_its_claims_and_is_listed(client: Client) -> None:
    for language in ("en", "ar"):
        listed = client.get(f"/{language}/conflicts/").content.decode()
        for conflict in Conflict.objects.prefetch_related("claims__sources"):
            address = f"/{language}/conflicts/{conflict.slug}/"
            assert f'"{address}"' in listed
            words = words_of(client.get(address))
            for claim in conflict.claims.all():
                said = claim.value_en if language == "en" else claim.value_ar
                assert " ".join(said.split()) in words
                assert all(source.publisher in words for source in claim.sources.all())
    english = words_of(client.get("/en/conflicts/"))
    assert english.index("unresolved") < english.index("ruled", english.index("unresolved") + 12)


def test_a_conflict_says_what_the_archive_follows_or_that_it_is_unresolved(client: Client) -> None:
    ruled = words_of(client.get("/en/conflicts/hcc-2024-number/"))
    assert "The archive follows: The eighth" in ruled
    assert "Unresolved." not in ruled
    opened = client.get("/en/conflicts/who-met-brown/")
    assert "Unresolved. The archive keeps the claims side by side." in words_of(opened)
    assert "in the archive: Joint statement of the second" in words_of(opened)
    assert "Head of the Counter Terrorism Service" in words_of(opened)


def test_a_page_of_conflicts_that_is_no_page_is_said(client: Client) -> None:
    assert "“two” is no number of a page" in words_of(client.get("/en/conflicts/?page=two"))
    assert "«two» ليس رقم صفحة" in words_of(client.get("/ar/conflicts/?page=two"))
    assert "There are not that many pages" in words_of(client.get("/en/conflicts/?page=9"))


def test_a_conflict_that_is_not_published_is_nowhere(client: Client) -> None:
    Conflict.objects.filter(slug="who-met-brown").update(state="withdrawn")
    assert client.get("/en/conflicts/who-met-brown/").status_code == 404
    for address in ("/en/conflicts/", BROWN, "/sitemap-conflicts.xml"):
        assert "who-met-brown" not in client.get(address).content.decode()


def test_the_sitemap_has_the_pages_of_two_who_were_named_on_two_sides(client: Client) -> None:
    pages = client.get("/sitemap-meetings.xml").content.decode()
    assert f"<loc>http://testserver{AUSTIN}</loc>" in pages
    assert "abdul-amir-yarallah/with/abdul-wahab-al-saadi" not in pages
    for address in re.findall(r"<loc>http://testserver(/en/[^<]+)", pages)[:40]:
        assert client.get(address).status_code == 200
    conflicts = client.get("/sitemap-conflicts.xml").content.decode()
    assert conflicts.count("<loc>") == 2 * Conflict.objects.count()


@pytest.mark.parametrize("more", [0, 500])
def test_the_pages_cost_at_most_twelve_queries_with_few_meetings_and_with_many(
    client: Client, django_assert_max_num_queries: Any, more: int
) -> None:
    austin = Official.objects.get(slug="lloyd-austin")
    abbasi = Official.objects.get(slug="thabit-al-abbasi")
    passage = Passage.objects.get(statement__slug="us-iraq-jscd-2-joint-statement", number=3)
    events = Event.objects.bulk_create(
        Event(slug=f"m{n}", title_en=f"M {n}", type="round", date="2024-03-01", state="published")
        for n in range(more)
    )
    Participation.objects.bulk_create(
        Participation(event=event, official=who, country=who.country, role="head", passage=passage)
        for event in events
        for who in (austin, abbasi)
    )
    Claim.objects.bulk_create(
        Claim(conflict=conflict, number=1, value_en="So")
        for conflict in Conflict.objects.bulk_create(
            Conflict(slug=f"q{n}", question_en=f"Q {n}", event=event, state="published")
            for n, event in enumerate(events)
        )
    )
    for address in (
        AUSTIN, BROWN, "/en/officials/thabit-al-abbasi/", "/en/events/us-iraq-jscd-2/",
        "/en/conflicts/", "/en/conflicts/who-met-brown/", "/en/conflicts/hmc-origin/",
    ):  # fmt: skip
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    if more:
        assert "These are the latest 200; there are more." in words_of(client.get(AUSTIN))


def test_the_page_of_an_official_answers_with_no_post_and_with_forty(client: Client) -> None:
    nobody = Official.objects.create(slug="nobody", name_en="Nobody", **cast.PUBLIC)
    busy = Official.objects.create(slug="busy", name_en="Busy", **cast.PUBLIC)
    body = Organization.objects.create(slug="body", name_en="Body", type="agency", **cast.PUBLIC)
    event = Event.objects.create(slug="met", title_en="Met", type="round", date="2024-07-22", **cast.PUBLIC)  # fmt: skip
    for n in range(40):
        post = Post.objects.create(
            slug=f"p{n}", title_en=f"Post {n}", organization=body, **cast.PUBLIC
        )
        Tenure.objects.create(official=busy, post=post, start="2024-01", end="2024-12", status="ended")  # fmt: skip
    Participation.objects.create(event=event, post=post)  # the last of them, without a name
    assert client.get(nobody.get_absolute_url()).status_code == 200
    page = client.get(busy.get_absolute_url())
    assert page.status_code == 200
    assert event.get_absolute_url() in page.content.decode()
