"""A page costs at most twelve queries, with ten records of each kind behind it or a thousand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from statements.models import (
    PUBLIC_KINDS,
    Agreement,
    AgreementStep,
    Carriage,
    Chain,
    ChainStep,
    Claim,
    Conflict,
    Dialogue,
    Divergence,
    Event,
    Layer,
    Mention,
    Name,
    Official,
    Organization,
    Participation,
    Passage,
    PassageText,
    Post,
    Rights,
    Round,
    State,
    Statement,
    Tenure,
    Version,
)
from statements.models.documents import Source
from statements.search.settling import rebuild
from tests import cast

pytestmark = pytest.mark.django_db

MOST = 12
LISTS = [f"{model._meta.model_name}s/" for model in PUBLIC_KINDS]
PUBLIC = {"state": State.PUBLISHED}


def linked(number: int) -> list[str]:
    """One record of each kind to which ``number`` records of every kind that can be are linked: their addresses."""
    ministry, series = cast.ministry(), cast.dialogue()
    post = cast.post(ministry)
    minister = cast.minister(post)
    event = cast.july_round(series)
    statement = cast.july_statement(minister, event=event)
    article = cast.article()
    agreement = Agreement.objects.create(slug="sfa", title_en="Framework", type="treaty", **PUBLIC)
    statement.agreements.add(agreement)

    officials = Official.objects.bulk_create(
        Official(slug=f"o{n}", name_en=f"Official {n}", country=cast.iraq(), **PUBLIC)
        for n in range(number)
    )
    bodies = Organization.objects.bulk_create(
        Organization(slug=f"b{n}", name_en=f"Body {n}", type="agency", parent=ministry, **PUBLIC)
        for n in range(number)
    )
    posts = Post.objects.bulk_create(
        Post(slug=f"p{n}", title_en=f"Post {n}", organization=ministry, **PUBLIC)
        for n in range(number)
    )
    Tenure.objects.bulk_create(
        Tenure(official=official, post=held, start="2020", status="current")
        for official, held in zip(officials, posts, strict=True)
    )
    Tenure.objects.bulk_create(
        Tenure(
            official=official, post=post, start="2019", end="2019-06", status="ended", acting=True
        )
        for official in officials
    )
    events = Event.objects.bulk_create(
        Event(
            slug=f"e{n}",
            title_en=f"Event {n}",
            type="round",
            date="2024-07-01",
            parent=event,
            **PUBLIC,
        )
        for n in range(number)
    )
    Round.objects.bulk_create(Round(dialogue=series, event=part) for part in events)
    Participation.objects.bulk_create(
        Participation(event=part, official=minister, country=cast.iraq(), role="head")
        for part in (event, *events)
    )
    Participation.objects.bulk_create(
        Participation(event=event, official=official, country=cast.america())
        for official in officials
    )
    dialogues = Dialogue.objects.bulk_create(
        Dialogue(slug=f"d{n}", name_en=f"Dialogue {n}", body=ministry, **PUBLIC)
        for n in range(number)
    )
    Round.objects.bulk_create(Round(dialogue=other, event=event) for other in dialogues[:20])
    agreements = Agreement.objects.bulk_create(
        Agreement(slug=f"a{n}", title_en=f"Agreement {n}", type="treaty", **PUBLIC)
        for n in range(number)
    )
    AgreementStep.objects.bulk_create(
        AgreementStep(agreement=other, status="signed", date="2024-07-01", event=event)
        for other in (agreement, *agreements)
    )
    agreement.related.add(*agreements)
    for records in (statement.agreements, event.agreements):
        records.add(*agreements)
    for records in (event.organizations, statement.issuers):
        records.add(*bodies)
    statement.events.add(*events)
    for record in (minister, ministry, post, series, agreement):
        field = str(record._meta.model_name)
        Name.objects.bulk_create(
            Name(form=f"Form {n}", language="en", **{field: record}) for n in range(number)
        )
    documents(statement, number, {
        "official": minister, "post": post, "organization": ministry,
        "dialogue": series, "event": event, "agreement": agreement,
    })  # fmt: skip
    others = list(Statement.objects.exclude(pk=statement.pk))
    agreement.statements.add(*others)
    Carriage.objects.bulk_create(
        Carriage(article=article, statement=other, relation="quotes") for other in others
    )
    disputed = (statement, minister, ministry, series, event, agreement)
    for record in disputed:
        quarrels(record, number)
    followed(number, statement=statement, event=event, agreement=agreement)
    differing(statement, number)
    rebuild()
    with connection.cursor() as cursor:  # as a server does by itself after so many changes
        cursor.execute("ANALYZE")
    records = (statement, article, minister, ministry, post, series, event, agreement)
    return [record.get_absolute_url() for record in records]


def quarrels(record: Any, number: int) -> None:
    """Conflicts of sources about a record, each with a claim and its source."""
    kind = str(record._meta.model_name)
    source = Source.objects.get_or_create(slug="s", address="https://example.org/", publisher="P")[
        0
    ]
    made = Conflict.objects.bulk_create(
        Conflict(slug=f"{kind}-{n}", question_en=f"Question {n}", **{kind: record}, **PUBLIC)
        for n in range(min(number, 20))
    )
    for claim in Claim.objects.bulk_create(
        Claim(conflict=conflict, number=1, value_en="So") for conflict in made
    ):
        claim.sources.add(source)


def differing(statement: Statement, number: int) -> None:
    """Differences of the versions of a statement, each with a source."""
    english, arabic = (statement.versions.get(language=code) for code in ("en", "ar"))
    source = Source.objects.get(slug="s")
    for made in Divergence.objects.bulk_create(
        Divergence(
            passage=statement.passages.get(number=2),
            kind="text",
            left=english,
            left_words="The two sides",
            right=arabic,
            sentence_en=f"Sentence {n}",
            right_words="الجانبان\n" * n + "الجانبان",
        )
        for n in range(min(number, 20))
    ):
        made.sources.add(source)


def followed(number: int, **evidence: Any) -> None:
    """Promises that go through every one of the records."""
    made = Chain.objects.bulk_create(
        Chain(slug=f"c{n}", title_en=f"Promise {n}", outcome="open", **PUBLIC)
        for n in range(min(number, 20))
    )
    ChainStep.objects.bulk_create(
        ChainStep(chain=chain, status="promised", date="2024", **{kind: record})
        for chain in made
        for kind, record in evidence.items()
    )


def documents(model: Statement, number: int, named: dict[str, Any]) -> None:
    """Statements of the same event, each with one passage that names every one of the records."""
    made = Statement.objects.bulk_create(
        Statement(slug=f"s{n}", title_en=f"Statement {n}", date="2024-07", event=model.event, speaker=named["official"], **PUBLIC)
        for n in range(number)
    )  # fmt: skip
    passages = Passage.objects.bulk_create(
        Passage(statement=statement, number=1, order=1) for statement in made
    )
    versions = Version.objects.bulk_create(
        Version(statement=statement, language="en", publisher="Ministry", rights=Rights.FULL)
        for statement in made
    )
    texts = PassageText.objects.bulk_create(
        PassageText(passage=passage, version=version, language="en", text="They spoke of it all.")
        for passage, version in zip(passages, versions, strict=True)
    )
    Mention.objects.bulk_create(
        Mention(
            text=text, layer=Layer.TEXT, start=at, end=at + 1, as_printed="x",
            type=kind, outcome="one", **{kind: record},
        )
        for text in texts
        for at, (kind, record) in enumerate(named.items())
    )  # fmt: skip


@pytest.mark.parametrize("number", [10, 1000])
def test_no_page_costs_more_than_twelve_queries(
    client: Client, django_assert_max_num_queries: Any, number: int
) -> None:
    records = linked(number)
    client.get("/en/search/?q=x")  # the lexicon of names is read once a revision
    further = (
        "check-quotation/?q=They+spoke+of+it+all+today",
        "compare/july-2024/july-2024/",
        "compare/s0/july-2024/",
        "articles/al-marsad-july/uses/s0/",
    )
    for path in (
        *LISTS,
        "",
        "about/",
        "search/?q=Official",
        "search/?q=spoke",
        "search/",
        "timeline/",
        "timeline/?from=2024&to=2024",
        *further,
    ):
        with django_assert_max_num_queries(MOST):
            assert client.get(f"/en/{path}").status_code == 200, path
    for address in (*records, records[0] + "?lang=both"):
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200, address
    for address in records:
        with django_assert_max_num_queries(MOST):
            response = client.get(address.replace("/en/", "/api/v1/"))
        assert response.status_code == 200
    briefed = [
        address for address in records if re.search("/(officials|dialogues|events)/", address)
    ]
    for address in (
        *(f"{address}briefing/" for address in briefed),
        *(
            f"{address}?on=July+2024"
            for address in records
            if "/posts/" in address or "/officials/" in address
        ),
        *(f"{address}?view=participants" for address in records if "/dialogues/" in address),
    ):
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200, address
