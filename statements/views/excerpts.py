"""The latest passages of some statements, cut short and in both languages, for a briefing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import get_language

from statements.models import Layer, Mention, Official, Passage, PassageText, Version
from statements.models.base import public

#: statements whose date is certain, and since when
MADE = Coalesce("statement__date_last", "statement__date_first", output_field=DateField())
#: characters of a passage that are shown, and of those how many before the name it is shown for
LONGEST, BEFORE = 160, 60


@dataclass(frozen=True)
class Excerpt:
    """A passage cut short in one language: the words before the name, the name, the words after."""

    before: str
    name: str
    after: str
    digest: bool


@dataclass
class Shown:
    """A passage with an excerpt for each language in which readers may read it."""

    passage: Passage
    by_language: dict[str, Excerpt] = field(default_factory=dict)

    @property
    def excerpt(self) -> Excerpt | None:
        """In the active language; None when the archive has no words in it that may be read."""
        return self.by_language.get((get_language() or "en")[:2])


def latest(
    statements: Q, day: datetime.date, most: int, official: Official | None = None
) -> tuple[list[Shown], int]:
    """The latest passages of published statements until a day, and how many there are; two queries.

    With an official those that name the person or are his own words, each shown about the name.
    """
    passages = (
        Passage.objects.filter(statements, **public("statement"), removed=False)
        .alias(day=MADE)
        .filter(day__lte=day)
    )
    if official is not None:
        named = Mention.objects.filter(
            official=official, outcome=Mention.Outcome.ONE, text__passage=OuterRef("pk")
        )
        passages = passages.filter(Exists(named) | Q(statement__speaker=official))
    chosen = list(
        passages.select_related("statement")
        .annotate(total=Window(Count("pk")))
        .order_by("-statement__date_first", "statement__slug", "order", "number")[:most]
    )
    found = {passage.pk: Shown(passage) for passage in chosen}
    rank = list(Version.Origin.values)
    texts: Any = sorted(
        read(PassageText.objects.filter(passage__in=found), official),
        key=lambda text: (rank.index(text.version.origin) if text.version else 0, text.pk),
    )
    for text in texts:
        if text.shown:
            found[text.passage_id].by_language.setdefault(text.language, cut(text))
    return list(found.values()), chosen[0].total if chosen else 0


def read(texts: QuerySet[PassageText], official: Official | None) -> QuerySet[PassageText]:
    """Texts with the places that name the official."""
    named = (
        Mention.objects.filter(text=OuterRef("pk"), official=official, outcome=Mention.Outcome.ONE)
        if official
        else Mention.objects.none()
    )
    rows = named.order_by("start").values(json=JSONObject(start="start", end="end", layer="layer"))
    return texts.select_related("version", "passage").annotate(names=ArraySubquery(rows))


def cut(text: Any) -> Excerpt:
    """The readable words about the first name, or from their beginning, cut between words."""
    words, layer = text.shown, text.shown_layer
    start, end = next(
        ((row["start"], row["end"]) for row in text.names or () if row["layer"] == layer), (0, 0)
    )
    before, name, after = words[:start], words[start:end], words[end:]
    left = LONGEST - len(name)
    if len(before) + len(after) > left:
        kept = max(BEFORE, left - len(after))
        if len(before) > kept:
            before = "… " + before[-kept:].partition(" ")[2]
        left -= len(before)
        if len(after) > left:
            after = after[:left].rpartition(" ")[0] + " …"
    return Excerpt(before, name, after, layer == Layer.DIGEST)
