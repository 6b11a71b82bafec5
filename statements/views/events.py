"""Dialogues with their rounds, and events with the delegations that faced each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from statements.models import (
    Agreement,
    AgreementStep,
    Country,
    Dialogue,
    Event,
    Organization,
    Participation,
    Round,
    Statement,
)
from statements.models.base import public
from statements.models.prepared import prepared
from statements.views.evidence import conflicts, promises
from statements.views.ledger import as_csv, ledger, shown
from statements.views.links import (
    Wanted,
    as_links,
    links_to,
    moved,
    names_of,
    page,
    permanently,
    sources_of,
)
from statements.views.listing import listing
from statements.views.meetings import behind
from statements.views.passages import Holdings, passages_naming
from statements.views.rounds import strip_of


def events(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "event"))


def dialogues(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "dialogue"))


def participants(event: Event) -> list[Participation]:
    """Participants whom readers may see: published officials, posts without a name; heads first."""
    rank = list(Participation.Role.values)
    return sorted(participations_of(event.pk), key=lambda row: (rank.index(row.role), row.order))


@prepared
def participations_of(event: int) -> QuerySet[Participation]:
    return (
        Participation.objects.filter(event=event)
        .filter(Q(**public("official")) | Q(official=None, **public("post")))
        .select_related("official", "post", "country", "passage__statement")
    )


def with_posts(
    participations: Iterable[Participation], holdings: Holdings, day: Any
) -> list[tuple[Participation, Any]]:
    """Each participant with the posts held on the day; a post without a name with whoever held it or may have."""
    return [
        (
            row,
            holdings.on(row.official_id, *day)
            if row.official_id
            else holdings.likely(row.post_id or 0, *day),
        )
        for row in participations
    ]


def rounds(event: Event) -> list[dict[str, Any]]:
    """For each dialogue the event is a round of: the round, how many there are, the ones before and after."""
    by_dialogue: dict[int, list[Round]] = {}
    for row in rounds_beside(event.pk):
        by_dialogue.setdefault(row.dialogue_id, []).append(row)
    found = []
    for series in by_dialogue.values():
        at = next((place for place, row in enumerate(series) if row.event_id == event.pk), None)
        if at is not None:
            found.append(
                {
                    "round": series[at],
                    "dialogue": series[at].dialogue,
                    "count": len(series),
                    "previous": series[at - 1] if at else None,
                    "next": series[at + 1] if at + 1 < len(series) else None,
                }
            )
    return found


@prepared
def rounds_beside(event: int) -> QuerySet[Round]:
    """All rounds of the dialogues of which the event is one."""
    return (
        Round.objects.filter(
            dialogue__rounds__event=event,
            **public("dialogue"),
            **public("event"),
        )
        .select_related("dialogue", "event")
        .order_by("dialogue_id", "event__date_first", "event__slug")
    )


def event(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Event, slug, event_in)


def event_with_links(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.select_related("place__country", "country", "parent").annotate(
        organization_links=links_to(
            Organization.objects.published().filter(events=OuterRef("pk")), "organization"
        ),
        agreement_links=links_to(
            Agreement.objects.published().filter(events=OuterRef("pk")), "agreement"
        ),
        part_links=links_to(
            Event.objects.published().filter(parent=OuterRef("pk")).oldest(), "event"
        ),
        statement_links=links_to(
            Statement.objects.published().filter(event=OuterRef("pk")).oldest(),
            "statement",
            "type",
        ),
        referring_links=links_to(
            Statement.objects.published().filter(events=OuterRef("pk")).oldest(),
            "statement",
            "type",
        ),
    )


def event_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(event_with_links)
    return "events/detail.html", event_page(record)


def event_page(record: Any) -> dict[str, Any]:
    day = (record.date_first, record.date_last)
    people = participants(record)
    holdings = behind(people)
    return {
        "record": record,
        "delegations": delegations(with_posts(people, holdings, day)),
        "organizations": as_links(record.organization_links, "organization"),
        "agreements": as_links(record.agreement_links, "agreement"),
        "parts": as_links(record.part_links, "event"),
        "parent": record.parent if record.parent and record.parent.is_public else None,
        "statements": as_links(record.statement_links, "statement"),
        "referring": as_links(record.referring_links, "statement"),
        "rounds": rounds(record),
        "steps": steps_at(record.pk),
        "conflicts": conflicts(event=record.pk),
        "promises": promises(event=record.pk),
        "namings": passages_naming(record, (get_language() or "en")[:2]),
        "sources": sources_of(record),
    }


@prepared
def steps_at(event: int) -> QuerySet[AgreementStep]:
    """The steps of agreements that were taken at an event."""
    return AgreementStep.objects.filter(event=event, **public("agreement")).select_related(
        "agreement"
    )


def delegations(rows: list[tuple[Participation, Any]]) -> list[dict[str, Any]]:
    """Participants by delegation, in the order in which the delegations first appear; those of none last."""
    grouped: dict[int | None, dict[str, Any]] = {}
    for row, held in rows:
        group = grouped.setdefault(row.country_id, {"country": row.country, "rows": []})
        group["rows"].append((row, held))
    return sorted(grouped.values(), key=lambda group: group["country"] is None)


def dialogue(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Dialogue, slug, dialogue_in)


def dialogue_with_links(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.select_related("body").annotate(
        country_links=links_to(Country.objects.filter(dialogues=OuterRef("pk")), "country"),
    )


def dialogue_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(dialogue_with_links)
    return "dialogues/detail.html", dialogue_page(record, request.GET)


def rounds_of(record: Any) -> list[Any]:
    """The rounds of a dialogue that readers may see, in time order, each with links to its statements."""
    return rounds_in(record.pk)


@prepared
def rounds_in(dialogue: int) -> QuerySet[Round]:
    return (
        Round.objects.filter(dialogue=dialogue, **public("event"))
        .select_related("event__place", "dialogue")
        .annotate(
            statement_links=links_to(
                Statement.objects.published().filter(event=OuterRef("event")).oldest(),
                "statement",
                "type",
            ),
        )
        .order_by("event__date_first", "event__slug")
    )


def people_in(rounds: list[Any]) -> list[Participation]:
    """Who took part in the rounds: published officials, posts without a name."""
    return participations_at([row.event_id for row in rounds])


@prepared
def participations_at(events: list[int]) -> QuerySet[Participation]:
    return (
        Participation.objects.filter(
            Q(**public("official")) | Q(official=None, **public("post")),
            event__in=events,
        )
        .select_related("official", "post", "country")
        .order_by("order")
    )


def ledger_file(request: HttpRequest, slug: str) -> HttpResponse:
    """A view of a dialogue's ledger as CSV, with all its rounds and rows."""
    record = Dialogue.objects.published().filter(slug=slug).first()
    if record is None:
        target = moved(Dialogue, slug)
        if target is None:
            raise Http404
        return permanently(request, reverse("ledger", kwargs={"slug": target}))
    rounds = rounds_of(record)
    made = ledger(rounds, people_in(rounds), request.GET)
    response = HttpResponse(as_csv(made), content_type="text/csv; charset=utf-8")
    name = f"{record.slug}-{made.view}-{(get_language() or 'en')[:2]}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def dialogue_page(record: Any, query: Any) -> dict[str, Any]:
    rounds = rounds_of(record)
    people = people_in(rounds)
    heads = [
        row
        for row in people
        if row.official and row.role in (Participation.Role.HEAD, Participation.Role.HOST)
    ]
    by_event: dict[int, list[Participation]] = {}
    for row in heads:
        by_event.setdefault(row.event_id, []).append(row)
    pairs = rounds_compared(rounds)
    return {
        "record": record,
        "body": record.body if record.body and record.body.is_public else None,
        "countries": as_links(record.country_links, "country"),
        "strip": strip_of(rounds),
        "rounds": [
            {
                "round": row,
                "event": row.event,
                "statements": as_links(row.statement_links, "statement"),
                "heads": by_event.get(row.event_id, []),
                "compared": pairs.get(row.pk),
            }
            for row in rounds
        ],
        "people": people_of(people),
        "ledger": shown(ledger(rounds, people, query), query) if rounds else None,
        "names": names_of(record),
        "namings": passages_naming(record, (get_language() or "en")[:2]),
        "conflicts": conflicts(dialogue=record.pk),
        "sources": sources_of(record),
    }


def rounds_compared(rounds: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """For each round with a statement the slugs of it and of the nearest one of its kind from a round before."""
    latest: dict[str, str] = {}
    found: dict[int, tuple[str, str]] = {}
    for row in rounds:
        own = {link.extra["type"]: link.slug for link in as_links(row.statement_links, "statement")}
        for kind, slug in own.items():
            if kind in latest:
                found.setdefault(row.pk, (latest[kind], slug))
        latest |= own
    return found


def people_of(rows: list[Participation]) -> list[dict[str, Any]]:
    """Officials and posts that took part in the rounds, with how many, the most often first."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        who = row.official or row.post
        seen = found.setdefault(
            who, {"who": who, "country": row.country, "times": 0, "unnamed": row.official is None}
        )
        seen["times"] += 1
    return sorted(found.values(), key=lambda seen: (-seen["times"], seen["who"].slug))
