"""Readers' pages: every kind in both languages, links both ways, few queries, and no trace of what is not published."""

from __future__ import annotations

import html
import random
import re
from typing import Any

import pytest
from django.db import connection
from django.template import engines
from django.test import Client

from statements.models import (
    PUBLIC_KINDS,
    Article,
    Carriage,
    Chain,
    ChainStep,
    Claim,
    Conflict,
    Mention,
    Passage,
    PassageText,
    Place,
    Rights,
    State,
    Statement,
    Tenure,
)
from statements.models.documents import Source
from statements.search.settling import rebuild
from statements.views.passages import SHOWN
from tests import cast

pytestmark = pytest.mark.django_db

KINDS = [model._meta.model_name for model in PUBLIC_KINDS]
MOST = 12


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_a_mention_shows_the_post_of_the_documents_date(client: Client) -> None:
    post = cast.post()
    minister = cast.minister(post)
    content = text_of(client.get(cast.july_statement(minister).get_absolute_url()))
    assert "on 24 July 2024" in content
    assert "Minister of Defence of Iraq" in content
    early = cast.july_statement(minister, slug="early", date="2019-05-01")
    assert "Minister of Defence of Iraq" not in text_of(client.get(early.get_absolute_url()))


def test_the_latest_passages_that_name_an_official_come_first_of_whatever_kind_and_each_once(
    client: Client,
) -> None:
    minister = cast.minister(cast.post())
    printed = cast.july_statement(minister)
    held = cast.july_statement(minister, rights=Rights.EXCERPTS, slug="held", date="2024-08-01")
    old = cast.article(date="2019-05-01")
    for number in range(1, SHOWN * 4 + 2):  # two mentions each, more than are looked at
        passage = Passage.objects.create(article=old, number=number, order=number)
        text = PassageText.objects.create(passage=passage, language="ar", text=cast.ARABIC[0])
        for start in (5, 20):
            Mention.objects.create(
                text=text, layer="text", start=start, end=start + 4, as_printed=text.text[start : start + 4],
                type="official", outcome="one", official=minister, decided=True,
            )  # fmt: skip
    namings = client.get(minister.get_absolute_url()).context["namings"]
    assert [(naming.passage.document.slug, naming.passage.number) for naming in namings] == [
        (printed.slug, 1), *((old.slug, number) for number in range(1, SHOWN)),
    ]  # fmt: skip
    assert namings[0].text.language == "en"
    assert namings[1].mention.start == 5
    arabic = client.get(f"/ar{minister.get_absolute_url()[3:]}").context["namings"]
    assert arabic[0].text.language == "ar"
    # Of what is held as excerpts the words are not shown, but a digest's are.
    digest = PassageText.objects.get(passage__statement=held, passage__number=1, language="en")
    Mention.objects.create(
        text=digest, layer="digest", start=0, end=6, as_printed="Digest",
        type="official", outcome="one", official=minister, decided=True,
    )  # fmt: skip
    old.passages.all().delete()
    namings = client.get(minister.get_absolute_url()).context["namings"]
    slugs = [naming.passage.document.slug for naming in namings]
    assert slugs == [held.slug, printed.slug]


def test_two_posts_held_at_once_are_both_shown_and_one_left_for_another_is_not(
    client: Client,
) -> None:
    minister = cast.minister(cast.post())
    for slug, name, fields in (
        ("deputy", "Deputy Prime Minister", {"attested": ["2024-07-24"]}),
        ("envoy", "Special Envoy", {"start": "2023-01-01", "end": "2024-12-31", "status": "ended"}),
        ("governor", "Governor of Basra", {"start": "2022-01-01"}),
        (
            "adviser",
            "Adviser of old",
            {"start": "2020-01-01", "end": "2021-01-01", "status": "ended"},
        ),
    ):
        held = cast.post(
            minister.tenures.get(post__slug="iq-minister-of-defence").post.organization,
            slug=slug,
            title_en=name,
            title_ar="",
        )
        Tenure.objects.create(official=minister, post=held, **fields)
    content = text_of(client.get(cast.july_statement(minister).get_absolute_url()))
    for name in ("Minister of Defence of Iraq", "Deputy Prime Minister", "Special Envoy"):
        assert name in content
    assert "Governor of Basra" not in content
    assert "Adviser of old" not in content


def test_a_posts_page_has_what_its_holders_said_while_they_held_it(client: Client) -> None:
    post = cast.post()
    minister = cast.minister(post)
    cast.july_statement(speaker=minister)
    cast.july_statement(slug="early", title_en="Too early", date="2019-05-01", speaker=minister)
    content = text_of(client.get(post.get_absolute_url()))
    assert "Joint statement of July 2024" in content
    assert "Too early" not in content


