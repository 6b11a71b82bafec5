"""Statements and articles: the text to be read, passage by passage, and all that belongs to it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from statements.compare import beside, with_beside
from statements.models import (
    Agreement,
    Article,
    Carriage,
    Country,
    Divergence,
    Event,
    Language,
    Organization,
    Passage,
    PassageText,
    Statement,
    Undertaking,
    Version,
)
from statements.models.base import public
from statements.models.history import ChangesSincePublication
from statements.models.prepared import prepared
from statements.text.dates import write
from statements.usage import Use, carriers, uses_by, uses_of
from statements.views.divergences import divergences
from statements.views.events import participants, rounds, with_posts
from statements.views.evidence import conflicts, promises
from statements.views.links import Wanted, as_links, links_to, page
from statements.views.listing import listing
from statements.views.passages import (
    Holdings,
    Shown,
    officials_in,
    posts_in,
    shown,
    with_mentions,
)


def statements(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "statement"))


def articles(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", listing(request, "article"))


def statement(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Statement, slug, statement_in)


def statement_with_links(records: QuerySet[Any]) -> QuerySet[Any]:
    return with_beside(
        records.select_related("event__place", "event__country", "speaker")
    ).annotate(
        country_links=links_to(Country.objects.filter(statements=OuterRef("pk")), "country"),
        issuer_links=links_to(
            Organization.objects.published().filter(statements_issued=OuterRef("pk")),
            "organization",
        ),
        agreement_links=links_to(
            Agreement.objects.published().filter(statements=OuterRef("pk")), "agreement"
        ),
        event_links=links_to(
            Event.objects.published().filter(referred_to_in=OuterRef("pk")).oldest(), "event"
        ),
        removed=ArraySubquery(
            Passage.objects.filter(statement=OuterRef("pk"), removed=True).values(
                json=JSONObject(pk="pk", number="number", order="order")
            )
        ),
        changes=ChangesSincePublication(Statement),
    )


def statement_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(statement_with_links)
    return "statements/detail.html", statement_page(request, record)


def statement_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    """Everything a statement's page shows; also used to preview a draft at the desk."""
    versions = versions_of(record.pk)
    texts = with_mentions(texts_of(record.pk))
    event = record.event if record.event and record.event.is_public else None
    participations = participants(event) if event else []
    holdings = Holdings.of(
        [
            *officials_in(texts),
            *(row.official_id for row in participations if row.official_id),
            *([record.speaker_id] if record.speaker_id else []),
        ],
        [
            *posts_in(texts),
            *(row.post_id for row in participations if row.official_id is None and row.post_id),
        ],
    )
    readable = readable_versions(versions, texts)
    chosen = chosen_language(request, readable)
    day = (record.date_first, record.date_last)
    carriages = carriages_of(record.pk)
    uses = uses_of(texts, carriages)
    differ = divergences(record)
    return {
        "record": record,
        "differ": [rows[0].passage for rows in differ.values()],
        "event": event,
        "spoken_date": spoken_date(record),
        "versions": versions,
        "readable": readable,
        "chosen": chosen,
        "rows": rows(record, texts, readable, chosen, holdings, day, carriers(uses), differ),
        "countries": as_links(record.country_links, "country"),
        "issuers": as_links(record.issuer_links, "organization"),
        "agreements": as_links(record.agreement_links, "agreement"),
        "events": as_links(record.event_links, "event"),
        "participants": with_posts(participations, holdings, day),
        "speaker_holdings": holdings.on(record.speaker_id, *day) if record.speaker_id else (),
        "undertakings": undertakings(record.pk),
        "rounds": rounds(event) if event else [],
        "beside": beside(record),
        "comparable": len({text.version_id for text in texts if text.shown and text.version_id})
        > 1,
        "carriages": with_uses(carriages, uses),
        "conflicts": conflicts(statement=record.pk, **({"event": event.pk} if event else {})),
        "promises": promises(passage__statement=record.pk, statement=record.pk),
    }


@prepared
def versions_of(statement: int) -> QuerySet[Version]:
    return (
        Version.objects.filter(statement=statement)
        .select_related("source", "capture")
        .defer("capture__content", "capture__warc")
    )


@prepared
def texts_of(statement: int) -> QuerySet[PassageText]:
    return PassageText.objects.filter(passage__statement=statement).select_related(
        "passage", "version"
    )


@prepared
def carriages_of(statement: int) -> QuerySet[Carriage]:
    return Carriage.objects.filter(statement=statement, **public("article")).select_related(
        "article__outlet", "statement"
    )


def with_uses(carriages: list[Carriage], uses: list[Use]) -> list[tuple[Carriage, Use | None]]:
    """Each carriage with what the article has of the statement, where that is known."""
    known = {use.carriage.pk: use for use in uses}
    return [(carriage, known.get(carriage.pk)) for carriage in carriages]


