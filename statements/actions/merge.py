"""One record where there were two, and a new address where there was another; no link is lost by either."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from statements.models import Name, OldAddress, Publishable, recording


class MergeRefused(Exception):
    """The two records cannot become one; the message says why."""


def rename(record: Publishable, slug: str, editor: Any = None, reason: str = "") -> None:
    """Give the record another address; the database keeps the old one as a redirect."""
    with recording(editor, reason or "renamed"):
        record.slug = slug
        record.save(update_fields=["slug"])


def merge(kept: Publishable, merged: Publishable, editor: Any = None, reason: str = "") -> None:
    """Move everything that points at ``merged`` to ``kept``, keep its names and address, and remove it."""
    if type(kept) is not type(merged):
        raise MergeRefused(_("Only records of the same kind can be merged."))
    if kept.pk == merged.pk:
        raise MergeRefused(_("A record cannot be merged with itself."))
    kind = str(kept._meta.model_name)
    with recording(editor, reason or f"merged {merged.slug} into {kept.slug}"):
        both = type(kept)._default_manager.filter(pk__in=(kept.pk, merged.pk)).order_by("pk")
        if len(both.select_for_update()) < 2:
            raise MergeRefused(_("One of the two is gone; another editor may have merged them."))
        keep_names(kept, merged, kind)
        for relation in merged._meta.related_objects:
            if relation.many_to_many:
                move_links(relation, kept, merged)
            else:
                move_rows(relation, kept, merged)
        for field in merged._meta.many_to_many:
            if field.remote_field.through._meta.auto_created:  # type: ignore[union-attr]
                getattr(kept, field.name).add(*getattr(merged, field.name).all())
        # Its addresses first: with a record that is only deleted they go too.
        OldAddress.objects.filter(kind=kind, target=merged.slug).update(target=kept.slug)
        type(merged)._default_manager.get(pk=merged.pk).delete()
        OldAddress.objects.create(kind=kind, slug=merged.slug, target=kept.slug)


def keep_names(kept: Any, merged: Any, kind: str) -> None:
    """The merged record's own names become printed forms of the kept one, unless it has them already."""
    if not hasattr(kept, "names"):
        return
    known = {name.form for name in kept.names.all()} | {
        str(getattr(kept, field, "")) for field in ("name_en", "name_ar", "title_en", "title_ar")
    }
    for language in ("en", "ar"):
        form = getattr(merged, f"name_{language}", "") or getattr(merged, f"title_{language}", "")
        if form and form not in known:
            Name.objects.create(**{kind: kept}, form=form, language=language)


def move_rows(relation: Any, kept: models.Model, merged: models.Model) -> None:
    """Point rows at the kept record; a row that it has already (the same participant twice) is dropped."""
    field = relation.field.name
    for row in relation.related_model._base_manager.filter(**{field: merged}):
        try:
            with transaction.atomic():
                setattr(row, field, kept)
                row.save(update_fields=[field])
        except IntegrityError as error:
            constraint = (
                getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
            )
            if constraint == "one_holder_of_a_post_at_a_time" or "circle" in constraint:
                raise MergeRefused(_("The two held one post at overlapping times.")) from None
            type(row)._base_manager.filter(pk=row.pk).delete()


def move_links(relation: Any, kept: models.Model, merged: models.Model) -> None:
    through, column = relation.through, relation.field.m2m_reverse_field_name()
    if not through._meta.auto_created:
        return
    source = relation.field.m2m_field_name()
    already = set(
        through._base_manager.filter(**{column: kept}).values_list(f"{source}_id", flat=True)
    )
    for link in through._base_manager.filter(**{column: merged}):
        if getattr(link, f"{source}_id") in already:
            link.delete()
        else:
            setattr(link, column, kept)
            link.save()
