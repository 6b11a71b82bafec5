"""How good search is, on judged queries: recall, precision, MRR and nDCG at 10, for the archive and for what could be installed.

``judged.jsonl`` has a query a line, its class, and the passages of the demo archive that answer it, as
``<statement>#p<number>``. They were judged by the marks of the digests' writers (whom a passage names)
and by reading for words; a passage counts once, in whatever language it is shown.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from statements.models import PassageText
from statements.search.request import SearchRequest
from statements.search.results import search

JUDGED = Path(__file__).parent / "judged.jsonl"
AT = 10
Ranker = Callable[[str], list[str]]


def archive(query: str) -> list[str]:
    """Passages in the order in which a reader meets them: record by record, best passages first."""
    found: list[str] = []
    for page in (1, 2):
        results = search(SearchRequest.from_query({"q": query, "page": str(page)}))
        for item in results.items:
            found += [
                f"{item.record.slug}#p{hit.number}" for hit in item.hits if item.kind == "statement"
            ]
        if len(set(found)) >= AT or results.page.paginator.num_pages < 2:
            break
    return list(dict.fromkeys(found))


def icontains(query: str) -> list[str]:
    """What Django offers by itself: the words as typed, newest first."""
    rows = (
        PassageText.objects.filter(
            digest__icontains=query.strip('"'), passage__statement__isnull=False
        )
        .order_by("-passage__statement__date_first", "passage__number")
        .values_list("passage__statement__slug", "passage__number")
    )
    return list(dict.fromkeys(f"{slug}#p{number}" for slug, number in rows))


def postgresql() -> Ranker:
    """PostgreSQL's own ``arabic`` and ``english`` configurations, ranked by cover density; the texts are analysed once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DROP TABLE IF EXISTS measured;
            CREATE TEMPORARY TABLE measured AS
            SELECT statement.slug, passage.number, config.name, to_tsvector(config.name, text.digest) AS vector
            FROM statements_passagetext AS text
            JOIN statements_passage AS passage ON passage.id = text.passage_id
            JOIN statements_statement AS statement ON statement.id = passage.statement_id,
            LATERAL (SELECT CASE text.language WHEN 'ar' THEN 'arabic' ELSE 'english' END::regconfig AS name) AS config
            """
        )

    def ranked(query: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH asked AS MATERIALIZED (
                    SELECT name, websearch_to_tsquery(name, %s) AS query
                    FROM (VALUES ('arabic'::regconfig), ('english'::regconfig)) AS configs (name))
                SELECT slug, number FROM measured JOIN asked USING (name) WHERE vector @@ query
                ORDER BY ts_rank_cd(vector, query) DESC, slug, number
                """,
                [query],
            )
            return list(dict.fromkeys(f"{slug}#p{number}" for slug, number in cursor.fetchall()))

    return ranked


def scores(found: list[str], relevant: set[str]) -> dict[str, float]:
    top = found[:AT]
    hits = [passage in relevant for passage in top]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(AT, len(relevant))))
    return {
        "recall": sum(hits) / min(AT, len(relevant)),
        "precision": sum(hits) / len(top) if top else 0.0,
        "MRR": next((1 / place for place, hit in enumerate(hits, 1) if hit), 0.0),
        "nDCG": sum(hit / math.log2(place + 2) for place, hit in enumerate(hits)) / ideal,
    }


def measure(ranker: Ranker) -> dict[str, dict[str, float]]:
    """Class → measure → mean; the class ``all`` is every query."""
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in JUDGED.read_text("utf-8").splitlines():
        judged = json.loads(line)
        own = scores(ranker(judged["query"]), set(judged["relevant"]))
        for name in (judged["category"], "all"):
            sums[name]["queries"] += 1
            for measure_, value in own.items():
                sums[name][measure_] += value
    return {
        name: {
            key: value if key == "queries" else value / row["queries"] for key, value in row.items()
        }
        for name, row in sums.items()
    }
