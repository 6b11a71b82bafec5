"""The desk for passages with their undertakings and comparisons, mentions to decide, promises and conflicts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.admin.base import Inline, PublishableAdmin, RecordAdmin, TabularInline
from statements.models import (
    MENTIONED,
    Chain,
    ChainStep,
    Claim,
    Comparison,
    Conflict,
    Mention,
    Passage,
    Term,
    Theme,
    Undertaking,
)


class UndecidedFilter(admin.SimpleListFilter):
    """Opens the list on mentions that a person has still to decide."""

    title = gettext_lazy("decision")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("decided", gettext_lazy("decided")), ("all", gettext_lazy("all"))]

    def choices(self, changelist: Any) -> Any:
        for value, title in ((None, _("to decide")), *self.lookup_choices):
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: value} if value else {}, [self.parameter_name]
                ),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(decided=self.value() == "decided")


class UndertakingInline(Inline):
    model = Undertaking
    fk_name = "passage"
    autocomplete_fields = ("countries", "theme", "follows")


class ComparisonInline(TabularInline):
    model = Comparison
    fk_name = "passage"
    autocomplete_fields = ("earlier", "earlier_statement")


@admin.register(Passage)
class PassageAdmin(RecordAdmin):
    """A passage beside its texts: what it undertakes, what it is compared with, its themes."""

    search_fields = ("statement__title_en",)
    folded_fields = ("statement__title_en", "statement__title_ar", "article__title")
    list_display = ("__str__", "number", "removed")
    list_select_related = ("statement", "article")
    readonly_fields = ("statement", "article", "number", "order")
    inlines = (UndertakingInline, ComparisonInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("statement", "article")


@admin.register(Mention)
class MentionAdmin(RecordAdmin):
    folded_fields = ("as_printed",)
    search_fields = ("as_printed",)
    list_display = ("as_printed", "type", "outcome", "target_shown", "text", "decided")
    list_filter = (UndecidedFilter, "type", "outcome")
    list_select_related = (
        "text__passage__statement",
        "text__passage__article",
        *MENTIONED,
    )
    readonly_fields = ("text", "layer", "start", "end", "as_printed")

    @admin.display(description=gettext_lazy("means"))
    def target_shown(self, mention: Mention) -> str:
        return str(mention.target or "–")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, mention: Mention, form: Any, change: bool) -> None:
        mention.decided = True
        super().save_model(request, mention, form, change)


@admin.register(Term)
class TermAdmin(RecordAdmin):
    list_display = ("name_en", "name_ar")


@admin.register(Theme)
class ThemeAdmin(RecordAdmin):
    list_display = ("__str__", "name_en", "name_ar")


class ChainStepInline(Inline):
    model = ChainStep
    autocomplete_fields = ("passage", "statement", "event", "agreement")


@admin.register(Chain)
class ChainAdmin(PublishableAdmin):
    list_display = ("__str__", "outcome", "theme")
    list_select_related = ("theme",)
    inlines = (ChainStepInline,)


class ClaimInline(Inline):
    model = Claim
    autocomplete_fields = ("sources",)


@admin.register(Conflict)
class ConflictAdmin(PublishableAdmin):
    folded_fields = ("question_en", "question_ar", "slug")
    list_display = ("__str__", "ruling")
    inlines = (ClaimInline,)
