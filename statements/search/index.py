"""The index: records to rows, kept up by reading the archive's own history of changes.

``catch_up`` asks the history which records were touched by transactions that the index has not
seen, and writes their rows anew; so every writer, raw SQL included, is followed without a hook. It
runs before each search: one cheap query when nothing has changed. Reindexing a record twice does
no harm, so transactions that were open at the last time are simply looked at again.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connection, router, transaction
from django.db.models import (
    Exists,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from statements.models import (
    MENTIONED,
    PUBLIC_KINDS,
    ArchiveRevision,
    Change,
    Layer,
    Mention,
    Participation,
    Passage,
    PassageText,
    Rights,
    Round,
    SearchDocument,
    SearchPassage,
    SearchProgress,
    Statement,
    Tenure,
    reading,
)
from statements.models.base import public
from statements.models.search import RELATED
from statements.search.columns import Index, index_at
from statements.search.terms import PLAIN, Words, terms_in
from statements.search.understanding import mention_token, tokens_said
from statements.text.arabic import fold
from statements.text.dates import EDTF, find

#: of what the rows hold; when it moves, ``manage.py up`` makes the index of a running archive anew
FORMAT = 3
LOCK = 7_205_759_403  # any number that nothing else locks
KINDS = {str(model._meta.model_name): model for model in PUBLIC_KINDS}
BATCH = 500
ARTICLE = re.compile(r"^(?:ال|the )")


def current() -> Index:
    """The index, brought up to the last committed change: one query when nothing has changed."""
    progress = progress_now()
    if progress is None or progress.behind:
        catch_up()
        progress = progress_now()
    return index_at(progress.revision or 0, progress.written)


class Progress(NamedTuple):
    """What is in the index, whether the archive has moved on since, and the archive's revision."""

    written: int
    behind: bool
    revision: int | None


def progress_now() -> Progress | None:
    """How far the index is; one query, asked before every answer."""
    with reading().cursor() as cursor:
        cursor.execute(*progress_query())
        row = cursor.fetchone()
    return Progress(*row) if row else None


@functools.cache
def progress_query() -> tuple[str, tuple[Any, ...]]:
    """The query and its parameters, put together once."""
    now = Func(
        function="pg_snapshot_xmax", template="(%(function)s(pg_current_snapshot())::text::bigint)"
    )
    behind = Exists(unseen(OuterRef("indexed_before"), OuterRef("last_change"))) | Q(
        indexed_before__gt=now  # a copy restored on another server, whose transactions begin anew
    )
    revision = Subquery(ArchiveRevision.objects.values("number")[:1])
    found = SearchProgress.objects.annotate(behind=behind, revision=revision).order_by("pk")
    sql, parameters = found.values_list("written", "behind", "revision")[:1].query.sql_with_params()
    return str(sql), tuple(parameters)


def catch_up() -> int:
    """Bring the rows up to the last committed change; gives the number of records written anew.

    Of a crowd that comes after a change one does it; the others find it done when their turn comes.
    """
    seen = progress_now()
    if seen is not None and not seen.behind:
        return 0
    with transaction.atomic(using=router.db_for_write(SearchProgress)):
        horizon = lock()
        progress, new = SearchProgress.objects.get_or_create(pk=1, defaults={"format": FORMAT})
        if not new and (now := progress_now()) is not None and not now.behind:
            return 0
        return follow(progress, horizon)


def follow(progress: SearchProgress, horizon: dict[str, int]) -> int:
    """Write what was touched since ``progress``; the caller holds the lock."""
    if progress.indexed_before == 0 or progress.indexed_before > horizon["indexed_before"]:
        touched: dict[str, Any] = {
            kind: model.objects.published().values_list("pk", flat=True)  # type: ignore[attr-defined]
            for kind, model in KINDS.items()
        }
    else:
        touched = touched_records(unseen(progress.indexed_before, progress.last_change))
    number = sum(write(kind, pks) for kind, pks in touched.items())
    SearchProgress.objects.update(written=SearchProgress.moment(), **horizon)
    return number


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
    """Write the rows of these records anew, as fresh ones; those that are not published, or gone, lose theirs."""
    pks = sorted(pks)
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        forget_rows(kind, batch)
        made = [(row, passages) for row, passages in rows_of(kind, batch)]
        SearchDocument.objects.bulk_create(row for row, _ in made)
        SearchPassage.objects.bulk_create(
            SearchPassage(
                document=row,
                text_id=passage.text,
                number=passage.number,
                terms=passage.terms,
            )
            for row, passages in made
            for passage in passages
        )
    return len(pks)


