"""All changes of the archive in one list, latest first; to be read, not to be edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.actions import RevertRefused, revert_step
from statements.admin.base import PUBLISH
from statements.models import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = ("made_at", "editor", "operation", "table_name", "record_id", "reason")
    list_filter = ("operation", "table_name")
    list_select_related = ("editor",)
    show_full_result_count = False
    search_fields = ("reason",)
    actions = ("take_back",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    @admin.action(description=gettext_lazy("Take back the whole step"), permissions=["publish"])
    def take_back(self, request: HttpRequest, changes: QuerySet) -> None:
        """The only way back for a record that is gone: its own history went with its page."""
        steps = sorted(set(changes.values_list("transaction", flat=True)), reverse=True)
        for step in steps:
            try:
                revert_step(step, request.user)
                self.message_user(request, _("The whole step was taken back."), messages.SUCCESS)
            except RevertRefused as refused:
                self.message_user(request, str(refused), messages.ERROR)
