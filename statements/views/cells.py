"""What the tables of a ledger are made of: columns for rounds, lines, and entries with their marks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from statements.models import Chain, Event, Label, Round, State
from statements.models.outcomes import certain
from statements.text.dates import EDTF

MARKS = {
    "new": gettext_lazy("new"),
    "persisted": gettext_lazy("kept"),
    "strengthened": gettext_lazy("stronger"),
    "softened": gettext_lazy("softer"),
    "reworded": gettext_lazy("reworded"),
    "silent": gettext_lazy("gone"),
    "at_work": gettext_lazy("at work"),
    "postponed": gettext_lazy("postponed"),
    "fulfilled": gettext_lazy("fulfilled"),
    "dropped": gettext_lazy("dropped"),
    "contradicted": gettext_lazy("contradicted"),
}
#: marks that say what became of a promise
FATES = frozenset({"at_work", "postponed", "fulfilled", "dropped", "contradicted"})


@dataclass(frozen=True)
class Entry:
    """One thing in a cell: its mark, the passage or record that shows it, and what stands beside."""

    mark: str = ""
    url: str = ""
    text: str = ""
    label: Label | None = None
    tag: str = ""
    words: Label | None = None
    #: of something that is not of the round itself: when it was
    date: EDTF | str = ""
    key: Any = None

    @property
    def name(self) -> str:
        return str(MARKS.get(self.mark, ""))


@dataclass
class Line:
    """A row: what it is about, and an entry list for each round and for the time since the last."""

    label: Label
    cells: list[list[Entry]]
    group: Any = None
    group_label: Label | None = None
    url: str = ""
    chain: Chain | None = None
    country: Any = None


@dataclass
class Column:
    """A round; of the last column, the time since the last round, ``round`` is None."""

    round: Round | None
    place: int
    #: whether the archive holds a published text of it: only then can something be gone
    text: bool = True

    @property
    def day(self) -> datetime.date | None:
        event = self.round.event if self.round else None
        return certain(event.date_last, event.date_first) if event else None

    @property
    def heading(self) -> Label:
        """What the round is called: its number, or the title of its event."""
        if self.round is None:
            language = (get_language() or "en")[:2]
            return Label(_("Since then"), language, "rtl" if language == "ar" else "ltr")
        if self.round.number is None:
            return self.round.event.label
        language = (get_language() or "en")[:2]
        words = _("Round %(n)d") % {"n": self.round.number}
        return Label(words, language, "rtl" if language == "ar" else "ltr")


def of_rounds(path: str, events: list[int]) -> Q:
    """That an event is one of these or a published part of one; ``path`` leads to it."""
    them = Event.objects.filter(
        Q(pk__in=events) | Q(parent__in=events, state=State.PUBLISHED)
    ).order_by()
    return Q(**{f"{path}__in": them.values("pk")})


def place_of(event: Event | None, place: dict[int, int]) -> int | None:
    """The column of an event that is a round or a published part of one; ``place`` has the rounds' columns."""
    if event is None or event.pk in place:
        return place.get(event.pk) if event else None
    return place.get(event.parent_id or 0) if event.is_public else None
