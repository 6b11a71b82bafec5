"""Where the versions of a statement differ, as its pages tell it: passage by passage, with the sources."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from statements.models import Divergence, Source, Statement


def divergences(statement: Statement) -> dict[int, list[Any]]:
    """What readers may be told, by the pk of its passage, in the order of the text, each with ``said_by``; one query."""
    said_by = (
        Divergence.sources.through.objects.filter(divergence=OuterRef("pk"))
        .order_by("source__slug")
        .values(json=JSONObject(address="source__address", publisher="source__publisher"))
    )
    rows = (
        Divergence.objects.shown()
        .filter(passage__statement=statement)
        .select_related("passage", "left", "right")
        .annotate(said=ArraySubquery(said_by))
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        row.said_by = [Source(**source) for source in row.said]
        found.setdefault(row.passage_id, []).append(row)
    return found
