"""The page of two officials: the events both attended, and in what capacity each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from statements.models import Event, Official, Participation
from statements.views.links import moved, permanently
from statements.views.meetings import (
    Meeting,
    address_of,
    attendances,
    attended_by,
    disputed,
    participations,
    say_versions,
    with_documents,
)
from statements.views.passages import Holdings

#: Two officials' page shows at most this many of their events, the latest.
MOST = 200


def pair(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Two officials and the events both attended; another order of the two answers 301."""
    asked = sorted({slug, other})
    known = {
        official.slug: official
        for official in Official.objects.published()
        .filter(slug__in=asked)
        .select_related("country")
    }
    now = {name: name if name in known else moved(Official, name) for name in asked}
    if None in now.values():
        return refuse(request, known, [name for name in asked if now[name] is None])
    if len(set(now.values())) == 1:
        return refuse(request, known, [])
    address = address_of(*now.values())  # type: ignore[arg-type]
    if request.path != address:
        return permanently(request, address)
    return render(request, "officials/meetings.html", pair_page(*(known[name] for name in asked)))


def refuse(
    request: HttpRequest, known: dict[str, Official], unknown: Sequence[str]
) -> HttpResponse:
    """There is no such page: why, and the officials to go on with."""
    if unknown:
        names = _("”, “").join(Truncator(name).chars(60) for name in unknown)
        sentence = _("The archive knows no official “%(names)s”.") % {"names": names}
        advice = _("It may be mistyped, or what was here is not public.")
    else:
        sentence = _("Nobody meets himself.")
        advice = _("Choose two different officials.")
    words = {"status": 404, "sentence": sentence, "advice": advice, "ways": known.values()}
    return render(request, "errors/answer.html", words, status=404)


def pair_page(one: Official, other: Official) -> dict[str, Any]:
    holdings = Holdings.of([one.pk, other.pk])
    theirs = {
        official.pk: attended_by(official, holdings.by_official.get(official.pk, []))
        for official in (one, other)
    }
    events = {
        event.pk: event
        for event in with_documents(
            Event.objects.published()
            .filter(pk__in=Participation.objects.filter(theirs[one.pk]).values("event"))
            .filter(pk__in=Participation.objects.filter(theirs[other.pk]).values("event"))
        ).newest()[: MOST + 1]
    }
    rows = participations().filter(theirs[one.pk] | theirs[other.pk], event__in=events)
    by_event = attendances(rows, events, holdings)
    meetings = []
    for key, event in list(events.items())[:MOST]:
        there = {person.official.pk: person for person in by_event[key]}
        if one.pk in there and other.pk in there:
            meetings.append(Meeting(event, [there[one.pk], there[other.pk]]))
    say_versions(person for meeting in meetings for person in meeting.people)
    disputes = disputed(meetings)
    return {
        "officials": (one, other),
        "title": _("%(one)s and %(other)s") % {"one": one.label, "other": other.label},
        "meetings": meetings,
        "together": sum(meeting.together for meeting in meetings),
        "met": sum(not meeting.together for meeting in meetings),
        "cut": len(events) > MOST,
        "most": MOST,
        "conflicts": disputes,
    }
