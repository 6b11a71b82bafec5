"""The screen on which a paste is decided: the text beside what the archive proposes of it.

What an editor decides is kept as he works (``keep``), a proposal at a time, by the script or by the
button “Save for later”; confirming makes the drafts in one transaction.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from statements.admin.relations import (
    TITLES,
    carried_shown,
    certain_relations,
    rows_of_relations,
    sent_relations,
)
from statements.admin.shown import Row, blocks
from statements.ingest.confirming import (
    ARTICLE,
    DocumentChoice,
    confirm,
    likely_statement,
    records_at,
)
from statements.ingest.decisions import (
    LINK,
    At,
    Decided,
    Decision,
    decisions,
    keep,
    proposals,
    read_decision,
)
from statements.ingest.draft import DraftRefused, discard
from statements.ingest.duplicates import records
from statements.ingest.parse import told
from statements.ingest.relations import choices
from statements.ingest.versions import Versions, of_draft
from statements.models import (
    MENTIONED,
    Article,
    Country,
    Event,
    Language,
    Mention,
    Paste,
    Rights,
    Statement,
    Version,
)
from statements.models.fields import EDTFFormField

AROUND = 40  # characters of a text on either side of a mention
FOUND = 12  # records offered while one types
TYPES = [(ARTICLE, gettext_lazy("article")), *Statement.Type.choices]


class DocumentForm(forms.Form):
    """What an editor decides about one document of the draft."""

    take = forms.BooleanField(label=gettext_lazy("take it in"), required=False, initial=True)
    type = forms.ChoiceField(label=gettext_lazy("type"), choices=TYPES)
    title = forms.CharField(
        label=gettext_lazy("title"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    date = EDTFFormField(label=gettext_lazy("date"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("language"), choices=Language.choices)
    rights = forms.ChoiceField(label=gettext_lazy("rights"), choices=Rights.choices)
    outlet = forms.CharField(label=gettext_lazy("outlet"), max_length=200, required=False)
    publisher = forms.CharField(label=gettext_lazy("published by"), max_length=200, required=False)
    event = forms.ModelChoiceField(
        Event.objects.all(), label=gettext_lazy("out of the event"), required=False
    )
    statement = forms.ModelChoiceField(
        Statement.objects.all(), label=gettext_lazy("a version of"), required=False
    )

    def __init__(
        self, document: dict[str, Any], outlet: str, kept: dict[str, str], *args: Any, **kwargs: Any
    ) -> None:
        likely = likely_statement(document)
        event = Event.objects.filter(slug=document.get("event") or "").first()
        known = document["language"] if document["language"] in ("ar", "en") else "ar"
        proposed = {
            "take": True,
            "type": ARTICLE if document["kind"] == ARTICLE else document["type"],
            "title": document["title"],
            "date": document["date"] or "",
            "language": known,
            "rights": Rights.EXCERPTS,
            "outlet": document["outlet"] or outlet,
            "publisher": outlet,
            "event": event and event.pk,
            "statement": likely and likely.pk,
        }
        kwargs["initial"] = proposed | kept | {"take": kept.get("take", "on") == "on"}
        super().__init__(*args, **kwargs)
        for name, model in (("event", Statement), ("statement", Version)):
            self.fields[name].widget = AutocompleteSelect(
                model._meta.get_field(name),
                admin.site,
                choices=self.fields[name].choices,  # type: ignore[attr-defined]
            )
        self.likely = likely

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (
            found.get("take")
            and found.get("type") == ARTICLE
            and not found.get("outlet", "").strip()
        ):
            self.add_error("outlet", _("An article needs its outlet."))
        return found

    @property
    def shown(self) -> dict[str, str]:
        """What stands in the fields, as a browser sends it."""
        found = {}
        for field in self:
            value = field.field.widget.format_value(field.value())
            value = (value or [""])[0] if isinstance(value, list | tuple) else value
            found[field.name] = str(value or "")
        return found | {"take": "on" if self["take"].value() else "off"}

    @property
    def changed(self) -> dict[str, str]:
        """What was sent and is not what the screen had shown, whatever it is worth; to be kept."""
        sent_ = {name: self.data.get(self.add_prefix(name), "")[:500] for name in self.fields}
        sent_["take"] = "on" if sent_["take"] else "off"
        try:
            was = dict(json.loads(self.data.get(self.add_prefix("was"), "")))
        except (ValueError, TypeError):
            was = {}
        return {name: value for name, value in sent_.items() if was.get(name) != value}


def review(options: Any, request: HttpRequest, paste: Paste) -> HttpResponse:
    """The screen of a paste, and what is sent from it."""
    if (get_language() or "en").startswith("ar") and "arabic" in paste.draft:
        paste.draft = told(paste.draft, paste.draft["arabic"])
    documents = paste.draft["documents"]
    if request.method == "POST":
        if paste.state != Paste.State.OPEN or ("discard" in request.POST and not discard(paste)):
            return decided_already(options, request, paste)
        if "discard" in request.POST:
            options.message_user(request, _("The paste was discarded."), messages.SUCCESS)
            return redirect("admin:statements_paste_changelist")
        try:
            keep_sent(request, paste)
        except Decided:
            return decided_already(options, request, paste)
        # What counts is what is kept: another window may have decided the rest meanwhile.
        bound = document_forms(paste, as_kept(paste))
        if "accept" in request.POST:
            accept_certain(paste, request.user)
            return redirect("admin:statements_paste_change", paste.pk)
        if "keep" in request.POST:
            options.message_user(
                request, _("Saved; it waits on the list of pastes."), messages.SUCCESS
            )
            return redirect("admin:statements_paste_changelist")
        valid = [form.is_valid() or not form.cleaned_data.get("take", True) for form in bound]
        if all(valid) and (confirmed(options, request, paste, bound) or is_decided(paste)):
            return redirect("admin:statements_paste_change", paste.pk)
    else:
        bound = document_forms(paste, None)
    rows, related = rows_of(paste), rows_of_relations(paste)
    names = [str(type_of(document)).capitalize() for document in documents]
    open_ = paste.state == Paste.State.OPEN
    context = {
        **options.admin_site.each_context(request),
        "title": _("Draft from a text"),
        "record": paste,
        "is_open": open_,
        "documents": [
            {
                "form": form,
                "draft": document,
                "number": n,
                "name": type_of(document),
                "was": json.dumps(form.shown),
                "compared": beside_its_statement(paste, n, form) if open_ else [],
            }
            for n, (form, document) in enumerate(zip(bound, documents, strict=True))
        ],
        "blocks": list(blocks(paste.text, paste.draft, rows, related)),
        "rows": rows,
        "related": [
            (title, [row for row in related if row.relation.kind == kind])
            for kind, title in TITLES.items()
        ],
        "carried": carried_shown(paste.draft, names),
        "kinds": [(kind, Mention._meta.get_field(kind).verbose_name) for kind in MENTIONED],
        "countries": Country.objects.order_by("slug"),
        "warnings": [*(likenesses(paste) if open_ else []), *paste.draft["warnings"]],
        "made": made(paste),
        "learnt": paste.corrections.get("learnt", []),
        "opts": options.opts,
        "media": options.media + (bound[0].media if bound else forms.Media()),
    }
    return TemplateResponse(request, "admin/paste_review.html", context)


def beside_its_statement(paste: Paste, number: int, form: DocumentForm) -> list[Versions]:
    """The document beside the statement of which it is a version, when it is to be one."""
    chosen = str(form["statement"].value() or "")
    if not chosen.isdigit() or form["type"].value() == ARTICLE:
        return []
    statement = Statement.objects.filter(pk=chosen).first()
    found = of_draft(paste, number, statement) if statement else None
    return [found] if found else []


def accept_certain(paste: Paste, editor: Any) -> None:
    """Decide what nobody has decided and the archive is certain of."""
    kept = decisions(paste)
    certain = {
        proposal.key: replace(kept.get(proposal.key, Decision()), decision=LINK, target=proposal.candidates[0])
        for proposal in proposals(paste.draft)
        if proposal.certain and not kept.get(proposal.key, Decision()).decision
    }  # fmt: skip
    keep(paste, {}, certain, editor, certain_relations(paste))


def keep_sent(request: HttpRequest, paste: Paste) -> None:
    """Keep what was changed on the screen; raises Decided."""
    keep(
        paste,
        changed(request, paste),
        sent(request, paste),
        request.user,
        sent_relations(request.POST, paste),
    )


def kept_while_working(request: HttpRequest, paste: Paste) -> HttpResponse:
    """Keep what changed on the screen: JSON, 409 with a sentence when the paste is decided."""
    if request.method != "POST":
        return JsonResponse({"detail": _("Only POST.")}, status=405)
    try:
        keep_sent(request, paste)
    except Decided as decided:
        return JsonResponse({"detail": str(decided)}, status=409)
    return JsonResponse({"saved": True})


def found(options: Any, request: HttpRequest) -> HttpResponse:
    """Records of a kind that a search finds, for the field “another record”: JSON."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").replace("\x00", "")[:100]
    if kind not in MENTIONED:
        return JsonResponse({"detail": _("No such kind of record.")}, status=400)
    model = Mention._meta.get_field(kind).related_model
    desk = options.admin_site._registry.get(model)
    if desk is None or not desk.has_view_permission(request):
        return JsonResponse({"detail": _("You may not see these records.")}, status=403)
    records, distinct = desk.get_search_results(request, desk.get_queryset(request), words)
    records = (records.distinct() if distinct else records)[:FOUND]
    return JsonResponse({"found": [described(kind, record) for record in records]})


