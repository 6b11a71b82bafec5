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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.admin.base import OpensOnWork
from statements.admin.review import found, kept_while_working, review
from statements.ingest import fetching
from statements.ingest.draft import DraftRefused, paste
from statements.ingest.sources import LARGEST, Original, Reading, SourceRefused, pasted, read
from statements.models import Paste


class PasteForm(forms.Form):
    """A text, a file or an address: one of them. ``reading`` is what was read of it, once the form is valid."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto", "class": "body"}),
        strip=False,
        required=False,
        help_text=gettext_lazy(
            "The whole page as copied from the paper's site, e.g. an article with the joint statement in it."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "A saved web page, PDF, Word document (.docx), mail (.eml) or plain text, e.g. “statement.pdf”."
        ),
    )
    address = forms.CharField(
        label=gettext_lazy("or a web address"),
        required=False,
        max_length=fetching.LONGEST,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "class": "vURLField"}),
        help_text=gettext_lazy(
            "The page is fetched and kept as found, e.g. “https://www.example.org/page”."
        ),
    )
    reading: Reading

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        given = [name for name in self.fields if cleaned.get(name)]
        if not given:
            self.add_error("text", _("Paste a text, choose a file or give an address."))
        elif len(given) > 1:
            for name in given[1:]:
                self.add_error(
                    name, _("Only one of text, file and address can be taken in at a time.")
                )
        else:
            self.source = given[0]
            try:
                self.reading = getattr(self, f"read_{given[0]}")(cleaned[given[0]])
            except SourceRefused as refused:
                self.add_error(given[0], str(refused))
        return cleaned

    def read_text(self, text: str) -> Reading:
        # Browsers send line ends as CRLF; the draft counts characters of the text as kept.
        return pasted(text.replace("\r\n", "\n"))

    def read_file(self, file: Any) -> Reading:
        return read(Original(file.read(LARGEST + 1), filename=file.name))

    def read_address(self, address: str) -> Reading:
        return read(fetching.fetch(address))


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
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = PasteForm(*posted)
        if request.method == "POST" and form.is_valid():
            try:
                kept = paste(
                    form.reading.text,
                    request.user,
                    source=form.reading,
                )
            except DraftRefused as refused:
                form.add_error(form.source, str(refused))
            else:
                self.tell_what_exists(request, kept)
                return redirect("admin:statements_paste_change", kept.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add from text"),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/paste_add.html", context)

    def tell_what_exists(self, request: HttpRequest, kept: Paste) -> None:
        """That the text was pasted before."""
        if kept.pasted_before:
            self.message_user(
                request,
                _("This text was pasted before; here is the draft that was made of it."),
                messages.INFO,
            )

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
