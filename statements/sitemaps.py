"""The sitemap: every published record in both languages, and the lists."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import F, Q
from django.urls import reverse

from statements.models import PUBLIC_KINDS, Chain, Conflict, Event, Official, Participation
from statements.views.meetings import address_of


class ListPages(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return [
            "home",
            "about",
            "check-quotation",
            "conflicts",
            "timeline",
            "undertakings",
            *(f"{kind.page}s" for kind in PUBLIC_KINDS),
        ]

    def location(self, item: Any) -> str:
        return reverse(item)


class Records(Sitemap):
    i18n = True
    alternates = True
    limit = 5000

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def items(self) -> Any:
        return self.model.objects.published().order_by("pk").only("slug", "state_changed_at")

    def lastmod(self, record: Any) -> Any:
        return record.state_changed_at


class Meetings(Sitemap):
    """The pages of two officials whom sources name at one event for two delegations."""

    i18n = True
    alternates = True
    limit = 5000

    def items(self) -> Any:
        other = "event__participations"
        country = f"{other}__country"
        # One call of filter, so that all of it is said of one other participation.
        return (
            Participation.objects.filter(
                Q(country__lt=F(country))
                | Q(country__gt=F(country))
                | Q(country=None)
                | Q(**{country: None}),
                event__in=Event.objects.published(),
                official__in=Official.objects.published(),
                official__lt=F(f"{other}__official"),
                **{f"{other}__official__in": Official.objects.published()},
            )
            .order_by("official", f"{other}__official")
            .values_list("official__slug", f"{other}__official__slug")
            .distinct()
        )

    def location(self, item: Any) -> str:
        return address_of(*item)


SITEMAPS: dict[str, Any] = {
    "pages": ListPages,
    **{f"{kind.page}s": Records(kind) for kind in PUBLIC_KINDS},
    "undertakings": Records(Chain),
    "conflicts": Records(Conflict),
    "meetings": Meetings(),
}
