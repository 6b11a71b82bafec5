"""Records out: one canonical line of JSON each, a file a kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction

from statements.records.description import BY_MODEL, KINDS, Kind
from statements.records.fields import written_fields


def loaded(kind: Kind, records: models.QuerySet) -> models.QuerySet:
    """The records with everything that writing them reads, in a fixed number of queries."""
    paths = {path for part in kind.fields for path in part.prefetch()}
    return records.order_by("slug").prefetch_related(*sorted(paths))


def record_of(record: models.Model) -> dict[str, Any]:
    """A record as the portable format has it: kind and slug first, empty values left out."""
    kind = BY_MODEL[type(record)]
    return {"kind": kind.name, **written_fields(record, kind.fields)}


def line_of(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def records_of(kind: Kind) -> Iterator[dict[str, Any]]:
    for record in loaded(kind, kind.model._default_manager.all()).iterator(chunk_size=200):
        yield record_of(record)


def export_all(folder: Path) -> Iterable[tuple[Path, int]]:
    """Write every kind to ``<folder>/<kind>.jsonl`` from one snapshot; gives (path, records written).

    A file appears whole or not at all. A kind without records gives an empty file, so that an
    older export in the same folder does not survive.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with transaction.atomic():
        snapshot()
        for kind in KINDS:
            path = folder / f"{kind.file}.jsonl"
            partial = path.with_suffix(".partial")
            count = 0
            with partial.open("w", encoding="utf-8", newline="\n") as file:
                for record in records_of(kind):
                    file.write(line_of(record) + "\n")
                    count += 1
            partial.replace(path)
            written.append((path, count))
    return written


def snapshot() -> None:
    """One view of the archive for a whole export; inside another transaction that one's view must do."""
    from django.db import connection

    if not connection.in_atomic_block or len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
