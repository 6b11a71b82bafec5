"""How fast search is on a synthetic archive: classes of queries, p50 and p95, beside what Django and PostgreSQL offer."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from statements.models import Official, SearchDocument, Term
from statements.search.request import SearchRequest
from statements.search.results import search
from statements.text.analysis import analyze

REPEAT = 20


def words(most: int = 2000) -> list[tuple[str, int]]:
    """Terms of the glossary that the archive has, commonest first, with the number of their documents."""
    found = []
    for arabic in Term.objects.exclude(name_ar__contains=" ").values_list("name_ar", flat=True)[
        :most
    ]:
        terms = analyze(arabic)
        if terms:
            found.append((arabic, terms[0].text))
    rows = []
    with connection.cursor() as cursor:
        for word, term in dict(found).items():
            cursor.execute(
                "SELECT count(*) FROM statements_searchdocument WHERE terms @@ %s::tsquery",
                [f"'{term}'"],
            )
            rows.append((word, cursor.fetchone()[0]))
    return sorted((row for row in rows if row[1]), key=lambda row: -row[1])


def classes() -> dict[str, list[dict[str, str]]]:
    """Class → queries as parameters of the address bar."""
    known = words()
    common, rare = [word for word, _ in known[:10]], [word for word, _ in known[-10:]]
    people = list(
        Official.objects.filter(slug__startswith="synthetic").values_list("slug", flat=True)[:10]
    )
    return {
        "one common term": [{"q": word} for word in common],
        "one rare term": [{"q": word} for word in rare],
        "two terms": [
            {"q": f"{a} {b}"} for a, b in zip(common, reversed(common), strict=True) if a != b
        ],
        "three terms": [
            {"q": f"{a} {b} {c}"} for a, b, c in zip(common, common[3:], common[6:], strict=False)
        ],
        "phrase": [{"q": f'"{a} {b}"'} for a, b in zip(common, common[1:], strict=False)],
        "official and dates": [{"official": slug, "from": "2010", "to": "2014"} for slug in people],
        "by date": [{"from": str(year), "to": str(year)} for year in range(2001, 2011)],
        "page 500": [{"page": "500"}],
    }


def ask(parameters: dict[str, str]) -> Any:
    results = search(SearchRequest.from_query(parameters, "statement"))
    return results.facets and results.items


def icontains(parameters: dict[str, str]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT passage.statement_id FROM statements_passagetext AS text JOIN statements_passage AS passage"
            " ON passage.id = text.passage_id WHERE text.text ILIKE %s LIMIT 20",
            [f"%{parameters['q']}%"],
        )
        return cursor.fetchall()


def ranked_by_database(parameters: dict[str, str]) -> Any:
    """Every match ranked by ``ts_rank_cd`` over the stored terms, as a first design would."""
    terms = " & ".join(f"'{term.text}'" for term in analyze(parameters["q"]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM statements_searchdocument WHERE terms @@ %s::tsquery ORDER BY ts_rank_cd(terms, %s::tsquery) DESC LIMIT 20",
            [terms, terms],
        )
        return cursor.fetchall()


def timed(
    ask_: Callable[[dict[str, str]], Any], queries: list[dict[str, str]]
) -> tuple[float, float]:
    """(p50, p95) in milliseconds over the queries, each asked until there are ``REPEAT`` times."""
    for query in queries[:2]:
        ask_(query)
    times = []
    while len(times) < REPEAT:
        for query in queries:
            begin = time.perf_counter()
            ask_(query)
            times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, int(0.95 * len(times)))]


def table() -> None:
    print(
        f"{SearchDocument.objects.filter(kind='statement').count():,} statements; milliseconds, with facets"
    )
    print(f"{'class':20} {'p50':>8} {'p95':>8} {'ILIKE p50':>10} {'rank all p50':>13}")
    for name, queries in classes().items():
        if not queries:
            continue
        p50, p95 = timed(ask, queries)
        others = ["", ""]
        if "q" in queries[0] and name != "phrase":
            others = [
                f"{timed(other, queries[:3])[0]:.1f}" for other in (icontains, ranked_by_database)
            ]
        print(f"{name:20} {p50:8.1f} {p95:8.1f} {others[0]:>10} {others[1]:>13}", flush=True)
