"""Names and titles that begin as a reader types, in either script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, Value

from statements.models import Label, SearchDocument, SearchPassage, worded
from statements.search.index import KINDS, current
from statements.search.notation import quoted
from statements.search.understanding import TOLD, Known, known, label_of, pieces
from statements.text.analysis import analyze

MOST = 8
TITLES = 3


class TermQuery(SearchQuery):
    """A ``tsquery`` given in its own notation, by cast."""

    def __init__(self, notation: str) -> None:
        Func.__init__(self, Value(notation))

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        return Func.as_sql(self, compiler, connection, template="(%(expressions)s)::tsquery")


@dataclass(frozen=True)
class Suggestion:
    kind: str
    slug: str
    label: Label


def suggest(typed: str) -> list[Suggestion]:
    """At most ``MOST`` records whose names, then titles, have words that begin with the words typed."""
    wanted = [word for word, _, _ in pieces(typed[:100])]
    if not wanted or len("".join(wanted)) < 2:
        return []
    names = known(current())
    found = [
        Suggestion(kind, slug, label_of(names, kind, slug)) for kind, slug in by_name(names, wanted)
    ]
    return [*found, *by_title(typed)][:MOST]


def by_name(names: Known, wanted: list[str]) -> list[tuple[str, str]]:
    """Records with a form whose words begin so, those that begin with it and the shortest first."""
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for (kind, words), slugs in names.owners.items():
        if kind not in TOLD:
            continue
        parts = words.split()
        if all(any(part.startswith(word) for part in parts) for word in wanted):
            rank = (0 if parts[0].startswith(wanted[0]) else 1, len(words))
            for slug in slugs:
                best[kind, slug] = min(best.get((kind, slug), (2, 0)), rank)
    ordered = sorted(best, key=lambda key: (TOLD.index(key[0]), *best[key], key))
    return ordered[: MOST - 1]


def by_title(typed: str) -> list[Suggestion]:
    """Statements and events whose titles have the words, the last of them perhaps not finished; latest first."""
    terms = analyze(typed[:100])
    if not terms:
        return []
    parts = [quoted(term.text) for term in terms[:-1]] + [f"{quoted(terms[-1].text)}:*"]
    named = SearchPassage.objects.filter(
        number=SearchPassage.NAMES, terms=TermQuery(" & ".join(parts))
    )
    rows = (
        SearchDocument.objects.filter(
            kind__in=("statement", "event"), pk__in=named.values("document_id")
        )
        .order_by("-date_first", "slug")
        .values_list("kind", "record_id", "slug")[:TITLES]
    )
    found = list(rows)
    if not found:
        return []
    labels = {}
    for kind in {kind for kind, _, _ in found}:
        pks = [pk for row_kind, pk, _ in found if row_kind == kind]
        titles = KINDS[kind].objects.published().filter(pk__in=pks)  # type: ignore[attr-defined]
        for pk, english, arabic in titles.values_list("pk", "title_en", "title_ar"):
            labels[kind, pk] = worded(english, arabic)
    return [
        Suggestion(kind, slug, labels[kind, pk]) for kind, pk, slug in found if (kind, pk) in labels
    ]
