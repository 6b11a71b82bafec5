"""“Add from text”: paste, see the draft beside the text, correct, confirm; one transaction, nothing published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from statements.admin.base import OpensOnWork
from statements.ingest.draft import (
    DocumentChoice,
    DraftRefused,
    confirm,
    discard,
    likely_statement,
    paste,
)
from statements.models import Article, Event, Language, Paste, Rights, Statement
from statements.models.fields import EDTFFormField


class PasteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 22, "dir": "auto", "class": "body"}),
        strip=False,
        help_text=gettext_lazy(
            "The whole page as copied from the paper's site, e.g. an article with the joint statement in it."
        ),
    )


class DocumentForm(forms.Form):
    """What an editor decides about one document of the draft."""

    take = forms.BooleanField(label=gettext_lazy("take it in"), required=False, initial=True)
    title = forms.CharField(
        label=gettext_lazy("title"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    type = forms.ChoiceField(
        label=gettext_lazy("type"), choices=Statement.Type.choices, required=False
    )
    date = EDTFFormField(label=gettext_lazy("date"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("language"), choices=Language.choices)
    outlet = forms.CharField(label=gettext_lazy("outlet"), max_length=200, required=False)
    publisher = forms.CharField(label=gettext_lazy("published by"), max_length=200, required=False)
    rights = forms.ChoiceField(label=gettext_lazy("rights"), choices=Rights.choices)
    event = forms.ModelChoiceField(
        Event.objects.none(), label=gettext_lazy("out of the event"), required=False
    )
    statement = forms.ModelChoiceField(
        Statement.objects.none(),
        label=gettext_lazy("a version of"),
        required=False,
        empty_label=gettext_lazy("a new statement"),
    )

    def __init__(self, document: dict[str, Any], outlet: str, *args: Any, **kwargs: Any) -> None:
        self.document = document
        self.likely = likely_statement(document)
        known = document["language"] if document["language"] in ("ar", "en") else "ar"
        kwargs["initial"] = {
            "take": True,
            "title": document["title"],
            "type": document["type"],
            "date": document["date"] or "",
            "language": known,
            "outlet": document["outlet"] or outlet,
            "publisher": outlet,
            "rights": Rights.EXCERPTS,
            "event": Event.objects.filter(slug=document.get("event") or "").first(),
        }
        super().__init__(*args, **kwargs)
        slugs = {m["slug"] for m in document["mentions"] if m["type"] == "event" and m["slug"]}
        self.fields["event"].queryset = Event.objects.filter(slug__in=slugs)  # type: ignore[attr-defined]
        self.fields["statement"].queryset = Statement.objects.filter(  # type: ignore[attr-defined]
            pk=self.likely.pk if self.likely else None
        )
        gone = (
            ("type", "publisher", "event", "statement")
            if document["kind"] == "article"
            else ("outlet",)
        )
        for name in gone:
            del self.fields[name]

    def choice(self, refused: set[int]) -> DocumentChoice:
        return DocumentChoice(refused=refused, **self.cleaned_data)


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
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        documents = record.draft["documents"]
        outlet = next((d["outlet"] for d in documents if d["outlet"]), "") or ""
        data = request.POST if request.method == "POST" else None
        forms_ = [DocumentForm(d, outlet, data, prefix=f"d{at}") for at, d in enumerate(documents)]
        if request.method == "POST" and record.state == Paste.State.OPEN:
            if "discard" in request.POST:
                if not discard(record):
                    return self.decided_already(request, record)
                self.message_user(request, _("The paste was discarded."), messages.SUCCESS)
                return redirect("admin:statements_paste_changelist")
            valid = [form.is_valid() for form in forms_]
            if all(valid) and self.confirmed(request, record, forms_):
                return redirect("admin:statements_paste_change", record.pk)
        elif request.method == "POST":
            return self.decided_already(request, record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Draft from a text"),
            "record": record,
            "documents": [
                {
                    "form": form,
                    "draft": document,
                    "type": dict(Statement.Type.choices).get(document["type"], _("article")),
                    "pieces": pieces(record.text, document),
                    "number": at,
                }
                for at, (form, document) in enumerate(zip(forms_, documents, strict=True))
            ],
            "warnings": record.draft["warnings"],
            "made": self.made(record),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/paste_review.html", context)

    def decided_already(self, request: HttpRequest, record: Paste) -> HttpResponse:
        """Somebody else, or another window, was first: say so and show what came of it."""
        self.message_user(
            request,
            _("This paste was decided already; its drafts are in the lists."),
            messages.WARNING,
        )
        return redirect("admin:statements_paste_change", record.pk)

    def confirmed(self, request: HttpRequest, record: Paste, forms_: list[DocumentForm]) -> bool:
        choices = []
        for at, form in enumerate(forms_):
            shown = {int(n) for n in request.POST.getlist(f"d{at}-shown") if n.isdigit()}
            accepted = {int(n) for n in request.POST.getlist(f"d{at}-accept") if n.isdigit()}
            choices.append(form.choice(shown - accepted))
        try:
            made = confirm(record, choices, request.user)
        except (DraftRefused, ValidationError) as refused:
            self.message_user(
                request, " ".join(getattr(refused, "messages", [str(refused)])), messages.ERROR
            )
            return False
        self.message_user(
            request,
            _("%(n)d drafts were made; readers see them once they are published.")
            % {"n": len(made)},
            messages.SUCCESS,
        )
        return True

    def made(self, record: Paste) -> list[tuple[Any, str]]:
        """The drafts made of a confirmed paste, with their desk pages."""
        models = {"article": Article, "statement": Statement}
        found = []
        for kind, slug in record.made:
            made = models[kind]._default_manager.filter(slug=slug).first()
            if made:
                found.append((made, reverse(f"admin:statements_{kind}_change", args=[made.pk])))
        return found


def pieces(text: str, document: dict[str, Any]) -> list[list[tuple[str, dict[str, Any] | None]]]:
    """Each passage cut at its mentions, the outermost of those that overlap."""
    cut = []
    for passage in document["passages"]:
        row: list[tuple[str, dict[str, Any] | None]] = []
        at = passage["start"]
        for mention in sorted(document["mentions"], key=lambda m: (m["start"], -m["end"])):
            if mention["start"] < at or mention["end"] > passage["end"]:
                continue
            row += [
                (text[at : mention["start"]], None),
                (text[mention["start"] : mention["end"]], mention),
            ]
            at = mention["end"]
        row.append((text[at : passage["end"]], None))
        cut.append(row)
    return cut
