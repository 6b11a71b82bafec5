"""Checking a quotation: word for word, in other words, not found; where it stands, who else printed it, and bad input."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from statements.models import PassageText, Rights
from statements.search.settling import rebuild
from tests import cast

pytestmark = pytest.mark.django_db
ENGLISH, ARABIC = cast.ENGLISH[1], cast.ARABIC[1]


def main_of(response: Any) -> str:
    content = html.unescape(response.content.decode())
    return content[content.index("<main") : content.index("</main>")]


def asked(client: Client, quotation: str, language: str = "en") -> Any:
    return client.get(f"/{language}/check-quotation/", {"q": quotation})


@pytest.mark.parametrize("settled", [False, True])
def test_a_sentence_stands_there_word_for_word_whatever_its_spelling(
    client: Client, settled: bool
) -> None:
    cast.july_statement()
    if settled:
        rebuild()
    for quotation in (
        ARABIC,
        "قرّر الجانبان البدء فى العمل على مذكره تفاهم",
        "الجانبان البدء … مذكرة تفاهم أمنية",
    ):
        response = asked(client, quotation, "ar")
        assert response.context["checked"].verdict == "exact", quotation
        assert "ورد في الأرشيف بالنص." in main_of(response)
    words = main_of(asked(client, "“the TWO sides decided to begin work on a memorandum”"))
    assert "<mark>The two sides decided to begin work on a memorandum</mark>" in words
    assert "Joint statement of July 2024, 24 July 2024, ¶ 2." in words
    assert "http://testserver/en/statements/july-2024/#p2" in words


def test_words_that_differ_are_marked_in_the_quotation_and_in_the_passage(client: Client) -> None:
    cast.july_statement()
    response = asked(client, "The two sides agreed to begin work on a treaty of understanding")
    assert response.context["checked"].verdict == "altered"
    words = main_of(response)
    assert "two sides <mark>agreed</mark> to begin" in words
    assert "a <mark>treaty</mark> of" in words
    assert "two sides <mark>decided</mark> to begin" in words
    assert "It stands there in other words." in words


def test_what_is_not_there_is_said_with_the_nearest(client: Client) -> None:
    cast.july_statement()
    response = asked(
        client, "Minister al-Abbasi resigned in Washington because his fleet of ferries had sunk"
    )
    assert response.context["checked"].verdict == "not_found"
    assert "The nearest that the archive has:" in main_of(response)
    assert "counterpart in Washington" in main_of(response)
    nothing = asked(client, "zebras grazed under purple umbrellas yesterday")
    assert "The archive has nothing near it." in main_of(nothing)
    assert 'href="/en/search/?q=zebras' in main_of(nothing)


def test_who_else_printed_it_stands_below(client: Client) -> None:
    cast.july_statement()
    article = cast.article(language="en", title="Ministers meet")
    passage = article.passages.create(number=1, order=1)
    PassageText.objects.create(passage=passage, language="en", text=f"Sources say: {ENGLISH}")
    words = main_of(asked(client, ENGLISH))
    below = words[words.index("Who else printed it") :]
    assert 'href="/en/articles/al-marsad-july/?lang=en#p1"' in below
    assert "Al-Marsad" in below


def test_of_a_text_held_as_excerpts_forty_words_about_the_match_are_shown(client: Client) -> None:
    cast.july_statement(rights=Rights.EXCERPTS)
    long = " ".join(f"word{n}" for n in range(200))
    PassageText.objects.filter(passage__number=2, language="en").update(text=f"{long} {ENGLISH} {long}")  # fmt: skip
    match = asked(client, ENGLISH).context["checked"].best
    assert match.how == "exact"
    assert len(str(match.shown).split()) <= 43
    assert "begin work" in str(match.shown)


def test_unpublished_and_removed_passages_are_not_found(client: Client) -> None:
    statement = cast.july_statement()
    assert asked(client, ENGLISH).context["checked"].verdict == "exact"
    statement.passages.filter(number=2).update(removed=True)
    assert asked(client, ENGLISH).context["checked"].verdict != "exact"
    statement.state = "draft"
    statement.save()
    assert not asked(client, cast.ENGLISH[0]).context["checked"].matches


@pytest.mark.parametrize(
    ("quotation", "english", "arabic"),
    [
        ("", "Paste a sentence to check.", "ألصق جملة"),
        ("\x00 … !", "Paste a sentence to check.", "ألصق جملة"),
        ("three words only", "a quotation to check has at least 4", "أقل اقتباس"),
        ("a long word " * 4200, "at most 3,000 characters", "لا يزيد الاقتباس"),
    ],
    ids=["empty", "NUL", "three words", "50,000 characters"],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_nothing_is_lost(
    client: Client, quotation: str, english: str, arabic: str
) -> None:
    for language, sentence, other in (("en", english, arabic), ("ar", arabic, english)):
        response = client.post(f"/{language}/check-quotation/", {"q": quotation}, follow=True)
        assert response.status_code == 200
        assert sentence in main_of(response)
        assert other not in main_of(response)
        assert quotation.replace("\x00", " ").strip() in main_of(response)
    refused = client.get("/api/v1/check-quotation/", {"q": quotation})
    assert (refused.status_code, english in refused.json()["error"]) == (400, True)


def test_what_is_posted_gets_an_address_as_far_as_it_fits_into_one(client: Client) -> None:
    cast.july_statement()
    response = client.post("/en/check-quotation/", {"q": ENGLISH})
    assert response.status_code == 302
    assert response["Location"].startswith("/en/check-quotation/?q=The+two+sides")
    long = f"{ENGLISH} " * 40
    assert client.post("/en/check-quotation/", {"q": long}).status_code == 200


def test_programs_are_told_the_same(client: Client, django_assert_max_num_queries: Any) -> None:
    cast.july_statement()
    client.get("/api/v1/check-quotation/", {"q": ENGLISH})
    with django_assert_max_num_queries(12):
        answer = client.get("/api/v1/check-quotation/", {"q": ENGLISH}).json()
    assert answer["verdict"] == "exact"
    (match,) = answer["matches"]
    assert (match["slug"], match["passage"], match["share"], match["printed_by"]) == ("july-2024", 2, 1.0, "Ministry")  # fmt: skip
    assert match["citation"].endswith("/en/statements/july-2024/#p2")


@pytest.mark.usefixtures("demo")
class TestDemo:
    def test_words_of_a_digest_are_found_and_said_to_be_the_archives_own(
        self, client: Client
    ) -> None:
        words = "شدد الجانبان على أهمية أن يواصل العراق دعم التحالف ضد داعش"
        response = asked(client, words, "ar")
        assert response.context["checked"].best.passage.number == 9
        assert "كلمات الأرشيف لا اقتباس من المصدر" in main_of(response)
