"""What a database must be for the archive to work on it, said before the first table is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

OLDEST = 15


def database_fits(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """PostgreSQL 15 or later, in UTF-8, with a locale that knows Arabic letters as letters."""
    found: list[CheckMessage] = []
    for name in databases or ():
        with connections[name].cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000,"
                " current_setting('server_encoding'), 'ث' ~ '^[[:alpha:]]$'"
            )
            version, encoding, letters = cursor.fetchone()
        if version < OLDEST:
            found.append(
                Error(
                    f"The database server is PostgreSQL {version}; Hiwar needs {OLDEST} or later.",
                    id="statements.E001",
                )
            )
        if encoding != "UTF8":
            found.append(
                Error(
                    f"The database is in {encoding}; create it anew with ENCODING 'UTF8'.",
                    id="statements.E002",
                )
            )
        elif not letters:
            found.append(
                Error(
                    "The database does not know Arabic letters as letters, so that similar names would not be "
                    "found; create it anew with a UTF-8 locale, e.g. LOCALE 'C.UTF-8'.",
                    id="statements.E003",
                )
            )
    return found
