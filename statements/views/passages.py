"""Passages as a page shows them: the readable words, and the mentions in them with the post held that day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import (
    MENTIONED,
    Hold,
    Layer,
    Mention,
    Passage,
    PassageText,
    Post,
    Publishable,
    State,
    Tenure,
    Version,
    holders_on,
    layer_shown,
)
from statements.models.base import public
from statements.models.prepared import prepared
from statements.text.dates import EDTF, write
from statements.text.spans import Spans, cut

#: A page shows at most this many of a record's passages, meetings or documents, and links to the rest.
SHOWN = 50
#: characters shown before and after the words that name a record
AROUND = 140


@dataclass(frozen=True)
class Holding:
    """A post an official held on a document's date, and how surely."""

    tenure: Tenure
    hold: Hold

    @property
    def post(self) -> Post:
        return self.tenure.post

    @property
    def remark(self) -> str:
        """What a reader should know beside the post's name; empty when it is certain."""
        said = []
        if self.tenure.acting:
            said.append(_("acting"))
        if self.tenure.disputed:
            said.append(_("disputed"))
        if self.hold == Hold.LAST_SEEN:
            day = EDTF(self.tenure.last_seen.isoformat())
            day_in_words = write(day, (get_language() or "en")[:2])
            said.append(_("last seen in the post on %(day)s") % {"day": day_in_words})
        elif self.hold != Hold.HELD:
            said.append(str(self.hold.label))
        return _(", ").join(said)


@dataclass
class Holdings:
    """Posts of many officials, asked about days; one query for a whole page."""

    by_official: dict[int, list[Tenure]] = field(default_factory=dict)
    by_post: dict[int, list[Tenure]] = field(default_factory=dict)

    @classmethod
    def of(cls, officials: Iterable[int], posts: Iterable[int] = ()) -> Holdings:
        """Every post of the officials, and every holder of the posts, as far as readers may see them."""
        return cls.over(tenures_of(sorted(set(officials)), sorted(set(posts))))

    @classmethod
    def over(cls, tenures: Iterable[Tenure]) -> Holdings:
        found = cls()
        for tenure in tenures:
            found.by_official.setdefault(tenure.official_id, []).append(tenure)
            found.by_post.setdefault(tenure.post_id, []).append(tenure)
        return found

    def holders(
        self, post_id: int, first: datetime.date | None, last: datetime.date | None = None
    ) -> list[Holding]:
        """Who surely held a post on a day; who was only last seen in it long before is not guessed at."""
        if first is None:
            return []
        return [
            Holding(tenure, hold)
            for tenure, hold in holders_on(self.by_post.get(post_id, []), first, last)
            if hold in (Hold.HELD, Hold.ATTESTED)
        ]

    def likely(
        self, post_id: int, first: datetime.date | None, last: datetime.date | None = None
    ) -> list[Holding]:
        """Who surely held a post on a day, or else those who may have, because a day is known only to the month or year."""
        if first is None:
            return []
        found = holders_on(self.by_post.get(post_id, []), first, last)
        maybe = [Holding(tenure, hold) for tenure, hold in found if hold == Hold.POSSIBLE]
        return self.holders(post_id, first, last) or maybe

    def on(
        self, official_id: int, first: datetime.date | None, last: datetime.date | None = None
    ) -> list[Holding]:
        """The posts held on a day, the surest first, then the one begun latest.

        Several at once when all are sure for the day. A post whose end nobody knows gives way to one that
        was begun after its holder was last seen in it.
        """
        if first is None:
            return []
        held = [
            Holding(tenure, hold)
            for tenure in self.by_official.get(official_id, [])
            if (hold := tenure.hold_on(first, last))
        ]
        sure = {Hold.HELD: 3, Hold.ATTESTED: 2, Hold.POSSIBLE: 1, Hold.LAST_SEEN: 0}
        held.sort(
            key=lambda holding: (
                sure[holding.hold],
                holding.tenure.start_first or datetime.date.min,
            ),
            reverse=True,
        )
        latest = held[0].tenure.start_first or datetime.date.min if held else datetime.date.min
        shown: dict[int, Holding] = {}
        for holding in held:
            tenure = holding.tenure
            if not shown or (
                holding.hold != Hold.LAST_SEEN
                and (tenure.end_last is not None or tenure.last_seen >= latest)
            ):
                shown.setdefault(tenure.post_id, holding)
        return list(shown.values())


@dataclass(frozen=True)
class Piece:
    """A run of a passage's words; ``mention`` when they name a record that readers may see, ``differ`` what another
    version has otherwise."""

    words: str
    mention: Mention | None = None
    holdings: Sequence[Holding] = ()
    differ: Spans = ()
    #: who likely held the post that the words name
    inferred: Sequence[Holding] = ()

    @property
    def parts(self) -> Iterator[tuple[str, bool]]:
        """The words, cut where they differ: (words, whether another version has them otherwise)."""
        return ((words, differs) for words, (differs,) in cut(self.words, self.differ))

    @property
    def target(self) -> Publishable | None:
        return self.mention.target if self.mention else None  # type: ignore[return-value]


@dataclass(frozen=True)
class Shown:
    """One passage in one language, ready to be read."""

    number: int
    language: str
    direction: str
    pieces: list[Piece]
    digest: bool

    @property
    def words(self) -> str:
        return "".join(piece.words for piece in self.pieces)


def linked() -> QuerySet[Mention]:
    """Mentions of one record, each with it."""
    return Mention.objects.filter(outcome=Mention.Outcome.ONE).select_related(*MENTIONED)


@prepared
def mentions_of(texts: list[int]) -> QuerySet[Mention]:
    return linked().filter(text__in=texts)


