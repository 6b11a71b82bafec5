"""How fast search is on a synthetic archive, and whether it finds what is best, beside what could be installed.

Classes of queries, each with p50 and p95 in milliseconds and recall@20: the share of the first twenty that
belongs there by an exact ranking of every match, made row by row in SQL (equals count as equal). The
others answer the same queries over the same texts: Django's ``icontains``, PostgreSQL's ``arabic``
configuration with ``ts_rank_cd``, SQLite's FTS5 and tantivy, none of which knows names, dates or the other
language.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection

from statements.models import Official, SearchDocument, Term
from statements.quotation import check
from statements.search.index import current
from statements.search.matching import ANY as EITHER
from statements.search.matching import LITERAL, TITLE, WHOLE, Matches
from statements.search.postings import passages
from statements.search.request import SearchRequest
from statements.search.results import search
from statements.text.analysis import analyze

REPEAT = 40
TOP = 20
Query = dict[str, str]
#: posts and bodies whose words many texts have, each word for itself, and phrases of such words
NAMES = (
    "وزير الدفاع", "Global Coalition", '"foreign affairs"', "وزير الخارجية", "minister of defence", "Secretary of State",
    "التحالف الدولي", "security cooperation dialogue", "foreign affairs", "التعاون الأمني",
    "«وزير الدفاع»", "«وزير الخارجية»", "«التعاون الأمني»", '"Secretary of Defense"', '"security cooperation"',
)  # fmt: skip


def words() -> list[str]:
    """One-word terms of the glossary that the archive has, commonest first, one of each lexeme."""
    index = current()
    lexemes: dict[str, str] = {}
    for arabic in Term.objects.exclude(name_ar__contains=" ").values_list("name_ar", flat=True):
        terms = analyze(arabic)
        if terms and not terms[0].variants:
            lexemes.setdefault(f"'{terms[0].text}'", arabic)
    found = passages(index, list(lexemes))
    counted = [
        (int(np.bitwise_count(bits).sum()), word)
        for bits, word in zip(found, lexemes.values(), strict=True)
    ]
    return [word for number, word in sorted(counted, reverse=True) if number]


def rare_words(most: int = 10) -> list[str]:
    """Words at the far end of the vocabulary, each in few documents of the archive."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM (SELECT regexp_split_to_table(text, '\\s+') AS word FROM statements_passagetext"
            " WHERE language = 'ar' ORDER BY id DESC LIMIT 2000) AS words GROUP BY word HAVING count(*) = 1 ORDER BY md5(word) LIMIT 60"
        )
        found = [word for (word,) in cursor.fetchall()]
    lexemes = {word: f"'{terms[0].text}'" for word in found if (terms := analyze(word))}
    bits = passages(current(), list(lexemes.values()))
    counted = sorted(
        (int(np.bitwise_count(one).sum()), word) for one, word in zip(bits, lexemes, strict=True)
    )
    return [word for _, word in counted[:most]]


def classes() -> dict[str, list[Query]]:
    """Class → queries as parameters of the address bar."""
    common = words()[:12]
    people = Official.objects.filter(slug__startswith="synthetic").order_by("pk")
    slugs = list(people.values_list("slug", flat=True)[:10])
    return {
        "one common term": [{"q": word} for word in common[:10]],
        "one rare term": [{"q": word} for word in rare_words()],
        "two terms": [{"q": f"{a} {b}"} for a, b in zip(common, common[2:], strict=False)],
        "three terms": [
            {"q": f"{a} {b} {c}"} for a, b, c in zip(common, common[3:], common[6:], strict=False)
        ],
        "phrase": [{"q": f'"{a} {b}"'} for a, b in zip(common, common[1:], strict=False)],
        "name of common words": [{"q": name} for name in NAMES],
        "official and dates": [{"official": slug, "from": "2010", "to": "2014"} for slug in slugs],
        "facets": [{}, {"language": "ar"}, {"q": common[0]}, {"q": common[3], "from": "2005"}],
        "by date": [{"from": str(year), "to": str(year)} for year in range(2001, 2011)],
        "page 500 by date": [{"page": "500"}],
    }


