"""Organizations: what they are part of, their posts, the events they were at, what they issued, and where they are named."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from statements.models import (
    Dialogue,
    Event,
    Mention,
    Official,
    Organization,
    Post,
    Statement,
    Tenure,
)
from statements.models.documents import Source
from statements.views.evidence import conflicts
from statements.views.links import as_links, links_to, one, page
from statements.views.listing import listing
from statements.views.passages import SHOWN, passages_naming


def organizations(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "organization"))


def organization(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Organization, slug, organization_in)


def organization_in(request: HttpRequest, records: QuerySet) -> tuple[str, dict[str, Any]]:
    record = one(
        records.select_related("country", "parent").annotate(
            part_links=links_to(
                Organization.objects.published().filter(parent=OuterRef("pk")), "organization"
            ),
            dialogue_links=links_to(
                Dialogue.objects.published().filter(body=OuterRef("pk")), "dialogue"
            ),
        )
    )
    return "organizations/detail.html", organization_page(record)


def organization_page(record: Any) -> dict[str, Any]:
    return {
        "record": record,
        "parent": record.parent if record.parent and record.parent.is_public else None,
        "parts": as_links(record.part_links, "organization"),
        "dialogues": as_links(record.dialogue_links, "dialogue"),
        "names": list(record.names.select_related("source")),
        "posts": posts_with_holders(record),
        "events": list(
            Event.objects.published()
            .filter(organizations=record)
            .select_related("place")
            .newest()[:SHOWN]
        ),
        "statements": list(Statement.objects.published().filter(issuers=record).newest()[:SHOWN]),
        "namings": passages_naming(
            Mention.objects.filter(organization=record), (get_language() or "en")[:2]
        ),
        "conflicts": conflicts(Q(organization=record)),
        "sources": list(Source.objects.filter(pk__in=record.sources.values("pk"))),
    }


def posts_with_holders(record: Organization) -> list[tuple[Post, list[Tenure]]]:
    """The body's posts, each with its tenures, latest first."""
    posts = list(Post.objects.published().filter(organization=record))
    holders: dict[int, list[Tenure]] = {post.pk: [] for post in posts}
    for tenure in (
        Tenure.objects.filter(post__in=posts, official__in=Official.objects.published())
        .select_related("official")
        .order_by(F("start_first").desc(nulls_last=True), "pk")
    ):
        holders[tenure.post_id].append(tenure)
    return [(post, holders[post.pk]) for post in posts]
