"""The index: records to rows, kept up by reading the archive's own history of changes.

``catch_up`` asks the history which records were touched by transactions that the index has not
seen, and writes their rows anew; so every writer, raw SQL included, is followed without a hook. It
runs before each search: one cheap query when nothing has changed. Reindexing a record twice does
no harm, so transactions that were open at the last time are simply looked at again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Func, OuterRef, Prefetch, Q, QuerySet, Subquery

from statements.models import (
    MENTIONED,
    PUBLIC_KINDS,
    ArchiveRevision,
    Change,
    Event,
    Layer,
    Mention,
    Participation,
    Passage,
    Rights,
    Round,
    SearchDocument,
    SearchPassage,
    SearchProgress,
    Statement,
    Tenure,
)
from statements.models.search import RELATED
from statements.search.understanding import mention_token, quoted, tokens_said
from statements.text.analysis import analyze
from statements.text.arabic import fold
from statements.text.dates import EDTF, find

LOCK = 7_205_759_403  # any number that nothing else locks
KINDS = {str(model._meta.model_name): model for model in PUBLIC_KINDS}
BATCH = 500
ARTICLE = re.compile(r"^(?:ال|the )")


def revision() -> int:
    """The archive's revision, with the index brought up to it: one query when nothing has changed."""
    progress = progress_now()
    if progress is not None and not progress.behind:
        return progress.revision or 0
    catch_up()
    return ArchiveRevision.objects.values_list("number", flat=True).first() or 0


def progress_now() -> Any:
    """What is in the index, whether the archive has moved on, and the archive's revision; one query."""
    behind = Exists(unseen(OuterRef("indexed_before"), OuterRef("last_change")))
    current = Subquery(ArchiveRevision.objects.values("number")[:1])
    return SearchProgress.objects.annotate(behind=behind, revision=current).first()


def catch_up() -> int:
    """Bring the index up to the last committed change; gives the number of records written anew."""
    seen = progress_now()
    if seen is not None and not seen.behind:
        return 0
    with transaction.atomic():
        horizon = lock()
        progress, _ = SearchProgress.objects.get_or_create(pk=1)
        if progress.indexed_before == 0:
            written = rebuild_rows()
        else:
            touched = touched_records(unseen(progress.indexed_before, progress.last_change))
            written = sum(write(kind, pks) for kind, pks in touched.items())
        SearchProgress.objects.update_or_create(pk=1, defaults=horizon)
    return written


def rebuild() -> int:
    """Write every row anew; readers see the old rows until the transaction ends."""
    with transaction.atomic():
        horizon = lock()
        written = rebuild_rows()
        SearchProgress.objects.update_or_create(pk=1, defaults=horizon)
    return written


def unseen(indexed_before: Any, last_change: Any) -> QuerySet[Change]:
    """Changes of transactions that may have been open at the last time; of this one, only those made since."""
    own = Func(function="pg_current_xact_id_if_assigned", template="(%(function)s()::text::bigint)")
    return Change.objects.filter(transaction__gte=indexed_before).exclude(
        pk__lte=last_change, transaction=own
    )


