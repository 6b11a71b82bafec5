"""The words that matched, marked in the text as printed; and what of a text a reader may see about them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from statements.models import MENTIONED, Layer, Mention, Readable, Rights
from statements.search.understanding import Concept, tokens_asked, tokens_said
from statements.text.analysis import ENDING, Term, analyze, read
from statements.text.dates import EDTF, find

AROUND = 20  # words on either side of a match in a text that may only be excerpted: forty in all
QUOTABLE = (4, 5)  # of such a passage, however short
WORDS = re.compile(r"\S+")


Pattern = tuple[frozenset[str], ...]
#: words, and the places in them that are to be marked
Marks = tuple[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Text(Readable):
    """A passage text as a result shows it, with the number of its statement or article."""

    pk: int
    owner: int
    language: str
    rights: str
    text: str
    digest: str


@dataclass(frozen=True)
class Hit:
    """A passage that matched: its number, language, and words with the matches marked."""

    number: int
    language: str
    direction: str
    text: str
    marked: SafeString


class Marker:
    """Finds what the concepts of a request ask for in texts, in any of its forms."""

    def __init__(self, concepts: list[Concept]) -> None:
        wanted = [concept for concept in concepts if not concept.without]
        patterns = {(p, concept.offsets) for concept in wanted for p in concept.patterns}
        self.single = frozenset().union(*(p[0] for p, _ in patterns if len(p) == 1))
        #: some are very words, a term with its ending
        self.endings = any(ENDING in lexeme for lexeme in self.single)
        #: sequences by each term that they may begin with, and the distances of their words where these count
        self.longer: dict[str, list[tuple[Pattern, tuple[int, ...]]]] = defaultdict(list)
        for pattern, offsets in patterns:
            if len(pattern) > 1:
                for lexeme in pattern[0]:
                    self.longer[lexeme].append((pattern, offsets))
        #: where in letters without white space; kept, for the passages of a page repeat their words
        self.runs: dict[str, tuple[tuple[int, int], ...]] = {}
        self.records = {record for concept in wanted for record in concept.records}
        dates = [EDTF(concept.value) for concept in wanted if concept.kind == "date"]
        self.days = {token for date in dates for token in tokens_asked(date)}

    def readable(self, text: Text, mentions: Iterable[Mention]) -> Marks:
        """What readers may read of the passage, and where in it the query stands."""
        return text.shown, self.matches(text.shown) or mentioned(mentions, text.shown_layer)

    def quoted(self, text: Text, mentions: Iterable[Mention]) -> Marks:
        """At most forty words about the match in a text held as excerpts; empty for any other."""
        if text.rights != Rights.EXCERPTS or not text.text:
            return "", []
        return excerpt(text.text, self.matches(text.text) or mentioned(mentions, Layer.TEXT))

    def matches(self, words: str) -> list[tuple[int, int]]:
        """Where the words and the dates asked for stand, in whatever words a date is said."""
        found = self.sequences(words) if self.longer else self.alone(words)
        return outermost([*found, *self.dates(words)]) if self.days else outermost(found)

    def dates(self, words: str) -> Iterator[tuple[int, int]]:
        """Where the text says a day that was asked for; what is relative to the document's date is not read here."""
        for date in find(words):
            if date.edtf is not None and not self.days.isdisjoint(tokens_said(EDTF(date.edtf))):
                yield date.start, date.end

    def sequences(self, words: str) -> list[tuple[int, int]]:
        """Where words stand that are asked for alone or one behind the other."""
        terms = analyze(words)
        placed = {term.position: term for term in terms}
        spans: list[tuple[int, int]] = []
        for at, term in enumerate(terms):
            forms = forms_of(term)
            if not self.single.isdisjoint(forms):
                spans.append((term.start, term.end))
            for form in forms:
                for pattern, offsets in self.longer.get(form, ()):
                    following: Sequence[Term | None] = (
                        [placed.get(term.position + offset) for offset in offsets]
                        if offsets
                        else terms[at : at + len(pattern)]
                    )
                    last = following[-1]
                    if (
                        last is not None
                        and len(following) == len(pattern)
                        and all(
                            other is not None and not wanted.isdisjoint(forms_of(other))
                            for wanted, other in zip(pattern, following, strict=True)
                        )
                    ):
                        spans.append((term.start, last.end))
        return spans

    def alone(self, words: str) -> list[tuple[int, int]]:
        """Where the words asked for stand, when none is asked for behind another."""
        known, spans, at = self.runs, [], 0
        for run in words.split():
            here = known.get(run)
            if here is None:
                here = known[run] = self.in_run(run)
            if here:
                at = place(run, words, at)
                spans += [(at + begin, at + end) for begin, end in here]
                at += len(run)
        return spans

    def in_run(self, run: str) -> tuple[tuple[int, int], ...]:
        """Where in letters without white space."""
        found: tuple[tuple[int, int], ...] = ()
        for lexemes, begin, end in read(run):
            if not self.single.isdisjoint(lexemes) or (
                self.endings and lexemes and lexemes[0] + lexemes[-1] in self.single
            ):
                found = (*found, (begin, end))
        return found

    def mentions(self, texts: Iterable[Text]) -> dict[int, list[Mention]]:
        """The mentions of the records asked for in these texts, by text; one query, none for plain words."""
        found: dict[int, list[Mention]] = defaultdict(list)
        if self.records:
            asked = Q()
            for kind, pk in self.records:
                if kind in MENTIONED:
                    asked |= Q(**{kind: pk})
            for mention in Mention.objects.filter(asked, text__in=[text.pk for text in texts]):
                found[mention.text_id].append(mention)
        return found


