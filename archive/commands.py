"""Django's management commands, with failures of the database told as one sentence."""

from __future__ import annotations

import sys


def execute(argv: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    from archive.database.server import ServerFailed

    try:
        execute_from_command_line(argv)
    except (ImproperlyConfigured, ServerFailed) as failure:
        sys.exit(str(failure))
    except DatabaseError as error:
        sys.exit(f"The database refused: {str(error).strip().splitlines()[0]}")