def with_mentions(texts: list[Any]) -> list[Any]:
    """The texts, each with what it names as ``linked``; one query."""
    found: dict[int, list[Mention]] = {text.pk: [] for text in texts}
    for mention in mentions_of(list(found)):
        found[mention.text_id].append(mention)
    for text in texts:
        text.linked = found[text.pk]
    return texts


def pieces(
    text: PassageText,
    holdings: Holdings,
    day: tuple[datetime.date | None, datetime.date | None],
    differ: Spans = (),
) -> list[Piece]:
    """The readable words cut at their mentions; of overlapping mentions the longest outer one is shown."""

    def here(start: int, end: int) -> Spans:
        return [
            (max(a, start) - start, min(b, end) - start) for a, b in differ if a < end and start < b
        ]

    words, layer = text.shown, text.shown_layer
    found: list[Piece] = []
    at = 0
    mentions = [mention for mention in text.linked if mention.layer == layer]
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if mention.start < at or mention.end > len(words) or not visible(mention):
            continue
        if mention.start > at:
            found.append(Piece(words[at : mention.start], differ=here(at, mention.start)))
        held = holdings.on(mention.official_id, *day) if mention.official_id is not None else ()
        likely = holdings.likely(mention.post_id, *day) if mention.post_id is not None else ()
        named = words[mention.start : mention.end]
        found.append(Piece(named, mention, held, here(mention.start, mention.end), likely))
        at = mention.end
    if at < len(words):
        found.append(Piece(words[at:], differ=here(at, len(words))))
    return found


def visible(mention: Mention) -> bool:
    """Whether readers may follow it: places and countries have no pages, the rest only when published."""
    target = mention.target
    return isinstance(target, Publishable) and target.is_public


def shown(
    text: PassageText,
    holdings: Holdings,
    day: tuple[datetime.date | None, datetime.date | None],
    differ: Spans = (),
) -> Shown:
    return Shown(
        text.passage.number,
        text.language,
        text.direction,
        pieces(text, holdings, day, differ),
        text.shown_layer == Layer.DIGEST,
    )


def officials_in(texts: Iterable[PassageText]) -> Iterator[int]:
    for text in texts:
        for mention in text.linked:
            if mention.official_id is not None:
                yield mention.official_id


def posts_in(texts: Iterable[PassageText]) -> Iterator[int]:
    for text in texts:
        for mention in text.linked:
            if mention.post_id is not None:
                yield mention.post_id


@dataclass(frozen=True)
class Naming:
    """A passage in which a record is named, for the record's own page."""

    passage: Passage
    text: PassageText
    mention: Mention
    holdings: Sequence[Holding] = ()

    @property
    def around(self) -> list[Piece]:
        """The readable words about the mention, cut between words; the mention itself marked."""
        before, after = self.text.shown[: self.mention.start], self.text.shown[self.mention.end :]
        if len(before) > AROUND:
            before = "… " + before[-AROUND:].partition(" ")[2]
        if len(after) > AROUND:
            after = after[:AROUND].rpartition(" ")[0] + " …"
        return [Piece(before), Piece(self.mention.as_printed, self.mention), Piece(after)]


def passages_naming(record: Publishable, language: str) -> list[Naming]:
    """The latest passages of published documents that name a record, each once, in the reader's language if it has it."""
    chosen: dict[int, tuple[int, str]] = {}  # by passage: its mention, and that one's language
    # Of thousands of mentions only the keys are put in order; what is shown is read of those that are shown alone.
    # In two questions: in one the planner may ask for the keys again for every row.
    latest = latest_mentions(record.pk, name=str(record._meta.model_name))
    for mention, layer, rights, passage, said in latest:
        known = chosen.get(passage)
        if layer == layer_shown(rights) and (
            known is None or (known[1] != language and said == language)
        ):
            chosen[passage] = mention, said
    keys = [mention for mention, _said in chosen.values()][:SHOWN]
    rows = {mention.pk: mention for mention in mentions_shown(keys)}
    return [
        Naming(mention.text.passage, mention.text, mention)
        for mention in (rows[key] for key in keys if key in rows)
    ]


@prepared
def latest_mentions(pk: int, *, name: str) -> QuerySet[Any, Any]:
    """(mention, its layer, the text's rights, passage, language) of the latest in documents that readers may see.

    The latest documents first, each in its own order. A passage may be named in several times, and in both languages.
    """
    version = Version.objects.filter(pk=OuterRef("text__version")).order_by().values("rights")
    return (
        Mention.objects.filter(
            Q(text__passage__statement__state=State.PUBLISHED)
            | Q(text__passage__article__state=State.PUBLISHED),
            outcome=Mention.Outcome.ONE,
            text__passage__removed=False,
            **{name: pk},
        )
        # A question within the question is asked of the first rows alone, a table joined of all.
        .annotate(rights=Coalesce(Subquery(version), "text__passage__article__rights"))
        .order_by(
            Coalesce(
                "text__passage__statement__date_first", "text__passage__article__date_first"
            ).desc(),
            Coalesce("text__passage__statement__slug", "text__passage__article__slug"),
            "text__passage__order",
            "start",
            "pk",
        )
        .values_list("pk", "layer", "rights", "text__passage", "text__language")[: SHOWN * 8]
    )


@prepared
def mentions_shown(mentions: list[int]) -> QuerySet[Mention]:
    return Mention.objects.filter(pk__in=mentions).select_related(
        "text__version", "text__passage__statement", "text__passage__article__outlet"
    )


@prepared
def tenures_of(officials: list[int], posts: list[int]) -> QuerySet[Tenure]:
    return Tenure.objects.filter(
        Q(official__in=officials) | Q(post__in=posts, **public("official")),
        **public("post"),
    ).select_related("official__country", "post__organization")
