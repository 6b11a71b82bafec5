"""The rounds of dialogues drawn as strips on one axis of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.models import Dialogue, Round
from statements.models.base import public
from statements.models.prepared import prepared
from statements.views.axis import Axis
from statements.views.lanes import Drawing, Lane, event_mark, gathered, plain, rounds_at


def strips(dialogues: QuerySet[Any], most: int) -> Drawing | None:
    """The dialogues that met last, at most so many, each with its rounds; None when none has a day. Two queries."""
    met = list(
        Round.objects.filter(dialogue__in=dialogues, **public("event"))
        .exclude(event__date_first=None)
        .order_by()
        .values_list("dialogue")
        .annotate(last=Max("event__date_first"))
        .order_by("-last", "dialogue")
    )
    rounds: dict[int, list[Round]] = {key: [] for key, _last in met[:most]}
    for row in dated_rounds(list(rounds)):
        rounds[row.dialogue_id].append(row)
    drawn = strips_of(rounds.values())
    if drawn:
        drawn.more = len(met) - len(rounds)
    return drawn


@prepared
def dated_rounds(dialogues: list[int]) -> QuerySet[Round]:
    return (
        Round.objects.filter(dialogue__in=dialogues, **public("event"))
        .exclude(event__date_first=None)
        .select_related("dialogue", "event")
        .order_by(F("event__date_first"), "event__slug")
    )


def strips_of(dialogues: Iterable[list[Any]]) -> Drawing | None:
    """The rounds of each dialogue as a strip, all on one axis; None when no round has a day."""
    series = [
        dated for rows in dialogues if (dated := [row for row in rows if row.event.date_first])
    ]
    axis = Axis.over(row.event.date_first for rows in series for row in rows)
    if axis is None:
        return None
    return Drawing(axis, [strip(axis, rows[0].dialogue, rows) for rows in series])


def strip_of(rounds: list[Any]) -> Drawing | None:
    """The rounds of one dialogue, on its own page."""
    drawn = strips_of([rounds])
    if drawn:
        lane = drawn.lanes[0]
        lane.label, lane.url = plain(_("Rounds")), ""
    return drawn


def strip(axis: Axis, dialogue: Dialogue, rows: list[Any]) -> Lane:
    first, last = rows[0].event.date_first.year, rows[-1].event.date_first.year
    count = ngettext("%(n)s round", "%(n)s rounds", len(rows)) % {"n": len(rows)}
    days = [
        (row.event.date_first, row.event.date_last or row.event.date_first, row.event)
        for row in rows
    ]
    return Lane(
        dialogue.label,
        dialogue.get_absolute_url(),
        said=f"{count} · {first}" + (f"–{last}" if last != first else ""),
        marks=gathered(axis, days, lambda event: event_mark(axis, event), rounds_at(dialogue.slug)),
    )
