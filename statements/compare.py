"""Two statements of a series, or two versions of one, laid side by side passage by passage.

An editor's own alignment (``Comparison``) wins over the machine's and is kept: passages that it ties stand
together, and its word for how they stand to each other counts. Only the rest is aligned by their words. Words are
compared in the source's own text where the archive has it of both sides, else as readers see them; words are
marked only in what readers see.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from statements.models import (
    Comparison,
    Divergence,
    Passage,
    PassageText,
    Round,
    Statement,
    Version,
)
from statements.models.base import public
from statements.text.align import WORD, WordChange, align, word_changes, words_of
from statements.text.spans import cut

SAME, KEPT, REWORDED, NEW, GONE, BESIDE = "same", "kept", "reworded", "new", "gone", "beside"
BETWEEN = "\n\n"
ROLES = ("before", "after", "first", "judged")
BRIEF = ("slug", "title_en", "title_ar", "date", "date_first")
MOST_JUDGED = 5  # statements that editors compared with one, and that its page names
Spans = list[tuple[int, int]]


@dataclass
class Part:
    """A passage of one side: what readers see, what is compared, where its words changed, and where an editor says
    that they mean something else."""

    text: PassageText
    compared: str
    marks: Spans = field(default_factory=list)
    differ: Spans = field(default_factory=list)

    @property
    def passage(self) -> Passage:
        return self.text.passage

    @property
    def pieces(self) -> Iterator[tuple[str, bool, bool]]:
        """The words that readers see, cut where they changed or differ: (words, changed, differ)."""
        for words, (changed, differ) in cut(self.text.shown, self.marks, self.differ):
            yield words, changed, differ


@dataclass
class Row:
    """Passages that say the same, or one that has nothing beside it; ``judged`` by an editor, in his words."""

    relation: str
    left: list[Part] = field(default_factory=list)
    right: list[Part] = field(default_factory=list)
    judged: list[Comparison] = field(default_factory=list)
    #: of two versions, what an editor confirmed to differ
    divergences: Sequence[Divergence] = ()
    #: words that changed, those of the longer side where one stands for another
    changed: int = 0
    #: of the passages on the right, how many have which relation
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        """What editors say beyond the relation that stands there anyway, each once."""
        plain = {KEPT: "persisted", SAME: "persisted", REWORDED: "reworded", NEW: "new", GONE: "silent"}  # fmt: skip
        further = [one for one in self.judged if one.relation != plain.get(self.relation)]
        return list(dict.fromkeys(str(one.get_relation_display()) for one in further))


@dataclass(frozen=True)
class Compared:
    """The rows in the order of the right side, in one language or with two side by side."""

    rows: list[Row]
    #: the versions of both sides; None where there is nothing to read
    left: Version | None
    right: Version | None
    #: the words compared are the source's own, and not what readers see
    by_text: bool = False

    @property
    def figures(self) -> dict[str, int]:
        """Passages of the right side: all, kept, reworded, new; of the left side those that are gone."""
        count = dict.fromkeys((KEPT, REWORDED, NEW, GONE), 0)
        for row in self.rows:
            for relation, number in row.counted.items():
                if relation != BESIDE:
                    count[KEPT if relation == SAME else relation] += number
        total = sum(len(row.right) for row in self.rows)
        return {**count, "total": total, "changed": sum(row.changed for row in self.rows)}

    @property
    def diverging(self) -> list[Row]:
        """The rows in which an editor found the versions to differ."""
        return [row for row in self.rows if row.divergences]

    @property
    def marked(self) -> bool:
        return any(part.marks for row in self.rows for part in (*row.left, *row.right))

    @property
    def digests(self) -> bool:
        """Readers see the archive's digest on either side."""
        parts = [part for row in self.rows for part in (*row.left, *row.right)]
        return any(part.text.shown_layer == "digest" for part in parts)


def of_its_dialogues(statement: Any) -> Q:
    """Statements of rounds of the same dialogues; ``statement`` is one, or refers to one of a query about this."""
    rounds = Round.objects.filter(
        **public("dialogue"), dialogue__rounds__event__statements=statement
    )
    return Q(event__in=rounds.values("event"))


def judged_beside(statement: Any) -> Q:
    """Statements that an editor has compared with this one, passage by passage."""
    rows = Comparison.objects.filter(passage__removed=False).order_by()
    earlier = rows.filter(passage__statement=statement)
    # One set of four, where "or" would have all statements looked at.
    return Q(
        pk__in=earlier.values("earlier__statement").union(
            earlier.values("earlier_statement"),
            rows.filter(earlier__statement=statement).values("passage__statement"),
            rows.filter(earlier_statement=statement).values("passage__statement"),
        )
    )