def lock() -> dict[str, int]:
    """One indexer at a time; gives the progress that holds when it is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " (SELECT coalesce(max(id), 0) FROM statements_change)"
        )
        before, last = cursor.fetchone()
    return {"indexed_before": before, "last_change": last}


def rebuild_rows() -> int:
    SearchDocument.objects.all().delete()
    return sum(
        write(kind, list(model.objects.published().values_list("pk", flat=True)))
        for kind, model in KINDS.items()
    )


# Which records a change touches


def touched_records(changes: QuerySet[Change]) -> dict[str, set[int]]:
    """Records whose rows may have changed; when in doubt, more rather than fewer."""
    found: dict[str, set[int]] = defaultdict(set)
    below: dict[str, set[int]] = defaultdict(set)
    for table, pk, before, after in changes.values_list(
        "table_name", "record_id", "before", "after"
    ):
        kind = table.removeprefix("statements_")
        if kind in KINDS:
            found[kind].add(pk)
        for row in (before, after):
            for column, value in (row or {}).items():
                if column.endswith("_id") and isinstance(value, int):
                    owner = column.removesuffix("_id")
                    owner = "event" if owner == "parent" and table == "statements_event" else owner
                    if owner in KINDS:
                        found[owner].add(value)
                    elif owner in ("passage", "text", "version", "dialogue"):
                        below[owner].add(value)
    for query in (
        Passage.objects.filter(
            Q(pk__in=below["passage"])
            | Q(texts__in=below["text"])
            | Q(texts__version__in=below["version"])
        ),
    ):
        for statement, article in query.values_list("statement_id", "article_id"):
            found["statement" if statement else "article"].add(statement or article)
    # What an event says of itself, its statements say of themselves: dialogue, participants.
    found["statement"].update(
        Statement.objects.filter(event__in=found["event"]).values_list("pk", flat=True)
    )
    return found


# Rows


def write(kind: str, pks: Iterable[int]) -> int:
    """Write the rows of these records anew; those that are not published, or gone, lose theirs."""
    pks = sorted(pks)
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        SearchDocument.objects.filter(kind=kind, record_id__in=batch).delete()
        documents, passages = rows_of(kind, batch)
        SearchDocument.objects.bulk_create(documents)
        SearchPassage.objects.bulk_create(passages)
    return len(pks)


def rows_of(kind: str, pks: list[int]) -> tuple[list[SearchDocument], list[SearchPassage]]:
    """The rows that those of the records that are published should have."""
    records = list(KINDS[kind].objects.published().filter(pk__in=pks))  # type: ignore[attr-defined]
    links = related(kind, [record.pk for record in records])
    texts = passages_of(kind, [record.pk for record in records])
    names = names_of(kind, records)
    documents, passages = [], []
    for record in records:
        own = texts[record.pk]
        document = row(kind, record, links[record.pk], names[record.pk], own)
        documents.append(document)
        passages += [
            SearchPassage(
                document=document,
                text_id=text.pk,
                number=text.passage.number,
                language=text.language,
                terms=vector([("D", words_searched(text))], tokens_of(text, record)),
            )
            for text in own
        ]
    return documents, passages


def stale(kind: str) -> set[str]:
    """Addresses of records whose rows are missing, left over or not what they should be."""
    found: set[str] = set()
    present = SearchDocument.objects.filter(kind=kind)
    indexed = dict(present.values_list("record_id", "slug"))
    published = dict(KINDS[kind].objects.published().values_list("pk", "slug"))  # type: ignore[attr-defined]
    found |= {slug for pk, slug in (indexed.items() ^ published.items())}
    pks = sorted(indexed.keys() & published.keys())
    for start in range(0, len(pks), BATCH):
        documents, passages = rows_of(kind, pks[start : start + BATCH])
        wanted: dict[int, list[tuple[Any, ...]]] = {
            document.record_id: [(0, document.terms)] for document in documents
        }
        for passage in passages:
            wanted[passage.document.record_id].append((passage.text_id, passage.terms))
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH wanted AS (
                    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS w (record, text, terms)
                ), held AS (
                    SELECT record_id AS record, 0 AS text, terms FROM statements_searchdocument
                    WHERE kind = %s AND record_id = ANY(%s)
                    UNION ALL
                    SELECT record_id, text_id, passage.terms FROM statements_searchpassage AS passage
                    JOIN statements_searchdocument AS document ON document.id = document_id
                    WHERE kind = %s AND record_id = ANY(%s)
                )
                SELECT DISTINCT coalesce(wanted.record, held.record) FROM wanted
                FULL JOIN held USING (record, text)
                WHERE wanted.terms::tsvector IS DISTINCT FROM held.terms
                """,
                [
                    *map(
                        list,
                        zip(
                            *((pk, *row) for pk, rows in wanted.items() for row in rows),
                            strict=True,
                        ),
                    ),
                    *(kind, list(wanted)) * 2,
                ],
            )
            found |= {published[pk] for (pk,) in cursor.fetchall()}
    return found


