"""From a request to a page of results: their records, facets, and the words that matched, marked as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, JSONField, Max, Min, Prefetch, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import get_language

from statements.models import (
    Country,
    Label,
    Rights,
    SearchDocument,
    Tenure,
    reading,
    worded,
)
from statements.models.base import PublicationQuerySet, public
from statements.models.prepared import prepared
from statements.search import columns
from statements.search.counting import facets
from statements.search.index import KINDS, current
from statements.search.marking import Hit, Marker, Text, marked
from statements.search.matching import Matches, Scored
from statements.search.postings import Stale
from statements.search.request import FILTERS, SearchRequest
from statements.text.sentence import Sentence

PER_PAGE = 20
MOST_PASSAGES = 10  # of one document
PASSAGES_A_PAGE = 60
GOOD_ENOUGH = 0.6  # of what the best passage has of the query
FACET_VALUES = 12
#: The passage texts at some places of the settled index and in some fresh rows; asked before every page, so not put together anew.
TEXTS = """
    SELECT row.id, row.place, text.id, coalesce(passage.statement_id, passage.article_id), text.language,
        coalesce(version.rights, article.rights, %s), text.text, text.digest
    FROM statements_searchpassage AS row
        JOIN statements_passagetext AS text ON text.id = row.text_id
        JOIN statements_passage AS passage ON passage.id = text.passage_id
        LEFT JOIN statements_version AS version ON version.id = text.version_id
        LEFT JOIN statements_article AS article ON article.id = passage.article_id
    WHERE row.place = ANY(%s) OR row.id = ANY(%s)