def series(statement: Statement) -> QuerySet[Statement]:
    """The published statements that may be laid beside this one."""
    found = Statement.objects.published().exclude(pk=statement.pk)
    return found.filter(of_its_dialogues(statement) | judged_beside(statement))


@dataclass(frozen=True)
class Beside:
    """A statement that a page offers to compare with its own: ``role`` is before, after, first or judged."""

    role: str
    statement: Statement
    pair: tuple[str, str]


def with_beside(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Statements with those that their pages offer to compare them with (see ``beside``), in the same query."""
    inner = OuterRef(OuterRef("pk"))
    others = Statement.objects.published().exclude(pk=OuterRef("pk"))
    kind = others.filter(of_its_dialogues(inner), type=OuterRef("type"))
    before = kind.filter(date_first__lt=OuterRef("date_first"))
    after = kind.filter(date_first__gt=OuterRef("date_first"))
    parts = {
        "before": before.order_by("-date_first", "slug")[:1],
        "after": after.order_by("date_first", "slug")[:1],
        "first": before.order_by("date_first", "slug")[:1],
        "judged": others.filter(judged_beside(inner)).oldest()[:MOST_JUDGED],
    }
    row = JSONObject(**{name: F(name) for name in BRIEF})
    return statements.annotate(
        **{f"beside_{role}": ArraySubquery(found.values(json=row)) for role, found in parts.items()}
    )


def beside(statement: Any) -> list[Beside]:
    """The statement of its kind in the round before, in the one after, in the first, and some that editors compared it with."""
    chosen: dict[str, Beside] = {}
    for role in ROLES:
        for row in getattr(statement, f"beside_{role}"):
            day = row["date_first"] and datetime.date.fromisoformat(row["date_first"])
            other = Statement(**{**row, "date_first": day})
            first, second = sorted((statement, other), key=in_time)
            chosen.setdefault(other.slug, Beside(role, other, (first.slug, second.slug)))
    return list(chosen.values())


def in_time(statement: Statement) -> tuple[str, str]:
    """By this the earlier of two statements is told."""
    return str(statement.date_first or ""), statement.slug


def texts_of(statements: Iterable[Statement]) -> list[PassageText]:
    """The texts of all versions in the order of their passages; one query."""
    return list(
        PassageText.objects.filter(
            passage__statement__in=[statement.pk for statement in statements],
            passage__removed=False,
            version__isnull=False,
        )
        .select_related("passage", "version")
        .order_by("passage__order", "passage__number", "pk")
    )


def versions_in(texts: Iterable[PassageText]) -> dict[Version, list[PassageText]]:
    """The versions that can be read or compared, with their texts; those with most passages first, originals before others."""
    found: dict[Version, list[PassageText]] = {}
    for text in texts:
        if (text.shown or text.text) and text.version:
            found.setdefault(text.version, []).append(text)
    rank = list(Version.Origin.values)
    order = sorted(found, key=lambda version: (-len(found[version]), rank.index(version.origin), version.pk))  # fmt: skip
    return {version: found[version] for version in order}


def judgements(left: Statement, right: Statement) -> list[Comparison]:
    """What editors said of passages of the right statement beside the left one; one query."""
    rows = Comparison.objects.filter(passage__statement=right, passage__removed=False)
    return list(
        rows.filter(Q(earlier__statement=left, earlier__removed=False) | Q(earlier_statement=left))
    )


def compared(
    left: tuple[Version, list[PassageText]],
    right: tuple[Version, list[PassageText]],
    judged: Sequence[Comparison] = (),
) -> Compared:
    """Versions of two statements in one language."""
    by_text = all(text.text for side in (left[1], right[1]) for text in side)
    lefts, rights = ([part(text, by_text) for text in side[1]] for side in (left, right))
    rows = judged_rows(lefts, rights, judged)
    tied = {id(one) for row in rows for one in (*row.left, *row.right)}
    free = [[one for one in side if id(one) not in tied] for side in (lefts, rights)]
    for pair in align(*([one.compared for one in side] for side in free)):
        row = Row(pair.relation, [free[0][i] for i in pair.left], [free[1][j] for j in pair.right])
        row.counted = {row.relation: len(row.right) or len(row.left)}
        rows.append(row)
    for row in rows:
        mark(row)
    return Compared(in_order(rows, lefts), left[0], right[0], by_text)


def compared_versions(
    left: tuple[Version, list[PassageText]],
    right: tuple[Version, list[PassageText]],
    divergences: Mapping[int, Sequence[Divergence]],
) -> Compared:
    """Two versions of one statement, which share its passages; their words are compared when they share a language.

    ``divergences`` are those of the statement by the pk of their passage.
    """
    pair = {left[0].pk, right[0].pk}
    same_language = left[0].language == right[0].language
    by_text = same_language and all(text.text for side in (left[1], right[1]) for text in side)
    sides = [{text.passage_id: part(text, by_text) for text in side[1]} for side in (left, right)]
    passages = {text.passage_id: text.passage for text in (*left[1], *right[1])}
    rows = []
    for pk in sorted(passages, key=lambda pk: (passages[pk].order, passages[pk].number)):
        one, other = ([side[pk]] if pk in side else [] for side in sides)
        if not (one and other):
            row = Row(GONE if one else NEW, one, other)
        elif not same_language:
            row = Row(BESIDE, one, other)
        else:
            same = words_of(one[0].compared) == words_of(other[0].compared)
            row = Row(SAME if same else REWORDED, one, other)
            mark(row)
        row.counted = {row.relation: 1}
        row.divergences = [d for d in divergences.get(pk, ()) if {d.left_id, d.right_id} == pair]
        for side in (*one, *other):
            shown = side.text.shown
            side.differ = [s for d in row.divergences for s in d.spans(side.text.version_id, shown)]
        rows.append(row)
    return Compared(rows, left[0], right[0], by_text)


def part(text: PassageText, by_text: bool) -> Part:
    return Part(text, text.text if by_text else text.shown)


def judged_rows(
    lefts: Sequence[Part], rights: Sequence[Part], judged: Sequence[Comparison]
) -> list[Row]:
    """The rows that an editor made: passages tied to each other, however many; new ones, and gone ones."""
    relation = Comparison.Relation
    left_of = {one.passage.pk: one for one in lefts}
    right_of = {one.passage.pk: one for one in rights}
    ties = [c for c in judged if c.earlier_id in left_of and c.passage_id in right_of and c.relation != relation.SILENT]  # fmt: skip
    group: dict[int, set[int]] = {}  # passage of either side → all that are tied to it
    for tie in ties:
        assert tie.earlier_id is not None  # it is one of the left passages
        both = group.get(tie.passage_id, {tie.passage_id}) | group.get(
            tie.earlier_id, {tie.earlier_id}
        )
        group |= dict.fromkeys(both, both)
    rows = []
    for members in {id(tied): tied for tied in group.values()}.values():
        own = [c for c in judged if c.passage_id in members and c.relation != relation.SILENT]
        row = Row(
            KEPT,
            [one for one in lefts if one.passage.pk in members],
            [one for one in rights if one.passage.pk in members],
            own,
        )
        for one in row.right:
            said = {c.relation for c in own if c.passage_id == one.passage.pk}
            how = KEPT if said == {relation.PERSISTED} else REWORDED
            row.counted[how] = row.counted.get(how, 0) + 1
            row.relation = REWORDED if how == REWORDED else row.relation
        rows.append(row)
    alone = {c.passage_id: c for c in judged if c.relation == relation.NEW}
    gone = {c.earlier_id: c for c in judged if c.relation == relation.SILENT}
    for pk, c in alone.items():
        if pk in right_of and pk not in group:
            rows.append(Row(NEW, [], [right_of[pk]], [c], counted={NEW: 1}))
    for earlier, c in gone.items():
        if earlier in left_of and earlier not in group:
            rows.append(Row(GONE, [left_of[earlier]], [], [c], counted={GONE: 1}))
    return rows


def mark(row: Row) -> None:
    """Where the words of a row changed, counted; marked in what readers see, if that was compared."""
    if not (row.left and row.right):
        return
    left, right = (BETWEEN.join(one.compared for one in side) for side in (row.left, row.right))
    changes = word_changes(left, right)
    row.changed = sum(changed_words(change, left, right) for change in changes)
    if row.relation == KEPT and not changes:
        row.relation = SAME
    for side, which in ((row.left, 0), (row.right, 1)):
        spans = [(change.left, change.right)[which] for change in changes]
        start = 0
        for one in side:
            end = start + len(one.compared)
            if one.compared == one.text.shown:
                one.marks = [
                    (max(a, start) - start, min(b, end) - start)
                    for a, b in spans
                    if max(a, start) < min(b, end)
                ]
            start = end + len(BETWEEN)


def changed_words(change: WordChange, left: str, right: str) -> int:
    return max(
        len(WORD.findall(text[start:end]))
        for text, (start, end) in ((left, change.left), (right, change.right))
    )


def in_order(rows: list[Row], lefts: Sequence[Part]) -> list[Row]:
    """In the order of the right text; what is gone behind what it stood behind."""
    at = {id(one): n for n, one in enumerate(lefts)}
    places = {
        at[id(one)]: (row.right[0].passage.order, row.right[0].passage.number)
        for row in rows
        for one in row.left
        if row.right
    }

    def place(row: Row) -> tuple[int, int, int]:
        if row.right:
            return row.right[0].passage.order, row.right[0].passage.number, -1
        own = at[id(row.left[0])]
        before = [n for n in places if n < own]
        return (*(places[max(before)] if before else (-1, -1)), own)

    return sorted(rows, key=place)
