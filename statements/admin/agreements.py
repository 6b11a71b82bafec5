"""The desk for agreements and the steps of their lives."""

from __future__ import annotations

from django.contrib import admin

from statements.admin.base import PublishableAdmin, TabularInline
from statements.admin.people import NameInline
from statements.models import Agreement, AgreementStep


class StepInline(TabularInline):
    model = AgreementStep
    fields = ("order", "date", "status", "event", "source", "note_en", "note_ar")
    autocomplete_fields = ("event", "source")


@admin.register(Agreement)
class AgreementAdmin(PublishableAdmin):
    list_display = ("__str__", "type")
    list_filter = ("type",)
    inlines = (StepInline, NameInline)
