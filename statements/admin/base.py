"""What every desk page shares: work first, search under any spelling, publication, history, and no lost update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from statements.actions import (
    MergeRefused,
    PublicationRefused,
    RevertRefused,
    merge,
    publish,
    return_to_draft,
    revert,
    revert_step,
    send_to_review,
    withdraw,
)
from statements.admin.help import BESIDE, EXAMPLES
from statements.admin.telling import told
from statements.models import Change, Publishable, State, recording
from statements.models.base import Dated
from statements.templatetags.archive import spoken

PUBLISH = "statements.publish_records"
#: Asked last, each group under a heading of its own.
REMARKS = ("doubtful", "note_en", "note_ar", "sources")
PUBLICATION = ("state", "state_changed_at", "state_changed_by")


class OpensOnWork(admin.SimpleListFilter):
    """Opens a list on what waits for an editor; “all” is one click away, and a search looks among all."""

    parameter_name = "work"
    waiting = gettext_lazy("work to do")

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        # Pop-ups, too, choose among all records.
        self.looking = bool(request.GET.get(SEARCH_VAR) or IS_POPUP_VAR in request.GET)

    def value(self) -> str:
        return super().value() or ("all" if self.looking else "waiting")

    def choices(self, changelist: Any) -> Any:
        for value, title in [("waiting", self.waiting), *self.lookup_choices]:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


class WorkFilter(OpensOnWork):
    """Drafts and reviews first; records without a date, for kinds that have one."""

    title = gettext_lazy("state")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        undated = [("undated", gettext_lazy("no date"))] if dated(model_admin.model) else []
        return [*undated, ("all", gettext_lazy("all")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "waiting":
                return queryset.work_to_do()  # type: ignore[attr-defined]
            case "undated" if dated(queryset.model):
                return queryset.filter(date="")
            case "all":
                return queryset
            case state:
                return queryset.filter(state=state)


def dated(model: type[models.Model]) -> bool:
    return issubclass(model, Dated)


def folded(*fields: str) -> Func:
    """The fields joined and folded in the database, as ``hiwar_fold`` does it (see triggers.py)."""
    parts: list[Any] = []
    for name in fields:
        parts += [F(name), Value(" ")]
    joined = Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else parts[0]
    return Func(joined, function="hiwar_fold", output_field=models.TextField())


class HelpfulMixin:
    """Gives every field an example: that for its name, or one beside the help text it has."""

    def formfield_for_dbfield(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(field, request, **kwargs)  # type: ignore[misc]
        if formfield is not None and not formfield.help_text:
            formfield.help_text = EXAMPLES.get(field.name, "")
        elif formfield is not None and field.name in BESIDE:
            formfield.help_text = format_lazy("{} {}", formfield.help_text, BESIDE[field.name])
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            # Whoever empties a field does not mean to delete the record it names.
            formfield.widget.can_delete_related = False
        if formfield is not None and isinstance(formfield.widget, forms.TextInput | forms.Textarea):
            direct(formfield.widget, field.name)
        return formfield


def direct(widget: forms.Widget, name: str) -> None:
    """Arabic fields run right to left, English ones left to right, in either interface language."""
    if name.endswith("_ar"):
        widget.attrs |= {"lang": "ar", "dir": "rtl"}
    elif name.endswith("_en") or name in ("slug", "address", "iso2", "iso3"):
        widget.attrs |= {"lang": "en", "dir": "ltr"}
    else:
        widget.attrs.setdefault("dir", "auto")


class Inline(HelpfulMixin, admin.StackedInline):
    """Rows edited inside the record they belong to."""

    extra = 0
    show_change_link = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.autocomplete_fields = self.autocomplete_fields or relations(self.model, self)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Remarks last, after what the row says."""
        return sorted(super().get_fields(request, obj), key=lambda name: name in REMARKS)