"""
NAMED = ("official", "organization", "post", "agreement", "dialogue")


@dataclass
class Item:
    """One result: the record, and its best passages."""

    kind: str
    record: Any
    hits: list[Hit] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        return str(self.record._meta.verbose_name)


@dataclass(frozen=True)
class FacetValue:
    parameter: str
    value: str
    label: Label | str
    count: int
    chosen: bool = False


def search(request: SearchRequest) -> Results:
    """Ask the index; phrases that nothing has are asked once more in any form of their words, and the page says so."""
    results = asked(request)
    if results.count and not results.partial:
        return results
    concepts = [
        concept if concept.without else concept.looser or concept for concept in request.concepts
    ]
    if concepts == request.concepts:
        return results
    again = replace(request, concepts=concepts)
    again.index = request.index
    looser = asked(again)
    if looser.partial or not looser.count:
        return results
    request.concepts = concepts
    request.problems.append(
        Sentence(
            "Nothing has the words in quotation marks just as they are; these have other forms of them.",
            "لا نص فيه ما بين علامتي الاقتباس كما هو؛ وفي هذه صيغ أخرى من كلماته.",
        )
    )
    return Results(request, looser.matches)


def asked(request: SearchRequest) -> Results:
    """Ask the index; once more when its rows were written in between."""
    for _ in range(5):
        try:
            return Results(request, Matches(request))
        except Stale:
            columns.forget()
            request.index = current()
    return Results(request, Matches(request))


@dataclass
class Results:
    request: SearchRequest
    matches: Matches

    @property
    def partial(self) -> bool:
        return self.matches.partial

    @property
    def count(self) -> int:
        return self.matches.count

    @cached_property
    def page(self) -> Page:
        return Paginator(Ordered(self), PER_PAGE).get_page(self.request.page)

    @property
    def record_ids(self) -> list[int]:
        """The primary keys of all records found."""
        found: list[int] = self.matches.index.arrays["record"][self.matches.documents].tolist()
        return found

    @property
    def beyond(self) -> bool:
        """The page asked for lies behind the last one."""
        return self.request.page > self.page.paginator.num_pages

    @cached_property
    def items(self) -> list[Item]:
        documents = list(self.page.object_list)
        arrays, kinds = self.matches.index.arrays, self.matches.index.codes["kind"]
        keys = [(kinds[arrays["kind"][at]], int(arrays["record"][at])) for at in documents]
        records = records_of(keys, mixed=not self.request.kind)
        hits = self.hits(documents, keys)
        return [
            Item(key[0], records[key], hits.get(at, []))
            for at, key in zip(documents, keys, strict=True)
            if key in records
        ]

    def hits(self, documents: list[int], keys: list[tuple[str, int]]) -> dict[int, list[Hit]]:
        """For each document the passages worth showing, matches marked.

        One answer quotes a text held as excerpts once, from its best passage; the others are named by
        their numbers, with their digests.
        """
        if not self.request.concepts:
            return {}
        chosen = best_passages(
            {at: self.matches.passages_of(at, MOST_PASSAGES) for at in documents}
        )
        texts = self.texts({row.place for rows in chosen.values() for row in rows})
        marker = Marker(self.request.concepts)
        mentions = marker.mentions(texts.values())
        found: dict[int, list[Hit]] = {}
        for at, (_, pk) in zip(documents, keys, strict=True):
            quoted = False
            for row in chosen[at]:
                text = texts.get(row.place)
                if text is None or text.owner != pk:
                    continue  # the row was written anew since
                words, spans = marker.readable(text, mentions[text.pk])
                if not spans and not quoted:
                    quotation, places = marker.quoted(text, mentions[text.pk])
                    if quotation:
                        quoted, words, spans = True, quotation, places
                hit = Hit(row.number, text.language, text.direction, words, marked(words, spans))
                found.setdefault(at, []).append(hit)
        return found

    def texts(self, places: set[int]) -> dict[int, Text]:
        """The passage texts at these places of the index; one query."""
        if not places:
            return {}
        index = self.matches.index
        rows = {row: place for row, place in index.fresh.items() if place in places}
        settled = [place for place in places if place < index.settled]
        with reading().cursor() as cursor:
            cursor.execute(TEXTS, [Rights.DIGEST, settled, list(rows)])
            found = cursor.fetchall()
        return {
            rows[row] if place is None else place: Text(*text)
            for row, place, *text in found
            if place is not None or row in rows
        }

    @cached_property
    def facets(self) -> dict[str, list[FacetValue]]:
        return labelled(facets(self.matches.index, self.matches.documents), self.request)


def best_passages(scored: dict[int, list[Scored]]) -> dict[int, list[Scored]]:
    """Of each document those not much worse than its best; when that is more than a page holds, the best of all."""
    good = {
        at: [row for row in rows if row.coverage >= GOOD_ENOUGH * rows[0].coverage]
        for at, rows in scored.items()
    }
    if sum(len(rows) for rows in good.values()) <= PASSAGES_A_PAGE:
        return good
    rest = sorted(
        ((turn, -row.score, at) for at, rows in good.items() for turn, row in enumerate(rows))
    )
    kept = Counter(at for _, _, at in rest[:PASSAGES_A_PAGE])
    return {at: rows[: kept[at]] for at, rows in good.items()}


class Ordered(Sequence[int]):
    """The documents found, in the order asked for; only those of a page are put in order."""

    def __init__(self, results: Results) -> None:
        self.results = results

    def __len__(self) -> int:
        return self.results.count

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop = wanted.start or 0, min(wanted.stop, len(self))
        request, matches = self.results.request, self.results.matches
        if request.kind in NAMED and not request.sort and not request.concepts:
            return self.by_name(start, stop)
        return matches.ordered(request.order, start, stop)

    def by_name(self, start: int, stop: int) -> list[int]:
        """Lists of names in the order of the reader's alphabet; they are never long."""
        matches = self.results.matches
        found = {
            int(matches.index.arrays["record"][at]): int(at)
            for at in matches.documents.nonzero()[0]
        }
        rows = (
            SearchDocument.objects.filter(kind=self.results.request.kind, record_id__in=list(found))
            .order_by(f"sort_{(get_language() or 'en')[:2]}", "slug")
            .values_list("record_id", flat=True)
        )
        return [found[pk] for pk in rows[start:stop]]


#: Kinds whose line in a mixed list says little; they are fetched together in one query.
BRIEF = {
    "official": ("name", "country"),
    "organization": ("name", "country"),
    "post": ("title", "organization__country"),
    "dialogue": ("name", None),
    "agreement": ("title", None),
}


def records_of(keys: list[tuple[str, int]], mixed: bool) -> dict[tuple[str, int], Any]:
    """The records, by kind and number, with what their lines show; one query a kind, one for all the brief ones."""
    wanted: dict[str, list[int]] = {}
    for kind, pk in keys:
        wanted.setdefault(kind, []).append(pk)
    found: dict[tuple[str, int], Any] = {}
    brief = [kind for kind in wanted if mixed and kind in BRIEF]
    for kind, pks in wanted.items():
        if kind not in brief:
            found |= {(kind, record.pk): record for record in published(pks, kind=kind)}
    parts = [brief_rows(kind, wanted[kind]) for kind in brief]
    for kind, pk, slug, english, arabic, type_, country in (
        parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0] if parts else ()
    ):
        words = BRIEF[kind][0]
        record = KINDS[kind](pk=pk, slug=slug, **{f"{words}_en": english, f"{words}_ar": arabic})
        if type_:
            record.type = type_
        if country and kind != "post":
            record.country = Country(**country)
        found[kind, pk] = record
    return found


