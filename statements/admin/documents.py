"""The desk for statements with their versions, articles, sources and captures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from statements.actions import save_body
from statements.admin.base import (
    ChangeForm,
    HelpfulMixin,
    Inline,
    PublishableAdmin,
    RecordAdmin,
    TabularInline,
    direct,
)
from statements.admin.divergences import DivergenceInline
from statements.ingest.divergences import proposed
from statements.ingest.relinking import relink
from statements.ingest.versions import of_statement
from statements.models import (
    Article,
    Capture,
    Carriage,
    Divergence,
    Layer,
    OldAddress,
    Outlet,
    PassageText,
    Rights,
    Source,
    Statement,
    Version,
)


class BodyField(forms.CharField):
    """A whole text as an editor writes it: one paragraph a passage, parted by empty lines."""

    widget = forms.Textarea

    def __init__(self, label: Any, help_text: Any) -> None:
        super().__init__(label=capfirst(label), help_text=help_text, required=False, strip=True)
        self.widget.attrs |= {"rows": 12, "dir": "auto", "class": "body"}


#: Numbers the paragraphs as one types.
NUMBERING = forms.Media(js=[forms.Script("paragraphs.js", type="module")])  # type: ignore[list-item]

TEXT = _(
    "The source's own words, paragraphs parted by an empty line and numbered as passages, e.g. the text as copied from the ministry's page."
)
DIGEST = _(
    "The archive's summary in its own words, passage by passage, parted by an empty line, e.g. “The two sides review the campaign.”"
)


def refuse_text_beside_digest(form: forms.ModelForm, cleaned: dict[str, Any]) -> None:
    if cleaned.get("rights") == Rights.DIGEST and cleaned.get("text"):
        form.add_error(
            "text",
            _("With the rights “digest” no text is kept; empty this field or choose “excerpts”."),
        )


def show_texts(
    form: forms.BaseForm, fields: dict[str, tuple[Layer, Iterable[PassageText]]]
) -> None:
    """The texts that are there, one paragraph a passage, and the numbers of the passages beside them."""
    for name, (layer, texts) in fields.items():
        there = [
            (text.passage.number, words)
            for text in sorted(texts, key=lambda text: (text.passage.order, text.passage.number))
            if (words := getattr(text, layer.value)) and not text.passage.removed
        ]
        form.fields[name].initial = "\n\n".join(words for _number, words in there)
        form.fields[name].widget.attrs["data-numbers"] = json.dumps([number for number, _ in there])


class VersionForm(forms.ModelForm):
    """A version with its whole text; saving reconciles the passages, so that numbers and mentions stay."""

    text = BodyField(_("text"), TEXT)
    digest = BodyField(_("digest"), DIGEST)

    class Meta:
        model = Version
        fields = (
            "language",
            "title",
            "publisher",
            "origin",
            "rights",
            "extent",
            "date",
            "source",
            "note_en",
            "note_ar",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            show_texts(self, {layer.value: (layer, self.instance.texts.all()) for layer in Layer})
            for name in ("title", "text", "digest"):
                self.fields[name].widget.attrs |= {
                    "lang": self.instance.language,
                    "dir": self.instance.direction,
                }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        refuse_text_beside_digest(self, cleaned)
        return cleaned

    def save_texts(self) -> bool:
        """Whether a text was changed."""
        # The digest first: when it takes the place of the text, its paragraphs take the text's numbers.
        changed = [
            layer for layer in (Layer.DIGEST, Layer.TEXT) if layer.value in self.changed_data
        ]
        for layer in changed:
            save_body(self.instance, self.cleaned_data[layer.value], layer)
        return bool(changed)


class VersionInline(Inline):
    model = Version
    form = VersionForm
    autocomplete_fields = ("source",)
    readonly_fields = ("capture_shown",)

    def get_queryset(self, request: HttpRequest) -> Any:
        kept = super().get_queryset(request).select_related("statement")
        return kept.prefetch_related("texts__passage")

    @admin.display(description=_("capture"))
    def capture_shown(self, version: Version) -> str:
        return capture_link(version.capture_id)


def capture_link(pk: int | None) -> str:
    if pk is None:
        return "–"
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:statements_capture_change", args=[pk]), _("capture")
    )


class CarriageInline(TabularInline):
    model = Carriage
    fields = ("statement", "relation", "note_en", "note_ar")


class CarriedInline(TabularInline):
    model = Carriage
    fk_name = "statement"
    fields = ("article", "relation", "note_en", "note_ar")
    verbose_name = _("article that used it")
    verbose_name_plural = _("articles that used it")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("article", "statement")


def propose_links(options: Any, request: HttpRequest, record: Statement | Article) -> None:
    """Propose links in the passages that have no mention yet, as work on the list of mentions."""
    done = next(relink([record], editor=request.user, unread=True))[1]
    if done.new:
        words = ngettext(
            "%(n)d link is proposed in the new text; decide it among the mentions.",
            "%(n)d links are proposed in the new text; decide them among the mentions.",
            done.new,
        )
        options.message_user(request, words % {"n": done.new})


@admin.register(Statement)
class StatementAdmin(PublishableAdmin):
    list_display = ("__str__", "date_told", "type", "event")
    list_filter = ("type",)
    list_select_related = ("event",)
    date_hierarchy = "date_first"
    inlines = (VersionInline, DivergenceInline, CarriedInline)

    @property
    def media(self) -> forms.Media:
        return super().media + NUMBERING

    fieldsets = (
        (None, {"fields": ("title_en", "title_ar", "slug", "type", "date", "opened_on")}),
        (
            _("Origin"),
            {"fields": ("event", "countries", "issuers", "speaker", "original_language")},
        ),
        (_("Refers to"), {"fields": ("events", "agreements")}),
        (_("Remarks and sources"), {"fields": ("doubtful", "note_en", "note_ar", "sources")}),
        (_("Publication"), {"fields": ("state", "state_changed_at", "state_changed_by")}),
    )

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Versions that are not there yet do not differ."""
        return [one for one in super().get_inlines(request, obj) if obj or one != DivergenceInline]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        kept = [
            inline
            for inline in formset.forms
            if isinstance(inline, VersionForm)
            and inline.instance.pk
            and inline not in formset.deleted_forms
        ]
        changed = [inline.save_texts() for inline in kept]
        if any(changed):
            propose_links(self, request, form.instance)
            self.tell_differences(request, form.instance)

    def tell_differences(self, request: HttpRequest, statement: Statement) -> None:
        """How many differences of its versions wait for an editor, once one of them was written."""
        kept = Divergence.objects.filter(passage__statement=statement)
        found = list(proposed(of_statement(statement), list(kept.select_related("passage", "left", "right"))))  # fmt: skip
        told = []
        if found:
            told.append((len(found), ngettext(
                "The versions differ in %(n)d place; look at it below the versions.",
                "The versions differ in %(n)d places; look at them below the versions.",
                len(found),
            )))  # fmt: skip
        if lost := kept.outdated().count():
            told.append((lost, ngettext(
                "Words of %(n)d difference no longer stand in the text; readers do not see it until it is put right.",
                "Words of %(n)d differences no longer stand in the text; readers do not see them until they are put right.",
                lost,
            )))  # fmt: skip
        form = reverse("admin:statements_statement_change", args=[statement.pk])
        for number, words in told:
            link = format_html('<a href="{}#versions-compared">{}</a>', form, words % {"n": number})
            self.message_user(request, link, messages.WARNING)


