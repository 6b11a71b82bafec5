"""Who met whom: the events two officials attended, in what capacity each, and which passage of which version says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from statements.models import (
    Dialogue,
    Event,
    Mention,
    Official,
    Participation,
    Passage,
    Post,
    Statement,
    Tenure,
    Version,
)
from statements.models.base import public
from statements.models.documents import Source
from statements.models.prepared import prepared
from statements.views.evidence import conflicts
from statements.views.links import Link, as_links, links_to
from statements.views.passages import Holding, Holdings

#: A row of an official's table names at most this many of the people met; the event names all.
NAMED = 4


@dataclass
class Attendance:
    """An official at an event, with the posts of that day and what says so.

    ``inferred`` when the source names the post alone and he surely held it on that day; ``official``
    is None when the archive does not know who held it.
    """

    row: Participation
    official: Any
    holdings: Sequence[Holding] = ()
    inferred: bool = False
    #: the versions whose passage names him or his post
    versions: list[Version] = field(default_factory=list)

    @property
    def passage(self) -> Passage | None:
        """The passage that says so, when readers may see it."""
        passage = self.row.passage
        if passage is None or passage.removed or not passage.document.is_public:
            return None
        return passage

    @property
    def post(self) -> Post | None:
        """The post in which the source has him there, when it names one and the table of tenures has it not."""
        post = self.row.post
        held = {holding.tenure.post_id for holding in self.holdings}
        return post if post and post.is_public and post.pk not in held else None

    @property
    def official_id(self) -> int | None:
        return self.official.pk if self.official else None

    @property
    def posts(self) -> set[int]:
        known = {holding.tenure.post_id for holding in self.holdings}
        return known | ({self.row.post_id} if self.row.post_id else set())


#: What narrows the meetings that a tenure may explain to those held during it.
DURING = ("event__date_last__gte", "event__date_first__lte")


def attended_by(official: Official, tenures: Iterable[Tenure]) -> Q:
    """Participations that may be the official's: by name, or by a post without one while he held it."""
    values, shape = asked_of(tenures)
    return Q(official=official) | unnamed(values, shape)


def asked_of(tenures: Iterable[Tenure]) -> tuple[list[Any], tuple[tuple[bool, bool], ...]]:
    """What ``unnamed`` wants to know of tenures: posts and days, and which of them have a first and a last day."""
    values: list[Any] = []
    shape = []
    for tenure in tenures:
        days = (tenure.start_first, tenure.end_last)
        values += [tenure.post_id, *filter(None, days)]
        shape.append((bool(days[0]), bool(days[1])))
    return values, tuple(shape)


def unnamed(values: Iterable[Any], shape: Iterable[tuple[bool, bool]]) -> Q:
    """Participations of a post without a name, during one of the tenures; none where there is no tenure."""
    following = iter(values)
    wanted = Q(pk__in=())
    for bounded in shape:
        one = Q(official=None, post=next(following))
        for condition, known in zip(DURING, bounded, strict=True):
            if known:
                one &= Q(**{condition: next(following)})
        wanted |= one
    return wanted


def participations() -> Any:
    """Those readers may see, with what a row of a table needs."""
    return (
        Participation.objects.filter(Q(**public("official")) | Q(official=None, **public("post")))
        .select_related(
            "official__country", "post", "country", "passage__statement", "passage__article"
        )
        .order_by("order", "pk")
    )


@prepared
def participations_in(events: list[int]) -> QuerySet[Participation]:
    return participations().filter(event__in=events)


def attendances(
    rows: Iterable[Participation], events: dict[int, Event], holdings: Holdings
) -> dict[int, list[Attendance]]:
    """For each event who took part in it, heads first; who is named is not inferred a second time."""
    rank = list(Participation.Role.values)
    found: dict[int, dict[int, Attendance]] = {key: {} for key in events}
    for row in sorted(rows, key=lambda row: (row.official_id is None, rank.index(row.role))):
        days = events[row.event_id].days
        people = found[row.event_id]
        if row.official_id is not None:
            held = holdings.on(row.official_id, *days)
            of_post = [holding for holding in held if holding.tenure.post_id == row.post_id]
            people[row.official_id] = Attendance(row, row.official, of_post or held)
            continue
        for holding in holdings.likely(row.post_id, *days):
            official = holding.tenure.official
            people.setdefault(official.pk, Attendance(row, official, [holding], inferred=True))
    return {key: list(people.values()) for key, people in found.items()}


def behind(rows: Iterable[Participation]) -> Holdings:
    """The posts of whoever is named, and the holders of posts that stand without a name; one query."""
    rows = list(rows)
    return Holdings.of(
        (row.official_id for row in rows if row.official_id is not None),
        (row.post_id for row in rows if row.official_id is None and row.post_id is not None),
    )


def say_versions(people: Iterable[Attendance]) -> None:
    """Find in which versions the passage names each person or his post; one query."""
    shown = [person for person in people if person.passage]
    if not shown:
        return
    by_passage: dict[int, list[Mention]] = {}
    for mention in mentions_in(
        sorted({person.row.passage_id for person in shown if person.row.passage_id}),
        sorted({person.official.pk for person in shown if person.official}),
        sorted({post for person in shown for post in person.posts}),
    ):
        by_passage.setdefault(mention.text.passage_id, []).append(mention)
    for person in shown:
        person.versions = list(
            dict.fromkeys(
                mention.text.version
                for mention in by_passage.get(person.row.passage_id, [])
                if mention.text.version
                and (
                    (person.official and mention.official_id == person.official.pk)
                    or mention.post_id in person.posts
                )
            )
        )


