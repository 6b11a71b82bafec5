"""Whether a quotation stands in the archive: word for word, with other words, or not; where, and who else printed it.

Candidates come from the search index: the passages that have most of the quotation's telling words, weighed by
their rarity; a few queries, however long it is. The best of them are then laid beside the quotation word by word,
folded, so that spelling is no change. What a quotation leaves out and says so («…») is not missed. Digests are the
archive's own words; a quotation found in one is said to stand there, and not in the statement.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import F, Func, IntegerField, Q
from django.utils.safestring import SafeString

from statements.models import (
    Article,
    Layer,
    Passage,
    PassageText,
    Rights,
    SearchPassage,
    SearchPosting,
    Statement,
)
from statements.search import columns
from statements.search.answers import coded
from statements.search.columns import Index
from statements.search.index import current
from statements.search.marking import excerpt, marked
from statements.search.notation import pair, quoted
from statements.search.postings import Stale, passages
from statements.text.align import WORD
from statements.text.analysis import Term, analyze
from statements.text.arabic import fold, spelling
from statements.text.sentence import Sentence

EXACT, ALTERED, NOT_FOUND = "exact", "altered", "not_found"
FEWEST, LONGEST = 4, 3000  # words, characters of a quotation that is checked
ASKED = 8  # telling terms that candidates are found by, a bit each
CANDIDATES, ALIGNED, NEAREST = 24, 8, 3
MOST_EQUALS = 5_000  # passages with the same of the terms that are looked at
#: Share of the quotation's words that stand in a passage in their order when it is that passage altered.
ALTERED_FROM = 0.6
ELLIPSIS = re.compile(r"[\[(]?\s*(?:…|\.\.\.+)\s*[\])]?")
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Read:
    """A text's words folded and spelled one way, each with its place as printed."""

    text: str
    words: list[str]
    places: Spans

    @classmethod
    def of(cls, text: str) -> Read:
        found = [(spelling(fold(match[0])), match.span()) for match in WORD.finditer(text)]
        found = [(word, place) for word, place in found if word]
        return cls(text, [word for word, _ in found], [place for _, place in found])

    @cached_property
    def grams(self) -> Counter[Any]:
        """Its words and pairs of neighbours, counted."""
        return Counter([*self.words, *zip(self.words, self.words[1:], strict=False)])

    def spans(self, places: Iterable[int]) -> Spans:
        """Where these words stand as printed, neighbours together."""
        found: Spans = []
        last = -2
        for at in sorted(places):
            start, end = self.places[at]
            if at == last + 1:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            last = at
        return found


@dataclass
class Match:
    """A passage beside the quotation: what of it stands there, and where the words differ in either."""

    text: PassageText
    layer: Layer
    how: str
    #: share of the quotation's words that stand there in their order
    share: float
    #: the passage as compared, and the words of it that the quotation is laid beside
    read: Read
    begin: int
    end: int
    #: words of the quotation that differ, and of the passage between ``begin`` and ``end``
    ours: list[int] = field(default_factory=list)
    theirs: list[int] = field(default_factory=list)

    @property
    def passage(self) -> Passage:
        return self.text.passage

    @property
    def document(self) -> Statement | Article:
        return self.passage.document

    @property
    def spans(self) -> Spans:
        """What is to be marked in the passage: the words that differ, or those that stand there word for word."""
        if self.how == NOT_FOUND:
            return []
        return self.read.spans(self.theirs if self.how == ALTERED else range(self.begin, self.end))

    @property
    def shown(self) -> SafeString:
        """What readers may see of the passage, marked; of a text held as excerpts the words about the match."""
        if self.layer == self.text.shown_layer:
            return marked(self.read.text, self.spans)
        about = self.spans or self.read.places[self.begin : self.begin + 1]
        words, marks = excerpt(self.read.text, about)
        return marked(words, marks if self.spans else [])

    @property
    def digest(self) -> bool:
        """It stands in the archive's own words for the passage, not in the source's."""
        return self.layer == Layer.DIGEST


