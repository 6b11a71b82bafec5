"""Changes told to an editor: the record's kind and fields by name, relations by what they mean, words that differ marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from statements.models import Change
from statements.models.history import tables

#: Columns the database keeps for itself; they follow from others.
DERIVED = ("_first", "_last", "_printed")
HIDDEN = {"id", "state_changed_at", "state_changed_by_id", "published_at", "last_number"}


@dataclass(frozen=True)
class Difference:
    field: str
    before: SafeString
    after: SafeString


@dataclass(frozen=True)
class Told:
    """A change with its words for readers."""

    row: Change
    what: str
    differences: list[Difference]


def told(changes: list[Change]) -> list[Told]:
    """The changes in words; the records they point at are looked up together, one query a kind."""
    models_ = tables()
    labels = labels_of(wanted(changes, models_))
    return [tell(change, models_.get(change.table_name), labels) for change in changes]


def wanted(changes: Iterable[Change], tables: dict[str, Any]) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = {}
    for change in changes:
        for column, *values in change.differences():
            target = relation(tables.get(change.table_name), column)
            if target is not None:
                found.setdefault(target, set()).update(v for v in values if isinstance(v, int))
    return found


def labels_of(pks: dict[Any, set[int]]) -> dict[tuple[Any, int], str]:
    return {
        (model, record.pk): str(record)
        for model, wanted_pks in pks.items()
        for record in model._default_manager.filter(pk__in=wanted_pks).select_related(
            *(field.name for field in model._meta.local_fields if field.is_relation)
        )
    }


def relation(model: Any, column: str) -> Any:
    """The model that a column points at, or None."""
    field = field_of(model, column)
    return field.related_model if field is not None and field.is_relation else None


def field_of(model: Any, column: str) -> models.Field | None:
    if model is None:
        return None
    return next((field for field in model._meta.local_fields if field.column == column), None)


def tell(change: Change, model: Any, labels: dict[tuple[Any, int], str]) -> Told:
    differences = []
    for column, before, after in change.differences():
        field = field_of(model, column)
        if column in HIDDEN or column.endswith(DERIVED):
            continue
        words = [said(field, value, labels) for value in (before, after)]
        marked = compared(*words) if all(words) else tuple(whole(word) for word in words)
        label = capfirst(str(field.verbose_name)) if field is not None else column
        differences.append(Difference(label, *marked))
    return Told(change, f"{change.get_operation_display()}: {change.kind}", differences)


def said(field: Any, value: Any, labels: dict[tuple[Any, int], str]) -> str:
    if value is None or value == "":
        return ""
    if field is not None and field.is_relation:
        return labels.get((field.related_model, value), f"№ {value}")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


def whole(words: str) -> SafeString:
    return format_html("{}", words)


def compared(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts with the words that differ marked, ``del`` in the one and ``ins`` in the other."""
    old, new = before.split(" "), after.split(" ")
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            left.append(("span" if kind == "equal" else "del", " ".join(old[a:b])))
        if c < d:
            right.append(("span" if kind == "equal" else "ins", " ".join(new[c:d])))
    return joined(left), joined(right)


def joined(parts: list[tuple[str, str]]) -> SafeString:
    return format_html_join(" ", "<{0}>{1}</{0}>", parts)
