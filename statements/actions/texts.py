"""Saving a text as an editor writes it: paragraphs in, passages reconciled, numbers and mentions kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, Q

from statements.models import (
    Article,
    Comparison,
    Layer,
    Mention,
    Passage,
    PassageText,
    Statement,
    Version,
    recording,
)
from statements.text.align import likeness, reconcile, words_of
from statements.text.parallel import followed

#: A text that has so much of another's words was split off it or took it in …
PART = 0.8
#: … when that one has words enough to tell.
FEWEST = 4


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
    Mentions follow their words, into another passage when a split or a join took them there; what
    else pointed at a passage that was joined to another points at that one.
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
        before = {number: getattr(text, layer.value) for number, text in old.items()}
        gone = set(old) - {passage.number for passage in passages}
        lost = write(owner, passages, paragraphs, layer, language)
        lost += [
            (mention, before[number])
            for number in sorted(gone)
            for mention in old[number].mentions.filter(layer=layer).order_by("start")
        ]
        if lost:
            rehome(lost, texts_of(owner, language).filter(passage__in=passages), layer)
        removed = drop(owner, document, gone, layer, language)
        for passage in removed:
            if host := absorbed_by(before[passage.number], passages, paragraphs):
                hand_over(passage, host)
    return passages


def numbered(
    owner: Version | Article,
    document: Statement | Article,
    old: dict[int, PassageText],
    paragraphs: list[str],
    layer: Layer,
) -> list[int | None]:
    """For each paragraph the number of the passage it continues, or None when it is new.

    The first text of a version whose statement has passages already is a rendering of them and is
    numbered as what it renders.
    """
    if old:
        before = [
            (number, getattr(text, layer.value))
            for number, text in sorted(
                old.items(), key=lambda pair: (pair[1].passage.order, pair[0])
            )
        ]
        return reconcile(before, paragraphs)
    return rendered(document, paragraphs, owner.language)


def rendered(
    document: Statement | Article, paragraphs: Sequence[str], language: str
) -> list[int | None]:
    """For each paragraph of a new rendering the number of the passage that it renders, or None when it is new."""
    passages = document.passages.present().order_by("order", "number").prefetch_related("texts")
    known = [
        (passage.number, min(passage.texts.all(), key=lambda text: (text.language != language, not text.text, text.pk)))
        for passage in passages
        if passage.texts.all()
    ]  # fmt: skip
    places = followed([text.text or text.digest for _number, text in known], paragraphs)
    return [None if place is None else known[place][0] for place in places]


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
) -> list[tuple[Mention, str]]:
    """Write the paragraphs; gives the mentions whose words left their passage, with the text they stood in."""
    where: dict[str, Any] = (
        {"version": owner, "language": owner.language}
        if isinstance(owner, Version)
        else {"version": None, "language": language or owner.language}
    )
    lost: list[tuple[Mention, str]] = []
    for passage, words in zip(passages, paragraphs, strict=True):
        text = PassageText.objects.filter(passage=passage, **where).first()
        if text is None:
            PassageText.objects.create(passage=passage, **where, **{layer.value: words})
        elif (before := getattr(text, layer.value)) != words:
            setattr(text, layer.value, words)
            text.save(update_fields=[layer.value])
            lost += [(mention, before) for mention in move_mentions(text, layer, before, words)]
    return lost


def move_mentions(text: PassageText, layer: Layer, before: str, after: str) -> list[Mention]:
    """Mentions follow their words to the nearest place where they stand now; gives those whose words are gone."""
    taken: set[tuple[int, int]] = set()
    moved, lost = [], []
    for mention in text.mentions.filter(layer=layer).order_by("start"):
        tail = len(before) - mention.start
        places = places_of(mention.as_printed, after, taken)
        if not places:
            lost.append(mention)
            continue
        start = min(
            places, key=lambda at: min(abs(at - mention.start), abs((len(after) - at) - tail))
        )
        taken.add((start, start + len(mention.as_printed)))
        if mention.start != start:
            moved.append((mention, start))
    # Out of each other's way first: two mentions may change places, and no two share one.
    for shift, mention in enumerate([*lost, *(mention for mention, _start in moved)]):
        Mention.objects.filter(pk=mention.pk).update(
            start=10_000_000 + shift, end=10_000_001 + shift
        )
    for mention, start in moved:
        Mention.objects.filter(pk=mention.pk).update(
            start=start, end=start + len(mention.as_printed)
        )
    return lost


def places_of(words: str, text: str, taken: set[tuple[int, int]]) -> list[int]:
    """Where the words stand in the text, but for places that are taken."""
    return [
        match.start() for match in re.finditer(re.escape(words), text) if match.span() not in taken
    ]


def rehome(lost: list[tuple[Mention, str]], texts: Iterable[PassageText], layer: Layer) -> None:
    """Put mentions where a split or a join took their words; those whose words are nowhere any more go."""
    homes = [
        (
            text,
            getattr(text, layer.value),
            set(text.mentions.filter(layer=layer).values_list("start", "end")),
        )
        for text in texts
    ]
    for mention, before in lost:
        likest = sorted(homes, key=lambda home: -share(before, home[1]))
        for text, words, taken in likest:
            places = places_of(mention.as_printed, words, taken)
            if places and share(before, words) >= PART:
                start, end = places[0], places[0] + len(mention.as_printed)
                taken.add((start, end))
                Mention.objects.filter(pk=mention.pk).update(text=text, start=start, end=end)
                break
        else:
            mention.delete()


def share(one: str, other: str) -> float:
    """How much of the shorter text's words the longer one has."""
    return likeness(Counter(words_of(one)), Counter(words_of(other)))[1]