def quotations() -> dict[str, list[str]]:
    """Class → twenty words running of a passage, as they are, with every sixth changed, and words of many passages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM statements_passagetext WHERE length(text) > 300 ORDER BY md5(id::text) LIMIT 30"
        )
        texts = [text.split()[5:25] for (text,) in cursor.fetchall()]
    altered = [
        [other if at % 6 == 3 else word for at, (word, other) in enumerate(zip(one, two, strict=False))]
        for one, two in zip(texts, texts[1:], strict=False)
    ]  # fmt: skip
    mixed = [[text[at % len(text)] for text in texts[at : at + 12]] for at in range(10)]
    kinds = {"exact": texts[:10], "altered": altered[:10], "not found": mixed}
    return {name: [" ".join(words) for words in kind] for name, kind in kinds.items()}


def ask(parameters: Query) -> list[str]:
    """A page as a reader gets it: records, passages with marks, count and facets; gives the addresses."""
    results = search(SearchRequest.from_query(parameters, "statement"))
    assert results.facets is not None
    return [item.record.slug for item in results.items]


# Exact ranking, row by row


def exact(parameters: Query) -> tuple[dict[str, float], float]:
    """(address → score of every document that matches, score of the twentieth) by the formula of ``matching``, in SQL."""
    request = SearchRequest.from_query(parameters, "statement")
    matches = Matches(request)
    score: list[str] = []
    values: list[Any] = []
    for concept, weight in zip(matches.wanted, matches.idf, strict=True):
        score.append("%s * (%s * (terms @@ %s::tsquery)::int + %s * (terms @@ %s::tsquery)::int)")
        values += [weight, EITHER, concept.any, LITERAL, concept.literal]
    have = " AND ".join(["bool_or(terms @@ %s::tsquery)"] * len(matches.wanted))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            f"""
            SELECT slug, coalesce(best, 0) + %s * coalesce(names, 0) FROM (
                SELECT document_id,
                    max(score + %s * (terms @@ %s::tsquery)::int) FILTER (WHERE number >= 0 AND score > 0) AS best,
                    max(score) FILTER (WHERE number = -1) AS names
                FROM (SELECT document_id, number, terms, {" + ".join(score)} AS score FROM statements_searchpassage) AS rows
                GROUP BY document_id HAVING {have}
            ) AS documents JOIN statements_searchdocument AS document ON document.id = document_id AND kind = 'statement'
            """,
            [
                TITLE,
                WHOLE * sum(matches.idf),
                matches.whole,
                *values,
                *(c.any for c in matches.wanted),
            ],
        )
        found = {slug: float(value) for slug, value in cursor.fetchall()}
        cursor.execute("RESET statement_timeout")
    ordered = sorted(found.values(), reverse=True)
    return found, ordered[min(TOP, len(ordered)) - 1] if ordered else 0.0


def recall(parameters: Query) -> float | None:
    """The share of the first twenty that an exact ranking has there too; None for lists by date, which are exact by nature."""
    if "q" not in parameters:
        return None
    scores, least = exact(parameters)
    if not scores:
        return 1.0
    good = [slug for slug in ask(parameters) if scores.get(slug, -1.0) >= least - 1e-4]
    return len(good) / min(TOP, len(scores))


# What could be installed


def bodies() -> Iterator[tuple[int, str]]:
    """(number of a statement, its Arabic text) of the whole archive."""
    with connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute(
                "SELECT passage.statement_id, string_agg(text.text, ' ') FROM statements_passage AS passage"
                " JOIN statements_passagetext AS text ON text.passage_id = passage.id AND text.language = 'ar'"
                " WHERE passage.statement_id > %s AND passage.statement_id <= %s GROUP BY 1 ORDER BY 1",
                [last, last + 2000],
            )
            rows = cursor.fetchall()
            cursor.execute("SELECT max(id) FROM statements_statement")
            if not rows and last >= (cursor.fetchone()[0] or 0):
                return
            yield from rows
            last += 2000


def icontains() -> Callable[[str], Any]:
    def answer(q: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT passage.statement_id FROM statements_passagetext AS text"
                " JOIN statements_passage AS passage ON passage.id = text.passage_id WHERE text.text ILIKE %s LIMIT 20",
                [f"%{q}%"],
            )
            return cursor.fetchall()

    return answer


def postgresql() -> Callable[[str], Any]:
    """A stored ``tsvector`` of PostgreSQL's own, with a GIN index, every match ranked."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_arabic (id bigint, terms tsvector)")
        cursor.execute("TRUNCATE bench_arabic")
        cursor.execute(
            "INSERT INTO bench_arabic SELECT passage.statement_id, to_tsvector('arabic', string_agg(text.text, ' '))"
            " FROM statements_passage AS passage JOIN statements_passagetext AS text"
            " ON text.passage_id = passage.id AND text.language = 'ar' GROUP BY 1"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS bench_terms ON bench_arabic USING gin (terms)")
        cursor.execute("ANALYZE bench_arabic")

    def answer(q: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM bench_arabic, websearch_to_tsquery('arabic', %s) AS query WHERE terms @@ query"
                " ORDER BY ts_rank_cd(terms, query) DESC LIMIT 20",
                [q],
            )
            return cursor.fetchall()

    return answer


def fts5(folder: Path) -> Callable[[str], Any]:
    database = sqlite3.connect(folder / "fts5.sqlite")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, content='')")
    database.executemany("INSERT INTO texts (rowid, body) VALUES (?, ?)", bodies())
    database.commit()
    ranked = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20"
    return lambda q: database.execute(ranked, [q]).fetchall()


