"""From a request to a page of results: matches, order, facets, and the words that matched, marked as printed."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
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
    FloatField,
    Func,
    IntegerField,
    JSONField,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from statements.models import (
    MENTIONED,
    Country,
    Label,
    Layer,
    PassageText,
    Post,
    Rights,
    SearchDocument,
    Tenure,
    worded,
)
from statements.models.base import PublicationQuerySet
from statements.models.fields import Span
from statements.models.search import RELATED
from statements.search.index import KINDS
from statements.search.request import FILTERS, SearchRequest
from statements.search.understanding import Concept, sequence
from statements.text.analysis import analyze

PER_PAGE = 20
MOST_PASSAGES = 10  # of one document
DEPTH = 300  # documents that are ranked exactly; behind them stands what nobody pages to
GOOD_ENOUGH = 0.6  # of what the best passage has of the query
AROUND = 20  # words on either side of a match in a text that may only be excerpted: forty in all
QUOTABLE = (
    4,
    5,
)  # of such a passage; its end is never quoted, so that no number of queries gives the whole
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
        if "facets" in self.__dict__:  # they were counted over the same documents
            return sum(value.count for value in self.facets["kind"])
        return int(self.documents.count())

    @cached_property
    def page(self) -> Page:
        rows: Any = ordered(self.documents, self.request)
        if self.request.order == "relevance":
            self.ranked = Ranked(rows, self.request, self.count)
            rows = self.ranked
        paginator = Paginator(rows, PER_PAGE)
        paginator.count = self.count
        return paginator.get_page(self.request.page)

    @property
    def beyond(self) -> bool:
        """The page asked for lies behind the last one."""
        return self.request.page > self.page.paginator.num_pages

    @cached_property
    def items(self) -> list[Item]:
        rows = list(self.page.object_list)
        records = records_of(rows, mixed=not self.request.kind)
        hits = self.hits(rows)
        return [
            Item(row.kind, records[row.kind, row.record_id], hits.get(row.pk, []))
            for row in rows
            if (row.kind, row.record_id) in records
        ]

    def hits(self, rows: list[SearchDocument]) -> dict[int, list[Hit]]:
        if not self.request.concepts:
            return {}
        ranking = getattr(self, "ranked", None) or Ranking(self.request)
        scored = ranking.passages_of([row.pk for row in rows])
        return marked_passages(scored, self.request)

    @cached_property
    def facets(self) -> dict[str, list[FacetValue]]:
        return facets(self.documents, self.request)


#: Kinds whose line in a mixed list says little; they are fetched together in one query.
BRIEF = {
    "official": ("name", "country"),
    "organization": ("name", "country"),
    "post": ("title", "organization__country"),
    "dialogue": ("name", None),
    "agreement": ("title", None),
}


def records_of(rows: list[SearchDocument], mixed: bool) -> dict[tuple[str, int], Any]:
    """The records of the rows with what their lines show; one query a kind, one for all the brief ones."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.kind, []).append(row.record_id)
    found: dict[tuple[str, int], Any] = {}
    brief = [kind for kind in wanted if mixed and kind in BRIEF]
    for kind, pks in wanted.items():
        if kind not in brief:
            published = KINDS[kind].objects.published().filter(pk__in=pks)  # type: ignore[attr-defined]
            found |= {(kind, record.pk): record for record in with_facts(kind, published)}
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
    """Ask the index. When nothing has all that was asked, half of it must do."""
    documents = filtered(SearchDocument.objects.all(), request)
    if request.impossible:
        return Results(request, documents.none(), partial=False)
    if not request.concepts:
        return Results(request, documents, partial=False)
    full = documents.filter(terms=TermQuery(query_of(request.concepts)))
    wanted = [concept for concept in request.concepts if not concept.without]
    if len(wanted) < 2 or full.exists():
        return Results(request, full, partial=False)
    half = documents.filter(terms=TermQuery(any_of(request.concepts)))
    matched: Any = Value(0, IntegerField())
    for concept in wanted:
        matched = matched + Case(
            When(terms=TermQuery(concept.any), then=1), default=0, output_field=IntegerField()
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


def query_of(concepts: list[Concept]) -> str:
    return " & ".join(("!" if concept.without else "") + concept.any for concept in concepts)


def any_of(concepts: list[Concept]) -> str:
    wanted = " | ".join(concept.any for concept in concepts if not concept.without)
    without = "".join(f" & !{concept.any}" for concept in concepts if concept.without)
    return f"({wanted}){without}"


def ordered(documents: QuerySet, request: SearchRequest) -> QuerySet:
    if request.order == "relevance":
        rank = SearchRank(F("terms"), TermQuery(any_of(request.concepts)), normalization=Value(1))
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


# Ranking


@dataclass(frozen=True)
class Scored:
    """A passage text that matched, and how well."""

    document: int
    text: int
    number: int
    score: float
    #: what of the query it has, whatever the words
    coverage: float


class Ranking:
    """How well passages and records answer: each concept by its rarity, the typed words more, and words near each other.

    A concept counts what ``idf`` says, three quarters for any of its alternatives and one quarter more
    for the words as typed; their nearness (cover density) and frequency decide between equals. A
    statement or article is as good as its best passage, its title a little; other records are as good
    as their names.
    """

    def __init__(self, request: SearchRequest) -> None:
        self.concepts = [concept for concept in request.concepts if not concept.without]
        self.wanted = any_of(self.concepts)
        terms = analyze(request.q)
        self.scored: dict[int, list[Scored]] = {}
        #: the whole query as a phrase
        self.whole = sequence(terms) if terms else self.wanted

    @cached_property
    def idf(self) -> list[float]:
        """Rarity of each concept among documents, 1 for the commonest; one query."""
        if len(self.concepts) < 2:
            return [1.0]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT "
                + ", ".join(
                    ["(SELECT count(*) FROM statements_searchdocument WHERE terms @@ %s::tsquery)"]
                    * len(self.concepts)
                ),
                [concept.any for concept in self.concepts],
            )
            found = cursor.fetchone()
        most = max(found)
        return [1 + math.log((most + 1) / (count + 1)) for count in found]

    def score(self, suffix: str = "") -> tuple[str, list[Any]]:
        """SQL and its parameters for how well a row's ``terms`` answer; ``suffix`` narrows to a weight."""
        parts, values = [], []
        for concept, weight in zip(self.concepts, self.idf, strict=True):
            parts.append(
                "%s * (0.75 * (terms @@ %s::tsquery)::int + 0.25 * (terms @@ %s::tsquery)::int)"
            )
            values += [weight, weighted(concept.any, suffix), weighted(concept.literal, suffix)]
        return " + ".join(parts), values

    def passages(self, documents: list[int]) -> list[Scored]:
        """The best passages of the documents, best first within each; one query."""
        if not documents:
            return []
        score, values = self.score()
        covered = " + ".join(["%s * (terms @@ %s::tsquery)::int"] * len(self.concepts))
        coverage: list[Any] = []
        for concept, weight in zip(self.concepts, self.idf, strict=True):
            coverage += [weight, concept.any]
        literal = " & ".join(concept.literal for concept in self.concepts)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT document_id, text_id, number, score, coverage FROM (
                    SELECT *, row_number() OVER (
                        PARTITION BY document_id ORDER BY score DESC, number, text_id
                    ) AS place
                    FROM (
                        SELECT document_id, text_id, number, {score}
                            + %s * (terms @@ %s::tsquery)::int
                            + least(0.5, ts_rank_cd('{{1,1,1,1}}', terms, %s::tsquery))
                            + 0.1 * ts_rank(terms, %s::tsquery) AS score,
                            ({covered})::float AS coverage
                        FROM statements_searchpassage
                        WHERE document_id = ANY(%s) AND terms @@ %s::tsquery
                    ) AS scored
                ) AS placed
                WHERE place <= %s ORDER BY document_id, place
                """,  # nosec B608
                [
                    *values,
                    0.3 * sum(self.idf),
                    self.whole,
                    literal,
                    self.wanted,
                    *coverage,
                    documents,
                    self.wanted,
                    MOST_PASSAGES,
                ],
            )
            return [Scored(*row) for row in cursor.fetchall()]

    def passages_of(self, documents: list[int]) -> list[Scored]:
        """The best passages of these documents; those of a ranking already made are not asked for again."""
        if not set(documents) <= self.scored.keys():
            for pk in documents:
                self.scored[pk] = []
            for row in self.passages(documents):
                self.scored[row.document].append(row)
        return [row for pk in documents for row in self.scored[pk]]

    def documents(self, rows: QuerySet) -> list[SearchDocument]:
        """The first ``DEPTH`` rows, best first; two queries. Only they are unpacked for exact scores."""
        title, title_values = self.score("A")
        body, body_values = self.score()
        first = SearchDocument.objects.filter(pk__in=Subquery(rows.values("pk")[:DEPTH]))
        candidates = list(
            first.annotate(
                named=RawSQL(title, title_values, FloatField()),  # nosec B611  our own SQL, values as parameters
                whole=RawSQL(body, body_values, FloatField()),  # nosec B611
            ).order_by(F("date_first").desc(nulls_last=True), "slug")
        )
        best: dict[int, float] = {}
        for passage in self.passages_of([row.pk for row in candidates]):
            best[passage.document] = max(best.get(passage.document, 0.0), passage.score)
        own = {record for concept in self.concepts for record in concept.records}

        def goodness(row: SearchDocument) -> float:
            if row.kind in ("statement", "article"):
                return best.get(row.pk, 0.0) + 0.3 * row.named
            return 0.7 * row.named + 0.2 * row.whole + 2 * ((row.kind, row.record_id) in own)

        return sorted(
            candidates, key=lambda row: -goodness(row)
        )  # stable: equals stay in their order


class Ranked(Ranking):
    """All matches as a sequence: the first ``DEPTH`` by exact score, those behind by the database's rank."""

    def __init__(self, rows: QuerySet, request: SearchRequest, count: int) -> None:
        super().__init__(request)
        self.rows, self.count = rows, count

    @cached_property
    def top(self) -> list[SearchDocument]:
        return self.documents(self.rows)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, wanted: slice) -> list[SearchDocument]:
        start, stop = wanted.start or 0, wanted.stop
        if stop <= DEPTH or self.count <= DEPTH:
            return self.top[start:stop]
        if start >= DEPTH:
            return list(self.rows[start:stop])
        return [*self.top[start:], *self.rows[DEPTH:stop]]


