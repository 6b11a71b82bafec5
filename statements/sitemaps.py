"""The sitemap: every published record in both languages, and the lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.functional import cached_property

from statements.models import PUBLIC_KINDS, Chain, Conflict, Official, Participation
from statements.models.base import public
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


#: Addresses in a file, each in two languages; a file is made in some tenths of a second.
LIMIT = 1000


class InLanguages(Sequence[Any]):
    """(record, language) of each record in each language, read as far as they are asked for."""

    def __init__(self, records: Any) -> None:
        self.records = records
        self.languages = [code for code, _name in settings.LANGUAGES]

    @cached_property
    def number(self) -> int:
        return self.records.count()

    def __len__(self) -> int:
        return self.number * len(self.languages)

    def __getitem__(self, part: Any) -> Any:
        every = len(self.languages)
        begin, end, _step = part.indices(len(self))
        first = begin // every
        pairs = [
            (record, code)
            for record in self.records[first : -(-end // every)]
            for code in self.languages
        ]
        return pairs[begin - first * every :][: end - begin]


class Records(Sitemap):
    i18n = True
    alternates = True
    limit = LIMIT

    @property
    def paginator(self) -> Paginator:
        """Pages of what Django would otherwise hold whole: every record in every language."""
        return Paginator(InLanguages(self.items()), self.limit)

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def items(self) -> Any:
        return self.model.objects.published().order_by("pk").only("slug", "state_changed_at")

    def lastmod(self, record: Any) -> Any:
        return record.state_changed_at

    def get_latest_lastmod(self) -> Any:
        return self.items().aggregate(latest=Max("state_changed_at"))["latest"]


class Meetings(Sitemap):
    """The pages of two officials whom sources name at one event for two delegations."""

    i18n = True
    alternates = True
    limit = LIMIT

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
                **public("event"),
                **public("official"),
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