@prepared
def mentions_in(passages: list[int], officials: list[int], posts: list[int]) -> QuerySet[Mention]:
    return (
        Mention.objects.filter(
            Q(official__in=officials) | Q(post__in=posts),
            text__passage__in=passages,
            outcome=Mention.Outcome.ONE,
        )
        .select_related("text__version")
        .order_by("text__version")
    )


def with_documents(events: Any) -> Any:
    """Events with their statements, dialogues and sources, without a query for each."""
    sources = (
        Event.sources.through.objects.filter(event=OuterRef("pk"))
        .order_by("source__slug")
        .values(json=JSONObject(address="source__address", publisher="source__publisher"))
    )
    return events.select_related("place", "country").annotate(
        statement_links=links_to(
            Statement.objects.published().filter(event=OuterRef("pk")).oldest(), "statement"
        ),
        dialogue_links=links_to(
            Dialogue.objects.published().filter(rounds__event=OuterRef("pk")), "dialogue"
        ),
        source_links=ArraySubquery(sources),
    )


@dataclass
class Meeting:
    """One event as a row of a table: one official's, or two officials'."""

    event: Any
    people: list[Attendance]
    #: everybody whom the first of ``people`` met there
    others: list[Attendance] = field(default_factory=list)
    conflicts: list[Any] = field(default_factory=list)

    @property
    def named(self) -> list[tuple[Attendance, str]]:
        """The first of those met, each with the address of the page of the two."""
        mine = self.people[0].official.slug
        return [(other, address_of(mine, other.official.slug)) for other in self.others[:NAMED]]

    @property
    def more(self) -> int:
        """How many more were met than are named."""
        return max(0, len(self.others) - NAMED)

    @property
    def statements(self) -> list[Link]:
        return as_links(self.event.statement_links, "statement")

    @property
    def dialogues(self) -> list[Link]:
        return as_links(self.event.dialogue_links, "dialogue")

    @property
    def sources(self) -> list[Source]:
        """What says so where no passage of a statement does."""
        if any(person.passage for person in self.people):
            return []
        return [Source(**source) for source in self.event.source_links]

    @property
    def together(self) -> bool:
        """Whether all of them were there for one delegation, and so did not meet each other."""
        sides = {person.row.country_id for person in self.people}
        return len(self.people) > 1 and len(sides) == 1 and None not in sides


def opposite(mine: Attendance, other: Attendance) -> bool:
    """Whether the other was there for another delegation, or nobody knows for which."""
    return other.row.country_id is None or other.row.country_id != mine.row.country_id


def address_of(one: str, other: str) -> str:
    """The page of two officials: their slugs in the order of the alphabet."""
    first, second = sorted((one, other))
    return reverse("meetings", kwargs={"slug": first, "other": second})


def disputed(meetings: Iterable[Meeting], **about: int) -> list[Any]:
    """The conflicts of sources about the meetings, each put with its meeting, and those ``about`` something else."""
    by_event = {meeting.event.pk: meeting for meeting in meetings}
    found = conflicts(event__in=list(by_event), **about)
    for conflict in found:
        if conflict.event_id in by_event:
            by_event[conflict.event_id].conflicts.append(conflict)
    return found


def meetings_of(official: Official, tenures: list[Tenure], shown: int) -> list[Meeting]:
    """The latest events an official attended, each with all who were there for another delegation, heads first."""
    values, shape = asked_of(tenures)
    attended = events_attended(official.pk, *values, shape=shape, shown=shown)
    events = {event.pk: event for event in attended}
    rows = participations_in(list(events))
    found = []
    for key, people in attendances(rows, events, behind(rows)).items():
        me = next((person for person in people if person.official.pk == official.pk), None)
        if me:
            others = [person for person in people if person is not me and opposite(me, person)]
            found.append(Meeting(events[key], [me], others))
    say_versions(meeting.people[0] for meeting in found)
    return found


@prepared
def events_attended(
    official: int, *values: Any, shape: tuple[tuple[bool, bool], ...], shown: int
) -> QuerySet[Event]:
    by_name = Participation.objects.filter(official=official).order_by()
    by_post = Participation.objects.filter(unnamed(values, shape)).order_by()
    attended = by_name.values("event").union(by_post.values("event"))
    events = Event.objects.published().filter(pk__in=attended)
    found: QuerySet[Event] = with_documents(events).newest()[:shown]
    return found


@dataclass
class Met:
    """A person met: how often, when last, and how many of the times the sources dispute or leave to be inferred."""

    official: Official
    country: Any
    last: Event
    address: str
    times: int = 0
    disputed: int = 0
    inferred: int = 0


def met(official: Official, meetings: Iterable[Meeting]) -> list[Met]:
    """Whom the official met at the meetings, which come newest first; the most often first."""
    people: dict[int, Met] = {}
    for meeting in meetings:
        for other in meeting.others:
            seen = people.setdefault(
                other.official.pk,
                Met(
                    other.official,
                    other.row.country,
                    meeting.event,
                    address_of(official.slug, other.official.slug),
                ),
            )
            both = (meeting.people[0], other)
            seen.times += 1
            seen.disputed += any(each.row.standing == "disputed" for each in both)
            seen.inferred += any(each.inferred for each in both)
    return sorted(people.values(), key=lambda seen: (-seen.times, seen.official.slug))
