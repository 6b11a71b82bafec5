"""How articles used statements: the four passages that the real lead carries, both ways, and what readers may not see."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from statements.ingest.draft import understand
from statements.models import (
    Article,
    Carriage,
    Passage,
    PassageText,
    Rights,
    Statement,
    Version,
)
from tests import cast

pytestmark = pytest.mark.django_db
LEAD = [
    "Two ministries met in Washington, the agency reports.",
    "Minister of Defence Thabit al-Abbasi saw his American counterpart on Tuesday.",
    "The two sides decided to begin work on a memorandum of understanding.",
]


def main_of(response: Any) -> str:
    content = html.unescape(response.content.decode())
    return content[content.index("<main") : content.index("</main>")]


def printed(article: Article, texts: list[str], **fields: Any) -> None:
    for number, text in enumerate(texts, 1):
        passage = Passage.objects.create(article=article, number=number, order=number)
        PassageText.objects.create(passage=passage, language=article.language, text=text, **fields)


def used(rights: str = Rights.FULL) -> Carriage:
    """An English article that has the second passage of the July statement, and the first nearly."""
    statement = cast.july_statement(rights=rights)
    article = cast.article(language="en", title="Ministers meet", rights=rights)
    printed(article, LEAD, digest="" if rights == Rights.FULL else "Digest of a paragraph.")
    return Carriage.objects.create(article=article, statement=statement, relation="quotes")


def address(carriage: Carriage, language: str = "en") -> str:
    return f"/{language}/articles/{carriage.article.slug}/uses/{carriage.statement.slug}/"


def test_each_passage_is_told_word_for_word_nearly_or_left_out(client: Client) -> None:
    response = client.get(address(used()))
    rows = [(row.how, [part.passage.number for part in row.where]) for row in response.context["use"].rows]  # fmt: skip
    assert rows == [("near", [2]), ("same", [3])]
    words = main_of(response)
    assert "1 of 2 word for word, 1 nearly, 0 left out" in words
    assert "<ins>on Tuesday</ins>" in words
    assert "1 paragraph of the article is its own:" in words
    assert 'href="/en/articles/al-marsad-july/?lang=en#p3"' in words


def test_a_passage_says_how_many_articles_carried_it_and_the_article_how_much_it_carried(
    client: Client,
) -> None:
    carriage = used()
    other = cast.article(slug="second", language="en", title="Again", date="2024-07-26")
    printed(other, LEAD[2:])
    Carriage.objects.create(article=other, statement=carriage.statement, relation="quotes")
    words = main_of(client.get("/en/statements/july-2024/"))
    assert "carried by 2 articles" in words
    assert "carried by 1 article" in words
    assert "1 of 2 word for word, 0 nearly, 1 left out" in words
    assert "1 of 2 word for word, 1 nearly, 0 left out" in main_of(
        client.get("/en/articles/al-marsad-july/")
    )
    assert "نقلها مقالان" in main_of(client.get("/ar/statements/july-2024/?lang=ar"))


def test_spelling_is_no_change(client: Client) -> None:
    statement = cast.july_statement()
    article = cast.article()
    printed(article, ["قرّر الجانبان البدء فى العمل على مذكره تفاهم أمنية"])
    carriage = Carriage.objects.create(article=article, statement=statement, relation="quotes")
    rows = client.get(address(carriage, "ar")).context["use"].rows
    assert [row.how for row in rows] == ["absent", "same"]


def test_texts_held_as_excerpts_are_compared_and_their_words_are_not_shown(client: Client) -> None:
    words = main_of(client.get(address(used(Rights.EXCERPTS))))
    assert "1 of 2 word for word, 1 nearly, 0 left out" in words
    assert "memorandum" not in words
    assert "Digest of a paragraph." in words
    assert "<ins>" not in words


def test_where_only_digests_are_held_the_page_says_that_it_cannot_tell(client: Client) -> None:
    statement = cast.july_statement(rights=Rights.DIGEST)
    PassageText.objects.update(text="")
    carriage = Carriage.objects.create(article=cast.article(rights=Rights.DIGEST), statement=statement, relation="carries")  # fmt: skip
    assert "does not hold the texts of both" in main_of(client.get(address(carriage)))
    assert "ليس لدى الأرشيف نصا الاثنين" in main_of(client.get(address(carriage, "ar")))


def test_an_article_that_did_not_use_the_statement_has_no_such_page(client: Client) -> None:
    carriage = used()
    Statement.objects.create(slug="other", title_en="Other", date="2024", **cast.PUBLIC)
    assert client.get(f"/en/articles/{carriage.article.slug}/uses/other/").status_code == 404
    carriage.statement.state = "draft"
    carriage.statement.save()
    assert client.get(address(carriage)).status_code == 404


@pytest.mark.corpus
def test_the_real_lead_carries_passages_1_3_4_and_5_and_leaves_twelve_out(
    client: Client, article_text: str
) -> None:
    draft = understand(article_text)
    lead, joint = (
        [article_text[p["start"] : p["end"]] for p in document["passages"]]
        for document in draft["documents"][:2]
    )
    statement = Statement.objects.create(slug="real", title_ar="بيان", date="2024-07-24", **cast.PUBLIC)  # fmt: skip
    version = Version.objects.create(statement=statement, language="ar", publisher="Al-Marsad", rights=Rights.EXCERPTS)  # fmt: skip
    for number, text in enumerate(joint, 1):
        passage = Passage.objects.create(statement=statement, number=number, order=number)
        PassageText.objects.create(passage=passage, version=version, language="ar", text=text)
    article = cast.article(rights=Rights.EXCERPTS)
    printed(article, lead)
    carriage = Carriage.objects.create(article=article, statement=statement, relation="carries")
    response = client.get(address(carriage, "ar"))
    there = {
        row.part.passage.number: (row.how, [part.passage.number for part in row.where])
        for row in response.context["use"].rows
        if row.how != "absent"
    }
    assert there == {1: ("near", [2]), 3: ("near", [3]), 4: ("near", [4]), 5: ("near", [5])}
    assert "0 من 16 بالنص، 4 قريبة من النص، 12 متروكة" in main_of(response)
    assert "الإقليمي" not in main_of(response)