class ArticleForm(ChangeForm):
    text = BodyField(_("text"), TEXT)
    digest_en = BodyField(_("digest in English"), DIGEST)
    digest_ar = BodyField(_("digest in Arabic"), DIGEST)

    class Meta:
        model = Article
        exclude = ("last_number",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direct(self.fields["digest_en"].widget, "digest_en")
        direct(self.fields["digest_ar"].widget, "digest_ar")
        if self.instance.pk:
            texts = list(
                PassageText.objects.filter(passage__article=self.instance).select_related("passage")
            )
            show_texts(
                self,
                {
                    "text": (
                        Layer.TEXT,
                        [text for text in texts if text.language == self.instance.language],
                    ),
                    "digest_en": (Layer.DIGEST, [text for text in texts if text.language == "en"]),
                    "digest_ar": (Layer.DIGEST, [text for text in texts if text.language == "ar"]),
                },
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        refuse_text_beside_digest(self, cleaned)
        return cleaned

    def save_texts(self) -> bool:
        """Whether a text was changed."""
        # Digests first, as for a version.
        for language in ("en", "ar"):
            if f"digest_{language}" in self.changed_data:
                save_body(
                    self.instance, self.cleaned_data[f"digest_{language}"], Layer.DIGEST, language
                )
        if "text" in self.changed_data:
            save_body(self.instance, self.cleaned_data["text"], Layer.TEXT)
        return bool({"text", "digest_en", "digest_ar"} & set(self.changed_data))


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    form = ArticleForm
    folded_fields = ("title", "title_en", "title_ar", "slug")
    list_display = ("__str__", "outlet", "date_told", "language")
    list_filter = ("language",)
    list_select_related = ("outlet",)
    date_hierarchy = "date_first"
    readonly_fields = ("capture_shown",)
    inlines = (CarriageInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "outlet",
                    "title",
                    "title_ours",
                    "title_en",
                    "title_ar",
                    "slug",
                    "language",
                    "date",
                    "opened_on",
                )
            },
        ),
        (_("Text"), {"fields": ("rights", "text", "digest_en", "digest_ar")}),
        (_("Source"), {"fields": ("address", "source", "capture_shown", "sources")}),
        (_("Remarks"), {"fields": ("doubtful", "note_en", "note_ar")}),
        (_("Publication"), {"fields": ("state", "state_changed_at", "state_changed_by")}),
    )

    @property
    def media(self) -> forms.Media:
        return super().media + NUMBERING

    @admin.display(description=_("capture"))
    def capture_shown(self, article: Article) -> str:
        return capture_link(article.capture_id)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.save_texts():
            propose_links(self, request, form.instance)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    folded_fields = ("publisher", "slug", "address")
    list_display = ("publisher", "slug", "language", "reliability", "date_told")
    list_filter = ("reliability", "form", "language")


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    list_display = ("__str__", "country")
    list_select_related = ("country",)


