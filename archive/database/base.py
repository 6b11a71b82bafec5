"""Django's PostgreSQL backend; its first connection starts the embedded server, so that commands without one start none."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

from archive.database.planning import Plans, known
from archive.database.recording import note
from archive.database.server import Server


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self.execute_wrappers.append(note)
        self.plans = Plans()

    def planned(self, types: str, sql: str) -> str | None:
        """The name under which the server has the plan of a question with ``$1``, ``$2`` … of these types.

        None behind a pooler.
        """
        name = known.name(types, sql)
        return name if self.plans.hold(self, [name]) else None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        folder = self.settings_dict.get("EMBEDDED")
        if folder:
            Server.at(folder).hold()
            return super().get_new_connection(conn_params)
        try:
            return super().get_new_connection(conn_params)
        except OperationalError as error:
            raise OperationalError(unanswered(self.settings_dict, error)) from error


def unanswered(settings: dict[str, Any], error: Exception) -> str:
    where = settings.get("HOST") or "the local socket"
    reason = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
    return (
        f"The database server that DATABASE_URL names ({where}) does not answer as asked: {reason}. "
        "Start it, correct DATABASE_URL, or unset it to use the embedded server."
    )
