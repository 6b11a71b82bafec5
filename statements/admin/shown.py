"""The pasted text as it is shown beside its proposals: passages, what stands over them, what is left out, marked where something was understood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from statements.admin.relations import RelationRow
from statements.ingest.decisions import NEW, NEW_KINDS, REFUSE, At, Decision, Proposal
from statements.models import Label, Mention

#: kinds whose record needs more than a name, and the field of the name
FORMS = {"post": "title", "agreement": "title", "event": "title", "dialogue": "name"}
LINES = re.compile(r"\s*\n\s*")


@dataclass
class Row:
    """A proposal as the screen shows it."""

    number: int
    proposal: Proposal
    decision: Decision
    #: (key, name, whether it is chosen) of each record it may mean, the one chosen among them
    choices: list[tuple[str, Label | str, bool]]
    #: (place, document, passage, words before, as printed, words behind, whether it holds here)
    places: list[tuple[At, int, int, str, str, str, bool]]

    @property
    def type(self) -> str:
        return str(Mention.Type(self.proposal.type).label)

    @property
    def anchor(self) -> str:
        return f"p{self.number}"

    @property
    def state(self) -> str:
        return self.decision.decision or ("certain" if self.proposal.certain else "open")

    @property
    def is_new(self) -> bool:
        return self.decision.decision == NEW

    @property
    def is_refused(self) -> bool:
        return self.decision.decision == REFUSE

    @property
    def can_be_new(self) -> bool:
        return self.proposal.type in NEW_KINDS

    @property
    def form(self) -> str:
        """Where a record of this kind is made that needs a form of its own, the words filled in; empty for others."""
        field = FORMS.get(self.proposal.type)
        if field is None:
            return ""
        words = zip((f"{field}_en", f"{field}_ar"), self.proposal.names, strict=True)
        filled = urlencode({name: value for name, value in words if value})
        return f"{reverse(f'admin:statements_{self.proposal.type}_add')}?{filled}"

    @property
    def names(self) -> tuple[str, str]:
        """English and Arabic name in the fields for a new record."""
        kept = (self.decision.name_en, self.decision.name_ar)
        return kept if any(kept) else self.proposal.names


#: words, where the proposal that they belong to stands, and its state
Piece = tuple[str, str, str]


@dataclass
class Shown:
    """A part of the pasted text: a passage, what stands over the passages of a document, or what is left out."""

    kind: str
    document: int | None
    number: int
    pieces: list[Piece]

    @property
    def legible(self) -> list[Piece]:
        """The pieces without the empty lines between and around them."""
        shorter = [(LINES.sub("\n", words), number, state) for words, number, state in self.pieces]
        if shorter:
            words, number, state = shorter[0]
            shorter[0] = words.lstrip(), number, state
            words, number, state = shorter[-1]
            shorter[-1] = words.rstrip(), number, state
        return [piece for piece in shorter if piece[0]]


def blocks(
    text: str, draft: dict[str, Any], rows: list[Row], related: Sequence[RelationRow] = ()
) -> Iterator[Shown]:
    """The whole text in its order; put together again, the pieces are the text."""
    row_at = {at: row for row in rows for at in row.proposal.places}
    site = [(start, end) for start, end in draft.get("furniture", [])]
    begin = 0
    for n, document in enumerate(draft["documents"]):
        mentions: dict[int, list[tuple[int, int, Row | RelationRow]]] = defaultdict(list)
        spans = [(p["start"], p["end"]) for p in document["passages"]]
        for m, mention in enumerate(document["mentions"]):
            inside = next((k for k, (a, b) in enumerate(spans) if a <= mention["start"] < b), -1)
            mentions[inside].append((mention["start"], mention["end"], row_at[At(n, m)]))
        for row in related:
            if row.relation.document == n and row.relation.mark:
                mentions[row.relation.passage - 1].append((*row.relation.mark, row))
        if document["start"] > begin:
            yield Shown("left out", None, 0, [(text[begin : document["start"]], "", "")])
        begin = document["start"]
        for number, (start, end) in enumerate(spans):
            if start > begin:
                kind = "heading" if number == 0 else "left out"
                yield from parted(text, begin, start, mentions[-1], kind, n, site)
            yield Shown("passage", n, number + 1, cut(text, start, end, mentions[number]))
            begin = end
        if document["end"] > begin:
            yield from parted(text, begin, document["end"], mentions[-1], "heading", n, site)
        begin = document["end"]
    if begin < len(text):
        yield Shown("left out", None, 0, [(text[begin:], "", "")])


def parted(
    text: str, start: int, end: int, mentions: list[tuple[int, int, Row | RelationRow]], kind: str, document: int, site: list[tuple[int, int]]
) -> Iterator[Shown]:  # fmt: skip
    """What stands over or between passages, without the lines of the site in it: “Share this article” is left out."""
    at = start
    for low, high in site:
        if not (at <= low and high <= end):
            continue
        if text[at:low].strip():
            yield Shown(kind, document, 0, cut(text, at, low, mentions))
            at = low
        yield Shown("left out", None, 0, [(text[at:high], "", "")])
        at = high
    if at < end:
        yield Shown(kind if text[at:end].strip() else "left out", document, 0, cut(text, at, end, mentions))  # fmt: skip


def cut(
    text: str, start: int, end: int, mentions: list[tuple[int, int, Row | RelationRow]]
) -> list[Piece]:
    """A part of the text cut at its mentions, the outermost of those that overlap."""
    pieces: list[Piece] = []
    at = start
    for first, last, row in sorted(mentions, key=lambda m: (m[0], -m[1])):
        if first < at or last > end:
            continue
        pieces += [(text[at:first], "", ""), (text[first:last], row.anchor, row.state)]
        at = last
    pieces.append((text[at:end], "", ""))
    return [piece for piece in pieces if piece[0]]
