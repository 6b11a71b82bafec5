"""What is drawn on a time axis: lanes with bars and marks, from which the picture and its table are both made."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from statements.models import AgreementStep, Label, Tenure
from statements.text.dates import EDTF, write
from statements.views.axis import Axis, Period, asked

#: A picture has at most so many lanes of one kind; what is left out is counted and stands in a list.
LANES = 12
#: the place of a bar of which nothing but what lies beyond it is drawn
NOTHING = ("0.0", "0.0")
Status = AgreementStep.Status
#: Steps after which an agreement binds; before them it is only spoken of.
BINDING = {Status.SIGNED, Status.RATIFIED, Status.IN_FORCE, Status.RENEWED, Status.PARTLY_DONE}


@dataclass(frozen=True)
class Mark:
    """Something dated, or several things of one place on the axis: ``what`` then says how many."""

    x: str
    what: Label
    when: str
    url: str = ""
    shape: str = "dot"
    count: int = 1
    remark: str = ""


@dataclass(frozen=True)
class Bar:
    """A stretch of time; ``manner`` is how it is drawn, ``beyond`` where it may have gone on."""

    x: str
    width: str
    what: Label
    when: str
    url: str = ""
    manner: str = "sure"
    remark: str = ""
    beyond: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Column:
    """How many there are in a year: from the floor of the lane, ``height`` percent of it."""

    x: str
    width: str
    height: int
    count: int
    when: str
    url: str

    @property
    def top(self) -> int:
        return 100 - self.height

    @property
    def middle(self) -> str:
        return f"{float(self.x) + float(self.width) / 2:.1f}"


@dataclass
class Lane:
    """One line of a picture: its name, and what lies on it in the order of time."""

    label: Label
    url: str = ""
    #: the code of the party whose mark stands before the name
    party: str = ""
    #: a few words under the name
    said: str = ""
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)

    @property
    def told(self) -> list[Bar | Mark]:
        """What the table beside the picture tells of the lane."""
        return [*self.bars, *self.marks]

    @property
    def linked(self) -> bool:
        """Whether there is something in the picture to follow: a group of links, else an image."""
        return any(item.url for item in (*self.bars, *self.marks, *self.columns))


@dataclass
class Drawing:
    """Lanes over one axis; ``more`` were left out, ``names`` says what each manner and shape stands for here."""

    axis: Axis
    lanes: list[Lane]
    more: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @cached_property
    def ticks(self) -> list[Period]:
        return self.axis.ticks

    @property
    def key(self) -> list[tuple[str, str]]:
        """(manner or shape, what it stands for) of those that are in the picture."""
        bars = [bar for lane in self.lanes for bar in lane.bars]
        marks = [mark for lane in self.lanes for mark in lane.marks]
        found = {bar.manner for bar in bars if float(bar.width)}
        found |= {"several" if mark.count > 1 else mark.shape for mark in marks}
        found |= {"beyond" for bar in bars if bar.beyond}
        names = {**self.names, "several": _("several of one time")}
        return [(name, words) for name, words in names.items() if name in found]


def plain(words: str) -> Label:
    """Words of the interface as a label."""
    language = (get_language() or "en")[:2]
    return Label(words, language, "rtl" if language == "ar" else "ltr")


def said(date: EDTF | str) -> str:
    return write(EDTF(date), (get_language() or "en")[:2]) if date else ""


def days_said(first: datetime.date, last: datetime.date) -> str:
    """The days from one to another in words."""
    return said(first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}")


@dataclass(frozen=True)
class Together:
    """How things of one place are told as one: how many they are in words, and where they are listed."""

    words: Callable[[int], str]
    #: the address of the list of what there was on the days that a query asks for; None when there is no list
    address: Callable[[str], str] | None

    def mark(self, axis: Axis, first: datetime.date, last: datetime.date, count: int) -> Mark:
        """Of ``count`` things, of which the first began on one day and the last ended by another."""
        last = max(first, last)
        url = self.address(asked(first, last)) if self.address else ""
        return Mark(
            axis.middle(first), plain(self.words(count)), days_said(first, last), url, count=count
        )


def gathered(
    axis: Axis,
    rows: Iterable[tuple[datetime.date, datetime.date, Any]],
    alone: Callable[[Any], Mark],
    together: Together,
) -> list[Mark]:
    """Marks of (first day, last day, thing) in the order of time, those of one place on the axis as one."""
    parts: dict[int, list[tuple[datetime.date, datetime.date, Any]]] = {}
    for row in sorted(rows, key=lambda row: row[:2]):
        parts.setdefault(axis.part(row[0]), []).append(row)
    return [
        alone(part[0][2])
        if len(part) == 1
        else together.mark(axis, part[0][0], max(row[1] for row in part), len(part))
        for part in parts.values()
    ]


def events_at(**filters: str) -> Together:
    """Events of one place, which the list of events has with these filters."""
    return Together(
        lambda n: ngettext("%(n)s event", "%(n)s events", n) % {"n": n}, listed("events", **filters)
    )


def rounds_at(dialogue: str) -> Together:
    return Together(
        lambda n: ngettext("%(n)s round", "%(n)s rounds", n) % {"n": n},
        listed("events", dialogue=dialogue),
    )


#: steps of one place, which stand in the list beside the picture
STEPS = Together(lambda n: ngettext("%(n)s step", "%(n)s steps", n) % {"n": n}, None)


def event_mark(axis: Axis, event: Any, shape: str = "dot", remark: str = "") -> Mark:
    return Mark(
        axis.x(event.date_first), event.label, said(event.date), event.get_absolute_url(), shape,
        remark=remark,
    )  # fmt: skip


def event_marks(
    axis: Axis, events: Iterable[Any], together: Together, shape: str = "dot"
) -> list[Mark]:
    """Events with a day as marks."""
    rows = [
        (event.date_first, event.date_last or event.date_first, event)
        for event in events
        if event.date_first
    ]
    return gathered(axis, rows, lambda event: event_mark(axis, event, shape), together)


def listed(kind: str, **filters: str) -> Callable[[str], str]:
    """Addresses of a list of a kind with filters, for days asked for in a query."""
    chosen = "".join(f"{name}={value}&" for name, value in filters.items())
    return lambda days: f"{reverse(kind)}?{chosen}{days}"


# Tenures


def tenure_names() -> dict[str, str]:
    return {
        "sure": _("held the post"),
        "acting": _("acting"),
        "disputed": _("disputed"),
        "beyond": _("beyond the days that are known"),
        "ring": _("named in the post"),
    }


def tenure_days(tenures: Iterable[Tenure]) -> list[datetime.date | None]:
    """The days that say where the bars of tenures begin and end."""
    return [day for tenure in tenures for day in bounds(tenure)]


def bounds(tenure: Tenure) -> tuple[datetime.date | None, datetime.date | None]:
    """From when to when a tenure is known to have run; where its ends are unknown, as sources name it."""
    seen = [day for printed in tenure.attested if (day := EDTF(printed).last)]
    begin = tenure.start_first or min(
        [*seen, *([tenure.end_last] if tenure.end_last else [])], default=None
    )
    end = tenure.end_last or max([*seen, *([begin] if begin else [])], default=None)
    return begin, max(begin, end) if begin and end else end


def tenure_bar(axis: Axis, tenure: Tenure, what: Label, url: str) -> Bar | None:
    """A tenure as a bar; None when no day of it is known, or none of the axis.

    Who was in the post when last seen may be in it still: the bar goes on, broken, to the end of the axis; where
    the end is not known, a little.
    """
    begin, end = bounds(tenure)
    current = tenure.status == Tenure.Status.CURRENT
    if begin is None or end is None or not axis.overlaps(begin, None if current else end):
        return None
    beyond = []
    if tenure.start_first is None:
        beyond.append(axis.before(begin))
    if tenure.end_last is None and end < axis.last:
        beyond.append(axis.after(end, far=current))
    x, width = axis.span(begin, end) if end >= axis.first else NOTHING
    return Bar(
        x,
        width,
        what,
        tenure_said(tenure),
        url,
        "disputed" if tenure.disputed else "acting" if tenure.acting else "sure",
        ", ".join(
            words
            for words, true in ((_("acting"), tenure.acting), (_("disputed"), tenure.disputed))
            if true
        ),
        beyond,
    )


def tenure_said(tenure: Tenure) -> str:
    """From when to when, as the list of tenures says it."""
    begin = f"{_('from')} {said(tenure.start)}" if tenure.start else _("beginning not known")
    end = f"{_('until')} {said(tenure.end)}" if tenure.end else str(tenure.get_status_display())
    return f"{begin} · {end}"


def tenure_lane(
    axis: Axis, tenures: Sequence[Tenure], label: Label, url: str, party: str = ""
) -> Lane:
    """The tenures of one person in one post on a lane."""
    bars = [tenure_bar(axis, tenure, label, "") for tenure in tenures]
    return Lane(
        label, url, party, bars=[bar for bar in bars if bar], marks=attested_marks(axis, tenures)
    )


def attested_marks(axis: Axis, tenures: Iterable[Tenure]) -> list[Mark]:
    """The days on which sources name the holder in the post, where they are all that is known of an end."""
    days = [
        (day.first, day.last, day)
        for tenure in tenures
        for printed in tenure.attested
        if (day := EDTF(printed)).first and day.last and not tenure.end
    ]
    together = Together(
        lambda n: ngettext("named %(n)s time", "named %(n)s times", n) % {"n": n}, None
    )
    named = plain(_("named in the post"))
    return gathered(
        axis, days, lambda day: Mark(axis.x(day.first), named, said(day), shape="ring"), together
    )


# Agreements


def life_names() -> dict[str, str]:
    return {
        "sure": _("agreed"),
        "acting": _("not yet agreed, or put off"),
        "beyond": _("since the last step that is known"),
        "dot": _("a step that binds"),
        "ring": _("another step"),
        "square": _("its end"),
    }


def life_bars(axis: Axis, steps: Sequence[AgreementStep]) -> list[Bar]:
    """How an agreement stood from each of its dated steps to the next: thin while it was only spoken of."""
    dated = sorted((step for step in steps if step.date_first), key=lambda step: step.date_first)
    found = []
    for step, following in zip(dated, [*dated[1:], None], strict=True):
        begin = step.date_first
        until = following.date_first if following else None
        if step.status == Status.ENDED or begin == until or not axis.overlaps(begin, until):
            continue
        name = str(step.get_status_display())
        manner = "sure" if step.status in BINDING else "acting"
        when = f"{_('from')} {said(step.date)}"
        if until is None:
            beyond = [axis.after(begin, far=True)]
            found.append(Bar(*NOTHING, plain(name), when, manner=manner, beyond=beyond))
        else:
            x, width = axis.span(begin, until)
            found.append(Bar(x, width, plain(name), when, manner=manner))
    return found


def step_marks(axis: Axis, steps: Sequence[AgreementStep], page: str) -> list[Mark]:
    """The dated steps of an agreement as marks that lead to the event of each, or else to the agreement's page."""
    dated = [
        (step.date_first, step.date_last or step.date_first, step)
        for step in steps
        if step.date_first and axis.overlaps(step.date_first, step.date_last)
    ]

    def alone(step: AgreementStep) -> Mark:
        event = step.event if step.event and step.event.is_public else None
        return Mark(
            axis.x(step.date_first),
            plain(str(step.get_status_display())),
            said(step.date),
            event.get_absolute_url() if event else f"{page}#step-{step.pk}",
            "square"
            if step.status == Status.ENDED
            else "dot"
            if step.status in BINDING
            else "ring",
            remark=str(step.source.publisher) if step.source else "",
        )

    return gathered(axis, dated, alone, replace(STEPS, address=lambda _days: f"{page}#life"))


def year_columns(axis: Axis, years: Sequence[tuple[int, int]], address: str) -> list[Column]:
    """(year, how many) as columns, the highest for the most; each leads to the list of its year."""
    most = max(n for _year, n in years)
    found = []
    for year, n in years:
        x, width = axis.span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        gap = float(width) / 5
        found.append(
            Column(
                f"{float(x) + gap / 2:.1f}", f"{float(width) - gap:.1f}", max(round(100 * n / most), 4),
                n, str(year), f"{address}&from={year}&to={year}",
            )
        )  # fmt: skip
    return found