#: How a downloaded capture ends, so that the editor's programs know it.
ENDINGS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}


@admin.register(Capture)
class CaptureAdmin(admin.ModelAdmin):
    """Captures are looked at and downloaded, never changed."""

    list_display = ("filename", "media_type", "captured_at", "sha256")
    fields = ("filename", "media_type", "address", "captured_at", "sha256", "download")
    readonly_fields = fields
    search_fields = ("filename", "address", "sha256")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content", "warc")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("download"))
    def download(self, capture: Capture) -> str:
        links = [
            (
                reverse("admin:statements_capture_download", args=[capture.pk]),
                _("the source as found"),
            )
        ]
        if Capture.objects.filter(pk=capture.pk, warc__isnull=False).exists():
            page = reverse("admin:statements_capture_warc", args=[capture.pk])
            links.append((page, _("the record of its fetch (WARC)")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def get_urls(self) -> list[Any]:
        return [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(self.serve),
                {"field": field},
                name=f"statements_capture_{name}",
            )
            for name, field in (("download", "content"), ("warc", "warc"))
        ] + super().get_urls()

    def serve(self, request: HttpRequest, pk: int, field: str) -> HttpResponse:
        """The bytes as an attachment, never shown by the browser: a capture may be hostile HTML."""
        capture = get_object_or_404(Capture, pk=pk)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        content = getattr(capture, field)
        if content is None:
            raise Http404
        ending = (
            ".warc.gz" if field == "warc" else ENDINGS.get(capture.media_type.partition(";")[0], "")
        )
        return HttpResponse(
            bytes(content),
            content_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="capture-{capture.sha256[:12]}{ending}"',
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "sandbox; default-src 'none'",
            },
        )


@admin.register(OldAddress)
class OldAddressAdmin(HelpfulMixin, admin.ModelAdmin):
    """Former addresses; written by the database when a record is renamed or merged."""

    list_display = ("kind", "slug", "target")
    list_filter = ("kind",)
    search_fields = ("slug", "target")
