"""Where the versions of a statement differ, as its pages tell it: passage by passage, with the sources."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from statements.models import Divergence, Source, Statement
from statements.models.prepared import prepared


def told() -> QuerySet[Any]:
    """What readers may be told, in the order of the text, with its versions and, for ``said_by``, its sources."""
    sources = (
        Divergence.sources.through.objects.filter(divergence=OuterRef("pk"))
        .order_by("source__slug")
        .values(json=JSONObject(address="source__address", publisher="source__publisher"))
    )
    shown = Divergence.objects.shown().select_related("left", "right")
    return shown.annotate(said=ArraySubquery(sources))


@prepared
def told_of(statement: int) -> QuerySet[Any]:
    return told().filter(passage__statement=statement).select_related("passage")


def said_by(divergence: Any) -> list[Source]:
    return [Source(**source) for source in divergence.said]


def divergences(statement: Statement) -> dict[int, list[Any]]:
    """What readers may be told of a statement, by the pk of its passage, each with ``said_by``; one query."""
    found: dict[int, list[Any]] = {}
    for row in told_of(statement.pk):
        row.said_by = said_by(row)
        found.setdefault(row.passage_id, []).append(row)
    return found
