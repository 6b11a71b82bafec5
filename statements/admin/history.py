"""All changes of the archive in one list, latest first; to be read, not to be edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from statements.models import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = ("made_at", "editor", "operation", "table_name", "record_id", "reason")
    list_filter = ("operation", "table_name")
    list_select_related = ("editor",)
    show_full_result_count = False
    search_fields = ("reason",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
