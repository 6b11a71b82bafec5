"""Many readers at once after a change, who all find the search index behind."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection, transaction

from statements.models import Statement
from statements.search.index import catch_up, lock
from tests.archive.workers import until


def test_of_a_crowd_after_a_change_one_brings_the_rows_up_and_the_others_find_it_done(
    own_demo: None,
) -> None:
    catch_up()
    Statement.objects.filter(slug="dod-news-2024-07-23").update(title_en="Quite another title")
    done: list[int] = []

    def read() -> None:
        done.append(catch_up())
        connection.close()

    crowd = [threading.Thread(target=read) for _reader in range(6)]
    with transaction.atomic(), connection.cursor() as cursor:
        lock()  # all of them have seen the change before the first gets on
        for reader in crowd:
            reader.start()
        until(lambda: len(waiting(cursor)) == len(crowd))
    for reader in crowd:
        reader.join()
    assert sorted(done)[:-1] == [0] * (len(crowd) - 1)
    assert max(done) > 0


def waiting(cursor: Any) -> list[Any]:
    """Who waits for an advisory lock in this database."""
    cursor.execute(
        "SELECT pid FROM pg_locks JOIN pg_database ON database = pg_database.oid"
        " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
    )
    return list(cursor.fetchall())