def described(kind: str, record: Any) -> dict[str, str]:
    label = record.label
    other = getattr(record, "other_label", None)
    return {
        "target": f"{kind}/{record.slug}",
        "label": label.text,
        "lang": label.lang,
        "dir": label.dir,
        "other": other.text if other and other.text != label.text else "",
    }


# What was sent


def document_forms(paste: Paste, data: Any) -> list[DocumentForm]:
    documents = paste.draft["documents"]
    outlet = next((d["outlet"] for d in documents if d["outlet"]), "") or ""
    kept = paste.corrections.get("documents", {})
    return [
        DocumentForm(document, outlet, kept.get(str(n), {}), data, prefix=f"d{n}")
        for n, document in enumerate(documents)
    ]


def changed(request: HttpRequest, paste: Paste) -> dict[int, dict[str, str]]:
    """Of each document in a form the fields that were changed on the screen."""
    forms_ = enumerate(document_forms(paste, request.POST))
    return {n: form.changed for n, form in forms_ if f"d{n}-title" in request.POST}


def as_kept(paste: Paste) -> dict[str, str]:
    """The documents as they are kept, in the shape of what a browser sends."""
    return {
        form.add_prefix(name): value
        for form in document_forms(paste, None)
        for name, value in form.shown.items()
        if (name, value) != ("take", "off")
    }


