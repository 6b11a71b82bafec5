"""What a reader asks for: the query string read into words, filters, dates and order, and written back.

Nothing in a query string can fail: what cannot be read is said in a sentence and left out of account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
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
from statements.search.columns import Index
from statements.search.index import current
from statements.search.understanding import (
    Concept,
    Known,
    known,
    longest,
    phrase,
    pieces,
    understand,
)
from statements.search.understanding import plain as plain_concept
from statements.text.dates import EDTF, read, write
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
#: A page says so behind what it could not read; the interface refuses it instead.
LEFT_OUT = Sentence("What was not understood was left out.", "أُهمل ما لم يُفهم.")
LONGEST = 500  # characters of a query that are read; nobody types more, hostile senders do


def told(problems: list[Sentence], unread: bool, language: str) -> list[str]:
    """What a page says of values that it could not read, in the reader's language, and what became of them."""
    lines = [problem.in_language(language) for problem in problems]
    if unread:
        lines[-1] += f" {LEFT_OUT.in_language(language)}"
    return lines


@dataclass(frozen=True)
class Chosen:
    """A filter as it was understood: the record it names and how to take it off."""

    parameter: str
    value: str
    label: Label


@dataclass
class SearchRequest:
    q: str = ""
    concepts: list[Concept] = field(default_factory=list)
    #: pieces of the query that the reader wants read as plain words
    literal: tuple[str, ...] = ()
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
        """Read the parameters of ``interface.md`` against the archive as it is now; unknown ones are left alone."""
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
        request.literal = tuple(clean(query.get("literal", ""))[:LONGEST].split("|"))
        plain, operators = "", dict[str, str]()
        if request.q:
            names = known(request.index)
            plain, operators = take_operators(request.q, names)
            request.concepts = parse(plain, names, request.literal)
            request.problems += [
                ambiguity(concept.typed, EDTF(concept.value), concept.alternatives)
                for concept in request.concepts
                if concept.alternatives
            ]
        request.read_filters(asked | operators)
        if plain and not request.concepts:
            request.impossible = True
            request.problems.append(
                Sentence(
                    "These words are in almost every text; add one that is rarer.",
                    "هذه الكلمات واردة في كل نص تقريبًا؛ أضف كلمة أندر.",
                )
            )
        request.read_dates(asked)
        request.type, request.language = asked["type"][:30], asked["language"][:8]
        request.sort = asked["sort"] if asked["sort"] in SORTS else ""
        request.page = int(asked["page"]) if re.fullmatch(r"[1-9]\d{0,5}", asked["page"]) else 1
        return request

    @cached_property
    def index(self) -> Index:
        """The index it is read against, as it is when it is first needed; filters and dates alone need none."""
        return current()

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
                        f"“{asked[name][:60]}” was not understood as a date.",
                        f"لم تُفهم «{asked[name][:60]}» تاريخًا.",
                    )
                )
            else:
                self.dates[name] = reading.edtf
                if reading.alternatives:
                    self.problems.append(ambiguity(asked[name], reading.edtf, reading.alternatives))

    @property
    def order(self) -> str:
        """The order in force: relevance when there are words, else newest first."""
        if self.sort == "relevance" and not self.concepts:
            return "newest"
        return self.sort or ("relevance" if self.concepts else "newest")


def clean(value: str) -> str:
    """Without NULs, lone surrogates and runs of white space."""
    return " ".join(value.encode("utf-8", "ignore").decode().replace("\x00", " ").split())


def ambiguity(typed: str, value: EDTF, others: tuple[EDTF, ...]) -> Sentence:
    """How a date that may be read in several ways was read; nothing is guessed silently."""
    english = " or ".join(write(other, "en") for other in others)
    arabic = " أو ".join(write(other, "ar") for other in others)
    return Sentence(
        f"“{typed[:60]}” was read as {write(value, 'en')}; it may also mean {english}.",
        f"قُرئت «{typed[:60]}» بمعنى {write(value, 'ar')}؛ وقد تعني {arabic} أيضًا.",
    )


PART = re.compile(r'(-?)"([^"]+)"|(?<!\S)-(\S+)|([^"\s]+|")')
OPERATOR = re.compile(
    r"(?<!\S)(official|organization|country|dialogue|event|agreement|theme):(\S+)", re.I
)


def take_operators(q: str, names: Known) -> tuple[str, dict[str, str]]:
    """``official:austin`` and its like taken out: the rest of the query, and filters by address or name."""
    found: dict[str, str] = {}
    for name, value in OPERATOR.findall(q):
        if slug := address_of(name.lower(), value, names):
            found[name.lower()] = slug
    return clean(OPERATOR.sub(" ", q) if found else q), found


def address_of(name: str, value: str, names: Known) -> str | None:
    """The record that an operator names, by its address or any of its names; None when it names none or several."""
    model = FILTERS[name]
    records = model._default_manager.all()
    if isinstance(records, PublicationQuerySet):
        records = records.published()
    if records.filter(slug=value.lower()[:100]).exists():
        return value.lower()
    words = pieces(value.replace("_", " "))
    after, matched = longest(names, words, 0) if words else (0, [])
    slugs = {form.slug for form in matched if form.kind == name}
    return slugs.pop() if len(slugs) == 1 and after == len(words) else None


def parse(q: str, names: Known, literal: tuple[str, ...] = ()) -> list[Concept]:
    """The concepts of a query: phrases in quotation marks, ``-words``, and the rest understood together."""
    plain = q.translate({ord(mark): '"' for mark in "“”«»„"})
    found: list[Concept] = []
    run: list[str] = []

    def understood() -> None:
        if run:
            found.extend(understand(" ".join(run), names, literal))
            run.clear()

    for minus, quoted_words, dashed, word in PART.findall(plain):
        if quoted_words or dashed:
            understood()
            concept = phrase(quoted_words) if quoted_words else plain_concept(dashed)
            if concept is not None:
                found.append(replace(concept, without=bool(minus or dashed)))
        elif word != '"':
            run.append(word)
    understood()
    if found and all(concept.without for concept in found):
        found = [replace(concept, without=False) for concept in found]
    return found[:40]
