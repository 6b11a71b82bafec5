"""An archive read again after names were learnt: links are proposed where none is, and what a person decided stays.

A proposal is a mention without a link, its candidate beside it, on the list of mentions to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from statements.ingest.knowledge import Knowledge
from statements.ingest.match import Matcher
from statements.ingest.mentioned import Context, Mentioned, Page
from statements.models import Article, Layer, Mention, PassageText, Statement, recording
from statements.text.dates import EDTF, find

#: Kinds that are proposed; countries and places are in every passage.
KINDS = ("official", "post", "organization", "agreement", "event", "dialogue")
LAYERS = (Layer.TEXT, Layer.DIGEST)
BETWEEN = "\n\n"  # passages, while a text is read


@dataclass
class Relinked:
    """What was proposed: new mentions, and mentions without a link that have a candidate now."""

    read: int = 0
    new: int = 0
    changed: int = 0


def relink(
    records: Iterable[Statement | Article],
    kinds: Iterable[str] = KINDS,
    editor: Any = None,
    dry_run: bool = False,
    unread: bool = False,
) -> Iterator[tuple[Statement | Article, Relinked]]:
    """Read the texts of each record again and propose; gives what came of each. ``unread``: only in passages without a mention."""
    matcher, wanted = Matcher(Knowledge.of_the_archive()), frozenset(kinds)
    for record in records:
        done = Relinked()
        with recording(editor, "read again after names were learnt"):
            for texts, layer in texts_of(record):
                one_text(record, texts, layer, matcher, wanted, done, dry_run, unread)
        yield record, done


def texts_of(record: Statement | Article) -> Iterator[tuple[list[PassageText], str]]:
    """The texts of a record, one version or language and layer at a time, passages in their order."""
    kind = "statement" if isinstance(record, Statement) else "article"
    texts: QuerySet[PassageText] = PassageText.objects.filter(
        **{f"passage__{kind}": record, "passage__removed": False}
    ).order_by("passage__order", "pk")
    groups: dict[tuple[Any, ...], list[PassageText]] = defaultdict(list)
    for text in texts:
        for layer in LAYERS:
            if getattr(text, layer):
                groups[text.version_id, text.language, layer].append(text)
    for (_version, _language, layer), found in groups.items():
        yield found, layer


def one_text(
    record: Statement | Article, texts: list[PassageText], layer: str, matcher: Matcher,
    kinds: frozenset[str], done: Relinked, dry_run: bool, unread: bool,
) -> None:  # fmt: skip
    known: dict[int, list[Mention]] = defaultdict(list)
    for mention in Mention.objects.filter(text__in=texts, layer=layer):
        known[mention.text_id].append(mention)
    fresh: list[Mention] = []
    for text, proposed in read(record, texts, layer, matcher):
        done.read += 1
        present = known[text.pk]
        if unread and present:
            continue
        refused = {
            (m.type, slug)
            for m in present
            if m.decided and m.target is None
            for slug in m.candidates
        }
        for found in proposed:
            slugs = [found.slug] if found.slug else found.candidates
            if found.kind not in kinds or not slugs or {(found.type, s) for s in slugs} <= refused:
                continue
            meets = [m for m in present if found.meets(m.start, m.end)]
            same = next((m for m in meets if (m.start, m.end) == (found.start, found.end)), None)
            if same and not same.decided and same.target is None and same.candidates != slugs:
                propose(same, found, slugs)
                done.changed += 1
                if not dry_run:
                    same.save()
            elif not meets:
                new = Mention(
                    text=text, layer=layer, start=found.start, end=found.end, as_printed=found.as_printed
                )  # fmt: skip
                propose(new, found, slugs)
                fresh.append(new)
                present.append(new)
                done.new += 1
    if not dry_run:
        Mention.objects.bulk_create(fresh)


def propose(mention: Mention, found: Mentioned, slugs: list[str]) -> None:
    mention.type = found.type
    mention.candidates = slugs
    mention.outcome = Mention.Outcome.SEVERAL if len(slugs) > 1 else Mention.Outcome.NONE
    mention.reason_en = found.reason.in_language("en")[:500]
    mention.reason_ar = found.reason.in_language("ar")[:500]


def read(
    record: Statement | Article, texts: list[PassageText], layer: str, matcher: Matcher
) -> Iterator[tuple[PassageText, list[Mentioned]]]:
    """What each passage names in the light of the whole text, offsets counted in the passage."""
    words = [getattr(text, layer) for text in texts]
    return zip(texts, mentions_in(words, record.date or None, matcher), strict=True)


def mentions_in(
    words: Sequence[str], day: EDTF | None, matcher: Matcher
) -> Iterator[list[Mentioned]]:
    """What each paragraph of a text names in the light of the whole, offsets counted in the paragraph; the outermost first."""
    whole = BETWEEN.join(words)
    starts = [len(BETWEEN.join([*words[:n], ""])) for n in range(len(words))]
    printed = Page()
    for start, part in zip(starts, words, strict=True):
        matcher.survey(whole, start, start + len(part), printed)
    dates = [
        replace(date, start=date.start + start, end=date.end + start)
        for start, part in zip(starts, words, strict=True)
        for date in find(part, on=day.first if day else None)
    ]
    context = Context(day, dates, printed)
    for start, part in zip(starts, words, strict=True):
        found = matcher.mentions(whole, start, start + len(part), context)
        here = [replace(m, start=m.start - start, end=m.end - start) for m in found]
        yield sorted(here, key=lambda m: (m.start, -m.end, m.type != "official"))
