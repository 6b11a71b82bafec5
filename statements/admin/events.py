"""The desk for dialogues with their rounds, and events with their participants."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from statements.admin.base import PublishableAdmin, TabularInline
from statements.admin.participants import CONFIRM, ParticipationInline, confirm
from statements.admin.people import NameInline
from statements.models import Dialogue, Event, Round


class RoundOfEventInline(TabularInline):
    model = Round
    fk_name = "event"
    fields = ("dialogue", "number", "uncertain", "note_en", "note_ar")
    autocomplete_fields = ("dialogue",)


class RoundInline(TabularInline):
    model = Round
    fk_name = "dialogue"
    fields = ("event", "number", "uncertain", "note_en", "note_ar")
    autocomplete_fields = ("event",)


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    list_display = ("__str__", "date_told", "type", "place")
    list_filter = ("type",)
    list_select_related = ("place",)
    date_hierarchy = "date_first"
    inlines = (RoundOfEventInline, ParticipationInline)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """With all that was typed saved, confirm the likely holder whose button was pressed."""
        super().save_related(request, form, formsets, change)
        if CONFIRM in request.POST:
            confirm(request, request.POST[CONFIRM], form.instance)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if CONFIRM in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)


@admin.register(Dialogue)
class DialogueAdmin(PublishableAdmin):
    list_display = ("__str__", "level", "body")
    list_select_related = ("body",)
    inlines = (RoundInline, NameInline)
