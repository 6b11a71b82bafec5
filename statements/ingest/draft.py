"""From an understood text to records: the capture first, the draft for an editor, and, confirmed, everything in one transaction.

Records made here are drafts; readers see nothing of them before somebody publishes them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.ingest.knowledge import Knowledge
from statements.ingest.parse import parse
from statements.models import (
    MENTIONED,
    Article,
    Capture,
    Carriage,
    Event,
    Layer,
    Mention,
    Outlet,
    Passage,
    PassageText,
    Paste,
    Rights,
    Statement,
    Version,
    recording,
)
from statements.models.fields import as_edtf
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


@dataclass
class DocumentChoice:
    """What an editor decided about one document of a draft."""

    take: bool = True
    title: str = ""
    date: str = ""
    outlet: str = ""
    publisher: str = ""
    type: str = ""
    language: str = "ar"
    rights: str = Rights.EXCERPTS
    event: Event | None = None
    statement: Statement | None = None
    refused: set[int] = field(default_factory=set)


def confirm(paste: Paste, choices: list[DocumentChoice], editor: Any = None) -> list[Any]:
    """Make the drafts, all or none; raises DraftRefused when somebody has confirmed the paste already."""
    with recording(editor, f"confirmed paste {paste.pk}"), transaction.atomic():
        locked = Paste.objects.select_for_update().get(pk=paste.pk)
        if locked.state != Paste.State.OPEN:
            raise DraftRefused(_("This paste was decided already; its drafts are in the lists."))
        documents = locked.draft["documents"]
        made: dict[int, Any] = {}
        for at, (document, choice) in enumerate(zip(documents, choices, strict=True)):
            if choice.take:
                made[at] = make(locked, document, choice)
        for link in locked.draft["links"]:
            article, statement = made.get(link["from"]), made.get(link["to"])
            if isinstance(article, Article) and isinstance(statement, Statement):
                Carriage.objects.get_or_create(
                    article=article, statement=statement, defaults={"relation": link["relation"]}
                )
        locked.state = Paste.State.CONFIRMED
        locked.confirmed_by = editor if editor and editor.pk else None
        locked.confirmed_at = timezone.now()
        locked.made = [[record._meta.model_name, record.slug] for record in made.values()]
        locked.save()
        paste.refresh_from_db()
        return list(made.values())


def printed_date(document: dict[str, Any], date: object) -> str:
    """The words of the document from which its date was read; empty when it was read from elsewhere."""
    return next(
        (row["as_printed"][:200] for row in document["dates"] if date and row["edtf"] == date), ""
    )


def make(paste: Paste, document: dict[str, Any], choice: DocumentChoice) -> Article | Statement:
    printed = choice.title.strip() or document["title"]
    if not printed:
        raise DraftRefused(_("A document needs a title."))
    date = as_edtf(choice.date)
    in_words = getattr(date, "words", "") or printed_date(document, date)
    if document["kind"] == "article":
        if not choice.outlet.strip():
            raise DraftRefused(_("An article needs its outlet."))
        article = Article.objects.create(
            outlet=outlet(choice.outlet.strip()), title=printed, language=choice.language,
            date=date, date_printed=in_words, rights=choice.rights, capture=paste.capture,
        )  # fmt: skip
        add_passages(document, choice, article, None)
        return article
    statement = choice.statement or Statement.objects.create(
        **{f"title_{choice.language}": printed},
        type=choice.type or document["type"],
        date=date,
        date_printed=in_words,
        event=choice.event,
        original_language=choice.language,
    )
    publisher = choice.publisher.strip() or _("not known")
    if statement.versions.filter(language=choice.language, publisher=publisher).exists():
        raise DraftRefused(
            _("“%(statement)s” already has a version in this language from “%(publisher)s”.")
            % {"statement": statement, "publisher": publisher}
        )
    version = Version.objects.create(
        statement=statement, language=choice.language, title=printed, publisher=publisher,
        origin=Version.Origin.PRESS, rights=choice.rights, capture=paste.capture, date=date,
    )  # fmt: skip
    add_passages(document, choice, statement, version)
    return statement


def outlet(name: str) -> Outlet:
    """The outlet of this name in either language, or a new one."""
    known = (
        Outlet.objects.filter(name_ar=name).first() or Outlet.objects.filter(name_en=name).first()
    )
    if known:
        return known
    return Outlet.objects.create(**{"name_en" if name.isascii() else "name_ar": name})


def add_passages(
    document: dict[str, Any],
    choice: DocumentChoice,
    record: Article | Statement,
    version: Version | None,
) -> None:
    """Number the paragraphs, or fill the passages a statement has already, and keep the mentions that were accepted."""
    parent = "article" if isinstance(record, Article) else "statement"
    present = list(record.passages.present().order_by("order", "number"))
    record.refresh_from_db(fields=["last_number"])
    highest = record.last_number
    for at, printed in enumerate(document["passages"]):
        if at < len(present):
            passage = present[at]
        else:
            highest += 1
            passage = Passage.objects.create(**{parent: record}, number=highest, order=highest)
        text = PassageText.objects.create(
            passage=passage, version=version, language=choice.language, text=printed["text"]
        )
        here = [
            mention(text, found, printed["start"], number in choice.refused)
            for number, found in enumerate(document["mentions"])
            if printed["start"] <= found["start"] and found["end"] <= printed["end"]
        ]
        Mention.objects.bulk_create(one_reading(here))


def one_reading(mentions: list[Mention]) -> list[Mention]:
    """Words that may be read in two ways («وزير الدفاع», the man and the post) keep one: what is decided, and the person first."""
    order = [Mention.Outcome.ONE, Mention.Outcome.SEVERAL, Mention.Outcome.NONE]
    best: dict[tuple[int, int], Mention] = {}
    for one in sorted(mentions, key=lambda one: (order.index(one.outcome), one.type != "official")):
        best.setdefault((one.start, one.end), one)
    return sorted(best.values(), key=lambda one: one.start)


def mention(text: PassageText, found: dict[str, Any], start: int, refused: bool) -> Mention:
    """A mention as proposed: linked when it was one record and not refused, else kept as work to do."""
    kind = found.get("kind") or found["type"]
    target = None
    if found["outcome"] == "one" and not refused and kind in MENTIONED:
        model = Mention._meta.get_field(kind).remote_field.model
        target = model._default_manager.filter(slug=found["slug"]).first()
    outcome = found["outcome"] if found["outcome"] != "one" or target else "none"
    return Mention(
        text=text,
        layer=Layer.TEXT,
        start=found["start"] - start,
        end=found["end"] - start,
        as_printed=found["as_printed"],
        type=found["type"],
        outcome=outcome,
        candidates=found["candidates"],
        reason_en=found["reason"][:500],
        reason_ar="",
        decided=target is not None or refused,
        **({kind: target} if target else {}),
    )


def likely_statement(document: dict[str, Any]) -> Statement | None:
    """A statement that the archive holds already and that this may be: the same date, type and event."""
    if document["kind"] != "statement" or not document["date"]:
        return None
    same = Statement.objects.filter(date=document["date"], type=document["type"])
    return same.filter(event__slug=document.get("event") or "").first() or same.first()
