"""Which of some queries each passage answers, and each document: a byte a passage, a bit of it a query.

So the score of a passage is one look into a table of 256 sums however many its queries are, and what a
document has anywhere is the union of its passages' bytes. Beyond eight queries there are more bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from statements.search.columns import Index, ranges

Bits = np.ndarray  # of bool, one a passage or a document
Packed = np.ndarray  # of bytes, eight passages in each
#: for each byte of a passage what each of its 256 values adds to a score
Tables = np.ndarray
AT_ONCE = 262_144  # passages gone through together, as many as a processor's cache holds; a multiple of eight
FEW = 24  # passages of a document, up to which doubling steps are quicker than going by documents
SHARE = 4  # one of so many documents, below which their passages are taken one by one


class Answers:
    """The answers of an index to queries; ``packed`` has a bit a passage for each of them."""

    def __init__(self, index: Index, queries: list[str], packed: list[Packed]) -> None:
        self.index = index
        self.bit = {query: divmod(n, 8) for n, query in enumerate(queries)}
        groups = [packed[n : n + 8] for n in range(0, len(packed), 8)]
        self.codes = [coded(group, index.passages) for group in groups]
        self.everywhere = [self.united(codes) for codes in self.codes]

    @cached_property
    def names(self) -> list[np.ndarray]:
        """For each document the queries that its names answer."""
        return [codes[self.index.starts] for codes in self.codes]

    def united(self, codes: np.ndarray) -> np.ndarray:
        """For each document the queries that its passages answer among them."""
        index = self.index
        found = np.empty(index.documents, dtype="u1")
        for documents, passages in portions(index):
            found[documents] = over(index, documents, codes[passages], np.bitwise_or)
        return found

    def documents(self, query: str) -> Bits:
        """The documents with a passage that answers."""
        group, bit = self.bit[query]
        found: Bits = (self.everywhere[group] & np.uint8(1 << bit)) > 0
        return found

    def tables(self, weights: dict[str, float]) -> Tables:
        """What a passage gains by its answers, from what it gains by each."""
        tables = np.zeros((len(self.codes), 256), dtype="f4")
        for query, weight in weights.items():
            group, bit = self.bit[query]
            tables[group] += np.float32(weight) * (np.arange(256) >> bit & 1)
        return tables

    def score(self, places: slice | np.ndarray, tables: Tables) -> np.ndarray:
        """How well these passages answer."""
        return summed(self.codes, places, tables)

    def together(self, documents: np.ndarray, tables: Tables) -> np.ndarray:
        """How well these documents would answer if all their passages were one."""
        return summed(self.everywhere, documents, tables)

    def by_names(self, documents: np.ndarray, tables: Tables) -> np.ndarray:
        """How well the names of these documents answer."""
        return summed(self.names, documents, tables)

    def best(self, documents: np.ndarray, tables: Tables) -> np.ndarray:
        """How well the best passage of each of these documents answers, its names aside."""
        index = self.index
        if len(documents) * SHARE > index.documents:
            return self.best_of_all(tables)[documents]
        begin, end = index.starts[documents], index.ends(documents)
        if not len(documents):
            return np.zeros(0, dtype="f4")
        score = self.score(ranges(begin, end), tables)
        firsts = np.cumsum(end - begin) - (end - begin)
        score[firsts] = 0
        return np.maximum.reduceat(score, firsts)

    def best_of_all(self, tables: Tables) -> np.ndarray:
        """The same of every document of the index; of one byte a passage the places of its sums among all sums will do."""
        index, levels = self.index, None
        if len(tables) == 1:
            levels, ranks = np.unique(tables, return_inverse=True)
            tables = ranks.reshape(1, -1).astype("u1")
        best = np.empty(index.documents, dtype=tables.dtype)
        for documents, passages in portions(index):
            score = self.score(passages, tables)
            score[index.starts[documents] - passages.start] = 0
            best[documents] = over(index, documents, score, np.maximum)
        return best if levels is None else levels[best]


def coded(group: list[Packed], passages: int) -> np.ndarray:
    """A byte a passage with a bit for each of up to eight answers."""
    codes = np.zeros(passages, dtype="u1")
    for first in range(0, passages, AT_ONCE):
        here = codes[first : first + AT_ONCE]
        for bit, answers in enumerate(group):
            part = np.unpackbits(answers[first // 8 : (first + AT_ONCE) // 8], count=len(here))
            here |= np.multiply(part, np.uint8(1 << bit), out=part)
    return codes


def summed(answers: list[np.ndarray], at: slice | np.ndarray, tables: Tables) -> np.ndarray:
    total = np.take(tables[0], answers[0][at])
    for table, codes in zip(tables[1:], answers[1:], strict=True):
        total += np.take(table, codes[at])
    return total


def portions(index: Index) -> Iterator[tuple[slice, slice]]:
    """All documents in portions, each with its passages."""
    step = max(1, AT_ONCE * index.documents // max(1, index.passages))
    for first in range(0, index.documents, step):
        last = min(first + step, index.documents)
        yield slice(first, last), slice(int(index.starts[first]), index.span(last - 1)[1])


def over(index: Index, documents: slice, values: np.ndarray, combine: np.ufunc) -> np.ndarray:
    """``combine`` over the passages of each document of a portion, from a value each, none below 0."""
    starts = index.starts[documents]
    firsts = starts - starts[0]
    left = index.left[starts[0] : starts[0] + len(values)]
    longest = int(left[firsts].max()) + 1
    if longest > FEW:
        found: np.ndarray = combine.reduceat(values, firsts)
        return found
    step, values = 1, values.copy()
    while (
        step < longest
    ):  # each value comes to stand for itself and the step, twice the step … after it
        later = values[step:] * (left[:-step] >= step)
        combine(values[:-step], later, out=values[:-step])
        step *= 2
    return values[firsts]
