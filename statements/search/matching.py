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

from statements.models import SearchPassage
from statements.models.search import RELATED
from statements.search.columns import Index
from statements.search.notation import sequence
from statements.search.postings import Bits, passages
from statements.search.request import SearchRequest
from statements.text.analysis import analyze

ANY, LITERAL, WHOLE, TITLE = 0.75, 0.25, 0.3, 0.3
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
        queries = list(dict.fromkeys([*queries, *([self.whole] if terms else [])]))
        self.bits: dict[str, Bits] = {}
        if queries and not request.impossible:
            self.bits = dict(zip(queries, passages(self.index, queries), strict=True))

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
                found &= ~self.having(self.bits[concept.any])
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
            related[arrays[f"{name}.owners"][arrays[f"{name}.values"] == pk]] = True
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

    def having(self, bits: Bits) -> Bits:
        """The documents of passages."""
        if np.count_nonzero(bits) * 8 > len(bits):
            return np.logical_or.reduceat(bits, self.index.starts)
        found = np.zeros(self.index.documents, dtype=bool)
        found[self.index.arrays["document"][np.flatnonzero(bits)]] = True
        return found

    @cached_property
    def have(self) -> list[Bits]:
        """For each concept wanted the documents that have it."""
        return [self.having(self.bits[concept.any]) for concept in self.wanted]

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.documents))

    # How well

    @cached_property
    def idf(self) -> list[float]:
        """Rarity of each concept among documents, 1 for the commonest."""
        if len(self.wanted) < 2:
            return [1.0] * len(self.wanted)
        found = [int(np.count_nonzero(have)) for have in self.have]
        return [1 + math.log((max(found) + 1) / (count + 1)) for count in found]

    def score(self, places: slice | np.ndarray) -> np.ndarray:
        """How well these passages answer, without the query as a whole."""
        total = np.zeros(len(self.index.arrays["number"][places]), dtype="f4")
        for concept, weight in zip(self.wanted, self.idf, strict=True):
            either, literal = self.bits[concept.any], self.bits[concept.literal]
            if either is literal:
                total += np.float32(weight * (ANY + LITERAL)) * either[places]
            else:
                total += np.float32(weight * ANY) * either[places]
                total += np.float32(weight * LITERAL) * literal[places]
        return total

    def goodness(self) -> np.ndarray:
        """How well each document answers."""
        index = self.index
        union = np.zeros(index.passages, dtype=bool)
        for concept in self.wanted:
            union |= self.bits[concept.any]
        few = np.count_nonzero(union) * 3 < len(union)
        places: slice | np.ndarray = np.flatnonzero(union) if few else slice(None)
        document, number = index.arrays["document"][places], index.arrays["number"][places]
        score = self.score(places)
        names, best = (np.zeros(index.documents, dtype="f4") for _ in range(2))
        if len(score):
            heads = np.flatnonzero(number == SearchPassage.NAMES) if few else index.starts
            names[document[heads]] = score[heads]
            score[heads] = 0
            if self.whole:
                whole = np.float32(WHOLE * sum(self.idf)) * self.bits[self.whole][places]
                whole[heads] = 0
                score += whole
            begins = np.flatnonzero(np.diff(document, prepend=-1)) if few else index.starts
            best[document[begins]] = np.maximum.reduceat(score, begins)
        text = self.coded("kind", TEXTS[0]) | self.coded("kind", TEXTS[1])
        records = np.float32(0.7) * names + np.float32(0.2) * np.maximum(names, best)
        for kind, pk in {record for concept in self.wanted for record in concept.records}:
            records[self.coded("kind", kind) & (index.arrays["record"] == pk)] += 2
        return np.where(text, best + np.float32(TITLE) * names, records)

    def passages_of(self, document: int, most: int) -> list[Scored]:
        """The best passages of a document, best first."""
        index = self.index
        begin = int(index.starts[document])
        end = int(index.starts[document + 1]) if document + 1 < index.documents else index.passages
        here = slice(begin, end)
        score = self.score(here)
        coverage = np.zeros(end - begin, dtype="f4")
        for concept, weight in zip(self.wanted, self.idf, strict=True):
            coverage += np.float32(weight) * self.bits[concept.any][here]
        if self.whole:
            score += np.float32(WHOLE * sum(self.idf)) * self.bits[self.whole][here]
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
        newest = self.index.newest
        found = newest[self.documents[newest]]
        if order == "oldest":
            dated = self.index.arrays["first"][found] > 0
            found = np.concatenate((found[dated][::-1], found[~dated]))
        return [int(document) for document in found[start:stop]]

    def best(self, most: int) -> np.ndarray:
        """The ``most`` best documents, best first, equals newest first."""
        found = np.flatnonzero(self.documents)
        good = self.goodness()[found]
        rank = self.index.rank()
        if most * 4 < len(found):
            least = np.partition(good, len(good) - most)[len(good) - most]
            better, equal = found[good > least], found[good == least]
            room = most - len(better)
            if room < len(equal):
                equal = equal[np.argpartition(rank[equal], room)[:room]]
            chosen = np.concatenate((better, equal))
            values = np.concatenate((good[good > least], np.full(len(equal), least)))
        else:
            chosen, values = found, good
        return chosen[np.lexsort((rank[chosen], -values))][:most]


def facets(matches: Matches) -> dict[str, list[tuple[str, int]]]:
    """Facet → (value, number of documents), over all that match; the related records by their ids, the commonest first."""
    index, mask = matches.index, matches.documents
    found: dict[str, list[tuple[str, int]]] = {}
    for name in ("kind", "type"):
        counted = np.bincount(index.arrays[name][mask], minlength=len(index.codes[name]))
        found[name] = [
            (value, int(n))
            for value, n in zip(index.codes[name], counted, strict=False)
            if value and n
        ]
    languages = index.arrays["language"][mask]
    found["language"] = [
        (value, n)
        for code, value in enumerate(index.codes["language"])
        if (n := int(np.count_nonzero(languages & (1 << code))))
    ]
    years = np.bincount(index.years()[mask]) if len(index.years()) else np.zeros(0)
    found["year"] = [(str(year), int(years[year])) for year in np.flatnonzero(years) if year]
    for name in RELATED:
        if name == "event":
            continue
        distinct, which = index.values(name)
        owners = index.arrays[f"{name}.owners"]
        counted = np.bincount(which[mask[owners]], minlength=len(distinct))
        most = np.argsort(-counted, kind="stable")[:24]
        found[name] = [(str(distinct[at]), int(counted[at])) for at in most if counted[at]]
    return found


def totals(index: Index) -> tuple[dict[str, int], list[int]]:
    """How many records of each kind there are, and the years of the statements' dates, in order."""
    kinds, known = index.arrays["kind"], index.codes["kind"]
    counted = np.bincount(kinds[index.alive], minlength=len(known))
    found = {kind: int(n) for kind, n in zip(known, counted, strict=False)}
    if "statement" not in found:
        return found, []
    years = np.unique(index.years()[index.alive & (kinds == known.index("statement"))])
    return found, [int(year) for year in years if year]