def test_a_former_address_answers_301_in_both_languages_with_its_query(client: Client) -> None:
    minister = cast.minister()
    minister.slug = "al-abbasi"
    minister.save()
    for language in ("en", "ar"):
        response = client.get(f"/{language}/officials/thabit-al-abbasi/?lang=ar")
        assert response.status_code == 301
        assert response["Location"] == f"/{language}/officials/al-abbasi/?lang=ar"


def test_a_removed_passage_says_so_at_its_address(client: Client) -> None:
    statement = cast.july_statement()
    passage = statement.passages.get(number=2)
    passage.texts.all().delete()
    passage.removed = True
    passage.save()
    content = text_of(client.get(statement.get_absolute_url()))
    assert 'id="p2"' in content
    assert "This passage was removed" in content


def test_a_statement_says_how_often_it_changed_since_it_was_published(client: Client) -> None:
    statement = cast.july_statement(state=State.DRAFT)
    address = statement.get_absolute_url()
    table = Statement._meta.db_table
    Statement.objects.filter(pk=statement.pk).update(state=State.PUBLISHED)
    assert "since, " not in text_of(client.get(address))
    # A test is one transaction: the later changes are written down as those of another.
    with connection.cursor() as cursor:
        for later in (1, 2):
            cursor.execute(
                "INSERT INTO statements_change (made_at, transaction, operation, table_name, record_id, parent_table, reason)"
                " SELECT '2026-01-31 12:00', max(transaction) + %s, 'UPDATE', %s, %s, '', '' FROM statements_change",
                [later, table, statement.pk],
            )
    assert "Changed 2 times since, last on 31 January 2026." in text_of(client.get(address))
    arabic = text_of(client.get(address.replace("/en/", "/ar/")))
    assert "تغير بعدها مرتين، آخرهما في 31 كانون الثاني/يناير 2026" in arabic


def test_an_event_that_is_not_published_lends_its_statement_nothing(client: Client) -> None:
    minister = cast.minister(cast.post())
    place = Place.objects.create(slug="x", name_en="Zarathustra City", country=cast.iraq())
    event = cast.july_round(cast.dialogue(), state=State.DRAFT, place=place)
    cast.take_part(event, minister)
    statement = cast.july_statement(event=event)
    rebuild()
    for path in (statement.get_absolute_url(), "/en/", "/en/statements/", "/en/search/?q=July"):
        assert "Zarathustra City" not in text_of(client.get(path))
    assert minister.get_absolute_url() not in text_of(client.get(statement.get_absolute_url()))
    assert client.get("/api/v1/statements/?official=thabit-al-abbasi").json()["count"] == 0
    assert client.get("/api/v1/statements/?dialogue=us-iraq-jscd").json()["count"] == 0
    event.state = State.PUBLISHED
    event.save()
    assert client.get("/api/v1/statements/?official=thabit-al-abbasi").json()["count"] == 1


def test_a_promise_is_followed_on_the_pages_it_touches(client: Client) -> None:
    event = cast.july_round()
    statement = cast.july_statement()
    hidden = cast.july_statement(slug="hidden", state=State.DRAFT, title_en="Zarathustra")
    chain = Chain.objects.create(
        title_en="A memorandum", outcome="open", as_of="2024-09", state=State.PUBLISHED
    )
    steps = (("promised", {"passage": statement.passages.get(number=2)}), ("at_work", {"event": event}),
             ("silent", {"statement": hidden}))  # fmt: skip
    for order, (status, evidence) in enumerate(steps):
        ChainStep.objects.create(chain=chain, order=order, status=status, date="2024", **evidence)
    for page in (statement, event):
        content = text_of(client.get(page.get_absolute_url()))
        assert "A memorandum" in content
        assert f"{statement.get_absolute_url()}#p2" in content
        assert "no longer mentioned" in content
        assert "Zarathustra" not in content
    Chain.objects.update(state=State.WITHDRAWN)
    assert "A memorandum" not in text_of(client.get(event.get_absolute_url()))


def test_a_conflict_names_who_says_what(client: Client) -> None:
    event = cast.july_round()
    conflict = Conflict.objects.create(
        question_en="Who met him?", event=event, state=State.PUBLISHED
    )
    claim = Claim.objects.create(conflict=conflict, number=1, value_en="The Minister")
    claim.sources.add(
        Source.objects.create(slug="s", address="https://example.org/x", publisher="The Paper")
    )
    content = text_of(client.get(event.get_absolute_url()))
    assert "The Minister" in content
    assert 'href="https://example.org/x"' in content
    assert "Unresolved" in content


