"""The desk for organizations, countries and places."""

from __future__ import annotations

from django.contrib import admin

from statements.admin.base import PublishableAdmin, RecordAdmin
from statements.admin.people import NameInline
from statements.models import Country, Organization, Place


@admin.register(Organization)
class OrganizationAdmin(PublishableAdmin):
    list_display = ("__str__", "type", "country", "parent")
    list_filter = ("type", "country")
    list_select_related = ("country", "parent")
    inlines = (NameInline,)


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    list_display = ("__str__", "iso2", "iso3")


@admin.register(Place)
class PlaceAdmin(RecordAdmin):
    list_display = ("__str__", "country")
    list_select_related = ("country",)
