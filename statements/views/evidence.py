"""Where sources disagree, and promises followed to what became of them: parts of every page they touch."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from statements.models import Chain, ChainStep, Claim, Conflict, Label, worded
from statements.models.documents import Source
from statements.models.outcomes import (
    MEANS,
    OPEN,
    PROMISES,
    Outcome,
    day_of_step,
    outcome_on,
    signs_of,
)
from statements.models.prepared import prepared


@dataclass(frozen=True)
class Side:
    """What some sources say in a conflict, and whether the archive follows them."""

    label: Label
    followed: bool
    sources: list[Source]


def conflicts(**about: Any) -> list[Any]:
    """The conflicts of sources about any of these that readers may see, each with its ``sides``; one query."""
    found = conflicting(*about.values(), names=tuple(about))
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


@prepared
def conflicting(*values: Any, names: tuple[str, ...]) -> QuerySet[Any]:
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
    return (
        Conflict.objects.published()
        .filter(any_of(names, values))
        .annotate(claimed=ArraySubquery(claims))
    )


def any_of(names: tuple[str, ...], values: tuple[Any, ...]) -> Q:
    return Q(*zip(names, values, strict=True), _connector=Q.OR)


@dataclass(frozen=True)
class Step:
    """A step of a promise: ``shown`` is the passage or record that shows it, when readers may see it."""

    row: ChainStep
    shown: Any
    number: int | None
    day: datetime.date | None

    @property
    def date(self) -> Any:
        """Its own date, or else that of its evidence."""
        return self.row.date or getattr(evidence_of(self.row), "date", "")

    @property
    def turn(self) -> str:
        """The outcome that it turns the promise to; empty when it changes nothing."""
        says = ChainStep.Status(self.row.status)
        return str(OPEN) if says in PROMISES else str(MEANS.get(says, ""))


@dataclass
class Promise:
    """A chain as of a day: the steps known by then, how it stands, and how many steps came ``later``."""

    chain: Chain
    steps: list[Step] = field(default_factory=list)
    outcome: Outcome | None = None
    later: int = 0


def promises(**through: int) -> list[Promise]:
    """Promises one of whose steps is ``through`` one of these, each with all its steps, as of today; one query."""
    return told(steps_through(*through.values(), names=tuple(through)), timezone.localdate())


@prepared
def steps_through(*values: int, names: tuple[str, ...]) -> QuerySet[ChainStep]:
    touched = ChainStep.objects.filter(any_of(names, values)).values("chain")
    return steps_of(Chain.objects.published().filter(pk__in=touched))


def followed(chains: list[int], on: datetime.date) -> list[Promise]:
    """Chains as of a day, each with its steps by then in the order of time; one query."""
    return told(steps_of_chains(chains), on)


@prepared
def steps_of_chains(chains: list[int]) -> QuerySet[ChainStep]:
    return steps_of(chains)


def steps_of(chains: Any) -> QuerySet[ChainStep]:
    return (
        ChainStep.objects.filter(chain__in=chains)
        .select_related(
            "chain__theme",
            "passage__statement",
            "passage__article",
            "statement",
            "event",
            "agreement",
        )
        .order_by("chain__slug", "order", "id")
    )


def told(rows: list[ChainStep], on: datetime.date) -> list[Promise]:
    """The promises of the steps, chain by chain, as of a day."""
    by_chain: dict[int, list[ChainStep]] = {}
    for row in rows:
        by_chain.setdefault(row.chain_id, []).append(row)
    return [promise(steps, on) for steps in by_chain.values()]


def promise(rows: list[ChainStep], on: datetime.date) -> Promise:
    """A chain as of a day, from all its steps in their order; steps without a day stand last."""
    chain = rows[0].chain
    steps = [step_of(row) for row in rows]
    known = [step for step in steps if step.day is None or step.day <= on]
    known.sort(key=lambda step: step.day or datetime.date.max)
    outcome = outcome_on(signs_of(chain, rows), on)
    return Promise(chain, known, outcome, len(steps) - len(known))


def step_of(row: ChainStep) -> Step:
    record = evidence_of(row)
    public = record is not None and record.is_public
    shown = (row.passage or record) if public else None
    return Step(row, shown, row.passage.number if row.passage else None, day_of_step(row))


def evidence_of(row: ChainStep) -> Any:
    """The record that shows a step."""
    if row.passage:
        return row.passage.document
    return row.statement or row.event or row.agreement
