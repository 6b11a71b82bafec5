"""Posts: who held them on a day and how that is known, and what was done and said in them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import (
    Dialogue,
    Event,
    Hold,
    Mention,
    Official,
    Participation,
    Passage,
    Post,
    Statement,
    Tenure,
    holders_on,
)
from statements.models.base import public
from statements.models.documents import Source
from statements.text.dates import EDTF, write
from statements.views.axis import Axis
from statements.views.lanes import LANES, Drawing, bounds, tenure_days, tenure_lane, tenure_names
from statements.views.links import Wanted, as_links, links_to, names_of, page
from statements.views.listing import listing
from statements.views.passages import SHOWN, Holding, Holdings, passages_naming
from statements.views.promises import Day


def posts(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "post"))


def post(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Post, slug, post_in)


def post_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(with_organization)
    return "posts/detail.html", post_page(record, Day.asked(request.GET))


def with_organization(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.select_related("organization__country")


@dataclass(frozen=True)
class Holder(Holding):
    """Who held a post on the days asked about: how surely, and how that is known."""

    first: datetime.date
    last: datetime.date
    #: the latest passage by then that names the holder, while the post was his
    named_in: Passage | None = None

    @property
    def known(self) -> list[str]:
        """Why the archive says so, in sentences."""
        tenure = self.tenure
        said = []
        named = [day for printed in tenure.attested if within(day := EDTF(printed), self)]
        if named:
            days = _(", ").join(map(in_words, named))
            said.append(_("A source names the holder in the post on %(days)s.") % {"days": days})
        elif self.hold == Hold.POSSIBLE and tenure.begun > self.last:
            said.append(
                _("The beginning is known only as %(date)s.") % {"date": in_words(tenure.start)}
            )
        elif self.hold == Hold.POSSIBLE:
            said.append(_("The end is known only as %(date)s.") % {"date": in_words(tenure.end)})
        elif tenure.end_last is None and tenure.seen and tenure.seen < self.first:
            said.append(
                _("Inferred: last named in the post on %(day)s, and the archive knows no end.")
                % {"day": in_words(EDTF(tenure.seen.isoformat()))}
            )
        elif tenure.end_last is None and tenure.seen is None:
            said.append(_("Inferred from the beginning; the archive knows no end."))
        elif tenure.start_first is None:
            said.append(_("Inferred: named in the post before and after."))
        return said

    @property
    def sources(self) -> list[Source]:
        return sources_of(self.tenure)


def within(day: EDTF, holder: Holder) -> bool:
    return bool(day.first and day.last and day.first <= holder.last and holder.first <= day.last)


def in_words(date: EDTF | str) -> str:
    return write(date if isinstance(date, EDTF) else EDTF(date), (get_language() or "en")[:2])


def sources_of(tenure: Any) -> list[Source]:
    """What ``with_sources`` brought along."""
    return [Source(**source) for source in tenure.source_links]


def with_sources(tenures: QuerySet[Any]) -> QuerySet[Any]:
    """Tenures with their sources, without a query for each."""
    rows = (
        Tenure.sources.through.objects.filter(tenure=OuterRef("pk"))
        .order_by("source__slug")
        .values(json=JSONObject(address="source__address", publisher="source__publisher"))
    )
    return tenures.annotate(source_links=ArraySubquery(rows))


@dataclass
class Answer:
    """Who held a post on the days asked about; where nobody surely did, who is known nearest to them."""

    day: Day
    holders: list[Holder] = field(default_factory=list)
    before: Tenure | None = None
    after: Tenure | None = None
    #: those of whose days the archive knows nothing
    undated: list[Tenure] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        return any(holder.hold in (Hold.HELD, Hold.ATTESTED) for holder in self.holders)


def answered(tenures: list[Tenure], day: Day, passages: bool = True) -> Answer:
    """Who of all holders of a post held it on the days asked about; one query, for the passages that name them."""
    first, last = day.days
    found = holders_on(tenures, first, last)
    named = named_by({tenure.official_id for tenure, _hold in found} if passages else set(), last)
    answer = Answer(day)
    for tenure, hold in found:
        passage = named.get(tenure.official_id)
        if passage and (passage.document.date_first or datetime.date.min) < (
            tenure.start_first or tenure.begun
        ):
            passage = None
        answer.holders.append(Holder(tenure, hold, first, last, passage))
    if answer.sure:
        return answer
    others = [tenure for tenure in tenures if not any(tenure is held for held, _hold in found)]
    dated = [tenure for tenure in others if tenure.start_first or tenure.seen or tenure.end_last]
    gone = [tenure for tenure in dated if until(tenure) < first]
    to_come = [tenure for tenure in dated if since(tenure) > last and until(tenure) >= first]
    if not answer.holders:
        answer.before = max(gone, key=until, default=None)
    answer.after = min(to_come, key=since, default=None)
    answer.undated = [tenure for tenure in others if tenure not in dated]
    return answer


def since(tenure: Tenure) -> datetime.date:
    """The first day on which somebody is known to have held a post."""
    return tenure.start_first or tenure.begun


def until(tenure: Tenure) -> datetime.date:
    """The last day on which somebody is known to have held a post."""
    return tenure.end_last or tenure.last_seen


def named_by(officials: set[int], last: datetime.date) -> dict[int, Passage]:
    """For each official the latest passage of a published statement until a day that names him; one query."""
    if not officials:
        return {}
    rows = (
        Mention.objects.filter(
            official__in=officials,
            outcome=Mention.Outcome.ONE,
            **public("text__passage__statement"),
            text__passage__removed=False,
            text__passage__statement__date_last__lte=last,
        )
        .select_related("text__passage__statement")
        .order_by(
            "official_id",
            "-text__passage__statement__date_first",
            "text__passage__statement__slug",
            "text__passage__order",
        )
        .distinct("official_id")
    )
    return {row.official_id: row.text.passage for row in rows}


def documents_of_event() -> dict[str, Any]:
    """Annotations of participations: the statements that came out of the event, the dialogues it is a round of."""
    return {
        "statement_links": links_to(
            Statement.objects.published().filter(event=OuterRef("event")).oldest(), "statement"
        ),
        "dialogue_links": links_to(
            Dialogue.objects.published().filter(rounds__event=OuterRef("event")), "dialogue"
        ),
    }


def attended(row: Any) -> dict[str, Any]:
    """One event that was attended in a post, with what came out of it, and the passage that says so."""
    passage = row.passage
    shown = passage and not passage.removed and passage.document.is_public
    return {
        "row": row,
        "event": row.event,
        "passage": passage if shown else None,
        "statements": as_links(row.statement_links, "statement"),
        "dialogues": as_links(row.dialogue_links, "dialogue"),
    }


def tenures_of(record: Post) -> list[Tenure]:
    """Everybody whom readers may see as its holder, in time order; one query."""
    return list(
        with_sources(
            Tenure.objects.filter(post=record, **public("official"))
            .select_related("official__country", "post")
            .order_by("start_first", "pk")
        )
    )


def post_page(record: Post, day: Day) -> dict[str, Any]:
    tenures = tenures_of(record)
    taken = list(
        Participation.objects.filter(
            Q(post=record) | Q(post=None, official__in=[tenure.official_id for tenure in tenures]),
            **public("event"),
        )
        .filter(Q(official=None) | Q(**public("official")))
        .select_related("event__place", "official", "passage__statement", "passage__article")
        .annotate(**documents_of_event())
        .order_by("-event__date_first", "event__slug")[:SHOWN]
    )
    holdings = Holdings.over(tenures)
    language = (get_language() or "en")[:2]
    return {
        "record": record,
        "organization": record.organization if record.organization.is_public else None,
        "names": names_of(record),
        "tenures": tenures,
        "holders": holders(tenures),
        "day": day,
        "answer": answered(tenures, day),
        "problems": [problem.in_language(language) for problem in day.problems],
        "meetings": [
            attended(row)
            | {"inferred": [] if row.official else holdings.likely(record.pk, *row.event.days)}
            for row in taken
            if row.post_id or row.official_id in held_during(tenures, row.event)
        ],
        "spoken": [
            statement
            for statement in Statement.objects.published()
            .filter(speaker__in={tenure.official_id for tenure in tenures})
            .select_related("speaker")
            .newest()[:SHOWN]
            if statement.speaker_id in held_during(tenures, statement)
        ],
        "namings": passages_naming(record, language),
    }


def holders(tenures: list[Tenure]) -> Drawing | None:
    """Who held a post as bars on one time axis, the latest if there are many; None when no day is known."""
    by_official: dict[Official, list[Tenure]] = {}
    for tenure in tenures:
        if any(bounds(tenure)):
            by_official.setdefault(tenure.official, []).append(tenure)
    shown = list(by_official.items())[-LANES:]
    axis = Axis.over(tenure_days(tenure for _official, held in shown for tenure in held))
    if axis is None:
        return None
    lanes = [
        tenure_lane(
            axis, held, official.label, official.get_absolute_url(),
            official.country.slug if official.country else "",
        )
        for official, held in shown
    ]  # fmt: skip
    return Drawing(axis, lanes, len(by_official) - len(shown), tenure_names())


def held_during(tenures: list[Tenure], record: Event | Statement) -> set[int]:
    """The officials who held the post at the time of an event or statement, as far as the archive knows."""
    if record.date_first is None:
        return set()
    found = holders_on(tenures, record.date_first, record.date_last)
    return {tenure.official_id for tenure, _hold in found}
