"""Which promises are asked for, as of which day: one reading of the query for the page and the interface."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from statements.models import (
    Chain,
    Country,
    Dialogue,
    Label,
    Official,
    Participation,
    Round,
    Statement,
    Theme,
    Undertaking,
    worded,
)
from statements.models.outcomes import CLOSED, OPEN, Told, undertaken
from statements.models.prepared import prepared
from statements.search.request import SearchRequest, ambiguity, clean
from statements.search.results import PER_PAGE
from statements.text.dates import EDTF, read, write
from statements.text.sentence import Sentence
from statements.views.listing import Filters

#: Parameters that ask for the undertakings themselves; all others ask for the statements they stand in.
OWN = ("country", "theme", "dialogue", "event", "official")
STATUSES = {str(value): name for value, name in Chain.Outcome.choices}
#: a status that is asked for and that no promise has: whatever has not come to its end
PENDING = "pending"
ASKED_FOR = {PENDING: gettext_lazy("pending"), **STATUSES}
STRENGTHS = {str(value): name for value, name in Undertaking.Strength.choices}
FIELD_AR = {"strength": "القوة", "status": "الحال"}


@dataclass
class Day:
    """The day as of which is told: what ``on`` was read as, or today."""

    day: datetime.date
    date: EDTF | None = None
    problems: list[Sentence] = field(default_factory=list)
    unread: bool = False

    @classmethod
    def asked(cls, query: Any) -> Day:
        """``on`` of a query; of a month or a year its last day, and today with a sentence when it cannot be read."""
        today = timezone.localdate()
        words = clean(query.get("on", ""))
        if not words:
            return cls(today)
        reading = read(words[:200])
        date = reading.edtf if reading else None
        if date is None or not (date.last or date.first):
            problem = Sentence(
                f"“{words[:60]}” was not understood as a date. Try “1 September 2024” or “2024-09-01”; without a date things are told as they stand today.",
                f"لم تُفهم «{words[:60]}» تاريخًا. جرّب «1 أيلول 2024» أو «2024-09-01»، وبلا تاريخ تُعرض الحال كما هي اليوم.",
            )
            return cls(today, None, [problem], unread=True)
        assert reading is not None
        others = reading.alternatives
        problems = [ambiguity(words, date, others)] if others else []
        day = date.last or date.first
        assert day is not None
        return cls(day, date, problems)

    @property
    def spoken(self) -> str:
        return write(EDTF(self.day.isoformat()), (get_language() or "en")[:2])

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of what was asked; of a month all of it, of a span without an end all time."""
        if self.date is None:
            return self.day, self.day
        return self.date.first or datetime.date.min, self.date.last or datetime.date.max

    @property
    def asked_for(self) -> str:
        """What was asked about, to its precision: a day, a month, a year."""
        return write(self.date, (get_language() or "en")[:2]) if self.date else self.spoken