SECRET = "Zarathustra"


def everything(client: Client) -> str:
    """What a reader can see anywhere: pages, lists, search, interface, sitemap, redirects."""
    paths = [
        *(f"/{language}/{kind}s/" for language in ("en", "ar") for kind in KINDS),
        "/en/", f"/en/search/?q={SECRET}", "/en/statements/july-2024/?lang=both", "/en/events/us-iraq-jscd-2/",
        "/en/officials/thabit-al-abbasi/", "/en/posts/iq-minister-of-defence/", "/en/organizations/iq-mod/",
        "/en/dialogues/us-iraq-jscd/", "/en/articles/al-marsad-july/", "/en/statements/?official=zarathustra",
        "/api/v1/statements/july-2024/", "/api/v1/events/us-iraq-jscd-2/", "/api/v1/officials/thabit-al-abbasi/",
        f"/api/v1/search/?q={SECRET}", "/api/v1/search/", *(f"/api/v1/{kind}s/" for kind in KINDS if kind != "post"),
        *(f"/sitemap-{kind}s.xml" for kind in KINDS),
    ]  # fmt: skip
    return "".join(text_of(client.get(path)) for path in paths)


def test_no_page_search_count_or_address_shows_what_is_not_published(client: Client) -> None:
    hidden = {
        "name_en": f"{SECRET} the Draft",
        "name_ar": "زرادشت",
        "slug": "zarathustra",
        "state": State.DRAFT,
    }
    ministry = cast.ministry()
    post = cast.post(ministry)
    minister = cast.minister(post)
    draft = cast.minister(**hidden)
    series = cast.dialogue()
    event = cast.july_round(series)
    cast.take_part(event, minister)
    cast.take_part(event, draft)
    statement = cast.july_statement(minister, event=event, speaker=draft)
    hidden_title = {"title_en": f"{SECRET} draft", "title_ar": "زرادشت", "state": State.WITHDRAWN}
    other = cast.july_statement(minister, event=event, slug="zarathustra-2", **hidden_title)
    statement.events.add(cast.july_round(slug="zarathustra-3", parent=event, **hidden_title))
    article = cast.article()
    Carriage.objects.create(article=article, statement=other, relation="carries")
    Carriage.objects.create(
        article=cast.article(slug="zarathustra-4", title=SECRET, state=State.DRAFT),
        statement=statement,
        relation="carries",
    )
    rebuild()
    seen = everything(client)
    for trace in ("zarathustra", "زرادشت", f"{SECRET} the Draft", f"{SECRET} draft"):
        assert trace not in re.sub(
            rf"[?&]q={SECRET}|value=\"{SECRET}\"|official=zarathustra|no “zarathustra” to", "", seen
        )
    draft.slug = "renamed"
    draft.save()
    assert client.get("/en/officials/zarathustra/").status_code == 404


@pytest.mark.parametrize("rights", [Rights.EXCERPTS, Rights.DIGEST])
def test_a_text_that_may_not_be_shown_is_shown_nowhere(client: Client, rights: str) -> None:
    minister = cast.minister(cast.post())
    event = cast.july_round(cast.dialogue())
    cast.july_statement(minister, event=event, rights=rights)
    article = cast.article(rights=rights)
    passage = Passage.objects.create(article=article, number=1, order=1)
    PassageText.objects.create(passage=passage, language="ar", text=cast.ARABIC[0], digest="خلاصة.")
    rebuild()
    seen = everything(client)
    for words in (*cast.ARABIC, *cast.ENGLISH):
        assert words not in seen
    assert "Digest 1." in seen


def long_text(client: Client, rights: str = Rights.EXCERPTS) -> list[list[str]]:
    """An article of four long passages held with these rights, in the archive and in the index; gives its words."""
    rng = random.Random(4)
    article = cast.article(rights=rights, language="en", slug="long")
    common = ["ministers", "security", "agreement"]
    passages = []
    for number, length in enumerate((30, 90, 200, 55), 1):
        words = [f"w{number}x{n}" for n in range(length)]
        for word in common:
            words[rng.randrange(length)] = word
        passage = Passage.objects.create(article=article, number=number, order=number)
        PassageText.objects.create(passage=passage, language="en", text=" ".join(words))
        passages.append(words)
    rebuild()
    return passages