def row(
    kind: str, record: Any, links: dict[str, set[int]], names: list[str], texts: list[Any]
) -> SearchDocument:
    body = [words_searched(text) for text in texts]
    body += [getattr(record, f"description_{code}", "") for code in ("en", "ar")]
    languages = {text.language for text in texts}
    return SearchDocument(
        kind=kind,
        record_id=record.pk,
        slug=record.slug,
        type=getattr(record, "type", "") or getattr(record, "level", ""),
        sort_en=sort_key(record, "en"),
        sort_ar=sort_key(record, "ar"),
        languages=sorted(languages),
        date_first=getattr(record, "date_first", None),
        date_last=getattr(record, "date_last", None),
        terms=vector(
            [("A", " . ".join(names)), ("D", " . ".join(body))],
            own_tokens(kind, record, links)
            | {(token, "D") for text in texts for token, _ in tokens_of(text, record)},
        ),
        **{column: sorted(links.get(column, ())) for column in RELATED.values()},
    )


def sort_key(record: Any, language: str) -> str:
    """Where the record stands in a list by name: folded, the article left aside as in a catalogue."""
    label = getattr(record, f"name_{language}", "") or getattr(record, f"title_{language}", "")
    return ARTICLE.sub("", fold(label or str(record.label)))[:300]


def own_tokens(kind: str, record: Any, links: dict[str, set[int]]) -> set[tuple[str, str]]:
    """What a record is and when: itself and its own date, and, for an event or a post, who belongs to it."""
    found = {(mention_token(kind, record.pk), "A")}
    if getattr(record, "date", None):
        found |= {(token, "A") for token in tokens_said(record.date)}
    if kind in ("event", "post"):
        found |= {(mention_token("official", pk), "D") for pk in links.get("officials", ())}
    return found


def tokens_of(text: Any, record: Any) -> set[tuple[str, str]]:
    """Whom and which days a passage names, whatever words it uses: decided mentions, and dates, relative ones too."""
    found = set()
    for mention in text.mentions.all():
        for kind in MENTIONED if mention.layer in layers(text) else ():
            pk = getattr(mention, f"{kind}_id")
            if pk is not None:
                found.add((mention_token(kind, pk), "D"))
    for layer in layers(text):
        for date in find(getattr(text, layer), on=record.date_first):
            if date.edtf is not None:
                found |= {(token, "D") for token in tokens_said(EDTF(date.edtf))}
    return found


def layers(text: Any) -> tuple[Layer, ...]:
    """The layers of a passage text that are searched: hidden words too, but nothing beside a digest held alone."""
    return (Layer.DIGEST,) if text.rights == Rights.DIGEST else (Layer.TEXT, Layer.DIGEST)


def words_searched(text: Any) -> str:
    return " . ".join(filter(None, (getattr(text, layer) for layer in layers(text))))


def names_of(kind: str, records: list[Any]) -> dict[int, list[str]]:
    """Titles, names and every printed form of each record."""
    fields = ("name_en", "name_ar", "title_en", "title_ar", "title")
    found = {
        record.pk: [getattr(record, field) for field in fields if getattr(record, field, "")]
        for record in records
    }
    model = KINDS[kind]
    if any(field.name == "names" for field in model._meta.get_fields()):
        related_model = model._meta.get_field("names").related_model
        for pk, form in related_model.objects.filter(**{f"{kind}__in": found}).values_list(
            f"{kind}_id", "form"
        ):
            found[pk].append(form)
    if kind == "statement":
        from statements.models import Version

        for pk, title in Version.objects.filter(statement__in=found).values_list(
            "statement_id", "title"
        ):
            found[pk].append(title)
    return found


def passages_of(kind: str, pks: list[int]) -> dict[int, list[Any]]:
    from statements.models import PassageText

    found: dict[int, list[Any]] = defaultdict(list)
    if kind not in ("statement", "article"):
        return found
    texts = (
        PassageText.objects.filter(**{f"passage__{kind}__in": pks, "passage__removed": False})
        .select_related("passage__article", "version")
        .prefetch_related(Prefetch("mentions", Mention.objects.filter(outcome=Mention.Outcome.ONE)))
        .order_by("passage__order", "pk")
    )
    for text in texts:
        found[getattr(text.passage, f"{kind}_id")].append(text)
    return found


