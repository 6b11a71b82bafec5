"""Officials: names as printed, posts in time and on a day, meetings, and the passages that name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import Event, Official, Post, Statement, Tenure
from statements.models.prepared import prepared
from statements.views.axis import Axis
from statements.views.graph import graph
from statements.views.lanes import (
    LANES,
    Drawing,
    Lane,
    bounds,
    event_marks,
    events_at,
    plain,
    tenure_days,
    tenure_lane,
    tenure_names,
)
from statements.views.links import Wanted, names_of, page
from statements.views.listing import listing
from statements.views.meetings import disputed, meetings_of, met
from statements.views.passages import SHOWN, Holdings, passages_naming
from statements.views.promises import Day


def officials(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "official"))


def official(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Official, slug, official_in)


def official_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(with_country)
    return "officials/detail.html", official_page(record, Day.asked(request.GET))


@prepared
def spoken_by(official: int) -> QuerySet[Statement]:
    return Statement.objects.published().filter(speaker=official).newest()[:SHOWN]


def with_country(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.select_related("country")


def official_page(record: Official, day: Day) -> dict[str, Any]:
    holdings = Holdings.of([record.pk])
    tenures = holdings.by_official.get(record.pk, [])
    meetings = meetings_of(record, tenures, SHOWN)
    language = (get_language() or "en")[:2]
    people = met(record, meetings)
    namings = passages_naming(record, language)
    return {
        "record": record,
        "day": day,
        "asked_on": bool(day.date or day.unread),
        "held": holdings.on(record.pk, *day.days),
        "problems": [problem.in_language(language) for problem in day.problems],
        "names": names_of(record),
        "tenures": tenures,
        "career": career(record, tenures, [row.event for row in meetings]),
        "graph": graph(people),
        "cut": len(meetings) == SHOWN,
        "shown": SHOWN,
        "meetings": meetings,
        "met": people[:SHOWN],
        "spoken": spoken_by(record.pk),
        "namings": [
            replace(naming, holdings=holdings.on(record.pk, *naming.passage.document.days))
            for naming in namings
        ],
        "conflicts": disputed(meetings, official=record.pk),
    }


def career(record: Official, tenures: list[Tenure], events: list[Event]) -> Drawing | None:
    """The posts as bars and the events as marks on one time axis; None when no day of a post is known."""
    known = [tenure for tenure in tenures if any(bounds(tenure))]
    axis = Axis.over([*tenure_days(known), *(event.date_first for event in events)])
    if axis is None or not known:
        return None
    by_post: dict[Post, list[Tenure]] = {}
    for tenure in known:
        by_post.setdefault(tenure.post, []).append(tenure)
    lanes = [
        tenure_lane(axis, held, post.label, post.get_absolute_url())
        for post, held in by_post.items()
    ]
    marks = event_marks(axis, events, events_at(official=record.slug))
    attended = [Lane(plain(_("Events attended")), marks=marks)] if marks else []
    return Drawing(axis, [*lanes[:LANES], *attended], len(lanes[LANES:]), tenure_names())
