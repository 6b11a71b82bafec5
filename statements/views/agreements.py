"""Agreements: the line of their lives, and where they are invoked."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import Agreement, AgreementStep, Country, Event, Statement
from statements.models.prepared import prepared
from statements.views.axis import Axis
from statements.views.evidence import conflicts, promises
from statements.views.lanes import (
    Drawing,
    Lane,
    life_bars,
    life_names,
    plain,
    step_marks,
    year_columns,
)
from statements.views.links import Wanted, as_links, links_to, names_of, page, sources_of
from statements.views.listing import listing
from statements.views.passages import SHOWN, passages_naming


def agreements(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "agreement"))


def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Agreement, slug, agreement_in)


def with_related(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.annotate(
        country_links=links_to(Country.objects.filter(agreements=OuterRef("pk")), "country"),
        related_links=links_to(
            Agreement.objects.published().filter(related_from=OuterRef("pk")), "agreement"
        ),
        related_from_links=links_to(
            Agreement.objects.published().filter(related=OuterRef("pk")), "agreement"
        ),
        event_links=links_to(
            Event.objects.published().filter(agreements=OuterRef("pk")).oldest(), "event"
        ),
    )


def agreement_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(with_related)
    return "agreements/detail.html", agreement_page(record)


def agreement_page(record: Any) -> dict[str, Any]:
    steps = steps_of(record.pk)
    years = by_year(record.pk)
    related = {
        link.slug: link
        for link in as_links([*record.related_links, *record.related_from_links], "agreement")
    }
    return {
        "record": record,
        "names": names_of(record),
        "steps": steps,
        "latest": steps[-1] if steps else None,
        "countries": as_links(record.country_links, "country"),
        "related": list(related.values()),
        "events": as_links(record.event_links, "event"),
        "statements": invoking_now(record.pk),
        "life": life(record, steps, years),
        "years": years,
        "namings": passages_naming(record, (get_language() or "en")[:2]),
        "conflicts": conflicts(agreement=record.pk),
        "promises": promises(agreement=record.pk),
        "sources": sources_of(record),
    }


def invoking(agreement: int) -> Any:
    return Statement.objects.published().filter(agreements=agreement)


@prepared
def invoking_now(agreement: int) -> QuerySet[Statement]:
    """The latest statements that invoke an agreement."""
    found: QuerySet[Statement] = invoking(agreement).newest()[:SHOWN]
    return found


@prepared
def steps_of(agreement: int) -> QuerySet[AgreementStep]:
    return AgreementStep.objects.filter(agreement=agreement).select_related("event", "source")


@prepared
def by_year(agreement: int) -> QuerySet[Any]:
    """(year, statements) of each year in which statements invoke an agreement, the first year first."""
    return (  # type: ignore[no-any-return]
        invoking(agreement)
        .exclude(date_first=None)
        .order_by("date_first__year")
        .values_list("date_first__year")
        .annotate(n=Count("pk"))
    )


def life(record: Any, steps: list[AgreementStep], years: list[tuple[int, int]]) -> Drawing | None:
    """How it stood from step to step, and how many statements of each year invoke it; None when no step has a day."""
    dated = [step for step in steps if step.date_first]
    axis = Axis.over(
        [*(step.date_first for step in dated), *(datetime.date(year, 1, 1) for year, _n in years)]
    )
    if axis is None or not dated:
        return None
    lanes = [
        Lane(plain(_("Steps")), bars=life_bars(axis, dated), marks=step_marks(axis, dated, ""))
    ]
    if years:
        address = f"{reverse('statements')}?agreement={record.slug}"
        lanes.append(Lane(plain(_("Invoked in")), columns=year_columns(axis, years, address)))
    return Drawing(axis, lanes, names=life_names())