def place(run: str, words: str, at: int) -> int:
    """Where from a place on letters stand between white space, as one of ``words.split()``."""
    while True:
        at = words.index(run, at)
        end = at + len(run)
        if (at == 0 or words[at - 1].isspace()) and (end == len(words) or words[end].isspace()):
            return at
        at += 1


def forms_of(term: Term) -> tuple[str, ...]:
    """All that a pattern may ask of a word: its terms, and the very word."""
    return (term.text, *term.variants, term.exact)


def mentioned(mentions: Iterable[Mention], layer: str) -> list[tuple[int, int]]:
    """Where these mentions stand in a layer of their text."""
    return outermost((mention.start, mention.end) for mention in mentions if mention.layer == layer)


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def excerpt(words: str, spans: list[tuple[int, int]]) -> Marks:
    """Forty words around the first match, and never more than four fifths of the passage, with the matches among them."""
    if not spans:
        return "", []
    places = [match.span() for match in WORDS.finditer(words)]
    most = min(2 * AROUND, len(places) * QUOTABLE[0] // QUOTABLE[1])
    at = next((i for i, (_, end) in enumerate(places) if end > spans[0][0]), 0)
    begin = max(0, min(at - most // 2, len(places) - most))
    chosen = places[begin : begin + most]
    if not chosen:
        return "", []
    start, end = chosen[0][0], chosen[-1][1]
    before = "… " if start > 0 else ""
    cut = before + words[start:end] + (" …" if end < len(words) else "")
    shift = len(before) - start
    return cut, [(a + shift, b + shift) for a, b in spans if a >= start and b <= end]


OPEN, CLOSE = "\ue000", "\ue001"


def marked(words: str, spans: list[tuple[int, int]]) -> SafeString:
    """Escape first, then mark: private-use sentinels stand for the tags while the words are escaped."""
    out, at = [], 0
    plain = words.replace(OPEN, " ").replace(CLOSE, " ")
    for start, end in spans:
        if start >= at:
            out += [plain[at:start], OPEN, plain[start:end], CLOSE]
            at = end
    out.append(plain[at:])
    safe = escape("".join(out)).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
    return mark_safe(safe)  # nosec B308 B703:  everything was escaped above; only our own two tags were put in
