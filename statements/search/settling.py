"""The settled part, made anew beside the old one while readers read, and put in its place in an instant.

Rows go by COPY into tables of their own, the indexes are made when all rows are there, and then names
are exchanged. What was changed meanwhile is written afterwards as every change is, as fresh rows.
Terms that will have postings are told from a sample of the texts first, so that only theirs are kept in
memory on the way.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
from django.db import connection, models, transaction
from django.db.models import F

from statements.models import (
    PassageText,
    SearchDocument,
    SearchPassage,
    SearchPosting,
    SearchProgress,
)
from statements.search.columns import Coverage, Writer
from statements.search.index import (
    BATCH,
    FORMAT,
    KINDS,
    IndexedPassage,
    follow,
    lock,
    rows_of,
)
from statements.search.postings import is_looked_at, written
from statements.search.terms import Words, lexemes_in
from statements.search.understanding import names_in_order
from statements.text.analysis import ENDING

ALONE = 7_205_759_404  # held while the settled part is made
TABLES: tuple[type[models.Model], ...] = (SearchDocument, SearchPassage)
COMMON = 2000  # one passage of so many has a term with postings
FREQUENT = 50  # and of so many one whose pairs have
LEAST = 2000  # passages, below which the rows are quick enough
SAMPLE = 8000  # texts
LONGEST = 410  # characters under which there may be a posting
KEPT = 400_000  # runs of letters, while the rows are made


def rebuild(progress: Callable[[int], None] = lambda done: None) -> int:
    """Make the whole index anew; gives the number of records. Readers use the old one until the last moment."""
    with Settling() as settling:
        settling.watch(sample, PassageText.objects.count())
        for batch in in_order():
            for row, passages in rows_of_mixed(batch, settling.words):
                settling.add(row, passages)
            settling.flush()
            progress(settling.writer.documents)
    return settling.writer.documents


def in_order() -> Iterator[list[tuple[str, int]]]:
    """All published records, (kind, number), newest first and the undated last, in batches."""
    found: list[tuple[int, str, str, int]] = []
    for kind, model in KINDS.items():
        dated = any(field.name == "date_first" for field in model._meta.get_fields())
        columns = ("slug", "pk", *(["date_first"] if dated else []))
        rows = model.objects.published().order_by().values_list(*columns)  # type: ignore[attr-defined]
        for slug, pk, *day in rows.iterator(chunk_size=20_000):
            found.append((-day[0].toordinal() if day and day[0] else 0, kind, slug, pk))
    found.sort()
    for start in range(0, len(found), BATCH):
        yield [(kind, pk) for _, kind, _, pk in found[start : start + BATCH]]


def rows_of_mixed(
    batch: list[tuple[str, int]], words: Words
) -> Iterator[tuple[SearchDocument, list[IndexedPassage]]]:
    """The rows of records of several kinds, in their order."""
    made = {
        kind: dict(
            zip_by_record(rows_of(kind, [pk for other, pk in batch if other == kind], words))
        )
        for kind in {kind for kind, _ in batch}
    }
    for kind, pk in batch:
        if pk in made[kind]:
            yield made[kind][pk]


def zip_by_record(rows: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    for row, passages in rows:
        yield row.record_id, (row, passages)


def sample(frequent: frozenset[str]) -> Iterator[set[str]]:
    """The lexemes of every so many-th text, with the pairs of frequent ones."""
    step = max(1, PassageText.objects.count() // SAMPLE)
    texts = PassageText.objects.annotate(turn=F("pk") % step).filter(turn=0).order_by("pk")
    for row in texts.values_list("text", "digest")[: 2 * SAMPLE]:
        yield lexemes_in(row, frequent)


class Settling:
    """The making of a settled part: ``watch`` a sample, ``add`` documents newest first, and leave the block."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.watched: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
        self.words = Words()
        self.lines: dict[str, list[str]] = {model._meta.db_table: [] for model in TABLES}
        #: copies rows into the tables on a connection of its own, while the next rows are made
        self.copier = ThreadPoolExecutor(1)
        self.copying: Future[None] | None = None

    def __enter__(self) -> Settling:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ALONE])
            with transaction.atomic():
                self.horizon = lock()
            for table in self.lines:
                cursor.execute(f"DROP TABLE IF EXISTS {table}_new")
                cursor.execute(
                    f"CREATE TABLE {table}_new (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING STORAGE)"
                )
        return self

    def __exit__(self, failed: Any, *_: Any) -> None:
        try:
            if failed is None:
                self.flush()
                self.copied()
                self.finish()
        finally:
            self.copier.submit(lambda: connection.close())  # the thread's own
            self.copier.shutdown()
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [ALONE])

    @staticmethod
    def often(sample: Iterable[set[str]], one_of: int) -> frozenset[str]:
        """Lexemes that at least one passage of so many has; endings are asked for behind their terms only."""
        count: Counter[str] = Counter()
        passages = 0
        for lexemes in sample:
            count.update(lexemes)
            passages += 1
        return frozenset(
            lexeme
            for lexeme, n in count.items()
            if n * one_of >= passages and not lexeme.startswith(ENDING)
        )

    def watch(self, sample: Callable[[frozenset[str]], Iterable[set[str]]], passages: int) -> None:
        """Choose the terms whose passages are noted; ``sample`` gives the lexemes of some of ``passages`` in all."""
        if passages < LEAST:
            return
        frequent = self.often(sample(frozenset()), FREQUENT)
        noted = self.often(sample(frequent), 2 * COMMON)
        self.words = Words(frequent, noted, KEPT)

    def add(self, row: SearchDocument, passages: list[IndexedPassage]) -> None:
        document = self.writer.documents
        self.writer.add(row)
        row.pk = document + 1
        row.place = document
        self.lines[SearchDocument._meta.db_table].append(line(row))
        for passage in passages:
            place = self.writer.passages
            self.writer.add_passage(passage.number)
            for lexeme in passage.noted:
                self.watched[lexeme].append(place)
            self.lines[SearchPassage._meta.db_table].append(
                "\t".join((
                    str(place + 1), str(document + 1), "\\N" if passage.text is None else str(passage.text), str(passage.number),
                    escaped(passage.terms), str(place),
                ))
            )  # fmt: skip

    def flush(self) -> None:
        """Send the rows made so far to the tables; at once inside a transaction, else while the next are made."""
        lines, self.lines = self.lines, {table: [] for table in self.lines}
        if connection.in_atomic_block:
            copy_rows(lines)
            return
        self.copied()
        self.copying = self.copier.submit(copy_rows, lines)

    def copied(self) -> None:
        """Wait for the rows on their way; raises what went wrong with them."""
        if self.copying:
            self.copying.result()
            self.copying = None

    def finish(self) -> None:
        """Indexes, columns and postings; then the exchange, in one transaction with what was changed meanwhile."""
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            made = {table: self.make_indexes(cursor, table) for table in self.lines}
            cursor.execute("RESET maintenance_work_mem")
            for table in self.lines:
                cursor.execute(f"ANALYZE {table}_new")
            postings = self.postings(cursor)
        with transaction.atomic(), connection.cursor() as cursor:
            lock()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in self.lines:
                cursor.execute(f"DROP TABLE {table}")
                cursor.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
                cursor.execute(f"ALTER SEQUENCE {table}_new_id_seq RENAME TO {table}_id_seq")
                cursor.execute(
                    f"SELECT setval('{table}_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM {table}))"  # nosec B608
                )
                for name, constraint in made[table]:
                    if constraint:
                        cursor.execute(
                            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {constraint} USING INDEX "{name}_new"'
                        )
                    else:
                        cursor.execute(f'ALTER INDEX "{name}_new" RENAME TO "{name}"')
            self.writer.save(self.words.frequent)
            self.save_postings(postings)
            progress, _ = SearchProgress.objects.get_or_create(pk=1)
            progress.format = FORMAT
            progress.generation, progress.dead = SearchProgress.moment(), []
            progress.indexed_before = self.horizon["indexed_before"]
            progress.last_change = self.horizon["last_change"]
            progress.save()
            follow(progress, lock())

    @staticmethod
    def make_indexes(cursor: Any, table: str) -> list[tuple[str, str]]:
        """The old table's indexes on the new one, under names of their own; gives (name, kind of constraint or nothing)."""
        cursor.execute(
            """
            SELECT index.relname, pg_get_indexdef(index.oid), coalesce(made.contype::text, '')
            FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
            LEFT JOIN pg_constraint AS made ON made.conindid = index.oid AND made.contype IN ('p', 'u')
            WHERE indrelid = %s::regclass
            """,
            [table],
        )
        found = []
        for name, definition, constraint in cursor.fetchall():
            definition = re.sub(
                r"INDEX \S+ ON (\S*?)(\w+) USING",
                lambda match, name=name: f'INDEX "{name}_new" ON {match[1]}{match[2]}_new USING',
                definition,
                count=1,
            )
            cursor.execute(definition)
            found.append((name, {"p": "PRIMARY KEY", "u": "UNIQUE", "": ""}[constraint]))
        return found

    def postings(self, cursor: Any) -> dict[str, Any]:
        """The places of common terms and pairs, of every very word of a frequent term, and of the names whose words are all common, by their words in order."""
        least = max(LEAST, self.writer.passages // COMMON)
        frequent = self.words.frequent
        found: dict[str, Any] = {
            lexeme: np.frombuffer(at, "i4")
            for lexeme, at in self.watched.items()
            if (len(at) >= least or lexeme.partition(ENDING)[0] in frequent)
            and len(lexeme) <= LONGEST
        }
        has = Coverage(frozenset(found), frequent, spelled=True)
        cursor.execute("SET enable_seqscan = off")
        for query in names_in_order() if found else ():
            if len(query) <= LONGEST and is_looked_at(query, has):
                cursor.execute(
                    "SELECT place FROM statements_searchpassage_new"
                    " WHERE place IS NOT NULL AND terms @@ %s::tsquery ORDER BY place",
                    [query],
                )
                found[query] = np.array([place for (place,) in cursor.fetchall()], dtype="i4")
        cursor.execute("RESET enable_seqscan")
        return found

    def save_postings(self, postings: dict[str, Any]) -> None:
        SearchPosting.objects.all().delete()
        chosen = [
            SearchPosting(lexeme=lexeme, data=written(at, self.writer.passages))
            for lexeme, at in postings.items()
        ]
        SearchPosting.objects.bulk_create(chosen, batch_size=20)


COLUMNS = tuple(str(field.column) for field in SearchDocument._meta.local_concrete_fields)


def line(row: SearchDocument) -> str:
    """A document in the notation of COPY."""
    return "\t".join(
        copied(getattr(row, field.attname)) for field in SearchDocument._meta.local_concrete_fields
    )


def copied(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, list):
        return escaped("{" + ",".join(str(part) for part in value) + "}")
    return escaped(str(value))


def copy_rows(lines: dict[str, list[str]]) -> None:
    """COPY lines into the new tables, on this thread's connection."""
    with connection.cursor() as cursor:
        for table, columns in (
            (SearchDocument._meta.db_table, COLUMNS),
            (
                SearchPassage._meta.db_table,
                ("id", "document_id", "text_id", "number", "terms", "place"),
            ),
        ):
            if lines[table]:
                names = ", ".join(columns)
                with cursor.cursor.copy(f"COPY {table}_new ({names}) FROM STDIN") as copy:
                    copy.write("\n".join(lines[table]) + "\n")


SPECIAL = re.compile(r"[\\\n\r\t]")
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def escaped(text: str) -> str:
    return text.translate(ESCAPES) if SPECIAL.search(text) else text
