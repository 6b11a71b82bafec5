"""All changes of the archive in one list, latest first; to be read, not to be edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from statements.admin.base import PUBLISH, take_back_step
from statements.admin.telling import told
from statements.models import Change
from statements.models.history import kind_of, tables
from statements.models.triggers import NO_HISTORY


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = [
            (table, capfirst(kind_of(model)))
            for table, model in tables().items()
            if model._meta.model_name not in NO_HISTORY
            and not table.startswith("statements_search")
        ]
        return sorted(kinds, key=lambda kind: kind[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(table_name=self.value()) if self.value() else queryset


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = ("made_at", "editor", "operation", "kind_shown", "record_id", "reason")
    list_filter = ("operation", KindFilter)
    list_select_related = ("editor",)
    show_full_result_count = False
    search_fields = ("reason",)
    actions = ("take_back",)
    fields = ("made_at", "editor", "reason", "operation", "kind_shown", "record_id", "differences")
    readonly_fields = ("kind_shown", "differences")

    @admin.display(description=_("kind"), ordering="table_name")
    def kind_shown(self, change: Change) -> str:
        return capfirst(change.kind)

    @admin.display(description=_("what differs"))
    def differences(self, change: Change) -> str:
        return render_to_string("admin/differences.html", {"change": told([change])[0]})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    @admin.action(description=_("Take back the whole step"), permissions=["publish"])
    def take_back(self, request: HttpRequest, changes: QuerySet) -> None:
        """The only way back for a record that is gone: its own history went with its page."""
        steps = sorted(set(changes.values_list("transaction", flat=True)), reverse=True)
        for step in steps:
            take_back_step(request, step)
