"""The search index: one row a published record, one row a passage text; derived, and rebuilt at will.

Terms come from the analyzer in Python and are stored as ``tsvector`` by cast; the arrays of record
ids make filters and facets of every list one question to one table.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from statements.models.fields import Span

#: Filters that compare record ids: parameter → array column.
RELATED = {
    "official": "officials",
    "organization": "organizations",
    "country": "countries",
    "dialogue": "dialogues",
    "event": "events",
    "agreement": "agreements",
    "theme": "themes",
}


def ids() -> ArrayField:
    return ArrayField(models.BigIntegerField(), default=list)


class SearchDocument(models.Model):
    """A published record as search sees it."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    slug = models.CharField(max_length=100)
    type = models.CharField(max_length=30, blank=True)
    sort_en = models.CharField(max_length=300, blank=True)
    sort_ar = models.CharField(max_length=300, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    date_first = models.DateField(null=True)
    date_last = models.DateField(null=True)
    terms = SearchVectorField()
    officials = ids()
    organizations = ids()
    countries = ids()
    dialogues = ids()
    events = ids()
    agreements = ids()
    themes = ids()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="search_record_once"),
        ]
        indexes = [
            GinIndex(fields=["terms"], name="search_terms"),
            *(GinIndex(fields=[column], name=f"search_{column}") for column in RELATED.values()),
            GistIndex(Span(), name="search_span", condition=Q(date_first__isnull=False)),
            models.Index(
                "kind", F("date_first").desc(nulls_last=True), "slug", name="search_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class SearchPassage(models.Model):
    """A passage text of an indexed statement or article."""

    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="passages")
    text = models.ForeignKey(
        "statements.PassageText", models.CASCADE, related_name="+", db_constraint=False
    )
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    terms = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["terms"], name="search_passage_terms")]

    def __str__(self) -> str:
        return f"{self.document} ¶ {self.number}"


class SearchProgress(models.Model):
    """One row: what is in the index. Transactions before ``indexed_before``, and changes up to ``last_change``."""

    indexed_before = models.BigIntegerField(default=0)
    last_change = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.indexed_before)
