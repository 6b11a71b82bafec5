"""Whether PostgreSQL has a connection for everybody who may want one, asked before the web server starts."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

#: Left for what is not the web server: `up` itself, the nightly index, an import, a look with psql.
BESIDE = 5


def shortages(workers: int, threads: int, pooled: bool) -> list[str]:
    """A sentence for each database that would refuse somebody when every thread of this web server is at work.

    Each thread keeps one connection to each database, and each process one more that follows the revision.
    ``pooled``: a pooler stands before the primary and lets those who are too many wait. A replica that does not
    answer is passed over; the archive runs without it.
    """
    found = []
    for alias in connections:
        if alias == DEFAULT_DB_ALIAS and pooled:
            continue
        wanted = workers * (threads + 1) + (BESIDE if alias == DEFAULT_DB_ALIAS else 0)
        try:
            have = free(alias)
        except DatabaseError:
            if alias == DEFAULT_DB_ALIAS:
                raise
            continue
        if have < wanted:
            name = "PostgreSQL" if alias == DEFAULT_DB_ALIAS else f"The PostgreSQL of {alias}"
            found.append(
                f"{name} takes {have} connections, and WORKERS={workers} with THREADS={threads} may need {wanted}; "
                "make them fewer, or raise its max_connections."
            )
    return found


def free(alias: str) -> int:
    """Connections that a server gives to ordinary roles."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
            " - coalesce(current_setting('reserved_connections', true), '0')::int"  # since PostgreSQL 16
        )
        return int(cursor.fetchone()[0])
