"""Who held a post on a day, in the demo archive: surely, perhaps, last seen, acting, nobody; and how that is known."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from statements.models import Official, Post, Statement, Tenure

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

DEFENCE = "iq-minister-of-defence"
SECRETARY = "us-secretary-of-defense"


def told(client: Client, post: str, on: str, language: str = "en") -> str:
    """What a post's page says of a day, in words."""
    response = client.get(f"/{language}/posts/{post}/", {"on": on})
    assert response.status_code == 200
    content = response.content.decode()
    section = content[content.index('id="held"') : content.index('id="holders"')]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", section)).split())


@pytest.mark.parametrize(
    ("post", "on", "holder"),
    [
        (DEFENCE, "1 March 2009", "Abdul-Qadir al-Obaidi"),
        (DEFENCE, "5 شباط 2020", "Najah al-Shammari"),
        (DEFENCE, "2021-06-01", "Juma Inad"),
        (DEFENCE, "24 July 2024", "Thabit al-Abbasi"),
        (SECRETARY, "2012-05-22", "Leon Panetta"),
        (SECRETARY, "24 تموز 2024", "Lloyd J. Austin III"),
        (SECRETARY, "1 February 2025", "Pete Hegseth"),
    ],
)
def test_one_person_surely_held_the_post_on_a_day(
    client: Client, post: str, on: str, holder: str
) -> None:
    words = told(client, post, on)
    assert holder in words
    assert "nobody who surely held" not in words
    assert "perhaps" not in words
    others = Official.objects.filter(tenures__post__slug=post).exclude(name_en=holder)
    assert not [other.name_en for other in others if other.name_en in words]


def test_a_month_or_a_year_gives_everybody_who_held_it_in_it(client: Client) -> None:
    year = told(client, SECRETARY, "2025")
    assert "Lloyd J. Austin III" in year
    assert "Pete Hegseth" in year
    assert "perhaps" not in year
    month = told(client, DEFENCE, "تشرين الأول 2022")
    assert "Juma Inad" in month
    assert "Thabit al-Abbasi" in month


def test_a_handover_known_to_the_year_is_perhaps_until_the_successor_surely_began(
    client: Client,
) -> None:
    between = told(client, SECRETARY, "10 January 2025")
    assert "nobody who surely held the post" in between
    assert "Lloyd J. Austin III perhaps" in between
    assert "The end is known only as 2025." in between
    assert "the first known after Pete Hegseth" in between
    assert "Austin" not in told(client, SECRETARY, "25 January 2025")


def test_acting_ministers_are_called_acting_and_two_of_one_year_both_perhaps(
    client: Client,
) -> None:
    assert "Saadoun al-Dulaimi acting from 2011" in told(client, DEFENCE, "6 December 2012")
    year = told(client, DEFENCE, "June 2011")
    assert "Nouri al-Maliki acting perhaps" in year
    assert "Saadoun al-Dulaimi acting perhaps" in year
    assert "The beginning is known only as 2011." in year


def test_a_day_on_which_nobody_is_known_says_so_and_names_the_nearest(client: Client) -> None:
    words = told(client, DEFENCE, "1 May 2018")
    assert "nobody who surely held the post: 1 May 2018" in words
    assert "Khaled al-Obaidi last seen in the post" in words
    assert "the first known after Najah al-Shammari" in words
    early = told(client, DEFENCE, "1990")
    assert "the first known after Abdul-Qadir al-Obaidi" in early
    assert "last seen" not in early


def test_who_was_only_last_seen_gives_way_to_whoever_came_after(client: Client) -> None:
    # Khaled al-Obaidi's end is not known; three others have held the post since.
    assert "Khaled" not in told(client, DEFENCE, "24 July 2024")


def test_a_holder_without_any_day_is_named_as_such(client: Client) -> None:
    words = told(client, "iq-cts-head", "July 2024")
    assert "Abdul-Wahab al-Saadi last seen in the post" in words
    assert "held it on days that the archive does not know Karim al-Tamimi" in words


def test_how_it_is_known_is_said_with_its_sources_and_the_passage(client: Client) -> None:
    words = told(client, DEFENCE, "24 July 2024")
    assert "Inferred: last named in the post on 23 July 2024" in words
    assert "ISWNews" in words
    assert "named in Joint statement of the second Joint Security Cooperation Dialogue ¶ 3" in words
    named = told(client, SECRETARY, "7 March 2023")
    assert "A source names the holder in the post on 7 March 2023." in named
    between = told(client, "us-vice-president", "1 July 2012")
    assert "Inferred: named in the post before and after." in between


def test_a_disputed_tenure_is_called_disputed(client: Client) -> None:
    Tenure.objects.filter(official__slug="pete-hegseth").update(disputed=True)
    assert "Pete Hegseth disputed" in told(client, SECRETARY, "1 February 2025")


