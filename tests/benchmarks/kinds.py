"""One address of each kind of page, that of the record with most on it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from statements.compare import series
from statements.models import (
    Agreement,
    Article,
    Carriage,
    Chain,
    Conflict,
    Dialogue,
    Event,
    Official,
    Organization,
    Post,
    Statement,
)
from statements.sitemaps import ListPages, Meetings

#: Of each kind the relation that makes its page long.
LONGEST = {
    Statement: "passages",
    Article: "passages",
    Official: "mentions",
    Organization: "mentions",
    Post: "tenures",
    Dialogue: "rounds",
    Event: "statements",
    Agreement: "statements",
    Chain: "steps",
    Conflict: "claims",
}


def published(model: Any) -> Any:
    return model.objects.published()


def fullest(model: Any) -> Any:
    """The published record with most on its page; None without one."""
    counted = published(model).annotate(n=Count(LONGEST[model]))
    return counted.order_by("-n", "pk").first()


def pages(language: str) -> dict[str, str]:
    """Name of each kind of page → its address in a language."""
    with override(language):
        found = {name: reverse(name) for name in ListPages().items()}
        for model in LONGEST:
            record = fullest(model)
            if record is not None:
                found[model.page] = reverse(model.page, args=[record.slug])
        for name in ("official", "dialogue"):
            if name in found:
                found[f"{name}-briefing"] = f"{found[name]}briefing/"
        a_round = published(Event).filter(rounds__isnull=False).first()
        if a_round:
            found["event-briefing"] = reverse("event-briefing", args=[a_round.slug])
        meeting = Meetings().items().first()
        if meeting:
            found["meetings"] = Meetings().location(meeting)
        carried = Carriage.objects.filter(
            article__in=published(Article), statement__in=published(Statement)
        ).first()
        if carried:
            found["usage"] = reverse("usage", args=[carried.article.slug, carried.statement.slug])
        for event in published(Event).filter(
            rounds__isnull=False, statements__date_first__isnull=False
        ):
            mine = event.statements.filter(pk__in=published(Statement)).first()
            other = series(mine).first() if mine else None
            if mine and other:
                earlier, later = sorted((mine, other), key=lambda one: (one.date_first, one.pk))
                found["compare"] = reverse("compare", args=[earlier.slug, later.slug])
                break
        found["search"] = f"{reverse('search')}?q={'security' if language == 'en' else 'الأمن'}"
        if "statement" in found:
            found["both languages"] = f"{found['statement']}?lang=both"
    return found


def addresses() -> dict[str, str]:
    """The kinds that are pressed: the same ones at every size of the archive."""
    found = pages("en")
    statement = found["statement"].split("/")[-2]
    return {
        "home": found["home"],
        "list": found["statements"],
        "facets": f"{found['statements']}?language=ar&from=2010",
        "statement": found["statement"],
        "official": found["official"],
        "dialogue": found["dialogue"],
        "event": found["event"],
        "agreement": found["agreement"],
        "promises": found["undertakings"],
        "timeline": found["timeline"],
        "search": found["search"],
        "export": f"{found['dialogue']}ledger.csv",
        "interface": f"/api/v1/statements/{statement}/",
    }