@dataclass
class Checked:
    """The answer to a quotation: the verdict, the passages found, best first, or the nearest ones; or what is wrong with it."""

    quotation: str
    verdict: str = ""
    matches: list[Match] = field(default_factory=list)
    problem: Sentence | None = None

    @cached_property
    def read(self) -> Read:
        return Read.of(self.quotation)

    @cached_property
    def pieces(self) -> list[list[str]]:
        """Its words, in pieces where it says that it leaves something out."""
        read = [Read.of(piece).words for piece in ELLIPSIS.split(self.quotation)]
        return [words for words in read if words]

    @property
    def best(self) -> Match | None:
        return self.matches[0] if self.matches else None

    @property
    def others(self) -> list[Match]:
        """Who else printed it; of what was not found, the other near ones."""
        return self.matches[1:]

    @property
    def shown(self) -> SafeString:
        """The quotation, the words marked that are not in the best passage."""
        best = self.best
        ours = best.ours if best and self.verdict == ALTERED else []
        return marked(self.quotation, self.read.spans(ours))


def check(quotation: str) -> Checked:
    """Ask the archive as it is now about a quotation; once more when rows were written in between."""
    checked = Checked(quotation)
    checked.problem = problem(quotation, checked.read)
    if checked.problem:
        return checked
    for _ in range(5):
        index = current()
        try:
            texts = candidates(index, analyze(quotation))
            break
        except Stale:
            columns.forget()
    else:
        texts = []
    matches = [laid(checked, *found) for found in nearest(checked.read, texts)]
    order = {EXACT: 0, ALTERED: 1, NOT_FOUND: 2}
    matches.sort(key=lambda match: (order[match.how], -match.share, match.digest, date_of(match)))  # fmt: skip
    found = [match for match in matches if match.how != NOT_FOUND]
    checked.verdict = found[0].how if found else NOT_FOUND
    checked.matches = once(found) if found else once(matches)[:NEAREST]
    return checked


def problem(quotation: str, read: Read) -> Sentence | None:
    if not read.words:
        return Sentence("Paste a sentence to check.", "ألصق جملة للتحقق منها.")
    if len(quotation) > LONGEST:
        return Sentence(
            f"A quotation has at most {LONGEST:,} characters; this has {len(quotation):,}. Leave the sentence that matters.",
            f"لا يزيد الاقتباس على {LONGEST} حرف، وفي هذا {len(quotation)}. أبقِ الجملة المقصودة.",
        )
    if len(read.words) < FEWEST:
        return Sentence(
            f"So few words may be anybody's: a quotation to check has at least {FEWEST}. Search finds single words.",
            f"كلمات قليلة كهذه قد تكون لأي أحد: أقل اقتباس يُتحقق منه {FEWEST} كلمات. أما الكلمات المفردة فيجدها البحث.",
        )
    return None


def date_of(match: Match) -> str:
    return str(match.document.date_first or "9999")


def once(matches: Sequence[Match]) -> list[Match]:
    """Each passage once in each version, in its best reading."""
    return list({match.text.pk: match for match in reversed(matches)}.values())[::-1]


# Candidates


def candidates(index: Index, terms: Sequence[Term]) -> list[PassageText]:
    """The texts of the passages that have most of the most telling terms; five queries at most. Raises Stale."""
    asked = telling(index, terms)
    if not asked or not index.passages:
        return []
    packed = passages(index, asked)
    counts = [int(np.bitwise_count(bits).sum()) for bits in packed]
    weights = [math.log(1 + index.passages / (1 + count)) for count in counts]
    score = (np.arange(256)[:, None] >> np.arange(len(asked)) & 1) @ np.array(weights)
    return texts_at(index, best_places(index, coded(packed, index.passages), score))


def best_places(index: Index, codes: np.ndarray, score: np.ndarray) -> list[int]:
    """The places of the passages whose bytes score best, of equals the newest; bytes are counted, and not passages sorted."""
    number = np.bincount(codes, minlength=256)
    wanted = np.zeros(256, dtype=bool)
    for code in np.argsort(-score, kind="stable"):
        if score[code] > 0 and number[wanted].sum() < 2 * CANDIDATES:
            wanted[code] = True
    places = np.flatnonzero(wanted[codes])
    places = places[np.argsort(-score[codes[places]], kind="stable")][:MOST_EQUALS]
    # Names and descriptions are no text, and what has changed since stands among the fresh.
    good = (index.arrays["number"][places] > 0) & index.alive[index.arrays["document"][places]]
    found: list[int] = places[good][:CANDIDATES].tolist()
    return found


