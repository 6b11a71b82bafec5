"""Draft → in review → published → withdrawn, with who moved a record there and when."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from statements.models import Article, Publishable, State, Statement, recording


class PublicationRefused(Exception):
    """The record cannot be shown to readers yet; the message says why, in the editor's language."""


def publish(record: Publishable, editor: Any = None, reason: str = "") -> None:
    """Show the record to readers. Raises PublicationRefused when something readers need is missing."""
    if missing := missing_for_readers(record):
        raise PublicationRefused(missing)
    move(record, State.PUBLISHED, editor, reason or "published")


def send_to_review(record: Publishable, editor: Any = None, reason: str = "") -> None:
    move(record, State.IN_REVIEW, editor, reason or "sent to review")


def withdraw(record: Publishable, editor: Any = None, reason: str = "") -> None:
    """Take the record from readers; what pointed at it shows its words without a link."""
    move(record, State.WITHDRAWN, editor, reason or "withdrawn")


def return_to_draft(record: Publishable, editor: Any = None, reason: str = "") -> None:
    move(record, State.DRAFT, editor, reason or "returned to draft")


def missing_for_readers(record: Publishable) -> str:
    """A sentence about what is missing before the record can be published; empty when nothing is."""
    if not str(record.label):  # type: ignore[attr-defined]
        return _("It has neither an English nor an Arabic name.")
    if isinstance(record, Statement | Article):
        if not record.date:
            return _("It has no date.")
        if not record.passages.present().exists():
            return _("It has no passages.")
    return ""


def move(record: Publishable, state: State, editor: Any, reason: str) -> None:
    """Set the state under a lock, so that two editors cannot move one record two ways at once."""
    with recording(editor, reason):
        locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if locked.state == state:
            return
        now = timezone.now()
        record.state = locked.state = state
        record.state_changed_at = locked.state_changed_at = now
        record.state_changed_by = locked.state_changed_by = editor if editor and editor.pk else None
        if state == State.PUBLISHED and locked.published_at is None:
            record.published_at = locked.published_at = now
        locked.save(update_fields=["state", "state_changed_at", "state_changed_by", "published_at"])