def sent(request: HttpRequest, paste: Paste) -> dict[str, Decision]:
    """The decisions that were changed on the screen, by key."""
    given: dict[str, Decision] = {}
    for n, proposal in enumerate(proposals(paste.draft)):
        if f"p{n}-shown" not in request.POST:
            continue
        fields = {
            name: request.POST.get(f"p{n}-{name}", "")
            for name in ("decision", "target", "name_en", "name_ar", "country")
        }
        here = set(request.POST.getlist(f"p{n}-here"))
        apart = {str(at) for at in proposal.places} - here if len(proposal.places) > 1 else set()
        decision = read_decision(fields, apart)
        if decision.mark != request.POST.get(f"p{n}-was"):
            given[proposal.key] = decision
    return given


def confirmed(options: Any, request: HttpRequest, paste: Paste, bound: list[DocumentForm]) -> bool:
    wanted = [DocumentChoice(**{"take": False} | form.cleaned_data) for form in bound]
    try:
        made = confirm(paste, wanted, request.user, decisions(paste), choices(paste))
    except (DraftRefused, ValidationError) as refused:
        words = " ".join(getattr(refused, "messages", [str(refused)]))
        options.message_user(request, words, messages.ERROR)
        return False
    words = _("%(n)d drafts were made; readers see them once they are published.")
    options.message_user(request, words % {"n": len(made)}, messages.SUCCESS)
    return True


