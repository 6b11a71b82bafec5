"""How a promise stands on a day: one rule over the dated signs of what became of it (docs/decisions/0011-promises-as-of-a-day.md)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from statements.models.base import public
from statements.models.links import Chain, ChainStep, Comparison, Undertaking
from statements.models.prepared import prepared

OPEN, AT_WORK = Chain.Outcome.OPEN, Chain.Outcome.AT_WORK
FULFILLED, POSTPONED = Chain.Outcome.FULFILLED, Chain.Outcome.POSTPONED
DROPPED, CONTRADICTED = Chain.Outcome.DROPPED, Chain.Outcome.CONTRADICTED
#: A promise that has come to one of these is open no more.
CLOSED = frozenset({FULFILLED, DROPPED, CONTRADICTED})
Step = ChainStep.Status
#: Steps that promise, for the first time or again.
PROMISES = frozenset(
    {
        Step.PROMISED,
        Step.DISCUSSED,
        Step.INTENDED,
        Step.AFFIRMED,
        Step.UNDERSTANDING,
        Step.DECIDED,
        Step.COMMITTED,
    }
)
#: What a step says became of a promise; steps that are not here (recalled, reworded, silent) change nothing.
MEANS = {
    Step.NEGOTIATING: AT_WORK,
    Step.LAUNCHED: AT_WORK,
    Step.AT_WORK: AT_WORK,
    Step.PARTLY_FULFILLED: AT_WORK,
    Step.POSTPONED: POSTPONED,
    Step.DECLARED_FULFILLED: FULFILLED,
    Step.CONFIRMED: FULFILLED,
    Step.DELIVERED: FULFILLED,
    Step.FULFILLED: FULFILLED,
    Step.DROPPED: DROPPED,
    Step.CONTRADICTED: CONTRADICTED,
}


class Sign(NamedTuple):
    """Something that tells on a day how a promise stands: a step of its chain, or a later passage compared with it.

    ``day`` is the first on which it is certain, the last one that its date can mean; None says that nobody knows.
    ``says`` is a step's status, or of a ``ruling`` the outcome that an editor gave the chain.
    """

    day: datetime.date | None
    says: str
    ruling: bool = False


class Outcome(NamedTuple):
    """How a promise stands, and since which day."""

    status: str
    since: datetime.date | None

    @property
    def label(self) -> str:
        return str(Chain.Outcome(self.status).label)


def outcome_on(
    signs: Iterable[Sign], on: datetime.date, made: datetime.date | None = None
) -> Outcome | None:
    """How a promise stands on a day, by what was known by then; None when it was not made yet.

    ``signs`` in the order of a chain; those of one day keep it. ``made`` is the day of the undertaking that is
    asked about; without it, the chain as a whole is.
    """
    if made is not None and made > on:
        return None
    status, since = "", None
    known = [(sign.day, sign) for sign in signs if sign.day is not None and sign.day <= on]
    for day, sign in sorted(known, key=lambda pair: pair[0]):
        after = sign.says if sign.ruling else MEANS.get(Step(sign.says), "")
        if not sign.ruling and sign.says in PROMISES:
            # After its end a promise begins anew for those who make it again, and for nobody before them.
            anew = status in CLOSED and made is not None and day <= made
            after = OPEN if not status or anew else ""
        elif status in CLOSED and after not in CLOSED and not sign.ruling:
            after = ""
        if after and after != status:
            # A promise was open from the day it was made, and not from the first that says so.
            began = made is not None and after == OPEN and not status
            status, since = after, min(day, made) if began and made else day
    if status:
        return Outcome(status, since)
    return Outcome(OPEN, made) if made is not None else None


def certain(date_last: datetime.date | None, date_first: datetime.date | None) -> Any:
    """The day from which on something dated is certain: the last that its date can mean, of an open span the first."""
    return date_last or date_first


def day_of_step(step: ChainStep) -> datetime.date | None:
    """The day of a step, by its own date or else by that of its evidence, which must have been loaded with it."""
    passage = step.passage
    shown: Any = (passage.document if passage else step.statement) or step.event
    return certain(step.date_last, step.date_first) or (
        certain(shown.date_last, shown.date_first) if shown else None
    )


def signs_of(chain: Chain, steps: Iterable[ChainStep]) -> list[Sign]:
    """A chain's steps and, after all of its day, the editor's ruling.

    A ruling without a day counts, from the last step on, only where no step says what became of the promise.
    """
    signs = [Sign(day_of_step(step), step.status) for step in steps]
    if chain.as_of:
        ruled = certain(chain.as_of.last, chain.as_of.first)
    elif any(Step(sign.says) in MEANS for sign in signs):
        return signs
    else:
        ruled = max((sign.day for sign in signs if sign.day), default=None)
    return [*signs, Sign(ruled, chain.outcome, ruling=True)]


#: statements whose date is certain, and since when
MADE = Coalesce(
    "passage__statement__date_last", "passage__statement__date_first", output_field=DateField()
)


def undertaken(on: datetime.date) -> QuerySet[Undertaking]:
    """What published passages had undertaken by a day, with ``made``, the day it was."""
    return Undertaking.objects.filter(
        **public("passage__statement"), passage__removed=False
    ).alias(day=MADE).filter(day__lte=on).annotate(made=MADE)  # fmt: skip


def light(steps: QuerySet[ChainStep]) -> QuerySet[ChainStep]:
    """Steps with no more than their outcomes hang on."""
    dated = ("passage__statement", "passage__article", "statement", "event")
    return steps.select_related("chain", *dated).only(
        "status", "order", "date_first", "date_last", "passage__number",
        "chain__slug", "chain__outcome", "chain__as_of", "chain__theme_id",
        *(f"{name}__date_{end}" for name in dated for end in ("first", "last")),
    )  # fmt: skip


def public_steps() -> QuerySet[ChainStep]:
    """The steps of what readers may see, chain by chain."""
    steps = ChainStep.objects.filter(**public("chain"))
    return light(steps).order_by("chain_id", "order", "pk")


@prepared
def all_steps() -> QuerySet[ChainStep]:
    return public_steps()


@prepared
def all_fulfilments() -> QuerySet[Any]:
    return fulfilments()


@prepared
def undertaken_in(passages: list[int], on: datetime.date) -> QuerySet[Undertaking]:
    return undertaken(on).filter(passage__in=passages)


@dataclass
class Told:
    """What the archive tells of its promises: of each undertaking the chains it belongs to, and its signs."""

    #: pk of an undertaking → pks of its chains
    chains: dict[int, list[int]] = field(default_factory=dict)
    #: pk of a chain → its address
    slugs: dict[int, str] = field(default_factory=dict)
    #: pk of an undertaking → how it stands
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @classmethod
    def by(cls, on: datetime.date, passages: Any = None) -> Told:
        """As of a day, of all undertakings that a chain or a comparison tells of, or of those of some passages.

        Whatever is not in ``outcomes`` is open since it was made. Three queries.
        """
        steps: Iterable[ChainStep]
        comparisons: Iterable[Any]
        if passages is None:
            steps, comparisons = all_steps(), all_fulfilments()
        else:
            through_them = ChainStep.objects.filter(passage__in=passages).values("chain")
            steps = public_steps().filter(chain__in=through_them)
            comparisons = fulfilments().filter(earlier__in=passages)
        by_chain: dict[int, list[ChainStep]] = {}
        for step in steps:
            by_chain.setdefault(step.chain_id, []).append(step)
        compared: dict[int, list[Any]] = {}
        for comparison in comparisons:
            compared.setdefault(comparison.earlier_id, []).append(comparison)
        through: dict[int, list[ChainStep]] = {}
        for steps_of_one in by_chain.values():
            for step in steps_of_one:
                if step.passage_id:
                    through.setdefault(step.passage_id, []).append(step)
        siblings: dict[int, list[Any]] = {}
        for row in undertaken_in(sorted({*through, *compared}), on):
            siblings.setdefault(row.passage_id, []).append(row)

        told = cls(slugs={pk: rows[0].chain.slug for pk, rows in by_chain.items()})
        signs = {pk: signs_of(rows[0].chain, rows) for pk, rows in by_chain.items()}
        for passage, rows in siblings.items():
            for row in rows:
                mine = belonging(row, through.get(passage, ()), rows)
                told.chains[row.pk] = mine
                own = [sign for pk in mine for sign in signs[pk]] or [
                    Sign(comparison.day, comparison.relation)
                    for comparison in compared.get(passage, ())
                    if meant(comparison, row, rows)
                ]
                outcome = outcome_on(own, on, row.made)
                if outcome is not None:
                    told.outcomes[row.pk] = outcome
        return told

    def of(self, row: Any) -> Outcome:
        """How an undertaking with ``made`` stands."""
        return self.outcomes.get(row.pk) or Outcome(OPEN, row.made)


def belonging(row: Undertaking, steps: Iterable[ChainStep], siblings: list[Any]) -> list[int]:
    """Which of the chains through a passage follow one of its undertakings: those of its theme.

    Where none has its theme, those that find a promise in the passage, when it makes no other of theirs.
    """
    steps = list(steps)
    same = [step.chain_id for step in steps if step.chain.theme_id == row.theme_id]
    others = {sibling.theme_id for sibling in siblings}
    found = same or [
        step.chain_id
        for step in steps
        if step.status in PROMISES and step.chain.theme_id not in others
    ]
    return list(dict.fromkeys(found))


def fulfilments() -> QuerySet[Any]:
    """Published passages that fulfil or postpone what an earlier one undertook: ``day``, and the themes they follow up."""
    themes = Undertaking.objects.filter(passage=OuterRef("passage"), follows=OuterRef("earlier"))
    return Comparison.objects.filter(
        relation__in=(Comparison.Relation.FULFILLED, Comparison.Relation.POSTPONED),
        earlier__isnull=False,
        **public("passage__statement"),
        passage__removed=False,
    ).annotate(day=MADE, themes=ArraySubquery(themes.values("theme"))).order_by("pk")  # fmt: skip


def meant(comparison: Any, row: Undertaking, siblings: list[Any]) -> bool:
    """Whether a passage is compared with this undertaking of an earlier one: by theme where it follows some of them up."""
    followed = {sibling.theme_id for sibling in siblings} & set(comparison.themes)
    return not followed or row.theme_id in followed


def follows(row: Undertaking, earlier: list[Any]) -> Any:
    """Which undertaking of the passage it follows an undertaking follows: the one of its theme, else the first."""
    same = [one for one in earlier if one.theme_id == row.theme_id]
    return (same or earlier or [None])[0]
