"""Briefings: a sheet for an official, a dialogue or a round, in both languages side by side, as of a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.db.models import Count, Q, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from statements.models import (
    Dialogue,
    Event,
    Official,
    Participation,
    Post,
    Publishable,
    Round,
    Tenure,
    Undertaking,
)
from statements.models.documents import Source
from statements.models.outcomes import CLOSED, Outcome, Told, undertaken
from statements.text.sentence import Sentence
from statements.views.excerpts import Shown, latest
from statements.views.links import as_links, moved, one, permanently
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
from statements.views.posts import sources_of, with_sources
from statements.views.promises import Day, of_dialogue, present

#: A briefing shows at most this many of each, and says how many more there are and where.
POSTS, MEETINGS, PEOPLE, PROMISES, PASSAGES = 5, 8, 8, 12, 6
#: how many of those met, and how many sources, a line names
NAMED, CITED = 3, 2


@dataclass
class Notes:
    """The sources of a briefing, each with its number."""

    sources: list[Source] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def printed(self) -> list[tuple[Source, str]]:
        """Each source with its address as people read it: without the scheme, Arabic letters as letters."""
        return [(source, readable(source.link or source.address)) for source in self.sources]

    def of(self, sources: Iterable[Source]) -> list[int]:
        """The numbers of the first sources of a line."""
        found = []
        for source in list(sources)[:CITED]:
            key = source.link or f"{source.publisher} {source.address}"
            if key not in self.numbers:
                self.sources.append(source)
                self.numbers[key] = len(self.sources)
            found.append(self.numbers[key])
        return found


def readable(link: str) -> str:
    letters = unquote(link)
    clean = letters.isprintable() and " " not in letters and "\ufffd" not in letters
    return (letters if clean else link).removeprefix("https://").removeprefix("http://")


@dataclass
class Section:
    """A heading with its lines; ``cell`` draws a line in one language, ``where`` has those that are left out."""

    key: str
    name: Any
    cell: str
    rows: list[Any]
    empty: Any
    total: int = 0
    where: Any = ""

    @property
    def more(self) -> int:
        return max(0, self.total - len(self.rows))


def address(path: str) -> str:
    """An address without its language, as it is printed."""
    return path[3:]


def path_of(record: Any) -> str:
    with override("en"):
        return address(record.get_absolute_url())


# Views


def official_briefing(request: HttpRequest, slug: str) -> HttpResponse:
    return briefing(request, Official, slug, of_official)


def dialogue_briefing(request: HttpRequest, slug: str) -> HttpResponse:
    return briefing(request, Dialogue, slug, of_dialogue_record)


def event_briefing(request: HttpRequest, slug: str) -> HttpResponse:
    return briefing(request, Event, slug, of_round)


def briefing(request: HttpRequest, model: type[Publishable], slug: str, build: Any) -> HttpResponse:
    """A record's briefing as of the day asked for; a former address answers 301, an event that is no round 404."""
    records = model.objects.published().filter(slug=slug)
    day = Day.asked(request.GET)
    try:
        found = build(records, day)
    except Http404:
        target = moved(model, slug)
        if target is None:
            raise
        name = f"{model._meta.model_name}-briefing"
        return permanently(request, reverse(name, kwargs={"slug": target}))
    if found is None:
        words = {
            "status": 404,
            "sentence": _("This event is no round of a dialogue."),
            "advice": _(
                "Briefings are made for rounds, dialogues and officials; the event has a page:"
            ),
            "way_on": reverse("event", kwargs={"slug": slug}),
        }
        return render(request, "errors/answer.html", words, status=404)
    language = (get_language() or "en")[:2]
    problems = [problem.in_language(language) for problem in day.problems]
    sides = [("en", "ltr"), ("ar", "rtl")]
    context = {
        "day": day,
        "asked_on": request.GET.get("on", "")[:100],
        "problems": problems,
        "sides": sides if language == "en" else sides[::-1],
        "origin": f"{request.scheme}://{request.get_host()}",
        **found,
    }
    return render(request, "briefing.html", context)


