"""The versions of a statement beside each other, and a draft beside the version that is there, with their differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from statements.ingest.decisions import LINK, NEW, OPEN, At, Decision, decisions, proposals
from statements.ingest.differences import Difference, compare
from statements.ingest.knowledge import Knowledge
from statements.ingest.told import Known
from statements.models import MENTIONED, Layer, Mention, PassageText, Paste, Statement, Version
from statements.text.align import Pair
from statements.text.parallel import parallel


class Row(NamedTuple):
    """Passages in which two versions differ, by their numbers in either, and how they do."""

    left: list[int]
    right: list[int]
    differences: list[Difference]


@dataclass(frozen=True)
class Versions:
    """Two versions and where they differ. ``summary``: one is known by a summary only, so that only contradictions are told."""

    left: Version
    right: Version | None  # None: the draft
    summary: bool
    rows: list[Row]

    @property
    def count(self) -> int:
        return sum(len(row.differences) for row in self.rows)


@dataclass
class Text:
    """The paragraphs of a version in order, the numbers of their passages, and what was decided of their names."""

    paragraphs: list[str]
    numbers: list[int]
    known: list[list[Known]]


Layers = dict[str, Text]


def of_statement(statement: Statement) -> list[Versions]:
    """The version that the others render beside each of them, as far as the archive has their texts."""
    if statement.versions.count() < 2:
        return []
    knowledge = Knowledge.of_the_archive()
    held = held_versions(statement, knowledge)
    if not held:
        return []
    (first, left), *others = held
    found = []
    for other, right in others:
        layer = next((layer for layer in Layer.values if layer in left and layer in right), None)
        if layer is not None:
            pairs = [*shared(left[layer], right[layer])]
            found.append(beside(first, other, left[layer], right[layer], pairs, knowledge))
    return found


def of_draft(paste: Paste, number: int, statement: Statement) -> Versions | None:
    """A document of a draft beside the version that it can best be compared with: one whose text is kept, in its language."""
    document, knowledge = paste.draft["documents"][number], Knowledge.of_the_archive()
    held = held_versions(statement, knowledge)
    if not held:
        return None
    first, layers = min(
        held, key=lambda one: (Layer.TEXT not in one[1], one[0].language != document["language"])
    )
    left = layers.get(Layer.TEXT) or layers[Layer.DIGEST]
    paragraphs = [passage["text"] for passage in document["passages"]]
    right = Text(paragraphs, [*range(1, len(paragraphs) + 1)], decided(paste, number))
    pairs = parallel(left.paragraphs, right.paragraphs)
    found = beside(first, None, left, right, pairs, knowledge)
    return found if Layer.TEXT in layers else contradictions(found)


def held_versions(statement: Statement, knowledge: Knowledge) -> list[tuple[Version, Layers]]:
    """The versions of which the archive has a text, by layer, the original first; three queries."""
    versions = sorted(
        statement.versions.all(),
        key=lambda one: (
            one.language != statement.original_language,
            one.origin != Version.Origin.ORIGINAL,
            one.pk,
        ),
    )
    found: dict[int, Layers] = {version.pk: {} for version in versions}
    slugs = {(kind, pk): slug for (kind, slug), pk in knowledge.lexicon.ids.items()}
    texts = (
        PassageText.objects.filter(version__statement=statement, passage__removed=False)
        .select_related("passage")
        .prefetch_related("mentions")
        .order_by("passage__order", "passage__number")
    )
    for row in texts:
        for layer in Layer.values:
            if words := getattr(row, layer):
                text = found[row.version_id].setdefault(layer, Text([], [], []))
                text.paragraphs.append(words)
                text.numbers.append(row.passage.number)
                here = [mention for mention in row.mentions.all() if mention.layer == layer]
                text.known.append([*marks(here, slugs)])
    return [(version, found[version.pk]) for version in versions if found[version.pk]]


def marks(mentions: Iterable[Mention], slugs: dict[tuple[str, int], str]) -> Iterator[Known]:
    """What is known of the names of a passage: those linked, and those that a person linked to nothing."""
    for one in mentions:
        kind = next((kind for kind in MENTIONED if getattr(one, f"{kind}_id")), "")
        if kind:
            pk = getattr(one, f"{kind}_id")
            yield Known(one.start, one.end, kind, slugs.get((kind, pk), f"#{pk}"))
        elif one.decided:
            yield Known(one.start, one.end, one.type, None)


def decided(paste: Paste, number: int) -> list[list[Known]]:
    """What an editor has decided of the names of a draft's document, passage by passage."""
    document, kept = paste.draft["documents"][number], decisions(paste)
    meant: dict[At, Decision] = {
        place: kept[proposal.key]
        for proposal in proposals(paste.draft)
        if kept.get(proposal.key, Decision()).decision not in (OPEN, NEW)
        for place in proposal.places
    }
    found: list[list[Known]] = [[] for _passage in document["passages"]]
    for m, mention in enumerate(document["mentions"]):
        decision = meant.get(at := At(number, m))
        if decision is None:
            continue
        linked = decision.decision == LINK and str(at) not in decision.apart
        kind, _slash, slug = decision.target.partition("/")
        for known, passage in zip(found, document["passages"], strict=True):
            if passage["start"] <= mention["start"] and mention["end"] <= passage["end"]:
                start, end = (mention[name] - passage["start"] for name in ("start", "end"))
                known.append(Known(start, end, kind or mention["type"], slug if linked else None))
    return found


def beside(
    first: Version, other: Version | None, left: Text, right: Text, pairs: Sequence[Pair],
    knowledge: Knowledge,
) -> Versions:  # fmt: skip
    day = first.statement.date or None
    known = left.known, right.known
    rows = [
        Row([left.numbers[at] for at in one.left], [right.numbers[at] for at in one.right], one.differences)
        for one in compare(left.paragraphs, right.paragraphs, pairs, knowledge, day, known)
    ]  # fmt: skip
    return Versions(first, other, False, rows)


def shared(left: Text, right: Text) -> Iterator[Pair]:
    """The passages of both texts by their numbers."""
    places = {number: at for at, number in enumerate(right.numbers)}
    for at, number in enumerate(left.numbers):
        found = places.pop(number, None)
        yield Pair((at,), () if found is None else (found,), "gone" if found is None else "reworded", 0.0)  # fmt: skip
    for at in places.values():
        yield Pair((), (at,), "new", 0.0)


def contradictions(found: Versions) -> Versions:
    """Only what the two say differently: a summary leaves out by nature."""
    rows = [
        row._replace(differences=[one for one in row.differences if one.left and one.right])
        for row in found.rows
    ]
    return replace(found, summary=True, rows=[row for row in rows if row.differences])
