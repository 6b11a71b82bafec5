"""The first page: one search box, what is new, dialogues on a shared time axis, on this day, and ways in."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi

from statements.models import PUBLIC_KINDS, Dialogue, Event, Round, Statement
from statements.search.index import current
from statements.search.matching import totals

NEW = 6


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_page())


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"counts": counts()})


def home_page() -> dict[str, Any]:
    figures = counts()
    return {
        "counts": figures,
        **strips(),
        "recent": recent(),
        "on_this_day": on_this_day(),
        "years": years(),
    }


def counts() -> dict[str, Any]:
    """How many records of each kind readers may see, and the years the statements span."""
    found, years = totals(current())
    return (
        {f"{kind.page}s": 0 for kind in PUBLIC_KINDS}
        | {f"{kind}s": n for kind, n in found.items()}
        | {"first_year": years[0] if years else None, "last_year": years[-1] if years else None}
    )


def strips() -> dict[str, Any]:
    """Each dialogue with its rounds as places on one time axis, in percent from its first year to its last; at most six years are marked."""
    rounds = list(
        Round.objects.filter(
            dialogue__in=Dialogue.objects.published(), event__in=Event.objects.published()
        )
        .exclude(event__date_first=None)
        .select_related("dialogue", "event")
        .order_by("event__date_first", "event__slug")
    )
    if not rounds:
        return {"dialogues": [], "ticks": []}
    first = rounds[0].event.date_first.year
    last = max(row.event.date_first.year for row in rounds)
    begin = datetime.date(first, 1, 1)
    length = (datetime.date(last, 12, 31) - begin).days
    grouped: dict[int, dict[str, Any]] = {}
    rtl = get_language_bidi()
    for row in rounds:
        x = 100 * (row.event.date_first - begin).days / length
        strip = grouped.setdefault(row.dialogue_id, {"record": row.dialogue, "rounds": []})
        strip["rounds"].append(
            {
                # As text: a localised comma is no length. Time runs from right to left in Arabic.
                "x": f"{100 - x if rtl else x:.1f}",
                "number": row.number,
                "event": row.event,
            }
        )
    step = -(-(last - first + 1) // 6)
    ticks = []
    for year in range(first, last + 1, step):
        x = 100 * (datetime.date(year, 1, 1) - begin).days / length
        ticks.append({"x": f"{100 - x if rtl else x:.1f}", "year": year})
    return {
        "dialogues": sorted(
            grouped.values(), key=lambda strip: -strip["rounds"][-1]["event"].date_first.toordinal()
        ),
        "ticks": ticks,
    }


def recent() -> list[Statement]:
    """The statements published latest; at equal times the latest issued."""
    return list(
        Statement.objects.published()
        .select_related("event__place")
        .order_by("-date_first", "slug")[:NEW]
    )


def on_this_day() -> list[Event]:
    """Events of this day of the year, in any year, that began on a known day."""
    today = timezone.localdate()
    return list(
        Event.objects.published()
        .filter(
            date_first__month=today.month,
            date_first__day=today.day,
            date__regex=r"^\d{4}-\d\d-\d\d",
        )
        .select_related("place")
        .oldest()[:NEW]
    )


def years() -> list[tuple[int, int]]:
    """(year, statements) of each year that has some."""
    return [
        (row["date_first__year"], row["n"])
        for row in Statement.objects.published()
        .exclude(date_first=None)
        .order_by("date_first__year")
        .values("date_first__year")
        .annotate(n=Count("pk"))
    ]
