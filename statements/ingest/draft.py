"""From a text to its draft: the capture first, then what the archive understands of it, for an editor to decide."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.ingest.carriage import named_events, used
from statements.ingest.duplicates import resembling
from statements.ingest.followups import Precedents, earlier_rounds, undertakings_of
from statements.ingest.knowledge import Knowledge
from statements.ingest.parse import Draft, parse, printed
from statements.ingest.sources import Original, Reading
from statements.models import Capture, Paste, recording
from statements.text.blocks import split
from statements.text.sketch import sketch

LONGEST = 400_000  # characters; the longest treaty is shorter


class DraftRefused(Exception):
    """The text cannot be taken in, or the draft not confirmed; the message says why."""


def understand(text: str, language: str = "en") -> dict[str, Any]:
    """The draft JSON of a text; writes nothing."""
    check(text)
    return drafted(text).as_json(text, language)


def drafted(text: str) -> Draft:
    """A text understood, and what of it hangs together with what the archive holds."""
    knowledge = Knowledge.of_the_archive()
    draft = parse(text, knowledge)
    for document in draft.documents:
        if document.undertakings:
            rounds = earlier_rounds(document.event, knowledge.lexicon.dialogues)
            language = "en" if document.block.language == "en" else "ar"
            earlier = Precedents(undertakings_of(rounds, language))
            for one in document.undertakings:
                one.follows = earlier.likely(text[one.start : one.end])
    embedded = {document.event for document in draft.documents if document.block.kind != "article"}
    for number, document in enumerate(draft.documents):
        if document.block.kind == "article":
            day = document.date.last if document.date else None
            events = named_events(document.mentions) - embedded
            draft.used += used(number, printed(document, text), sorted(events), day)
    return draft


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


def paste(
    text: str,
    editor: Any = None,
    filename: str = "",
    source: Reading | None = None,
) -> Paste:
    """Keep a source as a capture and draft its text; without a ``source`` the text itself is the source.

    The same bytes or the same text again give the paste that exists. What is only near is told in the draft's
    ``resembles`` (``duplicates.Resembling`` as lists, surest first). What it says in words it says in Arabic too (``arabic``).
    """
    source = source or Reading(Original(text.encode(), filename), text, "text/plain; charset=utf-8")
    original = source.original
    check(text)
    understood = drafted(text)
    understood.warnings = [*source.remarks, *understood.warnings]
    draft = understood.as_json(text) | {"arabic": understood.sentences("ar")}
    draft["resembles"] = resembling(text, draft["documents"], original.address)
    own = sketch(text)
    with recording(editor, "pasted a text"):
        # Two who take in the same text at once, in whatever file: the second waits, and finds the paste of the first.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_of(text)])
        capture, _made = Capture.objects.get_or_create(
            sha256=original.sha256,
            defaults={
                "content": original.content,
                "media_type": source.media_type,
                "filename": original.filename[-255:],
                "address": original.address,
                "captured_at": timezone.now(),
                "warc": original.warc,
            },
        )
        Capture.objects.select_for_update().get(pk=capture.pk)
        known = same_text(text, own) or open_paste(capture.pastes)
        if known:
            known.pasted_before = True
            return known
        return Paste.objects.create(
            capture=capture,
            text=text,
            sketch=own,
            draft=draft,
            created_by=editor if editor and editor.pk else None,
        )


def words_alone(text: str) -> str:
    """A text without its white space and invisible marks: what two copies of it have in common whatever kept them."""
    return "".join(re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text).split())


def lock_of(text: str) -> int:
    digest = hashlib.sha256(words_alone(text).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def open_paste(pastes: Any) -> Paste | None:
    return pastes.exclude(state=Paste.State.DISCARDED).order_by("pk").first()


def same_text(text: str, own: list[int]) -> Paste | None:
    """The paste of this very text, whatever file it came in."""
    alike = Paste.objects.exclude(state=Paste.State.DISCARDED).filter(sketch__overlap=own[:1])
    for one in alike.filter(sketch=own).order_by("pk"):
        if words_alone(one.text) == words_alone(text):
            return one
    return None


def discard(paste: Paste) -> bool:
    """Put a paste away; False when somebody has decided it already."""
    return bool(
        Paste.objects.filter(pk=paste.pk, state=Paste.State.OPEN).update(
            state=Paste.State.DISCARDED
        )
    )
