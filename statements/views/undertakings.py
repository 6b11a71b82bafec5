"""Promises: what passages undertook, how each stands as of a day, and the line from a promise to its fulfilment."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from statements.models import (
    Chain,
    Comparison,
    Country,
    Undertaking,
    worded,
)
from statements.models.base import public
from statements.models.outcomes import CLOSED, Outcome
from statements.search.request import clean, told
from statements.views.axis import Axis
from statements.views.evidence import Promise, Step, followed
from statements.views.lanes import (
    STEPS,
    Bar,
    Drawing,
    Lane,
    Mark,
    days_said,
    gathered,
    plain,
    said,
)
from statements.views.links import Link, Wanted, as_link, as_links, links_to, one, page
from statements.views.promises import ASKED_FOR, STATUSES, STRENGTHS, Asked, Day, options

FIELD_NAMES = {
    "country": _("Party"),
    "dialogue": _("Dialogue"),
    "theme": _("Theme"),
    "official": _("Official present"),
    "strength": _("Strength"),
    "status": _("Status"),
}


@dataclass(frozen=True)
class Row:
    """An undertaking as a list shows it."""

    record: Any
    outcome: Outcome
    countries: list[Link]
    promises: list[Promise]
    later: list[Any]
    overdue: bool


def shown(asked: Asked, rows: list[Any]) -> list[Row]:
    """Undertakings of a page with their parties, chains and what followed them; one query for the chains."""
    chains = {pk for row in rows for pk in asked.told.chains.get(row.pk, ())}
    day = asked.day.day
    by_pk = (
        {promise.chain.pk: promise for promise in followed(sorted(chains), day)} if chains else {}
    )
    found = []
    for row in rows:
        outcome = asked.told.of(row)
        due = row.due_last
        mine = [by_pk[pk] for pk in asked.told.chains.get(row.pk, ()) if pk in by_pk]
        found.append(
            Row(
                row,
                outcome,
                as_links(row.country_links, "country"),
                mine,
                [] if mine else followers(row, day),
                bool(due and due < day and outcome.status not in CLOSED),
            )
        )
    return found


def loaded(found: QuerySet[Any]) -> QuerySet[Any]:
    """Undertakings with all that ``shown`` reads, in one query."""
    later = {
        "number": F("passage__number"),
        "slug": F("passage__statement__slug"),
        "en": F("passage__statement__title_en"),
        "ar": F("passage__statement__title_ar"),
        "date": F("passage__statement__date"),
    }
    shown = {
        **public("passage__statement"),
        "passage__removed": False,
    }
    compared = (
        Comparison.objects.filter(earlier=OuterRef("passage"), **shown)
        .order_by("passage__statement__date_first", "pk")
        .values(json=JSONObject(**later, says=F("relation"), note_en=F("note_en"), note_ar=F("note_ar")))
    )  # fmt: skip
    return found.select_related("passage__statement", "theme").annotate(
        country_links=links_to(Country.objects.filter(undertakings=OuterRef("pk")), "country"),
        compared=ArraySubquery(compared),
    )


def followers(row: Any, on: datetime.date) -> list[dict[str, Any]]:
    """What later passages say of an undertaking that has no chain, as far as they were known on a day."""
    found = []
    for later in row.compared:
        link = as_link(
            {name: later[name] for name in ("number", "slug", "en", "ar", "date")}, "statement"
        )
        day = (link.date.last or link.date.first) if link.date else None
        if day and day <= on:
            says = Comparison.Relation(later["says"]).label
            note = worded(later["note_en"], later["note_ar"])
            found.append({"link": link, "number": later["number"], "says": says, "note": note})
    return found


def undertakings(request: HttpRequest) -> HttpResponse:
    return render(request, "undertakings/list.html", undertakings_page(request))


def undertakings_page(request: HttpRequest) -> dict[str, Any]:
    choices = options()
    asked = Asked(request.GET, choices)
    language = (get_language() or "en")[:2]
    numbered = asked.page
    chosen = {name: clean(request.GET.get(name, "")) for name in FIELD_NAMES}
    named: dict[str, list[tuple[str, Any]]] = {
        name: [(slug, label) for slug, (_pk, label) in choices[name].items()]
        for name in ("country", "dialogue", "theme", "official")
    }
    named |= {"strength": list(STRENGTHS.items()), "status": list(ASKED_FOR.items())}
    return {
        "asked": asked,
        "day": asked.day,
        "asked_on": request.GET.get("on", "")[:100],
        "fields": [
            {"name": name, "label": label, "value": chosen[name], "choices": named[name]}
            for name, label in FIELD_NAMES.items()
        ],
        "passed_on": [
            (name, value)
            for name in ("q", "organization", "event", "agreement", "type", "language", "from", "to", "sort")
            if (value := clean(request.GET.get(name, ""))[:100])
        ],
        "chips": asked.wanted.chosen,
        "dates": asked.wanted.dates,
        "words": asked.wanted.q,
        "problems": told(asked.problems, asked.unread, language),
        "counts": [
            {"status": status, "name": STATUSES[status], "count": n}
            for status, n in asked.counts.items()
        ],
        "rows": shown(asked, list(loaded(asked.rows))),
        "page": numbered,
        "pages": numbered.paginator.get_elided_page_range(
            numbered.number, on_each_side=2, on_ends=1
        ),
    }  # fmt: skip


def undertaking(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Chain, slug, chain_in)


def chain_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = one(wanted.records.select_related("theme"))
    return "undertakings/detail.html", chain_page(record, Day.asked(request.GET))


def chain_page(record: Chain, day: Day) -> dict[str, Any]:
    """The line of a promise as of a day; what came later is counted and not told."""
    found = followed([record.pk], day.day)
    promise = found[0] if found else Promise(record)
    language = (get_language() or "en")[:2]
    passages = [step.row.passage_id for step in promise.steps if step.row.passage_id]
    rows = Undertaking.objects.filter(passage__in=passages, passage__removed=False).filter(
        Q(theme=record.theme) if record.theme else Q()
    )
    parties = Country.objects.filter(undertakings__in=rows).distinct()
    return {
        "record": record,
        "promise": promise,
        "day": day,
        "problems": [problem.in_language(language) for problem in day.problems],
        "line": line(promise),
        "due": list(rows.exclude(due="").select_related("passage__statement")),
        "countries": list(parties.order_by("slug")) if passages else [],
    }


#: how a step is drawn by what it turns the promise to
TURNS = {"fulfilled": "dot", "at_work": "diamond", "postponed": "square", "dropped": "square", "contradicted": "square"}  # fmt: skip


def line(promise: Promise) -> Drawing | None:
    """Steps as marks on a time axis, and the stretch for which the promise was open; None when no step has a day."""
    dated = [(step.day, step.day, step) for step in promise.steps if step.day]
    axis = Axis.over(first for first, _last, _step in dated)
    if axis is None:
        return None
    outcome = promise.outcome
    closed = outcome is not None and outcome.status in CLOSED
    begin = min(first for first, _last, _step in dated)
    end = (outcome.since if closed and outcome else None) or max(last for _, last, _step in dated)
    name = plain(gettext("Open until its end") if closed else gettext("Open so far"))
    beyond = [] if closed else [axis.after(end, far=True)]
    x, width = axis.span(begin, end)
    bar = Bar(x, width, name, days_said(begin, max(begin, end)), manner="acting", beyond=beyond)

    def alone(step: Step) -> Mark:
        return Mark(
            axis.x(step.day or begin),
            plain(str(step.row.get_status_display())),
            said(step.date),
            step.shown.get_absolute_url() if step.shown else "",
            TURNS.get(step.turn, "ring"),
        )

    marks = gathered(axis, dated, alone, STEPS)
    names = {
        "ring": gettext("said or said again"),
        "diamond": gettext("at work"),
        "dot": gettext("fulfilled"),
        "square": gettext("postponed, dropped or contradicted"),
    }
    return Drawing(axis, [Lane(name, bars=[bar], marks=marks)], names=names)
