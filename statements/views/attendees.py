"""The lines of a briefing about people: the posts of an official, the meetings, who took part in a round then and now."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from statements.models import (
    Event,
    Official,
    Participation,
    Tenure,
)
from statements.models.documents import Source
from statements.views.links import as_links
from statements.views.meetings import (
    Attendance,
    attendances,
    attended_by,
    behind,
    opposite,
    participations,
    with_documents,
)
from statements.views.passages import Holding, Holdings
from statements.views.posts import sources_of
from statements.views.promises import Day
from statements.views.sheet import Notes, Section, path_of

#: A briefing shows at most this many of each, and says how many more there are and where.
POSTS, MEETINGS, PEOPLE = 5, 8, 8
#: how many of those met a line names
NAMED = 3


@dataclass
class PostLine:
    """A post of an official: the one held on the day, or one held before."""

    tenure: Tenure
    day: datetime.date
    holding: Holding | None
    notes: list[int]
    where: str

    @property
    def on(self) -> str:
        """The day for which its page is asked."""
        return self.where.partition("=")[2]

    @property
    def end(self) -> Any:
        """Its end, when that had come by the day."""
        return self.tenure.end if self.tenure.end_last and self.tenure.end_last <= self.day else ""


def posts_of(
    record: Official, tenures: list[Any], day: datetime.date, notes: Notes
) -> tuple[list[PostLine], int]:
    """The posts held on the day, then those held before it, the latest first, and how many there are."""
    held = {holding.tenure.pk: holding for holding in Holdings.over(tenures).on(record.pk, day)}
    begun = [tenure for tenure in tenures if began(tenure) <= day]
    begun.sort(key=lambda tenure: (tenure.pk in held, began(tenure)), reverse=True)
    lines = [
        PostLine(
            tenure,
            day,
            held.get(tenure.pk),
            notes.of(sources_of(tenure)),
            f"{path_of(tenure.post)}?on={shown_on(tenure, day if tenure.pk in held else None)}",
        )
        for tenure in begun[:POSTS]
    ]
    return lines, len(begun)


def shown_on(tenure: Tenure, day: datetime.date | None) -> str:
    """The day, or for a post held before it the first known one, on which the post's page names the holder."""
    return (day or began(tenure)).isoformat()


def began(tenure: Tenure) -> datetime.date:
    """The first day that is known of a tenure; the end of time when none is."""
    return tenure.start_first or min(tenure.begun, tenure.end_last or datetime.date.max)


@dataclass
class MeetingLine:
    """An event: in what capacity the subject was there, whom it met, and what says so."""

    event: Any
    me: Attendance | None
    others: list[Attendance]
    notes: list[int]
    where: str

    @property
    def named(self) -> list[Attendance]:
        return self.others[:NAMED]

    @property
    def more(self) -> int:
        return max(0, len(self.others) - NAMED)

    @property
    def passage(self) -> Any:
        return self.me.passage if self.me else None

    @property
    def statements(self) -> list[Any]:
        return as_links(self.event.statement_links, "statement")


def last_events(events: QuerySet[Any], day: datetime.date) -> tuple[list[Any], int]:
    """The latest published events begun by a day, and how many there are; one query."""
    found = list(
        with_documents(events.filter(date_first__lte=day))
        .annotate(total=Window(Count("pk")))
        .newest()[:MEETINGS]
    )
    return found, found[0].total if found else 0


def line_of(
    event: Any, me: Attendance | None, others: list[Attendance], notes: Notes
) -> MeetingLine:
    shown = me.passage if me else None
    sources = [] if shown else [Source(**source) for source in event.source_links]
    where = path_of(event) + (f" · {path_of(shown)}" if shown else "")
    return MeetingLine(event, me, others, notes.of(sources), where)


def meetings_until(
    record: Official, tenures: list[Tenure], day: datetime.date, notes: Notes
) -> tuple[list[MeetingLine], int]:
    """The last events that an official attended by a day; three queries."""
    mine = Participation.objects.filter(attended_by(record, tenures)).values("event")
    rows, total = last_events(Event.objects.published().filter(pk__in=mine), day)
    events = {event.pk: event for event in rows}
    people = list(participations().filter(event__in=events))
    lines = []
    for key, there in attendances(people, events, behind(people)).items():
        me = next((person for person in there if person.official_id == record.pk), None)
        if me is None:
            total -= 1  # somebody else held the post that the source names
            continue
        others = [person for person in there if person is not me and opposite(me, person)]
        lines.append(line_of(events[key], me, others, notes))
    return lines, total


@dataclass
class PersonLine:
    """Who took part in a round: the post then, and the post on the day of the briefing."""

    row: Participation
    then: list[Holding]
    #: None when the day is that of the round
    now: list[Holding] | None
    notes: list[int]
    where: str

    @property
    def same(self) -> bool:
        """Whether the posts are the same now."""
        return bool(self.now) and {h.tenure.pk for h in self.now or ()} == {
            h.tenure.pk for h in self.then
        }

    @property
    def holders(self) -> list[Holding]:
        """Of a post without a name who likely held it."""
        return [] if self.row.official_id else self.then

    @property
    def post(self) -> Any:
        """The post in which the source has him there, when the table of tenures has it not."""
        post = self.row.post
        held = {holding.tenure.post_id for holding in self.then}
        shown = self.row.official_id and post and post.is_public and post.pk not in held
        return post if shown else None

    @property
    def passage(self) -> Any:
        passage = self.row.passage
        shown = passage and not passage.removed and passage.document.is_public
        return passage if shown else None


def people_then_and_now(event: Any, day: datetime.date) -> list[PersonLine]:
    """The participants of an event, heads first; two queries."""
    rank = list(Participation.Role.values)
    rows = sorted(
        participations().filter(event=event), key=lambda row: (rank.index(row.role), row.order)
    )
    holdings = behind(rows)
    over = event.date_last is None or event.date_last < day
    lines = []
    for row in rows:
        if row.official_id is not None:
            then = holdings.on(row.official_id, *event.days)
            now = holdings.on(row.official_id, day)
        else:
            then = holdings.likely(row.post_id or 0, *event.days)
            now = holdings.likely(row.post_id or 0, day)
        passage = row.passage if row.passage and not row.passage.removed else None
        shown = passage if passage and passage.document.is_public else None
        where = path_of(shown) if shown else path_of(row.official or row.post)
        lines.append(PersonLine(row, then, now if over else None, [], where))
    return lines


def people_section(event: Any, day: Day, name: Any) -> Section:
    lines = people_then_and_now(event, day.day) if event is not None else []
    where = reverse_lazy("event", kwargs={"slug": event.slug}) if event is not None else ""
    return Section(
        "people", name, "parts/briefing/person.html", lines[:PEOPLE],
        gettext_lazy("The archive does not know who took part.") if event is not None
        else gettext_lazy("No round had been held by that day, as far as the archive knows."), len(lines), where,
    )  # fmt: skip
