"""From a request to a page of results: matches, order, facets, and the words that matched, marked as printed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import (
    Case,
    DateField,
    F,
    Func,
    IntegerField,
    Prefetch,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from statements.models import (
    Label,
    PassageText,
    Post,
    Rights,
    SearchDocument,
    SearchPassage,
    Tenure,
    worded,
)
from statements.models.base import PublicationQuerySet
from statements.models.fields import Span
from statements.models.search import RELATED
from statements.search.index import KINDS, catch_up, quoted
from statements.search.request import FILTERS, SearchRequest, Words
from statements.text.analysis import analyze

PER_PAGE = 20
PASSAGES = 3
AROUND = 20  # words on either side of a match in a text that may only be excerpted: forty in all
FACET_VALUES = 12
WORDS = re.compile(r"\S+")


class TermQuery(SearchQuery):
    """A ``tsquery`` given in its own notation, by cast: ``to_tsquery`` would parse our terms again and lose some."""

    def __init__(self, notation: str) -> None:
        Func.__init__(self, Value(notation))

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return Func.as_sql(self, compiler, connection, template="(%(expressions)s)::tsquery")


@dataclass(frozen=True)
class Hit:
    """A passage that matched: its number, language, and words with the matches marked."""

    number: int
    language: str
    direction: str
    text: str
    marked: SafeString


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


@dataclass
class Results:
    request: SearchRequest
    documents: QuerySet
    partial: bool

    @cached_property
    def count(self) -> int:
        return int(self.documents.count())

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(ordered(self.documents, self.request), PER_PAGE)
        paginator.count = self.count
        return paginator.get_page(self.request.page)

    @property
    def beyond(self) -> bool:
        """The page asked for lies behind the last one."""
        return self.request.page > self.page.paginator.num_pages

    @cached_property
    def items(self) -> list[Item]:
        rows = list(self.page.object_list)
        records: dict[tuple[str, int], Any] = {}
        for kind in {row.kind for row in rows}:
            model = KINDS[kind]
            wanted = [row.record_id for row in rows if row.kind == kind]
            for record in with_facts(kind, model.objects.published().filter(pk__in=wanted)):  # type: ignore[attr-defined]
                records[kind, record.pk] = record
        hits = best_passages(rows, self.request) if self.request.words else {}
        return [
            Item(row.kind, records[row.kind, row.record_id], hits.get(row.pk, []))
            for row in rows
            if (row.kind, row.record_id) in records
        ]

    @cached_property
    def facets(self) -> dict[str, list[FacetValue]]:
        return facets(self.documents, self.request)


def with_facts(kind: str, records: QuerySet) -> QuerySet:
    """Records with what a line in a list shows, with no query more for each record."""
    relations = {
        "statement": ("event__place",),
        "article": ("outlet",),
        "official": ("country",),
        "organization": ("country", "parent"),
        "post": ("organization",),
        "event": ("place",),
    }
    if kind == "official":
        tenures = Tenure.objects.filter(post__in=Post.objects.published()).select_related("post")
        latest = tenures.order_by(F("start_first").desc(nulls_last=True), "pk")
        records = records.prefetch_related(Prefetch("tenures", latest, to_attr="latest_tenures"))
    return records.select_related(*relations.get(kind, ()))


def search(request: SearchRequest) -> Results:
    """Ask the index, brought up to date first. When nothing has all the words, half of them must do."""
    catch_up()
    documents = filtered(SearchDocument.objects.all(), request)
    if request.impossible:
        return Results(request, documents.none(), partial=False)
    if not request.words:
        return Results(request, documents, partial=False)
    full = documents.filter(terms=TermQuery(query_of(request.words)))
    wanted = [words for words in request.words if not words.without]
    if len(wanted) < 2 or full.exists():
        return Results(request, full, partial=False)
    half = documents.filter(terms=TermQuery(any_of(request.words)))
    matched: Any = Value(0, IntegerField())
    for words in wanted:
        matched = matched + Case(
            When(terms=TermQuery(one_of(words)), then=1), default=0, output_field=IntegerField()
        )
    half = half.annotate(matched=matched).filter(matched__gte=(len(wanted) + 1) // 2)
    return Results(request, half, partial=True)


def filtered(documents: QuerySet, request: SearchRequest) -> QuerySet:
    if request.kind:
        documents = documents.filter(kind=request.kind)
    for name, pk in request.filters.items():
        documents = documents.filter(**{f"{RELATED[name]}__contains": [pk]})
    if request.type:
        documents = documents.filter(type=request.type)
    if request.language:
        documents = documents.filter(languages__contains=[request.language])
    first = request.dates["from"].first if "from" in request.dates else None
    last = request.dates["to"].last if "to" in request.dates else None
    return overlapping(documents, first, last) if first or last else documents


def overlapping(
    documents: QuerySet, first: datetime.date | None, last: datetime.date | None
) -> QuerySet:
    if first and last and first > last:
        first, last = last, first
    span = Func(
        *(Value(day, DateField()) for day in (first, last)),
        function="daterange",
        template="%(function)s(%(expressions)s, '[]')",
        output_field=Span().output_field,
    )
    return documents.filter(date_first__isnull=False).alias(span=Span()).filter(span__overlap=span)


# Queries in PostgreSQL's own notation


def one_of(words: Words) -> str:
    forms = [
        "(" + " | ".join(quoted(form) for form in (term.text, *term.variants)) + ")"
        for term in words.terms
    ]
    if words.phrase:
        parts = forms[0]
        for before, term, form in zip(words.terms, words.terms[1:], forms[1:], strict=False):
            parts += f" <{term.position - before.position}> {form}"
        return f"({parts})"
    return "(" + " & ".join(forms) + ")"


def query_of(words: list[Words]) -> str:
    return " & ".join(("!" if part.without else "") + one_of(part) for part in words)


def any_of(words: list[Words]) -> str:
    wanted = " | ".join(one_of(part) for part in words if not part.without)
    without = "".join(f" & !{one_of(part)}" for part in words if part.without)
    return f"({wanted}){without}"


def ordered(documents: QuerySet, request: SearchRequest) -> QuerySet:
    if request.order == "relevance":
        rank = SearchRank(F("terms"), TermQuery(any_of(request.words)), normalization=Value(1))
        return documents.annotate(rank=rank).order_by(
            "-rank", F("date_first").desc(nulls_last=True), "slug"
        )
    if (
        request.kind in ("official", "organization", "post", "agreement", "dialogue")
        and not request.sort
    ):
        return documents.order_by(f"sort_{(get_language() or 'en')[:2]}", "slug")
    if request.order == "oldest":
        return documents.order_by(F("date_first").asc(nulls_last=True), "kind", "slug")
    return documents.order_by(F("date_first").desc(nulls_last=True), "kind", "slug")


# Passages


def best_passages(rows: list[SearchDocument], request: SearchRequest) -> dict[int, list[Hit]]:
    """The best passages of each document on the page, in one query, marked."""
    query = TermQuery(any_of([words for words in request.words if not words.without]))
    ranked = (
        SearchPassage.objects.filter(document__in=[row.pk for row in rows], terms=query)
        .annotate(rank=SearchRank(F("terms"), query))
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=F("document"),
                order_by=[F("rank").desc(), F("number").asc()],
            )
        )
        .filter(place__lte=PASSAGES)
        .order_by("document_id", "place")
    )
    passages = list(ranked)
    texts = {
        text.pk: text
        for text in PassageText.objects.filter(
            pk__in=[passage.text_id for passage in passages]
        ).select_related("version", "passage__article")
    }
    forms = wanted_forms(request)
    found: dict[int, list[Hit]] = {}
    for passage in passages:
        text = texts.get(passage.text_id)
        if text is not None:
            hit = hit_in(text, passage.number, forms)
            if hit:
                found.setdefault(passage.document_id, []).append(hit)
    return found


def wanted_forms(request: SearchRequest) -> set[str]:
    return {
        form
        for words in request.words
        if not words.without
        for term in words.terms
        for form in (term.text, *term.variants)
    }


def hit_in(text: PassageText, number: int, forms: set[str]) -> Hit | None:
    """The passage with its matches marked: whole where readers may read it, else forty words about the match."""
    words, spans = text.shown, matches(text.shown, forms)
    if not spans and text.rights == Rights.EXCERPTS and text.text:
        words, spans = excerpt(text.text, matches(text.text, forms))
    if not words:
        return None
    return Hit(number, text.language, text.direction, words, marked(words, spans))


def matches(words: str, forms: set[str]) -> list[tuple[int, int]]:
    return [
        (term.start, term.end)
        for term in analyze(words)
        if term.text in forms or not forms.isdisjoint(term.variants)
    ]


def excerpt(words: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """At most forty words around the first match, with the matches that fall into them."""
    if not spans:
        return "", []
    places = [match.span() for match in WORDS.finditer(words)]
    at = next((i for i, (start, end) in enumerate(places) if end > spans[0][0]), 0)
    chosen = places[max(0, at - AROUND) : at + AROUND]
    start, end = chosen[0][0], chosen[-1][1]
    before = "… " if start > 0 else ""
    cut = before + words[start:end] + (" …" if end < len(words) else "")
    shift = len(before) - start
    return cut, [(a + shift, b + shift) for a, b in spans if a >= start and b <= end]


OPEN, CLOSE = "\ue000", "\ue001"


def marked(words: str, spans: list[tuple[int, int]]) -> SafeString:
    """Escape first, then mark: private-use sentinels stand for the tags while the words are escaped."""
    out, at = [], 0
    plain = words.replace(OPEN, " ").replace(CLOSE, " ")
    for start, end in spans:
        if start >= at:
            out += [plain[at:start], OPEN, plain[start:end], CLOSE]
            at = end
    out.append(plain[at:])
    safe = escape("".join(out)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
    return mark_safe(safe)  # nosec B308 B703:  everything was escaped above; only our own two tags were put in


# Facets


def facets(documents: QuerySet, request: SearchRequest) -> dict[str, list[FacetValue]]:
    """Counts of what the results could be narrowed to: one query for all facets, one for their labels."""
    columns = {name: column for name, column in RELATED.items() if name != "event"}
    counted = counts(documents.order_by(), columns)
    found = {
        name: [
            FacetValue(name, value, value, n, getattr(request, name, "") == value)
            for value, n in sorted(counted.get(name, []), key=lambda pair: (-pair[1], pair[0]))
        ]
        for name in ("kind", "type", "language")
    }
    found["year"] = [
        FacetValue("year", year, year, n) for year, n in sorted(counted.get("year", []))
    ]
    top = {
        name: sorted(counted.get(name, []), key=lambda pair: -pair[1])[: FACET_VALUES * 2]
        for name in columns
    }
    labels = labels_of({name: [int(value) for value, _ in rows] for name, rows in top.items()})
    for name, rows in top.items():
        found[name] = [
            FacetValue(name, slug, words, n, request.filters.get(name) == int(value))
            for value, n in rows
            if (known := labels.get((name, int(value))))
            for slug, words in [known]
        ][:FACET_VALUES]
    return found


def counts(documents: QuerySet, columns: dict[str, str]) -> dict[str, list[tuple[str, int]]]:
    """Facet → (value, number of matching documents), counted over the matches in one pass of the database."""
    plain = {"kind": "kind", "type": "type", "year": "extract(year FROM date_first)::int"}
    try:
        inner, parameters = documents.values(
            *columns.values(), "languages", "kind", "type", "date_first"
        ).query.sql_with_params()
    except EmptyResultSet:
        return {}
    parts = [
        f"SELECT '{name}', value::text, count(*) FROM matching, unnest({column}) AS value GROUP BY 2"  # nosec B608
        for name, column in [*columns.items(), ("language", "languages")]
    ]
    parts += [
        f"SELECT '{name}', ({column})::text, count(*) FROM matching GROUP BY 2"  # nosec B608
        for name, column in plain.items()
    ]
    counted: dict[str, list[tuple[str, int]]] = {}
    with connection.cursor() as cursor:
        # All names come from this module; the values are the query's own parameters.
        cursor.execute(
            f"WITH matching AS MATERIALIZED ({inner}) {' UNION ALL '.join(parts)}",
            parameters,  # nosec B608
        )
        for name, value, number in cursor.fetchall():
            if value:
                counted.setdefault(name, []).append((value, number))
    return counted


def labels_of(wanted: dict[str, list[int]]) -> dict[tuple[str, int], tuple[str, Label]]:
    """(facet, id) → slug and label of records that readers may see, all in one query."""
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
    if not queries:
        return {}
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return {(name, pk): (slug, worded(en, ar)) for name, pk, slug, en, ar in rows}
