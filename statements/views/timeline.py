"""The timeline: dialogues, events, agreements and officials over the days that the address asks for.

What is drawn has its bounds, however large the archive: the database counts the events of each place on the axis,
and of what has no room it is said how much there is.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import (
    AgreementStep,
    Event,
    Participation,
    Round,
    Tenure,
)
from statements.models.base import public
from statements.search.request import SearchRequest, clean, told
from statements.text.parts import YEARS
from statements.text.sentence import Sentence
from statements.views.axis import Axis
from statements.views.lanes import (
    LANES,
    Drawing,
    Lane,
    Mark,
    Status,
    Together,
    event_mark,
    events_at,
    life_bars,
    life_names,
    plain,
    rounds_at,
    said,
    step_marks,
    tenure_bar,
    tenure_names,
)
from statements.views.links import Link, as_link


@dataclass
class Asked:
    """The days that an address asks for, as lists read them, and a sentence for each that could not be read."""

    axis: Axis | None
    #: the years of everything that has a day
    whole: Axis | None
    problems: list[Sentence] = field(default_factory=list)
    unread: bool = False

    @classmethod
    def of(cls, query: Any) -> Asked:
        whole = everything()
        wanted = SearchRequest()
        wanted.read_dates({name: clean(query.get(name, "")) for name in ("from", "to")})
        asked = cls(whole, whole, list(wanted.problems), wanted.unread)
        dates = wanted.dates
        if not dates:
            return asked
        today = datetime.date.today()
        asked_from, asked_to = dates.get("from"), dates.get("to")
        first = (asked_from.first or asked_from.last) if asked_from else None
        last = (asked_to.last or asked_to.first) if asked_to else None
        known = (whole.first, whole.last) if whole else (today, today)
        first = first or min(known[0], last or known[0])
        last = last or max(known[1], first)
        if last < first:
            asked.problems.append(
                Sentence(
                    "These days end before they begin; this is the whole.",
                    "تنتهي هذه المدة قبل أن تبدأ، وهذا هو الخط كله.",
                )
            )
        elif first.year not in YEARS or last.year not in YEARS:
            asked.problems.append(
                Sentence(
                    f"The timeline tells of the years {YEARS[0]} to {YEARS[-1]}; this is the whole.",
                    f"يشمل الخط الزمني السنوات {YEARS[0]}–{YEARS[-1]}، وهذا هو الخط كله.",
                )
            )
        else:
            asked.axis = Axis.between(first, last)
        return asked

    @property
    def is_whole(self) -> bool:
        return self.axis == self.whole

    @property
    def earlier(self) -> Axis | None:
        """As long before; None when nothing of the archive is there."""
        if self.axis is None or self.whole is None or self.axis.first <= self.whole.first:
            return None
        return self.axis.moved(-1)

    @property
    def later(self) -> Axis | None:
        if self.axis is None or self.whole is None or self.axis.last >= self.whole.last:
            return None
        return self.axis.moved(1)

    @property
    def wider(self) -> Axis | None:
        """What is around, where it is less than the whole."""
        if self.axis is None or self.whole is None:
            return None
        wider = self.axis.wider
        held = wider.first <= self.whole.first and wider.last >= self.whole.last
        return None if held or wider == self.axis else wider


def everything() -> Axis | None:
    """The years of events and steps of agreements, as far as they are of our time."""
    told = {
        "date_first__gte": datetime.date(YEARS[0], 1, 1),
        "date_first__lte": datetime.date(YEARS[-1], 12, 31),
    }
    ends = {"first": Min("date_first"), "last": Max("date_first")}
    steps = AgreementStep.objects.filter(**public("agreement"))
    found = [rows.filter(**told).aggregate(**ends) for rows in (Event.objects.published(), steps)]
    return Axis.over(day for row in found for day in row.values())


def timeline(request: HttpRequest) -> HttpResponse:
    return render(request, "timeline.html", timeline_page(request.GET))


def timeline_page(query: Any) -> dict[str, Any]:
    asked = Asked.of(query)
    language = (get_language() or "en")[:2]
    context = {
        "asked": asked,
        "axis": asked.axis,
        "spoken": said(asked.axis.edtf) if asked.axis else "",
        "problems": told(asked.problems, asked.unread, language),
        "asked_from": query.get("from", "")[:100],
        "asked_to": query.get("to", "")[:100],
    }
    if asked.axis is None:
        return context | {"drawings": []}
    return context | {"drawings": Told(asked.axis).drawings()}


class Part(Func):
    """The part of an axis that a day is in, as ``Axis.part`` says, counted by the database from one."""

    function = "width_bucket"
    output_field = IntegerField()

    def __init__(self, day: str, axis: Axis) -> None:
        super().__init__(F(day), Value(axis.edges, output_field=ArrayField(DateField())))


def counted(rows: QuerySet, axis: Axis, *of: str, event: str = "event__") -> list[dict[str, Any]]:
    """How many events of ``rows`` are at each place of the axis, and one of them; for each value of ``of``."""
    key = event.removesuffix("__") or "pk"
    found: dict[Any, dict[str, Any]] = {}
    parts = (
        rows.exclude(**{f"{event}date_first": None})
        .annotate(part=Part(f"{event}date_first", axis))
        .order_by()
        .values(*of, "part")
        .annotate(
            n=Count(key, distinct=True),
            one=Min(key),
            first=Min(f"{event}date_first"),
            last=Max(f"{event}date_last"),
        )
        .order_by(*of, "part")
    )
    for row in parts:
        # Days before the axis are in its first part.
        place = (*(row[name] for name in of), max(row["part"], 1))
        seen = found.setdefault(place, row | {"n": 0})
        seen["n"] += row["n"]
        seen["last"] = max(row["last"] or row["first"], seen["last"] or seen["first"])
    return list(found.values())


class Told:
    """What is told of the days of an axis, each kind as a picture of its own."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.events = Event.objects.published().between(axis.first, axis.last)
        #: events that have a place for themselves
        self.alone: dict[int, Event] = {}

    def drawings(self) -> list[dict[str, Any]]:
        """The pictures that have a lane; one query for the events that are named in all of them."""
        dialogues, dialogues_more = self.dialogues()
        rounds = self.at_places(Round.objects.filter(dialogue__in=dialogues), "dialogue")
        rest = counted(
            self.events.filter(
                ~Exists(Round.objects.filter(event=OuterRef("pk"), **public("dialogue")))
            ),
            self.axis,
            event="",
        )
        officials, officials_more = self.officials()
        attended = self.at_places(Participation.objects.filter(official__in=officials), "official")
        single = {row["one"] for row in (*rounds, *rest, *attended) if row["n"] == 1}
        self.alone = Event.objects.in_bulk(single)
        agreements, quiet, agreements_more = self.agreements()
        made = [
            (
                "dialogues", _("Dialogues"), _("all dialogues"), dialogues_more,
                [
                    Lane(
                        record.label, record.url,
                        marks=self.marks(rounds, rounds_at(record.slug), "dot", dialogue=key),
                    )
                    for key, record in dialogues.items()
                ],
                {},
            ),
            (
                "events", _("Events outside a dialogue"), _("all events"), 0,
                [Lane(plain(_("Events")), marks=self.marks(rest, events_at(), "diamond"))] if rest else [],
                {},
            ),
            ("agreements", _("Agreements"), _("all agreements"), agreements_more, agreements, life_names()),
            (
                "officials", _("Officials who took part"), _("all officials"), officials_more,
                self.careers(officials, attended), tenure_names() | {"ring": _("an event attended")},
            ),
        ]  # fmt: skip
        return [
            {
                "kind": kind,
                "title": title,
                "all": all_of_them,
                "drawing": Drawing(self.axis, lanes, more, names),
                "quiet": quiet if kind == "agreements" else [],
            }
            for kind, title, all_of_them, more, lanes, names in made
            if lanes or (kind == "agreements" and quiet)
        ]

    def at_places(self, rows: QuerySet, of: str) -> list[dict[str, Any]]:
        return counted(rows.filter(event__in=self.events), self.axis, of)

    def marks(
        self, rows: list[dict[str, Any]], together: Together, shape: str, **of: int
    ) -> list[Mark]:
        """The places of one lane as marks."""
        return [
            event_mark(self.axis, self.alone[row["one"]], shape)
            if row["n"] == 1
            else together.mark(self.axis, row["first"], row["last"], row["n"])
            for row in rows
            if all(row[name] == value for name, value in of.items())
        ]

    def dialogues(self) -> tuple[dict[int, Link], int]:
        """The dialogues with most rounds in these days, and how many more met; the one that met last comes first."""
        rows = first_of(
            Round.objects.filter(event__in=self.events, **public("dialogue")).annotate(
                day=F("event__date_first")
            ),
            "dialogue",
            last=Max("day"),
        )[:LANES]
        found = list(rows)
        late = sorted(
            found, key=lambda row: (row["last"] or datetime.date.min, row["n"]), reverse=True
        )
        return {row["dialogue"]: as_link(row, "dialogue") for row in late}, left(found)

    def officials(self) -> tuple[dict[int, Link], int]:
        """The officials who are named at most events of these days, and how many more are."""
        rows = first_of(
            Participation.objects.filter(event__in=self.events, **public("official")),
            "official",
            party=F("official__country__slug"),
        )[:LANES]
        found = list(rows)
        return {row["official"]: as_link(row, "official") for row in found}, left(found)

    def careers(self, officials: dict[int, Link], attended: list[dict[str, Any]]) -> list[Lane]:
        """A lane for each official: the posts as bars, the events as rings on them."""
        tenures = Tenure.objects.filter(official__in=officials, **public("post")).select_related(
            "post"
        )
        by_official: dict[int, list[Tenure]] = {}
        for tenure in tenures:
            by_official.setdefault(tenure.official_id, []).append(tenure)
        found = []
        for key, official in officials.items():
            bars = [
                tenure_bar(self.axis, tenure, tenure.post.label, tenure.post.get_absolute_url())
                for tenure in by_official.get(key, [])
            ]
            found.append(
                Lane(
                    official.label,
                    official.url,
                    official.extra["party"] or "",
                    bars=[bar for bar in bars if bar],
                    marks=self.marks(
                        attended, events_at(official=official.slug), "ring", official=key
                    ),
                )
            )
        return found

    def agreements(self) -> tuple[list[Lane], list[Link], int]:
        """Agreements with a step in these days as lanes, the earliest first; others that had begun and not ended; how many more."""
        axis = self.axis
        within = Q(date_first__lte=axis.last) & (Q(date_last=None) | Q(date_last__gte=axis.first))
        found = first_of(
            AgreementStep.objects.filter(**public("agreement")).exclude(date_first=None),
            "agreement",
            words="title",
            n=Count("pk", filter=within),
            begun=Min("date_first"),
            ended=Max("date_last", filter=Q(status=Status.ENDED)),
        ).filter(Q(ended=None) | Q(ended__gte=axis.first), begun__lte=axis.last)[:LANES]
        rows = list(found)
        by_agreement: dict[int, list[AgreementStep]] = {
            row["agreement"]: [] for row in rows if row["n"]
        }
        steps = AgreementStep.objects.filter(agreement__in=by_agreement).exclude(date_first=None)
        for step in steps.select_related("agreement", "event", "source").order_by(
            "date_first", "order"
        ):
            by_agreement[step.agreement_id].append(step)
        lanes = []
        for own in sorted(by_agreement.values(), key=lambda own: own[0].date_first):
            page = own[0].agreement.get_absolute_url()
            lanes.append(
                Lane(
                    own[0].agreement.label, page,
                    bars=life_bars(axis, own), marks=step_marks(axis, own, page),
                )
            )  # fmt: skip
        quiet = [as_link(row, "agreement") for row in rows if not row["n"]]
        return lanes, quiet, left(rows)


def first_of(rows: QuerySet, name: str, words: str = "name", **further: Any) -> QuerySet:
    """The records of a relation that most rows have, each as a link reads it, with ``n``; ``total`` is how many there are."""
    return (
        rows.order_by()
        .values(
            name,
            slug=F(f"{name}__slug"),
            en=F(f"{name}__{words}_en"),
            ar=F(f"{name}__{words}_ar"),
        )
        .annotate(**{"n": Count("pk"), "total": Window(Count("*")), **further})
        .order_by("-n", name)
    )


def left(found: list[dict[str, Any]]) -> int:
    """How many there are that are not among the first ones."""
    return found[0]["total"] - len(found) if found else 0