def is_decided(paste: Paste) -> bool:
    """Whether another window was quicker, between keeping and confirming."""
    return not Paste.objects.filter(pk=paste.pk, state=Paste.State.OPEN).exists()


def decided_already(options: Any, request: HttpRequest, paste: Paste) -> HttpResponse:
    """Somebody else, or another window, was first: say so and show what came of it."""
    options.message_user(
        request,
        _("This paste was decided already; its drafts are in the lists."),
        messages.WARNING,
    )
    return redirect("admin:statements_paste_change", paste.pk)


# What is shown


def type_of(document: dict[str, Any]) -> str:
    return str(dict(TYPES).get(ARTICLE if document["kind"] == ARTICLE else document["type"], ""))


def rows_of(paste: Paste) -> list[Row]:
    """The proposals with their records' names and the words about each mention; a query a kind of record."""
    found, kept = proposals(paste.draft), decisions(paste)
    keys = {key for proposal in found for key in proposal.candidates}
    records = records_at(keys | {decision.target for decision in kept.values() if decision.target})
    rows = []
    for n, proposal in enumerate(found):
        decision = kept.get(proposal.key, Decision())
        wanted = list(dict.fromkeys([*proposal.candidates, *filter(None, [decision.target])]))
        chosen = decision.target if decision.decision == LINK else ""
        rows.append(
            Row(
                n,
                proposal,
                decision,
                [(key, records[key].label, key == chosen) for key in wanted if key in records],
                [place(paste, at, decision) for at in proposal.places],
            )
        )
    return rows


def place(paste: Paste, at: At, decision: Decision) -> tuple[At, int, int, str, str, str, bool]:
    document = paste.draft["documents"][at.document]
    mention = document["mentions"][at.mention]
    start, end = mention["start"], mention["end"]
    number = next(
        (n for n, p in enumerate(document["passages"], 1) if p["start"] <= start < p["end"]), 0
    )
    text = paste.text
    before = text[max(document["start"], start - AROUND) : start].split("\n")[-1]
    behind = text[end : min(document["end"], end + AROUND)].split("\n")[0]
    return at, at.document, number, before, text[start:end], behind, str(at) not in decision.apart


def named(record: Any) -> str:
    """What a paste or record is called in a sentence."""
    documents = record.draft.get("documents", []) if isinstance(record, Paste) else []
    title = documents[0]["title"] if documents else ""
    kind = str(record._meta.verbose_name)
    return f"{kind} “{title or record}”"


def likenesses(paste: Paste) -> list[str]:
    """What the text nearly is, or comes from the same address as, each with the way there."""
    lines: list[str] = []
    for why, record, share in records(paste.draft.get("resembles", []))[:5]:
        told_ = (
            _("This address was taken in before: %(record)s. If this is the same text, discard this draft.")
            if why == "address"
            else _("%(share)d %% of this text is in the archive already: %(record)s. If it is the same, discard this draft.")
        )  # fmt: skip
        page = reverse(f"admin:statements_{record._meta.model_name}_change", args=[record.pk])
        sentence = told_ % {"record": "\0", "share": min(99, round(100 * share))}
        before, _mark, after = sentence.partition("\0")
        lines.append(format_html('{}<a href="{}">{}</a>{}', before, page, named(record), after))
    return lines


def made(paste: Paste) -> list[tuple[Any, str]]:
    """The drafts made of a confirmed paste, with their desk pages."""
    models = {"article": Article, "statement": Statement}
    found = []
    for kind, slug in paste.made:
        record = models[kind]._default_manager.filter(slug=slug).first()
        if record:
            found.append((record, reverse(f"admin:statements_{kind}_change", args=[record.pk])))
    return found
