"""Officials, and who held which post from when to when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from statements.models.base import (
    Doubted,
    Label,
    Named,
    Noted,
    Publishable,
    in_order,
    worded,
)
from statements.models.fields import EDTFField, FirstDay, LastDay
from statements.models.organizations import Country, Post
from statements.text.dates import EDTF


class Official(Publishable, Named, Doubted):
    """A person, with every printed form of the name in every script (see ``Name``)."""

    page = "official"

    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )
    rank_en = models.CharField(_("rank in English"), max_length=100, blank=True)
    rank_ar = models.CharField(_("rank in Arabic"), max_length=100, blank=True)
    sources = models.ManyToManyField(
        "statements.Source", blank=True, related_name="+", verbose_name=_("sources")
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    @property
    def rank(self) -> Label:
        return worded(self.rank_en, self.rank_ar)


QUARTER = datetime.timedelta(days=92)


class Hold(models.TextChoices):
    """How the archive knows that somebody held a post on a day."""

    HELD = "held", _("held the post")
    POSSIBLE = "possible", _("perhaps: the day is not known exactly")
    LAST_SEEN = "last_seen", _("in the post when last seen")
    ATTESTED = "attested", _("named in the post on that day")


class TenureQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> Self:
        """Tenures that may cover the day by their beginning and end; ``Tenure.hold_on`` says how surely."""
        return self.filter(
            Q(start_first__lte=day) | Q(start=""),
            Q(end_last__gte=day) | Q(end=""),
        )


def certain_days() -> models.Func:
    """The days on which a tenure surely ran: latest possible beginning to earliest possible end.

    Half open, so that a handover on one day, or in one month, is no conflict; open-ended while
    the holder is in post; the first day alone when the end is not known.
    """
    next_day = models.Func(
        F("start_last"), template="(%(expressions)s + 1)", output_field=models.DateField()
    )
    return models.Func(
        F("start_last"),
        models.Case(
            models.When(end_first__isnull=True, status="current", then=None),
            default=Greatest("start_last", Coalesce("end_first", next_day)),
            output_field=models.DateField(),
        ),
        function="daterange",
        output_field=DateRangeField(),
    )


class Tenure(Noted):
    """A person in a post, from one date to another, either of which may be unknown."""

    class Status(models.TextChoices):
        ENDED = "ended", _("ended")
        CURRENT = "current", _("in post when last seen")
        END_UNKNOWN = "end_unknown", _("end not known")

    official = models.ForeignKey(
        Official, models.CASCADE, related_name="tenures", verbose_name=_("official")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", verbose_name=_("post"))
    start = EDTFField(
        _("from"),
        blank=True,
        default="",
        help_text=_("E.g. “27 October 2022”; empty when not known."),
    )
    start_first = FirstDay("start")
    start_last = LastDay("start")
    end = EDTFField(
        _("until"),
        blank=True,
        default="",
        help_text=_(
            "The last day in the post, e.g. “January 2025”; empty when not known or still in it."
        ),
    )
    end_first = FirstDay("end")
    end_last = LastDay("end")
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.END_UNKNOWN
    )
    acting = models.BooleanField(_("acting"), default=False)
    disputed = models.BooleanField(_("disputed"), default=False)
    attested = ArrayField(
        EDTFField(),
        verbose_name=_("named in the post on"),
        default=list,
        blank=True,
        help_text=_("Dates on which a source names the person in the post, separated by commas."),
    )
    # Set by the database from the post and the two marks above (see triggers.py), so that the
    # exclusion below needs no second table.
    exclusive = models.BooleanField(default=True, editable=False)
    sources = models.ManyToManyField(
        "statements.Source", blank=True, related_name="+", verbose_name=_("sources")
    )

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = (F("start_first").asc(nulls_first=True), "post_id", "id")
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        constraints = [
            in_order("start_first", "end_last", "tenure_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(end="") | Q(status="ended"),
                name="tenure_with_an_end_has_ended",
                violation_error_message=_("A tenure with an end date has the status “ended”."),
            ),
            ExclusionConstraint(
                name="one_holder_of_a_post_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (
                        certain_days(),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(exclusive=True, start_last__isnull=False),
                violation_error_message=_(
                    "Somebody else held this post at that time. Mark the tenure as acting or disputed, or correct the dates."
                ),
            ),
        ]

    def hold_on(self, first: datetime.date, last: datetime.date | None = None) -> Hold | None:
        """Whether and how surely the person held the post on a day, or on one of the days from ``first`` to ``last``."""
        last = last or first
        if self.attested_on(first, last):
            return Hold.HELD if self.start_first else Hold.ATTESTED
        if self.start_first is None:
            # Named in the post before and after, he held it in between; until its end perhaps.
            if self.seen is None or self.begun > last or first > (self.end_last or self.seen):
                return None
            return Hold.HELD if first <= self.ended else Hold.POSSIBLE
        if self.start_first > last:
            return None
        if self.end_last is not None:
            if self.end_last < first:
                return None
            return Hold.HELD if self.begun <= last and self.ended >= first else Hold.POSSIBLE
        # A post is not lost the day after a source names its holder; after a quarter it is worth saying.
        if first > self.last_seen + QUARTER:
            return Hold.LAST_SEEN
        return Hold.HELD if self.begun <= last else Hold.POSSIBLE

    def throughout(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether the person surely held the post on all of these days, and held it alone."""
        if not self.exclusive or self.start_first is None or self.begun > first:
            return False
        if self.end_last is not None:
            return self.ended >= last
        return last <= self.last_seen + QUARTER

    def attested_on(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether a source names the person in the post on one of these days."""
        seen = [EDTF(printed) for printed in self.attested]
        return any(
            day.first and day.last and day.first <= last and first <= day.last for day in seen
        )

    @property
    def last_seen(self) -> datetime.date:
        """The last day on which a source shows the person in the post; the beginning when none does."""
        return max(self.seen or datetime.date.min, self.start_first or datetime.date.min)

    @property
    def seen(self) -> datetime.date | None:
        """The last day on which a source names the person in the post; None when none does."""
        return max((day for printed in self.attested if (day := EDTF(printed).last)), default=None)

    @property
    def begun(self) -> datetime.date:
        """The day by which the tenure had surely begun, by its beginning or by a source that names its holder."""
        named = [day for printed in self.attested if (day := EDTF(printed).last)]
        return min([self.start_last or datetime.date.max, *named])

    @property
    def ended(self) -> datetime.date:
        """The day until which a tenure with an end surely ran."""
        return max(self.end_first or datetime.date.min, self.seen or datetime.date.min)

    def __str__(self) -> str:
        return f"{self.official} · {self.post}"


def holders_on(
    tenures: Iterable[Tenure], first: datetime.date, last: datetime.date | None = None
) -> list[tuple[Tenure, Hold]]:
    """Who of the holders of one post held it on a day, or on one of the days from ``first`` to ``last``, the surest first.

    Who is not sure to have held it gives way, in a post for one person: to who surely held it on all of the days, and
    without a known end also to who began after he was last seen in it.
    """
    last = last or first
    tenures = list(tenures)
    throughout = [tenure for tenure in tenures if tenure.throughout(first, last)]
    found = []
    for tenure in tenures:
        hold = tenure.hold_on(first, last)
        if hold is None:
            continue
        others = [other for other in tenures if other.official_id != tenure.official_id]
        named = tenure.attested_on(first, last)
        if not named and not tenure.post.several_holders and not tenure.disputed:
            unsure = hold != Hold.HELD
            if unsure and any(other in others for other in throughout):
                continue
            if tenure.end_last is None and any(
                other.start_first and tenure.last_seen < other.start_first and other.begun <= first
                for other in others
                if not other.disputed
            ):
                continue
        found.append((tenure, hold))
    rank = {Hold.HELD: 0, Hold.ATTESTED: 0, Hold.POSSIBLE: 1, Hold.LAST_SEEN: 2}
    found.sort(key=lambda pair: (rank[pair[1]], pair[0].start_first or datetime.date.min))
    return found