def spoken_date(record: Statement | Article) -> str:
    return write(record.date, (get_language() or "en")[:2]) if record.date else ""


def readable_versions(versions: list[Version], texts: list[PassageText]) -> dict[str, Version]:
    """For each language the version that is read on the page: the one with most passages, originals before others."""
    amount: dict[int, int] = {}
    for text in texts:
        if text.shown and text.version_id:
            amount[text.version_id] = amount.get(text.version_id, 0) + 1
    rank = list(Version.Origin.values)
    best: dict[str, Version] = {}
    for version in sorted(
        versions, key=lambda version: (-amount.get(version.pk, 0), rank.index(version.origin))
    ):
        if amount.get(version.pk):
            best.setdefault(version.language, version)
    return {code: best[code] for code in Language.values if code in best}


def chosen_language(request: HttpRequest, readable: dict[str, Version]) -> str:
    """``ar``, ``en`` or ``both``: as asked, else the interface language, else what there is."""
    asked = request.GET.get("lang", "")
    if asked == "both" and len(readable) > 1:
        return "both"
    if asked in readable:
        return asked
    own = (get_language() or "en")[:2]
    return own if own in readable else next(iter(readable), own)


def in_order() -> list[str]:
    """The languages of a text side by side, the reader's own first."""
    own = (get_language() or "en")[:2]
    return sorted(Language.values, key=lambda code: code != own)


def rows(
    record: Any,
    texts: list[PassageText],
    readable: dict[str, Version],
    chosen: str,
    holdings: Holdings,
    day: Any,
    carried_by: dict[int, list[tuple[Use, str]]],
    differ: dict[int, list[Divergence]],
) -> list[dict[str, Any]]:
    """The passages in order, each with its text in the languages asked for; removed ones say so."""
    wanted = {version.pk: code for code, version in readable.items() if chosen in ("both", code)}
    by_passage: dict[int, dict[str, Shown]] = {}
    passages: dict[int, Passage] = {
        row["pk"]: Passage(**row, removed=True) for row in record.removed
    }
    for text in texts:
        passages[text.passage_id] = text.passage
        if text.version_id in wanted and text.shown:
            marked = [
                span
                for row in differ.get(text.passage_id, [])
                for span in row.spans(text.version_id, text.shown)
            ]
            by_passage.setdefault(text.passage_id, {})[text.language] = shown(
                text, holdings, day, marked
            )
    return [
        {
            "passage": passage,
            "carriers": carried_by.get(passage.pk, []),
            "divergences": differ.get(passage.pk, []),
            "texts": [
                by_passage.get(passage.pk, {}).get(code)
                for code in (in_order() if chosen == "both" else (chosen,))
            ],
        }
        for passage in sorted(
            passages.values(), key=lambda passage: (passage.order, passage.number)
        )
    ]


@prepared
def undertakings(statement: int) -> QuerySet[Undertaking]:
    return (
        Undertaking.objects.filter(passage__statement=statement, passage__removed=False)
        .select_related("theme", "passage")
        .order_by("passage__order", "number")
    )


def article(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, Article, slug, article_in)


def article_in(request: HttpRequest, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    record = wanted.one(with_outlet)
    return "articles/detail.html", article_page(request, record)


def with_outlet(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.select_related("outlet", "source")


def article_page(request: HttpRequest, record: Any) -> dict[str, Any]:
    texts = with_mentions(texts_of_article(record.pk))
    holdings = Holdings.of(officials_in(texts), posts_in(texts))
    day = (record.date_first, record.date_last)
    own = (get_language() or "en")[:2]
    languages = sorted({text.language for text in texts if text.shown})
    asked = request.GET.get("lang", "")
    chosen = next((code for code in (asked, own, *languages) if code in languages), own)
    shown_rows = [
        (text.passage, shown(text, holdings, day))
        for text in sorted(texts, key=lambda text: (text.passage.order, text.passage.number))
        if text.language == chosen and text.shown and not text.passage.removed
    ]
    carriages = carriages_by(record.pk)
    return {
        "record": record,
        "spoken_date": spoken_date(record),
        "languages": languages,
        "chosen": chosen,
        "rows": shown_rows,
        "carriages": with_uses(carriages, uses_by(texts, carriages)),
    }


@prepared
def texts_of_article(article: int) -> QuerySet[PassageText]:
    return PassageText.objects.filter(passage__article=article).select_related(
        "passage__article", "version"
    )


@prepared
def carriages_by(article: int) -> QuerySet[Carriage]:
    return Carriage.objects.filter(article=article, **public("statement")).select_related(
        "statement__event", "article"
    )
