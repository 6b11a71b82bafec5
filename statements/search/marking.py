"""The words that matched, marked in the text as printed; and what of a text a reader may see about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from statements.models import MENTIONED, Layer, PassageText, Rights
from statements.search.understanding import Concept
from statements.text.analysis import analyze

AROUND = 20  # words on either side of a match in a text that may only be excerpted: forty in all
WORDS = re.compile(r"\S+")


@dataclass(frozen=True)
class Hit:
    """A passage that matched: its number, language, and words with the matches marked."""

    number: int
    language: str
    direction: str
    text: str
    marked: SafeString


def hit_in(text: PassageText, number: int, concepts: list[Concept]) -> Hit | None:
    """The passage with its matches marked: whole where readers may read it, else forty words about the match."""
    words, layer = text.shown, text.shown_layer
    spans = matches(words, concepts) or mentioned(text, layer, concepts)
    if text.rights == Rights.EXCERPTS and text.text and layer != Layer.TEXT and not spans:
        hidden = matches(text.text, concepts) or mentioned(text, Layer.TEXT, concepts)
        words, spans = excerpt(text.text, hidden)
    if not words:
        return None
    return Hit(number, text.language, text.direction, words, marked(words, spans))


def matches(words: str, concepts: list[Concept]) -> list[tuple[int, int]]:
    """Where the words asked for stand, in any of their forms."""
    terms = analyze(words)
    forms = [frozenset((term.text, *term.variants)) for term in terms]
    patterns = {
        pattern for concept in concepts if not concept.without for pattern in concept.patterns
    }
    spans: set[tuple[int, int]] = set()
    for pattern in patterns:
        for at in range(len(terms) - len(pattern) + 1):
            if all(not wanted.isdisjoint(forms[at + n]) for n, wanted in enumerate(pattern)):
                spans.add((terms[at].start, terms[at + len(pattern) - 1].end))
    return outermost(spans)


def mentioned(text: PassageText, layer: str, concepts: list[Concept]) -> list[tuple[int, int]]:
    """Where the records asked for are mentioned, whatever the words."""
    wanted = {record for concept in concepts if not concept.without for record in concept.records}
    return outermost(
        (mention.start, mention.end)
        for mention in text.mentions.all()
        if mention.layer == layer
        and any((kind, getattr(mention, f"{kind}_id")) in wanted for kind in MENTIONED)
    )


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def excerpt(words: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """At most forty words around the first match, with the matches that fall into them."""
    if not spans:
        return "", []
    places = [match.span() for match in WORDS.finditer(words)]
    at = next((i for i, (start, end) in enumerate(places) if end > spans[0][0]), 0)
    chosen = places[max(0, at - AROUND) : at + AROUND]
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
