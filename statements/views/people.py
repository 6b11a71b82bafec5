"""Officials: names as printed, posts in time and on a day, meetings, and the passages that name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from statements.models import Event, Mention, Official, Statement, Tenure
from statements.views.axis import Axis
from statements.views.links import one, page
from statements.views.listing import listing
from statements.views.meetings import disputed, meetings_of, met
from statements.views.passages import SHOWN, Holdings, passages_naming
from statements.views.promises import Day


def officials(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "official"))


def official(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Official, slug, official_in)


def official_in(request: HttpRequest, records: QuerySet) -> tuple[str, dict[str, Any]]:
    record = one(records.select_related("country"))
    return "officials/detail.html", official_page(record, Day.asked(request.GET))


def official_page(record: Official, day: Day) -> dict[str, Any]:
    holdings = Holdings.of([record.pk])
    tenures = holdings.by_official.get(record.pk, [])
    meetings = meetings_of(record, tenures, SHOWN)
    language = (get_language() or "en")[:2]
    namings = passages_naming(Mention.objects.filter(official=record), language)
    return {
        "record": record,
        "day": day,
        "asked_on": bool(day.date or day.unread),
        "held": holdings.on(record.pk, *day.days),
        "problems": [problem.in_language(language) for problem in day.problems],
        "names": list(record.names.select_related("source")),
        "tenures": tenures,
        "career": career(tenures, [row.event for row in meetings]),
        "meetings": meetings,
        "met": met(record, meetings)[:SHOWN],
        "spoken": list(Statement.objects.published().filter(speaker=record).newest()[:SHOWN]),
        "namings": [
            replace(naming, holdings=holdings.on(record.pk, *naming.passage.document.days))
            for naming in namings
        ],
        "conflicts": disputed(meetings, Q(official=record)),
    }


def career(tenures: list[Tenure], events: list[Event]) -> dict[str, Any] | None:
    """The posts as bars and the events as ticks on one time axis; None when no day is known."""
    begun = [tenure for tenure in tenures if tenure.start_first]
    days = [event.date_first for event in events]
    axis = Axis.over(
        [
            *days,
            *(tenure.start_first for tenure in begun),
            *(tenure.end_last or tenure.last_seen for tenure in begun),
        ]
    )
    if axis is None or not begun:
        return None
    return {
        "ticks": axis.ticks,
        "posts": [
            {
                "tenure": tenure,
                # Without a known end the bar stops where the holder was last seen in the post.
                **axis.span(tenure.start_first, tenure.end_last or tenure.last_seen),
                "open": tenure.end_last is None,
            }
            for tenure in begun
        ],
        "events": [
            {"event": event, "x": axis.x(event.date_first)} for event in events if event.date_first
        ],
    }