def brief_rows(kind: str, pks: list[int]) -> QuerySet:
    words, country = BRIEF[kind]
    has_type = any(field.name == "type" for field in KINDS[kind]._meta.get_fields())
    names: Any = Value(None, JSONField())
    if country:
        names = JSONObject(
            **{name: F(f"{country}__{name}") for name in ("slug", "name_en", "name_ar")}
        )
    published = KINDS[kind].objects.published().filter(pk__in=pks).order_by()  # type: ignore[attr-defined]
    return published.annotate(
        kind_=Value(kind), type_=F("type") if has_type else Value(""), country_=names
    ).values_list("kind_", "pk", "slug", f"{words}_en", f"{words}_ar", "type_", "country_")


@prepared
def published(pks: list[int], *, kind: str) -> QuerySet:
    records = KINDS[kind].objects.published().filter(pk__in=pks)  # type: ignore[attr-defined]
    return with_facts(kind, records.order_by())


def with_facts(kind: str, records: QuerySet) -> QuerySet:
    """Records with what a line in a list shows, with no query more for each record."""
    relations = {
        "statement": ("event__place",),
        "article": ("outlet",),
        "official": ("country",),
        "organization": ("country", "parent"),
        "post": ("organization__country",),
        "event": ("place",),
    }
    if kind == "official":
        tenures = Tenure.objects.filter(**public("post")).select_related("post")
        latest = tenures.order_by(F("start_first").desc(nulls_last=True), "pk")
        records = records.prefetch_related(Prefetch("tenures", latest, to_attr="latest_tenures"))
    elif kind == "dialogue":
        shown = Q(**public("events"))
        records = records.annotate(
            round_count=Count("events", shown),
            begins=Min("events__date_first", filter=shown),
            ends=Max("events__date_first", filter=shown),
        )
    elif kind == "agreement":
        records = records.prefetch_related(Prefetch("steps", to_attr="life"))
    return records.select_related(*relations.get(kind, ()))


# Facets


def labelled(
    counted: dict[str, list[tuple[str, int]]], request: SearchRequest
) -> dict[str, list[FacetValue]]:
    """The facets with the words that readers know their values by; one query for those not shown since the last change."""
    found = {
        name: [
            FacetValue(name, value, value, n, getattr(request, name, "") == value)
            for value, n in sorted(counted[name], key=lambda pair: (-pair[1], pair[0]))
        ]
        for name in ("kind", "type", "language")
    }
    found["year"] = [FacetValue("year", year, year, n) for year, n in counted["year"]]
    related = {name: rows for name, rows in counted.items() if name not in found}
    labels = request.index.labels
    new = {
        name: [int(value) for value, _ in rows if (name, int(value)) not in labels]
        for name, rows in related.items()
    }
    if any(new.values()):
        labels |= labels_of(new)
    for name, rows in related.items():
        found[name] = [
            FacetValue(name, slug, worded(en, ar), n, request.filters.get(name) == int(value))
            for value, n in rows
            if (known := labels[name, int(value)])
            for slug, en, ar in [known]
        ][:FACET_VALUES]
    return found


def labels_of(wanted: dict[str, list[int]]) -> dict[tuple[str, int], tuple[str, str, str] | None]:
    """(facet, id) → address and names of each record, None when readers may not see it; all in one query."""
    found: dict[tuple[str, int], tuple[str, str, str] | None] = {
        (name, pk): None for name, pks in wanted.items() for pk in pks
    }
    queries = []
    for name, pks in wanted.items():
        if not pks:
            continue
        model = FILTERS[name]
        records = model._default_manager.order_by()
        if isinstance(records, PublicationQuerySet):
            records = records.published()
        words = "name" if hasattr(model, "name_en") else "title"
        queries.append(
            records.filter(pk__in=pks).values_list(
                Value(name), "pk", "slug", f"{words}_en", f"{words}_ar"
            )
        )
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return found | {(name, pk): (slug, en, ar) for name, pk, slug, en, ar in rows}
