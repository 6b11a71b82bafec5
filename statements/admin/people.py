"""The desk for officials, with their names and tenures, and for posts."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.text import format_lazy

from statements.admin.base import Inline, PublishableAdmin, TabularInline
from statements.admin.help import BESIDE
from statements.models import Name, Official, Post, Tenure
from statements.models.fields import EDTFFormField


class NameInline(TabularInline):
    """Printed forms of a record's name; every kind that has names uses it."""

    model = Name
    fields = ("form", "language", "role", "misleading", "source", "note_en", "note_ar")
    autocomplete_fields = ("source",)


class TenureForm(forms.ModelForm):
    attested = SimpleArrayField(
        EDTFFormField(required=False),
        required=False,
        help_text=format_lazy(
            "{} {}", Tenure._meta.get_field("attested").help_text, BESIDE["attested"]
        ),
        label=Tenure._meta.get_field("attested").verbose_name,
    )

    class Meta:
        model = Tenure
        fields = (
            "post",
            "start",
            "end",
            "status",
            "acting",
            "disputed",
            "attested",
            "sources",
            "note_en",
            "note_ar",
        )


class TenureInline(Inline):
    model = Tenure
    form = TenureForm
    fk_name = "official"
    autocomplete_fields = ("post", "sources")


class HolderInline(Inline):
    model = Tenure
    fk_name = "post"
    form = TenureForm
    fields = ("official", "start", "end", "status", "acting", "disputed", "sources")
    autocomplete_fields = ("official", "sources")


@admin.register(Official)
class OfficialAdmin(PublishableAdmin):
    list_display = ("__str__", "name_en", "name_ar", "country")
    list_filter = ("country",)
    list_select_related = ("country",)
    inlines = (NameInline, TenureInline)


@admin.register(Post)
class PostAdmin(PublishableAdmin):
    list_display = ("__str__", "organization")
    list_select_related = ("organization",)
    inlines = (NameInline, HolderInline)
