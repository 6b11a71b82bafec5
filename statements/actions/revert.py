"""Take a change back: the row becomes again what it was before, as a change of its own."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from statements.models import Change, recording


class RevertRefused(Exception):
    """The change cannot be taken back as things stand; the message says why."""


def revert(change: Change, editor: Any = None, reason: str = "") -> None:
    """Undo one change. Raises RevertRefused when later changes, or the archive's rules, stand against it."""
    if change.table_name not in known_tables():
        raise RevertRefused(_("The table of this change is no longer part of the archive."))
    try:
        with recording(editor, reason or f"took back change {change.pk}"), transaction.atomic():
            undo(change)
    except DatabaseError as error:
        detail = getattr(getattr(error.__cause__, "diag", None), "message_primary", "") or str(
            error
        )
        raise RevertRefused(
            _("The change cannot be taken back, because other records depend on it: %(detail)s.")
            % {"detail": detail}
        ) from None


def known_tables() -> set[str]:
    config = apps.get_app_config("statements")
    return {model._meta.db_table for model in config.get_models(include_auto_created=True)}


def undo(change: Change) -> None:
    table = connection.ops.quote_name(change.table_name)
    with connection.cursor() as cursor:
        if change.operation == Change.Operation.INSERT:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [change.record_id])  # nosec B608
        elif change.operation == Change.Operation.DELETE:
            columns = ", ".join(connection.ops.quote_name(name) for name in change.before or {})
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)",  # nosec B608
                [json_of(change.before)],
            )
        else:
            changed = [connection.ops.quote_name(name) for name, _b, _a in change.differences()]
            if not changed:
                return
            assignments = ", ".join(f"{name} = old.{name}" for name in changed)
            cursor.execute(
                f"UPDATE {table} AS now SET {assignments} FROM jsonb_populate_record(NULL::{table}, %s) AS old"  # nosec B608
                " WHERE now.id = %s",
                [json_of(change.before), change.record_id],
            )
        if cursor.rowcount == 0:
            raise RevertRefused(_("The record of this change is no longer there."))


def json_of(row: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(row)