def shown_words(client: Client, query: str) -> list[set[str]]:
    """The words of the text that each surface of a search gives away."""
    return [
        set(
            re.findall(
                r"w\d+x\d+", re.sub(r'value="[^"]*"|[?&]\w+=[^"&]*', "", text_of(client.get(path)))
            )
        )
        for path in (
            f"/en/search/?q={query}",
            f"/api/v1/search/?q={query}",
            f"/en/articles/?q={query}",
        )
    ]


def test_a_search_quotes_forty_words_of_a_text_held_as_excerpts_and_no_more(client: Client) -> None:
    passages = long_text(client)
    for words in shown_words(client, passages[2][80]):
        assert passages[2][80] in words
        assert 30 <= len(words) <= 40
    # A word that stands in every passage gives one quotation, and numbers for the rest.
    assert all(len(words) <= 40 for words in shown_words(client, "ministers"))
    hits = client.get("/api/v1/search/?q=ministers").json()["results"][0]["passages"]
    assert len(hits) > 1
    assert sum(bool(hit["text"]) for hit in hits) == 1


def test_a_quotation_stands_around_its_match_and_is_never_a_whole_passage(client: Client) -> None:
    passages = long_text(client)
    for words in passages:
        for word in (words[0], words[len(words) // 2], words[-1]):
            for shown in shown_words(client, word):
                assert word in shown or not re.fullmatch(r"w\d+x\d+", word)
                assert len(shown) <= min(40, len(words) * 4 / 5)


def test_a_text_beside_a_digest_that_stands_alone_is_not_even_searched(client: Client) -> None:
    passages = long_text(client, Rights.DIGEST)
    assert client.get(f"/api/v1/search/?q={passages[2][80]}").json()["count"] == 0
    Article.objects.update(rights=Rights.EXCERPTS)
    assert client.get(f"/api/v1/search/?q={passages[2][80]}").json()["count"] == 1


def test_suggestions_facets_and_descriptions_give_no_word_of_a_hidden_text(client: Client) -> None:
    passages = long_text(client)
    word = passages[2][80]
    assert client.get(f"/en/suggest/?q={word}").json() == {"suggestions": []}
    for path in (
        "/en/articles/long/",
        "/ar/articles/long/?lang=en",
        "/api/v1/articles/long/",
        "/en/articles/",
    ):
        assert not re.search(r"w\d+x\d+", text_of(client.get(path)))


def test_a_change_of_rights_takes_effect_at_once(client: Client) -> None:
    statement = cast.july_statement()
    address = statement.get_absolute_url()
    assert cast.ENGLISH[0] in text_of(client.get(address))
    statement.versions.update(rights=Rights.EXCERPTS)
    assert cast.ENGLISH[0] not in text_of(client.get(address))


def test_errors_answer_in_the_readers_language(client: Client) -> None:
    response = client.get("/ar/statements/nothing/")
    assert response.status_code == 404
    assert 'lang="ar"' in response.content.decode()
    assert client.get("/api/v1/nothing/").json() == {"error": "There is nothing at this address."}
    assert client.post("/api/v1/statements/").status_code == 405


def test_the_way_in_goes_by_the_readers_language(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "ar-IQ,en;q=0.5"})["Location"] == "/ar/"
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/en/"


@pytest.mark.parametrize("path", ["/en/", "/ar/admin/login/", "/en/statements/nothing/"])
def test_the_policy_allows_no_inline_code(client: Client, path: str) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    content = response.content.decode()
    assert not re.search(
        r"<[^>]+\son\w+=|<[^>]+\sstyle=|<style|<script(?![^>]*(?:src=|ld\+json))", content
    )


def test_health_says_whether_the_database_answers(client: Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_articles_count_as_articles(client: Client) -> None:
    cast.article()
    rebuild()
    assert client.get("/api/v1/articles/").json()["count"] == Article.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "tag", "expected"),
    [
        ("q=a+b&page=3", '{% change "type" "round" %}', "?q=a+b&amp;type=round"),
        ("q=%D8%A3%26%22&sort=new", '{% change "sort" 2 "page" 4 %}', "?q=%D8%A3%26%22&amp;sort=2&amp;page=4"),
        ("a=1&q=2&a=3", '{% change "q" "x" %}', "?a=1&amp;a=3&amp;q=x"),
        ("a=1&q=2&a=3&page=9", '{% without "a" %}', "?q=2"),
        ("q=2&page=9", '{% without "q" %}', "/en/search/"),
        ("", '{% change "q" "é" %}', "?q=%C3%A9"),
    ],
)  # fmt: skip
def test_links_that_change_a_pages_query(rf: Any, query: str, tag: str, expected: str) -> None:
    template = engines["django"].from_string(tag)
    assert template.render({}, rf.get(f"/en/search/?{query}")) == expected
