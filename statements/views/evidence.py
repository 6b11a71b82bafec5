"""Where sources disagree, and promises followed to what became of them: parts of every page they touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from statements.models import Chain, ChainStep, Conflict


def conflicts(about: Q) -> list[Conflict]:
    """The conflicts of sources that readers may see, with their claims and who makes them."""
    return list(Conflict.objects.published().filter(about).prefetch_related("claims__sources"))


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