LEXEME = re.compile(r"'(?:[^'\\]|''|\\.)*'")


def weighted(query: str, weight: str) -> str:
    """The query with each lexeme narrowed to a weight, ``A`` for names and titles."""
    return LEXEME.sub(lambda lexeme: f"{lexeme[0]}:{weight}", query) if weight else query


# Passages


def marked_passages(scored: list[Scored], request: SearchRequest) -> dict[int, list[Hit]]:
    """For each document the passages worth showing: those not much worse than its best, matches marked.

    One answer quotes a text held as excerpts once, from its best passage; the others are named by
    their numbers, with their digests.
    """
    texts = {
        text.pk: text
        for text in PassageText.objects.filter(pk__in=[row.text for row in scored])
        .select_related("version", "passage__article")
        .prefetch_related("mentions")
    }
    best: dict[int, float] = {}
    quoted: set[int] = set()
    found: dict[int, list[Hit]] = {}
    for row in scored:
        text = texts.get(row.text)
        enough = GOOD_ENOUGH * best.setdefault(row.document, row.coverage)
        if text is None or row.coverage < enough:
            continue
        words, spans = readable(text, request.concepts)
        if not spans and row.document not in quoted:
            quotation, places = quoted_from(text, request.concepts)
            if quotation:
                quoted.add(row.document)
                words, spans = quotation, places
        hit = Hit(row.number, text.language, text.direction, words, marked(words, spans))
        found.setdefault(row.document, []).append(hit)
    return found


