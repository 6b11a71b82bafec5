"""“Add from text”: paste, see the draft beside the text, correct, confirm; one transaction, nothing published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from statements.admin.base import OpensOnWork
from statements.admin.review import found, kept_while_working, review
from statements.ingest.draft import DraftRefused, paste
from statements.models import Paste


class PasteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 22, "dir": "auto", "class": "body"}),
        strip=False,
        help_text=gettext_lazy(
            "The whole page as copied from the paper's site, e.g. an article with the joint statement in it."
        ),
    )


class OpenFilter(OpensOnWork):
    title = gettext_lazy("state")
    waiting = gettext_lazy("to be confirmed")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        rest = [choice for choice in Paste.State.choices if choice[0] != Paste.State.OPEN]
        return [("all", gettext_lazy("all")), *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        asked = Paste.State.OPEN if self.value() == "waiting" else self.value()
        return queryset.filter(state=asked)


@admin.register(Paste)
class PasteAdmin(admin.ModelAdmin):
    change_list_template = "admin/work_list.html"
    list_display = ("__str__", "created_by", "state", "title")
    list_filter = (OpenFilter,)
    list_select_related = ("created_by",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("text")

    @admin.display(description=gettext_lazy("title"))
    def title(self, record: Paste) -> str:
        documents = record.draft.get("documents", [])
        return documents[0]["title"] if documents else ""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PasteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            # Browsers send line ends as CRLF; the draft counts characters of the text as kept.
            text = form.cleaned_data["text"].replace("\r\n", "\n")
            try:
                kept = paste(text, request.user, language=get_language() or "en")
            except DraftRefused as refused:
                form.add_error("text", str(refused))
            else:
                if kept.pasted_before:
                    self.message_user(
                        request,
                        _("This text was pasted before; here is the draft that was made of it."),
                        messages.INFO,
                    )
                return redirect("admin:statements_paste_change", kept.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add from text"),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/paste_add.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return review(self, request, self.permitted(request, record))

    def get_urls(self) -> list[Any]:
        return [
            path(
                "<int:pk>/keep/",
                self.admin_site.admin_view(self.keep_view),
                name="statements_paste_keep",
            ),
            path("find/", self.admin_site.admin_view(self.find_view), name="statements_paste_find"),
            *super().get_urls(),
        ]

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return kept_while_working(request, self.permitted(request, get_object_or_404(Paste, pk=pk)))

    def find_view(self, request: HttpRequest) -> HttpResponse:
        self.permitted(request)
        return found(self, request)

    def permitted(self, request: HttpRequest, record: Any = None) -> Any:
        """The record, when the account may decide it."""
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record
