"""The index in arrays: what filters, facets, order and ranking need of every document, in step with the archive's revision.

The settled part comes packed from ``SearchColumn``, read once a generation; what has changed since
comes from the rows, read once a revision, and stands behind it. Each process keeps
them in memory, and a question about all documents costs arithmetic instead of as many rows of the database.

Documents are numbered newest first within each part, passages in the order of their documents; the first
passage of each document is the one with its names. Days are ordinals (``date.toordinal``), 0 for none.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from django.db.models import F

from statements.models import (
    SearchColumn,
    SearchDocument,
    SearchPassage,
    SearchPosting,
    SearchProgress,
)
from statements.models.search import FRESH, RELATED

#: column → type, for documents and for passages
DOCUMENTS = {
    "record": "<i8",
    "kind": "u1",
    "type": "<u2",
    "language": "u1",
    "first": "<i4",
    "last": "<i4",
}
PASSAGES = {"document": "<i4", "number": "<i4"}
LANGUAGES = 8  # that one archive may have; a bit each


@dataclass(frozen=True)
class Relation:
    """The pairs of settled documents and records of a relation, in the order of either."""

    #: the distinct numbers of the records, ascending
    ids: np.ndarray
    #: which of them each pair has, in the order of the documents, and where those of each document begin
    which: np.ndarray
    offsets: np.ndarray
    #: the document of each pair, in the order of the records, and where those of each record begin
    owners: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray, owners: np.ndarray, documents: int) -> Relation:
        ids, which = np.unique(values, return_inverse=True)
        order = np.argsort(which, kind="stable")
        return cls(
            ids,
            which.astype("<i4"),
            np.searchsorted(owners, np.arange(documents + 1)).astype("<i4"),
            owners[order],
            np.searchsorted(which[order], np.arange(len(ids) + 1)),
        )

    def documents_of(self, pk: int) -> np.ndarray:
        at = int(np.searchsorted(self.ids, pk))
        if at == len(self.ids) or self.ids[at] != pk:
            return self.owners[:0]
        return self.owners[self.starts[at] : self.starts[at + 1]]


class Writer:
    """Columns as they grow, a document and then its passages at a time."""

    def __init__(self, codes: dict[str, list[str]] | None = None) -> None:
        self.codes: dict[str, list[str]] = codes or {"kind": [], "type": [], "language": []}
        self.values = {name: array("q") for name in (*DOCUMENTS, *PASSAGES)}
        self.related = {name: array("q") for name in RELATED}
        self.owners = {name: array("q") for name in RELATED}
        self.documents = self.passages = 0

    def code(self, name: str, value: str) -> int:
        known = self.codes[name]
        if value not in known:
            known.append(value)
        return known.index(value)

    def add(self, row: SearchDocument) -> None:
        languages = sum(
            1 << code
            for code in (self.code("language", value) for value in row.languages)
            if code < LANGUAGES
        )
        first, last = row.date_first, row.date_last
        for name, value in (
            ("record", row.record_id), ("kind", self.code("kind", row.kind)),
            ("type", self.code("type", row.type)), ("language", languages),
            ("first", first.toordinal() if first else 0), ("last", last.toordinal() if last else 0),
        ):  # fmt: skip
            self.values[name].append(value)
        for name, column in RELATED.items():
            ids = getattr(row, column)
            self.related[name].extend(ids)
            self.owners[name].extend([self.documents] * len(ids))
        self.documents += 1

    def add_passage(self, number: int) -> None:
        """A passage of the document added last."""
        self.values["document"].append(self.documents - 1)
        self.values["number"].append(number)
        self.passages += 1

    def arrays(self) -> dict[str, np.ndarray]:
        found = {
            name: np.frombuffer(self.values[name], "i8").astype(type_)
            for name, type_ in (DOCUMENTS | PASSAGES).items()
        }
        for name in RELATED:
            found[f"{name}.values"] = np.frombuffer(self.related[name], "i8").astype("<i8")
            found[f"{name}.owners"] = np.frombuffer(self.owners[name], "i8").astype("<i4")
        return found

    def save(self, frequent: Iterable[str]) -> None:
        """Put the columns in the place of those that were there, and beside them the terms whose pairs have postings."""
        SearchColumn.objects.all().delete()
        for name, values in self.arrays().items():
            SearchColumn.objects.create(name=name, data=values.tobytes())
        codes = json.dumps({**self.codes, "frequent": sorted(frequent), "spelled": True})
        SearchColumn.objects.create(name="codes", data=codes.encode())


class Coverage(NamedTuple):
    """What has postings in the settled part."""

    #: terms, pairs of terms, very words and sequences that stand in so many passages that they have postings
    common: frozenset[str] = frozenset()
    #: terms so common that their pairs are lexemes too
    frequent: frozenset[str] = frozenset()
    #: whether every very word of a frequent term that any passage has is among the common
    spelled: bool = False


@dataclass
class Part:
    """The settled part, as it was packed."""

    generation: int
    codes: dict[str, list[str]]
    arrays: dict[str, np.ndarray]
    coverage: Coverage
    starts: np.ndarray
    left: np.ndarray
    #: postings that were asked for, packed, the last asked last
    kept: dict[str, np.ndarray] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)

    def relation(self, name: str) -> Relation:
        if name not in self.relations:
            values, owners = self.arrays[f"{name}.values"], self.arrays[f"{name}.owners"]
            self.relations[name] = Relation.of(values, owners, len(self.starts))
        return self.relations[name]


@dataclass
class Index:
    """All documents and passages at a revision. ``settled`` and ``passages`` count passages, ``documents`` documents."""

    revision: int
    written: int
    generation: int
    codes: dict[str, list[str]]
    arrays: dict[str, np.ndarray]
    settled: int
    #: numbers of the rows of the fresh passages, sorted, and the place of each
    fresh: dict[int, int]
    alive: np.ndarray
    part: Part
    #: documents newest first, undated ones last
    newest: np.ndarray
    #: where each document's passages begin
    starts: np.ndarray
    #: for each passage how many of its document come after it, 255 for more
    left: np.ndarray
    distinct: dict[str, np.ndarray] = field(default_factory=dict)
    #: how many documents there are of each value of a column, once it was asked (``counting``)
    counts: dict[str, np.ndarray] | None = None
    #: (facet, number of a record) → its address and names, as far as a page has shown them; None for one that is not public
    labels: dict[tuple[str, int], tuple[str, str, str] | None] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        return len(self.alive)

    @property
    def passages(self) -> int:
        return len(self.arrays["document"])

    @property
    def settled_documents(self) -> int:
        return len(self.part.starts)

    def places_of(self, rows: Iterable[int]) -> list[int]:
        """Places of fresh passages by the numbers of their rows; rows that came since are left out."""
        return [self.fresh[row] for row in map(int, rows) if row in self.fresh]

    def span(self, document: int) -> tuple[int, int]:
        """Where the passages of a document begin, and where those of the next."""
        last = document + 1 == self.documents
        return int(self.starts[document]), self.passages if last else int(self.starts[document + 1])

    def ends(self, documents: np.ndarray) -> np.ndarray:
        """Where the passages of these documents end."""
        return np.append(self.starts, self.passages)[documents + 1]

    def rank(self) -> np.ndarray:
        """For each document its place among the newest."""
        if "rank" not in self.arrays:
            rank = np.empty(self.documents, dtype="<i4")
            rank[self.newest] = np.arange(self.documents, dtype="<i4")
            self.arrays["rank"] = rank
        return self.arrays["rank"]

    def ids(self, name: str) -> np.ndarray:
        """The distinct ids of a relation, those of its settled part first."""
        if name not in self.distinct:
            settled = self.part.relation(name).ids
            new = np.setdiff1d(self.fresh_pairs(name)[1], settled)
            self.distinct[name] = np.concatenate((settled, new))
        return self.distinct[name]

    def fresh_pairs(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Document and id of each pair that is not settled."""
        behind = len(self.part.relation(name).which)
        return self.arrays[f"{name}.owners"][behind:], self.arrays[f"{name}.values"][behind:]

    def documents_of(self, name: str, pk: int) -> np.ndarray:
        """The documents that are related to a record."""
        owners, values = self.fresh_pairs(name)
        return np.concatenate((self.part.relation(name).documents_of(pk), owners[values == pk]))

    def years(self) -> np.ndarray:
        """The year in which each document begins, 0 for none."""
        if "year" not in self.arrays:
            days = self.arrays["first"].astype("<i8") - 719_163  # 1 January 1970
            years = days.astype("datetime64[D]").astype("datetime64[Y]").astype("<i8") + 1970
            self.arrays["year"] = np.where(self.arrays["first"] > 0, years, 0).astype("<i2")
        return self.arrays["year"]


