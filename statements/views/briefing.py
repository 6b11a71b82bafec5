"""Briefings: a sheet for an official, a dialogue or a round, in both languages side by side, as of a day."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from statements.models import (
    Dialogue,
    Event,
    Official,
    Publishable,
    Round,
    Tenure,
)
from statements.models.base import public
from statements.text.sentence import Sentence
from statements.views.attendees import (
    last_events,
    line_of,
    meetings_until,
    people_section,
    posts_of,
)
from statements.views.excerpts import latest
from statements.views.links import moved, one, permanently
from statements.views.posts import with_sources
from statements.views.promises import Day, of_dialogue, present
from statements.views.sheet import PASSAGES, Notes, Section, passages_section, promises_of


def official_briefing(request: HttpRequest, slug: str) -> HttpResponse:
    return briefing(request, Official, slug, of_official)


def dialogue_briefing(request: HttpRequest, slug: str) -> HttpResponse:
    return briefing(request, Dialogue, slug, of_dialogue_record)


def event_briefing(request: HttpRequest, slug: str) -> HttpResponse:
    return briefing(request, Event, slug, of_round)


def briefing(request: HttpRequest, model: type[Publishable], slug: str, build: Any) -> HttpResponse:
    """A record's briefing as of the day asked for; a former address answers 301, an event that is no round 404."""
    records = model.objects.published().filter(slug=slug)
    day = Day.asked(request.GET)
    try:
        found = build(records, day)
    except Http404:
        target = moved(model, slug)
        if target is None:
            raise
        name = f"{model._meta.model_name}-briefing"
        return permanently(request, reverse(name, kwargs={"slug": target}))
    if found is None:
        words = {
            "status": 404,
            "sentence": _("This event is no round of a dialogue."),
            "advice": _(
                "Briefings are made for rounds, dialogues and officials; the event has a page:"
            ),
            "way_on": reverse("event", kwargs={"slug": slug}),
        }
        return render(request, "errors/answer.html", words, status=404)
    language = (get_language() or "en")[:2]
    problems = [problem.in_language(language) for problem in day.problems]
    sides = [("en", "ltr"), ("ar", "rtl")]
    context = {
        "day": day,
        "asked_on": request.GET.get("on", "")[:100],
        "problems": problems,
        "sides": sides if language == "en" else sides[::-1],
        "origin": f"{request.scheme}://{request.get_host()}",
        **found,
    }
    return render(request, "briefing.html", context)


def of_official(records: QuerySet, day: Day) -> dict[str, Any]:
    record = one(records.select_related("country"))
    notes = Notes()
    tenures = list(
        with_sources(
            Tenure.objects.filter(official=record, **public("post")).select_related(
                "official__country", "post__organization"
            )
        )
    )
    page = reverse_lazy("official", kwargs={"slug": record.slug})
    posts, posts_total = posts_of(record, tenures, day.day, notes)
    meetings, total = meetings_until(record, tenures, day.day, notes)
    with_him = Q(passage__statement__in=present(record.pk))
    passages, passages_total = latest(Q(), day.day, PASSAGES, record)
    asked = format_lazy("?official={}&status=pending&on={}", record.slug, day.day.isoformat())
    return {
        "record": record,
        "sections": [
            Section(
                "posts", gettext_lazy("Posts, then and now"), "parts/briefing/post.html",
                posts, gettext_lazy("The archive knows of no post until that day."), posts_total, page,
            ),
            Section(
                "meetings", gettext_lazy("Last meetings"), "parts/briefing/meeting.html",
                meetings, gettext_lazy("The archive knows of no meeting until that day."), total, format_lazy("{}#meetings", page),
            ),
            promises_of(with_him, day, format_lazy("{}{}", reverse_lazy("undertakings"), asked)),
            passages_section(
                passages, passages_total, format_lazy("{}?official={}&to={}", reverse_lazy("statements"), record.slug, day.day.isoformat())
            ),
        ],
        "notes": notes.printed,
    }  # fmt: skip


