"""The desk for passages with their undertakings and comparisons, mentions to decide, promises and conflicts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.admin.base import (
    Inline,
    OpensOnWork,
    PublishableAdmin,
    RecordAdmin,
)
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
    recording,
)


class UndecidedFilter(OpensOnWork):
    """Opens the list on mentions that a person has still to decide."""

    title = gettext_lazy("decision")
    waiting = gettext_lazy("to decide")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("decided", gettext_lazy("decided")), ("all", gettext_lazy("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(decided=self.value() == "decided")


class UndertakingInline(Inline):
    model = Undertaking
    fk_name = "passage"
    autocomplete_fields = ("countries", "theme", "follows")


class ComparisonInline(Inline):
    """What the passage is laid beside: an earlier passage, or a whole statement that has nothing like it."""

    model = Comparison
    fk_name = "passage"
    autocomplete_fields = ("earlier", "earlier_statement")
    fields = (("relation", "earlier"), "earlier_statement", ("note_en", "note_ar"))


@admin.register(Passage)
class PassageAdmin(RecordAdmin):
    """A passage beside its texts: what it undertakes, what it is compared with, its themes."""

    search_fields = ("statement__title_en",)
    folded_fields = ("statement__title_en", "statement__title_ar", "article__title")
    list_display = ("__str__", "number", "removed")
    list_select_related = ("statement", "article")
    readonly_fields = ("statement", "article", "number", "texts_shown")
    exclude = ("order",)
    fields = ("statement", "article", "number", "texts_shown", "themes", "removed", "note_en", "note_ar", "sources", "opened_on")  # fmt: skip
    inlines = (UndertakingInline, ComparisonInline)

    @admin.display(description=gettext_lazy("what it says"))
    def texts_shown(self, passage: Passage) -> str:
        """The words of each version, and the archive's digest of them."""
        return format_html_join(
            "",
            '<p class="passage" lang="{0}" dir="{1}">{2}</p>',
            (
                (text.language, text.direction, words)
                for text in passage.texts.order_by("language", "version_id")
                for words in (text.text, text.digest)
                if words
            ),
        ) or _("no text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("statement", "article")


@admin.register(Mention)
class MentionAdmin(RecordAdmin):
    change_list_template = "admin/work_list.html"
    folded_fields = ("as_printed",)
    search_fields = ("as_printed",)
    list_display = ("as_printed", "type", "target_shown", "proposed", "text", "decided")
    list_filter = (UndecidedFilter, "type", "outcome")
    list_select_related = (
        "text__passage__statement",
        "text__passage__article",
        *MENTIONED,
    )
    actions = ("accept", "refuse")
    readonly_fields = ("as_printed", "words_shown", "text", "candidates_shown")
    fieldsets = (
        (None, {"fields": ("as_printed", "words_shown", "text", "opened_on")}),
        (
            gettext_lazy("What they mean"),
            {"fields": ("type", "outcome", "candidates_shown", *MENTIONED)},
        ),
        (gettext_lazy("Why"), {"fields": ("reason_en", "reason_ar", "decided")}),
    )

    @admin.display(description=gettext_lazy("where they stand"))
    def words_shown(self, mention: Mention) -> str:
        words = getattr(mention.text, mention.layer)
        return format_html(
            '<p class="passage" lang="{}" dir="{}">{}<mark>{}</mark>{}</p>',
            mention.text.language,
            mention.text.direction,
            words[: mention.start],
            words[mention.start : mention.end],
            words[mention.end :],
        )

    @admin.display(description=gettext_lazy("candidates"))
    def candidates_shown(self, mention: Mention) -> str:
        """The records it may mean, each with its desk page; one query."""
        model = Mention._meta.get_field(mention.type).related_model
        records = model._default_manager.filter(slug__in=mention.candidates)
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return (
            format_html_join(
                ", ",
                '<a href="{}">{}</a>',
                ((reverse(address, args=[record.pk]), record) for record in records),
            )
            or "–"
        )

    @admin.display(description=gettext_lazy("candidates"))
    def proposed(self, mention: Mention) -> str:
        return ", ".join(mention.candidates) or "–"

    @admin.display(description=gettext_lazy("means"))
    def target_shown(self, mention: Mention) -> str:
        return str(mention.target or "–")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=gettext_lazy("Link to the one candidate"), permissions=["change"])
    def accept(self, request: HttpRequest, mentions: QuerySet) -> None:
        """Decide those that have one candidate; the others stay as they are."""
        with recording(request.user, "linked to the one candidate"):
            done = sum(accepted(mention) for mention in mentions.select_for_update(of=("self",)))
        left = mentions.count() - done
        self.message_user(
            request,
            _("%(done)d linked, %(left)d left as they were.") % {"done": done, "left": left},
        )

    @admin.action(description=gettext_lazy("No link"), permissions=["change"])
    def refuse(self, request: HttpRequest, mentions: QuerySet) -> None:
        """Decide that these words mean no record; what was proposed is not proposed again for the passage."""
        with recording(request.user, "refused the link"):
            nobody = dict.fromkeys(MENTIONED)
            done = mentions.filter(decided=False).update(
                decided=True, outcome=Mention.Outcome.NONE, **nobody
            )
        self.message_user(request, _("%(done)d decided.") % {"done": done})

    def save_model(self, request: HttpRequest, mention: Mention, form: Any, change: bool) -> None:
        mention.decided = True
        super().save_model(request, mention, form, change)


