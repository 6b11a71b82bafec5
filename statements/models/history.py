"""Every change of every record, old addresses, and the archive's revision; all three written by the database.

The triggers that write them stand in ``triggers.py``; they see saves, bulk updates and raw SQL
alike. Who and why are set for a transaction with ``recording``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from statements.text.names import slugify


class ArchiveRevision(models.Model):
    """One row: a counter that moves in the same transaction as any change to anything public."""

    number = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)
    # Transaction that moved it last, so that a thousand rows in one transaction move it once.
    moved_by = models.CharField(max_length=32, default="")

    class Meta:
        verbose_name = _("archive revision")

    @classmethod
    def current(cls) -> int:
        return cls.objects.values_list("number", flat=True).get(pk=1)

    def __str__(self) -> str:
        return str(self.number)


def reading() -> BaseDatabaseWrapper:
    """The connection from which the page at hand is read, for questions written in SQL."""
    return connections[router.db_for_read(ArchiveRevision)]


class ChangeQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> ChangeQuerySet:
        """Changes of a record and of all that hangs on it (its names, versions, passages …), latest first."""
        return self.filter(
            pk__in=models.expressions.RawSQL(
                """
                WITH RECURSIVE own (table_name, record_id) AS (
                    SELECT %s::text, %s::bigint
                    UNION
                    SELECT below.table_name::text, below.record_id
                    FROM statements_change AS below
                    JOIN own ON below.parent_table = own.table_name AND below.parent_id = own.record_id
                )
                SELECT change.id FROM statements_change AS change JOIN own
                ON change.table_name = own.table_name AND change.record_id = own.record_id
                """,
                (record._meta.db_table, record.pk),
            )
        ).order_by("-id")


class ChangesSincePublication(models.Func):
    """For an annotation: how many times a record, or anything that hangs on it, was changed after it was first
    published, and when last: ``{"times": 2, "last": "2026-01-31"}``. Never what was changed."""

    template = """(
        WITH RECURSIVE given (table_name, record_id) AS (SELECT %(expressions)s),
        own (table_name, record_id) AS (
            SELECT table_name::text, record_id FROM given
            UNION
            SELECT below.table_name::text, below.record_id
            FROM statements_change AS below
            JOIN own ON below.parent_table = own.table_name AND below.parent_id = own.record_id
        )
        SELECT jsonb_build_object(
            'times', count(DISTINCT change.transaction), 'last', max(change.made_at)::date
        )
        FROM statements_change AS change JOIN own
        ON change.table_name = own.table_name AND change.record_id = own.record_id
        WHERE change.transaction > (
            SELECT min(published.transaction) FROM statements_change AS published JOIN given
            ON published.table_name = given.table_name AND published.record_id = given.record_id
            WHERE published.after ->> 'state' = 'published'
        ))"""
    output_field = models.JSONField()

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(models.Value(model._meta.db_table), models.F("pk"))


def tables() -> dict[str, Any]:
    """Table → model of everything in the archive."""
    return {
        model._meta.db_table: model
        for model in apps.get_app_config("statements").get_models(include_auto_created=True)
    }


def kind_of(model: Any) -> str:
    """What a model's rows are called; a link table by both of its ends."""
    if model is None:
        return ""
    if not model._meta.auto_created:
        return str(model._meta.verbose_name)
    ends = [field.related_model._meta for field in model._meta.local_fields if field.is_relation]
    return " – ".join(str(end.verbose_name) for end in ends)


class Change(models.Model):
    """One row of one table, before and after; the database refuses to change or delete it."""

    class Operation(models.TextChoices):
        INSERT = "INSERT", _("added")
        UPDATE = "UPDATE", _("changed")
        DELETE = "DELETE", _("removed")

    made_at = models.DateTimeField(_("when"))
    transaction = models.BigIntegerField(_("saving"), db_index=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("who"),
    )
    reason = models.CharField(_("why"), max_length=500, blank=True)
    operation = models.CharField(_("what"), max_length=6, choices=Operation)
    table_name = models.CharField(_("kind"), max_length=63)
    record_id = models.BigIntegerField(_("record"))
    parent_table = models.CharField(_("part of the kind"), max_length=63, blank=True)
    parent_id = models.BigIntegerField(_("part of the record"), null=True)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(fields=["table_name", "record_id"], name="change_of_record"),
            models.Index(fields=["parent_table", "parent_id"], name="change_of_parent"),
        ]

    def differences(self) -> list[tuple[str, Any, Any]]:
        """(column, before, after) for every column that differs."""
        before, after = self.before or {}, self.after or {}
        return [
            (column, before.get(column), after.get(column))
            for column in after or before
            if before.get(column) != after.get(column)
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()}: {self.kind} {self.record_id}"

    @property
    def kind(self) -> str:
        """What the row is called; the table's name when there is no such kind any more."""
        return kind_of(tables().get(self.table_name)) or self.table_name


@contextmanager
def recording(editor: Any = None, reason: str = "") -> Iterator[None]:
    """One transaction whose changes carry who made them and why."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('hiwar.editor', %s, true), set_config('hiwar.reason', %s, true)",
                [str(getattr(editor, "pk", None) or ""), reason[:500]],
            )
        yield


class OldAddress(models.Model):
    """An address that a renamed or merged record once had; answered with a redirect for ever."""

    kind = models.CharField(_("kind"), max_length=30)
    slug = models.SlugField(_("old address"), max_length=100)
    target = models.SlugField(_("present address"), max_length=100)

    class Meta:
        ordering = ("kind", "slug")
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="old_address_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} → {self.target}"


def free_slug(record: models.Model) -> str:
    """A readable Latin address for a record, made from its English or else its Arabic name, and not yet taken."""
    model = type(record)
    names = [
        getattr(record, field, "")
        for field in (
            "name_en",
            "title_en",
            "question_en",
            "title",
            "name_ar",
            "title_ar",
            "question_ar",
        )
    ]
    base = slugify(next((name for name in names if name), ""))[:90].rstrip("-") or "untitled"
    kind = model._meta.model_name
    taken = set(
        model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)
    ) | set(
        OldAddress.objects.filter(kind=kind, slug__startswith=base).values_list("slug", flat=True)
    )
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
