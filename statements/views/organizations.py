"""Organizations: what they are part of, their posts, the events they were at, what they issued, and where they are named."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from statements.models import (
    Dialogue,
    Event,
    Organization,
    Post,
    Statement,
    Tenure,
)
from statements.models.base import public
from statements.models.prepared import prepared
from statements.views.evidence import conflicts
from statements.views.links import Wanted, as_links, links_to, names_of, page, sources_of
from statements.views.listing import listing
from statements.views.passages import SHOWN, passages_naming


def organizations(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "organization"))


def organization(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Organization, slug, organization_in)


def with_parts(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.select_related("country", "parent").annotate(
        part_links=links_to(
            Organization.objects.published().filter(parent=OuterRef("pk")), "organization"
        ),
        dialogue_links=links_to(
            Dialogue.objects.published().filter(body=OuterRef("pk")), "dialogue"
        ),
    )


def organization_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(with_parts)
    return "organizations/detail.html", organization_page(record)


def organization_page(record: Any) -> dict[str, Any]:
    return {
        "record": record,
        "parent": record.parent if record.parent and record.parent.is_public else None,
        "parts": as_links(record.part_links, "organization"),
        "dialogues": as_links(record.dialogue_links, "dialogue"),
        "names": names_of(record),
        "posts": posts_with_holders(record),
        "events": events_of(record.pk),
        "statements": issued_by(record.pk),
        "namings": passages_naming(record, (get_language() or "en")[:2]),
        "conflicts": conflicts(organization=record.pk),
        "sources": sources_of(record),
    }


def posts_with_holders(record: Organization) -> list[tuple[Post, list[Tenure]]]:
    """The body's posts, each with its tenures, latest first."""
    posts = posts_of(record.pk)
    holders: dict[int, list[Tenure]] = {post.pk: [] for post in posts}
    for tenure in holders_of(list(holders)):
        holders[tenure.post_id].append(tenure)
    return [(post, holders[post.pk]) for post in posts]


@prepared
def posts_of(organization: int) -> QuerySet[Post]:
    return Post.objects.published().filter(organization=organization)


@prepared
def holders_of(posts: list[int]) -> QuerySet[Tenure]:
    return (
        Tenure.objects.filter(post__in=posts, **public("official"))
        .select_related("official")
        .order_by(F("start_first").desc(nulls_last=True), "pk")
    )


@prepared
def events_of(organization: int) -> QuerySet[Event]:
    events = Event.objects.published().filter(organizations=organization)
    return events.select_related("place").newest()[:SHOWN]


@prepared
def issued_by(organization: int) -> QuerySet[Statement]:
    return Statement.objects.published().filter(issuers=organization).newest()[:SHOWN]