def rounds_until(dialogues: Any, day: datetime.date) -> QuerySet[Event]:
    rounds = Round.objects.filter(dialogue__in=dialogues)
    return Event.objects.published().filter(pk__in=rounds.values("event"))


def of_dialogue_record(records: QuerySet, day: Day) -> dict[str, Any]:
    record = one(records)
    notes = Notes()
    rows, total = last_events(rounds_until([record.pk], day.day), day.day)
    page = reverse_lazy("dialogue", kwargs={"slug": record.slug})
    passages, passages_total = latest(Q(statement__in=of_dialogue(record.pk)), day.day, PASSAGES)
    made = Q(passage__statement__in=of_dialogue(record.pk))
    asked = format_lazy("?dialogue={}&status=pending&on={}", record.slug, day.day.isoformat())
    return {
        "record": record,
        "sections": [
            people_section(rows[0] if rows else None, day, gettext_lazy("Who took part in the last round, then and now")),
            Section(
                "meetings", gettext_lazy("Last rounds"), "parts/briefing/meeting.html",
                [line_of(event, None, [], notes) for event in rows],
                gettext_lazy("No round had been held by that day, as far as the archive knows."), total, format_lazy("{}#rounds", page),
            ),
            promises_of(made, day, format_lazy("{}{}", reverse_lazy("undertakings"), asked)),
            passages_section(
                passages, passages_total, format_lazy("{}?dialogue={}&to={}", reverse_lazy("statements"), record.slug, day.day.isoformat())
            ),
        ],
        "notes": notes.printed,
    }  # fmt: skip


def of_round(records: QuerySet, day: Day) -> dict[str, Any] | None:
    """The briefing of a round: after it, who took part and what it promised; before it, what led to it.

    None when the event is no round of a dialogue that readers may see.
    """
    record = one(records.select_related("place", "country"))
    dialogues = list(Dialogue.objects.published().filter(rounds__event=record))
    if not dialogues:
        return None
    notes = Notes()
    keys = [dialogue.pk for dialogue in dialogues]
    held = record.date_first is None or record.date_first <= day.day
    before = rounds_until(keys, day.day).exclude(pk=record.pk)
    if held and record.date_first:
        before = before.filter(date_first__lte=record.date_first)
    related = before | Event.objects.published().filter(parent=record)
    rows, total = last_events(related.distinct(), day.day)
    slug, iso = dialogues[0].slug, day.day.isoformat()
    if held:
        own = Q(statement__event=record)
        made = Q(passage__statement__event=record)
        query = format_lazy("event={}", record.slug)
    else:
        day.problems.append(
            Sentence(
                "The round had not been held by that day; this is what had led to it.",
                "لم تكن الجولة قد عُقدت حتى ذلك اليوم، وهذا ما مهّد لها.",
            )
        )
        own = Q(statement__in=of_dialogue(keys[0]))
        made = Q(passage__statement__in=of_dialogue(keys[0]))
        query = format_lazy("dialogue={}", slug)
    passages, passages_total = latest(own, day.day, PASSAGES)
    return {
        "record": record,
        "dialogues": dialogues,
        "sections": [
            *([people_section(record, day, gettext_lazy("Who took part, then and now"))] if held else []),
            Section(
                "meetings", gettext_lazy("Its meetings and the rounds before"), "parts/briefing/meeting.html",
                [line_of(event, None, [], notes) for event in rows],
                gettext_lazy("This is the first round that the archive knows."), total,
                format_lazy("{}#rounds", reverse_lazy("dialogue", kwargs={"slug": slug})),
            ),
            promises_of(made, day, format_lazy("{}?{}&status=pending&on={}", reverse_lazy("undertakings"), query, iso)),
            passages_section(passages, passages_total, format_lazy("{}?{}&to={}", reverse_lazy("statements"), query, iso)),
        ],
        "notes": notes.printed,
    }  # fmt: skip