# An official


def of_official(records: QuerySet, day: Day) -> dict[str, Any]:
    record = one(records.select_related("country"))
    notes = Notes()
    tenures = list(
        with_sources(
            Tenure.objects.filter(
                official=record, post__in=Post.objects.published()
            ).select_related("official__country", "post__organization")
        )
    )
    page = reverse_lazy("official", kwargs={"slug": record.slug})
    posts, posts_total = posts_of(record, tenures, day.day, notes)
    meetings, total = meetings_until(record, tenures, day.day, notes)
    with_him = Q(passage__statement__in=present(record.pk))
    passages, passages_total = latest(Q(), day.day, PASSAGES, record)
    asked = format_lazy("?official={}&on={}", record.slug, day.day.isoformat())
    return {
        "record": record,
        "sections": [
            Section(
                "posts", gettext_lazy("Posts, then and now"), "parts/briefing/post.html",
                posts, gettext_lazy("The archive knows of no post until that day."), posts_total, page,
            ),
            Section(
                "meetings", gettext_lazy("Last meetings"), "parts/briefing/meeting.html",
                meetings, gettext_lazy("The archive knows of no meeting until that day."), total, format_lazy("{}#meetings", page),
            ),
            promises_of(with_him, day, format_lazy("{}{}", reverse_lazy("undertakings"), asked)),
            passages_section(
                passages, passages_total, format_lazy("{}?official={}", reverse_lazy("statements"), record.slug)
            ),
        ],
        "notes": notes.printed,
    }  # fmt: skip


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


# A dialogue, and a round


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


def rounds_until(dialogues: Any, day: datetime.date) -> QuerySet[Event]:
    rounds = Round.objects.filter(dialogue__in=dialogues)
    return Event.objects.published().filter(pk__in=rounds.values("event"))


def of_dialogue_record(records: QuerySet, day: Day) -> dict[str, Any]:
    record = one(records)
    notes = Notes()
    rows, total = last_events(rounds_until([record.pk], day.day), day.day)
    page = reverse_lazy("dialogue", kwargs={"slug": record.slug})
    passages, passages_total = latest(Q(statement__in=of_dialogue(record.pk)), day.day, PASSAGES)
    made = Q(passage__statement__in=of_dialogue(record.pk))
    asked = format_lazy("?dialogue={}&on={}", record.slug, day.day.isoformat())
    return {
        "record": record,
        "sections": [
            people_section(rows[0] if rows else None, day, gettext_lazy("Who took part in the last round, then and now")),
            Section(
                "meetings", gettext_lazy("Last rounds"), "parts/briefing/meeting.html",
                [line_of(event, None, [], notes) for event in rows],
                gettext_lazy("No round had been held by that day, as far as the archive knows."), total, format_lazy("{}#rounds", page),
            ),
            promises_of(made, day, format_lazy("{}{}", reverse_lazy("undertakings"), asked)),
            passages_section(
                passages, passages_total, format_lazy("{}?dialogue={}", reverse_lazy("statements"), record.slug)
            ),
        ],
        "notes": notes.printed,
    }  # fmt: skip