def readable(text: PassageText, concepts: list[Concept]) -> tuple[str, list[tuple[int, int]]]:
    """What readers may read of the passage, and where in it the query stands."""
    return text.shown, matches(text.shown, concepts) or mentioned(text, text.shown_layer, concepts)


def quoted_from(text: PassageText, concepts: list[Concept]) -> tuple[str, list[tuple[int, int]]]:
    """Forty words about the match in a text held as excerpts; empty for any other."""
    if text.rights != Rights.EXCERPTS or not text.text:
        return "", []
    hidden = matches(text.text, concepts) or mentioned(text, Layer.TEXT, concepts)
    return excerpt(text.text, hidden)


def matches(words: str, concepts: list[Concept]) -> list[tuple[int, int]]:
    """Where the words asked for stand, in any of their forms."""
    terms = analyze(words)
    forms = [frozenset((term.text, *term.variants)) for term in terms]
    patterns = {
        pattern for concept in concepts if not concept.without for pattern in concept.patterns
    }
    spans: set[tuple[int, int]] = set()
    for pattern in patterns:
        for at in range(len(terms) - len(pattern) + 1):
            if all(not wanted.isdisjoint(forms[at + n]) for n, wanted in enumerate(pattern)):
                spans.add((terms[at].start, terms[at + len(pattern) - 1].end))
    return outermost(spans)


def mentioned(text: PassageText, layer: str, concepts: list[Concept]) -> list[tuple[int, int]]:
    """Where the records asked for are mentioned, whatever the words."""
    wanted = {record for concept in concepts if not concept.without for record in concept.records}
    return outermost(
        (mention.start, mention.end)
        for mention in text.mentions.all()
        if mention.layer == layer
        and any((kind, getattr(mention, f"{kind}_id")) in wanted for kind in MENTIONED)
    )


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def excerpt(words: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """At most forty words around the first match that may be quoted, with the matches that fall into them."""
    places = [match.span() for match in WORDS.finditer(words)]
    free = places[: len(places) * QUOTABLE[0] // QUOTABLE[1]]
    end = free[-1][1] if free else 0
    first = next((span for span in spans if span[1] <= end), None)
    if first is None:
        return "", []
    at = next(i for i, place in enumerate(free) if place[1] > first[0])
    chosen = free[max(0, at - AROUND) : at + AROUND]
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
