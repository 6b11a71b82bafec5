"""The search index: a row a published record, a row a passage text; derived, and rebuilt at will.

What changes often stands in rows alone. ``rebuild_search`` settles the rows: it numbers them, newest
record first, and writes beside them the columns and the postings of common terms, packed, so that a
question over a million records reads a few arrays instead of a million rows (``search/columns.py``).
"""

from __future__ import annotations

import secrets

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

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
SETTLED, FRESH = Q(place__isnull=False), Q(place__isnull=True)


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
    officials = ids()
    organizations = ids()
    countries = ids()
    dialogues = ids()
    events = ids()
    agreements = ids()
    themes = ids()
    #: its number in the settled part, newest first; none while it is fresh
    place = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="search_record_once"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=FRESH, name="search_fresh"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class SearchPassage(models.Model):
    """A passage text of an indexed statement or article; or what a record is called and said to be."""

    #: ``number`` of the row with a record's names and titles, and of the one with its description
    NAMES, ABOUT = -1, 0

    document = models.ForeignKey(
        SearchDocument,
        models.CASCADE,
        related_name="passages",
        db_constraint=False,
        db_index=False,
    )
    text = models.ForeignKey(
        "statements.PassageText", models.CASCADE, related_name="+", db_constraint=False, null=True
    )
    number = models.IntegerField()
    terms = SearchVectorField()
    #: its number in the settled part, in the order of the documents; none while it is fresh
    place = models.IntegerField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], condition=SETTLED, name="search_settled_terms"),
            GinIndex(fields=["terms"], condition=FRESH, name="search_fresh_terms"),
            GinIndex(fields=["terms"], condition=Q(number=-1), name="search_names"),
            models.Index(fields=["document"], name="search_passages_of"),
            models.Index(fields=["place"], condition=SETTLED, name="search_settled_place"),
            models.Index(fields=["id"], condition=FRESH, name="search_fresh_passage"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ¶ {self.number}"


class SearchColumn(models.Model):
    """A column of all settled documents or passages, packed; what each holds says ``search/columns.py``."""

    name = models.CharField(max_length=40, unique=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class SearchPosting(models.Model):
    """The settled passages that have a common term, packed: a bit a passage, or their places when they are few."""

    lexeme = models.CharField(max_length=410, unique=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.lexeme


class SearchProgress(models.Model):
    """One row: what is in the index. Transactions before ``indexed_before``, and changes up to ``last_change``."""

    indexed_before = models.BigIntegerField(default=0)
    last_change = models.BigIntegerField(default=0)
    #: another ``moment`` whenever rows are written
    written = models.IntegerField(default=0)
    #: another one whenever the settled part is made anew
    generation = models.IntegerField(default=0)
    #: what the rows hold, as ``search/index.py`` numbers it
    format = models.IntegerField(default=0)
    #: places of settled documents whose records have changed since, and stand among the fresh
    dead = ArrayField(models.IntegerField(), default=list)

    def __str__(self) -> str:
        return str(self.indexed_before)

    @staticmethod
    def moment() -> int:
        """A number that no process knows yet: one counted up would come again after a failover that lost commits, or a backup put back."""
        return 1 + secrets.randbelow(2**31 - 1)