def accepted(mention: Mention) -> bool:
    """Link an undecided mention to its one candidate; False when it has none, or several, or the record went."""
    if mention.decided or len(mention.candidates) != 1:
        return False
    kinds = ("place", "country") if mention.type == "place" else (mention.type,)
    for kind in kinds:
        model = Mention._meta.get_field(kind).related_model
        record = model._default_manager.filter(slug=mention.candidates[0]).first()
        if record is not None:
            setattr(mention, kind, record)
            mention.outcome, mention.candidates, mention.decided = Mention.Outcome.ONE, [], True
            mention.save()
            return True
    return False


@admin.register(Term)
class TermAdmin(RecordAdmin):
    list_display = ("name_en", "name_ar")


@admin.register(Theme)
class ThemeAdmin(RecordAdmin):
    list_display = ("__str__", "name_en", "name_ar")


class ChainStepInline(Inline):
    """A step in two lines: when and what, and the one thing that shows it; in the order of time, whatever was typed first."""

    model = ChainStep
    autocomplete_fields = ("passage", "statement", "event", "agreement")
    ordering = (F("date_first").asc(nulls_last=True), "order", "pk")
    fieldsets = (
        (None, {"fields": (("date", "status", "order"), ("passage", "statement"), ("event", "agreement"))}),
        (gettext_lazy("Remarks"), {"classes": ("collapse",), "fields": ("note_en", "note_ar")}),
    )  # fmt: skip


@admin.register(Chain)
class ChainAdmin(PublishableAdmin):
    list_display = ("__str__", "outcome", "theme")
    list_select_related = ("theme",)
    inlines = (ChainStepInline,)


class ClaimFormSet(BaseInlineFormSet):
    """Refuses a ruling for a claim that is not among them."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        numbers = {form.cleaned_data.get("number") for form in kept if form.is_valid()}
        ruling = self.instance.ruling
        if ruling is not None and ruling not in numbers:
            raise ValidationError(
                _("The ruling follows claim %(number)d, which is not among the claims.")
                % {"number": ruling}
            )


class ClaimInline(Inline):
    model = Claim
    formset = ClaimFormSet
    autocomplete_fields = ("sources",)


@admin.register(Conflict)
class ConflictAdmin(PublishableAdmin):
    folded_fields = ("question_en", "question_ar", "slug")
    list_display = ("__str__", "ruling")
    inlines = (ClaimInline,)
