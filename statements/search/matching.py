"""Which documents answer a request, and how well: filters, concepts and scores, over all documents at once.

A concept counts what its rarity says (``idf``), three quarters for any of its alternatives and one
quarter more for the words as typed; three tenths more when the whole query stands there as typed. A
statement or article is as good as its best passage, its title a little; other records are as good as
their names. Equals stand newest first. The same sum is made for every document that matches, so that
what is best is best however many there are.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import NamedTuple

import numpy as np

from statements.search.answers import Answers, Bits, Tables
from statements.search.notation import sequence
from statements.search.postings import passages
from statements.search.request import SearchRequest
from statements.text.analysis import analyze

ANY, LITERAL, WHOLE, TITLE = 0.75, 0.25, 0.3, 0.3
ENOUGH = 100  # times as many documents as are wanted, among which the best nearly always are
SAMPLE = 16_384  # documents that tell about how good so many are
TEXTS = ("statement", "article")


class Scored(NamedTuple):
    """A passage that answers, by its place in the index, with its number; ``coverage``: what of the query it has, whatever the words."""

    place: int
    number: int
    score: float
    coverage: float


class Matches:
    """What a request finds in an index. Raises Stale when rows were written meanwhile."""

    def __init__(self, request: SearchRequest) -> None:
        self.request, self.index = request, request.index
        self.wanted = [concept for concept in request.concepts if not concept.without]
        terms = analyze(request.q) if self.wanted else []
        self.whole = sequence(terms) if terms else ""
        queries = [concept.any for concept in request.concepts]
        queries += [concept.literal for concept in self.wanted]
        self.queries = list(dict.fromkeys([*queries, *([self.whole] if terms else [])]))
        if request.impossible:
            self.queries = []
        if self.queries:
            self.answers = Answers(self.index, self.queries, passages(self.index, self.queries))

    # Documents

    @cached_property
    def documents(self) -> Bits:
        """A bit a document: it passes the filters and has what was asked, or half of it when nothing has all."""
        return self.all_or_half[0]

    @property
    def partial(self) -> bool:
        """Nothing has all that was asked; these have half of it."""
        return self.all_or_half[1]

    @cached_property
    def all_or_half(self) -> tuple[Bits, bool]:
        if self.request.impossible:
            return np.zeros(self.index.documents, dtype=bool), False
        found = self.filtered()
        for concept in self.request.concepts:
            if concept.without:
                found &= ~self.answers.documents(concept.any)
        full = found.copy()
        for have in self.have:
            full &= have
        if len(self.wanted) < 2 or full.any():
            return full, False
        number = sum(have.astype("u1") for have in self.have)
        return found & (number >= (len(self.wanted) + 1) // 2), True

    def filtered(self) -> Bits:
        """The documents that the filters and dates let through."""
        request, index = self.request, self.index
        arrays, found = index.arrays, index.alive.copy()
        for name, value in (("kind", request.kind), ("type", request.type)):
            if value:
                found &= self.coded(name, value)
        if request.language:
            known = index.codes["language"]
            code = known.index(request.language) if request.language in known else 0
            bit = 1 << code if request.language in known else 0
            found &= (arrays["language"] & bit) > 0
        for name, pk in request.filters.items():
            related = np.zeros(index.documents, dtype=bool)
            related[index.documents_of(name, pk)] = True
            found &= related
        first = request.dates["from"].first if "from" in request.dates else None
        last = request.dates["to"].last if "to" in request.dates else None
        if first and last and first > last:
            first, last = last, first
        if first or last:
            found &= arrays["first"] > 0
        if last:
            found &= arrays["first"] <= last.toordinal()
        if first:
            found &= (arrays["last"] >= first.toordinal()) | (arrays["last"] == 0)
        return found

    def coded(self, name: str, value: str) -> Bits:
        known = self.index.codes[name]
        if value not in known:
            return np.zeros(self.index.documents, dtype=bool)
        return self.index.arrays[name] == known.index(value)

    @cached_property
    def have(self) -> list[Bits]:
        """For each concept wanted the documents that have it."""
        return [self.answers.documents(concept.any) for concept in self.wanted]

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.documents))

    # How well

    @cached_property
    def idf(self) -> list[float]:
        """Rarity of each concept among documents, 1 for the commonest."""
        if len(self.wanted) < 2:
            return [1.0] * len(self.wanted)
        alive = self.index.alive
        found = [int(np.count_nonzero(have & alive)) for have in self.have]
        return [1 + math.log((max(found) + 1) / (count + 1)) for count in found]

    @cached_property
    def weights(self) -> dict[str, float]:
        """What each query adds to the score of a passage that answers it."""
        found: dict[str, float] = {}
        for concept, weight in zip(self.wanted, self.idf, strict=True):
            found[concept.any] = found.get(concept.any, 0) + weight * ANY
            found[concept.literal] = found.get(concept.literal, 0) + weight * LITERAL
        return found

    @cached_property
    def in_names(self) -> Tables:
        return self.answers.tables(self.weights)

    @cached_property
    def in_texts(self) -> Tables:
        """The same for a text, where the whole query as typed adds something too."""
        if not self.whole:
            return self.in_names
        whole = WHOLE * sum(self.idf) + self.weights.get(self.whole, 0)
        return self.answers.tables({**self.weights, self.whole: whole})

    @cached_property
    def covering(self) -> Tables:
        """What of the query a passage has, whatever the words."""
        found: dict[str, float] = {}
        for concept, weight in zip(self.wanted, self.idf, strict=True):
            found[concept.any] = found.get(concept.any, 0) + weight
        return self.answers.tables(found)

    def goodness(self, found: np.ndarray) -> np.ndarray:
        """How well these documents answer."""
        return self.with_names(found, self.answers.best(found, self.in_texts))

    def bound(self, found: np.ndarray) -> np.ndarray:
        """What that cannot exceed: how well they would answer if one passage had all that any of theirs has."""
        return self.with_names(found, self.answers.together(found, self.in_texts))

    def with_names(self, found: np.ndarray, best: np.ndarray) -> np.ndarray:
        """How well documents answer by their best passages and their names."""
        names = self.answers.by_names(found, self.in_names)
        good = best + np.float32(TITLE) * names
        records = np.flatnonzero(~self.texts[found]) if self.request.kind not in TEXTS else ()
        if len(records):
            named, said = names[records], best[records]
            good[records] = np.float32(0.7) * named + np.float32(0.2) * np.maximum(named, said)
            numbers = self.index.arrays["record"][found]
            for kind, pk in {record for concept in self.wanted for record in concept.records}:
                good[self.coded("kind", kind)[found] & (numbers == pk)] += 2
        return good

    @cached_property
    def texts(self) -> Bits:
        """The documents that are texts: statements and articles."""
        return self.coded("kind", TEXTS[0]) | self.coded("kind", TEXTS[1])

    def passages_of(self, document: int, most: int) -> list[Scored]:
        """The best passages of a document, best first."""
        index = self.index
        begin, end = index.span(document)
        here = slice(begin, end)
        score = self.answers.score(here, self.in_texts)
        coverage = self.answers.score(here, self.covering)
        numbers = index.arrays["number"][here]
        chosen = np.flatnonzero((coverage > 0) & (numbers > 0))
        chosen = chosen[np.lexsort((numbers[chosen], -score[chosen]))][:most]
        return [
            Scored(begin + int(at), int(numbers[at]), float(score[at]), float(coverage[at]))
            for at in chosen
        ]

    # Order

    def ordered(self, order: str, start: int, stop: int) -> list[int]:
        """The documents from ``start`` to ``stop`` by ``relevance``, ``newest`` or ``oldest``."""
        if not self.count:  # a request that cannot have results was never looked up
            return []
        if order == "relevance":
            return [int(document) for document in self.best(stop)[start:]]
        found, rank = np.flatnonzero(self.documents), self.index.rank()
        if order == "newest":
            found = self.newest(found, stop)
            found = found[np.argsort(rank[found])]
        else:
            found = self.oldest(found, stop)
            undated = self.index.arrays["first"][found] == 0
            found = found[np.lexsort((np.where(undated, rank[found], -rank[found]), undated))]
        return [int(document) for document in found[start:stop]]

    def best(self, most: int) -> np.ndarray:
        """The ``most`` best documents, best first, equals newest first."""
        found = np.flatnonzero(self.documents)
        enough = most * ENOUGH
        if enough * 4 < len(found):
            bound = self.bound(found)
            step = 1 + len(found) // SAMPLE
            least = kth(bound[::step], 1 + enough // step)
            equal = self.newest(found[np.flatnonzero(bound == least)], enough)
            likely = np.concatenate((found[np.flatnonzero(bound > least)], equal))
            good = self.goodness(likely)
            # No other is better than the least, and those as good are older than the settled equals.
            sure = good > least
            sure[-len(equal) :] |= (good[-len(equal) :] == least) & (
                equal < self.index.settled_documents
            )
            if np.count_nonzero(sure) >= most:
                return self.first(likely, good, most)
        return self.first(found, self.goodness(found), most)

    def first(self, found: np.ndarray, good: np.ndarray, most: int) -> np.ndarray:
        """The ``most`` best of documents, best first, equals newest first."""
        if most * 4 < len(found):
            least = kth(good, most)
            better, equal = good > least, self.newest(np.sort(found[good == least]), most)
            good = np.concatenate((good[better], np.full(len(equal), least)))
            found = np.concatenate((found[better], equal))
        return found[np.lexsort((self.index.rank()[found], -good))][:most]

    def newest(self, documents: np.ndarray, most: int) -> np.ndarray:
        """At least the ``most`` newest of documents in ascending order, and few more: settled ones are numbered newest first."""
        settled = np.searchsorted(documents, self.index.settled_documents)
        return np.concatenate((documents[:settled][:most], documents[settled:]))

    def oldest(self, documents: np.ndarray, most: int) -> np.ndarray:
        """The same of the oldest, undated ones last."""
        settled = self.index.settled_documents
        dated = int(np.count_nonzero(self.index.arrays["first"][:settled]))
        older, undated, fresh = np.split(documents, np.searchsorted(documents, (dated, settled)))
        return np.concatenate((older[-most:], undated[:most], fresh))


def kth(values: np.ndarray, number: int) -> np.float32:
    """The ``number``th greatest of at least so many values."""
    found: np.float32 = np.partition(values, len(values) - number)[len(values) - number]
    return found
