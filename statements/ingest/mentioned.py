"""A mention as it is proposed, and what a document tells that helps to decide the next one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from statements.search.lexicon import Token
from statements.text.dates import EDTF, Found
from statements.text.sentence import Sentence

if TYPE_CHECKING:
    from statements.ingest.forms import Hit


@dataclass
class Mentioned:
    """The words as printed at ``start``–``end``, and what they mean: one record, several, or none."""

    start: int
    end: int
    as_printed: str
    type: str
    kind: str = ""
    outcome: str = "several"
    reason: Sentence = field(default_factory=lambda: Sentence("", ""))
    slug: str | None = None
    candidates: list[str] = field(default_factory=list)
    name: str | None = None
    warning: Sentence | None = None
    #: whether the words mean somebody without naming him: «الوزير»
    unnamed: bool = False

    def as_json(self, language: str = "en") -> dict[str, Any]:
        return {
            "as_printed": self.as_printed,
            "start": self.start,
            "end": self.end,
            "type": self.type,
            "outcome": self.outcome,
            "slug": self.slug,
            "kind": self.kind,
            "candidates": self.candidates,
            "name": self.name,
            "reason": self.reason.in_language(language),
            **({"unnamed": True} if self.unnamed else {}),
        }

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def covered(part: str, mentions: Iterable[Mentioned]) -> bytearray:
    """1 for each character of a part that one of the mentions has."""
    taken = bytearray(len(part))
    for one in mentions:
        taken[one.start : one.end] = b"\x01" * (min(one.end, len(part)) - one.start)
    return taken


#: A person of a text: the official's address, or None and the name of somebody without a record.
Person = tuple[str | None, str]


@dataclass
class Page:
    """What a page says in full anywhere, for the reading of each of its parts."""

    #: kind → records named in full
    named: dict[str, set[str]] = field(default_factory=dict)
    #: (kind, record) of those that tell of which country the page is: not by class nouns alone
    telling: set[tuple[str, str]] = field(default_factory=set)
    #: offices, in folded words, that the page prints with a country whose office the archive does not have
    foreign: set[tuple[str, ...]] = field(default_factory=set)
    #: offices, in folded words → the officials printed beside them in these words, None for one without a record
    holders: dict[tuple[str, ...], set[str | None]] = field(default_factory=dict)
    #: last word of a name in full → whom it means
    surnames: dict[str, set[Person]] = field(default_factory=dict)
    #: first name of somebody of a royal or noble house → whom it means
    firsts: dict[str, set[Person]] = field(default_factory=dict)
    #: ISO codes of the countries whose adjectives or names it prints, and of all whom it names (made when asked)
    adjectives: set[str] = field(default_factory=set)
    nations: set[str] | None = None
    #: place of a part → its persons named in full, offsets counted in the part
    persons: dict[tuple[int, int], list[Mentioned]] = field(default_factory=dict)
    #: place of a part → its words, and the known forms in it, as they were surveyed
    parts: dict[tuple[int, int], tuple[list[Token], list[Hit]]] = field(default_factory=dict)


@dataclass
class Context:
    """What is known while a document of a page is read."""

    day: EDTF | None = None
    dates: list[Found] = field(default_factory=list)
    page: Page = field(default_factory=Page)
    #: ISO code of the country that the document speaks for, and the official who speaks
    voice: str | None = None
    speaker: str | None = None
    #: kind → records met so far, in order
    seen: dict[str, list[str]] = field(default_factory=dict)
    #: persons named in full so far in this document
    introduced: set[Person] = field(default_factory=set)
    #: head of an office, as ``references`` has it → names of those without a record who are printed with one
    strangers: dict[str, set[str]] = field(default_factory=dict)
    #: post → the official printed with it
    holders: dict[str, str] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, set[str]]:
        return self.page.named

    @property
    def foreign(self) -> set[tuple[str, ...]]:
        return self.page.foreign

    @property
    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        return (self.day.first, self.day.last) if self.day else (None, None)

    @property
    def officials(self) -> list[str]:
        return self.seen.get("official", [])

    def note(self, mention: Mentioned) -> None:
        """Remember a record that was named."""
        if mention.outcome == "one" and mention.slug:
            met = self.seen.setdefault(mention.kind, [])
            if mention.slug not in met:
                met.append(mention.slug)