def stale(kind: str) -> set[str]:
    """Addresses of records whose rows are missing, left over or not what they should be."""
    present = SearchDocument.objects.filter(kind=kind)
    indexed = dict(present.values_list("record_id", "slug"))
    published = dict(KINDS[kind].objects.published().values_list("pk", "slug"))  # type: ignore[attr-defined]
    found = {slug for _, slug in indexed.items() ^ published.items()}
    pks = sorted(indexed.keys() & published.keys())
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        wanted = [
            (row.record_id, passage.number, passage.text or 0, passage.terms)
            for row, passages in rows_of(kind, batch)
            for passage in passages
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH wanted AS (
                    SELECT * FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::text[])
                        AS w (record, number, text, terms)
                ), held AS (
                    SELECT record_id AS record, number, coalesce(text_id, 0) AS text, ts_delete(passage.terms, ARRAY(
                        SELECT term FROM unnest(tsvector_to_array(passage.terms)) AS term WHERE term LIKE '%% %%'
                    )) AS terms  -- the pairs of settled rows aside
                    FROM statements_searchpassage AS passage
                    JOIN statements_searchdocument AS document ON document.id = document_id
                    WHERE kind = %s AND record_id = ANY(%s)
                )
                SELECT DISTINCT coalesce(wanted.record, held.record) FROM wanted
                FULL JOIN held USING (record, number, text)
                WHERE wanted.terms::tsvector IS DISTINCT FROM held.terms
                """,
                [*map(list, zip(*wanted, strict=True)), kind, batch],
            )
            found |= {published[pk] for (pk,) in cursor.fetchall()}
    return found


def forget_rows(kind: str, pks: list[int]) -> None:
    """Take the rows of these records away; the settled ones are noted, for the packed columns still have them."""
    old = SearchDocument.objects.filter(kind=kind, record_id__in=pks)
    rows = list(old.values_list("pk", "place"))
    if not rows:
        return
    SearchPassage.objects.filter(document__in=[pk for pk, _ in rows]).delete()
    old.delete()
    dead = [place for _, place in rows if place is not None]
    if dead:
        progress = SearchProgress.objects.get(pk=1)
        progress.dead = sorted({*progress.dead, *dead})
        progress.save(update_fields=["dead"])


class IndexedPassage(NamedTuple):
    """A row to be: the passage text, its number, its ``tsvector``, and the lexemes that are noted of it."""

    text: int | None
    number: int
    terms: str
    noted: set[str]


def rows_of(
    kind: str, pks: list[int], words: Words | None = None
) -> Iterator[tuple[SearchDocument, list[IndexedPassage]]]:
    """The rows of those of these records that readers may see, in the order of ``pks``."""
    words = PLAIN if words is None else words
    records = {record.pk: record for record in KINDS[kind].objects.published().filter(pk__in=pks)}  # type: ignore[attr-defined]
    links = related(kind, list(records))
    texts = passages_of(kind, list(records))
    names = names_of(kind, list(records.values()))
    for pk in pks:
        record = records.get(pk)
        if record is None:
            continue
        row = SearchDocument(
            kind=kind,
            record_id=pk,
            slug=record.slug,
            type=getattr(record, "type", "") or getattr(record, "level", ""),
            sort_en=sort_key(record, "en"),
            sort_ar=sort_key(record, "ar"),
            languages=sorted({text.language for text in texts[pk]}),
            date_first=getattr(record, "date_first", None),
            date_last=getattr(record, "date_last", None),
            **{column: sorted(links[pk].get(column, ())) for column in RELATED.values()},
        )
        own = own_tokens(kind, record, links[pk])
        passages = [IndexedPassage(None, SearchPassage.NAMES, *terms_in(names[pk], own, words))]
        about = [getattr(record, f"description_{code}", "") for code in ("en", "ar")]
        if any(about):
            passages.append(IndexedPassage(None, SearchPassage.ABOUT, *terms_in(about, (), words)))
        for text in texts[pk]:
            terms = terms_in(text.searched, tokens_of(text, record), words)
            passages.append(IndexedPassage(text.pk, text.number, *terms))
        yield row, passages


def sort_key(record: Any, language: str) -> str:
    """Where the record stands in a list by name: folded, the article left aside as in a catalogue."""
    label = getattr(record, f"name_{language}", "") or getattr(record, f"title_{language}", "")
    return ARTICLE.sub("", fold(label or str(record.label)))[:300]


def own_tokens(kind: str, record: Any, links: dict[str, set[int]]) -> set[str]:
    """What a record is and when: itself and its own date, and, for an event or a post, who belongs to it."""
    found = {mention_token(kind, record.pk)}
    if getattr(record, "date", None):
        found |= tokens_said(record.date)
    if kind in ("event", "post"):
        found |= {mention_token("official", pk) for pk in links.get("officials", ())}
    return found


class Text(NamedTuple):
    """A passage text: its number there, its language, its words in the layers that are searched, whom they mention."""

    pk: int
    number: int
    language: str
    searched: list[str]
    mentioned: set[str]


def tokens_of(text: Text, record: Any) -> set[str]:
    """Whom and which days a passage names, whatever words it uses: decided mentions, and dates, relative ones too."""
    found = set(text.mentioned)
    for words in text.searched:
        for date in find(words, on=record.date_first):
            if date.edtf is not None:
                found |= tokens_said(EDTF(date.edtf))
    return found


def layers(rights: str) -> tuple[Layer, ...]:
    """The layers of a passage text that are searched: hidden words too, but nothing beside a digest held alone."""
    return (Layer.DIGEST,) if rights == Rights.DIGEST else (Layer.TEXT, Layer.DIGEST)


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


def passages_of(kind: str, pks: list[int]) -> dict[int, list[Text]]:
    """The texts of each record, in order; as plain values, for there are many."""
    found: dict[int, list[Text]] = defaultdict(list)
    if kind not in ("statement", "article"):
        return found
    of_these = {f"passage__{kind}__in": pks, "passage__removed": False}
    mentions = mentions_in(of_these)
    rows = (
        PassageText.objects.filter(**of_these)
        .annotate(
            rights_=Coalesce("version__rights", "passage__article__rights", Value(Rights.DIGEST))
        )
        .order_by("passage__order", "pk")
        .values_list(
            f"passage__{kind}_id", "pk", "passage__number", "language", "rights_", "text", "digest"
        )
    )
    for record, pk, number, language, rights, text, digest in rows:
        words = {Layer.TEXT: text, Layer.DIGEST: digest}
        shown = layers(rights)
        mentioned = {token for layer, token in mentions.get(pk, ()) if layer in shown}
        found[record].append(Text(pk, number, language, [words[at] for at in shown], mentioned))
    return found


def mentions_in(of_these: dict[str, Any]) -> dict[int, list[tuple[str, str]]]:
    """Passage text → (layer, token) of each record that it surely mentions."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Mention.objects.filter(
        outcome=Mention.Outcome.ONE, **{f"text__{name}": value for name, value in of_these.items()}
    ).values_list("text_id", "layer", *(f"{kind}_id" for kind in MENTIONED))
    for text, layer, *owners in rows:
        found[text] += [
            (layer, mention_token(kind, pk))
            for kind, pk in zip(MENTIONED, owners, strict=True)
            if pk is not None
        ]
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
        shown = records.filter(**public("event"))
        yield "officials", records.values_list("pk", "speaker_id")
        yield "officials", shown.values_list("pk", "event__participations__official_id")
        yield "organizations", records.values_list("pk", "issuers")
        yield "countries", records.values_list("pk", "countries")
        yield "events", records.values_list("pk", "event_id")
        yield "events", records.values_list("pk", "events")
        yield "dialogues", shown.values_list("pk", "event__rounds__dialogue_id")
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
