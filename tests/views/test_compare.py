"""Comparing: the rounds of the demo archive as its editors laid them together, the rest by words, and what cannot be compared."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]
FIRST, SECOND = "us-iraq-jscd-1-joint-statement", "us-iraq-jscd-2-joint-statement"


def address(left: str, right: str, language: str = "en") -> str:
    return f"/{language}/compare/{left}/{right}/"


def main_of(response: Any) -> str:
    content = html.unescape(response.content.decode())
    return content[content.index("<main") : content.index("</main>")]


def rows_of(response: Any) -> dict[tuple[tuple[int, ...], tuple[int, ...]], str]:
    return {
        tuple(tuple(part.passage.number for part in side) for side in (row.left, row.right)): row.relation
        for row in response.context["rows"]
    }  # fmt: skip


def test_two_rounds_are_compared_as_editors_laid_them_together(client: Client) -> None:
    response = client.get(address(FIRST, SECOND))
    assert "5 of 16 kept, 9 reworded, 2 new, 2 gone" in main_of(response)
    rows = rows_of(response)
    assert rows[(1,), (1,)] == "kept"
    assert rows[(3,), (3, 4)] == "reworded"
    assert rows[(11, 12), (11, 12)] == "reworded"
    assert rows[(10,), (6,)] == "reworded"
    assert (rows[(), (9,)], rows[(), (10,)]) == ("new", "new")
    assert (rows[(5,), ()], rows[(14,), ()]) == ("gone", "gone")
    places = [number for _, right in rows for number in right]
    assert places == sorted(places) == list(range(1, 17))


def test_words_that_changed_are_marked_and_an_editors_word_and_note_stand_beside(
    client: Client,
) -> None:
    words = main_of(client.get(address(FIRST, SECOND)))
    assert "<del>first</del>" in words
    assert "<ins>second</ins>" in words
    assert "stronger" in words
    assert "A discussion becomes a stated intention." in words
    arabic = main_of(client.get(address(FIRST, SECOND, "ar")))
    assert "5 من 16 باقية" in arabic
    assert "<del>الأولى</del>" in arabic
    assert re.search(r'<p class="rtl" lang="ar" dir="rtl">.*<ins>الثانية</ins>', arabic)


def test_what_an_editor_found_gone_is_gone_and_what_he_did_not_say_is_aligned_by_words(
    client: Client,
) -> None:
    rows = rows_of(client.get(address(SECOND, "transition-joint-statement")))
    assert {left for (left, right), how in rows.items() if how == "gone"} >= {(11,), (12,), (15,)}
    assert rows[(8,), (5, 7)] == "kept"
    assert rows[(14,), (4, 8)] == "reworded"


def test_only_the_changes_are_shown_when_asked_and_the_page_says_what_it_left_out(
    client: Client,
) -> None:
    response = client.get(address(FIRST, SECOND) + "?show=changes")
    assert set(rows_of(response).values()) == {"reworded", "new", "gone"}
    assert "5 rows that did not change are left out." in main_of(response)
    assert "5 of 16 kept" in main_of(response)


def test_each_row_links_to_both_passages_and_digests_say_that_they_are(client: Client) -> None:
    words = main_of(client.get(address(FIRST, SECOND)))
    assert f'href="/en/statements/{FIRST}/?lang=en#p9"' in words
    assert f'href="/en/statements/{SECOND}/?lang=en#p7"' in words
    assert "The archive's digests were compared" in words


def test_statement_and_dialogue_lead_to_the_comparison_with_the_round_before_and_after(
    client: Client,
) -> None:
    link = f'href="{address(FIRST, SECOND)}"'
    for page in (f"statements/{SECOND}", f"statements/{FIRST}", "dialogues/us-iraq-jscd"):
        assert link in client.get(f"/en/{page}/").content.decode(), page
    assert "with the one before it" in main_of(client.get(f"/en/statements/{SECOND}/"))


def test_the_later_first_is_turned_round_and_keeps_the_query(client: Client) -> None:
    response = client.get(address(SECOND, FIRST) + "?show=changes")
    assert response.status_code == 302
    assert response["Location"] == address(FIRST, SECOND) + "?show=changes"


@pytest.mark.parametrize(
    ("left", "right", "english", "arabic"),
    [
        ("uk-iq-sd-2-communique", SECOND, "belong to no series together", "لا تجمع هذين البيانين"),
        ("sfa-ratification-welcome-2008", "dsjcc-1-joint-statement", "belong to no series together", "لا تجمع هذين البيانين"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_gets_a_sentence_and_the_way_on(
    client: Client, left: str, right: str, english: str, arabic: str
) -> None:
    for language, sentence, other in (("en", english, arabic), ("ar", arabic, english)):
        response = client.get(address(left, right, language))
        assert response.status_code == 404
        assert sentence in main_of(response)
        assert other not in main_of(response)
        assert f"/{language}/statements/{left}/" in main_of(response)
    assert client.get(address(left, "nothing")).status_code == 404


def test_a_statement_beside_itself_is_compared_by_its_versions(client: Client) -> None:
    response = client.get(address(SECOND, SECOND))
    assert response.status_code == 200
    assert "their words are not compared" in main_of(response)
    assert rows_of(response)[(4,), (4,)] == "beside"
    assert f'href="{address(SECOND, SECOND)}"' in main_of(client.get(f"/en/statements/{SECOND}/"))
