"""Django's management commands, with failures of the database told as one sentence."""

from __future__ import annotations

import sys

#: Commands that work on records; on an empty database they begin with an empty archive.
ON_RECORDS = {
    "check_archive",
    "createsuperuser",
    "export_records",
    "generate_archive",
    "import_records",
    "ingest",
    "rebuild_search",
}
#: A table or a column that is not there.
UNPREPARED = ("42P01", "42703")


def execute(argv: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError, OperationalError, ProgrammingError

    from archive.database.server import ServerFailed

    try:
        if argv[1:] and argv[1] in ON_RECORDS and not {"-h", "--help"} & set(argv):
            prepare_when_empty()
        execute_from_command_line(argv)
    except (ImproperlyConfigured, ServerFailed) as failure:
        sys.exit(str(failure))
    except OperationalError as error:
        sys.exit(first_line(error))
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") in UNPREPARED:
            sys.exit(
                "The database is not what this version needs; run `python3 manage.py migrate` first."
            )
        sys.exit(f"The database refused: {first_line(error)}")
    except DatabaseError as error:
        sys.exit(f"The database refused: {first_line(error)}")
    except KeyboardInterrupt:
        sys.exit(130)


def prepare_when_empty() -> None:
    """Tables for a command that is the first to use a database, so that it finds an empty archive."""
    import django
    from django.db import connection

    from archive.serving import prepare_tables

    django.setup()
    with connection.cursor() as cursor:
        if not connection.introspection.table_names(cursor):
            prepare_tables()


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