def ranges(begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """All numbers from each ``begin`` up to its ``end``, one range after another."""
    length = end - begin
    return np.repeat(begin - np.cumsum(length) + length, length) + np.arange(length.sum())


_part: Part | None = None
_index: Index | None = None


def index_at(revision: int, written: int) -> Index:
    """The index at a revision, up to which ``index.current`` has brought its rows; ``written`` as in ``SearchProgress``."""
    global _index
    index = _index
    if index is None or (index.revision, index.written) != (revision, written):
        index = _index = load(revision)
    return index


def forget() -> None:
    """Read everything anew at the next question."""
    global _part, _index
    _part = _index = None


def load(revision: int) -> Index:
    progress = SearchProgress.objects.first() or SearchProgress()
    part = settled_part(progress.generation)
    writer, rows = fresh_rows(part.codes)
    arrays, settled = part.arrays, len(part.arrays["document"])
    documents = len(arrays["record"])
    if writer.documents:
        added = writer.arrays()
        for name in added:
            if name == "document" or name.endswith(".owners"):
                added[name] += documents
        arrays = {name: np.concatenate((arrays[name], added[name])) for name in added}
    else:
        arrays = {name: arrays[name] for name in arrays}
    alive = np.ones(len(arrays["record"]), dtype=bool)
    alive[[place for place in progress.dead if place < documents]] = False
    first = arrays["first"]
    newest = np.arange(len(first), dtype="<i4")
    if writer.documents:
        newest = np.argsort(-first, kind="stable").astype("<i4")
    starts, left = part.starts, part.left
    if writer.documents:
        begin, after = layout(added["document"] - documents)
        starts, left = np.concatenate((starts, begin + settled)), np.concatenate((left, after))
    fresh = {row: settled + place for place, row in enumerate(rows)}
    return Index(
        revision, progress.written, progress.generation, writer.codes, arrays, settled, fresh, alive, part, newest, starts, left,
    )  # fmt: skip


def settled_part(generation: int) -> Part:
    global _part
    if _part is None or _part.generation != generation:
        data = {row.name: bytes(row.data) for row in SearchColumn.objects.all()}
        codes = json.loads(data["codes"]) if "codes" in data else {}
        types = DOCUMENTS | PASSAGES
        for name in RELATED:
            types |= {f"{name}.values": "<i8", f"{name}.owners": "<i4"}
        arrays = {name: np.frombuffer(data.get(name, b""), type_) for name, type_ in types.items()}
        coverage = Coverage(
            frozenset(SearchPosting.objects.values_list("lexeme", flat=True)),
            frozenset(codes.pop("frequent", ())),
            codes.pop("spelled", False),
        )
        _part = Part(
            generation,
            {"kind": [], "type": [], "language": []} | codes,
            arrays,
            coverage,
            *layout(arrays["document"]),
        )
    return _part


def layout(document: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each document's passages begin, and for each passage how many of its document come after it, at most 255."""
    starts = np.flatnonzero(np.diff(document, prepend=-1))
    ends = np.append(starts, len(document))[1:]
    left = np.repeat(ends, ends - starts) - np.arange(1, len(document) + 1)
    return starts, np.minimum(left, 255).astype("u1")


def fresh_rows(codes: dict[str, list[str]]) -> tuple[Writer, list[int]]:
    """Columns of what has changed since the settled part was made, and the row of each passage; two queries."""
    writer = Writer({name: list(values) for name, values in codes.items()})
    documents = list(
        SearchDocument.objects.filter(FRESH).order_by(
            F("date_first").desc(nulls_last=True), "kind", "slug"
        )
    )
    if not documents:
        return writer, []
    passages: dict[int, list[tuple[int, int]]] = {row.pk: [] for row in documents}
    rows = SearchPassage.objects.filter(FRESH).values_list("document_id", "number", "pk")
    for document, number, pk in rows:
        if document in passages:
            passages[document].append((number, pk))
    found = []
    for row in documents:
        writer.add(row)
        for number, pk in sorted(passages[row.pk]) or [(SearchPassage.NAMES, 0)]:
            writer.add_passage(number)
            found.append(pk)
    return writer, found