def of_round(records: QuerySet, day: Day) -> dict[str, Any] | None:
    """The briefing of a round: after it, who took part and what it promised; before it, what led to it.

    None when the event is no round of a dialogue that readers may see.
    """
    record = one(records.select_related("place", "country"))
    dialogues = list(Dialogue.objects.published().filter(rounds__event=record))
    if not dialogues:
        return None
    notes = Notes()
    keys = [dialogue.pk for dialogue in dialogues]
    held = record.date_first is None or record.date_first <= day.day
    before = rounds_until(keys, day.day).exclude(pk=record.pk)
    if held and record.date_first:
        before = before.filter(date_first__lte=record.date_first)
    related = before | Event.objects.published().filter(parent=record)
    rows, total = last_events(related.distinct(), day.day)
    slug, iso = dialogues[0].slug, day.day.isoformat()
    if held:
        own = Q(statement__event=record)
        made = Q(passage__statement__event=record)
        query = format_lazy("event={}", record.slug)
    else:
        day.problems.append(
            Sentence(
                "The round had not been held by that day; this is what had led to it.",
                "لم تكن الجولة قد عُقدت حتى ذلك اليوم، وهذا ما مهّد لها.",
            )
        )
        own = Q(statement__in=of_dialogue(keys[0]))
        made = Q(passage__statement__in=of_dialogue(keys[0]))
        query = format_lazy("dialogue={}", slug)
    passages, passages_total = latest(own, day.day, PASSAGES)
    return {
        "record": record,
        "dialogues": dialogues,
        "sections": [
            *([people_section(record, day, gettext_lazy("Who took part, then and now"))] if held else []),
            Section(
                "meetings", gettext_lazy("Its meetings and the rounds before"), "parts/briefing/meeting.html",
                [line_of(event, None, [], notes) for event in rows],
                gettext_lazy("This is the first round that the archive knows."), total,
                format_lazy("{}#rounds", reverse_lazy("dialogue", kwargs={"slug": slug})),
            ),
            promises_of(made, day, format_lazy("{}?{}&on={}", reverse_lazy("undertakings"), query, iso)),
            passages_section(passages, passages_total, format_lazy("{}?{}", reverse_lazy("statements"), query)),
        ],
        "notes": notes.printed,
    }  # fmt: skip


# Sections that all have


def people_section(event: Any, day: Day, name: Any) -> Section:
    lines = people_then_and_now(event, day.day) if event is not None else []
    where = reverse_lazy("event", kwargs={"slug": event.slug}) if event is not None else ""
    return Section(
        "people", name, "parts/briefing/person.html", lines[:PEOPLE],
        gettext_lazy("The archive does not know who took part.") if event is not None
        else gettext_lazy("No round had been held by that day, as far as the archive knows."), len(lines), where,
    )  # fmt: skip


@dataclass
class PromiseLine:
    """An undertaking that had not come to its end by the day."""

    record: Undertaking
    outcome: Outcome
    overdue: bool

    @property
    def text(self) -> Any:
        """The statement under which it stands."""
        return self.record.passage.statement

    @property
    def where(self) -> str:
        return path_of(self.text)


def promises_of(made: Q, day: Day, where: Any) -> Section:
    """What had been undertaken and had not come to its end by the day, the latest first; four queries."""
    told = Told.by(day.day)
    closed = [pk for pk, outcome in told.outcomes.items() if outcome.status in CLOSED]
    rows: list[Any] = list(
        undertaken(day.day)
        .filter(made)
        .exclude(pk__in=closed)
        .select_related("passage__statement", "theme")
        .annotate(total=Window(Count("pk")))
        .order_by(
            "-passage__statement__date_first",
            "passage__statement__slug",
            "passage__number",
            "number",
        )[:PROMISES]
    )
    lines = [
        PromiseLine(row, told.of(row), bool(row.due_last and row.due_last < day.day))
        for row in rows
    ]
    return Section(
        "promises", gettext_lazy("Open promises"), "parts/briefing/promise.html", lines,
        gettext_lazy("No promise was open on that day, as far as the archive knows."),
        rows[0].total if rows else 0, where,
    )  # fmt: skip


@dataclass
class PassageLine:
    """A passage cut short, under its statement."""

    shown: Shown

    @property
    def text(self) -> Any:
        return self.shown.passage.statement

    @property
    def where(self) -> str:
        return path_of(self.text)


def passages_section(passages: list[Shown], total: int, where: Any) -> Section:
    lines = [PassageLine(shown) for shown in passages]
    return Section(
        "passages", gettext_lazy("Latest passages"), "parts/briefing/passage.html", lines,
        gettext_lazy("The archive has no passage until that day."), total, where,
    )  # fmt: skip