def related(kind: str, pks: list[int]) -> dict[int, dict[str, set[int]]]:
    """For each record the ids of the records it is filtered by, by column."""
    found: dict[int, dict[str, set[int]]] = {pk: defaultdict(set) for pk in pks}
    for pk in pks:
        column = f"{kind}s" if f"{kind}s" in RELATED.values() else ""
        if column:
            found[pk][column].add(pk)
    for column, pairs in sources(kind, pks):
        for pk, other in pairs:
            if other is not None and pk in found:
                found[pk][column].add(other)
    return found


def sources(kind: str, pks: list[int]) -> Iterator[tuple[str, Iterable[tuple[int, int]]]]:
    """(column, (record, related record) pairs) for every way in which a kind is related."""
    model = KINDS[kind]
    records = model._default_manager.filter(pk__in=pks)
    if kind in ("statement", "article"):
        for name in ("official", "organization", "agreement", "event", "dialogue", "country"):
            yield (
                RELATED[name],
                Mention.objects.filter(
                    **{f"text__passage__{kind}__in": pks, f"{name}__isnull": False}
                ).values_list(f"text__passage__{kind}_id", f"{name}_id"),
            )
        yield "themes", records.values_list("pk", "passages__themes")
    if kind == "statement":
        public = records.filter(event__in=Event.objects.published())
        yield "officials", records.values_list("pk", "speaker_id")
        yield "officials", public.values_list("pk", "event__participations__official_id")
        yield "organizations", records.values_list("pk", "issuers")
        yield "countries", records.values_list("pk", "countries")
        yield "events", records.values_list("pk", "event_id")
        yield "events", records.values_list("pk", "events")
        yield "dialogues", public.values_list("pk", "event__rounds__dialogue_id")
        yield "agreements", records.values_list("pk", "agreements")
    elif kind == "article":
        yield "countries", records.values_list("pk", "outlet__country_id")
    elif kind == "event":
        people = Participation.objects.filter(event__in=pks)
        yield "officials", people.values_list("event_id", "official_id")
        yield "countries", people.values_list("event_id", "country_id")
        yield "countries", records.values_list("pk", "place__country_id")
        yield "organizations", records.values_list("pk", "organizations")
        yield "agreements", records.values_list("pk", "agreements")
        yield (
            "dialogues",
            Round.objects.filter(event__in=pks).values_list("event_id", "dialogue_id"),
        )
    elif kind == "official":
        yield "countries", records.values_list("pk", "country_id")
        yield (
            "organizations",
            Tenure.objects.filter(official__in=pks).values_list(
                "official_id", "post__organization_id"
            ),
        )
        yield (
            "events",
            Participation.objects.filter(official__in=pks).values_list("official_id", "event_id"),
        )
    elif kind == "post":
        yield "organizations", records.values_list("pk", "organization_id")
        yield "countries", records.values_list("pk", "organization__country_id")
        yield "officials", Tenure.objects.filter(post__in=pks).values_list("post_id", "official_id")
    elif kind == "organization":
        yield "countries", records.values_list("pk", "country_id")
        yield "organizations", records.values_list("pk", "parent_id")
    elif kind == "dialogue":
        yield "countries", records.values_list("pk", "countries")
        yield "organizations", records.values_list("pk", "body_id")
        yield (
            "events",
            Round.objects.filter(dialogue__in=pks).values_list("dialogue_id", "event_id"),
        )
    elif kind == "agreement":
        yield "countries", records.values_list("pk", "countries")
        yield "events", records.values_list("pk", "events")


def vector(parts: list[tuple[str, str]], tokens: Iterable[tuple[str, str]] = ()) -> str:
    """A ``tsvector`` in its own notation from weighted texts and lexemes; PostgreSQL takes it by cast, unparsed."""
    places: dict[str, list[str]] = defaultdict(list)
    offset = 0
    for weight, text in parts:
        last = 0
        for term in analyze(text):
            last = term.position
            for form in (term.text, *term.variants):
                if len(places[form]) < 250:
                    places[form].append(f"{min(offset + term.position, 16383)}{weight}")
        offset += last + 10
    for token, weight in sorted(tokens):
        places[token].append(f"16383{weight}")
    return " ".join(f"{quoted(form)}:{','.join(at)}" for form, at in places.items())
