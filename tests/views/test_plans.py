"""The page of a record reads what belongs to it, however much else is in the archive: the plans of its queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from archive.environment import SERVING_OPTIONS
from statements.models import (
    Agreement,
    AgreementStep,
    Event,
    Layer,
    Mention,
    Official,
    Organization,
    Participation,
    Passage,
    PassageText,
    Rights,
    State,
    Statement,
    Tenure,
    Undertaking,
    Version,
)
from tests.views.test_queries import linked

pytestmark = pytest.mark.django_db

PUBLIC = {"state": State.PUBLISHED}
#: statements besides those of the record, each with an event, and officials
CROWD = 2000
#: records of each kind that are linked to the one that is asked for
NEAR = 10
#: Rows that one step of a plan may handle. Twice two of what is near, the promises and the conflicts of all records.
MOST = 400


def crowd() -> None:
    """Statements that have nothing to do with the record, with all that statements have."""
    country = Official.objects.exclude(country=None)[0].country
    post = Tenure.objects.all()[0].post
    Organization.objects.create(slug="elsewhere", name_en="Elsewhere", type="agency", **PUBLIC)
    other = type(post).objects.create(
        slug="other-post", title_en="Other", organization=Organization.objects.get(slug="elsewhere"), **PUBLIC
    )  # fmt: skip
    officials = Official.objects.bulk_create(
        Official(slug=f"x{n}", name_en=f"Somebody {n}", country=country, **PUBLIC)
        for n in range(CROWD)
    )
    Tenure.objects.bulk_create(
        Tenure(official=official, post=other, start="1990", end="1991", status="ended", acting=True)
        for official in officials
    )
    events = Event.objects.bulk_create(
        Event(slug=f"x{n}", title_en=f"Elsewhere {n}", type="round", date="2020-01-01", **PUBLIC)
        for n in range(CROWD)
    )
    Participation.objects.bulk_create(
        Participation(event=event, official=official, country=country)
        for event, official in zip(events, officials, strict=True)
    )
    agreements = Agreement.objects.bulk_create(
        Agreement(slug=f"x{n}", title_en=f"Agreement {n}", type="treaty", **PUBLIC)
        for n in range(CROWD)
    )
    AgreementStep.objects.bulk_create(
        AgreementStep(agreement=agreement, status="signed", date="2020", event=event)
        for agreement, event in zip(agreements, events, strict=True)
    )
    statements = Statement.objects.bulk_create(
        Statement(slug=f"x{n}", title_en=f"Elsewhere {n}", date="2020-01", event=event, speaker=official, **PUBLIC)
        for n, (event, official) in enumerate(zip(events, officials, strict=True))
    )  # fmt: skip
    passages = Passage.objects.bulk_create(
        Passage(statement=statement, number=1, order=1) for statement in statements
    )
    versions = Version.objects.bulk_create(
        Version(statement=statement, language="en", publisher="Ministry", rights=Rights.FULL)
        for statement in statements
    )
    texts = PassageText.objects.bulk_create(
        PassageText(passage=passage, version=version, language="en", text="Somebody spoke.")
        for passage, version in zip(passages, versions, strict=True)
    )
    Mention.objects.bulk_create(
        Mention(
            text=text, layer=Layer.TEXT, start=0, end=8, as_printed="Somebody",
            type="official", outcome="one", official=official,
        )
        for text, official in zip(texts, officials, strict=True)
    )  # fmt: skip
    Undertaking.objects.bulk_create(
        Undertaking(passage=passage, number=1, summary_en="To speak", strength="intends")
        for passage in passages
    )


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from steps(below)


def handled(step: dict[str, Any]) -> float:
    """Rows that a step of a plan gave or threw away, over all its turns."""
    thrown = step.get("Rows Removed by Filter", 0) + step.get("Rows Removed by Join Filter", 0)
    return (step["Actual Rows"] + thrown) * step["Actual Loops"]


def told(step: dict[str, Any]) -> str:
    names = ("Node Type", "Relation Name", "Index Name", "Index Cond", "Filter", "Sort Key")
    found = ", ".join(str(step[name]) for name in names if name in step)
    return f"{handled(step):.0f} rows: {found}"


def test_a_page_reads_what_belongs_to_its_record(client: Client) -> None:
    """As the web server asks (``SERVING_OPTIONS``): no step of any plan handles as many rows as the archive has."""
    records = linked(NEAR)
    crowd()
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        # Of two thousand rows the planner still makes a table of hashes at times, of a hundred thousand no more:
        # that there is a way by an index is what is tried.
        cursor.execute("SET LOCAL enable_hashjoin = off")
        for option in SERVING_OPTIONS.split("-c ")[1:]:
            cursor.execute("SELECT set_config(%s, %s, true)", option.strip().split("="))
    greedy: list[str] = []
    for address in records:
        for page in (address, address.replace("/en/", "/api/v1/")):
            asked.clear()
            with connection.execute_wrapper(note):
                assert client.get(page).status_code == 200
            assert asked
            for sql, params in list(asked):
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                    (found,) = cursor.fetchone()
                plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
                greedy += [
                    f"{page}: {told(step)} in … FROM {sql.partition(' FROM ')[2]}"
                    for step in steps(plan)
                    if handled(step) > MOST
                ]
    assert MOST < CROWD
    assert not greedy, "\n".join(greedy)
