"""The desk for dialogues with their rounds, and events with their participants."""

from __future__ import annotations

from django.contrib import admin

from statements.admin.base import PublishableAdmin, TabularInline
from statements.admin.people import NameInline
from statements.models import Dialogue, Event, Participation, Round


class ParticipationInline(TabularInline):
    model = Participation
    fields = (
        "country",
        "official",
        "post",
        "role",
        "standing",
        "order",
        "passage",
        "note_en",
        "note_ar",
    )
    autocomplete_fields = ("country", "official", "post", "passage")


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


@admin.register(Dialogue)
class DialogueAdmin(PublishableAdmin):
    list_display = ("__str__", "level", "body")
    list_select_related = ("body",)
    inlines = (RoundInline, NameInline)