class Asked:
    """The undertakings that a query asks for, as of its day; pages and interface read it alike."""

    def __init__(self, query: Any, options: dict[str, dict[str, Any]] | None = None) -> None:
        self.query = query
        self.day = Day.asked(query)
        self.options = options or {}
        #: filters that a list of what there is has resolved already: name → primary key
        self.known = {
            name: found[0]
            for name in OWN
            if (found := self.options.get(name, {}).get(clean(query.get(name, ""))))
        }
        self.problems: list[Sentence] = list(self.day.problems)
        self.unread = self.day.unread
        self.status = self.value("status", ASKED_FOR)
        self.strength = self.value("strength", STRENGTHS)
        rest = {name: query.get(name, "") for name in query if name not in self.known}
        self.statements = Filters(rest, kind="statement")
        wanted = self.statements.wanted
        self.problems += wanted.problems
        self.unread = self.unread or wanted.unread
        self.own = self.known | {
            name: wanted.filters.pop(name) for name in OWN if name in wanted.filters
        }
        self.told = Told.by(self.day.day)

    @property
    def wanted(self) -> SearchRequest:
        return self.statements.wanted

    def value(self, name: str, known: dict[str, Any]) -> str:
        """A parameter with fixed values; one that is not among them is told, and left out."""
        asked = clean(self.query.get(name, ""))
        if asked and asked not in known:
            self.unread = True
            self.problems.append(
                Sentence(
                    f"The archive knows no {name} “{asked[:60]}”.",
                    f"لا يعرف الأرشيف «{asked[:60]}» قيمةً لـ«{FIELD_AR[name]}».",
                )
            )
            return ""
        return asked

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """All that is asked for but how it stands."""
        wanted, own = self.wanted, self.own
        found = undertaken(self.day.day)
        if any(name in OWN and name not in own and clean(self.query.get(name, "")) for name in OWN):
            return found.none()  # a filter that the archive does not know
        if "country" in own:
            found = found.filter(
                pk__in=Undertaking.countries.through.objects.filter(country=own["country"]).values(
                    "undertaking"
                )
            )
        if "theme" in own:
            found = found.filter(theme=own["theme"])
        if "dialogue" in own:
            found = found.filter(passage__statement__in=of_dialogue(own["dialogue"]))
        if "event" in own:
            found = found.filter(passage__statement__event=own["event"])
        if "official" in own:
            found = found.filter(passage__statement__in=present(own["official"]))
        if self.strength:
            found = found.filter(strength=self.strength)
        if wanted.filters or wanted.q or wanted.dates or wanted.type or wanted.language:
            found = found.filter(passage__statement__in=self.statements.results.record_ids)
        return found

    @cached_property
    def counted(self) -> tuple[int, set[int]]:
        """How many there are, and which of them are other than open; one query."""
        known = [pk for pk, outcome in self.told.outcomes.items() if outcome.status != OPEN]
        found = self.filtered.aggregate(
            total=Count("pk"), other=ArrayAgg("pk", filter=Q(pk__in=known), default=Value([]))
        )
        return found["total"], set(found["other"])

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of them stand how; statuses that none has are left out."""
        total, other = self.counted
        count = Counter(self.told.outcomes[pk].status for pk in other)
        count[OPEN] = total - len(other)
        return {value: count[value] for value in STATUSES if count[value]}

    @cached_property
    def found(self) -> QuerySet[Any]:
        """All that is asked for, in its order."""
        found, (_total, other) = self.filtered, self.counted
        if self.status in (OPEN, PENDING):
            ended = (
                other
                if self.status == OPEN
                else [pk for pk in other if self.told.outcomes[pk].status in CLOSED]
            )
            found = found.exclude(pk__in=ended)
        elif self.status:
            found = found.filter(
                pk__in=[pk for pk in other if self.told.outcomes[pk].status == self.status]
            )
        order = ("passage__statement__slug", "passage__number", "number")
        if self.wanted.sort == "oldest":
            return found.order_by("passage__statement__date_first", *order)
        return found.order_by("-passage__statement__date_first", *order)

    @cached_property
    def count(self) -> int:
        return sum(
            number
            for status, number in self.counts.items()
            if self.status in ("", status) or (self.status == PENDING and status not in CLOSED)
        )

    @cached_property
    def paginator(self) -> Paginator:
        paginator = Paginator(self.found, PER_PAGE)
        paginator.count = self.count  # type: ignore[misc]  # counted already
        return paginator

    @property
    def page(self) -> Page:
        return self.paginator.get_page(self.wanted.page)

    @property
    def rows(self) -> QuerySet[Any]:
        """Those of the page."""
        first = self.page.start_index()
        return self.found[max(first - 1, 0) : self.page.end_index()]

    @property
    def beyond(self) -> bool:
        return self.wanted.page > self.paginator.num_pages


def of_dialogue(dialogue: int) -> QuerySet[Statement]:
    """Statements of a dialogue's rounds and of their parts."""
    rounds = Round.objects.filter(dialogue=dialogue).values("event")
    return Statement.objects.filter(Q(event__in=rounds) | Q(event__parent__in=rounds))


def present(official: int) -> QuerySet[Statement]:
    """Statements of events in which an official took part, and those he or she spoke."""
    attended = Participation.objects.filter(official=official).values("event")
    return Statement.objects.filter(Q(event__in=attended) | Q(speaker=official))


def options() -> dict[str, dict[str, tuple[int, Label]]]:
    """The parties, dialogues, themes and officials that undertakings have: for each slug key and name; one query."""
    found: dict[str, dict[str, tuple[int, Label]]] = {
        name: {} for name in ("country", "dialogue", "theme", "official")
    }
    for name, slug, pk, english, arabic in named():
        found[name][slug] = (pk, worded(english, arabic))
    return {
        name: dict(sorted(values.items(), key=lambda pair: pair[1][1].text.casefold()))
        for name, values in found.items()
    }


@prepared
def named() -> QuerySet[Any]:
    """(relation, slug, key, name in English, in Arabic) of what undertakings have."""
    stated = Statement.objects.published().filter(passages__undertakings__isnull=False)
    kinds: dict[str, QuerySet] = {
        "country": Country.objects.filter(
            Exists(Undertaking.countries.through.objects.filter(country=OuterRef("pk")))
        ),
        "dialogue": Dialogue.objects.published().filter(rounds__event__in=stated.values("event")),
        "theme": Theme.objects.filter(Exists(Undertaking.objects.filter(theme=OuterRef("pk")))),
        "official": Official.objects.published().filter(
            Q(pk__in=Participation.objects.filter(event__in=stated.values("event")).values("official"))
            | Q(pk__in=stated.values("speaker"))
        ),
    }  # fmt: skip
    rows = [
        records.order_by().annotate(of=Value(name)).values_list("of", "slug", "pk", "name_en", "name_ar")
        for name, records in kinds.items()
    ]  # fmt: skip
    return rows[0].union(*rows[1:])  # type: ignore[no-any-return]
