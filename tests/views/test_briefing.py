"""Briefings over the demo archive: both languages side by side, as of a day, bounded, every line with its address."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from statements.models import Official
from statements.views import attendees, sheet

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

ABBASI = "officials/thabit-al-abbasi/briefing/"
DIALOGUE = "dialogues/us-iraq-jscd/briefing/"
ROUND = "events/us-iraq-jscd-2/briefing/"


def sections(client: Client, path: str, on: str = "", language: str = "en") -> dict[str, str]:
    """The markup of each section by its key."""
    response = client.get(f"/{language}/{path}", {"on": on} if on else {})
    assert response.status_code == 200
    content = response.content.decode()
    return dict(
        re.findall(r'<section[^>]* aria-labelledby="(\w+)">(.*?)</section>', content, re.DOTALL)
    )


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def lines(markup: str) -> list[str]:
    """The lines of a section; the headings of their texts left out."""
    return re.findall(r'<li class="pair">(.*?)</li>', markup, re.DOTALL)


def cells(line: str) -> dict[str, str]:
    return dict(re.findall(r'<div lang="(\w+)" dir="\w+">(.*?)</div>', line, re.DOTALL))


@pytest.mark.parametrize("path", [ABBASI, DIALOGUE, ROUND])
def test_every_line_stands_in_both_languages_in_their_direction(client: Client, path: str) -> None:
    for language, order in (("en", ["en", "ar"]), ("ar", ["ar", "en"])):
        for key, markup in sections(client, path, language=language).items():
            if key == "sources":
                continue
            assert lines(markup), key
            for line in lines(markup):
                found = re.findall(r'<div lang="(\w+)" dir="(\w+)">', line)
                directions = {"en": "ltr", "ar": "rtl"}
                assert found == [(code, directions[code]) for code in order]
                cell = cells(line)
                assert re.search("[ء-ي]", words(cell["ar"])), line
                assert re.search("[A-Za-z]", words(cell["en"])), line
                assert '"/ar/' in cell["ar"]
                assert '"/ar/' not in cell["en"]


@pytest.mark.parametrize("path", [ABBASI, DIALOGUE, ROUND])
def test_every_line_has_the_address_of_its_passage_or_record(client: Client, path: str) -> None:
    for key, markup in sections(client, path).items():
        if key == "sources":
            continue
        for line in lines(markup):
            anchored = re.search(r'href="/en/statements/[\w-]+/#p\d+"', line)
            printed = re.search(
                r'<small class="where" dir="ltr">/(officials|posts|events|statements)/', line
            )
            assert anchored or printed, line


def test_the_page_says_its_day_and_is_cited_with_it(client: Client) -> None:
    content = client.get(f"/en/{ABBASI}", {"on": "1 September 2024"}).content.decode()
    assert "As of 1 September 2024" in content
    assert "حتى 1 أيلول/سبتمبر 2024" in content
    cited = re.search(r'<p class="printed">(.*?)</p>', content)
    assert cited
    assert "Briefing: Thabit al-Abbasi, as of 1 September 2024" in cited[1]
    assert "/en/officials/thabit-al-abbasi/briefing/?on=1+September+2024" in html.unescape(cited[1])


def test_nothing_after_the_day_is_told(client: Client) -> None:
    before = sections(client, ABBASI, "1 July 2024")
    assert "2024" not in re.sub(
        r"on=[\d-]+|25 January 2024|hmc-launch-2024|كانون الثاني/يناير 2024", "", before["meetings"]
    )
    assert "second round" not in words(before["meetings"])
    assert "jscd-2" not in before["promises"]
    assert "jscd-2" not in before["passages"]
    after = sections(client, ABBASI, "1 September 2024")
    assert "second round" in words(after["meetings"])
    assert "jscd-2" in after["promises"]


def test_an_officials_posts_are_those_of_the_day_and_those_before(client: Client) -> None:
    def posts(on: str) -> list[str]:
        return [
            words(cells(line)["en"])
            for line in lines(sections(client, "officials/lloyd-austin/briefing/", on)["posts"])
        ]

    assert [post.partition(" from")[0] for post in posts("2024-07-24")] == [
        "Secretary of Defense", "Commander, U.S. Central Command", "Commanding General, United States Forces – Iraq",
    ]  # fmt: skip
    assert "until" not in posts("2024-07-24")[0]
    assert posts("2024-07-24")[1].startswith(
        "Commander, U.S. Central Command from 22 March 2013 until 30 March 2016"
    )
    assert "until 2025" in posts("2026-01-01")[0]
    assert posts("2015-01-01")[0].startswith("Commander, U.S. Central Command")
    assert len(posts("2010-10-01")) == 1


def test_a_promise_that_had_come_to_its_end_is_open_no_more(client: Client) -> None:
    """The detailed statement was promised in July 2024 and given on 27 September 2024."""
    september = sections(client, ROUND, "1 September 2024")["promises"]
    october = sections(client, ROUND, "1 October 2024")["promises"]
    assert "#p7" in september
    assert "#p7" not in october


def test_what_is_left_out_is_counted_and_has_its_address(client: Client) -> None:
    promises = sections(client, ABBASI, "1 October 2024")["promises"]
    assert len(lines(promises)) == sheet.PROMISES
    more = re.search(r'<div class="pair more">(.*?)</div>', promises, re.DOTALL)
    assert more
    number = int(re.search(r">(\d+) more<", more[1])[1])  # type: ignore[index]
    assert number > 0
    asked = "undertakings/?official=thabit-al-abbasi&status=pending&on=2024-10-01"
    assert f"/en/{html.escape(asked)}" in more[1]
    assert f"/ar/{html.escape(asked)}" in more[1]
    listed = client.get(f"/en/{asked}").context["asked"]
    assert number + sheet.PROMISES == listed.count
    assert {listed.told.of(row).status for row in listed.found} <= {"open", "at_work", "postponed"}


@pytest.mark.parametrize("path", [ABBASI, DIALOGUE, ROUND])
def test_all_that_a_briefing_leaves_out_has_an_address_that_leads_somewhere(
    client: Client, path: str
) -> None:
    left_out = 0
    for section in sections(client, path, "1 October 2024").values():
        for where in re.findall(r'<p lang="en"[^>]*><a href="([^"]+)">\d+ more<', section):
            page, _, place = html.unescape(where).partition("#")
            answer = client.get(page)
            assert answer.status_code == 200
            assert not answer.context.get("problems")
            assert not place or f'id="{place}"' in answer.content.decode()
            left_out += 1
    assert left_out


def test_a_briefing_shows_few_of_each(client: Client) -> None:
    assert len(lines(sections(client, ABBASI)["meetings"])) <= attendees.MEETINGS
    assert len(lines(sections(client, ABBASI)["passages"])) == sheet.PASSAGES


def test_the_participants_of_a_round_have_their_posts_then_and_now(client: Client) -> None:
    then_and_now = words(sections(client, ROUND, "1 March 2025")["people"])
    assert (
        "Lloyd J. Austin III host · ¶ 3 then: Secretary of Defense · now: Secretary of Defense (perhaps"
        in then_and_now
    )
    assert "inferred: Abdul Amir Rashid Yarallah" in then_and_now
    assert "حينئذ: وزير الدفاع الأمريكي" in then_and_now
    assert "now:" not in words(sections(client, ROUND, "23 July 2024")["people"])


def test_before_a_round_its_briefing_tells_what_had_led_to_it(client: Client) -> None:
    response = client.get(f"/en/{ROUND}", {"on": "1 July 2024"})
    assert (
        "The round had not been held by that day; this is what had led to it."
        in response.content.decode()
    )
    found = sections(client, ROUND, "1 July 2024")
    assert "people" not in found
    assert "first round" in words(found["meetings"])
    assert "us-iraq-jscd-1-joint-statement" in found["promises"]
    arabic = client.get(f"/ar/{ROUND}", {"on": "1 July 2024"}).content.decode()
    assert "لم تكن الجولة قد عُقدت حتى ذلك اليوم" in arabic


def test_a_dialogue_before_its_first_round_has_nothing_and_says_so(client: Client) -> None:
    found = sections(client, DIALOGUE, "1990")
    assert "No round had been held by that day" in words(found["meetings"])
    assert "No promise was open on that day" in words(found["promises"])
    assert "لم يكن في ذلك اليوم وعد قائم" in words(found["promises"])


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "was not understood as a date"), ("ar", "لم تُفهم")]
)
def test_an_unreadable_day_gets_a_sentence_and_today(
    client: Client, language: str, sentence: str
) -> None:
    response = client.get(f"/{language}/{ABBASI}", {"on": "the day after never" * 40})
    assert response.status_code == 200
    assert sentence in response.content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_has_no_briefing_gets_a_sentence(client: Client, language: str) -> None:
    for kind in ("officials", "dialogues", "events"):
        assert client.get(f"/{language}/{kind}/nobody/briefing/").status_code == 404
    response = client.get(f"/{language}/events/brown-meeting-2024/briefing/")
    assert response.status_code == 404
    content = response.content.decode()
    sentence = (
        "This event is no round of a dialogue."
        if language == "en"
        else "ليس هذا الحدث جولة من حوار."
    )
    assert sentence in content
    assert f'"/{language}/events/brown-meeting-2024/"' in content


def test_a_former_address_leads_to_the_briefing(client: Client) -> None:
    austin = Official.objects.get(slug="lloyd-austin")
    austin.slug = "general-austin"
    austin.save()
    moved = client.get("/ar/officials/lloyd-austin/briefing/?on=2024")
    assert (moved.status_code, moved["Location"]) == (
        301,
        "/ar/officials/general-austin/briefing/?on=2024",
    )


def test_the_pages_link_to_their_briefings(client: Client) -> None:
    for path in (
        "officials/thabit-al-abbasi/",
        "dialogues/us-iraq-jscd/",
        "events/us-iraq-jscd-2/",
    ):
        assert f'"/en/{path}briefing/"' in client.get(f"/en/{path}").content.decode()
        assert f'"/ar/{path}briefing/"' in client.get(f"/ar/{path}").content.decode()
    assert "briefing/" not in client.get("/en/events/brown-meeting-2024/").content.decode()


def test_a_text_that_may_not_be_shown_is_not_in_a_briefing(client: Client) -> None:
    """The demo archive holds digests: no line of a briefing has the words of a text held as excerpts."""
    from statements.models import PassageText

    content: Any = client.get(f"/en/{ROUND}").content.decode()
    kept = PassageText.objects.filter(passage__statement__slug="us-iraq-jscd-2-joint-statement")
    assert "(digest)" in content
    assert not [
        text for text in kept if text.text and text.text != text.shown and text.text[:60] in content
    ]


def test_sources_are_numbered_once_and_told_at_the_end(client: Client) -> None:
    found = sections(client, ABBASI)
    numbers = {int(n) for n in re.findall(r'href="#n(\d+)"', found["posts"] + found["meetings"])}
    listed = re.findall(r'<li id="n(\d+)">', found["sources"])
    assert numbers == {int(n) for n in listed}
    assert listed == [str(n + 1) for n in range(len(listed))]