def test_a_holder_whom_readers_may_not_see_is_not_named(client: Client) -> None:
    Official.objects.filter(slug="pete-hegseth").update(state="draft")
    assert "Hegseth" not in told(client, SECRETARY, "1 February 2025")


def test_the_answer_is_in_arabic_too(client: Client) -> None:
    words = told(client, SECRETARY, "10 January 2025", "ar")
    assert "لا يعرف الأرشيف من شغل المنصب يقينًا" in words
    assert "لويد أوستن" in words
    assert "لا يُعرف من النهاية إلا 2025." in words
    assert "بالوكالة" in told(client, DEFENCE, "6 December 2012", "ar")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "was not understood as a date"), ("ar", "لم تُفهم")],
)
def test_an_unreadable_day_gets_a_sentence_and_today(
    client: Client, language: str, sentence: str
) -> None:
    for address in (f"posts/{DEFENCE}", "officials/lloyd-austin"):
        response = client.get(f"/{language}/{address}/", {"on": "never and a day"})
        assert response.status_code == 200
        assert sentence in response.content.decode()


def test_an_ambiguous_day_says_how_it_was_read(client: Client) -> None:
    words = told(client, SECRETARY, "1/2/2025")
    assert "was read as 1 February 2025; it may also mean 2 January 2025" in words
    assert "Pete Hegseth" in words


def test_a_span_without_an_end_breaks_nothing(client: Client) -> None:
    assert "Pete Hegseth" in told(client, SECRETARY, "2025-02-01/..")
    assert "Abdul-Qadir al-Obaidi" in told(client, DEFENCE, "../2010")


def test_an_officials_page_tells_the_post_of_a_day(client: Client) -> None:
    def verdict(on: str, language: str = "en") -> str:
        content = client.get(f"/{language}/officials/lloyd-austin/", {"on": on}).content.decode()
        found = re.search(r'<p class="verdict".*?</p>', content, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""

    assert verdict("2015") == "2015: Commander, U.S. Central Command"
    assert verdict("24 July 2024") == "24 July 2024: Secretary of Defense"
    assert "no post of this person then" in verdict("2018")
    assert "وزير الدفاع الأمريكي" in verdict("24 تموز 2024", "ar")
    assert verdict("") == ""


def test_a_post_named_in_a_text_has_its_likely_holder_of_that_day_on_its_card(
    client: Client,
) -> None:
    content = client.get("/en/statements/us-iraq-jscd-2-joint-statement/").content.decode()
    cards = [
        html.unescape(re.sub(r"<[^>]+>", " ", card))
        for card in re.findall(r'<span class="m m-post">.*?</span></span>', content, re.DOTALL)
    ]
    chief = next(card for card in cards if "Chief of Staff of the Iraqi Army" in card)
    assert re.search(r"inferred:\s+Abdul Amir Rashid Yarallah", chief)
    assert "on 24 July 2024" in chief
    head = next(card for card in cards if "Counter Terrorism" in card)
    assert "inferred" not in head


def test_the_participants_of_a_ledger_name_the_likely_holder(client: Client) -> None:
    content = client.get("/en/dialogues/us-iraq-jscd/?view=participants").content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", content).split())
    assert "inferred: Abdul Amir Rashid Yarallah" in words
    assert "a post; its holder is not named" in words


def test_the_interface_tells_who_held_a_post_and_what_an_official_held(client: Client) -> None:
    def get(address: str, status: int = 200) -> Any:
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == status
        return json.loads(response.content)

    post = get(f"posts/{SECRETARY}/?on=10+January+2025")
    assert post["on"] == {"from": "2025-01-10", "to": "2025-01-10"}
    assert [(row["official"], row["hold"]) for row in post["held"]] == [
        ("lloyd-austin", "possible")
    ]
    assert post["held"][0]["sources"]
    both = get(f"posts/{SECRETARY}/?on=2025")["held"]
    assert [row["official"] for row in both] == ["lloyd-austin", "pete-hegseth"]
    official = get("officials/lloyd-austin/?on=2024-07-24")
    assert [row["post"] for row in official["held"]] == [SECRETARY]
    assert "held" not in get("officials/lloyd-austin/")
    assert "was not understood as a date" in get(f"posts/{SECRETARY}/?on=never", 400)["error"]
    assert get("posts/")["count"] == Post.objects.published().count()
    event = get("events/us-iraq-jscd-2/")
    inferred = {
        row["post"]: row["inferred"] for row in event["participants"] if not row["official"]
    }
    assert inferred == {
        "iq-chief-of-staff": ["abdul-amir-yarallah"],
        "iq-cts-head": [],
        "iq-joc-deputy-commander": [],
    }


def test_the_passage_that_names_a_holder_goes_with_its_statement(client: Client) -> None:
    Statement.objects.filter(slug="us-iraq-jscd-2-joint-statement").update(state="withdrawn")
    assert "second Joint Security" not in told(client, DEFENCE, "24 July 2024")