class TabularInline(Inline):
    template = "admin/edit_inline/tabular.html"

    def formfield_for_dbfield(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(field, request, **kwargs)
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            formfield.widget.can_view_related = False  # narrow columns; “change” opens it too
        return formfield


def relations(model: Any, options: Any) -> tuple[str, ...]:
    """Every relation a form shows, for autocompletion; the parent of an inline is not shown."""
    hidden = {"state_changed_by", "editor", "created_by", "confirmed_by", "capture"}
    left_out = set(options.exclude or ()) | set(options.readonly_fields or ())
    return tuple(
        field.name
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if (field.many_to_one or field.many_to_many)
        and field.editable
        and field.name not in hidden | left_out
        and (not field.many_to_many or field.remote_field.through._meta.auto_created)
    )


class ChangeForm(forms.ModelForm):
    """Knows which change of the record it was opened on, so that a second editor's save is not overwritten."""

    opened_on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["opened_on"].initial = latest_change(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        opened_on = self.data.get(self.add_prefix("opened_on"), "")
        if self.instance.pk and opened_on:
            latest = latest_change(self.instance)
            if opened_on.isdigit() and int(opened_on) != latest:
                change = Change.objects.select_related("editor").filter(pk=latest).first()
                # The next try is against what the editor has now been told about.
                told = self.data.copy()  # type: ignore[attr-defined]
                told[self.add_prefix("opened_on")] = str(latest)
                self.data = told
                raise forms.ValidationError(
                    _(
                        "%(who)s changed this record after you opened it. What you typed is kept below; compare it with the history, then save again."
                    )
                    % {"who": change.editor if change and change.editor else _("Somebody else")}
                )
        return cleaned


def latest_change(record: models.Model) -> int:
    return (
        Change.objects.filter(table_name=record._meta.db_table, record_id=record.pk)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
        or 0
    )


def take_back_step(request: HttpRequest, step: int) -> None:
    """Take a whole step back and say so, or why not."""
    tell_of(request, lambda: revert_step(step, request.user), _("The whole step was taken back."))


def tell_of(request: HttpRequest, taking_back: Callable[[], None], done: str) -> None:
    try:
        taking_back()
    except RevertRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


class RecordAdmin(HelpfulMixin, admin.ModelAdmin):
    """A record at the desk: autocomplete on every relation, Arabic-aware search, history that can be taken back."""

    form = ChangeForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    view_on_site = False  # “Public page” is shown instead, once there is one
    #: text columns searched under any spelling; ``names`` adds printed forms
    folded_fields: tuple[str, ...] = ()
    object_history_template = "admin/record_history.html"

    @admin.display(description=gettext_lazy("date"), ordering="date_first")
    def date_told(self, record: Dated) -> str:
        return spoken(record.date)

    def __init__(self, model: Any, site: Any) -> None:
        super().__init__(model, site)
        names = {field.name for field in model._meta.get_fields()}
        self.folded_fields = self.folded_fields or tuple(
            name
            for name in ("name_en", "name_ar", "title_en", "title_ar", "slug", "publisher")
            if name in names
        )
        # Django's autocompletion asks for this attribute; get_search_results does the searching.
        self.search_fields = self.search_fields or self.folded_fields
        self.autocomplete_fields = self.autocomplete_fields or relations(model, self)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the record is, then remarks and sources, then its publication."""
        if self.fieldsets:
            return self.fieldsets
        fields = self.get_fields(request, obj)
        later = {*REMARKS, *PUBLICATION}
        groups = (
            (None, [name for name in fields if name not in later]),
            (_("Remarks and sources"), [name for name in REMARKS if name in fields]),
            (_("Publication"), [name for name in PUBLICATION if name in fields]),
        )
        return [(title, {"fields": names}) for title, names in groups if names]

    # Search

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        words = search_term.replace("\x00", " ").split()
        if not words:
            return queryset, False
        queryset = queryset.alias(desk_words=folded(*self.folded_fields))
        has_names = any(field.name == "names" for field in self.model._meta.get_fields())
        for word in words:
            term = Func(Value(word), function="hiwar_fold", output_field=models.TextField())
            condition = models.Q(desk_words__contains=term)
            if has_names:
                related = self.model._meta.get_field("names").related_model
                owner = self.model._meta.get_field("names").field.name
                condition |= models.Q(
                    pk__in=related.objects.alias(desk_form=folded("form"))
                    .filter(desk_form__contains=term)
                    .values(owner)
                )
            queryset = queryset.filter(condition)
        return queryset, False

    # Saving

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with recording(request.user, request.POST.get("reason", "")):
            return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with recording(request.user, request.POST.get("reason", "")):
            return super().delete_view(request, *args, **kwargs)

    # Django's own log of changes would repeat the history that the database keeps.
    def log_addition(self, *args: Any) -> Any:
        return None

    def log_change(self, *args: Any) -> Any:
        return None

    def log_deletions(self, *args: Any) -> Any:
        return None

    # History

    def get_urls(self) -> list[URLPattern]:
        info = (self.model._meta.app_label, self.model._meta.model_name)
        return [
            path(
                "<path:object_id>/history/<int:change_id>/take-back/",
                self.admin_site.admin_view(self.take_back),
                name="%s_%s_take_back" % info,
            ),
            path(
                "<path:object_id>/history/step/<int:step>/take-back/",
                self.admin_site.admin_view(self.take_back_step),
                name="%s_%s_take_back_step" % info,
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        changes = list(Change.objects.of(record).select_related("editor")[:500])
        groups: dict[str, dict[str, Any]] = {}
        for change in told(changes):
            group = groups.setdefault(
                str(change.row.transaction),
                {
                    "step": change.row.transaction,
                    "editor": change.row.editor,
                    "made_at": change.row.made_at,
                    "reason": change.row.reason,
                    "changes": [],
                },
            )
            group["changes"].append(change)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": record},
            "groups": list(groups.values()),
            "object": record,
            "opts": self.opts,
            "may_take_back": request.user.has_perm(PUBLISH),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def take_back(self, request: HttpRequest, object_id: str, change_id: int) -> HttpResponse:
        record = self.taken_back_in(request, object_id)
        change = Change.objects.of(record).filter(pk=change_id).first()
        if change is None:
            raise PermissionDenied
        tell_of(request, lambda: revert(change, request.user), _("The change was taken back."))
        return self.back_to_history(record)

    def take_back_step(self, request: HttpRequest, object_id: str, step: int) -> HttpResponse:
        """All that was changed in one go, on other records too, e.g. by a merge."""
        record = self.taken_back_in(request, object_id)
        if not Change.objects.of(record).filter(transaction=step).exists():
            raise PermissionDenied
        take_back_step(request, step)
        return self.back_to_history(record)

    def taken_back_in(self, request: HttpRequest, object_id: str) -> models.Model:
        record = self.get_object(request, object_id)
        if request.method != "POST" or not request.user.has_perm(PUBLISH) or record is None:
            raise PermissionDenied
        return record

    def back_to_history(self, record: models.Model) -> HttpResponse:
        info = (self.opts.app_label, self.opts.model_name)
        if type(record)._default_manager.filter(pk=record.pk).exists():
            return redirect("admin:%s_%s_history" % info, record.pk)
        return redirect("admin:%s_%s_changelist" % info)


class PublishableAdmin(RecordAdmin):
    """A record that is published: state first in the list, actions, preview before and a link after."""

    actions = ("publish", "send_to_review", "return_to_draft", "withdraw", "merge_records")
    change_form_template = "admin/publishable_form.html"
    change_list_template = "admin/work_list.html"

    def get_list_filter(self, request: HttpRequest) -> Any:
        return (WorkFilter, *super().get_list_filter(request))

    def get_list_display(self, request: HttpRequest) -> Any:
        return (*super().get_list_display(request), "state_shown")

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, record: Publishable) -> str:
        return format_html(
            '<span class="state state-{}">{}</span>', record.state, record.get_state_display()
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            *super().get_readonly_fields(request, obj),
            "state",
            "state_changed_at",
            "state_changed_by",
        )

    # A contributor writes drafts; what readers see is an editor's to change.

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.state in (State.DRAFT, State.IN_REVIEW) or request.user.has_perm(PUBLISH)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.state in (State.DRAFT, State.IN_REVIEW) or request.user.has_perm(PUBLISH)

    # Actions

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, records: QuerySet) -> None:
        self.move_all(request, records, publish)

    @admin.action(description=gettext_lazy("Send to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, records: QuerySet) -> None:
        if not request.user.has_perm(PUBLISH):
            records = records.work_to_do()  # type: ignore[attr-defined]
        self.move_all(request, records, send_to_review)

    @admin.action(description=gettext_lazy("Return to draft"), permissions=["publish"])
    def return_to_draft(self, request: HttpRequest, records: QuerySet) -> None:
        self.move_all(request, records, return_to_draft)

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, records: QuerySet) -> None:
        self.move_all(request, records, withdraw)

    @admin.action(description=gettext_lazy("Merge into one record"), permissions=["publish"])
    def merge_records(self, request: HttpRequest, records: QuerySet) -> HttpResponse | None:
        """Ask which record stays, then make the others part of it, all in one transaction."""
        chosen = list(records.order_by("pk"))
        if len(chosen) < 2:
            self.message_user(request, _("Choose two records or more to merge."), messages.ERROR)
            return None
        kept = next((row for row in chosen if str(row.pk) == request.POST.get("kept")), None)
        if kept is None or "sure" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Merge into one record"),
                "records": chosen,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/merge.html", context)
        try:
            with transaction.atomic():
                for record in chosen:
                    if record != kept:
                        merge(kept, record, request.user, request.POST.get("reason", "")[:300])
        except MergeRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return None
        self.message_user(
            request,
            _("Merged; the old addresses lead to %(kept)s.") % {"kept": kept},
            messages.SUCCESS,
        )
        info = (self.opts.app_label, self.opts.model_name)
        return redirect("admin:%s_%s_change" % info, kept.pk)

    def move_all(self, request: HttpRequest, records: QuerySet, verb: Any) -> None:
        """Move each; those that cannot be moved say why and stay as they are."""
        done = 0
        for record in records:
            try:
                verb(record, request.user)
                done += 1
            except PublicationRefused as refused:
                self.message_user(request, f"{record}: {refused}", messages.ERROR)
        if done:
            self.message_user(
                request,
                ngettext("%(n)d record was moved.", "%(n)d records were moved.", done)
                % {"n": done},
                messages.SUCCESS,
            )

    # The page

    def get_urls(self) -> list[URLPattern]:
        info = (self.model._meta.app_label, self.model._meta.model_name)
        return [
            path(
                "<path:object_id>/preview/",
                self.admin_site.admin_view(self.preview),
                name="%s_%s_preview" % info,
            ),
            path(
                "<path:object_id>/move/",
                self.admin_site.admin_view(self.move),
                name="%s_%s_move" % info,
            ),
            *super().get_urls(),
        ]

    def move(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The buttons above a record: publish, send to review, return to draft, withdraw."""
        record = self.get_object(request, object_id)
        verb = request.POST.get("verb", "")
        verbs = {
            "publish": publish,
            "review": send_to_review,
            "draft": return_to_draft,
            "withdraw": withdraw,
        }
        if request.method != "POST" or record is None or verb not in verbs:
            raise PermissionDenied
        if not request.user.has_perm(PUBLISH) and not (
            verb == "review" and self.has_change_permission(request, record)
        ):
            raise PermissionDenied
        self.move_all(request, type(record)._default_manager.filter(pk=record.pk), verbs[verb])
        info = (self.opts.app_label, self.opts.model_name)
        return redirect("admin:%s_%s_change" % info, record.pk)

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The public page as it would be, for the desk alone."""
        from statements.views.preview import preview

        record = self.get_object(request, object_id)
        if record is None or not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return preview(request, record)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        record = context.get("original")
        if record is not None:
            info = (self.opts.app_label, self.opts.model_name)
            context |= {
                "may_publish": request.user.has_perm(PUBLISH),
                "preview_url": reverse("admin:%s_%s_preview" % info, args=[record.pk])
                if hasattr(record, "page")
                else "",
                "move_url": reverse("admin:%s_%s_move" % info, args=[record.pk]),
                "public_url": record.get_absolute_url() if record.is_public else "",
            }
        return super().render_change_form(request, context, *args, **kwargs)
