"""What a reader asks for: the query string read into words, filters, dates and order, and written back.

Nothing in a query string can fail: what cannot be read is said in a sentence and left out of account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from statements.models import (
    Agreement,
    Country,
    Dialogue,
    Event,
    Label,
    Official,
    Organization,
    Theme,
)
from statements.models.base import PublicationQuerySet
from statements.text.analysis import Term, analyze
from statements.text.dates import EDTF, read
from statements.text.sentence import Sentence

FILTERS: dict[str, Any] = {
    "official": Official,
    "organization": Organization,
    "country": Country,
    "dialogue": Dialogue,
    "event": Event,
    "agreement": Agreement,
    "theme": Theme,
}
SORTS = ("relevance", "newest", "oldest")
LONGEST = 500  # characters of a query that are read; nobody types more, hostile senders do


@dataclass(frozen=True)
class Words:
    """Words that belong together: one word, or a phrase in quotation marks; ``without`` for ``-word``."""

    terms: tuple[Term, ...]
    phrase: bool = False
    without: bool = False


@dataclass(frozen=True)
class Chosen:
    """A filter as it was understood: the record it names and how to take it off."""

    parameter: str
    value: str
    label: Label


@dataclass
class SearchRequest:
    q: str = ""
    words: list[Words] = field(default_factory=list)
    filters: dict[str, int] = field(default_factory=dict)
    chosen: list[Chosen] = field(default_factory=list)
    kind: str = ""
    type: str = ""
    language: str = ""
    dates: dict[str, EDTF] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    problems: list[Sentence] = field(default_factory=list)
    #: it cannot have results
    impossible: bool = False
    #: a filter or a date could not be read: a reader is told, a program is refused
    unread: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str], kind: str = "") -> SearchRequest:
        """Read the parameters of ``interface.md``; unknown ones are left alone."""
        asked = {
            name: clean(query.get(name, ""))
            for name in (*FILTERS, "q", "kind", "type", "language", "from", "to", "sort", "page")
        }
        request = cls(q=asked["q"][:LONGEST], kind=kind or asked["kind"])
        if len(asked["q"]) > LONGEST:
            request.problems.append(
                Sentence(
                    f"Only the first {LONGEST} characters of the query were read.",
                    f"قُرئ من العبارة أول {LONGEST} حرف فقط.",
                )
            )
        request.words = parse(request.q)
        if request.q and not request.words:
            request.impossible = True
            request.problems.append(
                Sentence(
                    "These words are in almost every text; add one that is rarer.",
                    "هذه الكلمات واردة في كل نص تقريبًا؛ أضف كلمة أندر.",
                )
            )
        request.read_filters(asked)
        request.read_dates(asked)
        request.type, request.language = asked["type"][:30], asked["language"][:8]
        request.sort = asked["sort"] if asked["sort"] in SORTS else ""
        request.page = int(asked["page"]) if re.fullmatch(r"[1-9]\d{0,5}", asked["page"]) else 1
        return request

    def read_filters(self, asked: dict[str, str]) -> None:
        for name, model in FILTERS.items():
            if not asked[name]:
                continue
            records = model._default_manager.all()
            if isinstance(records, PublicationQuerySet):
                records = records.published()
            record = records.filter(slug=asked[name][:100]).first()
            if record is None:
                self.impossible = self.unread = True
                self.problems.append(
                    Sentence(
                        f"The archive knows no “{asked[name][:60]}” to filter by.",
                        f"لا يعرف الأرشيف «{asked[name][:60]}» للتصفية به.",
                    )
                )
            else:
                self.filters[name] = record.pk
                self.chosen.append(Chosen(name, record.slug, record.label))

    def read_dates(self, asked: dict[str, str]) -> None:
        for name in ("from", "to"):
            if not asked[name]:
                continue
            reading = read(asked[name])
            if reading is None or reading.edtf is None:
                self.unread = True
                self.problems.append(
                    Sentence(
                        f"“{asked[name][:60]}” was not understood as a date and was left out.",
                        f"لم تُفهم «{asked[name][:60]}» تاريخًا فأُهملت.",
                    )
                )
            else:
                self.dates[name] = reading.edtf

    @property
    def order(self) -> str:
        """The order in force: relevance when there are words, else newest first."""
        if self.sort == "relevance" and not self.words:
            return "newest"
        return self.sort or ("relevance" if self.words else "newest")


def clean(value: str) -> str:
    """Without NULs, lone surrogates and runs of white space."""
    return " ".join(value.encode("utf-8", "ignore").decode().replace("\x00", " ").split())


PART = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')


def parse(q: str) -> list[Words]:
    """Words and phrases of a query; marks that mean nothing are white space."""
    plain = q.translate({ord(mark): '"' for mark in "“”«»„"})
    found = []
    for minus, quoted, dash, word in PART.findall(plain):
        terms = tuple(analyze(quoted or word))
        if terms:
            found.append(Words(terms, bool(quoted) and len(terms) > 1, bool(minus or dash)))
    if found and all(words.without for words in found):
        found = [Words(words.terms, words.phrase) for words in found]
    return found[:40]
