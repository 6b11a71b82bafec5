"""Saving a text as an editor writes it: paragraphs in, passages reconciled, numbers and mentions kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from statements.models import (
    Article,
    Layer,
    Mention,
    Passage,
    PassageText,
    Statement,
    Version,
    recording,
)
from statements.text.align import reconcile


def paragraphs_of(body: str) -> list[str]:
    """The paragraphs of a text as typed: parted by blank lines, or by line ends where there are none."""
    body = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = re.split(r"\n\s*\n", body) if re.search(r"\n\s*\n", body) else body.split("\n")
    return [" ".join(part.split()) for part in parts if part.strip()]


def body_of(owner: Version | Article, layer: Layer, language: str = "") -> str:
    """The text as an editor sees it: one paragraph a passage, parted by blank lines."""
    texts = texts_of(owner, language).filter(passage__removed=False)
    return "\n\n".join(
        getattr(text, layer.value)
        for text in texts.order_by("passage__order", "passage__number")
        if getattr(text, layer.value)
    )


def texts_of(owner: Version | Article, language: str = "") -> Any:
    if isinstance(owner, Version):
        return PassageText.objects.filter(version=owner).select_related("passage")
    return PassageText.objects.filter(
        passage__article=owner, language=language or owner.language
    ).select_related("passage")


def save_body(
    owner: Version | Article,
    body: str | Sequence[str],
    layer: Layer = Layer.TEXT,
    language: str = "",
    editor: Any = None,
    reason: str = "",
) -> list[Passage]:
    """Make the text of a version or article what the editor wrote; gives its passages in their new order.

    Paragraphs are aligned with the passages there were: one that was changed, moved, split or
    joined keeps its number (the larger part, when split), a new one gets the next number, and a
    passage that no version has any more is marked as removed, its number never given again.
    Mentions follow their words.
    """
    paragraphs = paragraphs_of(body) if isinstance(body, str) else list(body)
    with recording(editor, reason or "edited the text"):
        document = owner.statement if isinstance(owner, Version) else owner
        type(document)._default_manager.select_for_update().get(pk=document.pk)
        old = {
            text.passage.number: text
            for text in texts_of(owner, language)
            if getattr(text, layer.value)
        }
        numbers = numbered(owner, document, old, paragraphs, layer)
        passages = place(document, numbers)
        write(owner, passages, paragraphs, layer, language)
        drop(owner, document, set(old) - {passage.number for passage in passages}, layer, language)
    return passages


def numbered(
    owner: Version | Article,
    document: Statement | Article,
    old: dict[int, PassageText],
    paragraphs: list[str],
    layer: Layer,
) -> list[int | None]:
    """For each paragraph the number of the passage it continues, or None when it is new.

    The first text of a version whose statement has passages already is numbered by position when
    the two have as many paragraphs: a translation of the same document.
    """
    if old:
        before = [
            (number, getattr(text, layer.value))
            for number, text in sorted(
                old.items(), key=lambda pair: (pair[1].passage.order, pair[0])
            )
        ]
        return reconcile(before, paragraphs)
    present = list(
        document.passages.present().order_by("order", "number").values_list("number", flat=True)
    )
    if present:
        extra = len(paragraphs) - len(present)
        return [*present[: len(paragraphs)], *([None] * max(extra, 0))]
    return [None] * len(paragraphs)


def place(document: Statement | Article, numbers: list[int | None]) -> list[Passage]:
    """The passages with these numbers in this order; None makes a new one with the next free number."""
    parent = "statement" if isinstance(document, Statement) else "article"
    document.refresh_from_db(fields=["last_number"])
    known = {passage.number: passage for passage in document.passages.all()}
    next_number, passages = document.last_number, []
    for number in numbers:
        if number is None:
            next_number += 1
            passage = Passage.objects.create(
                **{parent: document}, number=next_number, order=next_number
            )
        else:
            passage = known[number]
        passages.append(passage)
    reorder(list(known.values()), passages)
    return passages


def reorder(known: list[Passage], placed: list[Passage]) -> None:
    """Number the places anew: the edited text's order, passages of other versions after the one they followed."""
    chosen = {passage.pk for passage in placed}
    sequence = list(placed)
    previous: Passage | None = None
    for passage in sorted(known, key=lambda passage: (passage.order, passage.number)):
        if passage.pk not in chosen:
            at = next(
                (
                    place + 1
                    for place, other in enumerate(sequence)
                    if previous and other.pk == previous.pk
                ),
                0 if previous is None else len(sequence),
            )
            sequence.insert(at, passage)
        previous = passage
    for order, passage in enumerate(sequence, 1):
        back = passage.pk in chosen and passage.removed
        if passage.order != order or back:
            passage.order = order
            if back:
                passage.removed = False
            passage.save(update_fields=["order", "removed"])


def write(
    owner: Version | Article,
    passages: list[Passage],
    paragraphs: list[str],
    layer: Layer,
    language: str,
) -> None:
    where: dict[str, Any] = (
        {"version": owner, "language": owner.language}
        if isinstance(owner, Version)
        else {"version": None, "language": language or owner.language}
    )
    for passage, words in zip(passages, paragraphs, strict=True):
        text = PassageText.objects.filter(passage=passage, **where).first()
        if text is None:
            PassageText.objects.create(passage=passage, **where, **{layer.value: words})
        elif (before := getattr(text, layer.value)) != words:
            setattr(text, layer.value, words)
            text.save(update_fields=[layer.value])
            move_mentions(text, layer, before, words)


def move_mentions(text: PassageText, layer: Layer, before: str, after: str) -> None:
    """Mentions follow their words to the nearest place where they stand now; those whose words are gone go."""
    taken: set[tuple[int, int]] = set()
    moved = []
    for mention in text.mentions.filter(layer=layer).order_by("start"):
        tail = len(before) - mention.start
        places = [
            match.start()
            for match in re.finditer(re.escape(mention.as_printed), after)
            if (match.start(), match.end()) not in taken
        ]
        if not places:
            mention.delete()
            continue
        start = min(
            places, key=lambda at: min(abs(at - mention.start), abs((len(after) - at) - tail))
        )
        end = start + len(mention.as_printed)
        taken.add((start, end))
        if (mention.start, mention.end) != (start, end):
            moved.append((mention, start, end))
    # Out of each other's way first: two mentions may change places, and no two share one.
    for shift, (mention, _start, _end) in enumerate(moved):
        Mention.objects.filter(pk=mention.pk).update(
            start=10_000_000 + shift, end=10_000_001 + shift
        )
    for mention, start, end in moved:
        Mention.objects.filter(pk=mention.pk).update(start=start, end=end)


def drop(
    owner: Version | Article,
    document: Statement | Article,
    numbers: set[int],
    layer: Layer,
    language: str,
) -> None:
    """Take this text away from passages it no longer has; a passage without any text is marked as removed."""
    for text in texts_of(owner, language).filter(passage__number__in=numbers):
        other = Layer.DIGEST if layer == Layer.TEXT else Layer.TEXT
        if getattr(text, other.value):
            setattr(text, layer.value, "")
            text.save(update_fields=[layer.value])
            text.mentions.filter(layer=layer).delete()
        else:
            text.delete()
    document.passages.filter(number__in=numbers, texts__isnull=True).update(removed=True)
