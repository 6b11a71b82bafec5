"""Officials: names as printed, posts in time, meetings, and the passages that name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import (
    Dialogue,
    Event,
    Mention,
    Official,
    Participation,
    Post,
    Statement,
    Tenure,
)
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
from statements.views.links import as_links, links_to, one, page
from statements.views.listing import listing
from statements.views.meetings import disputed, meetings_of, met
from statements.views.passages import SHOWN, Holdings, passages_naming


def officials(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "official"))


def official(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Official, slug, official_in)


def official_in(request: HttpRequest, records: QuerySet) -> tuple[str, dict[str, Any]]:
    record = one(records.select_related("country"))
    return "officials/detail.html", official_page(record)


def official_page(record: Official) -> dict[str, Any]:
    holdings = Holdings.of([record.pk])
    tenures = holdings.by_official.get(record.pk, [])
    meetings = meetings_of(record, tenures, SHOWN)
    people = met(record, meetings)
    namings = passages_naming(Mention.objects.filter(official=record), (get_language() or "en")[:2])
    return {
        "record": record,
        "names": list(record.names.select_related("source")),
        "tenures": tenures,
        "career": career(record, tenures, [row.event for row in meetings]),
        "graph": graph(people),
        "cut": len(meetings) == SHOWN,
        "shown": SHOWN,
        "meetings": meetings,
        "met": people[:SHOWN],
        "spoken": list(Statement.objects.published().filter(speaker=record).newest()[:SHOWN]),
        "namings": [
            replace(naming, holdings=holdings.on(record.pk, *naming.passage.document.days))
            for naming in namings
        ],
        "conflicts": disputed(meetings, Q(official=record)),
    }


def documents_of_event() -> dict[str, Any]:
    """Annotations of participations: the statements that came out of the event, the dialogues it is a round of."""
    return {
        "statement_links": links_to(
            Statement.objects.published().filter(event=OuterRef("event")).oldest(), "statement"
        ),
        "dialogue_links": links_to(
            Dialogue.objects.published().filter(rounds__event=OuterRef("event")), "dialogue"
        ),
    }


def attended(row: Any) -> dict[str, Any]:
    """One event that was attended in a post, with what came out of it."""
    return {
        "row": row,
        "event": row.event,
        "statements": as_links(row.statement_links, "statement"),
        "dialogues": as_links(row.dialogue_links, "dialogue"),
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


def holders(tenures: list[Tenure]) -> Drawing | None:
    """Who held a post as bars on one time axis, the latest if there are many; None when no day is known."""
    by_official: dict[Official, list[Tenure]] = {}
    for tenure in tenures:
        if any(bounds(tenure)):
            by_official.setdefault(tenure.official, []).append(tenure)
    shown = list(by_official.items())[-LANES:]
    axis = Axis.over(tenure_days(tenure for _official, held in shown for tenure in held))
    if axis is None:
        return None
    lanes = [
        tenure_lane(
            axis, held, official.label, official.get_absolute_url(),
            official.country.slug if official.country else "",
        )
        for official, held in shown
    ]  # fmt: skip
    return Drawing(axis, lanes, len(by_official) - len(shown), tenure_names())


def posts(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "post"))


def post(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Post, slug, post_in)


def post_in(request: HttpRequest, records: QuerySet) -> tuple[str, dict[str, Any]]:
    record = one(records.select_related("organization__country"))
    return "posts/detail.html", post_page(record)


def post_page(record: Post) -> dict[str, Any]:
    tenures = list(
        Tenure.objects.filter(post=record, official__in=Official.objects.published())
        .select_related("official__country")
        .order_by("start_first", "pk")
    )
    taken = list(
        Participation.objects.filter(
            Q(post=record) | Q(post=None, official__in=[tenure.official_id for tenure in tenures]),
            event__in=Event.objects.published(),
        )
        .filter(Q(official=None) | Q(official__in=Official.objects.published()))
        .select_related("event__place", "official")
        .annotate(**documents_of_event())
        .order_by("-event__date_first", "event__slug")[:SHOWN]
    )
    holdings = Holdings.over(tenures)
    return {
        "record": record,
        "organization": record.organization if record.organization.is_public else None,
        "names": list(record.names.select_related("source")),
        "tenures": tenures,
        "holders": holders(tenures),
        "meetings": [
            attended(row)
            | {"inferred": [] if row.official else holdings.holders(record.pk, *row.event.days)}
            for row in taken
            if row.post_id
            or any(t.official_id == row.official_id for t in holders_on(tenures, row.event))
        ],
        "spoken": [
            statement
            for statement in Statement.objects.published()
            .filter(speaker__in={tenure.official_id for tenure in tenures})
            .select_related("speaker")
            .newest()[:SHOWN]
            if any(
                tenure.official_id == statement.speaker_id
                for tenure in holders_on(tenures, statement)
            )
        ],
        "namings": passages_naming(
            Mention.objects.filter(post=record), (get_language() or "en")[:2]
        ),
    }


def holders_on(tenures: list[Tenure], event: Event | Statement) -> list[Tenure]:
    """Who held the post at the time of an event or statement, as far as the archive knows: inferred, never asserted."""
    if event.date_first is None:
        return []
    return [tenure for tenure in tenures if tenure.hold_on(event.date_first, event.date_last)]
