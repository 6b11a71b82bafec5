"""From a text to its draft: the capture first, then what the archive understands of it, for an editor to decide."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from statements.ingest.knowledge import Knowledge
from statements.ingest.parse import parse
from statements.models import Capture, Paste, recording
from statements.text.blocks import split

LONGEST = 400_000  # characters; the longest treaty is shorter


class DraftRefused(Exception):
    """The text cannot be taken in, or the draft not confirmed; the message says why."""


def understand(text: str, language: str = "en") -> dict[str, Any]:
    """The draft JSON of a text; writes nothing."""
    check(text)
    return parse(text, Knowledge.of_the_archive()).as_json(text, language)


def check(text: str) -> None:
    if not text.strip():
        raise DraftRefused(_("There is no text."))
    if len(text) > LONGEST:
        raise DraftRefused(
            _(
                "The text has %(n)s characters; the archive takes %(most)s at most. Paste it in parts."
            )
            % {"n": len(text), "most": LONGEST}
        )
    if "\x00" in text:
        raise DraftRefused(_("The text has NUL characters; it is not a text file."))
    if not split(text).documents:
        raise DraftRefused(_("No paragraph was found in the text."))


def paste(text: str, editor: Any = None, filename: str = "", language: str = "en") -> Paste:
    """Keep a text as a capture and draft it. The same text again gives the paste that exists."""
    draft = understand(text, language)
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    with recording(editor, "pasted a text"):
        capture, _made = Capture.objects.get_or_create(
            sha256=digest,
            defaults={
                "content": content,
                "media_type": "text/plain; charset=utf-8",
                "filename": filename[:255],
                "captured_at": timezone.now(),
            },
        )
        # Two who paste the same text at once: the second waits here, and finds the paste of the first.
        Capture.objects.select_for_update().get(pk=capture.pk)
        known = capture.pastes.exclude(state=Paste.State.DISCARDED).first()
        if known:
            known.pasted_before = True
            return known
        return Paste.objects.create(
            capture=capture,
            text=text,
            draft=draft,
            created_by=editor if editor and editor.pk else None,
        )


def discard(paste: Paste) -> bool:
    """Put a paste away; False when somebody has decided it already."""
    return bool(
        Paste.objects.filter(pk=paste.pk, state=Paste.State.OPEN).update(
            state=Paste.State.DISCARDED
        )
    )
