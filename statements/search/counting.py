"""How many documents there are of each kind, type, language, year and related record.

Counted is the smaller side: a question that most documents answer is told by those that do not.
"""

from __future__ import annotations

import numpy as np

from statements.models.search import RELATED
from statements.search.columns import Index, ranges
from statements.search.postings import Bits

#: column → number of documents of each value, by its place among the values
Counts = dict[str, np.ndarray]
CODED = ("kind", "type")
SHOWN = tuple(name for name in RELATED if name != "event")
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
        ids, number = index.values(name)[0], counts[name]
        most = np.argsort(-number, kind="stable")[:MOST]
        told[name] = [(str(ids[at]), int(number[at])) for at in most if number[at]]
    return told


def totals(index: Index) -> tuple[dict[str, int], list[int]]:
    """How many records of each kind there are, and the years of the statements' dates, in order."""
    kinds, known = index.arrays["kind"], index.codes["kind"]
    found = dict(facets(index, index.alive)["kind"])
    if "statement" not in found:
        return found, []
    years = np.unique(index.years()[index.alive & (kinds == known.index("statement"))])
    return found, [int(year) for year in years if year]


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
    for name in SHOWN:
        ids, which = index.values(name)
        pairs = pairs_of(index, name, documents)
        counts[name] = np.bincount(which[pairs], minlength=len(ids))
    return counts


def pairs_of(index: Index, name: str, documents: np.ndarray) -> np.ndarray:
    """Where among the (document, related record) pairs those of these documents stand."""
    owners = index.arrays[f"{name}.owners"]
    if not len(owners):
        return np.arange(0)
    if len(documents) * 8 > index.documents:
        chosen = np.zeros(index.documents, dtype=bool)
        chosen[documents] = True
        return np.flatnonzero(chosen[owners])
    documents = documents.astype(owners.dtype)
    return ranges(np.searchsorted(owners, documents), np.searchsorted(owners, documents, "right"))
