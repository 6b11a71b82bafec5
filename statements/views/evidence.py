"""Where sources disagree, and promises followed to what became of them: parts of every page they touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from statements.models import Chain, ChainStep, Claim, Conflict, Label, worded
from statements.models.documents import Source


@dataclass(frozen=True)
class Side:
    """What some sources say in a conflict, and whether the archive follows them."""

    label: Label
    followed: bool
    sources: list[Source]


def conflicts(about: Q) -> list[Any]:
    """The conflicts of sources that readers may see, each with its ``sides``; one query."""
    said_by = (
        Claim.sources.through.objects.filter(claim=OuterRef("pk"))
        .order_by("source__slug")
        .values(json=JSONObject(address="source__address", publisher="source__publisher"))
    )
    claims = (
        Claim.objects.filter(conflict=OuterRef("pk"))
        .order_by("number")
        .values(
            json=JSONObject(
                number="number", en="value_en", ar="value_ar", sources=ArraySubquery(said_by)
            )
        )
    )
    found: list[Any] = list(
        Conflict.objects.published().filter(about).annotate(claimed=ArraySubquery(claims))
    )
    for conflict in found:
        conflict.sides = [
            Side(
                worded(claim["en"], claim["ar"]),
                claim["number"] == conflict.ruling,
                [Source(**source) for source in claim["sources"]],
            )
            for claim in conflict.claimed
        ]
    return found


@dataclass(frozen=True)
class Step:
    """A step of a promise: ``shown`` is the passage or record that shows it, when readers may see it."""

    row: ChainStep
    shown: Any
    number: int | None


@dataclass
class Promise:
    chain: Chain
    steps: list[Step] = field(default_factory=list)


def promises(through: Q) -> list[Promise]:
    """Promises one of whose steps is ``through`` a record, each with all its steps; one query."""
    touched = ChainStep.objects.filter(through).values("chain")
    rows = (
        ChainStep.objects.filter(chain__in=Chain.objects.published().filter(pk__in=touched))
        .select_related("chain", "passage__statement", "statement", "event", "agreement")
        .order_by("chain__slug", "order", "id")
    )
    found: dict[int, Promise] = {}
    for row in rows:
        passage = row.passage
        record = passage.document if passage else row.statement or row.event or row.agreement
        public = record is not None and record.is_public
        step = Step(
            row, (passage or record) if public else None, passage.number if passage else None
        )
        found.setdefault(row.chain_id, Promise(row.chain)).steps.append(step)
    return list(found.values())
