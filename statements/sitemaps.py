"""The sitemap: every published record in both languages, and the lists."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from statements.models import PUBLIC_KINDS, Chain


class ListPages(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return [
            "home",
            "about",
            "check-quotation",
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


SITEMAPS: dict[str, Any] = {
    "pages": ListPages,
    **{f"{kind.page}s": Records(kind) for kind in PUBLIC_KINDS},
    "undertakings": Records(Chain),
}