def tantivy(folder: Path) -> Callable[[str], Any]:
    """In this very process, with no database between: the limit."""
    import tantivy as library

    schema = (
        library.SchemaBuilder()
        .add_integer_field("id", stored=True)
        .add_text_field("body", stored=False)
        .build()
    )
    (folder / "tantivy").mkdir()
    index = library.Index(schema, path=str(folder / "tantivy"))
    writer = index.writer(heap_size=200_000_000)
    for pk, body in bodies():
        writer.add_document(library.Document(id=pk, body=body))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def answer(q: str) -> Any:
        query = index.parse_query(q if '"' in q else q.replace(" ", " AND "), ["body"])
        return [searcher.doc(found)["id"] for _, found in searcher.search(query, 20).hits]

    return answer


# The table


@contextmanager
def served() -> Iterator[None]:
    """The database as the web server asks it."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        yield
        cursor.execute("RESET enable_seqscan")


def timed(
    ask_: Callable[[Any], Any], queries: Iterable[Any], seconds: float = 20
) -> tuple[float, float]:
    """(p50, p95) in milliseconds over the queries, each asked once before; at most so many seconds."""
    known = list(queries)
    begin = time.perf_counter()
    for query in known[:3]:
        ask_(query)
    times: list[float] = []
    while len(times) < REPEAT and time.perf_counter() - begin < seconds:
        for query in known:
            started = time.perf_counter()
            ask_(query)
            times.append(1000 * (time.perf_counter() - started))
    times.sort()
    return times[len(times) // 2], times[min(len(times) - 1, int(0.95 * len(times)))]


def table(folder: Path, beside: bool = True) -> None:
    """Print the table; ``beside``: with the others, whose indexes take their time to make."""
    number = SearchDocument.objects.filter(kind="statement").count()
    print(
        f"{number:,} statements; p50/p95 in milliseconds; ours with count, facets and marked passages"
    )
    others: dict[str, Callable[[str], Any]] = {}
    if beside:
        made = {"icontains": icontains, "PG arabic": postgresql}
        others = {name: make() for name, make in made.items()}
        others |= {"FTS5": fts5(folder), "tantivy": tantivy(folder)}
    print(
        f"{'class':20} {'Hiwar':>15} {'recall@20':>9}" + "".join(f" {name:>15}" for name in others)
    )
    for name, queries in classes().items():
        with served():
            p50, p95 = timed(ask, queries)
        found = [value for query in queries[:3] if (value := recall(query)) is not None]
        line = (
            f"{name:20} {p50:7.1f}/{p95:7.1f} {min(found):9.2f}"
            if found
            else f"{name:20} {p50:7.1f}/{p95:7.1f} {'exact':>9}"
        )
        for other in others.values():
            if all(set(query) == {"q"} for query in queries):
                slow = timed(other, [query["q"] for query in queries[:5]])
                line += f" {slow[0]:7.1f}/{slow[1]:7.1f}"
        print(line, flush=True)
    for name, sentences in quotations().items():
        with served():
            p50, p95 = timed(check, sentences)
            right = sum(check(sentence).verdict.replace("_", " ") == name for sentence in sentences)
        print(f"{f'quotation {name}':20} {p50:7.1f}/{p95:7.1f} {right}/{len(sentences)} told so", flush=True)  # fmt: skip
