"""How many documents there are of each kind, type, language, year and related record.

Counted is the smaller side: a question that most documents answer is told by those that do not.
"""

from __future__ import annotations

import numpy as np

from statements.models.search import RELATED
from statements.search.answers import AT_ONCE, Bits
from statements.search.columns import Index, ranges

#: column → number of documents of each value, by its place among the values
Counts = dict[str, np.ndarray]
CODED = ("kind", "type")
SHOWN = tuple(name for name in RELATED if name != "event")
FEW = 6  # one of so many documents, below which they are counted one by one
MOST = 24  # related records told
LAST_YEAR = 9999


def facets(index: Index, found: Bits) -> dict[str, list[tuple[str, int]]]:
    """Facet → (value, number of documents), over these documents; the related records by their ids, the commonest first."""
    counts = counted(index, found)
    told: dict[str, list[tuple[str, int]]] = {}
    for name in CODED:
        each = zip(index.codes[name], counts[name], strict=False)
        told[name] = [(value, int(n)) for value, n in each if value and n]
    masks = np.arange(len(counts["language"]))
    told["language"] = [
        (value, n)
        for code, value in enumerate(index.codes["language"])
        if (n := int(counts["language"][masks & (1 << code) > 0].sum()))
    ]
    years = counts["year"]
    told["year"] = [(str(year), int(years[year])) for year in np.flatnonzero(years) if year]
    for name in SHOWN:
        ids, number = index.ids(name), counts[name]
        most = np.argsort(-number, kind="stable")[:MOST]
        told[name] = [(str(ids[at]), int(number[at])) for at in most if number[at]]
    return told


def totals(index: Index) -> tuple[dict[str, int], list[tuple[int, int]]]:
    """How many records of each kind there are, and how many statements of each year, in order."""
    kinds, known = index.arrays["kind"], index.codes["kind"]
    found = dict(facets(index, index.alive)["kind"])
    if "statement" not in found:
        return found, []
    statements = index.alive & (kinds == known.index("statement"))
    years, numbers = np.unique(index.years()[statements], return_counts=True)
    return found, [(int(y), int(n)) for y, n in zip(years, numbers, strict=True) if y]


def counted(index: Index, found: Bits) -> Counts:
    """The counts over these documents, which must be alive."""
    if np.count_nonzero(found) * 2 < index.documents:
        return tally(index, np.flatnonzero(found))
    if index.counts is None:
        index.counts = tally(index, np.flatnonzero(index.alive))
    others = index.alive & ~found
    if not others.any():
        return index.counts
    rest = tally(index, np.flatnonzero(others))
    return {name: number - rest[name] for name, number in index.counts.items()}


def tally(index: Index, documents: np.ndarray) -> Counts:
    """The counts over documents, counted one by one."""
    arrays = index.arrays
    counts = {
        name: np.bincount(arrays[name][documents], minlength=len(index.codes[name]))
        for name in CODED
    }
    counts["language"] = np.bincount(arrays["language"][documents], minlength=256)
    counts["year"] = np.bincount(index.years()[documents], minlength=LAST_YEAR + 1)
    chosen = np.zeros(index.documents, dtype=bool)
    chosen[documents] = True
    settled = documents[: np.searchsorted(documents, index.settled_documents)]
    for name in SHOWN:
        counts[name] = of_related(index, name, chosen, settled)
    return counts


def of_related(index: Index, name: str, chosen: Bits, settled: np.ndarray) -> np.ndarray:
    """How many of the documents chosen each record of a relation has: of the settled ones one by one where they are few, else all pairs in the order of the records."""
    relation, ids = index.part.relation(name), index.ids(name)
    owners, values = index.fresh_pairs(name)
    order = np.argsort(ids)
    fresh = order[np.searchsorted(ids, values[chosen[owners]], sorter=order)]
    counts = np.bincount(fresh, minlength=len(ids))
    if not len(relation.ids):
        return counts
    if len(settled) * FEW <= index.documents:
        pairs = ranges(relation.offsets[settled], relation.offsets[settled + 1])
        return counts + np.bincount(relation.which[pairs], minlength=len(ids))
    portions = range(0, len(relation.owners), AT_ONCE)
    taken = [chosen.take(relation.owners[at : at + AT_ONCE]) for at in portions]
    each = np.add.reduceat(np.concatenate(taken).view("u1"), relation.starts[:-1], dtype="i4")
    counts[: len(each)] += each
    return counts
