"""The timeline of a large archive: bounded lanes and marks, what is left out counted, the same few queries."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from statements.models import (
    Agreement,
    AgreementStep,
    Dialogue,
    Event,
    Official,
    Participation,
    Post,
    Round,
    State,
    Tenure,
)
from statements.search.results import FacetValue
from statements.search.settling import rebuild
from statements.views.axis import PLACES, Axis
from statements.views.lanes import LANES
from statements.views.listing import bars
from statements.views.timeline import Told, counted
from tests import cast

pytestmark = pytest.mark.django_db

PUBLIC = {"state": State.PUBLISHED}
MOST = 12


def many(number: int, post: Post, name: str) -> None:
    """So many dialogues, officials and agreements, and five events for each over ten years."""
    dialogues = Dialogue.objects.bulk_create(
        Dialogue(slug=f"{name}-d{n}", name_en=f"Dialogue {n}", **PUBLIC) for n in range(number)
    )
    officials = Official.objects.bulk_create(
        Official(slug=f"{name}-o{n}", name_en=f"Official {n}", country=cast.iraq(), **PUBLIC)
        for n in range(number)
    )
    Tenure.objects.bulk_create(
        Tenure(official=official, post=post, start="2015", status="current", acting=True)
        for official in officials
    )
    begin = datetime.date(2015, 1, 1)
    events = Event.objects.bulk_create(
        Event(
            slug=f"{name}-e{n}", title_en=f"Event {n}", type="round",
            date=(begin + datetime.timedelta(days=n * 3650 // (number * 5))).isoformat(), **PUBLIC,
        )
        for n in range(number * 5)
    )  # fmt: skip
    Round.objects.bulk_create(
        Round(dialogue=dialogues[n % number], event=event)
        for n, event in enumerate(events)
        if n % 5
    )
    Participation.objects.bulk_create(
        Participation(event=event, official=officials[n * m % number])
        for n, event in enumerate(events)
        for m in {1, 2}
        if m == 1 or n * 2 % number != n % number
    )
    agreements = Agreement.objects.bulk_create(
        Agreement(slug=f"{name}-a{n}", title_en=f"Agreement {n}", type="treaty", **PUBLIC)
        for n in range(number)
    )
    AgreementStep.objects.bulk_create(
        AgreementStep(agreement=agreement, status=status, date=date)
        for n, agreement in enumerate(agreements)
        for status, date in (("signed", f"20{15 + n % 10}"), ("in_force", f"20{16 + n % 10}-03"))
    )


def test_lanes_and_marks_are_bounded_and_the_queries_do_not_grow(client: Client) -> None:
    costs = {}
    post = cast.post()
    for number in (5, 500):
        many(number, post, f"of-{number}")
        for path in ("", "?from=2018&to=2019"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                response = client.get(f"/en/timeline/{path}")
            costs[number, path] = len(queries)
            assert len(queries) <= MOST
            for part in response.context["drawings"]:
                assert len(part["drawing"].lanes) <= LANES
                for lane in part["drawing"].lanes:
                    assert len(lane.marks) <= PLACES
    assert costs[5, ""] == costs[500, ""]
    assert costs[5, "?from=2018&to=2019"] == costs[500, "?from=2018&to=2019"]
    content = client.get("/en/timeline/").content.decode()
    assert len(response.content) < 400_000
    for kind in ("dialogues", "officials", "agreements"):
        assert re.search(rf'and \d+ more: <a href="/en/{kind}/">', content), kind
    assert f"and {505 - LANES} more" in content


def test_a_mark_of_several_says_how_many_and_leads_to_them(client: Client) -> None:
    series = cast.dialogue()
    for day in ("2024-07-22", "2024-07-23", "2019-05-05"):
        cast.july_round(series, slug=f"r{day}", date=day)
        Round.objects.update(number=None)
    cast.july_round(slug="other", date="2010-01-05")
    rebuild()
    drawings = client.get("/en/timeline/").context["drawings"]
    lane = drawings[0]["drawing"].lanes[0]
    assert [(str(mark.what), mark.count) for mark in lane.marks] == [
        ("Second round", 1),
        ("2 rounds", 2),
    ]
    both = lane.marks[1]
    assert both.url == "/en/events/?dialogue=us-iraq-jscd&from=2024-07-22&to=2024-07-23"
    listed = client.get(both.url).context["results"]
    assert listed.count == 2
    closer = client.get("/en/timeline/?from=2024-07&to=2024-07").context["drawings"]
    assert [mark.count for mark in closer[0]["drawing"].lanes[0].marks] == [1, 1]


def test_the_database_counts_places_as_the_axis_does() -> None:
    days = [datetime.date(2023, 12, 1) + datetime.timedelta(days=n) for n in range(0, 400, 3)]
    Event.objects.bulk_create(
        Event(slug=f"e{n}", title_en="x", type="visit", date=f"{day}/2025-06-01", **PUBLIC)
        for n, day in enumerate(days)
    )
    axis = Axis.of_years(2024, 2024)
    found: dict[int, int] = {}
    for day in days:
        if day <= axis.last:
            found[axis.part(day)] = found.get(axis.part(day), 0) + 1
    rows: list[dict[str, Any]] = counted(Told(axis).events, axis, event="")
    assert [row["n"] for row in rows] == [found[part] for part in sorted(found)]


def test_nothing_that_is_not_published_is_drawn(client: Client) -> None:
    hidden = {"state": State.DRAFT}
    series = cast.dialogue(name_en="Zarathustra talks", **hidden)
    event = cast.july_round(series, title_en="Zarathustra meets")
    minister = cast.minister(cast.post(title_en="Chief Zarathustra", **hidden))
    cast.take_part(event, minister)
    other = Official.objects.create(slug="z", name_en="Zarathustra", **hidden)
    cast.take_part(event, other)
    agreement = Agreement.objects.create(slug="a", title_en="Pact", type="treaty", **PUBLIC)
    secret = cast.july_round(slug="secret", title_en="Zarathustra signs", **hidden)
    AgreementStep.objects.create(agreement=agreement, status="signed", date="2024-07", event=secret)
    Agreement.objects.create(slug="b", title_en="Zarathustra pact", type="treaty", **hidden)
    Event.objects.filter(pk=event.pk).update(title_en="A meeting")
    content = client.get("/en/timeline/").content.decode()
    assert "A meeting" in content
    assert "Pact" in content
    assert "Zarathustra" not in content
    assert secret.get_absolute_url() not in content


def test_an_archive_without_a_date_says_what_would_be_here(client: Client) -> None:
    for path in ("", "?from=2024&to=2024", "?from=x"):
        response = client.get(f"/en/timeline/{path}")
        assert response.status_code == 200
        assert "</h1>" in response.content.decode()
    assert "will be drawn here" in client.get("/en/timeline/").content.decode()


@pytest.mark.parametrize(
    ("counts", "names", "heights"),
    [
        ({2024: 3}, [], []),  # one bar says nothing
        ({2023: 1, 2024: 4}, [str(year) for year in range(2013, 2025)], [0] * 10 + [25, 100]),
        ({2013: 1000, 2024: 1}, [str(year) for year in range(2013, 2025)], [100, *[0] * 10, 3]),
        ({1918: 1, 1921: 1, 1979: 4}, ["1910–1919", "1920–1929", "1930–1939", "1940–1949", "1950–1959", "1960–1969", "1970–1979"], [25, 25, 0, 0, 0, 0, 100]),
    ],
)  # fmt: skip
def test_the_bars_of_a_search_are_of_years_or_decades_and_none_is_invisible(
    counts: dict[int, int], names: list[str], heights: list[int]
) -> None:
    made = bars([FacetValue("year", str(year), str(year), n) for year, n in counts.items()])
    assert [bar["name"] for bar in made] == names
    assert [bar["height"] for bar in made] == heights
    assert sum(bar["count"] for bar in made) in (0, sum(counts.values()))
