"""Conflicts of sources: the list of the questions, and each with its claims side by side and the archive's ruling."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from statements.models import (
    Article,
    Conflict,
    Event,
    Participation,
    Publishable,
    Statement,
    Version,
)
from statements.models.base import public
from statements.models.documents import Source
from statements.models.links import SUBJECTS
from statements.text.sentence import Sentence
from statements.views.links import Wanted, one, page
from statements.views.meetings import (
    Attendance,
    attendances,
    behind,
    participations,
    say_versions,
)

ON_A_PAGE = 50


def disagreements(request: HttpRequest) -> HttpResponse:
    """Every question on which sources disagree, the unresolved ones first."""
    records = (
        Conflict.objects.published()
        .select_related(*SUBJECTS)
        .prefetch_related("claims")
        .annotate(said=Count("claims"))
        .order_by(F("ruling").asc(nulls_first=True), "slug")
    )
    asked = request.GET.get("page", "")
    shown = Paginator(records, ON_A_PAGE)
    number = int(asked) if re.fullmatch(r"[1-9]\d{0,5}", asked) else 1
    problem = None
    if asked and str(number) != asked:
        problem = Sentence(
            f"“{asked[:60]}” is no number of a page; this is the first.",
            f"«{asked[:60]}» ليس رقم صفحة، وهذه هي الأولى.",
        ).in_language((get_language() or "en")[:2])
    listed = shown.get_page(number)
    return render(
        request,
        "conflicts/list.html",
        {
            "count": shown.count,
            "listed": listed,
            "rows": [
                {"conflict": each, "about": subject_of(each), "followed": followed_claim(each)}
                for each in listed
            ],
            "problem": problem,
            "beyond": number > shown.num_pages,
            "pages": shown.get_elided_page_range(listed.number, on_each_side=2, on_ends=1),
        },
    )


def disagreement(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Conflict, slug, disagreement_in)


def disagreement_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = one(
        wanted.records.select_related(*SUBJECTS, "event__place").prefetch_related(
            "claims",
            "claims__sources",
            Prefetch(
                "claims__sources__versions",
                Version.objects.filter(**public("statement"))
                .select_related("statement")
                .order_by("statement__slug", "language"),
            ),
            Prefetch("claims__sources__articles", Article.objects.published().order_by("slug")),
        )
    )
    return "conflicts/detail.html", disagreement_page(record)


def subject_of(conflict: Conflict) -> Publishable | None:
    """The record the question is about, when readers may see it."""
    record = next(
        found for name in SUBJECTS if (found := getattr(conflict, name, None)) is not None
    )
    return record if record.is_public else None


def followed_claim(conflict: Conflict) -> Any:
    return next((claim for claim in conflict.claims.all() if claim.number == conflict.ruling), None)


def disagreement_page(record: Conflict) -> dict[str, Any]:
    about = subject_of(record)
    return {
        "record": record,
        "about": about,
        "sides": [
            {
                "claim": claim,
                "followed": claim.number == record.ruling,
                "sources": [with_archived(source, about) for source in claim.sources.all()],
            }
            for claim in record.claims.all()
        ],
        "followed": followed_claim(record),
        "people": disputed_at(about) if isinstance(about, Event) else [],
    }


def with_archived(source: Source, about: Publishable | None) -> dict[str, Any]:
    """A source with what the archive holds of it: versions of statements, else the article.

    A source that printed several statements is shown with those that the question is about, if there are any.
    """
    versions = list(source.versions.all())
    nearest = [version for version in versions if concerns(version.statement, about)]
    return {
        "source": source,
        "versions": nearest or versions,
        "articles": [] if versions else list(source.articles.all()),
    }


def concerns(statement: Statement, about: Publishable | None) -> bool:
    """Whether a statement is the record of a question, or came out of the event or the one it is part of."""
    if isinstance(about, Event):
        return statement.event_id is not None and statement.event_id in (about.pk, about.parent_id)
    return statement == about


def disputed_at(event: Event) -> list[Attendance]:
    """Who is said to have taken part in an event by some sources and not by others."""
    rows = list(participations().filter(event=event, standing=Participation.Standing.DISPUTED))
    people = attendances(rows, {event.pk: event}, behind(rows))[event.pk]
    found = {person.row.pk for person in people}
    people += [Attendance(row, None) for row in rows if row.pk not in found]
    say_versions(people)
    return people
