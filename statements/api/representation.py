"""Records as JSON: what a page shows, under stable keys; relations that readers may not see are left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import override

from statements.models import (
    Agreement,
    Article,
    Carriage,
    Dialogue,
    Divergence,
    Event,
    Official,
    Organization,
    Participation,
    Passage,
    PassageText,
    Post,
    Publishable,
    Round,
    Statement,
    Tenure,
    Undertaking,
    Version,
    holders_on,
)
from statements.views.divergences import said_by, told
from statements.views.passages import Holdings, linked


def url(request: HttpRequest, record: Publishable, language: str = "en") -> str:
    with override(language):
        return request.build_absolute_uri(record.get_absolute_url())


def summary(request: HttpRequest, record: Any) -> dict[str, Any]:
    """How every record is named in lists and in other records."""
    english, arabic = both(record)
    row = {
        "kind": record._meta.model_name,
        "slug": record.slug,
        "title": {"en": english, "ar": arabic},
        "url": {code: url(request, record, code) for code in ("en", "ar")},
    }
    if hasattr(record, "date"):
        row["date"] = str(record.date) or None
    if hasattr(record, "type"):
        row["type"] = record.type
    return row


def both(record: Any) -> tuple[str, str]:
    if hasattr(record, "name_en"):
        return record.name_en, record.name_ar
    english, arabic = record.title_en, record.title_ar
    if isinstance(record, Article):
        english = english or (record.title if record.language == "en" else "")
        arabic = arabic or (record.title if record.language == "ar" else "")
    return english, arabic


def names(record: Any) -> list[dict[str, Any]]:
    return [
        {
            "form": name.form,
            "language": name.language,
            "role": name.role,
            "misleading": name.misleading,
            "printed_in": name.source.link if name.source else None,
        }
        for name in record.names.all()
    ]


def notes(record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"note": {"en": record.note_en, "ar": record.note_ar}}
    if hasattr(record, "doubtful"):
        found["doubtful"] = record.doubtful
    return found


def public(records: Any) -> list[Any]:
    return [record for record in records if record.is_public]


def slug_of(record: Any) -> str | None:
    return record.slug if record is not None and getattr(record, "is_public", True) else None


def passages(document: Statement | Article) -> list[dict[str, Any]]:
    """Readable texts of each passage; a version held as excerpts gives its digest."""
    found = []
    for passage in document.passages.all():
        texts = [
            {
                "language": text.language,
                "publisher": text.version.publisher if text.version else None,
                "text": text.shown,
                "digest": text.shown_layer == "digest",
                "mentions": mentions(text),
            }
            for text in passage.texts.all()
            if text.shown
        ]
        row = {"number": passage.number, "removed": passage.removed, "texts": texts}
        if isinstance(document, Statement):
            row["divergences"] = [divergence(one) for one in passage.divergences.all()]
        found.append(row)
    return found


def divergence(record: Divergence) -> dict[str, Any]:
    """What two versions say differently in a passage; a record with its sources (see ``told``)."""
    left, right = (
        {
            "language": side.version.language,
            "publisher": side.version.publisher,
            "words": side.words.split("\n") if side.words else [],
        }
        for side in record.sides
    )
    return {
        "kind": record.kind,
        "left": left,
        "right": right,
        "sentence": {"en": record.sentence_en, "ar": record.sentence_ar},
        "sources": [source.address for source in said_by(record)],
    }


def mentions(text: PassageText) -> list[dict[str, Any]]:
    found = []
    for mention in text.linked:
        target = mention.target
        if (
            mention.layer != text.shown_layer
            or not isinstance(target, Publishable)
            or not target.is_public
        ):
            continue
        found.append(
            {
                "start": mention.start,
                "end": mention.end,
                "as_printed": mention.as_printed,
                "kind": target._meta.model_name,
                "slug": target.slug,
            }
        )
    return found


def statement(request: HttpRequest, record: Statement) -> dict[str, Any]:
    return {
        **summary(request, record),
        "event": slug_of(record.event),
        "speaker": slug_of(record.speaker),
        "countries": [country.slug for country in record.countries.all()],
        "issuers": [body.slug for body in public(record.issuers.all())],
        "agreements": [agreement.slug for agreement in public(record.agreements.all())],
        "events": [event.slug for event in public(record.events.all())],
        "versions": [
            {
                "language": version.language,
                "title": version.title,
                "publisher": version.publisher,
                "origin": version.origin,
                "rights": version.rights,
                "extent": version.extent,
                "source": version.source.link if version.source else None,
            }
            for version in record.versions.all()
        ],
        "passages": passages(record),
        "articles": [
            {"article": row.article.slug, "relation": row.relation}
            for row in record.carriages.all()
            if row.article.is_public
        ],
        "sources": [source.link or source.address for source in record.sources.all()],
        **notes(record),
    }


def article(request: HttpRequest, record: Article) -> dict[str, Any]:
    return {
        **summary(request, record),
        "headline": record.title,
        "language": record.language,
        "outlet": {"en": record.outlet.name_en, "ar": record.outlet.name_ar},
        "address": record.address or None,
        "rights": record.rights,
        "passages": passages(record),
        "statements": [
            {"statement": row.statement.slug, "relation": row.relation}
            for row in record.carriages.all()
            if row.statement.is_public
        ],
        **notes(record),
    }


def official(request: HttpRequest, record: Official) -> dict[str, Any]:
    return {
        **summary(request, record),
        "country": slug_of(record.country),
        "rank": {"en": record.rank_en, "ar": record.rank_ar},
        "names": names(record),
        "tenures": [
            {"post": tenure.post.slug, **held(tenure)}
            for tenure in record.tenures.all()
            if tenure.post.is_public
        ],
        "events": [
            {"event": row.event.slug, "role": row.role, "standing": row.standing}
            for row in record.participations.all()
            if row.event.is_public
        ],
        **notes(record),
    }


def post(request: HttpRequest, record: Post) -> dict[str, Any]:
    return {
        **summary(request, record),
        "organization": slug_of(record.organization),
        "several_holders": record.several_holders,
        "names": names(record),
        "tenures": [
            {"official": tenure.official.slug, **held(tenure)}
            for tenure in record.tenures.all()
            if tenure.official.is_public
        ],
        **notes(record),
    }


def held(tenure: Tenure) -> dict[str, Any]:
    return {
        "start": str(tenure.start) or None,
        "end": str(tenure.end) or None,
        "status": tenure.status,
        "acting": tenure.acting,
        "disputed": tenure.disputed,
        "attested": [str(day) for day in tenure.attested],
        "sources": [source.link or source.address for source in tenure.sources.all()],
    }


def on_days(record: Official | Post, first: Any, last: Any) -> dict[str, Any]:
    """Of a post who held it on the days, of an official what he held: each with how surely (see ``Hold``)."""
    of_post = isinstance(record, Post)
    tenures = [
        tenure
        for tenure in record.tenures.all()
        if (tenure.official if of_post else tenure.post).is_public
    ]
    if of_post:
        pairs = [(tenure, str(hold)) for tenure, hold in holders_on(tenures, first, last)]
    else:
        held_then = Holdings.over(tenures).on(record.pk, first, last)
        pairs = [(holding.tenure, str(holding.hold)) for holding in held_then]
    days = [day.isoformat() if day not in (date.min, date.max) else None for day in (first, last)]
    return {
        "on": {"from": days[0], "to": days[1]},
        "held": [
            {
                "official": tenure.official.slug if of_post else record.slug,
                "post": record.slug if of_post else tenure.post.slug,
                "hold": hold,
                **held(tenure),
            }
            for tenure, hold in pairs
        ],
    }


def organization(request: HttpRequest, record: Organization) -> dict[str, Any]:
    return {
        **summary(request, record),
        "country": slug_of(record.country),
        "parent": slug_of(record.parent),
        "names": names(record),
        "posts": [post.slug for post in public(record.posts.all())],
        **notes(record),
    }


def dialogue(request: HttpRequest, record: Dialogue) -> dict[str, Any]:
    return {
        **summary(request, record),
        "level": record.level,
        "body": slug_of(record.body),
        "countries": [country.slug for country in record.countries.all()],
        "description": {"en": record.description_en, "ar": record.description_ar},
        "rounds": [
            {"event": row.event.slug, "number": row.number, "uncertain": row.uncertain}
            for row in record.rounds.all()
            if row.event.is_public
        ],
        **notes(record),
    }


def event(request: HttpRequest, record: Event) -> dict[str, Any]:
    holdings = Holdings.of(
        (),
        [row.post_id for row in record.participations.all() if not row.official_id and row.post_id],
    )
    return {
        **summary(request, record),
        "mode": record.mode,
        "place": {"en": record.place.name_en, "ar": record.place.name_ar} if record.place else None,
        "part_of": slug_of(record.parent),
        "dialogues": [
            {"dialogue": row.dialogue.slug, "number": row.number}
            for row in record.rounds.all()
            if row.dialogue.is_public
        ],
        "participants": [
            {
                "delegation": slug_of(row.country),
                "official": slug_of(row.official),
                "post": slug_of(row.post),
                "inferred": [
                    holding.tenure.official.slug
                    for holding in holdings.likely(row.post_id or 0, *record.days)
                    if row.official is None
                ],
                "role": row.role,
                "standing": row.standing,
            }
            for row in record.participations.all()
            if (row.official is None or row.official.is_public)
            and (row.official is not None or row.post.is_public)
        ],
        "organizations": [body.slug for body in public(record.organizations.all())],
        "agreements": [agreement.slug for agreement in public(record.agreements.all())],
        "statements": [made.slug for made in public(record.statements.all())],
        **notes(record),
    }


def agreement(request: HttpRequest, record: Agreement) -> dict[str, Any]:
    return {
        **summary(request, record),
        "countries": [country.slug for country in record.countries.all()],
        "related": [other.slug for other in public(record.related.all())],
        "names": names(record),
        "steps": [
            {
                "date": str(step.date) or None,
                "status": step.status,
                "event": slug_of(step.event),
                "source": step.source.link if step.source else None,
            }
            for step in record.steps.all()
        ],
        **notes(record),
    }


def undertaking(request: HttpRequest, record: Undertaking) -> dict[str, Any]:
    passage = record.passage
    return {
        "slug": f"{passage.document.slug}.p{passage.number}.u{record.number}",
        "summary": {"en": record.summary_en, "ar": record.summary_ar},
        "statement": passage.document.slug,
        "passage": passage.number,
        "date": str(passage.document.date) or None,
        "countries": [country.slug for country in record.countries.all()],
        "strength": record.strength,
        "theme": record.theme.slug if record.theme else None,
        "due": str(record.due) or None,
        "follows": f"{record.follows.document.slug}#p{record.follows.number}"
        if record.follows and record.follows.document.is_public
        else None,
        "url": {
            code: url(request, passage.document, code) + f"#p{passage.number}"
            for code in ("en", "ar")
        },
    }


def texts(*more: Prefetch) -> Prefetch:
    """The passages with their texts and the mentions in them, and what else they are given with."""
    return Prefetch(
        "passages",
        Passage.objects.select_related("statement", "article").prefetch_related(
            Prefetch(
                "texts",
                PassageText.objects.select_related("version", "passage__article").prefetch_related(
                    Prefetch("mentions", linked(), to_attr="linked")
                ),
            ),
            *more,
        ),
    )


def loaded(kind: str, records: QuerySet) -> QuerySet:
    """The records with all that their representation reads, in a fixed number of queries."""
    if kind == "statement":
        return records.select_related("event", "speaker").prefetch_related(
            "countries", "issuers", "agreements", "events", "sources", texts(Prefetch("divergences", told())),
            Prefetch("versions", Version.objects.select_related("source")),
            Prefetch("carriages", Carriage.objects.select_related("article")),
        )  # fmt: skip
    if kind == "article":
        return records.select_related("outlet").prefetch_related(
            texts(), Prefetch("carriages", Carriage.objects.select_related("statement"))
        )
    if kind == "official":
        return records.select_related("country").prefetch_related(
            "names__source",
            Prefetch(
                "tenures",
                Tenure.objects.select_related("post", "official").prefetch_related("sources"),
            ),
            Prefetch("participations", Participation.objects.select_related("event")),
        )
    if kind == "post":
        return records.select_related("organization").prefetch_related(
            "names__source",
            Prefetch(
                "tenures",
                Tenure.objects.select_related("post", "official").prefetch_related("sources"),
            ),
        )
    if kind == "organization":
        return records.select_related("country", "parent").prefetch_related(
            "names__source", Prefetch("posts", Post.objects.all())
        )
    if kind == "dialogue":
        return records.select_related("body").prefetch_related(
            "countries", Prefetch("rounds", Round.objects.select_related("event"))
        )
    if kind == "event":
        return records.select_related("place", "parent").prefetch_related(
            "organizations", "agreements", "statements",
            Prefetch("rounds", Round.objects.select_related("dialogue")),
            Prefetch(
                "participations", Participation.objects.select_related("official", "post", "country")
            ),
        )  # fmt: skip
    return records.prefetch_related(
        "countries", "related", "names__source", "steps__event", "steps__source"
    )


REPRESENT: dict[str, Any] = {
    "statement": statement,
    "article": article,
    "official": official,
    "organization": organization,
    "post": post,
    "dialogue": dialogue,
    "event": event,
    "agreement": agreement,
}
