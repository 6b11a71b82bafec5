"""Take changes back: rows become again what they were before, as changes of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from statements.models import Change, OldAddress, recording


class RevertRefused(Exception):
    """The change cannot be taken back as things stand; the message says why."""


def revert(change: Change, editor: Any = None, reason: str = "") -> None:
    """Undo one change. Raises RevertRefused when later changes, or the archive's rules, stand against it."""
    take_back([change], editor, reason or f"took back change {change.pk}")


def revert_step(number: int, editor: Any = None, reason: str = "") -> None:
    """Undo all that one transaction changed, e.g. a merge or a deletion with all that hung on the record.

    Raises RevertRefused, and undoes nothing, when one of its changes cannot be taken back.
    """
    changes = Change.objects.filter(transaction=number, table_name__in=tables()).order_by("-id")
    take_back(changes, editor, reason or f"took back step {number}")


def take_back(changes: Iterable[Change], editor: Any, reason: str) -> None:
    try:
        with recording(editor, reason), transaction.atomic():
            for change in changes:
                undo(change)
            # Rules on relations are checked at the end of a transaction; here is the end.
            connection.check_constraints()
    except DatabaseError as error:
        detail = getattr(getattr(error.__cause__, "diag", None), "message_primary", "") or str(
            error
        )
        raise RevertRefused(
            _("The change cannot be taken back, because other records depend on it: %(detail)s.")
            % {"detail": detail}
        ) from None


def tables() -> dict[str, Any]:
    """Table → model of the archive, link tables included."""
    config = apps.get_app_config("statements")
    return {model._meta.db_table: model for model in config.get_models(include_auto_created=True)}


def undo(change: Change) -> None:
    model = tables().get(change.table_name)
    if model is None:
        raise RevertRefused(_("The table of this change is no longer part of the archive."))
    table = connection.ops.quote_name(change.table_name)
    with connection.cursor() as cursor:
        if change.operation == Change.Operation.INSERT:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [change.record_id])  # nosec B608
        elif change.operation == Change.Operation.DELETE:
            before = change.before or {}
            # What is brought back has its address again, also when a merge made it lead elsewhere.
            OldAddress.objects.filter(kind=model._meta.model_name, slug=before.get("slug")).delete()
            columns = ", ".join(connection.ops.quote_name(name) for name in before)
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)",  # nosec B608
                [json_of(before)],
            )
        else:
            changed = [name for name, _before, _after in change.differences()]
            if not changed:
                return
            quoted = [connection.ops.quote_name(name) for name in changed]
            assignments = ", ".join(f"{name} = old.{name}" for name in quoted)
            unchanged = " AND ".join(
                f"now.{name} IS NOT DISTINCT FROM new.{name}" for name in quoted
            )
            cursor.execute(
                f"UPDATE {table} AS now SET {assignments} FROM jsonb_populate_record(NULL::{table}, %s) AS old,"  # nosec B608
                f" jsonb_populate_record(NULL::{table}, %s) AS new WHERE now.id = %s AND {unchanged}",
                [json_of(change.before), json_of(change.after), change.record_id],
            )
            if cursor.rowcount == 0 and model._base_manager.filter(pk=change.record_id).exists():
                raise RevertRefused(
                    _("It was changed again since; take back the later change first, or edit it.")
                )
        if cursor.rowcount == 0:
            raise RevertRefused(_("The record of this change is no longer there."))


def json_of(row: Any) -> Any:
    from psycopg.types.json import Jsonb

    return Jsonb(row)
