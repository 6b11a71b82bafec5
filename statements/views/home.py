"""The first page: one search box, what is new, dialogues on a shared time axis, on this day, and ways in."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from statements.models import PUBLIC_KINDS, Dialogue, Event, Statement
from statements.models.prepared import prepared
from statements.search.counting import totals
from statements.search.index import current
from statements.views.rounds import strips

NEW = 6
LATEST = 8  # dialogues, those that met last
NEAR = 5  # days before and after this day of the year


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_page())


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"counts": counts()})


def home_page() -> dict[str, Any]:
    figures = counts()
    return {
        "counts": figures,
        "dialogues": strips(Dialogue.objects.published(), LATEST),
        "recent": recent(),
        "on_this_day": on_this_day(),
        "years": figures["years"],
    }


def counts() -> dict[str, Any]:
    """How many records of each kind readers may see, and the years the statements span, with their numbers."""
    found, years = totals(current())
    return (
        {f"{kind.page}s": 0 for kind in PUBLIC_KINDS}
        | {f"{kind}s": n for kind, n in found.items()}
        | {
            "first_year": years[0][0] if years else None,
            "last_year": years[-1][0] if years else None,
        }
        | {"years": years}
    )


@prepared
def recent() -> QuerySet[Statement]:
    """The statements issued latest."""
    return Statement.objects.published().select_related("event__place").newest()[:NEW]


def on_this_day() -> dict[str, Any]:
    """Events that began on this day of another year; when there is none, on the days about it."""
    today = timezone.localdate()
    events = began_on(today.month, today.day)
    if events:
        return {"events": events, "exact": True}
    near = [today + datetime.timedelta(days=away) for away in range(-NEAR, NEAR + 1)]
    events = began_on(*(number for day in near for number in (day.month, day.day)))
    return {"events": events, "exact": False}


@prepared
def began_on(*days: int) -> QuerySet[Event]:
    """Events whose first day is known and is, in whatever year, one of the days, given as month, day, …; latest first."""
    any_of = Q()
    for month, day in zip(days[::2], days[1::2], strict=True):
        any_of |= Q(date_first__month=month, date_first__day=day)
    return (
        Event.objects.published()
        .filter(any_of, date__regex=r"^\d{4}-\d\d-\d\d")
        .select_related("place")
        .newest()[:NEW]
    )
