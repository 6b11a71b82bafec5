"""Differences of versions at the desk: confirmed or refused on the statement's form, looked at again on a list of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import BaseModelAdminChecks
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from statements.admin.base import PUBLISH, Inline, OpensOnWork, RecordAdmin, direct
from statements.ingest.divergences import Proposal, proposed
from statements.ingest.versions import of_statement
from statements.models import Divergence, Passage, Statement, Version
from statements.models.divergences import Stands

DECISIONS = [("False", gettext_lazy("confirm")), ("True", gettext_lazy("refuse"))]
WORDS = ("left_words", "right_words")
SENTENCES = ("sentence_en", "sentence_ar")


class DivergenceForm(forms.ModelForm):
    """A difference that is kept, one that is proposed, or an empty one to be filled in by hand."""

    #: says of a form that was sent that it is a proposal
    proposed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    refused = forms.TypedChoiceField(
        label=gettext_lazy("decision"), choices=DECISIONS, coerce=lambda value: str(value) == "True",
        empty_value=None, widget=forms.RadioSelect, required=False,
    )  # fmt: skip

    class Meta:
        model = Divergence
        fields = ("passage", "kind", "left", "left_words", "right", "right_words", "sentence_en", "sentence_ar", "refused")  # fmt: skip

    def __init__(self, *args: Any, numbers: dict[int, int], versions: dict[int, Version], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.numbers, self.versions = numbers, versions
        self.is_proposed = bool(
            self.initial.get("proposed") or self.data.get(self.add_prefix("proposed"))
        )
        self.by_hand = not self.is_proposed and self.instance.pk is None
        asked: Any = self.fields
        for name in (*WORDS, *SENTENCES):
            asked[name].widget = forms.Textarea(attrs={"rows": 2, "maxlength": asked[name].max_length})  # fmt: skip
            asked[name].strip = True
            direct(asked[name].widget, name)
        for name in ("left", "right"):
            if version := self.versions.get(self.chosen(name)):
                asked[f"{name}_words"].widget.attrs |= {"lang": version.language, "dir": version.direction}  # fmt: skip
        asked["passage"].queryset = Passage.objects.filter(pk__in=numbers)
        options = [(pk, str(number)) for pk, number in numbers.items()]
        choices = {"passage": options} | dict.fromkeys(("left", "right"), self.names())
        for name, offered in choices.items():
            if name != "passage":
                asked[name].queryset = Version.objects.filter(pk__in=versions)
            if self.by_hand:
                asked[name].choices = [("", "–"), *offered]
            else:
                asked[name].widget = forms.HiddenInput()
        if self.is_proposed:
            asked["refused"].choices = [*DECISIONS, ("", gettext_lazy("decide later"))]
            for name in ("proposed", "passage", "kind", "left", "right", *WORDS, *SENTENCES):
                # What was proposed is sent along: it may be another when the form comes back.
                asked[name].show_hidden_initial = True

    def names(self) -> list[tuple[int, str]]:
        return [(pk, f"{one.get_language_display()} · {one.publisher}") for pk, one in self.versions.items()]  # fmt: skip

    def chosen(self, name: str) -> int:
        value = str(self[name].value() or "")
        return int(value) if value.isdecimal() else 0

    @property
    def number(self) -> int | None:
        """Of the passage; None while it is not chosen."""
        return self.numbers.get(self.chosen("passage"))

    @property
    def left_version(self) -> Version | None:
        return self.versions.get(self.chosen("left"))

    @property
    def right_version(self) -> Version | None:
        return self.versions.get(self.chosen("right"))

    @property
    def kind_told(self) -> str:
        return str(dict(Divergence.Kind.choices).get(str(self["kind"].value()), ""))

    @property
    def outdated(self) -> bool:
        return (
            self.instance.pk is not None and not self.instance.refused and not self.instance.stands
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.is_proposed:
            if cleaned.get("refused") is None:
                cleaned["refused"] = self.instance.refused
        elif self.has_changed() and cleaned.get("refused") is None:
            self.add_error("refused", _("Confirm this difference or refuse it; what you wrote is kept here until then."))  # fmt: skip
        return cleaned

    def save(self, commit: bool = True) -> Any:
        adding = self.instance.pk is None
        made = super().save(commit)
        if commit and adding:
            made.sources.set({made.left.source_id, made.right.source_id} - {None})
        return made


class DivergenceFormSet(forms.BaseModelFormSet):
    """What is kept of a statement, what is proposed beside it, and an empty form."""

    def __init__(self, *, instance: Statement, data: Any = None, files: Any = None, prefix: str | None = None, queryset: Any = None, save_as_new: bool = False) -> None:  # fmt: skip
        passages = instance.passages.present().order_by("order", "number")
        self.numbers = dict(passages.values_list("pk", "number"))
        self.versions = {version.pk: version for version in instance.versions.all()}
        kept = (
            Divergence.objects.filter(passage__statement=instance)
            .annotate(stands=Stands())
            .select_related("passage", "left", "right")
            .order_by("refused", "passage__order", "passage__number", "pk")
        )
        initial = None
        if data is None:
            pks = {number: pk for pk, number in self.numbers.items()}
            initial = [
                as_sent(proposal, pks[proposal.passage])
                for proposal in proposed(of_statement(instance), list(kept))
            ]
        self.proposals = len(initial or [])
        self.extra = self.proposals + 1
        super().__init__(data, files, prefix=prefix, queryset=kept, initial=initial)

    @classmethod
    def get_default_prefix(cls) -> str:
        return "differences"

    def save_new(self, form: Any, commit: bool = True) -> Any:
        return super().save_new(form, commit) if has_versions(form) else form.instance

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        return super().save_existing(form, obj, commit) if has_versions(form) else obj

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"numbers": self.numbers, "versions": self.versions}


def has_versions(form: Any) -> bool:
    """Not so when one of them was deleted with the same save."""
    versions = Version.objects.filter(pk__in=(form.instance.left_id, form.instance.right_id))
    return versions.count() == 2


def as_sent(proposal: Proposal, passage: int) -> dict[str, Any]:
    return {
        "proposed": True, "passage": passage, "kind": proposal.kind,
        "left": proposal.left.version.pk, "left_words": proposal.left.words,
        "right": proposal.right.version.pk, "right_words": proposal.right.words,
        "sentence_en": proposal.sentence.en, "sentence_ar": proposal.sentence.ar,
    }  # fmt: skip


class DivergenceInline(Inline):
    """Below the versions of a statement; a difference hangs on its passage, not on the statement itself."""

    model = Divergence
    template = "admin/divergences.html"
    checks_class = BaseModelAdminChecks
    fields = DivergenceForm.Meta.fields
    exclude = ("left", "right")  # no lists of their own to choose from; the form offers them

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return forms.modelformset_factory(
            Divergence, DivergenceForm, formset=DivergenceFormSet,
            can_delete=self.has_delete_permission(request, obj),
        )  # fmt: skip


class OutdatedFilter(OpensOnWork):
    """Opens the list on differences whose words have changed since."""

    title = gettext_lazy("words")
    waiting = gettext_lazy("no longer stand in the text")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("refused", gettext_lazy("refused")), ("all", gettext_lazy("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "waiting":
                return queryset.outdated()  # type: ignore[attr-defined]
            case "refused":
                return queryset.filter(refused=True)
        return queryset


@admin.register(Divergence)
class DivergenceAdmin(RecordAdmin):
    """One difference with its sources and its history; new ones are noted on the statement's form."""

    change_list_template = "admin/work_list.html"
    folded_fields = ("sentence_en", "sentence_ar", "left_words", "right_words")
    search_fields = ("sentence_en",)
    list_display = ("passage", "kind", "left_words", "right_words", "decided")
    list_filter = (OutdatedFilter, "kind")
    list_select_related = ("passage__statement", "passage__article")
    readonly_fields = ("passage", "left", "right")
    fields = ("passage", "kind", "left", "left_words", "right", "right_words", "sentence_en", "sentence_ar", "refused", "sources", "opened_on")  # fmt: skip

    @admin.display(description=gettext_lazy("decision"))
    def decided(self, difference: Divergence) -> str:
        return str(_("refused") if difference.refused else _("confirmed"))

    def formfield_for_dbfield(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if field.name in (*WORDS, *SENTENCES):
            kwargs["widget"] = admin.widgets.AdminTextareaWidget
        return super().formfield_for_dbfield(field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers see is an editor's to change, as the statement itself."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return not obj.passage.document.is_public or request.user.has_perm(PUBLISH)