def telling(index: Index, terms: Sequence[Term]) -> list[str]:
    """Up to ``ASKED`` queries for the rarest of a quotation's terms, and for pairs of common ones where all are common."""
    common, frequent, _ = index.part.coverage
    single = list(dict.fromkeys(term.text for term in terms))
    rare = [term for term in single if term not in common]
    pairs = [
        pair(one.text, other.text, other.position - one.position)
        for one, other in zip(terms, terms[1:], strict=False)
        if one.text in frequent and other.text in frequent and other.position - one.position <= 2
    ]
    usual = [term for term in single if term in common]
    known = [lexeme for lexeme in dict.fromkeys([*usual, *pairs]) if lexeme in common]
    if len(rare) < ASKED:
        known = by_rarity(known)
    return [quoted(lexeme) for lexeme in [*rare, *known][:ASKED]]


def by_rarity(lexemes: list[str]) -> list[str]:
    """Those with the shortest postings first: the length tells how many passages have them."""
    length = Func(F("data"), function="octet_length", output_field=IntegerField())
    found = dict(SearchPosting.objects.filter(lexeme__in=lexemes).values_list("lexeme", length))
    return sorted(lexemes, key=lambda lexeme: (found.get(lexeme, 0), " " not in lexeme))


def texts_at(index: Index, places: list[int]) -> list[PassageText]:
    """The passage texts at these places of the index, of documents that readers may see; two queries."""
    wanted = set(places)
    rows = [row for row, place in index.fresh.items() if place in wanted]
    settled = [place for place in places if place < index.settled]
    found = SearchPassage.objects.filter(Q(place__in=settled) | Q(pk__in=rows), text__isnull=False)
    texts = (
        PassageText.objects.filter(pk__in=list(found.values_list("text", flat=True)))
        .filter(passage__removed=False)
        .select_related("version", "passage__statement", "passage__article__outlet")
    )
    return [text for text in texts if text.passage.document.is_public]


# Alignment


def layers(text: PassageText) -> list[tuple[Layer, str]]:
    """What of a text is searched: the words that readers see, and the source's own where it may be quoted."""
    found = [(text.shown_layer, text.shown)] if text.shown else []
    if text.rights == Rights.EXCERPTS and text.text:
        found.insert(0, (Layer.TEXT, text.text))
    return found


def nearest(quotation: Read, texts: Iterable[PassageText]) -> list[tuple[PassageText, Layer, Read]]:
    """The few layers of texts that share most words and pairs of words with the quotation."""
    found = [(text, layer, Read.of(words)) for text in texts for layer, words in layers(text)]
    found.sort(key=lambda one: (-(one[2].grams & quotation.grams).total(), one[0].pk))
    return found[:ALIGNED]


def laid(checked: Checked, text: PassageText, layer: Layer, read: Read) -> Match:
    """The quotation laid beside a layer of a text."""
    own = checked.read
    whole = exactly(checked.pieces, read)
    if whole is not None:
        return Match(text, layer, EXACT, 1.0, read, *whole)
    matcher = difflib.SequenceMatcher(None, own.words, read.words, autojunk=False)
    blocks = densest([block for block in matcher.get_matching_blocks() if block.size], len(own.words))  # fmt: skip
    if not blocks:
        return Match(text, layer, NOT_FOUND, 0.0, read, 0, min(1, len(read.words)))
    begin, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    here = {block.a + n for block in blocks for n in range(block.size)}
    there = {block.b + n for block in blocks for n in range(block.size)}
    share = len(here) / len(own.words)
    return Match(
        text, layer, ALTERED if share >= ALTERED_FROM else NOT_FOUND, share, read, begin, end,
        [at for at in range(len(own.words)) if at not in here],
        [at for at in range(begin, end) if at not in there],
    )  # fmt: skip


def exactly(pieces: Sequence[Sequence[str]], read: Read) -> tuple[int, int] | None:
    """Where the pieces of a quotation stand word for word, one behind the other."""
    begin, at = -1, 0
    for words in pieces:
        found = next(
            (
                n
                for n in range(at, len(read.words) - len(words) + 1)
                if read.words[n] == words[0] and read.words[n : n + len(words)] == words
            ),
            None,
        )
        if found is None:
            return None
        begin = found if begin < 0 else begin
        at = found + len(words)
    return (begin, at) if begin >= 0 else None


def densest(blocks: list[Any], length: int) -> list[Any]:
    """The blocks without those that stand far from the rest: a word that both have by chance is no part of the quotation."""
    best: list[Any] = []
    value = 0.0
    for first in range(len(blocks)):
        size = 0
        for last in range(first, len(blocks)):
            size += blocks[last].size
            wide = blocks[last].b + blocks[last].size - blocks[first].b
            worth = size - max(0, wide - length) / 2
            if worth > value:
                value, best = worth, blocks[first : last + 1]
    return best