def absorbed_by(before: str, passages: list[Passage], paragraphs: list[str]) -> Passage | None:
    """The passage whose paragraph took in the text of another one."""
    found = max(
        zip(passages, paragraphs, strict=True),
        key=lambda pair: share(before, pair[1]),
        default=None,
    )
    whole = len(words_of(before)) >= FEWEST and found and share(before, found[1]) >= PART
    return found[0] if found and whole and len(found[1]) > len(before) else None


def hand_over(passage: Passage, host: Passage) -> None:
    """What points at a passage that was joined to another points at that one from now on."""
    last = host.undertakings.aggregate(last=Max("number"))["last"] or 0
    for number, undertaking in enumerate(passage.undertakings.order_by("number"), last + 1):
        undertaking.passage, undertaking.number = host, number
        if undertaking.follows_id == host.pk:
            undertaking.follows = None
        undertaking.save()
    host.themes.add(*passage.themes.all())
    host.sources.add(*passage.sources.all())
    compared = {
        (row.passage_id, row.earlier_id)
        for row in Comparison.objects.filter(Q(passage=host) | Q(earlier=host))
    }
    for row in Comparison.objects.filter(Q(passage=passage) | Q(earlier=passage)):
        ends = tuple(host.pk if pk == passage.pk else pk for pk in (row.passage_id, row.earlier_id))
        if ends[0] != ends[1] and ends not in compared:
            compared.add(ends)
            row.passage_id, row.earlier_id = ends
            row.save()
    passage.followed_by.exclude(passage=host).update(follows=host)
    alike = ("kind", "left", "right", "left_words", "right_words")
    for difference in passage.divergences.all():
        if not host.divergences.filter(**{name: getattr(difference, name) for name in alike}):
            difference.passage = host
            difference.save()
    passage.chain_steps.update(passage=host)
    passage.participations.update(passage=host)


def drop(
    owner: Version | Article,
    document: Statement | Article,
    numbers: set[int],
    layer: Layer,
    language: str,
) -> list[Passage]:
    """Take this text away from passages it no longer has; a passage without any text is marked as removed, and given."""
    for text in texts_of(owner, language).filter(passage__number__in=numbers):
        other = Layer.DIGEST if layer == Layer.TEXT else Layer.TEXT
        if getattr(text, other.value):
            setattr(text, layer.value, "")
            text.save(update_fields=[layer.value])
            text.mentions.filter(layer=layer).delete()
        else:
            text.delete()
    removed = list(document.passages.filter(number__in=numbers, texts__isnull=True))
    Passage.objects.filter(pk__in=[passage.pk for passage in removed]).update(removed=True)
    return removed
